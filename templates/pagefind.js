// In place of the site's own index: Pagefind's, which this asks only when something is typed.
{
  const form = document.querySelector("[role=search]");
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = text => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const plain = html => new DOMParser().parseFromString(html, "text/html").body.textContent;
  let script;

  const hit = async result => {
    const {raw_url, meta, excerpt} = await result.data();
    const its = words(meta.title), more = [...new Set(words(plain(excerpt)))].filter(word => !its.includes(word));
    const badge = meta.word && [meta.status, meta.word, meta.tone];
    return {href: raw_url.slice(1), name: meta.title, place: meta.place, badge, more: more.join(" ")};
  };

  form.find = async (text, chosen = {}) => {
    const terms = words(text);
    script ||= import(new URL("../pagefind/pagefind.js", form.action));
    const its = await script;
    if (!terms.length) return Object.assign([], {terms});
    const filters = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
    const got = await its.search(text, {filters});
    return {
      terms, length: got.results.length,
      slice: (from, to) => Promise.all(got.results.slice(from, to).map(hit)),
      counted: (key, value) => (chosen[key] ? got.totalFilters : got.filters)[key]?.[value] || 0,
    };
  };
}
