"""Problems: where they stand, their order, and the texts that show them to a person."""

import random

import pytest

from standfirst.problem import (
    Place,
    Places,
    Problem,
    Span,
    as_data,
    compiler_text,
    github_text,
    in_order,
)


def problem(line: int = 1, column: int = 1, end_column: int = 0, **other: str) -> Problem:
    """A problem in one line of `f.yaml`."""
    span = Span("f.yaml", line, column, line, end_column or column + 1)
    return Problem(other.get("slug", "bad-value"), "it is wrong", span, other.get("hint", ""))


def test_a_compiler_text_shows_the_line_a_caret_and_the_hint() -> None:
    """Place, slug and message; the line; a caret under each wrong character; what to type."""
    text = compiler_text(problem(2, 4, 8, hint="type:\na: b"), "name: Acme\nof: kite\n")
    assert text.split("\n") == [
        "f.yaml:2:4: bad-value: it is wrong",
        "2 | of: kite",
        "  |    ^^^^",
        "   hint: type:",
        "         a: b",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_that_is_counted_ends_a_line(line_end: str) -> None:
    """Line feed, carriage return, and both together each end one line."""
    source = line_end.join(["one", "", "three", ""])
    assert compiler_text(problem(3), source).split("\n")[1:] == ["3 | three", "  | ^"]


@pytest.mark.parametrize(
    "sign", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_no_other_sign_ends_a_line(sign: str) -> None:
    """What only some programs take for the end of a line does not shift the lines below."""
    source = f"one{sign}\ntwo\n"
    assert compiler_text(problem(2), source).split("\n")[1:] == ["2 | two", "  | ^"]


@pytest.mark.parametrize("source", [None, "", "one\n \t\n", "one"])
def test_a_line_that_shows_nothing_is_left_out(source: str | None) -> None:
    """No text, no such line or a blank one: the place and the hint are enough."""
    text = compiler_text(problem(2, hint="type it"), source)
    assert text == "f.yaml:2:1: bad-value: it is wrong\n   hint: type it"


def test_a_caret_stands_under_its_words_behind_tabs() -> None:
    """A tab takes one column in the line and none of it under the caret."""
    assert compiler_text(problem(1, 3, 5), "\t\tab").split("\n")[1:] == ["1 |   ab", "  |   ^^"]


def test_a_problem_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    """Only the first line is shown."""
    several = Problem("bad-value", "it is wrong", Span("f.yaml", 1, 4, 2, 3))
    assert compiler_text(several, "a: bcd\n  e\n").split("\n")[1:] == ["1 | a: bcd", "  |    ^^^"]


def test_a_very_long_line_is_cut_around_the_words() -> None:
    """The wrong words are among the 140 characters shown, and the caret is under them."""
    shown, caret = compiler_text(problem(1, 501, 506), "x" * 500 + "wrong" + "x" * 500).split("\n")[
        1:
    ]
    assert len(shown) == len("1 | ") + 140
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "wrong"


def test_a_caret_stands_behind_a_line_that_ends_too_early() -> None:
    """Where something is missing at the end of a line, the caret stands there."""
    assert compiler_text(problem(1, 5), "abcd").split("\n")[1:] == ["1 | abcd", "  |     ^"]


def test_a_workflow_command_is_one_line_whatever_the_problem_holds() -> None:
    """Per cent signs and line ends are written as GitHub reads them; in fields, also : and ,."""
    span = Span("a,b:c.yaml", 1, 2, 3, 4)
    text = github_text(Problem("bad-value", "5 % is: wrong,\r", span, "type\n6"))
    assert text == (
        "::error file=a%2Cb%3Ac.yaml,line=1,col=2,endLine=3,endColumn=4,title=bad-value"
        "::5 %25 is: wrong,%0D%0Ahint: type%0A6"
    )
    assert github_text(problem()).endswith("::it is wrong")


def test_as_data_names_every_part() -> None:
    """The published form holds the place, the slug and the words."""
    assert as_data(problem(2, 3, hint="type it")) == {
        "slug": "bad-value",
        "file": "f.yaml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 4,
        "message": "it is wrong",
        "hint": "type it",
    }


def test_problems_come_once_by_file_line_column_and_slug() -> None:
    """Lines are numbers: 10 comes after 9."""
    ordered = [
        Problem("z", "wrong", Span("a.yaml", 9, 1)),
        Problem("a", "wrong", Span("a.yaml", 10, 2)),
        Problem("b", "wrong", Span("a.yaml", 10, 2)),
        Problem("b", "wrong, too", Span("a.yaml", 10, 2)),
        Problem("a", "wrong", Span("a.yaml", 10, 11)),
        Problem("a", "wrong", Span("b.yaml", 1, 1)),
    ]
    mixed = ordered * 2
    random.Random(1).shuffle(mixed)
    assert in_order(mixed) == tuple(ordered)
    assert in_order([]) == ()


BODY = Places("s.md", {("body",): Place(4, 1, 6, 1, 1), ("cut",): Place(2, 6, 3, 9)})


@pytest.mark.parametrize(
    ("text", "words", "span"),
    [
        ("A kite flies.", "kite", (4, 3, 4, 7)),
        ("One.\nA kite\nflies.", "kite", (5, 3, 5, 7)),
        ("One.\nA kite\nflies.", "kite\nflies", (5, 3, 6, 6)),
        ("One.\n\n\nkite", "kite", (7, 1, 7, 5)),
        ("One.\r\nA kite\r\nflies.", "kite\r\nflies", (5, 3, 6, 6)),
        ("One.\rA kite\rflies.", "kite\rflies", (5, 3, 6, 6)),
        ("One.\r\nA kite\r\nflies.", "kite\r", (5, 3, 5, 8)),
        ("One.\x0c\u2028A kite", "kite", (4, 9, 4, 13)),
        ("One.\n", "\n", (4, 5, 5, 1)),
    ],
)
def test_words_of_a_text_of_many_lines_stand_where_they_are(
    text: str, words: str, span: tuple[int, int, int, int]
) -> None:
    """Lines and columns count on from the text's own beginning, in any file's line ends."""
    start = text.index(words)
    assert BODY.word(("body",), text, start, start + len(words)) == Span("s.md", *span)


def test_words_begin_in_the_column_of_their_text() -> None:
    """In the first line the columns before the text count; in those below they do not."""
    places = Places("f.yaml", {("a",): Place(1, 4, 2, 9, 5)})
    assert places.word(("a",), "kites\nfly", 0, 5) == Span("f.yaml", 1, 5, 1, 10)
    assert places.word(("a",), "kites\nfly", 6, 9) == Span("f.yaml", 2, 1, 2, 4)


def test_a_text_written_otherwise_than_it_reads_is_shown_whole() -> None:
    """Without its own first column, a value's words cannot be counted to."""
    assert BODY.word(("cut",), "a kite", 2, 6) == Span("s.md", 2, 6, 3, 9)


def test_a_value_that_is_not_written_stands_where_the_one_around_it_does() -> None:
    """A list of one may be written without its list; what is absent has its record's place."""
    whole, one, key = Place(1, 1, 9, 1), Place(2, 5, 2, 9), Place(2, 1, 2, 4)
    places = Places("f.yaml", {(): whole, ("a", "by"): one, ("a",): one}, {("a", "by"): key})
    inner = places.under(("a",))
    assert inner.value(("by", 0)) == inner.value(("by",)) == Span("f.yaml", 2, 5, 2, 9)
    assert inner.key(("by",)) == Span("f.yaml", 2, 1, 2, 4)
    assert places.value(("b", 1)) == places.key(("b",)) == Span("f.yaml", 1, 1, 9, 1)
    assert Places("none.yaml").value(("b",)) == Span("none.yaml")
