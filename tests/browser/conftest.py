"""A chromium, the real site on a server and on disk, and pages opened the way a reader has them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.pages import build_briefing, served

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions")
HEIGHTS = {1280: 900, 390: 844, 360: 740, 320: 568}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser, and is left out by `-m "not browser"`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Reader:
    """Opens pages of a site, and keeps what they complain of; its windows stay open."""

    def __init__(self, browser: Browser, top: str) -> None:
        self.top = top
        self.complaints: list[str] = []
        self._host = top[: top.index("/", len("http://")) + 1]
        self._browser = browser
        self._windows: dict[tuple[object, ...], Page] = {}

    def __call__(
        self,
        route: str,
        width: int = 1280,
        scheme: Literal["light", "dark"] = "light",
        script: bool = True,
        media: Literal["screen", "print"] = "screen",
    ) -> Page:
        """A page as it is when all of it has arrived, with nothing focused or opened."""
        key = (scheme, script)
        page = self._windows.get(key)
        if page is None:
            page = self._windows[key] = self._window(scheme, script)
        page.goto("about:blank")  # the same address again, or an anchor of it, would load nothing
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(media=media)
        page.goto(self.top + route)
        return page

    def _window(self, scheme: Literal["light", "dark"], script: bool) -> Page:
        context = self._browser.new_context(color_scheme=scheme, java_script_enabled=script)
        context.on("console", self._hear)
        context.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        context.on("request", lambda asked: self._see(asked.url))
        context.on("response", self._check)
        return context.new_page()

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.page and said.page.url}: {said.text}")

    def _see(self, address: str) -> None:
        if not address.startswith((self._host, "data:", "about:")):
            self.complaints.append(f"asks for {address}")

    def _check(self, got: Response) -> None:
        if got.status >= 400:
            self.complaints.append(f"{got.url} answers {got.status}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if path is None:
        pytest.fail(
            "no chromium here: apt install chromium, name one in CHROMIUM, or leave these tests "
            'out with -m "not browser"'
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site on disk."""
    site = tmp_path_factory.mktemp("browser") / "site"
    build_briefing(site)
    return site


@pytest.fixture(scope="session")
def reader(chromium: Browser, folder: Path) -> Iterator[Reader]:
    with served(folder) as top:
        yield Reader(chromium, top)


@pytest.fixture(scope="session")
def reader_of_files(chromium: Browser, folder: Path) -> Reader:
    return Reader(chromium, f"{folder.as_uri()}/")


@pytest.fixture
def visit(reader: Reader) -> Iterator[Reader]:
    """Opens a page of the site on a server, under a path of it."""
    yield from uncomplaining(reader)


@pytest.fixture
def visit_file(reader_of_files: Reader) -> Iterator[Reader]:
    """Opens a page from disk, as by a double click."""
    yield from uncomplaining(reader_of_files)


def uncomplaining(reader: Reader) -> Iterator[Reader]:
    """A page that logs an error, is refused by its policy or asks elsewhere fails its test."""
    reader.complaints.clear()
    yield reader
    assert not reader.complaints
