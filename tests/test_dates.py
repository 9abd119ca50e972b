"""Dates: what is read, what it covers, how it is worded, in what order, and what is refused."""

import datetime
import re

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standfirst.dates import (
    LONGEST,
    DateFault,
    Dating,
    date_label,
    is_within,
    read_date,
    readable_in,
    sort_key,
)


def dating(text: str) -> Dating:
    """A date that must be readable."""
    read = read_date(text)
    assert isinstance(read, Dating), read
    return read


def fault(text: str) -> DateFault:
    """A fault where there must be one."""
    read = read_date(text)
    assert isinstance(read, DateFault), read
    return read


READ = """
2016                     | 2016-01-01 | 2016-12-31 | year     | 2016
2026-07                  | 2026-07-01 | 2026-07-31 | month    | July 2026
2024-02                  | 2024-02-01 | 2024-02-29 | month    | February 2024
1900-02                  | 1900-02-01 | 1900-02-28 | month    | February 1900
2026-07-03               | 2026-07-03 | 2026-07-03 | day      | 3 July 2026
2004-01-01T10:10:10Z     | 2004-01-01 | 2004-01-01 | day      | 1 January 2004
2004-01-01T23:30:00+02   | 2004-01-01 | 2004-01-01 | day      | 1 January 2004
2016~                    | 2016-01-01 | 2016-12-31 | year     | about 2016
2016?                    | 2016-01-01 | 2016-12-31 | year     | possibly 2016
2016%                    | 2016-01-01 | 2016-12-31 | year     | possibly about 2016
2025-12~                 | 2025-12-01 | 2025-12-31 | month    | about December 2025
201X                     | 2010-01-01 | 2019-12-31 | decade   | 2010s
201X~                    | 2010-01-01 | 2019-12-31 | decade   | about the 2010s
19XX                     | 1900-01-01 | 1999-12-31 | century  | 20th century
20XX?                    | 2000-01-01 | 2099-12-31 | century  | possibly the 21st century
01XX                     | 0100-01-01 | 0199-12-31 | century  | 2nd century
2004-XX                  | 2004-01-01 | 2004-12-31 | month    | a month in 2004
1985-04-XX               | 1985-04-01 | 1985-04-30 | day      | a day in April 1985
1985-XX-XX               | 1985-01-01 | 1985-12-31 | day      | a day in 1985
0044                     | 0044-01-01 | 0044-12-31 | year     | 44
0000                     | 0000-01-01 | 0000-12-31 | year     | 1 BC
-0044-03-15              | -0044-03-15 | -0044-03-15 | day    | 15 March 45 BC
-019X                    | -0199-01-01 | -0190-12-31 | decade | 200 BC to 191 BC
Y170000002               | +170000002-01-01 | +170000002-12-31 | year | 170000002
Y-17000                  | -17000-01-01 | -17000-12-31 | year  | 17001 BC
2026-21                  | 2026-03-01 | 2026-05-31 | season   | spring 2026
2026-22                  | 2026-06-01 | 2026-08-31 | season   | summer 2026
2026-23                  | 2026-09-01 | 2026-11-30 | season   | autumn 2026
2026-24                  | 2026-12-01 | 2027-02-28 | season   | winter 2026
2023-24                  | 2023-12-01 | 2024-02-29 | season   | winter 2023
9999-24                  | 9999-12-01 | +10000-02-29 | season | winter 9999
2026-25                  | 2026-03-01 | 2026-05-31 | season   | spring 2026 (northern hemisphere)
2026-28                  | 2026-12-01 | 2027-02-28 | season   | winter 2026 (northern hemisphere)
2026-29                  | 2026-09-01 | 2026-11-30 | season   | spring 2026 (southern hemisphere)
2026-30                  | 2026-12-01 | 2027-02-28 | season   | summer 2026 (southern hemisphere)
2026-31                  | 2026-03-01 | 2026-05-31 | season   | autumn 2026 (southern hemisphere)
2026-32                  | 2026-06-01 | 2026-08-31 | season   | winter 2026 (southern hemisphere)
2026-33                  | 2026-01-01 | 2026-03-31 | quarter  | first quarter of 2026
2026-Q3                  | 2026-07-01 | 2026-09-30 | quarter  | third quarter of 2026
2026-36~                 | 2026-10-01 | 2026-12-31 | quarter  | about the fourth quarter of 2026
2026-37                  | 2026-01-01 | 2026-04-30 | third    | first four months of 2026
2026-38                  | 2026-05-01 | 2026-08-31 | third    | middle four months of 2026
2026-39                  | 2026-09-01 | 2026-12-31 | third    | last four months of 2026
2026-H1                  | 2026-01-01 | 2026-06-30 | half     | first half of 2026
2026-H2                  | 2026-07-01 | 2026-12-31 | half     | second half of 2026
2025-03/2026-01          | 2025-03-01 | 2026-01-31 | interval | March 2025 to January 2026
2026-01/2026-03          | 2026-01-01 | 2026-03-31 | interval | January to March 2026
2004~/2005?              | 2004-01-01 | 2005-12-31 | interval | about 2004 to possibly 2005
2004/2004                | 2004-01-01 | 2004-12-31 | interval | 2004
2004-06/2004             | 2004-06-01 | 2004-12-31 | interval | June 2004 to 2004
201X/202X                | 2010-01-01 | 2029-12-31 | interval | the 2010s to the 2020s
2026-Q1/2026-Q3          | 2026-01-01 | 2026-09-30 | interval \
| the first quarter of 2026 to the third quarter of 2026
2025/..                  | 2025-01-01 | -          | interval | since 2025
2026-H2~/..              | 2026-07-01 | - | interval | since about the second half of 2026
../2026                  | -          | 2026-12-31 | interval | until 2026
2004/                    | 2004-01-01 | -          | interval | 2004 to an unknown date
/2004                    | -          | 2004-12-31 | interval | an unknown date to 2004
[..2026-07-03]           | -          | 2026-07-03 | set      | before 3 July 2026
[..2026]                 | -          | 2026-12-31 | set      | in or before 2026
[..2030-12~]             | -          | 2030-12-31 | set      | in or before about December 2030
[2026-01-01..]           | 2026-01-01 | -          | set      | on or after 1 January 2026
[2026-H2..]              | 2026-07-01 | -          | set | in or after the second half of 2026
[2026-01-01..2026-07-03] | 2026-01-01 | 2026-07-03 | set | between 1 January and 3 July 2026
[2026-07-01..2026-07-03] | 2026-07-01 | 2026-07-03 | set | between 1 and 3 July 2026
[2025-12-30..2026-01-03] | 2025-12-30 | 2026-01-03 | set \
| between 30 December 2025 and 3 January 2026
[2026-01..2026-03]       | 2026-01-01 | 2026-03-31 | set      | between January and March 2026
[2025..2026-03-02]       | 2025-01-01 | 2026-03-02 | set      | between 2025 and 2 March 2026
"""


@pytest.mark.parametrize("row", READ.replace("\\\n", "").strip().splitlines())
def test_a_date_gives_its_bounds_its_precision_and_its_words(row: str) -> None:
    text, earliest, latest, precision, label = (cell.strip() for cell in row.split("|"))
    read = dating(text)
    assert (read.earliest or "-", read.latest or "-", read.precision) == (
        earliest,
        latest,
        precision,
    )
    assert date_label(read) == label


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2026-H1", "2026-40"),
        ("2026-H2~", "2026-41~"),
        ("2026-Q1", "2026-33"),
        ("2026-Q4/2027-Q1", "2026-36/2027-33"),
        ("[..2026-Q3]", "[..2026-35]"),
        (" 2026-07-03 ", "2026-07-03"),
        ("2004-01-01T24:00:00", "2004-01-01"),
        ("2004-01-01T10:10:10-05:30", "2004-01-01"),
    ],
)
def test_a_date_is_kept_in_its_canonical_form(text: str, edtf: str) -> None:
    assert dating(text).edtf == edtf


def test_marks_are_told_of_the_whole() -> None:
    marks = {text: dating(text) for text in ("2016", "2016~", "2016?", "2016%", "2004~/2005?")}
    assert [read.approximate for read in marks.values()] == [False, True, False, True, True]
    assert [read.uncertain for read in marks.values()] == [False, False, True, True, True]


def test_an_open_end_is_told_from_an_unknown_one() -> None:
    ends = {
        text: (dating(text).open_start, dating(text).open_end)
        for text in ("2004/..", "2004/", "../2004", "/2004", "[..2004]", "[2004..]", "2004/2005")
    }
    assert ends == {
        "2004/..": (False, True),
        "2004/": (False, False),
        "../2004": (True, False),
        "/2004": (False, False),
        "[..2004]": (True, False),
        "[2004..]": (False, True),
        "2004/2005": (False, False),
    }


SUCH_AS = 'type a date such as 2026, 2026-07, 2026-07-03, 2026-H2, 2025/2026 or "[..2026-07-03]"'


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "the date is empty", f"{SUCH_AS}, or leave the key out"),
        (" \n", "the date is empty", f"{SUCH_AS}, or leave the key out"),
        ("2" * (LONGEST + 1), "a date has at most 64 characters", SUCH_AS),
        (
            "2026-13",
            "there is no month 13",
            "months are 01 to 12, seasons 21 to 24; halves and quarters are typed 2026-H2, 2026-Q3",
        ),
        (
            "2026-02-30",
            "there is no day 30 in 2026-02",
            "2026-02 has 28 days; type 2026-02-XX where the day is not known",
        ),
        (
            "2025/2025-06-31",
            "there is no day 31 in 2025-06",
            "2025-06 has 30 days; type 2025-06-XX where the day is not known",
        ),
        ("2026-H3", "there is no half 3", "type 2026-H1, -H2 or -Q1 to -Q4"),
        ("2026-Q0", "there is no quarter 0", "type 2026-H1, -H2 or -Q1 to -Q4"),
        ("2026-21-01", "2026-21 is no month and has no day 01", "type 2026-21"),
        ("201X-05", "the year 201X takes no month", "type 201X"),
        ("Y12026-05", "the year Y12026 takes no month", "type Y12026"),
        ("2026-XX-01", "a day without its month is not read", "type 2026-XX or 2026"),
        ("-0000", "there is no year -0000", "type 0000 for the year 1 BC"),
        ("2005/2004", "2004 lies before 2005", "type 2004/2005"),
        ("2026-H2/2026-06", "2026-06 lies before 2026-H2", "type 2026-06/2026-H2"),
        ("[2026..2025]", "2025 lies before 2026", 'type "[2025..2026]"'),
        ("../..", "neither end is given", 'type one end, such as 2025/.. or "[..2026-07-03]"'),
        ("/", "neither end is given", 'type one end, such as 2025/.. or "[..2026-07-03]"'),
        ("[..]", "neither end is given", 'type one end, such as 2025/.. or "[..2026-07-03]"'),
        ("[2026,2027]", "a list of dates is not read", 'type "[a..b]" for one day from a to b'),
        ("{2026..2027}", "a list of dates is not read", 'type "[a..b]" for one day from a to b'),
        (
            "a\nb\x00",
            '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}" is not a date',
            SUCH_AS,
        ),
    ],
)
def test_a_fault_says_what_is_wrong_and_what_to_type(text: str, message: str, hint: str) -> None:
    assert fault(text) == DateFault(message, hint)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("2026/07/03", "2026-07-03"),
        ("2026.7.3", "2026-07-03"),
        ("2026-7", "2026-07"),
        ("20260703", "2026-07-03"),
        ("15/07/2026", "2026-07-15"),
        ("07/03/2026", "2026-03-07 or 2026-07-03"),
        ("2026-07-03 10:10", "2026-07-03"),
        ("July 2026", "2026-07"),
        ("3 July 2026", "2026-07-03"),
        ("Thursday, July 3rd, 2026", "2026-07-03"),
        ("summer 2026", "2026-22"),
        ("H2 2026", "2026-41"),
        ("in the second half of 2026", "2026-41"),
        ("at the end of 2025", None),
        ("end of 2025", "2025-12~"),
        ("early 2026", "2026-33~"),
        ("about 2016", "2016~"),
        ("since 2025", "2025/.."),
        ("2025\u20132026", "2025/2026"),
        ("from March 2025 to January 2026", "2025-03/2026-01"),
        ("before 3 July 2026", '"[..2026-07-03]"'),
        ("between 1 January and 3 July 2026", '"[2026-01-01..2026-07-03]"'),
        ("2010s", "201X"),
        ("1900s", None),
        ("20th century", "19XX"),
        ("201x", "201X"),
        ("198u", "198X"),
        ("2004/open", "2004/.."),
        ("2025 / 2026", "2025/2026"),
        ("2025-03/04", "2025-03/2025-04"),
        ("..2026", '"[..2026]"'),
        ("2026~?", "2026%"),
        ("2026-06-~01", "2026-06-01~"),
        ("12026", "Y12026"),
        ("on Thursday", None),
        ("now", None),
        ("2XXX", None),
        ("2004-01-01T10:10:10Z/2005", None),
        ("٢٠٢٦", None),
    ],
)
def test_what_is_no_edtf_gets_the_edtf_it_may_mean(text: str, proposal: str | None) -> None:
    assert fault(text) == DateFault(
        f'"{text}" is not a date', f"type {proposal}" if proposal else SUCH_AS
    )


READABLE = """
2026-07-03 | on 3 July 2026 the firm
2026-07-03 | Thursday, July 3, 2026
2026-07-03 | JULY 3RD 2026
2026-07-03 | the 3rd of July 2026
2026-07-03 | Дня 2026-07-03Дня
2026-07-03 | in 2026, on July 3, the firm
2026-07-15 | on 15.07.2026
2026-07-15 | on 07/15/2026
2026-05    | acme opened in may 2026
2026-07    | on 3 July 2026 the firm
2026       | on 3 July 2026 the firm
2026       | (2026)
2026~      | in 2026
2026-41    | in the second half of 2026
2026-H2    | in H2 2026
2026-H2    | in 2H 2026
2026-H2    | 2026-H2
2026-H1    | the first six months of 2026
2026-Q3    | Q3 2026
2026-Q3    | the third quarter of 2026
2026-Q3    | third-quarter 2026
2026-Q1/2026-Q3 | Q1 to Q3 2026
2026-22    | in the summer of 2026
2026-23    | Fall 2026
2025-12~   | about $90 billion at the end of 2025
2025-12~   | in late 2025
2025-12~   | by year-end 2025
2025-12~   | late in 2025
2026-07    | in July, in 2026
2026-41    | in 2026, in the second half
2026-41    | 2nd half of 2026
2026       | it may, in 2026, build
2026-06~   | in mid-2026
2030-36~   | by late 2030
[..2030-12~] | by late 2030
201X       | in the 2010s
19XX       | in the 20th century
19XX       | in the 1900s
[2026-01-01..2026-07-03] | between 1 January and 3 July 2026
[2026-07-01..2026-07-03] | 1\u20133 July 2026
2025-03/2026-01 | from March 2025 to January 2026
2026-01/2026-03 | January to March 2026
2025/2026  | the years 2025-2026
Y12026     | in the year 12026
1985-04-XX | a day in April 1985
"""

UNREADABLE = """
2026-07-02 | on Thursday
2026-07-03 | on 3 July
2026-07-03 | in July 2026
2026-07-03 | on 07/03/2026
2026-07-03 | on 13 July 2026
2026-07-02 | 1 to 3 July 2026
2026-07    | in July 2025 and May 2026
2026-07    | in 2026
2026-05    | in 2026 Acme may build
2026-05    | it may, in 2026, build
2026-03    | In 2026 they march
2026-23    | prices fall to 2026 levels
2026-23    | prices fall in 2026
2026-12~   | the talks end in 2026
2026-05    | it may in 2026 build
2026       | some 12026 kites
2026       | for $2026
2026       | 2026% more
2026       | 2026.5 points
2026       | in 20267
2026       | A2026 chips
1200       | in 1200 BC
-0044      | in 45 BC
2026-41    | in the second half of this year
2026-41    | in the first half of 2026
2026-41    | Q2 FY2026
2026-36    | in late 2026
2025-12    | at the end of 2025
2025-12?   | at the end of 2025
2025-12-31~ | at the end of 2025
2012       | in 2010-12
201X       | in 2010
2025/2026  | since 2025
2025-03/2026-01 | from March to January 2026
"""


@pytest.mark.parametrize("row", READABLE.strip().splitlines())
def test_a_quote_that_prints_the_date_is_enough(row: str) -> None:
    text, quote = (cell.strip() for cell in row.split("|"))
    assert readable_in(dating(text), quote)


@pytest.mark.parametrize("row", UNREADABLE.strip().splitlines())
def test_a_quote_that_does_not_print_all_of_the_date_is_not(row: str) -> None:
    text, quote = (cell.strip() for cell in row.split("|"))
    assert not readable_in(dating(text), quote)


def test_a_timeline_is_in_order() -> None:
    ordered = [
        *("[..-0044]", "[..2026-07-03]", "../2026", "/2027"),
        *("Y-17000", "-0044", "0000", "0999-12-31", "1985-04-XX", "1985-04/.."),
        *("201X", "2026-01-01", "2026-33", "2026-40", "2026", "2026~", "2026/.."),
        *("2026-07-02", "2026-07-03", "9999", "Y10000", "Y170000002"),
    ]
    assert sorted(ordered, key=lambda text: sort_key(dating(text))) == ordered


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("2026-07", "2026", True),
        ("2026", "2026-07", False),
        ("2026-12~", "2026-H2", True),
        ("2026-24", "2026", False),
        ("2026", "2026~", True),
        ("2026", "2025/..", True),
        ("2026/..", "2025/..", True),
        ("2025/..", "2025/2030", False),
        ("[..2026-07-03]", "../2026", True),
        ("[..2026-07-03]", "2026", False),
        ("Y12026", "2026/..", True),
    ],
)
def test_one_date_lies_within_another(inner: str, outer: str, expected: bool) -> None:
    assert is_within(dating(inner), dating(outer)) is expected


UKRAINIAN = """
2026                     | 2026 рік
2026-07                  | липень 2026 року
2026-07-03               | 3 липня 2026 року
-0044-03-15              | 15 березня 45 року до н. е.
2030~                    | близько 2030 року
2026-36~                 | близько четвертого кварталу 2026 року
2016?                    | можливо, 2016 рік
2016%                    | можливо, близько 2016 року
201X                     | 2010-ті роки
201X~                    | близько 2010-х років
19XX                     | 20-те століття
1985-04-XX               | один із днів квітня 1985 року
2004-XX                  | один із місяців 2004 року
2026-21                  | весна 2026 року
2026-32                  | зима 2026 року у Південній півкулі
2026-Q3                  | третій квартал 2026 року
2026-37                  | перші чотири місяці 2026 року
2026-H2                  | друга половина 2026 року
2025/2026                | від 2025 до 2026 року
2026-01/2026-03          | від січня до березня 2026 року
2026-07-01/2026-07-03    | від 1 до 3 липня 2026 року
2025-03/2026-H1          | від березня 2025 року до першої половини 2026 року
2025/..                  | від 2025 року
../2026-H2               | до другої половини 2026 року
2004/                    | від 2004 року до невідомої дати
[..2026-07-03]           | до 3 липня 2026 року
[..2030-12~]             | не пізніше приблизно грудня 2030 року
[2026-H2..]              | не раніше другої половини 2026 року
[2026-01-01..2026-07-03] | не раніше 1 січня і не пізніше 3 липня 2026 року
"""


@pytest.mark.parametrize("row", UKRAINIAN.strip().splitlines())
def test_a_date_comes_in_the_cases_of_its_language(row: str) -> None:
    text, label = (cell.strip() for cell in row.split("|"))
    assert date_label(dating(text), "uk") == label
    assert date_label(dating(text), "uk-UA") == label


def test_a_date_bends_to_what_stands_before_it() -> None:
    """ "as of the second half", "станом на другу половину": the accusative of a noun."""
    assert date_label(dating("2026-H2"), "uk", "as-of") == "другу половину 2026 року"
    assert date_label(dating("2026-24~"), "uk", "as-of") == "приблизно зиму 2026 року"
    assert date_label(dating("2026-07"), "uk", "as-of") == "липень 2026 року"
    assert date_label(dating("2026-H2"), "en", "as-of") == "second half of 2026"


def test_without_a_catalogue_a_date_is_english_to_its_last_word() -> None:
    """Half a date in one language and half in another would be in none."""
    for language in ("fr", "he", "xx", ""):
        assert date_label(dating("2026-07-03/.."), language) == "since 3 July 2026"


@pytest.mark.parametrize("language", ["cy", "it", "uk", "ar", "zh-Hant", "xx", "", "\x00"])
def test_no_language_leaves_a_date_without_words(language: str) -> None:
    for text in ("07XX", "19XX", "201X", "2026-02", "2026-H2/..", "[2026-07-01..2026-07-03]"):
        assert date_label(dating(text), language)


def test_a_date_made_by_hand_that_is_none_raises_nothing() -> None:
    made = Dating("soon", None, None, False, False, False, False, "day")
    assert date_label(made) == "soon"
    assert not readable_in(made, "soon, in 2026")


# What is read, made at random: as text that is a date, nearly a date, or anything.


def points(years: st.SearchStrategy[str], first: datetime.date) -> st.SearchStrategy[str]:
    """Single dates of those years, long ones not included, with and without a mark."""
    months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
    shares = st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4", *range(21, 42)])
    bare = st.one_of(
        years,
        months,
        st.dates(first).map(datetime.date.isoformat),
        st.builds("{}-{}".format, years, shares),
        years.map(lambda year: year[:-1] + "X"),
        years.map(lambda year: year[:-2] + "XX"),
        years.map("{}-XX".format),
        years.map("{}-XX-XX".format),
        months.map("{}-XX".format),
    )
    return st.builds("{}{}".format, bare, st.sampled_from(["", "~", "?", "%"]))


def in_order(form: str, first: str, last: str) -> str:
    """Two dates in the order in which a stretch may have them."""
    if sort_key(dating(first)) > sort_key(dating(last)):
        first, last = last, first
    return form.format(first, last)


def with_stretches(single: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Those dates, and intervals and sets of them."""
    one_ended = ["{}/..", "../{}", "{}/", "/{}", "[..{}]", "[{}..]"]
    return st.one_of(
        single,
        st.builds(in_order, st.sampled_from(["{}/{}", "[{}..{}]"]), single, single),
        st.builds(str.format, st.sampled_from(one_ended), single),
    )


OFTEN = settings(max_examples=200, deadline=None)
SELDOM = settings(max_examples=100, deadline=None)
YEARS = st.integers(0, 9999).map("{:04d}".format) | st.integers(1, 9999).map("-{:04d}".format)
LONG = st.builds("Y{}{}".format, st.sampled_from(["", "-"]), st.integers(10_000, 10**12))
POINTS = points(YEARS, datetime.date.min).filter(lambda text: "-0000" not in text) | LONG
DATES = with_stretches(POINTS)
SINCE_1000 = with_stretches(
    points(st.integers(1000, 9999).map(str), datetime.date(1000, 1, 1))
    | st.integers(10_000, 10**12).map("Y{}".format)
)
NEARLY = st.text("0123456789-/.[]XYHQTZ~?%: ", max_size=20) | st.lists(
    st.sampled_from(
        ["July", "3", "2026", "the", "second half", "Q3", "of", "20th century", "-", "end", "2010s"]
    ),
    max_size=5,
).map(" ".join)


@given(st.text(max_size=80) | NEARLY)
@example("about #")
@example("between # and 2026")
@OFTEN
def test_no_text_raises(text: str) -> None:
    read = read_date(text)
    if isinstance(read, DateFault):
        assert read.message.isprintable()
        assert read.hint
    else:
        assert date_label(read)


@given(st.text(max_size=200) | NEARLY, DATES)
@OFTEN
def test_no_quote_raises(quote: str, text: str) -> None:
    assert readable_in(dating(text), quote) in (True, False)


@given(DATES)
@OFTEN
def test_a_date_read_again_is_the_same_date(text: str) -> None:
    assert read_date(dating(text).edtf) == dating(text)


@given(DATES)
@OFTEN
def test_no_date_ends_before_it_starts(text: str) -> None:
    start, end, _ = sort_key(dating(text))
    assert end == (1,) or start <= end[1:]


@given(POINTS)
@OFTEN
def test_a_mark_moves_no_bound(text: str) -> None:
    marked, bare = dating(text), dating(text.rstrip("~?%"))
    assert (marked.earliest, marked.latest) == (bare.earliest, bare.latest)


@given(DATES, DATES)
@OFTEN
def test_the_order_is_total_and_follows_the_bounds(one: str, other: str) -> None:
    first, second = dating(one), dating(other)
    assert (sort_key(first) == sort_key(second)) is (first == second)
    if first.earliest == second.earliest and first != second:
        by_end = (sort_key(first)[1:], sort_key(second)[1:])
        assert (sort_key(first) < sort_key(second)) is (by_end[0] < by_end[1])
    if is_within(first, second) and is_within(second, first):
        assert (first.earliest, first.latest) == (second.earliest, second.latest)


@given(st.dates(), st.dates())
@OFTEN
def test_days_are_ordered_as_in_the_calendar(one: datetime.date, other: datetime.date) -> None:
    first, second = dating(one.isoformat()), dating(other.isoformat())
    assert (sort_key(first) < sort_key(second)) is (one < other)


@given(SINCE_1000)
@OFTEN
def test_a_date_can_be_read_off_its_own_words(text: str) -> None:
    words = date_label(dating(text))
    assert readable_in(dating(text), f"It happened {words}, they say.")


@given(
    st.dates(datetime.date(1000, 1, 1)).map(datetime.date.isoformat),
    st.sampled_from(["{}", "{}~", "{}?", "{}%", "{}/..", "../{}", "[..{}]", "[{}..]"]),
    st.sampled_from([10, 7]),
)
@OFTEN
def test_words_typed_for_a_date_get_that_date_proposed(day: str, form: str, width: int) -> None:
    read = dating(form.format(day[:width]))
    proposal = f'"{read.edtf}"' if read.edtf.startswith("[") else read.edtf
    assert fault(date_label(read)).hint == f"type {proposal}"


def is_read_alike(text: str) -> bool:
    """Whether the `edtf` package is an oracle for the date.

    It is none, and the date is left out, where it ends the winters 24 and 28 and the southern
    summer 30 on 31 December; reads no mark after a season, quarter or half; and, before the year
    0, turns the bounds of an unspecified month or day round. Not made at all are open and unknown
    ends (it gives an infinite number, or adds ten years) and unspecified months and days in
    intervals (an exception).
    """
    return not re.search(
        r"^-?\d{4}-(?:24|28|30)$|^-?\d{4}-(?:2[1-9]|3\d|4[01])[~?%]$|^-\d{4}-.*X", text
    )


WHOLE = YEARS | st.dates().map(datetime.date.isoformat)
SHARED = POINTS.map(lambda text: dating(text).edtf).filter(is_read_alike)


@given(SHARED | st.builds(in_order, st.just("{}/{}"), WHOLE, WHOLE))
@SELDOM
def test_the_bounds_are_those_of_the_edtf_package(text: str) -> None:
    theirs = parse_edtf(text)
    start, end, _ = sort_key(dating(text))
    assert tuple(theirs.lower_strict()[:3]) == start
    assert tuple(theirs.upper_strict()[:3]) == end[1:]


@pytest.mark.parametrize("words", ["1 and ", "may ", "Q3 ", "in the ", "9", "May, ", "2026-", "'"])
def test_a_very_long_quote_is_read_to_its_end(words: str) -> None:
    """A pattern that went back over the text again and again would never return here."""
    assert readable_in(dating("2026-07"), words * 20_000 + " in July 2026")
