// The page of all results: what is asked and how it is narrowed stand in the address.
{
  const form = document.querySelector("[role=search]"), field = form.q;
  const results = document.getElementById("results"), names = document.getElementById("names");
  const [list, more] = results.querySelectorAll("ol, button"), told = results.querySelector("[role=status]");
  const ways = [...results.querySelectorAll(".facets a")].map(way => [way, ...Object.entries(way.dataset)[0]]);
  const asked = () => new URL(location).searchParams;
  let most, turn = 0;

  const show = async () => {
    const mine = ++turn, query = asked(), text = query.get("q") || "";
    const chosen = Object.fromEntries(["kind", "status"].map(key => [key, query.get(key)]));
    names.hidden = text.trim();
    results.hidden = !text.trim() && location.protocol != "file:";
    if (results.hidden) return;
    const found = await form.find(text, chosen).catch(() => 0);
    if (mine != turn) return;
    const fits = (hit, but) => [["kind", hit.kind], ["status", hit.badge?.[0]]]
      .every(([key, value]) => key == but || !chosen[key] || chosen[key] == value);
    const counted = found.counted || ((key, value) => found.filter(hit =>
      fits(hit, key) && (key == "kind" ? hit.kind : hit.badge?.[0]) == value).length);
    const hits = found && !found.counted ? Object.assign(found.filter(hit => fits(hit)), {terms: found.terms}) : found;
    const shown = found ? await hits.slice(0, most) : [];
    if (mine != turn) return;
    told.textContent = form.told(hits);
    list.replaceChildren(...shown.map(hit => {
      const line = document.createElement("li");
      line.append(form.row(hit, found.terms));
      return line;
    }));
    more.hidden = !hits || hits.length <= most;
    for (const [way, key, value] of ways) {
      const to = asked(), count = found ? counted(key, value) : 0, is = chosen[key] == value;
      is ? to.delete(key) : to.set(key, value);
      way.href = "?" + to;
      is ? way.setAttribute("aria-current", "true") : way.removeAttribute("aria-current");
      way.parentElement.hidden = !count && !is;
      way.nextElementSibling.textContent = count;
    }
  };
  const go = (address, keep) => {
    history[keep ? "replaceState" : "pushState"](null, "", address);
    most = 50;
    show();
  };

  field.onfocus = () => form.find("").catch(show);
  field.oninput = () => {
    const to = asked();
    field.value.trim() ? to.set("q", field.value) : to.delete("q");
    go("?" + to, true);
  };
  form.onsubmit = () => {
    field.oninput();
    return false;
  };
  results.onclick = event => {
    const way = event.target.closest(".facets a");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(way.href);
  };
  more.onclick = () => {
    most += 50;
    show();
  };
  onpopstate = () => {
    field.value = asked().get("q") || "";
    most = 50;
    show();
  };
  onpopstate();
}
