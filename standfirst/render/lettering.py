"""A text, a face and room → lines that fit, set with letters that the face has.

The faces ship with the engine, and how wide their letters are is known by a table: what draws a
picture has no way of saying that a line is too long or a letter missing.
"""

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standfirst.letters import FACES, WIDTHS

LONGEST = 1000
"""No more characters of a text are looked at; none of this length fits a picture."""
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it is set: the size of its letters, and its lines."""

    size: int
    lines: tuple[str, ...]


@functools.cache
def _widths(face: str) -> dict[str, int]:
    return {letter: width for width, letters in WIDTHS[face].items() for letter in letters}


def settable(text: str | None) -> str:
    """A text as the faces can set it, its blanks single; nothing where they lack letters of it.

    Signs that carry no word are left out alone; a text with letters left out would be another.
    """
    known = _widths(next(iter(FACES)))
    kept = []
    for letter in unicodedata.normalize("NFC", " ".join((text or "")[:LONGEST].split())):
        if letter in known:
            kept.append(letter)
        elif unicodedata.category(letter)[0] in "LMN":
            return ""
    return " ".join("".join(kept).split())


def width(text: str, face: str, size: int) -> int:
    """How wide a text is at most."""
    known = _widths(face)
    return -(-sum(known.get(letter, 1000) for letter in text) * size // 1000)


def fit(text: str, face: str, room: int, sizes: Sequence[tuple[int, int]]) -> Setting:
    """The text in lines no wider than the room, in the first size that does with its number of
    lines; in the last one it is cut."""
    for size, most in sizes:
        lines = tuple(_lines(text, face, size, room))
        if len(lines) <= most:
            return Setting(size, lines)
    size, most = sizes[-1]
    last = _cut(" ".join(lines[most - 1 :]), face, size, room)
    return Setting(size, (*lines[: most - 1], last))


def _lines(text: str, face: str, size: int, room: int) -> Iterator[str]:
    """The text's words in lines; a word wider than a line goes on in the next."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= room:
            line = longer
            continue
        if line:
            yield line
        while width(word, face, size) > room:
            part = _longest(word, face, size, room)
            yield part
            word = word[len(part) :]
        line = word
    if line:
        yield line


def _longest(word: str, face: str, size: int, room: int) -> str:
    """As much of a word as fits, and at least its first letter."""
    end = 1
    while end < len(word) and width(word[: end + 1], face, size) <= room:
        end += 1
    return word[:end]


def _cut(text: str, face: str, size: int, room: int) -> str:
    """The beginning of a text that is too long, closed by an ellipsis."""
    part = _longest(text, face, size, room - width(_CUT, face, size))
    whole = part.rpartition(" ")[0] or part
    return whole.rstrip(" ,;:.–—-") + _CUT
