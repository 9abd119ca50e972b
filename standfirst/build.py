"""Changed files → changed pages and problems: the loop that every outlet calls.

Prints nothing and touches no disk. A cold build is an edit from nothing, and there is no other
mode: what a changed file contributes changes some keys, and whatever read those keys runs again.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from standfirst import evidence, plan, verify
from standfirst.archive import Archive, Contribution, Key
from standfirst.coverage import briefing_coverage
from standfirst.ledger import Entry, Ledger, digest, value_digest
from standfirst.link import contributions
from standfirst.load import Loaded, load
from standfirst.model import Settings
from standfirst.passages import Coverage
from standfirst.plan import Page
from standfirst.problem import Problem, in_order
from standfirst.reader import Reader
from standfirst.tasks import Run, Spread, Tasks, nowhere
from standfirst.verify.echoes import without_echoes


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a briefing holds: facts, located quotes, and what of its sources they cover."""

    facts: int
    quotes: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Update:
    """What one update came to. With problems there are no pages: nothing may be published.

    `pages` holds every page's path with its bytes, or with the digest of the bytes that an earlier
    process wrote; `rendered` and `checked` name what ran now. `unchecked` counts the references
    that were not checked because an `unreadable` file may hold what they name.
    """

    problems: tuple[Problem, ...]
    counts: Counts
    pages: Mapping[str, bytes | str] = field(default_factory=dict)
    rendered: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    unchecked: int = 0
    unreadable: tuple[str, ...] = ()


class Site:
    """A project in memory: give it changed files, get changed pages.

    `ledger` is what an earlier process left and `held` what of its output still lies as written,
    path → digest: a page whose keys all have the values they had is not rendered again.
    `site_url` takes the place of the settings' own; without `search` there is none, whatever they
    say. `spread` may have a part of the work done elsewhere.
    """

    def __init__(
        self,
        engine: str,
        ledger: Ledger | None = None,
        held: Mapping[str, str] | None = None,
        site_url: str | None = None,
        search: bool = True,
        spread: Spread = nowhere,
    ) -> None:
        self._engine = engine
        self._ledger = ledger if ledger is not None and ledger.engine == engine else None
        self._held = held or {}
        self._site_url = site_url
        self._search = search
        self._spread = spread
        self._loaded: dict[str, Loaded] = {}
        self._archive = Archive()
        self._readings: Tasks[list[Contribution]] = Tasks(self._archive)
        self._locatings: Tasks[list[Contribution]] = Tasks(self._archive)
        self._checks: Tasks[tuple[Problem, ...]] = Tasks(self._archive)
        self._pages: Tasks[bytes | str | Problem] = Tasks(self._archive)
        self._planned: tuple[Page, ...] = ()
        self._digests: dict[Key, str] = {}

    def reader(self) -> Reader:
        """A door to the archive as it now is."""
        return Reader(self._archive)

    @property
    def planned(self) -> tuple[Page, ...]:
        """The pages of the site, as of the last update or check."""
        return self._planned

    def render(self, page: Page) -> bytes | Problem:
        """One page as it now is, for whoever needs no others; rendered again only when it must."""
        kept = self._pages.result(page.name)
        # An earlier process left the digest alone.
        return _rendered(page, self.reader()) if isinstance(kept, str) else kept

    def update(self, files: Mapping[str, bytes | None]) -> Update:
        """Takes in files by path, `None` where one is gone, and brings everything up to date."""
        update = self.check(files)
        if update.problems:
            return update
        rendered = set(self._pages.run_spread(self._spread, _as_bytes, bytes))
        results = {page: self._pages.results[page.name] for page in self._planned}
        faults = in_order(result for result in results.values() if isinstance(result, Problem))
        pages = {p.path: r for p, r in results.items() if not isinstance(r, Problem)}
        return replace(
            update,
            problems=faults,
            pages={} if faults else pages,
            rendered=tuple(page.route for page in self._planned if page.name in rendered),
        )

    def check(self, files: Mapping[str, bytes | None]) -> Update:
        """Takes in files like `update`, and says what is wrong with them; renders nothing."""
        changed = self._take(files)
        # A source's passages come first: where a quote stands depends on its layers and marks.
        changed |= self._derive(self._readings, evidence.readings(self.reader()), changed)
        changed |= self._derive(self._locatings, evidence.locatings(self.reader()), changed)
        self._checks.arrange(verify.checks(self.reader()), changed)
        for key in changed:
            self._digests.pop(key, None)
        self._planned = plan.pages(self.reader())
        renderings = {page.name: functools.partial(_rendered, page) for page in self._planned}
        self._pages.arrange(renderings, changed)
        self._take_from_ledger()
        # What finds nothing brings nothing back; a fault is looked for here, with its place.
        checked = self._checks.run_spread(self._spread, _as_nothing, lambda _: ())
        problems, unchecked = self._problems()
        unreadable = tuple(sorted(p for p, one in self._loaded.items() if not one.readable))
        return Update(
            problems,
            self._counts(),
            checked=tuple(checked),
            unchecked=unchecked,
            unreadable=unreadable,
        )

    def ledger(self, site: str) -> Ledger:
        """What the site with this manifest digest holds, and what each page and check read."""
        tasks = {
            name: Entry(_digest(result), tuple(sorted(self._pages.keys[name])))
            for name, result in self._pages.results.items()
        }
        for name in self._checks.results:
            tasks[name] = Entry("", tuple(sorted(self._checks.keys[name])))
        keys = {key for entry in tasks.values() for key in entry.keys}
        values = {key: self._digest_of(key) for key in keys}
        return Ledger(self._engine, site, values, tasks)

    def _take(self, files: Mapping[str, bytes | None]) -> set[Key]:
        """Loads the files and links their records; the keys whose values changed."""
        changed: set[Key] = set()
        for path in sorted(files):
            data = files[path]
            if data is None:
                self._loaded.pop(path, None)
                changed |= self._archive.replace(path, ())
                continue
            loaded = self._loaded[path] = load(path, data)
            changed |= self._archive.replace(path, self._pairs(loaded))
        return changed

    def _pairs(self, loaded: Loaded) -> Iterator[Contribution]:
        for record, places in loaded.records:
            if isinstance(record, Settings) and self._site_url is not None:
                record = replace(record, site_url=self._site_url)
            if isinstance(record, Settings) and not self._search:
                record = replace(record, search="off")
            yield from contributions(record, places)

    def _derive(
        self,
        tasks: Tasks[list[Contribution]],
        runs: Mapping[str, Run[list[Contribution]]],
        changed: Iterable[Key],
    ) -> set[Key]:
        """Runs tasks whose results are contributions; the keys that changed by it."""
        again: set[Key] = set()
        for name in tasks.arrange(runs, changed):
            again |= self._archive.replace(name, ())
        for name in tasks.run():
            again |= self._archive.replace(name, tasks.results[name])
        return again

    def _take_from_ledger(self) -> None:
        """Adopts, once, what an earlier process did and nothing has changed for."""
        ledger, self._ledger = self._ledger, None
        if ledger is None:
            return
        same = {key for key, held in ledger.values.items() if self._digest_of(key) == held}
        paths = {page.name: page.path for page in self._planned}
        for name, entry in ledger.tasks.items():
            if not same.issuperset(entry.keys):
                continue
            if name not in paths:
                self._checks.adopt(name, entry.keys, ())
            elif self._held.get(paths[name]) == entry.digest:
                self._pages.adopt(name, entry.keys, entry.digest)

    def _digest_of(self, key: Key) -> str:
        """The digest of what a key holds, which is asked for before and after an edit."""
        known = self._digests.get(key)
        if known is None:
            known = self._digests[key] = value_digest(self._archive.values(key))
        return known

    def _problems(self) -> tuple[tuple[Problem, ...], int]:
        """All problems, and how many references went unchecked."""
        found = [p for loaded in self._loaded.values() for p in loaded.problems]
        found += [p for problems in self._checks.results.values() for p in problems]
        return without_echoes(found, all(one.readable for one in self._loaded.values()))

    def _counts(self) -> Counts:
        reader = self.reader()
        return Counts(
            len(reader.all(object, "facts")),
            evidence.quote_count(reader),
            briefing_coverage(reader),
        )


def _as_bytes(page: bytes | str | Problem) -> bytes | None:
    return page if isinstance(page, bytes) else None


def _as_nothing(problems: tuple[Problem, ...]) -> bytes | None:
    return None if problems else b""


def _rendered(page: Page, reader: Reader) -> bytes | Problem:
    # Imported when a page is rendered: a build that renders none need not wait for the templates.
    from standfirst import render

    return render.render(page.view, page.about, reader)


def _digest(result: bytes | str | Problem) -> str:
    """The digest of a page's bytes; a page known by its digest alone has that one."""
    return digest(result) if isinstance(result, bytes) else str(result)
