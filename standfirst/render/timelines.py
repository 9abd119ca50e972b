"""A choice of the timeline → its pages: a picture, what may be chosen, and the events as a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from standfirst.dated import Dated, dating_of, in_order
from standfirst.link import FactCard
from standfirst.model import Fact, Kind
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.chosen import chosen, crumbs, lede, skipped, title
from standfirst.render.facts import TONES, Badge, Link, badge, entity_link
from standfirst.render.html import html_page
from standfirst.render.naming import as_of_words, fact_route, interface, name_of, plain_text
from standfirst.render.overview import (
    overview_of_events,
    overview_of_periods,
    period_words,
)
from standfirst.render.scale import Scale, scale_of
from standfirst.render.timeline import (
    Event,
    events_of,
    is_over,
    now_of,
    side_of,
)
from standfirst.timelines import (
    FEW,
    LONG,
    TOP,
    UNDATED,
    Choice,
    Period,
    counts_of,
    events_of_choice,
    events_of_period,
    has_choices,
    periods_of,
    undated_routes,
)

Output = bytes | Problem
NEAR = 13
"""So many events before and after the briefing's date stand on a long timeline's first page."""
MOST = 60
"""So many entities may be chosen on a page: those with most events."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that may be chosen: its name, where it leads, how many events that has."""

    name: str
    route: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Picks:
    """What may be chosen in one respect; `more` where there is more than is listed."""

    name: str
    picks: tuple[Pick, ...]
    more: Link | None = None
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What is past, or what is ahead: how many in all, and those shown by year."""

    id: str
    count: int
    shown: int
    years: tuple[tuple[str, tuple[Event, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in a line: its plain words and their "if", its permalink, how firm it is."""

    id: str
    text: str
    condition: str | None
    route: str
    status: Badge


def timeline(
    reader: Reader, kind: str, entity: str, status: str, period: str, number: str
) -> Output:
    """What is chosen of the timeline: its first page, or a part of one of its periods."""
    choice = Choice(kind, entity, status)
    if not period:
        return _first(choice, reader)
    all_ = periods_of(choice, reader)
    at = next((index for index, one in enumerate(all_) if one.name == period), None)
    return _first(choice, reader) if at is None else _part(choice, all_, at, int(number), reader)


def _first(choice: Choice, reader: Reader) -> Output:
    """The picture, then all events, or those around the briefing's date and the years."""
    dated = events_of_choice(choice, reader)
    scale = scale_of((dating_of(event.date) for event in dated), now_of(reader))
    past, ahead = _apart(dated, reader)
    is_long = len(dated) > LONG
    over = [event for event in past if is_over(event, now_of(reader))]
    near = (over[-NEAR:], ahead[:NEAR])
    sides = _sides(*(near if is_long else (past, ahead)), scale, reader)
    all_ = periods_of(choice, reader) if is_long else []
    events = [event for side in sides for _, shown in side.years for event in shown]
    picture = overview_of_periods(all_, choice, reader) if is_long else None
    undated = reader.all(str, "undated") if choice == Choice() else ()
    return html_page(
        "timeline.html",
        choice.route,
        reader,
        title=title(choice, reader),
        description=lede(dated, reader),
        lede=lede(dated, reader),
        crumbs=crumbs(choice, "", reader) if choice != Choice() else (),
        filters=_filters(choice, reader),
        overview=picture or overview_of_events(events, scale, reader, choice.entity),
        periods=[(period_words(one, reader), one.route(choice), one.count) for one in all_],
        sides=[replace(side, count=len(past if side.id == "past" else ahead)) for side in sides],
        is_long=is_long,
        as_of=as_of_words(reader),
        undated=len(undated),
        lines=_by_entity(undated[:FEW], reader) if len(undated) <= FEW else [],
        skipped=skipped(scale, reader) if not picture else "",
        turn=(None, None),
        position=None,
    )


def _part(choice: Choice, all_: Sequence[Period], at: int, number: int, reader: Reader) -> Output:
    """The events of a period, or a part of them where it is long itself."""
    period = all_[at]
    dated = events_of_period(choice, period, reader)[LONG * (number - 1) : LONG * number]
    scale = scale_of((dating_of(event.date) for event in dated), None)
    sides = _sides(*_apart(dated, reader), scale, reader)
    events = [event for side in sides for _, shown in side.years for event in shown]
    words, here = period_words(period, reader), _part_words(period, number, reader)
    t = interface(reader)
    return html_page(
        "timeline.html",
        period.route(choice, number),
        reader,
        title=str(t("timeline-of", what=", ".join([*chosen(choice, reader), here]))),
        description=str(t("timeline-lede-period", n=period.count, period=words)),
        lede=str(t("timeline-lede-period", n=period.count, period=words)),
        crumbs=crumbs(choice, here, reader),
        filters=(),
        overview=overview_of_events(events, scale, reader, choice.entity),
        periods=[],
        sides=sides,
        is_long=False,
        as_of=as_of_words(reader),
        undated=0,
        lines=[],
        skipped=skipped(scale, reader),
        turn=_turn(choice, all_, at, number, reader),
        position=(number, period.pages) if period.pages > 1 else None,
    )


def undated(reader: Reader, number: str) -> Output:
    """Facts without a date, by whom they are of."""
    at = int(number)
    ids = reader.all(str, "undated")
    routes = undated_routes(reader)
    t = interface(reader)
    return html_page(
        "undated.html",
        routes[at - 1] if at <= len(routes) else TOP,
        reader,
        title=_undated_words(at, reader),
        description=str(t("undated-lede", n=len(ids))),
        lines=_by_entity(ids[UNDATED * (at - 1) : UNDATED * at], reader),
        position=(at, len(routes)) if len(routes) > 1 else None,
        turn=tuple(
            Link(_undated_words(n, reader), routes[n - 1]) if 1 <= n <= len(routes) else None
            for n in (at - 1, at + 1)
        ),
    )


def _undated_words(number: int, reader: Reader) -> str:
    t = interface(reader)
    further = number > 1
    return str(t("entity-further", name=t("undated"), n=number) if further else t("undated"))


def _apart(dated: Iterable[Dated], reader: Reader) -> tuple[list[Dated], list[Dated]]:
    """What is past and what is ahead, each in order."""
    now = now_of(reader)
    sides: dict[str, list[Dated]] = {"past": [], "ahead": []}
    for event in dated:
        sides[side_of(event, now)].append(event)
    return in_order(sides["past"]), in_order(sides["ahead"])


def _sides(
    past: Sequence[Dated], ahead: Sequence[Dated], scale: Scale, reader: Reader
) -> list[Side]:
    """The sides on which anything is, each by year."""
    sides = []
    for id_, dated in (("past", past), ("ahead", ahead)):
        years: dict[str, list[Event]] = {}
        for event in events_of(dated, scale, reader):
            years.setdefault(event.year, []).append(event)
        by_year = tuple((year, tuple(events)) for year, events in years.items())
        if by_year:
            sides.append(Side(id_, len(dated), len(dated), by_year))
    return sides


def _filters(choice: Choice, reader: Reader) -> tuple[Picks, ...]:
    """What may be chosen in place of what is, with counts; nothing that leads to no event."""
    if not has_choices(reader):
        return ()
    t = interface(reader)
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    if choice.entity:
        own = [Pick(x.many, Choice(x.id).route, None, False) for x in kinds if x.id == choice.kind]
        here = Pick(name_of(choice.entity, reader), choice.route, None, True)
        kind = Picks(str(t("kind")), (Pick(str(t("all")), TOP, None, False), *own))
        return (kind, Picks(str(t("entity")), (here,)))
    counts = counts_of(reader)
    of_kind = {"": str(t("all"))} | {kind.id: kind.many for kind in kinds}
    of_status = {"": str(t("all"))} | {status: str(t(status)) for status in TONES}
    groups = [
        (t("kind"), [(name, replace(choice, kind=id_)) for id_, name in of_kind.items()]),
        (t("status"), [(name, replace(choice, status=id_)) for id_, name in of_status.items()]),
    ]
    picks = [(str(name), _picks(each, choice, counts)) for name, each in groups]
    shown = [Picks(name, each) for name, each in picks if len(each) > 2 or _is_narrowed(each)]
    entities = _entities(choice, counts, reader)
    return (*shown, entities) if len(entities.picks) > 1 else tuple(shown)


def _is_narrowed(picks: Sequence[Pick]) -> bool:
    return any(pick.is_chosen for pick in picks[1:])


def _picks(
    all_: Sequence[tuple[str, Choice]], choice: Choice, counts: Mapping[Choice, int]
) -> tuple[Pick, ...]:
    """Those that lead to any event; the first takes the choice back, and is always there."""
    picks = [Pick(name, to.route, counts.get(to, 0), to == choice) for name, to in all_]
    return (picks[0], *(pick for pick in picks[1:] if pick.count))


def _entities(choice: Choice, counts: Mapping[Choice, int], reader: Reader) -> Picks:
    """The entities of the chosen kind, or of all, that have most events; by name."""
    t = interface(reader)
    all_ = [one for one in counts if one.entity and choice.kind in ("", one.kind)]
    if choice.status:
        return Picks(str(t("entity")), ())
    most = sorted(all_, key=lambda one: (-counts[one], one.entity))[:MOST]
    picks = [Pick(name_of(x.entity, reader), x.route, counts[x], False) for x in most]
    picks.sort(key=lambda pick: (pick.name.casefold(), pick.route))
    left = len(all_) - len(most)
    to = f"/{choice.kind}/" if choice.kind else None
    more = Link(str(t("names-left", n=left)), to) if left else None
    return Picks(str(t("entity")), tuple(picks), more, is_folded=True)


def _turn(
    choice: Choice, all_: Sequence[Period], at: int, number: int, reader: Reader
) -> tuple[Link | None, Link | None]:
    """The part before this one and the part after it, whatever period they are of."""
    parts = [(one, n) for one in all_[max(0, at - 1) : at + 2] for n in range(1, one.pages + 1)]
    here = parts.index((all_[at], number))
    links = [Link(_part_words(*part, reader), part[0].route(choice, part[1])) for part in parts]
    before = links[here - 1] if here else None
    return before, links[here + 1] if here + 1 < len(links) else None


def _part_words(period: Period, number: int, reader: Reader) -> str:
    words, t = period_words(period, reader), interface(reader)
    return str(t("entity-further", name=words, n=number)) if number > 1 else words


def _by_entity(ids: Iterable[str], reader: Reader) -> list[tuple[Link, list[Line]]]:
    """Facts in lines, by whom they are of."""
    lines: dict[Link, list[Line]] = {}
    t = interface(reader)
    for id_ in ids:
        card = reader.one(FactCard, "card", id_)
        if card:
            fact = Fact(id=card.id, entity=card.entity, kind=card.kind)
            text, route = plain_text(card.text, reader), fact_route(fact, reader)
            condition = plain_text(card.condition, reader) or None
            line = Line(card.id, text, condition, route, badge(card.status, t))
            lines.setdefault(entity_link(card.entity, reader), []).append(line)
    return list(lines.items())
