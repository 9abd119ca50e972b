"""Each folder of tests/problems is a small project with a mistake, and what an author reads of it.

To add a case, add a folder `<slug>[-variant]/in/`; `make test REFRESH=1` writes expected.txt.
A variant whose name begins with `not-` is near to the mistake, and is none.
"""

import json
from pathlib import Path

import pytest

from standfirst.build import Site
from standfirst.cli import main
from standfirst.problem import Span
from standfirst.project import read_project
from standfirst.verify import SLUGS
from tests.conftest import golden

CASES = sorted(path for path in (Path(__file__).parent / "problems").iterdir() if path.is_dir())
TESTED_ELSEWHERE = {"too-large"}  # in test_load.py: 8 MB do not belong into a repository


def slug_of(case: Path) -> str:
    """The slug that a folder is named after, whatever variant of it."""
    fitting = [slug for slug in SLUGS if f"{case.name}-".startswith(f"{slug}-")]
    return max(fitting, key=len, default="")


def is_near_miss(case: Path) -> bool:
    return case.name.startswith(f"{slug_of(case)}-not-")


def is_inside(span: Span, text: str) -> bool:
    """Whether a place is one that an editor can jump to, its end not before its beginning."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = ((span.line, span.column), (span.end_line, span.end_column))
    return ends[0] <= ends[1] and all(
        1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in ends
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_an_author_reads(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exact text, place, hint and last line; a template's fault shows when it is rendered."""
    slug = slug_of(case)
    is_built = slug == "bad-template"
    words = ["build", "--site-dir", str(tmp_path / "site")] if is_built else ["check"]
    with pytest.raises(SystemExit) as ended:
        main([*words, "--project", str(case / "in")])
    said = capsys.readouterr()
    text = (said.err + said.out).replace(f"{tmp_path}/", "")
    assert text == golden(case / "expected.txt", text)
    if is_near_miss(case):
        assert ended.value.code == 0
        return
    assert ended.value.code == (2 if "\nmkdocs.yml:" in f"\n{text}" else 1)
    assert f": {slug}: " in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_stands_inside_its_file(case: Path) -> None:
    """Lines and columns are there to jump to."""
    files = read_project(case / "in")
    for problem in Site("test").check(files).problems:
        text = files.get(problem.span.file, b"").decode("utf-8", "replace")
        assert is_inside(problem.span, text), problem


def test_every_slug_has_a_folder() -> None:
    """A check without a case is a check nobody has read the words of."""
    assert {slug_of(case) for case in CASES} | TESTED_ELSEWHERE == set(SLUGS)


@pytest.mark.parametrize("form", ["json", "github"])
def test_other_forms_say_the_same(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A program and a pull request get every problem a person gets, and the same exit code."""
    case = Path(__file__).parent / "problems" / "dangling-reference"
    problems = Site("test").check(read_project(case / "in")).problems
    with pytest.raises(SystemExit) as ended:
        main(["check", "--project", str(case / "in"), "--format", form])
    said = capsys.readouterr().out
    assert ended.value.code == 1
    if form == "json":
        told = json.loads(said)["problems"]
        assert [(one["slug"], one["message"]) for one in told] == [
            (one.slug, one.message) for one in problems
        ]
        keys = "slug file line column end_line end_column message hint"
        assert list(told[0]) == keys.split()
    else:
        assert said.count("::error ") == len(problems) == len(said.splitlines())


@pytest.mark.parametrize("slug", SLUGS)
def test_explain_prints_the_rule(slug: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --explain SLUG` says the rule in its author's words."""
    with pytest.raises(SystemExit) as ended:
        main(["check", "--explain", slug])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{slug}\n\n{SLUGS[slug]}\n"
