"""Text fragments: what a browser finds by them on a page with the seed's text is the quote itself.

The oracle follows WICG's "URL Fragment Text Directives": it reads the directive, looks for the
first match that fits, a start or end within one block, letters of either size.
"""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from standfirst.build import Site
from standfirst.evidence import Located, Reading
from standfirst.fragments import LONGEST, address_at, text_fragment
from standfirst.link import FactCard
from standfirst.project import read_project
from standfirst.quotes import Stretch, prepare

ROOT = Path(__file__).parents[1]


def fragment(text: str, quote: str, nth: int = 0, away: tuple[str, ...] = ()) -> str:
    """The fragment of a quote's nth place in a text."""
    starts = [found.start() for found in re.finditer(re.escape(quote), text)]
    asides = [Stretch(text.index(each), text.index(each) + len(each)) for each in away]
    place = Stretch(starts[nth], starts[nth] + len(quote))
    return text_fragment(prepare(text), place, asides)


def found(directive: str, text: str) -> str | None:
    """The words that a browser marks on a page with a paragraph for each line of the text."""
    parts = directive.split(",")
    before = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    after = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else ""
    assert len(parts) <= 2 and "\n" not in start + end
    lead = rf"(?<!\w){pattern(before)}\s*" if before else r"(?<!\w)"
    tail = rf"\s*{pattern(after)}(?!\w)" if after else r"(?!\w)"
    middle = rf"(?!\w).*?(?<!\w){pattern(end)}" if end else ""
    match = re.search(f"{lead}({pattern(start)}{middle}){tail}", text, re.I | re.S)
    return match[1] if match else None


def pattern(words: str) -> str:
    return re.sub(r"(\\?\s)+", r"\\s+", re.escape(words))


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("Kites flew.", "Kites flew.", "Kites%20flew."),
        ("A well-known, old & co.", "well-known, old & co", "well%2Dknown%2C%20old%20%26%20co"),
        ("Café “Zur Föhre”", "Café “Zur Föhre”", "Caf%C3%A9%20%E2%80%9CZur%20F%C3%B6hre%E2%80%9D"),
        ("One  kite\u00a0flew", "One  kite\u00a0flew", "One%20kite%C2%A0flew"),
        ("a#b?c=d/e:f+g%20", "a#b?c=d/e:f+g%20", "a%23b%3Fc%3Dd%2Fe%3Af%2Bg%2520"),
    ],
)
def test_the_seeds_own_characters_are_encoded_as_the_specification_says(
    text: str, quote: str, expected: str
) -> None:
    """`-`, `,` and `&` are the form's own; a blank and whatever is not ASCII is encoded, too."""
    assert fragment(text, quote) == expected


def test_of_a_long_quote_the_first_and_last_words_are_enough() -> None:
    text = "So it was said: one two three four five six seven eight nine ten eleven. Then rain."
    quote = "one two three four five six seven eight nine ten eleven"
    made = fragment(text, quote)
    assert made == "one%20two%20three%20four,eight%20nine%20ten%20eleven"
    assert found(made, text) == quote


def test_a_start_and_an_end_stand_within_a_line() -> None:
    text = "He came.\nShort one\n\nThe second part is told at some length here.\nBye."
    quote = "Short one\n\nThe second part is told at some length here"
    made = fragment(text, quote)
    assert made == "Short%20one,at%20some%20length%20here"
    assert found(made, text) == quote


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_words_that_stand_more_than_once_are_told_apart_by_those_around_them(nth: int) -> None:
    text = "Acme sold red kites in May. Borea sold red kites in June.\nCirrus sold red kites."
    made = fragment(text, "sold red kites", nth)
    assert found(made, text) == "sold red kites"
    assert made.startswith(("sold", "Borea-,", "Cirrus-,")[nth])


def test_what_is_set_aside_is_in_no_fragment() -> None:
    text = "Secret words red kites. Other red kites fly; red kites, Secret ending."
    for nth in range(3):
        made = fragment(text, "red kites", nth, away=("Secret words", "Secret ending"))
        assert "Secret" not in made and "red%20kites" in made


def test_a_quote_across_a_mark_is_found_by_the_words_around_it() -> None:
    text = "The end of it all.\nQWhy does the long-legged kite fly so very high today?"
    start, end = text.index("end"), text.index("?")
    made = text_fragment(prepare(text, [19]), Stretch(start, end), [Stretch(19, 20)])
    assert made.startswith("end%20of") and "QWhy" not in made


def test_a_script_without_spaces_is_cut_at_its_stops() -> None:
    text = "風箏在天空中飛翔。孩子們在草地上奔跑，笑聲不斷。"
    quote = "孩子們在草地上奔跑，笑聲不斷"
    assert found(fragment(text, quote), text) == quote


def test_a_fragment_is_never_longer_than_an_address_may_be() -> None:
    word = "x" * 5_000
    assert fragment(f"A {word} here", word) == ""
    assert len(fragment("ж " * 400, ("ж " * 60).strip())) <= LONGEST


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b", "https://a.example/b#:~:text=red"),
        ("https://a.example/b?c=d#x", "https://a.example/b?c=d#x:~:text=red"),
        ("https://a.example/b#:~:text=blue", "https://a.example/b#:~:text=blue&text=red"),
    ],
)
def test_an_anchor_of_the_address_stays(url: str, expected: str) -> None:
    assert address_at(url, "red") == expected
    assert address_at(url, "") == url


def test_every_quote_of_the_briefing_is_what_a_browser_finds() -> None:
    """With an address given to its source, which has none."""
    files = dict(read_project(ROOT))
    path = "content/sources/own-chips.yaml"
    files[path] += b"url: https://example.org/chips\n"
    site = Site("engine")
    assert not site.check(files).problems
    reader = site.reader()
    reading = reader.one(Reading, "passages", "own-chips") or Reading()
    seed = next(data.decode() for path, data in files.items() if path.startswith("seeds/"))
    marked = {*reading.marked}
    text = "".join("\n" if at in marked else each for at, each in enumerate(seed))
    for card in reader.all(FactCard, "facts"):
        for quote in reader.one(tuple[Located, ...], "evidence", card.id) or ():
            assert quote.fragment
            start = found(quote.fragment, text)
            assert start is not None, quote.fragment
            assert " ".join(start.split()) == " ".join(quote.words.split()), quote.fragment
