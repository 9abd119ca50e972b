"""Boxes and the lines between them → where each box stands: a drawing in which none overlap.

Springs give the first places, a fixed number of small moves the last ones; all of these count in
whole pixels, so that the same boxes and lines stand in the same places everywhere.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

import rustworkx

Size = tuple[int, int]
Point = tuple[int, int]
Line = tuple[int, int]
"""The two boxes that a line ties, by their numbers."""

SEED = 11
GAP_X, GAP_Y = 14, 12
"""The room between two boxes side by side, and one above the other."""
NEAR, FAR = 48, 110
"""How long the seen part of a line likes to be."""
STEPS = (96, 48, 24, 12, 6)
ROUNDS = 4
"""How far a box moves at a time, and how often all boxes try each step."""
_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
OVERLAP, THROUGH, CROSSING, FOLDED = 5000, 900, 350, 260
"""What two boxes in one place cost, a line through a box, two crossing lines, two nearly on one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each box, and the height that all need in the width they were given."""

    at: tuple[Point, ...]
    height: int


@functools.lru_cache(maxsize=8)
def laid_out(sizes: tuple[Size, ...], lines: tuple[Line, ...], width: int) -> Layout:
    """Where boxes stand that no two overlap and no one is cut; each as wide as `width` at most.

    What is tied together stands together, the largest part first, the others in rows below it.
    """
    at: list[Point] = [(0, 0)] * len(sizes)
    top, row_height = 0, 0
    row: list[tuple[list[int], list[Point], Size]] = []

    def close() -> None:
        """Spreads the parts of a row over the width."""
        spare = (width - sum(part[2][0] for part in row)) // (len(row) + 1)
        left = spare
        for members, points, (wide, _) in row:
            for number, (x, y) in zip(members, points, strict=True):
                at[number] = (left + x, top + y)
            left += wide + spare
        row.clear()

    for members in _parts(len(sizes), lines):
        points, size = _part(members, sizes, lines, width)
        if row and sum(part[2][0] + GAP_X for part in row) + size[0] > width:
            close()
            top, row_height = top + row_height + 2 * GAP_Y, 0
        row.append((members, points, size))
        row_height = max(row_height, size[1])
    if row:
        close()
    return Layout(tuple(at), top + row_height)


def _parts(count: int, lines: Sequence[Line]) -> list[list[int]]:
    """The boxes that hang together, the largest part first, else in the order of the boxes."""
    parts = [sorted(part) for part in rustworkx.connected_components(_graph(count, lines))]
    return sorted(parts, key=lambda part: (-len(part), part))


def _graph(count: int, lines: Sequence[Line]) -> "rustworkx.PyGraph[int, None]":
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(list(lines))
    return graph


def _part(
    members: list[int], sizes: Sequence[Size], lines: Sequence[Line], width: int
) -> tuple[list[Point], Size]:
    """The places of boxes that hang together, from the left top of the room they need."""
    own = [sizes[number] for number in members]
    number_of = {number: place for place, number in enumerate(members)}
    inner = [(number_of[a], number_of[b]) for a, b in lines if a in number_of]
    room = _room(own, width)
    sketch = _Sketch(own, inner, room, _springs(own, inner, room))
    sketch.improve()
    sketch.part()
    left = min(x - wide // 2 for (x, _), (wide, _) in zip(sketch.at, own, strict=True))
    top = min(y - high // 2 for (_, y), (_, high) in zip(sketch.at, own, strict=True))
    points = [(x - left, y - top) for x, y in sketch.at]
    right = max(x + (wide + 1) // 2 for (x, _), (wide, _) in zip(points, own, strict=True))
    bottom = max(y + (high + 1) // 2 for (_, y), (_, high) in zip(points, own, strict=True))
    return points, (right, bottom)


def _room(sizes: Sequence[Size], width: int) -> Size:
    """How much room boxes that hang together are given: few stand close, many take the width."""
    count, widest = len(sizes), max(wide for wide, _ in sizes)
    if count < 3:
        return widest, sum(high for _, high in sizes) + NEAR * (count - 1)
    if count < 6:
        return min(width, max(widest + 40, width * 48 // 100)), 60 + 44 * count
    return width, 120 + 32 * count


def _springs(sizes: Sequence[Size], lines: Sequence[Line], room: Size) -> list[Point]:
    """A first place for each box, pulled by its lines and pushed by all others."""
    if len(sizes) < 3:
        steps = range(len(sizes))
        return [(room[0] // 2, sizes[0][1] // 2 + step * (sizes[0][1] + NEAR)) for step in steps]
    graph = _graph(len(sizes), lines)
    found = rustworkx.spring_layout(graph, seed=SEED, num_iter=200, scale=1)
    spread = [
        (round(found[box][0] * 500), round(found[box][1] * 500)) for box in graph.node_indices()
    ]
    return [((x + 500) * room[0] // 1000, (y + 500) * room[1] // 1000) for x, y in spread]


class _Sketch:
    """Boxes being moved about until no small move makes the drawing calmer."""

    def __init__(
        self, sizes: Sequence[Size], lines: Sequence[Line], room: Size, at: list[Point]
    ) -> None:
        self.sizes, self.room = sizes, room
        self.lines = sorted({(min(line), max(line)) for line in lines if line[0] != line[1]})
        self.of = [[line for line in self.lines if box in line] for box in range(len(sizes))]
        self.others = [[x for x in self.lines if box not in x] for box in range(len(sizes))]
        self.at = [self._inside(box, *point) for box, point in enumerate(at)]

    def improve(self) -> None:
        """Tries the eight ways from each place, in large steps and then in small ones."""
        for step in STEPS if len(self.sizes) > 2 else ():
            for _ in range(ROUNDS):
                if not any([self._moves(box, step) for box in range(len(self.sizes))]):
                    break

    def _moves(self, box: int, step: int) -> bool:
        """Whether a box stands better a step away; there it is left."""
        best, start = self._cost(box), self.at[box]
        place = start
        for right, down in _WAYS:
            self.at[box] = self._inside(box, start[0] + right * step, start[1] + down * step)
            cost = self._cost(box, best)
            if cost < best:
                best, place = cost, self.at[box]
        self.at[box] = place
        return place != start

    def part(self) -> None:
        """Moves down what still overlaps, below all that stands in its way."""
        placed: list[int] = []
        for box in sorted(range(len(self.at)), key=lambda each: (self.at[each][1], each)):
            while under := [other for other in placed if self._overlap(box, other, 4)]:
                low = max(self.at[other][1] + self.sizes[other][1] // 2 for other in under)
                self.at[box] = (self.at[box][0], low + (self.sizes[box][1] + 1) // 2 + 6)
            placed.append(box)

    def _inside(self, box: int, x: int, y: int) -> Point:
        wide, high = (side // 2 for side in self.sizes[box])
        return (
            max(wide, min(self.room[0] - wide, x)),
            max(high, min(self.room[1] - high, y)),
        )

    def _overlap(self, box: int, other: int, gap: int) -> bool:
        (x, y), (x2, y2) = self.at[box], self.at[other]
        wide, high = self.sizes[box]
        wide2, high2 = self.sizes[other]
        return 2 * (abs(x - x2) - gap) < wide + wide2 and 2 * (abs(y - y2) - gap) < high + high2

    def _cost(self, box: int, most: int | None = None) -> int:
        """What is wrong with where a box stands; no more than that it is over `most`."""
        total = 0
        for cost in self._costs(box):
            total += cost
            if most is not None and total >= most:
                break
        return total

    def _costs(self, box: int) -> Iterator[int]:
        yield sum(self._crowding(box, other) for other in range(len(self.at)) if other != box)
        yield THROUGH * sum(self._is_through(line, box) for line in self.others[box])
        for line in self.of[box]:
            yield self._stretch(line)
            boxes = range(len(self.at))
            yield THROUGH * sum(self._is_through(line, each) for each in boxes if each not in line)
            yield sum(self._tangle(line, other) for other in self.lines if other != line)

    def _crowding(self, box: int, other: int) -> int:
        """Two boxes too near each other: worst where they overlap."""
        (x, y), (x2, y2) = self.at[box], self.at[other]
        across = (self.sizes[box][0] + self.sizes[other][0]) // 2 + GAP_X - abs(x - x2)
        along = (self.sizes[box][1] + self.sizes[other][1]) // 2 + GAP_Y - abs(y - y2)
        if across > 0 and along > 0:
            return OVERLAP + 20 * min(across, along)
        return max(0, 40 + min(across, 0) + min(along, 0))

    def _is_through(self, line: Line, box: int) -> bool:
        """Whether a line runs through a box or close by it."""
        (ax, ay), (bx, by), (x, y) = self.at[line[0]], self.at[line[1]], self.at[box]
        wide, high = self.sizes[box][0] // 2 + 4, self.sizes[box][1] // 2 + 3
        if max(ax, bx) < x - wide or min(ax, bx) > x + wide:
            return False
        if max(ay, by) < y - high or min(ay, by) > y + high:
            return False
        right, down = bx - ax, by - ay
        return abs(right * (y - ay) - down * (x - ax)) <= abs(right) * high + abs(down) * wide

    def _stretch(self, line: Line) -> int:
        """A line whose seen part is too short to be read, or longer than it need be."""
        a, b = line
        (x, y), (x2, y2) = self.at[a], self.at[b]
        across = max(0, abs(x - x2) - (self.sizes[a][0] + self.sizes[b][0]) // 2)
        along = max(0, abs(y - y2) - (self.sizes[a][1] + self.sizes[b][1]) // 2)
        seen = isqrt(across * across + along * along)
        return 14 * (NEAR - seen) if seen < NEAR else max(0, 2 * (seen - FAR))

    def _tangle(self, line: Line, other: Line) -> int:
        """Two lines that cross, or that leave one box nearly on top of each other."""
        shared = set(line) & set(other)
        if not shared:
            return CROSSING if self._is_crossing(line, other) else 0
        hub = shared.pop()
        (x, y) = self.at[hub]
        ax, ay = self.at[line[0] + line[1] - hub]
        bx, by = self.at[other[0] + other[1] - hub]
        right, down, right2, down2 = ax - x, ay - y, bx - x, by - y
        if right * right2 + down * down2 <= 0:
            return 0
        across = right * down2 - down * right2
        lengths = (right * right + down * down) * (right2 * right2 + down2 * down2)
        return FOLDED if 20 * across * across < lengths else 0

    def _is_crossing(self, line: Line, other: Line) -> bool:
        a, b, c, d = (self.at[end] for end in (*line, *other))
        if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
            return False
        return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, point: Point) -> bool:
    """On which side of a line a point lies."""
    return (b[0] - a[0]) * (point[1] - a[1]) > (b[1] - a[1]) * (point[0] - a[0])
