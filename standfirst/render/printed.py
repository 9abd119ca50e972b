"""The whole briefing → one page to be printed or saved, every fact with a numbered endnote.

It leads only within itself and to the sources' own addresses: on paper and in a saved file no
other page of the site is at hand. Of a long briefing it holds what is cited; the rest is on further
pages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.coverage import percent, source_coverage
from standfirst.link import Card, FactCard, Named, Tie, entity_route
from standfirst.markup import Reference, markdown_html
from standfirst.model import Briefing, Entity, Kind, Section, Source
from standfirst.passages import Coverage
from standfirst.printing import PrintPage, Told, entities_of, further_pages, is_whole
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import (
    DateView,
    FactView,
    Link,
    QuoteView,
    TieView,
    date_view,
    facts_named,
    tie_view,
    trust_line,
)
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import interface, name_of, plain_text
from standfirst.render.prose import Citations
from standfirst.render.timeline import timeline

_ANCHOR = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"(</?h)([2-5])(?=[\s>])")
_OUTSIDE = ("https://", "http://", "mailto:")


class Endnotes(Citations):
    """Numbers that run through the whole page; each place that shows one can be led back to."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.places: dict[str, list[str]] = {}

    def resolve(self, reference: Reference) -> str:
        """A reference as HTML; beside a fact's figure stands its number, for paper has no links."""
        if not self._reader.has("fact", reference.id):
            return super().resolve(reference)
        if reference.kind == "cite":
            return self.mark(reference.id)
        name = reference.words or name_of(reference.id, self._reader)
        return Markup("{}{}").format(name, self.mark(reference.id))

    def mark(self, fact_id: str) -> Markup:
        """A fact's number as a mark that leads to its endnote, in a place of its own."""
        number = self.number(fact_id)
        places = self.places.setdefault(fact_id, [])
        places.append(f"r{number}-{len(places) + 1}")
        mark = '<sup class="cite"><a id="{}" href="#e{}">{}</a></sup>'
        return Markup(mark).format(places[-1], number, number)


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
    trust: list[Markup]
    facts: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class KindPart:
    """The entities of a kind."""

    id: str
    name: str
    entities: tuple[EntityPart, ...]


Said = tuple[QuoteView, bool]
"""A quote, and whether it is its source's last one here: then date and address follow, once."""


@dataclass(frozen=True, slots=True)
class Note:
    """An endnote: the words a fact rests on, and what else is to be known of it.

    `places` are where its number stands. `others` are facts by what they are to this one.
    """

    number: int
    fact: FactView
    places: tuple[str, ...]
    quotes: tuple[Said, ...]
    also: tuple[Said, ...]
    others: tuple[tuple[str, tuple[Link, ...]], ...]


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
        title=briefing.title,
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
        title=_name(page, reader),
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
    endnotes = _notes(notes, reader)
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
        endnotes=endnotes,
        sources=told,
        inside=_Inside(anchors),
        **view,
    )


class _Inside:
    """HTML whose links lead to what stands on the page or to other sites; others are words."""

    def __init__(self, anchors: Mapping[str, str]) -> None:
        self._anchors = anchors

    def __call__(self, html: Markup) -> Markup:
        return Markup(_ANCHOR.sub(self._led, html))

    def _led(self, found: re.Match[str]) -> str:
        before, to, after, words = found.groups()
        if to.startswith(("#", *_OUTSIDE)):
            return found[0]
        anchor = self._anchors.get(to.partition("#")[0])
        return f'<a{before} href="{anchor}"{after}>{words}</a>' if anchor else words


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
    return Chapter(f"S{number}", found.title, summary, Markup(html))


def _kind(kind: Kind, told: Iterable[Told], notes: Endnotes, reader: Reader) -> KindPart:
    entities = tuple(_entity(id_, facts, notes, reader) for id_, facts in told)
    return KindPart(f"Kind-{kind.id}", kind.many, entities)


def _entity(id_: str, ids: Sequence[str], notes: Endnotes, reader: Reader) -> EntityPart:
    found = reader.one(Entity, "entity", id_) or Entity(id=id_)
    summary = notes.html(found.summary)
    facts = tuple(_marked(ids, notes, reader))
    views = [marked.fact for marked in facts]
    figures = tuple(
        replace(marked, mark=notes.mark(marked.fact.id)) for marked in facts if marked.fact.figure
    )
    trust = trust_line(views, interface(reader))
    return EntityPart(id_, found.name or id_, found.aliases, summary, figures, trust, facts)


def _events(notes: Endnotes, reader: Reader) -> list[tuple[str, list[Marked]]]:
    """The dated facts by year, in order."""
    facts = facts_named((card.id for card in reader.all(FactCard, "dated")), reader)
    years: dict[str, list[Marked]] = {}
    for event in timeline(((fact, None) for fact in facts), reader):
        years.setdefault(event.year, []).append(Marked(event.fact, notes.mark(event.fact.id)))
    return list(years.items())


def _ties(notes: Endnotes, reader: Reader) -> list[tuple[Link, list[tuple[TieView, Marked]]]]:
    """The ties by the end they start from."""
    t = interface(reader)
    groups: dict[Link, list[tuple[TieView, Marked]]] = {}
    for tie in reader.all(Tie, "ties"):
        for marked in _marked([tie.fact], notes, reader):
            shown = tie_view(tie, reader, t)
            groups.setdefault(shown.from_, []).append((shown, marked))
    return list(groups.items())


def _notes(notes: Endnotes, reader: Reader) -> list[Note]:
    return [_note(fact, notes, reader) for fact in notes.facts()]


def _note(fact: FactView, notes: Endnotes, reader: Reader) -> Note:
    last = {quote.source.id: at for at, quote in enumerate(fact.quotes + fact.also)}
    said = [
        (quote, last[quote.source.id] == at) for at, quote in enumerate(fact.quotes + fact.also)
    ]
    return Note(
        notes.ids[fact.id],
        fact,
        tuple(notes.places[fact.id]),
        tuple(said[: len(fact.quotes)]),
        tuple(said[len(fact.quotes) :]),
        tuple(_others(fact, notes)),
    )


def _others(fact: FactView, notes: Endnotes) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """The facts a fact is tied to: by their numbers where they have an endnote, else in words."""
    kept = (
        ("disputed-by", fact.disputes),
        ("superseded-by", fact.superseded_by),
        ("resolved-by", fact.resolved_by),
        ("supersedes", (fact.supersedes,) if fact.supersedes else ()),
        ("resolves", (fact.resolves,) if fact.resolves else ()),
    )
    for key, links in kept:
        if links:
            yield key, tuple(_numbered(link, notes) for link in links)


def _numbered(link: Link, notes: Endnotes) -> Link:
    number = notes.ids.get(link.id)
    return Link(str(number), f"#e{number}", link.id) if number else Link(link.name)


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
