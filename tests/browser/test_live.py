"""A fact's YAML is edited, and the page that stands open in a browser changes by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.projects import kites, replace, written
from tests.serving import Server, save_by_renaming, serving

ACME = "content/facts/companies/acme.yaml"
MS = 30_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(kites(small=True), tmp_path / "kites")


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    with serving(project) as server:
        yield server


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that fails its test when the page's policy refuses what the server adds."""
    context = chromium.new_context(viewport={"width": 390, "height": 600})
    context.set_default_timeout(MS)
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not [fault for fault in faults if not fault.startswith("Failed to load resource")]


def problems(page: Page) -> Locator:
    return page.get_by_role("alertdialog", name="Problems in the content")


def open_page(page: Page, address: str) -> None:
    """Opens a page, and waits until it is told of changes."""
    with page.expect_response(lambda got: "/.standfirst/events" in got.url):
        page.goto(address)


def test_an_open_page_changes_with_the_fact(page: Page, server: Server, project: Path) -> None:
    """By an editor that saves by renaming; the place that was being read stays."""
    open_page(page, server.address + "companies/acme/")
    fact = page.locator("#acme-4")
    fact.scroll_into_view_if_needed()
    page.evaluate("document.body.dataset.old = 'old'")
    height = page.evaluate("scrollY")
    assert height > 0
    save_by_renaming(project / ACME, "Of acme it is said that 7", "Of acme one hears that 7")
    expect(fact).to_contain_text("one hears that 7 million kites flew", timeout=MS)
    assert page.evaluate("document.body.dataset.old") is None
    page.wait_for_function("height => scrollY == height", arg=height)


def test_problems_lie_over_the_last_good_page_until_mended(
    page: Page, server: Server, project: Path
) -> None:
    open_page(page, server.address + "companies/acme/")
    page.evaluate("document.body.dataset.old = 'old'")
    replace(project / ACME, "sold 4 million", "sold <img src=x onerror=alert(1)>5 million")
    box = problems(page)
    expect(box).to_be_visible(timeout=MS)
    expect(box).to_contain_text(f"{ACME}:")
    expect(box).to_contain_text("unsourced-figure")
    expect(box).to_contain_text("<img src=x onerror=alert(1)>5 million")
    expect(box).to_contain_text("hint: ")
    expect(box).to_be_focused()
    assert box.locator("img").count() == 0
    assert page.evaluate("document.body.dataset.old") == "old"
    expect(page.locator("main")).to_contain_text("sold 4 million kites")
    replace(project / ACME, "sold <img src=x onerror=alert(1)>5 million", "sold 4 million")
    expect(box).to_have_count(0, timeout=MS)
    assert page.evaluate("document.body.dataset.old") == "old", "no byte of it has changed"


def test_problems_can_be_put_aside_until_the_next_change(
    page: Page, server: Server, project: Path
) -> None:
    open_page(page, server.address + "companies/acme/")
    page.locator("a.skip").focus()
    box = problems(page)
    for words, others in (("sold 4", "sold 5"), ("sold 5", "sold 6")):
        replace(project / ACME, f"{words} million", f"{others} million")
        expect(box).to_contain_text(f"{others} million", timeout=MS)
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        expect(page.locator("a.skip")).to_be_focused()
    replace(project / ACME, "sold 6 million", "sold 7 million")
    page.get_by_role("button", name="Hide until the next change").click()
    expect(box).to_have_count(0)


def test_a_wrong_beginning_becomes_the_page(page: Page, project: Path) -> None:
    """Where there is no page to serve yet, the problems stand in its place."""
    replace(project / ACME, "sold 4 million", "sold 5 million")
    with serving(project) as server:
        open_page(page, server.address + "companies/acme/")
        expect(page.locator("pre")).to_contain_text("unsourced-figure")
        expect(problems(page)).to_have_count(0)
        replace(project / ACME, "sold 5 million", "sold 4 million")
        expect(page.locator("h1")).to_contain_text("Acme", timeout=MS)


def test_a_page_that_comes_to_be_takes_the_place_of_the_missing_one(
    page: Page, server: Server, project: Path
) -> None:
    open_page(page, server.address + "ideas/fog/")
    (project / "content/facts/ideas/fog.yaml").write_text("name: Fog\n")
    expect(page.locator("h1")).to_contain_text("Fog", timeout=MS)


def test_a_changed_sheet_is_a_changed_page(page: Page, server: Server, project: Path) -> None:
    open_page(page, server.address + "about/")
    sheet = Path(__file__).parents[2] / "templates" / "style.css"
    (project / "templates").mkdir()
    (project / "templates" / "style.css").write_text(
        f"{sheet.read_text()}\nh1 {{ color: rgb(1, 2, 3); }}\n"
    )
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=MS)


def test_a_server_that_was_started_again_is_found(page: Page, project: Path) -> None:
    """The page that stands open takes up what was changed in between."""
    with serving(project) as first:
        open_page(page, first.address + "companies/acme/")
    replace(project / ACME, "sold 4 million", "gave 4 million")
    with serving(project, first.host.partition(":")[2]):
        expect(page.locator("main")).to_contain_text("gave 4 million kites", timeout=MS)
