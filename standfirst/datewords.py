"""The parts of a date → words, with a table of patterns per language.

Knows no calendar and no clock: which days a date covers, `dates` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names


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


ENGLISH: Mapping[str, str] = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "year": "{year}",
    "before-christ": "{year} BC",
    "decade": "{year}s",
    "century": "{ordinal} century",
    "ordinal-one": "{number}st",
    "ordinal-two": "{number}nd",
    "ordinal-few": "{number}rd",
    "ordinal-other": "{number}th",
    "some-day": "a day in {date}",
    "some-month": "a month in {date}",
    "21": "spring {year}",
    "22": "summer {year}",
    "23": "autumn {year}",
    "24": "winter {year}",
    "25": "spring {year} (northern hemisphere)",
    "26": "summer {year} (northern hemisphere)",
    "27": "autumn {year} (northern hemisphere)",
    "28": "winter {year} (northern hemisphere)",
    "29": "spring {year} (southern hemisphere)",
    "30": "summer {year} (southern hemisphere)",
    "31": "autumn {year} (southern hemisphere)",
    "32": "winter {year} (southern hemisphere)",
    "33": "first quarter of {year}",
    "34": "second quarter of {year}",
    "35": "third quarter of {year}",
    "36": "fourth quarter of {year}",
    "37": "first four months of {year}",
    "38": "middle four months of {year}",
    "39": "last four months of {year}",
    "40": "first half of {year}",
    "41": "second half of {year}",
    "article": "the {date}",  # where a half, quarter, decade or century stands inside a phrase
    "~": "about {date}",
    "?": "possibly {date}",
    "%": "possibly about {date}",
    "shared-year": "{day} {month}",  # a first day whose year the second names
    "shared-month": "{day}",
    "month-shared-year": "{month}",
    "interval": "{start} to {end}",
    "since": "{start} to an unknown date",
    "until": "an unknown date to {end}",
    "since-open": "since {start}",
    "until-open": "until {end}",
    "set": "between {start} and {end}",
    "from-day": "on or after {start}",
    "from": "in or after {start}",
    "to-day": "before {end}",
    "to": "in or before {end}",
}
"""The English patterns; another language's table has the same keys.

In the month patterns `{month}` is the name as it stands alone, in the day patterns as it stands
beside a day. Every pattern of a date may use all of `{day}`, `{month}` and `{year}`. Of the
ordinals a language needs the forms it tells apart (CLDR's), and `ordinal-other`.
"""


def point_label(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A single date in words: "3 July 2026", "about the second half of 2026"."""
    bare = _bare(point, language, patterns)
    return patterns[point.mark].format(date=_inside(point, bare, patterns)) if point.mark else bare


def stretch_label(
    form: str, start: Point | str, end: Point | str, language: str, patterns: Mapping[str, str]
) -> str:
    """An `interval` or a `set` in words; an end is a date, `..` (open) or empty (unknown)."""
    if isinstance(start, Point) and isinstance(end, Point):
        if start == end:
            return point_label(start, language, patterns)
        first = _shared(start, end, language, patterns) or _phrase(start, language, patterns)
        return patterns[form].format(start=first, end=_phrase(end, language, patterns))
    point, other, side = (start, end, 0) if isinstance(start, Point) else (end, start, 1)
    if not isinstance(point, Point):
        return f"{start}/{end}"
    if form == "set":
        key = ("from", "to")[side] + ("-day" if point.day.isdigit() else "")
    else:
        key = ("since", "until")[side] + ("-open" if other == ".." else "")
    words = _phrase(point, language, patterns)
    return patterns[key].format(start=words, end=words)


def _phrase(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A date's words as they stand inside a longer phrase."""
    words = point_label(point, language, patterns)
    return words if point.mark else _inside(point, words, patterns)


def _inside(point: Point, words: str, patterns: Mapping[str, str]) -> str:
    needs_article = point.part >= "33" and point.part != "XX"
    if needs_article or ("X" in point.year and not point.year.startswith("-")):
        return patterns["article"].format(date=words)
    return words


def _bare(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A date's words without its mark."""
    if point.day == "XX" or point.part == "XX":
        whole = Point(point.year, point.part if point.part != "XX" else "")
        key = "some-day" if point.day else "some-month"
        return patterns[key].format(date=_inside(whole, _bare(whole, language, patterns), patterns))
    year = _year_words(point.year, language, patterns)
    if point.part >= "21":
        return patterns[point.part].format(year=year)
    if point.part:
        return _pattern("day" if point.day else "month", point, year, language, patterns)
    return year


def _pattern(key: str, point: Point, year: str, language: str, patterns: Mapping[str, str]) -> str:
    month = _months(language, bool(point.day))[int(point.part) - 1]
    return patterns[key].format(day=point.day.lstrip("0"), month=month, year=year)


def _shared(start: Point, end: Point, language: str, patterns: Mapping[str, str]) -> str:
    """The first date without the month and year that the second names; empty if none is shared."""
    plain = not (start.mark or end.mark or "X" in f"{start}{end}") and start.year == end.year
    if not plain or not all("01" <= point.part <= "12" for point in (start, end)):
        return ""
    if bool(start.day) != bool(end.day):
        return ""
    key = "shared-year" if start.day else "month-shared-year"
    if start.day and start.part == end.part:
        key = "shared-month"
    return _pattern(key, start, _year_words(start.year, language, patterns), language, patterns)


def _year_words(year: str, language: str, patterns: Mapping[str, str]) -> str:
    """A year, decade or century: "2016", "45 BC", "2010s", "20th century"."""
    digits = year.removeprefix("Y")
    if digits.startswith("-") or int(digits.replace("X", "9")) == 0:
        first, last = (1 + int(digits.lstrip("-").replace("X", x)) for x in "90")
        words = [patterns["before-christ"].format(year=n) for n in (first, last)]
        return (
            words[0] if first == last else patterns["interval"].format(start=words[0], end=words[1])
        )
    if digits.endswith("XX"):
        number = int(digits[:2]) + 1
        form = f"ordinal-{_locale(language).ordinal_form(number)}"
        ordinal = patterns.get(form, patterns["ordinal-other"])
        return patterns["century"].format(ordinal=ordinal.format(number=number), number=number)
    key = "decade" if "X" in digits else "year"
    return patterns[key].format(year=int(digits.replace("X", "0")))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """The language's locale; English where the language is not known."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")


@lru_cache(maxsize=64)
def _months(language: str, beside_day: bool) -> tuple[str, ...]:
    names = get_month_names(
        "wide", context="format" if beside_day else "stand-alone", locale=_locale(language)
    )
    return tuple(names[month] for month in range(1, 13))
