"""What an edit costs: exactly which pages are rendered and which checks run, edit by edit.

`edits/<name>.txt` lists the pages whose bytes change, those that are rendered for nothing (they
read a key that says more than they show), and the checks. `make test REFRESH=1` writes what is now:
read the diff, for a longer list than before is a step back.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from standfirst.ledger import digest
from standfirst.update import Update
from tests.conftest import golden
from tests.projects import Project, changes, clean, entity_file, kites, readers_theme

Edit = Callable[[Project], object]
FOLDER = Path(__file__).parent / "edits"
BOREA = entity_file("companies/borea")


def of_fact(id_: str, **fields: object) -> Edit:
    return lambda project: project.fact(id_).update(fields)


def of_borea(**fields: object) -> Edit:
    return lambda project: project.entities["companies/borea"].update(fields)


def of_briefing(**fields: object) -> Edit:
    return lambda project: project.briefing.update(fields)


def of_theme(name: str, words: str, others: str) -> Edit:
    def edit(project: Project) -> None:
        assert words in project.theme[name]
        project.theme[name] = project.theme[name].replace(words, others, 1)

    return edit


def of_section(project: Project) -> None:
    front, body = project.sections["02-stuffs"]
    project.sections["02-stuffs"] = (front, body.replace("one hears", "all hear"))


def of_seed(words: str, others: str) -> Edit:
    def edit(project: Project) -> None:
        project.seeds["seeds/almanac.txt"] = project.seeds["seeds/almanac.txt"].replace(
            words, others
        )
        project.lock("almanac")

    return edit


EDITS: dict[str, Edit] = {
    "nothing": lambda project: None,
    "fact-text": of_fact("borea-2", text="Of borea it is said that 5 million kites rose."),
    "fact-status": of_fact("borea-2", status="expected"),
    "fact-bound": lambda project: project.fact("borea-3")["value"].update(bound="about"),
    "fact-note": of_fact("wind-2", note="A remark."),
    "moved-line": lambda project: project.before.update({BOREA: "# Borea\n"}),
    "entity-name": of_borea(name="Boreas"),
    "entity-alias": of_borea(aliases=["Old borea", "North"]),
    "entity-summary": of_borea(summary="Another house [@borea-1]."),
    "briefing-title": of_briefing(title="Kites now"),
    "briefing-standfirst": of_briefing(
        standfirst="[[acme]] still sells kites [@acme-1]. [[borea]] buys [@borea-1]."
    ),
    "briefing-key-points": of_briefing(key_points=["acme-1"]),
    "relation-words": lambda project: project.briefing["relations"]["follows"].update(back="leads"),
    "section": of_section,
    "seed-outside-quotes": of_seed("This is the end", "Here is the end"),
    "source-title": lambda project: project.sources["almanac"].update(title="Almanac"),
    "template-of-one-page": of_theme("timeline.html", "</h1>", " </h1>"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_renders_and_checks_this_and_nothing_else(name: str) -> None:
    before, after = updated(EDITS[name])
    changed = {route for route in after.rendered if is_other(route, before, after)}
    lists = {
        "changed": changed,
        "rendered for nothing": {*after.rendered} - changed,
        "checked": {check.removeprefix("check ") for check in after.checked},
    }
    text = "".join(
        f"{said}:\n" + "".join(f"  {x}\n" for x in sorted(lists[said])) for said in lists
    )
    assert text == golden(FOLDER / f"{name}.txt", text)


def test_every_list_belongs_to_an_edit() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == EDITS.keys()


def test_a_moved_line_runs_no_check_and_an_edit_of_nothing_does_nothing() -> None:
    _, after = updated(EDITS["moved-line"])
    assert after.rendered and not after.checked
    _, after = updated(EDITS["nothing"])
    assert not after.rendered and not after.checked


@pytest.mark.parametrize(
    "edit",
    [
        of_theme("base.html", "</main>", "</main >"),
        of_briefing(as_of="2031-06-01"),
        lambda project: project.settings.update(site_name="Kites of old"),
        lambda project: project.briefing["kinds"]["ideas"].update(many="Thoughts"),
    ],
    ids=["frame", "date", "site's name", "kind's name"],
)
def test_what_every_page_shows_renders_every_page(edit: Edit) -> None:
    before, after = updated(edit)
    changed = {route for route in after.rendered if is_other(route, before, after)}
    assert changed >= {path_route(path) for path in after.pages if path.endswith(".html")}


def test_a_macro_renders_the_pages_that_use_its_file() -> None:
    _, after = updated(of_theme("parts.html", "{% endmacro %}", "<!-- -->{% endmacro %}"))
    pages = {path_route(path) for path in after.pages if path.endswith(".html")}
    assert set(after.rendered) <= pages
    assert {"/", "/timeline/", "/facts/acme-1/", "/companies/acme/"} <= set(after.rendered)
    assert not after.checked


def test_a_style_gets_another_address_and_every_page_with_it() -> None:
    before, after = updated(of_theme("style.css", "{", "{ "))
    gone, new = before.pages.keys() - after.pages.keys(), after.pages.keys() - before.pages.keys()
    assert [path.partition("-")[0] for path in (*gone, *new)] == ["assets/style"] * 2
    pages = {path for path in after.pages if path.endswith(".html")}
    assert {*after.rendered} == {*map(path_route, pages | new)}
    assert not after.checked


def test_a_new_entity_and_a_gone_one_make_and_take_pages() -> None:
    def add(project: Project) -> None:
        project.entities["ideas/calm"] = {"name": "Calm"}

    before, after = updated(add)
    assert after.pages.keys() - before.pages.keys() == {
        "api/v1/ideas/calm.json",
        "ideas/calm/index.html",
    }
    assert after.checked == ("entity calm",)

    def remove(project: Project) -> None:
        del project.entities["ideas/string"], project.facts["ideas/string"]

    before, after = updated(remove)
    assert before.pages.keys() - after.pages.keys() == {
        "api/v1/ideas/string.json",
        "facts/string-1/index.html",
        "ideas/string/index.html",
        "timeline/ideas/string/index.html",
    }


def test_a_template_that_a_macro_imports_is_not_kept_after_it_changed() -> None:
    def with_icon(word: str, project: Project) -> Project:
        project.theme["icons.html"] = f"{{% macro icon() %}}{word}{{% endmacro %}}"
        project.theme["more.html"] = (
            '{% import "icons.html" as icons %}{% macro icon() %}{{ icons.icon() }}{% endmacro %}'
        )
        project.theme["about.html"] = '{% import "more.html" as more %}{{ more.icon() }}'
        return project

    site, update = clean(with_icon("one", kites()).files())
    assert update.pages["about/index.html"] == b"one"
    icon = with_icon("two", kites()).files()["templates/icons.html"]
    assert site.update({"templates/icons.html": icon}).pages["about/index.html"] == b"two"
    gone = site.update({"templates/icons.html": None})
    assert {problem.slug for problem in gone.problems} == {"bad-template"}
    assert not gone.pages


def test_numbers_that_are_equal_and_print_differently_are_a_change() -> None:
    project = kites()
    project.fact("wind-2")["value"]["amount"] = "40"
    before = project.files()
    site, _ = clean(before)
    project.fact("wind-2")["value"]["amount"] = "4e1"
    update = site.update(changes(before, project.files()))
    assert set(update.rendered) >= {"/api/v1/facts.json", "/api/v1/ideas/wind.json"}
    assert update.pages == clean(project.files())[1].pages


def test_problems_and_their_mending_leave_nothing_to_render() -> None:
    """Pages that nothing has changed for survive an update that has problems."""
    project = kites()
    site, _ = clean(project.files())
    assert site.update({BOREA: b"name: {\n"}).problems
    update = site.update({BOREA: project.files()[BOREA]})
    assert not update.problems
    assert "/facts/wind-2/" not in update.rendered
    assert update.pages == clean(project.files())[1].pages


def updated(edit: Edit) -> tuple[Update, Update]:
    """A project in the real theme before and after an edit."""
    project = kites()
    project.theme = readers_theme()
    files = project.files()
    site, before = clean(files)
    assert not before.problems
    edit(project)
    after = site.update(changes(files, project.files()))
    assert not after.problems
    return before, after


def is_other(route: str, before: Update, after: Update) -> bool:
    path = route.lstrip("/") + ("index.html" if route.endswith("/") else "")
    page, other = before.pages.get(path, b""), after.pages[path]
    assert isinstance(page, bytes) and isinstance(other, bytes)
    return digest(page) != digest(other)


def path_route(path: str) -> str:
    return "/" + path.removesuffix("index.html")
