"""The same site from `mkdocs build` and `mkdocs serve`, with docs/ beside it; and hosts of it."""

import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import html5lib
import orjson
import pytest

from standfirst.ledger import digest
from standfirst.publish import MANIFEST, PublishRefused, held, overlay, publish
from tests.pages import EXTERNAL, ROOT, Page, read_page, without_pictures

FACT = "openai-chip-deployment-target"
FACT_PAGE = f"facts/{FACT}/index.html"
WORDS = (" plans to deploy its first", " means to deploy its first")
HOST = """\
site_name: A host
site_url: https://example.org/host/
repo_url: https://example.org/repository
plugins:
  - search
  - standfirst: {pictures: false}
"""
MAIN = ("build.py", "mkdocs.yml", "content", "seeds", "templates", "docs", "standfirst")


def copy(folder: Path, *names: str) -> Path:
    """Files and folders of this project in a folder of their own."""
    folder.mkdir(exist_ok=True)
    for name in names:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy2(ROOT / name, folder / name)
    if "mkdocs.yml" in names:
        settings = folder / "mkdocs.yml"
        settings.write_text(without_pictures(settings.read_text()))
    return folder


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A Python command in a project's folder."""
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=60)


def mkdocs(project: Path, *words: str) -> str:
    """What `mkdocs build` says where it succeeds."""
    done = run(project, "-m", "mkdocs", "build", *words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def fact_file(project: Path) -> Path:
    """Where the fact stands that is edited here."""
    files = (project / "content" / "facts").rglob("*.yaml")
    return next(path for path in files if f"- id: {FACT}\n" in path.read_text())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def ours(site: Path) -> dict[str, bytes]:
    """The files that a site's manifest lists, each as its digest says, and the manifest."""
    listed = orjson.loads((site / MANIFEST).read_bytes())["files"]
    files = {path: (site / path).read_bytes() for path in listed}
    assert {path: digest(data) for path, data in files.items()} == listed
    return files | {MANIFEST: (site / MANIFEST).read_bytes()}


def documents(site: Path) -> dict[str, Page]:
    """MkDocs' pages in a site, by address."""
    paths = (site / "docs").rglob("*.html")
    return {
        _address(path.relative_to(site).as_posix()): read_page(path.read_bytes()) for path in paths
    }


def _address(path: str) -> str:
    return f"https://site/{path.removesuffix('index.html')}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project, built by MkDocs to site/ and by build.py to plain/."""
    folder = copy(tmp_path_factory.mktemp("mkdocs") / "project", *MAIN, *more_files())
    said = mkdocs(folder, "--strict")
    assert "WARNING" not in said
    done = run(folder, "build.py", "--site-dir", "plain")
    assert done.returncode == 0, done.stderr
    return folder


def more_files() -> list[str]:
    """The documents at the top, to which those in docs/ may lead."""
    return [path.name for path in ROOT.glob("*.md")]


def test_mkdocs_writes_the_files_of_build(project: Path) -> None:
    assert ours(project / "site") == ours(project / "plain")


def test_documents_are_in_the_sites_frame(project: Path) -> None:
    """Each at /docs/ with the site's policy, title, style and ways, and the way to the others."""
    found = documents(project / "site")
    names = {path.stem for path in (project / "docs").glob("*.md")} - {"index"}
    assert set(found) == {f"https://site/docs/{name}/" for name in names} | {"https://site/docs/"}
    about = read_page((project / "site/about/index.html").read_bytes())
    for address, page in found.items():
        tags = [tag for tag, _ in page.head]
        assert page.head[tags.index("head") + 1] == about.head[tags.index("head") + 1]
        assert page.title.endswith(f" – {about.title.rpartition(' – ')[2]}")
        assert page.tags.count("h1") == 1
        assert not page.inline, (address, page.inline)
        linked = {to for _, to, _ in page.linked(address)}
        assert linked >= set(found) - {address}
        assert linked >= {"https://site/", "https://site/facts/", "https://site/about/"}
    assert len({page.title for page in found.values()}) == len(found)


def test_documents_are_valid_html(project: Path) -> None:
    for path in (project / "site/docs").rglob("*.html"):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text())
        assert parser.errors == [], path


def test_no_link_of_a_document_is_dead(project: Path) -> None:
    """Between documents, to the site, and to files of the repository."""
    site, dead = project / "site", []
    framed = {path: data for path, data in ours(site).items() if path.endswith(".html")}
    pages = {_address(path): read_page(data) for path, data in framed.items()} | documents(site)
    repository = re.search(r"^repo_url: (\S+)", (project / "mkdocs.yml").read_text(), re.M)
    assert repository is not None
    for address, page in documents(site).items():
        for link, to, anchor in page.linked(address):
            path = to.removeprefix("https://site/")
            file = site / path / ("index.html" if not path or path.endswith("/") else "")
            known = pages[to].ids if to in pages else ()
            if link.to.startswith("/") or not file.is_file() or (anchor and anchor not in known):
                dead.append(f"{address}: {link.to}")
        for link in page.links:
            before, there, path = link.to.partition(f"{repository[1]}/blob/main/")
            if there and not before and not (project / path.partition("#")[0]).exists():
                dead.append(f"{address}: {link.to}")
        fetched = [one.to for one in page.links if one.tag != "a" and one.to.startswith(EXTERNAL)]
        canonical = [known["href"] for _, known in page.head if known.get("rel") == "canonical"]
        assert fetched == canonical
    assert not dead


def test_build_and_mkdocs_take_turns_in_one_folder(tmp_path: Path, project: Path) -> None:
    """Each takes the folder as the other left it; MkDocs' pages outlive `build`."""
    folder = shutil.copytree(project, tmp_path / "project")
    done = run(folder, "build.py")
    assert done.returncode == 0, done.stderr
    assert " 0 written, 0 removed" in done.stdout
    assert documents(folder / "site").keys() == documents(project / "site").keys()
    edit(fact_file(folder), *WORDS)
    done = run(folder, "build.py")
    assert done.returncode == 0, done.stderr
    changed = ours(folder / "site")
    assert WORDS[1].encode() in changed[FACT_PAGE]
    assert documents(folder / "site").keys() == documents(project / "site").keys()
    mkdocs(folder)
    assert ours(folder / "site") == changed


def test_a_problem_in_the_content_stops_mkdocs(tmp_path: Path) -> None:
    """With the text that `check` prints, before MkDocs has emptied anything."""
    folder = copy(tmp_path / "project", *MAIN, *more_files())
    (folder / "site").mkdir()
    (folder / "site" / "old.html").write_text("old")
    edit(fact_file(folder), "second half of 2026", "second half of 2027")
    checked = run(folder, "build.py", "check").stdout.splitlines()
    done = run(folder, "-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(checked) > 4
    assert all(line in done.stderr for line in checked[:-1])
    assert f"{checked[-1].partition(' in ')[0]}; the site is not built" in done.stderr
    assert [path.name for path in (folder / "site").iterdir()] == ["old.html"]


def test_a_folder_that_is_no_briefing_stops_mkdocs(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(HOST)
    (tmp_path / "docs").mkdir()
    done = run(tmp_path, "-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "holds no content/ folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """Somebody's MkDocs site with a theme of MkDocs' own, two pages, and a briefing."""
    folder = copy(tmp_path / "host", "content", "seeds")
    (folder / "mkdocs.yml").write_text(HOST)
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Home of the host\n")
    (folder / "docs/guide.md").write_text("# A guide\n\nTo [the facts](/host/facts/).\n")
    return folder


def test_a_host_keeps_its_own_pages(host: Path) -> None:
    """As MkDocs has them; where both have a file, the briefing's is the one, and MkDocs says so."""
    said = mkdocs(host, "--strict")
    site = host / "site"
    guide = read_page((site / "guide/index.html").read_bytes())
    assert guide.title == "A guide - A host"
    assert "css/bootstrap.min.css" in str(guide.links)
    assert (site / "search/search_index.json").is_file()
    assert {"index.html", "404.html", "sitemap.xml", FACT_PAGE} <= ours(site).keys()
    assert "index.md gives way to the briefing's index.html" in said
    assert "guide.md gives way" not in said
    assert run(host, "-m", "standfirst", "build", "--site-dir", "plain").returncode == 0
    assert ours(site) == ours(host / "plain")


def test_a_host_may_have_its_pages_in_the_sites_frame(host: Path) -> None:
    """With `docs`: without another theme's files, headings and tables as the site has them."""
    (host / "mkdocs.yml").write_text(HOST.replace("{", "{docs: /more/docs/, "))
    (host / "docs/guide.md").write_text(
        "## Only `x < y` & more\n\n|a|b|\n|--:|---|\n|1|2|\n\n## Only `x < y` & more\n"
    )
    (host / "docs/picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    mkdocs(host)
    site = host / "site"
    assert not (site / "css").exists()
    assert (site / "more/docs/picture.svg").is_file()
    assert "Home of the host" in (site / "more/docs/index.html").read_text()
    text = (site / "more/docs/guide/index.html").read_text()
    page = read_page(text.encode())
    assert page.title == "Guide – A host"
    assert "<h1>Guide</h1>" in text
    assert page.text.count("Only x < y & more") == 4
    assert 'class="align-right"' in text
    assert not page.inline


def test_a_link_out_of_the_documents_leads_to_the_repository(host: Path) -> None:
    """A document may lead to any file of the project, as it does where the repository is read."""
    (host / "NOTES.md").write_text("# Notes\n")
    (host / "docs/deep").mkdir()
    (host / "docs/deep/page.md").write_text(
        "[a](../../NOTES.md#one) [b](../guide.md) `[c](../../NOTES.md)` [d][] [e](../../seeds)\n\n"
        "[d]: ../../content/briefing.yaml\n"
    )
    mkdocs(host, "--strict")
    links = [link.to for link in read_page((host / "site/deep/page/index.html").read_bytes()).links]
    repository = "https://example.org/repository"
    for to in ("blob/main/NOTES.md#one", "blob/main/content/briefing.yaml", "tree/main/seeds"):
        assert f"{repository}/{to}" in links
    assert "../../guide/" in links
    assert not [link for link in links if link.endswith("NOTES.md")]


def test_a_dead_link_of_a_document_is_still_told(host: Path) -> None:
    (host / "docs/guide.md").write_text("[gone](../GONE.md)\n")
    done = run(host, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 1
    assert "'../GONE.md'" in done.stderr


class Server:
    """`mkdocs serve` on a free port, and what it logs."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.top = f"http://127.0.0.1:{port}/standfirst/"
        self.log: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put("the server has ended")

    def stop(self) -> int:
        """Ends it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=10)
        self._listening.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code

    def until(self, words: str, seconds: float = 30) -> None:
        """Waits for a line that holds the words."""
        end = time.monotonic() + seconds
        while not self.log or words not in self.log[-1]:
            self.log.append(self._lines.get(timeout=max(0, end - time.monotonic())))
            assert self.log[-1] != "the server has ended", self.log
        self.log.append("")

    def after(self, path: Path, text: str, words: str) -> None:
        """Writes a file, and waits for what the server says of it."""
        for attempt in range(6):  # a change before the watch's first look is none to it
            path.write_text(text + "\n" * attempt)
            try:
                self.until("Detected file changes", 5)
                break
            except queue.Empty:
                continue
        self.until(words)

    def get(self, route: str) -> str:
        with urlopen(self.top + route, timeout=10) as answer:
            return str(answer.read().decode())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    serving = Server(copy(tmp_path / "project", *MAIN, *more_files()))
    yield serving
    assert serving.stop() == 0
    assert "Traceback" not in "".join(serving.log)


def test_mkdocs_serve_follows_content_templates_and_seeds(server: Server, tmp_path: Path) -> None:
    """An edit is seen without a restart; a mistake is told, leaves the pages, and can be mended."""
    server.until("Serving on")
    assert WORDS[0] in server.get(f"facts/{FACT}/")
    project = tmp_path / "project"
    facts = fact_file(project)
    server.after(facts, facts.read_text().replace(*WORDS), "Reloading browsers")
    assert WORDS[1] in server.get(f"facts/{FACT}/")
    frame = (project / "templates/base.html").read_text()
    changed = frame.replace("</body>", "<p>another foot</p></body>")
    server.after(project / "templates/base.html", changed, "Reloading browsers")
    assert "another foot" in server.get("") and "another foot" in server.get("docs/")
    seed = next((project / "seeds").iterdir())
    text = seed.read_text()
    server.after(seed, text.replace("OpenAI", "OpenAl"), "the site is not built")
    assert any("content/sources/" in line and "sha256" in line for line in server.log)
    server.after(seed, text, "Reloading browsers")
    assert WORDS[1] in server.get(f"facts/{FACT}/")


def test_a_preview_may_run_the_script_that_reloads_it(server: Server, project: Path) -> None:
    """MkDocs writes it into each page it serves; no published page allows it."""
    server.until("Serving on")
    for route in ("", "docs/"):
        assert "script-src 'self' 'unsafe-inline'" in server.get(route)
    assert "unsafe-inline" not in (project / "site/index.html").read_text()
    assert "unsafe-inline" not in (project / "site/docs/index.html").read_text()


PAGES = {"index.html": b"ours", "facts/acme/index.html": b"acme"}


def test_overlay_replaces_files_and_leaves_the_rest(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("theirs")
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "index.html").write_text("guide")
    overlay(tmp_path, PAGES)
    overlay(tmp_path, PAGES)
    assert ours(tmp_path).keys() == {*PAGES, MANIFEST}
    assert (tmp_path / "index.html").read_bytes() == b"ours"
    assert (tmp_path / "guide" / "index.html").read_text() == "guide"


def test_what_overlay_wrote_is_ours_to_publish(tmp_path: Path) -> None:
    """Its manifest is the one that `publish` would have written."""
    overlay(tmp_path / "over", PAGES)
    publish(tmp_path / "site", PAGES, held(tmp_path / "site"))
    assert ours(tmp_path / "over") == ours(tmp_path / "site")
    assert held(tmp_path / "over") == held(tmp_path / "site")


@pytest.mark.parametrize("theirs", ["index.html/page.html", "facts"])
def test_overlay_refuses_a_file_and_a_folder_of_one_name(tmp_path: Path, theirs: str) -> None:
    (tmp_path / theirs).parent.mkdir(exist_ok=True)
    (tmp_path / theirs).write_text("theirs")
    with pytest.raises(PublishRefused, match="is in the way"):
        overlay(tmp_path, PAGES)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / theirs]


def test_overlay_follows_no_link(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    (other / "index.html").write_text("elsewhere")
    os.symlink(other / "index.html", site / "index.html")
    overlay(site, PAGES)
    assert (other / "index.html").read_text() == "elsewhere"
    assert not (site / "index.html").is_symlink()
    shutil.rmtree(site / "facts")
    os.symlink(other, site / "facts")
    with pytest.raises(PublishRefused, match="is in the way"):
        overlay(site, PAGES)
    with pytest.raises(PublishRefused):
        overlay(site, {"../index.html": b"out"})
