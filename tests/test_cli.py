"""The build command: its streams, its last line, its exit codes."""

import os
import re
import resource
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from standfirst import __version__
from standfirst.cli import command_line
from standfirst.pdf import PAPERS
from standfirst.report import Watch, timings
from tests.projects import kites, replace, written

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
DEPENDENCIES = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
IMPORTED_AS = {"pyyaml": "yaml"}
"""A package's own name, where it is another than the one it is installed by."""


def run(
    folder: Path, *words: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command with these words, in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "standfirst", *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small briefing in the real theme."""
    return written(kites(small=True), tmp_path / "kites")


def test_a_good_build_says_one_line_and_nothing_on_stderr(project: Path) -> None:
    done = run(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"built site/: 9 facts, 10 quotes, (\d+) pages \(\1 rendered, \1 written, 0 removed\), "
        r"coverage \d+ %, \d+\.\d s\n",
        done.stdout,
    )


def test_problems_are_on_stderr_and_their_number_on_stdout(project: Path) -> None:
    replace(project / "content/facts/companies/acme.yaml", "reported", "rumoured")
    replace(project / "content/facts/ideas/wind.yaml", "Of WIND number 1", "Of WIND number 9")
    done = run(project)
    assert done.returncode == 1
    assert done.stdout == "2 problems in 2 files; site/ is unchanged\n"
    first, second = re.findall(r"^(\S+?):\d+:\d+: ([\w-]+): ", done.stderr, re.MULTILINE)
    assert first == ("content/facts/companies/acme.yaml", "bad-choice")
    assert second == ("content/facts/ideas/wind.yaml", "quote-not-found")
    assert not (project / "site").exists()


def test_one_problem_is_one(project: Path) -> None:
    replace(project / "content/briefing.yaml", '"borea-2"', '"borea-9"')
    done = run(project)
    assert done.stdout == "1 problem in 1 file; site/ is unchanged\n"
    assert 'did you mean "borea-' in done.stderr


def test_what_could_not_be_checked_is_said(project: Path) -> None:
    (project / "content/facts/companies/borea.yaml").write_text("name: {\n")
    done = run(project)
    assert done.returncode == 1
    assert re.search(
        r"\d+ references were not checked, because nothing could be read of "
        r"content/facts/companies/borea.yaml",
        done.stderr,
    )


def test_the_configuration_at_fault_is_wrong_usage(project: Path) -> None:
    replace(project / "mkdocs.yml", "https://example.org/kites/", "example")
    done = run(project)
    assert done.returncode == 2
    assert "mkdocs.yml:2:" in done.stderr and "bad-setting" in done.stderr
    assert done.stdout.endswith("site/ is unchanged\n")


@pytest.mark.parametrize(
    "words",
    [
        ["bulid"],
        ["build", "--fast"],
        ["--projekt", "."],
        ["--project", "nowhere"],
        ["build", "now"],
    ],
    ids=" ".join,
)
def test_words_that_mean_nothing_are_wrong_usage(words: list[str], project: Path) -> None:
    done = run(project, *words)
    assert done.returncode == 2
    assert done.stderr and not done.stdout


def test_a_folder_that_is_no_project_is_wrong_usage(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "holds no content/ folder" in done.stderr and "--project DIR" in done.stderr
    assert not [path for path in tmp_path.iterdir() if path.name != ".standfirst"]


def test_a_folder_of_somebody_elses_is_refused(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "thesis.txt").write_text("mine\n")
    done = run(project)
    assert done.returncode == 2
    assert "site" in done.stderr and not done.stdout
    assert [path.name for path in (project / "site").iterdir()] == ["thesis.txt"]


def test_a_place_that_cannot_be_written_is_the_environments(project: Path) -> None:
    (project / "file").write_text("not a folder\n")
    done = run(project, "build", "--site-dir", "file/site")
    assert done.returncode == 3
    assert "Not a directory" in done.stderr and not done.stdout


def test_a_full_disk_is_the_environments_and_leaves_the_site(project: Path) -> None:
    assert run(project).returncode == 0
    before = {path: path.stat().st_ino for path in (project / "site").rglob("*")}
    replace(project / "content/briefing.yaml", "Kites over Borea", "Kites under Borea")
    limit = (2_000, resource.RLIM_INFINITY)
    done = run(project, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert done.returncode == 3
    assert "File too large" in done.stderr and not done.stdout
    assert {path: path.stat().st_ino for path in (project / "site").rglob("*")} == before
    assert {path.name for path in project.iterdir()} == {
        *(".standfirst", "content", "mkdocs.yml", "seeds", "site")
    }


WAITING = """
import signal, sys
from standfirst import cli, commands

def wait(folder):
    print("ready", flush=True)
    signal.pause()

commands.read_project = wait
cli.main(["build"])
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_quietly(number: signal.Signals, code: int, project: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors.strip()) == (code, "", "")
    assert run(project).returncode == 0


def test_a_bug_is_reported_in_one_line(project: Path) -> None:
    broken = WAITING.replace("signal.pause()", "return {'content/briefing.yaml': None.decode()}")
    done = subprocess.run(
        [sys.executable, "-c", broken],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert re.fullmatch(r"standfirst: this is a bug, please report it: .+\n", done.stderr)


def test_a_reader_that_goes_away_is_no_traceback(project: Path) -> None:
    """`python build.py | head -0`: nobody reads the last line."""
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst"],
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors and "Exception ignored" not in errors
    assert (project / "site" / "index.html").exists()


def test_options_of_the_build(project: Path, tmp_path: Path) -> None:
    """Another folder, another address, and how long each stage took."""
    words = ["--project", str(project), "--site-dir", "out", "--base-url", "https://a.example/b/"]
    done = run(tmp_path, "build", *words, "--timings")
    assert done.returncode == 0, done.stderr
    *stages, last = done.stdout.splitlines()
    assert last.startswith("built ") and len({len(stage) for stage in stages}) == 1
    named = [re.fullmatch(r"([a-z ]+?) +\d+\.\d{3} s +\d+ %", stage) for stage in stages]
    assert [stage[1] for stage in named if stage] == [
        *("start", "read", "compare", "load", "split", "locate", "cover", "check", "render"),
        *("index", "publish", "write down", "total"),
    ]
    home = (tmp_path / "out" / "index.html").read_text()
    assert '<link rel="canonical" href="https://a.example/b/">' in home
    assert not (project / "site").exists()


def test_the_stages_are_a_table_with_its_sum() -> None:
    assert timings({"start": 0.25, "check and render": 7.5, "publish": 2.25}) == (
        "start               0.250 s    2 %\n"
        "check and render    7.500 s   75 %\n"
        "publish             2.250 s   22 %\n"
        "total              10.000 s  100 %"
    )


def test_a_stage_that_comes_again_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in the order in which it began."""
    ticks = iter(range(100))
    clock = SimpleNamespace(perf_counter=lambda: float(next(ticks)), process_time=lambda: 2.0)
    monkeypatch.setattr("standfirst.report.time", clock)
    watch = Watch()
    for stage in ("check", "render", "render", "check"):
        watch.begin(stage)
    assert [row.split()[:2] for row in watch.table().splitlines()] == [
        ["start", "3.000"],
        ["check", "2.000"],
        ["render", "1.000"],
        ["total", "6.000"],
    ]


def test_help_and_version(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.returncode == 0 and not done.stderr
    assert "build" in done.stdout and "check" in done.stdout
    assert run(tmp_path, "--version").stdout == f"standfirst {__version__}\n"


LOADED = """
import sys
from standfirst.cli import main

try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def loaded_by(folder: Path, *words: str) -> set[str]:
    """The names of all modules that a command has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"], ["biuld"]])
def test_what_does_no_work_loads_no_engine(words: list[str], tmp_path: Path) -> None:
    """Help waits for the command line alone: for no package but click, and no table or pattern."""
    loaded = loaded_by(tmp_path, *words)
    ours = {name for name in loaded if name.partition(".")[0] == "standfirst"}
    assert ours == {"standfirst", "standfirst.cli", "standfirst.refused"}
    required = {bare.partition(">")[0] for bare in DEPENDENCIES}
    imported = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in required}
    assert loaded & imported == {"click"}


RENDERS = {"babel", "jinja2", "markdown", "nh3", "resvg_py", "rustworkx"}
"""What only pages are made with, or texts in another language than English."""


def test_what_renders_nothing_loads_nothing_that_renders(project: Path) -> None:
    """A check, and a build that finds all as it was, begin at once; nor do they load pydantic, of
    which the core alone reads content."""
    assert not loaded_by(project, "check") & {*RENDERS, "pydantic"}
    assert loaded_by(project, "build", "--jobs", "1") >= RENDERS
    assert not loaded_by(project, "build") & {*RENDERS, "pydantic"}


def test_without_a_package_it_says_what_to_install(project: Path) -> None:
    """The engine is loaded only when a command calls it; what it lacks is still no bug."""
    without = "import sys; sys.modules['orjson'] = None; from standfirst.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "orjson" in done.stderr and "pip install" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_papers_on_offer_are_those_that_print() -> None:
    paper = next(one for one in command_line.commands["pdf"].params if one.name == "paper")
    assert isinstance(paper.type, click.Choice)
    assert list(paper.type.choices) == list(PAPERS)


def test_a_language_without_a_catalogue_is_named(project: Path) -> None:
    """In one line behind the last one, of a build as of a check; of a shipped language nothing."""
    briefing = project / "content" / "briefing.yaml"
    replace(briefing, 'language: "en"', "language: he")
    said = (
        'there is no catalogue for "he": the pages\' own words are in English (docs/languages.md)'
    )
    assert run(project, "check").stdout.splitlines()[1:] == [said]
    assert run(project).stdout.splitlines()[1:] == [said]
    replace(briefing, "language: he", "language: uk")
    assert run(project, "check").stdout.splitlines()[1:] == []


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("", "no browser found; install"),
        ("none-such", 'CHROMIUM names "none-such", which is not there; install'),
        ("true", "true made no PDF"),
    ],
)
def test_without_a_browser_nothing_is_printed(
    project: Path, named: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to do, and a file made earlier stays as it was."""
    monkeypatch.setitem(ENVIRONMENT, "CHROMIUM", named)
    if not named:
        monkeypatch.setitem(ENVIRONMENT, "PATH", str(project / "empty"))
    (project / "briefing.pdf").write_text("as it was")
    done = run(project, "pdf")
    assert (done.returncode, done.stdout) == (3, "")
    assert said in done.stderr and done.stderr.count("\n") == 1
    assert (project / "briefing.pdf").read_text() == "as it was"


def test_content_with_problems_is_not_printed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "CHROMIUM", "true")
    replace(project / "content/facts/companies/acme.yaml", "reported", "rumoured")
    done = run(project, "pdf")
    assert done.returncode == 1
    assert done.stdout == "1 problem in 1 file; nothing is printed\n"
    assert "bad-choice" in done.stderr


def test_only_what_is_made_for_print_is_printed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "CHROMIUM", "true")
    done = run(project, "pdf", "--page", "/facts/")
    assert done.returncode == 2 and "printed are /print/" in done.stderr


def test_an_interrupted_print_leaves_no_browser_and_no_file(project: Path) -> None:
    """Whoever ends the command ends the browser that it has started."""
    told = project / "told"
    os.mkfifo(told)
    program = project / "browser"
    program.write_text(f"#!/bin/sh\necho $$ > {told}\nexec sleep 1000\n")
    program.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst", "pdf"],
        cwd=project,
        env={**ENVIRONMENT, "CHROMIUM": str(program)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    started = int(told.read_text())  # waits until the browser has said its number
    process.send_signal(signal.SIGTERM)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 143
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)
    assert not list(project.glob("*.pdf"))
