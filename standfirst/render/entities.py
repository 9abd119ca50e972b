"""Entities → their index and their pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.link import Card, Mention, Tie, entity_route
from standfirst.lists import compared, kind_pages
from standfirst.model import Entity, Fact, Kind
from standfirst.pagination import EntityPage, entity_pages, facts_of
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import (
    TONES,
    Badge,
    FactView,
    Link,
    TieView,
    badge,
    fact_link,
    fact_view,
    facts_named,
    tie_view,
)
from standfirst.render.html import html_page
from standfirst.render.map import neighbourhood
from standfirst.render.naming import edit_url, fact_route, interface, numbered, plain_text
from standfirst.render.prose import Citations, Told, told_in
from standfirst.render.timeline import timeline
from standfirst.timelines import Choice
from standfirst.words import Words

Output = bytes | Problem
Mark = tuple[Markup | None, Badge, str]
"""One fact that carries a tie: the stage it gives, its status, and where it stands."""

DENSE = 8
"""More facts than these are told in groups, their quotes folded."""
EVENTS, FEW_EVENTS = 8, 3
"""So many dates are drawn, and on a long page; more stand on the entity's own timeline."""
COMPANY = 3
"""How many facts make a group of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of a page under one heading: told whole, then those that a line leads to."""

    name: str | Markup
    id: str
    facts: tuple[FactView, ...]
    lines: tuple[FactView, ...] = ()


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie as read from an entity's page, and the facts that carry it."""

    says: str
    to: Link
    what: Link | None
    denied: bool
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The ties of an entity that have one wording."""

    says: str
    ties: tuple[TieLine, ...]


def kind(reader: Reader, kind_id: str, number: str = "1") -> Output:
    """The entities of a kind, or a page of them, each with its one-sentence answer."""
    found = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    page = kind_pages(kind_id, reader)[int(number) - 1]
    many = found.many or kind_id
    return html_page(
        "kind.html",
        page.route,
        reader,
        title=numbered(many, page.number, reader),
        many=many,
        description=found.many,
        entries=[_entry(card, reader) for card in page.rows],
        compared=f"/compare/{kind_id}/" if _is_compared(kind_id, reader) else None,
        page=page,
        data=f"/api/v1/{kind_id}.json",
    )


def _is_compared(kind_id: str, reader: Reader) -> bool:
    return any(comparison.id == kind_id for comparison in compared(reader))


def _entry(card: Card, reader: Reader) -> tuple[Card, str, list[tuple[str, list[Link]]]]:
    """An entity with its summary in plain words and its ties by wording."""
    t = interface(reader)
    entity = reader.one(Entity, "entity", card.id) or Entity(id=card.id)
    ties = [tie_view(tie, reader, t, card.id) for tie in reader.all(Tie, "ties-of", card.id)]
    return card, plain_text(entity.summary, reader), _by_wording(ties)


def _by_wording(ties: Iterable[TieView]) -> list[tuple[str, list[Link]]]:
    """Whom each wording leads to, once each, however many facts say so; denied ties left out."""
    ends: dict[str, dict[Link, None]] = {}
    for tie in ties:
        if not tie.denied:
            ends.setdefault(tie.says, {})[tie.to] = None
    return [(says, list(links)) for says, links in ends.items()]


def entity(reader: Reader, entity_id: str, number: str = "1") -> Output:
    """What the briefing has of one entity, or the further part of it that has this number."""
    found = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    pages = entity_pages(found.kind, entity_id, reader)
    at = int(number) - 1
    return _further(found, pages, at, reader) if at else _first(found, pages, reader)


def _first(found: Entity, pages: Sequence[EntityPage], reader: Reader) -> Output:
    """The answer, then the evidence: what one must know of an entity stands on its first page."""
    t = interface(reader)
    route, lines = pages[0].route, pages[0].lines
    facts = _facts(found, facts_of(found.id, reader), reader)
    here = {*pages[0].facts, *lines}

    def target(id_: str, number: int) -> str:
        return f"#{id_}" if id_ in here else fact_link(id_, reader).route or "#"

    shown = [fact for fact in facts if fact.id in here]
    groups = [_with_lines(group, lines) for group in _groups(found.id, found.name, shown, t)]
    ties = _ties(found.id, here, reader)
    events = timeline(facts, reader, FEW_EVENTS if lines else EVENTS)
    voiced, mentions = _told(found.id, pages[0].mentions, here, reader)
    further = (
        ("Voiced", t("according-to", name=found.name), voiced),
        ("Relations", t("relations"), ties),
        ("Timeline", t("own-timeline"), events),
        ("Mentioned", t("mentioned-in"), mentions),
    )
    return html_page(
        "entity.html",
        route,
        reader,
        title=found.name or found.id,
        description=plain_text(found.summary, reader),
        id=found.id,
        kind=_kind_of(found, reader),
        aliases=found.aliases,
        summary=Citations(reader, target).html(found.summary),
        figures=[(fact, target(fact.id, 0)) for fact in facts if fact.figure][:4],
        trust=_trust(facts, t),
        count=len(facts),
        groups=groups,
        dense=len(pages[0].facts) > DENSE,
        further=[page.route for page in pages[1:]],
        left=len(facts) - len(here),
        ties=ties,
        neighbourhood=neighbourhood(found.id, reader),
        events=[(event, target(event.fact.id, 0)) for event in events],
        later=sum(fact.date is not None for fact in facts) - len(events),
        dates=Choice(found.kind, found.id).route,
        voiced=voiced,
        mentions=mentions,
        sources=_sources(facts),
        onpage=_onpage(groups, further, t),
        edit_url=edit_url("entity", found.id, reader),
        data=f"/api/v1/{found.kind}/{found.id}.json",
    )


def _further(found: Entity, pages: Sequence[EntityPage], at: int, reader: Reader) -> Output:
    """What there is no room for on an entity's first page."""
    page = pages[at] if at < len(pages) else EntityPage(f"{pages[0].route}{at + 1}/")
    t = interface(reader)
    voiced, mentions = _told(found.id, page.mentions, set(page.facts), reader)
    return html_page(
        "entity-further.html",
        page.route,
        reader,
        title=str(t("entity-further", name=found.name or found.id, n=at + 1)),
        description=plain_text(found.summary, reader),
        id=found.id,
        name=found.name or found.id,
        kind=_kind_of(found, reader),
        groups=_groups(found.id, found.name, _facts(found, page.facts, reader), t),
        voiced=voiced,
        mentions=mentions,
        position=at + 1,
        total=len(pages),
        previous=pages[at - 1].route,
        following=pages[at + 1].route if at + 1 < len(pages) else None,
    )


def _facts(found: Entity, ids: Iterable[str], reader: Reader) -> list[FactView]:
    """The facts as an entity's page shows them: without links to where one is."""
    route = entity_route(found.kind, found.id)
    facts = facts_named(ids, reader)
    link = f'<a href="{route}">'
    return [
        replace(fact, html=_unlinked(fact.html, route)) if link in fact.html else fact
        for fact in facts
    ]


def _trust(facts: Sequence[FactView], t: Words) -> list[Markup]:
    """How many facts there are of each status, and how many are doubtful: "5 stated"."""
    counted: dict[str, int] = {}
    for fact in facts:
        for shown in (fact.status, *fact.flags):
            counted[str(shown.word)] = counted.get(str(shown.word), 0) + 1
    keys = [*TONES, "disputed", "doubtful", "superseded"]
    return [
        t(f"status-count:{key}", n=counted[str(t(key))]) for key in keys if str(t(key)) in counted
    ]


def _kind_of(found: Entity, reader: Reader) -> Kind:
    return reader.one(Kind, "kind", found.kind) or Kind(found.kind, found.kind, found.kind)


def _unlinked(html: Markup, route: str) -> Markup:
    """A text without links to the page that it stands on."""
    return Markup(re.sub(rf'<a href="{re.escape(route)}">(.*?)</a>', r"\1", html))


def _groups(entity_id: str, name: str, facts: Sequence[FactView], t: Words) -> list[Group]:
    """A long list of facts by what else they are about, in the order of their first facts.

    Again and again the one of which most is left makes a group, so that a fact stands where it
    finds most company; what finds too little stands last, together.
    """
    if len(facts) <= DENSE:
        return [Group("", "", tuple(facts))] if facts else []
    left = {fact.id: fact for fact in facts}
    others = {fact.id: _others(entity_id, fact) for fact in facts}
    groups: list[Group] = []
    while True:
        counts = Counter(other for id_ in left for other in others[id_])
        other, count = counts.most_common(1)[0] if counts else (None, 0)
        if other is None or count < COMPANY:
            break
        together = tuple(fact for id_, fact in left.items() if other in others[id_])
        groups.append(Group(other.name, f"On-{other.id}", together))
        left = {id_: fact for id_, fact in left.items() if other not in others[id_]}
    at = {fact.id: place for place, fact in enumerate(facts)}
    groups.sort(key=lambda group: at[group.facts[0].id])
    if left:
        heading = t("facts-further", name=name) if groups else ""
        groups.append(Group(heading, "On-further" if groups else "", tuple(left.values())))
    return groups


def _with_lines(group: Group, lines: Sequence[str]) -> Group:
    """The group with those of its facts apart that a line leads to."""
    whole = tuple(fact for fact in group.facts if fact.id not in lines)
    return replace(group, facts=whole, lines=tuple(x for x in group.facts if x.id in lines))


def _others(entity_id: str, fact: FactView) -> tuple[Link, ...]:
    """The other entities that a fact is about: by its file, in equal right, by its ties."""
    ends = [end for tie in fact.ties for end in (tie.to, tie.from_)]
    others = (fact.entity, *fact.about, *ends)
    return tuple(dict.fromkeys(link for link in others if link.id != entity_id))


def _ties(entity_id: str, here: Set[str], reader: Reader) -> list[TieGroup]:
    """An entity's ties by their wording; each once, with the marks of all facts that carry it."""
    t = interface(reader)
    marks: dict[TieLine, list[Mark]] = {}
    for tie in reader.all(Tie, "ties-of", entity_id):
        fact = reader.one(Fact, "fact", tie.fact)
        if fact:
            shown = tie_view(tie, reader, t, entity_id)
            line = TieLine(shown.says, shown.to, shown.what, shown.denied)
            to = f"#{fact.id}" if fact.id in here else fact_route(fact, reader)
            marks.setdefault(line, []).append((shown.stage, badge(fact.status, t), to))
    groups: dict[str, list[TieLine]] = {}
    for line, found in marks.items():
        groups.setdefault(line.says, []).append(replace(line, marks=tuple(found)))
    return [TieGroup(says, tuple(lines)) for says, lines in groups.items()]


def _onpage(
    groups: Iterable[Group], further: Iterable[tuple[str, Markup, object]], t: Words
) -> list[tuple[str, str]]:
    """The parts of an entity's page, by their anchors; of the `further` ones those that it has."""
    parts = [("Facts", str(t("facts")))]
    parts += [(group.id, str(group.name)) for group in groups if group.name]
    return parts + [(anchor, str(name)) for anchor, name, held in further if held]


def _told(
    entity_id: str, mentions: Iterable[Mention], here: Set[str], reader: Reader
) -> tuple[list[FactView], list[Told]]:
    """The facts an entity tells without being what they are about, and where else it is named."""
    voiced, others = [], []
    for mention in mentions:
        fact = reader.one(Fact, "fact", mention.id) if mention.sort == "fact" else None
        if fact and entity_id in fact.by:
            voiced.append(fact_view(fact, reader))
        else:
            others.append(mention)
    return voiced, told_in(others, reader, here)


def _sources(facts: Iterable[FactView]) -> list[tuple[Link, str, int, str | None]]:
    """The sources that facts quote, in which language, how often, and where they are."""
    counts: dict[tuple[str, str, str], int] = {}
    urls: dict[str, str | None] = {}
    for fact in facts:
        for quote in (*fact.quotes, *fact.also):
            key = (quote.source.id, quote.source.name, quote.language)
            counts[key] = counts.get(key, 0) + 1
            urls[quote.source.id] = quote.url
    return [
        (Link(name, f"/sources/{id_}/", id_), language, count, urls[id_])
        for (id_, name, language), count in counts.items()
    ]
