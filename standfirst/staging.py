"""What a new tree must hold, and what there is → the tree, staged.

Our unchanged files and all that is not ours are the site's own files by a second name; new bytes
are new files. A tree that was the site before is brought up to date where there is one: a file of
it stays where the site has the very same file, told by the inode. Nothing else about such a tree is
believed, for it may be of anyone's making: no file of it is read or written, no link followed, and
one with a folder that is not like a folder made now is left where it is.
"""

import os
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from standfirst.tree import Entry, Strangers, entries_in, folders_of

__all__ = ["NewTree", "stage", "write_new"]


@dataclass(frozen=True, slots=True)
class NewTree:
    """What a tree must hold: new bytes by path, and the site's files, path → inode.

    Those of `strangers` are among them; their folders look as they do in the site.
    """

    written: Mapping[str, bytes]
    carried: Mapping[str, int | None]
    strangers: Strangers


def stage(site: Path, place: Path, new: NewTree, retired: Path | None = None) -> None:
    """Make the tree at a place where nothing is, from a retired one if there is one of use."""
    foreign = new.strangers.folders
    folders = folders_of([*new.written, *new.carried, *foreign]).union(foreign)
    os.mkdir(place)
    there = _renewed(retired, place, new.carried, folders) if retired and site.exists() else set()
    for folder in sorted(folders - there):
        os.mkdir(f"{place}/{folder}")
    for path, data in new.written.items():
        write_new(f"{place}/{path}", data)
    for path in new.carried.keys() - there:
        _carry(f"{site}/{path}", f"{place}/{path}")
    for folder in sorted(foreign, reverse=True):
        shutil.copystat(f"{site}/{folder}", f"{place}/{folder}", follow_symlinks=False)
    if site.exists():
        os.chmod(place, stat.S_IMODE(os.stat(site).st_mode))


def write_new(path: str, data: bytes) -> None:
    """Write a file where none may stand yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _carry(old: str, new: str) -> None:
    """The same file in the new tree: the file itself by a second name, or a copy."""
    try:
        os.link(old, new, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        if os.path.lexists(new):
            raise
        shutil.copy2(old, new, follow_symlinks=False)


def _renewed(
    retired: Path, place: Path, carried: Mapping[str, int | None], folders: Collection[str]
) -> set[str]:
    """Put a retired tree in an empty folder's place and clear it; what stays of it.

    One that cannot be used is put back: when the next one is to be kept, it is deleted.
    """
    fresh = os.lstat(place)
    try:
        os.rename(retired, place)
    except OSError:
        return set()
    with suppress(OSError):
        os.chmod(place, stat.S_IMODE(fresh.st_mode))
        there = entries_in(place)
        if _is_usable(place, there, fresh):
            return _cleared(place, there, carried, folders)
    os.rename(place, retired)
    os.mkdir(place)
    return set()


def _is_usable(tree: Path, there: list[Entry], fresh: os.stat_result) -> bool:
    """Whether each folder is like one made now, and inodes tell here what is what."""
    folders = ["", *(path for path, is_folder, _ in there if is_folder)]
    return len({inode for _, _, inode in there}) == len(there) and all(
        _look(os.lstat(f"{tree}/{path}")) == _look(fresh) for path in folders
    )


def _look(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_mode, status.st_uid, status.st_gid


def _cleared(
    tree: Path,
    there: list[Entry],
    carried: Mapping[str, int | None],
    folders: Collection[str],
) -> set[str]:
    """Delete what the new tree does not hold, or holds another file for; what stays."""
    stays = set()
    for path, is_folder, inode in reversed(there):
        if (path in folders) if is_folder else (carried.get(path) == inode):
            stays.add(path)
        elif is_folder:
            os.rmdir(f"{tree}/{path}")
        else:
            os.unlink(f"{tree}/{path}")
    return stays
