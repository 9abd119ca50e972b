"""What was measured at several sizes → a drawing of cost against size, as SVG.

Both scales are logarithmic, and one for both panels. It brings its own ground, so that it reads on
a light page and on a dark one.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bench.figures import COLD, EDIT, Size

_WIDTH, _HEIGHT = 912, 420
_TOP, _BOTTOM, _LEFT, _PANEL, _NAMES = 64, 370, 52, 216, 210
_APART = 17
"""Names of lines stand at least so far from each other."""
_COLOURS = (("#b3400a", "#ff9d66"), ("#5d6570", "#a3acb8"), ("#0a58c2", "#6cb0ff"))
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.ground { fill: #ffffff; stroke: #d0d7de }
.grid { stroke: #d8dee4 }
.head { font-weight: 600; font-size: 15px }
.faint { fill: #57606a }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
.name { font-weight: 600 }
"""
_DARK = """
text { fill: #e6edf3 }
.ground { fill: #161b22; stroke: #3d444d }
.grid { stroke: #30363d }
.faint { fill: #9da7b3 }
"""


@dataclass(frozen=True)
class Line:
    """An engine's line in a panel: its name, its number among the engines, its points."""

    name: str
    number: int
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale: from a least to a most value, from one place to another."""

    least: float
    most: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where a value lies."""
        share = math.log(value / self.least) / math.log(self.most / self.least)
        return round(self.start + share * (self.end - self.start), 1)


def plot(sizes: Sequence[Size]) -> str:
    """Seconds against entities: a panel for cold builds and one for edits, a line an engine."""
    panels = [(COLD, "Cold build, seconds"), (EDIT, "Edit of one fact, new process, seconds")]
    values = [one.seconds(s) for size in sizes for one in size.took.values() for s, _ in panels]
    upright = Scale(10 ** math.floor(math.log10(min(values))), _above(values), _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'aria-labelledby="t">',
        '<title id="t">Seconds against entities, by engine</title>',
        f"<style>{_style()}</style>",
        f'<rect class="ground" x=".5" y=".5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" rx="8"/>',
    ]
    for number, (sort, title) in enumerate(panels):
        left = _LEFT + number * (_PANEL + _NAMES)
        across = Scale(sizes[0].entities, sizes[-1].entities, left, left + _PANEL)
        parts += _grid(title, sizes, across, upright)
        parts += _lines(lines(sizes, sort), across, upright)
    return "\n".join([*parts, "</svg>"]) + "\n"


def lines(sizes: Sequence[Size], sort: str) -> list[Line]:
    """A line for each engine: how many entities, how many seconds."""
    return [
        Line(name, number, [(size.entities, size.took[name].seconds(sort)) for size in sizes])
        for number, name in enumerate(sizes[0].took)
    ]


def apart(places: Sequence[float], least: float = _APART) -> list[float]:
    """The places moved so that each is at least so far from the next, in the order they had."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    groups: list[tuple[float, list[int]]] = []  # each group's middle, and who stands in it
    for at in order:
        groups.append((places[at], [at]))
        while len(groups) > 1 and _is_close(groups[-2], groups[-1], least):
            (_, late), (_, early) = groups.pop(), groups.pop()
            both = early + late
            groups.append((sum(places[one] for one in both) / len(both), both))
    found = list(places)
    for middle, members in groups:
        for number, at in enumerate(members):
            found[at] = middle + (number - (len(members) - 1) / 2) * least
    return found


def _is_close(one: tuple[float, list[int]], next_: tuple[float, list[int]], least: float) -> bool:
    room = (len(one[1]) + len(next_[1])) / 2 * least
    return next_[0] - one[0] < room


def _above(values: Sequence[float]) -> float:
    """The next of 1, 2, 5, 10, 20, … above all values."""
    most = max(values)
    decade = 10.0 ** math.floor(math.log10(most))
    return next(step * decade for step in (1, 2, 5, 10) if step * decade >= most)


def _grid(title: str, sizes: Sequence[Size], across: Scale, upright: Scale) -> Iterator[str]:
    yield f'<text class="head" x="{across.start}" y="32">{escape(title)}</text>'
    power = round(math.log10(upright.least))
    while (value := 10.0**power) <= upright.most:
        y = upright.place(value)
        yield f'<path class="grid" d="M{across.start} {y}H{across.end}"/>'
        yield f'<text class="faint" x="{across.start - 8}" y="{y + 4}" {_END}>{value:g}</text>'
        power += 1
    for size in sizes:
        x = across.place(size.entities)
        yield f'<path class="grid" d="M{x} {_TOP}V{_BOTTOM}"/>'
        yield f'<text class="faint" x="{x}" y="{_BOTTOM + 20}" {_MIDDLE}>{size.entities:,}</text>'
    middle = (across.start + across.end) / 2
    yield f'<text class="faint" x="{middle}" y="{_BOTTOM + 38}" {_MIDDLE}>entities</text>'


_END, _MIDDLE = 'text-anchor="end"', 'text-anchor="middle"'


def _lines(all_: Sequence[Line], across: Scale, upright: Scale) -> Iterator[str]:
    names = apart([upright.place(line.points[-1][1]) for line in all_])
    for line, y in zip(all_, names, strict=True):
        places = [(across.place(x), upright.place(value)) for x, value in line.points]
        path = "L".join(f"{x} {y}" for x, y in places)
        yield f'<path class="line c{line.number}" d="M{path}"/>'
        yield from (f'<circle class="f{line.number}" cx="{x}" cy="{y}" r="4"/>' for x, y in places)
        told = f"{escape(line.name)} {line.points[-1][1]:.3g}"
        place = f'x="{places[-1][0] + 10}" y="{y + 4:.1f}"'
        yield f'<text class="name f{line.number}" {place}>{told}</text>'


def _style() -> str:
    light, dark = (_coloured(which) for which in (0, 1))
    return f"{_STYLE}{light}@media (prefers-color-scheme: dark) {{{_DARK}{dark}}}\n"


def _coloured(which: int) -> str:
    """The engines' colours; Standfirst's second line is its first one's, broken."""
    rules = [
        f".c{number} {{ stroke: {colours[which]} }} .f{number} {{ fill: {colours[which]} }}\n"
        for number, colours in enumerate((*_COLOURS, _COLOURS[-1]))
    ]
    return "".join(rules) + f".c{len(_COLOURS)} {{ stroke-dasharray: 6 4 }}\n"
