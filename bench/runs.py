"""A command → how long its process takes, or how much memory; never both in one run.

To look at memory costs time, so it has runs of its own. A number that the system keeps for a parent
is no use: it leaves out how much children hold together, and begins with what the measuring
process itself holds. So every process is looked at.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from bench.figures import Run

_STEP = 0.02
_PROC = Path("/proc")


def timed(command: Sequence[str | Path], folder: Path) -> tuple[Run, str]:
    """One run of a command, workers included, and what it said."""
    os.sync()  # what the run before left to be written is not this one's to wait for
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        return Run(took, used.ru_utime + used.ru_stime), _words(said, process)


def peak(command: Sequence[str | Path], folder: Path) -> float:
    """The most memory in MB that a command and all it starts hold at one time.

    On Linux the proportional sizes of all its processes are added up every 20 ms, where what
    several share counts once; and it is never less than the largest of them ever held by itself.
    Elsewhere it is what the system says of the largest, an understatement.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        together, alone = 0, 0
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            pids = family(process.pid)
            together = max(together, sum(map(share, pids)))
            alone = max(alone, *map(most_alone, pids))
            time.sleep(_STEP)
        process.returncode = os.waitstatus_to_exitcode(status)
        _words(said, process)
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return max(together, alone) / 1024 or used.ru_maxrss / unit


def _words(said: IO[bytes], process: subprocess.Popen[bytes]) -> str:
    """What a process said; one that failed ends the measuring with it."""
    said.seek(0)
    words = said.read().decode(errors="replace")
    if process.returncode:
        raise SystemExit(f"{process.args!r} failed: {words[-2000:]}")
    return words


def family(top: int) -> list[int]:
    """A process and all that it started, as far as they run."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*/stat"):
        parent = _after(path, ") ").split(" ", 2)[1:2]
        if parent:
            children.setdefault(int(parent[0]), []).append(int(path.parent.name))
    found = [top]
    for each in found:
        found += children.get(each, [])
    return found


def share(pid: int) -> int:
    """The kB a process holds, what it shares with others divided by their number."""
    return _number(_after(_PROC / str(pid) / "smaps_rollup", "\nPss:"))


def most_alone(pid: int) -> int:
    """The most kB a process ever held since it began its program, what it shares included."""
    return _number(_after(_PROC / str(pid) / "status", "\nVmHWM:"))


def _number(text: str) -> int:
    return int(text.split(None, 1)[0]) if text else 0


def _after(path: Path, mark: str) -> str:
    """What stands in a file after a mark; nothing where the process has ended."""
    try:
        return path.read_text().partition(mark)[2]
    except OSError:
        return ""
