"""Markdown from which references and code are taken → HTML, and HTML → that in which nothing runs.

Loaded when a section is rendered: Python-Markdown takes longer to load than a check to run.
"""

import threading

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

_TAGS = (
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr"}
    | {"strong", "em", "a", "img", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "*": {"id", "class", "lang", "dir"},
        "a": {"href", "title"},
        "img": {"src", "alt", "title"},
        "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def cleaned(made: str) -> str:
    """HTML without what could run, ask another site for something or leave its place."""
    return _CLEANER.clean(made)


def converted(source: str) -> str | None:
    """What Markdown makes of a source; nothing when the caller itself stands too deep for it."""
    try:
        markdown, _LOCAL.markdown = _LOCAL.markdown or _markdown(), None
        made = markdown.reset().convert(source)
    except RecursionError:  # a Markdown that stopped in the midst of a list stays there: let it go
        return None
    _LOCAL.markdown = markdown
    return made


class _NoRawHtml(Extension):
    """Markdown without HTML in it, and without code, which is taken out before."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        for pattern in ("html", "entity", "backtick"):
            md.inlinePatterns.deregister(pattern)


def _markdown() -> Markdown:
    # By their classes: by their names extensions would be looked for in every package there is.
    return Markdown(extensions=[TableExtension(), SaneListExtension(), _NoRawHtml()])


class _Local(threading.local):
    """One Markdown a thread, while it is not in use: making it takes as long as a short section."""

    markdown: Markdown | None = None


_LOCAL = _Local()
