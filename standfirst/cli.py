"""Words typed at a terminal → a build, a check or a report, and an exit code.

The one place where exceptions end: 0 done · 1 problems in the content · 2 wrong usage or
configuration · 3 the environment · 130 and 143 signals.
"""

import inspect
import json
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from types import FrameType

import click

from standfirst import __version__
from standfirst.build import Site, Update
from standfirst.catalogues import FALLBACK, is_spoken
from standfirst.coverage import coverage_report, percent
from standfirst.ledger import read_ledger, write_ledger
from standfirst.link import Card
from standfirst.problem import Problem, as_data, compiler_text, github_text
from standfirst.project import ProjectRefused, engine_digest, read_project, site_dir
from standfirst.publish import PublishRefused, held, lock, publish
from standfirst.schema import schemas
from standfirst.verify import SLUGS

LEDGER = Path(".standfirst", "ledger.json")

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("."),
    help="The briefing's folder; the present one by default.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("--help", "--version")):
        words.insert(0, "build")
    signal.signal(signal.SIGTERM, _end)
    try:
        sys.exit(commands.main(words, prog_name="standfirst", standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (ProjectRefused, PublishRefused) as error:
        _complain(str(error))
        sys.exit(2)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        _complain(f"{error.strerror or error}{place}")
        sys.exit(3)
    except Exception as error:  # a bug: never a traceback, but enough to report it
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        _complain(f"this is a bug, please report it: {type(error).__name__}: {error} ({where})")
        sys.exit(3)


@click.group(context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Turn an article into a briefing site in which every fact shows its source."""


@commands.command()
@project_option
@click.option(
    "--site-dir",
    "chosen",
    type=click.Path(path_type=Path),
    help="Publish there instead of where mkdocs.yml says.",
)
@click.option("--base-url", metavar="URL", help="The site's address, instead of site_url's.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
def build(project: Path, chosen: Path | None, base_url: str | None, timings: bool) -> int:
    """Check everything, then publish the site; the default."""
    watch = _Watch()
    with lock(project):
        files = read_project(project)
        watch.lap("read")
        target = chosen if chosen is not None else project / site_dir(files)
        before = held(target, project)
        ledger = read_ledger(project / LEDGER)
        # A ledger without a site to tell of saves nothing: it would only vouch for itself.
        known = ledger is not None and ledger.site == before.manifest != ""
        site = Site(engine_digest(), ledger if known else None, before.files, base_url)
        watch.lap("ledger")
        update = site.update(files)
        watch.lap("check and render")
        shown = _shown(target, project)
        if update.problems:
            _print_problems(update, files, err=True)
            click.echo(f"{_how_many(update.problems)}; {shown} is unchanged")
            return _exit_code(update.problems)
        published = publish(target, update.pages, before)
        watch.lap("publish")
        write_ledger(project / LEDGER, site.ledger(published.manifest))
        watch.lap("write the ledger")
    if timings:
        click.echo(watch.table())
    click.echo(
        f"built {shown}: {_counts(update)}, {len(update.pages)} pages "
        f"({len(update.rendered)} rendered, {published.written} written, "
        f"{published.removed} removed), {_covered(update)}, {watch.total():.1f} s"
    )
    _say_language(site)
    return 0


@commands.command()
@project_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="text for a person, json for a program, github for annotations on a pull request.",
)
@click.option("--explain", metavar="SLUG", help="Print the rule behind a problem's slug.")
def check(project: Path, form: str, explain: str | None) -> int:
    """List all problems; write nothing."""
    if explain is not None:
        click.echo(_rule(explain))
        return 0
    files = read_project(project)
    site = Site(engine_digest())
    update = site.check(files)
    if form == "json":
        found = {"problems": [as_data(problem) for problem in update.problems]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in update.problems:
            click.echo(github_text(problem))
    else:
        _print_problems(update, files)
        if update.problems:
            click.echo(_how_many(update.problems))
        else:
            click.echo(f"no problems: {_counts(update)}, {_covered(update)}")
            _say_language(site)
    return _exit_code(update.problems)


@commands.command()
@project_option
def coverage(project: Path) -> int:
    """Say how much of each source the facts account for, and list the open passages."""
    site = Site(engine_digest())
    site.check(read_project(project))
    reader = site.reader()
    for card in reader.all(Card, "sources"):
        click.echo(f"{card.id}: {card.name}")
        for line in coverage_report(card.id, reader):
            click.echo(line)
    return 0


@commands.command()
@project_option
def schema(project: Path) -> int:
    """Write the JSON Schemas by which editors complete and check the YAML, to schemas/."""
    folder = project / "schemas"
    folder.mkdir(exist_ok=True)
    for name, content in schemas().items():
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"wrote {', '.join(f'schemas/{name}' for name in schemas())}")
    return 0


def _rule(slug: str) -> str:
    """The docstring of the check that gives a slug, as its author wrote it."""
    if slug not in SLUGS:
        raise click.BadParameter(f'no check is called "{slug}"', param_hint="--explain")
    return f"{slug}\n\n{inspect.cleandoc(SLUGS[slug])}"


def _print_problems(update: Update, files: dict[str, bytes], err: bool = False) -> None:
    """The problems as a compiler prints them, with an empty line between."""
    for file, problems in groupby(update.problems, lambda problem: problem.span.file):
        data = files.get(file)
        text = data.decode("utf-8-sig", "replace") if data is not None else None
        for problem in problems:
            click.echo(compiler_text(problem, text) + "\n", err=err)
    if update.unchecked:
        places = ", ".join(update.unreadable)
        count = _plural(update.unchecked, "reference was", "references were")
        click.echo(f"{count} not checked, because nothing could be read of {places}\n", err=err)


def _how_many(problems: Sequence[Problem]) -> str:
    files = len({problem.span.file for problem in problems})
    return f"{_plural(len(problems), 'problem')} in {_plural(files, 'file')}"


def _counts(update: Update) -> str:
    counts = update.counts
    return f"{_plural(counts.facts, 'fact')}, {_plural(counts.quotes, 'quote')}"


def _covered(update: Update) -> str:
    return f"coverage {percent(update.counts.coverage)} %"


def _say_language(site: Site) -> None:
    """Says so where the pages' own words are not in the briefing's language."""
    language = site.reader().one(str, "language") or FALLBACK
    if not is_spoken(language):
        said = f'there is no catalogue for "{language}": the pages\' own words are in English'
        click.echo(f"{said} (docs/languages.md)")


def _exit_code(problems: Sequence[Problem]) -> int:
    """2 where the configuration is at fault, 1 where the content is."""
    if any(problem.span.file == "mkdocs.yml" for problem in problems):
        return 2
    return 1 if problems else 0


def _shown(target: Path, project: Path) -> str:
    """The site's folder as a person would type it."""
    resolved, top = target.resolve(), project.resolve()
    inside = resolved.is_relative_to(top)
    return f"{resolved.relative_to(top).as_posix() if inside else target.as_posix()}/"


def _plural(count: int, noun: str, many: str = "") -> str:
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def _complain(message: str) -> None:
    click.echo(f"standfirst: {message}", err=True)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


class _Watch:
    """A stop watch with named laps."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps.append((name, now - self._last))
        self._last = now

    def total(self) -> float:
        return time.perf_counter() - self._start

    def table(self) -> str:
        return "\n".join(f"{seconds:8.3f} s  {name}" for name, seconds in self._laps)
