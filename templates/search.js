// docs/search.md tells how this works.
{
  const form = document.querySelector("[role=search]"), field = form.q;
  const [count, none, also, failed] = form.dataset.words.split("|");
  const words = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const joined = text => ` ${words(text).join(" ")} `;
  const has = (text, word) => text.includes(word > "\u0e00" ? word : " " + word);

  const make = (name, className, ...inside) => {
    const made = Object.assign(document.createElement(name), {className});
    made.append(...inside);
    return made;
  };
  const marked = (text, terms) => make("span", "", ...text.split(/([\p{L}\p{N}\p{M}]+)/u).map(each =>
    terms.some(term => has(joined(each), term)) ? make("mark", "", each) : each));

  const read = ({kinds, statuses, section, sections}) => {
    const all = [];
    const add = (kind, href, name, place, more, badge, ...fields) => all.push({kind, href, name, place, more, badge, fields: fields.map(joined)});
    for (const [kind, place, entities] of kinds) for (const [id, names, more, facts] of entities) {
      add(kind, `${kind}/${id}/`, names[0], place, more, 0, names.join(" "), "", more);
      for (const [short, status, name, more, page] of facts) {
        const fact = (short[0] == "-" ? id : "") + short.replace(/[A-Z]/g, each => words(name)[each.charCodeAt() - 65]);
        add(kind, page || `facts/${fact}/`, name, names[0], more, statuses[status], "", name, more, names[0]);
      }
    }
    for (const [href, name, facts, more] of sections)
      add("sections", "sections/" + href, name, section, more, 0, "", "", name, more + facts.map(each => ` ${all[each].name} ${all[each].more}`));
    return all;
  };

  let all;
  form.find ||= async text => {
    all ||= read(data);
    const terms = words(text).filter((each, at, all) => !all[1] || !/^[a-z]{1,2}$/.test(each));
    return Object.assign(all.filter(each => each.rank = terms.reduce((sum, term) => {
      const at = each.fields.findIndex(text => has(text, term));
      return at < 0 ? 0 : sum && sum + (9 >> at) + each.fields[at].includes(` ${term} `);
    }, terms.length)).sort((a, b) => b.rank - a.rank), {terms});
  };
  form.row = ({href, name, place, badge, more}, terms) => {
    const others = more.split(" ").filter(each => terms.some(term => has(joined(each), term))).join(", ");
    const meta = make("span", "meta", badge ? make("span", "badge " + badge[2], badge[1]) : "", " ", marked(place + (others && ` · ${also}: ${others}`), terms));
    return Object.assign(make("a", "", marked(name, terms), " ", meta), {href: new URL("../" + href, form.action)});
  };
  form.told = found => found ? found.length ? count.replace("{n}", found.length) : none : failed;

  if (!document.getElementById("results")) {
    form.insertAdjacentHTML("beforeend", "<div class=hits hidden><p role=status class=meta></p><div role=listbox id=hits></div></div>");
    const box = form.lastChild, [state, list] = box.children;
    let at, turn = 0;
    const open = is => {
      box.hidden = !is;
      field.ariaExpanded = !!is;
      choose(-1);
    };
    const choose = to => {
      for (const each of list.children) each.ariaSelected = each == list.children[to];
      field.setAttribute("aria-activedescendant", list.children[at = to]?.id || "");
    };
    const show = async () => {
      const mine = ++turn, found = await form.find(field.value).catch(() => 0), hits = found ? await found.slice(0, 8) : [];
      if (mine != turn) return;
      list.replaceChildren(...hits.map((each, at) => Object.assign(form.row(each, found.terms), {id: "hit" + at, role: "option", tabIndex: -1})));
      state.textContent = form.told(found);
      form.onsubmit = () => !!found;
      open(!found || field.value.trim());
    };
    Object.assign(field, {role: "combobox", onfocus: show, oninput: show, onblur: () => open(turn++ < 0)});
    field.setAttribute("aria-controls", "hits");
    list.ariaLabel = field.ariaLabel;
    open();
    box.onmousedown = () => false;
    field.onkeydown = ({key, isComposing}) => {
      const step = {ArrowDown: 1, ArrowUp: -1}[key], {length} = list.children;
      if (isComposing || box.hidden) return;
      if (key == "Escape") open();
      else if (key == "Enter" && at >= 0) list.children[at].click();
      else if (step) choose((at + step + length + 2) % (length + 1) - 1);
      else return;
      return false;
    };
    if (document.activeElement == field) show();
  }
}
