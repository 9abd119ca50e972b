"""What a person types first: set-up, verbs and locked packages do what the README says."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
UV_LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text())
LOCKS = ("requirements.lock", "requirements-serve.lock", "requirements-dev.lock")


def run(
    *command: str | Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def bare_name(requirement: str) -> str:
    """The package's name in `Jinja2>=3.1`, as indexes spell it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s;<>=!~\[]", requirement)[0]).lower()


def pins(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """A requirements file's packages: name → version and hashes."""
    text = re.sub(r"^\s*#.*\n?", "", (ROOT / lock).read_text(), flags=re.M).replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        name, version = re.split(r"==|[\s;]", line)[:2]
        found[name] = (version, frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", line)))
    return found


def group(name: str) -> set[str]:
    """A dependency group's names, included groups' too."""
    names: set[str] = set()
    for entry in PROJECT["dependency-groups"][name]:
        names |= {bare_name(entry)} if isinstance(entry, str) else group(entry["include-group"])
    return names


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_build_py_is_short_and_has_no_logic() -> None:
    text = (ROOT / "build.py").read_text()
    assert len(text.splitlines()) <= 15
    kinds = {type(node) for node in ast.walk(ast.parse(text))}
    assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.With}


def test_build_py_without_its_packages_says_what_to_type() -> None:
    """`-S` hides every installed package; what is left is Python and the checkout."""
    result = run(sys.executable, "-S", "-E", "build.py")
    assert result.returncode == 3
    assert "make site" in result.stderr
    assert "pip install -r requirements.lock" in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_every_dependency_is_locked_with_hashes() -> None:
    runtime = {bare_name(entry) for entry in PROJECT["project"]["dependencies"]}
    assert runtime | group("build") <= set(pins("requirements.lock"))
    served = {bare_name(entry) for entry in PROJECT["project"]["optional-dependencies"]["serve"]}
    assert runtime | served <= set(pins("requirements-serve.lock"))
    assert runtime | group("test") <= set(pins("requirements-dev.lock"))
    assert all(hashes for lock in LOCKS for _, hashes in pins(lock).values())


def test_what_the_site_needs_is_the_same_under_test() -> None:
    site, served, tested = (pins(lock).items() for lock in LOCKS)
    assert site < served < tested


def test_serving_is_tested_with_what_it_asks_for() -> None:
    """The extra stands twice, for a group cannot include one; both ask for the same."""
    extra = PROJECT["project"]["optional-dependencies"]["serve"]
    assert all(entry in PROJECT["dependency-groups"]["test"] for entry in extra)


@pytest.mark.parametrize("lock", LOCKS)
def test_requirements_are_exported_from_uv_lock(lock: str) -> None:
    """Refresh with the three `uv export` lines of CONTRIBUTING.md."""
    locked = {}
    for package in UV_LOCK["package"]:
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        hashes = frozenset(file["hash"] for file in files)
        locked[package["name"]] = (package["version"] if hashes else "", hashes)
    assert pins(lock).items() <= locked.items()


def test_uv_lock_was_made_for_this_pyproject() -> None:
    """Refresh with `uv lock`."""
    root = next(package for package in UV_LOCK["package"] if package["name"] == "standfirst")
    asked = {
        bare_name(entry): entry[len(bare_name(entry)) :]
        for entry in PROJECT["project"]["dependencies"]
    }
    locked = [one for one in root["metadata"]["requires-dist"] if "marker" not in one]
    assert asked == {entry["name"]: entry.get("specifier", "") for entry in locked}
    extras = set(PROJECT["project"]["optional-dependencies"])
    assert extras == set(root["metadata"]["provides-extras"])
    assert group("test") == {entry["name"] for entry in root["metadata"]["requires-dev"]["test"]}
    assert UV_LOCK["requires-python"] == PROJECT["project"]["requires-python"]


def test_packages_come_from_the_public_index_only() -> None:
    """No lock and no set-up file names another index, a local file or a folder of some machine."""
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    set_up = [*LOCKS, "uv.lock", "pyproject.toml", "Makefile", ".ci/run"]
    for name in [*set_up, *(f"tools/{path.name}" for path in (ROOT / "tools").iterdir())]:
        text = (ROOT / name).read_text()
        assert not re.search(r"index-url|find-links|trusted-host|file:/|/(home|root|Users)/", text)


def verbs() -> list[str]:
    return re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text(), flags=re.M)


def test_make_alone_lists_every_verb() -> None:
    listed = run("make", "--no-print-directory").stdout.splitlines()
    assert [line.split()[1] for line in listed] == verbs()


@pytest.mark.parametrize("verb", [verb for verb in verbs() if verb != "help"])
def test_every_verb_is_documented(verb: str) -> None:
    documents = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert re.search(rf"\bmake {verb}\b", documents)


def test_ci_runs_what_the_readme_tells_a_person() -> None:
    lines = [line.strip() for line in (ROOT / ".ci/run").read_text().splitlines()]
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make site", "make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
    readme = (ROOT / "README.md").read_text()
    assert re.search(r"\bmake site\b", readme)
    assert re.search(r"\bmake test\b", readme)


@pytest.mark.parametrize(
    ("python3", "said"),
    [
        (None, "this PATH has none"),
        ("echo 'AssertionError' >&2; exit 1", "this PATH has none"),
        (
            "echo \"ModuleNotFoundError: No module named 'ensurepip'\" >&2; exit 1",
            "apt install python3-venv",
        ),
    ],
    ids=["none", "older", "without-venv"],
)
def test_a_machine_without_a_python_says_what_is_missing(
    tmp_path: Path, python3: str | None, said: str
) -> None:
    if python3:
        script(tmp_path / "python3", python3)
    result = run(ROOT / "tools/find-python", env={"PATH": str(tmp_path)})
    assert result.returncode == 3
    assert result.stdout == ""
    assert "Python 3.11 or later" in result.stderr
    assert said in result.stderr


def test_the_first_python_that_will_do_is_taken(tmp_path: Path) -> None:
    script(tmp_path / "python3", "exit 1")
    script(tmp_path / "python3.12", "exit 0")
    result = run(ROOT / "tools/find-python", env={"PATH": str(tmp_path)})
    assert result.stdout == f"{tmp_path / 'python3.12'}\n"


def test_a_named_python_is_the_only_one_tried(tmp_path: Path) -> None:
    script(tmp_path / "python3", "exit 0")
    script(tmp_path / "mine", "exit 1")
    named = {"PATH": str(tmp_path), "PYTHON": str(tmp_path / "mine")}
    assert run(ROOT / "tools/find-python", env=named).returncode == 3


def test_a_chromium_on_the_path_is_used(tmp_path: Path) -> None:
    script(tmp_path / "chromium", "")
    result = run(ROOT / "tools/find-chromium", env={"PATH": str(tmp_path)})
    assert (result.returncode, result.stdout) == (0, f"{tmp_path / 'chromium'}\n")


def test_a_missing_chromium_is_installed_where_that_needs_no_question(tmp_path: Path) -> None:
    """A root with apt-get: it is asked for chromium once its lists are fresh."""
    script(tmp_path / "id", "echo 0")
    script(tmp_path / "true", "")
    script(tmp_path / "env", 'shift; exec "$@"')
    install = f'case "$*" in *chromium*) echo > {tmp_path}/chromium; chmod +x {tmp_path}/chromium'
    script(tmp_path / "apt-get", f'echo "$*" >> {tmp_path}/asked; {install};; esac')
    (tmp_path / "chmod").symlink_to("/bin/chmod")
    result = run(ROOT / "tools/find-chromium", env={"PATH": str(tmp_path)})
    assert (result.returncode, result.stdout) == (0, f"{tmp_path / 'chromium'}\n")
    assert [line.split()[1] for line in (tmp_path / "asked").read_text().splitlines()] == [
        "update",
        "install",
    ]


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_chromium_that_cannot_be_had_is_said_and_fails_ci(
    tmp_path: Path, ci: str, code: int
) -> None:
    result = run(ROOT / "tools/find-chromium", env={"PATH": str(tmp_path), "CI": ci})
    assert (result.returncode, result.stdout) == (code, "")
    assert result.stderr.startswith("BROWSER TESTS ARE NOT RUN")
    assert len(result.stderr.splitlines()) == 1


def test_the_wheel_holds_the_engine_and_its_theme(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        entries = wheel.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    templates = {path for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert templates
    assert {f"standfirst/{path.relative_to(ROOT).as_posix()}" for path in templates} <= names
    fonts = {path.name for path in (ROOT / "standfirst" / "fonts").iterdir()}
    assert {f"standfirst/fonts/{name}" for name in fonts} <= names
    assert {"standfirst/__init__.py", "standfirst/reload.js"} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"standfirst"}
    assert "standfirst = standfirst.cli:main" in entries
    assert "standfirst = standfirst.mkdocs_plugin:StandfirstPlugin" in entries


def test_seeds_are_kept_byte_for_byte() -> None:
    assert "\nseeds/** -text\n" in (ROOT / ".gitattributes").read_text()
