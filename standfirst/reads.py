"""Names → the numbers of the keys that each read, and back: which names read a key."""

from array import array
from collections.abc import Collection, Iterator
from typing import TypeAlias

Marks: TypeAlias = "array[int]"
"""Numbers of keys or tasks, of 64 bits each."""


class Reads:
    """What each name read, as long as it is not forgotten."""

    def __init__(self) -> None:
        self._reads: dict[str, Marks] = {}
        # Worked out from the first question on, for most processes ask none.
        self._readers: dict[int, set[str]] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._reads

    def __len__(self) -> int:
        return len(self._reads)

    def __iter__(self) -> Iterator[str]:
        return iter(self._reads)

    def __getitem__(self, name: str) -> Marks:
        return self._reads[name]

    def note(self, name: str, numbers: Marks) -> None:
        """Takes down what a name read, in place of what it read before."""
        if self._readers is not None:
            self.forget(name)
            self._add(self._readers, name, numbers)
        self._reads[name] = numbers

    def forget(self, name: str) -> None:
        """Takes a name out."""
        for number in self._reads.pop(name, ()):
            if self._readers is not None:
                self._readers[number].discard(name)

    def readers(self, number: int) -> Collection[str]:
        """The names that read a key; not to be kept."""
        if not self._reads:
            return ()
        if self._readers is None:
            self._readers = {}
            for name, numbers in self._reads.items():
                self._add(self._readers, name, numbers)
        return self._readers.get(number, ())

    @staticmethod
    def _add(readers: dict[int, set[str]], name: str, numbers: Marks) -> None:
        for number in numbers:
            readers.setdefault(number, set()).add(name)
