"""Entities, facts, quotes, sections → the index that the search reads, and a list of names A to Z.

The index holds in full what a result shows: names and facts. Of what is only searched (quotes,
summaries, sections) it holds the words that are not shown anyway: a section or a summary is found
by the words of the facts that it cites, too. What each place holds is told in docs/search.md.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfirst.evidence import Located
from standfirst.link import Card, FactCard
from standfirst.markup import Reference, inline_html, markdown_html, references
from standfirst.model import Asset, Entity, Kind, Section, Settings
from standfirst.pagination import fact_anchor, name_pages, names_on, paged
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.data import as_bytes
from standfirst.render.facts import TONES, badge
from standfirst.render.folding import folded_words, further_words, is_assigned, sort_key
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import interface, name_of, plain_text
from standfirst.words import Words

_HEADING = re.compile(r'<h[1-6] id="([^"]*)">(.*?)</h[1-6]>', re.DOTALL)
_CITED = re.compile(r'<cite class="([a-z0-9-]+)"></cite>')
_TAG = re.compile(r"<[^<>]*>")
_FEW_WORDS = 26
"""So many words of a fact's text can stand for the same words in its id, a capital each."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the list, its anchor, and what begins with it."""

    letter: str
    id: str
    cards: tuple[tuple[Card, str], ...]


def search(reader: Reader, number: str = "1") -> bytes | Problem:
    """Where results are shown by a script; without one, the names of everything from A to Z."""
    t = interface(reader)
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    names = {kind.id: kind.one for kind in kinds}
    cards = [(card, names.get(card.kind, "")) for card in reader.all(Card, "entities")]
    cards += [(card, str(t("section"))) for card in reader.all(Card, "sections")]
    cards += [(card, str(t("source"))) for card in reader.all(Card, "sources")]
    cards.sort(key=lambda one: (sort_key(one[0].name or one[0].id), one[0].route))
    routes = name_pages(reader)
    at = int(number)
    return html_page(
        "search.html",
        paged("/search/", at),
        reader,
        title=str(t("search") if at == 1 else t("search-further", n=at)),
        description=str(t("search-lede")),
        letters=_letters(names_on(at, cards)),
        ways=_ways(cards, routes),
        first=at == 1,
        kinds=[(kind.id, kind.many) for kind in kinds],
        statuses=[(status, badge(status, t)) for status in TONES],
    )


def _letters(cards: Iterable[tuple[Card, str]]) -> list[Letter]:
    found: dict[str, list[tuple[Card, str]]] = {}
    for card, sort in cards:
        found.setdefault(_letter(card), []).append((card, sort))
    return [Letter(letter, _anchor(letter), tuple(held)) for letter, held in found.items()]


def _ways(cards: Iterable[tuple[Card, str]], routes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each letter, and where the first name that begins with it stands."""
    ways: dict[str, str] = {}
    cards = list(cards)
    for number, route in enumerate(routes, start=1):
        for card, _ in names_on(number, cards):
            letter = _letter(card)
            ways.setdefault(letter, f"{route}#{_anchor(letter)}")
    return list(ways.items())


def _letter(card: Card) -> str:
    """What a name begins with, small and great and with an accent alike; a digit is any digit."""
    first = sort_key(card.name or card.id)[:1].upper()
    return "0–9" if first.isdigit() else first


def _anchor(letter: str) -> str:
    return f"n{ord(letter[0]):x}" if letter else "n"


def search_index(reader: Reader) -> bytes:
    """All that the search fetches: the index, and the scripts that look things up in it."""
    searched = (reader.one(Settings, "settings") or Settings()).search
    data = _index(reader) if searched == "index" else b"null"
    # What stands first gives the form another `find`, in place of the index's own.
    names = (*(["pagefind.js"] if searched == "pagefind" else []), "search.js", "results.js")
    scripts = [reader.one(Asset, "asset", name) for name in names]
    return b"\n".join((b"const data=%s;" % data.strip(), *(x.data for x in scripts if x)))


def _index(reader: Reader) -> bytes:
    """What is searched, as small as it can be told; docs/search.md says how."""
    t = interface(reader)
    own: dict[str, list[FactCard]] = {}
    for fact in reader.all(FactCard, "facts"):
        own.setdefault(fact.entity, []).append(fact)
    said = _Said(reader)
    kinds = []
    for kind in reader.one(tuple[Kind, ...], "kinds") or ():
        cards = [card for card in reader.all(Card, "entities") if card.kind == kind.id]
        told = [_entity(card, own.get(card.id, ()), said, reader) for card in cards]
        kinds.append([kind.id, kind.one, told])
    sections = by_order(reader.all(Card, "sections"))
    return as_bytes(
        {
            "kinds": kinds,
            "statuses": [_status(status, t) for status in TONES],
            "section": str(t("section")),
            "sections": [part for card in sections for part in _parts(card, said, reader)],
        }
    )


class _Said:
    """What facts say in their texts and quotes, and where each stands among all that is found."""

    def __init__(self, reader: Reader) -> None:
        facts = reader.all(FactCard, "facts")
        self.texts = {fact.id: plain_text(fact.text, reader) for fact in facts}
        self.quotes = {fact.id: _quotes(fact.id, reader) for fact in facts}
        self.places: dict[str, int] = {}
        self.count = 0

    def whole(self, id_: str) -> str:
        return f"{self.texts[id_]} {self.quotes[id_]}"


def _status(status: str, t: Words) -> tuple[str, str, str]:
    shown = badge(status, t)
    return status, str(shown.word), shown.tone


def _entity(card: Card, own: Iterable[FactCard], said: _Said, reader: Reader) -> list[object]:
    """Its id, its names, the words that its summary adds to the facts it cites, and its facts."""
    found = reader.one(Entity, "entity", card.id) or Entity(id=card.id)
    cited = [one.id for one in references(found.summary or "") if one.id in said.texts]
    names = [card.name or card.id, *found.aliases]
    shown = [*names, *(said.texts[id_] for id_ in cited)]
    more = further_words(plain_text(found.summary, reader), shown)
    said.count += 1
    return [card.id, names, more, [_fact(fact, names[0], said, reader) for fact in own]]


def _fact(fact: FactCard, owner: str, said: _Said, reader: Reader) -> list[object]:
    """Its id, the number of its status, its text and the words that its quotes add; and where it
    stands, if not on a page of its own."""
    text = said.texts[fact.id]
    said.places[fact.id] = said.count
    said.count += 1
    more = further_words(said.quotes[fact.id], [text, owner])
    told: list[object] = [_short_id(fact, text), [*TONES].index(fact.status), text, more]
    if reader.one(bool, "fact-pages") is False:
        told.append(fact_anchor(fact.kind, fact.entity, fact.id, reader).lstrip("/"))
    return told


def _short_id(fact: FactCard, text: str) -> str:
    """An id as its own words and its text's: without the entity's, and with a capital for a word
    that stands in the text, A for the first. Ids have no capitals of their own."""
    places: dict[str, str] = {}
    # Where letters are younger than Python's tables, a browser may count other words.
    words = folded_words(text) if all(map(is_assigned, text)) else []
    for at, word in enumerate(words[:_FEW_WORDS]):
        places.setdefault(word, chr(ord("A") + at))
    owned = fact.id.startswith(f"{fact.entity}-")
    rest = fact.id.removeprefix(fact.entity) if owned else fact.id
    return "-".join(places.get(word, word) for word in rest.split("-"))


def _quotes(fact_id: str, reader: Reader) -> str:
    located = reader.one(tuple[Located, ...], "evidence", fact_id) or ()
    return " ".join(one.words or one.quote for one in located)


def _parts(card: Card, said: _Said, reader: Reader) -> Iterator[list[object]]:
    """A section by its headings: address, name, the facts cited, and the words added to theirs."""

    def told(reference: Reference) -> str:
        return _told(reference, reader)

    found = reader.one(Section, "section", card.id) or Section(card.id)
    article = markdown_html(found.body, told, lambda one: name_of(one.id, reader))
    pieces = _HEADING.split(f"{inline_html(found.summary or '', told)} {article.html}")
    heads = zip(("", *pieces[1::3]), ("", *pieces[2::3]), pieces[0::3], strict=True)
    for anchor, heading, text in heads:
        name = f"{card.name} – {_words_of(heading)}" if heading else card.name
        cited = [id_ for id_ in dict.fromkeys(_CITED.findall(text)) if id_ in said.places]
        more = further_words(_words_of(text), [name, *(said.whole(id_) for id_ in cited)])
        there = f"{card.id}/#{html.unescape(anchor)}" if anchor else f"{card.id}/"
        yield [there, name, [said.places[id_] for id_ in cited], more]


def _told(reference: Reference, reader: Reader) -> str:
    """What a reference says, and a mark that tells which fact it leads to."""
    mark = f'<cite class="{html.escape(reference.id)}"></cite>'
    if reference.kind == "cite":
        return mark
    return html.escape(reference.words or name_of(reference.id, reader)) + mark


def _words_of(clean: str) -> str:
    """What a piece of clean HTML says."""
    return " ".join(html.unescape(_TAG.sub(" ", clean)).split())
