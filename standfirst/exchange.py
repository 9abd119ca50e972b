"""A tree of files → the site folder's place, in one step.

The tree is staged beside the site folder and exchanged with it in one step where the system can;
elsewhere by two renames, which the next command undoes where only the first was done. No page is
ever written into the site folder itself, and a file that is not ours is never lost. The old tree is
kept where there is a place for it, so that the next one need not be staged from nothing
(`staging.py`); elsewhere it is deleted.

Work is done in `.<site>.standfirst-new-<random>` beside the site folder, held by a lock on it:

    stage/   a tree being staged; left over, it is deleted
    new/     the same, complete; after the exchange in one step, the old tree
    old/     the old tree, where two renames were needed; without a site, it becomes the site again
"""

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from standfirst.refused import Refused
from standfirst.staging import NewTree, stage
from standfirst.tree import (
    ABSENT,
    MANIFEST,
    entries_in,
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


def replace_tree(site: Path, new: NewTree, before: str, retired: Path | None = None) -> None:
    """Stage the new tree and put it in the old one's place, or leave everything as it was.

    `before` is the mark of the manifest that may be replaced. `retired` is where a tree that has
    had its time is kept, and claimed by the next call.
    """
    if new.strangers.folders:
        retired = None  # their modes and times would have to be made equal to the site's
    site.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(site) as work:
        try:
            stage(site, work / "stage", new, retired)
            os.rename(work / "stage", work / "new")
            if mark(plain_bytes(f"{site}/{MANIFEST}")) != before:
                raise PublishRefused(MEANWHILE)
            _exchange(work, site)
        finally:
            with suppress(OSError):  # what cannot be tidied away stops the next command, by name
                _finish(work, site, new.strangers.files, retired)


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


def _finish(work: Path, site: Path, taken: Mapping[str, int], retired: Path | None = None) -> None:
    """Undo an exchange that is half done, and clear the work folder away."""
    if is_real_folder(work / "old") and not os.path.lexists(site):
        os.rename(work / "old", site)
    for name in ("stage", "new", "old"):
        tree = work / name
        if is_real_folder(tree):
            if name != "stage" and site.exists():
                _save_strays(tree, site, taken)
            if retired is None or not _is_kept(tree, retired):
                _delete(tree)
    os.rmdir(work)


def _save_strays(tree: Path, site: Path, taken: Mapping[str, int]) -> None:
    """Move into the site what is not ours and came to the old tree while the new was staged."""
    known = {*(listed_files(plain_bytes(f"{tree}/{MANIFEST}") or b"") or {}), MANIFEST}
    for path, is_folder, inode in entries_in(tree):
        if not is_folder and path not in known and _is_stray(site, path, inode, taken):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(tree / path, site / path)


def _is_stray(site: Path, path: str, inode: int, taken: Mapping[str, int]) -> bool:
    """Whether a file is not the one that was carried over; by its place where that is unknown."""
    return taken[path] != inode if path in taken else not os.path.lexists(site / path)


def _is_kept(tree: Path, retired: Path) -> bool:
    """Put a tree where the next publishing finds it; no where there is no place for it."""
    with suppress(OSError, RecursionError):  # what nobody could use, and may be of anyone's making
        shutil.rmtree(retired)
    try:
        os.rename(tree, retired)
    except OSError:
        return False
    return True


def _delete(tree: Path) -> None:
    """Delete a tree, its manifest last: until then it tells which files are ours."""
    for path, is_folder, _ in reversed(entries_in(tree)):
        if is_folder:
            os.rmdir(f"{tree}/{path}")
        elif path != MANIFEST:
            os.unlink(f"{tree}/{path}")
    (tree / MANIFEST).unlink(missing_ok=True)
    os.rmdir(tree)
