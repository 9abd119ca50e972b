"""Tracked functions → results that stay as long as what they read stays.

Each task is run through a `Reader` of its own; a change of a key it asked for, found or not, makes
it run again, and nothing else does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

import orjson

from standfirst.archive import Archive, Key
from standfirst.reader import Reader

T = TypeVar("T")
Run = Callable[[Reader], T]
Left = tuple[Sequence[str], Callable[[], Mapping[str, bytes]]]
"""Names that are left to do here, and what waits for the results of the others."""
Spread = Callable[[Sequence[str], Callable[[str], bytes | None]], AbstractContextManager[Left]]
"""Has some of these names done elsewhere, by a function that gives a result as bytes."""


@contextmanager
def nowhere(names: Sequence[str], run: Callable[[str], bytes | None]) -> Iterator[Left]:
    """Has none of the names done elsewhere."""
    yield names, dict


class Tasks(Generic[T]):
    """A group of tasks by name, with the results and the keys read of those that have run."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._runs: Mapping[str, Run[T]] = {}
        # Who read a key: known from the first change on, for most processes see none.
        self._readers: dict[Key, set[str]] | None = None
        self.results: dict[str, T] = {}
        self.keys: dict[str, frozenset[Key]] = {}

    def arrange(self, runs: Mapping[str, Run[T]], changed: Iterable[Key]) -> list[str]:
        """Takes the tasks that now exist, forgets what changed, and names the tasks now gone."""
        gone = [name for name in self.results if name not in runs]
        readers = self._known_readers() if self.results else {}
        stale = {name for key in changed for name in readers.get(key, ())}
        for name in (*gone, *stale):
            self._forget(name)
        self._runs = runs
        return gone

    def adopt(self, name: str, keys: Iterable[Key], result: T) -> None:
        """Takes over a result that an earlier process had, unless there is no such task now."""
        if name in self._runs:
            self._keep(name, keys, result)

    def _keep(self, name: str, keys: Iterable[Key], result: T) -> None:
        self.results[name] = result
        self.keys[name] = frozenset(keys)
        if self._readers is not None:
            self._note(name, self._readers)

    def run(self) -> list[str]:
        """Runs every task that has no result, and names them."""
        names = [name for name in self._runs if name not in self.results]
        for name in names:
            self._keep(name, *self._run(name))
        return names

    def result(self, name: str) -> T:
        """The result of one task, which is run if it has none."""
        if name not in self.results:
            self._keep(name, *self._run(name))
        return self.results[name]

    def run_spread(
        self, spread: Spread, pack: Callable[[T], bytes | None], unpack: Callable[[bytes], T]
    ) -> list[str]:
        """Like `run`, with some of the tasks run elsewhere; what `pack` makes nothing of is not."""
        names = [name for name in self._runs if name not in self.results]
        with spread(names, lambda name: self._packed(name, pack)) as (left, others):
            here = {name: self._run(name) for name in left}
            there = others()
        for name in names:
            if name in there:
                keys, _, result = there[name].partition(b"\n")
                self._keep(name, map(tuple, orjson.loads(keys)), unpack(result))
            else:
                self._keep(name, *(here.get(name) or self._run(name)))
        return names

    def _run(self, name: str) -> tuple[Iterable[Key], T]:
        reader = Reader(self._archive)
        result = self._runs[name](reader)
        return reader.keys, result

    def _packed(self, name: str, pack: Callable[[T], bytes | None]) -> bytes | None:
        """The keys that a task reads, a line's end, and its result."""
        keys, result = self._run(name)
        packed = pack(result)
        return None if packed is None else orjson.dumps(list(keys)) + b"\n" + packed

    def _known_readers(self) -> dict[Key, set[str]]:
        if self._readers is None:
            self._readers = {}
            for name in self.keys:
                self._note(name, self._readers)
        return self._readers

    def _note(self, name: str, readers: dict[Key, set[str]]) -> None:
        for key in self.keys[name]:
            readers.setdefault(key, set()).add(name)

    def _forget(self, name: str) -> None:
        self.results.pop(name, None)
        readers = self._known_readers()
        for key in self.keys.pop(name, ()):
            readers[key].discard(name)
