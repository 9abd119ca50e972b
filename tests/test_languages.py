"""Briefings in other languages than English: what is read of them, and what their pages say."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import html5lib
import pytest

from standfirst.build import Site
from standfirst.catalogues import CATALOGUES
from standfirst.dates import Dating, read_date, readable_in
from standfirst.inenglish import in_english
from standfirst.project import read_project
from standfirst.prose import Support, claims, unsourced
from standfirst.update import Update
from tests.pages import ROOT
from tests.projects import Project, clean, kites

HEBREW = Path(__file__).parent / "sites" / "hebrew" / "in"
NAMES = {"JSON", "CSV", "YAML", "SHA-256"}
"""What is called the same in every language."""
WORDED = {"figure", "inner", "many", "month", "name", "names", "outer", "source", "what", "words"}
"""The values of the catalogue that are words; all others are a number or a date."""
NUMBER = r"(?:[0-9]{1,2} )?(?:[A-Z][a-z]+ )?[0-9,]+%?"


def in_language(language: str) -> Project:
    """The kites with the real theme, their kinds and ties in Ukrainian words."""
    project = kites()
    project.theme = {
        path.name: path.read_text() for path in (ROOT / "templates").iterdir() if path.is_file()
    }
    project.briefing |= {
        "language": language,
        "kinds": {
            "companies": {"one": "Компанія", "many": "Компанії"},
            "ideas": {"one": "Ідея", "many": "Ідеї"},
        },
        "relations": {
            "sells-to": {"says": "продає", "back": "купує в"},
            "follows": {"says": "наслідує", "back": "має послідовника"},
        },
        "compare": {"companies": {"measures": ["kites 1"], "relations": ["sells-to"]}},
    }
    return project


@cache
def pages_in(language: str) -> Mapping[str, str]:
    """The pages of the kites in a language."""
    _, update = clean(in_language(language).files())
    return pages_of(update)


def pages_of(update: Update) -> Mapping[str, str]:
    assert not update.problems, update.problems
    found = {path: page for path, page in update.pages.items() if path.endswith(".html")}
    assert all(isinstance(page, bytes) for page in found.values())
    return {path: bytes(page).decode() for path, page in found.items()}  # type: ignore[arg-type]


def texts(page: str) -> Iterator[str]:
    """Every text of a page as a whole, and whatever is read out or shown of its attributes."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    for element in document.iter():
        yield from (text for text in (element.text, element.tail) if text)
        yield from (element.get(name) or "" for name in ("aria-label", "title", "data-label"))


def english() -> Iterator[re.Pattern[str]]:
    """What finds each of the interface's English words, whatever their values."""
    for said in (*CATALOGUES["en"].words.values(), *CATALOGUES["en"].dates.values()):
        if re.search(r"[a-z]{2}", re.sub(r"\{\w*\}", "", said)) and said not in NAMES:
            literal, values = re.split(r"\{\w*\}", said), re.findall(r"\{(\w*)\}", said)
            found = (".+" if value in WORDED else NUMBER for value in values)
            parts = zip(map(re.escape, literal), (*found, ""), strict=True)
            yield re.compile("".join(part for both in parts for part in both))


def test_a_ukrainian_briefing_has_no_english_word_of_the_interface() -> None:
    """None of the catalogue's English words is a whole text on any page."""
    patterns = list(english())
    for path, page in pages_in("uk").items():
        for text in {" ".join(text.split()).strip(" ·,:;") for text in texts(page)}:
            left = [pattern.pattern for pattern in patterns if pattern.fullmatch(text)]
            assert not left, f"{path}: {text!r}"


def test_the_same_search_finds_the_english_words_of_an_english_briefing() -> None:
    patterns = list(english())
    said = {text.strip() for text in texts(pages_in("en")["companies/acme/index.html"])}
    assert {text for text in said if any(pattern.fullmatch(text) for pattern in patterns)}


def test_a_ukrainian_page_says_what_it_says_in_ukrainian() -> None:
    """Dates in their cases, counts in their forms, a chain of voices, the language of the page."""
    home, acme = pages_in("uk")["index.html"], pages_in("uk")["companies/acme/index.html"]
    assert '<html lang="uk" dir="ltr">' in home
    assert "Станом на 8 травня 2031 року" in home
    assert ">15 фактів</a>" in home and ">2 джерела</a>" in home
    assert re.search(r"\d+ факт\w*: \d+ тверджен", acme)
    assert ">Твердження</span>" in acme and ">Заперечення</span>" in acme
    assert "Cirrus</a>, джерело — Acme managers" in acme
    assert ">2030 рік</time>" in acme
    assert "близько 2030 року" in pages_in("uk")["companies/borea/index.html"]
    assert 'lang="en"' in acme  # the quotes are English, as their sources are


def test_a_quote_has_its_language_and_its_direction() -> None:
    """The language always; the direction where it is not that of the page."""
    pages = pages_of(Site("test").update(read_project(HEBREW)))
    acme = pages["companies/acme/index.html"]
    assert '<html lang="he" dir="rtl">' in acme
    assert '<blockquote lang="en" dir="ltr"><p>The Courier expects' in acme
    assert '<blockquote lang="he"><p>' in acme
    assert (
        '<h1 class="statement"><span lang="en" dir="ltr">Acme'
        in pages["sources/courier/index.html"]
    )
    assert '<h1 class="statement"><span>' in pages["sources/kites/index.html"]


def test_without_a_catalogue_the_words_are_english_and_say_so() -> None:
    """Each stands in an element with its own language; in attributes and titles it is plain."""
    pages = pages_of(Site("test").update(read_project(HEBREW)))
    facts = pages["facts/index.html"]
    assert '<h1><span lang="en" dir="ltr">Facts</span></h1>' in facts
    assert "<title>Facts – עפיפונים</title>" in facts
    assert 'aria-label="Main"' in facts
    assert not any(mark in page for page in pages.values() for mark in ("\ufdd0", "\ufdd1"))
    assert "<h1>Факти</h1>" in pages_in("uk")["facts/index.html"]


@pytest.mark.parametrize("language", ["fr", "he", "ar", "ja", "tlh"])
def test_a_language_without_a_catalogue_has_the_same_pages(language: str) -> None:
    project = in_language(language)
    _, update = clean(project.files())
    assert set(pages_of(update)) == set(pages_in("uk"))


@pytest.mark.parametrize("path", sorted(pages_of(Site("test").update(read_project(HEBREW)))))
def test_a_page_from_right_to_left_is_valid(path: str) -> None:
    page = pages_of(Site("test").update(read_project(HEBREW)))[path]
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize(
    ("quote", "language", "date"),
    [
        ("Завод відкриють 3 липня 2026 року", "uk", "2026-07-03"),
        ("у липні 2026 року", "uk", ""),
        ("Липень 2026 року був спекотним", "uk", "2026-07"),
        ("המפעל ייפתח ב-3 ביולי 2031", "he", "2031-07-03"),
        ("le 3 août 2026", "fr", "2026-08-03"),
        ("on 3 July 2026", "en", "2026-07-03"),
        ("3 липня 2026 року", "en", ""),
    ],
)
def test_a_date_is_read_off_a_quote_in_its_language(quote: str, language: str, date: str) -> None:
    """Where the months stand as babel has them; another case is for `date_basis`."""
    read = in_english(quote, language).text
    dating = read_date(date or "2026-07")
    assert isinstance(dating, Dating)
    assert readable_in(dating, read) is bool(date)


@pytest.mark.parametrize(
    ("said", "quote", "lacking"),
    [
        ("Завод відкриють 3 липня 2026 року.", "It opens on July 3, 2026", []),
        ("Завод відкриють 3 серпня 2026 року.", "It opens on July 3, 2026", ["3 серпня 2026"]),
        ("Продажі — 40,5 млрд крон.", "sales of 40.5 billion crowns", []),
        ("Продажі — 40 млн крон.", "sales of 40 billion crowns", ["40 млн"]),
        ("Частка — 12 відсотків.", "a share of 12%", []),
        ("Понад 5 тисяч зміїв.", "more than 5,000 kites", []),
    ],
)
def test_a_ukrainian_sentence_is_held_to_an_english_quote(
    said: str, quote: str, lacking: list[str]
) -> None:
    """Months and scales are read in the language; the place of a claim is that in the sentence."""
    read = in_english(said, "uk")
    found = unsourced(claims(read.text), Support(quotes=(quote,)))
    assert [said[read.offsets[c.start] : read.offsets[c.end]] for c in found] == lacking


def test_a_ukrainian_sentence_does_not_end_with_its_year() -> None:
    """«р.» is an abbreviation there: what precedes it is no sentence without evidence."""
    project = kites()
    project.briefing |= {"language": "uk-UA", "standfirst": "У 2030 р. Acme продавала [@acme-1]."}
    _, update = clean(project.files())
    assert [problem.slug for problem in update.problems] == []
    project.briefing["language"] = "en"
    _, update = clean(project.files())
    assert [problem.slug for problem in update.problems] == ["uncited-sentence", "unsourced-figure"]


def test_templates_hold_no_words() -> None:
    """Outside of tags and expressions they have signs and the names of files, and no word."""
    for path in (ROOT / "templates").glob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", path.read_text(), flags=re.S)
        text = re.sub(r"\w+\.json|\bdata-[\w-]+(?:=\"[^\"]*\")?", "", text)
        assert not re.search(r"[^\W\d_]", text), path.name
