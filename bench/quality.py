"""A built site → a table of its pages against the bars, and what to do where one is broken.

    python -m bench.quality [--site-dir DIR | --entities N] [--runs N] [--json FILE] [ROUTE ...]

Exits with 1 where a bar is broken that is not a time. Times are the median of several runs beside
a bare page measured in the same sitting; on a busy machine they say little.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.bars import (
    BARS,
    INDEX_BYTES,
    INDEX_WORDS,
    TIMES,
    Fault,
    chosen,
    faults,
    sort_of,
    words_of,
)
from bench.measure import ARGUMENTS, Found, Measure, Measured, Pace, pace, search
from bench.served import files_of, served

BARE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A bare page</title>
<meta name="viewport" content="width=device-width"></head>
<body><h1>A bare page</h1><p>Written by hand, with nothing to fetch.</p></body></html>
"""
BARE_PATH = "bare-page/index.html"

COLUMNS = (
    ("kB", "bytes in all"),
    ("html", "html bytes"),
    ("css", "css bytes"),
    ("js", "script bytes"),
    ("req", "requests"),
    ("3rd", "third parties"),
    ("DOM", "elements"),
    ("axe", "axe, light"),
    ("dark", "axe, dark"),
    ("360", "axe, 360 px"),
    ("wide", "sideways at 360 px"),
    ("320", "sideways at 320 px"),
    ("tab", "Tab stops before the content"),
    ("head", "head on a phone, px"),
)
"""The bars that have a column; the others are told only where they are broken."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints the table, and says whether every bar is kept."""
    asked = _parser().parse_args(arguments)
    files = _files(asked.site_dir, asked.entities)
    routes = asked.routes or chosen(files)
    missing = [route for route in routes if _path(route) not in files]
    if missing:
        print(f"no such page: {', '.join(missing)}", file=sys.stderr)
        return 2
    executable = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if executable is None:
        print("no chromium here: apt install chromium, or name one in CHROMIUM", file=sys.stderr)
        return 3
    with (
        served({**files, BARE_PATH: BARE}) as top,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser,
    ):
        measure = Measure(browser, top)
        measured = [measure(route, files[_path(route)]) for route in routes]
        paces = _paces(browser, top, routes, asked.runs)
        found = search(browser, top, asked.search) if asked.runs else None
    broken = [fault for one in measured for fault in faults(one)]
    for line in _report(measured, paces, found, broken, files):
        print(line)
    if asked.json:
        asked.json.write_text(_json(measured, paces, found, broken))
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality", description="Measures a built site against the bars."
    )
    parser.add_argument("routes", nargs="*", metavar="ROUTE", help="pages; default: the heaviest")
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="the built site")
    parser.add_argument("--entities", type=int, help="measure a made-up briefing of this size")
    parser.add_argument("--runs", type=int, default=3, help="runs for the times; 0: no times")
    parser.add_argument("--search", default="the", help="what is searched for")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser


def _files(folder: Path, entities: int | None) -> Mapping[str, bytes]:
    if entities is not None:
        from bench.corpus import built, large

        return built(large(entities))
    if not folder.is_dir():
        raise SystemExit(f"{folder}/ is not there: build it first (make site)")
    return files_of(folder)


def _path(route: str) -> str:
    return route.lstrip("/") + ("index.html" if route.endswith("/") else "")


def _paces(browser: Browser, top: str, routes: Sequence[str], runs: int) -> list[Pace]:
    """The paces of the bare page and then of each page; empty where no times are wanted."""
    addresses = [top + "bare-page/", *(top + route.lstrip("/") for route in routes)]
    return pace(browser, addresses, runs) if runs else []


def _report(
    measured: Sequence[Measured],
    paces: Sequence[Pace],
    found: Found | None,
    broken: Sequence[Fault],
    files: Mapping[str, bytes],
) -> Iterator[str]:
    timed = "  LCP s  +bare  task" if paces else ""
    yield f"{'page':31}" + "".join(f"{head:>5}" for head, _ in COLUMNS) + timed
    for at, one in enumerate(measured):
        told = _times(paces[at + 1], paces[0]) if paces else ""
        yield f"{_short(one.route):31}" + "".join(_cells(one, broken)) + told
    yield (
        f"{'bar (an entity, any other)':31}"
        + "".join(_limits())
        + (
            f"{TIMES['paint']:7.1f}{TIMES['beside a bare page']:7.1f}{TIMES['longest task']:6.0f}"
            if paces
            else ""
        )
    )
    yield "kB and html, css, js: kilobytes as sent (gzip). ! is broken; times are told, not held."
    if paces:
        yield f"A bare page is painted after {paces[0].paint:.2f} s in the same sitting."
        yield from _searched(found, files)
    yield ""
    yield from _broken(broken)


def _searched(found: Found | None, files: Mapping[str, bytes]) -> Iterator[str]:
    if found is None:
        yield "Search: there is no field for it on the first page."
        return
    words = words_of(files)
    most = max(1, words / INDEX_WORDS) * INDEX_BYTES
    mark = "!" if found.size > most or found.before else ""
    yield (
        f"Search: {found.before} requests before it is asked for, then {found.requests} of "
        f"{found.size / 1000:.1f} kB{mark} (bar {most / 1000:.0f}); first result after "
        f"{found.seconds:.2f} s (bar {TIMES['first result']:.1f})."
    )


def _broken(broken: Sequence[Fault]) -> Iterator[str]:
    """Each broken bar once, with what to do, and the pages that break it."""
    for bar in BARS:
        of_it = [fault for fault in broken if fault.bar is bar]
        if of_it:
            yield f"! {bar.name}: {bar.advice}"
            for fault in of_it:
                yield "  " + str(fault).replace("\n", "\n  ")
    yield f"{len(broken)} bars are broken." if broken else "Every bar is kept."


def _short(route: str) -> str:
    return route if len(route) <= 30 else route[:29] + "…"


def _cells(one: Measured, broken: Sequence[Fault]) -> Iterator[str]:
    bars = {bar.name: bar for bar in BARS}
    for head, name in COLUMNS:
        found = bars[name].count(one)
        number = found if isinstance(found, int | float) else len(found)
        is_broken = any(f.route == one.route and f.bar.name == name for f in broken)
        yield f"{_figure(head, number)}{'!' if is_broken else ''}".rjust(5)


def _limits() -> Iterator[str]:
    bars = {bar.name: bar for bar in BARS}
    for head, name in COLUMNS:
        most = bars[name].most
        limit = most.get("entity", most.get(""))
        yield (_figure(head, limit) if limit is not None else "").rjust(5)


def _figure(head: str, number: float) -> str:
    if head in ("kB", "html", "css", "js"):
        return f"{number / 1000:.1f}" if number < 99_950 else f"{number / 1000:.0f}"
    return f"{number:g}"


def _times(pace: Pace, bare: Pace) -> str:
    beside = pace.paint - bare.paint
    marks = [
        "!" if value > most else " "
        for value, most in zip((pace.paint, beside, pace.task), _TOLD, strict=True)
    ]
    return f"{pace.paint:6.2f}{marks[0]}{beside:6.2f}{marks[1]}{pace.task:5.0f}{marks[2]}"


_TOLD = (TIMES["paint"], TIMES["beside a bare page"], TIMES["longest task"])


def _json(
    measured: Sequence[Measured],
    paces: Sequence[Pace],
    found: Found | None,
    broken: Sequence[Fault],
) -> str:
    pages = [
        asdict(one)
        | {"total": one.total, "sort": sort_of(one.route)}
        | ({"paint": paces[at + 1].paint, "task": paces[at + 1].task} if paces else {})
        for at, one in enumerate(measured)
    ]
    told = [
        {"route": f.route, "bar": f.bar.name, "found": f.found, "most": f.most, "what": f.what}
        for f in broken
    ]
    bare = {"paint": paces[0].paint, "task": paces[0].task} if paces else None
    searched = asdict(found) if found else None
    whole = {"pages": pages, "bare": bare, "search": searched, "broken": told}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
