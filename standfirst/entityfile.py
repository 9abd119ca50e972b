"""One entity's YAML → the entity, its facts, where they stand, and problems.

Never looks at a second file, and never fails: a fact with a bad field stays, without the field.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from standfirst import misfits, typed
from standfirst.misfits import Tree
from standfirst.model import Entity, Fact, Quote, Record
from standfirst.problem import Path, Places, Problem
from standfirst.required import all_missing, bad_ids, dated, missing
from standfirst.typed import Keyed

Records = list[tuple[Record, Places]]


def entity_file(path: str, keys: dict[str, Tree], places: Places) -> tuple[Records, list[Problem]]:
    """The records of an entity's file: the entity first, then its facts in order."""
    tree = dict(keys)
    name = PurePosixPath(path)
    kind, id_ = name.parent.name, name.stem
    facts = tree.pop("facts", [])
    entity, problems = typed.read(Entity, tree | {"id": id_, "kind": kind}, places)
    for key in ("id", "kind"):
        if key in keys:
            problems.append(misfits.unknown_field(Entity, key, places, ()))
    problems += bad_ids(path, id_) + missing(entity, places)
    records: Records = [(entity, places)]
    if not isinstance(facts, list):
        problems.append(misfits.wrong_type(facts, "a list", places, ("facts",)))
        facts = []
    for number, fact_tree in enumerate(facts):
        at = places.under(("facts", number))
        if not isinstance(fact_tree, dict):
            problems.append(misfits.wrong_type(fact_tree, "a mapping", at, ()))
            continue
        fact, found = _fact(fact_tree, entity, number, at)
        records.append((fact, at))
        problems += found
    return records, problems


def _fact(
    keys: dict[str, Tree], entity: Entity, number: int, places: Places
) -> tuple[Fact, list[Problem]]:
    """One fact; without an id it gets one that no reference can name."""
    tree = dict(keys)
    problems = [
        misfits.unknown_field(Fact, key, places, ()) for key in ("entity", "kind") if key in tree
    ]
    entries = list(_entries(tree.pop("evidence", {})))
    problems += _wrong_evidence(keys, entries, places)
    tree |= {"evidence": _quotes(entries), "entity": entity.id, "kind": entity.kind}
    fact, found = typed.read(Fact, tree, places)
    problems += found
    problems += missing(fact, places)
    for (path, entry), quote in zip(entries, fact.evidence, strict=True):
        if isinstance(entry, dict):
            problems += missing(quote, places, ("evidence", *path))
    if fact.value:
        problems += missing(fact.value, places, ("value",))
    problems += all_missing(fact.relations, places, "relations")
    problems += all_missing(fact.also, places, "also")
    problems += _without_voice(fact, tree, places)
    fact, found = _with_dates(fact, places)
    problems += found
    return _completed(fact, entity, number), problems


def _completed(fact: Fact, entity: Entity, number: int) -> Fact:
    """The fact with what it may leave unsaid: its id, and that a tie goes out from its entity."""
    if fact.id and all(tie.from_ for tie in fact.relations):
        return fact
    ties = tuple(typed.with_fields(tie, from_=tie.from_ or entity.id) for tie in fact.relations)
    return typed.with_fields(fact, id=fact.id or f"{entity.id}#{number + 1}", relations=ties)


def _entries(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    """What stands under each source, be it one quote or a list, and where it is written."""
    for source, value in tree.items() if isinstance(tree, dict) else ():
        if isinstance(value, list):
            yield from (((source, index), entry) for index, entry in enumerate(value))
        else:
            yield (source,), value


def _quotes(entries: list[tuple[Path, Tree]]) -> Keyed:
    """The entries of `evidence` as one list, each with its source."""
    quotes = Keyed()
    for path, entry in entries:
        words = entry if isinstance(entry, dict) else {"quote": entry}
        quotes.add(path, {**words, "source": str(path[0])})
    return quotes


def _wrong_evidence(
    keys: dict[str, Tree], entries: list[tuple[Path, Tree]], places: Places
) -> Iterator[Problem]:
    """Evidence that is no mapping, that is empty, or that names a source twice."""
    if "evidence" not in keys:
        return
    if not isinstance(keys["evidence"], dict):
        yield misfits.wrong_type(keys["evidence"], "a mapping", places, ("evidence",))
    elif not entries and not places.holds(("evidence",)):
        yield misfits.missing_fields("fact", ["evidence"], places, ("evidence",))
    for path, entry in entries:
        if isinstance(entry, dict) and "source" in entry:
            yield misfits.unknown_field(Quote, "source", places, ("evidence", *path))


def _without_voice(fact: Fact, tree: dict[str, Tree], places: Places) -> Iterator[Problem]:
    """What is reported is reported by somebody; a `by` that was dropped has its own problem."""
    is_left_out = not typed.is_written(places, (), "by") or tree.get("by") == []
    if fact.status == "reported" and is_left_out:
        hint = "add who reports it, such as: by: [the-courier]"
        message = "a reported fact says who reports it, and by is missing"
        yield Problem("missing-field", message, places.value(("status",)), hint)


def _with_dates(fact: Fact, places: Places) -> tuple[Fact, list[Problem]]:
    """The fact without the dates that are none, its own and those of `also`."""
    fact, problems = dated(fact, "date", places)
    also = []
    for index, entry in enumerate(fact.also):
        read, found = dated(entry, "date", places, ("also", index))
        also.append(read)
        problems += found
    return (typed.with_fields(fact, also=tuple(also)) if problems else fact), problems
