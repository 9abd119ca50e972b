"""Quotes against texts: verdicts, offsets, cut words, the closest stretch, the normalisation."""

import random
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst import quotes
from standfirst.nearest import closest
from standfirst.quotes import (
    Found,
    Prepared,
    Stretch,
    find_quote,
    is_long,
    is_short,
    normal,
    normalise,
    prepare,
    stands_in,
    word_count,
)

ROOT = Path(__file__).parent.parent
SEED = (ROOT / "seeds/000_8d1739ef5a49c3d6.txt").read_bytes().decode()
MARKED = [match.start() for match in re.finditer(r"^[QA](?=[A-Z])", SEED, re.MULTILINE)][-10:]

# Letters, signs and spaces that the normalisation touches, close together.
tricky = st.text(
    st.sampled_from(
        "aAeExX019  \n\r\t\xa0\u2009\u3000\xad\u200b\ufeff'\"\u2019\u201c`\xb4\u2026.,-"
        "\u2013\u2014\u0301\u0323\u0300\u0344\u1fef\u212a\u1100\u1161\u11a8\uac00\u09c7\u09be"
        "\u5b57\u0e01\u0e31$%\U0001f600\U0001d15e\ud800"
    ),
    max_size=40,
)
any_text = st.one_of(tricky, st.text(max_size=60))


def is_found(quote: str, text: str) -> str:
    return find_quote(quote, prepare(text)).verdict


# The normalisation


def test_white_space_signs_and_accents_become_one_form() -> None:
    text = (
        "\ufeffThe\r\n\t\u201cBorea\xad\u201d\xa0 \u2014 it\u2019s Acme\u2026 cafe\u0301 18\u201324"
    )
    assert normal(text) == 'The "Borea" - it\'s Acme... caf\xe9 18-24'


def test_white_space_is_what_python_takes_for_it() -> None:
    spaces = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert spaces == {*quotes.SPACES, " "}


def test_every_sign_of_the_normalisation_is_in_the_docs() -> None:
    docs = (ROOT / "docs/quotes.md").read_text("utf-8")
    listed = {int(code, 16) for code in re.findall(r"U\+([0-9A-F]{4})", docs)}
    assert listed == {*map(ord, quotes.SPACES + quotes.UNSEEN + " \u2026"), *quotes._SIGNS}


def test_every_character_that_composes_is_composed_with_its_offsets() -> None:
    decomposed = [
        unicodedata.normalize("NFD", chr(code))
        for code in range(sys.maxunicode + 1)
        if unicodedata.decomposition(chr(code)) or 0xAC00 <= code <= 0xD7A3
    ]
    text = "|".join(dict.fromkeys(decomposed)).replace("\u2026", "")
    done = normalise(text)
    plain = quotes._settled(unicodedata.normalize("NFC", text).translate(quotes._SIGNS))
    assert done.text == re.sub(" +", " ", plain)
    assert len(done.offsets) == len(done.text) + 1
    assert list(done.offsets) == sorted(done.offsets)


@given(any_text)
@settings(deadline=None)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normal(once.text) == once.text == normal(text)
    assert unicodedata.is_normalized("NFC", once.text)
    assert len(once.offsets) == len(once.text) + 1
    assert list(once.offsets) == sorted(once.offsets)
    assert once.offsets[-1] == len(text)


@given(any_text, st.data())
@settings(deadline=None)
def test_what_is_found_are_the_sources_own_words(text: str, data: st.DataObject) -> None:
    words = normal(text)
    first = data.draw(st.integers(0, len(words)))
    quote = words[first : data.draw(st.integers(first, len(words)))]
    seed = prepare(text)
    found = find_quote(quote, seed)
    if found.start >= 0:
        assert normal(text[found.start : found.end]) == quote.strip(" ")
        assert found.start in found.places
    for at in seed.places(quote):
        stretch = seed.stretch(at, at + len(quote))
        assert normal(text[stretch.start : stretch.end]) == quote


@given(any_text, any_text, any_text, any_text, st.lists(st.integers(-3, 50)))
@settings(deadline=None)
def test_no_text_raises(text: str, quote: str, prefix: str, suffix: str, marked: list[int]) -> None:
    seed = prepare(text, marked)
    for words in (quote, text, text[1:-1]):
        found = find_quote(words, seed, [Stretch(0, len(text))], prefix, suffix)
        assert (found.start >= 0) == (found.verdict != "not-found")
        near = closest(words, seed)
        assert near is None or near.text == text[near.start : near.end]
        stands_in(words, text)
        assert is_short(words) + is_long(words) < 2


# The verdicts


def mutations(quote: str, chance: random.Random) -> dict[str, tuple[str, str]]:
    """What may befall a quote, and the verdict it then deserves."""
    words = quote.split(" ")
    middle = chance.randrange(2, len(words) - 2)

    def with_word(word: str) -> str:
        return " ".join([*words[:middle], word, *words[middle + 1 :]])

    befallen = {
        "nothing": (quote, "found"),
        "spaces around it": (f" {quote}\n", "found"),
        "line end": (quote.replace(" ", "\n", 1), "normalised"),
        "CRLF": (quote.replace(" ", "\r\n"), "normalised"),
        "two spaces": (quote.replace(" ", "  "), "normalised"),
        "no-break space": (with_word("\xa0" + words[middle]), "normalised"),
        "soft hyphen": (quote[:4] + "\xad" + quote[4:], "normalised"),
        "zero width": (with_word("\u200b" + words[middle]), "normalised"),
        "word changed": (with_word("kites"), "not-found"),
        "word dropped": (quote.replace(f" {words[middle]} ", " ", 1), "not-found"),
        "word doubled": (with_word(f"{words[middle]} {words[middle]}"), "not-found"),
        "quote doubled": (f"{quote} {quote}", "not-found"),
        "words swapped": (" ".join([words[1], words[0], *words[2:]]), "not-found"),
        "capitals": (with_word(words[middle].swapcase()), "not-found"),
        "first letter cut": (quote[1:], "cut"),
        "last letter cut": (quote[:-1], "cut"),
        "both cut": (quote[1:-1], "cut"),
    }
    if "'" in quote:
        befallen["curly"] = (quote.replace("'", "\u2019"), "normalised")
    if '"' in quote:
        befallen["curly doubled"] = (quote.replace('"', "\u201c"), "normalised")
    if "-" in quote:
        befallen["en dash"] = (quote.replace("-", "\u2013"), "normalised")
        befallen["hard hyphen"] = (quote.replace("-", "\u2011"), "normalised")
        befallen["hyphen dropped"] = (quote.replace("-", " "), "not-found")
    if "\u2014" in quote:
        befallen["hyphen for dash"] = (quote.replace("\u2014", "-"), "normalised")
        befallen["spaced dash"] = (re.sub(r"(?<! )\u2014", " \u2014 ", quote), "not-found")
    if figure := re.search(r"\d", quote):
        changed = str((int(figure[0]) + 1) % 10)
        befallen["figure changed"] = (quote.replace(figure[0], changed, 1), "not-found")
        befallen["figure dropped"] = (re.sub(r"\d", "", quote, count=1), "not-found")
    return befallen


def quotes_of_the_seed() -> list[str]:
    """Stretches of six to twenty words of the seed's lines, each standing there once."""
    chance = random.Random(20310508)
    drawn = []
    for line in SEED.splitlines():
        words = line.split(" ")
        for _ in range(len(words) // 12):
            first = chance.randrange(len(words) - 6)
            quote = " ".join(words[first : first + chance.randrange(6, 20)])
            quote = quote.strip("'\"(),.;:?!*")
            whole = min(map(len, (quote.split(" ")[0], quote.split(" ")[-1]))) > 2
            if whole and SEED.count(quote) == 1 and quote[0].isalpha() and quote[-1].isalpha():
                drawn.append(quote)
    return [quote for quote in drawn if quote[1].isalpha() and quote[-2].isalpha()]


def test_mutated_quotes_of_the_seed_get_the_verdict_they_deserve() -> None:
    seed, chance = prepare(SEED, MARKED), random.Random(7)
    cases = [
        (kind, quote, verdict, find_quote(quote, seed).verdict)
        for drawn in quotes_of_the_seed()
        if find_quote(drawn, seed).verdict == "found"
        for kind, (quote, verdict) in mutations(drawn, chance).items()
        if quote.strip() != drawn or verdict == "found"
    ]
    assert [case for case in cases if case[2] != case[3]] == []
    assert len(cases) > 1_000
    assert len({kind for kind, *_ in cases}) >= 22


@pytest.mark.parametrize(
    ("quote", "text", "verdict"),
    [
        ("kites", "Acme makes kites.", "found"),
        ("", "Acme", "not-found"),
        (" \n", "Acme  kites", "not-found"),
        ("Acme kites", "Acme kites and Acme kites", "ambiguous"),
        ("la la", "la la la", "ambiguous"),
        ("kite", "kites and a kite", "found"),
        ("kite", "kites and kites", "cut"),
        ("Acme", "Acme's kites", "cut"),
        ("s kites", "Acme's kites", "cut"),
        ("'s kites", "Acme\u2019s kites", "cut"),
        ("Acmes", "the Acmes' kites", "found"),
        ("their own kites", "are 'their own kites' \u2014 now", "found"),
        ("design", "co-design", "cut"),
        ("co-", "co-design", "cut"),
        ("OpenAI is", "architectures\u2014OpenAI is", "found"),
        ("architectures-OpenAI", "architectures\u2014OpenAI is", "normalised"),
        ("24 months", "18-24 months", "cut"),
        ("24 months", "18\u201324 months", "cut"),
        ("in 18", "in 18\u201424 months", "found"),
        ("in 3", "in 3.5 years", "cut"),
        ("in 3", "in 3. Later", "found"),
        ("1", "1,000", "cut"),
        ("1", "1, 2", "found"),
        ("10", "10\u202f000 kites", "cut"),
        ("10", "10\xa0kites", "found"),
        ("300 billion", "$300 billion", "cut"),
        ("$300 billion", "US$300 billion", "cut"),
        ("in 300", "in 300\u20ac", "cut"),
        ("by 71", "by 71% now", "cut"),
        ("at 20", "at 20\xb0C", "cut"),
        ("2", "a 2x improvement", "cut"),
        ("5 degrees", "at -5 degrees", "cut"),
        ("5 degrees", "at \u2212 5 degrees", "found"),
        ("$60", "$50-$60", "cut"),
        ("R", "R&D", "cut"),
        ("wait.", "wait\u2026", "not-found"),
        ("wait...", "wait\u2026 then", "normalised"),
        ("caf\xe9", "cafe\u0301s", "cut"),
        ("cafe", "a cafe\u0301", "not-found"),
        ("x", "x\u0306 y", "cut"),
        ("\u7b2c\u4e8c\u53e5", "\u8fd9\u662f\u7b2c\u4e8c\u53e5\u597d", "found"),
        ("AI", "\u4eba\u5de5AI\u82af\u7247", "found"),
        ("\u0e01\u0e32\u0e23", "\u0e01\u0e32\u0e23\u0e40\u0e23\u0e35\u0e22\u0e19", "found"),
        ("\uc0bc\uc131", "\uc0bc\uc131\uc740", "found"),
        ("\u0939\u093f\u0928", "\u0939\u093f\u0928\u094d\u0926\u0940", "cut"),
        ("\u0437\u02bc\u0457\u0437\u0434", "\u0437\u2019\u0457\u0437\u0434", "normalised"),
    ],
)
def test_verdicts(quote: str, text: str, verdict: str) -> None:
    assert is_found(quote, text) == verdict


def test_a_cut_occurrence_does_not_make_a_whole_one_ambiguous() -> None:
    assert find_quote("a kite", prepare("a kites, a kite")) == Found("found", 9, 15, (9,))


def test_the_stretch_is_whole_characters_without_what_prints_nothing() -> None:
    seed = prepare("\u201cAcme\xad\u2019s\u2026\u201d")
    found = find_quote("Acme's...", seed)
    assert (found.verdict, found.start, found.end) == ("normalised", 1, 9)
    assert find_quote("so", prepare("\xadso\u200b \u200b")).end == 3


def test_a_layer_prefix_or_suffix_tells_occurrences_apart() -> None:
    text = "The kites fly.\nAll kites fly. The kites sell."
    seed = prepare(text)
    assert find_quote("kites", seed).places == (4, 19, 34)
    assert find_quote("kites", seed, [Stretch(0, 14)]).start == 4
    assert find_quote("kites", seed, prefix="All").start == 19
    assert find_quote("kites", seed, suffix="sell.").start == 34
    assert find_quote("kites", seed, prefix="The", suffix="fly").start == 4
    assert find_quote("kites", seed, suffix="fly. The").start == 19
    assert find_quote("fly.\nAll", seed, prefix="kites ", suffix=" kites").verdict == "found"
    assert find_quote("kites", seed, [Stretch(0, 8)]) == Found("not-found", places=(4, 19, 34))
    assert find_quote("kites", seed, prefix="No").verdict == "not-found"


def test_many_occurrences_are_listed_up_to_twenty() -> None:
    seed = prepare("kites and " * 50)
    assert len(find_quote("kites", seed).places) == 20
    assert len(find_quote("ites", seed).places) == 20
    assert len(find_quote("kites", seed, []).places) == 20


def test_a_quote_may_begin_after_a_mark_and_a_mark_is_white_space() -> None:
    text = "QWhat flies?\nAKites fly."
    seed = prepare(text, [0, 13, 99, -1])
    assert find_quote("What flies?", seed) == Found("found", 1, 12, (1,))
    assert find_quote("QWhat flies?", seed).verdict == "not-found"
    assert find_quote("flies? Kites", seed).verdict == "normalised"
    assert is_found("What flies?", text) == "cut"


# Figures and words


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("30", "$300 billion", False),
        ("$300 billion", "exceeded $300 billion, compared", True),
        ("300 billion", "exceeded $300 billion, compared", False),
        ("18-24 months", "takes 18\u201324 months, and", True),
        ("18 to 24 months", "takes 18 to 24\nmonths", True),
        ("2x", "yield a 2x improvement", True),
        ("2", "yield a 2x improvement", False),
        ("40 Million", "40 million", False),
        ("2.3 days", "every 2.3 days", True),
        ("3 days", "every 2.3 days", False),
        ("", "anything", False),
    ],
)
def test_a_figure_stands_in_a_quote_whole(words: str, quote: str, expected: bool) -> None:
    assert stands_in(words, quote) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("\u2014 * \u2026", 0),
        ("co-design, across  models", 3),
        ("architectures\u2014OpenAI's", 2),
        ("$300 billion (e.g., a \u201cfigure\u201d)", 5),
        ("\u4eba\u5de5\u667a\u80fd AI", 3),
        ("\uc0bc\uc131 \uc804\uc790", 2),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count


def test_short_and_long() -> None:
    assert is_short("two words") and not is_short("three words here")
    assert not is_short("2026") and not is_short("$300 billion")
    assert is_long("word " * 61) and not is_long("word " * 60)


# The closest stretch


@pytest.fixture(scope="module")
def seed() -> Prepared:
    return prepare(SEED, MARKED)


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        (
            "Anthropic is in talks with Sony about custom AI chips",
            "Anthropic is in talks with [-Sony-]{+Samsung+} about custom AI chips",
        ),
        ("has exceeded $30 billion", "has exceeded [-$30-]{+$300+} billion"),
        ("nthropic is in talks with Samsung", "[-nthropic-]{+Anthropic+} is in talks with Samsung"),
        (
            "Anthropic Is in talks with Samsung about AI chips",
            "Anthropic [-Is-]{+is+} in talks with Samsung about {+custom+} AI chips",
        ),
        (
            "cost is really not the only variable here",
            "cost is [-really-] not the only variable[-here-]{+.+}",
        ),
        (
            "QWhat are the main reasons OpenAI",
            "[-QWhat-]{+What+} are the main reasons OpenAI",
        ),
        (
            "TradingKey reported that OpenAI chose to deploy its first inference chip in the "
            "second half of 2027",
            "TradingKey reported that OpenAI chose {+to collaborate with Broadcom and TSMC, "
            "planning+} to deploy its first inference chip in the second half of "
            "[-2027-]{+2026+}",
        ),
    ],
)
def test_the_difference_to_the_closest_stretch(quote: str, difference: str, seed: Prepared) -> None:
    near = closest(quote, seed)
    assert near is not None
    assert near.difference == difference
    assert near.text == SEED[near.start : near.end]
    theirs = re.sub(r"\[-.*?-\]|\{\+|\+\}", "", near.difference)
    assert normal(near.text).split() == theirs.split()


@pytest.mark.parametrize(
    "quote", ["The moon is made of green cheese and honey", "", "\u2014", "kites " * 5_000]
)
def test_nothing_is_close(quote: str, seed: Prepared) -> None:
    assert closest(quote, seed) is None


def test_a_long_difference_is_cut_around_what_differs(seed: Prepared) -> None:
    start = SEED.index("According to a report by The Information")
    words = SEED[start : start + 900].split(" ")
    near = closest(" ".join([*words[:80], "kites", *words[81:110]]), seed)
    assert near is not None
    assert near.difference.startswith("\u2026 ")
    assert "[-kites-]" in near.difference
    assert len(near.difference.split()) <= 62


def test_every_changed_quote_of_the_seed_leads_back_to_its_place(seed: Prepared) -> None:
    for quote in quotes_of_the_seed():
        words = quote.split(" ")
        words[len(words) // 2] = "kites"
        near, at = closest(" ".join(words), seed), SEED.index(quote)
        if find_quote(quote, seed).verdict != "not-found":
            assert near is not None
            assert near.start <= at + len(words[0]) and at - 40 <= near.start, quote
            assert "[-kites-]" in near.difference or "kites" in near.difference


def test_scripts_without_spaces_are_compared_letter_by_letter() -> None:
    text = "\u8fd9\u662f\u4e00\u53e5\u5f88\u957f\u7684\u8bdd\u3002"
    near = closest(text.replace("\u957f", "\u77ed"), prepare("\u597d\u3002" + text))
    assert near is not None
    assert near.difference == text.replace("\u957f", "[-\u77ed-]{+\u957f+}")


def test_a_capital_sigma_at_the_end_of_a_cut_word_is_found_in_a_long_text() -> None:
    """Its small letter is another where a word ends, and the quote ends where the word goes on."""
    text = "α β γ " * 1_000 + "ΟΔΟΣ. Η α β ΟΔΟΣΑ ήταν εκεί. ΟΔΟΣ"
    found = find_quote("α β ΟΔΟΣ", prepare(text))
    assert (found.verdict, found.start) == ("cut", text.index("α β ΟΔΟΣΑ"))
