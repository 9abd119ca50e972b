"""What is known → the pages of the site and their routes: read it aloud, it is the site map.

Knows nothing of templates; a view's name and what it is about is all a page needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standfirst.link import Card, Named
from standfirst.lists import (
    compare_pages,
    compared,
    dispute_pages,
    kind_pages,
    ledger_pages,
    relation_pages,
    shelves,
)
from standfirst.model import Kind, Settings
from standfirst.pagination import entity_pages, name_pages, source_pages
from standfirst.pictured import has_pictures, is_pictured, picture_route
from standfirst.printing import ROUTE, further_pages
from standfirst.reader import Reader
from standfirst.timelines import timeline_pages, undated_routes

API = "/api/v1"
TOUCH_ICON = "/apple-touch-icon.png"
"""Where a phone looks for what it shows on its home screen."""
STANDING = (
    "/",
    "/timeline/",
    "/relations/",
    "/facts/",
    "/disputes/",
    "/sources/",
    "/about/",
    "/print/",
)
"""The pages that every briefing has, whatever its content."""

_IN_THE_INDEX = ("search.js", "results.js", "pagefind.js")
"""The scripts that are published within the file that the search fetches."""


@dataclass(frozen=True, slots=True)
class Page:
    """One published file: its route, the view that renders it, and what the view is about."""

    route: str
    view: str
    about: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the page is called among tasks: another view at the same route is another page."""
        return " ".join((self.route, self.view, *self.about))

    @property
    def path(self) -> str:
        """The file under the site's folder that a host serves at the route."""
        return self.route.lstrip("/") + ("index.html" if self.route.endswith("/") else "")


def pages(reader: Reader) -> tuple[Page, ...]:
    """Every page of the site, each route once."""
    found = {page.route: page for page in _pages(reader)}
    if has_pictures(reader):
        for page in tuple(found.values()):
            if is_pictured(page.route, reader):
                route = picture_route(page.route)
                found[route] = Page(route, "picture", (page.view, *(page.about[:1] or ("",))))
    return tuple(found.values())


def _pages(reader: Reader) -> Iterator[Page]:
    settings = reader.one(Settings, "settings") or Settings()
    published, has_data = settings.published, "data" in settings.published
    yield Page("/", "home")
    for kinds in reader.all(tuple[Kind, ...], "kinds"):
        for kind in kinds:
            for told in kind_pages(kind.id, reader):
                yield Page(told.route, "kind", (kind.id, str(told.number)))
            if has_data:
                yield Page(f"{API}/{kind.id}.json", "kind_json", (kind.id,))
    for entity in reader.all(Card, "entities"):
        for number, part in enumerate(entity_pages(entity.kind, entity.id, reader), start=1):
            yield Page(part.route, "entity", (entity.id, str(number)))
        if has_data:
            yield Page(f"{API}/{entity.kind}/{entity.id}.json", "entity_json", (entity.id,))
    for section in reader.all(Card, "sections"):
        yield Page(section.route, "section", (section.id,))
    for dated in timeline_pages(reader):
        yield Page(dated.route, "timeline", dated.about)
    for number, route in enumerate(undated_routes(reader), start=1):
        yield Page(route, "undated", (str(number),))
    for tied in relation_pages(reader) if "relations" in published else ():
        yield Page(tied.route, "relations", (str(tied.number),))
    for comparison in compared(reader):
        for table in compare_pages(comparison.id, reader):
            yield Page(table.route, "compare", (comparison.id, str(table.number)))
        if has_data:
            yield Page(f"/data/compare/{comparison.id}.csv", "compare_csv", (comparison.id,))
    for shelf, name in shelves(reader):
        for listed in ledger_pages(shelf, name, reader):
            yield Page(listed.route, "facts", (shelf, name, str(listed.number)))
    if reader.one(bool, "fact-pages") is not False:
        for fact in reader.all(str, "fact-ids"):
            yield Page(f"/facts/{fact}/", "fact", (fact,))
    for contested in dispute_pages(reader) if "disputes" in published else ():
        yield Page(contested.route, "disputes", (str(contested.number),))
    yield Page("/sources/", "sources")
    for source in reader.all(Card, "sources"):
        for number, route in enumerate(source_pages(source.id, reader), start=1):
            yield Page(route, "source", (source.id, str(number)))
    if settings.search != "off":
        for number, route in enumerate(name_pages(reader), start=1):
            yield Page(route, "search", (str(number),))
        yield Page("/search/index.js", "search_index")
    yield Page("/about/", "about")
    if "print" in published:
        yield Page(ROUTE, "print")
        for further in further_pages(reader):
            yield Page(further.route, "print_kind", (further.kind, str(further.number)))
    yield Page("/404.html", "not_found")
    for name in ("briefing", "facts", "sources", "problems") if has_data else ():
        yield Page(f"{API}/{name}.json", f"{name}_json")
    found = name_pages(reader) if settings.search != "off" else ()
    standing = (route for route in STANDING if route.strip("/") not in settings.leave_out)
    yield Page("/sitemap.xml", "sitemap", (*standing, *found))
    yield Page("/robots.txt", "robots")
    if reader.has("asset", "icon.svg"):
        yield Page(TOUCH_ICON, "touch_icon")
    for asset in reader.all(Named, "assets"):
        if asset.id not in _IN_THE_INDEX:
            yield Page(reader.one(str, "asset-route", asset.id) or "", "asset", (asset.id,))
