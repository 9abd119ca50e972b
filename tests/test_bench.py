"""What is said of measurements: goals, tables and a plot come of given numbers, never timed."""

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.corpus import built, large
from bench.engines import Engine, differences, plain, state
from bench.figures import ALL, COLD, EDIT, HUGO, LOOP, OURS, SAME, Run, Served, Size, Small, Took
from bench.goals import Goal, goals
from bench.plot import apart, plot
from bench.rivals import editable, edited, route_of, same_pages, told_again
from bench.runs import family, share
from bench.small import long_yaml, look_up, quotes_of, read, seeds_of
from bench.speed import sized
from bench.tables import of_growth, of_size, verdicts

SECONDS: Mapping[str, tuple[float, float, float]] = {
    HUGO: (1.4, 1.4, 1.4),
    LOOP: (4.0, 4.0, 4.0),
    OURS: (0.7, 0.2, 0.08),
    ALL: (1.3, 0.3, 0.1),
}
"""At 1,000 entities: cold, an edit, nothing changed."""
QUICK = Small(quotes=0.9, yaml=2.9, check=0.4, help=0.1)


def took(engine: str, entities: int, times: float = 1) -> Took:
    cold, edit, same = (times * one * entities / 1000 for one in SECONDS[engine])
    runs = {COLD: cold, EDIT: edit, SAME: same}
    memory = entities / (5 if engine == HUGO else 10)
    return Took(
        engine,
        {sort: [Run(one, one), Run(one * 9, one), Run(one / 9, one)] for sort, one in runs.items()},
        {sort: [memory] for sort in runs},
        published=entities + 98,
        rendered=20 * entities // 1000,
    )


def size(entities: int = 1000) -> Size:
    """A size at which every goal is reached but those that are harder for more entities."""
    return Size(
        entities,
        pages=entities + 98,
        texts=270,
        took={engine: took(engine, entities) for engine in SECONDS},
        served={HUGO: Served(HUGO, [2.0], [0.3, 0.1, 0.2]), OURS: Served(OURS, [1.0], [0.03] * 3)},
        compared=4000,
    )


def goal(found: list[Goal], words: str) -> Goal:
    return next(one for one in found if words in one.what)


def test_a_goal_is_reached_up_to_its_bar() -> None:
    found = goals([size()], QUICK)
    assert all(one.is_reached for one in found), found
    slow = replace(size(), took={**size().took, OURS: took(OURS, 1000, 1.21)})
    found = goals([slow], replace(QUICK, help=0.151))
    assert {one.what for one in found if not one.is_reached} == {
        "cold build, the same pages, 1,000 entities",
        "`--help`",
    }


def test_a_larger_briefing_has_a_lower_bar() -> None:
    found = goals([size(10_000)], QUICK)
    assert goal(found, "cold build, the same").bar == "≤ 0.5 × Hugo"
    assert goal(found, "edit of one fact").bar == "≤ 0.08 × Hugo"
    assert not goal(found, "edit of one fact").is_reached
    assert goal(found, "edit shown by the server").bar == "≤ 50 ms"
    assert goal(goals([size(5_000)], QUICK), "edit of one fact").bar == "≤ 0.1 × Hugo"


@pytest.mark.parametrize(
    ("size_", "words"),
    [
        (replace(size(), unequal={OURS: ["index.html"]}), "equals a clean build"),
        (replace(size(), compared=0), "equals a clean build"),
        (replace(size(), touched={ALL: ["site/index.html"]}), "nothing written"),
    ],
)
def test_what_must_be_equal_and_untouched_is_named(size_: Size, words: str) -> None:
    found = goals([size_], QUICK)
    assert [one for one in found if not one.is_reached] == [goal(found, words)]


def test_growth_is_told_of_the_first_and_the_last_size() -> None:
    sizes = [size(), size(5_000), replace(size(10_000), took=dict(size(10_000).took))]
    found = goals(sizes, QUICK)
    grown = [one for one in found if "1,000 to 10,000" in one.what]
    assert len(grown) == 6
    assert all(one.is_reached and one.measured == "1.00 ×" for one in grown)
    slow = replace(sizes[-1], took={**sizes[-1].took, OURS: took(OURS, 10_000, 1.2)})
    found = goals([sizes[0], slow], QUICK)
    assert goal(found, "time of a cold build for an entity, the same").measured == "1.20 ×"
    assert not goal(found, "time of a cold build for an entity, the same").is_reached
    assert goal(found, "memory of a cold build for an entity, the same").is_reached


def test_an_edit_is_held_to_the_pages_that_it_renders() -> None:
    """The same time for as many pages at ten times the size is what is asked for."""
    small, large_ = size(), size(10_000)
    words = "what an edit adds"
    assert goal(goals([small, large_], QUICK), words).measured == "1.00 ×"
    fewer = {**large_.took, OURS: replace(large_.took[OURS], rendered=20)}
    found = goals([small, replace(large_, took=fewer)], QUICK)
    assert goal(found, words).measured == "10.00 ×"


def test_tables_show_medians_beside_the_first_engine() -> None:
    text = of_size(size())
    assert "| cold, s | 1.40 (1.00 ×) | 4.00 (2.86 ×) | 0.70 (0.50 ×) | 1.30 (0.93 ×) |" in text
    assert "| cold, MB at most | 200 (1.00 ×) | 100 (0.50 ×)" in text
    assert "| until an edit is shown, s | 0.200 (1.00 ×) | 0.030 (0.15 ×) |" in text
    assert "| the first edit after a start | 0.300–0.300 | 0.030–0.030 |" in text
    assert "NOT" in of_size(replace(size(), unequal={OURS: ["index.html"]}))
    assert f"| {OURS} | 1.00 × | 1.00 × | 1.00 × | 1.00 × |" in of_growth([size(), size(10_000)])


def test_tables_have_a_cell_for_each_column() -> None:
    told = [of_size(size()), of_growth([size(), size(5_000)]), verdicts(goals([size()], QUICK))]
    for table in re.findall(r"(?:^\|.*\n)+", "\n".join(told), re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_a_verdict_counts_what_is_reached() -> None:
    text = verdicts([Goal("one", "≤ 1 s", "0.5 s", True), Goal("two", "≤ 1 s", "2 s", False)])
    assert text.startswith("1 of 2 goals reached.\n")
    assert "| two | ≤ 1 s | 2 s | **no** |" in text


def test_the_plot_has_a_line_for_each_engine_within_its_frame() -> None:
    drawing = plot([size(), size(5_000), size(10_000)])
    assert drawing == plot([size(), size(5_000), size(10_000)])
    top = ElementTree.fromstring(drawing)
    _, _, width, height = map(float, top.attrib["viewBox"].split())
    points = [one.attrib for one in top.iter() if one.tag.endswith("circle")]
    assert len(points) == 2 * len(SECONDS) * 3
    assert all(0 < float(one["cx"]) < width and 0 < float(one["cy"]) < height for one in points)
    words = " ".join(top.itertext())
    assert all(words.count(f"{engine} ") >= 2 for engine in SECONDS)
    assert "10,000" in words


def test_names_of_lines_keep_apart_and_in_order() -> None:
    places = [50.0, 52.0, 51.0, 200.0]
    moved = apart(places, least=10)
    assert sorted(moved) == pytest.approx([41, 51, 61, 200])
    assert sorted(range(4), key=lambda at: moved[at]) == [0, 2, 1, 3]


def test_an_edit_is_seen_on_the_page_it_is_looked_for_on() -> None:
    files = same_pages(30, seed=1)
    path = editable(files)
    page = route_of(path)[1:] + "index.html"
    for number in (0, 1):
        pages = built({**files, path: edited(files, number, path)})
        assert told_again(number) in plain(pages[page].decode())
        assert told_again(number + 1) not in plain(pages[page].decode())


def test_what_a_build_writes_is_seen(tmp_path: Path) -> None:
    """A file with the same bytes put in the place of another is written, too."""
    engine = Engine(OURS, tmp_path, [], ("site",), {}, "", "/")
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("as it was")
    before = state(engine)
    assert differences(before, state(engine)) == []
    beside = page.with_name("new")
    beside.write_text("as it was")
    beside.replace(page)
    assert "site/index.html" in differences(before, state(engine))


def test_every_quote_is_looked_up() -> None:
    files = large(12)
    quotes, seeds = quotes_of(files), seeds_of(files)
    assert len(quotes) >= 12 * 6
    look_up(quotes, seeds)
    source, quote = quotes[-1]
    with pytest.raises(SystemExit):
        look_up([*quotes, (source, f"{quote} and more")], seeds)


def test_the_long_file_is_read_whole() -> None:
    text = long_yaml(large(12))
    read(text)
    assert text.count("\n") == 3 + sum(text.count(f"\n{lead}") for lead in ("  - ", "    "))
    with pytest.raises(SystemExit):
        read(text + "facts: []\n")


_FORKS = """
import os, sys
held = b"x" * 64_000_000
if os.fork():
    print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is shared")
def test_memory_that_processes_share_counts_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        pids = family(process.pid)
        assert len(pids) == 2
        assert 64_000 < sum(map(share, pids)) < 1.6 * 64_000
        process.communicate()


def test_a_size_may_say_how_often_it_is_run() -> None:
    assert [sized("1000", 5), sized("5000:1", 5)] == [(1000, 5), (5000, 1)]
