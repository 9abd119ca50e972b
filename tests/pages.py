"""The real briefing as a site on disk and on a server, and a page as a reader of links sees it."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from standfirst.build import Site
from standfirst.project import engine_digest, read_project
from standfirst.publish import Held, publish

ROOT = Path(__file__).parents[1]
MOUNT = "/sub/path/"
EXTERNAL = ("https://", "http://", "mailto:")


def without_pictures(settings: str) -> str:
    """This repository's settings, but no pictures are drawn: most of a build's time goes there."""
    assert "\n      docs: docs\n" in settings and "pictures:" not in settings
    return settings.replace("docs: docs\n", "docs: docs\n      pictures: false\n")


def briefing_files() -> dict[str, bytes]:
    """This repository's briefing as an engine reads it, without pictures."""
    files = read_project(ROOT)
    return files | {"mkdocs.yml": without_pictures(files["mkdocs.yml"].decode()).encode()}


def build_briefing(folder: Path) -> Mapping[str, bytes]:
    """Publishes this repository's briefing to a folder of its own; the files by path."""
    update = Site(engine_digest()).update(briefing_files())
    assert not update.problems, update.problems
    pages = {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
    publish(folder, pages, Held())
    return pages


@contextmanager
def served(folder: Path, mount: str = MOUNT) -> Iterator[str]:
    """A server on a free port with the folder under a path of it; the address of its top."""
    handler = partial(_Mounted, mount, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{mount}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Mounted(SimpleHTTPRequestHandler):
    """Serves a folder under a path, and nothing beside it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each small answer waits for the last one's receipt

    def __init__(self, mount: str, *args: object, directory: str) -> None:
        self._mount = mount
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path.startswith(self._mount):
            self.path = "/" + self.path.removeprefix(self._mount)
            super().do_GET()
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@dataclass(frozen=True)
class Link:
    """An address as a page writes it, and the element that holds it."""

    tag: str
    attribute: str
    to: str


@dataclass
class Page:
    """What a page says of itself: where it leads, what can be led to, what could run."""

    links: list[Link] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    head: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    title: str = ""
    text: str = ""

    def linked(self, address: str) -> Iterator[tuple[Link, str, str]]:
        """Each link to somewhere within a site, as written and as a browser resolves it: the
        address, without the anchor, and the anchor."""
        for link in self.links:
            if not link.to.startswith((*EXTERNAL, "data:")) or link.to.startswith(address):
                yield link, *urldefrag(urljoin(address, link.to))


class _Reader(HTMLParser):
    _ADDRESSES = frozenset({"href", "src", "action", "poster", "data", "srcset", "formaction"})

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, known = self.page, {name: value or "" for name, value in attrs}
        page.tags.append(tag)
        if tag in ("title", "script", "style"):
            self._open.append(tag)
        if "body" not in page.tags:
            page.head.append((tag, known))
        if tag == "style" or (tag == "script" and not _is_fetched_or_data(known)):
            page.inline.append(self.get_starttag_text() or tag)
        page.inline += [f"{tag} {name}" for name in known if name == "style" or name[:2] == "on"]
        page.ids += [known["id"]] if "id" in known else []
        page.links += [Link(tag, name, known[name]) for name in known if name in self._ADDRESSES]

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open == ["title"]:
            self.page.title += data
        elif not self._open:
            self.page.text += data


def _is_fetched_or_data(script: Mapping[str, str]) -> bool:
    return "src" in script or script.get("type") == "application/ld+json"


def read_page(html: bytes) -> Page:
    """A page's links, ids and words."""
    reader = _Reader()
    reader.feed(html.decode())
    reader.close()
    return reader.page
