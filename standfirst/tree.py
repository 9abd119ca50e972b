"""A folder → what lies in it, links never followed.

Its files' bytes, everything at any depth, and which of it is ours: that stands in the manifest,
`.standfirst.json`, path → digest. Nothing here writes, or goes by file times.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

from standfirst.ledger import digest

MANIFEST = ".standfirst.json"
ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.ENAMETOOLONG)

_LONGEST = 512  # no path of ours comes near; a longer one may nest deeper than can be followed
_SEGMENT = r"(?!\.{1,2}(?:/|\Z))[^/\\:\x00-\x1f\x7f\ud800-\udfff]{1,255}"
_PATH = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")


class Entry(NamedTuple):
    """Whatever lies in a folder, by its path in it."""

    path: str
    is_folder: bool
    inode: int


@dataclass(frozen=True, slots=True)
class Strangers:
    """What lies in the site folder and is not ours: files with their inodes, and folders."""

    files: Mapping[str, int]
    folders: Collection[str]


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders in which the paths lie."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


def is_real_folder(path: str | Path) -> bool:
    """Whether a folder stands there, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def plain_bytes(path: str) -> bytes | None:
    """A plain file's bytes; `None` for a link, a pipe, a folder, nothing."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as fault:
        if fault.errno in ABSENT:
            return None
        raise
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return None
        data = os.read(handle, status.st_size + 1)
        while len(data) < status.st_size and (more := os.read(handle, status.st_size)):
            data += more
        return data
    finally:
        os.close(handle)


def file_reader(site: Path) -> Callable[[str], bytes | None]:
    """A function that reads a file of the folder; `None` where no plain file stands there."""
    known = {"": True}

    def is_folder(path: str) -> bool:
        if path not in known:
            known[path] = is_folder(path.rpartition("/")[0]) and is_real_folder(f"{site}/{path}")
        return known[path]

    def read(path: str) -> bytes | None:
        return plain_bytes(f"{site}/{path}") if is_folder(path.rpartition("/")[0]) else None

    return read


def entries_in(top: Path) -> list[Entry]:
    """Everything in a folder at any depth, a folder before what it holds."""
    found, todo = [], [""]
    while todo:
        folder = todo.pop()
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                found.append(Entry(folder + entry.name, is_folder, entry.inode()))
                if is_folder:
                    todo.append(f"{folder}{entry.name}/")
    return found


def strangers_among(
    entries: Iterable[Entry], owned: Mapping[str, str], same: Collection[str]
) -> Strangers:
    """What is not ours; a file that already has the very bytes we would write becomes ours."""
    ours = folders_of(owned)
    files, folders = {}, []
    for path, is_folder, inode in entries:
        if is_folder and path not in ours:
            folders.append(path)
        elif not is_folder and path not in owned and path not in same and path != MANIFEST:
            files[path] = inode
    return Strangers(files, folders)


def listed_files(manifest: bytes) -> dict[str, str] | None:
    """Path → digest as a manifest lists them; `None` where it is none."""
    try:
        data: object = orjson.loads(manifest)
    except orjson.JSONDecodeError:
        return None
    match data:
        case {"standfirst": 1, "files": dict(files)}:
            if all(isinstance(known, str) for known in files.values()):
                return files if all(map(is_ours_to_write, files)) else None
    return None


def manifest_of(files: Mapping[str, str]) -> bytes:
    """The bytes of a manifest that lists these files, path → digest."""
    return orjson.dumps({"standfirst": 1, "files": dict(sorted(files.items()))}) + b"\n"


def mark(manifest: bytes | None) -> str:
    """By what a manifest is told from another: its digest, `""` where there is none."""
    return digest(manifest) if manifest else ""


def is_ours_to_write(path: str) -> bool:
    """Whether a file of ours may bear this path: it leads nowhere else, and is no manifest's."""
    is_path = len(path) <= _LONGEST and _PATH.fullmatch(path) is not None
    return is_path and path.partition("/")[0].casefold() != MANIFEST
