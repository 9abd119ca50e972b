"""What a record names → problems where nothing has that id, or two things have it."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from standfirst.link import Card, FactCard, Named, is_id
from standfirst.markup import malformed, references, section_references
from standfirst.model import (
    Briefing,
    Entity,
    Fact,
    Kind,
    Record,
    Section,
    Source,
)
from standfirst.problem import Path, Places, Problem, Span
from standfirst.reader import Reader
from standfirst.verify.places import at_word, is_declared, places, shown


class Naming(NamedTuple):
    """One naming of an id: by which characters of which text (none: by a key), and what it must
    be."""

    id: str
    path: Path
    text: str
    start: int
    end: int
    sorts: tuple[str, ...]


def check_dangling_reference(record: Record, reader: Reader) -> Iterator[Problem]:
    """Every id that is named is the id of something: of an entity, a fact or a source, whichever
    belongs there. So do the names of kinds and of relation types."""
    for naming in _namings(record):
        sorts = _sorts(naming, reader)
        if not set(sorts).isdisjoint(naming.sorts):
            continue
        if sorts:
            message = f'"{naming.id}" is {_a(sorts[0])}, and {_a(naming.sorts[0])} belongs here'
            is_link = naming.text != naming.id and naming.sorts == ("fact",) and "entity" in sorts
            hint = f"to link to it, write [[{naming.id}]]" if is_link else ""
        else:
            message = f'nothing is called "{naming.id}"'
            if naming.sorts[0] in ("kind", "relation-type"):
                message = f'no {naming.sorts[0].replace("-", " ")} is called "{naming.id}"'
            hint = _suggestion(naming, reader)
        at = places(record, reader)
        if naming.text:
            span = at.word(naming.path, naming.text, naming.start, naming.end)
        else:
            span = at.key(naming.path)
        yield Problem("dangling-reference", message, span, hint)


def check_bad_reference(record: Record, reader: Reader) -> Iterator[Problem]:
    """A reference is written `[[id]]`, `[[id|words]]` or `[@id]`; a fact's own text cites nothing,
    for it rests on its own evidence."""
    for path, text in texts(record):
        if "[" not in text:
            continue
        for start, end, why in malformed(text, markdown=isinstance(record, Section)):
            hint = "write [[id]], [[id|words]] or [@id]"
            message = f"this reference {why}"
            yield at_word("bad-reference", message, record, path, text, start, end, reader, hint)
        if not isinstance(record, Fact):
            continue
        for reference in references(text):
            if reference.kind == "cite":
                message = f"a fact's {path[0]} cites nothing"
                hint = "take the citation out: the fact's own evidence carries it"
                start, end = reference.start, reference.end
                yield at_word(
                    "bad-reference", message, record, path, text, start, end, reader, hint
                )


def check_duplicate_id(record: Entity | Fact | Source, reader: Reader) -> Iterator[Problem]:
    """An id is used once in the whole briefing, be it of an entity, a fact or a source."""
    if len(reader.all(Named, "id", record.id)) < 2:
        return
    first, *others = _where("id", record.id, reader)
    for span in others:
        message = f'"{record.id}" is the id of something else too ({shown(first)})'
        yield Problem("duplicate-id", message, span, "give one of them another id")


def check_route_taken(record: Section, reader: Reader) -> Iterator[Problem]:
    """An address belongs to one page: two sections may not have the same slug."""
    route = f"/sections/{record.slug}/"
    if len(reader.all(Named, "route", route)) < 2:
        return
    first, *others = _where("route", route, reader)
    for span in others:
        message = f"{route} is the address of another page too ({shown(first)})"
        yield Problem("route-taken", message, span, "rename one of the files")


def texts(record: Record) -> Iterator[tuple[Path, str]]:
    """The texts of a record in which references are read, with where they stand."""
    fields: tuple[str, ...] = ()
    match record:
        case Fact():
            fields = ("text", "condition", "doubt", "note")
        case Entity():
            fields = ("summary",)
        case Section():
            fields = ("summary", "body")
        case Briefing():
            fields = ("standfirst",)
    for field in fields:
        text = getattr(record, field)
        if text:
            yield (field,), text


def _where(key: str, value: str, reader: Reader) -> Sequence[Span]:
    """Where everything stands that claims an id or a route, in order."""
    names = dict.fromkeys((named.sort, named.id) for named in reader.all(Named, key, value))
    found = [at for sort, id_ in names for at in reader.all(Places, "places", sort, id_)]
    spans = [at.value(("id",)) if at.prefix else Span(at.file) for at in found]
    return sorted(spans)


def _namings(record: Record) -> Iterator[Naming]:
    for path, text in texts(record):
        found = section_references(text) if path == ("body",) else references(text)
        for one in found:
            sorts = ("fact",) if one.kind == "cite" else ("entity", "fact")
            yield Naming(one.id, path, text, one.id_start, one.id_end, sorts)
    match record:
        case Fact():
            yield from _fact_namings(record)
        case Briefing():
            yield from _whole(record.key_points, ("key_points",), "fact")
            for comparison in record.compare:
                at = ("compare", comparison.id)
                yield Naming(comparison.id, at, "", 0, 0, ("kind",))
                yield from _whole(comparison.relations, (*at, "relations"), "relation-type")


def _fact_namings(fact: Fact) -> Iterator[Naming]:
    yield from _whole(fact.about, ("about",), "entity")
    for index, voice in enumerate(fact.by):
        if is_id(voice):
            yield _one(voice, ("by", index), "entity")
    for index, tie in enumerate(fact.relations):
        at = ("relations", index)
        if tie.type:
            yield _one(tie.type, (*at, "type"), "relation-type")
        yield from (
            _one(end, (*at, name), "entity")
            for name, end in (("from", tie.from_), ("to", tie.to))
            if end and (name, end) != ("from", fact.entity)
        )
    yield from _whole(fact.disputes, ("disputes",), "fact")
    for name, other in (("supersedes", fact.supersedes), ("resolves", fact.resolves)):
        if other:
            yield _one(other, (name,), "fact")
    for source in dict.fromkeys(quote.source for quote in fact.evidence):
        yield Naming(source, ("evidence", source), "", 0, 0, ("source",))
    for index, also in enumerate(fact.also):
        if also.source:
            yield _one(also.source, ("also", index, "source"), "source")


def _whole(ids: Iterable[str], path: Path, sort: str) -> Iterator[Naming]:
    return (_one(id_, (*path, index), sort) for index, id_ in enumerate(ids))


def _one(id_: str, path: Path, sort: str) -> Naming:
    return Naming(id_, path, id_, 0, len(id_), (sort,))


def _sorts(naming: Naming, reader: Reader) -> Sequence[str]:
    """What sorts of thing have the id."""
    if naming.sorts[0] in ("kind", "relation-type"):
        return naming.sorts if is_declared(naming.sorts[0], naming.id, reader) else ()
    return [named.sort for named in reader.all(Named, "id", naming.id)]


def _suggestion(naming: Naming, reader: Reader) -> str:
    """The closest id of the sort that belongs there, and where it stands."""
    close = difflib.get_close_matches(naming.id, _known(naming.sorts, reader), n=1, cutoff=0.6)
    if not close:
        return ""
    for sort in naming.sorts:
        for at in reader.all(Places, "places", sort, close[0]):
            return f'did you mean "{close[0]}"? ({shown(at.value())})'
    return f'did you mean "{close[0]}"?'


def _known(sorts: Iterable[str], reader: Reader) -> list[str]:
    known: list[str] = []
    for sort in sorts:
        match sort:
            case "entity":
                known += [card.id for card in reader.all(Card, "entities")]
            case "fact":
                known += [card.id for card in reader.all(FactCard, "facts")]
            case "source":
                known += [card.id for card in reader.all(Card, "sources")]
            case "kind":
                known += [k.id for ks in reader.all(tuple[Kind, ...], "kinds") for k in ks]
            case "relation-type":
                briefing = reader.one(Briefing, "briefing")
                known += [type_.id for type_ in briefing.relations] if briefing else []
    return known


def _a(sort: str) -> str:
    return f"{'an' if sort[0] in 'aeiou' else 'a'} {sort.replace('-', ' ')}"
