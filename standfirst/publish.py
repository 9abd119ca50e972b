"""Bytes → files, whole or not at all.

A whole tree is staged beside the site folder (`staging.py`) and exchanged with it (`exchange.py`).
So the folder is the whole old site or the whole new one, also after `kill -9` or on a full disk. A
power cut is outside the promise: nothing is forced to disk, and a site can be built again.

`site/.standfirst.json` marks the folder as ours, lists our files with their digests, and is
exchanged with them. Knows nothing of pages, prints nothing, never follows a symbolic link, never
goes by file times, and never overwrites or deletes a file it did not write: but for `overlay`,
which writes into another program's folder.
"""

import errno
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.exchange import (
    MEANWHILE,
    PublishRefused,
    cannot_move,
    is_locked,
    replace_tree,
    settle,
)
from standfirst.ledger import digest
from standfirst.staging import NewTree, write_new
from standfirst.tree import (
    MANIFEST,
    Strangers,
    entries_in,
    file_reader,
    folders_of,
    is_ours_to_write,
    is_real_folder,
    listed_files,
    manifest_of,
    mark,
    plain_bytes,
    strangers_among,
)

__all__ = [
    "MANIFEST",
    "RETIRED",
    "Held",
    "PublishRefused",
    "Published",
    "held",
    "lock",
    "overlay",
    "publish",
    "recover",
]

RETIRED = Path(".standfirst", "retired")
"""Where in a project the tree that was the site before waits to be the next one."""


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


def held(site_dir: Path, project: Path | None = None) -> Held:
    """What the site folder holds of ours, by content; empty where there is no folder.

    Raises `PublishRefused` for a folder that is not ours to exchange, such as one in which the
    project lies.
    """
    site = _checked(site_dir, project)
    settle(site)
    owned, manifest = _owned(site)
    read = file_reader(site)
    files = {
        path: known
        for path, known in owned.items()
        if (data := read(path)) is not None and digest(data) == known
    }
    return Held(files, mark(manifest))


def publish(
    site_dir: Path,
    pages: Mapping[str, bytes | str],
    before: Held,
    retired: Path | None = None,
) -> Published:
    """Make the site folder hold these files, and what is not ours; our other files go.

    A page is its bytes, or the digest it has in `before`: then the file stays as it is. Paths are
    relative and use `/`. Where nothing changes, nothing is touched. `retired` is where the old
    tree waits for the next call, a place for nothing else; without it, it is deleted. Raises
    `PublishRefused`, or `OSError` for the environment; the site is then what it was.
    """
    site = _checked(site_dir)
    settle(site)
    owned, manifest = _owned(site)
    if mark(manifest) != before.manifest:
        raise PublishRefused(MEANWHILE)
    _check_pages(pages, before)
    files = {path: p if isinstance(p, str) else digest(p) for path, p in pages.items()}
    read = file_reader(site)
    rendered = {path: data for path, data in pages.items() if isinstance(data, bytes)}
    changed = {path: data for path, data in rendered.items() if read(path) != data}
    listed = manifest_of(files)
    if listed == manifest and not changed:
        return Published(0, 0, before.manifest)
    _check_names(files.keys())
    entries = entries_in(site) if site.exists() else []
    strangers = strangers_among(entries, owned, files.keys() - changed.keys())
    _check_room(site, files, strangers)
    inodes = {path: inode for path, is_folder, inode in entries if not is_folder}
    same = [*(files.keys() - changed.keys()), *strangers.files]
    new = NewTree(
        {**changed, MANIFEST: listed}, {path: inodes.get(path) for path in same}, strangers
    )
    replace_tree(site, new, before.manifest, retired and _apart(retired, site))
    gone = owned.keys() & inodes.keys() - files.keys()
    return Published(len(changed), len(gone), digest(listed))


def recover(site_dir: Path) -> None:
    """Undo or finish what a killed command left beside the site folder; never a living one's."""
    settle(_checked(site_dir))


def overlay(site_dir: Path, pages: Mapping[str, bytes]) -> None:
    """Write these files, and a manifest of them, into a folder that another program has just made.

    Unlike `publish` it goes file by file, and over what stands at our paths: the folder is emptied
    by the other program each time. Raises `PublishRefused`, with nothing written, where a file and
    a folder would bear one name.
    """
    _check_pages(pages, Held())
    _check_names(pages.keys())
    folders = sorted(folders_of(pages))
    for path in (*folders, *pages):
        there = f"{site_dir}/{path}"
        if os.path.lexists(there) and is_real_folder(there) != (path not in pages):
            raise PublishRefused(_in_the_way(site_dir, path))
    for folder in ("", *folders):
        os.makedirs(f"{site_dir}/{folder}", exist_ok=True)
    files = {path: digest(data) for path, data in pages.items()}
    for path, data in {**pages, MANIFEST: manifest_of(files)}.items():
        (site_dir / path).unlink(missing_ok=True)  # its place may be taken by a link
        write_new(f"{site_dir}/{path}", data)


@contextmanager
def lock(project: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep other builds of the project out; `waiting` is called once when one has to be awaited.

    Does nothing where the system or the file system has no such locks. Where `.standfirst` is
    deleted under a running build, `publish` still notices a second one.
    """
    folder = project / ".standfirst"
    if folder.is_symlink():
        raise PublishRefused(f"{folder} is a symbolic link, and may lead elsewhere: delete it")
    folder.mkdir(exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(folder / "lock", flags, 0o666)
    try:
        if not is_locked(handle, wait=False):
            waiting()
            is_locked(handle, wait=True)
        yield
    finally:
        os.close(handle)


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
        raise PublishRefused(cannot_move(site))
    return site


def _apart(folder: Path, site: Path) -> Path | None:
    """The folder's real path; `None` where it lies in the site, or the site in it."""
    real = Path(os.path.realpath(folder.parent), folder.name)
    return None if real.is_relative_to(site) or site.is_relative_to(real) else real


def _owned(site: Path) -> tuple[dict[str, str], bytes]:
    """Our files by the manifest, and the manifest's bytes; nothing for an empty folder or none."""
    raw = plain_bytes(f"{site}/{MANIFEST}")
    if raw is None:
        if site.exists() and any(site.iterdir()):
            raise PublishRefused(
                f"{site} holds files, but no {MANIFEST} says that the site is ours: "
                "empty the folder, or name another"
            )
        return {}, b""
    files = listed_files(raw)
    if files is None:
        raise PublishRefused(
            f"{site}/{MANIFEST} is damaged or of another version: move what is yours "
            "out of the folder, delete the folder and build again"
        )
    return files, raw


def _check_pages(pages: Mapping[str, bytes | str], before: Held) -> None:
    """Refuse paths that lead elsewhere; a page without bytes must be held."""
    for path, page in pages.items():
        if not is_ours_to_write(path):
            raise PublishRefused(f"{path!r} cannot be a published file: give it another name")
        if isinstance(page, str) and before.files.get(path) != page:
            raise ValueError(f"{path!r} is not held, and there are no bytes to write")


def _check_names(files: Set[str]) -> None:
    """Refuse names that cannot stand side by side in every file system."""
    folders = folders_of(files)
    if both := sorted(files & folders):
        raise PublishRefused(f"{both[0]!r} would be a file and a folder: rename one of them")
    seen: dict[str, str] = {}
    for name in sorted(files | folders):
        same = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if same != name:
            raise PublishRefused(
                f"{same!r} and {name!r} are one file on some systems: rename one of them"
            )


def _check_room(site: Path, files: Mapping[str, str], strangers: Strangers) -> None:
    """Refuse to write over, or into the place of, what is not ours."""
    for path in sorted(folders_of(files) & strangers.files.keys()):
        raise PublishRefused(_in_the_way(site, path))
    foreign = [*strangers.files, *strangers.folders]
    for path in sorted((folders_of(foreign) | set(foreign)) & files.keys()):
        raise PublishRefused(_in_the_way(site, path))
    for path in strangers.folders:
        if not os.access(site / path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(site / path))


def _in_the_way(site: Path, path: str) -> str:
    name = str(site / path).encode(errors="backslashreplace").decode()
    return f"{name} is in the way, and not everything there is ours: move it, or delete it"
