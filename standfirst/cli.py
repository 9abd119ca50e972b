"""Words typed at a terminal → the command that is meant, and an exit code.

The one place where exceptions end: 0 done · 1 problems in the content · 2 wrong usage or
configuration · 3 the environment · 130 and 143 signals. What a command does is imported when it is
called: help, a version and a slip of the pen wait for nothing.
"""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

import click

from standfirst import __version__
from standfirst.refused import Refused

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
    status = _status(words)
    if arguments is not None:  # called by a program, which may have more to do
        gc.enable()
        sys.exit(status)
    # The system takes back at once what Python would give back piece by piece, an eighth of a
    # large build's time. All that was to be written has been, but for these two.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status)


def _status(words: Sequence[str]) -> int:
    """Runs one command; its exit code, and whatever went wrong said in a line."""
    signal.signal(signal.SIGTERM, _end)
    gc.disable()  # a fifth of the time would go to looking for cycles, and there are none
    try:
        done = command_line.main(list(words), prog_name="standfirst", standalone_mode=False)
        return int(done or 0)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except Refused as error:
        _complain(str(error))
        return error.exit_code
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        _complain(f"{error.strerror or error}{place}")
        return 3
    except ModuleNotFoundError as error:
        _complain(f"{error}; type: pip install -r requirements.lock")
        return 3
    except Exception as error:  # a bug: never a traceback, but enough to report it
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        _complain(f"this is a bug, please report it: {type(error).__name__}: {error} ({where})")
        return 3


@click.group(context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def command_line() -> None:
    """Turn an article into a briefing site in which every fact shows its source."""


@command_line.command()
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
    from standfirst import commands

    return commands.build(project, chosen, base_url, no_search, jobs, timings)


@command_line.command()
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
    from standfirst import commands

    return commands.check(project, form, explain)


@command_line.command()
@project_option
def coverage(project: Path) -> int:
    """Say how much of each source the facts account for, and list the open passages."""
    from standfirst import commands

    return commands.coverage(project)


@command_line.command()
@project_option
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; briefing.pdf in the briefing's folder by default.",
)
@click.option(
    "--paper", type=click.Choice(["a4", "letter"]), default="a4", help="The paper; a4 by default."
)
@click.option(
    "--page",
    "route",
    metavar="ROUTE",
    help="Of a briefing too long for one page: another, /print/<kind>/ say.",
)
def pdf(project: Path, output: Path | None, paper: str, route: str | None) -> int:
    """Let the browser at hand print the whole briefing to a PDF file."""
    from standfirst import commands

    return commands.pdf(project, output, paper, route)


@command_line.command()
@project_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    help="The port; 8000 by default, and 0 for any that is free.",
)
def serve(project: Path, port: int) -> None:
    """Serve the pages to this machine as they are being written."""
    from standfirst import commands

    commands.serve(project, port)


@command_line.command()
@project_option
def schema(project: Path) -> int:
    """Write the JSON Schemas by which editors complete and check the YAML, to schemas/."""
    from standfirst import commands

    return commands.schema(project)


def _complain(message: str) -> None:
    click.echo(f"standfirst: {message}", err=True)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
