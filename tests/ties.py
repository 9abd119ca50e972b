"""Briefings of so many entities and ties as a test of the map needs, with the theme readers see."""

from collections.abc import Iterable, Iterator

from tests.projects import THEME, Project, clean

STAGES = ("in-talks", "early", "under-way", "agreed", "ongoing", "established", "")
STATUSES = ("stated", "stated", "stated", "planned", "denied", "opinion")
KINDS = ("houses", "kites", "ideas")
Told = tuple[int, int, str, str]
"""A tie: from and to by number, its stage and its fact's status."""


def tied(names: Iterable[str], ties: Iterable[Told]) -> Project:
    """A briefing with entities of these names, and a fact for each tie."""
    project = Project(
        settings={"site_name": "Kites", "site_url": "https://kites.example/"},
        briefing={
            "title": "Kites",
            "as_of": "2031-05-08",
            "language": "en",
            "kinds": {kind: {"one": kind, "many": kind.title()} for kind in KINDS},
            "relations": {
                "flies": {"says": "flies", "back": "is flown by"},
                "meets": {"says": "meets", "back": "meets"},
            },
            "fact_pages": "false",
        },
    )
    project.theme = {path.name: path.read_text() for path in THEME.iterdir()}
    for number, name in enumerate(names):
        project.entities[file_of(number)] = {"name": name}
        project.facts[file_of(number)] = []
    sentences = [f"Nobody knows what kite number {at} did." for at in range(2)]
    for at, (start, end, stage, status) in enumerate(ties):
        sentences.append(f"They said that tie {at} holds well.")
        tie = {"type": "meets" if at % 3 else "flies", "to": id_of(end)}
        project.facts[file_of(start)].append(
            {
                "id": f"tie-{at}",
                "text": f"[[{id_of(start)}]] has a tie to [[{id_of(end)}]].",
                "status": status,
                "relations": [tie | ({"stage": stage} if stage else {})],
                "evidence": {"almanac": sentences[-1]},
            }
        )
    project.briefing["coverage_min"] = "0"
    project.seeds["seeds/almanac.txt"] = "\n".join(sentences) + "\n"
    project.sources["almanac"] = {"title": "Almanac", "seed": "seeds/almanac.txt", "language": "en"}
    project.lock("almanac")
    return project


def crowd(entities: int, ties: int) -> Project:
    """Many entities, some of them tied to very many, in every stage and status."""
    return tied((f"{_NAMES[n % 7]} {n}" for n in range(entities)), _ties(entities, ties))


def _ties(entities: int, ties: int) -> Iterator[Told]:
    for at in range(ties):
        start = at * at % 97 % entities
        end = (at * 7919 + at // 3) % entities
        yield start, end, STAGES[at % 7], STATUSES[at % 6]


_NAMES = ("Wind", "The house of string", "Kite", "Ludmila of the hills", "Reel", "Tails", "Sky")


def id_of(number: int) -> str:
    return f"e{number}"


def file_of(number: int) -> str:
    return f"{KINDS[number % 3]}/{id_of(number)}"


def files_of(project: Project) -> dict[str, bytes]:
    """The files of the site; a problem fails the test."""
    update = clean(project.files())[1]
    assert not update.problems, update.problems[:3]
    return {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
