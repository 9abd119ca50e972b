"""A page to be printed and the browser at hand → a PDF file, written whole or not at all.

No package makes the file: whoever publishes has a browser, and it prints what a reader would see.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from standfirst.refused import Missing

PAPERS = {"a4": "A4", "letter": "letter"}
SECONDS = 120
"""How long a browser may take."""

_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_QUIET = (
    *("--headless", "--disable-gpu", "--disable-extensions", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer"),
    "--generate-pdf-document-outline",
)
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


class NotPrinted(Missing):
    """There is no browser, or it made no file; the message says what to do."""


def browser() -> str:
    """The browser named in CHROMIUM, or the first that is installed. Raises `NotPrinted`."""
    named = os.environ.get("CHROMIUM", "")
    for name in (named,) if named else (*_NAMES, *_APPS):
        found = shutil.which(name)
        if found:
            return found
    missing = f'CHROMIUM names "{named}", which is not there' if named else "no browser found"
    raise NotPrinted(
        f"{missing}; install Chromium or Chrome, name one in CHROMIUM, or open /print/ of the "
        "site in your browser and print it"
    )


def print_pdf(program: str, files: Mapping[str, bytes], page: str, paper: str, to: Path) -> bytes:
    """Prints one of a site's files, found beside its assets, to a PDF; the file's bytes.

    Raises `NotPrinted` where the browser fails or takes too long; `to` is then as it was.
    """
    with tempfile.TemporaryDirectory(prefix="standfirst-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site" / path).write_bytes(_sized(path, data, paper))
        made = folder / "made.pdf"
        said = _run([*_command(program, folder), f"--print-to-pdf={made}", _uri(folder, page)])
        data = made.read_bytes() if made.is_file() else b""
    if not data.startswith(b"%PDF-"):
        raise NotPrinted(f"{program} made no PDF" + (f": {said}" if said else ""))
    _replace(to, data)
    return data


def page_count(pdf: bytes) -> int:
    """How many pages a browser's PDF has."""
    return len(_PAGE.findall(pdf))


def _sized(path: str, data: bytes, paper: str) -> bytes:
    """A file of the site; a stylesheet names the paper, for a browser is told it no other way."""
    return data + f"\n@page{{size:{PAPERS[paper]}}}\n".encode() if path.endswith(".css") else data


def _uri(folder: Path, page: str) -> str:
    return (folder / "site" / page).as_uri()


def _command(program: str, folder: Path) -> Iterator[str]:
    yield program
    yield from _QUIET
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "--no-sandbox"  # Chromium refuses root otherwise; the page is ours and without script
    yield f"--user-data-dir={folder / 'profile'}"


def _run(command: list[str]) -> str:
    """Runs a browser to its end, with all that it starts; the last line it complains in."""
    process = None
    try:
        with _undisturbed():
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        said = process.communicate(timeout=SECONDS)[1]
    except subprocess.TimeoutExpired:
        raise NotPrinted(f"{command[0]} has not printed the page in {SECONDS} s") from None
    finally:
        if process is not None:
            _end(process)
    lines = said.decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Lets a signal wait: one that comes while a browser starts would leave it to nobody."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a browser and what it started, whatever ended the waiting for it."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # all have ended
    process.wait()


def _replace(to: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(f".{to.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)  # left by a killed run, or a link that leads elsewhere
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
