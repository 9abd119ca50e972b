"""The whole briefing → one page to be printed or saved, every fact with a numbered endnote.

It leads only within itself and to the sources' own addresses: on paper and in a saved file no
other page of the site is at hand. Of a long briefing it holds what is cited; the rest is on further
pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.coverage import percent, source_coverage
from standfirst.dated import Dated
from standfirst.link import Card, Named, Tie, entity_route
from standfirst.markup import markdown_html
from standfirst.model import Briefing, Entity, Kind, Section, Source
from standfirst.passages import Coverage
from standfirst.printing import PrintPage, Told, entities_of, further_pages, is_whole
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.endnotes import Endnotes, Inside, endnotes
from standfirst.render.facts import (
    DateView,
    FactView,
    Link,
    TieView,
    date_view,
    facts_named,
    tie_view,
)
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import interface, name_of, plain_text
from standfirst.render.timeline import timeline

FIGURES = 4
"""How many of an entity's figures stand beneath its summary."""
_HEADING = re.compile(r"(</?h)([2-5])(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Marked:
    """A fact in short, with its number."""

    fact: FactView
    mark: Markup


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the narrative."""

    id: str
    title: str
    summary: Markup
    html: Markup


@dataclass(frozen=True, slots=True)
class EntityPart:
    """An entity with the facts that are its own: each stands under one entity."""

    id: str
    name: str
    aliases: tuple[str, ...]
    summary: Markup
    figures: tuple[Marked, ...]
    facts: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class KindPart:
    """The entities of a kind."""

    id: str
    name: str
    entities: tuple[EntityPart, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """What is known of a source."""

    id: str
    source: Source
    published: DateView | None
    covered: Coverage
    percent: int


def printed(reader: Reader) -> bytes | Problem:
    """The briefing on one page: what is told, by whom, since when, and the words it rests on."""
    briefing = reader.one(Briefing, "briefing") or Briefing()
    whole, notes = is_whole(reader), Endnotes(reader)
    standfirst = notes.html(briefing.standfirst)
    key_points = _marked(briefing.key_points, notes, reader)
    cards = by_order(reader.all(Card, "sections"))
    chapters = [_chapter(card.id, n, notes, reader) for n, card in enumerate(cards, start=1)]
    kinds = [
        _kind(kind, entities_of(kind.id, reader), notes, reader) for kind in briefing.kinds if whole
    ]
    events = _events(notes, reader) if whole else []
    ties = _ties(notes, reader) if whole else []
    disputed = _marked(dict.fromkeys(reader.all(str, "disputed")), notes, reader)
    return _page(
        "/print/",
        notes,
        reader,
        title=str(interface(reader)("print-title")),
        heading=briefing.title,
        description=plain_text(briefing.standfirst, reader),
        standfirst=standfirst,
        key_points=key_points,
        chapters=chapters,
        kinds=kinds,
        events=events,
        ties=ties,
        disputed=disputed,
        further=_names(further_pages(reader), reader),
        count=len(reader.all(str, "fact-ids")),
        sources=[card.id for card in reader.all(Card, "sources")],
    )


def printed_kind(reader: Reader, kind_id: str, number: str) -> bytes | Problem:
    """Of a long briefing: some entities of a kind with all their facts and endnotes."""
    pages = further_pages(reader)
    page = next(
        (one for one in pages if (one.kind, str(one.number)) == (kind_id, number)),
        PrintPage(f"/print/{kind_id}/", kind_id, 1, ()),
    )
    kind = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    notes = Endnotes(reader)
    kinds = [_kind(kind, page.told, notes, reader)]
    facts = notes.facts()
    quoted = dict.fromkeys(quote.source.id for fact in facts for quote in fact.quotes + fact.also)
    return _page(
        page.route,
        notes,
        reader,
        title=str(interface(reader)("print-part", name=_name(page, reader))),
        heading=_name(page, reader),
        description=kind.many,
        standfirst=Markup(""),
        key_points=[],
        chapters=[],
        kinds=kinds,
        events=[],
        ties=[],
        disputed=[],
        further=[(to, name) for to, name in _names(pages, reader) if to != page.route],
        count=len(facts),
        sources=list(quoted),
    )


def _page(
    route: str, notes: Endnotes, reader: Reader, sources: Iterable[str], **view: object
) -> bytes | Problem:
    """What the pages have alike: the endnotes, the sources, and links that stay within."""
    told = [_source(id_, reader) for id_ in sources]
    kinds = view["kinds"]
    assert isinstance(kinds, list)
    entities = [entity.id for kind in kinds for entity in kind.entities]
    anchors = {f"/sources/{one.id}/": f"#From-{one.id}" for one in told}
    anchors |= {f"/facts/{id_}/": f"#e{number}" for id_, number in notes.ids.items()}
    for id_ in entities:
        named = reader.one(Named, "id", id_)
        anchors[entity_route(named.kind if named else "", id_)] = f"#On-{id_}"
    return html_page(
        "print.html",
        route,
        reader,
        endnotes=endnotes(notes),
        sources=told,
        inside=Inside(anchors),
        **view,
    )


def _marked(ids: Iterable[str], notes: Endnotes, reader: Reader) -> list[Marked]:
    return [Marked(fact, notes.mark(fact.id)) for fact in facts_named(ids, reader)]


def _chapter(slug: str, number: int, notes: Endnotes, reader: Reader) -> Chapter:
    """A section with its headings a level lower, and anchors of its own."""
    found = reader.one(Section, "section", slug) or Section(slug)
    summary = notes.html(found.summary)
    article = markdown_html(
        found.body,
        notes.resolve,
        lambda reference: name_of(reference.id, reader),
        prefix=f"s{number}-",
        table_label=found.title,
    )
    html = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", article.html)
    html = html.replace('href="#s-', f'href="#s{number}-')
    return Chapter(f"S{number}", found.title, summary, notes.once(html))


def _kind(kind: Kind, told: Iterable[Told], notes: Endnotes, reader: Reader) -> KindPart:
    entities = tuple(_entity(id_, facts, notes, reader) for id_, facts in told)
    return KindPart(f"Kind-{kind.id}", kind.many, entities)


def _entity(id_: str, ids: Sequence[str], notes: Endnotes, reader: Reader) -> EntityPart:
    found = reader.one(Entity, "entity", id_) or Entity(id=id_)
    summary = notes.html(found.summary)
    facts = tuple(_marked(ids, notes, reader))
    told = [marked for marked in facts if marked.fact.figure][:FIGURES]
    figures = tuple(replace(marked, mark=notes.mark(marked.fact.id)) for marked in told)
    return EntityPart(id_, found.name or id_, found.aliases, summary, figures, facts)


def _events(notes: Endnotes, reader: Reader) -> list[tuple[str, list[Marked]]]:
    """The dated facts in order: the past ones by year, and apart from them what lies ahead."""
    facts = facts_named((event.id for event in reader.all(Dated, "dated")), reader)
    events = timeline(facts, reader)
    ahead = str(interface(reader)("ahead"))
    headings: dict[str, list[Marked]] = {}
    for event in sorted(events, key=lambda event: event.side == "ahead"):
        heading = ahead if event.side == "ahead" else event.year
        headings.setdefault(heading, []).append(Marked(event.fact, notes.mark(event.fact.id)))
    return list(headings.items())


def _ties(notes: Endnotes, reader: Reader) -> list[tuple[Link, list[tuple[TieView, Marked]]]]:
    """The ties by the end they start from."""
    t = interface(reader)
    groups: dict[Link, list[tuple[TieView, Marked]]] = {}
    ties = reader.all(Tie, "ties")
    facts = {one.id: one for one in facts_named(dict.fromkeys(tie.fact for tie in ties), reader)}
    for tie in ties:
        if fact := facts.get(tie.fact):
            shown = tie_view(tie, reader, t)
            groups.setdefault(shown.from_, []).append((shown, Marked(fact, notes.mark(fact.id))))
    return list(groups.items())


def _source(id_: str, reader: Reader) -> SourcePart:
    found = reader.one(Source, "source", id_) or Source(id=id_)
    published = date_view(found.published, "event", None, None, reader)
    covered = source_coverage(id_, reader)
    return SourcePart(id_, found, published, covered, percent(covered))


def _names(pages: Iterable[PrintPage], reader: Reader) -> list[tuple[str, str]]:
    return [(page.route, _name(page, reader)) for page in pages]


def _name(page: PrintPage, reader: Reader) -> str:
    kind = reader.one(Kind, "kind", page.kind)
    many = kind.many if kind else page.kind
    more = interface(reader)("entity-further", name=many, n=page.number)
    return str(more) if page.number > 1 else many
