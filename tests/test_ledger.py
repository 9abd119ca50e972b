"""The ledger: what a process left is what the next one finds; what is strange costs time only."""

import random
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from standfirst import ledger as module
from standfirst import load
from standfirst.build import Site
from standfirst.ledger import Ledger, digest, read_ledger, write_ledger
from standfirst.live import Live
from standfirst.model import Fact
from standfirst.reader import Reader
from standfirst.render import data
from standfirst.shared import mark
from standfirst.store import Damaged, Store, write
from tests.projects import kites

FILES = kites(small=True).files()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".standfirst" / "ledger.db"


def left(path: Path, files: Mapping[str, bytes] = FILES) -> Ledger:
    """The ledger of a site of these files."""
    site = Site("engine")
    site.update(files)
    draft = site.ledger("site", "bundle")
    assert draft
    write_ledger(path, draft)
    ledger = read_ledger(path)
    assert ledger
    return ledger


def test_its_head_says_of_what_and_for_what_it_is(path: Path) -> None:
    head = left(path).head
    assert (head.engine, head.site, head.bundle) == ("engine", "site", "bundle")
    assert head.inputs.keys() == FILES.keys()
    pages = {page.path: page.name for page in planned()}
    made = Site("engine").update(FILES).pages
    assert {name: digest(made[p]) for p, name in pages.items()} == head.outputs  # type: ignore[arg-type]


def planned() -> tuple[module.Task, ...]:
    site = Site("engine")
    site.check(FILES)
    return site.planned  # type: ignore[return-value]


def test_it_knows_who_read_what(path: Path) -> None:
    ledger = left(path)
    readers = set(ledger.readers(mark("name", "acme")))
    assert {("render", "/companies/acme/ entity acme 1")} <= readers
    assert ("check", "section house") not in readers
    done = ledger.done(("render", "/companies/acme/ entity acme 1"))
    assert done
    assert mark("name", "acme") in done.reads
    assert ledger.done(("render", "/nowhere/")) is None


def test_it_knows_who_said_what(path: Path) -> None:
    ledger = left(path)
    held = ledger.held(("name", "acme"))
    assert held
    file = "content/facts/companies/acme.yaml"
    assert msgspec.msgpack.decode(held) == {file: ["Acme"]}
    assert ("name", "acme") in ledger.keys_of(file)
    assert ledger.keys_of("nobody") == ()
    assert ledger.held(("name", "nobody")) is None


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are loaded from now on."""
    found: list[str] = []

    anew = load.load

    def counted(path: str, data: bytes) -> load.Loaded:
        found.append(path)
        return anew(path, data)

    monkeypatch.setattr(load, "load", counted)
    return found


def held_by(files: Mapping[str, bytes]) -> dict[str, str]:
    """What a folder holds in which a site of these files lies."""
    pages = Site("engine").update(files).pages
    return {path: digest(data) for path, data in pages.items() if isinstance(data, bytes)}


def test_where_nothing_changed_nothing_is_loaded_or_run(path: Path, loads: list[str]) -> None:
    ledger, held = left(path), held_by(FILES)
    loads.clear()
    site = Site("engine", ledger, held)
    update = site.update(FILES)
    assert (update.rendered, update.checked, update.changed, loads) == ((), (), (), [])
    assert not site.is_changed
    assert len(update.pages) == len(held)


def test_an_edit_loads_the_file_that_was_edited(path: Path, loads: list[str]) -> None:
    ledger, held = left(path), held_by(FILES)
    loads.clear()
    project, file = kites(small=True), "content/facts/companies/acme.yaml"
    project.fact("acme-2")["note"] = "So it was."
    update = Site("engine", ledger, held).update(project.files())
    assert update.changed == (file,)
    assert loads == [file]
    assert 0 < len(update.rendered) < len(update.pages) / 2


def test_what_tells_of_the_whole_site_is_put_together_of_what_was_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, held = left(path), held_by(FILES)
    told: list[str] = []
    anew: Callable[[Fact, Reader], Mapping[str, object]] = data.fact_data

    def counted(fact: Fact, reader: Reader) -> Mapping[str, object]:
        told.append(fact.id)
        return anew(fact, reader)

    monkeypatch.setattr(data, "fact_data", counted)
    project, site = kites(small=True), Site("engine", ledger, held)
    for id_ in ("acme-2", "borea-1"):
        project.fact(id_)["note"] = "So it was."
        site.check(project.files())
        page = next(page for page in site.planned if page.view == "facts_json")
        told.clear()
        made = site.render(page)
        assert {one.partition("-")[0] for one in told} == {id_.partition("-")[0]}
        assert made == Site("engine").update(project.files()).pages[page.path]


def test_what_was_kept_in_another_form_costs_time_only(path: Path) -> None:
    ledger, held = left(path), held_by(FILES)
    entries, strange = dict(ledger.store.entries()), 0
    for number, entry in ledger.store.entries():
        match msgspec.msgpack.decode(entry):
            case ["shared", name, reads, kept] if kept:
                entries[number] = msgspec.msgpack.encode(("shared", name, reads, b"\xc0"))
                strange += 1
    assert strange
    write(path, msgspec.msgpack.encode(ledger.head), entries)
    project = kites(small=True)
    project.fact("acme-2")["text"] = "It was so."
    clean = Site("engine").update(project.files())
    again = Site("engine", read_ledger(path), held).update(project.files())
    assert (again.problems, again.pages) == (clean.problems, clean.pages)


def test_of_lost_pages_no_others_are_rendered(path: Path) -> None:
    ledger, held = left(path), held_by(FILES)
    del held["companies/acme/index.html"]
    update = Site("engine", ledger, held).update(FILES)
    assert update.rendered == ("/companies/acme/",)


def test_a_site_is_served_from_it(path: Path, loads: list[str]) -> None:
    ledger, page = left(path), Site("engine").update(FILES).pages["index.html"]
    loads.clear()
    live = Live(Site("engine", ledger))
    live.take(FILES)
    assert (live.problems, loads) == ("", [])
    assert live.answer("/").data == page


def test_what_is_read_apart_stays_what_it_was(path: Path) -> None:
    left(path)
    apart = read_ledger(path, apart=True)
    assert apart
    before = dict(apart.store.entries())
    Store(path).put(b"", dict.fromkeys(before, b"of another build"))
    assert read_ledger(path) is None
    again = [apart.store.get(number) for number in before]
    assert again == list(before.values())


def test_no_file_no_ledger(path: Path) -> None:
    assert read_ledger(path) is None
    path.mkdir(parents=True)
    assert read_ledger(path) is None


@pytest.mark.parametrize("head", [b"", b"\xc0", b"\x80", msgspec.msgpack.encode({"engine": 1})])
def test_a_strange_head_is_no_ledger(path: Path, head: bytes) -> None:
    write(path, head, {})
    assert read_ledger(path) is None


@pytest.mark.parametrize("seed", range(12))
def test_strange_entries_cost_time_only(path: Path, seed: int) -> None:
    """A cache may come from anywhere: a right digest is no proof of a right form."""
    ledger, rng = left(path), random.Random(seed)
    entries = dict(ledger.store.entries())
    strange = (b"", b"\xc0", b"\x93\x90\x80\xc4\x07aaaaaaa", rng.randbytes(9))
    for number in entries:
        if rng.random() < 0.4:
            entries[number] = rng.choice(strange)
    write(path, msgspec.msgpack.encode(ledger.head), entries)
    path_of_file = "content/facts/companies/acme.yaml"
    files = FILES | {path_of_file: FILES[path_of_file].replace(b"Acme", b"Acme & Sons", 1)}
    clean = Site("engine").update(files)
    held = {page: digest(data) for page, data in clean.pages.items() if isinstance(data, bytes)}
    again = Site("engine", read_ledger(path), held).update(files)
    assert again.problems == clean.problems
    assert again.pages == clean.pages


def test_a_ledger_damaged_since_it_was_read_is_deleted(path: Path) -> None:
    ledger, held = left(path), held_by(FILES)
    project = kites(small=True)
    project.fact("acme-2")["note"] = "So it was."
    site = Site("engine", ledger, held)
    update = site.update(project.files())
    assert update.pages
    draft = site.ledger("site")
    assert draft
    with sqlite3.connect(path) as file:
        file.execute("UPDATE standfirst SET held = x'00' WHERE row >= 0")
    file.close()
    ledger.store._rows.clear()
    write_ledger(path, draft)
    assert not path.exists()
    assert site.ledger("site") is None


def test_what_cannot_be_numbered_or_written_is_not_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = kites(small=True)
    project.sections["9" * 30 + "-late"] = ({"title": "Late"}, "A word [@acme-1].\n")
    site = Site("engine")
    assert site.update(project.files()).pages
    assert site.ledger("site") is None
    site = Site("engine")
    site.update(FILES)
    monkeypatch.setattr(module, "mark", lambda *name: len(name))
    assert site.ledger("site") is None


def test_a_ledger_of_another_engine_is_not_asked(path: Path) -> None:
    ledger = left(path)
    update = Site("other engine", ledger).update(FILES)
    assert len(update.rendered) == len(update.pages)


def test_odd_numbers_are_damage() -> None:
    with pytest.raises(Damaged):
        module.numbers(b"123")


def test_digest_is_of_the_bytes() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest(b"a") != digest(b"b")


def test_the_file_is_a_store(path: Path) -> None:
    ledger = left(path)
    assert dict(Store(path).entries()) == dict(ledger.store.entries())
