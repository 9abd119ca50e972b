"""MkDocs' build → the same files as `build` writes, and `docs/` in the site's frame.

Every file of `build`'s manifest has the same bytes after `mkdocs build`; what MkDocs adds is
outside of it. Holds no view of its own: pages are rendered by the engine's one function.
"""

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import dirname, normpath
from typing import Literal

from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from standfirst.blocks import layout
from standfirst.build import Site
from standfirst.bundle import BundleMissing, made
from standfirst.model import Settings
from standfirst.problem import Problem, compiler_text
from standfirst.project import FOLDERS, ProjectRefused, engine_digest, read_project
from standfirst.publish import PublishRefused, overlay
from standfirst.render.html import html_page

log = logging.getLogger("mkdocs.plugins.standfirst")

_OUTWARD = re.compile(r"(\]\(|^ {0,3}\[[^\]\n]+\]:[ \t]+)(\.\.?/[^\s)#?]+)", re.MULTILINE)
"""A Markdown link, or the definition of one, to a file by its relative path."""
_ALIGN = re.compile(r' style="text-align: (left|center|right);"')


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say under the plugin's name.

    `docs`: the folder of the site in which the pages of `docs_dir` appear, in the site's frame.
    Left out, MkDocs places and frames them as without the plugin. The other options are the
    engine's, which reads them itself and says what is wrong with them: here they are only let pass.
    """

    docs = config_options.Optional(config_options.Type(str))
    leave_out = config_options.Optional(config_options.Type((str, list)))
    pictures = config_options.Optional(config_options.Type((str, bool)))
    search = config_options.Optional(config_options.Type((str, bool)))  # `off` is YAML's false


class StandfirstPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Builds the briefing beside MkDocs' own pages."""

    def __init__(self) -> None:
        self._site = Site(engine_digest())
        self._files: Mapping[str, bytes] = {}
        self._pages: Mapping[str, bytes] = {}
        self._indexed: tuple[Mapping[str, bytes], Mapping[str, bytes]] = ({}, {})
        self._docs: tuple[Page, ...] = ()
        self._is_preview = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Lives on from build to build while `mkdocs serve` runs, so that each is an edit."""
        self._is_preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Where the site's frame is used, MkDocs needs no theme but a page's bare content."""
        if self.config.docs is not None:
            bare = Path(__file__).parent / "mkdocs_theme"
            config.theme = Theme(name=None, custom_dir=str(bare))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Checks and renders the briefing first: with a problem MkDocs touches nothing."""
        try:
            files = read_project(_folder(config))
        except ProjectRefused as refused:
            raise PluginError(str(refused)) from None
        except OSError as error:
            raise PluginError(_environment_text(error)) from None
        gone = dict.fromkeys(self._files.keys() - files.keys())
        changed = {path: data for path, data in files.items() if self._files.get(path) != data}
        self._files = files
        update = self._site.update({**changed, **gone})
        for problem in update.problems:
            log.error("%s", compiler_text(problem, _text(files.get(problem.span.file))))
        if count := len(update.problems):
            raise PluginError(f"{count} problem{'s' * (count != 1)}; the site is not built")
        pages = {path: page for path, page in update.pages.items() if isinstance(page, bytes)}
        self._pages = {**pages, **self._index(pages)}

    def _index(self, pages: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Pagefind's index, where the settings want it; the last one while no page has changed."""
        settings = self._site.reader().one(Settings, "settings") or Settings()
        if settings.search != "pagefind":
            return {}
        html = {path: page for path, page in pages.items() if path.endswith(".html")}
        if html != self._indexed[0]:
            try:
                self._indexed = (html, made(html))
            except BundleMissing as missing:
                raise PluginError(str(missing)) from None
            except OSError as error:
                raise PluginError(_environment_text(error)) from None
        return self._indexed[1]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Moves MkDocs' own pages, and what they show, under their folder of the site."""
        folder = (self.config.docs or "").strip("/")
        for file in files:
            if folder and file.src_dir not in config.theme.dirs:
                file.dest_uri = f"{folder}/{file.dest_uri}"
            if file.is_documentation_page() and file.dest_uri in self._pages:
                log.info("%s gives way to the briefing's %s", file.src_uri, file.dest_uri)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the list of MkDocs' pages for their frame."""
        self._docs = tuple(nav.pages)
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Lets a link to a file of the project that is no page lead to it in the repository."""
        settings = self._site.reader().one(Settings, "settings")
        if not settings or not settings.repo_url or not page.file.src_dir:
            return markdown
        root, docs = _folder(config).resolve(), Path(page.file.src_dir).resolve()
        if not docs.is_relative_to(root):
            return markdown
        above = f"{docs.relative_to(root).as_posix()}/"
        here = dirname(above + page.file.src_uri)

        def outward(link: re.Match[str]) -> str:
            there = normpath(f"{here}/{link[2]}")
            if there.startswith(("../", above)) or not (root / there).exists():
                return link[0]
            sort = "tree" if (root / there).is_dir() else "blob"
            return f"{link[1]}{settings.repo_url}/{sort}/{settings.branch}/{there}"

        return _outside_code(markdown, lambda text: _OUTWARD.sub(outward, text))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """One of MkDocs' pages in the site's frame, where the settings put it there."""
        if self.config.docs is None:
            return output
        title = _plain(page.title)
        inner = [item for top in page.toc for item in ([top] if top.level > 1 else top.children)]
        framed = html_page(
            "doc.html",
            f"/{page.url}",
            self._site.reader(),
            title=title,
            description=str(page.meta.get("description", title)),
            article=_article(page.content or "", title),
            headings=[(item.id, _plain(item.title)) for item in inner],
            pages=[(f"/{one.url}", _plain(one.title), one is page) for one in self._docs],
        )
        if isinstance(framed, Problem):
            raise PluginError(compiler_text(framed, _text(self._files.get(framed.span.file))))
        return self._served(framed).decode()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the engine's files beside MkDocs' own; where both have one, the engine's."""
        try:
            overlay(Path(config.site_dir), {p: self._served(d) for p, d in self._pages.items()})
        except PublishRefused as refused:
            raise PluginError(str(refused)) from None
        except OSError as error:
            raise PluginError(_environment_text(error)) from None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Builds again when content, seeds or templates change, as MkDocs does for docs/."""
        for name in FOLDERS:
            if (_folder(config) / name).is_dir():
                server.watch(str(_folder(config) / name))
        return server

    def _served(self, data: bytes) -> bytes:
        """A file as it is written: in a preview, pages let the script run by which MkDocs reloads
        them, which it writes into each page; published files never differ from `build`'s."""
        if self._is_preview and data.startswith(b"<!doctype html>"):
            return data.replace(b"script-src 'self'", b"script-src 'self' 'unsafe-inline'", 1)
        return data


def _folder(config: MkDocsConfig) -> Path:
    """The project's folder: where mkdocs.yml stands."""
    return Path(config.config_file_path).parent if config.config_file_path else Path(".")


def _environment_text(error: OSError) -> str:
    return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)


def _text(data: bytes | None) -> str | None:
    return data.decode("utf-8-sig", "replace") if data is not None else None


def _plain(title: str | None) -> str:
    """A title as plain text: MkDocs takes it from a heading's HTML."""
    return Markup(title or "").unescape()


def _article(html: str, title: str) -> Markup:
    """MkDocs' HTML as the site's pages have it: a heading, no inline style, wide parts scroll."""
    html = _ALIGN.sub(r' class="align-\1"', html)
    html = html.replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    heading = Markup("" if "<h1" in html else "<h1>{}</h1>\n").format(title)
    return heading + Markup(html)


def _outside_code(markdown: str, change: Callable[[str], str]) -> str:
    """A Markdown text with all of it changed but its code."""
    parts, at = [], 0
    for code in layout(markdown).codes:
        parts += [change(markdown[at : code.start]), markdown[code.start : code.end]]
        at = code.end
    return "".join((*parts, change(markdown[at:])))
