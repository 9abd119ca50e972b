"""A planned page and the archive → the page's bytes, or the problem of its template.

Rendering is total: a dangling link is its own words, an absent record an empty page. No clock, no
environment, no disk, no random.
"""

from collections.abc import Callable, Iterable, Mapping

from standfirst.model import Asset
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render import (
    compare,
    data,
    entities,
    home,
    pages,
    pictures,
    printed,
    relations,
    search,
    sources,
    timelines,
)
from standfirst.render.html import theme_in

Output = bytes | Problem


def _asset(reader: Reader, name: str) -> bytes:
    """A file of the theme, as it is."""
    found = reader.one(Asset, "asset", name)
    return found.data if found else b""


VIEWS: Mapping[str, Callable[..., Output]] = {
    "home": home.home,
    "kind": entities.kind,
    "entity": entities.entity,
    "section": pages.section,
    "timeline": timelines.timeline,
    "undated": timelines.undated,
    "relations": relations.relations,
    "compare": compare.compare,
    "compare_csv": compare.compare_csv,
    "facts": pages.facts,
    "fact": pages.fact,
    "disputes": pages.disputes,
    "sources": sources.sources,
    "source": sources.source,
    "about": pages.about,
    "search": search.search,
    "search_index": search.search_index,
    "print": printed.printed,
    "print_kind": printed.printed_kind,
    "not_found": pages.not_found,
    "sitemap": pages.sitemap,
    "robots": pages.robots,
    "briefing_json": data.briefing_json,
    "kind_json": data.kind_json,
    "entity_json": data.entity_json,
    "facts_json": data.facts_json,
    "sources_json": data.sources_json,
    "problems_json": data.problems_json,
    "asset": _asset,
    "picture": pictures.picture,
    "touch_icon": pictures.touch_icon,
}


def prepare(views: Iterable[str], reader: Reader) -> None:
    """Makes the templates of these views ready: whoever is forked after that need not do it."""
    theme = theme_in(reader.one(str, "language") or "en")
    for view in dict.fromkeys(views):
        if reader.has("template", f"{view}.html"):
            theme.prepare(f"{view}.html", reader)


def render(view: str, about: tuple[str, ...], reader: Reader) -> Output:
    """What a view makes of what it is about."""
    return VIEWS[view](reader, *about)
