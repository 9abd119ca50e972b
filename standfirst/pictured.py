"""A page's route → the route of the picture that a link to it shows.

Known to the plan, which makes the pictures, and to every page's head, which names one: each page
that is shared for itself has its own, and the others that of the page above them.
"""

from standfirst.link import Named, entity_route
from standfirst.model import Fact, Settings
from standfirst.reader import Reader

WIDTH, HEIGHT = 1200, 630
"""The size that those who show links ask for."""
_STANDING = ("/", "/timeline/", "/relations/", "/facts/", "/disputes/", "/sources/")
_SORTS = ("kind", "entity", "section", "fact")


def has_pictures(reader: Reader) -> bool:
    """Whether the theme can draw pictures and the settings want them."""
    return _wanted(reader) != "false" and reader.has("pictured")


def is_pictured(route: str, reader: Reader) -> bool:
    """Whether a page has a picture of its own; where few are wanted, facts have none."""
    if route in _STANDING:
        return True
    named = reader.one(Named, "route", route) if route.endswith("/") else None
    if named is None or named.sort not in _SORTS:
        return False
    return named.sort != "fact" or _wanted(reader) != "few"


def picture_route(route: str) -> str:
    """Where the picture of a page that has its own is published."""
    return f"/pictures{route.rstrip('/')}.png"


def picture_of(route: str, reader: Reader) -> str | None:
    """The picture of a page, or of the nearest page above it; `None` where there are none."""
    if not has_pictures(reader):
        return None
    while not is_pictured(route, reader):
        route = _above(route, reader)
    return picture_route(route)


def _above(route: str, reader: Reader) -> str:
    """The page above another: a fact's is that of its entity."""
    named = reader.one(Named, "route", route)
    fact = reader.one(Fact, "fact", named.id) if named and named.sort == "fact" else None
    if fact:
        return entity_route(fact.kind, fact.entity)
    return route.rstrip("/").rpartition("/")[0] + "/"


def _wanted(reader: Reader) -> str:
    return (reader.one(Settings, "settings") or Settings()).pictures
