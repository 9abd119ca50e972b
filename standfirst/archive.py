"""Pairs of key and value → one table: key → what was contributed to it, and which keys changed.

What an earlier process left is read from it key by key, when it is asked for. Knows no record and
no page: what the keys mean is told in `link.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Protocol, cast

import msgspec

from standfirst.problem import Places
from standfirst.shared import Key, Numbered, Shared
from standfirst.store import as_written

Contribution = tuple[Key, object]
Part = tuple[object, ...] | msgspec.Raw
"""What somebody contributes to a key; as bytes while nobody has asked for it."""
Values = dict[str, Part]
"""What was contributed to a key, by contributor."""
Given = Mapping[Key, Part]
"""What a contributor gives, by key."""
Buffer = bytes | memoryview
MADE_AGAIN = ("places", "seed", "asset")
"""The first words of keys whose values are not written down: their file is loaded again."""
_RARE = "places"
"""The first word of keys that are hardly ever read: their values are not even held."""
_ABSENT = msgspec.Raw(msgspec.msgpack.encode(()))
_AGAIN = 8
"""The pairs of so many contributors are at hand when their values are made again."""
_packed = msgspec.msgpack.Encoder().encode


class Past(Protocol):
    """What an earlier process left of the table."""

    def readers(self, number: int) -> Iterable[tuple[str, str]]:
        """The tasks that read a key, each by its group and its name."""

    def held(self, key: Key) -> Buffer | None:
        """What was contributed to a key, as `packed_values` made it."""

    def keys_of(self, contributor: str) -> Sequence[Key]:
        """The keys that a contributor contributed to."""

    def kept(self, name: str) -> bytes | None:
        """The bytes of a shared result, where these were kept."""


class Nothing:
    """The past of a first build."""

    def readers(self, number: int) -> Iterable[tuple[str, str]]:
        return ()

    def held(self, key: Key) -> Buffer | None:
        return None

    def keys_of(self, contributor: str) -> Sequence[Key]:
        return ()

    def kept(self, name: str) -> bytes | None:
        return None


def is_same(one: object, other: object) -> bool:
    """Whether two values are equal and print alike, as 40 and 40.0, or 0.0 and -0.0, do not."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if is_dataclass(one) and not isinstance(one, Places):
        names = [field.name for field in fields(one) if field.compare]
        return all(is_same(getattr(one, name), getattr(other, name)) for name in names)
    return repr(one) == repr(other) if isinstance(one, float) else one == other


def given(pairs: Iterable[Contribution]) -> Given:
    """Pairs of key and value, by key."""
    found: dict[Key, list[object]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: _ABSENT if key[0] == _RARE else tuple(all_) for key, all_ in found.items()}


def packed_given(parts: Given) -> bytes:
    """What a contributor gives as bytes, but for what is made again."""
    return _packed([(key, () if key[0] in MADE_AGAIN else part) for key, part in parts.items()])


def unpacked_given(data: bytes) -> Given:
    """What a contributor gives, each part as bytes."""
    return dict(_read_given(data))


def packed_values(key: Key, values: Values) -> bytes:
    """A key's values as bytes: the same for the same."""
    if key[0] in MADE_AGAIN:
        return _packed(dict.fromkeys(sorted(values), ()))
    return _packed(values if len(values) == 1 else {name: values[name] for name in sorted(values)})


class Archive:
    """One table: key → the values contributed to it, by file in the order of their names.

    `again` gives a contributor's pairs once more, where these are not kept.
    """

    def __init__(
        self,
        past: Past | None = None,
        again: Callable[[str], Iterable[Contribution]] = lambda contributor: (),
    ) -> None:
        self._past = past or Nothing()
        self._again = again
        self._made: dict[str, dict[Key, list[object]]] = {}
        # A key that is not in the table is as the past has it.
        self._table: dict[Key, Values] = {}
        self._changed: set[Key] = set()
        self._keys: dict[str, Sequence[Key]] = {}
        self._joined: dict[Key, tuple[object, ...]] = {}
        self.mark: Callable[[Key], int] = Numbered().__getitem__
        self.shared = Shared(self.mark, self._past.readers, self._past.kept)

    def replace(self, contributor: str, new: Given) -> set[Key]:
        """The keys whose values changed when what a contributor gives took the place of what he
        gave before."""
        self._made.pop(contributor, None)
        changed = {key for key in self.keys_of(contributor) if key not in new}
        for key in changed:
            self._put(key, contributor, None)
        changed |= {key for key, now in new.items() if self._put(key, contributor, now)}
        self._keys[contributor] = tuple(new)
        for key in changed:
            self._joined.pop(key, None)
        self._changed |= changed
        self.shared.note(changed)
        return changed

    def values(self, key: Key, sort: object = object) -> tuple[Any, ...]:
        """Everything contributed to a key; nothing where nobody did.

        What the past has of it comes as the sort that is asked for; of `object`, one counts alone.
        """
        joined = self._joined.get(key)
        if joined is None:
            if sort is object and key[0] not in MADE_AGAIN:
                return self._counted(key)
            values = self._read(key, sort)
            if len(values) == 1:  # as of nearly all keys
                (joined,) = values.values()
            else:
                joined = tuple(value for name in sorted(values) for value in values[name])
            self._joined[key] = joined
        return joined

    def keys_of(self, contributor: str) -> Sequence[Key]:
        """The keys that a contributor contributes to."""
        known = self._keys.get(contributor)
        return self._past.keys_of(contributor) if known is None else known

    def contributors(self) -> Mapping[str, Sequence[Key]]:
        """Who contributed in this process, and the keys to which he did; none where he is gone."""
        return self._keys

    def packed(self) -> Iterator[tuple[Key, bytes]]:
        """The keys that changed in this process, each with its values as bytes."""
        return ((key, packed_values(key, self._table[key])) for key in self._changed)

    def _held(self, key: Key) -> Values:
        """What is contributed to a key, as far as it was read."""
        values = self._table.get(key)
        if values is None:
            past = self._past.held(key)
            if past is None:
                return {}
            values = self._table[key] = as_written(_read_parts, past)
        return values

    def _counted(self, key: Key) -> tuple[object, ...]:
        """So many values as a key has."""
        values = self._held(key).values()
        return tuple(
            value
            for part in values
            for value in (as_written(_read_any, part) if isinstance(part, msgspec.Raw) else part)
        )

    def _read(self, key: Key, sort: object) -> Mapping[str, tuple[object, ...]]:
        """What is contributed to a key, all of it read."""
        if key not in self._table and key[0] not in MADE_AGAIN:
            past = self._past.held(key)
            self._table[key] = {} if past is None else as_written(_decoders(sort)[0], past)
        values, decode = self._held(key), _decoders(sort)[1]
        for name, part in values.items():
            if isinstance(part, msgspec.Raw):
                is_kept = key[0] not in MADE_AGAIN
                values[name] = as_written(decode, part) if is_kept else self._made_again(key, name)
        return cast(Mapping[str, tuple[object, ...]], values)

    def _made_again(self, key: Key, contributor: str) -> tuple[object, ...]:
        made = self._made.get(contributor)
        if made is None:
            if len(self._made) >= _AGAIN:
                self._made.clear()
            made = self._made[contributor] = {}
            for other, value in self._again(contributor):
                if other[0] in MADE_AGAIN:
                    made.setdefault(other, []).append(value)
        return tuple(made.get(key, ()))

    def _put(self, key: Key, contributor: str, now: Part | None) -> bool:
        """Takes in what a contributor now gives to a key; whether that is something else."""
        values = self._held(key)
        before = values.get(contributor)
        if now is None:
            values.pop(contributor, None)
        elif before is not None and _is_same(key, before, now):
            return False
        else:
            values[contributor] = now
        self._table[key] = values
        return True


def _is_same(key: Key, before: Part, now: Part) -> bool:
    if isinstance(before, msgspec.Raw) or isinstance(now, msgspec.Raw):
        # Of what is not kept, nobody can say that it is the same.
        return key[0] not in MADE_AGAIN and _packed(before) == _packed(now)
    return is_same(before, now)


@cache
def _decoders(sort: object) -> tuple[Callable[[bytes], Any], Callable[[bytes], tuple[Any, ...]]]:
    """What reads values of a sort: those of a key by contributor, and those of one contributor."""
    sorts: Any = sort
    if sort is float:  # an author's 100 is no 100.0
        sorts = int | float
    one = tuple[sorts | None, ...]
    whole = msgspec.msgpack.Decoder(dict[str, one])
    return whole.decode, msgspec.msgpack.Decoder(one).decode


_read_parts: Callable[[bytes], Any] = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode
_read_given = msgspec.msgpack.Decoder(list[tuple[Key, msgspec.Raw]]).decode
_read_any = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...]).decode
