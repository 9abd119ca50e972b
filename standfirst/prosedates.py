"""Prose → the dates it states, part by part.

A date is taken apart ("late July 2026": the year, the month, late in it), and two dates are
compared by the parts they share. Nothing here knows a fact, a file or a clock, or raises for any
text; what only looks like a date ("May I", "2000 km") is none.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain, combinations
from typing import NamedTuple

from standfirst.figures import CURRENCIES, may_count, numbers

Part = tuple[str, str]
"""One thing a date says: ("year", "2026"), ("month", "7"), ("of-year", "late") …"""


class Dated(NamedTuple):
    """A date in a text: where it stands and what it says."""

    start: int
    end: int
    parts: frozenset[Part]


BLANK = "\ufffc"  # what was read, or is not to be read, is replaced by as many of these
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH_NUMBERS = {name[:3]: str(number) for number, name in enumerate(MONTHS.lower().split("|"), 1)}
_SEASONS = {"spring": "1", "summer": "2", "autumn": "3", "fall": "3", "winter": "4"}
_NTH = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_EDGES = {"middle": "mid", "beginning": "start", "close": "end"}
_SOFTER = {"end": "late", "start": "early"}
_SHARES = {
    "start": (0, 0.25),
    "early": (0, 0.5),
    "mid": (0.25, 0.75),
    "late": (0.5, 1),
    "end": (0.75, 1),
}
_TIMES = {
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "",
}

_B = r"(?<![\w$€£¥₩₹])(?<!\d[.,])(?<![$€£¥₩₹][ ])"
_FOUR = r"(?P<year>[12]\d{3})"
_Y = rf"{_FOUR}(?!\w|[.,]\d)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d|[ ]?%|[ ](?:bn|mn|per|\w+illion)\b)"
_DAYS = rf"(?P<day>{_D})(?:[ ]?(?:-|to|and)[ ]?(?P<last>{_D}))?"
_M = rf"(?P<month>{MONTHS}|{MONTHS.upper()}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)"
_W = rf"(?:(?P<weekday>{WEEKDAYS}),?[ ](?:the[ ])?)?"
_E = r"""(?:(?i:(?P<edge>early|middle|mid|late|beginning|start|end|close))
    (?:[ -](?:of|in))?(?:[ -](?:the|year)){0,2}[ -])?"""
_N = "(?i:first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th))"
_OF = rf"""(?:[ ](?:of[ ])?(?:(?:the|this|last|next)[ ])?(?:(?:fiscal|calendar)[ ])?
    (?=year\b|[12]\d{{3}}(?!\w))(?P<of>year(?!\w)[ ]?)?(?:{_Y})?)?"""
# What a date of each form cannot do without; it is found far faster than the date.
_IN_DIGITS, _IN_YEAR, _IN_CODE = "-[01]", r"[12]\d\d", "[HQ][1-4]"
_IN_MONTH = "|".join(name[:3] for month in MONTHS.split("|") for name in (month, month.upper()))
_IN_SEASON = "[SsAaFfWw](?:[Pp][Rr]|[Uu][MmTt]|[Aa][Ll][Ll]|[Ii][Nn][Tt])"
# Longer forms come first; what one has read, the next does not see.
_DATES = [
    (re.compile(cue), re.compile(pattern, re.VERBOSE))
    for cue, pattern in (
        (
            _IN_DIGITS,
            rf"""{_B}{_FOUR}-(?P<month>0[1-9]|1[0-2])
            (?:-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])|(?![\w-]|[.,]\d))""",
        ),
        (
            _IN_MONTH,
            rf"{_B}{_W}{_DAYS}[ ](?:of[ ])?{_M}(?:\.(?=[ ]\d))?(?:,?[ ](?:of[ ])?{_Y})?",
        ),
        (
            _IN_MONTH,
            rf"{_B}{_W}{_E}{_M}(?:\.(?=[ ]\d))?(?:[ ](?:the[ ])?{_DAYS})?(?:,?[ ](?:of[ ])?{_Y})?",
        ),
        (_IN_CODE, rf"{_B}{_FOUR}[ -]?(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))(?!\w)"),
        (_IN_CODE, rf"{_B}(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))(?!\w){_OF}"),
        ("[Hh][Aa][Ll][Ff]", rf"{_B}(?P<half>{_N})[ -](?i:half)(?!\w){_OF}"),
        ("[Qq][Uu][Aa][Rr]", rf"{_B}(?P<quarter>{_N})[ -](?i:quarter)(?!\w){_OF}"),
        (
            _IN_SEASON,
            rf"{_B}(?ai:(?P<season>spring|summer|autumn|fall|winter))[ ](?:of[ ])?{_Y}",
        ),
        ("0'?s", rf"{_B}{_E}(?P<decade>[12]\d\d)0'?s(?!\w)"),
        ("century", rf"{_B}(?P<century>\d\d?)(?:st|nd|rd|th)[ -]century(?!\w)"),
        (_IN_YEAR, rf"{_B}{_E}(?:FY[ ]?)?{_Y}"),
        ("day", rf"{_B}(?P<weekday>{WEEKDAYS})s?(?!\w)"),
    )
]
DATE_WORDS = frozenset(
    (
        *MONTHS.lower().split("|"),
        *(name[:3] for name in MONTHS.lower().split("|")),
        *(name + end for name in WEEKDAYS.lower().split("|") for end in ("", "s")),
        *("sept", "half", "quarter"),
    )
)
"""The words, in small letters, of which a date without digits has one."""
_MAY_COUNT = (" ", "-", ",", "%", "‰", "×", *(sign for sign in CURRENCIES if len(sign) == 1))
"""With what goes on, directly after four digits, whatever is counted and no year."""
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|from|to|last|next|this|during|before|after|and|or|between) $", re.I
)


def stated_dates(text: str) -> tuple[list[Dated], str]:
    """The dates of a normalised text, and the text, as long as before, without them."""
    dates: list[Dated] = []

    def set_aside(match: re.Match[str]) -> str:
        found = list(_dated(match))
        dates.extend(found)
        return BLANK * len(match[0]) if found else match[0]

    for cue, pattern in _DATES:
        if cue.search(text):
            text = pattern.sub(set_aside, text)
    return dates, text


def _dated(match: re.Match[str]) -> Iterator[Dated]:
    """The date a match stands for, the two days of "3-5 July", or nothing where it is none."""
    group = {name: words for name, words in match.groupdict().items() if words}
    if not _is_date(match, group):
        return
    parts = {part for name, words in group.items() if (part := _part(name, words, group))}
    start, end = match.start(), match.start() + len(match[0].rstrip())
    if "last" in group:
        yield Dated(start, match.end("day"), frozenset(parts))
        parts = {part for part in parts if part[0] not in ("day", "weekday")}
        parts.add(("day", _digits(group["last"])))
        start = match.start("last")
    yield Dated(start, end, frozenset(parts))


def _part(name: str, words: str, group: Iterable[str]) -> Part | None:
    """What one word of a date says; `None` where it says nothing by itself."""
    lower = words.lower()
    if name == "month" and words.isalpha():
        return name, _MONTH_NUMBERS[lower[:3]]
    if name == "edge":
        of = next((one for one in ("month", "decade") if one in group), "year")
        return f"of-{of}", _EDGES.get(lower, lower)
    if name in ("half", "quarter"):
        last = "2" if name == "half" else "4"
        return name, _NTH.get(lower) or (last if lower in ("last", "final") else words[0])
    if name in ("month", "day", "century"):
        return name, _digits(words)
    if name == "season":
        return name, _SEASONS[lower]
    return (name, lower) if name in ("year", "decade", "weekday") else None


def _digits(words: str) -> str:
    """ "03rd" is "3"."""
    return re.sub(r"\D", "", words).lstrip("0")


def _is_date(match: re.Match[str], group: dict[str, str]) -> bool:
    """Tells dates from what looks like one: "May I", "Jan said", "first half", "2000 km"."""
    if "half" in group:
        return "year" in group or "of" in group
    if "month" in group:
        if "year" in group or "day" in group or "edge" in group:
            return True
        before = match.string[max(0, match.start() - 10) : match.start()]
        is_clear = len(group["month"]) > 3 and group["month"] not in ("March", "Sept")
        return is_clear or (
            group["month"] in ("May", "March") and bool(_BEFORE_MONTH.search(before))
        )
    if len(group) == 1 and "year" in group:
        text, end = match.string, match.end()
        if text[end : end + 1] not in _MAY_COUNT or not may_count(text[end : end + 20]):
            return True
        counted = numbers(text[match.start("year") : end + 20])[:1]
        return all(one.scale == 1 and one.unit in _TIMES for one in counted)
    return True


def softened(parts: frozenset[Part]) -> frozenset[Part]:
    """What the source's words say less sharply: whatever is at the end of a year is late in it."""
    return frozenset((name, _SOFTER.get(said, said)) for name, said in parts)


def as_amount(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """A bare year as an amount, for it may be one: "2000 chips" is "2,000 chips"."""
    parts = tuple(parts)
    return ((parts[0][1], ""),) if [name for name, _ in parts] == ["year"] else ()


def day_parts(dates: Iterable[tuple[str | None, str | None]]) -> Iterator[frozenset[Part]]:
    """What days and stretches of days say: all that their first and last day have in common."""
    return chain.from_iterable(_day_parts(*ends) for ends in dates)


@lru_cache(maxsize=4096)
def _day_parts(first: str | None, last: str | None) -> tuple[frozenset[Part], ...]:
    days = [day for iso in (first, last) if iso and (day := _day(iso))]
    years = (frozenset({("year", str(day.year))}) for day in days)
    return (*years, *(_common(*days) if len(days) == 2 else ()))


def _common(first: date, last: date) -> Iterator[frozenset[Part]]:
    """What is true of two days and of all between them."""
    said = _calendar(first) & _calendar(last)
    if first.year != last.year:
        said = {part for part in said if part[0] in ("decade", "century")}
    if first == last:
        weekday = WEEKDAYS.lower().split("|")[first.weekday()]
        said |= {("day", str(first.day)), ("weekday", weekday)}
    yield frozenset(said)
    for name, (low, high) in _SHARES.items():
        if first.year == last.year and low <= (first.month - 1) / 12 and last.month / 12 <= high:
            yield frozenset({*said, ("of-year", name)})
        is_within = low <= (first.day - 1) / 31 and last.day / 31 <= high
        if (first.year, first.month) == (last.year, last.month) and is_within:
            yield frozenset({*said, ("of-month", name)})


def _calendar(day: date) -> set[Part]:
    """The stretches of the calendar in which a day lies."""
    year, month = day.year, day.month
    said = {"year": year, "month": month, "half": (month + 5) // 6, "quarter": (month + 2) // 3}
    said |= {"decade": year // 10, "century": (year + 99) // 100}
    return {(name, str(number)) for name, number in said.items()}


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def edtf_parts(edtf: str) -> Iterator[frozenset[Part]]:
    """What the ends of a date in EDTF say, as far as their days do not: months and seasons."""
    for year, code, day in re.findall(r"(?<![\w-])(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", edtf):
        said, number = {("year", year)}, int(code)
        if number <= 12:
            said |= {("month", str(number)), *([("day", _digits(day))] if day else [])}
        elif 21 <= number <= 32:
            said.add(("season", str((number - 21) % 4 + 1)))
        yield frozenset(said)


def dating(dated: frozenset[frozenset[Part]]) -> Callable[[Iterable[Part]], bool]:
    """What tells whether the evidence says every part of a date.

    A date of the evidence counts for the parts it shares unless it contradicts one of the others.
    Seen through the names of a date's parts it is then one of that date's few subsets, so that
    much evidence costs no more than little.
    """
    seen: dict[frozenset[str], set[frozenset[Part]]] = {}

    def is_dated(key: Iterable[Part]) -> bool:
        wanted = frozenset(key)
        if wanted in dated:
            return True
        names = frozenset(name for name, _ in wanted)
        if names not in seen:
            seen[names] = {frozenset(part for part in one if part[0] in names) for one in dated}
        choices = (combinations(wanted, size + 1) for size in range(len(wanted)))
        said = [chosen for chosen in chain(*choices) if frozenset(chosen) in seen[names]]
        return wanted == set(chain(*said))

    return is_dated
