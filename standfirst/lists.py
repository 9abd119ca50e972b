"""A long list of the whole briefing → the pages it is told on, so that none grows with it.

Reads ids only: which page a row stands on changes when rows come and go, not when one is edited.
No address here can be a record's own: a fact's page has one part after `/facts/`, and `-` is no id.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, get_args

from standfirst.link import Card, Tie
from standfirst.model import Comparison, Kind, Settings, Status
from standfirst.reader import Reader, shared

T = TypeVar("T")

FACTS, ENTITIES, COMPARED, TIES, DISPUTES = 100, 60, 20, 60, 20
"""How many rows stand on a page: of the ledger, of a kind's index, of a comparison, of the ties, of
what is disputed."""
SLACK = 4
"""A page that would be shorter than one in so many of a full one is joined to the one before."""
STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list: where it is, what stands on it, its number and those beside it."""

    route: str
    rows: tuple[T, ...]
    number: int
    total: int
    previous: str | None
    following: str | None


def list_pages(first: str, further: str, rows: Sequence[T], most: int) -> tuple[ListPage[T], ...]:
    """A list over its pages, at least one; the second is at `further` with a 2, and so on."""
    ends = [*range(most, len(rows) - most // SLACK, most), len(rows)]
    routes = [first, *(f"{further}{number}/" for number in range(2, len(ends) + 1))]
    return tuple(
        ListPage(
            route,
            tuple(rows[start:end]),
            number,
            len(ends),
            routes[number - 2] if number > 1 else None,
            routes[number] if number < len(ends) else None,
        )
        for number, (route, start, end) in enumerate(
            zip(routes, [0, *ends], ends, strict=False), start=1
        )
    )


@shared
def ledger_pages(shelf: str, name: str, reader: Reader) -> tuple[ListPage[str], ...]:
    """The pages of all facts, or of those "of" a kind or with a "status", by their ids."""
    if shelf == "of":
        ids = reader.all(str, "facts-in", name)
    elif shelf == "status":
        ids = reader.all(str, "facts-with", name)
    else:
        kinds = [kind.id for kind in reader.one(tuple[Kind, ...], "kinds") or ()]
        ids = tuple(id_ for kind in kinds for id_ in reader.all(str, "facts-in", kind))
    first = f"/facts/{shelf}/{name}/" if shelf else "/facts/"
    return list_pages(first, first if shelf else "/facts/page/", ids, FACTS)


def shelves(reader: Reader) -> Iterator[tuple[str, str]]:
    """The lists that the ledger is looked through by: all facts, each kind's, each status's."""
    if "facts" not in published(reader):
        return
    yield "", ""
    for kind in reader.one(tuple[Kind, ...], "kinds") or ():
        yield "of", kind.id
    for status in STATUSES:
        yield "status", status


@shared
def kind_pages(kind: str, reader: Reader) -> tuple[ListPage[Card], ...]:
    """The pages of a kind's index."""
    return list_pages(f"/{kind}/", f"/{kind}/-/", _entities(kind, reader), ENTITIES)


def compare_pages(kind: str, reader: Reader) -> tuple[ListPage[Card], ...]:
    """The pages on which the entities of a kind stand side by side."""
    first = f"/compare/{kind}/"
    return list_pages(first, first, _entities(kind, reader), COMPARED)


def compared(reader: Reader) -> tuple[Comparison, ...]:
    """The kinds whose entities stand side by side on a page."""
    comparisons = reader.one(tuple[Comparison, ...], "comparisons") or ()
    return comparisons if "compare" in published(reader) else ()


def published(reader: Reader) -> tuple[str, ...]:
    """What the settings want published beyond the pages of the records."""
    return (reader.one(Settings, "settings") or Settings()).published


def _entities(kind: str, reader: Reader) -> list[Card]:
    return _by_kind(reader).get(kind, [])


@shared
def _by_kind(reader: Reader) -> Mapping[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for card in reader.all(Card, "entities"):
        found.setdefault(card.kind, []).append(card)
    return found


@shared
def relation_pages(reader: Reader) -> tuple[ListPage[Tie], ...]:
    """The pages of all ties; those of one end stand one after another."""
    by_end: dict[str, list[Tie]] = {}
    for tie in reader.all(Tie, "ties"):
        by_end.setdefault(tie.from_, []).append(tie)
    ties = [tie for found in by_end.values() for tie in found]
    return list_pages("/relations/", "/relations/", ties, TIES)


@shared
def dispute_pages(reader: Reader) -> tuple[ListPage[tuple[str, ...]], ...]:
    """The pages of what is disputed or doubtful: facts that say otherwise together, then those
    that are doubtful by themselves; each group of facts once, whoever names whom."""
    sides: dict[frozenset[str], tuple[str, ...]] = {}
    alone: list[tuple[str, ...]] = []
    for id_, *disputes in reader.all(tuple[str, ...], "contested"):
        others = dict.fromkeys((*disputes, *reader.all(str, "disputed-by", id_)))
        known = [other for other in others if reader.has("id", other)]
        if others:
            sides.setdefault(frozenset((id_, *known)), (id_, *known))
        else:
            alone.append((id_,))
    whole = [ids for key, ids in sides.items() if not _is_part(key, sides)]
    return list_pages("/disputes/", "/disputes/", [*whole, *alone], DISPUTES)


def _is_part(group: frozenset[str], sides: Mapping[frozenset[str], Sequence[str]]) -> bool:
    """Whether all of these facts stand in a larger group, too."""
    return any(group < other for other in sides)


def list_routes(reader: Reader) -> Iterator[str]:
    """The addresses of all these pages."""
    for shelf, name in shelves(reader):
        yield from (page.route for page in ledger_pages(shelf, name, reader))
    for kind in reader.one(tuple[Kind, ...], "kinds") or ():
        yield from (page.route for page in kind_pages(kind.id, reader))
    if "disputes" in published(reader):
        yield from (page.route for page in dispute_pages(reader))
