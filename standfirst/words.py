"""The interface's words, and lists and counts of things, in the briefing's language.

The words themselves are in `catalogues/`. Knows no facts.
"""

import functools
from collections.abc import Iterable, Mapping

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.lists import format_list
from markupsafe import Markup, escape

from standfirst.catalogues import en

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": en.WORDS}
"""The languages the interface speaks."""


class Words:
    """The words of one language: call it with a key and the values that the words hold."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = LANGUAGES.get(language.split("-")[0], en.WORDS)
        self._locale = _locale(language)

    def __call__(self, key: str, **values: object) -> Markup:
        """The words under a key; `n` chooses among `key|one` and its like. Values are escaped."""
        number = values.get("n")
        pattern = self._table.get(key)
        if pattern is None and isinstance(number, int):
            form = self._locale.plural_form(number)
            pattern = self._table.get(f"{key}|{form}") or self._table[f"{key}|other"]
        if pattern is None:
            raise KeyError(key)
        return Markup(escape(pattern)).format(**values)

    def has(self, key: str) -> bool:
        """Whether there are words under a key, and need no values."""
        return "{" not in self._table.get(key, "{")

    def joined(self, items: Iterable[str]) -> Markup:
        """Several things as a list in a sentence: "a, b and c"."""
        parts = [escape(item) for item in items]
        return Markup(format_list([str(part) for part in parts], locale=self._locale))


@functools.cache
def words(language: str) -> Words:
    """The words of a language, English where it is not known."""
    return Words(language)


@functools.cache
def locale_name(language: str) -> str:
    """A language with the country it is likely to be read in, as link previews want it: "en_US"."""
    locale = _locale(language)
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = Locale.parse(get_global("likely_subtags").get(locale.language, "en_US"))
    return f"{locale.language}_{likely.territory}"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
