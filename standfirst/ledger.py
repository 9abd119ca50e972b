"""What the site's pages read → a cache file, and back.

The ledger says which keys every task (a page or a check) read, what those keys held then, and what
came out. It is a cache: where it is missing, damaged or strange it is nothing, and costs time only.
Holds data only, nothing that runs; knows neither pages nor records.
"""

import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from json import dumps
from operator import attrgetter
from pathlib import Path

import orjson

Key = tuple[str, ...]
"""The name of something a page can read."""

_LARGEST = 1 << 30
_OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_SORT_KEYS


@dataclass(frozen=True, slots=True)
class Entry:
    """One task: the digest of what it made (`""` where that is nothing), and the keys it read."""

    digest: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All tasks by name, and the digest of each key's value when it was read.

    `engine` is the digest of the engine that ran them, `site` that of the manifest in the site
    folder that came of it.
    """

    engine: str
    site: str
    values: Mapping[Key, str]
    tasks: Mapping[str, Entry]


def digest(data: bytes) -> str:
    """The short name of some bytes: 32 hexadecimal digits, other bytes have another."""
    return blake2b(data, digest_size=16).hexdigest()


def value_digest(values: tuple[object, ...]) -> str:
    """The digest of a key's value: equal for equal values, another for others.

    Values are frozen dataclasses, tuples, text, bytes, finite numbers, booleans, `None`, and
    mappings from text. A field that takes no part in equality (where a record stands) takes no
    part here.
    """
    try:
        return digest(orjson.dumps(values, _plain, _OPTIONS))
    except orjson.JSONEncodeError:  # a number over 64 bits, half a surrogate pair
        return digest(dumps(values, default=_plain, sort_keys=True).encode())


def read_ledger(path: Path) -> Ledger | None:
    """The ledger in a file; `None` where there is none, or it is not as it was written.

    It tells of the site folder only while its `site` is the digest of the manifest there.
    """
    try:
        head, _, body = _read(path).partition(b"\n")
        return _decoded(orjson.loads(body)) if head + b"\n" == _head(body) else None
    except (OSError, ValueError, TypeError, LookupError):
        return None


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger, whole or not at all; same ledger, same bytes.

    The keys of an entry are a set: they come back in order, each once.
    """
    body = _encoded(ledger)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".new")
    unfinished.unlink(missing_ok=True)  # left by a killed build, or a link that leads elsewhere
    try:
        with unfinished.open("xb") as file:
            file.write(_head(body))
            file.write(body)
        os.replace(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _head(body: bytes) -> bytes:
    """The first line, which tells another version and a damaged body."""
    return orjson.dumps({"standfirst": 1, "body": digest(body)}) + b"\n"


def _read(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
        raise ValueError("no ledger of ours")
    return path.read_bytes()


def _encoded(ledger: Ledger) -> bytes:
    """Each key once in a list; entries name keys by their number in it."""
    keys = sorted(set(ledger.values).union(*(entry.keys for entry in ledger.tasks.values())))
    number = {key: index for index, key in enumerate(keys)}
    return orjson.dumps(
        {
            "engine": ledger.engine,
            "site": ledger.site,
            "keys": keys,
            "values": [ledger.values.get(key) for key in keys],
            "tasks": {
                name: [entry.digest, sorted({number[key] for key in entry.keys})]
                for name, entry in sorted(ledger.tasks.items())
            },
        }
    )


def _decoded(body: object) -> Ledger:
    """The ledger in a body; an exception where the body is not of the form written."""
    match body:
        case {
            "engine": str(engine),
            "site": str(site),
            "keys": list(k),
            "values": list(v),
            "tasks": dict(t),
        }:
            keys = [_key(parts) for parts in k]
            pairs = zip(keys, v, strict=True)
            values = {key: _text(value) for key, value in pairs if value is not None}
            return Ledger(engine, site, values, {name: _entry(t[name], keys) for name in t})
    raise ValueError("no ledger of ours")


def _key(parts: object) -> Key:
    match parts:
        case list():
            return tuple([_text(part) for part in parts])
    raise ValueError("no key")


def _entry(parts: object, keys: list[Key]) -> Entry:
    match parts:
        case [str(output), list(numbers)] if not numbers or min(numbers) >= 0:
            return Entry(output, tuple([keys[number] for number in numbers]))
    raise ValueError("no entry")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _plain(value: object) -> object:
    """A value as JSON that no other value of its key has."""
    if isinstance(value, bytes):
        return {"": digest(value)}
    kind = type(value)
    if is_dataclass(kind):
        return {kind.__name__: _said(kind)(value)}
    raise TypeError(f"a value may not hold a {kind.__name__}")


@cache
def _said(kind: type) -> Callable[[object], object]:
    """What a record says: its fields, but those that take no part in equality."""
    names = [field.name for field in fields(kind) if field.compare]
    return attrgetter(*names) if names else lambda _: None
