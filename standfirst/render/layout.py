"""Boxes and the lines between them → where each box stands: a drawing in which none overlap.

Springs give the first places, a fixed number of small moves the last ones; all of these count in
whole pixels, so that the same boxes and lines stand in the same places everywhere.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

import rustworkx

Size = tuple[int, int]
Point = tuple[int, int]
Line = tuple[int, int]
"""The two boxes that a line ties, by their numbers."""

SEED = 2
GAP_X, GAP_Y = 14, 12
"""The room between two boxes side by side, and one above the other."""
NEAR, FAR = 48, 110
"""How long the seen part of a line likes to be."""
STEPS = (24, 12, 6)
ROUNDS = 4
"""How far a box moves at a time, and how often all boxes try each step."""
MOVES, LENIENT = 120, 400
"""How many moves there are for each box, and how much worse the first ones may be."""
_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
OVERLAP, THROUGH, CROSSING, FOLDED = 5000, 1600, 300, 260
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
    """A first place for each box: pulled by its lines, pushed by all others."""
    if len(sizes) < 3:
        high = sizes[0][1]
        return [(room[0] // 2, high // 2 + at * (high + NEAR)) for at in range(len(sizes))]
    graph = _graph(len(sizes), lines)
    found = rustworkx.spring_layout(graph, seed=SEED, num_iter=200, scale=1)
    spread = [
        (round(500 * x), round(500 * y)) for x, y in map(found.__getitem__, range(len(sizes)))
    ]
    return [((500 + x) * room[0] // 1000, (500 + y) * room[1] // 1000) for x, y in spread]


class _Sketch:
    """Boxes being moved about until no small move makes the drawing calmer."""

    def __init__(
        self, sizes: Sequence[Size], lines: Sequence[Line], room: Size, at: list[Point]
    ) -> None:
        self.sizes, self.room = sizes, room
        self.lines = sorted({(min(line), max(line)) for line in lines if line[0] != line[1]})
        self.of = [[line for line in self.lines if box in line] for box in range(len(sizes))]
        self.half = [((wide + 1) // 2, (high + 1) // 2) for wide, high in sizes]
        self.at = [self._inside(box, *point) for box, point in enumerate(at)]

    def improve(self) -> None:
        """Makes the drawing calmer by moves of one box or two, and then by small steps of each."""
        if len(self.sizes) < 3:
            return
        moves, chance = MOVES * len(self.sizes), 1
        for left in range(moves, 0, -1):
            chance = (chance * 1103515245 + 12345) % 2**31
            self._stir(left % len(self.sizes), chance >> 8, left, moves)
        for step in STEPS:
            for _ in range(ROUNDS):
                if not any([self._steps(box, step) for box in range(len(self.sizes))]):
                    break

    def _stir(self, box: int, chance: int, left: int, moves: int) -> None:
        """Moves a box, or two into each other's places; undone where that is worse.

        At first a little worse is let pass, else boxes stay where they hinder one another.
        """
        x, y = self.at[box]
        reach = 8 + self.room[0] * left // (3 * moves)
        to = (x + chance % (2 * reach) - reach, y + chance // 1000 % (2 * reach) - reach)
        moved = [(box, to)]
        if chance % 4 == 0:
            other = chance // 4 % len(self.at)
            moved = [(box, self.at[other]), (other, (x, y))]
        before = sum(self._cost(each) for each, _ in moved)
        old = [(each, self.at[each]) for each, _ in moved]
        for each, place in moved:
            self.at[each] = self._inside(each, *place)
        most = before + LENIENT * left // moves
        for each, _ in moved:
            most -= self._cost(each, most + 1)
        if most < 0:
            for each, place in old:
                self.at[each] = place

    def _steps(self, box: int, step: int) -> bool:
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
        total = self._crowding(box) + THROUGH * self._lines_through(box)
        for a, b in self.of[box]:
            if most is not None and total >= most:
                break
            total += self._stretch(a, b) + THROUGH * self._boxes_on(a, b) + self._tangles(a, b)
        return total

    def _crowding(self, box: int) -> int:
        """Boxes too near to one: worst where they overlap."""
        (x, y), (wide, high) = self.at[box], self.half[box]
        total = 0
        for other, ((x2, y2), (wide2, high2)) in enumerate(zip(self.at, self.half, strict=True)):
            across = wide + wide2 + GAP_X - abs(x - x2)
            along = high + high2 + GAP_Y - abs(y - y2)
            if across <= -40 or along <= -40 or other == box:
                continue
            if across > 0 and along > 0:
                total += OVERLAP + 20 * min(across, along)
            else:
                total += max(0, 40 + min(across, 0) + min(along, 0))
        return total

    def _lines_through(self, box: int) -> int:
        """How many lines run through a box that is not theirs, or close by it."""
        (x, y), (wide, high) = self.at[box], self.half[box]
        return sum(
            _is_through(self.at[a], self.at[b], x, y, wide + 4, high + 3)
            for a, b in self.lines
            if a != box and b != box
        )

    def _boxes_on(self, a: int, b: int) -> int:
        """How many boxes a line runs through that it does not tie."""
        start, end = self.at[a], self.at[b]
        return sum(
            _is_through(start, end, x, y, wide + 4, high + 3)
            for box, ((x, y), (wide, high)) in enumerate(zip(self.at, self.half, strict=True))
            if box != a and box != b
        )

    def _stretch(self, a: int, b: int) -> int:
        """A line whose seen part is too short to be read, or longer than it need be."""
        (x, y), (x2, y2) = self.at[a], self.at[b]
        across = max(0, abs(x - x2) - self.half[a][0] - self.half[b][0])
        along = max(0, abs(y - y2) - self.half[a][1] - self.half[b][1])
        seen = isqrt(across * across + along * along)
        return 14 * (NEAR - seen) if seen < NEAR else max(0, 2 * (seen - FAR))

    def _tangles(self, a: int, b: int) -> int:
        """Lines that cross one, or that leave a box nearly on top of it."""
        start, end = self.at[a], self.at[b]
        total = 0
        for c, d in self.lines:
            if a in (c, d):
                if b not in (c, d):
                    total += FOLDED * _is_folded(start, end, self.at[c + d - a])
            elif b in (c, d):
                total += FOLDED * _is_folded(end, start, self.at[c + d - b])
            else:
                total += CROSSING * _is_crossing(start, end, self.at[c], self.at[d])
        return total


def _is_through(a: Point, b: Point, x: int, y: int, wide: int, high: int) -> bool:
    """Whether a line meets the box with this middle and these half sides."""
    (ax, ay), (bx, by) = a, b
    if (ax < x - wide and bx < x - wide) or (ax > x + wide and bx > x + wide):
        return False
    if (ay < y - high and by < y - high) or (ay > y + high and by > y + high):
        return False
    right, down = bx - ax, by - ay
    return abs(right * (y - ay) - down * (x - ax)) <= abs(right) * high + abs(down) * wide


def _is_folded(hub: Point, a: Point, b: Point) -> bool:
    """Whether two lines from one box run so close that they seem to be one."""
    right, down, right2, down2 = a[0] - hub[0], a[1] - hub[1], b[0] - hub[0], b[1] - hub[1]
    if right * right2 + down * down2 <= 0:
        return False
    across = right * down2 - down * right2
    lengths = (right * right + down * down) * (right2 * right2 + down2 * down2)
    return 20 * across * across < lengths


def _is_crossing(a: Point, b: Point, c: Point, d: Point) -> bool:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    right, down = bx - ax, by - ay
    if (right * (cy - ay) > down * (cx - ax)) == (right * (dy - ay) > down * (dx - ax)):
        return False
    right, down = dx - cx, dy - cy
    return (right * (ay - cy) > down * (ax - cx)) != (right * (by - cy) > down * (bx - cx))
