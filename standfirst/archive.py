"""Pairs of key and value → one table: key → what was contributed to it, and which keys changed.

Knows no record and no page: what the keys mean is told in `link.py`.
"""

from collections.abc import Hashable, Iterable
from dataclasses import fields, is_dataclass

from standfirst.problem import Places

Key = tuple[str, ...]
Contribution = tuple[Key, object]
MOST = 32_768
"""How many results of one function are kept: memory has an end."""


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


class Archive:
    """One table: key → the values contributed to it, by file in the order of their names."""

    def __init__(self) -> None:
        self._table: dict[Key, dict[str, tuple[object, ...]]] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._joined: dict[Key, tuple[object, ...]] = {}
        self._derived: dict[Hashable, dict[Hashable, tuple[object, frozenset[Key]]]] = {}

    def replace(self, contributor: str, pairs: Iterable[Contribution]) -> set[Key]:
        """The keys whose values changed when a contributor's pairs took the place of its last."""
        new: dict[Key, list[object]] = {}
        for key, value in pairs:
            new.setdefault(key, []).append(value)
        changed = set()
        for key in self._keys.get(contributor, ()):
            if key not in new:
                values = self._table[key]
                del values[contributor]
                if not values:
                    del self._table[key]
                changed.add(key)
        for key, values_now in new.items():
            values = self._table.setdefault(key, {})
            now = tuple(values_now)
            if contributor not in values or not is_same(values[contributor], now):
                values[contributor] = now
                changed.add(key)
        self._keys[contributor] = tuple(new)
        for key in changed:
            self._joined.pop(key, None)
        if changed:
            self._derived.clear()
        return changed

    def values(self, key: Key) -> tuple[object, ...]:
        """Everything contributed to a key; nothing where nobody did."""
        joined = self._joined.get(key)
        if joined is None:
            values = self._table.get(key, {})
            joined = tuple(value for name in sorted(values) for value in values[name])
            self._joined[key] = joined
        return joined

    def derived(self, make: Hashable) -> dict[Hashable, tuple[object, frozenset[Key]]]:
        """What a function has made of the table as it now is, by what of, with the keys it read."""
        made = self._derived.setdefault(make, {})
        if len(made) >= MOST:
            made.clear()
        return made
