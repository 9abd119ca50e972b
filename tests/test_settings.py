"""What `mkdocs.yml` says of the site, to the engine and to MkDocs alike."""

import pytest

from standfirst.load import load
from standfirst.model import Settings


@pytest.mark.parametrize(
    "text",
    [
        "plugins:\n  - search\n  - standfirst:\n      search: pagefind\n",
        "plugins:\n  standfirst:\n    docs: docs\n    search: pagefind\n",
    ],
    ids=["in a list", "in a mapping"],
)
def test_the_plugins_options_are_read_wherever_mkdocs_lets_them_stand(text: str) -> None:
    loaded = load("mkdocs.yml", text.encode())
    assert not loaded.problems
    assert isinstance(settings := loaded.records[0][0], Settings) and settings.search == "pagefind"


@pytest.mark.parametrize(
    "text",
    [
        "site_name: A\n",
        "plugins:\n",
        "plugins: standfirst\n",
        "plugins:\n  - standfirst\n",
        "plugins: [[a]]\n",
    ],
)
def test_without_options_each_has_its_default(text: str) -> None:
    loaded = load("mkdocs.yml", text.encode())
    assert not loaded.problems
    assert isinstance(settings := loaded.records[0][0], Settings) and settings.search == "index"


def test_a_wrong_option_is_a_problem_at_its_place() -> None:
    loaded = load("mkdocs.yml", b"plugins:\n  - standfirst:\n      search: [a]\n")
    assert [(one.slug, one.span.line, one.span.column) for one in loaded.problems] == [
        ("bad-setting", 3, 15)
    ]
