// Shows beside a link what it leads to on this page.
{
  const box = document.createElement("div");
  let from, timer;
  box.className = "preview";
  box.popover = "manual";
  box.ariaHidden = "true"; // said once is enough
  const entry = (link) => {
    const to = CSS.escape(link.getAttribute("href").slice(1));
    const found = document.querySelector(`main li[id="${to}"],.who>li:has(.name[href$="${to}"]),.cast>li:has(>:first-child[href$="${to}"])`);
    return found?.contains(link) ? null : found;
  };
  const show = (link) => {
    clearTimeout(timer);
    box.remove();
    from = link;
    if (!link) return;
    box.replaceChildren(...entry(link).cloneNode(true).childNodes);
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
    const link = box.contains(target) ? from : [target.closest("main a" + sort), from?.matches(":focus-visible") && from].find((each) => each && entry(each));
    clearTimeout(timer);
    if (link != from) timer = setTimeout(show, 200, link);
  };
  if (box.showPopover) {
    addEventListener("pointerover", ({ target, pointerType }) => pointerType == "touch" || over(target, ""));
    addEventListener("focusin", ({ target }) => over(target, ":focus-visible"));
    addEventListener("keydown", ({ key }) => key == "Escape" && show());
  }
}
