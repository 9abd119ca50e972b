"""The briefing → the pages it is printed on: one, or where that were too long, further ones.

Reads ids and cards only, never a record.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from standfirst.link import Card
from standfirst.model import Kind
from standfirst.reader import Reader

ROUTE = "/print/"
MOST = 600
"""How many facts are printed on one page; of a longer briefing `/print/` holds what is cited."""

Told = tuple[str, tuple[str, ...]]
"""An entity and those of its own facts that stand on a page."""


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A page of entities with their facts: of one kind, and which of its pages."""

    route: str
    kind: str
    number: int
    told: tuple[Told, ...]


def is_whole(reader: Reader) -> bool:
    """Whether the briefing is printed on one page."""
    return len(reader.all(str, "fact-ids")) <= MOST


def further_pages(reader: Reader) -> tuple[PrintPage, ...]:
    """The pages on which a long briefing's entities are printed, kind by kind; else none."""
    if is_whole(reader):
        return ()
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    return tuple(page for kind in kinds for page in _pages_of(kind.id, reader))


def entities_of(kind: str, reader: Reader) -> list[Told]:
    """The entities of a kind, each with its own facts: every fact is some entity's own."""
    cards = [card for card in reader.all(Card, "entities") if card.kind == kind]
    return [(card.id, reader.all(str, "own-facts", card.id)) for card in cards]


def _pages_of(kind: str, reader: Reader) -> Iterator[PrintPage]:
    told: list[Told] = []
    number, room = 1, MOST
    for entity, facts in entities_of(kind, reader):
        while len(facts) > room:
            told += [(entity, facts[:room])] if room else []
            yield _page(kind, number, told)
            facts, told, number, room = facts[room:], [], number + 1, MOST
        told.append((entity, facts))
        room -= len(facts)
    if told:
        yield _page(kind, number, told)


def _page(kind: str, number: int, told: list[Told]) -> PrintPage:
    route = f"{ROUTE}{kind}/" + (f"{number}/" if number > 1 else "")
    return PrintPage(route, kind, number, tuple(told))
