"""A being, another and chance → what may be told of the one, and the words of a source that say so.

Touches every sort of date, status, tie and figure there is.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Being:
    """An entity: its kind, its id, its name."""

    kind: str
    id: str
    name: str


_Sort = Callable[[Being, Being, random.Random], tuple[dict[str, Any], str]]


def _sales(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    year, figure = chance.randint(2019, 2030), f"{chance.randint(2, 900)} million crowns"
    quote = f"The yearly sales of {me.name} came to {figure} in {year}, and nobody disputes it"
    return {
        "text": f"Yearly sales of {me.name} came to {figure} in {year}.",
        "status": "stated",
        "date": str(year),
        "value": {"of": f"yearly sales in {year}", "figure": figure},
    }, quote


def _talks(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS[:4])} 2031"
    quote = f"The Herald said on {day} that {me.name} is in talks with {other.name} about a yard"
    return {
        "text": f"{me.name} is in talks with [[{other.id}]] about a yard.",
        "status": "reported",
        "by": ["The Herald"],
        "date": _iso(day),
        "date_role": "said",
        "relations": [
            {"type": "in-talks-with", "to": other.id, "what": "a yard", "stage": "in-talks"}
        ],
    }, quote


def _plan(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    year = chance.randint(2031, 2036)
    half = chance.choice((("first half of", "H1"), ("second half of", "H2")))
    quote = f"{me.name} plans to open a second yard in the {half[0]} {year} near the harbour"
    return {
        "text": f"{me.name} plans to open a second yard in the {half[0]} {year}.",
        "status": "planned",
        "date": f"{year}-{half[1]}",
        "date_role": "target",
    }, quote


def _staff(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    year, figure = chance.randint(2024, 2030), f"{chance.randint(20, 990)} people"
    quote = f"About {figure} worked for {me.name} at the end of {year}, according to its managers"
    return {
        "text": f"About {figure} worked for {me.name} at the end of {year}.",
        "status": "reported",
        "by": [f"{me.name} managers"],
        "date": f"{year}-12~",
        "date_role": "as-of",
        "date_words": f"at the end of {year}",
        "value": {"of": "staff", "figure": figure, "bound": "about"},
    }, quote


def _school(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2031, 2034)}"
    quote = f"If the wind holds, {me.name} might open a school of flying before {day}"
    return {
        "text": f"{me.name} might open a school of flying before {day}.",
        "status": "possible",
        "date": f"[..{_iso(day)}]",
        "date_words": f"before {day}",
        "condition": "If the wind holds",
    }, quote


def _supply(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    year = chance.randint(2001, 2029)
    quote = f"{me.name} has supplied {other.name} with silk and string since {year}, it says"
    return {
        "text": f"{me.name} has supplied [[{other.id}]] with silk and string since {year}.",
        "status": "stated",
        "date": f"{year}/..",
        "relations": [{"type": "supplies", "to": other.id, "what": "silk", "stage": "ongoing"}],
    }, quote


def _quarter(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    year = chance.randint(2031, 2035)
    quote = f"In the third quarter of {year} the guild expects {me.name} to fly over the bay"
    return {
        "text": f"The guild expects {me.name} to fly over the bay in the third quarter of {year}.",
        "status": "expected",
        "by": ["The guild"],
        "date": f"{year}-Q3",
    }, quote


def _lesson(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    quote = f"It is not so that {me.name} has learnt from {other.name} how knots are tied"
    return {
        "text": f"{me.name} has learnt from [[{other.id}]] how knots are tied.",
        "status": "denied",
        "relations": [{"type": "learns-from", "to": other.id}],
    }, quote


def _praise(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    quote = f"No kite in the valley is as steady as those of {me.name}, a neighbour finds"
    return {
        "text": f"No kite in the valley is as steady as those of {me.name}.",
        "status": "opinion",
        "by": ["A neighbour"],
        "doubt": "The neighbour sells the same kites.",
        "note": "The neighbour is not named.",
    }, quote


def _years(me: Being, other: Being, chance: random.Random) -> tuple[dict[str, Any], str]:
    first = chance.randint(1990, 2010)
    last = first + chance.randint(1, 9)
    quote = f"{me.name} is unlikely to have flown from {first} to {last}, when the wind was still"
    return {
        "text": f"{me.name} is unlikely to have flown from {first} to {last}.",
        "status": "unlikely",
        "date": f"{first}/{last}",
    }, quote


SORTS: tuple[_Sort, ...] = (
    _sales, _talks, _plan, _staff, _school, _supply, _quarter, _lesson, _praise, _years,
)  # fmt: skip
"""What may be told of an entity, told in this order and then again."""


def _iso(day: str) -> str:
    number, month, year = day.split()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(number):02}"
