"""Functions of the table → results that several tasks make use of, each worked out once.

A result holds as long as what it was made of. Tasks note that they used it; what it was made of is
noted once, here, so that a change of it finds all whom it reaches. Some results are kept as bytes:
while nothing has reached them, those of an earlier process are taken as they are.
"""

from array import array
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from standfirst.reads import Marks, Reads

Key = tuple[str, ...]
SHARED = "shared"
"""The first word of the keys by which tasks note that they made use of a shared result."""
MOST = 32_768
"""How many results of one function are kept: memory has an end."""
_FORGET_AFTER = 64
"""After so many changes it is not worth finding out which results still hold."""


@dataclass(slots=True, eq=False)
class Derived:
    """What a function made of the table, the name by which it is known, the keys that it read and
    what it made use of. `changes` tells after how many changes of the table it was seen to hold.
    One that was `kept` by an earlier process holds until a change reaches its name."""

    name: str
    result: object
    keys: Collection[Key]
    uses: Collection["Derived"]
    changes: int = 0
    kept: bool = False


def mark(*name: str) -> int:
    """The number of a key or of another name: 64 bits, so that two of one are not to be met."""
    return int.from_bytes(blake2b(orjson.dumps(name), digest_size=8).digest())


class Numbered(dict[Key, int]):
    """Keys with their numbers, each worked out when it is first asked for."""

    def __missing__(self, key: Key) -> int:
        number = self[key] = mark(*key)
        return number


class Shared:
    """The results, and what was read for each, by its name.

    `mark` gives the number of a key, `past` the tasks that an earlier process had read it, and
    `kept` what that one kept of a result, by its name.
    """

    def __init__(
        self,
        mark: Callable[[Key], int],
        past: Callable[[int], Iterable[tuple[str, str]]],
        kept: Callable[[str], bytes | None],
    ) -> None:
        self._mark = mark
        self._past = past
        self._past_kept = kept
        self._kept: dict[str, bytes] = {}
        self._reached: set[str] = set()
        self._derived: dict[Hashable, dict[Hashable, Derived]] = {}
        self._reads = Reads()
        self._fresh: list[str] = []
        self._changes: list[set[Key]] = [set()]
        self._latest = 0  # after how many of the changes a result was last made or found to hold

    def derived(self, make: Hashable, about: Hashable) -> Derived | None:
        """What a function made of the table, if all it read is as it was."""
        found = self._derived.get(make, {}).get(about)
        return found if found and self._holds(found) else None

    def kept(self, name: str) -> bytes | None:
        """What an earlier process kept of a result, if nothing has reached it since."""
        return None if name in self._reached else self._past_kept(name)

    def derive(self, make: Hashable, about: Hashable, made: Derived, kept: bytes = b"") -> None:
        """Holds what a function has made of the table as it now is; the next process, too, does
        where it is given as bytes."""
        self.hold(make, about, made)
        self._fresh.append(made.name)
        self.share(made.name, array("Q", sorted(map(self._mark, made.keys))), kept)

    def hold(self, make: Hashable, about: Hashable, made: Derived) -> None:
        """Holds a result for this process."""
        known = self._derived.setdefault(make, {})
        if len(known) >= MOST:
            known.clear()
        known[about] = made
        self._latest = made.changes = len(self._changes)

    def share(self, name: str, reads: Marks, kept: bytes = b"") -> None:
        """Takes down what was read for a result that several tasks make use of."""
        self._reads.note(name, reads)
        if kept:
            self._kept[name] = kept

    def fresh(self) -> list[tuple[str, bytes, bytes]]:
        """What was taken down since this was last asked for."""
        names, self._fresh = self._fresh, []
        return [
            (name, bytes(self._reads[name]), self._kept.get(name, b""))
            for name in names
            if name in self._reads
        ]

    def reached(self, changed: Iterable[Key]) -> set[int]:
        """The numbers of some keys, and of all results that were made of them."""
        open_ = [self._mark(key) for key in changed]
        found = set(open_)
        while open_:
            number = open_.pop()
            names = set(self._reads.readers(number))
            for group, name in self._past(number):
                if group == SHARED and name not in self._reads:
                    names.add(name)
            self._reached |= names
            for name in names:
                self._reads.forget(name)
                self._kept.pop(name, None)
                further = self._mark((SHARED, name))
                if further not in found:
                    found.add(further)
                    open_.append(further)
        return found

    def used_by(self, readers: Iterable[Marks]) -> dict[str, tuple[Marks, bytes]]:
        """What was taken down for the results that these readers made use of, and what is kept of
        these."""
        unseen = {self._mark((SHARED, name)): name for name in self._reads}
        found: dict[str, tuple[Marks, bytes]] = {}
        open_ = list(readers)
        while open_:
            for number in open_.pop():
                if name := unseen.pop(number, None):
                    found[name] = self._reads[name], self._kept.get(name, b"")
                    open_.append(self._reads[name])
        return found

    def _holds(self, made: Derived) -> bool:
        """Whether all that a result was made of is as it was."""
        now = len(self._changes)
        if made.changes != now:
            if made.kept and made.name in self._reached:
                return False
            for changed in self._changes[made.changes :]:
                if not changed.isdisjoint(made.keys):
                    return False
            if not all(map(self._holds, made.uses)):
                return False
            made.changes = self._latest = now
        return True

    def note(self, changed: set[Key]) -> None:
        """Keeps in mind what changed, for results that may still hold."""
        if not changed or not self._derived:
            return
        if self._latest < len(self._changes):
            self._changes[-1] |= changed
        elif len(self._changes) < _FORGET_AFTER:
            self._changes.append(set(changed))
        else:
            self._derived.clear()
            self._changes, self._latest = [set()], 0
