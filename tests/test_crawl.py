"""The real briefing under a sub-path, walked link by link: nothing dead, nothing from elsewhere."""

import http.client
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest

from standfirst.load import load
from standfirst.model import Settings
from tests.pages import EXTERNAL, ROOT, Link, Page, build_briefing, read_page, served

SETTINGS = next(
    record
    for record, _ in load("mkdocs.yml", (ROOT / "mkdocs.yml").read_bytes()).records
    if isinstance(record, Settings)
)


@dataclass
class Walk:
    """A site as it was walked from its home: what was asked for, and what came."""

    top: str
    files: Mapping[str, bytes]
    pages: dict[str, Page] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def links(self) -> Iterator[tuple[str, Link, str, str]]:
        """The page, the link, and the address and the anchor it leads to."""
        for address, page in self.pages.items():
            for link, to, anchor in page.linked(address):
                yield address, link, to, anchor

    def page(self, route: str) -> Page:
        return self.pages[urljoin(self.top, route.lstrip("/"))]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The real site, built once, and walked over HTTP from its home."""
    folder = tmp_path_factory.mktemp("crawl") / "site"
    files = build_briefing(folder)
    with served(folder) as top:
        walked = Walk(top, files)
        connection = http.client.HTTPConnection(urlsplit(top).netloc, timeout=10)
        todo = [top]
        while todo:
            address = todo.pop()
            connection.request("GET", urlsplit(address).path)
            answer = connection.getresponse()
            data = answer.read()
            if answer.status != 200:
                walked.dead.append(f"{address} answers {answer.status}")
            elif answer.headers.get_content_type() == "text/html":
                page = walked.pages[address] = read_page(data)
                found = {to.partition("?")[0] for _, to, _ in page.linked(address)}
                todo += sorted(to for to in found if to.startswith(top) and to not in walked.asked)
                walked.asked |= found
        connection.close()
    return walked


@pytest.fixture(scope="module")
def facts(walk: Walk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(walk.files["api/v1/facts.json"])["facts"]
    return found


def is_canonical(address: str, link: Link, page: Page) -> bool:
    """Whether a link is the one by which a page names its own published address."""
    known = [attrs for tag, attrs in page.head if tag == "link" and attrs.get("href") == link.to]
    return any(attrs.get("rel") == "canonical" for attrs in known)


def test_no_link_is_dead(walk: Walk) -> None:
    """Pages, style, icon, data: everything that is linked answers."""
    dead = set(walk.dead)
    told = [f"{at}: {link.to}" for at, link, to, _ in walk.links() if f"{to} answers 404" in dead]
    assert not walk.dead, told


def test_no_anchor_is_dead(walk: Walk) -> None:
    dead = [
        f"{at}: {link.to}"
        for at, link, to, anchor in walk.links()
        if anchor and to in walk.pages and anchor not in walk.pages[to].ids
    ]
    assert not dead


def test_links_are_relative_and_stay_under_the_sub_path(walk: Walk) -> None:
    wrong = [
        f"{at}: {link.to}"
        for at, link, to, _ in walk.links()
        if link.to.startswith("/") or not to.startswith(walk.top)
    ]
    assert not wrong


def test_links_out_of_the_site_lead_to_the_repository_or_a_source(walk: Walk) -> None:
    sources = json.loads(walk.files["api/v1/sources.json"])["sources"]
    known = {source["url"] for source in sources} - {None}
    wrong = [
        f"{at}: {link}"
        for at, page in walk.pages.items()
        for link in page.links
        if link.to.startswith(EXTERNAL) and not is_canonical(at, link, page)
        if link.tag != "a" or not (link.to in known or link.to.startswith(SETTINGS.repo_url + "/"))
    ]
    assert not wrong


def test_nothing_is_fetched_from_elsewhere(walk: Walk) -> None:
    """No page, no style and no picture asks another host for anything."""
    wrong = [
        f"{at}: {link}"
        for at, page in walk.pages.items()
        for link in page.links
        if link.tag != "a" and "//" in link.to and not link.to.startswith("data:")
        if not is_canonical(at, link, page)
    ]
    wrong += [
        path
        for path, data in walk.files.items()
        if path.endswith((".css", ".svg", ".js"))
        if re.search(
            rb"url\(\s*['\"]?(?:https?:)?//|@import|(?:href|src)=['\"](?:https?:)?//", data
        )
    ]
    assert not wrong


def test_every_page_is_reached_from_home(walk: Walk) -> None:
    reached = {address.removeprefix(walk.top) for address in walk.pages}
    pages = {path.removesuffix("index.html") for path in walk.files if path.endswith(".html")}
    assert pages - {"404.html"} == reached


def test_a_page_names_its_published_address(walk: Walk) -> None:
    for address, page in walk.pages.items():
        canonical = [attrs["href"] for _, attrs in page.head if attrs.get("rel") == "canonical"]
        assert canonical == [SETTINGS.site_url + address.removeprefix(walk.top)]


def test_the_sitemap_lists_exactly_the_pages(walk: Walk) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", walk.files["sitemap.xml"].decode())
    pages = {path.removesuffix("index.html") for path in walk.files if path.endswith(".html")}
    assert sorted(listed) == sorted(SETTINGS.site_url + page for page in pages - {"404.html"})


def test_the_page_for_missing_addresses_works_at_any_depth(walk: Walk) -> None:
    """Its links are absolute, under the path of `site_url`, and lead to what there is."""
    path = urlsplit(SETTINGS.site_url).path
    page = read_page(walk.files["404.html"])
    for link in page.links:
        if not link.to.startswith(("#", "data:")):
            assert link.to.startswith(path), link
            there, anchor = urldefrag(link.to.removeprefix(path).partition("?")[0])
            assert there + ("index.html" if there.endswith("/") or not there else "") in walk.files
            assert not anchor


def test_every_page_is_valid_html(walk: Walk) -> None:
    """An independent parser of the standard finds no error."""
    wrong = []
    for path, data in walk.files.items():
        if path.endswith(".html"):
            parser = html5lib.HTMLParser()
            parser.parse(data.decode())
            wrong += [f"{path}:{place[0]}: {slug} {more}" for place, slug, more in parser.errors]
    assert not wrong


def test_ids_are_unique_and_there_is_one_h1(walk: Walk) -> None:
    wrong = [
        f"{address}: {id_} stands {count} times"
        for address, page in walk.pages.items()
        for id_, count in Counter(page.ids).items()
        if count > 1
    ]
    wrong += [at for at, page in walk.pages.items() if page.tags.count("h1") != 1]
    assert not wrong


def test_every_page_has_a_title_of_its_own(walk: Walk) -> None:
    titles = Counter(page.title.strip() for page in walk.pages.values())
    assert not [title for title, count in titles.items() if count > 1 or not title]


def test_a_policy_stands_first_in_every_head(walk: Walk) -> None:
    pages = [read_page(data) for path, data in walk.files.items() if path.endswith(".html")]
    for page in pages:
        tags = [tag for tag, _ in page.head]
        tag, known = page.head[tags.index("head") + 1]
        assert (tag, known.get("http-equiv")) == ("meta", "Content-Security-Policy")
        policy = known["content"]
        assert "default-src 'none'" in policy
        assert not re.search(r"unsafe|https?:|\*", policy)


def test_nothing_in_a_page_is_inline(walk: Walk) -> None:
    """No script, style, `style=` or `on…=` in a page."""
    wrong = [
        f"{path}: {found}"
        for path, data in walk.files.items()
        if path.endswith(".html")
        for found in read_page(data).inline
    ]
    assert not wrong


def test_every_fact_has_a_permalink_and_a_place_on_its_entitys_page(
    walk: Walk, facts: list[dict[str, object]]
) -> None:
    kinds = [json.loads(d) for p, d in walk.files.items() if re.fullmatch(r"api/v1/\w+.json", p)]
    routes = {e["id"]: e["route"] for kind in kinds for e in kind.get("entities", ())}
    assert facts
    for fact in facts:
        assert walk.page(f"/facts/{fact['id']}/")
        own = urljoin(walk.top, routes[fact["entity"]].lstrip("/"))
        assert any(fact["id"] in page.ids for at, page in walk.pages.items() if at.startswith(own))


def test_a_quotes_link_lands_on_the_passage_that_names_its_fact(
    walk: Walk, facts: list[dict[str, object]]
) -> None:
    """From a fact's page to the stretch it quotes: that passage leads back to the fact."""
    backs = {
        source["id"]: _facts_by_anchor(walk.files[f"sources/{source['id']}/index.html"])
        for source in json.loads(walk.files["api/v1/sources.json"])["sources"]
    }
    for fact in facts:
        at = urljoin(walk.top, f"facts/{fact['id']}/")
        linked = {(to, anchor) for _, to, anchor in walk.pages[at].linked(at)}
        quotes = [*fact["evidence"], *fact["also"]]  # type: ignore[misc]
        assert quotes
        for quote in quotes:
            anchor = f"c{quote['start']}-{quote['end']}"
            assert (urljoin(walk.top, f"sources/{quote['source']}/"), anchor) in linked
            assert fact["id"] in backs[quote["source"]][anchor]


def _facts_by_anchor(source: bytes) -> dict[str, set[str]]:
    """The facts to which each passage of a source's page leads, by the anchors in it."""
    tree = html5lib.parse(source.decode(), namespaceHTMLElements=False)
    found: dict[str, set[str]] = {}
    for passage in tree.iter():
        if passage.tag == "li" and passage.find("p") is not None:
            to = {re.sub(r"^.*/facts/|/$", "", a.get("href", "")) for a in passage.iter("a")}
            found |= {e.get("id"): to for e in passage.iter() if e.get("id", "").startswith("c")}
    return found
