"""Ties → a drawing of who is tied to whom: names, lines and what each kind of line means.

Whole pixels only. A drawing says less than the table beside it and never more.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.link import Card, Tie, entity_route
from standfirst.model import Kind
from standfirst.reader import Reader
from standfirst.render.facts import TONES, TieView, tie_view
from standfirst.render.layout import Layout, Point, Size, laid_out
from standfirst.render.naming import interface
from standfirst.words import Words

WIDTH = 704
"""How wide the map is: what a screen of 768 pixels has room for."""
NAMES, LINES = 36, 54
"""So many entities and lines are drawn at most; more is no picture."""
TOLD = 4
"""How many of the ties between two entities a line tells; more stand in the table."""
HIGH = 26
"""The height of a name with the room around it."""
NAME_WIDTH, SHORT_WIDTH = 200, 150
"""How wide a name may be on the map, and beside an entity; a longer one is cut."""
NEIGHBOURS = 8
NEAR_WIDTH, NEAR_START, NEAR_STEP = 296, 112, 28

MARKS = "●■▲◆○□△◇▼★"
"""What stands before a name to tell its kind, in the order of kinds; the last for all further."""
STAGES = ("established", "ongoing", "agreed", "under-way", "early", "in-talks")
"""The stages of a tie, the firmest first."""
_NARROW, _SLIM, _BROAD = (
    frozenset("ijlI|.,:;'’‘!()[] "),
    frozenset('frt-"“”/'),
    frozenset("mwMW@%—…"),
)


@dataclass(frozen=True, slots=True)
class Name:
    """An entity in a drawing: its name, whole where it is cut, and where its middle is."""

    x: int
    y: int
    text: str
    whole: str | None
    route: str
    mark: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a line says by how it is drawn."""

    stage: str | None
    is_soft: bool
    is_denied: bool
    is_crossed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """All ties between two entities as one line, with its middle and its words."""

    start: Point
    end: Point
    middle: Point
    drawn: Drawn
    points_back: bool
    points_on: bool
    says: tuple[Markup, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Map:
    """The map of a briefing, and what is needed to read it."""

    width: int
    height: int
    names: tuple[Name, ...]
    lines: tuple[Line, ...]
    stages: tuple[str | None, ...]
    kinds: tuple[tuple[str, str], ...]
    tied: int

    @property
    def is_whole(self) -> bool:
        return len(self.names) == self.tied


@dataclass(frozen=True, slots=True)
class Branch:
    """One neighbour of an entity, and the line that leads there."""

    y: int
    name: Name
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """An entity with its direct ties."""

    width: int
    height: int
    mark: str
    branches: tuple[Branch, ...]
    more: int


def relations_map(ties: Iterable[Tie], reader: Reader) -> Map | None:
    """The most tied entities and the lines between them; nothing where no two are tied."""
    cards = {card.id: card for card in reader.all(Card, "entities")}
    pairs = _pairs(tie for tie in ties if tie.from_ in cards and tie.to in cards)
    if not pairs:
        return None
    ids, drawn = _chosen(pairs)
    names = {id_: _cut(cards[id_].name or id_, NAME_WIDTH) for id_ in ids}
    sizes = tuple((_width_of(names[id_]) + 26, HIGH) for id_ in ids)
    place = {id_: number for number, id_ in enumerate(ids)}
    layout = laid_out(sizes, tuple((place[a], place[b]) for a, b in drawn), WIDTH)
    marks = _marks(reader)
    lines = [
        _line(pairs[pair], place[pair[0]], place[pair[1]], layout, sizes, reader) for pair in drawn
    ]
    shown = {cards[id_].kind for id_ in ids}
    return Map(
        width=WIDTH,
        height=layout.height,
        names=tuple(
            _name(cards[id_], names[id_], layout.at[number], marks)
            for number, id_ in enumerate(ids)
        ),
        lines=tuple(lines),
        stages=tuple(
            stage
            for stage in (*reversed(STAGES), None)
            if any(line.drawn.stage == stage for line in lines)
        ),
        kinds=tuple(
            (marks[kind.id], kind.many)
            for kind in reader.one(tuple[Kind, ...], "kinds") or ()
            if kind.id in shown
        ),
        tied=len({id_ for pair in pairs for id_ in pair}),
    )


def neighbourhood(entity_id: str, reader: Reader) -> Neighbourhood | None:
    """An entity and what it is tied to, one branch each; nothing where it has no ties."""
    t = interface(reader)
    found: dict[str, list[Tie]] = {}
    views: dict[str, TieView] = {}
    for tie in reader.all(Tie, "ties-of", entity_id):
        view = tie_view(tie, reader, t, entity_id)
        if view.to.id != entity_id and view.to.route:
            found.setdefault(view.to.id, []).append(tie)
            views.setdefault(view.to.id, view)
    marks = _marks(reader)
    branches = []
    for id_, ties in list(found.items())[:NEIGHBOURS]:
        to = views[id_].to
        at = (NEAR_START, NEAR_STEP // 2 + NEAR_STEP * len(branches))
        card = Card(id_, to.name, to.route or "", (to.route or "").split("/")[1])
        name = _name(card, _cut(to.name, SHORT_WIDTH), at, marks)
        branches.append(Branch(at[1], name, _drawn(ties)))
    if not branches:
        return None
    kind = (views[next(iter(found))].from_.route or "//").split("/")[1]
    return Neighbourhood(
        width=NEAR_WIDTH,
        height=NEAR_STEP * len(branches),
        mark=marks.get(kind, MARKS[-1]),
        branches=tuple(branches),
        more=len(found) - len(branches),
    )


def _pairs(ties: Iterable[Tie]) -> dict[tuple[str, str], list[Tie]]:
    """The ties between each two entities, by the first one's ends; none of a thing with itself."""
    pairs: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        if tie.from_ != tie.to:
            ends = (tie.from_, tie.to)
            pairs.setdefault(ends[::-1] if ends[::-1] in pairs else ends, []).append(tie)
    return pairs


def _chosen(
    pairs: Mapping[tuple[str, str], Sequence[Tie]],
) -> tuple[list[str], list[tuple[str, str]]]:
    """The most tied entities, and the lines among them: first those that hold all together."""
    degree: dict[str, int] = {}
    for pair in pairs:
        for id_ in pair:
            degree[id_] = degree.get(id_, 0) + 1
    most = set(sorted(degree, key=lambda id_: (-degree[id_], id_))[:NAMES])
    inner = [pair for pair in pairs if most.issuperset(pair)]
    inner.sort(key=lambda pair: (-len(pairs[pair]), _rank(pairs[pair])))
    root = {id_: id_ for id_ in most}
    holding, further = [], []
    for a, b in inner:
        if root[a] == root[b]:
            further.append((a, b))
            continue
        holding.append((a, b))
        gone, kept = root[b], root[a]
        root = {id_: kept if old == gone else old for id_, old in root.items()}
    chosen = {*holding, *further[: max(0, LINES - len(holding))]}
    drawn = [pair for pair in pairs if pair in chosen]
    return list(dict.fromkeys(id_ for pair in drawn for id_ in pair)), drawn


def _rank(ties: Sequence[Tie]) -> int:
    """How firm the firmest of some ties is: the less the firmer."""
    return min(_firmness(tie) for tie in ties)


def _firmness(tie: Tie) -> int:
    stage = STAGES.index(tie.stage) if tie.stage in STAGES else len(STAGES)
    return 100 * tie.denied + 10 * _is_soft(tie) + stage


def _is_soft(tie: Tie) -> bool:
    """Whether a tie's fact plans, expects or judges rather than says that it is so."""
    return TONES.get(tie.status) in ("soft", "view")


def _drawn(ties: Sequence[Tie]) -> Drawn:
    """How several ties are drawn as one line: as the firmest of them, and crossed if one is denied."""
    firmest = min(ties, key=_firmness)
    return Drawn(
        stage=firmest.stage,
        is_soft=_is_soft(firmest),
        is_denied=firmest.denied,
        is_crossed=any(tie.denied for tie in ties),
    )


def _line(
    ties: Sequence[Tie], a: int, b: int, layout: Layout, sizes: Sequence[Size], reader: Reader
) -> Line:
    """The ties between two names as a line from the edge of one to the edge of the other."""
    t = interface(reader)
    views = [tie_view(tie, reader, t) for tie in ties[:TOLD]]
    back = [tie_view(tie, reader, t, tie.to) for tie in ties[:TOLD]]
    first = ties[0].from_
    pointed = [
        tie.from_ == first
        for tie, there, here in zip(ties, views, back, strict=False)
        if there.says != here.says
    ]
    start, end = (_edge(layout, sizes, *ends) for ends in ((a, b), (b, a)))
    return Line(
        start=start,
        end=end,
        middle=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2),
        drawn=_drawn(ties),
        points_back=False in pointed,
        points_on=True in pointed,
        says=tuple(_says(tie, view, t) for tie, view in zip(ties, views, strict=False)),
        more=len(ties) - len(views),
    )


def _says(tie: Tie, view: TieView, t: Words) -> Markup:
    """A tie in words, with how firm it is."""
    marks = [str(mark) for mark in (view.stage, t(tie.status)) if mark]
    key = "map-tie-denied" if tie.denied else "map-tie"
    names = {"one": view.from_.name, "says": view.says, "other": view.to.name}
    return t(key, marks=", ".join(marks), **names)


def _edge(layout: Layout, sizes: Sequence[Size], box: int, other: int) -> Point:
    """Where the line from a box's middle to another's leaves the box."""
    (x, y), (x2, y2) = layout.at[box], layout.at[other]
    right, down = x2 - x, y2 - y
    wide, high = sizes[box][0] // 2 - 4, sizes[box][1] // 2
    if abs(right) * high > abs(down) * wide:  # through a side, not through the top
        return x + (wide if right > 0 else -wide), y + down * wide // abs(right)
    return x + right * high // max(1, abs(down)), y + (high if down > 0 else -high)


def _marks(reader: Reader) -> dict[str, str]:
    """The mark of each kind."""
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    return {kind.id: MARKS[min(at, len(MARKS) - 1)] for at, kind in enumerate(kinds)}


def _name(card: Card, text: str, at: Point, marks: Mapping[str, str]) -> Name:
    whole = card.name or card.id
    return Name(
        x=at[0],
        y=at[1] + 5,
        text=text,
        whole=whole if whole != text else None,
        route=entity_route(card.kind, card.id),
        mark=marks.get(card.kind, MARKS[-1]),
    )


def _cut(name: str, most: int) -> str:
    """A name as long as there is room for it."""
    if _width_of(name) <= most:
        return name
    end = len(name)
    while end > 1 and _width_of(name[:end]) > most - 14:
        end -= 1
    return name[:end].rstrip() + "…"


def _width_of(text: str) -> int:
    """How wide a text is in 14 pixels of a broad face: no usual face is broader."""
    return sum(_tenths(character) for character in text) // 10 + 1


def _tenths(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 160
    if character in _NARROW:
        return 48
    if character in _SLIM:
        return 66
    if character in _BROAD:
        return 140
    return 90 if character.isascii() and not character.isupper() else 108
