"""The store: what was put comes back; what is damaged is noticed; a change is made whole or not."""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst import store as module
from standfirst.store import Damaged, Store, write

HEAD = b"what is read each time"
ENTRIES = {number * 7919: str(number).encode() * (number % 5) for number in range(100)}
NUMBERS = st.integers(0, 2**64 - 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "store.db"


def held(path: Path) -> tuple[bytes, Mapping[int, bytes]]:
    """All that a file holds."""
    store = Store(path)
    try:
        return store.head, dict(store.entries())
    finally:
        store.close()


def test_what_was_written_is_read(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    assert held(path) == (HEAD, ENTRIES)
    assert os.listdir(path.parent) == ["store.db"]
    store = Store(path)
    assert [store.get(number) for number in ENTRIES] == list(ENTRIES.values())
    assert store.get(1) is None


@given(st.binary(max_size=9), st.dictionaries(NUMBERS, st.binary(max_size=9), max_size=40))
def test_anything_comes_back(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, entries: Mapping[int, bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.db"
    write(path, head, entries)
    assert held(path) == (head, entries)


def test_same_entries_same_bytes(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    first = path.read_bytes()
    write(path, HEAD, dict(reversed(ENTRIES.items())))
    assert path.read_bytes() == first


def test_a_change_is_a_change_of_what_it_names(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    Store(path).put(b"other", {0: None, 1: b"new", 7919: b"again", 5: None})
    wanted = {number: data for number, data in ENTRIES.items() if number} | {1: b"new"}
    assert held(path) == (b"other", wanted | {7919: b"again"})
    assert os.listdir(path.parent) == ["store.db"]


def test_a_store_that_changed_knows_it(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    store = Store(path)
    store.put(b"other", {1: b"new"})
    assert (store.head, store.get(1)) == (b"other", b"new")


def test_no_file_no_store(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store(path)
    path.mkdir(parents=True)
    with pytest.raises(Damaged):
        Store(path)


def test_a_pipe_is_no_store_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "store.db")
    with pytest.raises(Damaged):
        Store(tmp_path / "store.db")


def test_a_giant_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, HEAD, ENTRIES)
    monkeypatch.setattr(module, "_LARGEST", path.stat().st_size)
    assert held(path) == (HEAD, ENTRIES)
    monkeypatch.setattr(module, "_LARGEST", path.stat().st_size - 1)
    with pytest.raises(Damaged):
        Store(path)


def test_no_cut_and_no_changed_byte_makes_another_answer(path: Path) -> None:
    """A byte that nobody reads may be any; every other is noticed."""
    entries = {number: bytes([number % 251]) * 60 for number in range(400)}
    write(path, HEAD, entries)
    whole, noticed = path.read_bytes(), 0
    changes = [whole[:place] for place in range(0, len(whole), 997)]
    for place in range(0, len(whole), 29):
        changed = bytes([whole[place] ^ 1 << place % 8])
        changes.append(whole[:place] + changed + whole[place + 1 :])
    for data in changes:
        path.write_bytes(data)
        try:
            assert held(path) == (HEAD, entries)
        except Damaged:
            noticed += 1
    assert noticed > len(changes) / 3


def test_a_row_in_anothers_place_is_noticed(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE standfirst SET held = (SELECT held FROM standfirst WHERE row = 1)")
    with pytest.raises(Damaged):
        Store(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (x)",
        "CREATE TRIGGER t AFTER UPDATE ON standfirst BEGIN DELETE FROM standfirst; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TABLE standfirst",
        "DELETE FROM standfirst WHERE row = -1",
    ],
)
def test_a_file_with_anything_else_is_none_of_ours(path: Path, statement: str) -> None:
    write(path, HEAD, ENTRIES)
    with sqlite3.connect(path) as file:
        file.execute(statement)
    file.close()
    with pytest.raises(Damaged):
        Store(path)


def test_a_change_for_which_there_is_no_room_changes_nothing(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    store = Store(path)
    store._file.execute("PRAGMA max_page_count = 1")
    with pytest.raises(OSError, match="full"):
        store.put(b"other", {number: b"x" * 10_000 for number in range(50)})
    assert (store.head, dict(store.entries())) == (HEAD, ENTRIES)
    store.close()
    assert held(path) == (HEAD, ENTRIES)


def test_a_change_of_a_file_that_was_damaged_meanwhile_is_noticed(path: Path) -> None:
    entries = {number: b"x" * 500 for number in range(1000)}
    write(path, HEAD, entries)
    store = Store(path)
    assert dict(store.entries()) == entries
    path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(Damaged):
        store.put(b"other", dict.fromkeys(entries, b"new"))


def test_a_change_that_is_killed_changes_nothing(path: Path) -> None:
    write(path, HEAD, {number: b"x" * 500 for number in range(1000)})
    before = held(path)
    if not (child := os.fork()):
        file = sqlite3.connect(path, isolation_level=None)
        file.execute("PRAGMA cache_size = 1")  # so that it is written to the file meanwhile
        file.execute("BEGIN IMMEDIATE")
        file.execute("UPDATE standfirst SET held = x'00'")
        os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name("store.db-journal").exists()
    assert held(path) == before


def test_a_forked_process_reads_for_itself(path: Path) -> None:
    write(path, HEAD, ENTRIES)
    store, inherited = Store(path), Store(path)
    connection = inherited._file
    if not (child := os.fork()):
        is_read = all(inherited.get(number) == data for number, data in ENTRIES.items())
        os._exit(0 if is_read and inherited._file is not connection else 1)
    assert os.waitpid(child, 0)[1] == 0
    inherited.put(b"other", {1: b"new"})
    assert store.get(1) == inherited.get(1) == b"new"


def test_a_write_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, HEAD, ENTRIES)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(path, b"other", {})
    assert held(path) == (HEAD, ENTRIES)
    assert os.listdir(path.parent) == ["store.db"]


def test_what_a_killed_build_left_is_replaced_and_a_link_not_followed(path: Path) -> None:
    path.parent.mkdir()
    elsewhere = path.parent.parent / "elsewhere"
    elsewhere.write_text("mine")
    path.with_name("store.db.new").symlink_to(elsewhere)
    path.with_name("store.db-journal").write_bytes(b"of another file")
    write(path, HEAD, ENTRIES)
    assert elsewhere.read_text() == "mine"
    assert held(path) == (HEAD, ENTRIES)
    assert not path.is_symlink()
