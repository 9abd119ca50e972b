"""A page's route → the route of the picture that a link to it shows.

Known to the plan, which makes the pictures, and to every page's head, which names one: each page
that is shared for itself has its own, and the others that of the page above them.
"""

from standfirst.link import Named
from standfirst.model import Settings
from standfirst.reader import Reader

WIDTH, HEIGHT = 1200, 630
"""The size that those who show links ask for."""
_STANDING = ("/", "/timeline/", "/relations/", "/facts/", "/disputes/", "/sources/")
_SORTS = ("kind", "entity", "section", "fact")


def has_pictures(reader: Reader) -> bool:
    """Whether the theme can draw pictures and the settings want them."""
    settings = reader.one(Settings, "settings") or Settings()
    return settings.pictures and reader.has("pictured")


def is_pictured(route: str, reader: Reader) -> bool:
    """Whether a page has a picture of its own."""
    if route in _STANDING:
        return True
    named = reader.one(Named, "route", route) if route.endswith("/") else None
    return named is not None and named.sort in _SORTS


def picture_route(route: str) -> str:
    """Where the picture of a page that has its own is published."""
    return f"/pictures{route.rstrip('/')}.png"


def picture_of(route: str, reader: Reader) -> str | None:
    """The picture of a page, or of the nearest page above it; `None` where there are none."""
    if not has_pictures(reader):
        return None
    while not is_pictured(route, reader):
        route = route.rstrip("/").rpartition("/")[0] + "/"
    return picture_route(route)
