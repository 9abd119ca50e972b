"""What is told of an entity or a source → the pages it is told on: a long one goes on.

Reads ids only, never a record, so that any page can say on which of them a fact stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from standfirst.link import Card, Mention, entity_route
from standfirst.reader import Reader, shared

T = TypeVar("T")

FACTS, FEW_FACTS = 12, 4
"""How many facts stand with their evidence on an entity's first page, and on that of a long one."""
LINES = 6
"""How many more of its own facts stand on a long one's first page, a line each."""
MENTIONS, FEW_MENTIONS = 6, 2
"""How many mentions stand there."""
FURTHER = 28
"""How many facts and mentions stand on each further page."""
SLACK = 4
"""So many more are kept rather than sent to a page of their own."""
PASSAGES = 120
"""How many passages of a source stand on a page."""

_PLACES = {"section": 0, "fact": 1, "entity": 2, "briefing": 3}
"""The order in which mentions are listed, by their sort."""

NAMES = 400
"""How many names stand on a page of the list from A to Z."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The facts and mentions on one of an entity's pages, and where it is.

    The facts of `lines` are told in a line that leads to their own pages, those of `facts` whole.
    """

    route: str
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@shared
def entity_pages(kind: str, entity_id: str, reader: Reader) -> tuple[EntityPage, ...]:
    """An entity's pages in order, at least one; each fact and mention stands on one of them."""
    facts, mentions = facts_of(entity_id, reader), mentions_of(entity_id, reader)
    is_long = len(facts) > FACTS + SLACK
    lines: list[str] = []
    if is_long and reader.one(bool, "fact-pages") is not False:
        here, later = facts[:FEW_FACTS], facts[FEW_FACTS:]
        own = set(reader.all(str, "own-facts", entity_id))
        lines = [id_ for id_ in later if id_ in own][:LINES]
        later = [id_ for id_ in later if id_ not in set(lines)]
    else:
        here, later = _first(facts, FACTS)
    named, named_later = _first(mentions, FEW_MENTIONS if is_long else MENTIONS)
    route = entity_route(kind, entity_id)
    pages = [EntityPage(route, tuple(here), tuple(lines), tuple(named))]
    while later or named_later:
        room = max(0, FURTHER - len(later))
        at = paged(route, len(pages) + 1)
        pages.append(EntityPage(at, tuple(later[:FURTHER]), (), tuple(named_later[:room])))
        later, named_later = later[FURTHER:], named_later[room:]
    return tuple(pages)


def paged(route: str, number: int) -> str:
    """Where the page of this number is, of those that go on from a route."""
    return f"{route}{number}/" if number > 1 else route


def facts_of(entity_id: str, reader: Reader) -> list[str]:
    """The facts of an entity: key points and what is disputed or doubtful, its own, the rest."""
    own = reader.all(str, "own-facts", entity_id)
    all_ = dict.fromkeys((*own, *reader.all(str, "facts-of", entity_id)))
    return sorted(all_, key=lambda id_: not reader.has("leading", id_))


def mentions_of(entity_id: str, reader: Reader) -> list[Mention]:
    """Where an entity is named: in sections, then facts, summaries, the standfirst; not its own."""
    found = dict.fromkeys(reader.all(Mention, "mentions", entity_id))
    others = [one for one in found if (one.sort, one.id) != ("entity", entity_id)]
    return sorted(others, key=lambda mention: _PLACES[mention.sort])


def fact_anchor(kind: str, entity_id: str, fact_id: str, reader: Reader) -> str:
    """Where a fact stands on its entity's pages."""
    pages = entity_pages(kind, entity_id, reader)
    on = next((page for page in pages if fact_id in page.facts + page.lines), pages[0])
    return f"{on.route}#{fact_id}"


def name_pages(reader: Reader) -> tuple[str, ...]:
    """The pages of the list of all names from A to Z, at least one."""
    count = sum(len(reader.all(Card, key)) for key in ("entities", "sections", "sources"))
    return tuple(paged("/search/", at) for at in range(1, max(1, count - 1) // NAMES + 2))


def names_on(number: int, names: Sequence[T]) -> Sequence[T]:
    """Those of all names in order that stand on one of these pages, counted from 1."""
    return names[(number - 1) * NAMES : number * NAMES]


def source_pages(source_id: str, reader: Reader) -> list[str]:
    """The routes of a source's pages in order, at least one."""
    count = reader.one(int, "passage-count", source_id) or 1
    return [source_route(source_id, number) for number in range(1, count + 1, PASSAGES)]


def source_route(source_id: str, passage: int) -> str:
    """The page on which a source's passage of this number stands, counted from 1."""
    return paged(f"/sources/{source_id}/", (max(passage, 1) - 1) // PASSAGES + 1)


def _first(all_: list[T], count: int) -> tuple[list[T], list[T]]:
    """What stands on the first page, and what comes later."""
    return (all_, []) if len(all_) <= count + SLACK else (all_[:count], all_[count:])
