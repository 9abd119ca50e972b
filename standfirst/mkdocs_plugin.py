"""MkDocs' build → the same files as `build` writes, and `docs/` in the site's frame.

Every file of `build`'s manifest has the same bytes after `mkdocs build`; what MkDocs adds is
outside of it. Holds no view of its own: pages are rendered by the engine's one function.
"""

import logging
from pathlib import Path

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

from standfirst.build import Site, Update
from standfirst.problem import Problem, compiler_text
from standfirst.project import FOLDERS, ProjectRefused, engine_digest, read_project
from standfirst.publish import overlay
from standfirst.render.html import html_page

log = logging.getLogger("mkdocs.plugins.standfirst")


class Options(Config):
    """What mkdocs.yml may say under the plugin's name.

    `docs`: the folder of the site in which the pages of `docs_dir` appear, in the site's frame.
    Left out, MkDocs places and frames them as without the plugin.
    """

    docs = config_options.Optional(config_options.Type(str))


class StandfirstPlugin(BasePlugin[Options]):
    """Builds the briefing beside MkDocs' own pages."""

    def __init__(self) -> None:
        self._site = Site(engine_digest())
        self._files: dict[str, bytes] = {}
        self._update: Update | None = None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Checks and renders the briefing first: with a problem nothing is written at all."""
        try:
            files = read_project(_folder(config))
        except ProjectRefused as refused:
            raise PluginError(str(refused)) from None
        gone = dict.fromkeys(self._files.keys() - files.keys())
        changed = {p: data for p, data in files.items() if self._files.get(p) != data}
        self._files = files
        self._update = self._site.update({**changed, **gone})
        if self._update.problems:
            for problem in self._update.problems:
                log.error("%s", compiler_text(problem, _text(files.get(problem.span.file))))
            count = len(self._update.problems)
            raise PluginError(f"{count} problem{'s' * (count != 1)}; the site is not built")

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Moves MkDocs' own pages, and what they show, under their folder of the site."""
        folder = (self.config.docs or "").strip("/")
        if folder:
            for file in files:
                if file.src_dir == config.docs_dir:
                    file.dest_uri = f"{folder}/{file.dest_uri}"
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keeps the list of MkDocs' pages for their frame."""
        self._pages = [page for page in nav.pages]
        return nav

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """One of MkDocs' pages in the site's frame, where the settings put it there."""
        if not self.config.docs:
            return output
        others = [(f"/{other.url}", other.title, other is page) for other in self._pages]
        framed = html_page(
            "doc.html",
            f"/{page.url}",
            self._site.reader(),
            title=str(page.title),
            description=str(page.title),
            article=Markup(page.content or ""),
            headings=[(item.id, item.title) for top in page.toc for item in top.children],
            pages=others,
        )
        if isinstance(framed, Problem):
            raise PluginError(compiler_text(framed, None))
        return framed.decode()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the engine's files beside MkDocs' own."""
        assert self._update is not None
        pages = {path: data for path, data in self._update.pages.items() if isinstance(data, bytes)}
        overlay(Path(config.site_dir), pages)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Builds again when content, seeds or templates change, as MkDocs does for docs/."""
        for name in FOLDERS:
            if (_folder(config) / name).is_dir():
                server.watch(str(_folder(config) / name))
        return server


def _folder(config: MkDocsConfig) -> Path:
    """The project's folder: where mkdocs.yml stands."""
    return Path(config.config_file_path).parent if config.config_file_path else Path(".")


def _text(data: bytes | None) -> str | None:
    return data.decode("utf-8-sig", "replace") if data is not None else None
