"""Bytes → files, whole or not at all.

A whole tree is staged beside the site folder and exchanged with it in one step where the system
can; elsewhere by two renames, which the next command undoes where only the first was done. So the
folder is the whole old site or the whole new one, also after `kill -9` or on a full disk. A power
cut is outside the promise: nothing is forced to disk, and a site can be built again.

`site/.standfirst.json` marks the folder as ours, lists our files with their digests, and is
exchanged with them. Knows nothing of pages, prints nothing, never follows a symbolic link, never
goes by file times, and never overwrites or deletes a file it did not write: but for `overlay`,
which writes into another program's folder.

Work is done in `.<site>.standfirst-new-<random>` beside the site folder, held by a lock on it:

    stage/   a tree being staged; left over, it is deleted
    new/     the same, complete; after the exchange in one step, the old tree
    old/     the old tree, where two renames were needed; without a site, it becomes the site again
"""

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import orjson

from standfirst.ledger import digest

if sys.platform != "win32":
    import fcntl

MANIFEST = ".standfirst.json"

_SEGMENT = r"(?!\.{1,2}(?:/|\Z))[^/\\:\x00-\x1f\x7f\ud800-\udfff]+"
_PATH = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_MEANWHILE = "the site was changed by another command meanwhile: build again"
_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO)
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EBADF, errno.EINVAL)


class PublishRefused(Exception):
    """Nothing can be published there; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a site folder holds: our files whose bytes are still those we wrote, path → digest.

    `manifest` is the digest of the manifest's bytes, `""` where there is none.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files got other bytes or are new, how many went, and the manifest's digest now."""

    written: int
    removed: int
    manifest: str


class _Entry(NamedTuple):
    path: str
    is_folder: bool
    inode: int


@dataclass(frozen=True, slots=True)
class _Strangers:
    """What lies in the site folder and is not ours: files with their inodes, and folders."""

    files: Mapping[str, int]
    folders: Collection[str]


def held(site_dir: Path, project: Path | None = None) -> Held:
    """What the site folder holds of ours, by content; empty where there is no folder.

    Raises `PublishRefused` for a folder that is not ours to exchange, such as one in which the
    project lies.
    """
    site = _checked(site_dir, project)
    _recover(site)
    owned, manifest = _owned(site)
    read = _reader(site)
    files = {
        path: known
        for path, known in owned.items()
        if (data := read(path)) is not None and digest(data) == known
    }
    return Held(files, _mark(manifest))


def publish(site_dir: Path, pages: Mapping[str, bytes | str], before: Held) -> Published:
    """Make the site folder hold these files, and what is not ours; our other files go.

    A page is its bytes, or the digest it has in `before`: then the file stays as it is. Paths are
    relative and use `/`. Where nothing changes, nothing is touched. Raises `PublishRefused`, or
    `OSError` for the environment; the site is then what it was.
    """
    site = _checked(site_dir)
    _recover(site)
    owned, manifest = _owned(site)
    if _mark(manifest) != before.manifest:
        raise PublishRefused(_MEANWHILE)
    _check_pages(pages, before)
    files = {path: p if isinstance(p, str) else digest(p) for path, p in pages.items()}
    read = _reader(site)
    rendered = {path: data for path, data in pages.items() if isinstance(data, bytes)}
    changed = {path: data for path, data in rendered.items() if read(path) != data}
    listed = _manifest(files)
    if listed == manifest and not changed:
        return Published(0, 0, before.manifest)
    _check_names(files.keys())
    entries = _entries(site) if site.exists() else []
    strangers = _strangers(entries, owned, files.keys() - changed.keys())
    _check_room(site, files, strangers)
    _replace(site, files, {**changed, MANIFEST: listed}, strangers, before)
    gone = owned.keys() & {entry.path for entry in entries if not entry.is_folder} - files.keys()
    return Published(len(changed), len(gone), digest(listed))


def recover(site_dir: Path) -> None:
    """Undo or finish what a killed command left beside the site folder; never a living one's."""
    _recover(_checked(site_dir))


@contextmanager
def lock(project: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep other builds of the project out; `waiting` is called once when one has to be awaited.

    Does nothing where the system or the file system has no such locks. Where `.standfirst` is
    deleted under a running build, `publish` still notices a second one.
    """
    folder = project / ".standfirst"
    folder.mkdir(exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(folder / "lock", flags, 0o666)
    try:
        if not _is_locked(handle, wait=False):
            waiting()
            _is_locked(handle, wait=True)
        yield
    finally:
        os.close(handle)


def _is_locked(handle: int, wait: bool) -> bool:
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


def _checked(site_dir: Path, project: Path | None = None) -> Path:
    """The site folder's real path, or a refusal of a place that cannot be one."""
    if site_dir.is_symlink():
        raise PublishRefused(
            f"{site_dir} is a symbolic link: name the folder it leads to, or another"
        )
    site = Path(os.path.realpath(site_dir))
    for place in (os.path.expanduser("~"), ".", project or "."):
        if Path(os.path.realpath(place)).is_relative_to(site):
            raise PublishRefused(
                f"{site} holds the project, the folder you are in or your home folder, "
                "and would be exchanged as a whole: name a folder of its own"
            )
    if site.exists() and not site.is_dir():
        raise PublishRefused(f"{site} is a file: move it away, or name another folder")
    if os.path.ismount(site):
        raise PublishRefused(_cannot_move(site))
    return site


def _cannot_move(site: Path) -> str:
    return (
        f"{site} is mounted, or lies in a layer of a container, and cannot be exchanged "
        "as a whole: delete it, or name a folder inside it or elsewhere"
    )


def _check_pages(pages: Mapping[str, bytes | str], before: Held) -> None:
    """Refuse paths that lead elsewhere; a page without bytes must be held."""
    for path, page in pages.items():
        if not _is_ours_to_write(path):
            raise PublishRefused(f"{path!r} cannot be a published file: give it another name")
        if isinstance(page, str) and before.files.get(path) != page:
            raise ValueError(f"{path!r} is not held, and there are no bytes to write")


def _check_names(files: Set[str]) -> None:
    """Refuse names that cannot stand side by side in every file system."""
    folders = _folders(files)
    if both := sorted(files & folders):
        raise PublishRefused(f"{both[0]!r} would be a file and a folder: rename one of them")
    seen: dict[str, str] = {}
    for name in sorted(files | folders):
        same = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if same != name:
            raise PublishRefused(
                f"{same!r} and {name!r} are one file on some systems: rename one of them"
            )


def _is_ours_to_write(path: str) -> bool:
    return bool(_PATH.fullmatch(path)) and path.partition("/")[0].casefold() != MANIFEST


def _check_room(site: Path, files: Mapping[str, str], strangers: _Strangers) -> None:
    """Refuse to write over, or into the place of, what is not ours."""
    for path in sorted(_folders(files) & strangers.files.keys()):
        raise PublishRefused(_in_the_way(site, path))
    foreign = [*strangers.files, *strangers.folders]
    for path in sorted((_folders(foreign) | set(foreign)) & files.keys()):
        raise PublishRefused(_in_the_way(site, path))
    for path in strangers.folders:
        if not os.access(site / path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(site / path))


def _in_the_way(site: Path, path: str) -> str:
    name = str(site / path).encode(errors="backslashreplace").decode()
    return f"{name} is in the way, and not everything there is ours: move it, or delete it"


def _owned(site: Path) -> tuple[dict[str, str], bytes]:
    """Our files by the manifest, and the manifest's bytes; nothing for an empty folder or none."""
    raw = _bytes(f"{site}/{MANIFEST}")
    if raw is None:
        if site.exists() and any(site.iterdir()):
            raise PublishRefused(
                f"{site} holds files, but no {MANIFEST} says that the site is ours: "
                "empty the folder, or name another"
            )
        return {}, b""
    files = _listed(raw)
    if files is None:
        raise PublishRefused(
            f"{site}/{MANIFEST} is damaged or of another version: move what is yours "
            "out of the folder, delete the folder and build again"
        )
    return files, raw


def _listed(manifest: bytes) -> dict[str, str] | None:
    """Path → digest as a manifest lists them; `None` where it is none."""
    try:
        data: object = orjson.loads(manifest)
    except orjson.JSONDecodeError:
        return None
    match data:
        case {"standfirst": 1, "files": dict(files)}:
            if all(isinstance(known, str) for known in files.values()):
                return files if all(map(_is_ours_to_write, files)) else None
    return None


def _manifest(files: Mapping[str, str]) -> bytes:
    return orjson.dumps({"standfirst": 1, "files": dict(sorted(files.items()))}) + b"\n"


def _mark(manifest: bytes | None) -> str:
    return digest(manifest) if manifest else ""


def _reader(site: Path) -> Callable[[str], bytes | None]:
    """A function that reads a file of the folder; `None` where no plain file stands there."""
    known = {"": True}

    def is_folder(path: str) -> bool:
        if path not in known:
            known[path] = is_folder(path.rpartition("/")[0]) and _is_folder(f"{site}/{path}")
        return known[path]

    return lambda path: _bytes(f"{site}/{path}") if is_folder(path.rpartition("/")[0]) else None


def _is_folder(path: str | Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _bytes(path: str) -> bytes | None:
    """A plain file's bytes; `None` for a link, a pipe, a folder, nothing."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as fault:
        if fault.errno in _ABSENT:
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


def _entries(top: Path) -> list[_Entry]:
    """Everything in a folder at any depth, a folder before what it holds."""
    found, todo = [], [""]
    while todo:
        folder = todo.pop()
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                found.append(_Entry(folder + entry.name, is_folder, entry.inode()))
                if is_folder:
                    todo.append(f"{folder}{entry.name}/")
    return found


def _strangers(
    entries: Iterable[_Entry], owned: Mapping[str, str], same: Collection[str]
) -> _Strangers:
    """What is not ours; a file that already has the very bytes we would write becomes ours."""
    ours = _folders(owned)
    files, folders = {}, []
    for path, is_folder, inode in entries:
        if is_folder and path not in ours:
            folders.append(path)
        elif not is_folder and path not in owned and path not in same and path != MANIFEST:
            files[path] = inode
    return _Strangers(files, folders)


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders in which the paths lie."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


def _replace(
    site: Path,
    files: Mapping[str, str],
    written: Mapping[str, bytes],
    strangers: _Strangers,
    before: Held,
) -> None:
    """Stage the new tree and put it in the old one's place, or leave everything as it was."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(site) as work:
        try:
            _stage(site, work / "stage", files, written, strangers)
            os.rename(work / "stage", work / "new")
            if _mark(_bytes(f"{site}/{MANIFEST}")) != before.manifest:
                raise PublishRefused(_MEANWHILE)
            _exchange(work, site)
        finally:
            with suppress(OSError):  # what cannot be tidied away stops the next command, by name
                _finish(work, site, strangers.files)


def _stage(
    site: Path,
    stage: Path,
    files: Mapping[str, str],
    written: Mapping[str, bytes],
    strangers: _Strangers,
) -> None:
    os.mkdir(stage)
    inside = _folders([*files, *strangers.files, *strangers.folders])
    for folder in sorted(inside.union(strangers.folders)):
        os.mkdir(f"{stage}/{folder}")
    for path, data in written.items():
        _write(f"{stage}/{path}", data)
    for path in [*(files.keys() - written.keys()), *strangers.files]:
        _carry(f"{site}/{path}", f"{stage}/{path}")
    for folder in sorted(strangers.folders, reverse=True):
        shutil.copystat(f"{site}/{folder}", f"{stage}/{folder}", follow_symlinks=False)
    if site.exists():
        os.chmod(stage, stat.S_IMODE(os.stat(site).st_mode))


def _write(path: str, data: bytes) -> None:
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
                raise PublishRefused(_cannot_move(site)) from fault
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


def _recover(site: Path) -> None:
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
        if fault.errno in (*_ABSENT, errno.EACCES):
            return None
        raise
    if _is_locked(handle, wait=False) and _is_folder(work):
        return handle
    os.close(handle)
    return None


def _release(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


def _finish(work: Path, site: Path, taken: Mapping[str, int]) -> None:
    """Undo an exchange that is half done, and clear the work folder away."""
    if _is_folder(work / "old") and not os.path.lexists(site):
        os.rename(work / "old", site)
    for name in ("stage", "new", "old"):
        if _is_folder(work / name):
            _discard(work / name, site, taken, keep_strays=name != "stage" and site.exists())
    os.rmdir(work)


def _discard(tree: Path, site: Path, taken: Mapping[str, int], keep_strays: bool) -> None:
    """Delete a tree; a file not ours that came while the new one was staged moves into the site.

    The manifest goes last: until then it tells which files are ours.
    """
    known = {*(_listed(_bytes(f"{tree}/{MANIFEST}") or b"") or {}), MANIFEST}
    for path, is_folder, inode in reversed(_entries(tree)):
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


def overlay(site_dir: Path, pages: Mapping[str, bytes]) -> None:
    """Write these files, and a manifest of them, into a folder that another program has just made.

    Unlike `publish` it goes file by file, and over what stands at our paths: the folder is emptied
    by the other program each time. Raises `PublishRefused`, with nothing written, where a file and
    a folder would bear one name.
    """
    _check_pages(pages, Held())
    _check_names(pages.keys())
    folders = sorted(_folders(pages))
    for path in (*folders, *pages):
        there = f"{site_dir}/{path}"
        if os.path.lexists(there) and _is_folder(there) != (path not in pages):
            raise PublishRefused(_in_the_way(site_dir, path))
    for folder in ("", *folders):
        os.makedirs(f"{site_dir}/{folder}", exist_ok=True)
    files = {path: digest(data) for path, data in pages.items()}
    for path, data in {**pages, MANIFEST: _manifest(files)}.items():
        (site_dir / path).unlink(missing_ok=True)  # its place may be taken by a link
        _write(f"{site_dir}/{path}", data)
