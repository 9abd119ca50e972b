// All results: what is asked, and how it is narrowed, stands in the address.
if (document.getElementById("results")) {
  const form = document.querySelector("[role=search]"), field = form.q, results = document.getElementById("results");
  const [told, list, more] = results.querySelectorAll("[role=status], ol, button");
  const asked = () => new URLSearchParams(location.search);
  const fits = ({kind, status}) => each => (!kind || kind == each.kind) && (!status || status == each.badge?.[0]);
  let most, turn = 0;

  const show = async () => {
    const mine = ++turn, text = asked().get("q") || "", chosen = {kind: asked().get("kind"), status: asked().get("status")};
    document.getElementById("names").hidden = text;
    results.hidden = !text && location.protocol != "file:";
    if (results.hidden) return;
    const found = await form.find(text, chosen).catch(() => 0), hits = found?.counted ? found : found && found.filter(fits(chosen));
    const shown = found ? await hits.slice(0, most) : [];
    if (mine != turn) return;
    told.textContent = form.told(hits);
    list.replaceChildren(...shown.map(each => {
      const line = document.createElement("li");
      line.append(form.row(each, found.terms));
      return line;
    }));
    more.hidden = !(hits.length > most);
    for (const way of results.querySelectorAll(".facets a")) {
      const [[key, value]] = Object.entries(way.dataset), is = chosen[key] == value, to = asked(), its = {...chosen, [key]: value};
      const count = found && (found.counted ? await found.counted(its) : found.filter(fits(its)).length);
      if (mine != turn) return;
      is ? to.delete(key) : to.set(key, value);
      way.href = "?" + to;
      way.ariaCurrent = is || null;
      way.parentElement.hidden = !count && !is;
      way.nextElementSibling.textContent = count;
    }
  };
  const start = () => {
    most = 50;
    show();
  };
  const typed = () => {
    const to = asked();
    to.set("q", field.value);
    history.replaceState(0, "", "?" + to);
    start();
    return false;
  };

  form.onsubmit = field.oninput = typed;
  field.onfocus = () => form.find("").catch(show);
  more.onclick = () => show(most += 50);
  results.onclick = event => {
    const way = event.target.closest(".facets a");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    history.pushState(0, "", way.href);
    start();
    return false;
  };
  onpopstate = () => {
    field.value = asked().get("q");
    start();
  };
  field.value ? typed() : onpopstate();
}
