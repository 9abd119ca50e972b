"""The interface's words, and lists and counts of things, in the briefing's language.

The words themselves are in `catalogues/`; a language without a catalogue is spoken to in English.
Knows no facts. babel is loaded when its data are asked for: what only checks does not wait for it.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from standfirst.catalogues import CATALOGUES, FALLBACK, Catalogue, catalogue, is_spoken

if TYPE_CHECKING:
    from babel import Locale

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_NO_LANGUAGE = {"und", "zxx"}
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHTWARDS = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATED = "\u2068{}\u2069"
"""Between these signs text runs its own way, and what stands around it keeps its order."""


class Words:
    """The words of one language: call it with a key and the values that the words hold."""

    def __init__(self, language: str) -> None:
        self._table = catalogue(language)
        self.language = language if is_spoken(language) else FALLBACK
        """The language of the words: English where they are in no other."""
        self.attributes = foreign(self.language, language)
        """What marks these words on a page in that language, if they are in another."""
        self._locale = _locale(self.language)
        self._plain: dict[str, Markup] = {}
        self._foreign = _RIGHTWARDS if direction(self.language) == "rtl" else _LEFTWARDS

    def __call__(self, key: str, **values: object) -> Markup:
        """The words under a key; `n` chooses among `key|one` and its like. Values are escaped.

        Numbers are printed as the language does: what is no count, such as a line, is given as
        text. What runs the other way is kept apart from the words around it.
        """
        if values:
            return _said(self, key, **values)
        plain = self._plain.get(key)
        if plain is None:
            plain = self._plain[key] = self.said(key, values)
        return plain

    def said(self, key: str, values: Mapping[str, object]) -> Markup:
        """The words under a key with these values, put together anew."""
        said: list[str] = []
        for text, name in _parts(self._pattern(key, values.get("n"))):
            said.append(text)
            if name:
                said.append(escape(self._shown(values[name])))
        return Markup("".join(said))

    def has(self, key: str) -> bool:
        """Whether there are words under a key, and need no values."""
        return "{" not in self._table.words.get(key, "{")

    def own(self, said: object) -> object:
        """Words that a view has put together from these, as a page shows them."""
        return said

    def number(self, number: int) -> str:
        """A whole number as the language prints it: 1,234."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    def percent(self, number: int) -> str:
        """So many per cent as the language prints it."""
        from babel.numbers import format_percent

        return format_percent(number / 100, locale=self._locale)

    def joined(self, items: Iterable[str]) -> Markup:
        """Several things as a list in a sentence: "a, b and c"."""
        from babel.lists import format_list

        parts = [escape(item) for item in items]
        return Markup(format_list([str(part) for part in parts], locale=self._locale))

    def _pattern(self, key: str, number: object) -> str:
        """The words as the catalogue has them, in English where this one lacks them."""
        english = CATALOGUES[FALLBACK]
        for table, locale in ((self._table, self._locale), (english, _locale(FALLBACK))):
            pattern = table.words.get(key)
            if pattern is None and isinstance(number, int):
                pattern = _counted(table, key, locale.plural_form(number))
            if pattern is not None:
                return pattern
        raise KeyError(key)

    def _shown(self, value: object) -> object:
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, str) and self._foreign.search(value):
            return type(value)(_ISOLATED).format(value)
        return value


# Text and HTML of the same letters are equal, and still two values: hence `typed`.
@functools.lru_cache(maxsize=16384, typed=True)
def _said(words: Words, key: str, /, **values: object) -> Markup:
    return words.said(key, values)


@functools.lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[tuple[Markup, str], ...]:
    """A pattern as texts, each with the name of the value that follows it; empty at the end."""
    return tuple((escape(text), name or "") for text, name, _, _ in Formatter().parse(pattern))


def _counted(table: Catalogue, key: str, form: str) -> str | None:
    return table.words.get(f"{key}|{form}") or table.words.get(f"{key}|other")


@functools.cache
def words(language: str) -> Words:
    """The words of a language, English where there is no catalogue for it."""
    return Words(language)


@functools.lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Whether a text is a language's code, perhaps with a script or region: `uk`, `pt-BR`."""
    first = tag.partition("-")[0].lower()
    known = first in CATALOGUES or first in _locale(FALLBACK).languages.keys() - _NO_LANGUAGE
    return known and _TAG.fullmatch(tag) is not None


def meant_language(text: str) -> str:
    """The code of the language that a text which is none may have meant; empty if there is none."""
    from babel.languages import get_official_languages

    tag, name = text.strip().replace("_", "-"), text.strip().casefold()
    if is_language(tag):
        return tag
    names = _locale(FALLBACK).languages
    found = next((code for code in sorted(names) if names[code].casefold() == name), "")
    official = get_official_languages(name.upper()) if len(name) == 2 else ()
    return found or next(iter(official), "")


@functools.lru_cache(maxsize=256)
def direction(language: str) -> Direction:
    """Which way a language is written; left to right where that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


@functools.lru_cache(maxsize=256)
def attributes(language: str, around: str) -> Markup:
    """A text's `lang`, and its `dir` where that is not that of what is around it."""
    way = direction(language)
    dir_ = Markup(' dir="{}"').format(way) if way != direction(around) else ""
    return Markup(' lang="{}"{}').format(language, dir_)


def foreign(language: str, around: str) -> Markup:
    """A text's `lang` and `dir` where it is in another language than what is around it."""
    return attributes(language, around) if language != around else Markup("")


@functools.cache
def locale_name(language: str) -> str:
    """A language with the country it is likely to be read in, as link previews want it: "en_US"."""
    from babel import Locale
    from babel.core import get_global

    locale = _locale(language)
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = Locale.parse(get_global("likely_subtags").get(locale.language, "en_US"))
    return f"{locale.language}_{likely.territory}"


@functools.lru_cache(maxsize=256)
def _locale(language: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(catalogue(language).language)
