"""The one door to the archive: what a page or check asks for, and a note of every key asked for.

What is read here is what a page depends on, also where it was worked out for another page before.
"""

import functools
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from standfirst.archive import Archive, Key

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])


class Reader:
    """Reads the archive for one page or check; `keys` holds every key asked for, found or not."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.keys: set[Key] = set()

    def all(self, sort: type[T], *key: str) -> tuple[T, ...]:
        """Everything contributed to a key, of the sort that the key's table names."""
        self.keys.add(key)
        return cast(tuple[T, ...], self._archive.values(key, sort))

    def one(self, sort: type[T], *key: str) -> T | None:
        """The first value contributed to a key, or `None` where there is none."""
        values = self.all(sort, *key)
        return values[0] if values else None

    def has(self, *key: str) -> bool:
        """Whether anything was contributed to a key."""
        return bool(self.all(object, *key))

    def once(self, make: Callable[..., T], *about: Hashable) -> T:
        """What `make(*about, reader)` is, worked out once for all while what it reads stays.

        The keys that it reads are noted for each of them, as if it had been worked out anew, so it
        must be a pure function of these; what it gives is shared, and so may not be changed.
        """
        found = self._archive.derived(make, about)
        if found is None:
            inner = Reader(self._archive)
            found = make(*about, inner), frozenset(inner.keys)
            self._archive.derive(make, about, *found)
        self.keys |= found[1]
        return cast(T, found[0])


def shared(make: F) -> F:
    """A function whose last argument is a reader, worked out once for all who ask (`once`)."""

    @functools.wraps(make)
    def asked(*about: Hashable) -> object:
        *of, reader = about
        assert isinstance(reader, Reader)
        return reader.once(make, *of)

    return cast(F, asked)
