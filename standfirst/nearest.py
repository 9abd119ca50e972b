"""A quote that was not found × seed → the closest stretch, and a word-by-word difference.

Shared words vote for where the stretch may begin, then the words are aligned. Decides no verdict.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from standfirst.quotes import UNSPACED, WORD, Prepared, normal

_TOKEN = re.compile(
    rf"[{UNSPACED}]|(?:[$€£¥](?=\d))?\w(?:[^\s\w.,:;!?'\"()\[\]]|[.,:'](?=\w)|(?![{UNSPACED}])\w)*"
    r"|\S"
)

_NEAR = 0.4
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Closest:
    """The stretch of a seed that comes closest to a quote, and how the two differ.

    In `difference` the quote's own words stand in `[-…-]`, the source's in `{+…+}`.
    """

    start: int
    end: int
    text: str
    difference: str


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


_Run = tuple[int, int, int]
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
    runs: list[_Run]
    share: float

    @classmethod
    def of(cls, ours: _Words, theirs: _Words) -> "_Alignment":
        words = ours.folded()
        matcher = SequenceMatcher(None, words, theirs.folded(), autojunk=False)
        runs = _connected([(run.a, run.b, run.size) for run in matcher.get_matching_blocks()[:-1]])
        counts = [WORD.match(word) is not None for word in words]
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


def _connected(runs: list[_Run]) -> list[_Run]:
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


def _is_stray(run: _Run, following: _Run, size: int) -> bool:
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
