"""What an edit costs: exactly which pages are rendered and which checks run, edit by edit.

Each case names the pages whose bytes change, and those that are rendered `for_nothing`: they read
a key that says more than they show. A longer list than before is a step back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from standfirst.build import Update
from standfirst.ledger import digest
from tests.projects import THEME, Project, changes, clean, entity_file, kites


@dataclass(frozen=True)
class Case:
    edit: Callable[[Project], object]
    changed: str = ""
    for_nothing: str = ""
    checks: str = ""


def of_fact(id_: str, **fields: object) -> Callable[[Project], object]:
    return lambda project: project.fact(id_).update(fields)


def of_borea(**fields: object) -> Callable[[Project], object]:
    return lambda project: project.entities["companies/borea"].update(fields)


def of_briefing(**fields: object) -> Callable[[Project], object]:
    return lambda project: project.briefing.update(fields)


def of_theme(name: str, words: str, others: str) -> Callable[[Project], object]:
    def edit(project: Project) -> None:
        assert words in project.theme[name]
        project.theme[name] = project.theme[name].replace(words, others, 1)

    return edit


def of_section(project: Project) -> None:
    front, body = project.sections["02-stuffs"]
    project.sections["02-stuffs"] = (front, body.replace("one hears", "all hear"))


def of_seed(words: str, others: str) -> Callable[[Project], object]:
    def edit(project: Project) -> None:
        project.seeds["seeds/almanac.txt"] = project.seeds["seeds/almanac.txt"].replace(
            words, others
        )
        project.lock("almanac")

    return edit


QUOTING_ALMANAC = (
    "/ /companies/acme/ /companies/borea/ /companies/cirrus/ /disputes/ /facts/acme-2/ "
    "/facts/acme-4/ /facts/borea-2/ /facts/cirrus-2/ /facts/silk-2/ /facts/wind-2/ /ideas/silk/ "
    "/ideas/wind/ /relations/ /timeline/"
)
ABOUT_BOREA = (
    "briefing; entity borea; fact acme-1; fact borea-1; fact borea-2; fact borea-3; section houses"
)
CASES = {
    "nothing": Case(lambda project: None),
    "a fact's text": Case(
        of_fact("borea-2", text="Of borea it is said that 5 million kites rose."),
        "/ /api/v1/companies/borea.json /api/v1/facts.json /companies/borea/ /facts/ "
        "/facts/borea-2/ /facts/silk-1/ /ideas/silk/ /sections/stuffs/ /sources/almanac/ "
        "/sources/courier/ /timeline/",
        checks="fact borea-2",
    ),
    "a fact's status": Case(
        of_fact("borea-2", status="expected"),
        "/ /api/v1/companies/borea.json /api/v1/facts.json /companies/borea/ /facts/ "
        "/facts/borea-2/ /timeline/",
        "/facts/silk-1/ /ideas/silk/ /sections/stuffs/ /sources/almanac/ /sources/courier/",
        "fact borea-2",
    ),
    "a value's bound": Case(
        lambda project: project.fact("borea-3")["value"].update(bound="about"),
        "/api/v1/companies/borea.json /api/v1/facts.json /companies/borea/ /facts/borea-3/",
        "/ /companies/acme/ /companies/cirrus/ /disputes/ /facts/acme-4/ /relations/ "
        "/sources/courier/ /timeline/",
        "fact borea-3",
    ),
    "a note": Case(
        of_fact("wind-2", note="A remark."),
        "/api/v1/facts.json /api/v1/ideas/wind.json /facts/wind-2/ /ideas/wind/",
        "/ /sources/almanac/ /timeline/",
        "fact wind-2",
    ),
    "a moved line": Case(
        lambda project: project.before.update({entity_file("companies/borea"): "# Borea\n"}),
        "/api/v1/companies/borea.json /api/v1/facts.json /companies/borea/ /facts/borea-1/ "
        "/facts/borea-2/ /facts/borea-3/",
        "/ /sections/houses/ /timeline/",
    ),
    "an entity's name": Case(
        of_borea(name="Boreas"),
        "/ /api/v1/briefing.json /api/v1/companies.json /api/v1/companies/acme.json "
        "/api/v1/companies/borea.json /api/v1/facts.json /api/v1/ideas/silk.json /companies/ "
        "/companies/acme/ /companies/borea/ /facts/ /facts/acme-1/ /facts/borea-1/ "
        "/facts/borea-2/ /facts/borea-3/ /ideas/silk/ /relations/ /sections/houses/ "
        "/sources/courier/ /timeline/",
        "/api/v1/ideas.json /ideas/ /sitemap.xml",
        ABOUT_BOREA,
    ),
    "an alias": Case(
        of_borea(aliases=["Old borea", "North"]),
        "/api/v1/companies.json /api/v1/companies/borea.json /companies/borea/",
        "/ /companies/",
        ABOUT_BOREA,
    ),
    "a summary": Case(
        of_borea(summary="Another house [@borea-1]."),
        "/ /api/v1/companies.json /api/v1/companies/borea.json /companies/ /companies/borea/ "
        "/facts/borea-1/",
        checks=ABOUT_BOREA,
    ),
    "the briefing's title": Case(
        of_briefing(title="Kites now"),
        "/ /api/v1/briefing.json /api/v1/companies/acme.json /api/v1/companies/borea.json",
        checks="briefing",
    ),
    "the standfirst": Case(
        of_briefing(standfirst="[[acme]] still sells kites [@acme-1]. [[borea]] buys [@borea-1]."),
        "/ /api/v1/briefing.json /api/v1/companies/acme.json /api/v1/companies/borea.json "
        "/companies/acme/ /companies/borea/ /facts/acme-1/ /facts/borea-1/",
        "/api/v1/companies.json",
        "briefing",
    ),
    "the key points": Case(
        of_briefing(key_points=["acme-1"]),
        "/ /api/v1/briefing.json",
        "/api/v1/companies/acme.json /api/v1/companies/borea.json",
        "briefing",
    ),
    "the words of a relation": Case(
        lambda project: project.briefing["relations"]["follows"].update(back="leads"),
        "/api/v1/briefing.json /companies/cirrus/",
        "/ /api/v1/companies/acme.json /api/v1/companies/borea.json /companies/ "
        "/companies/acme/ /disputes/ /facts/acme-4/ /relations/ /timeline/",
        "briefing; fact acme-4",
    ),
    "a section": Case(
        of_section,
        "/api/v1/ideas/silk.json /facts/silk-1/ /ideas/silk/ /sections/stuffs/",
        "/api/v1/ideas.json",
        "section stuffs",
    ),
    "a template of one page": Case(
        of_theme("timeline.html", "</h1>", " </h1>"),
        "/timeline/",
    ),
    "words of a seed outside of any quote": Case(
        of_seed("This is the end", "Here is the end"),
        "/api/v1/sources.json /sources/almanac/",
        f"{QUOTING_ALMANAC} /about/ /api/v1/briefing.json /sources/",
        "source almanac",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_edit_renders_and_checks_this_and_nothing_else(name: str) -> None:
    case = CASES[name]
    before, after = updated(case.edit)
    changed = {route for route in after.rendered if is_other(route, before, after)}
    assert sorted(changed) == sorted(case.changed.split())
    assert sorted({*after.rendered} - changed) == sorted(case.for_nothing.split())
    assert sorted(after.checked) == sorted(
        f"check {check}" for check in case.checks.split("; ") if check
    )


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
def test_what_every_page_shows_renders_every_page(edit: Callable[[Project], object]) -> None:
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
    assert after.checked == ("check entity calm",)

    def remove(project: Project) -> None:
        del project.entities["ideas/string"], project.facts["ideas/string"]

    before, after = updated(remove)
    assert before.pages.keys() - after.pages.keys() == {
        "api/v1/ideas/string.json",
        "facts/string-1/index.html",
        "ideas/string/index.html",
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
    path = entity_file("companies/borea")
    assert site.update({path: b"name: {\n"}).problems
    update = site.update({path: project.files()[path]})
    assert not update.problems
    assert "/facts/wind-2/" not in update.rendered
    assert update.pages == clean(project.files())[1].pages


def updated(edit: Callable[[Project], object]) -> tuple[Update, Update]:
    """A project in the real theme before and after an edit."""
    project = kites()
    project.theme = {path.name: path.read_text() for path in THEME.iterdir() if path.is_file()}
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
