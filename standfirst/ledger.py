"""What a process knows of a project and its site → a file, and what the next one asks of it.

The ledger holds the archive's table and, of every task (a page, a check, a quote that was located),
the keys it read. It is a cache: where it is missing or strange it is nothing, and where it turns
out to be damaged the work is done anew, so that it costs time only. Nothing of it is read but what
is asked for.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import msgspec

from standfirst.archive import Buffer
from standfirst.reads import Marks
from standfirst.shared import SHARED, Key, mark
from standfirst.store import Damaged, Store, as_written, write

LEDGER = Path(".standfirst", "ledger.db")
"""Where it lies in a project."""
Task = tuple[str, str]
"""A task's group and its name in it."""
_NO_VALUES = msgspec.msgpack.encode({})
_NO_KEY = ((), _NO_VALUES, b"")


@dataclass(frozen=True, slots=True)
class Head:
    """What is read of a ledger each time.

    `engine` is the digest of the engine that wrote it, `site` that of the manifest in the site
    folder that came of it, `bundle` the mark of Pagefind's index there; `inputs` holds the digest
    of every file that was read, `outputs` that of every page's bytes.
    """

    engine: str
    site: str
    bundle: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A task that was done: the numbers of the keys it read, and of its result what is kept."""

    reads: Marks
    kept: bytes = b""


@dataclass(frozen=True, slots=True)
class Changes:
    """What came of a build: numbers of keys with these and their packed values, which are made when
    they are asked for; contributors with the numbers of their keys; tasks. `None` stands for what
    is no more."""

    keys: Iterable[tuple[int, Key, bytes]]
    contributors: Mapping[str, Marks]
    tasks: Mapping[Task, Done | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A ledger to be written: all of it, or what changed `since` an earlier one."""

    head: Head
    entries: Mapping[int, bytes | None]
    since: "Ledger | None" = None


class Ledger:
    """What an earlier process left; every method may raise `Damaged`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.head = as_written(_read_head, store.head)

    def held(self, key: Key) -> Buffer | None:
        """What was contributed to a key, packed."""
        found = self.key(mark(*key))
        return found[1] if found and found[0] == key else None

    def keys_of(self, contributor: str) -> Sequence[Key]:
        """The keys that a contributor contributed to."""
        data = self.store.get(_contributor_mark(contributor))
        if data is None:
            return ()
        name, marks = as_written(_read_contributor, data)
        keys = [self.key(number) for number in numbers(marks)]
        if name != contributor or not all(keys):
            raise Damaged
        return [found[0] for found in keys if found]

    def readers(self, number: int) -> Iterator[Task]:
        """The tasks that read the key of this number."""
        found = self.key(number)
        for task in numbers(found[2]) if found else ():
            data = self.store.get(task)
            if data is None:
                raise Damaged
            yield as_written(_read_task, data)[:2]

    def done(self, task: Task) -> Done | None:
        """What a task read, and what is kept of its result."""
        data = self.store.get(mark("", *task))
        if data is None:
            return None
        group, name, reads, kept = as_written(_read_task, data)
        return Done(numbers(reads), kept) if (group, name) == task else None

    def kept(self, name: str) -> bytes | None:
        """The bytes of a shared result, where these were kept."""
        done = self.done((SHARED, name))
        return done.kept or None if done else None

    def key(self, number: int) -> tuple[Key, Buffer, bytes] | None:
        """The key of a number, its packed values, and the numbers of the tasks that read it."""
        data = self.store.get(number)
        return None if data is None else as_written(_read_key, data)


def digest(data: bytes) -> str:
    """The short name of some bytes: 32 hexadecimal digits, other bytes have another."""
    return blake2b(data, digest_size=16).hexdigest()


def numbers(data: bytes) -> Marks:
    """Numbers of 64 bits from their bytes."""
    found = array("Q")
    try:
        found.frombytes(data)
    except ValueError as error:
        raise Damaged from error
    return found


def read_ledger(path: Path, apart: bool = False) -> Ledger | None:
    """The ledger in a file; `None` where there is none, or its head is not as it was written.

    It tells of the site folder only while its `site` is the digest of the manifest there. Where it
    is read `apart`, it stays what it is while other processes change the file.
    """
    try:
        return Ledger(Store(path, apart))
    except (OSError, Damaged):
        return None


def write_ledger(path: Path, draft: Draft) -> None:
    """Writes a ledger, whole or not at all; same ledger, same bytes. One that turns out to be
    damaged is deleted."""
    head = _packed(draft.head)
    if draft.since:
        try:
            draft.since.store.put(head, draft.entries)
        except Damaged:
            path.unlink(missing_ok=True)
    else:
        write(path, head, {number: data for number, data in draft.entries.items() if data})


def drafted(head: Head, changes: Changes, since: Ledger | None) -> Draft | None:
    """The ledger after some changes; `None` where two names have one number, which is not kept."""
    tasks, added, removed = _settled(changes.tasks, since)
    shared = {mark(*task): task for task, done in tasks.items() if done and task[0] == SHARED}
    entries: dict[int, bytes | None] = {}
    count = 0
    for number, key, values in changes.keys:
        count += 1
        before, _, readers = _before(number, since)
        if before not in ((), key):
            return None
        now = _readers(readers, added.pop(number, []), removed.get(number, ()))
        entries[number] = _of_key(key, values, now)
    others = (shared.keys() | added.keys() | removed.keys()) - entries.keys()
    for number in others:
        before, held, readers = _before(number, since)
        now = _readers(readers, added.pop(number, []), removed.get(number, ()))
        entries[number] = _of_key(shared.get(number, before), held, now)
    for task, done in tasks.items():
        entries[mark("", *task)] = _packed((*task, bytes(done.reads), done.kept)) if done else None
    for contributor, marks in changes.contributors.items():
        packed = _packed((contributor, bytes(marks))) if marks else None
        entries[_contributor_mark(contributor)] = packed
    count += len(others) + len(tasks) + len(changes.contributors)
    return Draft(head, entries, since) if len(entries) == count else None


def _before(number: int, since: Ledger | None) -> tuple[Key, Buffer, bytes]:
    """What an earlier ledger holds of a key."""
    return (since.key(number) if since else None) or _NO_KEY


def _readers(before: bytes, added: list[int], removed: Collection[int]) -> list[int]:
    """The tasks that now read a key, in order."""
    if not before:
        return added
    return sorted(added + [task for task in numbers(before) if task not in removed])


def _of_key(key: Key, values: Buffer, readers: list[int]) -> bytes | None:
    """The entry of a key; none of one without values that nobody reads."""
    is_held = values != _NO_VALUES
    if not is_held and not readers:
        return None
    known = key if is_held or key[:1] == (SHARED,) else ()
    return _packed((known, values, bytes(array("Q", readers))))


Reading = tuple[dict[int, list[int]], dict[int, set[int]]]


def _settled(
    tasks: Mapping[Task, Done | None], since: Ledger | None
) -> tuple[Mapping[Task, Done | None], dict[int, list[int]], dict[int, set[int]]]:
    """The tasks with what was shared and is made use of no more; by key, the tasks that now read
    it, and those that no longer do."""
    while True:
        added, removed = _reading(tasks, since)
        unused = {
            (SHARED, key[1]): None
            for number, gone in removed.items()
            if since and (found := since.key(number)) and (key := found[0])[:1] == (SHARED,)
            if number not in added and gone.issuperset(numbers(found[2]))
        }
        if unused.keys() <= tasks.keys():
            return tasks, added, removed
        tasks = {**tasks, **unused}


def _reading(tasks: Mapping[Task, Done | None], since: Ledger | None) -> Reading:
    """By key, the tasks that now read it, in order, and those that no longer do."""
    added: dict[int, list[int]] = {}
    removed: dict[int, set[int]] = {}
    for number, task in sorted((mark("", *task), task) for task in tasks):
        done = tasks[task]
        before = since.done(task) if since else None
        old = set(before.reads) if before else set[int]()
        for key in done.reads if done else ():
            if key in old:
                old.remove(key)
            else:
                added.setdefault(key, []).append(number)
        for key in old:
            removed.setdefault(key, set()).add(number)
    return added, removed


def _contributor_mark(contributor: str) -> int:
    return mark("", "", contributor)


_packed = msgspec.msgpack.Encoder().encode
_read_head = msgspec.msgpack.Decoder(Head).decode
_read_key = msgspec.msgpack.Decoder(tuple[Key, memoryview, bytes]).decode
_read_task = msgspec.msgpack.Decoder(tuple[str, str, bytes, bytes]).decode
_read_contributor: Callable[[bytes], tuple[str, bytes]] = msgspec.msgpack.Decoder(
    tuple[str, bytes]
).decode
