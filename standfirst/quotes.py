"""A quote × a seed → a verdict, and offsets in the seed.

One normalisation, published in docs/quotes.md, is applied to quotes and seeds alike. Nothing here
opens a file, knows a fact, or raises for what a text holds.
Offsets count characters of the seed, so that `seed[start:end]` are the source's own words.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from standfirst.occurrences import Occurrences

SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""White space besides the space itself."""

UNSEEN = (
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that print nothing: soft hyphen, zero-width and direction marks, byte order mark."""

# Kept apart until whole words are told from cut ones; then a hyphen and a space like the rest.
_DASH, _NARROW = "\u2014", "\xa0"
_SIGNS = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys("\xa0\u2009\u202f", _NARROW)
    | dict.fromkeys("\u201c\u201d\u201e\u201f\xab\xbb\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\xb4`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
    | dict.fromkeys("\u2014\u2015", _DASH)
)
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_RUNS = re.compile(f"[ {_NARROW}]{{2,}}")
_SPACES = re.compile("  +")
_ELLIPSIS = re.compile("\u2026")

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
"""Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, ideographs."""

_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"
_UNCUT = re.compile(f"[{UNSPACED}{_HANGUL}]")
# Letters that join the one before them though they are no combining marks: Hangul, Kirat Rai
_JOINS = re.compile("[\u1160-\u11ff\U00016d63-\U00016d6a]")

WORD = re.compile(rf"[{UNSPACED}]{{1,2}}|(?:(?![{UNSPACED}])[^\W_])[^\s\u2014\u2015{UNSPACED}]*")
"""A word: it has a letter or digit and ends at white space or an em dash; in a script that writes
no spaces, two letters are a word."""

# Between two characters of a shape (see `_shape`): both belong to one word or one number.
_INSIDE = re.compile(
    r"(?<=[a0])(?=[a0])"
    r"|(?<=[a0])(?=['&-][a0])|(?<=[a0]['&-])(?=[a0])"
    r"|(?<=0)(?=[.,:/]0)|(?<=0[.,:/])(?=0)"
    r"|(?<=0)(?=_000(?!0))|(?<=0_)(?=000(?!0))"
    r"|(?<=[0$%])(?=-[0$])|(?<=[0$%]-)(?=[0$])|(?<= -)(?=[0$])|(?<=^-)(?=[0$])"
    r"|(?<=\$)(?=0)|(?<=a)(?=\$0)|(?<=0)(?=[%$])|(?<=0%)(?=a)"
)

_MOST_PLACES = 20
_LONG = 5_000
"""In a text as long as this it pays to know where each word stands."""

Verdict = Literal["found", "normalised", "ambiguous", "cut", "not-found"]


class Stretch(NamedTuple):
    """Characters of a text, from an offset up to, and without, another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text after normalisation; `offsets[i]` is where its character `i` began in the original.

    Characters made of one, or of several together, share an offset; the last offset is the
    original's length.
    """

    text: str
    offsets: Sequence[int]


@dataclass(frozen=True)
class Prepared:
    """A seed made ready for many quotes: its words, their normalised form, offsets and shape."""

    raw: str
    text: str
    offsets: Sequence[int]
    shape: str

    @cached_property
    def folded(self) -> str:
        """The normalised text in small letters, or as it is where those are more or fewer."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else self.text

    def places(self, words: str) -> Iterator[int]:
        """Where normalised words stand in the normalised text, in whole characters of the seed."""
        known = None
        # How a capital sigma is written small depends on the whole word, which may be cut here.
        if len(self.text) >= _LONG and "\u03a3" not in words:
            known = self._known.fewest(words if self.folded is self.text else words.lower())
        if known is None:
            yield from self._found(words)
            return
        before, places = known
        for place in places:
            first = place - before
            if first >= 0 and self.text.startswith(words, first) and self._is_whole(first, words):
                yield first

    def stands_between(self, words: str, first: int, last: int) -> bool:
        """Do words begin somewhere in `folded[first:last]`, be they whole there or cut?"""
        if last - first < _LONG:
            return self.folded.find(words, first, max(first, last - 1 + len(words))) >= 0
        return self._known.has(words, first, last)

    @cached_property
    def _known(self) -> Occurrences:
        """What knows where words stand in `folded`, so that none is looked for in all of it."""
        return Occurrences(self.folded)

    def _found(self, words: str) -> Iterator[int]:
        first = self.text.find(words) if words else -1
        while first >= 0:
            if self._is_whole(first, words):
                yield first
            first = self.text.find(words, first + 1)

    def is_cut(self, first: int, last: int) -> bool:
        """Does `text[first:last]` begin or end inside a word or number?"""
        return bool(_INSIDE.match(self.shape, first) or _INSIDE.match(self.shape, last))

    def stretch(self, first: int, last: int) -> Stretch:
        """Where `text[first:last]` stands in the seed."""
        start, end = self.offsets[first], self.offsets[last]
        while end > start and self.raw[end - 1] in UNSEEN:
            end -= 1
        return Stretch(start, end)

    def _is_whole(self, first: int, words: str) -> bool:
        return self._is_edge(first) and self._is_edge(first + len(words))

    def _is_edge(self, at: int) -> bool:
        return at == 0 or self.offsets[at] != self.offsets[at - 1]


class Found(NamedTuple):
    """What became of a quote.

    `start` and `end` are offsets in the seed: of the first occurrence when there are several, of
    the cut one when there is no whole one, -1 when there is none. `places` holds where the
    occurrences start, at most 20; of a quote that is not found, where its words stand whole
    outside the layer or away from the prefix and suffix that were asked for.
    """

    verdict: Verdict
    start: int = -1
    end: int = -1
    places: tuple[int, ...] = ()


def normalise(text: str) -> Normalised:
    """A text in the one form in which quotes and seeds are compared."""
    edges, offsets = _edges(text)
    return Normalised(_settled(edges), offsets)


def normal(text: str) -> str:
    """The text of `normalise`."""
    return text if _is_normal(text) else _settled(_edges(text)[0])


def prepare(text: str, marked: Iterable[int] = ()) -> Prepared:
    """A seed made ready; the characters at the `marked` offsets count as white space."""
    bounds = [-1, *sorted(at for at in set(marked) if 0 <= at < len(text)), len(text)]
    blank = " ".join(text[before + 1 : after] for before, after in pairwise(bounds))
    edges, offsets = _edges(blank)
    return Prepared(text, _settled(edges), offsets, _shape(edges))


def find_quote(
    quote: str,
    seed: Prepared,
    within: Sequence[Stretch] | None = None,
    prefix: str = "",
    suffix: str = "",
) -> Found:
    """The verdict on a quote.

    An occurrence must lie in one of the stretches `within`, and stand directly after `prefix` and
    before `suffix`, white space aside. Cut occurrences count only where there is no whole one.
    """
    words = normal(quote).strip(" ")
    before, after = normal(prefix).strip(" "), normal(suffix).strip(" ")
    whole: list[Stretch] = []
    cut: list[Stretch] = []
    elsewhere: list[int] = []
    for first in seed.places(words):
        last = first + len(words)
        stretch, is_cut = seed.stretch(first, last), seed.is_cut(first, last)
        is_beside = not (before or after) or _stands_between(before, after, seed.text, first, last)
        if is_beside and (within is None or _lies_in(stretch, within)):
            (cut if is_cut else whole).append(stretch)
        elif not is_cut:
            elsewhere.append(stretch.start)
        if len(whole) == _MOST_PLACES:
            break
    if not (occurrences := whole or cut):
        return Found("not-found", places=tuple(elsewhere[:_MOST_PLACES]))
    at = occurrences[0]
    verdict: Verdict = "cut"
    if whole:
        is_verbatim = seed.raw[at.start : at.end] == quote.strip()
        verdict = "ambiguous" if len(whole) > 1 else "found" if is_verbatim else "normalised"
    places = tuple(occurrence.start for occurrence in occurrences[:_MOST_PLACES])
    return Found(verdict, at.start, at.end, places)


def stands_in(words: str, quote: str) -> bool:
    """Do words, such as a figure, stand in a quote as whole words and numbers?"""
    seed, wanted = prepare(quote), normal(words).strip(" ")
    return any(not seed.is_cut(first, first + len(wanted)) for first in seed.places(wanted))


def word_starts(text: str) -> list[int]:
    """Where the words of a text begin."""
    return [match.start() for match in WORD.finditer(text)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def is_short(quote: str) -> bool:
    """Has a quote fewer than three words, and no figure?"""
    return len(list(islice(WORD.finditer(quote), 3))) < 3 and not re.search(r"\d", quote)


def is_long(quote: str) -> bool:
    """Has a quote more than 60 words?"""
    return word_count(quote) > 60


def _is_normal(text: str) -> bool:
    """Whether it can be seen at once that normalisation would change nothing."""
    return text.isascii() and text.isprintable() and "  " not in text and "`" not in text


def _edges(text: str) -> tuple[str, Sequence[int]]:
    """The normalised text, save that dashes and narrow spaces are still apart, and its offsets."""
    offsets: Sequence[int] = range(len(text) + 1)
    if _is_normal(text):
        return text, offsets
    if text.isascii():
        return _replaced(text.translate(_SIGNS), offsets, _SPACES, lambda _: " ")
    text, offsets = _replaced(text, offsets, _UNSEEN, lambda _: "")
    if not unicodedata.is_normalized("NFC", text):
        text, offsets = _replaced(text, offsets, _composing(text), _composed)
    text, offsets = _replaced(text, offsets, _ELLIPSIS, lambda _: "...")
    return _replaced(text.translate(_SIGNS), offsets, _RUNS, lambda _: " ")


def _settled(edges: str) -> str:
    return edges.replace(_DASH, "-").replace(_NARROW, " ")


def _replaced(
    text: str, offsets: Sequence[int], pattern: re.Pattern[str], new: Callable[[str], str]
) -> tuple[str, Sequence[int]]:
    """A text with every match replaced; all characters of a replacement begin where it did."""
    pieces: list[str] = []
    kept = array("L")
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        replacement = new(match[0])
        if replacement != match[0]:
            pieces += text[at:start], replacement
            kept.extend(offsets[at:start])
            kept.extend([offsets[start]] * len(replacement))
            at = end
    if not at:
        return text, offsets
    kept.extend(offsets[at:])
    return "".join([*pieces, text[at:]]), kept


def _composing(text: str) -> re.Pattern[str]:
    """What NFC may change in this text: characters with marks after them, and single ones."""
    characters = sorted(set(text))
    marks = "".join(c for c in characters if unicodedata.category(c)[0] == "M" or _JOINS.match(c))
    single = "".join(c for c in characters if not unicodedata.is_normalized("NFC", c))
    choices = [rf"(?s:.)[{re.escape(marks)}]+"] if marks else []
    return re.compile("|".join(choices + ([f"[{re.escape(single)}]"] if single else [])))


def _composed(segment: str) -> str:
    return unicodedata.normalize("NFC", segment)


def _shape(edges: str) -> str:
    """What each character of a text is to a word: letter a, digit 0, currency $, per cent %.

    Signs that may join stay as they are, a narrow space is _, all else is a space.
    """
    return edges.translate({ord(character): _role(character) for character in set(edges)})


@cache
def _role(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "N" and not _UNCUT.match(character):
        return "0"
    if category[0] in "LM" or character == "_":
        return " " if _UNCUT.match(character) else "a"
    if category == "Sc":
        return "$"
    if character in "%‰°":
        return "%"
    return "_" if character == _NARROW else character if character in "'&-.,:/" else " "


def _lies_in(stretch: Stretch, within: Sequence[Stretch]) -> bool:
    return any(part.start <= stretch.start and stretch.end <= part.end for part in within)


def _stands_between(before: str, after: str, text: str, first: int, last: int) -> bool:
    ends = first - 1 if text[first - 1 : first] == " " else first
    begins = last + 1 if text[last : last + 1] == " " else last
    return text.endswith(before, 0, ends) and text.startswith(after, begins)
