"""A quote and a text → verdict, offsets in the seed, the closest stretch.

One normalisation, published in docs/quotes.md, is applied to quotes and seeds alike. Nothing here
opens a file, knows a fact, or raises for what a text holds.
Offsets count characters of the seed, so that `seed[start:end]` are the source's own words.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import Literal

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
_CHANGES = re.compile(r"[^\x20-\x7e]|`|  ")
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_RUNS = re.compile(f"[ {_NARROW}]{{2,}}")
_ELLIPSIS = re.compile("\u2026")

# Letters of scripts that write no spaces between words: Thai, Lao, Burmese, Khmer, kana, ideographs
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff"
    "\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff"
_UNCUT = re.compile(f"[{_UNSPACED}{_HANGUL}]")
# Letters that join the one before them though they are no combining marks: Hangul, Kirat Rai
_JOINS = re.compile("[\u1160-\u11ff\U00016d63-\U00016d6a]")

_WORD = re.compile(
    rf"[{_UNSPACED}]{{1,2}}|(?:(?![{_UNSPACED}])[^\W_])[^\s\u2014\u2015{_UNSPACED}]*"
)
_TOKEN = re.compile(
    rf"[{_UNSPACED}]|(?:[$€£¥](?=\d))?\w(?:[^\s\w.,:;!?'\"()\[\]]|[.,:'](?=\w)|(?![{_UNSPACED}])\w)*"
    r"|\S"
)

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
_NEAR = 0.4
_MOST_WORDS = 60

Verdict = Literal["found", "normalised", "ambiguous", "cut", "not-found"]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
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
        first = self.text.find(words) if words else -1
        while first >= 0:
            if self._is_edge(first) and self._is_edge(first + len(words)):
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

    def _is_edge(self, at: int) -> bool:
        return at == 0 or self.offsets[at] != self.offsets[at - 1]


@dataclass(frozen=True, slots=True)
class Found:
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


@dataclass(frozen=True, slots=True)
class Closest:
    """The stretch of a seed that comes closest to a quote, and how the two differ.

    In `difference` the quote's own words stand in `[-…-]`, the source's in `{+…+}`.
    """

    start: int
    end: int
    text: str
    difference: str


def normalise(text: str) -> Normalised:
    """A text in the one form in which quotes and seeds are compared."""
    edges, offsets = _edges(text)
    return Normalised(_settled(edges), offsets)


def normal(text: str) -> str:
    """The text of `normalise`."""
    return _settled(_edges(text)[0]) if _CHANGES.search(text) else text


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
    words, before, after = (normal(part).strip(" ") for part in (quote, prefix, suffix))
    whole: list[Stretch] = []
    cut: list[Stretch] = []
    elsewhere: list[int] = []
    for first in seed.places(words):
        last = first + len(words)
        stretch, is_cut = seed.stretch(first, last), seed.is_cut(first, last)
        if _stands_between(before, after, seed.text, first, last) and _lies_in(stretch, within):
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
    """Where the words of a text begin.

    A word has a letter or digit and ends at white space or an em dash; where a script writes no
    spaces, two letters are a word.
    """
    return [match.start() for match in _WORD.finditer(text)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def is_short(quote: str) -> bool:
    """Has a quote fewer than three words, and no figure?"""
    return word_count(quote) < 3 and not re.search(r"\d", quote)


def is_long(quote: str) -> bool:
    """Has a quote more than 60 words?"""
    return word_count(quote) > 60


def closest(quote: str, seed: Prepared) -> Closest | None:
    """The stretch of the seed that comes closest to a quote, `None` where nothing is near.

    Near is a stretch that has 40 % of the quote's words in their order. Of a very long quote only
    the beginning is looked for.
    """
    words = normal(quote[:2_000]).strip(" ")
    ours = _words(words, 0, len(words))
    alignments = [
        _Alignment.of(ours, _words(seed.text, first, last)) for first, last in _windows(words, seed)
    ]
    best = max(alignments, key=lambda alignment: alignment.share, default=None)
    if best is None or best.share < _NEAR:
        return None
    steps = best.steps()
    first, last = steps[0][1].start, steps[-1][1].stop - 1
    at = seed.stretch(best.theirs.spans[first][0], best.theirs.spans[last][1])
    return Closest(at.start, at.end, seed.raw[at.start : at.end], _shortened(best.difference()))


# The normalisation, step by step


def _edges(text: str) -> tuple[str, Sequence[int]]:
    """The normalised text, save that dashes and narrow spaces are still apart, and its offsets."""
    offsets: Sequence[int] = range(len(text) + 1)
    if not _CHANGES.search(text):
        return text, offsets
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


def _lies_in(stretch: Stretch, within: Sequence[Stretch] | None) -> bool:
    return within is None or any(
        part.start <= stretch.start and stretch.end <= part.end for part in within
    )


def _stands_between(before: str, after: str, text: str, first: int, last: int) -> bool:
    ends = first - 1 if text[first - 1 : first] == " " else first
    begins = last + 1 if text[last : last + 1] == " " else last
    return text.endswith(before, 0, ends) and text.startswith(after, begins)


# The closest stretch: shared words vote for where it may begin, then the words are aligned


def _windows(ours: str, seed: Prepared) -> list[tuple[int, int]]:
    """The three stretches of the seed that share most words and pairs of words with a quote."""
    width = max(64, len(ours) // 4)
    votes: Counter[int] = Counter()
    for needle, at in _needles(ours if seed.folded is seed.text else ours.lower()):
        votes.update({(hit - at) // width for hit in _hits(seed.folded, needle)})
    scores = {place: votes[place] + votes[place + 1] for place in votes}
    best: list[int] = []
    for place in sorted(scores, key=lambda place: (-scores[place], place)):
        if len(best) < 3 and all(abs(place - other) > 1 for other in best):
            best.append(place)
    slack = len(ours) // 2 + 48
    return [
        _snapped(seed.text, place * width - slack, (place + 2) * width + len(ours) + slack)
        for place in best
    ]


def _needles(words: str) -> list[tuple[str, int]]:
    """The longest words, and the longest pairs of words, of a quote, and where they stand in it."""
    tokens = _words(words, 0, len(words)).spans
    single = {words[start:end]: start for start, end in tokens}
    pairs = {words[start:end]: start for (start, _), (_, end) in pairwise(tokens)}
    return [
        needle
        for found in (single, pairs)
        for needle in sorted(found.items(), key=lambda item: (-len(item[0]), item[1]))[:16]
    ]


def _hits(text: str, needle: str) -> Iterator[int]:
    """Where a needle stands in a text, at most 300 times."""
    at = text.find(needle)
    for _ in range(300):
        if at < 0:
            return
        yield at
        at = text.find(needle, at + 1)


def _snapped(text: str, first: int, last: int) -> tuple[int, int]:
    """A stretch that begins and ends with whole words, where there are spaces."""
    first, last = max(first, 0), min(last, len(text))
    begin = text.find(" ", first, last) + 1 if first else 0
    end = text.rfind(" ", first, last) if last < len(text) else last
    return (begin or first, end) if end > (begin or first) else (first, last)


Run = tuple[int, int, int]
"""Words that two texts share: the first one's index in each, and how many."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and signs of a stretch of normalised text, and where they stand in it."""

    text: str
    spans: list[tuple[int, int]]

    def between(self, part: range) -> str:
        return self.text[self.spans[part.start][0] : self.spans[part.stop - 1][1]] if part else ""

    def has_gap_before(self, index: int) -> bool:
        at = self.spans[index][0]
        return at > 0 and self.text[at - 1] == " "

    def folded(self) -> list[str]:
        return [self.text[start:end].lower() for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class _Alignment:
    """A quote's words, a window's words, the runs both have in order, and their share."""

    ours: _Words
    theirs: _Words
    runs: list[Run]
    share: float

    @classmethod
    def of(cls, ours: _Words, theirs: _Words) -> "_Alignment":
        words = ours.folded()
        matcher = SequenceMatcher(None, words, theirs.folded(), autojunk=False)
        runs = _connected([(run.a, run.b, run.size) for run in matcher.get_matching_blocks()[:-1]])
        counts = [_WORD.match(word) is not None for word in words]
        shared = sum(sum(counts[at : at + size]) for at, _, size in runs)
        return cls(ours, theirs, runs, shared / max(1, sum(counts)))

    def steps(self) -> list[tuple[range, range]]:
        """The quote from first word to last against the window: gap, run, gap, run, gap.

        At either end the window's side of a gap is as long as the quote's.
        """
        first = max(0, self.runs[0][1] - self.runs[0][0])
        our_at, at = 0, first
        steps = []
        for our_start, start, size in self.runs:
            steps += [(range(our_at, our_start), range(at, start))]
            our_at, at = our_start + size, start + size
            steps += [(range(our_start, our_at), range(start, at))]
        rest = range(our_at, len(self.ours.spans))
        return [*steps, (rest, range(at, min(at + len(rest), len(self.theirs.spans))))]

    def difference(self) -> str:
        """The steps in the manner of wdiff."""
        written = ""
        for number, (ours, theirs) in enumerate(self.steps()):
            pieces = self._by_letters(ours, theirs) if number % 2 else [(ours, theirs, False)]
            for mine, other, is_same in pieces:
                left, right = self.ours.between(mine), self.theirs.between(other)
                side, part = (self.theirs, other) if other else (self.ours, mine)
                if written and part and side.has_gap_before(part.start):
                    written += " "
                wrong = f"[-{left}-]" if left else ""
                written += right if is_same else wrong + (f"{{+{right}+}}" if right else "")
        return written

    def _by_letters(self, ours: range, theirs: range) -> Iterator[tuple[range, range, bool]]:
        """A run of shared words, cut where capitals and small letters differ."""

        def is_same(step: int) -> bool:
            mine, other = (range(part[step], part[step] + 1) for part in (ours, theirs))
            return self.ours.between(mine) == self.theirs.between(other)

        for same, group in groupby(range(len(ours)), key=is_same):
            steps = [*group]
            yield ours[steps[0] : steps[-1] + 1], theirs[steps[0] : steps[-1] + 1], same


def _words(text: str, first: int, last: int) -> _Words:
    return _Words(text, [match.span() for match in _TOKEN.finditer(text, first, last)])


def _connected(runs: list[Run]) -> list[Run]:
    """The longest run and those beside it, without stray words that match far away."""
    if not runs:
        return []
    longest = max(range(len(runs)), key=lambda index: runs[index][2])
    kept = [runs[longest]]
    for run in runs[longest + 1 :]:
        if not _is_stray(kept[-1], run, run[2]):
            kept.append(run)
    for run in reversed(runs[:longest]):
        if not _is_stray(run, kept[0], run[2]):
            kept.insert(0, run)
    return kept


def _is_stray(run: Run, following: Run, size: int) -> bool:
    """Are there many more words between two runs in the seed than in the quote, for their size?"""
    ours, theirs = following[0] - run[0], following[1] - run[1]
    return theirs - ours > 4 + 3 * size


def _shortened(difference: str) -> str:
    """At most 60 words of a difference, from shortly before the first place that differs."""
    words = difference.split(" ")
    if len(words) <= _MOST_WORDS:
        return difference
    changed = (at for at, word in enumerate(words) if "[-" in word or "{+" in word)
    begin = max(0, min(next(changed, 0) - 10, len(words) - _MOST_WORDS))
    shown = " ".join(words[begin : begin + _MOST_WORDS])
    for opening, closing in (("[-", "-]"), ("{+", "+}")):
        if shown.rfind(opening) > shown.rfind(closing):
            shown += f" …{closing}"
    return ("… " if begin else "") + shown + (" …" if begin + _MOST_WORDS < len(words) else "")
