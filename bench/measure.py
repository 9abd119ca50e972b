"""An address in a browser → what its page weighs, holds and lacks; and how fast it is painted.

The one place that measures: `make quality` prints it and the tests hold it. What is a time is in
`Pace`, everything else in `Measured`.
"""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files as files_in
from typing import Any, Literal

import html5lib
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from bench import looks

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions")
SLOW_4G = {"latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8}
SLOW_CPU = 4
A4 = {"width": 718, "height": 1046}
"""A sheet less the margins that browsers leave, in CSS pixels."""
HOPELESS = 5_000
"""A page of more elements than these breaks its bar so far that it is looked at no closer."""
COLOURED = ["color-contrast", "link-in-text-block"]
"""The rules of axe that depend on the colours alone."""
_AXE = files_in("axe_playwright_python").joinpath("axe.min.js")
_RUN_AXE = """async rules => (await axe.run(document, {resultTypes: ['violations'],
    ...(rules ? {runOnly: {type: 'rule', values: rules}} : {})})).violations
    .flatMap(one => one.nodes.map(each => `${one.id}: ${each.html.slice(0, 100)}`))"""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Measured:
    """What one page weighs in bytes as sent, what it holds, and what is wrong with it."""

    route: str
    html: int = 0
    css: int = 0
    js: int = 0
    fonts: int = 0
    images: int = 0
    other: int = 0
    requests: int = 0
    thirds: tuple[str, ...] = ()
    elements: int = 0
    words: int = 0
    lost: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    axe_light: tuple[str, ...] = ()
    axe_dark: tuple[str, ...] = ()
    axe_phone: tuple[str, ...] = ()
    wide_360: tuple[str, ...] = ()
    wide_320: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    small_type: tuple[str, ...] = ()
    small_targets: tuple[str, ...] = ()
    head: int = 0
    stops: int = 0
    unseen: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    head_faults: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    shift: float = 0.0

    @property
    def total(self) -> int:
        return self.html + self.css + self.js + self.fonts + self.images + self.other


@dataclass(frozen=True)
class Pace:
    """Seconds to the largest paint on a slow line and machine, and milliseconds of one task."""

    paint: float
    task: float


@dataclass(frozen=True)
class Found:
    """What a search cost: what came before it was asked for, bytes, requests, seconds."""

    before: int
    size: int
    requests: int
    seconds: float


@dataclass
class _Heard:
    """What a page asked for and complained of while it was opened."""

    sizes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    thirds: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    body: bytes = b""


_SORTS = {
    "document": "html",
    "stylesheet": "css",
    "script": "js",
    "font": "fonts",
    "image": "images",
}


class Measure:
    """Measures pages of one site with windows that stay open: `measure(route)`."""

    def __init__(self, browser: Browser, top: str) -> None:
        self.top = top
        self._host = top[: top.index("/", len("http://")) + 1]
        self._browser = browser
        self._windows: dict[bool, Page] = {}
        self._heard = _Heard()

    def __call__(self, route: str, body: bytes) -> Measured:
        """A page of the site, whose file holds this."""
        page = self._window(True)
        heard = self._heard = _Heard()
        self._open(page, route, 1280, 900)
        found: dict[str, Any] = {
            "elements": page.evaluate("document.querySelectorAll('*').length"),
            "shift": round(page.evaluate("window.measured.cls"), 4),
        }
        # Before the keyboard walks over the page: what a focus asks for is no part of its weight.
        found |= {name: heard.sizes[name] for name in (*_SORTS.values(), "other")}
        found |= {"requests": heard.requests}
        if found["elements"] <= HOPELESS:
            found |= self._closer(page, route) | {"invalid": invalid(body)}
        found |= {"thirds": heard.thirds, "complaints": heard.complaints}
        told: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in found.items()
        }
        return Measured(route, **told)

    def _closer(self, page: Page, route: str) -> dict[str, Any]:
        """What is seen of an open page in every light, at every width and on paper."""
        shown = page.inner_text("main")
        found: dict[str, Any] = {
            "words": len(shown.split()),
            "head_faults": page.evaluate(looks.HEAD),
            "small_type": page.evaluate(looks.SMALL_TYPE),
        }
        page.evaluate(_AXE.read_text())
        found["axe_light"] = page.evaluate(_RUN_AXE, None)
        found |= self._keyboard(page)
        page.emulate_media(color_scheme="dark")
        found["axe_dark"] = page.evaluate(_RUN_AXE, COLOURED)
        page.emulate_media(color_scheme="light")
        found |= self._phone(page)
        page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
        page.emulate_media(media="print")
        found["unprinted"] = page.evaluate(looks.NOT_PRINTED)
        page.emulate_media(media="screen")
        return found | self._unscripted(route, shown)

    def _open(self, page: Page, route: str, width: int, height: int) -> None:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("about:blank")  # else an anchor of the same address would load nothing
        page.goto(self.top + route.lstrip("/"))
        page.evaluate(looks.SETTLED)

    def _keyboard(self, page: Page) -> Mapping[str, Any]:
        """The stops before the content, and what has the focus without a ring around it."""
        unseen, stops = [], 0
        for _ in range(16):
            page.keyboard.press("Tab")
            if page.evaluate(looks.PAST_WAYS):
                break
            stops += 1
            if stops == 1 and not page.evaluate(looks.SKIPS):
                unseen.append("the first stop is not the skip link")
            unseen += filter(None, [page.evaluate(looks.RING)])
        unseen += filter(None, [page.evaluate(looks.RING)])
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")  # what a focus opens is no part of the page
        return {"stops": stops, "unseen": unseen}

    def _phone(self, page: Page) -> Mapping[str, Any]:
        page.set_viewport_size({"width": 320, "height": 568})
        wide_320 = page.evaluate(looks.TOO_WIDE)
        page.set_viewport_size({"width": 360, "height": 740})
        return {
            "wide_320": wide_320,
            "wide_360": page.evaluate(looks.TOO_WIDE),
            "narrow": page.evaluate(looks.NARROW),
            "head": page.evaluate(looks.HEAD_HEIGHT),
            "small_targets": page.evaluate(looks.SMALL_TARGETS),
            "axe_phone": page.evaluate(_RUN_AXE, None),
        }

    def _unscripted(self, route: str, shown: str) -> Mapping[str, Any]:
        """The words that only script brings, and the controls that only script serves."""
        bare = self._window(False)
        self._open_unscripted(bare, route)
        lost = Counter(shown.split()) - Counter(bare.inner_text("main").split())
        return {"lost": list(lost)[:8], "dead": bare.evaluate(looks.DEAD_CONTROLS)}

    def _open_unscripted(self, page: Page, route: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(self.top + route.lstrip("/"))

    def _window(self, script: bool) -> Page:
        if script not in self._windows:
            context = self._browser.new_context(java_script_enabled=script)
            if script:
                self._listen(context)
            self._windows[script] = context.new_page()
        return self._windows[script]

    def _listen(self, context: BrowserContext) -> None:
        context.add_init_script(looks.WATCH)
        context.on("console", self._said)
        context.on("weberror", lambda fault: self._heard.complaints.append(str(fault.error)))
        context.on("request", lambda asked: self._asked(asked.url))
        context.on("response", self._came)

    def _said(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self._heard.complaints.append(said.text)

    def _asked(self, address: str) -> None:
        if address.startswith(("data:", "about:", "blob:")):
            return
        self._heard.requests += 1
        if not address.startswith(self._host):
            self._heard.thirds.append(address)

    def _came(self, got: Response) -> None:
        if not got.url.startswith(("data:", "about:", "blob:")):
            sort = _SORTS.get(got.request.resource_type, "other")
            self._heard.sizes[sort] += int(got.headers.get("content-length", 0))
        if got.status >= 400:
            self._heard.complaints.append(f"{got.url} answers {got.status}")


def invalid(body: bytes) -> tuple[str, ...]:
    """What an independent parser of the standard finds wrong with a page."""
    parser = html5lib.HTMLParser()
    parser.parse(body.decode())
    return tuple(f"line {place[0]}: {slug} {more}" for place, slug, more in parser.errors[:5])


def slow_window(browser: Browser) -> Page:
    """A window on a slow line and machine, with nothing kept from before."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    context.add_init_script(looks.WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    return page


def pace(browser: Browser, addresses: Sequence[str], runs: int = 3) -> list[Pace]:
    """How fast each page is painted: the median of several runs, the pages taking turns."""
    found: list[list[Pace]] = [[] for _ in addresses]
    for _ in range(runs):
        for address, paces in zip(addresses, found, strict=True):
            page = slow_window(browser)
            page.goto(address)
            page.evaluate(looks.SETTLED)
            told = page.evaluate("window.measured")
            paces.append(Pace(told["lcp"] / 1000, told["task"]))
            page.context.close()
    return [
        Pace(
            statistics.median(one.paint for one in paces),
            statistics.median(one.task for one in paces),
        )
        for paces in found
    ]


SEARCH_FIELD = "form[role=search] input:not([type=hidden])"
SEARCH_RESULT = "[role=listbox] [role=option]"


def search(browser: Browser, address: str, words: str) -> Found | None:
    """What the first result of a search costs on a slow line; none where no field is."""
    page = slow_window(browser)
    got: list[Response] = []
    page.on("response", lambda one: got.append(one))
    page.goto(address, wait_until="networkidle")
    if not page.locator(SEARCH_FIELD).count():
        page.context.close()
        return None
    loaded = sum(one.request.resource_type in ("fetch", "xhr") for one in got)
    got.clear()
    page.evaluate("window.began = performance.now()")
    page.locator(SEARCH_FIELD).first.press_sequentially(words)
    page.locator(SEARCH_RESULT).first.wait_for(timeout=20_000)
    seconds = page.evaluate("performance.now() - window.began") / 1000
    size = sum(int(one.headers.get("content-length", 0)) for one in got)
    found = Found(loaded, size, len(got), seconds)
    page.context.close()
    return found
