"""Texts into spans and passages, and how far quotes cover them."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standfirst.passages import (
    Coverage,
    Layer,
    Passage,
    Reading,
    SpanFault,
    coverage,
    find_span,
    split_passages,
    state_of,
    unplaced,
)
from standfirst.quotes import UNSEEN, Stretch

ROOT = Path(__file__).parent.parent
SEED = (ROOT / "seeds/000_8d1739ef5a49c3d6.txt").read_bytes().decode()
MARKS = {"question": "Q", "answer": "A"}


def span(text: str, start: str, end: str | None = None, to_end: bool = False) -> Stretch:
    found = find_span(text, start, end, to_end)
    assert isinstance(found, Stretch)
    return found


def layer(name: str, text: str, start: str, end: str | None = None) -> Layer:
    found = span(text, start, end)
    return Layer(name, found.start, found.end)


def whole(text: str, name: str = "body") -> list[Layer]:
    return [Layer(name, 0, len(text))]


def split(text: str, marks: dict[str, str] | None = None, *aside: Stretch) -> tuple[Passage, ...]:
    return split_passages(text, whole(text), marks or {}, aside, "en").passages


def texts(passages: tuple[Passage, ...]) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in passages]


# Spans

TEXT = "Kites fly.\nAcme makes kites.\r\nBorea sells kites.\nThe end"


@pytest.mark.parametrize(
    ("ends", "to_end", "words"),
    [
        (("Acme",), False, "Acme makes kites."),
        (("kites.\r\nBorea",), False, "kites.\r\nBorea sells kites."),
        (("The",), False, "The end"),
        (("Acme", "kites."), False, "Acme makes kites."),
        (("Acme", "end"), False, TEXT[11:]),
        (("Borea",), True, "Borea sells kites.\nThe end"),
        ((" makes ", " "), False, " makes kites.\r\nBorea "),
    ],
)
def test_a_span_goes_from_words_to_words(ends: tuple[str, ...], to_end: bool, words: str) -> None:
    found = span(TEXT, ends[0], ends[1] if ends[1:] else None, to_end)
    assert TEXT[found.start : found.end] == words


@pytest.mark.parametrize(
    ("ends", "fault"),
    [
        (("acme",), SpanFault("span-not-found", "from", "acme")),
        (("",), SpanFault("span-not-found", "from", "")),
        (("kites",), SpanFault("span-ambiguous", "from", "kites")),
        (("Borea", "Acme"), SpanFault("span-not-found", "to", "Acme")),
        (("Borea", ""), SpanFault("span-not-found", "to", "")),
        (("Acme  makes",), SpanFault("span-not-found", "from", "Acme  makes")),
    ],
)
def test_a_span_that_is_not_there_says_which_end(ends: tuple[str, ...], fault: SpanFault) -> None:
    assert find_span(TEXT, ends[0], ends[1] if ends[1:] else None) == fault


def test_words_that_overlap_themselves_stand_twice() -> None:
    assert find_span("la la la", "la la") == SpanFault("span-ambiguous", "from", "la la")


# Passages


def test_lines_are_split_into_sentences_and_headings() -> None:
    text = "About kites\n\n  They fly, e.g. high. \u201cDo they?\u201d he asked.\r\nYes: 3.5 km!\n"
    assert [(one.kind, one.text, one.line) for one in split(text)] == [
        ("heading", "About kites", 1),
        ("sentence", "They fly, e.g. high.", 3),
        ("sentence", "\u201cDo they?\u201d he asked.", 3),
        ("sentence", "Yes: 3.5 km!", 4),
    ]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Acme vs. Borea. Who wins", ["heading"]),
        ("They said: \u201cIt flies.\u201d", ["sentence"]),
        ("There are three reasons:", ["sentence"]),
        ("\u8fd9\u662f\u4e00\u53e5\u3002\u7b2c\u4e8c\u53e5\uff01", ["sentence", "sentence"]),
        ("One two three four. " * 6 + "And then it stops in the mid", ["sentence"] * 7),
    ],
)
def test_a_line_without_end_punctuation_is_a_heading(line: str, kinds: list[str]) -> None:
    assert [passage.kind for passage in split(line)] == kinds


def test_a_layer_may_begin_and_end_within_a_line() -> None:
    text = "By Ann. Kites fly. They do. More.\nNext."
    reading = split_passages(text, [layer("body", text, "Kites", "do.")], {}, [], "en")
    assert texts(reading.passages) == [("sentence", "Kites fly."), ("sentence", "They do.")]
    assert unplaced(text, [layer("body", text, "Kites", "do.")], []) == (
        Stretch(0, 7),
        Stretch(28, len(text)),
    )


def test_passages_are_in_order_whatever_the_order_of_layers() -> None:
    text = "One.\nTwo."
    layers = [layer("b", text, "Two."), layer("a", text, "One.")]
    assert [one.layer for one in split_passages(text, layers, {}, [], "en").passages] == ["a", "b"]


def test_marks_are_kinds_of_line_where_every_line_has_one() -> None:
    text = "QWhat flies?\n\nAKites fly. They do\nQ2 was good?\nA\u042f\u043a."
    reading = split_passages(text, whole(text), MARKS, [], "en")
    assert texts(reading.passages) == [
        ("question", "What flies?"),
        ("answer", "Kites fly."),
        ("answer", "They do"),
        ("question", "2 was good?"),
        ("answer", "\u042f\u043a."),
    ]
    assert [text[at] for at in reading.marked] == ["Q", "A", "Q", "A"]


@pytest.mark.parametrize(
    "text",
    [
        "About kites\nQWhat flies?\nAKites fly.",
        "QWhat flies?\nQWho flies?",
        "QWhat flies?\nAll fly.",
        "QWhat flies?\nA Kite flies.",
        "",
    ],
)
def test_marks_do_not_hold_where_a_line_has_none_or_one_is_missing(text: str) -> None:
    assert split_passages(text, whole(text), MARKS, [], "en").marked == ()


def test_lines_that_are_set_aside_do_not_count_for_marks() -> None:
    text = "Advert\nQWhat flies?\nAKites fly."
    reading = split_passages(text, whole(text), MARKS, [Stretch(0, 6)], "en")
    assert reading.marked == (7, 20)


def test_a_mark_named_like_a_layer_is_glued_to_its_lines_only() -> None:
    text = "Acme flies.\n>Kites fly.\n>Borea\nKites sell."
    layers = [layer("body", text, "Acme"), layer("notes", text, ">Kites", "sell.")]
    reading = split_passages(text, layers, {"notes": ">", "body": "Z"}, [], "en")
    assert reading.marked == (12, 24)
    assert texts(reading.passages) == [
        ("sentence", "Acme flies."),
        ("sentence", "Kites fly."),
        ("heading", "Borea"),
        ("sentence", "Kites sell."),
    ]
    lone = split_passages(
        "\u2022What?", whole("\u2022What?", "question"), {"question": "\u2022"}, [], "en"
    )
    assert lone == Reading((Passage(1, 6, "question", "question", "What?", 1),), (0,))


def test_passages_are_cut_where_a_stretch_is_set_aside() -> None:
    text = "Kites fly (advert: buy now) and sell. Advert. They do. * * *"
    aside = [span(text, "(advert", "now)"), span(text, "Adv", "ert.")]
    assert [(one.text, one.set_aside) for one in split(text, None, *aside)] == [
        ("Kites fly", False),
        ("(advert: buy now)", True),
        ("and sell.", False),
        ("Advert.", True),
        ("They do. * * *", False),
    ]


def test_what_has_no_word_is_set_aside() -> None:
    text = "Kites fly.\n* * *\nAdvert!"
    aside = Stretch(text.index("Advert"), len(text) - 1)
    assert [(one.text, one.set_aside) for one in split(text, None, aside)] == [
        ("Kites fly.", False),
        ("* * *", True),
        ("Advert!", True),
    ]


def test_a_very_long_line_is_read_in_parts() -> None:
    line = "Kites fly over Borea all day long. " * 400
    assert [one.text for one in split(line)] == ["Kites fly over Borea all day long."] * 400


lines = st.text(
    st.sampled_from(
        "aAbQ1  \n\n\r\t.!?:;\"'()[]\u201c\u201d*-\u2014\xa0\u200b\xad\ufeff\u2028\x85"
        "\xe9\u0301\u5b57\u3002\U0001f600\ud800"
    ),
    max_size=60,
)
bounds = st.lists(st.integers(0, 60), max_size=6).map(sorted)


@given(
    st.one_of(lines, st.text(max_size=60)),
    bounds,
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
    st.sampled_from([{}, {"question": "Q", "answer": "A"}, {"x0": "a"}, {"x0": "", "q": "QA"}]),
    st.sampled_from(["en", "uk", "zh", "ar", "my", "de-AT", "", "xx"]),
)
@example("0000000_", [7, 8], [], {}, "en")
@settings(deadline=None)
def test_every_character_of_a_layer_lies_in_one_passage(
    text: str,
    cuts: list[int],
    ranges: list[tuple[int, int]],
    marks: dict[str, str],
    language: str,
) -> None:
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    layers = [Layer(f"x{number}", *both) for number, both in enumerate(pairs)]
    aside = [Stretch(*both) for both in ranges]
    reading = split_passages(text, layers, marks, aside, language)
    taken = sorted(at for one in reading.passages for at in range(one.start, one.end))
    assert len(taken) == len(set(taken))
    printing = {at for at, sign in enumerate(text) if not sign.isspace() and sign not in UNSEEN}
    placed = {at for start, end in pairs for at in range(start, end)}
    assert {*taken} & printing == (placed & printing) - {*reading.marked}
    assert [*reading.passages] == sorted(reading.passages, key=lambda one: one.start)
    away = {at for part in aside for at in range(part.start, part.end)}
    for one in reading.passages:
        assert one.text == text[one.start : one.end] == one.text.strip() != ""
        assert one.line == text.count("\n", 0, one.start) + 1
        inside = {*range(one.start, one.end)} & printing
        assert not inside & away or one.set_aside
        has_word = re.search(r"[^\W_]", one.text)  # a low line alone is no word
        assert not one.set_aside or inside <= away or not has_word or inside & away
    lost = {at for part in unplaced(text, layers, aside) for at in range(part.start, part.end)}
    assert lost & printing == printing - placed - away


# Coverage


def test_coverage_counts_passages_sentences_and_words() -> None:
    text = "About kites\nKites fly very high. Acme sells. Buy now. Borea waits."
    passages = split(text, None, span(text, "Buy", "now."))
    used = [
        span(text, "Ab", "out"),
        span(text, "Kites", "fly"),
        span(text, "fly v", "ery"),
        span(text, "Buy", "now."),
    ]
    assert coverage(passages, used) == Coverage(
        passages=5,
        accounted=3,
        sentences=3,
        used=1,
        words=10,
        quoted=4,
        states=("used", "used", "open", "set-aside", "open"),
    )
    assert coverage(passages[2:3], used).states == ("open",)
    assert state_of(passages[1], used[1:2]) == "used"
    assert state_of(passages[1], [Stretch(12, 17)]) == "open"
    assert state_of(passages[3], []) == "set-aside"
    assert coverage([], used) == Coverage(0, 0, 0, 0, 0, 0, ())


def test_a_quote_of_several_passages_counts_for_each() -> None:
    passages = split("Kites fly. They do. Acme waits here.")
    assert coverage(passages, [Stretch(6, 25)]).states == ("used", "used", "open")


# The seed of this repository


@pytest.fixture(scope="module")
def reading() -> Reading:
    layers = [
        layer("headline", SEED, "Both OpenAI and Anthropic are '"),
        layer("abstract", SEED, "OpenAI and Anthropic are both advancing"),
        layer("body", SEED, "According to a report by The Information", "author: Zhao Ying"),
        layer("questions", SEED, "QWhat are the main", "Maia chip series."),
    ]
    aside = [
        span(SEED, "marsbit\u041e"),
        span(SEED, "\u0410\u043d\u043e\u0442"),
        span(SEED, "This article is from WeChat"),
        span(SEED, "\u041f\u043e\u0432'\u044f\u0437\u0430\u043d\u0456 \u043f\u0438"),
        span(
            SEED,
            "\u041f\u043e\u0432'\u044f\u0437\u0430\u043d\u0456 \u043c\u0430",
            to_end=True,
        ),
    ]
    assert unplaced(SEED, layers, aside) == ()
    assert unplaced(SEED, layers[1:], aside) == (Stretch(layers[0].start, layers[0].end),)
    return split_passages(SEED, layers, MARKS, aside, "en")


def test_the_seed_is_read_passage_by_passage(reading: Reading) -> None:
    kinds = [(passage.layer, passage.kind) for passage in reading.passages]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        ("headline", "heading"): 1,
        ("abstract", "sentence"): 11,
        ("body", "sentence"): 53,
        ("body", "heading"): 5,
        ("questions", "question"): 5,
        ("questions", "answer"): 14,
    }
    assert [SEED[at] for at in reading.marked] == ["Q", "A"] * 5
    assert [one.text[:11] for one in reading.passages if one.set_aside] == ["This articl"]


def test_the_sentences_of_the_seed_are_whole(reading: Reading) -> None:
    for passage in reading.passages:
        assert SEED[passage.start : passage.end] == passage.text
        assert re.match(r"[A-Z\"]|\d\)", passage.text)
        assert passage.kind == "heading" or re.search(r"[.?:][\")]?$", passage.text)
