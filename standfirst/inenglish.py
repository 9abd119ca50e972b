"""A text in another language → the same, its months and words of number in English.

What prints dates and figures is read in English alone (`datefinder`, `figures`); so "3 липня 2026
року" is read as "3 July 2026 року", "40 млн" as "40 million". English comes back as it is. Months
are babel's, words of number stand in a language's catalogue.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from standfirst.catalogues import catalogue, is_spoken
from standfirst.datewords import month_names

_PREFIXES = {"he": "[בהוכלמש]{0,2}", "ar": "[بلو]?"}
"""Letters that a language writes on to the beginning of a name: "in July" is one word there."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is read; for each of its characters, and its end, the place in the original."""

    text: str
    offsets: Sequence[int]


def in_english(text: str, language: str) -> Read:
    """A text with what its language calls months and scales in English, never raising."""
    pattern, words = _readings(language)
    if pattern is None:
        return Read(text, range(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for found in pattern.finditer(text):
        word = words[str(found.lastgroup)]
        parts += [text[at : found.start()], word]
        offsets += [*range(at, found.start()), *[found.start()] * len(word)]
        at = found.end()
    return Read("".join((*parts, text[at:])), (*offsets, *range(at, len(text) + 1)))


@lru_cache(maxsize=64)
def _readings(language: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    """What finds the words of a language that have a reading, and the readings by group."""
    language = language.partition("-")[0].lower()
    if language == "en":
        return None, {}
    read = dict(catalogue(language).numbers) if is_spoken(language) else {}
    prefix = _PREFIXES.get(language, "")
    in_english = month_names("en")[0]
    for english, names in zip(in_english, zip(*month_names(language), strict=True), strict=True):
        choice = "|".join(re.escape(name) for name in dict.fromkeys(names) if len(name) > 2)
        if choice:
            read[rf"(?<!\w){prefix}(?:{choice})(?!\w)"] = english
    groups = {f"g{number}": (pattern, word) for number, (pattern, word) in enumerate(read.items())}
    joined = "|".join(f"(?P<{group}>{pattern})" for group, (pattern, _) in groups.items())
    words = {group: word for group, (_, word) in groups.items()}
    return (re.compile(joined, re.IGNORECASE) if joined else None), words
