"""`standfirst serve` as a process of its own, and what a browser asks it."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
TAG = re.compile(rb'<script src="/\.standfirst/reload\.js" data-page="[0-9a-f]+" defer></script>')
LONGEST = 60


class Told(NamedTuple):
    """What an open page is told: the digest of its bytes, and the problems."""

    page: str
    problems: str


class Got(NamedTuple):
    """An answer."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()


@dataclass
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    address: str

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://").rstrip("/")

    def get(self, path: str, method: str = "GET", **headers: str) -> Got:
        """The answer to one request, its path sent as it is."""
        connection = HTTPConnection(self.host, timeout=LONGEST)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            known = {name.lower(): value for name, value in response.getheaders()}
            return Got(response.status, known, response.read())
        finally:
            connection.close()

    def told(self, page: str) -> Iterator[Told]:
        """What an open page is told, at once and after each change, until the server ends."""
        connection = HTTPConnection(self.host, timeout=LONGEST)
        try:
            connection.request("GET", f"/.standfirst/events?page={page}")
            response = connection.getresponse()
            assert response.headers["content-type"] == "text/event-stream"
            while line := response.readline():
                if line.startswith(b"data: "):
                    yield Told(**json.loads(line.removeprefix(b"data: ")))
        finally:
            connection.close()


@contextmanager
def serving(project: Path, port: str = "0") -> Iterator[Server]:
    """A server of a project, on a free port or a named one; it must end well when asked to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst", "serve", "--port", port, "--project", str(project)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"serving (http://127\.0\.0\.1:\d+/) until Ctrl-C\n", line)
        assert found, line
        yield Server(process, found[1])
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=LONGEST)
        assert (output, errors.strip()) == ("", "")
        assert process.returncode in (130, 143)
    finally:
        process.kill()
        process.communicate()


def save_by_renaming(path: Path, words: str, others: str) -> None:
    """Changes words of a file as most editors do: a new file takes the place of the old one."""
    text = path.read_text()
    assert words in text
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    beside.write_text(text.replace(words, others))
    beside.replace(path)
