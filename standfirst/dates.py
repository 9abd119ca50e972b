"""EDTF ↔ bounds, order, words.

Never raises for any text, and never asks a clock: what is wrong with a date is a `DateFault`.

Read are EDTF's levels 0 and 1, and of level 2 the codes 21 to 41 and `[a..b]`, `[..b]`, `[a..]`;
`2026-H2` and `2026-Q3` mean 2026-41 and 2026-35. A date-time such as `2004-01-01T10:10:10Z` is
read as its day, as it is written there, whatever its zone. Of a year's digits the last one or two
may be `X`.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfirst.datefinder import edtf_of_words, mentions
from standfirst.datewords import Point, point_label, stretch_label

LONGEST = 64
"""The most characters a date may have."""

Day = tuple[int, int, int]
Key = tuple[tuple[int, ...], tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as it was understood: its canonical EDTF and the days it may cover.

    `earliest` and `latest` are ISO days (`2026-07-01`; `-0044-03-15` and `+12026-01-01` outside
    four digits), or `None` where that end is open (`..`; then `open_start` or `open_end`) or
    unknown. A mark (`~ ? %`) does not move them.
    `precision` is `day`, `month`, `season`, `quarter`, `third`, `half`, `year`, `decade`,
    `century`, `interval` (all of it) or `set` (one day in it).
    """

    edtf: str
    earliest: str | None
    latest: str | None
    approximate: bool
    uncertain: bool
    open_start: bool
    open_end: bool
    precision: str


@dataclass(frozen=True, slots=True)
class DateFault:
    """What is wrong with a date's text, and what to type instead."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Expression:
    """A date's parts; in a `point` both ends are the same, else `..` is open and `""` unknown."""

    form: str
    start: Point | str
    end: Point | str

    def points(self) -> tuple[Point, ...]:
        return tuple(end for end in (self.start, self.end) if isinstance(end, Point))

    def __str__(self) -> str:
        if self.form == "point":
            return str(self.start)
        if self.form == "interval":
            return f"{self.start}/{self.end}"
        return _set(*("" if end == ".." else str(end) for end in (self.start, self.end)))


@functools.lru_cache(maxsize=65536)
def read_date(text: str) -> Dating | DateFault:
    """The date a text gives in EDTF, or what is wrong with it."""
    text = text.strip()
    if len(text) > LONGEST:
        return DateFault(f"a date has at most {LONGEST} characters", _SUCH_AS)
    if not text:
        return DateFault("the date is empty", f"{_SUCH_AS}, or leave the key out")
    expression = _expression(text)
    if isinstance(expression, DateFault):
        return _unread(text) if expression is _NO_DATE else expression
    return _dating(expression)


def date_label(dating: Dating, language: str = "en", case: str = "") -> str:
    """The date in words: "second half of 2026", "between 1 and 3 July 2026", "since 2025".

    In English where there is no catalogue for the language. `case` is where it will stand, as
    `datewords` knows it. "before 3 July 2026" words `[..2026-07-03]`: the day itself counts; of a
    month or year the words say so ("in or before 2026").
    """
    return _label(dating.edtf, language, case)


@functools.lru_cache(maxsize=65536)
def _label(edtf: str, language: str, case: str) -> str:
    expression = _expression(edtf)
    if isinstance(expression, DateFault):
        return edtf
    if isinstance(expression.start, Point) and expression.form == "point":
        return point_label(expression.start, language, case)
    return stretch_label(expression.form, expression.start, expression.end, language, case)


def readable_in(dating: Dating, quote: str) -> bool:
    """Whether a quote prints, in English, all that the date states.

    Every end that is stated must be there, to its year, month and day, in words or digits. "end
    of 2025" and "late 2025" print a month, quarter or half only where it is marked `~` or `%`;
    07/03/2026 prints no month, as nobody can tell which it is. Years before 1000 are not found.
    """
    expression = _expression(dating.edtf)
    if isinstance(expression, DateFault):
        return False
    found = mentions(quote)
    return all(any(one.states(point) for one in found) for point in expression.points())


def sort_key(dating: Dating) -> Key:
    """The place in a timeline: by first day, then last day, then text.

    What has no first day comes first, what has no last day after what has one.
    """
    start = _day(dating.earliest) if dating.earliest else ()
    end = (0, *_day(dating.latest)) if dating.latest else (1,)
    return start, end, dating.edtf


def is_within(inner: Dating, outer: Dating) -> bool:
    """Whether each day that one date may cover is also one of the other's."""
    (start, end, _), (outer_start, outer_end, _) = sort_key(inner), sort_key(outer)
    return outer_start <= start and end <= outer_end


_SUCH_AS = 'type a date such as 2026, 2026-07, 2026-07-03, 2026-H2, 2025/2026 or "[..2026-07-03]"'
_NO_DATE = DateFault("this is not a date", _SUCH_AS)
_POINT = re.compile(
    r"(Y-?[1-9][0-9]{4,}|-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))"
    r"(?:-([0-9]{2}|XX|[HQ][0-9])(?:-([0-9]{2}|XX))?)?([~?%]?)"
)
_CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)
_CODES = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}


@functools.lru_cache(maxsize=4096)
def _expression(text: str) -> _Expression | DateFault:
    """The parts of a date's text, a fault that says what is wrong, or `_NO_DATE`."""
    if text.startswith("[") and text.endswith("]") and text.count("..") == 1:
        start, _, end = text[1:-1].partition("..")
        return _stretch("set", start or "..", end or "..")
    if text[:1] in "[{" and text[-1:] in "]}" and len(text) > 1:
        return DateFault("a list of dates is not read", 'type "[a..b]" for one day from a to b')
    if "/" in text:
        start, _, end = text.partition("/")
        return _stretch("interval", start, end)
    clock = _CLOCK.fullmatch(text)
    point = _point(clock[1] if clock else text)
    return point if isinstance(point, DateFault) else _Expression("point", point, point)


def _stretch(form: str, start: str, end: str) -> _Expression | DateFault:
    first, last = _end(start), _end(end)
    if isinstance(first, DateFault):
        return first
    if isinstance(last, DateFault):
        return last
    if isinstance(first, Point) and isinstance(last, Point):
        if _bounds(first)[0] > _bounds(last)[1]:
            swapped = _set(end, start) if form == "set" else f"{end}/{start}"
            return DateFault(f"{end} lies before {start}", f"type {_typed(swapped)}")
    elif isinstance(first, str) and isinstance(last, str):
        hint = 'type one end, such as 2025/.. or "[..2026-07-03]"'
        return DateFault("neither end is given", hint)
    return _Expression(form, first, last)


def _set(start: str, end: str) -> str:
    return f"[{start}..{end}]"


def _end(text: str) -> Point | str | DateFault:
    return text if text in ("", "..") else _point(text)


def _point(text: str) -> Point | DateFault:
    match = _POINT.fullmatch(text)
    if match is None:
        return _NO_DATE
    year, part, day, mark = (group or "" for group in match.groups())
    point = Point(year, _CODES.get(part, part), day, mark)
    return _fault(point) or point


def _fault(point: Point) -> DateFault | None:
    """What no calendar has, or what is not read, in a date of the right form."""
    year, part, day = point.year, point.part, point.day
    if year == "-0000":
        return DateFault("there is no year -0000", "type 0000 for the year 1 BC")
    if part and ("X" in year or "Y" in year):
        return DateFault(f"the year {year} takes no month", f"type {year}")
    if part and part[0] in "HQ":
        name = {"H": "half", "Q": "quarter"}[part[0]]
        return DateFault(f"there is no {name} {part[1]}", f"type {year}-H1, -H2 or -Q1 to -Q4")
    if part == "XX" and day not in ("", "XX"):
        return DateFault("a day without its month is not read", f"type {year}-XX or {year}")
    if part and part != "XX" and not ("01" <= part <= "12" or "21" <= part <= "41"):
        hint = "months are 01 to 12, seasons 21 to 24; halves and quarters are typed "
        return DateFault(f"there is no month {part}", f"{hint}{year}-H2, {year}-Q3")
    if day and "21" <= part <= "41":
        return DateFault(f"{year}-{part} is no month and has no day {day}", f"type {year}-{part}")
    if day.isdigit() and not 1 <= int(day) <= _last_day(int(year), int(part)):
        month, days = f"{year}-{part}", _last_day(int(year), int(part))
        hint = f"{month} has {days} days; type {month}-XX where the day is not known"
        return DateFault(f"there is no day {day} in {month}", hint)
    return None


_SPANS = {
    **{code: (3 * n + 3, 3 * n + 5) for n in range(4) for code in (21 + n, 25 + n)},
    **{29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8)},
    **{33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)},
    **{37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)},
    **{40 + n: (6 * n + 1, 6 * n + 6) for n in range(2)},
}
"""First and last month of the codes, counted on into the next year.

Seasons are the meteorologists': 21 and 25, spring, March to May; 24 and 28, winter, December to
the end of February of the next year. 29 to 32 are the southern ones: spring September to November,
summer December to February. EDTF leaves the hemisphere of 21 to 24 open; here it is the northern.
"""


def _dating(expression: _Expression) -> Dating:
    start, end, points = expression.start, expression.end, expression.points()
    marks = {point.mark for point in points}
    return Dating(
        edtf=str(expression),
        earliest=_iso(_bounds(start)[0]) if isinstance(start, Point) else None,
        latest=_iso(_bounds(end)[1]) if isinstance(end, Point) else None,
        approximate=bool(marks & {"~", "%"}),
        uncertain=bool(marks & {"?", "%"}),
        open_start=start == "..",
        open_end=end == "..",
        precision=_precision(points[0]) if expression.form == "point" else expression.form,
    )


def _precision(point: Point) -> str:
    if point.day:
        return "day"
    if point.part.isdigit() and point.part > "12":
        code = int(point.part)
        names = ((32, "season"), (36, "quarter"), (39, "third"), (41, "half"))
        return next(name for last, name in names if code <= last)
    if point.part:
        return "month"
    return ("year", "decade", "century")[point.year.count("X")]


def _bounds(point: Point) -> tuple[Day, Day]:
    """The first and the last day a date may cover."""
    first, last = _years(point.year)
    if not point.part or point.part == "XX":
        return (first, 1, 1), (last, 12, 31)
    if point.day and point.day != "XX":
        day = (first, int(point.part), int(point.day))
        return day, day
    start, end = _SPANS.get(int(point.part), (int(point.part), int(point.part)))
    year, month = (first, end) if end <= 12 else (first + 1, end - 12)
    return (first, start, 1), (year, month, _last_day(year, month))


def _years(text: str) -> tuple[int, int]:
    digits = text.removeprefix("Y")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return min(low, high), max(low, high)


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _iso(day: Day) -> str:
    year, month, number = day
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{number:02d}"


def _day(iso: str) -> Day:
    year, month, day = iso.rsplit("-", 2)
    return int(year), int(month), int(day)


_BIG_ENDIAN = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2}))?([~?%]?)")
_SMALL_ENDIAN = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})")
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CLOCKED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9][^/]*")
_SHORT_END = re.compile(r"([0-9-]+-)([0-9]{2})/([0-9]{2})")
_SPELLINGS = str.maketrans("xuhqyt\u2010\u2011\u2012\u2013\u2014\u2212", "XXHQYT------")


def _unread(text: str) -> DateFault:
    """The fault of a text that is no EDTF, with what its author may have meant."""
    plain = unicodedata.normalize("NFKC", text)
    meant = _read_only(_respelt(plain)) or _read_only([edtf_of_words(plain)])
    hint = f"type {' or '.join(map(_typed, meant))}" if meant else _SUCH_AS
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return DateFault(f'"{shown}" is not a date', hint)


def _read_only(texts: Iterable[str]) -> tuple[str, ...]:
    """Those texts, each once, that can be read."""
    each = ((text, _expression(text)) for text in dict.fromkeys(texts))
    return tuple(text for text, read in each if not isinstance(read, DateFault))


def _typed(text: str) -> str:
    """A date as it is typed where a leading bracket means a list."""
    return f'"{text}"' if text.startswith("[") else text


def _respelt(text: str) -> Iterator[str]:
    """What the text may have been meant to be, were its signs the right ones."""
    old = text.replace("open", "..").replace("unknown", "")
    yield re.sub(r"\s", "", old).translate(_SPELLINGS)
    if "/" not in text:
        marks = set(text) & set("~?%")
        yield re.sub("[~?%]", "", text) + (marks.pop() if len(marks) == 1 else "%")
    if ".." in text and "/" not in text:
        yield _set(*text.strip("[]").partition("..")[::2])
    if match := _BIG_ENDIAN.fullmatch(text):
        year, _, month, day, mark = match.groups()
        yield f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "") + mark
    if match := _SMALL_ENDIAN.fullmatch(text):
        one, _, two, year = match.groups()
        yield f"{year}-{two:0>2}-{one:0>2}"
        yield f"{year}-{one:0>2}-{two:0>2}"
    if match := _SHORT_END.fullmatch(text):
        yield "{0}{1}/{0}{2}".format(*match.groups())
    if match := _BASIC.fullmatch(text) or _CLOCKED.fullmatch(text):
        yield "-".join(match.groups())
