"""The one door to the archive: what a page or check asks for, and a note of every key asked for.

What is read here is what a page depends on, also where it was worked out for another page before.
"""

import functools
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from standfirst.archive import Archive
from standfirst.shared import SHARED, Derived, Key

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])


class Reader:
    """Reads the archive for one page or check; `keys` holds every key asked for, found or not."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._values = archive.values
        self.keys: set[Key] = set()
        self._uses: list[Derived] = []

    def all(self, sort: type[T], *key: str) -> tuple[T, ...]:
        """Everything contributed to a key, of the sort that the key's table names."""
        self.keys.add(key)
        return self._values(key, sort)

    def one(self, sort: type[T], *key: str) -> T | None:
        """The first value contributed to a key, or `None` where there is none."""
        self.keys.add(key)
        values: tuple[T, ...] = self._values(key, sort)
        return values[0] if values else None

    def has(self, *key: str) -> bool:
        """Whether anything was contributed to a key."""
        return bool(self.all(object, *key))

    def once(self, make: Callable[..., T], *about: Hashable) -> T:
        """What `make(*about, reader)` is, worked out once for all while what it reads stays.

        That it was made use of is noted, and once and for all what it was read from. It must be a
        pure function of this; what it gives is shared, and so may not be changed.
        """
        found = self._archive.shared.derived(make, about)
        if found is None:
            inner = Reader(self._archive)
            name = f"{make.__module__}.{make.__qualname__} {about!r}"
            found = Derived(name, make(*about, inner), tuple(inner.keys), inner._uses, 0)
            self._archive.shared.derive(make, about, found)
        self.keys.add((SHARED, found.name))
        self._uses.append(found)
        return cast(T, found.result)


def shared(make: F) -> F:
    """A function whose last argument is a reader, worked out once for all who ask (`once`)."""

    @functools.wraps(make)
    def asked(*about: Hashable) -> object:
        *of, reader = about
        assert isinstance(reader, Reader)
        return reader.once(make, *of)

    return cast(F, asked)
