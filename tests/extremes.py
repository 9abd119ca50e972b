"""Briefings that nobody hoped for, by name: too much, too little, too long, each with its pages.

Each is a function that gives a project's files, and the routes of the pages that must bear it. Only
those pages are rendered, with the files of the theme: `published` is what a browser asks for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench.corpus import large
from standfirst import plan
from standfirst.build import Site
from standfirst.render import render
from tests.projects import Project, kites
from tests.test_long_pages import real_theme, with_facts

Case = tuple[Mapping[str, bytes], tuple[str, ...]]

ALL = (
    "/",
    "/companies/acme/",
    "/companies/",
    "/timeline/",
    "/relations/",
    "/compare/companies/",
    "/facts/",
    "/facts/acme-1/",
    "/sources/courier/",
    "/sections/houses/",
    "/disputes/",
)
_FETCHED = ("asset", "search_index")
"""What pages fetch."""
LONG_NAME = ("The Honourable Company of Makers of Kites, Lines and Reels " * 3)[:120].strip("a ,")
LONG_NAME += "x" * (120 - len(LONG_NAME))
LONG_WORD = "Kiteflyingassociation" * 9 + "kite of all"
LONG_WORD = LONG_WORD.replace(" ", "").ljust(200, "e")


def no_facts() -> Case:
    """An entity of which nothing is known but its name."""
    project = project_of_one([])
    return project.files(), ("/companies/rook/", "/companies/", "/", "/facts/", "/relations/")


def four_hundred_facts() -> Case:
    """An entity with far more facts than a page holds."""
    routes = ("/companies/rook/", "/companies/rook/9/", "/facts/", "/sources/rooks/")
    return with_facts(400).files(), routes


def long_name() -> Case:
    """A name of 120 characters wherever names stand."""
    project = everything()
    project.entities["companies/acme"]["name"] = LONG_NAME
    return project.files(), ALL


def long_word() -> Case:
    """A word of 200 letters: in names, titles, texts, quotes, figures' names and sections."""
    project = everything()
    project.entities["companies/acme"].update({"name": LONG_WORD, "aliases": [LONG_WORD]})
    project.entities["companies/acme"]["summary"] = f"A {LONG_WORD} of kites [@acme-1]."
    project.entities["companies/borea"]["name"] = f"A{LONG_WORD}"
    fact = project.fact("acme-1")
    quote = next(iter(fact["evidence"].values()))
    told = quote.replace("it was said", f"{LONG_WORD} said")
    for path, seed in project.seeds.items():
        project.seeds[path] = seed.replace(quote, told)
    fact["evidence"] = dict.fromkeys(fact["evidence"], told)
    fact["value"]["of"] = LONG_WORD
    fact["text"] = f"[[acme]] sold 4 million {LONG_WORD} to [[borea]]."
    fact["note"] = fact["condition"] = LONG_WORD
    project.fact("acme-2")["by"] = [f"{LONG_WORD} managers"]
    project.fact("acme-3")["doubt"] = LONG_WORD
    project.briefing["title"] = LONG_WORD
    project.sources["courier"].update({"title": LONG_WORD, "publisher": LONG_WORD})
    project.sources["courier"]["url"] = f"https://example.org/{LONG_WORD}"
    for source in project.sources:
        project.lock(source)
    front, body = project.sections["01-houses"]
    front["title"] = LONG_WORD
    body = f"{body}\n## {LONG_WORD}\n\n{LONG_WORD} and `{LONG_WORD}` [@acme-1].\n"
    project.sections["01-houses"] = (front, body)
    return project.files(), ALL


def no_date() -> Case:
    """A fact without a date, and so a timeline without an event."""
    return project_of_one([rook_fact()]).files(), (
        "/companies/rook/",
        "/timeline/",
        "/facts/rook-1/",
    )


def one_event() -> Case:
    """A timeline of one event."""
    fact = rook_fact() | {"date": "2030"}
    return project_of_one([fact]).files(), ("/timeline/", "/companies/rook/")


def five_thousand_events() -> Case:
    """A timeline of more than 5,000 events."""
    return large(700, 9), ("/timeline/",)


def one_entity_tied() -> Case:
    """A map of one entity, which is tied to itself."""
    tie = {"type": "follows", "to": "rook", "stage": "early"}
    return project_of_one([rook_fact() | {"relations": [tie]}]).files(), ("/relations/",)


def five_hundred_entities() -> Case:
    """A briefing of 500 entities: its map, and all other pages that hold something of the whole."""
    routes = ("/", "/companies/", "/timeline/", "/relations/", "/compare/companies/", "/facts/")
    routes += ("/disputes/", "/sources/courier/", "/sections/chapter-1/")
    return large(500), routes


def wide_table() -> Case:
    """A section with a table of twelve columns."""
    project = everything()
    front, body = project.sections["01-houses"]
    heads = " | ".join(f"Column {number}" for number in range(1, 13))
    cells = " | ".join(["[[acme|a house of kites]] [@acme-1]"] * 12)
    table = f"| {heads} |\n|{'---|' * 12}\n" + f"| {cells} |\n" * 4
    project.sections["01-houses"] = (front, f"{body}\n{table}\n")
    return project.files(), ("/sections/houses/",)


CASES: tuple[Callable[[], Case], ...] = (
    no_facts, four_hundred_facts, long_name, long_word, no_date, one_event, five_thousand_events,
    one_entity_tied, five_hundred_entities, wide_table,
)  # fmt: skip


def everything() -> Project:
    """A little of everything, in the theme that readers see."""
    project = real_theme(kites())
    compare = {"measures": ["kites 1", "kites 2"], "relations": ["sells-to", "follows"]}
    project.briefing["compare"] = {"companies": compare}
    return project


def rook_fact() -> dict[str, Any]:
    return {
        "id": "rook-1",
        "text": "Of rook it is said that 4 million kites flew.",
        "status": "stated",
        "evidence": {"rooks": "Of ROOK number 1 it was said in 2030 that 4 million kites flew."},
    }


def project_of_one(facts: list[dict[str, Any]]) -> Project:
    """A briefing of one entity, with these facts about it."""
    project = with_facts(1)
    project.briefing.update(key_points=[], standfirst="", coverage_min=0)
    project.entities = {"companies/rook": {"name": "Rook"}}
    project.facts = {"companies/rook": facts}
    project.sections.clear()
    project.sources = {"rooks": project.sources["rooks"]}
    return project


def published(files: Mapping[str, bytes], routes: Iterable[str]) -> dict[str, bytes]:
    """These pages of a briefing without problems, and the files of its theme, by path."""
    site = Site("engine")
    update = site.check(files)
    assert not update.problems, update.problems[:3]
    pages = {page.route: page for page in plan.pages(site.reader())}
    missing = set(routes) - pages.keys()
    assert not missing, missing
    wanted = [*routes, *(route for route, page in pages.items() if page.view in _FETCHED)]
    found = {}
    for page in (pages[route] for route in wanted):
        data = render(page.view, page.about, site.reader())
        assert isinstance(data, bytes), data
        found[page.path] = data
    return found
