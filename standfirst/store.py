"""A file of bytes by number → those asked for, each read and checked by itself.

A number's bytes lie in one of many rows, each with a digest of its own, and every row is there: so
what is not found was never put, and what is damaged is noticed when it is read. A change is made
whole or not at all. Holds data only: a file with anything but our one table is none of ours.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Entries = Mapping[int, bytes]

_TABLE = "CREATE TABLE standfirst (row INTEGER PRIMARY KEY, held BLOB NOT NULL)"
_HEAD = -1
"""The row that says how many others there are, and holds what is read each time."""
_TO_A_ROW = 8
_LARGEST = 1 << 32
_SIGNS = 16
_packed = msgspec.msgpack.Encoder().encode
_row = msgspec.msgpack.Decoder(dict[int, bytes]).decode
_head = msgspec.msgpack.Decoder(tuple[int, bytes]).decode


class Damaged(Exception):
    """The file is not as it was written; whatever was read of it may not be believed."""


class Store:
    """An opened file. Every method may raise `Damaged`."""

    def __init__(self, path: Path, apart: bool = False) -> None:
        """Raises `Damaged` for what is no file of ours, and `OSError`.

        What is done to the file meanwhile is not seen where it is read `apart`: as a whole, once.
        """
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise Damaged
        self._rows: dict[int, dict[int, bytes]] = {}
        self._path = None if apart else path
        self._process = os.getpid()
        self._inherited: list[sqlite3.Connection] = []
        try:
            self._file = _opened(self._path)
            if apart:
                self._file.deserialize(path.read_bytes())
        except sqlite3.Error as error:
            raise Damaged from error
        try:
            for (said,) in self._all("SELECT sql FROM sqlite_master"):
                if said != _TABLE:
                    raise Damaged
            self._count, self.head = as_written(_head, self._held(_HEAD))
            if self._count < 1:
                raise Damaged
        except BaseException:
            self._file.close()
            raise

    def get(self, number: int) -> bytes | None:
        """The bytes of a number; `None` where none were put."""
        return self._row(number % self._count).get(number)

    def entries(self) -> Iterator[tuple[int, bytes]]:
        """All numbers with their bytes, in no order."""
        for row in range(self._count):
            yield from self._row(row).items()

    def put(self, head: bytes, entries: Mapping[int, bytes | None]) -> None:
        """Changes some numbers' bytes and the head, all or none; `None` takes a number out."""
        changed: dict[int, dict[int, bytes]] = {}
        for number, data in entries.items():
            at = number % self._count
            row = changed.setdefault(at, dict(self._row(at)))
            if data is None:
                row.pop(number, None)
            else:
                row[number] = data
        rows = [(_HEAD, _signed(_HEAD, (self._count, head)))]
        rows += [(at, _signed(at, dict(sorted(row.items())))) for at, row in changed.items()]
        try:
            self._file.execute("PRAGMA synchronous = OFF")  # a power cut costs a cold build
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany("UPDATE standfirst SET held = ?2 WHERE row = ?1", rows)
            self._file.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):  # a full disk, say
                raise OSError(f"the ledger cannot be written: {error}") from error
            if isinstance(error, sqlite3.Error):
                raise Damaged from error
            raise
        self._rows |= changed
        self.head = head

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _row(self, at: int) -> dict[int, bytes]:
        if at not in self._rows:
            self._rows[at] = as_written(_row, self._held(at))
        return self._rows[at]

    def _held(self, at: int) -> bytes:
        """What a row holds, if it is what was written there."""
        found = self._all("SELECT held FROM standfirst WHERE row = ?", at)
        held = found[0][0] if len(found) == 1 else None
        if not isinstance(held, bytes) or _sign(at, held[_SIGNS:]) != held[:_SIGNS]:
            raise Damaged
        return held[_SIGNS:]

    def _all(self, query: str, *values: int) -> list[tuple[object, ...]]:
        try:
            if self._path and os.getpid() != self._process:
                # A connection is not to be used, nor closed, by a process that was forked.
                self._inherited.append(self._file)
                self._file, self._process = _opened(self._path), os.getpid()
            return self._file.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise Damaged from error


def _opened(path: Path | None) -> sqlite3.Connection:
    """A file, or a place in memory, for any thread, one at a time."""
    return sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)


def write(path: Path, head: bytes, entries: Entries) -> None:
    """Writes a file of these, whole or not at all; same entries, same bytes."""
    count = max(1, len(entries) // _TO_A_ROW)
    rows: list[dict[int, bytes]] = [{} for _ in range(count)]
    for number in sorted(entries):
        rows[number % count][number] = entries[number]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)  # left by a killed build, or a link that leads elsewhere
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as file:
            file.execute("PRAGMA page_size = 16384")  # on the usual 4096 a third stays empty
            file.execute("PRAGMA journal_mode = OFF")
            file.execute("PRAGMA synchronous = OFF")
            file.execute("BEGIN")
            file.execute(_TABLE)
            file.executemany("INSERT INTO standfirst VALUES (?, ?)", _signed_rows(head, rows))
            file.execute("COMMIT")
        for name in _beside(path):
            name.unlink(missing_ok=True)
        os.replace(unfinished, path)
    except sqlite3.Error as error:
        raise OSError(f"{path}: {error}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _beside(path: Path) -> Iterable[Path]:
    """What a killed change may have left: it tells of another file than the new one."""
    return (path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))


def _signed_rows(head: bytes, rows: list[dict[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    yield _HEAD, _signed(_HEAD, (len(rows), head))
    for at, row in enumerate(rows):
        yield at, _signed(at, row)


def _signed(at: int, row: object) -> bytes:
    """A row's bytes behind a digest of them."""
    data = _packed(row)
    return _sign(at, data) + data


def _sign(at: int, data: bytes) -> bytes:
    """The digest of a row's bytes and of where they stand."""
    place = at.to_bytes(8, "big", signed=True)
    return blake2b(data, digest_size=_SIGNS, salt=place).digest()


def as_written(decode: Callable[[Any], T], data: object) -> T:
    """What is decoded from bytes of ours; raises `Damaged` where that cannot be."""
    try:
        return decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged from error
