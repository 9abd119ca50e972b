"""What a command was told → what it does, the lines it says, and an exit code.

Each is called by the command line, which knows its options and ends its exceptions.
"""

import functools
import inspect
import json
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from standfirst.build import Site
from standfirst.coverage import coverage_report
from standfirst.ledger import LEDGER, Ledger, read_ledger, write_ledger
from standfirst.link import Card
from standfirst.plan import Page
from standfirst.printing import ROUTE as PRINT
from standfirst.problem import Problem, as_data, github_text, in_order
from standfirst.progress import progress
from standfirst.project import ProjectRefused, engine_digest, read_project, site_dir
from standfirst.publish import RETIRED, Held, held, lock, publish
from standfirst.refused import Missing
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
from standfirst.update import Update
from standfirst.workers import can_fork, cores, spread


def build(
    project: Path,
    chosen: Path | None,
    base_url: str | None,
    no_search: bool,
    jobs: int | None,
    timings: bool,
) -> int:
    """Checks everything, then publishes the site."""
    watch = Watch()
    if jobs and jobs > 1 and not can_fork():
        click.echo("this system starts no workers: --jobs is passed over", err=True)

    def told(stage: str, done: int = 0, total: int = 0) -> None:
        watch.begin(stage)
        show(stage, done, total)

    with lock(project), progress(sys.stderr) as show, ExitStack() as opened:
        told("read")
        # Without the file, settings that are typed here would have nothing to take the place of.
        files = {"mkdocs.yml": b"site_dir: site\n", **read_project(project)}
        told("compare")
        target = chosen if chosen is not None else project / site_dir(files)
        before = held(target, project)
        ledger = read_ledger(project / LEDGER)
        # A ledger without a site to tell of saves nothing: it would only vouch for itself.
        known = ledger is not None and ledger.head.site == before.manifest != ""
        if ledger:
            opened.callback(ledger.store.close)
        ledger = ledger if known else None
        work = functools.partial(spread, jobs or cores())
        site = Site(engine_digest(), ledger, before.files, base_url, not no_search, work, told)
        update = site.update(files)
        published = None
        if not update.problems:
            told("index")
            index, mark = _bundle(update, before, target, ledger)
            told("publish")
            published = publish(target, {**update.pages, **index}, before, project / RETIRED)
            told("write down")
            is_told = ledger and not site.is_changed and published.manifest == ledger.head.site
            if not is_told and (draft := site.ledger(published.manifest, mark)):
                write_ledger(project / LEDGER, draft)
    where = shown(target, project)
    if published is None:
        _tell_problems(update, files, err=True)
        click.echo(f"{how_many(update.problems)}; {where} is unchanged")
        return exit_code(update.problems)
    if timings:
        click.echo(watch.table())
    if advised := advice(update.pages.get(INDEX)):
        click.echo(advised)
    click.echo(
        f"built {where}: {holdings(update)}, {len(update.pages)} pages "
        f"({len(update.rendered)} rendered, {published.written} written, "
        f"{published.removed} removed), {covered(update)}, {watch.total():.1f} s"
    )
    if said := foreign_words(update.language):
        click.echo(said)
    return 0


def check(project: Path, form: str, explain: str | None) -> int:
    """Lists all problems; writes nothing."""
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
            if said := foreign_words(update.language):
                click.echo(said)
    return exit_code(update.problems)


def coverage(project: Path) -> int:
    """Says how much of each source the facts account for, and lists the open passages."""
    site = Site(engine_digest())
    site.check(read_project(project))
    reader = site.reader()
    for card in reader.all(Card, "sources"):
        click.echo(f"{card.id}: {card.name}")
        for line in coverage_report(card.id, reader):
            click.echo(line)
    return 0


def pdf(project: Path, output: Path | None, paper: str, route: str | None) -> int:
    """Lets the browser at hand print the whole briefing to a PDF file."""
    from standfirst.pdf import browser, page_count, print_pdf

    program, files = browser(), read_project(project)
    site = Site(engine_digest())
    update = site.check(files)
    rendered: dict[str, bytes | Problem] = {}
    if not update.problems:
        page = _printable(route or PRINT, site)
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


def serve(project: Path, port: int) -> None:
    """Serves the pages to this machine as they are being written."""
    try:
        from standfirst import serve as outlet
    except ModuleNotFoundError as error:
        needed = f'{error.name} is missing; type: pip install "standfirst[serve]"'
        raise Missing(needed) from None
    outlet.serve(project, port, click.echo)


def schema(project: Path) -> int:
    """Writes the JSON Schemas by which editors complete and check the YAML, to schemas/."""
    from standfirst.schema import schemas

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
    update: Update, before: Held, target: Path, ledger: Ledger | None
) -> tuple[Mapping[str, bytes | str], str]:
    """Pagefind's index and its mark, where the settings want it."""
    if update.settings.search != "pagefind":
        return {}, ""
    from standfirst.bundle import bundle

    return bundle(update.pages, before, target, ledger.head.bundle if ledger else "")


def _printable(route: str, site: Site) -> Page:
    """A page made for print, by its route."""
    pages = {page.route: page for page in site.planned if page.route.startswith(PRINT)}
    if route not in pages:
        raise click.BadParameter(f"printed are {', '.join(pages)}", param_hint="--page")
    return pages[route]


def _rule(slug: str) -> str:
    """The docstring of the check that gives a slug, as its author wrote it."""
    from standfirst.verify import SLUGS

    if slug not in SLUGS:
        raise click.BadParameter(f'no check is called "{slug}"', param_hint="--explain")
    return f"{slug}\n\n{inspect.cleandoc(SLUGS[slug])}"


def _tell_problems(update: Update, files: Mapping[str, bytes], err: bool = False) -> None:
    for line in problem_lines(update, files):
        click.echo(line, err=err)
