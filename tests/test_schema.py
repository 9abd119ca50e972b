"""The JSON Schemas that editors use say what the engine says of a file's form."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from standfirst.schema import schemas

TOP = Path(__file__).parent.parent
FILES = {
    "briefing.json": "content/briefing.yaml",
    "entity.json": "content/facts/*/*.yaml",
    "source.json": "content/sources/*.yaml",
}


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_in_the_repository_are_those_of_the_model(name: str) -> None:
    """`python build.py schema` writes them anew."""
    assert json.loads((TOP / "schemas" / name).read_text()) == schemas()[name]


@pytest.mark.parametrize(("name", "pattern"), FILES.items())
def test_the_briefing_fits_its_schemas(name: str, pattern: str) -> None:
    """The real content passes, as YAML reads it or with every scalar as text."""
    validator = jsonschema.Draft202012Validator(schemas()[name])
    for path in TOP.glob(pattern):
        tree = yaml.load(path.read_text(), yaml.BaseLoader)
        assert [error.message for error in validator.iter_errors(tree)] == []


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ([{"id": "a", "status": "stated", "evidence": {}}], "'text' is a required property"),
        ([{"id": "a", "text": "t", "status": "said", "evidence": {}}], "'said' is not one of"),
        ([{"id": "a", "text": "t", "status": "stated", "evidence": {}, "x": "y"}], "'x'"),
        ([{"id": "A b", "text": "t", "status": "stated", "evidence": {}}], "'A b' does not match"),
    ],
)
def test_a_wrong_fact_does_not_fit(facts: list[object], fault: str) -> None:
    """What the engine calls a problem of form, an editor underlines."""
    validator = jsonschema.Draft202012Validator(schemas()["entity.json"])
    found = [error.message for error in validator.iter_errors({"name": "Acme", "facts": facts})]
    assert len(found) == 1 and fault in found[0]
