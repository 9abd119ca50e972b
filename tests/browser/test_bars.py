"""Every bar that is not a time, on the real briefing and on briefings that nobody hoped for.

The measuring and the bars are those of `make quality`; a page that breaks one is named with what is
wrong and how much of it there is.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.bars import faults, sort_of
from bench.measure import Measure, Measured
from bench.served import files_of, served
from tests.extremes import CASES, Case, published

NAMED = (
    "/",
    "/companies/openai/",
    "/companies/anthropic/",
    "/chips/openai-chip/",
    "/timeline/",
    "/relations/",
    "/compare/companies/",
    "/sources/own-chips/",
    "/sections/control/",
    "/search/",
)
"""The pages that every bar is promised for."""
OTHERS = (
    "/companies/",
    "/companies/anthropic/2/",
    "/facts/",
    "/facts/openai-chip-deployment-target/",
    "/disputes/",
    "/sources/",
    "/about/",
    "/print/",
)
"""Further pages, each kept to the bars where the site has it."""


@pytest.fixture(scope="session")
def files(folder: Path) -> Mapping[str, bytes]:
    return files_of(folder)


@pytest.fixture(scope="session")
def measure(chromium: Browser, files: Mapping[str, bytes]) -> Iterator[Measure]:
    with served(files) as top:
        yield Measure(chromium, top)


def told(measured: Measured, sort: str) -> str:
    return "\n".join(str(fault) for fault in faults(measured, sort))


@pytest.mark.parametrize("route", NAMED)
def test_a_page_keeps_every_bar(measure: Measure, files: Mapping[str, bytes], route: str) -> None:
    body = files[f"{route[1:]}index.html"]
    assert told(measure(route, body), sort_of(route)) == ""


@pytest.mark.parametrize("route", OTHERS)
def test_a_further_page_keeps_every_bar(
    measure: Measure, files: Mapping[str, bytes], route: str
) -> None:
    body = files.get(f"{route[1:]}index.html")
    if body is None:
        pytest.skip(f"this site has no {route}")
    assert told(measure(route, body), sort_of(route)) == ""


@pytest.fixture(scope="session")
def extremes(chromium: Browser) -> Iterator[Callable[[str, str], Measured]]:
    """Measures a page of a case; the cases stand side by side on one server."""
    cases = {case.__name__: case for case in CASES}
    files: dict[str, bytes] = {}

    @cache
    def pages_of(name: str) -> Mapping[str, bytes]:
        made: Case = cases[name]()
        pages = published(*made)
        files.update({f"{name}/{path}": data for path, data in pages.items()})
        return pages

    with served(files) as top:
        measure = Measure(chromium, top)

        def measured(name: str, route: str) -> Measured:
            body = pages_of(name)[f"{route[1:]}index.html"]
            return measure(f"/{name}{route}", body)

        yield measured


ROUTES = [(case.__name__, route) for case in CASES for route in case()[1]]


@pytest.mark.parametrize(("case", "route"), ROUTES, ids=[f"{c}:{r}" for c, r in ROUTES])
def test_bad_input_breaks_no_bar(
    extremes: Callable[[str, str], Measured], case: str, route: str
) -> None:
    assert told(extremes(case, route), sort_of(route)) == ""
