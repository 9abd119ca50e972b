"""What does not grow with a briefing → seconds: many quotes, long YAML, short commands."""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.corpus import large
from bench.engines import BUILD, ROOT
from bench.figures import Small
from bench.runs import timed
from standfirst.quotes import find_quote, prepare
from standfirst.yamltext import read_yaml

QUOTES = 60_000
LINES = 100_000
_MARK = "    evidence: "


def small(times: int, seed: int) -> Small:
    """The medians of so many runs of each."""
    files = large(QUOTES // 6, 6, seed)
    quotes, seeds = quotes_of(files), seeds_of(files)
    text = long_yaml(files)
    return Small(
        quotes=_median(times, lambda: _clocked(lambda: look_up(quotes, seeds))),
        yaml=_median(times, lambda: _clocked(lambda: read(text))),
        check=_median(times, lambda: _command("check")),
        help=_median(times, lambda: _command("--help")),
    )


def quotes_of(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The first 60,000 quotes of a briefing, each with its source."""
    lines = (line for path, data in files.items() for line in _lines(path, data))
    told = (json.loads(line.removeprefix(_MARK)) for line in lines if line.startswith(_MARK))
    return [quote for evidence in told for quote in evidence.items()][:QUOTES]


def seeds_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The text of each source."""
    found = {path: data for path, data in files.items() if path.startswith("seeds/")}
    return {Path(path).stem: data.decode() for path, data in found.items()}


def look_up(quotes: list[tuple[str, str]], seeds: Mapping[str, str]) -> None:
    """Verifies every quote in its source, of which nothing is known before."""
    ready = {name: prepare(text) for name, text in seeds.items()}
    for source, quote in quotes:
        verdict = find_quote(quote, ready[source]).verdict
        if verdict != "found":
            raise SystemExit(f"{quote!r} is {verdict} in {source}")


def long_yaml(files: Mapping[str, bytes]) -> str:
    """An entity's file of 100,000 lines: the facts of many, one after another."""
    lines = [line for path, data in files.items() for line in _lines(path, data)]
    facts = [line for line in lines if line.startswith(" ")][: LINES - 3]
    head = ['name: "All of them"', 'summary: "Much is said of them."', "facts:"]
    return "\n".join([*head, *facts]) + "\n"


def read(text: str) -> None:
    """Reads YAML with the place of every value and key."""
    document = read_yaml(text, "content/facts/kites/all.yaml")
    if document.problems or document.value is None:
        raise SystemExit(f"the long YAML file: {document.problems[:2]}")


def _lines(path: str, data: bytes) -> list[str]:
    return data.decode().splitlines() if path.startswith("content/facts/") else []


def _clocked(work: Callable[[], None]) -> float:
    """Seconds that work takes, without the collector, as in the command line."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    try:
        work()
        return time.perf_counter() - start
    finally:
        gc.enable()


def _command(word: str) -> float:
    return timed([sys.executable, BUILD, word], ROOT)[0].seconds


def _median(times: int, run: Callable[[], float]) -> float:
    return statistics.median(run() for _ in range(times))
