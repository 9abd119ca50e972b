"""Tracked functions → results that stay as long as what they read stays.

Each task is run through a `Reader` of its own; a change of a key it asked for, found or not, makes
it run again, and nothing else does. What an earlier process did is not done again.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

import msgspec

from standfirst.archive import Archive, Past
from standfirst.reader import Reader
from standfirst.reads import Marks, Reads
from standfirst.store import as_written

T = TypeVar("T")
Left = tuple[Sequence[str], Callable[[], Mapping[str, bytes]]]
"""Names that are left to do here, and what waits for the results of the others."""
Spread = Callable[[Sequence[str], Callable[[str], bytes | None]], AbstractContextManager[Left]]
"""Has some of these names done elsewhere, by a function that gives a result as bytes."""
Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is to do; 0 where nobody
knows."""


@contextmanager
def nowhere(names: Sequence[str], run: Callable[[str], bytes | None]) -> Iterator[Left]:
    """Has none of the names done elsewhere."""
    yield names, dict


def untold(what: str, done: int, total: int) -> None:
    """Tells nobody."""


class Tasks(Generic[T]):
    """A group of tasks by name, with the results and the keys read of those that have run here.

    `reads` holds the numbers of these keys, `gone` the names that were there before and are no
    more. A task of `before` that has not run here has no result here.
    """

    def __init__(
        self,
        group: str,
        archive: Archive,
        run: Callable[[str, Reader], T],
        before: Past | None = None,
        names: Collection[str] = (),
    ) -> None:
        self.group = group
        self._archive = archive
        self._run_one = run
        self._before = before
        self._names = names
        self._known: dict[str, None] | None = None
        self._todo: set[str] = set()
        self.results: dict[str, T] = {}
        self.reads = Reads()
        self.gone: set[str] = set()

    def arrange(self, names: Collection[str], reached: Iterable[int]) -> list[str]:
        """Takes the tasks that now exist, forgets those that read a key of one of these numbers,
        and names the tasks now gone."""
        gone: list[str] = []
        if names is not self._names:
            now, known = dict.fromkeys(names), self._by_name()
            gone = [name for name in known if name not in now]
            self._todo |= now.keys() - known.keys()
            self._todo.difference_update(gone)
            self.gone = (self.gone | set(gone)) - now.keys()
            self._names, self._known = names, now
        stale = {name for number in reached for name in self._readers_of(number)}
        for name in (*gone, *stale):
            self.results.pop(name, None)
            self.reads.forget(name)
        if stale:
            self._todo |= stale & self._by_name().keys()
        return gone

    @property
    def waiting(self) -> int:
        """How many tasks have to run."""
        return len(self._todo)

    def again(self, name: str) -> None:
        """Has a task run again whose result, left by an earlier process, is lost."""
        if name not in self.results:
            self._todo.add(name)

    def result(self, name: str) -> T:
        """The result of one task, which is run if it has none here."""
        if name not in self.results:
            self._keep(name, *self._run(name))
        return self.results[name]

    def run(
        self,
        spread: Spread,
        pack: Callable[[T], bytes | None],
        unpack: Callable[[bytes], T],
        told: Told = untold,
    ) -> list[str]:
        """Runs every task that has to, and names them.

        Some are run elsewhere, but for those of whose results `pack` makes nothing. What is told is
        how far it is here: elsewhere it is about as far.
        """
        names = self._left()
        self._archive.shared.fresh()  # what is known here need not come back
        with spread(names, lambda name: self._packed(name, pack)) as (left, others):
            for done, name in enumerate(left):
                told(self.group, done * len(names) // len(left), len(names))
                self._keep(name, *self._run(name))
            there = others()
        for name in names:
            if name in there:
                reads, shared, result = as_written(_read_result, there[name])
                for sharing, read, kept in shared:
                    self._archive.shared.share(sharing, array("Q", read), kept)
                self._keep(name, array("Q", reads), unpack(result))
            elif name not in self.results:
                self._keep(name, *self._run(name))
        return names

    def _left(self) -> list[str]:
        """What has to run, in order."""
        return [name for name in self._by_name() if name in self._todo] if self._todo else []

    def _by_name(self) -> dict[str, None]:
        if self._known is None:
            self._known = dict.fromkeys(self._names)
        return self._known

    def _run(self, name: str) -> tuple[Marks, T]:
        reader = Reader(self._archive)
        result = self._run_one(name, reader)
        return array("Q", sorted(map(self._archive.mark, reader.keys))), result

    def _packed(self, name: str, pack: Callable[[T], bytes | None]) -> bytes | None:
        """The numbers of the keys that a task reads, what it read with others, and its result."""
        reads, result = self._run(name)
        packed = pack(result)
        if packed is None:
            return None
        return msgspec.msgpack.encode((bytes(reads), self._archive.shared.fresh(), packed))

    def _keep(self, name: str, reads: Marks, result: T) -> None:
        self.results[name] = result
        self.reads.note(name, reads)
        self._todo.discard(name)

    def _readers_of(self, number: int) -> Iterator[str]:
        """The tasks that read a key, here or, if they have not run here, before."""
        yield from self.reads.readers(number)
        for group, name in self._before.readers(number) if self._before else ():
            if group == self.group and name not in self.reads:
                yield name


_read_result = msgspec.msgpack.Decoder(tuple[bytes, list[tuple[str, bytes, bytes]], bytes]).decode
