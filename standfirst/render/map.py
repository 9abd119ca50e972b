"""Ties → a drawing of who is tied to whom: names, lines and what each kind of line means.

Whole pixels only. A drawing says less than the table beside it and never more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import isqrt

from markupsafe import Markup

from standfirst.link import Card, Named, Tie, entity_route
from standfirst.model import Kind, RelationType
from standfirst.reader import Reader
from standfirst.render.facts import TONES, Link, TieView, tie_view
from standfirst.render.layout import Layout, Point, Size, laid_out
from standfirst.render.naming import interface
from standfirst.render.widths import cut, width_of
from standfirst.words import Words

Pair = tuple[str, str]
"""Two entities that are tied, by their ids."""

WIDTH = 704
"""How wide the map is: what a screen of 768 pixels has room for."""
NAMES, LINES = 30, 38
"""So many entities and lines are drawn at most; more is no picture."""
TOLD = 4
"""How many of the ties between two entities a line tells; more stand in the table."""
ARROW = 11
"""The length of an arrow's point."""
HUB = 4
"""Names with so many lines are told in bold, for the eye to begin there."""
HIGH = 26
"""The height of a name with the room around it."""
NAME_WIDTH, SHORT_WIDTH = 230, 176
"""How wide a name may be on the map, and beside an entity; a longer one is cut."""
NEIGHBOURS = 8
NEAR_WIDTH, NEAR_START, NEAR_STEP = 296, 92, 28

MARKS = "●■▲◆○□△◇▼★"
"""What stands before a name to tell its kind, in the order of kinds; the last for all further."""
STAGES = ("established", "ongoing", "agreed", "under-way", "early", "in-talks")
"""The stages of a tie, the firmest first."""
ALIKE = (("in-talks",), ("early",), ("under-way",), ("agreed", "ongoing"), ("established",))
"""The stages as they are drawn, from dotted to broad."""


@dataclass(frozen=True, slots=True)
class Name:
    """An entity in a drawing: its name, whole where it is cut, and where its middle is."""

    x: int
    y: int
    text: str
    whole: str | None
    route: str
    mark: str
    is_hub: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a line says by how it is drawn."""

    stage: str | None
    is_soft: bool
    is_denied: bool
    is_crossed: bool
    is_against: bool


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
    stages: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, str], ...]
    tied: int
    pairs: int

    @property
    def is_whole(self) -> bool:
        """Whether all that are tied are drawn, and all that ties them."""
        return (len(self.names), len(self.lines)) == (self.tied, self.pairs)


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
    drawn = _chosen(pairs)
    ends = Counter(id_ for pair in drawn for id_ in pair)
    shown = [cards[id_] for id_ in ends]
    hubs = {id_ for id_, count in ends.items() if count >= HUB}
    texts = [cut(card.name or card.id, NAME_WIDTH) for card in shown]
    sizes = tuple(
        (width_of(text) * (9 if card.id in hubs else 8) // 8 + 26, HIGH)
        for card, text in zip(shown, texts, strict=True)
    )
    place = {card.id: number for number, card in enumerate(shown)}
    layout = laid_out(sizes, tuple((place[a], place[b]) for a, b in drawn), WIDTH)
    marks = _marks(reader)
    lines = tuple(_line(pairs[a, b], (place[a], place[b]), layout, sizes, reader) for a, b in drawn)
    return Map(
        width=WIDTH,
        height=layout.height,
        names=tuple(
            replace(_name(card, text, at, marks), is_hub=card.id in hubs)
            for card, text, at in zip(shown, texts, layout.at, strict=True)
        ),
        lines=lines,
        stages=_stages({line.drawn.stage for line in lines if not line.drawn.is_against}),
        kinds=tuple(
            (marks[kind.id], kind.many)
            for kind in reader.one(tuple[Kind, ...], "kinds") or ()
            if any(card.kind == kind.id for card in shown)
        ),
        tied=len({id_ for pair in pairs for id_ in pair}),
        pairs=len(pairs),
    )


def neighbourhood(entity_id: str, reader: Reader) -> Neighbourhood | None:
    """An entity and what it is tied to, one branch each; nothing where it has no ties."""
    t = interface(reader)
    found: dict[Link, list[Tie]] = {}
    for tie in reader.all(Tie, "ties-of", entity_id):
        to = tie_view(tie, reader, t, entity_id).to
        if to.id != entity_id and to.route:
            found.setdefault(to, []).append(tie)
    marks = _marks(reader)
    branches = tuple(
        _branch(to, found[to], number, marks, reader)
        for number, to in enumerate(list(found)[:NEIGHBOURS])
    )
    if not branches:
        return None
    return Neighbourhood(
        width=NEAR_WIDTH,
        height=NEAR_STEP * len(branches),
        mark=marks.get(_kind_of(entity_id, reader), MARKS[-1]),
        branches=branches,
        more=len(found) - len(branches),
    )


def _branch(
    to: Link, ties: Sequence[Tie], number: int, marks: Mapping[str, str], reader: Reader
) -> Branch:
    """One neighbour in its place on the ladder."""
    y = NEAR_STEP // 2 + NEAR_STEP * number
    card = Card(to.id, to.name, to.route or "", _kind_of(to.id, reader))
    name = _name(card, cut(to.name, SHORT_WIDTH), (NEAR_START, y), marks)
    return Branch(y, name, _drawn(ties, reader))


def _kind_of(id_: str, reader: Reader) -> str:
    named = reader.one(Named, "id", id_)
    return named.kind if named else ""


def _stages(shown: Set[str | None]) -> tuple[tuple[str, ...], ...]:
    """The stages that are drawn, those together that are drawn alike; none stands for no stage."""
    told = [tuple(stage for stage in alike if stage in shown) for alike in ALIKE]
    return tuple(stages for stages in told if stages) + (((),) if None in shown else ())


def _pairs(ties: Iterable[Tie]) -> dict[Pair, list[Tie]]:
    """The ties between each two entities, by the first one's ends; none of a thing with itself."""
    pairs: dict[Pair, list[Tie]] = {}
    for tie in ties:
        if tie.from_ != tie.to:
            ends = (tie.from_, tie.to)
            pairs.setdefault(ends[::-1] if ends[::-1] in pairs else ends, []).append(tie)
    return pairs


def _chosen(pairs: Mapping[Pair, Sequence[Tie]]) -> list[Pair]:
    """The lines that are drawn, in their own order: those among the most tied entities.

    Before any other come those that hold together what hangs together, then the firmest.
    """
    degree = Counter(id_ for pair in pairs for id_ in pair)
    most: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: sorted(-degree[id_] for id_ in pair)[::-1]):
        most |= set(pair) if len(most | set(pair)) <= NAMES else set()
    inner = [pair for pair in pairs if most.issuperset(pair)]
    inner.sort(key=lambda pair: (-len(pairs[pair]), min(map(_firmness, pairs[pair]))))
    group = {id_: id_ for id_ in most}
    holding: list[Pair] = []
    further: list[Pair] = []
    for a, b in inner:
        (further if group[a] == group[b] else holding).append((a, b))
        group = {id_: group[a] if old == group[b] else old for id_, old in group.items()}
    chosen = {*holding, *further[: max(0, LINES - len(holding))]}
    return [pair for pair in pairs if pair in chosen]


def _firmness(tie: Tie) -> int:
    """How firm a tie is: the less the firmer; then how far it has come."""
    stage = STAGES.index(tie.stage) if tie.stage in STAGES else len(STAGES)
    return 100 * tie.denied + 10 * _is_soft(tie) + stage


def _is_soft(tie: Tie) -> bool:
    """Whether a tie's fact plans, expects or judges rather than says that it is so."""
    return TONES.get(tie.status) in ("soft", "view")


def _is_against(tie: Tie, reader: Reader) -> bool:
    """Whether a tie sets its ends against each other."""
    type_ = reader.one(RelationType, "relation-type", tie.type)
    return type_ is not None and type_.against and not tie.denied


def _drawn(ties: Sequence[Tie], reader: Reader) -> Drawn:
    """How several ties are drawn as one line: as the firmest, and crossed where one is denied."""
    firmest = min(ties, key=_firmness)
    return Drawn(
        stage=firmest.stage,
        is_soft=_is_soft(firmest),
        is_denied=firmest.denied,
        is_crossed=any(tie.denied for tie in ties),
        is_against=_is_against(firmest, reader),
    )


def _line(
    ties: Sequence[Tie],
    ends: tuple[int, int],
    layout: Layout,
    sizes: Sequence[Size],
    reader: Reader,
) -> Line:
    """The ties between two names as a line from the edge of one to the edge of the other."""
    t = interface(reader)
    views = [tie_view(tie, reader, t) for tie in ties[:TOLD]]
    pointed = {tie.from_ == ties[0].from_ for tie in ties if _is_directed(tie, reader)}
    start, end = _edge(layout, sizes, *ends), _edge(layout, sizes, *reversed(ends))
    return Line(
        start=_shortened(start, end) if False in pointed else start,
        end=_shortened(end, start) if True in pointed else end,
        middle=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2),
        drawn=_drawn(ties, reader),
        points_back=False in pointed,
        points_on=True in pointed,
        says=tuple(_says(tie, view, t) for tie, view in zip(ties, views, strict=False)),
        more=len(ties) - len(views),
    )


def _is_directed(tie: Tie, reader: Reader) -> bool:
    """Whether a tie reads otherwise from its other end."""
    type_ = reader.one(RelationType, "relation-type", tie.type)
    return type_ is None or type_.says != type_.back


def _says(tie: Tie, view: TieView, t: Words) -> Markup:
    """A tie in words, with how firm it is."""
    marks = [str(mark) for mark in (view.stage, t(tie.status)) if mark]
    names = {"one": view.from_.name, "says": view.says, "other": view.to.name}
    told = names | {"marks": ", ".join(marks)}
    return t("map-tie-denied", **told) if tie.denied else t("map-tie", **told)


def _edge(layout: Layout, sizes: Sequence[Size], box: int, other: int) -> Point:
    """Where the line from a box's middle to another's leaves the box."""
    (x, y), (x2, y2) = layout.at[box], layout.at[other]
    right, down = x2 - x, y2 - y
    wide, high = sizes[box][0] // 2 - 1, sizes[box][1] // 2
    if abs(right) * high > abs(down) * wide:  # through a side, not through the top
        return x + (wide if right > 0 else -wide), y + down * wide // abs(right)
    return x + right * high // max(1, abs(down)), y + (high if down > 0 else -high)


def _shortened(end: Point, start: Point) -> Point:
    """The end of a line, so much sooner that the point of its arrow comes to lie there."""
    right, down = end[0] - start[0], end[1] - start[1]
    length = max(1, isqrt(right * right + down * down))
    return end[0] - ARROW * right // length, end[1] - ARROW * down // length


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
