// What `standfirst serve` adds to a page: the page is loaded anew when its bytes have changed, and
// what is wrong with the content is shown over it for as long as anything is.
{
  const own = document.currentScript.dataset.page;
  const address = "/.standfirst/events?page=" + encodeURIComponent(location.pathname);
  const box = document.createElement("div"), text = document.createElement("pre"), hide = document.createElement("button");
  let stream, back;

  box.id = "standfirst-problems";
  box.lang = "en";
  box.dir = "ltr";
  box.tabIndex = -1;
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", "Problems in the content");
  box.setAttribute("aria-describedby", text.id = "standfirst-problems-text");
  hide.type = "button";
  hide.textContent = "Hide until the next change";
  box.append(text, hide);
  // The policy of a page allows no style in an attribute; these are set one by one.
  Object.assign(box.style, {
    position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", maxHeight: "70vh", overflow: "auto", boxSizing: "border-box",
    padding: "1rem 1.5rem", borderTop: "4px solid #e5484d", background: "#16181d", color: "#f4f4f5", colorScheme: "dark",
  });
  Object.assign(text.style, {
    margin: "0 0 1rem", padding: "0", border: "0", background: "none", color: "inherit", overflow: "auto",
    font: "14px/1.5 ui-monospace, monospace", whiteSpace: "pre-wrap", overflowWrap: "anywhere",
  });
  Object.assign(hide.style, {
    font: "14px/1.5 system-ui, sans-serif", padding: ".25rem .75rem", border: "1px solid #8b8d98", borderRadius: "4px",
    background: "none", color: "inherit", cursor: "pointer",
  });

  // A line of a file and the mark under it stay above each other; all other lines may break.
  const lineOf = (line) => {
    const part = document.createElement("span");
    part.textContent = line + "\n";
    part.style.whiteSpace = /^\d* *\|/.test(line) ? "pre" : "pre-wrap";
    return part;
  };
  const close = () => {
    const had = box.contains(document.activeElement);
    box.remove();
    if (had) back.focus({ preventScroll: true });
  };
  const show = (problems) => {
    if (!problems) return close();
    text.replaceChildren(...problems.split("\n").map(lineOf));
    if (box.isConnected) return;
    back = document.activeElement;
    document.body.append(box);
    box.focus({ preventScroll: true });
  };
  hide.onclick = close;
  box.onkeydown = (key) => key.key == "Escape" && close();

  // A browser keeps few streams open for all its tabs: those that nobody looks at have none.
  const listen = () => {
    stream?.close();
    stream = undefined;
    if (document.hidden) return;
    stream = new EventSource(address);
    stream.onmessage = (told) => {
      const { page, problems } = JSON.parse(told.data);
      if (page == own) return show(problems);
      stream.close();
      location.reload();
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (shown) => shown.persisted && listen());
  listen();
}
