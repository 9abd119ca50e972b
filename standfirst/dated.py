"""A dated fact → what timelines know of it: its day, its place in time, its year; not its words."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from standfirst.dates import Dating, Key, read_date, sort_key


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated fact without its words: what a timeline chooses, counts and orders by."""

    id: str
    entity: str
    kind: str
    about: tuple[str, ...]
    status: str
    date: str
    date_role: str


def year_of(dating: Dating) -> str:
    """The year in which a date begins, or ends where only that is known."""
    day = dating.earliest or dating.latest or ""
    return day[: day.find("-", 1)]


def in_order(events: Iterable[Dated]) -> list[Dated]:
    """Events by their first day; what has no first day stands where its last one is."""
    return sorted(events, key=lambda event: (_order(event.date), event.id))


@functools.lru_cache(maxsize=65536)
def dating_of(date: str) -> Dating:
    """A date that has been read before, as it was understood."""
    dating = read_date(date)
    assert isinstance(dating, Dating)
    return dating


@functools.lru_cache(maxsize=65536)
def _order(date: str) -> Key:
    dating = dating_of(date)
    return sort_key(replace(dating, earliest=dating.earliest or dating.latest))
