"""The site's pages → the files of Pagefind's index, as its command makes them.

The command is run on a copy of the pages in a folder of its own, never on the site. Nothing else
here is known of Pagefind but which of its files a page asks for.
"""

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from standfirst.ledger import digest
from standfirst.publish import Held
from standfirst.refused import Missing

FOLDER = "pagefind/"
_FRONTS = ("-ui.js", "-ui.css", "-highlight.js")
"""Pagefind's own fronts, in place of which stands the site's."""


class BundleMissing(Missing):
    """Pagefind's command is not there, or fails; the message says what to do."""


def bundle(
    pages: Mapping[str, bytes | str], held: Held, site_dir: Path, known: str
) -> tuple[Mapping[str, bytes | str], str]:
    """The index of these pages: path → bytes, or → the digest of what lies in the site already;
    and a mark of it. Where `known` is that mark, the index that lies there is the right one.

    Raises `BundleMissing` where there is no command, and `OSError`.
    """
    html = {path: page for path, page in pages.items() if path.endswith(".html")}
    there = {path: known for path, known in held.files.items() if path.startswith(FOLDER)}
    if known and known == _mark(html, there):
        return there, known
    found = made({path: _bytes(page, site_dir / path) for path, page in html.items()})
    return found, _mark(html, found)


def made(html: Mapping[str, bytes]) -> dict[str, bytes]:
    """What Pagefind's command makes of pages; the same for the same pages."""
    if importlib.util.find_spec("pagefind") is None:
        raise BundleMissing(
            "search: pagefind needs Pagefind's command, which is not installed; "
            'type: pip install "standfirst[search]"'
        )
    with tempfile.TemporaryDirectory(prefix="standfirst-") as folder:
        site, out = Path(folder, "site"), Path(folder, "out")
        for path, data in html.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        _run(Path(folder), "--site", str(site), "--output-path", str(out))
        files = (path for path in out.rglob("*") if path.is_file())
        return {
            FOLDER + path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(files)
            if not path.name.endswith(_FRONTS)
        }


def _run(folder: Path, *words: str) -> None:
    # -P: a folder of the project that happens to be called pagefind is not the package. Nor is a
    # pagefind.toml of the project's read, which could name a log file anywhere, or serve for ever.
    command = [sys.executable, "-P", "-m", "pagefind", *words]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise BundleMissing(
            f"Pagefind's command failed: {said[-1] if said else done.returncode}; "
            'type: pip install --force-reinstall "standfirst[search]", or set search: index'
        )


def _bytes(page: bytes | str, path: Path) -> bytes:
    return page if isinstance(page, bytes) else path.read_bytes()


def _mark(html: Mapping[str, bytes | str], found: Mapping[str, bytes | str]) -> str:
    """A digest of the pages, of what was made of them, and of the maker's version."""
    try:
        lines = [metadata.version("pagefind")]
    except metadata.PackageNotFoundError:
        lines = [""]
    for path, data in sorted({**html, **found}.items()):
        lines.append(f"{path} {data if isinstance(data, str) else digest(data)}")
    return digest("\n".join(lines).encode())
