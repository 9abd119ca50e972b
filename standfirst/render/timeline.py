"""Dated facts → events on a common axis, each with the span of days its words allow.

What lies ahead is told from what is past by the briefing's own date, never by a clock.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from standfirst.dated import Dated, dating_of, in_order
from standfirst.dates import Dating, date_label, read_date, sort_key
from standfirst.reader import Reader
from standfirst.render.facts import TONES, FactView, facts_named
from standfirst.render.naming import date_words
from standfirst.render.scale import (
    WIDTH,
    Scale,
    bounds,
    day_number,
    month_number,
    scale_of,
    year_number,
)

_SOFTEST = 6
"""The narrowest mark, in the axis's units."""
_SHORT, _SLIGHT = 12, 30
"""What is narrower is drawn as wide as can be seen: on any axis, and on a narrow one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the days that a date allows lie on an axis, and how surely."""

    start: int
    width: int
    known: bool
    open_start: bool
    open_end: bool

    @property
    def is_short(self) -> bool:
        """Whether it would hardly be seen, even on a wide axis, if drawn to scale."""
        return self.width < _SHORT

    @property
    def is_small(self) -> bool:
        """Whether the line of the briefing's date would hide it: it stands before that line."""
        return self.known or self.width < _SLIGHT

    @property
    def is_slight(self) -> bool:
        """Whether it would hardly be seen on a narrow axis."""
        return _SHORT <= self.width < _SLIGHT


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact, and where its days lie on an axis that is `WIDTH` units wide.

    `allows` says in words which days the source's own words allow, where these do not. `first` and
    `last` are the months at the ends of the axis, `now` the briefing's own date on it, `cuts` where
    a stretch of it is left out.
    """

    fact: FactView
    side: str
    year: str
    allows: str | None
    place: Place
    now: int | None
    cuts: tuple[int, ...]
    first: str
    last: str


def events_ahead(most: int, reader: Reader) -> list[Event]:
    """The first events that lie ahead, on an axis that these and the briefing's date fill."""
    now = now_of(reader)
    dated = reader.all(Dated, "dated")
    ahead = in_order(event for event in dated if side_of(event, now) == "ahead")[:most]
    scale = scale_of((dating_of(event.date) for event in ahead), now)
    return events_of(ahead, scale, reader)


def events_of(dated: Iterable[Dated], scale: Scale, reader: Reader) -> list[Event]:
    """These events in their order."""
    facts = facts_named((event.id for event in dated), reader)
    axis = _axis(scale, reader)
    return [_event(fact, axis, reader) for fact in facts if fact.date]


def timeline(facts: Iterable[FactView], reader: Reader, most: int | None = None) -> list[Event]:
    """The first events of dated facts in order, on an axis that these and the briefing's date fill.

    All of them, where `most` does not say how many.
    """
    dated = sorted((fact for fact in facts if fact.date), key=lambda fact: (_order(fact), fact.id))
    shown = dated[:most]
    scale = scale_of((fact.date.dating for fact in shown if fact.date), now_of(reader))
    axis = _axis(scale, reader)
    return [_event(fact, axis, reader) for fact in shown]


def now_of(reader: Reader) -> Dating | None:
    """The briefing's own date, where it has one."""
    now = read_date(reader.one(str, "as-of") or "")
    return now if isinstance(now, Dating) and now.latest else None


def side_of(event: Dated, now: Dating | None) -> str:
    """Whether an event is "past" or "ahead"."""
    looks_forward = TONES.get(event.status) == "soft" or event.date_role == "target"
    return _side(dating_of(event.date), looks_forward, now)


def is_over(event: Dated, now: Dating | None) -> bool:
    """Whether the last day that an event's words allow has come."""
    latest = dating_of(event.date).latest
    return now is None or (latest is not None and day_number(latest) <= bounds(now)[-1])


def place_of(dating: Dating, scale: Scale) -> Place:
    """Where a date's days lie on an axis; what has no first or last day goes to its end."""
    low = day_number(dating.earliest) if dating.earliest else scale.first
    high = day_number(dating.latest) if dating.latest else scale.last
    start = min(WIDTH - _SOFTEST, scale.at(low))
    width = max(_SOFTEST, scale.at(high + 1) - start)
    return Place(
        start=start,
        width=min(width, WIDTH - start),
        known=dating.precision == "day" and not dating.approximate and not dating.uncertain,
        open_start=dating.earliest is None,
        open_end=dating.latest is None,
    )


def now_place(scale: Scale, now: Dating | None) -> int | None:
    """Where the briefing's own date ends on an axis: what is right of it lies ahead."""
    day = bounds(now)[-1] if now else scale.first - 1
    return scale.at(day + 1) if scale.first <= day <= scale.last else None


def month_words(day: int, reader: Reader) -> str:
    """The month that a day lies in, in words."""
    month = read_date(f"{_edtf(year_number(day))}-{month_number(day):02}")
    if isinstance(month, Dating):
        return date_words(month, reader)
    return year_words(year_number(day), reader)


def year_words(year: int, reader: Reader) -> str:
    """A year in words: "2026", "45 BC"."""
    return _year_words(year, reader.one(str, "language") or "en")


@functools.lru_cache(maxsize=4096)
def _year_words(year: int, language: str) -> str:
    dating = read_date(_edtf(year))
    return date_label(dating, language) if isinstance(dating, Dating) else str(year)


def _edtf(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{year:05}" if year < 0 else f"{year:04}"


def _order(fact: FactView) -> tuple[object, ...]:
    """By the first day; what has no first day stands where its last one is."""
    assert fact.date is not None
    dating = fact.date.dating
    return sort_key(dating if dating.earliest else replace(dating, earliest=dating.latest))


@dataclass(frozen=True, slots=True)
class _Axis:
    """What all events on an axis have in common; `here` is where the briefing's own date
    lies on it."""

    scale: Scale
    as_of: Dating | None
    here: int | None
    cuts: tuple[int, ...]
    first: str
    last: str


def _axis(scale: Scale, reader: Reader) -> _Axis:
    now = now_of(reader)
    first, last = month_words(scale.first, reader), month_words(scale.last, reader)
    return _Axis(scale, now, now_place(scale, now), scale.cuts, first, last)


def _event(fact: FactView, axis: _Axis, reader: Reader) -> Event:
    assert fact.date is not None
    dating = fact.date.dating
    looks_forward = fact.status.tone == "soft" or fact.date.role == "target"
    computed = date_words(dating, reader)
    first = bounds(dating)[0]
    return Event(
        fact=fact,
        side=_side(dating, looks_forward, axis.as_of),
        year=year_words(year_number(first), reader),
        allows=computed if computed != fact.date.label else None,
        place=place_of(dating, axis.scale),
        now=axis.here,
        cuts=axis.cuts,
        first=axis.first,
        last=axis.last,
    )


def _side(dating: Dating, looks_forward: bool, now: Dating | None) -> str:
    """ "ahead" where every day the words allow is after the briefing's date, and where some are and
    the fact looks forward: a target, a plan, a forecast."""
    if now is None:
        return "past"
    last = bounds(now)[-1]
    if dating.earliest is not None and day_number(dating.earliest) > last:
        return "ahead"
    may_come = dating.latest is None or day_number(dating.latest) > last
    return "ahead" if may_come and looks_forward else "past"
