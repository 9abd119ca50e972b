"""Small sites, from their files to their pages: `sites/<case>/in` gives `sites/<case>/out`.

Data files are compared as they are; pages as text, links as `[words](address)`, marked words as
`=words=`. `make test REFRESH=1` writes what comes out now: read the diff.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from standfirst.build import Site
from standfirst.problem import compiler_text
from standfirst.project import read_project
from tests.conftest import REFRESH, golden

SITES = Path(__file__).parent / "sites"
CASES = sorted(path.name for path in SITES.iterdir())
BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|d[dlt]|details|div|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|tr|ul"
)
SKIPPED = frozenset(("script", "style", "svg", "meta", "link", "template"))
LEADS = {"h1": "# ", "h2": "## ", "h3": "### ", "li": "- ", "dt": "- ", "blockquote": "> "}


@pytest.mark.parametrize("case", CASES)
def test_a_site_is_what_it_was(case: str) -> None:
    folder = SITES / case
    files = read_project(folder / "in")
    update = Site("engine").update(files)
    assert not update.problems, "\n".join(
        compiler_text(problem, files[problem.span.file].decode()) for problem in update.problems
    )
    found = dict(outputs({path: bytes(page) for path, page in update.pages.items()}))  # type: ignore[arg-type]
    out = folder / "out"
    if REFRESH:
        shutil.rmtree(out, ignore_errors=True)
    for path, text in found.items():
        assert text == golden(out / path, text), path
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert sorted(found) == sorted(written)


def outputs(pages: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The files of `out`: data as it is, pages as text, assets not at all."""
    for path, page in pages.items():
        if path.endswith(".html"):
            name = path.removesuffix("index.html").strip("/") or "home"
            yield f"{name}.md", text_of(page.decode())
        elif path == "sitemap.xml" or path.startswith("api/v1/"):
            yield path, page.decode()


def text_of(page: str) -> str:
    """A page as a person reads it: title and main part, a block a line."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    title, main = document.find(".//title"), document.find(".//main")
    assert title is not None and main is not None
    text = f"{title.text}\n\n" + "".join(words_of(main))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip() + "\n"


def words_of(element: Element) -> Iterator[str]:
    """The text in an element, its blocks on lines of their own."""
    if element.tag in SKIPPED or not isinstance(element.tag, str):
        return
    inner = "".join((element.text or "", *(part for child in element for part in after(child))))
    match element.tag:
        case "a":
            yield f"[{' '.join(inner.split())}]({element.get('href')})"
        case "mark":
            yield f"={inner}="
        case "td" | "th":
            yield f"{' '.join(inner.split())} | "
        case tag if BLOCKS.fullmatch(tag):
            yield f"\n{LEADS.get(tag, '')}{inner.strip()}\n"
        case _:
            yield inner


def after(child: Element) -> Iterator[str]:
    yield from words_of(child)
    yield child.tail or ""
