"""A tree of files → the site folder's place, in one step.

The tree is staged beside the site folder and exchanged with it in one step where the system can;
elsewhere by two renames, which the next command undoes where only the first was done. No page is
ever written into the site folder itself, and a file that is not ours is never lost.

Work is done in `.<site>.standfirst-new-<random>` beside the site folder, held by a lock on it:

    stage/   a tree being staged; left over, it is deleted
    new/     the same, complete; after the exchange in one step, the old tree
    old/     the old tree, where two renames were needed; without a site, it becomes the site again
"""

import ctypes
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from standfirst.refused import Refused
from standfirst.tree import (
    ABSENT,
    MANIFEST,
    Strangers,
    entries_in,
    folders_of,
    is_real_folder,
    listed_files,
    mark,
    plain_bytes,
)

if sys.platform != "win32":
    import fcntl

MEANWHILE = "the site was changed by another command meanwhile: build again"

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EBADF, errno.EINVAL)


class PublishRefused(Refused):
    """Nothing can be published there; the message says why and what to do."""


def cannot_move(site: Path) -> str:
    """What to say of a folder that the system would not exchange."""
    return (
        f"{site} is mounted, or lies in a layer of a container, and cannot be exchanged "
        "as a whole: delete it, or name a folder inside it or elsewhere"
    )


def replace_tree(
    site: Path,
    files: Mapping[str, str],
    written: Mapping[str, bytes],
    strangers: Strangers,
    before: str,
) -> None:
    """Stage the new tree and put it in the old one's place, or leave everything as it was.

    `files` are all that are ours, path → digest, and `written` the bytes of those that are not
    carried over; `before` is the mark of the manifest that may be replaced.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(site) as work:
        try:
            _stage(site, work / "stage", files, written, strangers)
            os.rename(work / "stage", work / "new")
            if mark(plain_bytes(f"{site}/{MANIFEST}")) != before:
                raise PublishRefused(MEANWHILE)
            _exchange(work, site)
        finally:
            with suppress(OSError):  # what cannot be tidied away stops the next command, by name
                _finish(work, site, strangers.files)


def _stage(
    site: Path,
    stage: Path,
    files: Mapping[str, str],
    written: Mapping[str, bytes],
    strangers: Strangers,
) -> None:
    os.mkdir(stage)
    inside = folders_of([*files, *strangers.files, *strangers.folders])
    for folder in sorted(inside.union(strangers.folders)):
        os.mkdir(f"{stage}/{folder}")
    for path, data in written.items():
        write_new(f"{stage}/{path}", data)
    for path in [*(files.keys() - written.keys()), *strangers.files]:
        _carry(f"{site}/{path}", f"{stage}/{path}")
    for folder in sorted(strangers.folders, reverse=True):
        shutil.copystat(f"{site}/{folder}", f"{stage}/{folder}", follow_symlinks=False)
    if site.exists():
        os.chmod(stage, stat.S_IMODE(os.stat(site).st_mode))


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


def _exchange(work: Path, site: Path) -> None:
    if not site.exists():
        os.rename(work / "new", site)
    elif not _swap(work / "new", site):
        try:
            os.rename(site, work / "old")
        except OSError as fault:
            if fault.errno in (errno.EXDEV, errno.EBUSY):
                raise PublishRefused(cannot_move(site)) from fault
            raise
        os.rename(work / "new", site)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; no where the system cannot, and nothing is done then."""
    names = os.fsencode(one), os.fsencode(other)
    here, exchange = -100, 2  # AT_FDCWD; RENAME_EXCHANGE, which is RENAME_SWAP's number too
    if sys.platform == "linux":
        return _called("renameat2", here, names[0], here, names[1], exchange)
    if sys.platform == "darwin":
        return _called("renamex_np", *names, exchange)
    return False


def _called(name: str, *values: int | bytes) -> bool:
    """Whether the C library has a function and it succeeded."""
    function = getattr(ctypes.CDLL(None), name, None)
    return function is not None and function(*values) == 0


def settle(site: Path) -> None:
    """Undo or finish what a killed command left beside the site folder; never a living one's."""
    prefix = _prefix(site)
    with suppress(FileNotFoundError):
        for name in sorted(os.listdir(site.parent)):
            work = site.parent / name
            if name.startswith(prefix) and (handle := _claim(work)) is not None:
                try:
                    _finish(work, site, {})
                finally:
                    _release(handle)


def _prefix(site: Path) -> str:
    return f".{site.name}.standfirst-new-"


@contextmanager
def _workplace(site: Path) -> Iterator[Path]:
    """A new folder beside the site, held while it is in use."""
    handle = None
    while handle is None:  # another command may tidy the folder away before it is claimed
        work = Path(tempfile.mkdtemp(prefix=_prefix(site), dir=site.parent))
        handle = _claim(work)
    try:
        yield work
    finally:
        _release(handle)


def _claim(work: Path) -> int | None:
    """A handle that keeps others off a work folder; `None` where it is in use, gone, not ours."""
    if sys.platform == "win32":
        return -1
    try:
        handle = os.open(work, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as fault:
        if fault.errno in (*ABSENT, errno.EACCES):
            return None
        raise
    if is_locked(handle, wait=False) and is_real_folder(work):
        return handle
    os.close(handle)
    return None


def _release(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


def is_locked(handle: int, wait: bool) -> bool:
    """Whether the lock is ours now, or there are no locks here; no when somebody else has it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as fault:
            if fault.errno not in _NO_LOCKS:
                raise
    return True


def _finish(work: Path, site: Path, taken: Mapping[str, int]) -> None:
    """Undo an exchange that is half done, and clear the work folder away."""
    if is_real_folder(work / "old") and not os.path.lexists(site):
        os.rename(work / "old", site)
    for name in ("stage", "new", "old"):
        if is_real_folder(work / name):
            _discard(work / name, site, taken, keep_strays=name != "stage" and site.exists())
    os.rmdir(work)


def _discard(tree: Path, site: Path, taken: Mapping[str, int], keep_strays: bool) -> None:
    """Delete a tree; a file not ours that came while the new one was staged moves into the site.

    The manifest goes last: until then it tells which files are ours.
    """
    known = {*(listed_files(plain_bytes(f"{tree}/{MANIFEST}") or b"") or {}), MANIFEST}
    for path, is_folder, inode in reversed(entries_in(tree)):
        if is_folder:
            os.rmdir(f"{tree}/{path}")
        elif keep_strays and path not in known and _is_stray(site, path, inode, taken):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(tree / path, site / path)
        elif path != MANIFEST:
            os.unlink(f"{tree}/{path}")
    (tree / MANIFEST).unlink(missing_ok=True)
    os.rmdir(tree)


def _is_stray(site: Path, path: str, inode: int, taken: Mapping[str, int]) -> bool:
    """Whether a file is not the one that was carried over; by its place where that is unknown."""
    return taken[path] != inode if path in taken else not os.path.lexists(site / path)
