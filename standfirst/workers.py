"""Names and what to do for each → the bytes that came of it, worked out in processes side by side.

A worker is forked, so it has all that this process has loaded, and leaves its results in a file
without a name: bytes alone, nothing that runs. What a worker does not bring is left to its caller,
who does it himself; so a worker that dies costs time only.
"""

import os
import signal
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

FEW = 100
"""Fewer names are done sooner than a worker is there."""
_HEAD = struct.Struct("<II")


def can_fork() -> bool:
    """Whether this system starts workers as they are needed here; macOS has it, but not safely."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def cores() -> int:
    """How many processes can run side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def spread(
    jobs: int, names: Sequence[str], run: Callable[[str], bytes | None]
) -> Iterator[tuple[Sequence[str], Callable[[], Mapping[str, bytes]]]]:
    """Those names that are left to do here, and what waits for the others' results.

    The others are shared out among `jobs` processes, this one among them; a result that is `None`
    is left out.
    """
    if jobs < 2 or len(names) < FEW or not can_fork():
        yield names, dict
        return
    workers: dict[int, IO[bytes]] = {}
    try:
        for first in range(1, jobs):
            file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed below)
            workers[_forked(names[first::jobs], run, file)] = file
        yield names[::jobs], lambda: _collected(workers)
    finally:
        for worker, opened in workers.items():
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            opened.close()


def _forked(names: Sequence[str], run: Callable[[str], bytes | None], file: IO[bytes]) -> int:
    """The number of a new process that does these names."""
    worker = os.fork()
    if worker:
        return worker
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for name in names:
            if (made := run(name)) is not None:
                key = name.encode()
                file.write(_HEAD.pack(len(key), len(made)) + key + made)
        file.flush()
        status = 0
    finally:  # nothing of what this process was in the midst of is for a worker to end
        os._exit(status)


def _collected(workers: dict[int, IO[bytes]]) -> Mapping[str, bytes]:
    """All results of the workers, once they have ended; nothing of one that failed."""
    found: dict[str, bytes] = {}
    for worker in tuple(workers):
        status = os.waitpid(worker, 0)[1]
        with workers.pop(worker) as file:
            if status == 0:
                file.seek(0)
                found.update(_read(file))
    return found


def _read(file: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    while head := file.read(_HEAD.size):
        key, made = _HEAD.unpack(head)
        yield file.read(key).decode(), file.read(made)
