"""The interface's words: a module for each language, all with the same keys.

A module is found by its name, the language's code. It holds `WORDS`, the words by their key;
`DATES`, the patterns of dates that `datewords` fills in; and, if it is not English, `NUMBERS`:
patterns of the language's words of number with the English ones that `inenglish` reads them as.
"""

import functools
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

FALLBACK = "en"
"""The language of a page's own words where there is no catalogue for the briefing's."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of the interface in one language."""

    language: str
    words: Mapping[str, str]
    dates: Mapping[str, str]
    numbers: Mapping[str, str]


class _Catalogues(Mapping[str, Catalogue]):
    """All catalogues by their language's code, each loaded when it is asked for."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._loaded: dict[str, Catalogue | None] = dict.fromkeys(languages)

    def __getitem__(self, language: str) -> Catalogue:
        found = self._loaded[language]
        if found is None:
            found = self._loaded[language] = _catalogue(language)
        return found

    def __contains__(self, language: object) -> bool:
        return language in self._loaded

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


def _catalogue(language: str) -> Catalogue:
    module = import_module(f"{__name__}.{language}")
    return Catalogue(language, module.WORDS, module.DATES, getattr(module, "NUMBERS", {}))


CATALOGUES: Mapping[str, Catalogue] = _Catalogues(
    sorted(found.name for found in pkgutil.iter_modules(__path__))
)
"""Every language the interface speaks, by its code."""


@functools.cache
def is_spoken(language: str) -> bool:
    """Whether the interface speaks this language, whatever its region."""
    return language.partition("-")[0].lower() in CATALOGUES


@functools.cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, whatever its region; English where there is none."""
    return CATALOGUES.get(language.partition("-")[0].lower(), CATALOGUES[FALLBACK])
