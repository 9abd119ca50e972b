"""`python build.py` on a copy of this repository's own briefing: what it writes, and what not."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from standfirst.ledger import digest
from tests.pages import without_pictures

ROOT = Path(__file__).parents[1]
PROJECT = ("content", "seeds", "templates", "mkdocs.yml", "build.py")
SUMMARY = re.compile(
    r"built site/: (\d+) facts, (\d+) quotes, (?P<pages>\d+) pages "
    r"\((?P<rendered>\d+) rendered, (?P<written>\d+) written, (?P<removed>\d+) removed\), "
    r"coverage \d+ %, \d+\.\d s"
)
FACT = "content/facts/companies/amazon.yaml"
TEXT = "Amazon has chips that it developed itself"
QUOTE = "Anthropic still relies on various third-party chip solutions"


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A build of the project in a folder, by the engine of this repository."""
    done = subprocess.run(
        [sys.executable, "build.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def counts(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """The numbers of a good build's last line."""
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    found = SUMMARY.fullmatch(done.stdout.splitlines()[-1])
    assert found, done.stdout
    return {name: int(number) for name, number in found.groupdict().items()}


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder by its path, with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def touched(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder, with its inode and when it was written."""
    paths = [folder, *folder.rglob("*")]
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def replace(path: Path, words: str, others: str) -> None:
    text = path.read_text()
    assert words in text
    path.write_text(text.replace(words, others, 1))


def copied(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in PROJECT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    settings = folder / "mkdocs.yml"
    settings.write_text(without_pictures(settings.read_text()))
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built from nothing; not to be changed."""
    folder = copied(tmp_path_factory.mktemp("first") / "briefing")
    found = counts(build(folder))
    assert found["rendered"] == found["written"] == found["pages"] > 100
    assert found["removed"] == 0
    return folder


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of the project with its site, elsewhere."""
    return shutil.copytree(first, tmp_path / "copy")


def test_a_second_build_writes_nothing(project: Path) -> None:
    before = touched(project / "site")
    found = counts(build(project))
    assert (found["rendered"], found["written"], found["removed"]) == (0, 0, 0)
    assert touched(project / "site") == before


def test_a_wrong_quote_is_shown_and_leaves_the_site_alone(project: Path) -> None:
    before = touched(project / "site")
    replace(project / FACT, QUOTE, QUOTE.replace("third-party", "second-hand"))
    done = build(project)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "1 problem in 1 file; site/ is unchanged"
    line = next(
        number
        for number, text in enumerate((project / FACT).read_text().splitlines(), start=1)
        if "own-chips: >-" in text
    )
    assert done.stderr.startswith(f"{FACT}:{line}:")
    assert "quote-not-found" in done.stderr
    assert "[-second-hand-]{+third-party+}" in done.stderr
    assert touched(project / "site") == before

    replace(project / FACT, "second-hand", "third-party")
    found = counts(build(project))
    assert (found["rendered"], found["written"]) == (0, 0)


def test_a_facts_text_renders_the_pages_that_show_it(project: Path) -> None:
    """Those and no others: exactly those whose bytes differ. Files that are not ours stay."""
    site = project / "site"
    (site / "CNAME").write_text("example.org\n")
    (site / "own").mkdir()
    (site / "own" / "note.txt").write_text("ours\n")
    before = tree(site)
    showing = {
        path
        for path in before
        if TEXT.encode() in (site / path).read_bytes() and ".json" not in path
    }
    replace(project / FACT, TEXT, "Amazon has chips that it made itself")
    found = counts(build(project))
    after = tree(site)
    changed = {path for path in after if after[path] != before.get(path)} - {".standfirst.json"}
    assert showing and showing <= changed
    assert changed >= {"api/v1/facts.json", "api/v1/companies/amazon.json"}
    assert found["written"] == found["rendered"] == len(changed)
    assert (site / "CNAME").read_text() == "example.org\n"
    assert (site / "own" / "note.txt").read_text() == "ours\n"


def test_a_deleted_entity_takes_its_pages_along(project: Path) -> None:
    before = tree(project / "site")
    newcomer = project / "content" / "facts" / "ideas" / "newcomer.yaml"
    newcomer.write_text("name: Newcomer\n")
    found = counts(build(project))
    new = tree(project / "site").keys() - before.keys()
    assert new == {"ideas/newcomer/index.html", "api/v1/ideas/newcomer.json"}
    assert found["removed"] == 0

    newcomer.unlink()
    assert counts(build(project))["removed"] == 2
    assert tree(project / "site") == before
    assert not (project / "site" / "ideas" / "newcomer").exists()


def test_the_site_before_is_kept_and_becomes_the_next(project: Path) -> None:
    site, retired = project / "site", project / ".standfirst" / "retired"
    before, folder = tree(site), site.stat().st_ino
    newcomer = project / "content" / "facts" / "ideas" / "newcomer.yaml"
    newcomer.write_text("name: Newcomer\n")
    build(project)
    assert (tree(retired), retired.stat().st_ino) == (before, folder)
    newcomer.unlink()
    build(project)
    assert (tree(site), site.stat().st_ino) == (before, folder)


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4242", "LANG": "tr_TR"},
    ],
    ids=["east", "west"],
)
def test_the_bytes_are_the_same_everywhere(
    environment: Mapping[str, str], first: Path, tmp_path: Path
) -> None:
    """In another folder, time zone and locale, with other hashes."""
    folder = copied(tmp_path / "quite" / "another place")
    counts(build(folder, **environment))
    assert tree(folder / "site") == tree(first / "site")
    ledger = Path(".standfirst", "ledger.db")
    assert (folder / ledger).read_bytes() == (first / ledger).read_bytes()


@pytest.mark.parametrize("damage", ["gone", "cut", "nonsense"])
def test_a_damaged_cache_costs_time_only(damage: str, project: Path) -> None:
    before = touched(project / "site")
    ledger = project / ".standfirst" / "ledger.db"
    data = ledger.read_bytes()
    ledger.unlink()
    match damage:
        case "gone":
            shutil.rmtree(ledger.parent)
        case "cut":
            ledger.write_bytes(data[: len(data) // 2])
        case "nonsense":
            ledger.write_bytes(b'{"standfirst": 1}\n[]')
    assert counts(build(project))["written"] == 0
    assert touched(project / "site") == before


def test_what_somebody_did_to_the_site_is_undone(project: Path) -> None:
    site = project / "site"
    before = tree(site)
    replace(site / "index.html", "<main", "<main hidden")
    (site / "about" / "index.html").unlink()
    found = counts(build(project))
    assert (found["rendered"], found["written"]) == (2, 2)
    assert tree(site) == before
