"""An engine that serves a folder → seconds until its first page, and until a saved edit is shown.

A page is asked for again and again, a millisecond apart, until the words stand there: what a person
waits for, without the browser.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.engines import BUILD, Engine, hugo, plain
from bench.figures import HUGO, Served
from bench.rivals import told_again

EDITS = 3
"""So many after each start."""
_STEP = 0.001
_LONGEST = 300
_SAID = "said"
_PAUSES = (0.53, 0.71, 0.62, 0.94, 0.85, 0.78, 1.01)
"""Between edits, uneven: an engine that looks every half second must not always be met alike."""


def served(engines: Sequence[Engine], times: int, number: int) -> dict[str, Served]:
    """Each engine's server started so many times, by turns, with edits from a number on."""
    starts: dict[str, list[float]] = {engine.name: [] for engine in engines}
    shown: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for first in range(number, number + times * EDITS, EDITS):
        for engine in engines:
            with _started(engine) as server:
                starts[engine.name].append(server.until(told_again(first - 1)))
                for each in range(first, first + EDITS):
                    time.sleep(_PAUSES[each % len(_PAUSES)])
                    server.since = time.perf_counter()
                    engine.edit(each)
                    shown[engine.name].append(server.until(told_again(each)))
    return {name: Served(name, starts[name], shown[name]) for name in starts}


@dataclass
class _Server:
    """A server that was started, and since when something is awaited of it."""

    engine: Engine
    process: subprocess.Popen[bytes]
    connection: HTTPConnection
    since: float

    def until(self, words: str) -> float:
        """How long it takes until the engine's page shows words."""
        while True:
            page = _got(self.connection, self.engine.route)
            took = time.perf_counter() - self.since
            if words in plain(page):
                return took
            if took > _LONGEST or self.process.poll() is not None:
                said = (self.engine.folder / _SAID).read_text()[-2000:]
                raise SystemExit(f"{self.engine.name} serves no {words!r}: {said}")
            time.sleep(_STEP)


@contextmanager
def _started(engine: Engine) -> Iterator[_Server]:
    """A server that starts on a free port."""
    port = _free_port()
    os.sync()  # as before every run
    with (engine.folder / _SAID).open("wb") as said:
        since = time.perf_counter()
        process = subprocess.Popen(
            _command(engine, port), cwd=engine.folder, stdout=said, stderr=said
        )
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
            yield _Server(engine, process, connection, since)
            connection.close()
        finally:
            process.terminate()
            process.wait()


def _command(engine: Engine, port: int) -> list[str | Path]:
    """Hugo holds its pages in memory, as Standfirst does, and renders what was looked at first."""
    if engine.name == HUGO:
        flags = ["server", "--renderToMemory", "--baseURL", "http://127.0.0.1/"]
        return [hugo(), *flags, "--bind", "127.0.0.1", "--port", str(port)]
    return [sys.executable, BUILD, "serve", "--port", str(port)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _got(connection: HTTPConnection, route: str) -> str:
    """A page as it is served at this moment; nothing where none is."""
    try:
        connection.request("GET", route)
        response = connection.getresponse()
        page = response.read().decode()
        return page if response.status == 200 else ""
    except (OSError, HTTPException):
        connection.close()
        return ""
