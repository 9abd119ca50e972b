"""Tracked functions → results that stay as long as what they read stays.

Each task is run through a `Reader` of its own; a change of a key it asked for, found or not, makes
it run again, and nothing else does.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from standfirst.archive import Archive, Key
from standfirst.reader import Reader

T = TypeVar("T")
Run = Callable[[Reader], T]


class Tasks(Generic[T]):
    """A group of tasks by name, with the results and the keys read of those that have run."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._runs: Mapping[str, Run[T]] = {}
        self._readers: dict[Key, set[str]] = {}
        self.results: dict[str, T] = {}
        self.keys: dict[str, frozenset[Key]] = {}

    def arrange(self, runs: Mapping[str, Run[T]], changed: Iterable[Key]) -> list[str]:
        """Takes the tasks that now exist, forgets what changed, and names the tasks now gone."""
        gone = [name for name in self.results if name not in runs]
        stale = {name for key in changed for name in self._readers.get(key, ())}
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
        for key in self.keys[name]:
            self._readers.setdefault(key, set()).add(name)

    def run(self) -> list[str]:
        """Runs every task that has no result, and names them."""
        names = [name for name in self._runs if name not in self.results]
        for name in names:
            self._run(name)
        return names

    def result(self, name: str) -> T:
        """The result of one task, which is run if it has none."""
        if name not in self.results:
            self._run(name)
        return self.results[name]

    def _run(self, name: str) -> None:
        reader = Reader(self._archive)
        result = self._runs[name](reader)
        self._keep(name, reader.keys, result)

    def _forget(self, name: str) -> None:
        self.results.pop(name, None)
        for key in self.keys.pop(name, ()):
            self._readers[key].discard(name)
