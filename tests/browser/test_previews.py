"""Previews: what a link leads to on its own page, shown beside it by pointer and by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import HEIGHTS, Reader
from tests.browser.test_reading import HOME, SECTION

MARK = ".prose .cite a"
ENTITY = ".prose a[href^='../../companies/']"
WITHIN = """each => {
    const box = each.getBoundingClientRect(), width = document.documentElement.clientWidth;
    return box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= innerHeight;
}"""


def preview(page: Page) -> Locator:
    return page.locator(".preview")


def words(place: Locator) -> str:
    return " ".join((place.text_content() or "").split())


def away(page: Page) -> None:
    """The pointer rests on nothing that leads anywhere."""
    page.locator("h1").hover()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_mark_shows_its_evidence_and_stays_till_the_pointer_has_left(
    visit: Reader, width: int
) -> None:
    page = visit(SECTION, width)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(MARK).first.hover()
    expect(preview(page)).to_be_visible()
    number = words(page.locator(MARK).first)
    assert words(preview(page)) == words(page.locator(f"#e{number}"))
    assert page.locator(".preview [id]").count() == 0
    preview(page).locator("blockquote").first.hover()
    expect(preview(page)).to_be_visible()
    away(page)
    expect(preview(page)).to_have_count(0)
    assert not [url for url in asked if "icon" not in url]


def test_an_entity_shows_who_it_is(visit: Reader) -> None:
    page = visit(SECTION)
    link = page.locator(ENTITY).first
    link.hover()
    expect(preview(page)).to_contain_text("Company")
    to = link.get_attribute("href")
    entry = page.locator(".who li", has=page.locator(f"a[href='{to}']"))
    assert words(preview(page)) == words(entry)


def test_on_the_overview_who_is_who_says_it(visit: Reader) -> None:
    page = visit(HOME)
    page.locator(".lede a[href='companies/openai/']").first.hover()
    expect(preview(page)).to_be_visible()
    assert words(preview(page)) == words(page.locator("#about-openai"))


def test_escape_dismisses_and_the_focus_stays(visit: Reader) -> None:
    page = visit(SECTION)
    link = page.locator(MARK).first
    page.keyboard.press("Tab")
    link.focus()
    expect(preview(page)).to_be_visible()
    page.locator("h1").hover()  # a pointer that passes by takes nothing away
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    assert link.evaluate("link => link === document.activeElement")


def test_the_focus_takes_its_preview_along(visit: Reader) -> None:
    page = visit(SECTION)
    page.keyboard.press("Tab")
    page.locator(MARK).nth(0).focus()
    expect(preview(page)).to_be_visible()
    first = words(preview(page))
    page.locator(MARK).nth(1).focus()
    expect(preview(page)).not_to_have_text(re.compile(re.escape(first[:40])))
    page.locator("header a").first.focus()
    expect(preview(page)).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_preview_lies_within_the_window_and_beside_its_link(visit: Reader, width: int) -> None:
    """Wherever its link stands: at an edge, at the foot, at the top."""
    page = visit(SECTION, width)
    for link in page.locator(f"{MARK}, {ENTITY}").all():
        away(page)
        expect(preview(page)).to_have_count(0)
        link.hover()
        expect(preview(page)).to_be_visible()
        assert preview(page).evaluate(WITHIN)
        own, box = link.bounding_box(), preview(page).bounding_box()
        assert own and box
        assert box["y"] >= own["y"] + 10 or box["y"] + box["height"] <= own["y"] + 1
        page.keyboard.press("Escape")


def test_a_preview_moves_nothing(visit: Reader) -> None:
    page = visit(SECTION)
    size = "[document.documentElement.scrollHeight, document.querySelector('footer').offsetTop]"
    before = page.evaluate(size)
    page.locator(MARK).last.hover()
    expect(preview(page)).to_be_visible()
    assert page.evaluate(size) == before


@pytest.fixture
def touched(visit: Reader) -> Iterator[Page]:
    """A page on a phone, which knows no pointer that hovers."""
    browser = visit(SECTION).context.browser
    assert browser
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": HEIGHTS[390]})
    page = context.new_page()
    page.clock.install()
    page.goto(visit.top + SECTION)
    yield page
    context.close()


def test_a_tap_follows_the_link(touched: Page) -> None:
    touched.locator(MARK).first.tap()
    touched.wait_for_url("**#e*")
    expect(touched.locator("li:target")).to_be_in_viewport()
    touched.clock.run_for(2_000)
    assert preview(touched).count() == 0


def test_without_script_a_mark_leads_to_its_evidence_and_back(visit: Reader) -> None:
    page = visit(SECTION, script=False)
    mark = page.locator(MARK).first
    mark.click()
    note = page.locator("li:target")
    expect(note.locator("blockquote").first).to_be_in_viewport()
    note.get_by_role("link", name="Back to the text").click()
    page.wait_for_url("**#r*")
    expect(page.locator("a:target")).to_be_in_viewport()
    assert words(page.locator("a:target")) == words(mark)


def test_every_entity_that_a_section_links_is_introduced_below_it(visit: Reader) -> None:
    page = visit(SECTION, script=False)
    hrefs = "links => [...new Set(links.map(link => link.getAttribute('href')))]"
    linked = page.locator(".prose a[href^='../../']:not([href*='/facts/'])").evaluate_all(hrefs)
    entries = page.locator(".who .name").evaluate_all(hrefs)
    assert entries == linked and len(entries) > 3
    assert page.locator(".who > li > p").evaluate_all("all => all.every(p => p.innerText)")


def test_a_link_to_nothing_shows_nothing(visit: Reader) -> None:
    """A section may hold one; the first entry without an anchor is not where it leads."""
    page = visit(SECTION)
    page.locator(".prose p").first.evaluate(
        "place => place.insertAdjacentHTML('afterbegin', '<a id=nowhere href=#>1</a> ')"
    )
    page.clock.install()
    page.locator("#nowhere").hover()
    page.clock.run_for(1000)
    expect(preview(page)).to_have_count(0)
