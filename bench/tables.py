"""What was measured, and the goals → the Markdown of bench/RESULTS.md."""

from collections.abc import Callable, Iterable, Sequence

from bench.figures import COLD, SORTS, Size, Took, growth
from bench.goals import Goal

_MEASURES: tuple[tuple[str, str, Callable[[Took, str], float]], ...] = (
    ("s", ".2f", Took.seconds),
    ("s of processor time", ".2f", Took.work),
    ("MB at most", ".0f", Took.memory),
)


def verdicts(goals: Sequence[Goal]) -> str:
    """Each goal with its figure and whether it is reached; how many are, above."""
    reached = sum(goal.is_reached for goal in goals)
    rows = (
        (goal.what, goal.bar, goal.measured, "yes" if goal.is_reached else "**no**")
        for goal in goals
    )
    head = f"{reached} of {len(goals)} goals reached.\n\n"
    return head + _table(("goal", "bar", "measured", "reached"), rows)


def of_size(size: Size) -> str:
    """What every engine took at a size, with ratios to the first."""
    engines = list(size.took.values())
    runs = [f"{max(len(one.runs[sort]) for one in engines)} of {sort}" for sort in SORTS]
    head = f"## {size.entities:,} entities with 6 facts each\n\n"
    head += f"Runs: {', '.join(runs)}. {_same(size)}\n\n"
    rows = [
        (f"{sort}, {unit}", *_beside([measure(one, sort) for one in engines], form))
        for sort in SORTS
        for unit, form, measure in _MEASURES
    ]
    rows.append(("pages in the site", *(f"{one.published:,}" for one in engines)))
    return head + _table(("", *(one.engine for one in engines)), rows) + _servers(size)


def of_growth(sizes: Sequence[Size]) -> str:
    """How many times as much an entity costs at the largest size as at the smallest."""
    small, large = sizes[0], sizes[-1]
    rows = []
    for engine in small.took:
        grown = [growth(small, large, engine, sort) for sort in SORTS]
        cells = [f"{seconds:.2f} ×" for seconds, _ in grown]
        rows.append((engine, *cells, f"{growth(small, large, engine, COLD)[1]:.2f} ×"))
    head = (
        f"## From {small.entities:,} to {large.entities:,} entities\n\n"
        "What an entity costs at the larger size beside the smaller; 1 is linear, less better.\n\n"
    )
    names = (*(f"{sort}, s" for sort in SORTS), f"{COLD}, MB at most")
    return head + _table(("", *names), rows)


def _same(size: Size) -> str:
    same = "is" if not any(size.unequal.values()) else "is NOT"
    return (
        f"{size.pages:,} pages, {size.texts:,} spot-checked texts and the edit were found in each "
        f"site. After the edits Standfirst's {same} byte for byte what a clean build makes of the "
        "same content."
    )


def _servers(size: Size) -> str:
    if not size.served:
        return ""
    engines = list(size.served.values())
    rows = [
        ("until the first page, s", *_beside([one.ready for one in engines], ".2f")),
        ("until an edit is shown, s", *_beside([one.shown for one in engines], ".3f")),
        ("the quickest and slowest of these", *(_range(one.edits) for one in engines)),
        ("the first edit after a start", *(_range(one.firsts) for one in engines)),
    ]
    return "\n" + _table(("server", *(one.engine for one in engines)), rows)


def _range(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.3f}–{max(seconds):.3f}"


def _beside(values: Sequence[float], form: str) -> list[str]:
    """Numbers, each with its ratio to the first."""
    return [f"{value:{form}} ({value / values[0]:.2f} ×)" for value in values]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    right = "--:|" * (len(head) - 1)
    lines = [f"| {' | '.join(head)} |", f"|---|{right}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
