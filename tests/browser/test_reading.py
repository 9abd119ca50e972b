"""What a reader sees: at every width, light and dark, with and without script, on paper."""

from typing import Literal

import pytest

from bench.looks import SMALL_TYPE, TOO_WIDE
from tests.browser.conftest import HEIGHTS, Reader

HOME = ""
COMPANY = "companies/openai/"
SECTION = "sections/control/"
SOURCE = "sources/own-chips/"
TIMELINE = "timeline/"
ROUTES = (HOME, COMPANY, SECTION, SOURCE, TIMELINE)
STATUSES = (HOME, COMPANY, SECTION, TIMELINE)
OTHERS = ("relations/", "facts/", "disputes/", "sources/", "about/", "chips/", "print/")
FOLDED = "companies/nvidia/"
FACT = "facts/openai-chip-deployment-target/"

SMALL_TARGETS = """([targets, least]) => [...document.querySelectorAll(targets)]
    .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
    .filter(([, box]) => box.height < least || box.width < 24)
    .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)
"""
IN_MAIN = "document.activeElement.closest('main') !== null"
GROUND = """[document.body, document.documentElement]
    .map(each => getComputedStyle(each).backgroundColor)
    .find(colour => colour !== 'rgba(0, 0, 0, 0)')
"""


def every(*routes: str) -> pytest.MarkDecorator:
    """Runs a test for each of these pages."""
    names = [route.strip("/") or "home" for route in routes]
    return pytest.mark.parametrize("route", routes, ids=names)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_headings_and_statuses_are_seen(
    visit: Reader, width: int, scheme: Literal["light", "dark"], script: bool
) -> None:
    """Whatever the screen; and nothing complains, is refused or asks another host."""
    for route in ROUTES:
        page = visit(route, width, scheme, script)
        assert page.locator("h1:visible").count() == 1, route
        assert page.locator("main .badge:visible").count() > 3 or route not in STATUSES, route


@every(*ROUTES, FACT, *OTHERS)
def test_a_page_scrolls_down_only(visit: Reader, route: str) -> None:
    page = visit(route)
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == [], f"at {width}"


@every(*ROUTES, FACT, *OTHERS)
def test_no_word_is_smaller_than_13_pixels(visit: Reader, route: str) -> None:
    page = visit(route)
    assert page.evaluate(SMALL_TYPE) == []
    page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
    assert page.evaluate(SMALL_TYPE) == []


@every(*ROUTES)
def test_ways_can_be_hit_with_a_thumb(visit: Reader, route: str) -> None:
    """On a phone: navigation is 44 pixels high, any other link around the content 24."""
    page = visit(route, 390)
    assert page.evaluate(SMALL_TARGETS, ["header nav a, nav.turn a", 44]) == []
    assert page.evaluate(SMALL_TARGETS, ["header a.site, footer a", 24]) == []
    head = page.locator("header").first.bounding_box()
    assert head is not None and head["height"] <= 190


def test_dark_is_dark_and_light_is_light(visit: Reader) -> None:
    """By the reader's own setting, with a declared background, without script."""
    assert visit(HOME, script=False).evaluate(GROUND) == "rgb(255, 255, 255)"
    assert visit(HOME, scheme="dark", script=False).evaluate(GROUND) == "rgb(20, 22, 26)"


@every(*ROUTES)
def test_the_words_are_the_same_without_script(visit: Reader, route: str) -> None:
    with_script = visit(route).inner_text("main")
    assert visit(route, script=False).inner_text("main") == with_script


@every(*ROUTES)
def test_a_page_opened_from_disk_has_its_style(visit_file: Reader, route: str) -> None:
    page = visit_file(f"{route}index.html")
    font = "getComputedStyle(document.querySelector('h1')).fontFamily"
    assert page.evaluate(font).startswith("Charter")
    assert page.locator("h1:visible").count() == 1


@every(*ROUTES)
def test_under_a_sub_path_style_and_icon_arrive(visit: Reader, route: str) -> None:
    page = visit(route)
    rules = "[...document.styleSheets].map(sheet => sheet.cssRules.length > 20)"
    assert set(page.evaluate(rules)) == {True}
    icon = page.evaluate("document.querySelector('link[rel=icon]').href")
    page.goto(icon)
    assert page.locator("svg path").count() == 2


@every(*ROUTES)
def test_the_content_is_near_by_keyboard(visit: Reader, route: str) -> None:
    """The skip link comes first, is then seen and leads there; else it is ten stops at most."""
    page = visit(route)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = page.locator("a:focus").bounding_box()
    assert box is not None and min(box["x"], box["y"]) >= 0 and box["height"] >= 13
    stops = 1
    while not page.evaluate(IN_MAIN):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 11
    page = visit(route)
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate(IN_MAIN)


def test_what_has_the_focus_is_seen(visit: Reader) -> None:
    """A ring of three pixels is around whatever the keyboard has reached."""
    page = visit(COMPANY)
    style = "getComputedStyle(document.activeElement)"
    for _ in range(14):
        page.keyboard.press("Tab")
        ring = page.evaluate(f"{style}.outlineStyle + ' ' + {style}.outlineWidth")
        assert ring == "solid 3px", page.evaluate("document.activeElement.outerHTML")


@every(HOME, FOLDED)
def test_folded_quotes_open_without_script(visit: Reader, route: str) -> None:
    page = visit(route, script=False)
    folded = page.locator("main details:has(blockquote)").first
    assert not folded.locator("blockquote").first.is_visible()
    folded.locator("summary").click()
    assert folded.locator("blockquote").first.is_visible()


@every(*ROUTES)
def test_paper_has_everything_but_the_ways(visit: Reader, route: str) -> None:
    """Black on white, whatever the screen; folded quotes open, every source and status there."""
    page = visit(route, scheme="dark", media="print")
    assert page.locator("nav:not(.crumbs):visible, a.skip:visible").count() == 0
    for part in ("blockquote", "figcaption a", ".badge", ".address"):
        parts = page.locator(f"main {part}")
        assert page.locator(f"main {part}:visible").count() == parts.count(), part
    assert page.evaluate(GROUND) in ("rgb(255, 255, 255)", None)
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in ink.strip("rgb()").split(",")) < 60


def test_a_printed_page_is_whole(visit: Reader) -> None:
    """Chromium prints as much of a page with folded quotes as of the same with all of them open."""
    page = visit(FOLDED, media="print")
    folded = len(page.pdf())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert abs(len(page.pdf()) - folded) < folded / 50


def test_a_quote_leads_to_its_place_in_the_source(visit: Reader) -> None:
    """From a fact's words to the passage that carries them, which is marked and in view."""
    page = visit(FACT)
    page.locator("main figcaption a").first.click()
    page.wait_for_url("**/sources/own-chips/#c*")
    there = page.locator("li:has(:target)")
    box = there.bounding_box()
    assert box is not None and 0 <= box["y"] < HEIGHTS[1280]
    assert "second half of 2026" in there.locator("mark").first.inner_text()
