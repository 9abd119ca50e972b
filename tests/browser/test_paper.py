"""What comes out of the printer: every page whole on A4 and Letter, and the briefing as a file."""

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from standfirst.publish import Held, publish
from tests.browser.conftest import Reader
from tests.browser.test_reading import TOO_WIDE
from tests.pages import ROOT, read_page, served
from tests.projects import clean, kites
from tests.test_cli import ENVIRONMENT
from tests.test_long_pages import real_theme

ROUTES = (
    *("", "companies/openai/", "sections/control/", "timeline/", "relations/", "facts/"),
    *("compare/companies/", "sources/", "sources/own-chips/", "disputes/", "about/", "print/"),
    "facts/openai-chip-deployment-target/",
)
MARGINS = 2 * 16 / 25.4 * 96
SHEETS = {"A4": 210 / 25.4 * 96 - MARGINS, "Letter": 8.5 * 96 - MARGINS}
ADDRESS = "https://example.org/a-rather-long-address-of-the-courier/2031/05/08/kites-over-borea"
CUT = """() => [...document.body.querySelectorAll('main *')]
    .filter(each => !each.closest('svg') && each.checkVisibility())
    .filter(each => ['hidden', 'auto', 'scroll', 'clip'].includes(getComputedStyle(each).overflowX))
    .filter(each => each.tagName !== 'SUMMARY' && each.scrollWidth > each.clientWidth + 1)
    .map(each => `${each.tagName}.${each.className}`)
"""


def words(pdf: bytes) -> str:
    """All letters and digits of a file's pages: lines may break anywhere, even in a word."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return letters(" ".join(re.sub(r"\b\d+ / \d+\b", "", text) for text in pages))


def letters(text: str) -> str:
    text = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("route", ROUTES)
def test_nothing_is_wider_than_the_sheet(visit: Reader, route: str, sheet: str) -> None:
    """Tables that scroll on a screen are printed across the sheet, in full."""
    page = visit(route, media="print")
    width = SHEETS[sheet]
    if route.startswith("compare/"):
        width = (297 / 25.4 if sheet == "A4" else 11) * 96 - MARGINS
    page.set_viewport_size({"width": int(width), "height": 900})
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("route", ["", "companies/openai/", "sections/control/", "timeline/"])
def test_the_foot_says_whence_and_as_of_when(visit: Reader, route: str) -> None:
    last = PdfReader(BytesIO(visit(route, media="print").pdf())).pages[-1].extract_text()
    assert "As of 3 July 2026" in last
    assert f"https://example.github.io/standfirst/{route}" in last


def test_the_whole_briefing_has_every_quote(visit: Reader, folder: Path) -> None:
    html = (folder / "print/index.html").read_text()
    text = words(visit("print/", media="print").pdf())
    quotes = re.findall(r'<q lang="[^"]*">(.*?)</q>', html)
    assert len(quotes) > 150
    for quote in quotes:
        said = read_page(quote.encode()).text
        assert letters(said) in text, said


def test_marks_are_printed_only_where_their_notes_are(visit: Reader) -> None:
    """On paper a number that leads to another page says nothing."""
    for route in ("", "companies/openai/"):
        assert visit(route, media="print").locator("main .cite:visible").count() == 0
    for route in ("sections/control/", "print/", "compare/companies/"):
        assert visit(route, media="print").locator("main .cite:visible").count() > 5


def test_paper_has_no_words_that_only_lead_elsewhere(visit: Reader) -> None:
    """ "The whole timeline" can be followed on a screen; on a sheet it says nothing."""
    ways = {
        "": ("The whole timeline", "Why, with the words of both sides", "Companies side by side"),
        "companies/openai/": ("As a timeline of its own",),
        "companies/": ("Companies side by side",),
        "timeline/": ("All of them",),
        "compare/companies/": ("CSV",),
    }
    for route, names in ways.items():
        for name in names:
            on_screen, on_paper = (
                visit(route, media=media).locator("main").get_by_role("link", name=name, exact=True)
                for media in ("screen", "print")
            )
            assert on_paper.count() == 0, name
            visit(route)
            assert on_screen.count() == 1, name


def test_paper_says_where_facts_are_left_to(visit: Reader) -> None:
    page = visit("companies/openai/", media="print")
    told = page.locator("main .again:visible").first.inner_text()
    assert re.fullmatch(r"\d+ further facts \S+/standfirst/companies/openai/2/", told)


def test_the_words_of_a_tie_have_the_most_room(visit: Reader) -> None:
    page = visit("relations/", media="print")
    page.set_viewport_size({"width": int(SHEETS["A4"]), "height": 900})
    heads = page.locator(".ties thead th")
    widths = heads.evaluate_all("all => all.map(each => each.clientWidth)")
    assert widths[-1] > 0.4 * sum(widths)


def test_notes_begin_beneath_the_table_they_are_of(visit: Reader) -> None:
    """In two columns, across the sheet; and the foot has no sheet of its own."""
    pages = PdfReader(BytesIO(visit("compare/companies/", media="print").pdf())).pages
    texts = [page.extract_text() for page in pages]
    (at,) = [n for n, text in enumerate(texts) if "Evidence" in text]
    assert "TSMC" in texts[at].partition("Evidence")[0]
    assert "Every fact on this site" in texts[-1] and "line" in texts[-1]


@pytest.mark.parametrize(
    ("route", "heading", "first"),
    [
        ("relations/", "Names: what they are", "Organisations"),
        ("sources/own-chips/", "1 of 1 passages accounted for", "Quoted by"),
    ],
)
def test_no_heading_ends_a_sheet(visit: Reader, route: str, heading: str, first: str) -> None:
    pages = PdfReader(BytesIO(visit(route, media="print").pdf())).pages
    sheet = next(text for page in pages if heading in (text := page.extract_text()))
    assert first in sheet


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Reader]:
    """A briefing one of whose sources has an address."""
    project = real_theme(kites())
    project.sources["courier"]["url"] = ADDRESS
    folder = tmp_path_factory.mktemp("addressed") / "site"
    pages = clean(project.files())[1].pages
    publish(folder, {path: p for path, p in pages.items() if isinstance(p, bytes)}, Held())
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.mark.parametrize(
    "route",
    ["companies/acme/", "facts/acme-1/", "sections/houses/", "timeline/", "relations/", "print/"],
)
def test_addresses_of_sources_are_printed(addressed: Reader, route: str) -> None:
    assert letters(ADDRESS) in words(addressed(route, media="print").pdf())


def pdf(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "standfirst", "pdf", "--project", str(ROOT), *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_the_command_writes_a_file_that_stands_alone(chromium: Browser, tmp_path: Path) -> None:
    """With a title, an outline, the paper asked for, and no way to a folder of this machine."""
    to = tmp_path / "new" / "kites.pdf"
    done = pdf("--output", str(to), "--paper", "letter")
    assert (done.returncode, done.stderr) == (0, "")
    file = PdfReader(to)
    said = re.fullmatch(r"wrote (\S+): (\d+) pages, \d+ kB\n", done.stdout)
    assert said and said.groups() == (str(to), str(len(file.pages)))
    assert [round(float(each)) for each in file.pages[0].mediabox[2:]] == [612, 792]
    assert file.metadata and file.metadata.title == "The whole briefing – Chips of their own"
    assert file.outline
    assert b"file:" not in to.read_bytes()
    assert [path.name for path in to.parent.iterdir()] == ["kites.pdf"]
