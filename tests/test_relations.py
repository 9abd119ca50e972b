"""The map of relations and an entity's own: what is drawn, where it stands, and on which page."""

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise

import pytest

from standfirst.lists import SLACK, TIES
from standfirst.render.layout import Line, Size, laid_out
from standfirst.render.map import LINES, NAME_WIDTH, NAMES, NEIGHBOURS, WIDTH
from standfirst.render.widths import cut, width_of
from tests.ties import STAGES, Told, crowd, files_of, id_of, tied

RELATIONS = "relations/index.html"
STAR: list[Line] = [(0, leaf) for leaf in range(1, 30)]
SHAPES: dict[str, tuple[int, list[Line]]] = {
    "one-pair": (2, [(0, 1)]),
    "three": (3, [(0, 1), (1, 2)]),
    "star": (30, STAR),
    "chain": (30, [(at, at + 1) for at in range(29)]),
    "all-with-all": (12, list(combinations(range(12), 2))),
    "pairs": (30, [(at, at + 1) for at in range(0, 30, 2)]),
    "two-stars": (20, [(at % 2, at) for at in range(2, 20)]),
}


def sizes_of(count: int, width: int = 0) -> tuple[Size, ...]:
    """Boxes of differing widths, or all of one."""
    return tuple((width or 60 + at * 37 % 150, 26) for at in range(count))


def overlapping(sizes: tuple[Size, ...], at: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Which boxes share a pixel."""
    return [
        (a, b)
        for a, b in combinations(range(len(at)), 2)
        if 2 * abs(at[a][0] - at[b][0]) < sizes[a][0] + sizes[b][0]
        and 2 * abs(at[a][1] - at[b][1]) < sizes[a][1] + sizes[b][1]
    ]


@pytest.mark.parametrize("width", [0, 230], ids=["names", "long-names"])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_two_boxes_overlap_and_none_is_cut(shape: str, width: int) -> None:
    count, lines = SHAPES[shape]
    sizes = sizes_of(count, width)
    layout = laid_out(sizes, tuple(lines), WIDTH)
    assert overlapping(sizes, layout.at) == []
    for (x, y), (wide, high) in zip(layout.at, sizes, strict=True):
        assert x - wide // 2 >= 0 and x + wide // 2 <= WIDTH
        assert y - high // 2 >= 0 and y + high // 2 <= layout.height


def test_nothing_to_lay_out_takes_no_room() -> None:
    assert laid_out((), (), WIDTH).height == 0


PRINTED = """
from tests.ties import crowd, files_of
import hashlib
print(hashlib.sha256(files_of(crowd(60, 90))["relations/index.html"]).hexdigest())
"""


def test_the_same_ties_make_the_same_bytes() -> None:
    """Whatever order the process gives to sets."""
    found = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", PRINTED]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1 and len(found.pop()) == 65


def drawn(page: str) -> str:
    """The map on a page, or nothing."""
    found = re.search(r'<figure class="map">.*?</figure>', page, re.DOTALL)
    return found[0] if found else ""


def names_in(figure: str) -> list[str]:
    """The routes of the names in a drawing."""
    return re.findall(r'<a href="\.\./([a-z]+/e\d+/)"', figure)


def line_of(figure: str, words: str) -> str:
    """The one line of a map that tells these words."""
    (line,) = (one for one in re.findall(r"<g>(.*?)</g>", figure, re.DOTALL) if words in one)
    return str(line)


def table_in(page: str) -> list[tuple[str, str]]:
    """The ends of the ties in a page's table, by their addresses."""
    ties = []
    for body in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
        start = re.search(r'<th[^>]*><a href="([^"]+)"', body)
        assert start
        ends = re.findall(r'data-label="To"><a href="([^"]+)"', body)
        ties += [(start[1].rstrip("/"), end.rstrip("/")) for end in ends]
    return [(a.rpartition("/")[2], b.rpartition("/")[2]) for a, b in ties]


def test_one_entity_without_ties_has_no_map() -> None:
    page = files_of(tied(["Acme"], []))[RELATIONS].decode()
    assert not drawn(page)
    assert "No fact of this briefing ties two entities." in page


def test_a_tie_of_an_entity_with_itself_stands_in_the_table_alone() -> None:
    files = files_of(tied(["Acme", "Borea"], [(0, 0, "", "stated")]))
    page = files[RELATIONS].decode()
    assert not drawn(page)
    assert table_in(page) == [("e0", "e0")]
    assert b'class="near"' not in files["houses/e0/index.html"]


def test_what_is_not_tied_together_is_drawn_apart() -> None:
    """Two parts, each with its lines; whoever has no tie is not drawn."""
    ties: list[Told] = [(0, 1, "early", "stated"), (1, 2, "", "stated"), (3, 4, "", "stated")]
    figure = drawn(files_of(tied("ABCDEF", ties))[RELATIONS].decode())
    assert sorted(names_in(figure)) == [
        "houses/e0/", "houses/e3/", "ideas/e2/", "kites/e1/", "kites/e4/",
    ]  # fmt: skip
    assert figure.count("<g>") == 3
    assert "The 5 entities that are tied to another." in figure


@pytest.mark.parametrize("stage", STAGES)
def test_a_line_is_drawn_by_its_stage(stage: str) -> None:
    """And the key of the map tells the ones that are drawn, and no others."""
    figure = drawn(files_of(tied("AB", [(0, 1, stage, "stated")]))[RELATIONS].decode())
    looks = re.findall(r'<path class="([^"]+)" d="M\d+ \d+[LH]', figure)
    assert looks[0] == f"tie {stage}".strip()
    told = stage.replace("-", " ") or "no stage told"
    keys = re.findall(r"</svg><span>([^<]+)</span>", figure)
    assert keys == [told, "from the one that acts to the other; no arrow: both ways"]


def test_a_denied_tie_is_crossed_and_a_soft_one_ringed() -> None:
    """By a mark, not by colour alone, and in words; a plan is not drawn like what is so."""
    ties: list[Told] = [(0, 1, "", "denied"), (1, 2, "", "planned"), (2, 3, "", "stated")]
    figure = drawn(files_of(tied("ABCD", ties))[RELATIONS].decode())
    denied, planned, stated = (
        line_of(figure, ends) for ends in ("A flies B", "B meets C", "C meets D")
    )
    assert "cross doubt" in denied and "ring" not in denied
    assert "ring soft" in planned and "cross" not in planned
    assert "ring" not in stated and "cross" not in stated
    assert "<title>Not so, it is said: A flies B (Denial)</title>" in denied
    assert "<title>B meets C (Planned)</title>" in planned
    assert "denied: said not to be so" in figure


def test_ties_between_the_same_two_are_one_line() -> None:
    """It is drawn as the firmest, tells all, and is crossed where one of them is denied."""
    ties: list[Told] = [
        (0, 1, "in-talks", "planned"), (1, 0, "established", "stated"), (0, 1, "", "denied"),
    ]  # fmt: skip
    figure = drawn(files_of(tied("AB", ties))[RELATIONS].decode())
    (line,) = re.findall(r"<g>(.*?)</g>", figure, re.DOTALL)
    assert 'class="tie established"' in line and "cross doubt" in line
    assert line.count(";") == 2
    assert "in talks" in line and "established" in line and "Not so" in line


def test_a_tie_that_reads_alike_from_both_ends_has_no_arrow() -> None:
    """`flies` points from the kite's house to the kite; `meets` points nowhere."""
    ties: list[Told] = [(0, 1, "", "stated"), (1, 2, "", "stated")]
    figure = drawn(files_of(tied("ABC", ties))[RELATIONS].decode())
    flies = line_of(figure, "A flies B")
    assert "marker-end" in flies and "marker-start" not in flies
    assert "marker" not in line_of(figure, "B meets C")


def test_a_long_name_is_cut_where_it_is_drawn_and_whole_in_its_title() -> None:
    name = ("The honourable company of the makers of kites and of all that flies " * 2).strip()
    figure = drawn(files_of(tied([name, "B<b>"], [(0, 1, "", "stated")]))[RELATIONS].decode())
    assert f"<title>{name}</title>The honourable " in figure
    assert "…</a>" in figure
    assert "B&lt;b&gt;</a>" in figure


@pytest.mark.parametrize("name", ["M" * 120, "i" * 120, "本" * 120, "a b " * 30, "Щ" * 40])
def test_a_cut_name_fits(name: str) -> None:
    assert width_of(cut(name, NAME_WIDTH)) <= NAME_WIDTH
    assert cut("Acme", NAME_WIDTH) == "Acme"


@pytest.mark.parametrize("ties", [0, 1, TIES, TIES + TIES // SLACK, TIES + TIES // SLACK + 1, 400])
def test_each_tie_stands_once_in_the_table(ties: int) -> None:
    """However many pages that takes; the map is on the first and draws none that is not told."""
    files = files_of(crowd(60, ties))
    paths = [RELATIONS]
    while (path := f"relations/{len(paths) + 1}/index.html") in files:
        paths.append(path)
    told = [tie for path in paths for tie in table_in(files[path].decode())]
    assert len(told) == ties
    assert all(len(table_in(files[path].decode())) <= TIES + TIES // SLACK for path in paths)
    for before, after in pairwise(paths):
        assert f'rel="next" href="{"../" if before != RELATIONS else ""}' in files[before].decode()
        assert 'rel="prev"' in files[after].decode()
        assert not drawn(files[after].decode())
    ends = {frozenset(tie) for tie in told}
    figure = drawn(files[RELATIONS].decode())
    for title in re.findall(r"<g><title>(.*?)</title>", figure):
        numbers = re.findall(r" (\d+)(?: \(|$| flies| meets)", title)[:2]
        assert frozenset(id_of(int(number)) for number in numbers) in ends


def test_a_crowd_is_drawn_in_part() -> None:
    """So many names and lines and no more, each name with a line; the caption says how many."""
    files = files_of(crowd(200, 600))
    figure = drawn(files[RELATIONS].decode())
    assert 20 <= len(names_in(figure)) <= NAMES
    assert figure.count("<g>") <= LINES
    assert re.search(r"The \d+ most tied of 200 entities, and \d+ of \d+ lines", figure)
    words = " ".join(re.findall(r"<g><title>(.*?)</title>", figure))
    for name in re.findall(r'tabindex="-1">([^<]+)</a>', figure):
        assert name in words


def test_many_pairs_are_drawn_as_pairs() -> None:
    """Where all are tied alike, a name never stands without the one it is tied to."""
    ties: list[Told] = [(at, at + 50, "", "stated") for at in range(50)]
    figure = drawn(files_of(tied((f"N{at}" for at in range(100)), ties))[RELATIONS].decode())
    assert len(names_in(figure)) == NAMES == 2 * figure.count("<g>")


def test_an_entity_is_drawn_with_its_direct_ties() -> None:
    """As many as there is room for, and how many more in words; those who are tied to none, not."""
    ties: list[Told] = [(0, at, "early", "stated") for at in range(1, 12)]
    files = files_of(tied((f"N{at}" for at in range(13)), ties))
    hub = files["houses/e0/index.html"].decode()
    near = re.search(r'<figure class="near" aria-hidden="true"[^>]*>.*?</figure>', hub, re.DOTALL)
    assert near and near[0].count('class="tie early"') == NEIGHBOURS
    assert f"and {11 - NEIGHBOURS} more" in near[0]
    assert near[0].count('tabindex="-1"') == NEIGHBOURS
    assert 'class="tie early"' in files["kites/e1/index.html"].decode()
    assert 'class="near"' not in files["houses/e12/index.html"].decode()
