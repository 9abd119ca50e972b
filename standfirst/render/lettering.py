"""A name → how much room it takes in a drawing, and as much of it as there is room for.

The faces of readers differ, so a width is an estimate: no usual face is broader.
"""

import unicodedata

_NARROW, _SLIM, _BROAD = (
    frozenset("ijlI|.,:;'’‘!()[] "),
    frozenset('frt-"“”/'),
    frozenset("mwMW@%—…"),
)


def cut(name: str, most: int) -> str:
    """A name as long as there is room for it."""
    if width_of(name) <= most:
        return name
    end = len(name)
    while end > 1 and width_of(name[:end]) > most - 14:
        end -= 1
    return name[:end].rstrip() + "…"


def width_of(text: str) -> int:
    """How wide a text is in 14 pixels of a broad face: no usual face is broader."""
    return sum(_tenths(character) for character in text) // 10 + 1


def _tenths(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 160
    if character in _NARROW:
        return 48
    if character in _SLIM:
        return 66
    if character in _BROAD:
        return 140
    return 90 if character.isascii() and not character.isupper() else 108
