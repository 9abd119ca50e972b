"""YAML texts → values, places and problems, case by case and for any text at all.

The cases lie in `tests/yaml/*.txt`: a line `### what it shows`, the text, `>>>`, the value as JSON,
then the problems with their hints. `make test REFRESH=1` writes what comes out.
"""

import gc
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standfirst import yamltext
from standfirst.problem import Path, Place, Problem, Span
from standfirst.yamlfault import quoted
from standfirst.yamltext import Document, Tree, read_yaml

FOLDER = FilePath(__file__).parent / "yaml"
PARSERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


@dataclass(frozen=True)
class Case:
    """One case of a fixture file."""

    file: str
    name: str
    text: str
    expected: str

    @property
    def document(self) -> Document:
        return read_yaml(self.text, "f.yaml", lenient=self.file == "lenient")


def cases_in(file: FilePath) -> Iterator[Case]:
    for part in file.read_text("utf-8").split("### ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, expected = rest.partition(">>>")
        yield Case(file.stem, name, text, expected.strip())


def shown(document: Document) -> str:
    parts = [json.dumps(document.value, ensure_ascii=False)]
    for problem in document.problems:
        at = problem.span
        place = f"{at.line}:{at.column}-{at.end_line}:{at.end_column}"
        parts.append(f"{place} {problem.slug}: {problem.message}")
        parts += ["    " + line for line in problem.hint.split("\n")]
    return "\n".join(parts)


def refresh() -> None:
    """Write each file anew, whole at once: several processes may do so at the same time."""
    for file in FOLDER.glob("*.txt"):
        parts = [f"### {c.name}\n{c.text}>>>\n{shown(c.document)}\n" for c in cases_in(file)]
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text("\n".join(parts), "utf-8")
        new.replace(file)


if "REFRESH" in os.environ:
    refresh()
CASES = [case for file in sorted(FOLDER.glob("*.txt")) for case in cases_in(file)]


def lines_of(text: str) -> list[str]:
    return re.split(r"\r\n?|\n", text.removeprefix("\ufeff"))


def is_inside(span: Span, text: str) -> bool:
    lines = lines_of(text)
    ends = ((span.line, span.column), (span.end_line, span.end_column))
    return ends[0] <= ends[1] and all(
        1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in ends
    )


def raw(text: str, span: Span) -> str:
    """The characters of a text that a span covers, as they are written there."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)[span.line - 1 : span.end_line]
    if len(lines) == span.end_line - span.line + 1:
        lines[-1] = lines[-1][: span.end_column - 1]
    return "".join(lines)[span.column - 1 :]


def span_of(place: Place) -> Span:
    return Span("f.yaml", place.line, place.column, place.end_line, place.end_column)


def at(value: Tree, path: Path) -> Tree:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either of the two parsers PyYAML has."""
    monkeypatch.setattr(yamltext, "_Loader", request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case) -> None:
    """Each case gives its value and its problems, whichever parser reads it."""
    assert shown(case.document) == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_mended_line(case: Case) -> None:
    """A hint that shows a mended line shows one that reads without a problem."""
    for problem in case.document.problems:
        _, sign, mended = problem.hint.partition("write it in quotes: ")
        mended = mended.partition("\n(a remark stands")[0]
        if not sign:
            _, _, mended = problem.hint.partition("write it as a block:\n")
        assert not mended or not read_yaml(mended + "\n", "f.yaml").problems


PLACES = """\
# é 😀 before
name: Acme
"q😀": "é😀 [[b]]"
'e': 'it''s'
list: [a, "b",
  c]
block: >-
  one
  two

# remark
last:
  - x: |
      y

  - z
"""


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("path", "place", "key", "written"),
    [
        ((), (2, 1, 16, 6, None), None, None),
        (("name",), (2, 7, 2, 11, 7), (2, 1, 2, 5, 1), "Acme"),
        (("q😀",), (3, 7, 3, 17, 8), (3, 1, 3, 5, 2), '"é😀 [[b]]"'),
        (("e",), (4, 6, 4, 13, None), (4, 1, 4, 4, 2), "'it''s'"),
        (("list",), (5, 7, 6, 5, None), (5, 1, 5, 5, 1), '[a, "b",\n  c]'),
        (("list", 1), (5, 11, 5, 14, 12), None, '"b"'),
        (("list", 2), (6, 3, 6, 4, 3), None, "c"),
        (("block",), (7, 8, 9, 6, None), (7, 1, 7, 6, 1), ">-\n  one\n  two"),
        (("last",), (13, 3, 16, 6, None), (12, 1, 12, 5, 1), "- x: |\n      y\n\n  - z"),
        (("last", 0, "x"), (13, 8, 14, 8, None), (13, 5, 13, 6, 5), "|\n      y"),
        (("last", 0), (13, 5, 14, 8, None), None, "x: |\n      y"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places(
    path: Path,
    place: tuple[int, int, int, int, int | None],
    key: tuple[int, int, int, int, int | None] | None,
    written: str | None,
    mark: str,
    line_end: str,
) -> None:
    """Places count characters, with any line ends, with or without a byte order mark."""
    text = mark + PLACES.replace("\n", line_end)
    document = read_yaml(text, "f.yaml")
    assert document.places.values[path] == Place(*place)
    assert document.places.keys.get(path) == (Place(*key) if key else None)
    if written is not None:
        assert raw(text, document.places.value(path)) == written.replace("\n", line_end)


def test_word() -> None:
    """A word of a text is found where it stands, if the text stands letter by letter."""
    places = read_yaml('a: "say [[b]]"\nc: >-\n  say [[b]]\n', "f.yaml").places
    assert places.word(("a",), "say [[b]]", 6, 7) == Span("f.yaml", 1, 11, 1, 12)
    assert places.word(("c",), "say [[b]]", 6, 7) == Span("f.yaml", 2, 4, 3, 12)


def test_first_line() -> None:
    """A text that begins further down in its file has its places and problems there."""
    document = read_yaml("a: b\nc: ~\na: d\n", "f.md", first_line=3)
    assert document.places.value(("a",)) == Span("f.md", 3, 4, 3, 5)
    assert [problem.span.line for problem in document.problems] == [4, 5]
    assert document.problems[1].message == '"a" stands twice, in line 3 and in line 5'


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: \x07\n", (1, 4)),
        ("a: b\r\nc: \ud800", (2, 4)),
        ("a: b\u2028c", (1, 5)),
        ("é\ufeff", (1, 2)),
    ],
)
def test_unprintable(text: str, places: tuple[int, int]) -> None:
    """A character that cannot be printed ends the reading, and is named."""
    document = read_yaml(text, "f.yaml")
    (problem,) = document.problems
    assert document.value is None and problem.slug == "bad-yaml"
    assert (problem.span.line, problem.span.column) == places
    assert re.search(r"U\+[0-9A-F]{4}", problem.message)


@pytest.mark.parametrize("text", ["a:\n\tb: c\n", "a: b\n\tc: d\n", "a:\n  b: c\n \td: e\n"])
@pytest.mark.usefixtures("parser")
def test_tabs(text: str) -> None:
    """A tab that indents is named, and the hint says to use spaces."""
    (problem,) = read_yaml(text, "f.yaml").problems
    assert "tab" in problem.message and "spaces" in problem.hint


@pytest.mark.usefixtures("parser")
def test_depth() -> None:
    """Sixty-four levels are read; more are not, however many and however written."""
    assert read_yaml("[" * 64 + "a" + "]" * 64, "f.yaml").problems == ()
    for text in ("[" * 65 + "]" * 65, "- " * 65 + "a", "[" * 30_000, "{a: " * 500, "? " * 30_000):
        for lenient in (False, True):
            document = read_yaml(text, "f.yaml", lenient)
            assert document.value is None
            assert document.problems[-1].slug == "too-deep"


def test_size() -> None:
    """A file over the limit is not read; the limit counts bytes."""
    text = "a: " + "é" * (yamltext.LARGEST // 2)
    assert [problem.slug for problem in read_yaml(text, "f.yaml").problems] == ["too-large"]
    assert read_yaml(text[:-2], "f.yaml").problems == ()


def test_alias_bomb() -> None:
    """Aliases that would write out more values than allowed, or more levels, are a problem."""
    wide = "a0: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 20)
    )
    deep = "- &a [[[x]]]\n" + "- &a [[[*a]]]\n" * 50
    for text, slug in ((wide, "too-large"), (deep, "too-deep")):
        document = read_yaml(text, "f.yaml", lenient=True)
        assert document.value is None
        assert [problem.slug for problem in document.problems] == [slug]


def test_collector_restored() -> None:
    """The garbage collector is left as it was found."""
    assert gc.isenabled()
    read_yaml("a: [", "f.yaml")
    assert gc.isenabled()
    gc.disable()
    try:
        read_yaml("a: b", "f.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()


PRINTABLE = st.characters(
    codec="utf-8", exclude_categories=["Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"
)
WORDS = st.text(st.one_of(PRINTABLE, st.sampled_from("#:'\"\\-[]{},&*!|>%@` \n~?")), max_size=20)
FULL_WORDS = WORDS.filter(lambda text: bool(text.strip()))
STYLES = st.sampled_from([None, '"', "'", "|", ">"])
SIGNS = "ab~:#-[]{},'\"|>&*!?%@`\\\t\n\ré😀2+ \ufeff\x00\u2028\ud800"
SCRAPS = st.lists(
    st.sampled_from(
        [*SIGNS, *SIGNS[:28], "\n  ", ": ", " #", "- ", "a: ", "[[a]]", "&x ", "*x", "<<: "]
    )
).map("".join)


def trees(words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    )


class Dumper(yaml.SafeDumper):
    """Writes equal values twice rather than with an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(text=st.text() | SCRAPS, lenient=st.booleans())
@example(text="\ud800", lenient=False)
@example(text='"\\ud83d\\ude00"', lenient=False)
@example(text="a: !%ff b", lenient=True)
@settings(max_examples=500, deadline=None)
def test_any_text(text: str, lenient: bool) -> None:
    """Any text gives values or problems, and every problem lies inside the text with a hint."""
    document = read_yaml(text, "f.yaml", lenient)
    assert document.value is not None or document.problems
    for problem in document.problems:
        assert is_inside(problem.span, text)
        assert problem.hint and problem.message
    paths = [path for path, _ in scalars(document.value)]
    assert set(paths) <= set(document.places.values)


@given(value=trees(FULL_WORDS), style=STYLES, flow=st.booleans() | st.none())
@settings(max_examples=300, deadline=None)
def test_dumped(value: Any, style: str | None, flow: bool | None) -> None:
    """What PyYAML writes is read as its plainest loader reads it, with no problem."""
    text = yaml.dump(
        value, Dumper=Dumper, default_style=style, default_flow_style=flow, allow_unicode=True
    )
    document = read_yaml(text, "f.yaml")
    assert document.problems == ()
    assert document.value == yaml.load(text, Loader=yaml.BaseLoader)
    if style == '"':
        assert document.value == value


@given(value=trees(FULL_WORDS), style=STYLES)
@settings(max_examples=200, deadline=None)
def test_raw(value: Any, style: str | None) -> None:
    """What is written in the place of a value reads as that value, and so do keys."""
    text = yaml.dump(value, Dumper=Dumper, default_style=style, allow_unicode=True)
    document = read_yaml(text, "f.yaml")
    is_block = style in ("|", ">")  # a block's blank last lines lie outside of its place
    for path, place in document.places.values.items():
        written = raw(text, span_of(place))
        wanted = at(document.value, path)
        if is_block and not (isinstance(wanted, str) and re.match(r"[|>][+-]?\n", written)):
            continue
        read = yaml.load(" " * (place.column - 1) + written, Loader=yaml.BaseLoader)
        if isinstance(wanted, str) and is_block:
            read, wanted = read.rstrip("\n"), wanted.rstrip("\n")
        assert read == wanted
    for path, place in document.places.keys.items():
        written = raw(text, span_of(place))
        assert is_block or yaml.load(written, Loader=yaml.BaseLoader) == path[-1]


@given(value=trees(FULL_WORDS), style=STYLES)
@settings(max_examples=200, deadline=None)
def test_text_column(value: Any, style: str | None) -> None:
    """From a text's own first column on, the file holds the text letter by letter."""
    text = yaml.dump(value, Dumper=Dumper, default_style=style, allow_unicode=True)
    document = read_yaml(text, "f.yaml")
    for path, place in document.places.values.items():
        if place.text_column is not None:
            word = at(document.value, path)
            assert isinstance(word, str)
            assert lines_of(text)[place.line - 1].startswith(word, place.text_column - 1)


def composed(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.Node]]:
    yield path, node
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from composed(item, (*path, index))
    elif isinstance(node, yaml.MappingNode):
        for key, item in node.value:
            yield from composed(item, (*path, key.value))


@given(value=trees(FULL_WORDS), style=STYLES)
@settings(max_examples=200, deadline=None)
def test_compose_agrees(value: Any, style: str | None) -> None:
    """PyYAML's own nodes begin, and its scalars on one line end, where ours do."""
    text = yaml.dump(value, Dumper=Dumper, default_style=style, allow_unicode=True)
    places = read_yaml(text, "f.yaml").places.values
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    found = dict(composed(node, ()))
    assert found.keys() == places.keys()
    for path, one in found.items():
        start, end = one.start_mark, one.end_mark
        assert (start.line + 1, start.column + 1) == (places[path].line, places[path].column)
        if isinstance(one, yaml.ScalarNode) and one.style not in ("|", ">"):
            ours = (places[path].end_line, places[path].end_column)
            assert (end.line + 1, end.column + 1) == ours


@given(value=trees(FULL_WORDS), style=STYLES, cut=st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_parsers_agree(value: Any, style: str | None, cut: int) -> None:
    """Both parsers give the same values, places and kinds of problem, also for half a text."""
    text = yaml.dump(value, Dumper=Dumper, default_style=style, allow_unicode=True)
    lines = text.splitlines(keepends=True)
    text = "".join(lines[: len(lines) - cut]) if cut < len(lines) else text
    read: list[tuple[Tree, Any, list[tuple[str, int]]]] = []
    for loader in PARSERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamltext, "_Loader", loader)
            document = read_yaml(text, "f.yaml")
        slugs = [(problem.slug, problem.span.line) for problem in document.problems]
        read.append((document.value, document.value and document.places, slugs))
    assert all(one == read[0] for one in read)


@given(FULL_WORDS.map(lambda text: " ".join(text.split())).filter(bool))
def test_quoted(text: str) -> None:
    """A quoted text reads as the text."""
    assert read_yaml(f"a: {quoted(text)}\n", "f.yaml").value == {"a": text}


def scalars(value: Tree, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from scalars(item, (*path, index))


def test_problem_is_a_value() -> None:
    """Two readings of one text give equal problems."""
    first, second = (read_yaml("a: @b", "f.yaml").problems for _ in range(2))
    assert first == second and isinstance(first[0], Problem)
