"""Changed files → changed pages and problems: the loop that every outlet calls.

Prints nothing and touches no disk. A cold build is an edit from nothing, and there is no other
mode: what a changed file contributes changes some keys, and whatever read those keys runs again.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import msgspec

from standfirst import later
from standfirst.agenda import LISTS, listed, lists_of
from standfirst.archive import Archive, Contribution, Given, given, packed_given, unpacked_given
from standfirst.coverage import cover
from standfirst.ledger import Changes, Done, Draft, Head, Ledger, digest, drafted
from standfirst.link import contributions
from standfirst.model import Settings
from standfirst.plan import Page
from standfirst.problem import Problem, in_order
from standfirst.reader import Reader
from standfirst.shared import SHARED, Key
from standfirst.store import Damaged
from standfirst.tasks import Spread, Tasks, Told, nowhere, untold
from standfirst.update import Counts, Update

if TYPE_CHECKING:
    from standfirst.load import Loaded

_MANY = 100
"""So many pages are rendered by more than one process, if anything is."""


class Site:
    """A project in memory: give it changed files, get changed pages.

    `ledger` is what an earlier process left and `held` what of its output still lies as written,
    path → digest: the first files are then all there are, and a page whose keys all have the
    values they had is not rendered again. `site_url` takes the place of the settings' own; without
    `search` there is none, whatever they say. `spread` may have a part of the work done elsewhere,
    and `told` hears how far it is.
    """

    def __init__(
        self,
        engine: str,
        ledger: Ledger | None = None,
        held: Mapping[str, str] | None = None,
        site_url: str | None = None,
        search: bool = True,
        spread: Spread = nowhere,
        told: Told = untold,
    ) -> None:
        self._engine = engine
        self._held = held or {}
        self._site_url = site_url
        self._search = search
        self._spread = spread
        self._told = told
        self._files: dict[str, bytes] = {}
        is_ours = ledger is not None and ledger.head.engine == engine
        try:
            self._begin(ledger if is_ours else None)
        except Damaged:
            self._begin(None)

    def _begin(self, past: Ledger | None) -> None:
        """Knows what an earlier process knew, and nothing else."""
        self._past = past
        self._inputs = dict(past.head.inputs) if past else {}
        self._loaded: dict[str, Loaded] = {}
        self._archive = archive = Archive(past, self._contributed)
        lists = lists_of(past) if past else {}
        self._lists = Tasks("list", archive, listed, past, LISTS if past else ())
        self._lists.results |= lists

        def known(name: str) -> tuple[str, ...]:
            return cast(tuple[str, ...], lists.get(name, ()))

        self._readings = Tasks("split", archive, _giving(later.passages), past, known("sources"))
        self._locatings = Tasks("locate", archive, _giving(later.locate), past, known("facts"))
        self._coverings = Tasks("cover", archive, _giving(cover), past, known("sources"))
        self._checks = Tasks("check", archive, later.check, past, known("checks"))
        self._planned = cast(tuple[Page, ...], lists.get("pages", ()))
        self._by_name = {page.name: page for page in self._planned}
        self._pages = Tasks("render", archive, self._rendered, past, self._by_name)
        for page in self._planned:
            if past and past.head.outputs.get(page.name) != self._held.get(page.path):
                self._pages.again(page.name)

    def reader(self) -> Reader:
        """A door to the archive as it now is."""
        return Reader(self._archive)

    @property
    def planned(self) -> tuple[Page, ...]:
        """The pages of the site, as of the last update or check."""
        return self._planned

    @property
    def is_changed(self) -> bool:
        """Whether more is known than what an earlier process left."""
        return bool(self._archive.contributors()) or any(group.reads for group in self._groups())

    def render(self, page: Page) -> bytes | Problem:
        """One page as it now is, for whoever needs no others; rendered again only when it must."""
        try:
            return self._pages.result(page.name)
        except Damaged:
            self._again()
            return self._pages.result(page.name)

    def update(self, files: Mapping[str, bytes | None]) -> Update:
        """Takes in files by path, `None` where one is gone, and brings everything up to date."""
        update = self.check(files)
        try:
            return self._with_pages(update)
        except Damaged:
            return self._with_pages(self._again())

    def check(self, files: Mapping[str, bytes | None]) -> Update:
        """Takes in files like `update`, and says what is wrong with them; renders nothing."""
        try:
            return self._checked(self._new(files))
        except Damaged:
            return self._again()

    def ledger(self, site: str, bundle: str = "") -> Draft | None:
        """What is known of the project, and of the site with this manifest digest: what each page
        and check read. `None` where that cannot be written down: for a number of 30 digits, say, or
        because what it was to be added to is damaged."""
        try:
            return drafted(self._head(site, bundle), self._changes(), self._past)
        except (Damaged, OverflowError, UnicodeEncodeError):
            return None

    def _head(self, site: str, bundle: str) -> Head:
        outputs = dict(self._past.head.outputs) if self._past else {}
        outputs |= {name: _digest(result) for name, result in self._pages.results.items()}
        outputs = {page.name: outputs[page.name] for page in self._planned}
        return Head(self._engine, site, bundle, dict(sorted(self._inputs.items())), outputs)

    def _again(self) -> Update:
        """Begins anew, without the past: what was read of it cannot be believed."""
        self._begin(None)
        return self._checked(self._new(self._files))

    def _new(self, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """Those of the files that are not as they were; at first these are all there are."""
        changed = dict.fromkeys(self._inputs.keys() - files.keys()) if not self._files else {}
        for path, data in {**changed, **files}.items():
            now = None if data is None else self._digest_of(path, data)
            if now != self._inputs.get(path):
                changed[path] = data
            if data is None or now is None:
                self._files.pop(path, None)
                self._inputs.pop(path, None)
            else:
                self._files[path] = data
                self._inputs[path] = now
        return changed

    def _digest_of(self, path: str, data: bytes) -> str:
        """The digest of a file and of what it is read with."""
        is_settings = path == "mkdocs.yml"
        return digest(data + repr((self._site_url, self._search)).encode() * is_settings)

    def _checked(self, files: Mapping[str, bytes | None]) -> Update:
        reached = self._reached(self._take(files))
        # A source's passages come first: where a quote stands depends on its layers and marks.
        for tasks, names in (
            (self._readings, "sources"),
            (self._locatings, "facts"),
            (self._coverings, "sources"),
        ):
            reached |= self._derive(tasks, names, reached)
        self._checks.arrange(self._names("checks"), reached)
        planned = cast(tuple[Page, ...], self._lists.result("pages"))
        if planned is not self._planned:
            self._planned, self._by_name = planned, {page.name: page for page in planned}
        self._pages.arrange(self._by_name, reached)
        # What finds nothing brings nothing back; a fault is looked for here, with its place.
        checked = self._checks.run(self._spread, _as_nothing, lambda _: (), self._told)
        problems, unchecked = self._problems()
        unreadable = tuple(sorted(p for p, one in self._loaded.items() if not one.readable))
        counts = cast(Counts, self._lists.result("counts"))
        return Update(
            problems,
            counts,
            checked=tuple(checked),
            changed=tuple(files),
            unchecked=unchecked,
            unreadable=unreadable,
            settings=self.reader().one(Settings, "settings") or Settings(),
            language=self.reader().one(str, "language"),
        )

    def _with_pages(self, update: Update) -> Update:
        """An update that found no problem, with its pages."""
        if update.problems:
            return update
        self._prepare()
        rendered = set(self._pages.run(self._spread, _as_bytes, bytes, self._told))
        outputs = self._past.head.outputs if self._past else {}
        made: Mapping[str, bytes | str | Problem] = {**outputs, **self._pages.results}
        results = {page: made[page.name] for page in self._planned}
        faults = in_order(result for result in results.values() if isinstance(result, Problem))
        pages = {p.path: r for p, r in results.items() if not isinstance(r, Problem)}
        return replace(
            update,
            problems=faults,
            pages={} if faults else pages,
            rendered=tuple(page.route for page in self._planned if page.name in rendered),
        )

    def _take(self, files: Mapping[str, bytes | None]) -> set[Key]:
        """Loads the files and links their records; the keys whose values changed."""
        changed: set[Key] = set()
        for path in (path for path, data in files.items() if data is None):
            self._loaded.pop(path, None)
            changed |= self._archive.replace(path, {})
        here = sorted(path for path, data in files.items() if data is not None)
        with self._spread(here, self._loaded_elsewhere) as (left, others):
            for done, path in enumerate(left):
                self._told("load", done * len(here) // len(left), len(here))
                changed |= self._load(path)
            there = others()
        for path in set(here) - set(left):
            self._loaded.pop(path, None)
            if path in there:
                changed |= self._archive.replace(path, unpacked_given(there[path]))
            else:
                changed |= self._load(path)
        return changed

    def _reached(self, changed: set[Key]) -> set[int]:
        """The numbers of what changed, and of all that was made of it; the lists know of it."""
        has_readers = self._past is not None or any(group.reads for group in self._groups())
        reached = self._archive.shared.reached(changed) if has_readers else set()
        self._lists.arrange(LISTS, reached)
        return reached

    def _load(self, path: str) -> set[Key]:
        loaded = later.load(path, self._files[path])
        self._loaded[path] = replace(loaded, records=())
        return self._archive.replace(path, given(self._pairs(loaded)))

    def _loaded_elsewhere(self, path: str) -> bytes | None:
        """What a file gives; nothing where it has problems or is large: then it is loaded here."""
        if not path.startswith("content/"):
            return None
        loaded = later.load(path, self._files[path])
        is_well = loaded.readable and not loaded.problems
        return packed_given(given(self._pairs(loaded))) if is_well else None

    def _names(self, name: str) -> tuple[str, ...]:
        return cast(tuple[str, ...], self._lists.result(name))

    def _contributed(self, path: str) -> Iterator[Contribution]:
        """What a file contributes, once more."""
        return self._pairs(later.load(path, self._files[path]))

    def _pairs(self, loaded: "Loaded") -> Iterator[Contribution]:
        for record, places in loaded.records:
            if isinstance(record, Settings) and self._site_url is not None:
                record = replace(record, site_url=self._site_url)
            if isinstance(record, Settings) and not self._search:
                record = replace(record, search="off")
            yield from contributions(record, places)

    def _derive(self, tasks: Tasks[Given], names: str, reached: Iterable[int]) -> set[int]:
        """Runs tasks whose results are contributions; what changed by it, and was made of that."""
        changed: set[Key] = set()
        for name in tasks.arrange(self._names(names), reached):
            changed |= self._archive.replace(f"{tasks.group} {name}", {})
        for name in tasks.run(self._spread, packed_given, unpacked_given, self._told):
            changed |= self._archive.replace(f"{tasks.group} {name}", tasks.results[name])
        return self._reached(changed)

    def _prepare(self) -> None:
        """Compiles the templates of many pages once, for all who render them."""
        if self._pages.waiting >= _MANY:
            later.prepare((page.view for page in self._planned), self.reader())

    def _rendered(self, name: str, reader: Reader) -> bytes | Problem:
        page = self._by_name[name]
        return later.render(page.view, page.about, reader)

    def _problems(self) -> tuple[tuple[Problem, ...], int]:
        """All problems, and how many references went unchecked."""
        found = [p for loaded in self._loaded.values() for p in loaded.problems]
        found += [p for problems in self._checks.results.values() for p in problems]
        is_all_read = all(one.readable for one in self._loaded.values())
        return later.without_echoes(found, is_all_read) if found else ((), 0)

    def _groups(self) -> Iterator[Tasks[Any]]:
        yield from (self._lists, self._readings, self._locatings, self._coverings)
        yield from (self._checks, self._pages)

    def _changes(self) -> Changes:
        """What this process has come to know, for the ledger."""
        archive = self._archive
        for name in LISTS:  # of a list that no longer holds, all would be listed anew
            self._lists.result(name)
        keys = ((archive.mark(key), key, values) for key, values in archive.packed())
        contributors = {
            name: array("Q", map(archive.mark, read))
            for name, read in archive.contributors().items()
        }
        tasks: dict[tuple[str, str], Done | None] = {}
        for group in self._groups():
            tasks |= {(group.group, name): None for name in group.gone}
            for name in group.reads:
                is_list = group is self._lists
                kept = msgspec.msgpack.encode(group.results[name]) if is_list else b""
                tasks[group.group, name] = Done(group.reads[name], kept)
        shared = self._archive.shared.used_by(done.reads for done in tasks.values() if done)
        tasks |= {(SHARED, name): Done(*noted) for name, noted in shared.items()}
        return Changes(keys, contributors, tasks)


def _giving(
    run: Callable[[str, Reader], Iterable[Contribution]],
) -> Callable[[str, Reader], Given]:
    """A function that contributes, as one that gives all at once."""
    return lambda name, reader: given(run(name, reader))


def _as_bytes(page: bytes | str | Problem) -> bytes | None:
    return page if isinstance(page, bytes) else None


def _as_nothing(problems: tuple[Problem, ...]) -> bytes | None:
    return None if problems else b""


def _digest(result: bytes | str | Problem) -> str:
    """The digest of a page's bytes; a page known by its digest alone has that one."""
    return digest(result) if isinstance(result, bytes) else str(result)
