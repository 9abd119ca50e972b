"""How far a long build has come → one line on a terminal, written over and over, and then gone.

Nobody who reads a file, a pipe or a log sees anything of it. There is no colour in it, so NO_COLOR
has nothing to take away.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

from standfirst.tasks import Told, untold

PATIENCE = 1.0
"""After so many seconds a person asks whether anything happens."""
_PAUSE = 0.1
_WIDTH = 24


@contextmanager
def progress(
    stream: TextIO,
    environment: Mapping[str, str] = os.environ,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Told]:
    """What can be told how far the work is. On a terminal that is no log it shows that once the
    work takes long, and takes it back when the work has ended, however it ended."""
    if not stream.isatty() or environment.get("TERM") == "dumb" or environment.get("CI"):
        yield untold
        return
    line = _Line(stream, clock)
    try:
        yield line.told
    finally:
        line.erase()


def bar(stage: str, done: int, total: int, columns: int) -> str:
    """A stage and how far it is, in so many characters at most."""
    if total <= 0:
        return stage[:columns]
    full = _WIDTH * min(done, total) // total
    whole = f"{stage:<8} [{'#' * full}{'-' * (_WIDTH - full)}] {done:,} of {total:,}"
    return whole if len(whole) <= columns else f"{stage} {100 * done // total} %"[:columns]


class _Line:
    """The last line of a terminal; it belongs to one process, and the workers write none."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._begun = self._last = clock()
        self._process = os.getpid()
        self._stage = self._shown = ""

    def told(self, stage: str, done: int, total: int) -> None:
        now = self._clock()
        is_soon = stage == self._stage and now - self._last < _PAUSE
        if is_soon or now - self._begun < PATIENCE or os.getpid() != self._process:
            return
        self._stage, self._last = stage, now
        columns = shutil.get_terminal_size().columns
        self._show(bar(stage, done, total, columns - 1))  # the last column would begin a new line

    def erase(self) -> None:
        if self._shown and os.getpid() == self._process:
            self._show("")

    def _show(self, text: str) -> None:
        blank = " " * len(self._shown)
        self._shown = text
        with suppress(OSError):  # a terminal that has gone stops no build
            self._stream.write(f"\r{blank}\r{text}" if blank else text)
            self._stream.flush()
