"""A record of the model → the schema by which pydantic's core reads a tree of texts into it.

The core alone is asked: what pydantic itself would make of the same types takes it longer to find
out, and to be loaded, than most files take to be read.
"""

import dataclasses
import functools
from collections.abc import Hashable, Mapping
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, cast, get_args, get_origin
from typing import get_type_hints as hints_of

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator

Shape = dict[str, Any]

_PLAIN: Mapping[object, str] = {str: "str", int: "int", float: "float", bool: "bool"}


@functools.cache
def validator(record: Hashable) -> "SchemaValidator":
    """What reads a tree into this record, or says where it does not fit."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(core_schema(cast(type, record)))


def core_schema(record: type) -> "CoreSchema":
    """A record's schema in the words of pydantic's core: strict about keys, not about scalars."""
    return cast("CoreSchema", _record(record))


def written(field: str) -> str:
    """The key by which content writes a field: `from` is a word of Python's own."""
    return field.rstrip("_")


def _record(record: type) -> Shape:
    hints = hints_of(record, include_extras=True)
    fields = dataclasses.fields(record)
    return {
        "type": "dataclass",
        "cls": record,
        "ref": record.__name__,
        "fields": [field.name for field in fields],
        "slots": True,
        "config": {"extra_fields_behavior": "forbid", "title": record.__name__},
        "schema": {
            "type": "dataclass-args",
            "dataclass_name": record.__name__,
            "fields": [_field(field, hints[field.name]) for field in fields],
        },
    }


def _field(field: "dataclasses.Field[Any]", hint: object) -> Shape:
    shape = _shape(hint)
    if field.default is not dataclasses.MISSING:
        shape = {"type": "default", "schema": shape, "default": field.default}
    named = {"type": "dataclass-field", "name": field.name, "schema": shape}
    return named | {"validation_alias": written(field.name)}


def _shape(hint: object) -> Shape:
    """The schema of a field's type: of those types that the model uses."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if origin is Annotated:
        return _shape(parts[0]) | dict(parts[1:])
    if origin is Literal:
        return {"type": "literal", "expected": list(parts)}
    if origin is tuple:
        return {"type": "tuple", "items_schema": [_shape(parts[0])], "variadic_item_index": 0}
    if origin in (Union, UnionType):
        return _union([part for part in parts if part is not NoneType], NoneType in parts)
    return _record(cast(type, hint))


def _union(choices: list[object], is_nullable: bool) -> Shape:
    shapes = [_shape(choice) for choice in choices]
    shape = shapes[0] if len(shapes) == 1 else {"type": "union", "choices": shapes}
    return {"type": "nullable", "schema": shape} if is_nullable else shape
