"""Records → contributions, and the archive that holds them: one table, key → what was contributed.

Knows nothing of pages. Backlinks, timelines, ids and routes are all the same thing here: the
contributions to a key, in the order of files and of records in them.

| key | what is contributed |
|---|---|
| `("settings",)` `("briefing",)` `("kinds",)` `("comparisons",)` | the record, or the part named |
| `("kind", id)` `("relation-type", id)` | one of the briefing's words |
| `("as-of",)` `("language",)` `("fact-pages",)` `("coverage-min",)` | one field of the briefing |
| `("id", id)` | `Named`, by whatever has the id: none dangles, two are duplicates |
| `("route", route)` | `Named`, by whatever is published there |
| `("entity", id)` `("fact", id)` `("source", id)` `("section", slug)` | the record |
| `("source-language", source)` `("quotes", fact)` `("also", fact)` | one field of it |
| `("seed", path)` `("template", name)` `("asset", name)` | the record |
| `("seeds",)` | paths of seeds |
| `("pictured",)` | the template of pictures for links, where the theme has one |
| `("assets",)` `("asset-route", name)` | `Named` for each asset; where it is published |
| `("entities",)` `("sources",)` `("sections",)` | a `Card` each |
| `("facts",)` `("card", fact)` | a `FactCard` each, of all facts and of one |
| `("facts-in", kind)` `("facts-with", status)` | ids of the facts of a kind, of a status |
| `("dated",)` `("dated-of", entity)` `("dated-in", year)` | a `Dated` each, of facts with a date |
| `("years",)` `("undated",)` | the year of each fact that has a date; ids of those without |
| `("awaited",)` | a `FactCard` of each plan and forecast that has no date |
| `("dates",)` | the date of each fact that has one |
| `("fact-ids",)` | the id of each fact: for those who count or list them, whatever they say |
| `("name", entity)` `("summary", entity)` | what an entity is called; who it is |
| `("own-facts", entity)` `("facts-of", entity)` | ids of its own facts; with those `about` it |
| `("statuses-of", entity)` | the status of each of the latter |
| `("mentions", id)` | a `Mention` by each text, tie or voice that names it |
| `("ties",)` `("ties-of", entity)` | a `Tie` for each relation |
| `("measures", entity)` | a `Measure` for each value of a fact of the entity |
| `("from-source", source)` | ids of the facts that quote it |
| `("disputed",)` `("contested",)` | ids of facts with `disputes` or `doubt`; each with those |
| `("leading", fact)` | why nobody may miss it: a key point, flagged, disputed |
| `("disputed-by", fact)` | ids of the facts whose `disputes` name it |
| `("superseded-by", fact)` `("resolved-by", fact)` | ids of the facts that say so |
| `("line", sort, id)` | `Line`: where an editor finds the record |
| `("places", sort, id)` | `Places`; read by checks, and only when they have found a fault |
| `("evidence", fact)` `("used", source)` `("passages", source)` | made by `evidence.py` |
| `("passage-count", source)` `("quote-count",)` `("coverage", source)` | `coverage.py`, too |
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standfirst.archive import Contribution
from standfirst.dated import Dated, year_of
from standfirst.dates import Dating, read_date
from standfirst.markup import Reference, references, section_references, sentences, within
from standfirst.model import (
    ID,
    PICTURE,
    Asset,
    Briefing,
    Entity,
    Fact,
    Record,
    Section,
    Seed,
    Settings,
    Source,
    Template,
    record_name,
)
from standfirst.problem import Places

_ID = re.compile(ID)


@dataclass(frozen=True, slots=True)
class Named:
    """Whatever has an id or a route: its sort ("entity", "fact", …), id, and kind if it has one."""

    sort: str
    id: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """How a record appears in a list; `order` sorts it among its like, before its place."""

    id: str
    name: str
    route: str
    kind: str = ""
    order: int = 0
    summary: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class FactCard:
    """How a fact appears in a list."""

    id: str
    entity: str
    kind: str
    text: str
    status: str
    by: tuple[str, ...]
    date: str | None
    date_role: str
    date_words: str | None
    about: tuple[str, ...]
    flagged: bool
    condition: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """Where something is named: by which record, and in which words (none: the fact's own text)."""

    sort: str
    id: str
    sentence: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as its fact carries it; the ties of a denied fact are denied."""

    fact: str
    type: str
    from_: str
    to: str
    what: str | None
    stage: str | None
    status: str

    @property
    def denied(self) -> bool:
        return self.status == "denied"


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact's value where it may meet others of the same entity and measure."""

    fact: str
    of: str
    figure: str
    date: str | None
    date_role: str
    linked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Where an editor finds a record."""

    file: str
    line: int


def is_id(voice: str) -> bool:
    """Whether a voice or a tie's `what` has the form of an id, and so must be one."""
    return _ID.fullmatch(voice) is not None


def entity_route(kind: str, id_: str) -> str:
    """Where an entity's page is."""
    return f"/{kind}/{id_}/"


def contributions(record: Record, places: Places) -> list[Contribution]:
    """The pairs of key and value that one record adds to the archive."""
    name = record_name(record)
    at = Line(places.file, places.line)
    return [*_said(record), (("places", *name), places), (("line", *name), at)]


def _said(record: Record) -> Iterator[Contribution]:
    match record:
        case Settings():
            yield ("settings",), record
        case Briefing():
            yield from _briefing(record)
        case Entity():
            yield from _entity(record)
        case Fact():
            yield from _fact(record)
        case Source():
            yield ("source", record.id), record
            yield ("source-language", record.id), record.language
            yield ("id", record.id), Named("source", record.id)
            route = f"/sources/{record.id}/"
            yield ("route", route), Named("source", record.id)
            yield ("sources",), Card(record.id, record.title, route, language=record.language)
        case Section():
            yield from _section(record)
        case Seed():
            yield ("seed", record.path), record
            yield ("seeds",), record.path
        case Template():
            yield ("template", record.name), record
            if record.name == PICTURE:
                yield ("pictured",), record.name
        case Asset():
            yield ("asset", record.name), record
            yield ("assets",), Named("asset", record.name)
            yield ("asset-route", record.name), record.route
            yield ("route", record.route), Named("asset", record.name)


def _briefing(briefing: Briefing) -> Iterator[Contribution]:
    yield ("briefing",), briefing
    yield ("kinds",), briefing.kinds
    yield ("comparisons",), briefing.compare
    yield ("as-of",), briefing.as_of
    yield ("language",), briefing.language
    yield ("fact-pages",), briefing.fact_pages
    yield ("coverage-min",), briefing.coverage_min
    for kind in briefing.kinds:
        yield ("kind", kind.id), kind
        yield ("route", f"/{kind.id}/"), Named("kind", kind.id)
    for type_ in briefing.relations:
        yield ("relation-type", type_.id), type_
    for fact in dict.fromkeys(briefing.key_points):
        yield ("leading", fact), "key-point"
    yield from _mentions(briefing.standfirst, briefing.language, Mention("briefing", ""))


def _entity(entity: Entity) -> Iterator[Contribution]:
    route = entity_route(entity.kind, entity.id)
    named = Named("entity", entity.id, entity.kind)
    yield ("entity", entity.id), entity
    yield ("id", entity.id), named
    yield ("route", route), named
    yield ("entities",), Card(entity.id, entity.name, route, entity.kind)
    yield ("name", entity.id), entity.name
    if entity.summary:
        yield ("summary", entity.id), entity.summary
    yield from _mentions(entity.summary, "en", Mention("entity", entity.id))


def _fact(fact: Fact) -> Iterator[Contribution]:
    card = FactCard(
        id=fact.id,
        entity=fact.entity,
        kind=fact.kind,
        text=fact.text,
        status=fact.status,
        by=fact.by,
        date=fact.date,
        date_role=fact.date_role,
        date_words=fact.date_words,
        about=fact.about,
        flagged=bool(fact.doubt or fact.disputes),
        condition=fact.condition,
    )
    named = Named("fact", fact.id)
    yield ("fact", fact.id), fact
    yield ("quotes", fact.id), fact.evidence
    yield ("also", fact.id), fact.also
    yield ("id", fact.id), named
    yield ("route", f"/facts/{fact.id}/"), named
    yield ("facts",), card
    yield ("card", fact.id), card
    yield ("facts-in", fact.kind), fact.id
    yield ("facts-with", fact.status), fact.id
    yield ("fact-ids",), fact.id
    yield ("own-facts", fact.entity), fact.id
    owners = dict.fromkeys((fact.entity, *fact.about))
    yield from _dated(fact, owners)
    if not fact.date and fact.status in ("planned", "expected"):
        yield ("awaited",), card
    for owner in owners:
        yield ("facts-of", owner), fact.id
        yield ("statuses-of", owner), fact.status
        if value := fact.value:
            linked = (*fact.disputes, *((fact.supersedes,) if fact.supersedes else ()))
            measure = Measure(fact.id, value.of, value.figure, fact.date, fact.date_role, linked)
            yield ("measures", owner), measure
    for name in dict.fromkeys(entities_named(fact)):
        if name not in owners:
            yield ("mentions", name), Mention("fact", fact.id)
    for tie in fact.relations:
        told = Tie(fact.id, tie.type, tie.from_, tie.to, tie.what, tie.stage, fact.status)
        yield ("ties",), told
        for end in dict.fromkeys((tie.from_, tie.to)):
            yield ("ties-of", end), told
    for source in dict.fromkeys([q.source for q in fact.evidence] + [a.source for a in fact.also]):
        yield ("from-source", source), fact.id
    if fact.disputes or fact.doubt:
        yield ("disputed",), fact.id
        yield ("leading", fact.id), "flagged"
        yield ("contested",), (fact.id, *fact.disputes)
    for other in fact.disputes:
        yield ("disputed-by", other), fact.id
        yield ("leading", other), "disputed"
    if fact.supersedes:
        yield ("superseded-by", fact.supersedes), fact.id
    if fact.resolves:
        yield ("resolved-by", fact.resolves), fact.id


def _dated(fact: Fact, owners: Iterable[str]) -> Iterator[Contribution]:
    """What timelines know of a fact: when, of whom and how firm; not its words."""
    dating = read_date(fact.date) if fact.date else None
    if fact.date is None or not isinstance(dating, Dating):
        yield ("undated",), fact.id
        return
    yield ("dates",), fact.date
    dated = Dated(
        fact.id, fact.entity, fact.kind, fact.about, fact.status, fact.date, fact.date_role
    )
    yield ("dated",), dated
    yield ("years",), year_of(dating)
    yield ("dated-in", year_of(dating)), dated
    for owner in owners:
        yield ("dated-of", owner), dated


def entities_named(fact: Fact) -> Iterator[str]:
    """The ids a fact names besides its file's entity, in order of appearance, perhaps repeated."""
    yield from fact.about
    for reference in references(fact.text):
        yield reference.id
    for tie in fact.relations:
        yield from (tie.from_, tie.to)
        if tie.what and is_id(tie.what):
            yield tie.what
    yield from (voice for voice in fact.by if is_id(voice))


def _section(section: Section) -> Iterator[Contribution]:
    route = f"/sections/{section.slug}/"
    yield ("section", section.slug), section
    yield ("route", route), Named("section", section.slug)
    card = Card(section.slug, section.title, route, "", section.number, section.summary)
    yield ("sections",), card
    told = Mention("section", section.slug, None, section.title)
    yield from _mentions(section.body, "en", told, section_references(section.body))


def _mentions(
    text: str | None, language: str, told: Mention, found: Sequence[Reference] | None = None
) -> Iterator[Contribution]:
    """A mention of everything that a text refers to, each with its sentence, once a sentence."""
    if text is None:
        return
    found = references(text) if found is None else found
    for start, end in sentences(text, language) if found else ():
        for id_ in dict.fromkeys(reference.id for reference in within(found, start, end)):
            sentence = text[start:end].strip()
            yield ("mentions", id_), Mention(told.sort, told.id, sentence, told.title)
