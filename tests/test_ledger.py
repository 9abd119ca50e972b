"""The ledger: same ledger, same bytes; anything but what was written is no ledger at all."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst import ledger as module
from standfirst.ledger import Entry, Ledger, digest, read_ledger, value_digest, write_ledger

LEDGER = Ledger(
    engine="e1",
    site="s1",
    values={("fact", "acme-sales"): "d1", ("facts-of", "acme"): "d2", ("as-of",): "d3"},
    tasks={
        "/companies/acme/": Entry("o1", (("as-of",), ("facts-of", "acme"))),
        "check acme-sales": Entry("", (("fact", "acme-sales"), ("fact", "not-found"))),
        "/robots.txt": Entry("o2", ()),
    },
)

WORDS = st.text(max_size=5)
KEYS = st.lists(WORDS, max_size=3).map(tuple)
ENTRIES = st.builds(Entry, WORDS, st.sets(KEYS, max_size=4).map(lambda keys: tuple(sorted(keys))))
LEDGERS = st.builds(
    Ledger,
    WORDS,
    WORDS,
    st.dictionaries(KEYS, WORDS, max_size=6),
    st.dictionaries(WORDS, ENTRIES, max_size=6),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".standfirst" / "ledger.json"


def with_body(body: object) -> bytes:
    """A file whose digest is right, whatever it holds."""
    data = orjson.dumps(body)
    return orjson.dumps({"standfirst": 1, "body": digest(data)}) + b"\n" + data


def body_of(ledger: Ledger, path: Path) -> dict[str, object]:
    write_ledger(path, ledger)
    body: dict[str, object] = orjson.loads(path.read_bytes().partition(b"\n")[2])
    return body


def test_what_was_written_is_read(path: Path) -> None:
    write_ledger(path, LEDGER)
    assert read_ledger(path) == LEDGER
    assert os.listdir(path.parent) == ["ledger.json"]


@given(LEDGERS)
def test_any_ledger_comes_back(tmp_path_factory: pytest.TempPathFactory, ledger: Ledger) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    write_ledger(path, ledger)
    assert read_ledger(path) == ledger


def test_same_ledger_same_bytes(path: Path) -> None:
    """The order in which tasks ran, keys were read or values were taken leaves no trace."""
    write_ledger(path, LEDGER)
    first = path.read_bytes()
    backwards = Ledger(
        LEDGER.engine,
        LEDGER.site,
        dict(sorted(LEDGER.values.items(), reverse=True)),
        {
            name: Entry(entry.digest, (*reversed(entry.keys), *entry.keys))
            for name, entry in sorted(LEDGER.tasks.items(), reverse=True)
        },
    )
    write_ledger(path, backwards)
    assert path.read_bytes() == first
    assert read_ledger(path) == LEDGER


def test_no_file_no_ledger(path: Path) -> None:
    assert read_ledger(path) is None
    path.mkdir(parents=True)
    assert read_ledger(path) is None


def test_a_pipe_is_no_ledger_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ledger.json")
    assert read_ledger(tmp_path / "ledger.json") is None


def test_every_cut_and_every_changed_byte_is_noticed(path: Path) -> None:
    write_ledger(path, LEDGER)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place])
        assert read_ledger(path) is None, f"cut at {place}"
        for bit in (0, 7):
            changed = bytes([whole[place] ^ 1 << bit])
            path.write_bytes(whole[:place] + changed + whole[place + 1 :])
            assert read_ledger(path) is None, f"byte {place}, bit {bit}"
    path.write_bytes(whole + b"\n")
    assert read_ledger(path) is None


def test_another_version_is_no_ledger(path: Path) -> None:
    write_ledger(path, LEDGER)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'{"standfirst":1,', b'{"standfirst":2,'))
    assert read_ledger(path) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engine", 1),
        ("site", None),
        ("keys", {}),
        ("keys", [["as-of"]]),
        ("keys", [["as-of"], ["fact", 1], "facts-of"]),
        ("keys", ["as-of", "fact", "facts-of", "not-found"]),
        ("values", ["d1"]),
        ("values", [1, 2, 3, 4]),
        ("tasks", []),
        ("tasks", {"/": []}),
        ("tasks", {"/": ["o", [99]]}),
        ("tasks", {"/": ["o", [-1]]}),
        ("tasks", {"/": ["o", [0.5]]}),
        ("tasks", {"/": ["o", ["0"]]}),
        ("tasks", {"/": ["o", [1 << 63]]}),
        ("tasks", {"/": [1, []]}),
    ],
)
def test_a_strange_body_is_no_ledger(path: Path, name: str, value: object) -> None:
    """A cache may come from anywhere: a right digest is no proof of a right form."""
    body = body_of(LEDGER, path)
    path.write_bytes(with_body(body))
    assert read_ledger(path) == LEDGER
    path.write_bytes(with_body(body | {name: value}))
    assert read_ledger(path) is None


def test_a_body_of_another_kind_is_no_ledger(path: Path) -> None:
    path.parent.mkdir()
    bodies: list[object] = [[], None, 1, "text", {}, [[[[]]]]]
    for body in bodies:
        path.write_bytes(with_body(body))
        assert read_ledger(path) is None
    deep = b"[" * 100_000
    path.write_bytes(orjson.dumps({"standfirst": 1, "body": digest(deep)}) + b"\n" + deep)
    assert read_ledger(path) is None


def test_a_giant_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_ledger(path, LEDGER)
    monkeypatch.setattr(module, "_LARGEST", path.stat().st_size)
    assert read_ledger(path) == LEDGER
    monkeypatch.setattr(module, "_LARGEST", path.stat().st_size - 1)
    assert read_ledger(path) is None


def test_a_write_that_fails_leaves_the_old_ledger(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(path, LEDGER)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_ledger(path, Ledger("e2", "s2", {}, {}))
    assert read_ledger(path) == LEDGER
    assert os.listdir(path.parent) == ["ledger.json"]


def test_what_a_killed_build_left_is_replaced_and_a_link_not_followed(path: Path) -> None:
    path.parent.mkdir()
    elsewhere = path.parent.parent / "elsewhere"
    elsewhere.write_text("mine")
    path.with_name("ledger.json.new").symlink_to(elsewhere)
    write_ledger(path, LEDGER)
    assert elsewhere.read_text() == "mine"
    assert read_ledger(path) == LEDGER
    assert not path.is_symlink()


def test_digest_is_of_the_bytes() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest(b"a") != digest(b"b")


@dataclass(frozen=True)
class Said:
    text: str
    amount: float | int | None = None
    parts: tuple[object, ...] = ()
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Other:
    text: str
    amount: float | int | None = None
    parts: tuple[object, ...] = ()


@dataclass(frozen=True)
class _Empty:
    pass


def test_where_a_record_stands_is_not_what_it_says() -> None:
    assert value_digest((Said("a", line=1),)) == value_digest((Said("a", line=2),))
    inside = [value_digest((Said("a", parts=(Said("b", line=line),)),)) for line in (1, 2)]
    assert inside[0] == inside[1]


def test_order_in_a_mapping_is_not_what_it_says() -> None:
    assert value_digest(({"a": 1, "b": 2},)) == value_digest(({"b": 2, "a": 1},))


def test_values_that_differ_have_digests_that_differ() -> None:
    values: list[tuple[object, ...]] = [
        (),
        ((),),
        (None,),
        ("",),
        (0,),
        ("0",),
        (b"",),
        (b"0",),
        (digest(b"0"),),
        (True,),
        ("a", "b"),
        (("a", "b"),),
        ("ab",),
        ("a, b",),
        (1.5,),
        ("1.5",),
        (10**30,),
        (10**30 + 1,),
        (str(10**30),),
        ("\ud800",),
        ("\\ud800",),
        (Said("a"),),
        (Other("a"),),
        (Said("a", 1),),
        (Said("a", 10**30),),
        (Said("a", parts=("b",)),),
        (Said("a", parts=(Said("b"),)),),
        (_Empty(),),
        ({"a": 1},),
        ({"a": 2},),
    ]
    digests = [value_digest(value) for value in values]
    assert len(set(digests)) == len(digests)


PLAIN = st.recursive(
    st.none()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.binary(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Said, WORDS, st.none() | st.integers(), st.lists(inner, max_size=2).map(tuple))
    ),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_digests_are_equal_where_the_values_are(one: object, other: object) -> None:
    same = repr(one) == repr(other)  # `==` would call 1 and 1.0 equal, which one key never mixes
    assert (value_digest((one,)) == value_digest((other,))) == same


def test_what_is_no_value_is_a_bug_that_says_so() -> None:
    with pytest.raises(TypeError, match="set"):
        value_digest(({1},))
