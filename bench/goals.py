"""What was measured → each goal, the figure, and whether it is reached.

A size between two that a goal names is held to the bar of the smaller one. Nothing is rounded
before it is compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.figures import (
    ALL,
    COLD,
    EDIT,
    HUGO,
    OURS,
    SAME,
    SORTS,
    Size,
    Small,
    edit_growth,
    growth,
)

COLD_BARS = ((1_000, 0.6), (5_000, 0.5))
EDIT_BARS = ((1_000, 0.2), (5_000, 0.1), (10_000, 0.08))
SHOWN_BARS = ((1_000, 0.030), (10_000, 0.050))
LINEAR = 1.15


@dataclass(frozen=True)
class Goal:
    """One goal: what it is of, where its bar lies, what was measured."""

    what: str
    bar: str
    measured: str
    is_reached: bool


def goals(sizes: Sequence[Size], small: Small) -> list[Goal]:
    """Every goal of one run, size by size, then of all sizes together, then of the small ones."""
    found = [goal for size in sizes for goal in _of_size(size)]
    if len(sizes) > 1:
        found += _of_growth(sizes[0], sizes[-1])
    return [*found, *_of_small(small)]


def _of_size(size: Size) -> Iterator[Goal]:
    at, ours = f", {size.entities:,} entities", size.took[OURS]
    cold, edit = _bar(COLD_BARS, size), _bar(EDIT_BARS, size)
    yield _times(f"cold build, the same pages{at}", cold, size.seconds(OURS, COLD))
    yield _times(f"cold build, all but pictures{at}", 1, size.seconds(ALL, COLD))
    yield _times(f"edit of one fact, new process{at}", edit, size.seconds(OURS, EDIT))
    yield _equal(f"the edited site equals a clean build{at}", size)
    ratio = ours.seconds(SAME) / ours.seconds(EDIT)
    yield Goal(f"nothing changed{at}", "≤ 0.5 × the edit", f"{ratio:.2f} ×", ratio <= 0.5)
    yield _untouched(f"nothing changed, nothing written{at}", size)
    memory = [size.memory(OURS, sort) for sort in SORTS]
    told = ", ".join(f"{sort} {m:.2f} ×" for sort, m in zip(SORTS, memory, strict=True))
    yield Goal(f"memory at most{at}", "≤ 0.6 × Hugo", told, max(memory) <= 0.6)
    if size.served:
        yield from _of_servers(size, at)


def _of_servers(size: Size, at: str) -> Iterator[Goal]:
    ours, hugo, bar = size.served[OURS], size.served[HUGO], _bar(SHOWN_BARS, size)
    told = f"{_ms(ours.shown)} (Hugo {_ms(hugo.shown)})"
    yield Goal(f"edit shown by the server{at}", f"≤ {_ms(bar)}", told, ours.shown <= bar)
    yield _times(f"server ready{at}", 0.5, ours.ready / hugo.ready)


def _of_growth(small: Size, large: Size) -> Iterator[Goal]:
    between = f"{small.entities:,} to {large.entities:,} entities"
    for engine, pages in ((OURS, "the same pages"), (ALL, "all but pictures")):
        for what, times in zip(("time", "memory"), growth(small, large, engine, COLD), strict=True):
            yield _linear(f"{what} of a cold build for an entity, {pages}, {between}", times)
    seconds, _ = growth(small, large, OURS, SAME)
    yield _linear(f"reading the inputs (nothing changed) for an entity, {between}", seconds)
    page = edit_growth(small, large, OURS)
    yield _linear(f"what an edit adds to that for a page it renders, {between}", page)


def _of_small(small: Small) -> Iterator[Goal]:
    for what, bar, took in (
        ("60,000 quotes verified", 1.0, small.quotes),
        ("100,000 lines of YAML with positions", 3.0, small.yaml),
        ("`check` on this repository's briefing", 0.5, small.check),
        ("`--help`", 0.15, small.help),
    ):
        yield Goal(what, f"≤ {bar:g} s", f"{took:.2f} s", took <= bar)


def _times(what: str, bar: float, measured: float) -> Goal:
    return Goal(what, f"≤ {bar:g} × Hugo", f"{measured:.2f} ×", measured <= bar)


def _linear(what: str, times: float) -> Goal:
    return Goal(what, f"≤ {LINEAR} ×", f"{times:.2f} ×", times <= LINEAR)


def _equal(what: str, size: Size) -> Goal:
    named = [f"{engine}: {name}" for engine, names in size.unequal.items() for name in names]
    told = f"{len(named)} differ, {named[0]}" if named else f"all of {size.compared:,} files"
    return Goal(what, "byte for byte", told, not named and size.compared > 0)


def _untouched(what: str, size: Size) -> Goal:
    named = [f"{engine}: {name}" for engine, names in size.touched.items() for name in names]
    told = f"{len(named)} were, {named[0]}" if named else "none"
    return Goal(what, "no file or folder", told, not named)


def _bar(bars: Sequence[tuple[int, float]], size: Size) -> float:
    return next((bar for at, bar in reversed(bars) if at <= size.entities), bars[0][1])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
