"""Events → the rows in which their marks keep apart, and the names beside these marks.

Marks keep apart on the narrowest picture; names stand on wide ones alone. The wider a picture, the
more room there is between two places on it, while marks and names keep their size.
"""

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standfirst.render.scale import WIDTH
from standfirst.render.timeline import Event

NARROW, WIDE, WIDEST = 296, 680, 1200
"""The narrowest a picture is drawn, where there is room for more words, and the widest, in
pixels."""
LETTER = 8
"""How wide a letter of its words may be, at most, in pixels."""
LONGEST = 20
"""So many letters of a name at most."""
_BROAD, _BROADEST = 11, 14
_MARK = 9
"""How wide a mark is at least, in pixels."""
_GAP = 6
"""The space beside a name, in pixels."""
_NEAR = 24
"""So far from its mark a name may stand, behind the line of the briefing's own date."""

Told = tuple[Event, str]
"""An event, and the name to write beside its mark."""
Span = tuple[int, int]
"""Where something begins and ends on a wide picture, in pixels."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark: from which place on the axis, how many pixels off; it may end there."""

    words: str
    at: int
    off: int
    is_left: bool


def name_beside(event: Event, entity: str) -> str:
    """Whom an event is about; on an entity's own timeline, who else."""
    fact = event.fact
    ends = (end for tie in fact.ties for end in (tie.to, tie.from_))
    name = next((one.name for one in (fact.entity, *fact.about, *ends) if one.id != entity), "")
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


@dataclass(slots=True)
class _Row:
    """Events in a row, where the last mark of it ends, and how many names stand in it."""

    told: list[Told]
    end: int
    named: int


def rows_of(told: Sequence[Told], now: int | None, with_names: bool) -> list[list[Told]]:
    """Events, sorted by where they begin, each in the first row that has room for it.

    There its mark stands clear, and so do as many names as the row had, and its own.
    """
    rows: list[_Row] = []
    for one in told:
        start, end = one[0].place.start, _end_on_narrow(one[0])
        own = _named([one], now) if with_names else 0
        for row in rows:
            if row.end > start:
                continue
            named = row.named + own
            if not with_names or _named([*row.told, one], now) == named:
                row.told.append(one)
                row.end, row.named = max(row.end, end), named
                break
        else:
            rows.append(_Row([one], end, own))
    return [row.told for row in rows]


def _named(row: Sequence[Told], now: int | None) -> int:
    """How many names find room in a row."""
    return sum(label is not None for label in labels_of(row, now))


def _end_on_narrow(event: Event) -> int:
    return event.place.start + max(event.place.width, _MARK * WIDTH // NARROW) + 4


def labels_of(row: Sequence[Told], now: int | None) -> list[Label | None]:
    """The names beside the marks of a row: right of each where there is room, else left of it."""
    taken = [_extent(event) for event, _ in row]
    if now is not None:
        taken.append((now * WIDE // WIDTH - 1, now * WIDE // WIDTH + 2))
    labels: list[Label | None] = []
    for event, name in row:
        fitting = (one for one in _choices(event, name, now) if _is_free(_span(one), taken))
        label = next(fitting, None) if name else None
        taken += [_span(label)] if label else []
        labels.append(label)
    return labels


def _choices(event: Event, name: str, now: int | None) -> Iterator[Label]:
    """Right of the mark, then left of it; past the line of the briefing's date if near."""
    place, near = event.place, _NEAR * WIDTH // WIDEST
    fixed = 4 if place.known else _MARK if place.is_short else 0
    end = place.start if fixed else place.start + place.width
    yield Label(name, end, fixed + _GAP, False)
    if now is not None and end <= now <= end + near:
        yield Label(name, now, _GAP + 2, False)
    yield Label(name, place.start, -_GAP - 3 * place.known, True)
    if now is not None and now <= place.start <= now + near:
        yield Label(name, now, -_GAP, True)


def _extent(event: Event) -> Span:
    """A mark on a wide picture."""
    place = event.place
    start = place.start * WIDE // WIDTH
    if place.known:
        return start - 3, start + 4
    return start, start + max(_MARK, place.width * WIDE // WIDTH + 1)


def _span(label: Label) -> Span:
    at = label.at * WIDE // WIDTH + label.off
    return (at - breadth(label.words), at) if label.is_left else (at, at + breadth(label.words))


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a name lies within the picture and meets no mark, name or line."""
    start, end = span
    if start < 0 or end > WIDE:
        return False
    return all(end + 4 <= left or right + 4 <= start for left, right in taken)


@functools.lru_cache(maxsize=16384)
def breadth(words: str) -> int:
    """How wide words may be, at most, in pixels."""
    return sum(map(_breadth, words))


def _breadth(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in "WF" or letter in "mwMW@%":
        return _BROADEST
    return _BROAD if letter.isupper() else LETTER
