"""The first promise: an incremental build gives, byte for byte, the site a clean build gives.

Random edits are made to a small briefing. A site that lives through all of them, and new ones with
the ledger that the last good build left, have to come to what a site built from nothing comes to:
the same problems, the same pages, the same ledger.
"""

import copy
import random
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from standfirst import render, verify
from standfirst.build import Site
from standfirst.ledger import Head, digest, read_ledger, write_ledger
from standfirst.link import Card
from standfirst.model import Fact
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.update import Update
from tests.projects import Project, changes, clean, kites, sentence

SEQUENCES = 100
EDITS = 20
EVERY = 2
"""After every edit the problems are compared, after every second one pages and ledgers too."""

Edit = Callable[[random.Random, Project], object]
NUMBERS = ("40", "40.0", "41", "4e1")


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_an_incremental_build_gives_what_a_clean_build_gives(seed: int, tmp_path: Path) -> None:
    assert not (found := difference(seed, tmp_path)), f"seed {seed}: {found}"


def test_sequences_build_sites_and_meet_problems() -> None:
    """Edits that nearly always break, or never do, would try only half of the promise."""
    slugs: list[set[str]] = []
    for seed in range(1, 20):
        states = history(seed)
        files, _ = next(states)
        for _ in range(EDITS):
            problems = Site("engine").check(files).problems
            slugs.append({problem.slug for problem in problems})
            files, _ = states.send(bool(problems))
    assert 0.5 < slugs.count(set()) / len(slugs) < 0.9
    assert set().union(*slugs) >= {
        "bad-yaml",
        "dangling-reference",
        "duplicate-id",
        "quote-not-found",
        "seed-changed",
    }


# What would break the promise is noticed.


def entity_with_count(reader: Reader, entity_id: str, number: str) -> bytes | Problem:
    """A view that reads the archive itself."""
    page = render.entities.entity(reader, entity_id, number)
    assert isinstance(page, bytes)
    return page + str(len(reader._archive.values(("facts",)))).encode()


def numbered() -> Callable[..., bytes]:
    """A view that counts its calls."""
    count = iter(range(10**9))
    return lambda *about: str(next(count)).encode()


def entity_from_memory(reader: Reader, entity_id: str, number: str) -> bytes:
    """A view that keeps what it has read once."""
    if entity_id not in MEMORY:
        card = next(card for card in reader.all(Card, "entities") if card.id == entity_id)
        MEMORY[entity_id] = card.name
    return MEMORY[entity_id].encode()


MEMORY: dict[str, str] = {}


@pytest.mark.parametrize(
    "view", [entity_with_count, numbered(), entity_from_memory], ids=["archive", "count", "memory"]
)
def test_a_view_that_reads_around_its_reader_is_noticed(
    view: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(render.VIEWS, "entity", view)  # type: ignore[arg-type]
    assert any(difference(seed, tmp_path) for seed in range(10))


def check_too_many(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A check that reads the archive itself."""
    if len(reader._archive.values(("facts-of", fact.entity))) > 4:
        yield Problem("too-many", fact.id, verify.places.places(fact, reader).value())


def test_a_check_that_reads_around_its_reader_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = (*verify.CHECKS[Fact], check_too_many)
    monkeypatch.setitem(verify.CHECKS, Fact, checks)  # type: ignore[arg-type]
    assert any(difference(seed, tmp_path) for seed in range(10))


# The comparison


def difference(seed: int, folder: Path) -> str:
    """The first step of a sequence at which the ways to build differ, and in what; else nothing."""
    for number, (done, found) in enumerate(steps(seed, folder), start=1):
        if found:
            return f"edit {number} ({done}): {found}"
    return ""


def steps(seed: int, folder: Path) -> Iterator[tuple[str, str]]:
    """A sequence of edits: each in words, and how what comes of it differs from a clean build."""
    path = folder / f"ledger-{seed}.db"
    path.unlink(missing_ok=True)
    rng, states = random.Random(seed), history(seed)
    long_lived, before, held = Site("engine"), {}, {}
    files, done = next(states)
    for number in range(EDITS):
        got = long_lived.update(changes(before, files))
        if number % EVERY:  # what went wrong with a page now is still wrong after the next edit
            yield done, _other_problems(files, got)
        else:
            site, wanted = clean(files)
            again = Site("engine", read_ledger(path), held)
            found = _differs(wanted, got, "long-lived")
            found = found or _differs(wanted, again.update(files), "ledger")
            if not wanted.problems:
                left = _left_by(again, path)
                others = [_left_by(one, folder / "other.db") for one in (site, long_lived)]
                found = found or ("" if others == [left, left] else "the ledgers differ")
                held = {p: _digest(page) for p, page in wanted.pages.items()}
                if rng.random() < 0.2:  # somebody changed a published file
                    del held[rng.choice(sorted(held))]
            yield done, found
        before = files
        files, done = states.send(bool(got.problems))


def _other_problems(files: Mapping[str, bytes], got: Update) -> str:
    """How the problems differ from those of a project that is checked as a whole."""
    wanted = Site("engine").check(files).problems or got.problems  # a template's come of rendering
    return "" if got.problems == wanted else f"problems {got.problems!r}, and not {wanted!r}"


def _left_by(site: Site, path: Path) -> tuple[Head, dict[int, bytes]]:
    """All that a site's ledger says when it is written there, over what it began with or anew."""
    draft = site.ledger("site")
    assert draft
    write_ledger(path, draft)
    ledger = read_ledger(path)
    assert ledger
    return ledger.head, dict(ledger.store.entries())


def history(seed: int) -> Generator[tuple[dict[str, bytes], str], bool, None]:
    """A project's files after each of a sequence of edits, and the edit in words.

    It is told whether they had problems: what is broken is mended by and by.
    """
    rng = random.Random(seed)
    project = good = kites(small=seed % 10 > 0)
    pending: list[tuple[str, Edit]] = []
    done = "nothing"
    while True:
        has_problems = yield project.files(), done
        if not has_problems:
            good = copy.deepcopy(project)
        project, done = _edited(rng, project, good, pending, has_problems)


def _differs(wanted: Update, got: Update, who: str) -> str:
    """How one update differs from a clean build's, in words."""
    for name in ("problems", "counts", "unchecked", "unreadable"):
        if (a := getattr(wanted, name)) != (b := getattr(got, name)):
            return f"{who}: {name} are {b!r}, and should be {a!r}"
    if wanted.pages.keys() != got.pages.keys():
        return f"{who}: other pages, {sorted(wanted.pages.keys() ^ got.pages.keys())}"
    if list(wanted.pages) != list(got.pages):
        return f"{who}: the pages are in another order"
    wrong = [path for path in got.pages if _digest(got.pages[path]) != _digest(wanted.pages[path])]
    return f"{who}: other bytes in {', '.join(wrong)}" if wrong else ""


def _digest(page: bytes | str) -> str:
    return digest(page) if isinstance(page, bytes) else page


# Edits


def _edited(
    rng: random.Random,
    project: Project,
    good: Project,
    pending: list[tuple[str, Edit]],
    has_problems: bool,
) -> tuple[Project, str]:
    """The project after another edit, or several at once, or what mends the last one."""
    project = copy.deepcopy(project)
    if has_problems and pending and rng.random() < 0.4:
        name, mend = pending.pop()
        mend(rng, project)
        return project, f"mend {name}"
    if has_problems and rng.random() < 0.6:
        pending.clear()
        return copy.deepcopy(good), "undo"
    count = rng.choice((1, 1, 1, 1, 2, 3))
    done = []
    for edit in rng.choices(EDITS_TO_TRY, k=count):
        mend = edit(rng, project)
        if callable(mend):
            pending.append((edit.__name__, mend))
        done.append(edit.__name__)
    return project, ", ".join(done)


def _any_fact(rng: random.Random, project: Project) -> dict[str, Any]:
    return rng.choice([fact for facts in project.facts.values() for fact in facts])


def _any_id(rng: random.Random, project: Project) -> str:
    return rng.choice(sorted(project.entities)).partition("/")[2]


def change_text(rng: random.Random, project: Project) -> None:
    fact = _any_fact(rng, project)
    words = rng.choice(("flew", "rose", "fell", f"flew to [[{_any_id(rng, project)}]]"))
    fact["text"] = re.sub(r"\w+( to \[\[[\w-]+\]\])?\.$", f"{words}.", fact["text"])


def change_status(rng: random.Random, project: Project) -> None:
    statuses = ("stated", "denied", "planned", "opinion", "possible", "expected")
    _any_fact(rng, project)["status"] = rng.choice(statuses)


def change_date(rng: random.Random, project: Project) -> None:
    fact = _any_fact(rng, project)
    fact["date"] = rng.choice(("2030", "2030~", "2030-H2", "2031-05", "[..2031]", ""))
    fact["date_basis"] = rng.choice(("so it is said", "a guess"))
    fact["date_role"] = rng.choice(("event", "as-of", "target", "said"))


def change_value(rng: random.Random, project: Project) -> None:
    value = _any_fact(rng, project).setdefault("value", {})
    if rng.random() < 0.6:
        value["amount"] = rng.choice(NUMBERS)
    elif value.keys() >= {"of", "figure"}:
        value["bound"] = rng.choice(("exactly", "about", "at-least"))
        value["of"] = rng.choice(("kites", "kites 1", "kites 2"))


def change_by(rng: random.Random, project: Project) -> None:
    _any_fact(rng, project)["by"] = rng.sample([_any_id(rng, project), "Managers", "A paper"], k=2)


def change_about(rng: random.Random, project: Project) -> None:
    _any_fact(rng, project)["about"] = [_any_id(rng, project)]


def change_relations(rng: random.Random, project: Project) -> None:
    tie = {"type": rng.choice(("sells-to", "follows")), "to": _any_id(rng, project)}
    tie["what"] = rng.choice(("a few words", _any_id(rng, project)))
    _any_fact(rng, project)["relations"] = rng.choice(([], [tie], [tie, tie]))


def change_evidence(rng: random.Random, project: Project) -> None:
    """Another quote, a list of them, or words that nobody said."""
    fact = _any_fact(rng, project)
    source = rng.choice(sorted(project.sources))
    quotes = [fact["evidence"].get(source) or next(iter(fact["evidence"].values()))]
    if rng.random() < 0.3:
        quotes = ["Nobody said these words of kites"]
    elif rng.random() < 0.5:
        quotes = [*quotes, "Chapter one tells of kites."] if isinstance(quotes[0], str) else quotes
    fact["evidence"] = {source: quotes[0] if len(quotes) == 1 else quotes}


def change_remarks(rng: random.Random, project: Project) -> None:
    fact, other = _any_fact(rng, project), _any_fact(rng, project)
    key = rng.choice(("doubt", "condition", "note", "disputes", "supersedes", "resolves"))
    if fact.pop(key, None) is None and fact is not other:
        fact[key] = [other["id"]] if key == "disputes" else f"so says [[{_any_id(rng, project)}]]"
        if key in ("supersedes", "resolves"):
            fact[key] = other["id"]


def add_fact(rng: random.Random, project: Project) -> None:
    """A new fact, now and then of an id that is taken."""
    template = copy.deepcopy(_any_fact(rng, project))
    if rng.random() < 0.8:
        template["id"] = f"new-{rng.randrange(1000)}"
    facts = project.facts[rng.choice(sorted(project.facts))]
    facts.insert(rng.randrange(len(facts) + 1), template)


def remove_fact(rng: random.Random, project: Project) -> None:
    facts = project.facts[rng.choice(sorted(project.facts))]
    if len(facts) > 1:
        del facts[rng.randrange(len(facts))]


def move_facts(rng: random.Random, project: Project) -> None:
    """Facts in another order, or one in another entity's file."""
    one, other = (project.facts[rng.choice(sorted(project.facts))] for _ in range(2))
    rng.shuffle(one)
    if one is not other and len(one) > 1:
        other.append(one.pop())


def move_lines(rng: random.Random, project: Project) -> None:
    paths = sorted(path for path in project.files() if path.endswith((".yaml", ".yml")))
    project.before[rng.choice(paths)] = rng.choice(("", "\n", "# a comment\n", "\n\n# two\n"))


def rename_entity(rng: random.Random, project: Project) -> Edit | None:
    """An entity's file gets another name, and all that names it follows, at once or later."""
    old = rng.choice(sorted(project.entities))
    kind, _, id_ = old.partition("/")
    new = f"{kind}/{id_[:8]}-x" if rng.random() < 0.8 else f"other/{id_}"
    if new in project.entities:
        return None
    project.entities[new], project.facts[new] = project.entities.pop(old), project.facts.pop(old)

    def follow(rng: random.Random, project: Project) -> None:
        _rename(project, id_, new.partition("/")[2])

    if rng.random() < 0.5:
        return follow
    follow(rng, project)
    return None


def _rename(project: Project, old: str, new: str) -> None:
    """Writes another id wherever one stands."""

    def renamed(value: Any) -> Any:
        match value:
            case str():
                return re.sub(rf"(?<![\w-]){old}(?![\w-])", new, value)
            case dict():
                return {key: renamed(inner) for key, inner in value.items()}
            case list() | tuple():
                return type(value)(renamed(inner) for inner in value)
        return value

    project.facts = {name: renamed(facts) for name, facts in project.facts.items()}
    project.entities = {name: renamed(keys) for name, keys in project.entities.items()}
    project.sections, project.briefing = renamed(project.sections), renamed(project.briefing)


def change_entity(rng: random.Random, project: Project) -> None:
    entity = project.entities[rng.choice(sorted(project.entities))]
    key, value = rng.choice(
        (("name", "Zephyr"), ("aliases", ["Z."]), ("summary", ""), ("name", "A"))
    )
    entity[key] = value


def add_entity(rng: random.Random, project: Project) -> None:
    kind, id_ = rng.choice(("companies", "ideas")), f"newcomer-{rng.randrange(3)}"
    project.entities[f"{kind}/{id_}"] = {"name": "Newcomer"}
    project.facts[f"{kind}/{id_}"] = []


def remove_entity(rng: random.Random, project: Project) -> None:
    if len(project.entities) > 3:
        name = rng.choice(sorted(project.entities))
        del project.entities[name], project.facts[name]


def change_section(rng: random.Random, project: Project) -> None:
    if not project.sections:
        return
    name = rng.choice(sorted(project.sections))
    front, body = project.sections[name]
    fact = _any_fact(rng, project)["id"]
    body = rng.choice((body + f"\nMore of it [@{fact}].\n", f"## Head\n\n{body}", body + "\n"))
    project.sections[name] = ({**front, "title": rng.choice(("One", "Two"))}, body)


def add_or_remove_section(rng: random.Random, project: Project) -> None:
    if len(project.sections) > 1 and rng.random() < 0.5:
        del project.sections[rng.choice(sorted(project.sections))]
        return
    body = f"A word on [[{_any_id(rng, project)}]] [@{_any_fact(rng, project)['id']}].\n"
    project.sections[f"{rng.randrange(4)}-late"] = ({"title": "Late", "summary": body}, body)


def add_or_remove_source(rng: random.Random, project: Project) -> None:
    if "gazette" in project.sources:
        del project.sources["gazette"], project.seeds["seeds/gazette.txt"]
        return
    project.seeds["seeds/gazette.txt"] = "The gazette told of kites too.\n"
    project.sources["gazette"] = {"title": "The Gazette", "seed": "seeds/gazette.txt"}
    project.lock("gazette")


def change_source(rng: random.Random, project: Project) -> None:
    source = project.sources[rng.choice(sorted(project.sources))]
    key, values = rng.choice((("licence", ("whole", "")), ("title", ("One", "Two"))))
    source[key] = rng.choice(values)


def change_seed(rng: random.Random, project: Project) -> Edit | None:
    """Other words in a seed, quoted or not; its hash follows at once or later."""
    name = rng.choice(sorted(project.sources))
    path = project.sources[name]["seed"]
    words, others = rng.choice(
        (
            ("tells of kites", "tells of wind"),
            ("tells of wind", "tells  of kites"),
            (sentence("acme", 1), sentence("acme", 1, 1999)),
            ("Chapter", "Long ago. Chapter"),
        )
    )
    project.seeds[path] = project.seeds[path].replace(words, others)

    def lock(rng: random.Random, project: Project) -> None:
        if name in project.sources:
            project.lock(name)

    if rng.random() < 0.3:
        return lock
    lock(rng, project)
    return None


def change_theme(rng: random.Random, project: Project) -> Edit | None:
    """Another macro, page or style; now and then none, or a template that does not work."""
    names = ("parts.html", "icons.html", "entity.html", "home.html", "style.css", "icon.svg")
    name = rng.choice(names)
    text = project.theme.pop(name, "<svg/>")

    def mend(rng: random.Random, project: Project) -> None:
        project.theme[name] = text

    if rng.random() < 0.2:
        return mend
    more = "{{" if name.endswith(".html") and rng.random() < 0.2 else f"<!-- {rng.random()} -->"
    at = text.find("{% endmacro %}") if "{% endmacro %}" in text else len(text)
    project.theme[name] = text[:at] + more + text[at:]
    return mend if more == "{{" else None


def change_settings(rng: random.Random, project: Project) -> None:
    key = rng.choice(("site_name", "site_url", "repo_url", "edit_uri"))
    values = ("", "edit/next/") if key == "edit_uri" else ("", "https://example.net/x/")
    project.settings[key] = rng.choice(values)


def change_briefing(rng: random.Random, project: Project) -> None:
    briefing = project.briefing
    match rng.randrange(8):
        case 0:
            briefing["kinds"] = dict(reversed(briefing["kinds"].items()))
        case 1:
            briefing["key_points"] = [_any_fact(rng, project)["id"] for _ in range(2)]
        case 2:
            briefing["relations"]["follows"]["back"] = rng.choice(("is before", "leads"))
        case 3:
            briefing["fact_pages"] = rng.choice(("true", "false"))
        case 4:
            briefing["as_of"] = rng.choice(("2031-05-08", "2029", "2036-01-01", ""))
        case 5:
            briefing["language"] = rng.choice(("en", "en-GB", "de"))
        case 6:
            briefing["coverage_min"] = rng.choice((0, 0.0, 10, 90))
        case 7:
            briefing["standfirst"] = f"So it is [@{_any_fact(rng, project)['id']}]."


def break_yaml(rng: random.Random, project: Project) -> Edit:
    path = rng.choice(sorted(path for path in project.files() if path.endswith((".yaml", ".yml"))))
    project.broken[path] = rng.choice(("}\n", "name: again\nname: again\n", "zzz: [\n", "odd: 1\n"))

    def mend(rng: random.Random, project: Project) -> None:
        project.broken.pop(path, None)

    return mend


def do_nothing(rng: random.Random, project: Project) -> None:
    pass


EDITS_TO_TRY: tuple[Edit, ...] = (
    *(change_text, change_status, change_date, change_value, change_value, change_by),
    *(change_about, change_relations, change_evidence, change_remarks),
    *(add_fact, remove_fact, move_facts, move_lines, move_lines),
    *(rename_entity, change_entity, add_entity, remove_entity),
    *(change_section, add_or_remove_section, add_or_remove_source, change_source, change_seed),
    *(change_theme, change_theme, change_settings, change_briefing, change_briefing),
    *(break_yaml, do_nothing),
)
