"""The one door to the archive: what a page or check asks for, and a note of every key asked for.

What is read here is what a page depends on, also where it was worked out for another page before.
"""

import functools
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import msgspec

from standfirst.archive import Archive
from standfirst.shared import SHARED, Derived, Key
from standfirst.store import as_written

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
        return cast(T, self._used(found or self._made(make, about, False)))

    def kept(self, make: Callable[..., T], *about: Hashable) -> T:
        """The same, which the next process need not work out again: for pages alone, as they are
        rendered when all is known that a change reaches. msgspec must be able to write and read
        what it gives by the type it names."""
        shared = self._archive.shared
        found = shared.derived(make, about)
        if found is None and (data := shared.kept(_name(make, about))) is not None:
            found = Derived(_name(make, about), as_written(_decode(make), data), (), (), kept=True)
            shared.hold(make, about, found)
        return cast(T, self._used(found or self._made(make, about, True)))

    def _made(self, make: Callable[..., T], about: tuple[Hashable, ...], keep: bool) -> Derived:
        inner = Reader(self._archive)
        result = make(*about, inner)
        made = Derived(_name(make, about), result, tuple(inner.keys), inner._uses)
        self._archive.shared.derive(make, about, made, _encode(result) if keep else b"")
        return made

    def _used(self, found: Derived) -> object:
        self.keys.add((SHARED, found.name))
        self._uses.append(found)
        return found.result


def shared(make: F) -> F:
    """A function whose last argument is a reader, worked out once for all who ask (`once`)."""
    return _asked(make, Reader.once)


def kept(make: F) -> F:
    """The same for one whose results the next process need not work out again (`kept`)."""
    return _asked(make, Reader.kept)


def _asked(make: F, ask: Callable[..., object]) -> F:
    @functools.wraps(make)
    def asked(*about: Hashable) -> object:
        *of, reader = about
        return ask(reader, make, *of)

    return cast(F, asked)


def _name(make: Callable[..., object], about: tuple[Hashable, ...]) -> str:
    return f"{make.__module__}.{make.__qualname__} {about!r}"


_encode = msgspec.msgpack.Encoder().encode


@functools.cache
def _decode(make: Callable[..., object]) -> Callable[[bytes], object]:
    """What reads a function's results."""
    return msgspec.msgpack.Decoder(make.__annotations__["return"]).decode
