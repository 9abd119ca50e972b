// See docs/templates.md.
{
  const box = document.createElement("div");
  let from, timer;
  box.className = "preview";
  box.popover = "manual";
  box.ariaHidden = "true";
  const entry = (link) => link && [...document.querySelectorAll("main li")].find((li) => !li.contains(link) && (
    li.id && link.getAttribute("href") == "#" + li.id || li.matches(".who>*,.cast>*") && li.querySelector("a").href == link.href));
  const show = (link) => {
    const found = entry(link);
    clearTimeout(timer);
    box.remove();
    from = found && link;
    if (!found) return;
    box.replaceChildren(...found.cloneNode(true).childNodes);
    for (const part of box.querySelectorAll("*")) {
      part.removeAttribute("id");
      part.open = true;
      part.tabIndex = -1;
    }
    document.body.append(box);
    box.showPopover();
    const { left, top, bottom } = link.getClientRects()[0], height = box.offsetHeight + 4;
    box.style.left = Math.min(left, document.body.clientWidth - box.offsetWidth - 8) + "px";
    box.style.top = scrollY + (bottom + height < innerHeight ? bottom + 4 : top - height) + "px";
  };
  const over = (target, sort) => {
    const link = box.contains(target) ? from : [target.closest("main a" + sort), from?.matches(":focus-visible") && from].find(entry);
    clearTimeout(timer);
    if (link != from) timer = setTimeout(show, 200, link);
  };
  if (box.showPopover) {
    addEventListener("pointerover", ({ target, pointerType }) => pointerType == "touch" || over(target, ""));
    addEventListener("focusin", ({ target }) => over(target, ":focus-visible"));
    addEventListener("keydown", ({ key }) => key == "Escape" && show());
  }
}
{
  const form = document.querySelector("[role=search]"), field = form?.q;
  const open = () => import(form.action + "index.js").catch(() => {
    const told = document.createElement("p");
    Object.assign(told, {className: "hits meta", role: "status", textContent: form.dataset.words.split("|")[3]});
    form.append(told);
    form.onsubmit = () => false;
  });
  if (field) {
    field.addEventListener("focus", open, {once: true});
    addEventListener("keydown", event => {
      if (event.key != "/" || event.ctrlKey || "form" in event.target) return;
      event.preventDefault();
      field.focus();
    });
    if (document.getElementById("results") && new URL(location).searchParams.get("q")) open();
  }
}
