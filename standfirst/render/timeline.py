"""Dated facts → events on a common axis, each with the span of days its words allow.

What lies ahead is told from what is past by the briefing's own date, never by a clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from standfirst.dates import Dating, read_date, sort_key
from standfirst.link import FactCard
from standfirst.reader import Reader
from standfirst.render.facts import FactView, Link, facts_named
from standfirst.render.naming import date_words

WIDTH = 1000
_SOFTEST = 6
"""The narrowest mark that can be seen, in the axis's units."""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact, and where its days lie on an axis `WIDTH` units wide.

    `first` and `last` are the months at the ends of the axis, `now` the briefing's own date on it.
    """

    fact: FactView
    entity: Link | None
    side: str
    year: str
    start: int
    width: int
    known: bool
    open_start: bool
    open_end: bool
    now: int | None
    first: str
    last: str


def events_of(cards: Iterable[FactCard], reader: Reader) -> list[Event]:
    """The events of the facts on these cards, each with whom it is about."""
    facts = facts_named((card.id for card in cards), reader)
    return timeline(((fact, fact.entity) for fact in facts), reader)


def timeline(facts: Iterable[tuple[FactView, object]], reader: Reader) -> list[Event]:
    """The events of dated facts in order, drawn on one axis from the first day to the last."""
    dated = [(fact, with_entity) for fact, with_entity in facts if fact.date]
    dated.sort(key=lambda pair: (_order(pair[0]), pair[0].id))
    days = [day for fact, _ in dated if fact.date for day in _bounds(fact.date.dating)]
    if not days:
        return [_event(fact, bool(named), 0, 1, reader) for fact, named in dated]
    first, last = _room(min(days), max(days), [fact.date.dating for fact, _ in dated if fact.date])
    return [_event(fact, bool(named), first, last, reader) for fact, named in dated]


def _room(first: int, last: int, datings: Iterable[Dating]) -> tuple[int, int]:
    """The axis's ends, with room for the arrows of what begins or ends nobody knows when."""
    room = max(30, (last - first) // 8)
    opens = {(dating.open_start, dating.open_end) for dating in datings}
    before = room if any(start for start, _ in opens) else 0
    after = room if any(end for _, end in opens) else 0
    return max(1, first - before), min(date.max.toordinal(), last + after)


def _order(fact: FactView) -> tuple[object, ...]:
    """By the first day; what has no first day stands where its last one is."""
    assert fact.date is not None
    dating = fact.date.dating
    return sort_key(replace(dating, earliest=dating.earliest or dating.latest))


def _event(fact: FactView, named: bool, first: int, last: int, reader: Reader) -> Event:
    assert fact.date is not None
    dating = fact.date.dating
    span = max(1, last - first + 1)
    days = _bounds(dating)
    low = first if dating.open_start or not days else days[0]
    high = last if dating.open_end or not days else days[-1]
    start = min(WIDTH - _SOFTEST, (low - first) * WIDTH // span)
    width = max(_SOFTEST, (high - low + 1) * WIDTH // span)
    return Event(
        fact=fact,
        entity=fact.entity if named else None,
        side=_side(fact, dating, reader.one(str, "as-of")),
        year=_year(dating),
        start=start,
        width=min(width, WIDTH - start),
        known=dating.precision == "day" and not dating.approximate and not dating.uncertain,
        open_start=dating.open_start,
        open_end=dating.open_end,
        now=_now(first, last, reader),
        first=_month(first, reader),
        last=_month(last, reader),
    )


def _now(first: int, last: int, reader: Reader) -> int | None:
    """Where the briefing's own date lies on the axis, if it lies on it."""
    now = read_date(reader.one(str, "as-of") or "")
    days = _bounds(now) if isinstance(now, Dating) else []
    if not days or not first <= days[-1] <= last:
        return None
    return (days[-1] - first) * WIDTH // max(1, last - first + 1)


def _month(day: int, reader: Reader) -> str:
    """The month that an end of the axis lies in, in words."""
    month = read_date(date.fromordinal(day).isoformat()[:7])
    return date_words(month, reader) if isinstance(month, Dating) else ""


def _bounds(dating: Dating) -> list[int]:
    """The first and last day as numbers, where the words give them; years a calendar has."""
    days = []
    for iso in (dating.earliest, dating.latest):
        try:
            days.append(date.fromisoformat(iso).toordinal() if iso else None)
        except ValueError:
            days.append(None)
    return [day for day in days if day is not None]


def _side(fact: FactView, dating: Dating, as_of: str | None) -> str:
    """ "ahead" where every day the words allow is after the briefing's date, and where some are and
    the fact looks forward: a target, a plan, a forecast."""
    now = read_date(as_of) if as_of else None
    if not isinstance(now, Dating) or now.latest is None:
        return "past"
    if dating.earliest is not None and dating.earliest > now.latest:
        return "ahead"
    may_come = dating.open_end or (dating.latest is not None and dating.latest > now.latest)
    looks_forward = fact.status.tone == "soft" or (fact.date and fact.date.role == "target")
    return "ahead" if may_come and looks_forward else "past"


def _year(dating: Dating) -> str:
    day = dating.earliest or dating.latest or ""
    return day[: day.find("-", 1)] if day else dating.edtf
