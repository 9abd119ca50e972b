"""A long text → where words stand in it, without reading all of it again for each.

Knows words between spaces and nothing else: no quote, no seed.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

Places = Sequence[int]

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

    def fewest(self, words: str) -> tuple[int, Places] | None:
        """Where in some words the part with the fewest places begins, and these, where known."""
        parts = words.split(" ")
        if len(parts) < 2:
            return None
        known: list[tuple[int, Places]] = []
        fewest = len(self._text)
        if len(parts) > 2:  # What stands between two spaces is a whole word in the text, too.
            counts = list(map(self._counts.__getitem__, parts[1:-1]))
            fewest = min(counts)
            index = counts.index(fewest)
            places = self._index.get(parts[index + 1], ())
            known = [(len(" ".join(parts[: index + 1])) + 1, places)]
        if fewest > _FEW:  # The last part may begin a longer word, the first one end one.
            first, last = parts[0], parts[-1]
            longer = [word[::-1] for word in _beginning_with(first[::-1], self._turned)]
            cut = [(word, len(word) - len(first)) for word in longer]
            known += [(0, places) for places in self._joined(cut, fewest)]
            whole = [(word, 0) for word in _beginning_with(last, self._sorted)]
            before = len(" ".join(parts[:-1])) + 1
            known += [(before, places) for places in self._joined(whole, fewest)]
        return min(known, key=_count, default=None) if len(known) != 1 else known[0]

    def _joined(self, words: Sequence[tuple[str, int]], others: int) -> Iterator[Places]:
        """The places so far into each of some words, if these are known and far fewer than others.

        Putting them in order has its price, too.
        """
        count = sum(len(self._index[word]) for word, _ in words)
        if words and count * _DEAR < others:
            yield sorted(at + into for word, into in words for at in self._index[word])

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
        at = 0
        for word in self._text.split(" "):
            found[word].append(at)
            at += len(word) + 1
        return dict(found)


def _beginning_with(part: str, words: Sequence[str]) -> Sequence[str]:
    """Those of some words in order that begin so; none where they are many."""
    first = bisect_left(words, part)
    found = [word for word in words[first : first + _MOST] if word.startswith(part)]
    return found if len(found) < _MOST else ()


def _count(one: tuple[int, Places]) -> int:
    return len(one[1])
