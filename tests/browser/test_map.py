"""The map as a browser draws it: no name over another or cut, none too small, all of them links."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from standfirst.publish import Held, publish
from tests.browser.conftest import HEIGHTS, Reader, uncomplaining
from tests.browser.test_reading import SMALL_TYPE, TOO_WIDE
from tests.pages import served
from tests.ties import Told, crowd, files_of, tied

BOXES = """picture => [...picture.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    return [text.textContent, box.left, box.top, box.right, box.bottom];
})"""
FRAME = """picture => {
    const box = picture.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
}"""
SIZES = """picture => [...picture.querySelectorAll('text')].map(text =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
MIDDLE = """link => {
    link.scrollIntoView({block: 'center'});
    const box = link.getBoundingClientRect(), title = link.querySelector('title');
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2, (title || link).textContent];
}"""
LINES_IN_TABLE = """() => {
    const rows = [...document.querySelectorAll('tbody')].flatMap(body => {
        const from = body.querySelector('th a').textContent;
        return [...body.rows].map(row => `${from} ${row.cells[row.cells.length - 3]
            .querySelector('a').textContent}`);
    });
    return rows;
}"""
Box = tuple[str, float, float, float, float]


@pytest.fixture(scope="module")
def many(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A briefing of 500 entities and 1500 ties, in every stage and status."""
    folder = tmp_path_factory.mktemp("many") / "site"
    publish(folder, files_of(crowd(500, 1500)), Held())
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.fixture(scope="module")
def long(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Names as broad as a face has them, longer than there is room for."""
    broad = ("MW", "Щ", "本", "@%", "AB ", "iI", "Å", "w m ", "€£", "ÖÄ", "ф", "g-")
    ties: list[Told] = [(at % 3, at, "early", "planned") for at in range(3, 12)]
    ties += [(0, 1, "agreed", "denied"), (1, 2, "", "stated")]
    folder = tmp_path_factory.mktemp("long") / "site"
    publish(
        folder, files_of(tied((f"{name * 60}{at}" for at, name in enumerate(broad)), ties)), Held()
    )
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.fixture(params=["real", "many", "long"])
def sites(request: pytest.FixtureRequest) -> Iterator[Reader]:
    name = "reader" if request.param == "real" else request.param
    yield from uncomplaining(request.getfixturevalue(name))


def over_one_another(boxes: list[Box]) -> list[tuple[str, str]]:
    """The names that share a pixel."""
    return [
        (a[0], b[0])
        for at, a in enumerate(boxes)
        for b in boxes[:at]
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]
    ]


def picture(page: Page, of: str) -> tuple[list[Box], list[float]]:
    """The boxes of a drawing's names, and its own."""
    drawing = page.locator(f"{of} > svg").first
    return drawing.evaluate(BOXES), drawing.evaluate(FRAME)


@pytest.mark.parametrize("width", [768, 1280])
def test_no_name_lies_over_another_or_is_cut(sites: Reader, width: int) -> None:
    page = sites("relations/")
    page.set_viewport_size({"width": width, "height": 900})
    boxes, (left, top, right, bottom) = picture(page, ".map")
    assert len(boxes) > 8
    assert over_one_another(boxes) == []
    for name, x, y, x2, y2 in boxes:
        assert left <= x and x2 <= right and top <= y and y2 <= bottom, name
    assert page.evaluate(TOO_WIDE) == []


def test_names_are_readable_or_not_shown(sites: Reader) -> None:
    """At every width 13 pixels as drawn; where there is no room for that the map stays out."""
    page = sites("relations/")
    for width in (*HEIGHTS, 767, 768, 900, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        drawing = page.locator(".map > svg")
        assert drawing.is_visible() == (width >= 768), width
        assert page.evaluate(TOO_WIDE) == [], width
        if width >= 768:
            assert min(drawing.evaluate(SIZES)) >= 13, width


def test_every_name_leads_to_its_entity(sites: Reader) -> None:
    """By a click; by keyboard the same links stand in the table, without a detour of thirty."""
    page = sites("relations/")
    links = page.locator(".map svg a")
    assert links.count() == page.locator(".map > svg > text").count()
    assert page.locator('.map svg a:not([tabindex="-1"])').count() == 0
    for address in sorted(set(links.evaluate_all("all => all.map(each => each.href.baseVal)"))):
        route = address.removeprefix("../")
        assert page.request.get(sites.top + route).ok, address
    x, y, name = links.first.evaluate(MIDDLE)
    page.mouse.click(x, y)
    assert page.locator("h1").text_content() == name


def test_every_line_stands_in_the_table(visit: Reader) -> None:
    """And the other way round: the real briefing is drawn whole."""
    page = visit("relations/")
    told = {" ".join(sorted(row.split(" "))) for row in page.evaluate(LINES_IN_TABLE)}
    lines = page.locator(".map > svg > g")
    assert lines.count() == len(told)
    titles = lines.locator("title").all_text_contents()
    rows = page.locator("tbody tr").count()
    assert sum(title.count(";") + 1 for title in titles) == rows


def test_what_is_denied_is_crossed(long: Reader) -> None:
    """Every line that tells a denial has a cross on it, in the colour of doubt and in print."""
    page = long("relations/")
    titles = page.locator(".map > svg > g > title").all_text_contents()
    crossed = page.locator(".map > svg > g:has(.cross)")
    assert crossed.count() == sum("Not so" in title for title in titles) > 0
    page.emulate_media(media="print")
    assert crossed.first.locator(".cross").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(sites: Reader, scheme: Literal["light", "dark"]) -> None:
    for width in (1280, 360):
        found = Axe().run(sites("relations/", width, scheme)).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [1280, 390, 360, 320])
def test_an_entity_is_drawn_beside_its_list(visit: Reader, width: int) -> None:
    """Small enough for a phone, large enough to be read there."""
    page = visit("companies/anthropic/", width)
    boxes, (left, _, right, _) = picture(page, ".near")
    assert len(boxes) == 9
    assert over_one_another(boxes) == []
    assert all(left <= box[1] and box[3] <= right for box in boxes)
    assert min(page.locator(".near > svg").evaluate(SIZES)) >= 13
    assert page.evaluate(SMALL_TYPE) == [] and page.evaluate(TOO_WIDE) == []


def test_a_long_neighbour_is_cut(long: Reader) -> None:
    page = long("houses/e0/", 320)
    boxes, (left, _, right, _) = picture(page, ".near")
    assert all(left <= box[1] and box[3] <= right for box in boxes)


def test_drawing_the_neighbours_costs_little(folder: Path) -> None:
    """A page with eight neighbours is less than 0.8 kB the heavier for them."""
    page = (folder / "companies/anthropic/index.html").read_bytes()
    start = page.index(b'<figure class="near"')
    end = page.index(b"</figure>", start) + len(b"</figure>")
    assert len(gzip.compress(page)) - len(gzip.compress(page[:start] + page[end:])) < 800
