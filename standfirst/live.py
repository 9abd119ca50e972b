"""A project's files, again and again → what is served: pages in memory, and what is wrong.

Touches no disk and no network. The pages are those of the last files that had no problems; what
has problems is tried and taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from standfirst.build import Site
from standfirst.ledger import digest
from standfirst.plan import Page
from standfirst.problem import Problem, compiler_text, in_order
from standfirst.refused import Missing
from standfirst.report import how_many, problem_lines
from standfirst.update import Update

Files = Mapping[str, bytes]

_MOST_TOLD = 20
"""How many problems are shown at once; the rest is counted."""


class NotServed(Missing):
    """Nothing can be served here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for an address: the file that a build would write to `path`; without `path` the
    text of a fault; with `to` another address to ask at."""

    status: int
    path: str = ""
    data: bytes = b""
    to: str = ""

    @property
    def digest(self) -> str:
        """By what the answer is told from another."""
        return digest(self.data)


class Live:
    """A briefing as it is being written: takes its files after every change, answers for pages.

    `problems` is what a person must mend, as a compiler prints it, and `""` where all is well.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._held: Files = {}
        self._good: Files | None = None
        self._planned: tuple[Page, ...] = ()
        self._pages: dict[str, Page] = {}
        self._base = "/"
        self.problems = ""

    def take(self, files: Files) -> None:
        """Serves these files from now on, if nothing is wrong with them."""
        self.problems = self._tried(files)
        if not self.problems:
            self._good = files
        elif self._good is not None:
            self._hold(self._good)
        if self._planned is not self._site.planned:
            self._planned = self._site.planned
            self._pages = {f"/{page.path}": page for page in self._planned}
            self._pages |= {page.route: page for page in self._planned}

    def refuse(self, message: str) -> None:
        """Tells of files that could not be read; what was served stays."""
        self.problems = message

    def answer(self, path: str) -> Answer:
        """What is sent for the path of an address, which is looked up and nothing else."""
        if self._good is None:
            return Answer(503, data=self.problems.encode())
        page = self._page(path)
        if page is None and self._page(path + "/"):
            return Answer(302, to=path + "/")
        status, page = (200, page) if page else (404, self._pages["/404.html"])
        made = self._site.render(page)
        if isinstance(made, Problem):
            fault = compiler_text(
                made, self._good.get(made.span.file, b"").decode(errors="replace")
            )
            return Answer(500, data=fault.encode())
        return Answer(status, page.path, made)

    def _page(self, path: str) -> Page | None:
        """The page at a path, also below the path that the published site will have: the page for
        missing addresses links to these."""
        found = self._pages.get(path)
        if found is None and path.startswith(self._base):
            found = self._pages.get("/" + path.removeprefix(self._base))
        return found

    def _tried(self, files: Files) -> str:
        """Brings the site to files, and says what is wrong with them."""
        update = self._hold(files)
        if not update.problems and any(path.startswith("templates/") for path in update.changed):
            update = replace(update, problems=self._faults())
        return _told(update, files)

    def _hold(self, files: Files) -> Update:
        update = self._site.check(_changes(self._held, files))
        self._held = files
        self._base = "/" + "".join(update.settings.site_url.split("/", 3)[3:])
        return update

    def _faults(self) -> tuple[Problem, ...]:
        """What is wrong with templates, as far as one page of each sort tells."""
        sorts = {page.view: page for page in reversed(self._site.planned)}
        made = [self._site.render(page) for page in sorts.values()]
        return in_order(result for result in made if isinstance(result, Problem))


def _changes(before: Files, after: Files) -> dict[str, bytes | None]:
    """What makes the one set of files the other: changed and new ones, `None` where one is gone."""
    changed: dict[str, bytes | None] = {
        path: data for path, data in after.items() if before.get(path) != data
    }
    return changed | dict.fromkeys(before.keys() - after.keys())


def _told(update: Update, files: Files) -> str:
    """The problems as a compiler prints them, the first of very many; nothing where none are."""
    if not update.problems:
        return ""
    more = len(update.problems) - _MOST_TOLD
    few = replace(update, problems=update.problems[:_MOST_TOLD])
    lines = [how_many(update.problems) + "\n", *problem_lines(few, files)]
    rest = [f"and {more} more: standfirst check"] if more > 0 else []
    return "\n".join(lines + rest).rstrip()
