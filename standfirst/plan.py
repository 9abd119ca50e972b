"""What is known → the pages of the site and their routes: read it aloud, it is the site map.

Knows nothing of templates; a view's name and what it is about is all a page needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standfirst.link import Card, FactCard, Named
from standfirst.lists import compare_pages, dispute_pages, kind_pages, ledger_pages, shelves
from standfirst.model import Comparison, Kind, Settings
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

_SCRIPTS = {
    "search.js": ("index", "pagefind"),
    "results.js": ("index", "pagefind"),
    "pagefind.js": ("pagefind",),
}
"""The scripts that are published only where the settings want such a search."""


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
    yield Page("/", "home")
    for kinds in reader.all(tuple[Kind, ...], "kinds"):
        for kind in kinds:
            for told in kind_pages(kind.id, reader):
                yield Page(told.route, "kind", (kind.id, str(told.number)))
            yield Page(f"{API}/{kind.id}.json", "kind_json", (kind.id,))
    for entity in reader.all(Card, "entities"):
        for number, part in enumerate(entity_pages(entity.kind, entity.id, reader), start=1):
            yield Page(part.route, "entity", (entity.id, str(number)))
        yield Page(f"{API}/{entity.kind}/{entity.id}.json", "entity_json", (entity.id,))
    for section in reader.all(Card, "sections"):
        yield Page(section.route, "section", (section.id,))
    for dated in timeline_pages(reader):
        yield Page(dated.route, "timeline", dated.about)
    for number, route in enumerate(undated_routes(reader), start=1):
        yield Page(route, "undated", (str(number),))
    yield Page("/relations/", "relations")
    for comparisons in reader.all(tuple[Comparison, ...], "comparisons"):
        for comparison in comparisons:
            for table in compare_pages(comparison.id, reader):
                yield Page(table.route, "compare", (comparison.id, str(table.number)))
            yield Page(f"/data/compare/{comparison.id}.csv", "compare_csv", (comparison.id,))
    for shelf, name in shelves(reader):
        for listed in ledger_pages(shelf, name, reader):
            yield Page(listed.route, "facts", (shelf, name, str(listed.number)))
    if reader.one(bool, "fact-pages") is not False:
        for fact in reader.all(FactCard, "facts"):
            yield Page(f"/facts/{fact.id}/", "fact", (fact.id,))
    for contested in dispute_pages(reader):
        yield Page(contested.route, "disputes", (str(contested.number),))
    yield Page("/sources/", "sources")
    for source in reader.all(Card, "sources"):
        for number, route in enumerate(source_pages(source.id, reader), start=1):
            yield Page(route, "source", (source.id, str(number)))
    searched = (reader.one(Settings, "settings") or Settings()).search
    if searched != "off":
        for number, route in enumerate(name_pages(reader), start=1):
            yield Page(route, "search", (str(number),))
    if searched == "index":
        yield Page("/search/index.json", "search_index")
    yield Page("/about/", "about")
    yield Page(ROUTE, "print")
    for further in further_pages(reader):
        yield Page(further.route, "print_kind", (further.kind, str(further.number)))
    yield Page("/404.html", "not_found")
    yield Page(f"{API}/briefing.json", "briefing_json")
    yield Page(f"{API}/facts.json", "facts_json")
    yield Page(f"{API}/sources.json", "sources_json")
    yield Page(f"{API}/problems.json", "problems_json")
    found = name_pages(reader) if searched != "off" else ()
    yield Page("/sitemap.xml", "sitemap", (*STANDING, *found))
    yield Page("/robots.txt", "robots")
    if reader.has("asset", "icon.svg"):
        yield Page(TOUCH_ICON, "touch_icon")
    for asset in reader.all(Named, "assets"):
        if searched in _SCRIPTS.get(asset.id, (searched,)):
            yield Page(reader.one(str, "asset-route", asset.id) or "", "asset", (asset.id,))
