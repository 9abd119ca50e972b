"""The development server: who may ask, what is answered, and that no change of a file is missed.

Nothing waits for a time: each test waits until what it asks for has come about.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from standfirst.build import Site
from standfirst.live import Live, NotServed
from standfirst.project import ProjectRefused, engine_digest, read_file, read_project
from standfirst.watch import Watch
from tests.projects import kites, replace, written
from tests.serving import (
    ENVIRONMENT,
    LONGEST,
    TAG,
    Server,
    save_by_renaming,
    serving,
)

ACME = "content/facts/companies/acme.yaml"
SOLD = "[[acme]] sold 4 million kites to [[borea]]."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(kites(small=True), tmp_path / "kites")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(kites(), tmp_path_factory.mktemp("serve") / "kites")


@pytest.fixture(scope="module")
def server(whole: Path) -> Iterator[Server]:
    """A server of which nothing but pages is asked."""
    with serving(whole) as server:
        yield server


# What is answered.


def test_every_page_is_the_one_that_build_writes(server: Server, whole: Path) -> None:
    """Byte for byte, but for one script; a page that is no HTML is the same."""
    pages = Site(engine_digest()).update(read_project(whole)).pages
    assert len(pages) > 50
    for path, built in pages.items():
        got = server.get(f"/{path}")
        assert got.status == 200
        served, tags = TAG.subn(b"", got.data)
        assert (tags, served) == (int(path.endswith(".html")), built), path


def test_an_address_is_a_folder_as_on_any_host(server: Server) -> None:
    assert server.get("/companies/acme/") == server.get("/companies/acme/index.html")
    moved = server.get("/companies/acme?q=%20x")
    assert (moved.status, moved.headers["location"]) == (302, "/companies/acme/?q=%20x")


def test_links_of_the_page_for_missing_addresses_lead_somewhere(server: Server) -> None:
    """They are absolute, under the path of the site's address."""
    missing = server.get("/no/such/page")
    assert missing.status == 404
    assert 'href="/kites/companies/"' in missing.text
    assert server.get("/kites/companies/") == server.get("/companies/")
    moved = server.get("/kites/companies")
    assert (moved.status, moved.headers["location"]) == (302, "/kites/companies/")


@pytest.mark.parametrize(
    "path",
    [
        "/../mkdocs.yml",
        "/companies/../../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/companies/..%5c..%5cmkdocs.yml",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/content/briefing.yaml",
        "/.standfirst/ledger.db",
        "/.standfirst/../mkdocs.yml",
        "/companies/acme/../acme/",
        "/%ff%fe",
    ],
)
def test_a_path_is_looked_up_and_leads_nowhere_else(path: str, server: Server) -> None:
    got = server.get(path)
    assert got.status == 404
    assert TAG.sub(b"", got.data) == TAG.sub(b"", server.get("/404.html").data)


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/api/v1/facts.json", "application/json; charset=utf-8"),
        ("/search/index.js", "text/javascript; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/apple-touch-icon.png", "image/png"),
        ("/.standfirst/reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_what_is_sent_has_its_type_and_is_not_kept(path: str, type_: str, server: Server) -> None:
    got, head = server.get(path), server.get(path, "HEAD")
    assert got.status == head.status == 200
    assert got.headers["content-type"] == type_
    assert got.headers["cache-control"] == "no-store"
    assert (head.data, head.headers) == (b"", got.headers)
    assert int(head.headers["content-length"]) == len(got.data)


# Who may ask.


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000", "[::1]:9", "[::1]"])
def test_this_machine_may_ask(host: str, server: Server) -> None:
    assert server.get("/", Host=host).status == 200
    assert server.get("/", Host=host, Origin=f"http://{host}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "10.0.0.1",
        "0.0.0.0",
        "[::2]",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/.standfirst/events", "/.standfirst/reload.js"])
def test_another_name_for_this_machine_is_refused(host: str, path: str, server: Server) -> None:
    """A name of somebody's own that leads here would make their page ours."""
    got = server.get(path, Host=host)
    assert got.status == 403
    assert b"Kites" not in got.data


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://{host}", "http://127.0.0.1:1", ""]
)
def test_a_page_of_another_site_is_refused(origin: str, server: Server) -> None:
    got = server.get("/api/v1/facts.json", Origin=origin.format(host=server.host))
    assert got.status == 403
    assert "access-control-allow-origin" not in got.headers


def test_another_site_may_not_use_a_file_of_ours(server: Server) -> None:
    """A script or picture is asked for without an origin; the browser is told to keep it back."""
    got = server.get("/search/index.js")
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_pages_can_be_read_and_nothing_else(method: str, server: Server) -> None:
    got = server.get("/", method)
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


# What an open page is told.


def test_an_edit_tells_the_pages_that_show_it_and_no_others(project: Path) -> None:
    with serving(project) as server:
        acme, about = server.told("/companies/acme/"), server.told("/about/")
        first, still = next(acme), next(about)
        assert f'data-page="{first.page}"' in server.get("/companies/acme/").text
        replace(project / ACME, SOLD, "[[acme]] gave 4 million kites to [[borea]].")
        second = next(acme)
        page = server.get("/companies/acme/").text
        assert second.page != first.page and f'data-page="{second.page}"' in page
        assert "gave 4 million kites" in page
        assert second.problems == "" and next(about) == still


def test_problems_leave_the_last_good_pages_until_they_are_mended(project: Path) -> None:
    """Also those that nobody had asked for when the content broke."""
    with serving(project) as server:
        told = server.told("/companies/acme/")
        first, page = next(told), server.get("/companies/acme/").data
        replace(project / ACME, "sold 4 million", "sold 5 million")
        second = next(told)
        assert second.page == first.page
        assert second.problems.startswith(f"1 problem in 1 file\n\n{ACME}:")
        assert ": unsourced-figure: " in second.problems and "^^^" in second.problems
        assert server.get("/companies/acme/").data == page
        assert "sold 4 million" in server.get("/facts/").text
        replace(project / ACME, "sold 5 million", "gave 4 million")
        third = next(told)
        assert third.problems == "" and third.page != first.page
        assert "gave 4 million" in server.get("/facts/").text


def test_content_that_is_wrong_from_the_start_is_told_on_every_page(project: Path) -> None:
    replace(project / ACME, "sold 4 million", "sold <b>5 million")
    with serving(project) as server:
        for path in ("/", "/no/such/page"):
            got = server.get(path)
            assert got.status == 503
            assert "unsourced-figure" in got.text and "sold &lt;b&gt;5 million" in got.text
            assert "script-src 'self'" in got.text and len(TAG.findall(got.data)) == 1
        told = server.told("/")
        first = next(told)
        assert f'data-page="{first.page}"' in server.get("/").text
        replace(project / ACME, "sold <b>5 million", "sold 4 million")
        assert next(told).page != first.page
        assert server.get("/").status == 200


def test_a_project_that_cannot_be_read_is_told_until_it_can(project: Path) -> None:
    with serving(project) as server:
        told = server.told("/")
        first = next(told)
        (project / "content" / "away").symlink_to("/etc")
        second = next(told)
        assert second.page == first.page
        assert "content/away is a link that leaves its folder" in second.problems
        (project / "content" / "away").unlink()
        assert next(told) == first


# What is held in memory.


def live_of(files: dict[str, bytes]) -> Live:
    live = Live(Site("engine"))
    live.take(files)
    return live


def test_after_any_edits_every_page_is_the_one_of_a_clean_build() -> None:
    """Good ones, bad ones and good ones again: what was tried leaves no trace."""
    project = kites(small=True)
    live = live_of(project.files())
    for text in ("[[acme]] sold 9 million kites.", "[[nobody]] sold 4 million kites.", SOLD):
        project.fact("acme-1")["text"] = text
        live.take(project.files())
        assert bool(live.problems) == (text != SOLD)
    project.facts["ideas/wind"].pop()
    project.entities["ideas/fog"] = {"name": "Fog"}
    live.take(project.files())
    assert live.problems == ""
    pages = Site("engine").update(project.files()).pages
    for path, data in pages.items():
        assert live.answer(f"/{path}").data == data


def test_a_fault_of_a_template_is_told_before_its_page_is_asked_for() -> None:
    project = kites(small=True)
    live = live_of(project.files())
    before = live.answer("/timeline/")
    kept = project.theme["timeline.html"]
    project.theme["timeline.html"] = "{{ nothing.such }}"
    live.take(project.files())
    assert "templates/timeline.html:1:1: bad-template: " in live.problems
    assert live.answer("/timeline/") == before
    project.theme["timeline.html"] = kept
    live.take(project.files())
    assert live.problems == "" and live.answer("/timeline/") == before


def test_of_very_many_problems_the_first_are_told() -> None:
    project = kites(small=True)
    live = live_of(project.files())
    project.briefing["key_points"] = [f"nobody-{number}" for number in range(50)]
    live.take(project.files())
    lines = live.problems.splitlines()
    assert lines[0] == "50 problems in 1 file"
    assert live.problems.count(": dangling-reference: ") == 20
    assert lines[-1] == "and 30 more: standfirst check"


def test_a_change_back_needs_no_more_than_the_change() -> None:
    """Problems that are undone leave nothing to mend."""
    files = kites(small=True).files()
    live = live_of(files)
    live.take(files | {ACME: b"name: {\n"})
    assert "bad-yaml" in live.problems
    live.take(files)
    assert live.problems == ""


# What is seen to change.


def new_folder(project: Path) -> None:
    folder = project / "content" / "facts" / "ideas" / "deep" / "deeper"
    folder.mkdir(parents=True)
    (folder / "fog.yaml").write_text("name: Fog\n")


def folder_from_elsewhere(project: Path) -> None:
    new_folder(project)
    (project / "content" / "facts" / "ideas").rename(project / "ideas")
    (project / "ideas").rename(project / "content" / "facts" / "thoughts")


def all_content_anew(project: Path) -> None:
    """As when another branch is checked out."""
    (project / "content").rename(project / "old")
    (project / "content" / "facts" / "ideas").mkdir(parents=True)
    (project / "content" / "facts" / "ideas" / "fog.yaml").write_text("name: Fog\n")


def burst(project: Path) -> None:
    for number in range(300):
        (project / "content" / "facts" / "ideas" / f"fog-{number}.yaml").write_text("name: Fog\n")
        replace(project / ACME, "name: ", "name:  ")


def own_theme(project: Path) -> None:
    (project / "templates").mkdir()
    (project / "templates" / "about.html").write_text("About.")


def linked(project: Path) -> None:
    (project / "content" / "facts" / "ideas" / "fog.yaml").symlink_to("wind.yaml")


CHANGES: dict[str, Callable[[Path], object]] = {
    "in place": lambda at: replace(at / ACME, "sold", "gave"),
    "by renaming": lambda at: save_by_renaming(at / ACME, "sold", "gave"),
    "with a backup": lambda at: (
        (at / ACME).rename(at / f"{ACME}~"),
        (at / ACME).write_text("name: Acme\n"),
    ),
    "emptied": lambda at: (at / ACME).write_text(""),
    "new": lambda at: (at / "content/facts/ideas/fog.yaml").write_text("name: Fog\n"),
    "gone": lambda at: (at / ACME).unlink(),
    "renamed": lambda at: (at / ACME).rename(at / "content/facts/companies/apex.yaml"),
    "moved away": lambda at: (at / ACME).rename(at / "acme.yaml"),
    "new folder": new_folder,
    "renamed folder": lambda at: (at / "content/facts/ideas").rename(at / "content/facts/notions"),
    "folder moved away": lambda at: (at / "content/facts/ideas").rename(at / "ideas"),
    "folder from elsewhere": folder_from_elsewhere,
    "all content anew": all_content_anew,
    "seed": lambda at: replace(at / "seeds/courier.txt", "Kites", "Birds"),
    "settings": lambda at: replace(at / "mkdocs.yml", "Kites", "Birds"),
    "settings by renaming": lambda at: save_by_renaming(at / "mkdocs.yml", "Kites", "Birds"),
    "no settings": lambda at: (at / "mkdocs.yml").unlink(),
    "a theme of one's own": own_theme,
    "link": linked,
    "burst": burst,
}


@contextmanager
def watched(project: Path) -> Iterator[Watch]:
    """A project's folder, watched and settled; a test that waits in vain fails."""
    watch = Watch(project)
    bound = threading.Timer(LONGEST, watch.stop)
    bound.start()
    try:
        replace(project / ACME, "name: ", "name:   ")
        assert watch.changed() is not None
        yield watch
    finally:
        bound.cancel()


@pytest.fixture
def watch(project: Path) -> Iterator[Watch]:
    with watched(project) as watch:
        yield watch


def until_same(watch: Watch, project: Path) -> None:
    while watch.files != read_project(project):
        assert watch.changed() is not None, "a change was not seen"


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_is_missed(change: str, watch: Watch, project: Path) -> None:
    """Whatever way a file comes to be another one, and after that an edit in place."""
    before = watch.files
    CHANGES[change](project)
    until_same(watch, project)
    assert watch.files != before
    last = project / next(path for path in sorted(watch.files) if "/facts/" in path)
    last.write_text("name: Last\n")
    until_same(watch, project)


def test_what_a_link_leads_to_is_watched_through_it(project: Path) -> None:
    linked(project)
    with watched(project) as watch:
        replace(project / "content/facts/ideas/wind.yaml", "name: ", "name:  ")
        assert watch.changed() == read_project(project)
        assert watch.files["content/facts/ideas/fog.yaml"].startswith(b"name:  ")


def test_what_an_editor_keeps_for_itself_is_no_change(watch: Watch, project: Path) -> None:
    folder = project / "content/facts/companies"
    for name in (".acme.yaml.swp", "acme.yaml~", "#acme.yaml#", ".#acme.yaml", "acme.yaml.tmp"):
        (folder / name).write_text("nothing")
    (folder / "4913").write_text("")
    (folder / "4913").unlink()
    replace(project / ACME, "sold", "gave")
    until_same(watch, project)
    assert not [path for path in watch.files if "acme" in path and path != ACME]


def test_a_file_that_is_being_written_is_read_when_it_is(
    watch: Watch, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing in place empties a file first; to tell of that would be a flash of problems."""
    text = (project / ACME).read_text()
    with (project / ACME).open("w") as half:

        def read_too_early(top: Path, path: str) -> bytes:
            data = read_file(top, path)
            half.write(text.replace("sold", "gave"))
            half.flush()
            return data

        monkeypatch.setattr("standfirst.watch.read_file", read_too_early)
        assert watch.changed() is not None
    assert b"gave" in watch.files[ACME]


def test_what_may_not_be_read_is_said_once_and_mended(watch: Watch, project: Path) -> None:
    before = watch.files
    os.mkfifo(project / "content" / "pipe")
    with pytest.raises(ProjectRefused, match="content/pipe is no ordinary file"):
        watch.changed()
    replace(project / ACME, "sold", "gave")
    (project / "content" / "pipe").unlink()
    assert watch.changed() != before
    until_same(watch, project)


def test_a_system_that_lets_nobody_watch_is_said(
    watch: Watch, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where all of the system's watches are taken."""

    def refuse(*folders: str, **options: object) -> Iterator[set[tuple[int, str]]]:
        raise OSError("OS file watch limit reached.")
        yield set()

    monkeypatch.setattr("standfirst.watch.watch", refuse)
    replace(project / "mkdocs.yml", "Kites", "Birds")
    with pytest.raises(NotServed, match="cannot be watched: OS file watch limit reached"):
        watch.changed()


def test_a_watch_that_is_stopped_waits_no_longer(watch: Watch) -> None:
    threading.Timer(0, watch.stop).start()
    assert watch.changed() is None


# How it begins and ends.


def started(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "standfirst", "serve", *words],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_port_that_is_taken_is_said_with_what_to_type(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = started(project, "--port", str(port))
    assert (done.returncode, done.stdout) == (3, "")
    assert f"port {port} cannot be had" in done.stderr and "--port " in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "watchfiles"])
def test_without_its_packages_it_says_what_to_install(package: str, project: Path) -> None:
    without = f"import sys; sys.modules[{package!r}] = None; from standfirst.cli import main"
    done = subprocess.run(
        [sys.executable, "-c", f"{without}; main(['serve'])"],
        cwd=project,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert 'pip install "standfirst[serve]"' in done.stderr and done.stderr.count("\n") == 1


def test_a_folder_that_is_no_project_is_wrong_usage(tmp_path: Path) -> None:
    done = started(tmp_path, "--port", "0")
    assert done.returncode == 2 and "holds no content/ folder" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_with_every_stream(
    number: signal.Signals, code: int, project: Path
) -> None:
    with serving(project) as server:
        host, _, port = server.host.partition(":")
        with socket.create_connection((host, int(port)), timeout=LONGEST) as stream:
            ask = f"GET /.standfirst/events?page=/ HTTP/1.1\r\nHost: {server.host}\r\n\r\n"
            stream.sendall(ask.encode())
            said = b""
            while not said.endswith(b"}\n\n\r\n"):
                said += stream.recv(4096)
            server.process.send_signal(number)
            rest = b"".join(iter(lambda: stream.recv(4096), b""))
        assert rest == b"0\r\n\r\n", "the stream ends as a whole one"
        assert server.process.wait(LONGEST) == code


BROKEN = """
from standfirst import live
from standfirst.cli import main

take = live.Live.take

def take_once(self, files):
    live.Live.take = lambda self, files: None + files
    take(self, files)

live.Live.take = take_once
main(["serve", "--port", "0"])
"""


def test_a_bug_ends_it_in_one_line(project: Path) -> None:
    """Rather than to go on with pages that follow no change."""
    process = subprocess.Popen(
        [sys.executable, "-c", BROKEN],
        cwd=project,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline().startswith("serving ")
    replace(project / ACME, SOLD, "[[acme]] gave 4 million kites to [[borea]].")
    output, errors = process.communicate(timeout=LONGEST)
    assert (process.returncode, output) == (3, "")
    assert errors.startswith("standfirst: this is a bug, please report it: TypeError")
    assert errors.count("\n") == 1


def test_nothing_is_written(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with serving(project) as server:
        assert server.get("/").status == 200
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
