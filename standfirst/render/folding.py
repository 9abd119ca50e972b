"""A text → its words as a search compares them: in small letters, without accents.

`templates/search.js` folds what is typed in the same way.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise


class _Folded(dict[int, str]):
    """A character → its letters without accents, small; white space where it is no letter."""

    def __missing__(self, code: int) -> str:
        letters = (x for x in unicodedata.normalize("NFKD", chr(code)) if _sort(x) != "M")
        self[code] = "".join(x if _sort(x) in "LN" else " " for x in letters).lower()
        return self[code]


class _Small(dict[int, str]):
    """A character → itself, small; white space where it is no part of a word."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code).lower() if _sort(chr(code)) in "LNM" else " "
        return self[code]


_FOLDED, _SMALL = _Folded(), _Small()


def _sort(character: str) -> str:
    """L for letters, N for numbers, M for marks."""
    return unicodedata.category(character)[0]


def is_assigned(character: str) -> bool:
    """Whether it is known what a character is."""
    return character.isascii() or unicodedata.category(character) != "Cn"


def folded_words(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    return text.translate(_FOLDED).split()


def sort_key(text: str) -> str:
    """What a name is sorted by."""
    return " ".join(folded_words(text))


def further_words(text: str, shown: Iterable[str]) -> str:
    """The words of a text that a search would not find in the shown ones, each once, in order.

    A word is found by its beginning: one with which another begins need not be said. Nor are the
    shortest of a Latin text, without which a search does as well.
    """
    begun = {
        word[:end] for one in shown for word in folded_words(one) for end in range(1, len(word) + 1)
    }
    words: dict[str, str] = {}
    for word in text.translate(_SMALL).split():
        for folded in folded_words(word):
            if folded not in begun and not is_slight(folded):
                words.setdefault(folded, word)
    ordered = sorted(words)
    kept = [one for one, after in pairwise((*ordered, "")) if not after.startswith(one)]
    return " ".join(dict.fromkeys(words[folded] for folded in kept))


def is_slight(word: str) -> bool:
    """Whether a folded word is one or two Latin letters: a search may do without it."""
    return len(word) < 3 and word.isascii() and word.isalpha()
