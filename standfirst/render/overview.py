"""The events of a page → one picture of them on one axis: a mark each, or bars where they are many.

Places across are in thousandths of the picture's width, places down in pixels, so that words keep
their size at any width; what needs room is laid out for the narrowest, `NARROW` pixels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standfirst.reader import Reader
from standfirst.render.labels import LETTER, NARROW, WIDE, Label, labels_of, name_beside, rows_of
from standfirst.render.scale import WIDTH, Scale, bounds, month_start, year_number
from standfirst.render.timeline import Event, month_words, now_of, now_place, year_words
from standfirst.timelines import Choice, Period

ROWS = 18
"""So many rows of marks at most; what needs more is drawn as bars."""
ROW, TOP, FOOT, BARS = 16, 26, 24, 96


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the picture; `soft` is a plan or a forecast, `said` dates only the saying.

    `label` says whom it is about, where a wide picture has room for that.
    """

    event: Event
    top: int
    soft: bool
    said: bool
    label: Label | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time with its events counted; `skips` where time is left out before it.

    `is_ahead` where it begins after the briefing's own date.
    """

    start: int
    width: int
    top: int
    height: int
    label: str
    count: int
    route: str
    skips: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a month or year begins; words that only fit a wide picture are `minor`."""

    at: int
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """A picture: its height, what is drawn, and what is written under it."""

    height: int
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[int, ...]
    as_of: int | None

    @property
    def foot(self) -> int:
        """Where the axis lies."""
        return self.height - FOOT

    @property
    def kinds(self) -> frozenset[str]:
        """What of the picture's signs is in it, and so needs telling."""
        places = [mark.event.place for mark in self.marks]
        signs = {
            "known": any(m.event.place.known and not m.said and not m.soft for m in self.marks),
            "said": any(mark.said and mark.event.place.known for mark in self.marks),
            "span": any(not place.known for place in places),
            "soft": any(mark.soft for mark in self.marks),
            "open": any(place.open_start or place.open_end for place in places),
        }
        return frozenset(sign for sign, is_there in signs.items() if is_there)

    @property
    def skips(self) -> bool:
        """Whether bars leave time out."""
        return any(bar.skips for bar in self.bars)

    @property
    def as_of_is_late(self) -> bool:
        """Whether the words at the line of the briefing's date stand before it."""
        return self.as_of is not None and self.as_of > WIDTH // 2


def overview_of_events(
    events: Sequence[Event], scale: Scale, reader: Reader, entity: str = ""
) -> Overview | None:
    """Each event as a mark, with whom it is about beside that `entity` whose timeline this is.

    There are as few rows as keep marks and names apart, or marks alone where names would take too
    many; there is nothing where those are too many as well.
    """
    now = now_place(scale, now_of(reader))
    told = [(event, name_beside(event, entity)) for event in events]
    told.sort(key=lambda pair: pair[0].place.start)
    rows = rows_of(told, now, with_names=True)
    if len(rows) > ROWS:
        rows = rows_of(told, now, with_names=False)
    if not rows or len(rows) > ROWS:
        return None
    labels = [labels_of(row, now) for row in rows]
    marks = [
        _mark(event, TOP + ROW * at, label)
        for at, (row, named) in enumerate(zip(rows, labels, strict=True))
        for (event, _), label in zip(row, named, strict=True)
    ]
    return Overview(
        height=TOP + ROW * len(rows) + 4 + FOOT,
        marks=tuple(sorted(marks, key=lambda mark: mark.event.place.start)),
        bars=(),
        ticks=tuple(_fitting(_ticks(scale, reader))),
        cuts=scale.cuts,
        as_of=now,
    )


def overview_of_periods(
    periods: Sequence[Period], choice: Choice, reader: Reader
) -> Overview | None:
    """Each stretch of time as a bar as high as it has events."""
    if not periods:
        return None
    bars = [_bar(index, periods, choice, reader) for index in range(len(periods))]
    words = [Tick(bar.start, bar.label, False) for bar in bars]
    return Overview(TOP + BARS + FOOT, (), tuple(bars), tuple(_fitting([words])), (), None)


def _bar(at: int, periods: Sequence[Period], choice: Choice, reader: Reader) -> Bar:
    period, before = periods[at], periods[at - 1] if at else None
    start, end = (WIDTH * each // len(periods) for each in (at, at + 1))
    height = max(2, BARS * period.count // max(one.count for one in periods))
    now = now_of(reader)
    return Bar(
        start=start,
        width=max(1, (end - start) * 4 // 5),
        top=TOP + BARS - height,
        height=height,
        label=period_words(period, reader),
        count=period.count,
        route=period.route(choice),
        skips=before is not None and before.first + before.years < period.first,
        is_ahead=now is not None and month_start(period.first, 1) > bounds(now)[-1],
    )


def period_words(period: Period, reader: Reader) -> str:
    """A stretch of years in words: "2026", "1900–1999"."""
    first = year_words(period.first, reader)
    if period.years == 1:
        return first
    return f"{first}–{year_words(period.first + period.years - 1, reader)}"


def _mark(event: Event, top: int, label: Label | None) -> Mark:
    said = event.fact.date is not None and event.fact.date.role == "said"
    return Mark(event, top, event.fact.status.tone == "soft", said, label)


def _ticks(scale: Scale, reader: Reader) -> Iterator[list[Tick]]:
    """What may be written under the axis, the weightiest first: years, then months."""
    alone = [part for part in scale.parts if year_number(part.first) == year_number(part.last)]
    named = [Tick(x.start, year_words(year_number(x.first), reader), False) for x in alone]
    if len(scale.parts) > 1:
        yield named
    shown, step = sum(part.last - part.first for part in scale.parts) // 365, 1
    while shown // step > 20:
        step *= 10
    for each in dict.fromkeys(max(1, size) for size in (step * 5, step, step // 2, step // 10)):
        yield [_tick(year, 1, scale, reader) for year in _years(scale, each)]
    for months in ((7,), (4, 10)) if shown <= 5 else ():
        yield [_tick(year, month, scale, reader) for year in _years(scale, 1) for month in months]
    if shown < 1:
        yield [_tick(year, n, scale, reader) for year in _years(scale, 1) for n in range(1, 13)]
    yield named


def _years(scale: Scale, step: int) -> Iterator[int]:
    """The years of an axis that are multiples of a step."""
    for part in scale.parts:
        first, last = year_number(part.first), year_number(part.last)
        yield from range(first - first % step, last + 1, step)


def _tick(year: int, month: int, scale: Scale, reader: Reader) -> Tick:
    day = month_start(year, month)
    words = year_words(year, reader) if month == 1 else month_words(day, reader)
    return Tick(scale.at(day) if scale.holds(day) else -1, words, False)


def _fitting(candidates: Iterable[Sequence[Tick]]) -> list[Tick]:
    """Those whose words fit beside the ones before: on a narrow picture, then on a wide one."""
    ranked = [tick for ticks in candidates for tick in ticks if tick.at >= 0]
    narrow = _chosen(ranked, (), NARROW)
    also = _chosen([tick for tick in ranked if tick not in narrow], narrow, WIDE)
    kept = [*narrow, *(Tick(tick.at, tick.label, True) for tick in also)]
    return sorted(kept, key=lambda tick: tick.at)


def _chosen(ranked: Iterable[Tick], kept: Iterable[Tick], pixels: int) -> list[Tick]:
    """Those whose words, which begin at their tick, meet neither other words nor the end."""
    taken = [_extent(tick, pixels) for tick in kept]
    chosen: list[Tick] = []
    for tick in ranked:
        start, end = _extent(tick, pixels)
        if end <= pixels and all(end <= left or start >= right for left, right in taken):
            chosen.append(tick)
            taken.append((start, end))
    return chosen


def _extent(tick: Tick, pixels: int) -> tuple[int, int]:
    start = tick.at * pixels // WIDTH
    return start, start + LETTER * len(tick.label) + 12
