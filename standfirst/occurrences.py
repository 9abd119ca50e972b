"""A long text → where words stand in it, without reading all of it again for each.

Knows words between spaces and nothing else: no quote, no seed.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate, count
from operator import add

Places = Sequence[int]
Known = tuple[int, Places]
"""How far into some words a part of them begins, and where that stands in the text."""

_MOST = 16
"""So many longer words are looked up."""
_FEW = 32
"""Of so many places nothing is gained by a rarer word: looking it up costs as much."""
_DEAR = 8
"""As many times the cost of reading a place is that of putting it in order with others."""


class Occurrences:
    """A text with an index of its words: it is made when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, words: str, first: int, last: int) -> bool:
        """Whether words begin in `text[first:last]`, be they whole there or cut."""
        known = self._rarest(words.split(" "))
        if known is not None:  # Words that stand there do so at one of the first places as a rule.
            before, places = known
            start = bisect_left(places, first + before)
            few = places[start : start + _FEW]
            for place in few:
                if place >= last + before:
                    return False
                if self._text.startswith(words, place - before):
                    return True
            if len(few) < _FEW:
                return False
        return any(True for _ in self.between(words, first, last))

    def between(self, words: str, first: int, last: int) -> Iterator[int]:
        """Where words begin in `text[first:last]`, whether they stand there whole or cut."""
        found = self.fewest(words)
        if found is None:
            at = self._text.find(words, first)
            while 0 <= at < last:
                yield at
                at = self._text.find(words, at + 1)
            return
        before, places = found
        start = bisect_left(places, first + before)
        stop = bisect_left(places, last + before, start)
        for place in map(places.__getitem__, range(start, stop)):
            if self._text.startswith(words, place - before):
                yield place - before

    def fewest(self, words: str) -> Known | None:
        """Where in some words the part with the fewest places begins, and these, where known.

        The first part may end a longer word, the last one begin one.
        """
        parts = words.split(" ")
        best = self._rarest(parts)
        if len(parts) < 2 or _is_few(best):
            return best
        first, last = parts[0], parts[-1]
        longer = [word[::-1] for word in _beginning_with(first[::-1], self._turned)]
        best = self._fewer(best, 0, [(word, len(word) - len(first)) for word in longer])
        if _is_few(best):
            return best
        whole = [(word, 0) for word in _beginning_with(last, self._sorted)]
        return self._fewer(best, len(words) - len(last), whole)

    def _rarest(self, parts: Sequence[str]) -> Known | None:
        """The same of all parts but the first and last: these are whole words in the text, too."""
        if len(parts) < 3:
            return None
        counts = list(map(self._counts.__getitem__, parts[1:-1]))
        index = counts.index(min(counts)) + 1
        return len(" ".join(parts[:index])) + 1, self._index.get(parts[index], ())

    def _fewer(
        self, best: Known | None, before: int, words: Sequence[tuple[str, int]]
    ) -> Known | None:
        """The places so far into each of some words, if known and far fewer than the best.

        Putting them in order has its price, too.
        """
        total = sum(len(self._index[word]) for word, _ in words)
        if not words or total * _DEAR >= (len(best[1]) if best else len(self._text)):
            return best
        return before, sorted(at + into for word, into in words for at in self._index[word])

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        """How often each word stands there."""
        return Counter({word: len(places) for word, places in self._index.items()})

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._index)

    @cached_property
    def _turned(self) -> Sequence[str]:
        return sorted(word[::-1] for word in self._index)

    @cached_property
    def _index(self) -> Mapping[str, Places]:
        """Where each word between spaces begins."""
        found: dict[str, array[int]] = defaultdict(partial(array, "L"))
        words = self._text.split(" ")
        ends = accumulate(map(len, words), initial=0)
        for word, at in zip(words, map(add, ends, count()), strict=False):
            found[word].append(at)
        return dict(found)


def _beginning_with(part: str, words: Sequence[str]) -> Sequence[str]:
    """Those of some words in order that begin so; none where they are many."""
    first = bisect_left(words, part)
    found = [word for word in words[first : first + _MOST] if word.startswith(part)]
    return found if len(found) < _MOST else ()


def _is_few(known: Known | None) -> bool:
    return known is not None and len(known[1]) <= _FEW
