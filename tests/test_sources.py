"""A source's pages: what is shown of it, where its marks lead, and how facts lead back to them."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest

from standfirst.build import Site
from standfirst.pagination import PASSAGES
from standfirst.render.marks import MOST_WORDS
from tests.pages import briefing_files
from tests.projects import Project, changes, clean, kites
from tests.test_long_pages import real_theme

AT = "sources/log/"
NUMBERS = [f"w{number:02}" for number in range(1, 61)]


def logged(seed: str, *quotes: str, **source: object) -> Project:
    """A briefing with one more source, and a fact for each of these quotes of it."""
    project = real_theme(kites())
    project.entities["companies/rook"] = {"name": "Rook"}
    project.facts["companies/rook"] = [
        {"id": f"rook-{n}", "text": "Rook flies.", "status": "stated", "evidence": {"log": quote}}
        for n, quote in enumerate(quotes, start=1)
    ]
    project.seeds["seeds/log.txt"] = seed
    project.sources["log"] = {
        "title": "The log",
        "seed": "seeds/log.txt",
        "language": "en",
    } | source
    project.lock("log")
    return project


def pages(project: Project, assets: bool = False) -> dict[str, str]:
    """The pages of a site, and what they are drawn with if that is wanted, by their routes."""
    update = clean(project.files())[1]
    assert not update.problems, update.problems
    return {
        path.removesuffix("index.html"): page.decode()
        for path, page in update.pages.items()
        if isinstance(page, bytes) and path.endswith((".html", *((".css", ".js") * assets)))
    }


def tree(page: str) -> Element:
    return html5lib.parse(page, namespaceHTMLElements=False)


def passages(page: str) -> list[Element]:
    return [li for ol in each(tree(page), "ol", "passages") for li in ol.findall("li")]


def each(element: Element, tag: str, class_: str) -> Iterator[Element]:
    return (one for one in element.iter(tag) if class_ in one.get("class", "").split())


def words(element: Element | None) -> str:
    """The text of an element without the numbers of facts."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "sup":
            yield from _texts(child)
        yield child.tail or ""


def part(first: int, last: int) -> str:
    return " ".join(NUMBERS[first - 1 : last])


# What is shown


@pytest.mark.parametrize(
    "quotes",
    [
        [part(1, 60)],
        [part(1, 20), part(10, 40), part(30, 60)],
        [part(21, 60), part(1, 30), part(5, 10), part(1, 25), part(25, 26)],
        [part(1, 5), part(7, 12), part(14, 19), part(21, 26), part(28, 33), part(35, 40)],
    ],
    ids=["long", "crossing", "nested", "apart"],
)
def test_of_a_passage_no_more_quoted_words_are_shown_than_there_may_be(quotes: list[str]) -> None:
    """However its quotes overlap; and of what is not quoted, none."""
    page = pages(logged(f"Log.\n{part(1, 60)}.\n", *quotes))[AT]
    quoted = sorted({word for quote in quotes for word in quote.split()})
    assert sorted(set(re.findall(r"\bw\d\d\b", page))) == quoted[:MOST_WORDS]


@pytest.mark.parametrize("licence", [None, "whole"])
@pytest.mark.parametrize("url", [None, "https://example.org/log"])
def test_what_is_set_aside_is_named_with_its_reason_and_shown_nowhere(
    licence: str | None, url: str | None
) -> None:
    flew = "Red kites flew over the long old hill."
    seed = f"Secret start.\nRed kites flew. Secret middle. {flew}\nSecret end."
    spans: list[dict[str, Any]] = [
        {"from": "Secret start.", "reason": "a greeting"},
        {"from": "Secret mid", "to": "dle.", "reason": "a remark"},
        {"from": "Secret end", "to_end": True, "reason": "a farewell"},
    ]
    project = logged(
        seed, "kites flew over the long old hill", licence=licence, url=url, set_aside=spans
    )
    for path, page in pages(project).items():
        assert "secret" not in unquote(page).lower(), path
    page = pages(project)[AT]
    said = [words(li) for li in passages(page)]
    assert "1Set aside: a greeting" in said and "Set aside: a remark" in said


def test_with_the_licence_the_whole_text_is_shown_and_marked() -> None:
    seed = f"Log.\n{part(1, 60)}. And then.\n"
    page = pages(logged(seed, part(3, 50), licence="whole"))[AT]
    texts = [words(li.find("p")) for li in passages(page)]
    assert texts == ["Log.", f"{part(1, 60)}.", "And then."]
    assert [words(mark) for mark in tree(page).iter("mark")] == [part(3, 50)]


def test_what_became_of_a_passage_stands_in_words() -> None:
    seed = "Red kites flew.\nNobody saw the blue ones.\nOf the green ones it is said they sat."
    page = pages(logged(seed, "Red kites flew", "Of the green ones"))[AT]
    said = [re.sub(r"\d", "", words(li.find("div"))) for li in passages(page)]
    assert said[0].startswith("Quoted by  fact")
    assert said[1] == "Not quoted"
    assert said[2].startswith("Quoted in part by  fact")


def test_a_layer_has_its_own_coverage_beside_its_heading() -> None:
    layers = [{"name": "headline", "from": "Log."}, {"name": "body", "from": "Red", "to": "rain."}]
    page = pages(logged("Log.\nRed kites flew. Then rain.\n", "Red kites flew", layers=layers))[AT]
    heads = [words(head) for head in tree(page).iter("h3")]
    lines = [words(p) for p in each(tree(page), "p", "meta") if "passages" in words(p)]
    assert heads == ["Headline", "Body"]
    assert lines == [
        "0 of 1 passages accounted for, 0% of words quoted",
        "1 of 2 passages accounted for, 60% of words quoted",
    ]


# Where the marks lead


def test_a_mark_leads_to_its_fact_and_one_of_several_to_the_list_of_them() -> None:
    seed = "Red kites flew over the long hill in May.\nBlue kites sat.\n"
    quotes = ("Red kites flew over the long hill", "over the long hill in May", "Blue kites sat")
    both, one = passages(pages(logged(seed, *quotes))[AT])
    links = [(words(a), a.get("href"), "".join(s.text or "" for s in a)) for a in marks(both)]
    assert links == [
        ("Red kites flew", "../../facts/rook-1/", "1"),
        ("over the long hill", "#p1", "1 2"),
        ("in May", "../../facts/rook-2/", "2"),
    ]
    (list_,) = (ol for ol in both.iter("ol") if ol.get("id") == "p1")
    assert [a.get("href") for a in list_.iter("a")] == [
        "../../facts/rook-1/",
        "../../facts/rook-2/",
    ]
    assert [(words(a), a.get("href"), len(a)) for a in marks(one)] == [
        ("Blue kites sat", "../../facts/rook-3/", 0)
    ]


def marks(passage: Element) -> list[Element]:
    return [a for mark in passage.iter("mark") for a in mark.iter("a")]


def test_of_two_quotes_that_cross_each_is_marked_to_its_end() -> None:
    """The tail of the first stands, as such, at the beginning of the second."""
    seed = "Red kites flew over the long hill in May.\n"
    (passage,) = passages(
        pages(logged(seed, "Red kites flew over the long hill", "over the long hill in May"))[AT]
    )
    assert targets(passage) == {
        "c0-33": "Red kites flew over the long hill",
        "c15-40": "over the long hill in May",
    }


def targets(passage: Element) -> dict[str, str]:
    """The words that the sheet marks where an anchor is the target."""
    found = {}
    parents = {child: parent for parent in passage.iter() for child in parent}
    for one in passage.iter():
        if re.fullmatch(r"c\d+-\d+", id_ := one.get("id", "")):
            beside = list(parents[one])
            following = beside[beside.index(one) + 1 :][:1]
            tails = [words(t) for t in following for t in t_of(t)]
            found[id_] = " ".join([words(one), *tails])
    return found


def t_of(element: Element) -> list[Element]:
    return [child for child in element if child.get("class") == "t"]


def test_every_quote_of_the_briefing_leads_to_its_own_words_and_these_to_its_fact() -> None:
    """As far as they are shown, and as far as they stand in one passage."""
    site = Site("engine")
    found = site.update(briefing_files()).pages
    top = "https://example.org/"
    pages = {path: page for path, page in found.items() if isinstance(page, bytes)}
    texts = {path: page.decode() for path, page in pages.items() if not path.endswith(".png")}
    stretches = {}
    for passage in passages(texts["sources/own-chips/index.html"]):
        links = {urljoin(f"{top}sources/own-chips/", a.get("href", "")) for a in passage.iter("a")}
        stretches |= {id_: (told, links) for id_, told in targets(passage).items()}
    count = 0
    for path, text in texts.items():
        if re.fullmatch(r"facts/[^/]+/index.html", path):
            address = top + path.removesuffix("index.html")
            for figure in each(tree(text), "figure", "quote"):
                quote, (place, *_) = words(figure.find("blockquote")), figure.iter("a")
                told, links = stretches[urldefrag(place.get("href", "")).fragment]
                assert quote.startswith(told.split(" … ")[0])
                assert address in links
                count += 1
    assert count > 150


# How much stands on a page


def test_a_long_source_goes_on_and_every_quote_leads_to_the_page_it_stands_on() -> None:
    count = 2 * PASSAGES + 30
    lines = [f"Kite {number} flew over the hill." for number in range(1, count + 1)]
    quoted = [1, PASSAGES, PASSAGES + 1, count]
    project = logged("\n".join(lines), *(lines[n - 1] for n in quoted))
    site = pages(project)
    assert [path for path in site if path.startswith(AT)] == [AT, f"{AT}2/", f"{AT}3/"]
    shown = [len(passages(site[f"{AT}{n}"])) for n in ("", "2/", "3/")]
    assert shown == [PASSAGES, PASSAGES, 30]
    for number, page in zip(range(1, 5), ("", "", "2/", "3/"), strict=True):
        fact = f"facts/rook-{number}/"
        (figure,) = each(tree(site[fact]), "figure", "quote")
        to, anchor = urldefrag(urljoin(f"/{fact}", next(figure.iter("a")).get("href", "")))
        assert to == f"/{AT}{page}"
        there = next(one for one in tree(site[to[1:]]).iter() if one.get("id") == anchor)
        assert words(there) == lines[quoted[number - 1] - 1]
    turn = r'a rel="(\w+)" href="([^"]*)"'
    turns = [re.findall(turn, site[f"{AT}{n}"]) for n in ("", "2/", "3/")]
    assert turns == [[("next", "2/")], [("prev", "../"), ("next", "../3/")], [("prev", "../2/")]]


def test_an_edit_that_moves_passages_to_another_page_takes_their_quotes_along() -> None:
    """Incremental is clean, when a source grows over the edge of a page and shrinks again."""
    lines = [f"Kite {number} flew over the hill." for number in range(1, PASSAGES + 1)]
    short = logged("\n".join(lines), lines[0], lines[-1])
    long = logged("\n".join(["A first line.", *lines]), lines[0], lines[-1])
    site, _ = clean(short.files())
    for before, after in ((short, long), (long, short)):
        update = site.update(changes(before.files(), after.files()))
        assert update.pages == clean(after.files())[1].pages
    assert f"{AT}2/#c" in pages(long)["facts/rook-2/"]


def test_beside_a_passage_only_so_many_facts_are_named() -> None:
    page = pages(logged("Red kites flew.\n", *["Red kites flew"] * 30))[AT]
    (passage,) = passages(page)
    assert len(list(passage.iter("li"))) == 1 + 24
    assert "and 6 more" in words(passage)


# At the publisher


def test_a_passage_and_a_quote_lead_to_their_words_at_the_publisher() -> None:
    seed = "Log.\nRed kites flew over the hill.\nNobody saw it.\n"
    site = pages(logged(seed, "Red kites flew", url="https://example.org/log#x"))
    to = 'href="https://example.org/log#x:~:text=Red%20kites%20flew"'
    assert site[AT].count(to) == 1
    assert to in site["facts/rook-1/"]
    assert "Nobody" not in unquote(site[AT])
    project = logged(seed, "Red kites flew", url="https://example.org/log", licence="whole")
    whole = pages(project)[AT]
    assert 'href="https://example.org/log#:~:text=Nobody%20saw%20it."' in whole


def test_without_an_address_nothing_leads_to_the_publisher() -> None:
    assert ":~:" not in "".join(pages(logged("Red kites flew.\n", "Red kites flew")).values())
