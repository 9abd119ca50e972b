// In place of the site's own index: Pagefind's, of which nothing is fetched before the focus.
// Kind and status are words of each page, which no reader types: what Pagefind calls filters it
// writes in another order each time, and the same site would not be the same bytes.
{
  const form = document.querySelector("[role=search]");
  const words = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const plain = html => new DOMParser().parseFromString(html, "text/html").body.textContent;
  const mark = ([key, value]) => value ? ` ${key}is${value.replace(/-/g, "")}only` : "";
  let script;

  const hit = async result => {
    const {raw_url, meta, excerpt} = await result.data();
    const its = words(meta.title), more = [...new Set(words(plain(excerpt)))].filter(word => !its.includes(word));
    const badge = meta.word && [meta.status, meta.word, meta.tone];
    return {href: raw_url.slice(1), name: meta.title, place: meta.place, badge, more: more.join(" ")};
  };

  form.find = async (text, chosen = {}) => {
    const terms = words(text), its = await (script ||= import(new URL("../pagefind/pagefind.js", form.action)));
    if (!terms.length) return Object.assign([], {terms});
    const found = async chosen => (await its.search(text + Object.entries(chosen).map(mark).join(""))).results;
    const results = await found(chosen);
    return {
      terms, length: results.length,
      slice: (from, to) => Promise.all(results.slice(from, to).map(hit)),
      counted: async chosen => (await found(chosen)).length,
    };
  };
}
