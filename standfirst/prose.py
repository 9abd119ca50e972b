"""A text of prose → the figures, dates and quotations it states, and which its evidence lacks.

Two texts are compared by what they say, not by how they spell it: "5 %" is "5 percent", "two" is
"2". Nothing here knows a fact, a file or a clock, or raises for any text; every step takes time
in proportion to the text's length.
No claims are: names, list numbers, addresses, digits glued to letters (H100), ordinals, "one".
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, combinations
from typing import Literal

from standfirst.figures import COUNT_WORDS, CURRENCIES, RATIOS, Number, laid_out, numbers
from standfirst.quotes import UNSEEN, Prepared, normal, normalise, prepare

Part = tuple[str, str]
"""One thing a date says: ("year", "2026"), ("month", "7"), ("of-year", "late") …"""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a text that its evidence must have too: `text[start:end]` is `words`.

    `key` is what is compared: of a figure its readings (amount, unit), one of which is enough; of
    a date its parts, all of which are needed; of a quotation its stretches between omissions.
    """

    start: int
    end: int
    kind: Literal["figure", "date", "quotation"]
    words: str
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """Whatever a text may rest on.

    `dates` are the first and last ISO day of each fact's date, `None` at an open end, and `edtf`
    the same dates as they are spelled; `figures` and `basis` the facts' `value.figure` and
    `date_basis`. A basis bears dates only: it is an editor's words, not a source's.
    """

    quotes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    dates: tuple[tuple[str | None, str | None], ...] = ()
    edtf: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date in a text: where it stands and what it says."""

    start: int
    end: int
    parts: frozenset[Part]


def claims(text: str, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The figures, dates and quotations a text states, in order.

    Figures and dates inside a quotation are the quotation's. `names` are what entities are called.
    """
    found: list[Claim] = []

    def set_aside(match: re.Match[str]) -> str:
        claim = _quotation(match)
        found.extend([claim] if claim else [])
        return _BLANK * len(match[0]) if claim else match[0]

    folded = normalise(_without_marks(_QUOTED.sub(set_aside, text)))
    dates, figures = _read(folded.text, tuple(names))

    def claim(
        kind: Literal["figure", "date"], start: int, end: int, key: Iterable[tuple[str, str]]
    ) -> Claim:
        first, last = folded.offsets[start], folded.offsets[end]
        words = text[first:last].rstrip(UNSEEN)
        return Claim(first, first + len(words), kind, words, tuple(key))

    found += [claim("date", one.start, one.end, sorted(one.parts)) for one in dates]
    found += [
        claim("figure", one.start, one.end, one.readings)
        for one in figures
        if not _is_pronoun(folded.text, one)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def unsourced(text: str, support: Support, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The claims of a text that stand nowhere in its support."""
    names = tuple(names)
    stated = claims(text, names)
    if not stated:
        return ()
    worded = (*support.quotes, *support.figures)
    amounts: dict[str, set[str]] = {}
    dated = [*_spans(support.dates), *(parts for edtf in support.edtf for parts in _points(edtf))]
    for words in worded:
        dates, readings = _evidence(words, names)
        dated += dates
        for amount, unit in readings:
            amounts.setdefault(amount, set()).add(unit)
    dated += [parts for words in support.basis for parts in _evidence(words, names)[0]]
    is_dated = _dating(frozenset(dated))
    borne = {
        "figure": lambda key: _is_counted(key, amounts),
        "date": lambda key: is_dated(key) or _is_counted(_as_amount(key), amounts),
        "quotation": lambda key: any(_is_quoted(key, quote) for quote in worded),
    }
    checked = {(one.kind, one.key) for one in stated}
    lacking = {(kind, key) for kind, key in checked if not borne[kind](key)}
    return tuple(one for one in stated if (one.kind, one.key) in lacking)


@lru_cache(maxsize=4096)
def _evidence(
    words: str, names: tuple[str, ...]
) -> tuple[tuple[frozenset[Part], ...], tuple[tuple[str, str], ...]]:
    """What a text of the evidence bears: the parts of its dates, and amounts with their units."""
    dates, figures = _read(normal(_without_marks(words)), names)
    readings = [reading for one in figures for reading in one.readings]
    readings += [reading for one in dates for reading in _as_amount(tuple(one.parts))]
    said = {one.parts for one in dates} | {_softened(one.parts) for one in dates}
    return tuple(said), tuple(readings)


def _read(text: str, names: tuple[str, ...]) -> tuple[list[_Dated], tuple[Number, ...]]:
    """The dates and the numbers of a normalised text."""
    pattern = _naming(names)
    if pattern:
        text = pattern.sub(lambda match: _BLANK * len(match[0]), text)
    dates: list[_Dated] = []

    def set_aside(match: re.Match[str]) -> str:
        found = list(_dated(match))
        dates.extend(found)
        return _BLANK * len(match[0]) if found else match[0]

    for dating in _DATES:
        text = dating.sub(set_aside, text)
    return dates, numbers(text)


# What is no claim

_BLANK = "\ufffc"
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"]+")
_LISTED = re.compile(
    r"^[ \t>*+-]*(\d{1,3})\.(?=[ \t])|(?<![^\s(])\(?(\d{1,2})\)(?=\s)", re.MULTILINE
)


def _without_marks(text: str) -> str:
    """A text, as long as before, without list numbers and addresses, laid out for reading.

    A number is a list's if it is 1 or follows one that was; "(about 5)" and "(5)" alone are not.
    """
    seen = {0}

    def set_aside(match: re.Match[str]) -> str:
        number, before = (
            int(match[1] or match[2]),
            text[max(0, match.start() - 200) : match.start()],
        )
        if number - 1 not in seen or (match[0][0] != "(" and before.count("(") > before.count(")")):
            return match[0]
        seen.add(number)
        return _BLANK * len(match[0])

    text = _ADDRESS.sub(lambda match: _BLANK * len(match[0]), text)
    return laid_out(_LISTED.sub(set_aside, text))


@lru_cache(maxsize=64)
def _naming(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds those names in which a figure or date could be read; `None` where there are none.

    A name without letters hides nothing, else one called "7" would hide every 7.
    """
    plain = {normal(name).strip() for name in names}
    telling = [name for name in plain if _TELLING.search(name) and re.search(r"[^\W\d_]", name)]
    longest_first = sorted(telling, key=lambda name: (-len(name), name))
    choice = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w|[.,]\d)") if choice else None


def _is_pronoun(text: str, number: Number) -> bool:
    """Is this "one" a word like another? It counts only before a scale, a ratio or a currency."""
    is_measured = number.unit in CURRENCIES | RATIOS or number.scale != 1
    return text[number.start : number.unit_at].lower() == "one" and not is_measured


# Quotations

_QUOTED = re.compile(
    r"""“([^“”]+)” | „([^„“”]+)[“”] | «([^«»]+)»
    | (?<!\w)"(?=\S)((?:[^"\n]|\n(?![ \t]*\n))+)(?<=\S)"
    | (?<!\w)‘((?:[^‘’\n]|’(?=\w)){3,300})’(?!\w)
    | (?<![\w'’])'(?=[\w$€£])(?!\d0s)((?:[^'\n]|'(?=\w)){3,300})(?<=\S)'(?!\w)""",
    re.VERBOSE,
)
_LEFT_OUT = re.compile(r"\[? ?(?:…|\.{3,}) ?\]?|[ ]{4,}")


def _quotation(match: re.Match[str]) -> Claim | None:
    """The quotation that stands between two marks; single ones may be apostrophes instead."""
    group = match.lastindex or 0
    words = match[group]
    start = match.start(group) + len(words) - len(words.lstrip())
    words = words.strip()
    if not re.search(r"\w", words) or (match[0][0] in "‘'" and len(words.split()) < 2):
        return None
    stretches = (normal(part).strip(" ,.;:!?") for part in _LEFT_OUT.split(words))
    key = tuple(("quotation", part) for part in stretches if part)
    return Claim(start, start + len(words), "quotation", words, key)


def _is_quoted(key: tuple[tuple[str, str], ...], quote: str) -> bool:
    """Do the stretches of a quotation stand in a quote, in order, as whole words and numbers?

    The first letter of the first one may be small or capital.
    """
    prepared, at = _prepared(quote), 0
    for _, words in key:
        spellings = {words} if at else {words, words[0].swapcase() + words[1:]}
        ends = [_end_of(spelling, prepared, at) for spelling in spellings]
        at = min(filter(None, ends), default=0)
        if not at:
            return False
    return True


def _end_of(words: str, prepared: Prepared, at: int) -> int:
    """Where words that stand whole in a quote from an offset on first end; 0 where they do not."""
    lasts = (place + len(words) for place in prepared.places(words) if place >= at)
    return next((last for last in lasts if not prepared.is_cut(last - len(words), last)), 0)


@lru_cache(maxsize=256)
def _prepared(quote: str) -> Prepared:
    return prepare(quote)


# Dates

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
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
}

_B = r"(?<![\w$€£¥₩₹])(?<!\d[.,])(?<![$€£¥₩₹][ ])"
_FOUR = r"(?P<year>[12]\d{3})"
_Y = rf"{_FOUR}(?!\w|[.,]\d)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d|[ ]?%|[ ](?:bn|mn|per|\w+illion)\b)"
_DAYS = rf"(?P<day>{_D})(?:[ ]?(?:-|to|and)[ ]?(?P<last>{_D}))?"
_M = rf"(?P<month>{_MONTHS}|{_MONTHS.upper()}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)"
_W = rf"(?:(?P<weekday>{_WEEKDAYS}),?[ ](?:the[ ])?)?"
_E = r"""(?:(?i:(?P<edge>early|middle|mid|late|beginning|start|end|close))
    (?:[ -](?:of|in))?(?:[ -](?:the|year)){0,2}[ -])?"""
_N = "(?i:first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th))"
_OF = rf"""(?:[ ](?:of[ ])?(?:(?:the|this|last|next)[ ])?(?:(?:fiscal|calendar)[ ])?
    (?=year\b|[12]\d{{3}}(?!\w))(?P<of>year(?!\w)[ ]?)?(?:{_Y})?)?"""
_TELLING = re.compile(
    rf"\d|[¼½¾]|\b(?:{COUNT_WORDS}|half|quarter|{_MONTHS}|{_WEEKDAYS})\b", re.IGNORECASE
)
# Longer forms come first; what one has read, the next does not see.
_DATES = [
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        rf"""{_B}{_FOUR}-(?P<month>0[1-9]|1[0-2])
            (?:-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])|(?![\w-]|[.,]\d))""",
        rf"{_B}{_W}{_DAYS}[ ](?:of[ ])?{_M}(?:\.(?=[ ]\d))?(?:,?[ ](?:of[ ])?{_Y})?",
        rf"{_B}{_W}{_E}{_M}(?:\.(?=[ ]\d))?(?:[ ](?:the[ ])?{_DAYS})?(?:,?[ ](?:of[ ])?{_Y})?",
        rf"{_B}{_FOUR}[ -]?(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))(?!\w)",
        rf"{_B}(?:H(?P<half>[12])|Q(?P<quarter>[1-4]))(?!\w){_OF}",
        rf"{_B}(?P<half>{_N})[ -](?i:half)(?!\w){_OF}",
        rf"{_B}(?P<quarter>{_N})[ -](?i:quarter)(?!\w){_OF}",
        rf"{_B}(?i:(?P<season>spring|summer|autumn|fall|winter))[ ](?:of[ ])?{_Y}",
        rf"{_B}{_E}(?P<decade>[12]\d\d)0'?s(?!\w)",
        rf"{_B}(?P<century>\d\d?)(?:st|nd|rd|th)[ -]century(?!\w)",
        rf"{_B}{_E}(?:FY[ ]?)?{_Y}",
        rf"{_B}(?P<weekday>{_WEEKDAYS})s?(?!\w)",
    )
]
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|from|to|last|next|this|during|before|after|and|or|between) $", re.I
)


def _dated(match: re.Match[str]) -> Iterator[_Dated]:
    """The date a match stands for, the two days of "3-5 July", or nothing where it is none."""
    group = {name: words for name, words in match.groupdict().items() if words}
    parts = {part for name, words in group.items() if (part := _part(name, words, group))}
    if not _is_date(match, group):
        return
    start, end = match.start(), match.start() + len(match[0].rstrip())
    if "last" in group:
        yield _Dated(start, match.end("day"), frozenset(parts))
        parts = {part for part in parts if part[0] not in ("day", "weekday")}
        parts.add(("day", _digits(group["last"])))
        start = match.start("last")
    yield _Dated(start, end, frozenset(parts))


def _part(name: str, words: str, group: Iterable[str]) -> Part | None:
    """What one word of a date says; `None` where it says nothing by itself."""
    lower = words.lower()
    if name == "month" and words.isalpha():
        names = [month[:3] for month in _MONTHS.lower().split("|")]
        return name, str(names.index(lower[:3]) + 1)
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
    if set(group) == {"year"}:
        counted = numbers(match.string[match.start("year") : match.end() + 20])[:1]
        return all(one.scale == 1 and one.unit in _TIMES | {""} for one in counted)
    return True


def _softened(parts: frozenset[Part]) -> frozenset[Part]:
    """What the source's words say less sharply: whatever is at the end of a year is late in it."""
    return frozenset((name, _SOFTER.get(said, said)) for name, said in parts)


def _as_amount(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """A bare year as an amount, for it may be one: "2000 chips" is "2,000 chips"."""
    parts = tuple(parts)
    return ((parts[0][1], ""),) if [name for name, _ in parts] == ["year"] else ()


def _spans(dates: Iterable[tuple[str | None, str | None]]) -> Iterator[frozenset[Part]]:
    """What days and stretches of days say: all that their first and last day have in common."""
    for ends in dates:
        days = [day for iso in ends if iso and (day := _day(iso))]
        yield from (frozenset({("year", str(day.year))}) for day in days)
        if len(days) == 2:
            yield from _common(*days)


def _common(first: date, last: date) -> Iterator[frozenset[Part]]:
    """What is true of two days and of all between them."""
    said = _calendar(first) & _calendar(last)
    if first.year != last.year:
        said = {part for part in said if part[0] in ("decade", "century")}
    if first == last:
        weekday = _WEEKDAYS.lower().split("|")[first.weekday()]
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


def _points(edtf: str) -> Iterator[frozenset[Part]]:
    """What the ends of a date in EDTF say, as far as their days do not: months and seasons."""
    for year, code, day in re.findall(r"(?<![\w-])(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", edtf):
        said, number = {("year", year)}, int(code)
        if number <= 12:
            said |= {("month", str(number)), *([("day", _digits(day))] if day else [])}
        elif 21 <= number <= 32:
            said.add(("season", str((number - 21) % 4 + 1)))
        yield frozenset(said)


def _dating(dated: frozenset[frozenset[Part]]) -> Callable[[Iterable[Part]], bool]:
    """What tells whether the evidence says every part of a date.

    A date of the evidence counts for the parts it shares unless it contradicts one of the others.
    Seen through the names of a date's parts it is then one of that date's few subsets, so that
    much evidence costs no more than little.
    """
    seen: dict[frozenset[str], set[frozenset[Part]]] = {}

    def is_dated(key: Iterable[Part]) -> bool:
        wanted = frozenset(key)
        names = frozenset(name for name, _ in wanted)
        if names not in seen:
            seen[names] = {frozenset(part for part in one if part[0] in names) for one in dated}
        choices = (combinations(wanted, size + 1) for size in range(len(wanted)))
        said = [chosen for chosen in chain(*choices) if frozenset(chosen) in seen[names]]
        return wanted == set(chain(*said))

    return is_dated


def _is_counted(key: Iterable[tuple[str, str]], amounts: Mapping[str, set[str]]) -> bool:
    """Does the evidence have an amount, with its unit or, ratios apart, without any?"""
    return any(_is_of(unit, amounts.get(amount, set())) for amount, unit in key)


def _is_of(unit: str, units: set[str]) -> bool:
    if unit in RATIOS:
        return unit in units
    return bool(units & {unit, ""} if unit else units - RATIOS)
