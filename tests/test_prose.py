from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standfirst import prose
from standfirst.prose import Claim, Support, claims, may_claim

NAMES = ("GPT-4", "Intel 7", "Two Sigma", "Friday", "May Mobility", "7", "5th Avenue")

STATED: list[tuple[str, list[str]]] = [
    ("Sales rose to $300 billion from about 90 billion.", ["$300 billion", "90 billion"]),
    ("It takes 18 to 24 months.", ["18", "24 months"]),
    ("It fell 5 % and then 7 per cent.", ["5 %", "7 per cent"]),
    ("Two of twelve, twenty-five in all", ["Two", "twelve", "twenty-five"]),
    ("One of them; no one; one percent; one million", ["one percent", "one million"]),
    ("millions of users, dozens of chips", ["millions", "dozens"]),
    ("the first chip, its second half, a third route, the 3rd", []),
    ("H100, A100, S3, 3D, 5G, 4K, o1, MI300X", []),
    ("GPT-5 and Boeing-747 and COVID-19", []),
    ("2x, 40km, $5bn, 7nm, 5%", ["2x", "40km", "$5bn", "7nm", "5%"]),
    ("top-10 firms, a 24-month plan", ["10", "24-month"]),
    ("Nvidia—5 chips", ["5"]),
    ("$2,000; 2000 km; 1,500", ["$2,000", "2000 km", "1,500"]),
    ("version 12.4.1", ["12.4.1"]),
    ("decade-long", []),
    ("GPT-4, Intel 7 and Two Sigma met two others", ["two"]),
    ("Intel 75 and Intel 7.5", ["75", "7.5"]),
    ("7 chips for 5th Avenue", ["7"]),
    ("Friday acted on Monday", ["Monday"]),
    ("1. First\n2. Second\n 3) third", []),
    ("It is 1) dear, 2) slow and (3) old (4).", ["4"]),
    ("They have few (about 5) fabs (12) and", ["5", "12"]),
    ("It sold 40. Then it stopped.", ["40"]),
    ("see https://example.org/2026/07/5 or www.example.org/12", []),
    ("in 2026 and the 2010s", ["2026", "2010s"]),
    ("2000 workers in FY2026", ["2000", "FY2026"]),
    ("on Thursday, 2 July 2026, at last", ["Thursday, 2 July 2026"]),
    ("July 2, 2026 and 3rd of July", ["July 2, 2026", "3rd of July"]),
    ("July 3-5, 2026; 3 to 5 May", ["July 3", "5, 2026", "3", "5 May"]),
    ("2026-07-03 or 2026-07", ["2026-07-03", "2026-07"]),
    ("late 2026, mid-2026, the end of 2025", ["late 2026", "mid-2026", "end of 2025"]),
    ("by the end of July, early May", ["end of July", "early May"]),
    ("second half of 2026, H2 2026, 2026-H2", ["second half of 2026", "H2 2026", "2026-H2"]),
    ("Q3, Q3 2026, the third quarter of 2026", ["Q3", "Q3 2026", "third quarter of 2026"]),
    ("the first half of the year", ["first half of the year"]),
    ("in summer 2026, in the summer", ["summer 2026"]),
    ("the 21st century", ["21st century"]),
    ("It may march. May I? We met in May, Jan said.", ["May"]),
    ("July 3 million users", ["July", "3 million"]),
    ("it sold 45% in July 40% in May", ["45%", "July", "40%", "May"]),
    ("He said “chips are core” and “2x”.", ["chips are core", "2x"]),
    ('He said "chips are core," again.', ["chips are core,"]),
    ("«les puces» and „die Chips“", ["les puces", "die Chips"]),
    ("'Developing Their Own Chips' is it", ["Developing Their Own Chips"]),
    ("‘Nvidia’s own chips’ is it", ["Nvidia’s own chips"]),
    ("the firms' view of the analysts' plans", []),
    ("it's Anthropic's and 'quick'", []),
    ("'90s and the firms' plans", ["90s"]),
    ('a 5" wafer and a 6" wafer', ["5", "6"]),
    ("", []),
]


def unsourced(text: str, support: Support, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    return prose.unsourced(claims(text, names), support, names)


@pytest.mark.parametrize(("text", "words"), STATED)
def test_what_a_text_states(text: str, words: list[str]) -> None:
    found = claims(text, NAMES)
    assert [one.words for one in found] == words
    assert all(text[one.start : one.end] == one.words for one in found)
    assert may_claim(text) or not words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The guild expects more of it.",
        "It is one of the names; no one knows, one might say.",
    ],
)
def test_of_what_states_nothing_this_is_told_without_reading_it(text: str) -> None:
    assert not may_claim(text)
    assert claims(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("one percent", "one US dollar", "one-fold", "one %", "one €", "ſix", "f\u0131ve", "½"),
        *("Mondays", "late Ju\u00adly", "in May", "the first half of the year", "third quarter"),
        *("said “so”", "'so it is'", "millions", "twofold", "twenty-one", "http://a.b five"),
    ],
)
def test_no_claim_is_passed_over(text: str) -> None:
    assert claims(text)
    assert may_claim(text)


BORNE = [
    ("$300 billion", "exceeded $300 billion, compared"),
    ("$2.5bn", "$2.5 billion"),
    ("$2.5 billion", "USD 2.5bn"),
    ("2.5 billion dollars", "US$2.5 billion"),
    ("about 90 billion", "$90 billion"),
    ("$50 billion", "sales of 50 billion"),
    ("40m users", "40 million users"),
    ("40 million", "40m users"),
    ("5 %", "5%"),
    ("5%", "5 percent"),
    ("5 per cent", "five percent"),
    ("from 5% to 7%", "from 5 to 7 per cent"),
    ("5% and 7%", "5 and 7 percent"),
    ("two", "2 companies"),
    ("2 companies", "Two of them"),
    ("1 chip", "one chip"),
    ("a dozen", "12 of them"),
    ("two hundred", "200"),
    ("half a million", "500,000"),
    ("30000", "30,000"),
    ("30 000", "30,000"),
    ("2000 chips", "2,000 chips"),
    ("2,000 chips", "2000 chips"),
    ("18 to 24 months", "18-24 months"),
    ("18–24 months", "takes 18 to 24 months"),
    ("between 18 and 24 months", "18-24 months"),
    ("a 24-month process", "24 months"),
    ("$5 billion to $7 billion", "$5-7 billion"),
    ("2x", "a twofold gain"),
    ("two-fold", "2x improvement"),
    ("three meetings", "met three times"),
    ("millions of users", "for millions of people"),
    ("2.30 km", "2.3 kilometres"),
    ("2½ years", "2.5 years"),
    ("in 2026", "late 2026"),
    ("late 2025", "at the end of 2025"),
    ("July 2026", "on Thursday, 2 July 2026"),
    ("2 July 2026", "July 2nd, 2026"),
    ("2026-07-02", "2 July 2026"),
    ("H2 2026", "the second half of 2026"),
    ("Q3 2026", "third quarter of 2026"),
    ("on Thursday", "reported on Thursday that"),
    ("“core means of production”", "no longer items but core means of production."),
    ("“Core means”", "but core means of production"),
    ("“core means,” he said", "but core means of production"),
    ("“chips … core means”", "chips are items but core means of production"),
    ("“            are core”", "OpenAI's chips are core"),
    ("“it's ‘core’”", "it’s 'core'"),
    ("“18-24 months”", "18–24 months"),
]
UNBORNE = [
    ("$300 billion", "$30 billion"),
    ("30 chips", "300 chips"),
    ("30", "30.5"),
    ("3", "3,000"),
    ("$90 billion", "$90 million"),
    ("about 3 million", "3 billion"),
    ("5 billion", "5"),
    ("5", "5 billion"),
    ("$50 billion", "€50 billion"),
    ("50 billion crowns", "$50 billion"),
    ("$50 billion", "C$50 billion"),
    ("5%", "5 companies"),
    ("5 companies", "5%"),
    ("5 percentage points", "5%"),
    ("2x", "two companies"),
    ("two companies", "a 2x gain"),
    ("18 months", "18 years"),
    ("7 km", "7 miles"),
    ("5% to 8%", "5 to 7 per cent"),
    ("18 to 36 months", "18-24 months"),
    ("millions of users", "thousands of users"),
    ("tens of millions", "millions"),
    ("-5%", "5%"),
    ("7 fabs", "made on Intel 7"),
    ("12.4.2", "12.4.1"),
    ("3 chips", "H3 and GPT-3"),
    ("3 chips", "1) dear 2) slow 3) old"),
    ("two chips", "the second chip"),
    ("24 chips", "on 24 July"),
    ("in 2027", "in 2026"),
    ("late 2026", "early 2026"),
    ("end of 2025", "late 2025"),
    ("late 2026", "in 2026"),
    ("2 July 2026", "July 2026"),
    ("3 July 2026", "2 July and 3 August 2026"),
    ("July 2026", "July 2025 and August 2026"),
    ("second half of 2026", "first half of 2026"),
    ("second half of 2026", "in 2026"),
    ("Q3 2026", "Q2 2026"),
    ("on Tuesday", "on Thursday"),
    ("2010s", "2000s"),
    ("summer 2026", "spring 2026"),
    ("“core of production”", "core means of production"),
    ("“ore means”", "core means of production"),
    ("“core Means”", "core means of production"),
    ("“core means … chips”", "chips are core means"),
    ("“30”", "300 chips"),
]


@pytest.mark.parametrize(("text", "quote"), BORNE)
def test_other_spellings_of_the_same_are_borne(text: str, quote: str) -> None:
    assert claims(text, NAMES)
    assert unsourced(text, Support(quotes=(quote,)), NAMES) == ()


@pytest.mark.parametrize(("text", "quote"), UNBORNE)
def test_another_figure_date_or_wording_is_not_borne(text: str, quote: str) -> None:
    assert unsourced(text, Support(quotes=(quote,)), NAMES)


Ends = tuple[str | None, str | None]
DATED: list[tuple[str, Ends, str, bool]] = [
    ("in 2026", ("2026-07-01", "2026-12-31"), "2026-41", True),
    ("in 2027", ("2026-07-01", "2026-12-31"), "2026-41", False),
    ("in the second half of 2026", ("2026-07-01", "2026-12-31"), "2026-41", True),
    ("in the first half of 2026", ("2026-07-01", "2026-12-31"), "2026-41", False),
    ("late 2026", ("2026-07-01", "2026-12-31"), "2026-41", True),
    ("early 2026", ("2026-07-01", "2026-12-31"), "2026-41", False),
    ("late 2026", ("2026-01-01", "2026-12-31"), "2026", False),
    ("at the end of 2030", ("2030-12-01", "2030-12-31"), "2030-12~", True),
    ("on 2 July 2026", ("2026-07-02", "2026-07-02"), "2026-07-02", True),
    ("on Thursday, 2 July 2026", ("2026-07-02", "2026-07-02"), "2026-07-02", True),
    ("on Thursday", ("2026-07-02", "2026-07-02"), "2026-07-02", True),
    ("on Friday, 2 July 2026", ("2026-07-02", "2026-07-02"), "2026-07-02", False),
    ("on 3 July 2026", ("2026-07-02", "2026-07-02"), "2026-07-02", False),
    ("in July", ("2026-07-01", "2026-07-31"), "2026-07", True),
    ("on 2 July", ("2026-07-01", "2026-07-31"), "2026-07", False),
    ("in July 2025", ("2026-07-01", "2026-07-31"), "2026-07", False),
    ("by the end of July", ("2026-07-25", "2026-07-31"), "2026-07-25/2026-07-31", True),
    ("in Q3 2026", ("2026-07-01", "2026-09-30"), "2026-35", True),
    ("in Q3 2026", ("2026-07-01", "2026-12-31"), "2026-41", False),
    ("in summer 2026", ("2026-06-01", "2026-08-31"), "2026-22", True),
    ("in winter 2026", ("2026-06-01", "2026-08-31"), "2026-22", False),
    ("in the 2010s", ("2010-01-01", "2019-12-31"), "201X", True),
    ("in the 20th century", ("1901-01-01", "2000-12-31"), "19XX", True),
    ("from November 2025 to March 2026", ("2025-11-01", "2026-03-31"), "2025-11/2026-03", True),
    ("from December 2025", ("2025-11-01", "2026-03-31"), "2025-11/2026-03", False),
    ("since 2025", ("2025-01-01", None), "2025/..", True),
    ("since July 2025", ("2025-07-01", None), "2025-07/..", True),
    ("before 3 July 2026", (None, "2026-07-03"), "[..2026-07-03]", True),
    ("in 2025", ("-0044-03-15", "nonsense"), "-0044-03-15", False),
    ("2026 chips", ("2026-07-02", "2026-07-02"), "2026-07-02", True),
    ("7 chips", ("2026-07-02", "2026-07-07"), "2026-07-02/2026-07-07", False),
]


@pytest.mark.parametrize(("text", "ends", "edtf", "borne"), DATED)
def test_a_facts_date_bears_what_it_covers(text: str, ends: Ends, edtf: str, borne: bool) -> None:
    lacking = unsourced(text, Support(dates=(ends,), edtf=(edtf,)))
    assert (not lacking) == borne


def test_a_basis_bears_dates_and_no_figures() -> None:
    support = Support(basis=('"on Tuesday"; the page is dated Thursday 8 May 2031, 5 chips',))
    lacking = unsourced("On Tuesday 5 chips came; 8 May 2031 was “the page”.", support)
    assert [one.words for one in lacking] == ["5", "the page"]


def test_parts_of_a_date_may_come_from_several_places() -> None:
    support = Support(quotes=("on 2 July",), dates=(("2026-01-01", "2026-12-31"),))
    assert not unsourced("2 July 2026", support)


def test_a_figure_of_a_value_bears_as_a_quote_does() -> None:
    support = Support(figures=("$300 billion", "18-24 months"))
    assert not unsourced("$300bn within 18 to 24 months", support)


def test_references_blanked_inside_a_quotation_are_gaps_in_it() -> None:
    text = '"given the direction             models are heading"'
    quote = "In fact, given the direction OpenAI models are heading, using TPUs"
    assert not unsourced(text, Support(quotes=(quote,)))
    assert unsourced(text, Support(quotes=("models are heading, given the direction",)))


def test_a_claim_says_where_it_stands_and_what_it_is() -> None:
    text = "Sales rose to\u00a0$300\u00a0billion."
    assert claims(text) == (Claim(14, 26, "figure", "$300\u00a0billion", (("300000000000", "$"),)),)


MANY = """$ 5 3.5 2026 July May two million billion to - – — and , . % x ' " “ ” ‘ ’ half of the
second Q3 1) 2. ( ) GPT-4 m k bn € twenty hundred a 000 late end Monday 3rd ¼ … « » or s / fold
dozen millions tens year 01 -07 2010s between per"""
MARKS = ["\n", "\u00ad", "\u202f", "\u0301", "\u200b", "    ", "https://a.b/2", "21st century"]
PIECES = st.sampled_from(MANY.split() + MARKS)
PROSE = st.lists(PIECES | st.just(" ") | st.text(max_size=3), max_size=25).map("".join)
CALLED = st.lists(st.sampled_from(NAMES) | st.text(max_size=4), max_size=3)


@settings(deadline=None, max_examples=400)
@given(PROSE, CALLED)
@example("5‘21st century’", [])
def test_a_text_bears_itself_and_its_claims_are_its_own_words(text: str, names: list[str]) -> None:
    for one in claims(text, names):
        assert one.words
        assert may_claim(text)
        assert text[one.start : one.end] == one.words
    assert unsourced(text, Support(quotes=(text,)), names) == ()


@settings(deadline=None)
@given(PROSE, PROSE, st.tuples(st.none() | st.text(), st.none() | st.dates().map(str)))
def test_nothing_raises(text: str, other: str, ends: Ends) -> None:
    support = Support((other,), (other,), (ends, ends[::-1]), (other,), (other,))
    assert set(unsourced(text, support)) <= set(claims(text))


SHAPES = st.sampled_from(
    ["{}", "${} billion", "{}%", "{}x", "{} months", "about {} million crowns", "“{} chips”"]
)


@given(SHAPES, st.integers(0, 999_999), st.data())
def test_a_changed_digit_is_never_borne(shape: str, value: int, data: st.DataObject) -> None:
    digits = str(value)
    place = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != digits[place]]))
    changed = digits[:place] + digit + digits[place + 1 :]
    quote = f"it was {shape.format(digits)} then"
    assert unsourced(f"It was {shape.format(changed)}.", Support(quotes=(quote,)))


@pytest.mark.parametrize(
    "piece",
    [
        *["1,", "1", "5 to ", "2026 ", "2026-", "July 3 ", "1) ", "(1", "May ", "“a", "„“", "…"],
        *["'a ", '"a ', "'ab cd' ", "early the year ", "first half of the ", "https://", " ", "\n"],
    ],
)
def test_a_hundred_thousand_characters_are_read_in_one_go(piece: str) -> None:
    """Work that grew with the square of the text's length would not come back."""
    text = piece * (100_000 // len(piece))
    assert unsourced(text, Support(quotes=(text,)), NAMES) == ()


def test_a_long_s_makes_no_season() -> None:
    assert [one.words for one in claims("In ſpring 2025 and summer 2026.")] == [
        "2025",
        "summer 2026",
    ]


def test_names_may_be_any_iterable() -> None:
    names: Iterable[str] = (name for name in NAMES)
    assert claims("GPT-4 and Intel 7", names) == ()
