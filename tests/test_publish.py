"""Publishing: the whole old site or the whole new one, ours and nobody else's."""

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst import exchange as module
from standfirst import staging
from standfirst.ledger import digest
from standfirst.publish import (
    MANIFEST,
    Held,
    Published,
    PublishRefused,
    held,
    lock,
    publish,
    recover,
)

ROOT = Path(__file__).parents[1]
OLD = {
    "index.html": b"old home",
    "about/index.html": b"about",
    "facts/acme/index.html": b"acme",
    "robots.txt": b"robots",
}
NEW = {
    "index.html": b"new home",
    "about/index.html": b"about",
    "sources/kites/index.html": b"kites",
    "robots.txt": b"robots",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(params=["in one step", "by two renames"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to exchange two folders; the first is the second where the system lacks it."""
    if request.param == "by two renames":
        monkeypatch.setattr(module, "_swap", lambda one, other: False)
    return str(request.param)


@pytest.fixture(params=["the old tree deleted", "the old tree kept"])
def retired(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where the tree is kept that was the site before; both with such a place and without."""
    return kept_beside(tmp_path / "site") if request.param == "the old tree kept" else None


def kept_beside(site: Path) -> Path:
    place = site.parent / ".standfirst" / "retired"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def build(site: Path, files: Mapping[str, bytes], retired: Path | None = None) -> Published:
    """Publishes as a build does: a page whose bytes the site holds is known by its digest."""
    before = held(site)
    pages = {
        path: known if (known := digest(data)) == before.files.get(path) else data
        for path, data in files.items()
    }
    return publish(site, pages, before, retired)


def beside(site: Path) -> list[str]:
    """What lies beside the site, but for the place of the tree that was the site before."""
    return sorted({*os.listdir(site.parent)} - {"site", ".standfirst"})


def tree(folder: Path) -> dict[str, object]:
    """All there is in a folder but the manifest: bytes, link targets, `None` for a folder."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif name != MANIFEST:
            found[name] = None if path.is_dir() else path.read_bytes()
    return found


def files_in(folder: Path) -> dict[str, object]:
    return {path: data for path, data in tree(folder).items() if data is not None}


def marks(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Which files and folders these are, and when they were last touched."""
    paths = [folder.parent, folder, *folder.rglob("*")]
    status = {str(path): os.lstat(path) for path in paths}
    return {path: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for path, s in status.items()}


def test_a_first_build_makes_the_folder(site: Path) -> None:
    assert held(site) == Held()
    done = build(site / "deep" / "down", OLD)
    assert files_in(site / "deep" / "down") == OLD
    assert (done.written, done.removed) == (4, 0)


def test_a_first_build_fills_an_empty_folder(site: Path, exchange: str) -> None:
    site.mkdir(mode=0o750)
    build(site, OLD)
    assert files_in(site) == OLD
    assert stat.S_IMODE(site.stat().st_mode) == 0o750
    assert os.listdir(site.parent) == ["site"]


def test_the_manifest_lists_our_files_and_is_held(site: Path) -> None:
    done = build(site, {"b": b"2", "a/c": b"1"})
    raw = (site / MANIFEST).read_bytes()
    assert (
        raw
        == orjson.dumps({"standfirst": 1, "files": {"a/c": digest(b"1"), "b": digest(b"2")}})
        + b"\n"
    )
    assert held(site) == Held({"a/c": digest(b"1"), "b": digest(b"2")}, digest(raw))
    assert done.manifest == digest(raw)


def test_where_nothing_changes_nothing_is_touched(site: Path) -> None:
    first = build(site, OLD)
    (site / "CNAME").write_text("kites.example")
    before = marks(site)
    assert build(site, OLD) == Published(0, 0, first.manifest)
    assert publish(site, OLD, held(site)) == Published(0, 0, first.manifest)
    assert marks(site) == before


def test_what_stays_is_the_same_file(site: Path, exchange: str) -> None:
    build(site, OLD)
    before = {path: (site / path).stat() for path in OLD}
    done = publish(site, NEW, held(site))
    after = {path: (site / path).stat() for path in NEW}
    for path in ("about/index.html", "robots.txt"):
        assert after[path].st_ino == before[path].st_ino
        assert after[path].st_mtime_ns == before[path].st_mtime_ns
        assert after[path].st_nlink == 1
    assert files_in(site) == NEW
    assert (done.written, done.removed) == (2, 1)


def staged_calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Notes what is made and what is deleted in a tree that is being staged."""
    made = []

    def noted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*values: object, **options: object) -> object:
            if path := str(values[name == "link"]).partition("/stage/")[2]:
                made.append((name, path))
            return function(*values, **options)

        return call

    for name in ("mkdir", "link", "unlink", "rmdir"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    return made


def test_a_kept_tree_is_touched_only_where_it_differs(
    site: Path, exchange: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    retired, third = kept_beside(site), {**NEW, "index.html": b"third home"}
    build(site, OLD, retired)
    build(site, NEW, retired)
    (site / "CNAME").write_text("kites.example")
    site.chmod(0o750)
    retired.chmod(0o701)
    assert files_in(retired) == OLD
    folders = {path: (retired / path).stat().st_ino for path in (".", "about")}
    before = held(site)
    with monkeypatch.context() as patch:
        made = staged_calls(patch)
        done = publish(site, {**before.files, "index.html": b"third home"}, before, retired)
    assert sorted(made) == [
        ("link", "CNAME"),
        ("link", "sources/kites/index.html"),
        ("mkdir", "sources"),
        ("mkdir", "sources/kites"),
        ("rmdir", "facts"),
        ("rmdir", "facts/acme"),
        ("unlink", MANIFEST),
        ("unlink", "facts/acme/index.html"),
        ("unlink", "index.html"),
    ]
    assert (done.written, done.removed) == (1, 0)
    assert {path: (site / path).stat().st_ino for path in folders} == folders
    assert stat.S_IMODE(site.stat().st_mode) == 0o750
    assert files_in(site) == third | {"CNAME": b"kites.example"}
    assert files_in(retired) == NEW | {"CNAME": b"kites.example"}
    assert beside(site) == []


def test_a_page_written_over_in_both_trees_is_written_again(site: Path, exchange: str) -> None:
    """One file bears both names, so that a hand that writes into one writes into both."""
    retired = kept_beside(site)
    build(site, OLD, retired)
    build(site, NEW, retired)
    (site / "robots.txt").write_bytes(b"ROBOTS")
    assert (retired / "robots.txt").read_bytes() == b"ROBOTS"
    assert build(site, NEW, retired).written == 1
    assert files_in(site) == NEW
    (retired / "about/index.html").write_bytes(b"ABOUT")
    assert build(site, OLD, retired).written == 3
    assert files_in(site) == OLD
    assert files_in(retired)["about/index.html"] == b"ABOUT"


def tampered(retired: Path, how: str) -> None:
    """Makes a kept tree one that nobody should believe."""
    outside, page = retired.parents[1] / "outside", retired / "about/index.html"
    if how == "other bytes":
        page.unlink()
        page.write_bytes(b"evil")
    elif how == "another page's file":
        page.unlink()
        page.hardlink_to(retired / "robots.txt")
    elif how == "a link for a page":
        page.unlink()
        page.symlink_to(outside / "kept.txt")
    elif how == "a link for a folder":
        shutil.rmtree(retired / "about")
        (retired / "about").symlink_to(outside)
    elif how == "a link for the tree":
        shutil.rmtree(retired)
        retired.symlink_to(outside)
    elif how == "a file for the tree":
        shutil.rmtree(retired)
        retired.write_text("evil")
    elif how == "a pipe":
        page.unlink()
        os.mkfifo(page)
    elif how == "a folder for a page":
        page.unlink()
        (page / "deeper").mkdir(parents=True)
        (page / "deeper/evil").write_text("evil")
    elif how == "a page for a folder":
        shutil.rmtree(retired / "about")
        (retired / "about").write_text("evil")
    elif how == "more":
        shutil.copytree(retired, retired / "sources" / "more")
        (retired / "evil\udcff.html").write_text("evil")
    elif how == "no manifest":
        (retired / MANIFEST).unlink()
    elif how == "a folder open to all":
        (retired / "about").chmod(0o777)
    elif how == "a sealed folder":
        (retired / "about").chmod(0)
    elif how == "a sealed tree":
        retired.chmod(0)
    elif how == "endless":
        shutil.rmtree(retired)
        deeper = retired.parent / "deeper"
        for _ in range(1100):  # a longer path than the system takes, and more calls than Python
            deeper.mkdir()
            if retired.exists():
                retired.rename(deeper / "more")
            deeper.rename(retired)


TAMPERED = (
    "other bytes",
    "another page's file",
    "a link for a page",
    "a link for a folder",
    "a link for the tree",
    "a file for the tree",
    "a pipe",
    "a folder for a page",
    "a page for a folder",
    "more",
    "no manifest",
    "a folder open to all",
    "a sealed folder",
    "a sealed tree",
    "endless",
)


@pytest.fixture
def cleared(tmp_path: Path) -> Iterator[None]:
    """Deletes in the end what is too deep for Python to delete."""
    yield
    subprocess.run(["rm", "-rf", str(tmp_path / ".standfirst")], check=False)


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize("how", TAMPERED)
def test_nothing_in_a_kept_tree_is_believed(site: Path, how: str, exchange: str) -> None:
    retired = kept_beside(site)
    outside = site.parent / "outside"
    outside.mkdir(mode=0o750)
    (outside / "kept.txt").write_text("kept")
    before = marks(outside)
    build(site, OLD, retired)
    build(site, {**OLD, "index.html": b"home"}, retired)
    tampered(retired, how)
    done = build(site, NEW, retired)
    assert (done.written, done.removed) == (2, 1)
    assert files_in(site) == NEW
    assert held(site).files.keys() == NEW.keys()
    assert stat.S_IMODE((site / "about").stat().st_mode) == 0o777 & ~umask()
    assert build(site, OLD, retired).written == 2
    assert files_in(site) == OLD
    after = marks(outside)
    assert {path: after[path] for path in before if path != str(site.parent)} == {
        path: mark for path, mark in before.items() if path != str(site.parent)
    }
    assert beside(site) == ["outside"]


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_where_inodes_tell_nothing_the_tree_is_staged_anew(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems number all files alike when a folder is listed."""
    retired = kept_beside(site)
    build(site, {**OLD, "about/index.html": b"old"}, retired)
    build(site, OLD, retired)
    entries_in = staging.entries_in
    for place in ("standfirst.staging", "standfirst.publish"):
        monkeypatch.setattr(
            f"{place}.entries_in", lambda top: [e._replace(inode=7) for e in entries_in(top)]
        )
    build(site, NEW, retired)
    assert files_in(site) == NEW


@pytest.mark.parametrize("trouble", [errno.EXDEV, errno.ENOTSUP])
def test_a_tree_that_cannot_be_kept_is_deleted(
    site: Path, monkeypatch: pytest.MonkeyPatch, trouble: int, exchange: str
) -> None:
    retired, rename = kept_beside(site), os.rename

    def elsewhere(old: str | Path, new: str | Path) -> None:
        if retired in (old, new):
            raise OSError(trouble, os.strerror(trouble))
        rename(old, new)

    build(site, OLD, retired)
    build(site, {**OLD, "index.html": b"home"}, retired)
    monkeypatch.setattr(os, "rename", elsewhere)
    build(site, NEW, retired)
    assert files_in(site) == NEW
    assert beside(site) == []
    assert os.listdir(retired.parent) == []


def test_a_kept_tree_that_fails_while_it_is_cleared_is_put_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    retired, unlink = kept_beside(site), os.unlink
    build(site, OLD, retired)
    build(site, {**OLD, "index.html": b"home"}, retired)

    def sealed(path: str | Path, **options: int) -> None:
        if str(path).endswith("facts/acme/index.html") or options:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        unlink(path)

    monkeypatch.setattr(os, "unlink", sealed)
    with suppress(PermissionError):
        build(site, NEW, retired)
    assert files_in(site) == NEW
    monkeypatch.undo()
    assert build(site, OLD, retired).written == 2
    assert files_in(site) == OLD
    assert beside(site) == []


def test_a_tree_that_can_neither_be_used_nor_put_back_is_never_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    retired, rename = kept_beside(site), os.rename
    build(site, OLD, retired)
    build(site, {"robots.txt": b"old robots"}, retired)
    (retired / "evil").write_bytes(b"evil")
    (retired / "about").chmod(0o777)

    def sealed(old: Path, new: Path) -> None:
        if new == retired:
            raise PermissionError(errno.EACCES, "Permission denied")
        rename(old, new)

    monkeypatch.setattr(os, "rename", sealed)
    with pytest.raises(PermissionError):
        build(site, {"robots.txt": b"robots"}, retired)
    assert files_in(site) == {"robots.txt": b"old robots"}
    assert beside(site) == []


def test_a_site_that_is_gone_or_another_one_takes_nothing_from_a_kept_tree(site: Path) -> None:
    retired, other = kept_beside(site), site.parent / "other" / "site"
    build(site, OLD, retired)
    build(site, NEW, retired)
    build(other, OLD, retired)
    for page, where in ((b"1", other), (b"2", site), (b"3", other), (b"4", site)):
        build(where, {**OLD, "index.html": page}, retired)
        assert files_in(where) == {**OLD, "index.html": page}
    shutil.rmtree(site)
    assert build(site, NEW, retired).written == 4
    assert files_in(site) == NEW
    assert (site / "about/index.html").stat().st_nlink == 1


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_a_site_where_trees_would_be_kept_is_none_of_them(tmp_path: Path, place: str) -> None:
    retired = tmp_path / ".standfirst" / "retired"
    site = Path(os.path.normpath(retired / place)) if place != ".." else retired.parent
    site.mkdir(parents=True)
    build(site, OLD, retired)
    build(site, NEW, retired)
    assert files_in(site) == NEW
    build(site, OLD, retired)
    assert files_in(site) == OLD
    assert os.listdir(site.parent) == [site.name]


def test_beside_a_folder_of_somebody_elses_no_tree_is_kept(site: Path) -> None:
    retired = kept_beside(site)
    build(site, OLD, retired)
    (site / "download").mkdir(mode=0o700)
    (site / "download/big.zip").write_bytes(b"zip")
    build(site, NEW, retired)
    assert not retired.exists()
    assert stat.S_IMODE((site / "download").stat().st_mode) == 0o700
    shutil.rmtree(site / "download")
    build(site, OLD, retired)
    build(site, NEW, retired)
    assert files_in(site) == NEW
    assert files_in(retired) == OLD


def test_a_page_that_goes_takes_its_empty_folders_along(site: Path, exchange: str) -> None:
    build(site, OLD)
    assert build(site, {"robots.txt": b"robots"}).removed == 3
    assert tree(site) == {"robots.txt": b"robots"}
    assert build(site, {}).removed == 1
    assert os.listdir(site) == [MANIFEST]
    assert os.listdir(site.parent) == ["site"]


def test_a_file_may_become_a_folder_and_a_folder_a_file(site: Path) -> None:
    build(site, {"a": b"file", "b/c": b"file"})
    build(site, {"a/c": b"file", "b": b"file"})
    assert files_in(site) == {"a/c": b"file", "b": b"file"}


def test_content_decides_not_file_times(site: Path) -> None:
    build(site, OLD)
    for path in OLD:
        os.utime(site / path, ns=(0, 0))
    assert held(site).files.keys() == OLD.keys()
    page = site / "index.html"
    page.write_bytes(b"OLD HOME")
    os.utime(page, ns=(0, 0))
    assert held(site).files.keys() == OLD.keys() - {"index.html"}


@pytest.mark.parametrize("damage", ["changed", "cut", "deleted", "a link", "a pipe"])
def test_a_page_changed_by_hand_is_written_again(site: Path, damage: str) -> None:
    build(site, OLD)
    elsewhere = site.parent / "elsewhere"
    elsewhere.write_bytes(b"old home")
    page = site / "index.html"
    page.unlink()
    if damage == "changed":
        page.write_bytes(b"old hole")
    elif damage == "cut":
        page.write_bytes(b"old")
    elif damage == "a link":
        page.symlink_to(elsewhere)
    elif damage == "a pipe":
        os.mkfifo(page)
    assert held(site).files.keys() == OLD.keys() - {"index.html"}
    assert build(site, OLD).written == 1
    assert not page.is_symlink()
    assert files_in(site) == OLD
    assert elsewhere.read_bytes() == b"old home"


def test_permissions_follow_the_umask(site: Path) -> None:
    before = os.umask(0o027)
    try:
        build(site, {"a/b": b""})
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE((site / path).stat().st_mode) for path in (".", "a", "a/b")}
    assert modes == {".": 0o750, "a": 0o750, "a/b": 0o640}


def test_a_large_file_arrives_whole(site: Path) -> None:
    data = os.urandom(1 << 20) * 5
    build(site, {"picture.png": data})
    assert (site / "picture.png").read_bytes() == data
    assert held(site).files == {"picture.png": digest(data)}


def test_short_writes_are_continued(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:3])))
    build(site, OLD)
    monkeypatch.undo()
    assert files_in(site) == OLD


def add_strangers(site: Path) -> dict[str, object]:
    """Puts files, links and folders of somebody else's into the site; what they look like."""
    outside = site.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "kept.txt").write_text("kept")
    (site / "CNAME").write_text("kites.example")
    (site / "facts/acme/notes.txt").write_text("mine")
    (site / "facts/acme/notes.txt").chmod(0o600)
    (site / "facts/empty/deeper").mkdir(parents=True)
    (site / "download").mkdir(mode=0o700)
    (site / "download/big.zip").write_bytes(b"zip")
    (site / "link").symlink_to(outside)
    (site / "download/dangling").symlink_to("nowhere")
    os.utime(site / "download", ns=(10**18, 10**18))
    return strangers_of(site)


def strangers_of(site: Path) -> dict[str, object]:
    """What the files and links look like that `add_strangers` puts there."""
    return {
        "CNAME": b"kites.example",
        "facts/acme/notes.txt": b"mine",
        "download/big.zip": b"zip",
        "link": f"-> {site.parent / 'outside'}",
        "download/dangling": "-> nowhere",
    }


def test_what_is_not_ours_is_carried_over_as_it_is(site: Path, exchange: str) -> None:
    build(site, OLD)
    strangers = add_strangers(site)
    kept = ("CNAME", "facts/acme/notes.txt", "download/big.zip")
    before = {path: os.lstat(site / path) for path in (*kept, "download")}
    build(site, NEW)
    assert files_in(site) == NEW | strangers
    assert (site / "facts/empty/deeper").is_dir()
    for path in kept:
        assert os.lstat(site / path).st_ino == before[path].st_ino
    for field in ("st_mode", "st_mtime_ns"):
        assert getattr(os.lstat(site / "download"), field) == getattr(before["download"], field)
    assert tree(site.parent / "outside") == {"kept.txt": b"kept"}
    build(site, {})
    assert files_in(site) == strangers
    assert sorted(os.listdir(site.parent)) == ["outside", "site"]


def test_without_hard_links_files_are_copied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    strangers = add_strangers(site)

    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    before = os.lstat(site / "CNAME")
    build(site, NEW)
    assert files_in(site) == NEW | strangers
    assert os.lstat(site / "CNAME").st_mtime_ns == before.st_mtime_ns
    assert os.lstat(site / "CNAME").st_ino != before.st_ino
    assert stat.S_IMODE(os.lstat(site / "facts/acme/notes.txt").st_mode) == 0o600


@pytest.mark.parametrize(
    ("stranger", "page"),
    [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/b/", "a"), ("a/", "a"), ("d/s", "d")],
)
def test_a_stranger_in_the_way_is_named_and_stays(site: Path, stranger: str, page: str) -> None:
    build(site, {"d/ours": b"ours"})
    if stranger.endswith("/"):
        (site / stranger).mkdir(parents=True)
    else:
        (site / stranger).parent.mkdir(exist_ok=True)
        (site / stranger).write_text("mine")
    before = marks(site)
    with pytest.raises(PublishRefused, match=r"site/\w+ is in the way") as refusal:
        build(site, {page: b"ours too"})
    assert str(site) in str(refusal.value)
    assert marks(site) == before


def test_a_link_where_our_folder_was_is_not_followed(site: Path) -> None:
    build(site, OLD)
    shutil.move(site / "about", site.parent / "elsewhere")
    (site / "about").symlink_to(site.parent / "elsewhere")
    assert "about/index.html" not in held(site).files
    with pytest.raises(PublishRefused, match="site/about is in the way"):
        build(site, OLD)
    assert tree(site.parent / "elsewhere") == {"index.html": b"about"}


def test_a_stranger_with_the_very_bytes_is_in_nobodys_way(site: Path) -> None:
    build(site, {"a": b"a"})
    (site / "b").write_bytes(b"b")
    assert build(site, {"a": b"a", "b": b"b"}).written == 0
    assert held(site).files.keys() == {"a", "b"}


def test_a_folder_that_could_not_be_cleared_away_stops_the_build_before_it_begins(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, OLD)
    (site / "sealed").mkdir()
    before = marks(site)
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("sealed"))
    with pytest.raises(PermissionError, match="sealed"):
        build(site, NEW)
    assert marks(site) == before


@pytest.mark.parametrize("when", ["while staging", "after a kill"])
def test_a_file_that_arrives_meanwhile_is_not_lost(
    site: Path, monkeypatch: pytest.MonkeyPatch, when: str, exchange: str, retired: Path | None
) -> None:
    """Somebody adds one file and replaces another while the new tree is being staged."""
    build(site, NEW, retired)
    build(site, OLD, retired)
    (site / "CNAME").write_text("old.example")
    at_exchange, finish = module._exchange, module._finish

    def arrive(work: Path, where: Path) -> None:
        (site / "facts/acme/late.txt").write_text("late")
        (site / "CNAME.new").write_text("new.example")
        os.replace(site / "CNAME.new", site / "CNAME")
        at_exchange(work, where)

    monkeypatch.setattr(module, "_exchange", arrive)
    if when == "after a kill":
        monkeypatch.setattr(module, "_finish", lambda *_: None)
    build(site, NEW, retired)
    monkeypatch.setattr(module, "_exchange", at_exchange)
    monkeypatch.setattr(module, "_finish", finish)
    recover(site)
    expected: dict[str, object] = {**NEW, "facts/acme/late.txt": b"late"}
    name = b"new.example" if when == "while staging" else b"old.example"
    assert files_in(site) == expected | {"CNAME": name}
    assert beside(site) == []
    build(site, OLD, retired)
    assert files_in(site) == {**OLD, "facts/acme/late.txt": b"late", "CNAME": name}


def test_a_folder_with_files_and_no_manifest_is_refused(site: Path) -> None:
    site.mkdir()
    (site / "thesis.txt").write_text("mine")
    for attempt in (held, lambda folder: publish(folder, OLD, Held())):
        with pytest.raises(PublishRefused, match="says that the site is ours"):
            attempt(site)
    assert tree(site) == {"thesis.txt": b"mine"}
    assert os.listdir(site.parent) == ["site"]


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b'{"standfirst":2,"files":{}}',
        b'{"standfirst":1}',
        b'{"standfirst":1,"files":[]}',
        b'{"standfirst":1,"files":{"a":1}}',
        b'{"standfirst":1,"files":{"../a":"0"}}',
        b'{"standfirst":1,"files":{"/etc/passwd":"0"}}',
        b"\xff",
    ],
)
def test_a_damaged_manifest_is_refused_and_nothing_is_touched(site: Path, manifest: bytes) -> None:
    build(site, OLD)
    (site / MANIFEST).write_bytes(manifest)
    before = marks(site)
    with pytest.raises(PublishRefused, match="is damaged or of another version"):
        held(site)
    assert marks(site) == before


def test_places_that_cannot_be_a_site_are_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site.parent / "project"
    project.mkdir()
    (project / "link").symlink_to(site.parent)
    (project / "nowhere").symlink_to("nothing")
    (project / "file").write_text("")
    monkeypatch.setenv("HOME", str(project / "home"))
    (project / "home").mkdir()
    (project / "mounted").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "mounted")
    refused = {
        "link": "symbolic link",
        "nowhere": "symbolic link",
        "file": "is a file",
        "home": "home folder",
        "mounted": "is mounted",
        ".": "holds the project",
        "..": "holds the project",
        "/": "holds the project",
    }
    for name, reason in refused.items():
        with pytest.raises(PublishRefused, match=reason):
            held(project / name, project)
    monkeypatch.chdir(project)
    with pytest.raises(PublishRefused, match="the folder you are in"):
        publish(Path("."), OLD, Held())
    assert held(Path("site"), Path(".")) == Held()


def test_the_project_inside_a_site_of_ours_is_refused(site: Path) -> None:
    build(site, OLD)
    (site / "project").mkdir()
    with pytest.raises(PublishRefused, match="holds the project"):
        held(site, site / "project")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/..",
        "./a",
        "a\\b",
        "a\0b",
        "a\nb",
        "c:a",
        "\ud800",
        MANIFEST,
        ".Standfirst.JSON",
        f"{MANIFEST}/a",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(site: Path, path: str) -> None:
    with pytest.raises(PublishRefused, match="cannot be a published file"):
        publish(site, {path: b"x"}, Held())
    assert os.listdir(site.parent) == []


@pytest.mark.parametrize("path", ["...", "..a", "a..", "a b", ".nojekyll", "ü", "a/.b/c", "日/本"])
def test_an_unusual_path_is_fine(site: Path, path: str) -> None:
    build(site, {path: b"x"})
    assert files_in(site) == {path: b"x"}


@pytest.mark.parametrize("pair", [("a", "A"), ("a/x", "A/y"), ("\u00e9", "e\u0301"), ("a", "a/b")])
def test_names_that_cannot_stand_side_by_side_are_refused(
    site: Path, pair: tuple[str, str]
) -> None:
    build(site, OLD)
    with pytest.raises(PublishRefused, match=r"one file on some|a file and"):
        build(site, dict.fromkeys(pair, b"x"))
    assert files_in(site) == OLD


def test_a_page_without_bytes_must_be_held(site: Path) -> None:
    build(site, OLD)
    with pytest.raises(ValueError, match="not held"):
        publish(site, {"index.html": digest(b"another")}, held(site))
    assert files_in(site) == OLD


def test_what_another_build_published_meanwhile_is_not_undone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, OLD)
    before = held(site)
    build(site, NEW)
    with pytest.raises(PublishRefused, match="by another command meanwhile"):
        publish(site, OLD, before)
    stage, another = module.stage, {**NEW, "more": b"another's"}

    def publish_another(*values: object) -> None:
        monkeypatch.setattr(module, "stage", stage)
        build(site, another)
        stage(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "stage", publish_another)
    with pytest.raises(PublishRefused, match="by another command meanwhile"):
        publish(site, {**NEW, "index.html": b"late"}, held(site))
    assert files_in(site) == another
    assert os.listdir(site.parent) == ["site"]


def test_a_folder_that_cannot_be_moved_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, OLD)
    rename = os.rename

    def across_layers(old: Path, new: Path) -> None:
        if old == site:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(old, new)

    monkeypatch.setattr(module, "_swap", lambda one, other: False)
    monkeypatch.setattr(os, "rename", across_layers)
    with pytest.raises(PublishRefused, match="layer of a container"):
        build(site, NEW)
    assert files_in(site) == OLD
    assert os.listdir(site.parent) == ["site"]


CALLS = ("mkdir", "link", "open", "write", "chmod", "rename", "replace", "unlink", "rmdir")

KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from standfirst import exchange as module
from tests.test_publish import CALLS, NEW, OLD, add_strangers, build, kept_beside

base, two_renames = Path(sys.argv[1]), sys.argv[2] == "by two renames"
keeps = sys.argv[3] == "the old tree kept"

def killing_at(last):
    "Makes the call with this number, of all that change a disk, the process's last one."
    count = 0
    def dying(function):
        def call(*values, **options):
            nonlocal count
            count += 1
            if count == last:
                if function is write:
                    write(values[0], bytes(values[1])[:2])
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*values, **options)
        return call
    write = os.write
    for name in CALLS:
        setattr(os, name, dying(getattr(os, name)))
    module._swap = dying((lambda *_: False) if two_renames else module._swap)

number, status = 0, 1
while status:
    number += 1
    site = base / str(number) / "site"
    retired = kept_beside(site) if keeps else None
    site.parent.mkdir(exist_ok=True)
    build(site, {**NEW, "index.html": b"older", "older/index.html": b"older"}, retired)
    build(site, OLD, retired)
    if keeps:
        (site / "CNAME").write_text("kites.example")
    else:
        add_strangers(site)
    child = os.fork()
    if not child:
        killing_at(number)
        build(site, NEW, retired)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), status
"""


@pytest.mark.parametrize("kept", ["the old tree kept", "the old tree deleted"])
@pytest.mark.parametrize("exchange", ["in one step", "by two renames"])
def test_a_kill_at_any_step_leaves_the_whole_old_site_or_the_whole_new_one(
    tmp_path: Path, exchange: str, kept: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), exchange, kept]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    seen = set()
    for folder in sorted(tmp_path.iterdir(), key=lambda folder: int(folder.name)):
        site = folder / "site"
        retired = kept_beside(site) if kept == "the old tree kept" else None
        strangers = {"CNAME": b"kites.example"} if retired else strangers_of(site)
        if exchange == "in one step" or site.exists():
            assert files_in(site) in (OLD | strangers, NEW | strangers), folder.name
        else:
            seen.add("missing")
        recover(site)
        state = "new" if (site / "sources").exists() else "old"
        seen.add(state)
        assert files_in(site) == (NEW if state == "new" else OLD) | strangers, folder.name
        assert beside(site) == ([] if retired else ["outside"])
        assert held(site).files.keys() == (NEW if state == "new" else OLD).keys()
        if int(folder.name) % 5 == 0:
            for pages in (NEW, OLD, NEW):
                build(site, pages, retired)
                assert files_in(site) == pages | strangers
    assert int(folder.name) > (30 if kept == "the old tree kept" else 40)
    assert seen == {"old", "new"} | ({"missing"} if exchange == "by two renames" else set())


Fault = Callable[[], BaseException]


def failing_from(
    monkeypatch: pytest.MonkeyPatch, fault: Fault, first: int, calls: tuple[str, ...], once: bool
) -> Callable[[], bool]:
    """Makes calls that change a disk fail from one on; whether it came to that."""
    count = 0

    def failing(function: Callable[..., object]) -> Callable[..., object]:
        def call(*values: object, **options: object) -> object:
            nonlocal count
            count += 1
            if count == first or (count > first and not once):
                raise fault()
            return function(*values, **options)

        return call

    for name in calls:
        owner = shutil if name == "copy2" else os
        monkeypatch.setattr(owner, name, failing(getattr(owner, name)))
    return lambda: count >= first


def numbers() -> Iterator[int]:
    yield from range(1, 500)
    pytest.fail("it never ends")


def test_a_disk_full_at_any_step_leaves_the_old_site(
    site: Path, exchange: str, retired: Path | None
) -> None:
    build(site, {**NEW, "index.html": b"older", "older/index.html": b"older"}, retired)
    build(site, OLD, retired)
    strangers = {} if retired else add_strangers(site)
    calls = ("mkdir", "link", "copy2", "write")
    for number in numbers():
        before = marks(site)
        with pytest.MonkeyPatch.context() as patch:
            full = lambda: OSError(errno.ENOSPC, "No space left on device")  # noqa: E731
            reached = failing_from(patch, full, number, calls, once=False)
            try:
                build(site, NEW, retired)
            except OSError as fault:
                assert fault.errno == errno.ENOSPC
        if not reached():
            break
        after = marks(site)
        assert files_in(site) == OLD | strangers
        assert {p: m[:2] for p, m in after.items() if p != str(site.parent)} == {
            p: m[:2] for p, m in before.items() if p != str(site.parent)
        }
        assert beside(site) == ([] if retired else ["outside"])
    assert number > (5 if retired else 15)
    assert files_in(site) == NEW | strangers


@pytest.mark.parametrize("fault", [KeyboardInterrupt, lambda: OSError(errno.EIO, "Input/output")])
def test_an_interrupt_or_error_at_any_step_leaves_a_whole_site(
    site: Path, exchange: str, fault: Fault, retired: Path | None
) -> None:
    build(site, {**NEW, "index.html": b"older", "older/index.html": b"older"}, retired)
    build(site, OLD, retired)
    strangers = {} if retired else add_strangers(site)
    states = set()
    for number in numbers():
        with pytest.MonkeyPatch.context() as patch:
            reached = failing_from(patch, fault, number, CALLS, once=True)
            try:
                build(site, NEW, retired)
            except (KeyboardInterrupt, OSError):
                states.add("new" if (site / "sources").exists() else "old")
        recover(site)
        assert files_in(site) in (OLD | strangers, NEW | strangers), number
        assert beside(site) == ([] if retired else ["outside"])
        if not reached():
            break
        if (site / "sources").exists():
            build(site, OLD, retired)
    assert number > (20 if retired else 40)
    assert "old" in states
    assert files_in(site) == NEW | strangers


def test_what_killed_builds_left_is_tidied_away_and_what_a_living_one_has_is_not(
    site: Path,
) -> None:
    build(site, OLD)
    prefix = ".site.standfirst-new-"
    for name in ("dead", "empty", "living"):
        (site.parent / f"{prefix}{name}").mkdir()
    for name in ("dead", "living"):
        shutil.copytree(site, site.parent / f"{prefix}{name}" / "stage")
    (site.parent / f"{prefix}file").write_text("not a folder")
    (site.parent / f"{prefix}link").symlink_to(site)
    (site.parent / ".other.standfirst-new-dead").mkdir()
    handle = module._claim(site.parent / f"{prefix}living")
    assert handle is not None
    held(site)
    kept = {f"{prefix}living", f"{prefix}file", f"{prefix}link", ".other.standfirst-new-dead"}
    assert set(os.listdir(site.parent)) == kept | {"site"}
    os.close(handle)
    held(site)
    assert f"{prefix}living" not in os.listdir(site.parent)
    assert files_in(site) == OLD


def test_the_old_manifest_tells_what_is_ours_until_all_else_is_gone(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a page deleted from the site would pass for a stranger's file and come back."""
    build(site, {f"{number}.html": b"" for number in range(30)})
    unlink, gone = os.unlink, []

    def noted(path: str | Path) -> None:
        gone.append(Path(path).name)
        unlink(path)

    monkeypatch.setattr(os, "unlink", noted)
    build(site, {})
    assert len(gone) == 31
    assert gone[-1] == MANIFEST


def test_a_site_deleted_after_a_kill_does_not_come_back(site: Path) -> None:
    work = site.parent / ".site.standfirst-new-dead"
    build(work / "new", OLD)
    (work / "new" / "CNAME").write_text("kites.example")
    assert held(site) == Held()
    assert os.listdir(site.parent) == []


def test_what_is_not_of_our_making_in_a_work_folder_is_left(site: Path) -> None:
    work = site.parent / ".site.standfirst-new-odd"
    work.mkdir()
    (work / "notes").write_text("mine")
    with pytest.raises(OSError, match="not empty"):
        held(site)
    assert tree(work) == {"notes": b"mine"}


def test_the_lock_is_waited_for(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from standfirst.publish import lock\n"
        "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdin is not None and other.stdout is not None
    with other.stdout, other.stdin:
        assert other.stdout.readline() == b"held\n"
        waited = []

        def note() -> None:
            waited.append(other.poll())
            other.stdin.close()  # type: ignore[union-attr]

        with lock(tmp_path, note):
            assert waited == [None]
        assert other.wait(10) == 0
    with lock(tmp_path, note):
        assert len(waited) == 1


def test_a_killed_build_holds_no_lock(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from standfirst.publish import lock\n"
        "with lock(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with lock(tmp_path, lambda: pytest.fail("somebody holds the lock")):
        pass


def test_where_there_are_no_locks_builds_go_on(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_here(handle: int, kind: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", none_here)
    with lock(site.parent, lambda: pytest.fail("nobody to wait for")):
        build(site, OLD)
    assert files_in(site) == OLD


def test_two_builds_at_once_take_turns(site: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from standfirst.publish import lock; from tests.test_publish import build\n"
        "site, name = Path(sys.argv[1]), sys.argv[2]\n"
        "for turn in range(12):\n"
        "    with lock(site.parent):\n"
        "        build(site, {f'{name}/{turn + page}': name.encode() for page in range(9)})\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(site), name], cwd=ROOT)
        for name in ("one", "two", "three")
    ]
    for process in running:
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
            found = {path.name for path in site.glob("*") if path.name != MANIFEST}
            assert len(found) <= 1, "half a site"
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(files_in(site)) == 9
    assert sorted(os.listdir(site.parent)) == [".standfirst", "site"]


PATHS = st.sampled_from(["a", "b", "c/a", "c/b", "c/d/a", "d/a", "e/f/g"])
SITES = st.dictionaries(PATHS, st.sampled_from([b"", b"1", b"2", b"333"]), max_size=6)
STRANGERS = st.dictionaries(st.sampled_from(["x", "c/x", "c/d/x", "y/x"]), st.just(b"mine"))


def publish_bytes(site: Path, files: Mapping[str, bytes], retired: Path | None) -> Published:
    """Publishes without a look at what the site holds already."""
    return publish(site, files, held(site), retired)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(SITES, STRANGERS, st.booleans(), st.booleans(), st.booleans()), max_size=6)
)
def test_any_sequence_of_builds_gives_what_each_asked_for(
    steps: list[tuple[dict[str, bytes], dict[str, bytes], bool, bool, bool]],
) -> None:
    """The folder is a dictionary: what was asked for last, and all that strangers put there."""
    with tempfile.TemporaryDirectory() as base, pytest.MonkeyPatch.context() as patch:
        site, swap = Path(base, "site"), module._swap
        ours: dict[str, bytes] = {}
        strangers: dict[str, bytes] = {}
        place = kept_beside(site)
        for files, more, in_one_step, by_digest, is_kept in steps:
            retired = place if is_kept else None
            patch.setattr(module, "_swap", swap if in_one_step else lambda one, other: False)
            written = sum(1 for path, data in files.items() if ours.get(path) != data)
            removed = len(ours.keys() - files.keys())
            how = build if by_digest else publish_bytes
            done = how(site, files, retired)
            assert (done.written, done.removed) == (written, removed)
            ours = files
            for path, data in more.items():
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_bytes(data)
            strangers |= more
            assert files_in(site) == ours | strangers
            assert held(site).files == {path: digest(data) for path, data in ours.items()}
            assert beside(site) == []
