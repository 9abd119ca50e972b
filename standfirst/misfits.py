"""A value that does not fit the model → the problem, and what to type instead.

Knows the model's fields and where values stand; reads and drops nothing.
"""

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from standfirst.model import (
    Also,
    Comparison,
    Fact,
    LayerSpan,
    Quote,
    RelationType,
    SetAside,
    SourceField,
)
from standfirst.problem import Path, Places, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Tree = str | list["Tree"] | dict[str, "Tree"] | None

_SPOKEN: Mapping[type, str] = {
    Quote: "entry of evidence",
    Also: "entry of also",
    Comparison: "comparison",
    LayerSpan: "layer",
    RelationType: "relation type",
    SetAside: "span set aside",
    SourceField: "field's evidence",
}
_FILLED_IN = ("id", "kind", "entity", "slug", "number", "body")
"""Fields that a file's name, place or body gives, or that are the first thing one writes."""
_ENTRIES = {
    "kinds": "{one: …, many: …}",
    "relations": "{says: …, back: …}",
    "compare": "{measures: […], relations: […]}",
}
"""What stands under each name in these mappings of the briefing."""
_EXAMPLES = {
    "status": "status: stated, or another of: denied, planned, possible, expected, opinion, …",
    "evidence": "evidence: {source-id: words of the source}",
    "value": "value: {of: …, figure: …}",
    "facts": "facts:\n  - id: …",
    "relations": "relations:\n  - {type: …, to: …}",
    "also": "also:\n  - {source: …, quote: …}",
    "layers": "layers:\n  - {name: …, from: …}",
    "set_aside": "set_aside:\n  - {from: …, reason: …}",
    "kinds": "kinds: {companies: {one: Company, many: Companies}}",
    "origin": "origin: {publisher: …}",
    "sha256": "sha256: …, as printed by: sha256sum FILE",
    "seed": "seed: seeds/…",
}
"""How some fields are written."""


def spoken(record: object) -> str:
    """What a record is called in a message."""
    sort = record if isinstance(record, type) else type(record)
    return _SPOKEN.get(sort, sort.__name__.lower())


def is_misspelt(record: type, field: str, places: Places, path: Path) -> bool:
    """Whether the file has a key that is no field and looks as if this one was meant."""
    at = places.prefix + path
    written = (str(key[-1]) for key in places.keys if key and key[:-1] == at)
    return any(_meant(record, key) == field for key in written)


def missing_fields(
    sort: str, fields: Sequence[str], places: Places, path: Path, hint: str = ""
) -> Problem:
    """A problem: fields that must be there are not."""
    *first, last = fields
    names = f"{', '.join(first)} and {last}" if first else last
    lines = "\n".join(_EXAMPLES.get(field, f"{field}: …") for field in fields)
    message = f"this {sort} has no {names}"
    hint = hint or f"add:{chr(10) if first else ' '}{lines}"
    return Problem("missing-field", message, places.value(path), hint)


def unknown_field(record: type, field: str, places: Places, path: Path) -> Problem:
    """A problem: a key that the record does not have, with the closest one that it has."""
    meant = _meant(record, field)
    if record is Quote and field == "source":
        hint = "the key above names the source"
    elif meant:
        hint = f'did you mean "{meant}"?'
    else:
        hint = f"its fields are {', '.join(_fields(record))}"
    message = f'"{field}" is no field of {_article(spoken(record))}'
    return Problem("unknown-field", message, places.key((*path, field)), hint)


def wrong_type(tree: Tree, wanted: str, places: Places, path: Path) -> Problem:
    """A problem: a list or mapping where a text belongs, or the other way round."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    names = ((list, "a list"), (dict, "a mapping"), (str, "a text"))
    found = next((called for sort, called in names if isinstance(tree, sort)), "nothing")
    subject = name or ("this fact" if places.prefix else "the file")
    if path and isinstance(path[-1], int):
        subject = f"this entry of {name}"
    message = f"{subject} is {found} where {wanted} belongs"
    return Problem("wrong-type", message, places.value(path), _shape(tree, wanted, places, path))


def _shape(tree: Tree, wanted: str, places: Places, path: Path) -> str:
    """What to type where a value has the wrong type."""
    if not path:
        return f"write it as keys and values: {'id: …' if places.prefix else 'name: …'}"
    name = str(path[-1]) if isinstance(path[-1], str) else ""
    key = f"{name}: " if name else ""
    if wanted == "a text":
        flow = _flow(tree) if isinstance(tree, list) else ""
        return f'write it in quotes: {key}"{flow}"' if flow else ""
    if wanted == "a list" and isinstance(tree, str) and name not in _EXAMPLES:
        return f"write it in brackets: {key}[{tree}]"
    if path[0] in _ENTRIES and not places.prefix and len(path) == 2:
        return f"write it as keys and values: {key}{_ENTRIES[str(path[0])]}"
    example = _EXAMPLES.get(str(path[0]), "") if len(path) == 1 or not name else ""
    if name == "relations" and not places.prefix:
        example = f"relations: {{sells-to: {_ENTRIES[name]}}}"
    if not example:
        return "write it as keys and values" if wanted == "a mapping" else "write it as a list"
    return f"write: {example}" if "\n" not in example else f"write:\n{example}"


def wrong_value(fault: "ErrorDetails", value: object, places: Places, path: Path) -> Problem:
    """A problem: a text that is none of the words, no number, or of the wrong form."""
    sort = fault["type"]
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "this")
    if sort == "literal_error":
        choices = [c.strip("'") for c in fault["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        close = difflib.get_close_matches(str(value), choices, n=1, cutoff=0.6)
        hint = f'did you mean "{close[0]}"?' if close else f"one of: {', '.join(choices)}"
        said = f'"{value}"' if isinstance(value, str) else "this"
        message = f"{said} is no {name.replace('_', ' ')}"
        return Problem("bad-choice", message, places.value(path), hint)
    if sort == "string_pattern_mismatch":
        return _pattern_problem(name, str(value), places, path)
    hint = _HINTS.get(sort, "")
    message = f'"{value}" is no value for {name}' if value else f"{name} is empty"
    return Problem("bad-value", message, places.value(path), hint)


def _pattern_problem(name: str, value: str, places: Places, path: Path) -> Problem:
    if name == "sha256":
        hint = "64 digits and letters a to f, as printed by: sha256sum FILE"
        return Problem("bad-value", "this is no sha256", places.value(path), hint)
    if name == "url":
        hint = "write it whole, such as https://example.org/article"
        return Problem("bad-value", f'"{value}" is no web address', places.value(path), hint)
    spelled = "".join(c if c.isascii() and c.isalnum() else "-" for c in value.lower()).strip("-")
    hint = "small letters, digits and hyphens, at most 64" + (
        f', such as "{spelled[:64]}"' if spelled and spelled[:64] != value else ""
    )
    return Problem("bad-id", f'"{value}" is no id', places.value(path), hint)


def _fields(record: type) -> list[str]:
    """The keys that a record has in its file."""
    names = [field.name.rstrip("_") for field in dataclasses.fields(record)]
    left_out = (*_FILLED_IN, "source") if record is Quote else _FILLED_IN
    return [name for name in names if name not in left_out]


def _meant(record: type, key: str) -> str:
    """The field that a key which is none was probably meant to be."""
    known = [*_fields(record), "id"] if record is Fact else _fields(record)
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    return close[0] if close and key not in known else ""


def _flow(tree: list[Tree]) -> str:
    """A list of texts as it was probably written in brackets; empty where it was not."""
    parts = [_flow(part) if isinstance(part, list) else part for part in tree]
    return f"[{', '.join(map(str, parts))}]" if all(isinstance(p, str) for p in parts) else ""


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


_HINTS = {
    "string_too_long": "one character",
    "bool_parsing": "write true or false",
    "int_parsing": "write a number, in digits",
    "float_parsing": "write a number, in digits",
    "less_than_equal": "at most 100",
    "greater_than_equal": "at least 0",
}
