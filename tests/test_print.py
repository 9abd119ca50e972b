"""The whole briefing on one page: its endnotes, the ways to them and back, and where it ends."""

import re
from collections import Counter

import pytest

from standfirst import printing
from tests.pages import Page, read_page
from tests.projects import Project, clean, kites
from tests.test_long_pages import real_theme, with_facts

PRINT = "print/index.html"


def printed(project: Project) -> dict[str, str]:
    """The pages made for print, by path."""
    update = clean(project.files())[1]
    assert not update.problems, update.problems
    pages = {path: page for path, page in update.pages.items() if path.startswith("print/")}
    return {path: page.decode() for path, page in pages.items() if isinstance(page, bytes)}


def ids_of(project: Project) -> list[str]:
    return [fact["id"] for facts in project.facts.values() for fact in facts]


def numbers(page: Page) -> list[int]:
    """The numbers of a page's endnotes, in order."""
    return [int(id_[1:]) for id_ in page.ids if re.fullmatch(r"e\d+", id_)]


def marks(page: Page) -> list[str]:
    """The places of a page where a number stands, in order."""
    return [id_ for id_ in page.ids if re.fullmatch(r"r\d+-\d+", id_)]


def test_every_fact_has_one_endnote_and_its_quotes_stand_there() -> None:
    project = real_theme(kites())
    html = printed(project)[PRINT]
    assert numbers(read_page(html.encode())) == list(range(1, len(ids_of(project)) + 1))
    notes = html[html.index('id="Notes"') : html.index('id="Sources"')]
    for id_ in ids_of(project):
        for quote in project.fact(id_)["evidence"].values():
            assert f">{quote}</q>" in notes, id_


def test_numbers_run_in_the_order_of_the_text() -> None:
    """A fact has the number it gets where it is first cited, and keeps it."""
    page = read_page(printed(real_theme(kites()))[PRINT].encode())
    first = list(dict.fromkeys(mark[1:].partition("-")[0] for mark in marks(page)))
    assert first == [str(number) for number in numbers(page)]


def test_every_number_leads_to_its_note_and_back() -> None:
    html = printed(real_theme(kites()))[PRINT]
    page = read_page(html.encode())
    assert len(marks(page)) > 2 * len(numbers(page))
    for mark in marks(page):
        number = mark[1:].partition("-")[0]
        assert f'<a id="{mark}" href="#e{number}">{number}</a>' in html
        note = html[html.index(f'<li id="e{number}">') :]
        assert f'href="#{mark}"' in note[: note.index("</li>")]


def test_ids_are_unique_whatever_they_are_called() -> None:
    """Sections with the same headings, an entity called as a note is: no anchor is taken twice."""
    project = real_theme(kites())
    project.entities["ideas/e1"] = {"name": "A note"}
    project.facts["ideas/e1"] = []
    for name, (front, body) in project.sections.items():
        project.sections[name] = (front, f"## Notes\n\n[Up](#s-notes), [out](x/): {body}")
    page = read_page(printed(project)[PRINT].encode())
    assert [id_ for id_, count in Counter(page.ids).items() if count > 1] == []
    assert {"s1-notes", "s2-notes", "On-e1"} <= set(page.ids)
    assert "#s2-notes" in {link.to for link in page.links}


def test_it_leads_within_itself_and_to_the_sources() -> None:
    """In a saved file no other page is at hand: what leads to one is words."""
    project = real_theme(kites())
    project.sources["courier"]["url"] = "https://example.org/courier"
    html = printed(project)[PRINT]
    page = read_page(html[html.index("<main") : html.index("</main>")].encode())
    assert {link.to for link in page.links if link.to[0] != "#"} == {"https://example.org/courier"}
    assert {link.to[1:] for link in page.links if link.to[0] == "#"} <= set(page.ids)


def test_the_parts_stand_in_order() -> None:
    page = read_page(printed(real_theme(kites()))[PRINT].encode())
    parts = ["Contents", "Key", "S1", "S2", "S3", "Kind-companies", "Kind-ideas", "Timeline"]
    parts += ["Relations", "Disputes", "Notes", "Sources", "From-almanac", "From-courier"]
    assert [id_ for id_ in page.ids if id_ in parts] == parts


def test_headings_of_sections_are_a_level_lower() -> None:
    project = real_theme(kites())
    front, body = project.sections["01-houses"]
    project.sections["01-houses"] = (front, f"## Within\n\n{body}\n### Deeper\n\n{body}")
    html = printed(project)[PRINT]
    assert '<h3 id="s1-within">Within</h3>' in html
    assert '<h4 id="s1-deeper">Deeper</h4>' in html


def test_a_figure_and_its_citation_are_one_mark() -> None:
    """Side by side they would be the same number twice; elsewhere each has its own."""
    project = real_theme(kites())
    front, _ = project.sections["01-houses"]
    body = "There were [[acme-1]] [@acme-1], then [[acme-1]], says one [@acme-1].\n"
    project.sections["01-houses"] = (front, body)
    html = printed(project)[PRINT]
    told = html[html.index('id="S1"') :].partition("</section>")[0]
    assert re.sub(r"<[^>]+>", "", told).split("Houses")[1].split() == (
        ["There", "were", "4", "million1,", "then", "4", "million1,", "says", "one1."]
    )
    assert len(marks(read_page(told.encode()))) == 3


def test_a_long_briefing_is_printed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then `/print/` has what is cited; each fact has a note on one further page, and no page
    holds more than it may, even of one entity."""
    monkeypatch.setattr(printing, "MOST", 10)
    project = with_facts(35)
    pages = printed(project)
    assert sorted(pages) == sorted(
        [PRINT, "print/ideas/index.html", "print/companies/index.html"]
        + [f"print/companies/{number}/index.html" for number in (2, 3, 4, 5)]
    )
    found = [numbers(read_page(page.encode())) for path, page in pages.items() if path != PRINT]
    assert sum(len(notes) for notes in found) == len(ids_of(project))
    assert max(len(notes) for notes in found) == 10
    whole = pages[PRINT]
    assert 0 < len(numbers(read_page(whole.encode()))) < len(ids_of(project))
    assert 'id="Kind-companies"' not in whole
    assert all(f'href="{path[6:-10]}"' in whole for path in pages if path != PRINT)


def test_every_page_leads_to_it() -> None:
    update = clean(real_theme(kites()).files())[1]
    for path, page in update.pages.items():
        if path.endswith("/index.html") and isinstance(page, bytes):
            assert b"Print or save the whole briefing</a>" in page, path


def plain(html: str) -> str:
    """What a stretch of a page says, its numbers left out."""
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", html)).split())


def on(id_: str, html: str) -> str:
    """What the printed page tells under the heading with this id."""
    return html[html.index(f'id="{id_}"') :].partition("</section>")[0]


def test_a_key_figure_has_its_status_its_doubt_and_its_date() -> None:
    line = on("On-acme", printed(real_theme(kites()))[PRINT]).partition("Key figures:")[2]
    figures = plain(line.partition("</p>")[0]).split("; ")
    assert figures[:3] == [
        "kites 1 4 million Stated 2030",
        "kites 2 5 million Reported 2030",
        "kites 3 6 million Stated Disputed Doubtful 2030",
    ]


def test_a_condition_stands_wherever_its_fact_is_told() -> None:
    """Without its "if" a fact would say more than its quote."""
    project = real_theme(kites())
    project.briefing["key_points"] = ["borea-1"]
    html = printed(project)[PRINT]
    for id_ in ("Key", "On-borea", "Timeline"):
        assert plain(on(id_, html)).count("On condition: if Wind blows") == 1, id_


def test_what_lies_ahead_stands_apart_from_what_is_past() -> None:
    """As on the timeline: a plan for the year the briefing is of is not among what has been."""
    project = real_theme(kites())
    project.fact("acme-1").update({"date": "2031", "status": "planned"})
    project.fact("acme-3")["date"] = "2031-05"
    for id_ in ("acme-1", "acme-3"):
        project.fact(id_)["date_basis"] = "an editor's reading"
    told = on("Timeline", printed(project)[PRINT])
    years = [part.partition("</h3>") for part in told.split("<h3>")[1:]]
    assert [year for year, _, _ in years] == ["2030", "2031", "Ahead"]
    assert plain(years[-1][2]).count("Planned") == 2
    assert "Planned" not in told.partition("Ahead")[0]
