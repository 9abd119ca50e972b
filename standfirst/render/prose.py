"""Prose of the content → HTML with numbered citations, and where a thing is mentioned in it."""

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from standfirst.link import Mention, Named
from standfirst.markup import Reference, inline_html, references, sentences
from standfirst.model import Fact, Kind
from standfirst.reader import Reader
from standfirst.render.facts import (
    Badge,
    FactView,
    Link,
    badge,
    entity_link,
    facts_named,
    link_html,
)
from standfirst.render.naming import fact_route, interface, name_of, plain_text

NAMED = 40
"""At most so many entities are introduced below a section."""
_CITED = re.compile(r' data-n="(\d+)"(>[^<]*</a>\s*<sup class="cite"><a href="#e\1">)')
"""A figure whose number is for paper, right before a mark that shows it anyway."""


class Citations:
    """The numbered marks of a page: each cited fact gets a number when it is first cited.

    Where its evidence stands on the page by its number (`#e3`), the first mark has the anchor
    `r3` that leads back to it.
    """

    def __init__(self, reader: Reader, target: Callable[[str, int], str] | None = None) -> None:
        self._reader = reader
        # Where the evidence stands under its numbers, paper shows a figure's number, too.
        self._is_numbered = target is None
        self._target = target or (lambda id_, number: f"#e{number}")
        self._marked: set[int] = set()
        self.ids: dict[str, int] = {}

    def resolve(self, reference: Reference) -> str:
        """A reference as HTML: a link, a fact's figure, or a numbered mark."""
        fact = self._reader.one(Fact, "fact", reference.id)
        if fact is None:
            return link_html(reference, self._reader) if reference.kind == "link" else Markup("")
        number = self.number(fact.id)
        target = self._target(fact.id, number)
        id_ = self._anchor(number) if target == f"#e{number}" else ""
        if reference.kind == "cite":
            # What stands on this page needs no title: it is a step away.
            words = plain_text(fact.text, self._reader) if target[0] != "#" else ""
            title = f' title="{escape(words)}"' if words else ""
            mark = f'<a{id_} href="{escape(target)}"{title}>{number}</a>'
            return Markup(f'<sup class="cite">{mark}</sup>')
        name = reference.words or name_of(fact.id, self._reader)
        printed = f' data-n="{number}"' if self._is_numbered else ""
        figure = f'<a class="figure"{id_} href="{escape(target)}"{printed}>{escape(name)}</a>'
        return Markup(figure)

    def _anchor(self, number: int) -> str:
        """The anchor of a fact's first mark, and of no other."""
        is_first = number not in self._marked
        self._marked.add(number)
        return f' id="r{number}"' if is_first else ""

    def number(self, fact_id: str) -> int:
        """The number of a fact's mark on this page, given when it is first asked for."""
        return self.ids.setdefault(fact_id, len(self.ids) + 1)

    def html(self, text: str | None) -> Markup:
        """A plain text as HTML, its references resolved and counted."""
        return self.once(inline_html(text or "", self.resolve))

    def once(self, html: str) -> Markup:
        """HTML of resolved references in which no number stands twice side by side on paper."""
        return Markup(_CITED.sub(r"\2", html))

    def facts(self) -> list[FactView]:
        """The cited facts in the order of their numbers."""
        return facts_named(self.ids, self._reader)


@dataclass(frozen=True, slots=True)
class Entry:
    """Who somebody is, in a sentence."""

    link: Link
    kind: str
    says: str


def named(references_: Iterable[Reference], reader: Reader) -> list[Entry]:
    """The entities that a text links to, in the order in which it names them."""
    ids = dict.fromkeys(each.id for each in references_ if each.kind == "link")
    kinds = [(id_, reader.one(Named, "id", id_)) for id_ in ids]
    found = [(id_, one.kind) for id_, one in kinds if one and one.sort == "entity"]
    return [_entry(id_, kind, reader) for id_, kind in found[:NAMED]]


def _entry(id_: str, kind: str, reader: Reader) -> Entry:
    known = reader.one(Kind, "kind", kind)
    says = first_sentence(id_, reader)
    return Entry(entity_link(id_, reader), known.one if known else kind, plain_text(says, reader))


def first_sentence(entity_id: str, reader: Reader) -> str:
    """The first sentence of an entity's summary, as it is written; empty where it has none."""
    summary = reader.one(str, "summary", entity_id) or ""
    language = reader.one(str, "language") or "en"
    return next((summary[start:end] for start, end in sentences(summary, language)), "")


@dataclass(frozen=True, slots=True)
class Told:
    """Where something is mentioned: the page, and the sentences there that say more."""

    link: Link
    htmls: tuple[Markup, ...]
    flag: Badge | None = None


def told_in(
    mentions: Iterable[Mention], reader: Reader, here: Set[str] = frozenset()
) -> list[Told]:
    """Where something is mentioned, in the order given.

    Each place stands once, with those of its sentences that say more than the facts `here`.
    """
    places: dict[Told, list[Markup]] = {}
    for mention in mentions:
        told = _told(mention, reader)
        if told:
            again = _says_only(mention, here)
            places.setdefault(replace(told, htmls=()), []).extend(() if again else told.htmls)
    return [replace(told, htmls=tuple(htmls)) for told, htmls in places.items()]


def _says_only(mention: Mention, here: Set[str]) -> bool:
    """Whether a sentence rests on nothing but facts that stand on the page already."""
    cited = [each.id for each in references(mention.sentence or "") if each.kind == "cite"]
    return bool(cited) and here >= set(cited)


def _told(mention: Mention, reader: Reader) -> Told | None:
    match mention.sort:
        case "fact":
            fact = reader.one(Fact, "fact", mention.id)
            if fact is None:
                return None
            link = Link(name_of(fact.entity, reader), fact_route(fact, reader))
            text = escape(plain_text(fact.text, reader))
            return Told(link, (text,), badge(fact.status, interface(reader)))
        case "entity":
            link = entity_link(mention.id, reader)
        case "section":
            link = Link(mention.title, f"/sections/{mention.id}/")
        case _:
            link = Link(str(interface(reader)("overview")), "/")
    return Told(link, (escape(plain_text(mention.sentence, reader)),))
