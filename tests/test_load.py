"""Files, whole or damaged, good or hostile → records and problems, and never a traceback."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from standfirst.build import Site
from standfirst.load import load
from standfirst.model import Fact
from standfirst.project import read_project
from standfirst.update import Update
from tests.test_problems import is_inside

TOP = Path(__file__).parent.parent
FILES: Mapping[str, bytes] = {
    path: data
    for path, data in read_project(TOP).items()
    if path.startswith(("content/", "seeds/")) or path == "mkdocs.yml"
}
CONTENT = sorted(path for path in FILES if path.startswith("content/"))
Damage = Callable[[bytes, random.Random], bytes]


ODD_BYTES = b"\0\t\n\r\x1b \"'#&*-:<>?@[]{}|~\xc3\xff"


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.choice(ODD_BYTES)
    return bytes(damaged)


def cut_off(data: bytes, chance: random.Random) -> bytes:
    """The file ends too early, perhaps inside a character."""
    return data[: chance.randrange(len(data))]


def lines_lost(data: bytes, chance: random.Random) -> bytes:
    """Some lines are gone."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        del lines[chance.randrange(len(lines))]
        lines = lines or [b"\n"]
    return b"".join(lines)


def lines_moved(data: bytes, chance: random.Random) -> bytes:
    """Some lines stand elsewhere, or twice, or deeper."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        line = chance.choice(lines)
        lines.insert(chance.randrange(len(lines)), b" " * chance.randint(0, 4) + line.lstrip())
    return b"".join(lines)


VALUES = (
    b"[]", b"{}", b"[[]]", b"[a, [b], {c: d}]", b"{a: {b: [c]}}", b"null", b"~", b'""', b"''",
    b'"a\\nb\\u0007c"', b"[[nobody]]", b'"[[nobody]]"', b'"[@nobody] [[ [@ ]]"', b"!!int 7",
    b"&a b", b"*a", b">-\n      a\n      block", b"|", b"-", b"no", b"2026-99", b'"[..2031]"',
    b"9" * 400, b"1e999", b"nan", b"true", b"Acme # 5", b"a: b", b"'it''s'",
    b"\xe2\x80\xae\xc2\xa0\xc3\xa9", b"[" * 80 + b"]" * 80, b"x" * 5000,
)  # fmt: skip


def values_swapped(data: bytes, chance: random.Random) -> bytes:
    """Some keys have values that belong elsewhere, or nowhere."""
    lines = data.split(b"\n")
    keyed = [number for number, line in enumerate(lines) if b": " in line] or [0]
    for number in chance.choices(keyed, k=chance.randint(1, 4)):
        key = lines[number].partition(b": ")[0]
        lines[number] = key + b": " + chance.choice(VALUES)
    return b"\n".join(lines)


def values_mixed(data: bytes, chance: random.Random) -> bytes:
    """Values have changed places with one another."""
    lines = data.split(b"\n")
    keyed = [number for number, line in enumerate(lines) if b": " in line] or [0]
    ends = [lines[number].partition(b": ")[2] for number in keyed]
    chance.shuffle(ends)
    for number, end in zip(keyed, ends, strict=True):
        lines[number] = lines[number].partition(b": ")[0] + b": " + end
    return b"\n".join(lines)


def keys_swapped(data: bytes, chance: random.Random) -> bytes:
    """Keys are called otherwise."""
    others = (b"id", b"from", b"quote", b"source", b"facts", b"value", b"kind", b"x", b"<<", b"?")
    lines = data.split(b"\n")
    keyed = [number for number, line in enumerate(lines) if b": " in line] or [0]
    for number in chance.choices(keyed, k=chance.randint(1, 4)):
        key, colon, value = lines[number].partition(b": ")
        indent = key[: len(key) - len(key.lstrip(b" -"))]
        lines[number] = indent + chance.choice(others) + colon + value
    return b"\n".join(lines)


DAMAGES: tuple[Damage, ...] = (
    flipped, cut_off, lines_lost, lines_moved, values_swapped, values_mixed, keys_swapped,
)  # fmt: skip


def assert_all_inside(update: Update, files: Mapping[str, bytes | None]) -> None:
    for problem in update.problems:
        data = files.get(problem.span.file) or b""
        assert is_inside(problem.span, data.decode("utf-8", "replace")), problem


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_content_is_told_never_raised(damage: Damage) -> None:
    """Whatever becomes of a file, its author reads problems with places inside their files."""
    site = Site("test")
    assert not site.check(FILES).problems
    for seed in range(26):
        chance = random.Random(f"{damage.__name__} {seed}")
        hurt = chance.sample(CONTENT, chance.choice((1, 1, 2)))
        damaged = {path: damage(FILES[path], chance) for path in hurt}
        try:
            update = site.check(damaged)
        except Exception as error:
            pytest.fail(f"{damage.__name__}, seed {seed}, {hurt}: {error!r}")
        assert_all_inside(update, {**FILES, **damaged})
        assert not site.check({path: FILES[path] for path in hurt}).problems, seed


@pytest.mark.parametrize("path", ["seeds/x.txt", "mkdocs.yml", *CONTENT[:1], *CONTENT[-1:]])
@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"---\n", b"---\n---\n", b"- [", b"?"]
)
def test_odd_files_are_read(path: str, data: bytes) -> None:
    """Nothing at all, a mark that no one sees, half a document: each gives records or problems."""
    loaded = load(path, data)
    for problem in loaded.problems:
        assert is_inside(problem.span, data.decode("utf-8", "replace")), problem


def test_a_file_that_is_too_large_is_told() -> None:
    """Eight megabytes of YAML are nobody's facts."""
    path = "content/facts/companies/acme.yaml"
    (problem,) = load(path, b"name: Acme\n#" + b"x" * 8_000_000).problems
    assert problem.slug == "too-large"
    assert "8 MB" in problem.message


def test_a_missing_project_is_a_problem_for_each_thing_missing() -> None:
    """No file at all, or a single one: checked like any other."""
    assert [problem.slug for problem in Site("test").check({}).problems] == ["missing-file"]
    for path in FILES:
        Site("test").check({path: FILES[path]})


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    """Editors differ; what a file says does not."""
    path = "content/facts/companies/acme.yaml"
    plain = b"name: Acme\nfacts:\n  - id: a\n    text: Acme sells kites.\n    status: stated\n"
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    one, other = load(path, plain), load(path, windows)
    assert [record for record, _ in one.records] == [record for record, _ in other.records]
    assert one.problems == other.problems


def test_a_record_with_a_bad_field_stays_without_it() -> None:
    """Its id still answers references, and its other fields are still checked."""
    path = "content/facts/companies/acme.yaml"
    text = (
        b"name: Acme\nfacts:\n  - id: a\n    text: T\n    status: rumoured\n    evidence: {k: q}\n"
    )
    loaded = load(path, text)
    assert [problem.slug for problem in loaded.problems] == ["bad-choice"]
    assert [getattr(record, "id", "") for record, _ in loaded.records] == ["acme", "a"]


def test_an_amount_of_many_digits_is_one_that_json_can_hold() -> None:
    """A whole number of thirty digits made the build end where its page was written as data."""
    text = b"name: Acme\nfacts:\n  - id: a\n    value: {of: kites, figure: many, amount: 1%s}\n"
    loaded = load("content/facts/companies/acme.yaml", text % (b"0" * 30))
    amounts = [
        record.value.amount
        for record, _ in loaded.records
        if isinstance(record, Fact) and record.value
    ]
    assert [repr(amount) for amount in amounts] == ["1e+30"]
