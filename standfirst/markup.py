"""A text with references, given a resolver → HTML; a section's Markdown → headings and HTML.

References and code are taken out of the source before Markdown sees it and put back after nh3 has
cleaned what it made, so Markdown never meets a `|` or `<` of theirs and nothing but the resolver
writes HTML of its own. Nothing is looked up here, and no text of a stranger gets script, raw HTML
or a request to another site into a page. Rendering is total: what cannot be rendered is shown as
it was typed, and `fault` says why.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from standfirst.blocks import CLOSE, OPEN, Code, Paragraph, layout, paragraphs, tamed
from standfirst.limits import TOO_DEEP, exhaustion
from standfirst.references import (
    Reference,
    free_references,
    malformed,
    plain,
    references,
    section_references,
    sentences,
    within,
)

__all__ = [
    "Article",
    "Heading",
    "Paragraph",
    "Reference",
    "fault",
    "inline_html",
    "malformed",
    "markdown_html",
    "paragraphs",
    "plain",
    "references",
    "section_references",
    "sentences",
    "within",
]

Resolver = Callable[[Reference], str]
Namer = Callable[[Reference], str]
Taken = Sequence[Reference | Code]

_HOLE = re.compile(rf"( ?){OPEN}(\d+){CLOSE}")
_LONE_OR_HOLE = re.compile(rf"<p>{OPEN}(\d+){CLOSE}</p>|{OPEN}(\d+){CLOSE}")
_TAG = re.compile(r"<[^<>]*>")  # nh3 and Python-Markdown write < and > in attributes as entities
_SRC = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_ALIGN = re.compile(r' style="text-align: (left|center|right);"')
_ANCHOR = re.compile(r"<a((?: [^<>]*)?)>(.*?)</a>", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEADER = re.compile(r"<th(?: [^<>]*)?>(.*?)</th>", re.DOTALL)
# An address within the site: no scheme, no host, no way up (a browser that prints the site's files
# would follow it to others), no character that a browser reads as another.
_UP = r"(?!(?:.*/)?\.\.(?:/|$)|.*%2[EFef])"
_WITHIN = re.compile(rf"(?!//){_UP}[\w./~%+@=,()!-][\w./~%+@=,()! -]*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section; `id` is its anchor on the page."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A section as HTML; `fault` says why it is shown as it was typed, when it is."""

    html: str
    headings: tuple[Heading, ...] = ()
    fault: str = ""


def inline_html(text: str, resolve: Resolver) -> str:
    """A plain text as HTML: references as the resolver has them, the rest letter by letter."""
    text = tamed(text)
    parts: list[str] = []
    at = 0
    for reference in references(text):
        parts += [html.escape(text[at : reference.start], quote=False), resolve(reference)]
        at = reference.end
    return "".join([*parts, html.escape(text[at:], quote=False)])


def markdown_html(
    text: str,
    resolve: Resolver,
    name: Namer,
    prefix: str = "s-",
    table_label: str = "",
) -> Article:
    """A section as HTML that needs no further cleaning.

    `resolve` gives the HTML of a reference (phrasing content) and is called once for each that is
    shown, in reading order. `name` gives the words of a link without words where only words can
    stand: in headings' ids, attributes and the words of other links. Headings' ids begin with
    `prefix`; a page has one h1, its title, so `#` counts as `##`. A table is a region named by
    its column heads, or by `table_label` where these are empty.
    """
    from standfirst.cleaned import cleaned, converted

    text = tamed(text)
    source, taken = _taken_out(text)
    why = exhaustion(text, source)
    made = None if why else converted(source)
    if made is None:
        typed = html.escape(text, quote=False)
        return Article(f'<pre tabindex="0">{typed}</pre>', (), why or TOO_DEEP)
    made = _TAG.sub(lambda tag: _checked(tag[0], taken, name), made)
    return _Filling(taken, resolve, name, prefix, table_label).article(cleaned(made))


def fault(markdown: str) -> str:
    """Why a section cannot be rendered and is shown as typed, or nothing."""
    return exhaustion(markdown, _taken_out(tamed(markdown))[0])


def _taken_out(text: str) -> tuple[str, Taken]:
    """A section with a numbered hole for each reference and stretch of code; what was there."""
    plan = layout(text)
    taken: list[Reference | Code] = [*plan.codes, *free_references(text, plan.free)]
    taken.sort(key=lambda each: each.start)
    parts: list[str] = []
    at = 0
    for number, each in enumerate(taken):
        hole = f"{OPEN}{number}{CLOSE}"
        if isinstance(each, Code) and each.is_block:  # a paragraph of its own, where it stood
            lead = each.lead.rstrip()
            hole = f"{lead}\n{each.lead}{hole}\n{lead}"
        parts += [text[at : each.start], hole]
        at = each.end
    return "".join([*parts, text[at:]]), taken


class _Filling:
    """The holes of one section and what goes into them."""

    def __init__(
        self, taken: Taken, resolve: Resolver, name: Namer, prefix: str, table_label: str
    ) -> None:
        self.taken = taken
        self.resolve = resolve
        self.name = name
        self.prefix = prefix
        self.table_label = table_label
        self.headings: list[Heading] = []
        self.ids: dict[str, int] = {}

    def article(self, clean: str) -> Article:
        """The page's part: clean HTML with everything filled in."""
        clean = _ANCHOR.sub(self._anchor, clean)
        clean = _HEADING.sub(self._heading, clean)
        clean = _TABLE.sub(self._table, clean)
        return Article(_LONE_OR_HOLE.sub(self._filled, clean), tuple(self.headings))

    def _anchor(self, anchor: re.Match[str]) -> str:
        """A link of Markdown's: no link in it but words, and its citations after it."""
        attributes, inner = anchor.groups()
        if "href=" not in attributes:
            return inner
        cited = [hole[0] for hole in _HOLE.finditer(inner) if self._is_cite(hole)]
        inner = _HOLE.sub(self._unlinked, inner)
        return "".join([f"<a{attributes}>{inner}</a>", *cited])

    def _is_cite(self, hole: re.Match[str]) -> bool:
        each = self.taken[int(hole[2])]
        return isinstance(each, Reference) and each.kind == "cite"

    def _unlinked(self, hole: re.Match[str]) -> str:
        is_code = isinstance(self.taken[int(hole[2])], Code)
        return hole[0] if is_code else _escaped_words(hole, self.taken, self.name)

    def _heading(self, found: re.Match[str]) -> str:
        level, inner = max(2, int(found[1])), found[2]
        text = self._text(inner)
        id_ = self._free_id(self.prefix + (_slug(text) or "part"))
        self.headings.append(Heading(level, id_, text))
        return f'<h{level} id="{html.escape(id_)}">{inner}</h{level}>'

    def _free_id(self, wanted: str) -> str:
        free = wanted
        while free in self.ids:
            free = f"{wanted}-{self.ids[wanted]}"
            self.ids[wanted] += 1
        self.ids[free] = 1
        return free

    def _table(self, table: re.Match[str]) -> str:
        """A table that scrolls by itself: a region with a name, which the keyboard reaches."""
        heads = (self._text(head[1]) for head in _HEADER.finditer(table[1]))
        label = ", ".join(filter(None, heads)) or self.table_label
        region = f' role="region" aria-label="{html.escape(label)}"' if label else ""
        return f'<div class="table-scroll" tabindex="0"{region}>{table[0]}</div>'

    def _text(self, inner: str) -> str:
        """What a piece of clean HTML says."""
        said = _HOLE.sub(lambda hole: _escaped_words(hole, self.taken, self.name), inner)
        return " ".join(html.unescape(_TAG.sub("", said)).split())

    def _filled(self, hole: re.Match[str]) -> str:
        each = self.taken[int(hole[1] or hole[2])]
        if isinstance(each, Reference):
            shown = self.resolve(each)
            return f"<p>{shown}</p>" if hole[1] else shown
        shown = html.escape(each.text, quote=False)
        if hole[1] and each.is_block:
            language = f' class="language-{html.escape(each.language)}"' if each.language else ""
            return f'<pre tabindex="0"><code{language}>{shown}</code></pre>'
        return f"<p><code>{shown}</code></p>" if hole[1] else f"<code>{shown}</code>"


def _escaped_words(hole: re.Match[str], taken: Taken, name: Namer) -> str:
    """What a hole says where only words can stand, with the space before it."""
    each = taken[int(hole[2])]
    if isinstance(each, Code):
        return hole[1] + html.escape(each.text)
    return "" if each.kind == "cite" else hole[1] + html.escape(each.words or name(each))


def _checked(tag: str, taken: Taken, name: Namer) -> str:
    """A tag that Markdown made, with words in its holes; an image of another site is its words."""
    tag = _HOLE.sub(lambda hole: _escaped_words(hole, taken, name), tag)
    tag = _ALIGN.sub(r' class="align-\1"', tag)
    if not tag.startswith("<img "):
        return tag
    source, words = _SRC.search(tag), _ALT.search(tag)
    if source and _WITHIN.fullmatch(html.unescape(source[1])):
        return tag
    return words[1] if words else ""


def _slug(text: str) -> str:
    """The letters, marks and digits of any script, in small letters, with hyphens between."""
    text = unicodedata.normalize("NFC", text).lower()
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in text)
    return "-".join("".join(kept).split())
