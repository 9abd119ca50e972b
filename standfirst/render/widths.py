"""A name → how much room it takes in a drawing, and as much of it as there is room for.

The faces of readers differ, so a width is an estimate: no usual face is broader.
"""

import unicodedata
from bisect import bisect_left
from itertools import accumulate

_TENTHS = {
    48: "ijlI|.,:;'’‘!()[] ",
    66: 'frt-"“”/',
    140: "mwMW@%—…æœÆŒЫМФДшщыюмфж",
    160: "ШЩЖЮ",
}
"""The widths that differ from most, in tenths of a pixel."""
_WIDTHS = {character: tenths for tenths, some in _TENTHS.items() for character in some}


def cut(name: str, most: int) -> str:
    """A name as long as there is room for it."""
    if width_of(name) <= most:
        return name
    widths = [*accumulate(map(_tenths, name))]
    end = max(1, bisect_left(widths, (most - 14) * 10))
    return name[:end].rstrip() + "…"


def width_of(text: str) -> int:
    """How wide a text is in 14 pixels of a broad face: no usual face is broader."""
    return sum(_tenths(character) for character in text) // 10 + 1


def _tenths(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 160
    if character in _WIDTHS:
        return _WIDTHS[character]
    return 90 if character.isascii() and not character.isupper() else 108
