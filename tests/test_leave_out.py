"""What the settings leave out is not published, and nothing leads to it."""

from collections import Counter
from collections.abc import Mapping
from urllib.parse import unquote

import pytest

from bench.corpus import large
from standfirst.load import load
from standfirst.model import FURTHER, Settings
from tests.pages import read_page
from tests.projects import clean

TOP = "https://example.org/kites/"
AT = {
    "choices": "timeline/companies/",
    "relations": "relations/",
    "compare": "compare/",
    "facts": "facts/of/",
    "disputes": "disputes/",
    "print": "print/",
    "data": "api/",
}
"""Under which addresses each stands."""
FILES = large(30)


def site(*left_out: str) -> Mapping[str, bytes]:
    """A site without these; a problem is an error."""
    said = "\n      leave_out: [" + ", ".join(left_out) + "]\n"
    settings = FILES["mkdocs.yml"].replace(
        b'plugins: [{"standfirst": {"pictures": "false"}}]',
        b'plugins:\n  - standfirst:\n      pictures: "false"' + said.encode(),
    )
    _, update = clean(FILES | {"mkdocs.yml": settings})
    assert not update.problems
    return {path: page for path, page in update.pages.items() if isinstance(page, bytes)}


def dead_links(files: Mapping[str, bytes]) -> Counter[str]:
    dead: Counter[str] = Counter()
    for path, data in files.items():
        if path.endswith(".html") and path != "404.html":
            for _, to, _ in read_page(data).linked(TOP + path.removesuffix("index.html")):
                there = unquote(to.removeprefix(TOP).partition("?")[0])
                there += "index.html" if not there or there.endswith("/") else ""
                dead[there] += there not in files
    return +dead


@pytest.mark.parametrize("left_out", [*((name,) for name in FURTHER), FURTHER], ids=", ".join)
def test_nothing_leads_to_what_is_left_out(left_out: tuple[str, ...]) -> None:
    files = site(*left_out)
    assert not dead_links(files)
    for name, folder in AT.items():
        there = [path for path in files if path.startswith(folder)]
        assert bool(there) == (name not in left_out), name
    listed = files["sitemap.xml"].decode().count("<loc>")
    assert listed == sum(path.endswith("index.html") for path in files)


def test_what_cannot_be_left_out_is_a_problem_at_its_place() -> None:
    loaded = load("mkdocs.yml", b"plugins:\n  - standfirst:\n      leave_out: [print, sources]\n")
    assert [(one.slug, one.span.line, one.span.column) for one in loaded.problems] == [
        ("bad-setting", 3, 26)
    ]
    settings = loaded.records[0][0]
    assert isinstance(settings, Settings) and settings.published == FURTHER
