"""The search's index and list of names: what they hold, how little, and when there are none."""

import gzip
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from standfirst.build import Site
from standfirst.cli import main
from standfirst.evidence import Located
from standfirst.link import Card, FactCard
from standfirst.model import Entity, Section
from standfirst.project import read_project
from standfirst.reader import Reader
from standfirst.render import render
from standfirst.render.folding import folded_words, further_words
from standfirst.render.naming import plain_text
from tests.pages import ROOT, read_page
from tests.projects import Project, clean, kites, replace
from tests.test_cli import project as project  # a fixture


def published(project: Project) -> dict[str, bytes]:
    update = clean(project.files())[1]
    assert not update.problems, update.problems
    return {path: page for path, page in update.pages.items() if isinstance(page, bytes)}


def index_of(project: Project) -> dict[str, Any]:
    return data_of(published(project)["search/index.js"])


def data_of(index: bytes) -> dict[str, Any]:
    """What the first line of the index says; the scripts stand below it."""
    line = index.partition(b"\n")[0]
    found: dict[str, Any] = json.loads(line.removeprefix(b"const data=").removesuffix(b";"))
    return found


def facts_in(index: dict[str, Any]) -> dict[str, list[Any]]:
    """The facts of an index by their whole ids, as the script reads them."""
    facts = {}
    for _, _, entities in index["kinds"]:
        for id_, _, _, own in entities:
            for short, *rest in own:
                words = folded_words(rest[1])
                whole = re.sub("[A-Z]", lambda x, w=words: w[ord(x[0]) - 65], short)  # type: ignore[misc]
                facts[(id_ if whole.startswith("-") else "") + whole] = rest
    return facts


@pytest.fixture(scope="module")
def real() -> tuple[Reader, bytes]:
    """The real briefing, and its index."""
    site = Site("engine")
    site.check(read_project(ROOT))
    index = render("search_index", (), site.reader())
    assert isinstance(index, bytes)
    return site.reader(), index


def test_every_fact_is_in_the_index_under_its_id(real: tuple[Reader, bytes]) -> None:
    """Ids are told by the words of their texts; the real briefing's are all told right."""
    reader, index = real
    facts = facts_in(data_of(index))
    assert set(facts) == set(reader.all(str, "fact-ids"))
    for card in reader.all(FactCard, "facts"):
        assert facts[card.id][1] == plain_text(card.text, reader)


def test_the_index_is_small(real: tuple[Reader, bytes]) -> None:
    """At most 10 kB, compressed, for 7,500 words of names, facts, quotes, summaries, sections;
    and the scripts, which come with it, 3 kB."""
    reader, index = real
    words = words_of_content(reader)
    data, _, scripts = index.partition(b"\n")
    assert len(gzip.compress(data, 9)) <= 10_000 * words / 7_500
    assert 1_000 < len(gzip.compress(scripts, 9)) <= 3_000


def words_of_content(reader: Reader) -> int:
    texts: list[str | None] = []
    for card in reader.all(Card, "entities"):
        entity = reader.one(Entity, "entity", card.id) or Entity()
        texts += [entity.name, *entity.aliases, entity.summary]
    for fact in reader.all(FactCard, "facts"):
        located = reader.one(tuple[Located, ...], "evidence", fact.id) or ()
        texts += [fact.text, *(one.words or one.quote for one in located)]
    for card in reader.all(Card, "sections"):
        section = reader.one(Section, "section", card.id) or Section()
        texts += [section.title, section.summary, section.body]
    return sum(len(plain_text(text, reader).split()) for text in texts)


def test_of_a_quote_the_words_are_kept_that_its_fact_does_not_say() -> None:
    status, text, more = facts_in(index_of(kites()))["borea-2"]
    assert (status, text) == (3, "Of borea it is said that 5 million kites flew.")
    assert more.split() == ["2030", "number", "was"]


def test_a_section_is_found_under_its_headings_and_leads_to_the_facts_it_cites() -> None:
    project = kites()
    front, body = project.sections["02-stuffs"]
    project.sections["02-stuffs"] = (front, f"{body}\n## On thread\n\nSpun [@string-1].\n")
    index = index_of(project)
    first, second = (part for part in index["sections"] if part[0].startswith("stuffs/"))
    assert first[:2] == ["stuffs/", "Stuffs"] and "hears" in first[3]
    assert second[:2] == ["stuffs/#s-on-thread", "Stuffs – On thread"]
    assert second[3] == "spun"
    places = list(places_of(index))
    assert [places[at] for at in second[2]] == ["string-1"]


def places_of(index: dict[str, Any]) -> list[str]:
    """What the numbers in an index count: entities with their facts, in order."""
    whole = iter(facts_in(index))
    places = []
    for _, _, entities in index["kinds"]:
        for id_, _, _, own in entities:
            places += [id_, *(next(whole) for _ in own)]
    return places


def test_where_facts_have_no_pages_each_stands_with_its_entity() -> None:
    facts = facts_in(index_of(kites(small=True)))
    assert facts["acme-2"][3] == "companies/acme/#acme-2"
    assert all(len(rest) == 3 for rest in facts_in(index_of(kites())).values())


@pytest.mark.parametrize(
    ("text", "shown", "words"),
    [
        ("The kites fly", ["Kite"], "fly kites the"),
        ("A kite", ["Kites"], ""),
        ("kite kites", [], "kites"),
        ("of 5 to 12", [], "12 5"),
        ("Vítr. ВІТЕР, вітер", ["vitr"], "вітер"),
        ("风筝很高。", ["风筝"], "风筝很高"),
        ("", [], ""),
    ],
)
def test_further_words(text: str, shown: list[str], words: str) -> None:
    """A word is found by its beginning; the shortest of a Latin text are left out."""
    assert further_words(text, shown) == words


def test_names_stand_from_a_to_z_on_as_many_pages_as_they_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("standfirst.pagination.NAMES", 20)
    project = kites()
    for number in range(20):
        name = f"{'ÄBCЖ'[number % 4]}{number}"
        project.entities[f"ideas/i{number}"] = {"name": name}
    project.theme |= real_theme()
    pages = published(project)
    found = [path for path in pages if path.startswith("search/") and path.endswith(".html")]
    assert sorted(found) == ["search/2/index.html", "search/index.html"]
    first, second = (read_page(pages[path]) for path in sorted(found, reverse=True))
    for page in (first, second):
        assert len([link for link in page.links if link.tag == "a"]) < 20 + 40
    letters = [link.to for link in first.links if "#n" in link.to]
    assert letters[0] == "#n41" and letters[-1] == "2/#n416"
    assert "n41" in first.ids and "n416" in second.ids
    assert b"<loc>https://example.org/kites/search/2/</loc>" in pages["sitemap.xml"]


def real_theme() -> dict[str, str]:
    return {
        path.name: path.read_text()
        for path in (ROOT / "templates").glob("*.*")
        if path.suffix in (".html", ".css", ".js", ".xml", ".txt")
    }


def test_without_search_there_is_nothing_of_it() -> None:
    """No form, no script, no page, no index, and no address of one."""
    project = kites()
    project.theme |= real_theme()
    project.settings["plugins"][0]["standfirst"]["search"] = "off"
    pages = published(project)
    assert not [path for path in pages if "search" in path]
    for path, data in pages.items():
        if path.endswith((".html", ".xml")):
            assert b'role="search"' not in data and b"/search/" not in data, path


def test_with_pagefind_the_own_index_is_not_published() -> None:
    project = kites()
    project.theme |= real_theme()
    project.settings["plugins"][0]["standfirst"]["search"] = "pagefind"
    pages = published(project)
    assert "search/index.html" in pages
    assert pages["search/index.js"].startswith(b"const data=null;")
    assert b"'self' 'wasm-unsafe-eval'" in pages["index.html"]
    assert b"data-pagefind-body" in pages["facts/acme-1/index.html"]
    assert b"data-pagefind-body" not in pages["index.html"]


# From here on in a folder, by the command line.


def said(capsys: pytest.CaptureFixture[str], project: Path, *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--project", str(project), *words])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def ask_for_pagefind(project: Path) -> None:
    replace(project / "mkdocs.yml", '{"standfirst": {', '{"standfirst": {"search": "pagefind", ')


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_no_search_leaves_it_out_for_one_run(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "mkdocs.yml").unlink()
    assert said(capsys, project, "--no-search")[0] == 0
    assert not (project / "site/search").exists()
    assert said(capsys, project)[0] == 0
    assert (project / "site/search/index.js").exists()


def test_pagefinds_index_is_made_once_for_the_same_pages(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is part of the site: in its manifest, mended where damaged, gone where not wanted."""
    ask_for_pagefind(project)
    assert said(capsys, project)[0] == 0
    site = project / "site"
    first = tree(site)
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= first.keys()
    listed = json.loads(first[".standfirst.json"])["files"]
    assert {path for path in first if path.startswith("pagefind/")} <= listed.keys()
    with monkeypatch.context() as without:
        without.setattr(importlib.util, "find_spec", lambda name: None)
        code, out, _ = said(capsys, project)
        assert code == 0 and " 0 written, 0 removed" in out
    fragment = next((site / "pagefind/fragment").iterdir())
    fragment.write_bytes(b"damaged")
    assert said(capsys, project)[0] == 0
    assert tree(site) == first
    entity = project / "content/facts/ideas/wind.yaml"
    entity.write_text(entity.read_text().replace('"Wind"', '"Gale"'))
    assert said(capsys, project)[0] == 0
    assert tree(site).keys() != first.keys()
    assert said(capsys, project, "--no-search")[0] == 0
    assert not (site / "pagefind").exists()


def test_pagefind_heeds_no_configuration_of_the_project(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One could name a file anywhere to be overwritten, or serve the site for ever."""
    ask_for_pagefind(project)
    outside = project.parent / "outside"
    (project / "pagefind.toml").write_text(f'logfile = "{outside}"\n')
    monkeypatch.chdir(project)
    assert said(capsys, project)[0] == 0
    assert not outside.exists()


def test_without_pagefinds_command_it_is_said_what_to_type(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_for_pagefind(project)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    code, _, err = said(capsys, project)
    assert code == 3
    assert 'type: pip install "standfirst[search]"' in err
    assert not (project / "site").exists()


def test_a_large_index_is_told_of(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line, beside the last, and no problem."""
    monkeypatch.setattr("standfirst.report._LARGE_INDEX", 100)
    code, out, err = said(capsys, project)
    assert (code, err) == (0, "")
    advice, last = out.splitlines()
    assert "search: pagefind" in advice and last.startswith("built ")
    assert "pagefind" not in said(capsys, project)[1]
