"""The house rules that a machine can check: imports, what the core may touch, what docs must tell.

A new module is added to `ABOVE`, a line below what it imports; docs are compared with the code.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from standfirst import link, model
from standfirst.cli import command_line
from standfirst.dates import DateFault, read_date
from standfirst.verify import SLUGS
from tests.conftest import golden

TOP = Path(__file__).parent.parent
ENGINE = TOP / "standfirst"
LONGEST = 350

ABOVE = """
catalogues refused reads shapes cleaned
problem blocks limits occurrences datewords yamlfault verify.rules store
letters workers shared
quotes
archive model words inenglish yamlnotes references figures nearest passages datefinder
ledger fragments
tree render.layout render.widths
misfits settings yamltext dates prosedates staging
exchange
typed markup prose publish dated
required bundle
entityfile
load link
reader project schema
pagination pictured printing timelines lists
tasks
progress
evidence plan
coverage update
verify.places render.naming render.folding render.marks render.theme
verify.briefings verify.references verify.sources verify.facts render.facts render.html render.scale
verify.prose verify.echoes render.timeline render.prose render.map
render.labels render.chosen
render.overview
verify render.entities render.sources render.data render.compare render.timelines render.relations
render.home render.lettering render.endnotes
render.printed
render.pages render.pictures render.search
render
later
agenda pdf
build
report
live
watch
serve
commands
cli mkdocs_plugin
"""
"""Each line's modules may import what stands on the lines above it."""

ONLY = {
    "jinja2": {"render.theme"},
    "yaml": {"yamltext"},
    "markdown": {"cleaned"},
    "nh3": {"cleaned"},
    "mkdocs": {"mkdocs_plugin"},
    "pydantic": {"schema"},
    "pydantic_core": {"shapes", "typed", "misfits"},
    "click": {"cli", "commands"},
    "babel": {"words", "datewords"},
    "sentencex": {"passages", "references"},
    "rustworkx": {"render.layout"},
    "resvg_py": {"render.pictures"},
    "sqlite3": {"store"},
    "msgspec": {"archive", "ledger", "agenda", "build", "reader", "store", "tasks"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "watchfiles": {"watch"},
}
"""What only these modules may import."""

OUTER = {
    "bundle",
    "cli",
    "commands",
    "mkdocs_plugin",
    "project",
    "publish",
    "exchange",
    "staging",
    "tree",
    "ledger",
    "pdf",
    "progress",
    "report",
    "serve",
    "store",
    "watch",
    "workers",
    "__main__",
}
"""The modules that may touch the disk, the clock and the environment; all others are the core."""

LONG: dict[str, str] = {"catalogues.en": "a table: a word of the interface a line"}
"""The modules that may be longer, and why."""

PLACES_OF_WORDS = {
    "__init__", "catalogues", "model", "reader", "update", "verify.rules", "words",
}  # fmt: skip
"""The modules that turn nothing into anything: what they hold is read by the others."""

WORLD = {
    "asyncio", "ctypes", "fcntl", "getpass", "glob", "io", "locale", "multiprocessing", "os",
    "random", "secrets", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile",
    "time", "urllib", "uuid",
}  # fmt: skip
"""What would let a clock, a disk, the network or the environment into the core."""


def name_of(path: Path) -> str:
    inside = path.relative_to(ENGINE).with_suffix("").parts
    return ".".join(part for part in inside if part != "__init__") or "__init__"


MODULES = {
    name_of(path): path
    for path in sorted(ENGINE.rglob("*.py"))
    if path.parent.name != "catalogues" or path.stem == "__init__"
}
"""All but the catalogues: a language is a table, as long as the interface has words."""


def tree_of(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text())


def imports(name: str) -> Iterator[str]:
    """The modules that a module imports: the engine's own after a dot."""
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name}: a relative import"
            if not node.module.startswith("standfirst"):
                yield node.module
                continue
            inside = node.module.removeprefix("standfirst").lstrip(".")
            for one in node.names:
                whole = f"{inside}.{one.name}".lstrip(".")
                yield "." + (whole if whole in MODULES else inside)


RANK = {name: rank for rank, line in enumerate(ABOVE.splitlines()) for name in line.split()}
"""On which line of `ABOVE` a module stands."""


def test_every_module_has_its_place() -> None:
    """A new module is a new word in the table, put there by somebody who thought of its place."""
    assert set(RANK) | {"__init__", "__main__"} == set(MODULES)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"__init__", "__main__"}))
def test_imports_point_one_way(name: str) -> None:
    """A module imports only what stands on a line above its own."""
    for imported in imports(name):
        if imported.startswith(".") and imported not in (".", ".__version__"):
            assert RANK[imported[1:]] < RANK[name], f"{name} imports {imported[1:]}"


@pytest.mark.parametrize("name", MODULES)
def test_checks_plan_and_render_do_not_know_each_other(name: str) -> None:
    """What is checked, which pages there are and how they look meet in `later` and `build`."""
    rooms = ("verify", "render", "plan")
    own = name.partition(".")[0]
    for imported in imports(name):
        other = imported[1:].partition(".")[0] if imported.startswith(".") else ""
        assert own not in rooms or other not in rooms or own == other, f"{name} imports {other}"
    outlets = {"cli", "mkdocs_plugin"}
    others = {one[1:] for one in imports(name) if one.startswith(".")}
    assert name == "__main__" or not others & outlets, f"{name} imports an outlet"


@pytest.mark.parametrize("package", ONLY)
def test_a_package_has_one_door(package: str) -> None:
    """What can be exchanged is known in one place."""
    users = {
        name for name in MODULES if any(one.partition(".")[0] == package for one in imports(name))
    }
    assert users <= ONLY[package]


@pytest.mark.parametrize("name", sorted(set(MODULES) - OUTER))
def test_the_core_touches_nothing(name: str) -> None:
    """No clock, no random, no disk, no network and no environment: same inputs, same bytes."""
    assert not {one.partition(".")[0] for one in imports(name)} & WORLD
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "input", "eval", "exec", "__import__"}
        if isinstance(node, ast.Attribute):
            reads = {"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "environ"}
            assert node.attr not in reads, f"{name} reads the world: {node.attr}"


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"cli", "mkdocs_plugin"}))
def test_only_outlets_print(name: str) -> None:
    """What goes wrong is a value, until an outlet says it."""
    names = {node.id for node in ast.walk(tree_of(name)) if isinstance(node, ast.Name)}
    assert "print" not in names


@pytest.mark.parametrize("name", sorted(set(MODULES) - PLACES_OF_WORDS))
def test_a_module_begins_with_its_arrow(name: str) -> None:
    """The first sentence says what goes in and what comes out."""
    first = (ast.get_docstring(tree_of(name)) or "").split("\n\n")[0]
    assert "→" in first or "↔" in first


@pytest.mark.parametrize("name", MODULES)
def test_a_module_fits_a_mind(name: str) -> None:
    """A module over 350 lines is two, or says why not."""
    length = len(MODULES[name].read_text().splitlines())
    assert length <= LONGEST or name in LONG, f"{name} has {length} lines"
    assert length > LONGEST or name not in LONG, f"{name} is no longer long: take it off the list"


def test_nothing_is_left_for_later() -> None:
    """What is not done is not written down in code, where nobody looks for it."""
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    for pattern in ("standfirst/**/*.py", "tests/**/*.py", "templates/**/*.*", "docs/**/*.md"):
        for path in TOP.glob(pattern):
            text = path.read_text(errors="replace").replace("203X", "").replace("-XX", "")
            assert not marks.search(text), path


def test_templates_hold_no_script_or_style() -> None:
    """The content security policy forbids them; what JSON-LD says is data."""
    for path in (TOP / "templates").rglob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in tag or "application/" in tag, f"{path.name}: {tag}"
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text), path.name


# What is not in the docs fails here.


def doc(name: str) -> str:
    return (TOP / "docs" / name).read_text()


def part(text: str, heading: str) -> str:
    """What stands under a heading of a page, down to the next of its level or above."""
    level = heading.partition(" ")[0].count("#")
    prose = re.sub(r"```.*?```", lambda code: " " * len(code[0]), text, flags=re.DOTALL)
    start = re.search(rf"^{re.escape(heading)}$", prose, re.MULTILINE)
    assert start, f"no heading {heading!r}"
    end = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(prose, start.end())
    return text[start.end() : end.start() if end else len(text)]


RECORDS = {
    model.Briefing: "## The briefing",
    model.Kind: "### Kinds",
    model.RelationType: "### Relation types",
    model.Comparison: "### Comparisons",
    model.Entity: "## An entity",
    model.Fact: "## A fact",
    model.Value: "### Value",
    model.Relation: "### Relations",
    model.Quote: "### Evidence",
    model.Also: "### Also",
    model.Source: "## A source",
    model.Origin: "## A source",
    model.LayerSpan: "## A source",
    model.SetAside: "## A source",
    model.SourceField: "## A source",
    model.Mark: "## A source",
    model.Section: "## A section",
    model.Settings: "## The settings",
}
NOT_TYPED = {
    model.Briefing: set(),
    model.Kind: {"id"},
    model.RelationType: {"id"},
    model.Comparison: {"id"},
    model.Entity: {"id", "kind"},
    model.Fact: {"entity", "kind"},
    model.Quote: {"source"},
    model.Source: {"id"},
    model.SourceField: {"id", "quote"},
    model.Mark: {"id", "character"},
    model.Section: {"slug", "number", "body"},
    model.Settings: {"branch"},
}
"""The fields that no key gives: a file's name, its place, or the key above does."""


def test_every_record_is_described() -> None:
    """A new record of the model is a new section, or a deliberate omission."""
    kept_inside = {model.Seed, model.Template, model.Asset}
    found = {
        one
        for one in vars(model).values()
        if is_dataclass(one) and one.__module__ == model.__name__
    }
    assert found == set(RECORDS) | kept_inside


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_described(record: type) -> None:
    """Each key stands in its record's section of docs/format.md, and each of its words."""
    told = part(doc("format.md"), RECORDS[record])
    for field in fields(record):
        if field.name in NOT_TYPED.get(record, ()):
            continue
        assert f"`{field.name.rstrip('_')}`" in told, field.name
    for choices in (model.Status, model.DateRole, model.Bound, model.Stage):
        for choice in choices.__args__:
            assert f"`{choice}`" in doc("format.md"), choice


def test_every_date_shown_is_one() -> None:
    """What docs/format.md says of dates is what the engine reads."""
    codes = re.findall(r"`([^`]+)`", part(doc("format.md"), "### Dates"))
    assert len(codes) > 10
    for code in codes:
        assert not isinstance(read_date(code.strip('"')), DateFault), code


def test_every_template_is_described_once() -> None:
    """docs/templates.md says of each page's template what it has."""
    rows = re.findall(r"^\| `([\w-]+\.html)` \|", doc("templates.md"), re.MULTILINE)
    pages = {p.name for p in (TOP / "templates").glob("*.html") if "{% extends" in p.read_text()}
    assert sorted(rows) == sorted(pages)


def test_every_file_of_the_theme_is_described() -> None:
    """Sheets, scripts and what templates share are named, too."""
    for path in (TOP / "templates").iterdir():
        assert f"{path.name}" in doc("templates.md") + doc("search.md"), path.name


def test_reserved_kinds_are_named() -> None:
    told = part(doc("format.md"), "### Kinds")
    assert all(f"`{kind}`" in told for kind in model.RESERVED_KINDS)


def test_every_problem_is_described() -> None:
    """docs/problems.md holds every slug with its rule and an example; REFRESH=1 writes them."""
    page = doc("problems.md")
    head = page[: page.index("## Every problem\n")]
    text = head + "## Every problem\n" + "".join(described(slug) for slug in SLUGS)
    assert golden(TOP / "docs" / "problems.md", text) == text


def described(slug: str) -> str:
    """A slug, its rule, and what an author reads of an example."""
    example = TOP / "tests" / "problems" / slug / "expected.txt"
    rule = " ".join(SLUGS[slug].split())
    if not example.exists():
        return f"\n### {slug}\n\n{rule}\n"
    each = re.split(r"\n\n", example.read_text())
    shown = next(one for one in each if f": {slug}: " in one)
    return f"\n### {slug}\n\n{rule}\n\n```text\n{shown}\n```\n"


def test_every_command_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/commands.md holds what `--help` prints, for all commands; REFRESH=1 writes it."""
    page = doc("commands.md")
    sections = {"# Commands": []} | {f"## {name}": [name] for name in command_line.commands}
    for heading, words in sections.items():
        found = CliRunner().invoke(command_line, [*words, "--help"], prog_name="standfirst")
        assert found.exit_code == 0
        block = f"{heading}\n\n" if words else ""
        start = page.index(f"{heading}\n")
        fence = page.index("```text\n", start)
        end = page.index("```", fence + 3)
        page = page[:fence] + "```text\n" + found.output + page[end:]
        assert block in page
    assert golden(TOP / "docs" / "commands.md", page) == page


def test_every_command_and_option_says_what_it_does() -> None:
    """Help is text for people: none is empty, and none ends without a full stop."""
    for command in command_line.commands.values():
        assert (command.help or "").strip().endswith(".")
        for option in command.params:
            assert isinstance(option, click.Option)
            assert (option.help or "").endswith("."), f"{command.name} {option.opts}"


def test_every_key_of_the_archive_is_in_its_table() -> None:
    """The table at the top of link.py names every key that a record contributes to."""
    told = set(re.findall(r'\("([a-z-]+)"', link.__doc__ or ""))
    yielded = set()
    for name in ("link", "evidence", "coverage"):
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Tuple) and node.elts and isinstance(node.elts[0], ast.Tuple):
                first = node.elts[0].elts[0] if node.elts[0].elts else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yielded.add(first.value)
    assert yielded <= told, yielded - told
    assert told <= yielded, told - yielded
