"""The model → JSON Schemas of the content files, for editors that complete and check YAML.

The schema says what a file may look like; whether it holds together is the checks' business.
Every scalar is a text to us, so a date or a number typed bare is as good as a quoted one.
"""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from standfirst.model import Briefing, Entity, Fact, Record, Section, Source
from standfirst.required import REQUIRED
from standfirst.shapes import core_schema

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_FILLED_IN = {"id", "kind", "entity", "slug", "number", "body"}
"""Fields that a file's name, place or body gives."""


def schemas() -> Mapping[str, Schema]:
    """A schema for each sort of content file, by the name of the schema's file."""
    entity = _schema(Entity)
    entity["$defs"] |= _schema(Fact).pop("$defs")
    fact = _schema(Fact, keep=("id",))
    fact.pop("$defs")
    quotes = _one_or_many({"anyOf": [_SCALAR, {"$ref": "#/$defs/Quote"}]})
    fact["properties"]["evidence"] = _mapping_of(quotes)
    _drop(entity["$defs"]["Quote"], "source")
    entity["$defs"]["Fact"] = fact
    entity["properties"]["facts"] = {"type": "array", "items": {"$ref": "#/$defs/Fact"}}
    source = _schema(Source)
    source["properties"] |= {"evidence": _mapping_of(_SCALAR), "marks": _mapping_of(_SCALAR)}
    briefing = _schema(Briefing)
    for key, record in (
        ("kinds", "Kind"),
        ("relations", "RelationType"),
        ("compare", "Comparison"),
    ):
        _drop(briefing["$defs"][record], "id")
        briefing["properties"][key] = _mapping_of({"$ref": f"#/$defs/{record}"})
    named = {"entity": entity, "source": source, "briefing": briefing, "section": _schema(Section)}
    return {f"{name}.json": _titled(name, schema) for name, schema in named.items()}


def _schema(record: type[Record], keep: tuple[str, ...] = ()) -> Schema:
    """A record's own schema, without the fields that its file's name or place gives."""
    schema: Schema = GenerateJsonSchema().generate(core_schema(record))
    schema.setdefault("$defs", {})
    for name in _FILLED_IN - set(keep):
        _drop(schema, name)
    for part in (schema, *schema["$defs"].values()):
        _plain(part)
        part["additionalProperties"] = False
        required = [f for f in REQUIRED.get(part["title"], ()) if f in part["properties"]]
        if required:
            part["required"] = required
    return schema


def _plain(part: Schema) -> None:
    """Leaves out defaults and `null`, which content does not write, and lets scalars be bare."""
    part.pop("required", None)
    for name, field in part.get("properties", {}).items():
        part["properties"][name] = _field(field)


def _field(field: Schema) -> Schema:
    choices = [choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        return _field(choices[0])
    if "$ref" in field or "enum" in field:
        return {key: field[key] for key in ("$ref", "enum") if key in field}
    if field.get("type") == "array":
        return {"type": "array", "items": _field(field["items"])}
    return {**_SCALAR, **({"pattern": field["pattern"]} if "pattern" in field else {})}


def _drop(schema: Schema, name: str) -> None:
    schema["properties"].pop(name, None)
    schema["required"] = [field for field in schema.get("required", ()) if field != name]
    if not schema["required"]:
        del schema["required"]


def _one_or_many(schema: Schema) -> Schema:
    return {"anyOf": [*schema["anyOf"], {"type": "array", "items": schema}]}


def _mapping_of(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _titled(name: str, schema: Schema) -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": f"A briefing's {name}",
    }
