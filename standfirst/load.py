"""One file's path and bytes → records, where they stand, and problems.

Never looks at a second file, and never fails: a record with a bad field stays, without the field.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from standfirst import misfits, typed
from standfirst.entityfile import entity_file
from standfirst.misfits import Tree
from standfirst.model import (
    ID,
    PICTURE,
    RESERVED_KINDS,
    Asset,
    Briefing,
    Record,
    Section,
    Seed,
    Source,
    Template,
)
from standfirst.problem import Place, Places, Problem, Span
from standfirst.required import all_missing, bad_ids, dated, missing
from standfirst.settings import settings
from standfirst.yamltext import read_yaml

TEMPLATE_SUFFIXES = (".html", ".xml", ".txt")
_SECTION_NAME = re.compile(rf"(\d+)-({ID})")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file says. `readable` is false where nothing at all could be read of it."""

    records: tuple[tuple[Record, Places], ...] = ()
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def load(path: str, data: bytes) -> Loaded:
    """The records of one file of the project; `path` is relative to its top, with slashes."""
    parts = PurePosixPath(path).parts
    match parts:
        case ("mkdocs.yml",):
            return _text_file(path, data, _load_settings)
        case ("seeds", *_):
            return _load_seed(path, data)
        case ("templates", *_):
            return _load_theme_file(path, data)
        case ("content", "briefing.yaml"):
            return _text_file(path, data, _load_briefing)
        case ("content", "corrections.yaml"):
            return Loaded()
        case ("content", "facts", _, name) if name.endswith(".yaml"):
            return _text_file(path, data, _load_entity)
        case ("content", "sources", name) if name.endswith(".yaml"):
            return _text_file(path, data, _load_source)
        case ("content", "sections", name) if name.endswith(".md"):
            return _text_file(path, data, _load_section)
        case _:
            return Loaded(problems=(_stray(path),), readable=False)


def _text_file(path: str, data: bytes, read: Callable[[str, str], Loaded]) -> Loaded:
    """What `read` makes of the file's text, or one problem where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        lines = re.split(r"\r\n?|\n", before.removeprefix("\ufeff"))
        line, column = len(lines), len(lines[-1]) + 1
        span = Span(path, line, column, line, column + 1)
        hint = "save the file as UTF-8"
        return Loaded((), (Problem("bad-encoding", "this is not UTF-8", span, hint),), False)
    return read(path, text)


def _stray(path: str) -> Problem:
    name = PurePosixPath(path)
    if name.suffix in (".yml", ".yaml") and path.startswith("content/facts/"):
        there = f"content/facts/companies/{name.stem}.yaml"
        hint = f"entities live in content/facts/<kind>/<id>.yaml, such as {there}"
    elif name.suffix == ".yml":
        hint = f"name it {name.with_suffix('.yaml')}"
    else:
        hint = (
            "content/ holds briefing.yaml, facts/<kind>/<id>.yaml, sections/<nn>-<slug>.md and "
            "sources/<id>.yaml"
        )
    return Problem("stray-file", "nothing reads this file", Span(path), hint)


def _load_settings(path: str, text: str) -> Loaded:
    document = read_yaml(text, path, lenient=True)
    read, problems = settings(document.value, document.places)
    problems = problems if document.value is not None else ()
    return Loaded(((read, document.places),), document.problems + problems)


def _load_seed(path: str, data: bytes) -> Loaded:
    """A seed keeps its line ends: offsets count in its own characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return Loaded(((Seed(path, hashlib.sha256(data).hexdigest(), text), Places(path)),))


def _load_theme_file(path: str, data: bytes) -> Loaded:
    name = path.removeprefix("templates/")
    if not name.endswith(TEMPLATE_SUFFIXES) and name != PICTURE:
        stem, dot, suffix = name.rpartition(".")
        mark = hashlib.blake2b(data, digest_size=4).hexdigest()
        route = f"/assets/{stem}-{mark}.{suffix}" if dot else f"/assets/{name}-{mark}"
        return Loaded(((Asset(name, route, data), Places(path)),))
    return _text_file(
        path, data, lambda path, text: Loaded(((Template(name, text), Places(path)),))
    )


def _load_briefing(path: str, text: str) -> Loaded:
    document = read_yaml(text, path)
    if not isinstance(document.value, dict):
        return _no_mapping(document.value, document.places, document.problems)
    tree = dict(document.value)
    for key in ("kinds", "relations", "compare"):
        tree[key] = typed.keyed(tree.get(key), lambda id, value: {"id": id, **value})
    briefing, problems = typed.read(Briefing, tree, document.places)
    problems += missing(briefing, document.places)
    for kind in briefing.kinds:
        at = document.places.key(("kinds", kind.id))
        problems += missing(kind, document.places, ("kinds", kind.id))
        if kind.id in RESERVED_KINDS:
            hint = "the site has a page of that name; call the kind something else"
            problems.append(Problem("reserved-name", f'"{kind.id}" cannot be a kind', at, hint))
    for type_ in briefing.relations:
        problems += missing(type_, document.places, ("relations", type_.id))
    briefing, found = dated(briefing, "as_of", document.places)
    problems += found
    return Loaded(((briefing, document.places),), document.problems + tuple(problems))


def _load_entity(path: str, text: str) -> Loaded:
    document = read_yaml(text, path)
    if not isinstance(document.value, dict):
        return _no_mapping(document.value, document.places, document.problems)
    records, problems = entity_file(path, document.value, document.places)
    return Loaded(tuple(records), document.problems + tuple(problems))


def _load_source(path: str, text: str) -> Loaded:
    document = read_yaml(text, path)
    if not isinstance(document.value, dict):
        return _no_mapping(document.value, document.places, document.problems)
    tree = dict(document.value)
    id_ = PurePosixPath(path).stem
    tree["evidence"] = typed.keyed(tree.get("evidence"), lambda id, v: {"id": id, "quote": v})
    tree["marks"] = typed.keyed(tree.get("marks"), lambda id, v: {"id": id, "character": v})
    source, problems = typed.read(Source, tree | {"id": id_}, document.places)
    if "id" in document.value:
        problems.append(misfits.unknown_field(Source, "id", document.places, ()))
    problems += bad_ids(path, id_)
    problems += missing(source, document.places)
    problems += all_missing(source.layers, document.places, "layers")
    problems += all_missing(source.set_aside, document.places, "set_aside")
    source, found = dated(source, "published", document.places)
    problems += found
    return Loaded(((source, document.places),), document.problems + tuple(problems))


def _load_section(path: str, text: str) -> Loaded:
    stem = PurePosixPath(path).stem
    named = _SECTION_NAME.fullmatch(stem)
    problems: list[Problem] = []
    if not named:
        spelled = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-") or "opening"
        hint = f"name it like content/sections/10-{spelled}.md"
        problems.append(
            Problem("bad-id", "a section's name is a number, a hyphen and a slug", Span(path), hint)
        )
    number, slug = (int(named[1]), named[2]) if named else (0, stem)
    front, body, first_line = _split_front(text)
    if front is None:
        hint = "begin the file with:\n---\ntitle: …\n---"
        problems.append(misfits.missing_fields("section", ["title"], Places(path), (), hint))
        document = read_yaml("title: none\n", path, first_line=2)
        tree: dict[str, Tree] = {}
    else:
        document = read_yaml(front, path, first_line=2)
        tree = dict(document.value) if isinstance(document.value, dict) else {}
        problems += document.problems
    known: dict[str, Tree] = {"slug": slug, "number": str(number), "body": body}
    for key in known.keys() & tree.keys():
        problems.append(misfits.unknown_field(Section, key, document.places, ()))
    section, found = typed.read(Section, tree | known, document.places)
    problems += found
    if front is not None:
        problems += missing(section, document.places)
    whole = Place(first_line, 1, first_line + body.count("\n"), 1, 1)
    values = {**document.places.values, ("body",): whole}
    places = Places(path, values, document.places.keys)
    return Loaded(((section, places),), tuple(problems))


def _split_front(text: str) -> tuple[str | None, str, int]:
    """Front matter, body, and the line the body begins on."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not found:
        return None, text, 1
    return found[1], text[found.end() :], text.count("\n", 0, found.end()) + 1


def _no_mapping(tree: Tree, places: Places, problems: tuple[Problem, ...]) -> Loaded:
    """A file that holds no keys: nothing can be read of it."""
    if not problems:
        problems = (misfits.wrong_type(tree, "a mapping", places, ()),)
    return Loaded((), problems, False)
