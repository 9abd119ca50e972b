"""The parts of a date → words, by the patterns of a language's catalogue and babel's months.

A pattern may be there for a case: `41|inside` is how a half-year stands inside a longer phrase
("before *the second half of 2026*"), `41|as-of` how it stands behind "as of". Where there is none
for the case, the plain one serves. Every pattern of a date may use all of `{day}`, `{month}` and
`{year}`; a year that stands with a month or a part of the year is in its form for `inside`, and so
is a month in that case. Of the ordinals a language needs the forms it tells apart (CLDR's), and
`ordinal-other`.

Knows no calendar and no clock: which days a date covers, `dates` says. babel is loaded when a date
is put into words: what only reads dates does not wait for it.
"""

from dataclasses import dataclass
from functools import lru_cache

from standfirst.catalogues import catalogue

INSIDE = "inside"
"""The case of a date that stands inside a longer phrase."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date as EDTF spells it: `201X`, `2026` `07` `03`, `2026` `41`, and its mark `~ ? %`.

    `part` is a month, `XX`, or a code from 21 to 41; `day` is a day of the month or `XX`.
    """

    year: str
    part: str = ""
    day: str = ""
    mark: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, (self.year, self.part, self.day))) + self.mark


def point_label(point: Point, language: str, case: str = "") -> str:
    """A single date in words: "3 July 2026", "about the second half of 2026"."""
    words = _bare(point, language, case)
    if not point.mark:
        return words
    inside = _bare(point, language, INSIDE)
    return _worded(point.mark, language, case, date=words, inside=inside)


def stretch_label(
    form: str, start: Point | str, end: Point | str, language: str, case: str = ""
) -> str:
    """An `interval` or a `set` in words; an end is a date, `..` (open) or empty (unknown)."""
    if isinstance(start, Point) and isinstance(end, Point):
        if start == end:
            return point_label(start, language, case)
        first = _shared(start, end, language) or point_label(start, language, INSIDE)
        return _worded(form, language, case, start=first, end=point_label(end, language, INSIDE))
    point, other, side = (start, end, 0) if isinstance(start, Point) else (end, start, 1)
    if not isinstance(point, Point):
        return f"{start}/{end}"
    if form == "set":
        key = ("from", "to")[side] + ("-day" if point.day.isdigit() else "")
    else:
        key = ("since", "until")[side] + ("-open" if other == ".." else "")
    words = point_label(point, language, INSIDE)
    return _worded(key, language, case, start=words, end=words)


def _worded(key: str, language: str, case: str, **values: object) -> str:
    """A pattern of the catalogue, in its form for the case, with these values."""
    patterns = catalogue(language).dates
    return patterns.get(f"{key}|{case}", patterns[key]).format(**values)


def _bare(point: Point, language: str, case: str) -> str:
    """A date's words without its mark."""
    if point.day == "XX" or point.part == "XX":
        whole = Point(point.year, point.part if point.part != "XX" else "")
        key = "some-day" if point.day else "some-month"
        return _worded(key, language, case, inside=_bare(whole, language, INSIDE))
    if point.part >= "21":
        return _worded(point.part, language, case, year=_year_words(point.year, language, INSIDE))
    if point.part:
        return _with_month("day" if point.day else "month", point, language, case)
    return _year_words(point.year, language, case)


def _with_month(key: str, point: Point, language: str, case: str) -> str:
    month = _months(catalogue(language).language, bool(point.day) or case == INSIDE)
    return _worded(
        key,
        language,
        case,
        day=point.day.lstrip("0"),
        month=month[int(point.part) - 1],
        year=_year_words(point.year, language, INSIDE),
    )


def _shared(start: Point, end: Point, language: str) -> str:
    """The first date without the month and year that the second names; empty if none is shared."""
    if start.mark or end.mark or "X" in f"{start}{end}":
        return ""
    if str(start).isdigit() and str(end).isdigit():
        return _worded("shared-years", language, INSIDE, year=int(start.year))
    if start.year != end.year or bool(start.day) != bool(end.day):
        return ""
    if not all("01" <= point.part <= "12" for point in (start, end)):
        return ""
    key = "shared-year" if start.day else "month-shared-year"
    if start.day and start.part == end.part:
        key = "shared-month"
    return _with_month(key, start, language, INSIDE)


def _year_words(year: str, language: str, case: str) -> str:
    """A year, decade or century: "2016", "45 BC", "2010s", "20th century"."""
    digits = year.removeprefix("Y")
    if digits.startswith("-") or int(digits.replace("X", "9")) == 0:
        first, last = (1 + int(digits.lstrip("-").replace("X", x)) for x in "90")
        if first == last:
            return _worded("before-christ", language, case, year=first)
        ends = [_worded("before-christ", language, INSIDE, year=n) for n in (first, last)]
        return _worded("interval", language, case, start=ends[0], end=ends[1])
    if digits.endswith("XX"):
        from babel import Locale

        number = int(digits[:2]) + 1
        patterns = catalogue(language).dates
        form = f"ordinal-{Locale(catalogue(language).language).ordinal_form(number)}"
        ordinal = patterns.get(form, patterns["ordinal-other"]).format(number=number)
        return _worded("century", language, case, ordinal=ordinal, number=number)
    key = "decade" if "X" in digits else "year"
    return _worded(key, language, case, year=int(digits.replace("X", "0")))


def month_names(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The months' names as they stand alone and beside a day; none of an unknown language."""
    from babel import UnknownLocaleError

    try:
        return _months(language, False), _months(language, True)
    except (UnknownLocaleError, ValueError):
        return ("",) * 12, ("",) * 12


@lru_cache(maxsize=64)
def _months(language: str, beside_day: bool) -> tuple[str, ...]:
    """The months' names, as they stand alone or beside a day (Ukrainian: липень, липня)."""
    from babel.dates import get_month_names

    names = get_month_names(
        "wide", context="format" if beside_day else "stand-alone", locale=language
    )
    return tuple(names[month] for month in range(1, 13))
