"""What a page cites → endnotes: numbers that run through it, and the words each fact rests on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.markup import Reference
from standfirst.reader import Reader
from standfirst.render.facts import FactView, Link, QuoteView
from standfirst.render.naming import name_of
from standfirst.render.prose import Citations

_ANCHOR = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_AGAIN = re.compile(
    r'(<sup class="cite"><a id="[^"]*" href="#(e\d+)">\d+</a></sup>)\s*'
    r'<sup class="cite"><a id="([^"]*)" href="#\2">\d+</a></sup>'
)
_OUTSIDE = ("https://", "http://", "mailto:")


class Endnotes(Citations):
    """Numbers that run through the whole page; each place that shows one can be led back to."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.places: dict[str, list[str]] = {}

    def resolve(self, reference: Reference) -> str:
        """A reference as HTML; beside a fact's figure stands its number, for paper has no links."""
        if not self._reader.has("fact", reference.id):
            return super().resolve(reference)
        if reference.kind == "cite":
            return self.mark(reference.id)
        name = reference.words or name_of(reference.id, self._reader)
        return Markup("{}{}").format(name, self.mark(reference.id))

    def mark(self, fact_id: str) -> Markup:
        """A fact's number as a mark that leads to its endnote, in a place of its own."""
        number = self.number(fact_id)
        places = self.places.setdefault(fact_id, [])
        last = int(places[-1].partition("-")[2]) if places else 0
        places.append(f"r{number}-{last + 1}")
        mark = '<sup class="cite"><a id="{}" href="#e{}">{}</a></sup>'
        return Markup(mark).format(places[-1], number, number)

    def once(self, html: str) -> Markup:
        """A text without the mark that repeats the one before it: "40 million⁴" needs no ⁴ more."""
        return Markup(_AGAIN.sub(self._without_second, html))

    def _without_second(self, found: re.Match[str]) -> str:
        first, _, second = found.groups()
        for places in self.places.values():
            if second in places:
                places.remove(second)
        return first


Said = tuple[QuoteView, bool]
"""A quote, and whether it is its source's last one here: then date and address follow, once."""


@dataclass(frozen=True, slots=True)
class Note:
    """An endnote: the words a fact rests on, and what else is to be known of it.

    `places` are where its number stands. `others` are facts by what they are to this one.
    """

    number: int
    fact: FactView
    places: tuple[str, ...]
    quotes: tuple[Said, ...]
    also: tuple[Said, ...]
    others: tuple[tuple[str, tuple[Link, ...]], ...]


def endnotes(notes: Endnotes) -> list[Note]:
    """The endnotes of all that a page cites, in the order of their numbers."""
    return [_note(fact, notes) for fact in notes.facts()]


def _note(fact: FactView, notes: Endnotes) -> Note:
    last = {quote.source.id: at for at, quote in enumerate(fact.quotes + fact.also)}
    said = [
        (quote, last[quote.source.id] == at) for at, quote in enumerate(fact.quotes + fact.also)
    ]
    return Note(
        notes.ids[fact.id],
        fact,
        tuple(notes.places[fact.id]),
        tuple(said[: len(fact.quotes)]),
        tuple(said[len(fact.quotes) :]),
        tuple(_others(fact, notes)),
    )


def _others(fact: FactView, notes: Endnotes) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The facts a fact is tied to: by their numbers where they have an endnote, else in words."""
    kept = (
        ("disputed-by", fact.disputes),
        ("superseded-by", fact.superseded_by),
        ("resolved-by", fact.resolved_by),
        ("supersedes", (fact.supersedes,) if fact.supersedes else ()),
        ("resolves", (fact.resolves,) if fact.resolves else ()),
    )
    for key, links in kept:
        if links:
            yield key, tuple(_numbered(link, notes) for link in links)


def _numbered(link: Link, notes: Endnotes) -> Link:
    number = notes.ids.get(link.id)
    return Link(str(number), f"#e{number}", link.id) if number else Link(link.name)


class Inside:
    """HTML whose links lead to what stands on the page or to other sites; others are words."""

    def __init__(self, anchors: Mapping[str, str]) -> None:
        self._anchors = anchors

    def __call__(self, html: Markup) -> Markup:
        return Markup(_ANCHOR.sub(self._led, html))

    def _led(self, found: re.Match[str]) -> str:
        before, to, after, words = found.groups()
        if to.startswith(("#", *_OUTSIDE)):
            return found[0]
        anchor = self._anchors.get(to.partition("#")[0])
        return f'<a{before} href="{anchor}"{after}>{words}</a>' if anchor else words
