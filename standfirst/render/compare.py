"""Entities of a kind × measures and relation types → a table, every cell with its evidence."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass

from standfirst.link import Card, Measure, Tie
from standfirst.lists import compare_pages
from standfirst.model import Comparison, Fact, Kind, RelationType
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import FactView, Link, entity_link, fact_view
from standfirst.render.html import html_page
from standfirst.render.naming import interface, numbered
from standfirst.render.prose import Citations


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a cell says: its words, where they lead, and the fact that carries it."""

    words: str
    route: str | None
    status: str
    fact: FactView
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One entity against every column; an empty cell is not in the sources."""

    entity: Link
    cells: tuple[tuple[Entry, ...], ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What the sources say of the entities of a kind, by column; nothing of the `silent` ones."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    silent: tuple[Link, ...]
    citations: Citations


class _Lines(list[str]):
    """What a writer of CSV writes to."""

    write = list.append


def compare(reader: Reader, kind_id: str, number: str) -> bytes | Problem:
    """The entities of a kind side by side, as many as stand on the page of this number."""
    page = compare_pages(kind_id, reader)[int(number) - 1]
    table = _table(kind_id, page.rows, reader)
    kind = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    t = interface(reader)
    title = str(t("compare-kind", many=kind.many))
    return html_page(
        "compare.html",
        page.route,
        reader,
        title=numbered(title, page.number, reader),
        page=page,
        description=str(t("compare-lede")),
        kind=kind,
        columns=table.columns,
        rows=table.rows,
        silent=table.silent,
        evidence=table.citations.facts(),
        data=f"/data/compare/{kind_id}.csv",
    )


def compare_csv(reader: Reader, kind_id: str) -> bytes:
    """The same table as CSV: a line for each thing a cell says, so that none is lost."""
    cards = [card for page in compare_pages(kind_id, reader) for card in page.rows]
    table = _table(kind_id, cards, reader)
    out = _Lines()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(("entity", "name", "column", "says", "status", "by", "date", "fact"))
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            for entry in cell:
                fact = entry.fact
                by = fact.voices.striptags() if fact.voices is not None else ""
                date = fact.date.dating.edtf if fact.date else ""
                says = (row.entity.id, row.entity.name, column, entry.words)
                line = (*says, entry.status, by, date, fact.id)
                lines.writerow([_harmless(field) for field in line])
    return "".join(out).encode()


def _table(kind_id: str, cards: Iterable[Card], reader: Reader) -> Table:
    """The table of these entities, its facts numbered in the order in which they are met."""
    comparisons = reader.one(tuple[Comparison, ...], "comparisons") or ()
    wanted = next((one for one in comparisons if one.id == kind_id), Comparison(kind_id))
    citations = Citations(reader)
    found = (reader.one(RelationType, "relation-type", id_) for id_ in wanted.relations)
    types = [type_ for type_ in found if type_]
    columns = (*wanted.measures, *(type_.says for type_ in types))
    rows = []
    for card in cards:
        cells = [_measured(card, measure, citations, reader) for measure in wanted.measures]
        cells += [_tied(card, type_, citations, reader) for type_ in types]
        lacks = tuple(name for name, cell in zip(columns, cells, strict=True) if not cell)
        rows.append(Row(Link(card.name, card.route, card.id), tuple(cells), lacks))
    return Table(
        columns=columns,
        rows=tuple(row for row in rows if any(row.cells)),
        silent=tuple(row.entity for row in rows if not any(row.cells)),
        citations=citations,
    )


def _measured(card: Card, measure: str, citations: Citations, reader: Reader) -> tuple[Entry, ...]:
    """What the sources give for one measure of one entity."""
    entries = []
    for one in reader.all(Measure, "measures", card.id):
        if one.of.casefold() == measure.casefold():
            fact = reader.one(Fact, "fact", one.fact)
            if fact and fact.entity == card.id:
                words = fact_view(fact, reader).figure or one.figure
                entries.append(_entry(str(words), None, fact, citations, reader))
    return tuple(entries)


def _tied(
    card: Card, type_: RelationType, citations: Citations, reader: Reader
) -> tuple[Entry, ...]:
    """Whom one entity is tied to; the ties of denied facts are none.

    A tie is read from its first end, and from both where its words are the same both ways.
    """
    entries: dict[str, Entry] = {}
    for tie in reader.all(Tie, "ties-of", card.id):
        other = tie.to if tie.from_ == card.id else tie.from_
        reads = tie.from_ == card.id or type_.says == type_.back
        fact = reader.one(Fact, "fact", tie.fact)
        if tie.type == type_.id and reads and not tie.denied and fact:
            link = entity_link(other, reader)
            entries.setdefault(other, _entry(link.name, link.route, fact, citations, reader))
    return tuple(entries.values())


def _entry(
    words: str, route: str | None, fact: Fact, citations: Citations, reader: Reader
) -> Entry:
    return Entry(words, route, fact.status, fact_view(fact, reader), citations.number(fact.id))


def _harmless(field: str) -> str:
    """A field that a spreadsheet does not take for a formula."""
    return "'" + field if field[:1] in ("=", "+", "-", "@", "\t", "\r") else field
