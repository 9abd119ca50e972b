import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standfirst.figures import LONGEST, Amount, is_range, laid_out, numbers, read_figure
from standfirst.quotes import normal

ONE = [
    ("40 million crowns", 40_000_000, "crowns"),
    ("$300 billion", 300_000_000_000, "$"),
    ("about $90 billion", 90_000_000_000, "$"),
    ("$2.5bn", 2_500_000_000, "$"),
    ("$40m", 40_000_000, "$"),
    ("US$5", 5, "US$"),
    ("A$5m", 5_000_000, "A$"),
    ("USD 5 billion", 5_000_000_000, "USD"),
    ("€5 billion", 5_000_000_000, "€"),
    ("5 million €", 5_000_000, "€"),
    ("$300 per month", 300, "$ per month"),
    ("40 million crowns or more", 40_000_000, "crowns"),
    ("2x", 2, "x"),
    ("2×", 2, "×"),
    ("two-fold", 2, "fold"),
    ("twofold", 2, "fold"),
    ("71%", 71, "%"),
    ("5 %", 5, "%"),
    ("5 per cent", 5, "per cent"),
    ("10 percentage points", 10, "percentage points"),
    ("-5%", -5, "%"),
    ("0.1", 0.1, None),
    ("0.30", 0.3, None),
    (".5 km", 0.5, "km"),
    ("1,234.5 km", 1234.5, "km"),
    ("30,000", 30_000, None),
    ("12,34,567 rupees", 1_234_567, "rupees"),
    ("5\u202f000 km", 5000, "km"),
    ("5 000 km", 5000, "km"),
    ("5 m\u0131llion", 5_000_000, None),  # small and capital letters are one to the reader
    ("\u017f\u0130x million", 6_000_000, None),
    ("2½ years", 2.5, "years"),
    ("7nm", 7, "nm"),
    ("24-month", 24, "month"),
    ("40k users", 40_000, "users"),
    ("$40K", 40_000, "$"),
    ("7B parameters", 7_000_000_000, "parameters"),
    ("over 200 arrests", 200, "arrests"),
    ("top-10", 10, None),
    ("one", 1, None),
    ("two", 2, None),
    ("three fronts", 3, "fronts"),
    ("Twelve", 12, None),
    ("twenty-five chips", 25, "chips"),
    ("a dozen chips", 12, "chips"),
    ("two dozen", 24, None),
    ("a hundred", 100, None),
    ("half a million", 500_000, None),
    ("half-a-million", 500_000, None),
    ("two hundred and fifty million", 250_000_000, None),
    ("two million five hundred thousand", 2_500_000, None),
    ("2026", 2026, None),
]
RANGES = [
    ("18 to 24 months", 18, 24, "months"),
    ("18-24 months", 18, 24, "months"),
    ("18–24 months", 18, 24, "months"),
    ("18—24 months", 18, 24, "months"),
    ("two to three years", 2, 3, "years"),
    ("between 5 and 7", 5, 7, None),
    ("between about 5 and 7 percent", 5, 7, "percent"),
    ("$5-7 billion", 5_000_000_000, 7_000_000_000, "$"),
    ("$5 billion-$7 billion", 5_000_000_000, 7_000_000_000, "$"),
    ("5 billion to 7 billion dollars", 5_000_000_000, 7_000_000_000, "dollars"),
    ("300 to 2 billion", 300, 2_000_000_000, None),
    ("1.5 to 2 million", 1_500_000, 2_000_000, None),
    ("5%-7%", 5, 7, "%"),
    ("100x to 200x", 100, 200, "x"),
]
NONE = [
    "",
    "decade-long",
    "significant",
    "millions of users",
    "tens of millions",
    "several hundred",
    "H100",
    "GPT-4",
    "3D",
    "5G",
    "4K",
    "20s",
    "1st",
    "second half",
    "40m",  # millions or metres
    "40m users",
    "two-thirds",
    "one third",
    "1/3",
    "5 or 7",
    "3 of 5 chips",
    "7 to 5",
    "$5 million to €7 million",
    "18 months to 2 years",
    "minus 5",
    "1.2.3",
    "1,2,3",
    "9" * 30,
    "900 million billion",
    "5 " + "x" * LONGEST,
]


@pytest.mark.parametrize(("figure", "amount", "unit"), ONE)
def test_one_amount_is_read_as_printed(figure: str, amount: float, unit: str | None) -> None:
    assert read_figure(figure) == Amount(amount, None, None, unit)


@pytest.mark.parametrize(("figure", "low", "high", "unit"), RANGES)
def test_a_range_has_two_ends(figure: str, low: float, high: float, unit: str | None) -> None:
    assert read_figure(figure) == Amount(None, low, high, unit)


@pytest.mark.parametrize("figure", NONE)
def test_what_cannot_be_read_for_certain_is_not_read(figure: str) -> None:
    assert read_figure(figure) is None


def test_whole_amounts_are_whole_and_fractions_are_not_stretched() -> None:
    whole, part = read_figure("2.50 million"), read_figure("0.1%")
    assert whole is not None
    assert json.dumps(whole.amount) == "2500000"
    assert part is not None
    assert json.dumps(part.amount) == "0.1"


READINGS = [
    ("$2.5bn", [(("2500000000", "$"),)]),
    ("US$2.5 billion", [(("2500000000", "$"),)]),
    ("2.5 billion US dollars", [(("2500000000", "$"),)]),
    ("40m", [(("40", "m"), ("40000000", ""))]),
    ("three times", [(("3", "x"), ("3", ""))]),
    ("5 and 7 percent", [(("5", ""), ("5", "%")), (("7", "%"),)]),
    ("5, 6 and 7 km", [(("5", ""), ("5", "km")), (("6", ""), ("6", "km")), (("7", "km"),)]),
    ("5% and 7 km", [(("5", "%"),), (("7", "km"),)]),
    ("millions", [(("million", ""),)]),
    ("tens of millions", [(("ten of million", ""),)]),
    ("the 1990s", [(("1990s", ""),)]),
    ("CUDA 12.4.1", [(("12.4.1", ""),)]),
    ("Nvidia—5 chips", [(("5", ""),)]),
    ("Boeing-747", []),
    ("sub-5nm", [(("5", "nm"),)]),
    ("1920x1080", []),
]


@pytest.mark.parametrize(("text", "readings"), READINGS)
def test_numbers_are_found_in_a_text(text: str, readings: list[object]) -> None:
    assert [one.readings for one in numbers(normal(laid_out(text)))] == readings


def test_only_numbers_can_be_the_ends_of_a_range() -> None:
    text = "millions to 7"
    assert not is_range(text, *numbers(text))


@given(st.text(max_size=200))
@example("١٢ million")
@example("$" + "9" * 150)
@example("trillion " * 12)
def test_reading_never_raises(figure: str) -> None:
    amount = read_figure(figure)
    assert amount is None or json.dumps([amount.amount, amount.min, amount.max])
    numbers(figure)


@given(st.integers(0, 10**12))
def test_digits_grouped_or_not_are_one_amount(value: int) -> None:
    assert read_figure(f"{value:,}") == read_figure(str(value)) == Amount(value, None, None, None)


@given(st.decimals("0.001", "999", places=3))
def test_decimals_keep_their_digits(value: object) -> None:
    read = read_figure(f"{value} km")
    assert read is not None
    assert read.amount == float(str(value))


@pytest.mark.parametrize(
    "piece", ["1,", "1.", "9", "5 to ", "5 and ", "two hundred ", "$", "1 000 ", "A-", "½", "-"]
)
def test_a_hundred_thousand_characters_are_read_in_one_go(piece: str) -> None:
    """Work that grew with the square of the text's length would not come back."""
    assert len(numbers(piece * (100_000 // len(piece)))) < 100_000
