"""What a reader of another language sees: a briefing from right to left, and a Ukrainian one."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from standfirst.build import Site
from standfirst.project import read_project
from standfirst.publish import Held, publish
from tests.browser.conftest import HEIGHTS, Reader, uncomplaining
from tests.pages import served
from tests.test_languages import HEBREW, in_language

PAGES = (
    *("", "companies/", "companies/acme/", "facts/", "facts/acme-forecast/", "timeline/"),
    *("relations/", "compare/companies/", "sources/courier/", "sections/factory/", "about/"),
)
UKRAINIAN = ("", "companies/acme/", "timeline/", "relations/", "sources/courier/", "about/")
SIDES = """([outer, inner]) => {
    const box = document.querySelector(outer).getBoundingClientRect();
    const found = document.querySelector(inner).getBoundingClientRect();
    return [Math.round(found.left - box.left), Math.round(box.right - found.right)];
}"""
"""How far an element stands from the left and from the right side of another."""


SIDEWAYS = """Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)
    - document.documentElement.clientWidth"""


def published(files: Mapping[str, bytes], folder: Path) -> Path:
    update = Site("test").update(files)
    assert not update.problems, update.problems
    pages = {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
    publish(folder, pages, Held())
    return folder


@pytest.fixture(scope="module")
def hebrew(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    files = read_project(HEBREW)
    with served(published(files, tmp_path_factory.mktemp("hebrew") / "site")) as top:
        yield Reader(chromium, top)


@pytest.fixture(scope="module")
def ukrainian(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    files = in_language("uk").files()
    with served(published(files, tmp_path_factory.mktemp("ukrainian") / "site")) as top:
        yield Reader(chromium, top)


@pytest.fixture
def leftwards(hebrew: Reader) -> Iterator[Reader]:
    yield from uncomplaining(hebrew)


@pytest.fixture
def visit_ukrainian(ukrainian: Reader) -> Iterator[Reader]:
    yield from uncomplaining(ukrainian)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def fits(page: Page) -> None:
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert page.evaluate(SIDEWAYS) == 0, f"at {width}"


@pytest.mark.parametrize("route", PAGES)
def test_a_page_from_right_to_left_fits_and_has_no_barrier(leftwards: Reader, route: str) -> None:
    """No sideways scroll at any width, nothing that axe finds, light or dark."""
    page = leftwards(route)
    fits(page)
    assert faults(page) == []
    assert faults(leftwards(route, 390, "dark")) == []


@pytest.mark.parametrize("route", UKRAINIAN)
def test_a_ukrainian_page_fits_and_has_no_barrier(visit_ukrainian: Reader, route: str) -> None:
    """Its words are longer than the English ones."""
    page = visit_ukrainian(route)
    fits(page)
    assert faults(page) == []


def test_a_page_from_right_to_left_begins_at_the_right(leftwards: Reader) -> None:
    """The site's name, the way back, the column to read; what stands beside it is at the left."""
    page = leftwards("companies/acme/")
    for inner in (".site", ".crumbs a", "#Facts"):
        left, right = page.evaluate(SIDES, ["main", inner])
        assert left > right, inner
    left, right = page.evaluate(SIDES, ["main", ".onpage"])
    assert left < right


def test_time_runs_as_the_text_does(leftwards: Reader) -> None:
    """The first month at the right end of the axis, and so the marks of what was first."""
    page = leftwards("companies/acme/")
    left, right = page.evaluate(SIDES, [".scale", ".scale span"])
    assert left > right == 0
    spans = page.locator(".axis :is(.known, .span)")
    places = [box["x"] for each in spans.all() if (box := each.bounding_box())]
    assert places[0] > places[1]


def test_a_quote_runs_in_its_own_direction(leftwards: Reader) -> None:
    page = leftwards("facts/acme-forecast/")
    style = "getComputedStyle(document.querySelector('blockquote')).direction"
    assert page.evaluate(style) == "ltr"
    assert leftwards("facts/acme-talks/").evaluate(style) == "rtl"


def test_english_words_end_with_their_full_stop(leftwards: Reader) -> None:
    """The sentence at the foot, in a page from right to left: its stop is its rightmost sign."""
    page = leftwards("")
    rights = page.evaluate("""() => {
        const text = document.querySelector('.foot p span').firstChild, range = new Range();
        return [0, text.length - 1].map(at => {
            range.setStart(text, at); range.setEnd(text, at + 1);
            return range.getBoundingClientRect().right;
        });
    }""")
    assert rights[0] < rights[1]
