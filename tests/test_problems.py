"""Each folder of tests/problems is a small project with a mistake, and what an author reads of it.

To add a case, add a folder `<slug>[-variant]/in/`; `make test REFRESH=1` writes expected.txt.
"""

import os
from pathlib import Path

import pytest

from standfirst.build import Site
from standfirst.cli import main
from standfirst.project import read_project
from standfirst.verify import SLUGS

CASES = sorted(path for path in (Path(__file__).parent / "problems").iterdir() if path.is_dir())
TESTED_ELSEWHERE = {"too-large"}  # in test_yamltext.py: 8 MB do not belong into a repository


def slug_of(case: Path) -> str:
    """The slug that a folder is named after, whatever variant; none for `clean`, a near miss."""
    return max((slug for slug in SLUGS if case.name.startswith(slug)), key=len, default="")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_an_author_reads(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exact text, place, hint and last line; a template's fault shows when it is rendered."""
    if slug_of(case) == "bad-template":
        words = ["build", "--site-dir", str(tmp_path / "site")]
    else:
        words = ["check"]
    with pytest.raises(SystemExit) as ended:
        main([*words, "--project", str(case / "in")])
    said = capsys.readouterr()
    text = said.err + said.out.replace(str(tmp_path), "")
    expected = case / "expected.txt"
    if os.environ.get("REFRESH"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    code = {"": 0, "bad-setting": 2}.get(slug_of(case), 1)
    assert ended.value.code == code
    assert (f": {slug_of(case)}: " in text) == (code > 0)


def test_every_slug_has_a_folder() -> None:
    """A check without a case is a check nobody has read the words of."""
    assert {slug_of(case) for case in CASES} | TESTED_ELSEWHERE == {*SLUGS, ""}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_problem_stands_inside_its_file(case: Path) -> None:
    """Lines and columns are there to jump to."""
    files = read_project(case / "in")
    for problem in Site("test").check(files).problems:
        lines = files.get(problem.span.file, b"").decode("utf-8", "replace").split("\n")
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
