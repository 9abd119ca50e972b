"""What a reader does with the timeline: chooses, follows a mark, reads the picture on a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import Reader, uncomplaining
from tests.pages import served
from tests.timelines import Chronicle, chronicle, fact, many

TOP = "timeline/"
NAMES = (
    "wmwm-mwmwmwm-wwwwwwwwwww",
    "織田信長織田信長織田信長織田信長織田",
    "ab",
    "kite-makers-of-borea",
)
FULL = [
    fact(f"d-{n}", f"{2026 + n // 12}-{n % 12 + 1:02}-11", entity=f"e-{n % 7}") for n in range(60)
]
BROAD = [
    fact(f"{n}", date, entity=NAMES[n % 4])
    for n, date in enumerate(
        [
            "2031-05-07",
            "2031-05-08",
            "2031-05-09~",
            "2031-04",
            "[..2031-05]",
            "2031-05-01/..",
            "2030-06",
        ]
        * 3
    )
]
"""Names that need much room, and days beside the briefing's own date."""
PLACES = """() => [...document.querySelectorAll('.overview text')]
    .filter(each => each.getBoundingClientRect().width > 0)
    .map(each => {
        const box = each.getBoundingClientRect(), style = getComputedStyle(each);
        return {words: each.textContent, size: parseFloat(style.fontSize), left: box.left,
            right: box.right, top: Math.round(box.top), scale: box.height / each.getBBox().height};
    })"""


ROWS = """() => {
    const boxes = selector => [...document.querySelectorAll(selector)]
        .filter(each => each.getBoundingClientRect().width > 0)
        .map(each => {
            const box = each.getBoundingClientRect();
            return {words: each.textContent, left: box.left, right: box.right,
                middle: (box.top + box.bottom) / 2};
        });
    return {names: boxes('.overview a text'), marks: boxes('.overview a rect'),
        lines: boxes('.overview .now'), picture: boxes('.overview > svg')[0]};
}"""


BEFORE_THE_LINE = """() => {
    const line = document.querySelector('.overview .now');
    const isBefore = mark => Boolean(
        line.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    const small = [...document.querySelectorAll('.overview a rect')]
        .filter(mark => mark.getBoundingClientRect().width < 10).map(isBefore);
    return [...new Set(small)];
}"""


@pytest.fixture(scope="session")
def many_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Long and odd timelines, each under a folder of its own."""
    folder = tmp_path_factory.mktemp("timelines")
    far = [fact("old", "1950-06"), fact("far", "2090"), *many(20)]
    for name, told in {
        "long": chronicle(many(5000)),
        "far": chronicle(far),
        "one": chronicle([fact("one", "2031-05-06")]),
        "full": chronicle(FULL),
        "broad": chronicle(BROAD),
    }.items():
        write(told, folder / name)
    return folder


def write(told: Chronicle, folder: Path) -> None:
    """The pages of all events, and the style they ask for."""
    for page in told.pages():
        if not page.choice.kind and not page.choice.status:
            path = folder / page.route.strip("/") / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(told.html(page))
    for route, data in told.assets():
        path = folder / route.strip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture(scope="session")
def reader_of_many(chromium: Browser, many_on_disk: Path) -> Iterator[Reader]:
    with served(many_on_disk) as top:
        yield Reader(chromium, top)


@pytest.fixture
def visit_many(reader_of_many: Reader) -> Iterator[Reader]:
    yield from uncomplaining(reader_of_many)


def test_without_script_a_choice_is_a_page_of_its_own(visit: Reader) -> None:
    """Kind, then status, then all statuses again: each at an address that shows the same alone."""
    page = visit(TOP, script=False)
    everything = page.locator(".events > li").count()
    page.locator(".filters").get_by_role("link", name="Companies").click()
    companies = page.locator(".events > li").count()
    assert page.url.endswith("/timeline/companies/") and 0 < companies < everything
    page.locator(".filters").get_by_role("link", name="Reported").click()
    assert page.url.endswith("/timeline/companies/status/reported/")
    badges = page.locator(".events .badge.told").count()
    assert 0 < badges == page.locator(".events > li").count() < companies
    chosen = page.locator(".filters [aria-current]").all_inner_texts()
    assert chosen == ["Companies", "Reported"]
    page.locator(".filters ul").nth(1).get_by_role("link", name="All").click()
    assert page.url.endswith("/timeline/companies/")
    assert page.locator(".events > li").count() == companies


def test_one_entity_is_chosen_from_a_folded_list(visit: Reader) -> None:
    page = visit(TOP, script=False)
    page.locator(".filters summary").click()
    page.locator(".filters details").get_by_role("link", name="OpenAI", exact=True).click()
    assert page.url.endswith("/timeline/companies/openai/")
    assert "OpenAI" in page.locator(".events").first.inner_text()


def test_a_mark_leads_to_its_event_and_the_keyboard_passes_over_it(visit: Reader) -> None:
    page = visit(TOP)
    marks = page.locator(".overview a")
    assert marks.count() == page.locator(".events > li").count() > 5
    to = marks.last.get_attribute("href")
    marks.last.locator("rect").click()
    assert to and page.url.endswith(to)
    assert page.locator(":target").is_visible()
    assert page.evaluate("[...document.querySelectorAll('.overview a')].every(a => a.tabIndex < 0)")


def test_every_event_is_reached_by_keyboard(visit: Reader) -> None:
    page = visit(TOP)
    stops = (
        "[...document.querySelectorAll('.events > li')].every(li => li.querySelector('a[href]'))"
    )
    assert page.evaluate(stops)


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
@pytest.mark.parametrize("name", ["long", "far", "one", "briefing"])
def test_the_words_of_the_picture_are_readable_and_apart(
    visit: Reader, visit_many: Reader, name: str, width: int
) -> None:
    page = visit(TOP, width) if name == "briefing" else visit_many(f"{name}/{TOP}", width)
    words = page.evaluate(PLACES)
    assert len(words) >= 2
    for one in words:
        assert one["size"] * one["scale"] >= 13, one
        assert one["left"] >= 0 and one["right"] <= width, one
    for one in words:
        for other in words:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert one is other or apart or one["top"] != other["top"], (one, other)


@pytest.mark.parametrize("width", [768, 1024, 1280, 1600])
@pytest.mark.parametrize("name", ["briefing", "broad", "full", "far", "one"])
def test_names_in_the_picture_keep_apart_from_marks_and_from_each_other(
    visit: Reader, visit_many: Reader, name: str, width: int
) -> None:
    page = visit(TOP) if name == "briefing" else visit_many(f"{name}/{TOP}")
    page.set_viewport_size({"width": width, "height": 900})
    found = page.evaluate(ROWS)
    names, marks, lines = found["names"], found["marks"], found["lines"]
    assert names and marks and all(len(one["words"]) <= 20 for one in names)
    for one in names:
        assert found["picture"]["left"] <= one["left"], one
        assert one["right"] <= found["picture"]["right"], one
        beside = [x for x in (*names, *marks) if abs(x["middle"] - one["middle"]) < 8]
        assert len(beside) >= 2
        for other in (*beside, *lines):
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert one is other or apart, (one, other)


def test_a_phone_has_no_room_for_names(visit: Reader) -> None:
    assert not visit(TOP, 390).evaluate(ROWS)["names"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_mark_can_be_seen_even_at_the_line_of_the_date(
    visit: Reader, visit_many: Reader, width: int
) -> None:
    """No mark is narrower than seven pixels, and no small one lies behind that line."""
    for page in (visit(TOP, width), visit_many(f"broad/{TOP}", width)):
        marks = page.evaluate(ROWS)["marks"]
        assert marks and all(one["right"] - one["left"] >= 7 for one in marks), marks
        assert page.evaluate(BEFORE_THE_LINE) == [True]


def test_an_open_end_has_one_sign_in_ink(visit: Reader) -> None:
    """In the picture, in its legend and beside each event: the same strokes in the same colour."""
    page = visit(TOP)
    signs = page.evaluate("""() => ['.overview a', 'figcaption', '.axis'].map(place => {
        const sign = document.querySelector(place + ' .arrow'), style = getComputedStyle(sign);
        const box = sign.getBBox();
        return [style.stroke, style.fill, style.strokeWidth, box.width, box.height].join();
    })""")
    assert len(set(signs)) == 1, signs
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert signs[0].startswith(f"{ink},none,")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
@pytest.mark.parametrize(
    "route",
    [TOP, f"{TOP}companies/status/reported/", f"{TOP}undated/", "long/timeline/",
     "long/timeline/year/2030/2/", "far/timeline/"],
)  # fmt: skip
def test_axe_finds_nothing(
    visit: Reader,
    visit_many: Reader,
    route: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    opened = visit if route.startswith(TOP) else visit_many
    found = Axe().run(opened(route, width, scheme))
    assert found.violations_count == 0, found.generate_report()


def test_paper_has_no_filters(visit: Reader) -> None:
    page = visit(TOP, media="print")
    assert page.locator(".filters:visible, .parts:visible").count() == 0
    assert page.locator(".events > li:visible").count() == page.locator(".events > li").count()
