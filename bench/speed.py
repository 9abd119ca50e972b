"""One briefing, several engines → bench/RESULTS.md: what each takes, side by side, and each goal.

Every run is a process of its own, timed from outside, the engines by turns. It is no test: times
are of one machine on one day, and what is worth keeping are the ratios.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.engines import Engine, checked, differences, engines, hugo, state, unequal
from bench.figures import ALL, COLD, EDIT, HUGO, OURS, SORTS, Run, Size, Took
from bench.goals import goals
from bench.plot import plot
from bench.rivals import routes_of, words_of
from bench.runs import peak, timed
from bench.servers import served
from bench.small import small
from bench.tables import of_growth, of_size, verdicts

WATCHED = 3
"""So many runs, at most, to see memory."""
FEWEST = 3
"""So many runs, at least, of edits: the first one after a cold build is not like the others."""
_RENDERED = re.compile(r"\((\d+) rendered")


class Book:
    """What the runs of every engine took so far, and the number of the last edit."""

    def __init__(self, all_: Sequence[Engine]) -> None:
        self.engines = all_
        self.runs: dict[str, dict[str, list[Run]]] = {one.name: {} for one in all_}
        self.peaks: dict[str, dict[str, list[float]]] = {one.name: {} for one in all_}
        self.rendered: dict[str, int] = {}
        self.edits = 0

    def measure(self, times: int) -> None:
        """Each sort of run so many times for its time, then its memory, the engines by turns."""
        for sort in SORTS:
            timed = times if sort == COLD else max(times, FEWEST)
            for number in range(timed + min(timed, WATCHED)):
                self.edits += sort == EDIT
                for engine in self.engines:
                    self._prepare(engine, sort)
                    self._time(engine, sort) if number < timed else self._watch(engine, sort)

    def took(self) -> dict[str, Took]:
        """All of it, by engine."""
        found = {}
        for engine in self.engines:
            name, rendered = engine.name, self.rendered.get(engine.name, 0)
            pages = engine.published()
            found[name] = Took(name, self.runs[name], self.peaks[name], pages, rendered)
        return found

    def _prepare(self, engine: Engine, sort: str) -> None:
        if sort == COLD:
            engine.clean()
        elif sort == EDIT:
            engine.edit(self.edits)

    def _time(self, engine: Engine, sort: str) -> None:
        run, said = timed(engine.command, engine.folder)
        self.runs[engine.name].setdefault(sort, []).append(run)
        if sort == EDIT and (found := _RENDERED.search(said)):
            self.rendered[engine.name] = int(found[1])

    def _watch(self, engine: Engine, sort: str) -> None:
        most = peak(engine.command, engine.folder)
        self.peaks[engine.name].setdefault(sort, []).append(most)


def measured(top: Path, entities: int, seed: int, times: int) -> Size:
    """Everything of one size, in a folder that is empty before."""
    all_ = engines(top, entities, seed)
    named = {one.name: one for one in all_}
    book = Book(all_)
    book.measure(times)
    files = {**named[OURS].files, **named[OURS].edited(book.edits)}
    routes, texts = list(routes_of(files)), list(words_of(files))
    checked(all_, routes, texts, book.edits)
    touched = {name: touched_by(named[name]) for name in (OURS, ALL)}
    compared = {
        name: unequal(named[name], book.edits, top / f"clean {name}") for name in (OURS, ALL)
    }
    return Size(
        entities,
        len(routes),
        len(texts),
        book.took(),
        served([named[HUGO], named[OURS]], max(times, FEWEST), book.edits + 1),
        sum(count for count, _ in compared.values()),
        {name: names for name, (_, names) in compared.items()},
        touched,
    )


def touched_by(engine: Engine) -> list[str]:
    """What a build writes although nothing has changed."""
    before = state(engine)
    timed(engine.command, engine.folder)
    return differences(before, state(engine))


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


def sized(words: str, runs: int) -> tuple[int, int]:
    """A number of entities, and how many runs: those typed after a colon, or as many as of all."""
    entities, _, typed = words.partition(":")
    return int(entities), int(typed or runs)


def main() -> None:
    """Measures the engines at each size, and writes RESULTS.md and cost.svg."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=main.__doc__)
    parser.add_argument("sizes", nargs="*", help="how many entities, or ENTITIES:RUNS (1000)")
    parser.add_argument("--runs", type=int, default=5, help="of each, for the median (5)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another briefing")
    parser.add_argument("--into", type=Path, default=Path("bench"), help="the folder (bench)")
    asked = parser.parse_args()
    began, sizes = machine(), []
    for entities, runs in sorted(sized(one, asked.runs) for one in asked.sizes or ["1000"]):
        with tempfile.TemporaryDirectory(prefix="bench-") as top:
            sizes.append(measured(Path(top), entities, asked.seed, runs))
        print(of_size(sizes[-1]), flush=True)
    found = verdicts(goals(sizes, small(asked.runs, asked.seed)))
    print(found)
    about = _ABOUT.format(machine=began, watched=WATCHED)
    parts = ["# Speed\n", about, "## The goals\n", found]
    if len(sizes) > 1:
        (asked.into / "cost.svg").write_text(plot(sizes))
        parts += ["![Seconds against entities, by engine](cost.svg)\n", of_growth(sizes)]
    (asked.into / "RESULTS.md").write_text("\n".join([*parts, *map(of_size, sizes)]))


_ABOUT = """Measured by `make bench` on {machine}.

Medians of so many runs as each size says, every run a whole process, the engines by turns on the
same content; in brackets the ratio to Hugo. Standfirst checks every quote, figure and reference,
writes its site whole or not at all, and spreads long lists over more pages than the others. In the
column *Standfirst* its settings leave out what it publishes beyond their pages; *in full* it
publishes all that it does by default but the pictures for links. Hugo and the loop print dates as
typed; Hugo's links are written out beforehand.

Memory is the median of further runs (as many, at most {watched}), which were not timed: the
proportional sizes of a process and all that it started, added up every 20 ms, so that what workers
share counts once; and no less than the largest of them ever held. Hugo is one process with threads,
Standfirst one with forked workers.

The servers were started by turns, as often, on folders that had been built before, and
three edits were saved after each start; one entity's page was asked for a millisecond after each
answer. Hugo's holds its pages in memory, too, and after an edit renders only what was looked at.
"""


if __name__ == "__main__":
    main()
