"""A source's page in a browser: from a mark to the fact and back, narrow, and at the publisher."""

import html
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from standfirst.build import Site
from standfirst.evidence import Located, Reading
from standfirst.link import FactCard
from standfirst.project import read_project
from tests.browser.conftest import HEIGHTS, Reader
from tests.browser.test_reading import SECTION, SOURCE, TOO_WIDE
from tests.pages import ROOT, served
from tests.test_sources import AT, logged, pages

LINES = """each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return [...range.getClientRects()].every(box => box.top >= 0 && box.bottom <= innerHeight);
}"""
LONG = "Rindfleischetikettierung" * 9
"""A word of more than 200 letters."""


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_mark_leads_to_its_fact_and_the_fact_back_to_the_very_words(visit: Reader) -> None:
    page = visit(SOURCE)
    mark = page.locator("mark a[href*='/facts/']").nth(4)
    text, anchor = words(mark.inner_text()), mark.get_attribute("id")
    mark.click()
    page.wait_for_url("**/facts/*/")
    page.locator(f"figcaption a[href$='#{anchor}']").first.click()
    page.wait_for_url(f"**/{SOURCE}#{anchor}")
    target = page.locator(":target")
    assert words(target.inner_text()) == text
    assert target.evaluate(LINES)
    assert target.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_a_mark_of_several_facts_leads_to_the_list_of_them(visit: Reader) -> None:
    page = visit(SOURCE, 390)
    mark = page.locator("mark a[href^='#p']").first
    numbers = mark.locator("sup").inner_text().split()
    mark.click()
    listed = page.locator("ol:target > li")
    expect(listed.first).to_be_in_viewport()
    assert listed.count() >= len(numbers) > 1
    said = listed.first.evaluate("each => getComputedStyle(each, '::before').content")
    assert "counter(n)" in said


def test_where_quotes_cross_the_first_is_marked_to_its_end(visit: Reader) -> None:
    page = visit(SOURCE)
    tails = page.locator("mark span.t")
    assert tails.count()
    before = tails.first.evaluate("tail => tail.parentElement.previousElementSibling.id")
    page = visit(f"{SOURCE}#{before}")
    outline = "each => getComputedStyle(each).outlineStyle"
    assert page.locator("mark span.t").first.evaluate(outline) == "solid"
    assert page.locator("mark span.t").last.evaluate(outline) == "none"


@pytest.mark.parametrize("route", [SOURCE, SECTION])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    visit: Reader, route: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Neither on a source's page nor on a section's with a preview."""
    page = visit(route, width, scheme)
    if route == SECTION:
        page.locator(".prose .cite a").first.hover()
        expect(page.locator(".preview")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.fixture(scope="module")
def log(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A site with a source in which there is a very long word, twice quoted, whole or not."""
    folder = tmp_path_factory.mktemp("log")
    seed = f"Of the {LONG} it is said that it flew over the hill.\nNobody saw the {LONG}.\n"
    quotes = (f"Of the {LONG} it is", f"{LONG} it is said that it flew")
    for licence in ("whole", "some"):
        project = logged(seed, *quotes, url=f"https://example.org/{LONG}", licence=licence)
        for path, page in pages(project, assets=True).items():
            file = folder / licence / (path if path[-1:] not in ("/", "") else f"{path}index.html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page.encode())
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.mark.parametrize("licence", ["whole", "some"])
def test_a_long_word_widens_no_page(log: Reader, licence: str) -> None:
    page = log(f"{licence}/{AT}")
    assert page.locator("mark").count()
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == [], f"at {width}"


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Located]]:
    """The briefing's article as a publisher may print it, very long; and what is quoted of it."""
    files = dict(read_project(ROOT))
    files["content/sources/own-chips.yaml"] += b"url: https://example.org/chips\n"
    site = Site("engine")
    assert not site.check(files).problems
    reader = site.reader()
    reading = reader.one(Reading, "passages", "own-chips") or Reading()
    seed = next(data.decode() for path, data in files.items() if path.startswith("seeds/"))
    text = "".join("\n" if at in {*reading.marked} else each for at, each in enumerate(seed))
    told = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())
    folder = tmp_path_factory.mktemp("article")
    style = "<style>p { margin: 90vh 2em }</style>"
    (folder / "index.html").write_text(f'<!doctype html><meta charset="utf-8">{style}{told}')
    located = [
        one
        for card in reader.all(FactCard, "facts")
        for one in reader.one(tuple[Located, ...], "evidence", card.id) or ()
    ]
    return folder, located


def test_a_browser_scrolls_to_the_words_at_the_publisher(
    chromium: Browser, article: tuple[Path, list[Located]]
) -> None:
    """Every twelfth quote of the briefing, in the text as a publisher may print it."""
    folder, located = article
    with served(folder) as top:
        page = chromium.new_page()
        for quote in located[::12]:
            page.goto("about:blank")
            page.goto(f"{top}#:~:text={quote.fragment}")
            expect(paragraph(page, quote)).to_be_in_viewport()
        page.close()


def paragraph(page: Page, quote: Located) -> Locator:
    """The paragraph in which a quote begins."""
    first = " ".join(quote.words.splitlines()[0].split()[:6])
    return page.locator("p", has_text=first).first
