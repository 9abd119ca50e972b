"""Entities, facts, quotes, sections → the index that the search reads, and a list of names A to Z.

The index holds in full what a result shows: names and facts. Of what is only searched (quotes,
summaries, sections) it holds the words that are not shown anyway: a section or a summary is found
by the words of the facts that it cites, too. What each place holds is told in docs/search.md.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from standfirst.evidence import Located
from standfirst.link import Card, FactCard
from standfirst.markup import Reference, inline_html, markdown_html, references
from standfirst.model import Asset, Entity, Kind, Section, Settings
from standfirst.pagination import fact_anchor, name_pages, names_on, paged
from standfirst.problem import Problem
from standfirst.reader import Reader, kept
from standfirst.render.data import as_bytes
from standfirst.render.facts import TONES, badge
from standfirst.render.folding import folded_words, further_words, is_assigned, sort_key
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import interface, name_of, plain_text
from standfirst.words import Words

_HEADING = re.compile(r'<h[1-6] id="([^"]*)">(.*?)</h[1-6]>', re.DOTALL)
_CITED = re.compile(r'<cite class="([a-z0-9-]+)"></cite>')
_TAG = re.compile(r"<[^<>]*>")
Part = tuple[str, str, list[str], str]
"""A stretch of a section: address, name, the facts cited, and the words added to theirs."""
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
    places: dict[str, int] = {}
    count = 0
    kinds = []
    for kind in reader.one(tuple[Kind, ...], "kinds") or ():
        told = []
        for card in reader.all(Card, "entities"):
            if card.kind == kind.id:
                told.append(orjson.Fragment(_entity(card.id, reader)))
                own = reader.all(str, "own-facts", card.id)
                places |= {id_: at for at, id_ in enumerate(own, start=count + 1)}
                count += 1 + len(own)
        kinds.append([kind.id, kind.one, told])
    sections = by_order(reader.all(Card, "sections"))
    return as_bytes(
        {
            "kinds": kinds,
            "statuses": [_status(status, t) for status in TONES],
            "section": str(t("section")),
            "sections": [
                [there, name, [places[id_] for id_ in cited if id_ in places], more]
                for card in sections
                for there, name, cited, more in _parts(card.id, reader)
            ],
        }
    )


def _status(status: str, t: Words) -> tuple[str, str, str]:
    shown = badge(status, t)
    return status, str(shown.word), shown.tone


@kept
def _entity(entity_id: str, reader: Reader) -> bytes:
    """Its id, its names, the words that its summary adds to the facts it cites, and its facts."""
    found = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    names = [found.name or found.id, *found.aliases]
    cited = (_text(one.id, reader) for one in references(found.summary or ""))
    more = further_words(plain_text(found.summary, reader), [*names, *filter(None, cited)])
    own = [reader.one(FactCard, "card", id_) for id_ in reader.all(str, "own-facts", entity_id)]
    facts = [_fact(fact, names[0], reader) for fact in own if fact]
    return orjson.dumps([found.id, names, more, facts])


def _fact(fact: FactCard, owner: str, reader: Reader) -> list[object]:
    """Its id, the number of its status, its text and the words that its quotes add; and where it
    stands, if not on a page of its own."""
    text = plain_text(fact.text, reader)
    more = further_words(_quotes(fact.id, reader), [text, owner])
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


def _text(fact_id: str, reader: Reader) -> str:
    """What a fact says; nothing where there is none of that id."""
    fact = reader.one(FactCard, "card", fact_id)
    return plain_text(fact.text, reader) if fact else ""


def _quotes(fact_id: str, reader: Reader) -> str:
    located = reader.one(tuple[Located, ...], "evidence", fact_id) or ()
    return " ".join(one.words or one.quote for one in located)


@kept
def _parts(slug: str, reader: Reader) -> list[Part]:
    """A section by its headings: address, name, the facts cited, and the words added to theirs."""

    def told(reference: Reference) -> str:
        return _told(reference, reader)

    found = reader.one(Section, "section", slug) or Section(slug)
    article = markdown_html(found.body, told, lambda one: name_of(one.id, reader))
    pieces = _HEADING.split(f"{inline_html(found.summary or '', told)} {article.html}")
    heads = zip(("", *pieces[1::3]), ("", *pieces[2::3]), pieces[0::3], strict=True)
    parts = []
    for anchor, heading, text in heads:
        name = f"{found.title} – {_words_of(heading)}" if heading else found.title
        cited = [id_ for id_ in dict.fromkeys(_CITED.findall(text)) if reader.has("card", id_)]
        said = (f"{_text(id_, reader)} {_quotes(id_, reader)}" for id_ in cited)
        there = f"{slug}/#{html.unescape(anchor)}" if anchor else f"{slug}/"
        parts.append((there, name, cited, further_words(_words_of(text), [name, *said])))
    return parts


def _told(reference: Reference, reader: Reader) -> str:
    """What a reference says, and a mark that tells which fact it leads to."""
    mark = f'<cite class="{html.escape(reference.id)}"></cite>'
    if reference.kind == "cite":
        return mark
    return html.escape(reference.words or name_of(reference.id, reader)) + mark


def _words_of(clean: str) -> str:
    """What a piece of clean HTML says."""
    return " ".join(html.unescape(_TAG.sub(" ", clean)).split())
