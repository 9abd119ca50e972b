"""A text of prose → the figures, dates and quotations it states, and which its evidence lacks.

Two texts are compared by what they say, not by how they spell it: "5 %" is "5 percent", "two" is
"2". Nothing here knows a fact, a file or a clock, or raises for any text; every step takes time
in proportion to the text's length.
No claims are: names, list numbers, addresses, digits glued to letters (H100), ordinals, "one".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from standfirst.figures import (
    COUNT_WORDS,
    CUE,
    CURRENCIES,
    RATIOS,
    SIGNS,
    UNITS,
    WORD,
    WORDS,
    Number,
    laid_out,
    numbers,
)
from standfirst.prosedates import (
    BLANK,
    DATE_WORDS,
    MONTHS,
    WEEKDAYS,
    Dated,
    Part,
    as_amount,
    dating,
    day_parts,
    edtf_parts,
    softened,
    stated_dates,
)
from standfirst.quotes import UNSEEN, Prepared, normal, normalise, prepare

Key = tuple[tuple[str, str], ...]
Stated = tuple[str, Key]
"""What a claim is compared by: its kind and its key."""
Naming: TypeAlias = "re.Pattern[str] | None"
"""What finds the names that hide what they hold."""


class Claim(NamedTuple):
    """Words of a text that its evidence must have too: `text[start:end]` is `words`.

    `key` is what is compared: of a figure its readings (amount, unit), one of which is enough; of
    a date its parts, all of which are needed; of a quotation its stretches between omissions.
    """

    start: int
    end: int
    kind: Literal["figure", "date", "quotation"]
    words: str
    key: Key


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


def may_claim(text: str) -> bool:
    """Whether a text has anything of which a claim is made: told at once, whatever names hide."""
    if _CLAIMING.search(text):
        return True
    words = set(WORD.findall(normal(text).lower()))
    is_pronoun = words & WORDS == {"one"} and words.isdisjoint(_MEASURES)
    return not (is_pronoun or words.isdisjoint(WORDS)) or not words.isdisjoint(DATE_WORDS)


def claims(text: str, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The figures, dates and quotations a text states, in order.

    Figures and dates inside a quotation are the quotation's. `names` are what entities are called.
    """
    found: list[Claim] = []

    def set_aside(match: re.Match[str]) -> str:
        claim = _quotation(match)
        found.extend([claim] if claim else [])
        return BLANK * len(match[0]) if claim else match[0]

    unquoted = _QUOTED.sub(set_aside, text) if _QUOTATION_MARK.search(text) else text
    folded = normalise(_without_marks(unquoted))
    dates, figures = _read(folded.text, _naming(tuple(names)))

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


def unsourced(
    stated: Sequence[Claim], support: Support, names: Iterable[str] = ()
) -> tuple[Claim, ...]:
    """Those of a text's claims that stand nowhere in its support."""
    dated = [
        *day_parts(support.dates),
        *(parts for edtf in support.edtf for parts in edtf_parts(edtf)),
    ]
    is_dated = dating(frozenset(dated))
    lacking: set[Stated] = {
        (x.kind, x.key) for x in stated if x.kind != "date" or not is_dated(x.key)
    }
    if lacking:  # what the dates bear needs no reading of quotes
        lacking = _unquoted(lacking, dated, support, _naming(tuple(names)))
    return tuple(one for one in stated if (one.kind, one.key) in lacking)


def _unquoted(
    checked: set[Stated], dated: list[frozenset[Part]], support: Support, naming: Naming
) -> set[Stated]:
    """What neither these dates nor any words of the evidence bear."""
    worded = (*support.quotes, *support.figures)
    amounts: dict[str, set[str]] = {}
    for words in worded:
        dates, readings = _evidence(words, naming)
        dated += dates
        for amount, unit in readings:
            amounts.setdefault(amount, set()).add(unit)
    dated += [parts for words in support.basis for parts in _evidence(words, naming)[0]]
    is_dated = dating(frozenset(dated))
    borne = {
        "figure": lambda key: _is_counted(key, amounts),
        "date": lambda key: is_dated(key) or _is_counted(as_amount(key), amounts),
        "quotation": lambda key: any(_is_quoted(key, quote) for quote in worded),
    }
    return {(kind, key) for kind, key in checked if not borne[kind](key)}


@lru_cache(maxsize=4096)
def _evidence(
    words: str, naming: Naming
) -> tuple[tuple[frozenset[Part], ...], tuple[tuple[str, str], ...]]:
    """What a text of the evidence bears: the parts of its dates, and amounts with their units."""
    dates, figures = _read(normal(_without_marks(words)), naming)
    readings = [reading for one in figures for reading in one.readings]
    readings += [reading for one in dates for reading in as_amount(tuple(one.parts))]
    said = {one.parts for one in dates} | {softened(one.parts) for one in dates}
    return tuple(said), tuple(readings)


def _read(text: str, naming: Naming) -> tuple[list[Dated], tuple[Number, ...]]:
    """The dates and the numbers of a normalised text, outside of names."""
    if naming:
        text = naming.sub(lambda match: BLANK * len(match[0]), text)
    dates, rest = stated_dates(text)
    return dates, numbers(rest)


# What is no claim

_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"]+")
_LISTED = re.compile(
    r"^[ \t>*+-]*(\d{1,3})\.(?=[ \t])|(?<![^\s(])\(?(\d{1,2})\)(?=\s)", re.MULTILINE
)
_LIST_MARK = re.compile(r"\d[.)]\s")  # what a list's number cannot do without
_TELLING = re.compile(
    rf"\d|[¼½¾]|\b(?:{COUNT_WORDS}|half|quarter|{MONTHS}|{WEEKDAYS})\b", re.IGNORECASE
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
        return BLANK * len(match[0])

    if "//" in text or "www." in text:
        text = _ADDRESS.sub(lambda match: BLANK * len(match[0]), text)
    return laid_out(_LISTED.sub(set_aside, text) if _LIST_MARK.search(text) else text)


@lru_cache(maxsize=64)
def _naming(names: tuple[str, ...]) -> Naming:
    """What finds those names in which a figure or date could be read; `None` where there are none.

    A name without letters hides nothing, else one called "7" would hide every 7.
    """
    plain = {normal(name).strip() for name in names}
    telling = [name for name in plain if _TELLING.search(name) and re.search(r"[^\W\d_]", name)]
    longest_first = sorted(telling, key=lambda name: (-len(name), name))
    choice = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w|[.,]\d)") if choice else None


_MEASURES = frozenset(
    part for word, unit in UNITS.items() if unit in CURRENCIES | RATIOS for part in word.split()
)


def _is_pronoun(text: str, number: Number) -> bool:
    """Is this "one" a word like another? It counts only before a scale, a ratio or a currency."""
    if text[number.start : number.unit_at].lower() != "one":
        return False
    return number.scale == 1 and number.unit not in CURRENCIES | RATIOS


# Quotations

_MARKS = "“„«\"‘'"  # each begins with one
_QUOTATION_MARK = re.compile(f"[{_MARKS}]")
_CLAIMING = re.compile(f"[{CUE}{SIGNS}{_MARKS}]")
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


def _is_quoted(key: Key, quote: str) -> bool:
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


# Amounts


def _is_counted(key: Iterable[tuple[str, str]], amounts: Mapping[str, set[str]]) -> bool:
    """Does the evidence have an amount, with its unit or, ratios apart, without any?"""
    return any(_is_of(unit, amounts.get(amount, set())) for amount, unit in key)


def _is_of(unit: str, units: set[str]) -> bool:
    if unit in RATIOS:
        return unit in units
    return bool(units & {unit, ""} if unit else units - RATIOS)
