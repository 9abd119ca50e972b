"""The interface's words: every key that is asked for is there, and none is there for nobody."""

import re
from pathlib import Path
from typing import get_args

import pytest

from standfirst import model
from standfirst.words import LANGUAGES, words

TOP = Path(__file__).parent.parent
COMPUTED = {
    "bound": get_args(model.Bound),
    "stage": get_args(model.Stage),
    "role": get_args(model.DateRole),
}
"""Keys put together from a word of the model, by their first part."""


def asked_for() -> set[str]:
    """The keys that templates and views name."""
    paths = [*(TOP / "templates").glob("*.*"), *(TOP / "standfirst" / "render").glob("*.py")]
    text = "\n".join(path.read_text() for path in paths)
    keys = set(re.findall(r"""\b(?:t|interface\(reader\))\(\s*"([a-z0-9-]+)\"""", text))
    keys |= {f"{first}:{rest}" for first, rests in COMPUTED.items() for rest in rests}
    for status in get_args(model.Status):
        keys |= {status, f"status-means:{status}", f"status-count:{status}"}
    for flag in ("disputed", "doubtful", "superseded"):
        keys |= {flag, f"status-means:{flag}", f"status-count:{flag}"}
    remarks = set(re.findall(r'\("([a-z-]+)", fact\.', text)) - {"fact"}
    ways = re.findall(r"for name in \(([^)]*)\)", text)
    return keys | set(remarks) | {w for way in ways for w in re.findall(r'"([a-z-]+)"', way)}


def known(language: str) -> set[str]:
    """The keys of a language, those of plural forms by their common part."""
    return {key.split("|")[0] for key in LANGUAGES[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_is_asked_for_is_there(language: str) -> None:
    """A missing one would be an error while rendering."""
    assert asked_for() - known(language) == set()


def test_no_key_is_there_for_nobody() -> None:
    """Words that no page prints would be translated for nothing."""
    layers = {"headline", "abstract", "body", "byline", "questions"}
    assert known("en") - asked_for() - layers == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    """Plural forms aside, which differ between languages."""
    assert known(language) == known("en")


def test_counts_and_values_are_put_in() -> None:
    """`n` chooses the form, and values are escaped."""
    t = words("en")
    assert t("count-facts", n=1) == "1 fact"
    assert t("count-facts", n=3) == "3 facts"
    assert t("bound:about", figure="<b>") == "about &lt;b&gt;"
    assert t.joined(["a", "b", "c<"]) == "a, b, and c&lt;"


def test_every_template_is_used() -> None:
    """A template that no view renders and no template includes is dead."""
    code = "\n".join(path.read_text() for path in (TOP / "standfirst").rglob("*.py"))
    names = {path.name for path in (TOP / "templates").iterdir()}
    texts = [path for path in (TOP / "templates").iterdir() if path.suffix in (".html", ".xml")]
    included = "\n".join(path.read_text() for path in texts)
    assert {name for name in names if f'"{name}"' not in code + included} == set()
