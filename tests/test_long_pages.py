"""Pages by how much there is to tell: an entity's further pages, and entities side by side."""

import csv
import io
import re
from typing import Any

import pytest

from standfirst.lists import COMPARED
from standfirst.pagination import (
    FACTS,
    FEW_FACTS,
    FEW_MENTIONS,
    FURTHER,
    LINES,
    MENTIONS,
    SLACK,
    entity_pages,
)
from tests.projects import Project, clean, kites, readers_theme, sentence


def real_theme(project: Project) -> Project:
    """The project with the theme that readers see."""
    project.theme = readers_theme()
    return project


def with_facts(count: int, **briefing: object) -> Project:
    """A briefing in which one entity has so many facts, all in one source."""
    project = real_theme(kites())
    project.briefing.update(briefing)
    facts: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        text = f"Of rook it is said that {number + 3} million kites flew."
        quote = sentence("rook", number)
        fact = {"id": f"rook-{number}", "text": text, "status": "stated"}
        facts.append(fact | {"evidence": {"rooks": quote}})
    project.entities["companies/rook"] = {"name": "Rook"}
    project.facts["companies/rook"] = facts
    seed = "\n".join(sentence("rook", number) for number in range(1, count + 1)) + "\nNo more.\n"
    project.seeds["seeds/rooks.txt"] = seed
    project.sources["rooks"] = {"title": "Rooks", "seed": "seeds/rooks.txt", "language": "en"}
    project.lock("rooks")
    return project


def pages_of(project: Project) -> dict[str, str]:
    update = clean(project.files())[1]
    assert not update.problems, update.problems
    texts = {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
    return {path: page.decode() for path, page in texts.items() if path.endswith((".html", ".csv"))}


def facts_on(page: str) -> list[str]:
    return re.findall(r'<li id="(rook-\d+)">', page)


@pytest.mark.parametrize("count", [0, 1, FACTS, FACTS + SLACK, FACTS + SLACK + 1, 100, 400])
def test_each_fact_of_an_entity_stands_on_one_of_its_pages(count: int) -> None:
    pages = pages_of(with_facts(count))
    found = [path for path in pages if re.fullmatch(r"companies/rook/(\d+/)?index.html", path)]
    order = sorted(found, key=lambda path: int((re.findall(r"\d+", path) or [1])[0]))
    told = [facts_on(pages[path]) for path in order]
    assert [id_ for ids in told for id_ in ids] == [f"rook-{n}" for n in range(1, count + 1)]
    first = pages[order[0]]
    whole = first.count('<p class="says">')
    assert whole == (count if count <= FACTS + SLACK else FEW_FACTS)
    assert len(told[0]) == min(count, max(whole, FEW_FACTS + LINES))
    assert all(0 < len(ids) <= FURTHER for ids in told[1:])
    left = count - len(told[0])
    assert (f"{left} further facts" in first) == (len(order) > 1) == (left > 0)


def test_a_fact_without_a_page_is_linked_where_it_stands() -> None:
    """On the page of its entity that has it; a key point stands on the first."""
    pages = pages_of(with_facts(100, fact_pages="false", key_points=["rook-1", "rook-98"]))
    assert 'href="companies/rook/#rook-1"' in pages["index.html"]
    assert 'href="companies/rook/#rook-98"' in pages["index.html"]
    (route,) = re.findall(r'href="../(companies/rook/\d/)#rook-99"', pages["facts/index.html"])
    assert "rook-99" in facts_on(pages[f"{route}index.html"])


def test_mentions_follow_the_facts_over_the_pages() -> None:
    project = with_facts(60)
    for fact in project.facts["companies/rook"]:
        fact["text"] = fact["text"].replace("kites", "kites of [[wind]]")
    site, update = clean(project.files())
    assert not update.problems
    first, second, *further = entity_pages("ideas", "wind", site.reader())
    assert len(first.mentions) == MENTIONS > FEW_MENTIONS
    assert second.route == "/ideas/wind/2/"
    told = [one for page in (first, second, *further) for one in page.mentions]
    assert len(told) == len(set(told)) > 60
    assert len([page for page in update.pages if page.startswith("ideas/wind/")]) == 1 + len(
        [second, *further]
    )


def compared(**changes: object) -> dict[str, str]:
    project = real_theme(kites())
    compare = {"measures": ["kites 1"], "relations": ["sells-to", "follows"]} | changes
    project.briefing["compare"] = {"companies": compare}
    return pages_of(project)


def rows_of(page: str) -> dict[str, list[str]]:
    """The cells of each entity as plain words."""
    rows = re.findall(r'<tr>\s*<th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    return {
        words(head).split(" Not in")[0]: [
            words(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.S)
        ]
        for head, cells in rows
    }


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_cell_says_what_the_sources_say_or_that_they_do_not() -> None:
    page = compared()["compare/companies/index.html"]
    none = "not in the sources"
    assert rows_of(page) == {
        "Acme": ["4 million 1 Stated 2030", "Borea 1 Stated", none],
        "Borea": ["4 million 2 Stated about 2030", none, none],
        "Cirrus": ["4 million 3 Stated 2030", none, none],
    }
    assert 'id="e3"' in page
    assert 'id="e4"' not in page


def test_a_tie_of_a_denied_fact_fills_no_cell_and_the_silent_are_named() -> None:
    page = compared(measures=[])["compare/companies/index.html"]
    assert list(rows_of(page)) == ["Acme"]
    silent = words(page[page.index("The sources give nothing") :].split("</p>")[0])
    assert silent.endswith("on Borea , Cirrus")


def test_a_tie_whose_words_are_the_same_both_ways_is_read_from_both_ends() -> None:
    project = real_theme(kites())
    project.briefing["relations"]["sells-to"] = {"says": "trades with", "back": "trades with"}
    project.briefing["compare"] = {"companies": {"relations": ["sells-to"]}}
    page = pages_of(project)["compare/companies/index.html"]
    assert {name: cells[0][:5] for name, cells in rows_of(page).items()} == {
        "Acme": "Borea",
        "Borea": "Acme ",
    }


def test_the_table_downloads_with_a_line_for_each_thing_a_cell_says() -> None:
    lines = list(csv.DictReader(io.StringIO(compared()["data/compare/companies.csv"])))
    assert [(line["name"], line["column"], line["says"]) for line in lines] == [
        ("Acme", "kites 1", "4 million"),
        ("Acme", "sells to", "Borea"),
        ("Borea", "kites 1", "4 million"),
        ("Cirrus", "kites 1", "4 million"),
    ]
    assert {line["fact"] for line in lines} == {"acme-1", "borea-1", "cirrus-1"}


def test_a_spreadsheet_takes_no_field_for_a_formula() -> None:
    project = real_theme(kites())
    project.entities["companies/acme"]["name"] = "=1+1"
    project.briefing["compare"] = {"companies": {"measures": ["kites 1"]}}
    lines = list(csv.DictReader(io.StringIO(pages_of(project)["data/compare/companies.csv"])))
    assert lines[0]["name"] == "'=1+1"


def test_many_entities_stand_side_by_side_over_several_pages() -> None:
    project = real_theme(kites())
    names = [f"house-{number:03}" for number in range(2 * COMPARED + 20)]
    project.entities |= {f"companies/{name}": {"name": name} for name in names}
    for name in ("acme", names[0], names[-1]):
        fact = {"id": f"{name}-more", "text": "Kites flew.", "status": "stated"}
        value = {"of": "kites 1", "figure": "4 million"}
        project.facts.setdefault(f"companies/{name}", []).append(
            fact | {"value": value, "evidence": {"courier": sentence("acme", 1)}}
        )
    project.briefing["compare"] = {"companies": {"measures": ["kites 1"]}}
    pages = pages_of(project)
    first, second, third = (pages[f"compare/companies/{n}index.html"] for n in ("", "2/", "3/"))
    assert list(rows_of(first)) == ["Acme", "Borea", "Cirrus", names[0]]
    assert list(rows_of(second)) == []
    assert list(rows_of(third)) == [names[-1]]
    assert words(second).count("house-") == COMPARED
    assert 'rel="next" href="2/"' in first
    assert 'rel="prev" href="../"' in second
    assert 'rel="next"' not in third
    lines = list(csv.DictReader(io.StringIO(pages["data/compare/companies.csv"])))
    assert [line["entity"] for line in lines][-2:] == [names[0], names[-1]]
