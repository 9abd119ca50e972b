"""A briefing of 500 entities: every page of it is bounded, whole and linked; without a browser."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin

import pytest

from bench.bars import BARS, sort_of
from bench.corpus import built, large
from bench.sayings import SORTS
from bench.served import packed
from standfirst import plan
from standfirst.dates import Dating, read_date
from standfirst.link import FactCard
from standfirst.lists import list_pages
from standfirst.model import Status
from tests.pages import Page, read_page
from tests.projects import clean, kites

TOP = "https://example.org/kites/"
STARTS = re.compile(rb"<[a-z]")


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    return built(large())


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Page]:
    return {path: read_page(data) for path, data in html(files)}


def html(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield from ((path, data) for path, data in files.items() if path.endswith(".html"))


def most(bar: str, sort: str) -> float:
    found = next(one for one in BARS if one.name == bar)
    return found.most.get(sort, found.most[""])


def test_no_page_grows_with_the_briefing(files: Mapping[str, bytes]) -> None:
    """None is heavier or has more elements than its bar allows, whatever the briefing's size."""
    found = []
    for path, data in html(files):
        sort = sort_of("/" + path.removesuffix("index.html"))
        for bar, count in (("html bytes", len(packed(data))), ("elements", elements(data))):
            if count > most(bar, sort):
                found.append(f"{path}: {bar} {count}")
    assert not found, f"{len(found)} pages: {found[:20]}"


def elements(data: bytes) -> int:
    return len(STARTS.findall(data))


def test_no_link_or_anchor_of_a_large_site_is_dead(
    files: Mapping[str, bytes], pages: Mapping[str, Page]
) -> None:
    dead: Counter[str] = Counter()
    ids = {path: frozenset(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        if path == "404.html":
            continue
        for _, to, anchor in page.linked(TOP + path.removesuffix("index.html")):
            there = unquote(to.removeprefix(TOP).partition("?")[0])
            there += "index.html" if not there or there.endswith("/") else ""
            if there not in files:
                dead[there] += 1
            elif anchor and there in ids and anchor not in ids[there]:
                dead[f"{there}#{anchor}"] += 1
    assert not dead, dead.most_common(10)


def test_ids_are_unique_and_titles_ones_own(pages: Mapping[str, Page]) -> None:
    assert not [path for path, page in pages.items() if len(page.ids) != len(set(page.ids))]
    titles = Counter(page.title for path, page in pages.items() if sort_of(f"/{path}") != "fact")
    assert not [title for title, count in titles.items() if count > 1]


def test_every_page_of_a_large_site_is_reached_from_home(
    files: Mapping[str, bytes], pages: Mapping[str, Page]
) -> None:
    reached, todo = {"index.html"}, ["index.html"]
    while todo:
        at = todo.pop()
        for _, to, _ in pages[at].linked(TOP + at.removesuffix("index.html")):
            there = urljoin(to, "index.html") if to.endswith("/") else to
            there = there.removeprefix(TOP)
            if there in pages and there not in reached:
                reached.add(there)
                todo.append(there)
    assert pages.keys() - {"404.html"} == reached


# The corpus itself.


def test_the_same_numbers_give_the_same_bytes() -> None:
    assert large(30) == large(30)
    assert large(30) != large(30, seed=2)


@pytest.mark.parametrize(("entities", "facts"), [(1, 1), (2, 3), (7, 25), (60, 6)])
def test_a_briefing_of_any_size_passes_every_check(entities: int, facts: int) -> None:
    _, update = clean(large(entities, facts))
    assert not update.problems
    assert update.counts.coverage.accounted == update.counts.coverage.passages
    assert entities * facts <= update.counts.facts <= entities * (facts + 1)


def test_all_sorts_of_dates_and_statuses_are_told() -> None:
    site, _ = clean(large(60, len(SORTS)))
    cards = site.reader().all(FactCard, "facts")
    assert {card.status for card in cards} == set(Status.__args__)
    datings = [read_date(card.date) for card in cards if card.date]
    told = [dating for dating in datings if isinstance(dating, Dating)]
    assert len(told) == len(datings)
    assert {"day", "month", "year"} < {dating.precision for dating in told}
    for is_so in ("open_start", "open_end", "approximate"):
        assert any(getattr(dating, is_so) for dating in told), is_so
    assert any(card.flagged for card in cards)
    assert any(not card.date for card in cards)


# Lists over pages.


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (100, [100]), (125, [125]), (126, [100, 26]), (325, [100, 100, 125])],
)
def test_a_list_is_told_on_pages_and_none_is_short(count: int, sizes: list[int]) -> None:
    pages = list_pages("/facts/", "/facts/page/", list(range(count)), 100)
    assert [len(page.rows) for page in pages] == sizes
    assert [row for page in pages for row in page.rows] == list(range(count))
    routes = [page.route for page in pages]
    assert routes[:2] == ["/facts/", "/facts/page/2/"][: len(routes)]
    assert [page.previous for page in pages] == [None, *routes[:-1]]
    assert [page.following for page in pages] == [*routes[1:], None]


def test_a_lists_page_is_no_records_own() -> None:
    """Entities and facts may be called whatever an id can be; no list's page is where theirs is."""
    project = kites()
    for number in range(1, 200):
        project.entities[f"companies/{number}"] = {"name": f"House {number}"}
    for id_ in ("page", "of", "status", "planned", "companies"):
        fact = {**project.fact("acme-1"), "id": id_, "value": None, "relations": None}
        project.facts["companies/acme"].append(fact)
    site, update = clean(project.files())
    assert not update.problems
    planned = Counter(page.route for page in plan._pages(site.reader()))
    assert not [route for route, count in planned.items() if count > 1]
    assert {"/companies/2/", "/companies/-/2/", "/facts/of/", "/facts/of/companies/"} <= {*planned}
