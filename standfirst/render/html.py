"""A template's name and what it shows → a page's bytes, with every link relative to the page."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import normpath

from markupsafe import Markup, escape

from standfirst.link import Card
from standfirst.model import Asset, Kind, Settings
from standfirst.pictured import HEIGHT, WIDTH, picture_of
from standfirst.problem import Problem
from standfirst.reader import Reader, shared
from standfirst.render.naming import as_of_words
from standfirst.render.theme import Theme
from standfirst.words import Words, attributes, direction, foreign, locale_name, words

_LINK = re.compile(
    r'(<(?:a|link|script|img|use|form|source)\b[^<>]*?\s(?:href|src|action)=")(/[^"]*)(?=")'
)


_IN_ADDRESSES = {ord(sign): f"%{ord(sign):02X}" for sign in "%#<>&\n"}
"""What stands for signs that end an address, or that HTML would read otherwise."""
_CITATION = '<sup class="cite">'

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
"""What turns the order of what follows it in a line; a seed may hold it, a page does not."""
_WORDS = ("\ufdd0", "\ufdd1")
"""What stands around the interface's words until the page is whole: nothing that is printed."""
_MARKED = re.compile("{0}([^{0}{1}]*){1}".format(*_WORDS))
_SENTENCES = re.compile("{1}([ \\n]+){0}".format(*_WORDS))
"""Between two sentences that follow each other: together they read in their own order."""
_NO_ROOM = re.compile(r"<(title|text|option|textarea)\b.*?</\1>|<[^>]*>", re.DOTALL)
"""Where no element can stand: inside a tag, and in elements that hold nothing but text."""


_WAYS = ("timeline", "relations", "facts", "sources")
"""Where a page's head leads to, besides home and the kinds."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a link to a page shows."""

    address: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around a page: the site's name, the ways to go, the as-of date."""

    site_name: str
    canonical: str | None
    language: str
    direction: str
    locale: str
    picture: Picture | None
    as_of_words: str
    search: str
    published: tuple[str, ...]
    ways: tuple[tuple[str, str, bool], ...]
    more: tuple[tuple[str, str], ...]


class _ForeignWords(Words):
    """The interface's words on a page in another language, each marked as being in its own."""

    def __call__(self, key: str, **values: object) -> Markup:
        return self.own(super().__call__(key, **values))

    def own(self, said: object) -> Markup:
        return Markup("{}{}{}").format(_WORDS[0], _unmarked(escape(said)), _WORDS[1])


def html_page(template: str, route: str, reader: Reader, **view: object) -> bytes | Problem:
    """One page of the site. A template at fault is a problem at its line."""
    settings = reader.one(Settings, "settings") or Settings()
    language = reader.one(str, "language") or "en"
    text = theme_in(language).text(
        template,
        view
        | {"description": view.get("description") or _described(view, settings)}
        | {"frame": _frame(route, reader), "route": route}
        | {"asset": lambda name: reader.one(str, "asset-route", name)}
        | {"drawing": lambda name: _drawing(name, reader)},
        reader,
    )
    if isinstance(text, Problem):
        return text
    for sign in _TURNING:
        if sign in text:  # which takes far less time to see than to replace nothing
            text = text.replace(sign, "")
    text = _with_close_citations(_in_their_language(text, words(language).attributes))
    return _links_from(route, settings.site_url, text).encode()


def text_page(template: str, route: str, reader: Reader, **view: object) -> bytes | Problem:
    """One file of the site that is not a page: nothing in it is made relative."""
    theme = theme_in(reader.one(str, "language") or "en")
    text = theme.text(template, view | {"route": route}, reader)
    return text if isinstance(text, Problem) else _unmarked(text).encode()


@functools.cache
def theme_in(language: str) -> Theme:
    """The templates with the interface's words in a language."""
    return Theme(
        {
            "t": _spoken(language),
            "said_in": lambda other: attributes(other, language),
            "titled_in": lambda other: foreign(other, language),
        }
    )


@functools.cache
def _spoken(language: str) -> Words:
    """The interface's words as templates have them."""
    return _ForeignWords(language) if words(language).attributes else words(language)


def _in_their_language(text: str, marks: str) -> str:
    """The page with the interface's words marked as being in another language than its own."""
    if not marks:
        return text
    text = _NO_ROOM.sub(lambda found: _unmarked(found[0]), text)
    text = _SENTENCES.sub(r"\1", text)
    return _unmarked(_MARKED.sub(rf"<span{marks}>\1</span>", text))


def _unmarked(text: str) -> str:
    """The text without the signs; HTML stays HTML."""
    return text.replace(_WORDS[0], "").replace(_WORDS[1], "")


def _frame(route: str, reader: Reader) -> Frame:
    """What is around a page, as it is seen from there."""
    frame = _around(reader)
    to = picture_of(route, reader) if frame.canonical else None
    return replace(
        frame,
        canonical=frame.canonical and frame.canonical + route.lstrip("/"),
        # It is read elsewhere, so its address is whole; a site that does not know its own has
        # none to give.
        picture=Picture(f"{frame.canonical}{to.lstrip('/')}") if to else None,
        ways=tuple((to, name, _is_within(route, to)) for to, name, _ in frame.ways),
    )


@shared
def _around(reader: Reader) -> Frame:
    """What is around every page; its address is the site's."""
    settings = reader.one(Settings, "settings") or Settings()
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    language = reader.one(str, "language") or "en"
    t, leave_out = _spoken(language), settings.leave_out
    ways: list[tuple[str, str]] = [("/", t("overview"))]
    ways += [(f"/{kind.id}/", kind.many) for kind in kinds[:1]]
    ways += [(f"/{name}/", t(name)) for name in _WAYS if name not in leave_out]
    more: list[tuple[str, str]] = [(f"/{kind.id}/", kind.many) for kind in kinds[1:]]
    more += [(f"/{name}/", t(name)) for name in ("disputes", "about") if name not in leave_out]
    return Frame(
        site_name=settings.site_name,
        canonical=settings.site_url or None,
        language=language,
        direction=direction(language),
        locale=locale_name(language),
        picture=None,
        as_of_words=as_of_words(reader),
        search=settings.search,
        published=settings.published,
        ways=tuple((to, name, False) for to, name in ways),
        more=tuple(more),
    )


def _described(view: Mapping[str, object], settings: Settings) -> str:
    """What a page is told to be about where nobody has summed it up."""
    return f"{view.get('title', '')} – {settings.site_name}"


@shared
def _drawing(name: str, reader: Reader) -> Markup | None:
    """A small SVG of the theme as an address that holds it, which spares a page a request."""
    found = reader.one(Asset, "asset", name)
    if found is None:
        return None
    text = found.data.decode("utf-8", "replace").strip().replace('"', "'")
    return Markup("data:image/svg+xml,") + Markup(text.translate(_IN_ADDRESSES))


def _is_within(route: str, way: str) -> bool:
    return route == way if way == "/" else route.startswith(way)


def _with_close_citations(text: str) -> str:
    """The page with a citation's mark close to the words, whatever an author types before it."""
    if _CITATION not in text:
        return text
    *before, last = text.split(_CITATION)
    return _CITATION.join([*map(str.rstrip, before), last])


def _links_from(route: str, site_url: str, text: str) -> str:
    """The page with its addresses made relative to it.

    The page for missing addresses is served at any depth, so its own are absolute.
    """
    if route == "/404.html":
        base = "/" + site_url.split("/", 3)[3].strip("/") if site_url.count("/") > 3 else ""
        base = base.rstrip("/")
        return _LINK.sub(lambda found: found[1] + base + found[2], text)
    parts = _LINK.split(text)  # text, what stands before an address, the address, text, …
    folders = _folders(route)
    known = {to: _relative(route, folders, to) for to in dict.fromkeys(parts[2::3])}
    parts[2::3] = map(known.__getitem__, parts[2::3])
    return "".join(parts)


def relative(route: str, to: str) -> str:
    """An address of the site as written from a page of it."""
    return _relative(route, _folders(route), to)


Folders = Sequence[tuple[str, str]]
"""The folders that a page is in, the innermost first, each with the way up to it."""


def _folders(route: str) -> Folders:
    parts = route.split("/")[:-1]
    return [
        ("/".join(parts[:depth]) + "/", "../" * (len(parts) - depth))
        for depth in range(len(parts), 0, -1)
    ]


def _relative(route: str, folders: Folders, to: str) -> str:
    """Up to the folder where both ways part, and down to a path: what ends in `/` still does."""
    path, mark, anchor = to.partition("#")
    if path == route and mark:
        return mark + anchor
    if "/." in path or "//" in path:
        path = normpath(path) + "/" * path.endswith("/")
    there = path
    for folder, up in folders:
        if path.startswith(folder):
            there = up + path[len(folder) :] or "./"
            break
    if ":" in there.partition("/")[0]:  # what precedes the colon would be read as a scheme
        there = "./" + there
    return there + mark + anchor


def by_order(cards: Iterable[Card]) -> list[Card]:
    """Cards in the order they are told in."""
    return sorted(cards, key=lambda card: (card.order, card.id))
