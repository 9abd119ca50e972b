"""What a command came to → the lines that a person at a terminal reads.

Says nothing itself: the command line prints what is made here.
"""

import gzip
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from standfirst.catalogues import FALLBACK, is_spoken
from standfirst.coverage import percent
from standfirst.problem import Problem, compiler_text

if TYPE_CHECKING:
    from standfirst.update import Update

INDEX = "search/index.js"
"""The index of the site's own search."""
_LARGE_INDEX = 300_000
"""The bytes, compressed, past which a reader had better not fetch it whole."""


def problem_lines(update: "Update", files: Mapping[str, bytes]) -> Iterator[str]:
    """The problems as a compiler prints them, each with an empty line after it."""
    for file, problems in groupby(update.problems, lambda problem: problem.span.file):
        data = files.get(file)
        text = data.decode("utf-8-sig", "replace") if data is not None else None
        for problem in problems:
            yield compiler_text(problem, text) + "\n"
    if update.unchecked:
        places = ", ".join(update.unreadable)
        count = plural(update.unchecked, "reference was", "references were")
        yield f"{count} not checked, because nothing could be read of {places}\n"


def how_many(problems: Sequence[Problem]) -> str:
    """How many problems there are, in how many files."""
    files = len({problem.span.file for problem in problems})
    return f"{plural(len(problems), 'problem')} in {plural(files, 'file')}"


def holdings(update: "Update") -> str:
    """How much the briefing holds: "131 facts, 190 quotes"."""
    counts = update.counts
    return f"{plural(counts.facts, 'fact')}, {plural(counts.quotes, 'quote')}"


def covered(update: "Update") -> str:
    """How much of the sources the facts account for: "coverage 100 %"."""
    return f"coverage {percent(update.counts.coverage)} %"


def foreign_words(language: str | None) -> str:
    """What to know where the pages' own words are not in the briefing's language; else nothing."""
    if is_spoken(language or FALLBACK):
        return ""
    said = f'there is no catalogue for "{language}": the pages\' own words are in English'
    return f"{said} (docs/languages.md)"


def exit_code(problems: Sequence[Problem]) -> int:
    """2 where the configuration is at fault, 1 where the content is."""
    if any(problem.span.file == "mkdocs.yml" for problem in problems):
        return 2
    return 1 if problems else 0


def advice(index: bytes | str | None) -> str:
    """What to set where the site's own index has just been made and is large; else nothing."""
    if not isinstance(index, bytes) or len(index) <= _LARGE_INDEX:
        return ""
    size = len(gzip.compress(index, mtime=0))
    if size <= _LARGE_INDEX:
        return ""
    return (
        f"{INDEX} is {size // 1000} kB compressed, which a reader fetches whole: "
        "consider the plugin's option search: pagefind"
    )


def shown(target: Path, project: Path) -> str:
    """The site's folder as a person would type it."""
    resolved, top = target.resolve(), project.resolve()
    inside = resolved.is_relative_to(top)
    return f"{resolved.relative_to(top).as_posix() if inside else target.as_posix()}/"


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


class Watch:
    """A stop watch: how long each stage took, from the start of the process on."""

    def __init__(self) -> None:
        before = time.process_time()  # what has been loaded took at least this long
        self._began = self._last = time.perf_counter()
        self._began -= before
        self._stage = "start"
        self._seconds = {self._stage: before}

    def begin(self, stage: str) -> None:
        """Ends the stage before, if it is another; one that comes again goes on."""
        if stage != self._stage:
            self._end()
            self._stage = stage
            self._seconds.setdefault(stage, 0.0)

    def total(self) -> float:
        """The seconds since the process began."""
        return time.perf_counter() - self._began

    def table(self) -> str:
        """The stages in the order in which they began, a line each, and the sum."""
        self._end()
        return timings(self._seconds)

    def _end(self) -> None:
        now = time.perf_counter()
        self._seconds[self._stage] += now - self._last
        self._last = now


def timings(seconds: Mapping[str, float]) -> str:
    """Seconds by stage as a table: name, seconds and share, each below the other, and the sum."""
    total = sum(seconds.values())
    rows = [*seconds.items(), ("total", total)]
    width = max(len(stage) for stage, _ in rows)
    return "\n".join(
        f"{stage:<{width}} {took:8.3f} s {100 * took / total if total else 0:4.0f} %"
        for stage, took in rows
    )
