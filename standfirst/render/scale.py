"""Datings → an axis of whole numbers: where a day lies on it, and what of it is cut out.

Long stretches in which nothing lies are cut, so that one far day does not squeeze all others; every
cut is marked where the axis is drawn.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standfirst.dates import Dating

WIDTH = 1000
CUT = 30
"""How wide a cut is drawn."""
_LEAST = 110
"""How narrow a part between cuts may become."""
_CUTS = 4
_LONG = 731
"""Nothing shorter than two years is cut out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of days, and where it is drawn."""

    first: int
    last: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The parts of an axis that is `WIDTH` wide; between two parts is a cut."""

    parts: tuple[Part, ...]

    @property
    def first(self) -> int:
        return self.parts[0].first

    @property
    def last(self) -> int:
        return self.parts[-1].last

    @property
    def cuts(self) -> tuple[int, ...]:
        """Where each cut begins."""
        return tuple(part.start - CUT for part in self.parts[1:])

    def at(self, day: int) -> int:
        """Where a day begins; a day in a cut lies at the cut's near end."""
        for part in self.parts:
            if day <= part.last:
                inside = max(0, day - part.first)
                return part.start + inside * part.width // (part.last - part.first + 1)
        return WIDTH

    def holds(self, day: int) -> bool:
        return any(part.first <= day <= part.last for part in self.parts)


def scale_of(datings: Iterable[Dating], now: Dating | None) -> Scale:
    """The axis on which all these and the briefing's own date lie."""
    all_ = [*datings, *((now,) if now else ())]
    days = sorted({day for dating in all_ for day in bounds(dating)}) or [1, 2]
    gaps = sorted(later - day for day, later in pairwise(days))
    usual = gaps[(len(gaps) - 1) // 2] if gaps else 0
    least = max(_LONG, 8 * usual, (days[-1] - days[0]) // 10)
    longest = sorted(pairwise(days), key=lambda gap: (gap[0] - gap[1], gap[0]))[:_CUTS]
    far = sorted(gap for gap in longest if gap[1] - gap[0] >= least)
    starts = [days[0], *(gap[1] for gap in far)]
    ends = [*(gap[0] for gap in far), days[-1]]
    stretches = [_with_room(first, last) for first, last in zip(starts, ends, strict=True)]
    return Scale(tuple(_placed(_with_ends(stretches, all_))))


def _with_room(first: int, last: int) -> tuple[int, int]:
    room = max(10, (last - first) // 25)
    return first - room, last + room


def _with_ends(
    stretches: Sequence[tuple[int, int]], datings: Sequence[Dating]
) -> Sequence[tuple[int, int]]:
    """The stretches with room for the arrows of what begins or ends nobody knows when."""
    (first, end), (start, last) = stretches[0], stretches[-1]
    room = [max(30, (end - first) // 8), max(30, (last - start) // 8)]
    if any(dating.earliest is None for dating in datings):
        stretches = [(first - room[0], end), *stretches[1:]]
        start = stretches[-1][0]
    if any(dating.latest is None for dating in datings):
        stretches = [*stretches[:-1], (start, last + room[1])]
    return stretches


def _placed(stretches: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Each stretch as wide as its days, but none narrower than can be read."""
    free = WIDTH - (CUT + _LEAST) * (len(stretches) - 1) - _LEAST
    total = sum(last - first + 1 for first, last in stretches)
    at = before = 0
    for first, last in stretches:
        days = last - first + 1
        width = _LEAST + free * (before + days) // total - free * before // total
        yield Part(first, last, at, width)
        at, before = at + width + CUT, before + days


def bounds(dating: Dating) -> list[int]:
    """The first and last day as numbers, where the words give them."""
    return [day_number(iso) for iso in (dating.earliest, dating.latest) if iso]


@functools.lru_cache(maxsize=65536)
def day_number(iso: str) -> int:
    """A day as a number, 1 for 1 January of year 1; of any year, before or after a calendar's."""
    year, month, day = int(iso[: iso.find("-", 1)]), int(iso[-5:-3]), int(iso[-2:])
    years = year - (month < 3)  # a year that begins in March has its leap day last
    since_march = (153 * ((month + 9) % 12) + 2) // 5 + day
    return years * 365 + years // 4 - years // 100 + years // 400 + since_march - 306


@functools.lru_cache(maxsize=65536)
def year_number(day: int) -> int:
    """The year in which a day lies."""
    year = day * 400 // 146097
    while day_number(f"{year + 1}-01-01") <= day:
        year += 1
    while day_number(f"{year}-01-01") > day:
        year -= 1
    return year


@functools.lru_cache(maxsize=65536)
def month_number(day: int) -> int:
    """The month of the year in which a day lies."""
    year = year_number(day)
    return max(month for month in range(1, 13) if month_start(year, month) <= day)


def month_start(year: int, month: int) -> int:
    """The first day of a month."""
    return day_number(f"{year}-{month:02}-01")
