"""A project's folder → its files, again and again: as they are, and as they are after each change.

What is seen to change only says when to read; what was read says what has changed.
"""

import os
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from watchfiles import Change, watch

from standfirst.live import NotServed
from standfirst.project import (
    FOLDERS,
    ProjectRefused,
    default_theme,
    is_read,
    read_file,
    read_project,
)

Files = dict[str, bytes]

_STEP = 5
"""Changes that follow each other within so many milliseconds are one burst."""
_LONGEST_BURST = 100
_PAUSE = 100
"""After so many milliseconds without a change, what no folder tells of is looked at."""


class Watch:
    """A project on disk, of which `files` is what was last read.

    Folders are watched, never files: an editor that saves by renaming puts another file there.
    """

    def __init__(self, project: Path) -> None:
        self._top = Path(os.path.realpath(project))
        self._stop = threading.Event()
        self._bursts: Iterator[set[tuple[Change, str]]] = iter(())
        self._marks: tuple[object, ...] = ()
        self._is_due = True  # until the folders are watched, something may have been missed
        self._refused = ""
        self.files = self._read_all()

    def stop(self) -> None:
        """Ends the waiting, from another thread."""
        self._stop.set()

    def changed(self) -> Files | None:
        """Waits until the files differ, and gives them; `None` once it is stopped.

        Raises what `read_project` raises, a lasting fault once, and `NotServed`.
        """
        while not self._stop.is_set():
            paths = self._burst()
            known, self._refused = self._refused, ""
            try:
                files = self._read(paths, was_refused=known != "")
            except (ProjectRefused, OSError) as fault:
                self._refused = str(fault)
                if self._refused != known:
                    self._is_due = True
                    raise
                continue
            if files is None:
                self._refused = known
            elif paths and self._is_being_written(files):
                self._refused, self._is_due = known, True
            elif known or files != self.files:
                self.files = files
                return files
        return None

    def _burst(self) -> set[str]:
        """The paths that the next burst of changes touches; none after a pause.

        Raises `NotServed` where the system lets nobody watch.
        """
        marks = (_mark(self._top / "mkdocs.yml"), *(_inode(self._top / name) for name in FOLDERS))
        if marks != self._marks:
            self._marks, self._bursts, self._is_due = marks, self._watched(), True
        try:
            burst = next(self._bursts, None)
        except FileNotFoundError:  # a folder went before it could be watched
            burst = None
        except (OSError, RuntimeError) as fault:
            raise NotServed(f"the project's folders cannot be watched: {fault}") from None
        if burst is None:
            self._marks = ()  # to be watched anew
        return {path for _, path in burst or ()}

    def _watched(self) -> Iterator[set[tuple[Change, str]]]:
        """The bursts of changes in the folders as they are now.

        `mkdocs.yml`, and that a folder is another than before, is seen without: that would be to
        watch the project's whole folder, output and all.
        """
        folders = {os.path.realpath(default_theme()), *(str(self._top / name) for name in FOLDERS)}
        return watch(
            *sorted(filter(os.path.isdir, folders)),
            watch_filter=None,
            debounce=_LONGEST_BURST,
            step=_STEP,
            stop_event=self._stop,
            rust_timeout=_PAUSE,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )

    def _read(self, paths: Collection[str], was_refused: bool) -> Files | None:
        """The files as they are after a burst; nothing where it does not matter.

        What is more than a file here and there is read whole, and once more after a pause, for a
        folder may have been filled before it was watched.
        """
        names = {name for path in paths if (name := self._name(path)) is not None}
        if names and not was_refused and not self._has_links and all(map(self._is_plain, names)):
            try:
                return self.files | {name: read_file(self._top, name) for name in names}
            except FileNotFoundError:
                return self._read_all()
        self._is_due, was_due = bool(names or (paths and was_refused)), self._is_due
        return self._read_all() if self._is_due or was_due else None

    def _is_being_written(self, files: Files) -> bool:
        """Whether a file has been emptied, as it is before new words are put there; when it still
        is after a pause, it is meant so."""
        return any(self.files.get(name) and not data for name, data in files.items())

    def _read_all(self) -> Files:
        files = read_project(self._top)
        self._has_links = any((self._top / name).is_symlink() for name in files)
        return files

    def _name(self, path: str) -> str | None:
        """The path in the project, `""` for the default theme's; nothing where none is read."""
        if not (inside := Path(path)).is_relative_to(self._top):
            return ""
        name = inside.relative_to(self._top).as_posix()
        if name in self.files or (is_read(name) and os.path.lexists(path)):
            return name
        has_gone = any(known.startswith(f"{name}/") for known in self.files)
        return name if has_gone else None

    def _is_plain(self, name: str) -> bool:
        """Whether the file can be read alone: it stands there, and is neither folder nor link."""
        path = self._top / name
        return name != "" and path.is_file() and not path.is_symlink()


def _mark(path: Path) -> tuple[int, ...]:
    """By what a file is seen to be written."""
    return _told(path, lambda now: (now.st_ino, now.st_size, now.st_mtime_ns))


def _inode(path: Path) -> tuple[int, ...]:
    """By what a folder is known from another in its place."""
    return _told(path, lambda now: (now.st_ino, now.st_mode))


def _told(path: Path, what: Callable[[os.stat_result], tuple[int, ...]]) -> tuple[int, ...]:
    try:
        return what(os.lstat(path))
    except OSError:
        return ()
