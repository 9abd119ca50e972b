"""Words typed at a terminal → a build, a check or a report, and an exit code.

The one place where exceptions end: 0 done · 1 problems in the content · 2 wrong usage or
configuration · 3 the environment · 130 and 143 signals.
"""

import functools
import gc
import inspect
import json
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from standfirst import __version__
from standfirst.build import Site, Update
from standfirst.bundle import BundleMissing, bundle
from standfirst.coverage import coverage_report
from standfirst.ledger import LEDGER, Ledger, read_ledger, write_ledger
from standfirst.link import Card
from standfirst.live import NotServed
from standfirst.model import Settings
from standfirst.pdf import PAPERS, NotPrinted, browser, page_count, print_pdf
from standfirst.plan import Page
from standfirst.printing import ROUTE as PRINT
from standfirst.problem import Problem, as_data, github_text, in_order
from standfirst.project import ProjectRefused, engine_digest, read_project, site_dir
from standfirst.publish import Held, PublishRefused, held, lock, publish
from standfirst.report import (
    INDEX,
    Watch,
    advice,
    covered,
    exit_code,
    foreign_words,
    holdings,
    how_many,
    plural,
    problem_lines,
    shown,
)
from standfirst.schema import schemas
from standfirst.verify import SLUGS
from standfirst.workers import can_fork, cores, spread

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
    gc.disable()  # a fifth of the time would go to looking for cycles, and there are none
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
    except (BundleMissing, NotPrinted, NotServed) as error:
        _complain(str(error))
        sys.exit(3)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        _complain(f"{error.strerror or error}{place}")
        sys.exit(3)
    except Exception as error:  # a bug: never a traceback, but enough to report it
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        _complain(f"this is a bug, please report it: {type(error).__name__}: {error} ({where})")
        sys.exit(3)
    finally:
        gc.enable()


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
@click.option("--no-search", is_flag=True, help="Publish no search, whatever mkdocs.yml says.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Work in so many processes; as many as there are cores by default.",
)
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
def build(
    project: Path,
    chosen: Path | None,
    base_url: str | None,
    no_search: bool,
    jobs: int | None,
    timings: bool,
) -> int:
    """Check everything, then publish the site; the default."""
    watch = Watch()
    if jobs and jobs > 1 and not can_fork():
        click.echo("this system starts no workers: --jobs is passed over", err=True)
    with lock(project):
        # Without the file, settings that are typed here would have nothing to take the place of.
        files = {"mkdocs.yml": b"site_dir: site\n", **read_project(project)}
        watch.lap("read")
        target = chosen if chosen is not None else project / site_dir(files)
        before = held(target, project)
        ledger = read_ledger(project / LEDGER)
        # A ledger without a site to tell of saves nothing: it would only vouch for itself.
        known = ledger is not None and ledger.head.site == before.manifest != ""
        ledger = ledger if known else None
        work = functools.partial(spread, jobs or cores())
        site = Site(engine_digest(), ledger, before.files, base_url, not no_search, work)
        watch.lap("ledger")
        update = site.update(files)
        watch.lap("check and render")
        where = shown(target, project)
        if update.problems:
            _tell_problems(update, files, err=True)
            click.echo(f"{how_many(update.problems)}; {where} is unchanged")
            return exit_code(update.problems)
        index, mark = _bundle(site, update, before, target, ledger)
        watch.lap("index")
        published = publish(target, {**update.pages, **index}, before)
        watch.lap("publish")
        is_told = ledger and not site.is_changed and published.manifest == ledger.head.site
        if not is_told and (draft := site.ledger(published.manifest, mark)):
            write_ledger(project / LEDGER, draft)
        watch.lap("write the ledger")
    if timings:
        click.echo(watch.table())
    if advised := advice(update.pages.get(INDEX)):
        click.echo(advised)
    click.echo(
        f"built {where}: {holdings(update)}, {len(update.pages)} pages "
        f"({len(update.rendered)} rendered, {published.written} written, "
        f"{published.removed} removed), {covered(update)}, {watch.total():.1f} s"
    )
    if said := foreign_words(site.reader().one(str, "language")):
        click.echo(said)
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
        _tell_problems(update, files)
        if update.problems:
            click.echo(how_many(update.problems))
        else:
            click.echo(f"no problems: {holdings(update)}, {covered(update)}")
            if said := foreign_words(site.reader().one(str, "language")):
                click.echo(said)
    return exit_code(update.problems)


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
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; briefing.pdf in the briefing's folder by default.",
)
@click.option(
    "--paper", type=click.Choice(list(PAPERS)), default="a4", help="The paper; a4 by default."
)
@click.option(
    "--page",
    "route",
    metavar="ROUTE",
    default=PRINT,
    help="Of a briefing too long for one page: another, /print/<kind>/ say.",
)
def pdf(project: Path, output: Path | None, paper: str, route: str) -> int:
    """Let the browser at hand print the whole briefing to a PDF file."""
    program, files = browser(), read_project(project)
    site = Site(engine_digest())
    update = site.check(files)
    rendered: dict[str, bytes | Problem] = {}
    if not update.problems:
        page = _printable(route, site)
        rendered = {p.path: site.render(p) for p in site.planned if p.view == "asset" or p == page}
        faults = [result for result in rendered.values() if isinstance(result, Problem)]
        update = replace(update, problems=in_order(faults))
    if update.problems:
        _tell_problems(update, files, err=True)
        click.echo(f"{how_many(update.problems)}; nothing is printed")
        return exit_code(update.problems)
    pages = {path: data for path, data in rendered.items() if isinstance(data, bytes)}
    target = output if output is not None else project / "briefing.pdf"
    made = print_pdf(program, pages, page.path, paper, target)
    size = f"{plural(page_count(made), 'page')}, {max(1, len(made) // 1000)} kB"
    click.echo(f"wrote {target.as_posix()}: {size}")
    return 0


@commands.command()
@project_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    help="The port; 8000 by default, and 0 for any that is free.",
)
def serve(project: Path, port: int) -> None:
    """Serve the pages to this machine as they are being written."""
    try:
        from standfirst import serve as outlet
    except ModuleNotFoundError as error:
        needed = f'{error.name} is missing; type: pip install "standfirst[serve]"'
        raise NotServed(needed) from None
    outlet.serve(project, port, click.echo)


@commands.command()
@project_option
def schema(project: Path) -> int:
    """Write the JSON Schemas by which editors complete and check the YAML, to schemas/."""
    folder = project / "schemas"
    if folder.is_symlink():
        raise ProjectRefused("schemas is a symbolic link; nothing is written through one")
    folder.mkdir(exist_ok=True)
    for name, content in schemas().items():
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / name).unlink(missing_ok=True)  # a link may lead elsewhere
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"wrote {', '.join(f'schemas/{name}' for name in schemas())}")
    return 0


def _bundle(
    site: Site, update: Update, before: Held, target: Path, ledger: Ledger | None
) -> tuple[Mapping[str, bytes | str], str]:
    """Pagefind's index and its mark, where the settings want it."""
    settings = site.reader().one(Settings, "settings") or Settings()
    if settings.search != "pagefind":
        return {}, ""
    return bundle(update.pages, before, target, ledger.head.bundle if ledger else "")


def _printable(route: str, site: Site) -> Page:
    """A page made for print, by its route."""
    pages = {page.route: page for page in site.planned if page.route.startswith(PRINT)}
    if route not in pages:
        raise click.BadParameter(f"printed are {', '.join(pages)}", param_hint="--page")
    return pages[route]


def _rule(slug: str) -> str:
    """The docstring of the check that gives a slug, as its author wrote it."""
    if slug not in SLUGS:
        raise click.BadParameter(f'no check is called "{slug}"', param_hint="--explain")
    return f"{slug}\n\n{inspect.cleandoc(SLUGS[slug])}"


def _tell_problems(update: Update, files: Mapping[str, bytes], err: bool = False) -> None:
    for line in problem_lines(update, files):
        click.echo(line, err=err)


def _complain(message: str) -> None:
    click.echo(f"standfirst: {message}", err=True)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
