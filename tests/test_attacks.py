"""What a stranger's pull request may try: script, links that leave, forged caches, endless work."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from projects import Project, clean, kites
from test_long_pages import real_theme

from standfirst import pdf, plan
from standfirst.build import Site
from standfirst.ledger import write_ledger
from standfirst.link import FactCard, Tie
from standfirst.problem import Place, Places, compiler_text
from standfirst.project import ProjectRefused, engine_digest, read_project
from standfirst.publish import PublishRefused, held, lock
from standfirst.render import facts, render
from standfirst.render.html import relative
from standfirst.render.search import _short_id
from standfirst.render.widths import cut
from standfirst.words import words
from tests.test_cli import run


def written(project: Project, folder: Path) -> Path:
    """The project's files in a folder."""
    for path, data in project.files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    "there",
    ["javascript:alert(1)", "data:text/html,x", "java\tscript:x", "x/../javascript:x", "a:/b/"],
)
def test_no_relative_address_becomes_one_with_a_scheme(there: str) -> None:
    route = "/sections/houses/"
    assert relative(route, route + there).startswith("./")


def test_a_relative_address_without_a_colon_stays_as_it_was() -> None:
    assert relative("/sections/houses/", "/sections/houses/x:y/../z") == "z"
    assert relative("/a/", "/b/x:y") == "../b/x:y"
    assert relative("/a/", "/b/#c:d") == "../b/#c:d"


def test_a_section_cannot_link_to_script_by_the_way_of_its_own_address() -> None:
    project = kites()
    body = "See [this](/sections/houses/javascript:alert(1)) and [this][r] [@acme-1].\n\n"
    body += "[r]: </sections/houses/javascript:alert(2)>\n"
    project.sections["01-houses"] = ({"title": "Houses"}, body)
    _, update = clean(project.files())
    assert not update.problems
    page = update.pages["sections/houses/index.html"]
    assert isinstance(page, bytes) and b'="javascript:' not in page


@pytest.mark.parametrize("name", ["foot", "bound:about", "citing", "coverage-line"])
def test_a_layer_may_bear_any_name(name: str) -> None:
    project = kites()
    project.sources["courier"]["layers"][0]["name"] = name
    _, update = clean(project.files())
    assert not update.problems
    assert not words("en").has(name)


@pytest.mark.parametrize("name", ["content", "seeds", "templates", "content/facts", "seeds/more"])
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, name: str) -> None:
    project = written(kites(small=True), tmp_path / "project")
    outside = tmp_path / "outside"
    outside.mkdir()
    if (project / name).exists():
        (project / name).rename(outside / "there")
    (project / name).symlink_to(outside, target_is_directory=True)
    if name == "content":
        (outside / "content").mkdir()
    with pytest.raises(ProjectRefused, match=f"{name} is a link that leaves its folder"):
        read_project(project)


@pytest.mark.parametrize("target", ["../.git/config", "../mkdocs.yml", "/etc/hosts", "leak.txt"])
def test_a_file_that_is_a_link_may_not_leave_its_folder(tmp_path: Path, target: str) -> None:
    project = written(kites(small=True), tmp_path)
    (project / ".git").mkdir()
    (project / ".git" / "config").write_text("token = secret\n")
    (project / "seeds" / "leak.txt").symlink_to(target)  # the last one leads to itself
    with pytest.raises(ProjectRefused, match=r"seeds/leak\.txt is "):
        read_project(project)


def test_a_link_within_its_folder_is_read(tmp_path: Path) -> None:
    project = written(kites(small=True), tmp_path)
    (project / "seeds" / "again.txt").symlink_to("courier.txt")
    files = read_project(project)
    assert files["seeds/again.txt"] == files["seeds/courier.txt"]


def test_nothing_is_written_through_a_cache_folder_that_is_a_link(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    project.mkdir()
    outside.mkdir()
    (project / ".standfirst").symlink_to(outside, target_is_directory=True)
    with pytest.raises(PublishRefused, match="symbolic link"), lock(project):
        pass
    assert not os.listdir(outside)


def test_a_ledger_that_comes_without_a_site_vouches_for_nothing(tmp_path: Path) -> None:
    project = kites(small=True)
    project.fact("acme-2")["evidence"] = {"almanac": "these words stand nowhere at all"}
    folder = written(project, tmp_path)
    site, files = Site(engine_digest()), read_project(folder)
    site.check(files)
    site._checks.results = dict.fromkeys(site._checks.results, ())  # as if nothing had been found
    site._with_pages(site.check({}))
    forged = site.ledger("")
    assert forged
    write_ledger(folder / ".standfirst" / "ledger.db", forged)
    done = run(folder, "build")
    assert done.returncode == 1
    assert "quote-not-found" in done.stderr
    assert not (folder / "site").exists()


@pytest.mark.parametrize("path", ["a/" * 3000 + "b", "a/" * 300 + "b", "x" * 300])
def test_a_manifest_with_endless_paths_is_a_damaged_one(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    manifest = {"standfirst": 1, "files": {path: "x"}}
    (site / ".standfirst.json").write_text(json.dumps(manifest))
    with pytest.raises(PublishRefused, match="damaged"):
        held(site)


def test_many_problems_of_one_long_text_are_told() -> None:
    """Without a line index kept for the text this takes minutes."""
    project = kites(small=True)
    project.sections["01-houses"] = ({"title": "Houses"}, "[[a|\n" * 10_000)
    files = project.files()
    _, update = clean(files)
    text = files["content/sections/01-houses.md"].decode()
    told = [compiler_text(problem, text) for problem in update.problems]
    assert len(told) >= 10_000


def test_places_in_a_text_of_several_lines() -> None:
    places = Places("f", {(): Place(3, 1, 5, 1, 7)})
    text = "ab\r\ncd\re\nf"
    spans = [places.word((), text, at, at + 1) for at in (0, 4, 7, 9)]
    assert [(s.line, s.column) for s in spans] == [(3, 7), (4, 1), (5, 1), (6, 1)]
    whole = places.word((), text, 0, len(text))
    assert (whole.end_line, whole.end_column) == (6, 2)


@pytest.mark.parametrize(
    "body",
    [
        "[[acme]] [@acme-1]. " * 6_000,
        "\t" * 100_000,
        "`" + "\t" * 100_000 + "` [@acme-1].",
        "[[acme|a" + "\t" * 100_000 + "b]] [@acme-1].",
    ],
    ids=["references", "tabs", "code", "words"],
)
def test_a_long_section_ends(body: str) -> None:
    """What once took minutes, for looking at the rest of the text again and again."""
    project = kites(small=True)
    project.sections["01-houses"] = ({"title": "Houses"}, body)
    clean(project.files())


@pytest.mark.parametrize("turning", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_no_figure_is_read_backwards(turning: str) -> None:
    """Unseen signs are passed over when words are compared; what is shown would be others."""
    project = kites()
    assert project.fact("acme-1")["value"]["figure"] == "4 million"
    project.fact("acme-1")["value"]["figure"] = f"{turning}4 million"
    told = [problem.message for problem in clean(project.files())[1].problems]
    assert told == [f"the character U+{ord(turning):04X} cannot be printed"]


def test_neither_a_seed_nor_a_section_turns_the_words_of_a_page() -> None:
    project = real_theme(kites())
    seed = project.seeds["seeds/courier.txt"]
    project.seeds["seeds/courier.txt"] = seed.replace("4 million kites", "\u202e4 million kites")
    project.lock("courier")
    front, body = project.sections["01-houses"]
    project.sections["01-houses"] = (front, f"{body}\nOf \u202eall \u2067of it [@acme-1].\n")
    update = clean(project.files())[1]
    assert not update.problems
    for path, page in update.pages.items():
        if isinstance(page, bytes) and path.endswith(".html"):
            assert not set("\u202a\u202b\u202c\u202d\u202e\u2067") & set(page.decode()), path


WAYS = ("page", "of", "status", "year", "undated", "kind", "2")
"""What stands in addresses beside ids."""


def test_no_two_pages_have_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever kinds, entities, facts and sections are called, and however long lists are."""
    for rows in ("FACTS", "ENTITIES", "COMPARED", "TIES", "DISPUTES"):
        monkeypatch.setattr(f"standfirst.lists.{rows}", 1)
    for rows in ("LONG", "FEW", "UNDATED"):
        monkeypatch.setattr(f"standfirst.timelines.{rows}", 1)
    for rows in ("FACTS", "FEW_FACTS", "FURTHER", "SLACK", "PASSAGES", "NAMES"):
        monkeypatch.setattr(f"standfirst.pagination.{rows}", 1)
    monkeypatch.setattr("standfirst.printing.MOST", 1)
    project = kites()
    project.settings["plugins"] = [{"standfirst": {"pictures": "true"}}]
    project.theme["picture.svg"] = "<svg/>"
    project.briefing["compare"] = {way: {"measures": ["kites"]} for way in WAYS}
    told = project.fact("wind-1")
    for kind in WAYS:
        project.briefing["kinds"][kind] = {"one": kind, "many": kind}
        project.entities[f"{kind}/{kind}"] = {"name": kind}
        project.entities[f"{kind}/e-{kind}"] = {"name": kind}
        dates: list[dict[str, str]] = [{"date": "2030"}, {"date": "2031", "date_basis": "x"}, {}]
        project.facts[f"{kind}/{kind}"] = [
            {key: told[key] for key in ("text", "status", "evidence")}
            | {"id": f"f{number}-{kind}", "about": [f"e-{kind}"]}
            | date
            for number, date in enumerate(dates)
        ]
        front = {"title": kind}
        project.sections[f"50-{kind}"] = (front, f"Of [[{kind}]] one hears [@f1-{kind}].\n")
    site = Site("engine")
    problems = site.check(project.files()).problems
    assert not problems, problems[:3]
    asked = Counter(page.route for page in plan._pages(site.reader()))
    assert [route for route, count in asked.items() if count > 1] == []
    pages = plan.pages(site.reader())
    paths = [page.path for page in pages]
    assert len(set(paths)) == len(paths) > 400
    assert not {f"{path}/" for path in paths} & {path[: path.rfind("/") + 1] for path in paths}


@pytest.mark.parametrize("kind", ["pagefind", "assets", "print", "search", "pictures"])
def test_no_kind_is_called_like_a_folder_of_the_site(kind: str) -> None:
    project = kites(small=True)
    project.briefing["kinds"][kind] = {"one": "One", "many": "Many"}
    assert [problem.slug for problem in clean(project.files())[1].problems] == ["reserved-name"]


@pytest.mark.parametrize("view", ["print", "relations"])
def test_a_fact_with_many_ties_is_told_once(view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not anew with all of its ties for each of them: that took hours for some thousands."""
    project = kites()
    ties = [{"type": "follows", "to": "cirrus", "what": f"kite {number}"} for number in range(50)]
    project.fact("acme-4")["relations"] = ties
    site = Site("engine")
    assert not site.check(project.files()).problems
    told, shown = facts.tie_view, []

    def tie_view(tie: Tie, *rest: object) -> object:
        shown.append(tie)
        return told(tie, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(facts, "tie_view", tie_view)
    assert isinstance(render(view, () if view == "print" else ("1",), site.reader()), bytes)
    assert 0 < len(shown) < 500


def test_a_pdf_is_not_written_through_a_link(tmp_path: Path) -> None:
    """Whoever guesses the number of the process may have left one under the unfinished name."""
    outside = tmp_path / "outside"
    outside.write_text("as it was")
    for name in ("briefing.pdf", f".briefing.pdf.{os.getpid()}.tmp"):
        (tmp_path / name).symlink_to(outside)
    pdf._replace(tmp_path / "briefing.pdf", b"%PDF-")
    assert outside.read_text() == "as it was"
    assert (tmp_path / "briefing.pdf").read_bytes() == b"%PDF-"
    assert sorted(os.listdir(tmp_path)) == ["briefing.pdf", "outside"]


def test_schemas_are_not_written_through_a_link(tmp_path: Path) -> None:
    project, outside = written(kites(small=True), tmp_path / "project"), tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("as it was")
    (project / "schemas").mkdir()
    (project / "schemas" / "entity.json").symlink_to(outside / "kept")
    assert run(project, "schema").returncode == 0
    assert (outside / "kept").read_text() == "as it was"
    (project / "schemas").rename(tmp_path / "schemas")
    (project / "schemas").symlink_to(outside, target_is_directory=True)
    done = run(project, "schema")
    assert done.returncode and "schemas is a symbolic link" in done.stderr
    assert os.listdir(outside) == ["kept"]


@pytest.mark.parametrize("up", ["..", "%2e%2E", ".%2e", "pics/.."])
@pytest.mark.parametrize("top", ["", "/"])
def test_no_image_of_a_section_leads_out_of_the_site(top: str, up: str) -> None:
    """A browser that prints the site's files would put any picture of its machine into the PDF."""
    project = real_theme(kites())
    body = f"![a sketch]({top}{up}/{up}/{up}/{up}/home/me/private.png) ![kept](/assets/a..b.png)"
    project.sections["01-houses"] = ({"title": "Houses"}, f"Of it {body} one hears [@acme-1].\n")
    update = clean(project.files())[1]
    assert not update.problems
    for path in ("sections/houses/index.html", "print/index.html"):
        page = update.pages[path]
        assert isinstance(page, bytes)
        assert b"private" not in page and b"a sketch" in page
        assert b"assets/a..b.png" in page


def test_a_long_name_is_cut_at_once() -> None:
    """Not a letter at a time, each after a look at all of the rest: that took minutes."""
    assert cut("a" * 1_000_000, 176) == "a" * 17 + "…"
    assert cut("Kites", 176) == "Kites"


def test_an_id_is_told_by_no_words_that_a_browser_may_count_otherwise() -> None:
    """Of a letter that is younger than the tables of one side."""
    fact = FactCard("acme-kites", "acme", "", "", "", (), None, "", None, (), False, None)
    assert _short_id(fact, "Of all their kites") == "-D"
    assert _short_id(fact, "Of\U0003fff0all their kites") == "-kites"
