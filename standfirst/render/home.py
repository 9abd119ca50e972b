"""What is known of the briefing → its first page: the answer in half a minute, and the ways on."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.coverage import briefing_coverage, percent
from standfirst.link import Card, FactCard, Named, Tie
from standfirst.lists import compared
from standfirst.model import Briefing, Kind
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import Link, entity_link, fact_link, facts_named
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import plain_text
from standfirst.render.prose import Citations, first_sentence
from standfirst.render.timeline import events_ahead

AHEAD = 6
"""How many events are told of those that come next."""
CAST = 6
"""How many entities are introduced with a sentence; the others by name."""
NAMES = 12
"""How many entities of a kind are named; their index has all."""
AWAITED = 3
"""How many plans and forecasts without a date are told of what comes next."""
PARTNERS = 4
"""How many names stand beside an entity for each kind it has ties to."""


@dataclass(frozen=True, slots=True)
class Names:
    """Some entities of a kind, and how many more there are."""

    kind: Kind
    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Introduced:
    """One of the main entities: who it is in a sentence with its evidence, and whom it ties to."""

    card: Card
    says: Markup
    ties: tuple[Names, ...]


def home(reader: Reader) -> bytes | Problem:
    """What one must know in half a minute, and the ways on from there."""
    briefing = reader.one(Briefing, "briefing") or Briefing()
    key_points = facts_named(briefing.key_points, reader)
    here = {fact.id for fact in key_points}

    def target(id_: str, number: int) -> str:
        return f"#{id_}" if id_ in here else fact_link(id_, reader).route or "#"

    citations = Citations(reader, target)
    covered = briefing_coverage(reader)
    cards = reader.all(Card, "entities")
    cast = _cast(briefing.kinds, cards, reader)
    return html_page(
        "home.html",
        "/",
        reader,
        title=briefing.title,
        description=plain_text(briefing.standfirst, reader),
        standfirst=citations.html(briefing.standfirst),
        key_points=key_points,
        cast=[_introduced(card, briefing, citations, reader) for card in cast],
        others=list(_others(briefing.kinds, cards, cast)),
        compared=_compared(briefing, reader),
        ahead=events_ahead(AHEAD, reader),
        awaited=facts_named(_awaited(here, reader), reader),
        disputed=facts_named(dict.fromkeys(reader.all(str, "disputed")), reader),
        sections=by_order(reader.all(Card, "sections")),
        sources=reader.all(Card, "sources"),
        covered=covered,
        percent=percent(covered),
        count=len(reader.all(str, "fact-ids")),
    )


def _awaited(here: Set[str], reader: Reader) -> list[str]:
    """The plans and forecasts without a date that are no key points: those come first."""
    return [x.id for x in reader.all(FactCard, "awaited") if x.id not in here][:AWAITED]


def _compared(briefing: Briefing, reader: Reader) -> list[tuple[str, Kind]]:
    """The kinds whose entities stand side by side on a page."""
    kinds = {kind.id: kind for kind in briefing.kinds}
    return [(f"/compare/{c.id}/", kinds[c.id]) for c in compared(reader) if c.id in kinds]


def _cast(kinds: Sequence[Kind], cards: Sequence[Card], reader: Reader) -> list[Card]:
    """The entities of the first kind of which most is said."""
    first = [card for card in cards if kinds and card.kind == kinds[0].id]
    first.sort(key=lambda card: -len(reader.all(str, "facts-of", card.id)))
    return first[:CAST]


def _introduced(card: Card, briefing: Briefing, citations: Citations, reader: Reader) -> Introduced:
    """Who somebody is, and the entities of the first two kinds it has ties to."""
    ends: dict[str, list[Link]] = {kind.id: [] for kind in briefing.kinds}
    for tie in reader.all(Tie, "ties-of", card.id):
        other = tie.to if tie.from_ == card.id else tie.from_
        named = reader.one(Named, "id", other)
        if named and other != card.id and not tie.denied:
            link = entity_link(other, reader)
            if link not in ends.setdefault(named.kind, []):
                ends[named.kind].append(link)
    ties = [_names(kind, ends[kind.id], PARTNERS) for kind in briefing.kinds if ends[kind.id]]
    says = citations.html(first_sentence(card.id, reader))
    return Introduced(card, says, tuple(ties[:2]))


def _names(kind: Kind, links: Sequence[Link], most: int) -> Names:
    """So many names, or one more where only one would be left out."""
    shown = links if len(links) <= most + 1 else links[:most]
    return Names(kind, tuple(shown), len(links) - len(shown))


def _others(kinds: Sequence[Kind], cards: Sequence[Card], cast: Sequence[Card]) -> Iterator[Names]:
    """Everybody else, by kind."""
    named = {card.id for card in cast}
    for kind in kinds:
        links = [
            Link(card.name, card.route, card.id)
            for card in cards
            if card.kind == kind.id and card.id not in named
        ]
        if links:
            yield _names(kind, links, NAMES)
