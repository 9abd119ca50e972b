"""The search as a reader has it: what it asks for and when, what it finds, by keys and address."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from standfirst.build import Site
from standfirst.bundle import made
from standfirst.project import default_theme
from standfirst.publish import Held, publish
from tests.browser.conftest import HEIGHTS, Reader, uncomplaining
from tests.browser.test_reading import SMALL_TARGETS, SMALL_TYPE, TOO_WIDE
from tests.pages import served
from tests.projects import Project, kites

COMPANY = "companies/openai/"
FIELD = "form[role=search] input"
ROWS = ".hits a"
FOUND = ".found a"
HOSTILE = '<img src=x onerror="document.title=1">&amp;'
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(
    list.getEntries().reduce((sum, each) => sum + each.value, 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(done, 200, 0))"""


def asked(page: Page) -> list[str]:
    """The addresses that a page's scripts ask for from now on."""
    found: list[str] = []

    def hear(request: Request) -> None:
        if not request.url.endswith(".svg"):  # the icon, which the browser fetches when it likes
            found.append(urlsplit(request.url).path)

    page.on("request", hear)
    return found


def typed(page: Page, words: str, rows: str = ROWS) -> list[str]:
    """What is listed when these words are typed, each row as it is read."""
    page.fill(FIELD, words)
    page.wait_for_selector(f"{rows} mark")
    page.evaluate("document.fonts.ready")
    return [" ".join(row.split()) for row in page.locator(rows).all_inner_texts()]


def chosen(page: Page) -> str:
    """The row that the field says is chosen, where the list says so too."""
    id_ = page.get_attribute(FIELD, "aria-activedescendant")
    marked = page.locator(f"{ROWS}[aria-selected=true]")
    assert marked.count() == bool(id_)
    assert not id_ or marked.get_attribute("id") == id_
    return marked.inner_text() if id_ else ""


def test_nothing_is_fetched_before_the_focus_and_then_one_file(visit: Reader) -> None:
    page = visit(COMPANY)
    requests = asked(page)
    page.mouse.wheel(0, 900)
    page.keyboard.press("Tab")
    assert requests == []
    page.focus(FIELD)
    assert typed(page, "samsung")
    assert typed(page, "broadcom")
    assert requests == ["/sub/path/search/index.json"]


@pytest.mark.parametrize(
    ("words", "row", "route", "there"),
    [
        ("TSMC", "TSMC Company", "companies/tsmc/", "TSMC"),
        ("deploy first inference", "", "facts/*/", "inference chip"),
        ("underway", "with the words: underway", "facts/*/", "underway"),
        ("hunger", "A matter of control Section · with the words: hunger", "sections/control/", ""),
    ],
    ids=["entity", "fact", "quote", "section"],
)
def test_it_leads_where_the_words_stand(
    visit: Reader, words: str, row: str, route: str, there: str
) -> None:
    page = visit(COMPANY)
    assert row in typed(page, words)[0]
    page.locator(ROWS).first.click()
    page.wait_for_url(f"{visit.top}{route}")
    assert (there or words).lower() in page.inner_text("main").lower()


def test_every_word_must_be_found_whatever_case_and_accent(visit: Reader) -> None:
    page = visit(COMPANY)
    assert typed(page, "Sámsung TALKS") == typed(page, "samsung talks")
    assert len(typed(page, "samsung")) > len(typed(page, "samsung talks")) > 0
    page.fill(FIELD, "samsung xyzzy")
    expect(page.locator(".hits [role=status]")).to_have_text("Nothing found")
    assert page.locator(ROWS).count() == 0


def test_arrows_enter_and_escape(visit: Reader) -> None:
    """Down and up go through the list and over its ends; Enter opens what is chosen."""
    page = visit(COMPANY)
    rows = typed(page, "samsung")
    assert page.get_attribute(FIELD, "aria-expanded") == "true"
    assert chosen(page) == ""
    page.keyboard.press("ArrowDown")
    first = chosen(page)
    assert " ".join(first.split()) == rows[0]
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert " ".join(chosen(page).split()) == rows[-1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.get_attribute(FIELD, "aria-expanded") == "false"
    assert not page.locator(".hits").is_visible()
    assert page.input_value(FIELD) == "samsung"
    typed(page, "samsung")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.top}companies/samsung/")


def test_enter_alone_leads_to_all_results(visit: Reader) -> None:
    page = visit(COMPANY)
    typed(page, "second half")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.top}search/?q=second+half")
    page.wait_for_selector(FOUND)
    assert page.input_value(FIELD) == "second half"


def test_a_slash_goes_to_the_field_unless_one_types(visit: Reader) -> None:
    page = visit(COMPANY)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("a/b")
    assert page.input_value(FIELD) == "a/b"


def test_leaving_the_field_closes_the_list(visit: Reader) -> None:
    page = visit(COMPANY)
    typed(page, "samsung")
    page.keyboard.press("Tab")
    assert not page.locator(".hits").is_visible()


def test_an_address_with_a_question_can_be_shared(visit: Reader) -> None:
    """Facets have counts, stand in the address, and can be taken back."""
    page = visit("search/?q=chips+develop&kind=companies&status=reported")
    page.wait_for_selector(FOUND)
    shared = page.locator(FOUND).all_inner_texts()
    assert page.locator("#found").inner_text() == f"Results: {len(shared)}"
    assert all("Reported" in row for row in shared)
    assert page.locator("[aria-current=true]").all_inner_texts()[-2:] == ["Companies", "Reported"]
    way = page.locator(".facets [data-status=reported]")
    count = way.locator("xpath=following-sibling::span").inner_text()
    assert int(count) == len(shared)
    way.click()
    page.wait_for_url("**/search/?q=chips+develop&kind=companies")
    assert page.locator(FOUND).count() > len(shared)
    page.go_back()
    page.wait_for_url("**status=reported")
    assert page.locator(FOUND).all_inner_texts() == shared


def test_facets_count_what_they_would_leave(visit: Reader) -> None:
    page = visit("search/?q=chip")
    page.wait_for_selector(FOUND)
    count = page.locator("[data-kind=ideas] + span").inner_text()
    page.click("[data-kind=ideas]")
    page.wait_for_url("**kind=ideas")
    assert page.locator("#found").inner_text() == f"Results: {count}"
    other = page.locator("[data-status=opinion] + span").inner_text()
    page.click("[data-status=opinion]")
    page.wait_for_url("**status=opinion")
    assert page.locator("#found").inner_text() == f"Results: {other}"


def test_results_follow_what_is_typed(visit: Reader) -> None:
    page = visit("search/")
    assert page.locator("#names").is_visible() and not page.locator("#results").is_visible()
    typed(page, "broadcom", FOUND)
    assert page.url.endswith("/search/?q=broadcom")
    assert not page.locator("#names").is_visible()
    page.fill(FIELD, "")
    assert page.locator("#names").is_visible() and not page.locator("#results").is_visible()


def test_without_script_everything_stands_from_a_to_z(visit: Reader) -> None:
    """At the same address; what needs the script is not there."""
    page = visit(COMPANY, script=False)
    page.fill(FIELD, "samsung")
    page.press(FIELD, "Enter")
    page.wait_for_url(f"{visit.top}search/?q=samsung")
    assert page.locator("main button:visible, .facets a:visible").count() == 0
    assert page.locator("noscript").count() == 1
    page.locator("#names a", has_text="Samsung").first.click()
    page.wait_for_url(f"{visit.top}companies/samsung/")


@pytest.mark.parametrize("address", ["404.html", "404.html?gone/deep/"])
def test_the_page_for_missing_addresses_searches(
    folder: Path, chromium: Browser, address: str
) -> None:
    """Its addresses are absolute: it works wherever a host serves it."""
    with served(folder, "/standfirst/") as top:
        page = Reader(chromium, top)(address)
        assert typed(page, "samsung")
        page.locator(ROWS).first.click()
        page.wait_for_url(f"{top}companies/samsung/")


def test_opened_from_disk_it_says_that_it_needs_a_server(folder: Path, chromium: Browser) -> None:
    page = Reader(chromium, f"{folder.as_uri()}/")(f"{COMPANY}index.html")
    page.focus(FIELD)
    expect(page.locator(".hits")).to_contain_text("needs a web server")
    page.keyboard.type("samsung")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"{COMPANY}index.html")
    page = Reader(chromium, f"{folder.as_uri()}/")("search/index.html")
    expect(page.locator("#found")).to_contain_text("needs a web server")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_list_and_page_fit_and_are_accessible(visit: Reader, width: int, scheme: str) -> None:
    page = visit(COMPANY, width, scheme)  # type: ignore[arg-type]
    typed(page, "samsung")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(SHIFTS) == 0
    assert page.evaluate(TOO_WIDE) == [] and page.evaluate(SMALL_TYPE) == []
    assert violations(page) == []
    page = visit("search/?q=chip+design", width, scheme)  # type: ignore[arg-type]
    page.wait_for_selector(FOUND)
    assert page.evaluate(TOO_WIDE) == [] and page.evaluate(SMALL_TYPE) == []
    assert page.evaluate(SMALL_TARGETS, [".facets li:not([hidden]) a, .found a", 24]) == []
    assert violations(page) == []
    page = visit("search/", width, scheme)  # type: ignore[arg-type]
    assert page.evaluate(TOO_WIDE) == []
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def test_the_field_can_be_hit_with_a_thumb(visit: Reader) -> None:
    for width in (390, 360, 320):
        page = visit(COMPANY, 390)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert page.evaluate(SMALL_TARGETS, [FIELD, 44]) == []
        head = page.locator("header").first.bounding_box()
        assert head and head["height"] < 190
        assert page.evaluate(TOO_WIDE) == []


def in_the_real_theme(project: Project, folder: Path) -> Path:
    """A project as it is published with the real theme."""
    files = {path: d for path, d in project.files().items() if not path.startswith("templates/")}
    for path in default_theme().rglob("*"):
        if path.is_file():
            files[f"templates/{path.relative_to(default_theme()).as_posix()}"] = path.read_bytes()
    update = Site("engine").update(files)
    assert not update.problems, update.problems
    pages = {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
    if project.settings.get("plugins"):
        pages |= made({path: data for path, data in pages.items() if path.endswith(".html")})
    publish(folder, pages, Held())
    return folder


def strange() -> Project:
    """Kites with names in other scripts, and one that would like to be a picture."""
    project = kites(small=True)
    project.entities["companies/borea"]["name"] = HOSTILE
    project.entities["companies/acme"]["name"] = "东京风筝公司"
    project.entities["ideas/wind"] |= {"name": "Вітер і Їжак", "aliases": ["رياح الشمال"]}
    return project


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Reader]:
    folder = in_the_real_theme(strange(), tmp_path_factory.mktemp("others") / "site")
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.mark.parametrize("words", ["风筝", "їжа", "іжак", "الشم", "borea", "IMG onerror"])
def test_names_of_any_script_are_found_and_shown_as_text(others: Reader, words: str) -> None:
    for visit in uncomplaining(others):
        page = visit("companies/borea/")
        page.fill(FIELD, words)
        page.wait_for_selector(ROWS)
        assert page.locator(".hits img").count() == 0
        assert page.locator(ROWS).first.inner_text().strip()
        page = visit(f"search/?q={words}")
        page.wait_for_selector(FOUND)
        assert page.locator(".found img").count() == 0


def test_without_pages_of_their_own_facts_lead_to_their_entities(others: Reader) -> None:
    page = others("")
    typed(page, "acme said 5 million")
    page.locator(ROWS).first.click()
    page.wait_for_url(f"{others.top}companies/acme/#acme-2")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Reader]:
    """A site that says `search: pagefind`."""
    project = kites()
    project.settings["plugins"] = [{"standfirst": {"search": "pagefind"}}]
    folder = in_the_real_theme(project, tmp_path_factory.mktemp("large") / "site")
    with served(folder) as top:
        yield Reader(chromium, top)


def test_pagefind_answers_in_the_same_places(large: Reader) -> None:
    for visit in uncomplaining(large):
        page = visit("companies/borea/")
        requests = asked(page)
        page.mouse.wheel(0, 900)
        assert requests == []
        assert typed(page, "acme sold")
        assert any(path.endswith("/pagefind/pagefind.js") for path in requests)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{visit.top}facts/acme-1/")
        page = visit("search/?q=kites&kind=companies")
        page.wait_for_selector(FOUND)
        count = page.locator("[data-status=stated] + span").inner_text()
        page.click("[data-status=stated]")
        page.wait_for_url("**status=stated")
        expect(page.locator("#found")).to_have_text(f"Results: {count}")
        assert page.locator(f"{FOUND} .badge").first.inner_text() == "Stated"
        page.locator(FOUND).first.click()
        page.wait_for_url(f"{visit.top}facts/**")


def test_pagefind_is_there_to_be_tested() -> None:
    """The tests above would say little without its command."""
    assert shutil.which("python") is None or made({"index.html": b"<html><body>a</body></html>"})
