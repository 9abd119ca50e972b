"""MkDocs' pages in the site's frame, as a reader sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import HEIGHTS, Reader, uncomplaining
from tests.browser.test_reading import SMALL_TYPE, TOO_WIDE
from tests.pages import ROOT, served
from tests.test_mkdocs import MAIN, copy, mkdocs, more_files

DOCUMENTS = sorted(path.stem for path in (ROOT / "docs").glob("*.md") if path.stem != "index")


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Reader]:
    """The real site as `mkdocs build` makes it, on a server."""
    project = copy(tmp_path_factory.mktemp("documents") / "project", *MAIN, *more_files())
    mkdocs(project)
    with served(Path(project, "site")) as top:
        yield Reader(chromium, f"{top}docs/")


@pytest.fixture
def visit(documents: Reader) -> Iterator[Reader]:
    yield from uncomplaining(documents)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_can_be_read_at_every_width(visit: Reader, name: str) -> None:
    page = visit(f"{name}/")
    assert page.locator("h1:visible").count() == 1
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) == [], f"at {width}"
        assert page.evaluate(SMALL_TYPE) == [], f"at {width}"


def test_from_the_documents_to_one_of_them_and_back(visit: Reader) -> None:
    page = visit("")
    page.locator("main a[href='deploy/']").first.click()
    page.wait_for_url("**/docs/deploy/")
    page.locator("main nav a[href='../']").click()
    page.wait_for_url("**/docs/")
