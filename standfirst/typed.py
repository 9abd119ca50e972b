"""A tree of texts → a record of the model, and problems at the keys that do not fit it.

YAML guesses nothing; the model's types read the texts. Looks at no file and at no second record.
"""

import dataclasses
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints

from standfirst.misfits import Tree, unknown_field, wrong_type, wrong_value
from standfirst.problem import Path, Places, Problem
from standfirst.shapes import validator

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails, ValidationError

R = TypeVar("R")


class Keyed(list["Tree"]):
    """A mapping made into a list; remembers under which keys its entries are written."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    def add(self, path: Path, entry: Tree) -> None:
        self.append(entry)
        self.paths.append(path)


def keyed(tree: Tree, entry: Callable[[str, Any], dict[str, Tree]]) -> Tree:
    """A mapping as a list of entries, each made of its key and value; other trees as they are."""
    if tree is None:
        return []
    if not isinstance(tree, dict):
        return tree
    entries = Keyed()
    for key, value in tree.items():
        try:
            entries.add((key,), entry(key, value))
        except TypeError:  # the value is no mapping: the schema will say so at its place
            entries.add((key,), value)
    return entries


def read(record: type[R], tree: dict[str, Tree], places: Places) -> tuple[R, list[Problem]]:
    """The record a tree spells, without the fields that do not fit, and a problem for each.

    Every field of the model has a default, so dropping the wrong ones ends with a record.
    """
    problems: list[Problem] = []
    while True:
        try:
            return cast(R, validator(cast(Hashable, record)).validate_python(tree)), problems
        except _fault() as error:
            faults = {_known(tree, fault["loc"]): fault for fault in error.errors()}
            for steps in sorted(faults, key=_by_step, reverse=True):
                if faults[steps]["type"] != "missing":  # what it lacks was wrong, and is told
                    problems.append(_problem(record, faults[steps], tree, steps, places))
                tree = _without(tree, steps)


def _fault() -> "type[ValidationError]":
    """What tells that a tree does not fit; asked for only once one does not."""
    from pydantic_core import ValidationError

    return ValidationError


def with_fields(record: R, **fields: object) -> R:
    """The same record with some fields changed, unchecked."""
    return dataclasses.replace(record, **fields)  # type: ignore[type-var]


def field_of(record: object, key: str) -> object:
    """A record's value under the key it is written by (`from` is a word of Python's own)."""
    return getattr(record, key, None) or getattr(record, f"{key}_", None)


def is_written(places: Places, path: Path, field: str) -> bool:
    """Whether the file has this key at all, be its value right or wrong."""
    return places.prefix + path + (field,) in places.values


def _known(tree: Any, location: tuple[str | int, ...]) -> Path:
    """The part of pydantic's location that leads through the tree (it adds names of types)."""
    steps: Path = ()
    for step in location:
        inside = (
            step < len(tree)
            if isinstance(tree, list) and isinstance(step, int)
            else (isinstance(tree, dict) and step in tree)
        )
        if not inside:
            break
        tree = tree[step]
        steps += (step,)
    return steps


def _by_step(steps: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in steps)


def _at(tree: Any, steps: Path) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def _without(tree: Any, steps: Path) -> Any:
    """A copy of the tree without one key or entry."""
    first, *rest = steps
    copy: Any = tree.copy() if isinstance(tree, dict) else _copy_list(tree)
    if rest:
        copy[first] = _without(tree[first], tuple(rest))
    else:
        copy.pop(first)
        if isinstance(copy, Keyed):
            copy.paths.pop(int(first))
    return copy


def _copy_list(tree: list[Tree]) -> list[Tree]:
    if not isinstance(tree, Keyed):
        return list(tree)
    copy = Keyed()
    for path, entry in zip(tree.paths, tree, strict=True):
        copy.add(path, entry)
    return copy


def _written(tree: Any, steps: Path) -> Path:
    """The path as the file spells it: mappings made into lists are mappings there."""
    path: Path = ()
    for step in steps:
        path += tree.paths[int(step)] if isinstance(tree, Keyed) else (step,)
        tree = tree[step]
    return path


def _problem(
    record: type, fault: "ErrorDetails", tree: dict[str, Tree], steps: Path, places: Places
) -> Problem:
    """What one of pydantic's errors means to the author."""
    path, value = _written(tree, steps), _at(tree, steps)
    sort = fault["type"]
    if sort in ("unexpected_keyword_argument", "extra_forbidden"):
        return unknown_field(_record_at(record, steps), str(steps[-1]), places, path)
    while path and places.prefix + path not in places.values:  # words that stand for an entry
        path = path[:-1]
    wanted = _WANTED.get(sort)
    if wanted:
        return wrong_type(value, wanted, places, path)
    return wrong_value(fault, value, places, path)


def _record_at(record: type, steps: Path) -> type:
    """The model's class that the last step's key was looked for in."""
    for step in steps[:-1]:
        if isinstance(step, int):
            continue
        hints = get_type_hints(record)
        record = _inner(hints.get(step, hints.get(f"{step}_", record)))
    return record


def _inner(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return hint
    return next((found for arg in get_args(hint) if (found := _inner(arg))), None)


_WANTED = {
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "bool_type": "a text",
    "int_type": "a text",
    "float_type": "a text",
}
