"""A text → the references in it: `[[id]]`, `[[id|words]]`, `[@id]`, with their offsets.

The same finder serves plain texts and Markdown, where code is excepted and `\\[` is a bracket.
Knows the form of an id only: what it names is never looked up here.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sentencex  # type: ignore[import-untyped]

from standfirst.blocks import blocks, layout, tamed

_ID = r"[a-z0-9][a-z0-9-]{0,63}"
_MARK = re.compile(
    rf"""
      \[\[ (?P<link>{_ID}) (?: \| \s* (?P<words>[^\s\[\]|`][^\[\]|`]*) )? \]\]
    | \[@ (?P<cite>{_ID}) \]
    | (?P<odd> \[\[ (?!\[) | \[@ )
    | \[ [^\[\]\n]+ \[ [^\[\]\n@] [^\[\]\n]* \]\]  # as in [he said [so]]
    | (?<!\[) (?P<single> \[ {_ID} (?:\|[^\[\]|`]+)? \]\] )
    """,
    re.VERBOSE,
)
_MARKDOWN_MARK = re.compile(
    rf"""
      \\[\\\[]                                # a bracket that is one, as in \[[so]]
    | \[\[ [^\[\]\n]+ \] [^\[\]\n]+ \] (?=[(\[])       # a link whose words hold brackets
    | \[ [^\[\]\n@] [^\[\]\n]* \]\] (?=\()
    | {_MARK.pattern}
    """,
    re.VERBOSE,
)
_OPENED = re.compile(r"\[(?:\[|@)(?P<inner>(?:[^\[\]\n]|\n(?![ \t>]*\n))*)(?P<close>\]{0,2})")
_FIRST_WORD = re.compile(r"[^\S\n]*[^\s\[\]]*\]?")
_LEAD = re.compile(r"(?:[ \t>|]+|(?:#+|[*+-]|\d+\.)[ \t]+)*")
_PIECE = 10_000
_CITATIONS = re.compile(rf"(?:[^\S\n]*(?:\n[ \t>]*)?\[@{_ID}\])*")
_LINE_BREAK = re.compile(r"(?<!\s)\s*\n[ \t>]*|\r?\n[ \t>]*")  # reads no white space twice


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to, or a citation of, whatever has this id; offsets count characters of the text."""

    kind: str  # "link" | "cite"
    id: str
    words: str | None
    start: int
    end: int
    id_start: int
    id_end: int


@functools.lru_cache(maxsize=65536)
def references(text: str) -> tuple[Reference, ...]:
    """The references in a plain text, in order."""
    marks = _marks(text)
    return tuple(_reference(mark) for mark in marks if mark["link"] or mark["cite"])


@functools.lru_cache(maxsize=16)  # of one section many ask, one after another
def section_references(markdown: str) -> tuple[Reference, ...]:
    """The references in a section, in order, code excepted."""
    marks = _section_marks(markdown)
    return tuple(_reference(mark) for mark in marks if mark["link"] or mark["cite"])


def within(found: Sequence[Reference], start: int, end: int) -> Sequence[Reference]:
    """Those of a text's references, in order, that begin in a stretch of it."""
    first = bisect_left(found, start, key=_start)
    return found[first : bisect_left(found, end, first, key=_start)]


def _start(reference: Reference) -> int:
    return reference.start


def malformed(text: str, markdown: bool = False) -> tuple[tuple[int, int, str], ...]:
    """What looks like a reference and is none: start, end, and what is wrong with it."""
    marks = _section_marks(text) if markdown else _marks(text)
    return tuple(_fault(text, mark) for mark in marks if mark["odd"] or mark["single"])


def plain(text: str, name: Callable[[Reference], str], markdown: bool = False) -> str:
    """A text as read aloud: links are their words or names, citations go with the space before.

    With `markdown` the references are a section's; its other marks stay as they are.
    """
    found = section_references(text) if markdown else references(text)
    said = "".join(piece for piece, _, _ in _pieces(text, 0, len(text), found, name))
    return said.lstrip() if found and found[0].kind == "cite" else said


@functools.lru_cache(maxsize=4096)
def sentences(text: str, language: str, markdown: bool = False) -> tuple[tuple[int, int], ...]:
    """Where each sentence of a text starts and ends; a citation belongs to the one it follows.

    With `markdown`, no sentence reaches beyond its paragraph, heading, list item or table row;
    code, rules, link definitions and the heads of tables hold none.
    """
    text = tamed(text)
    if not markdown:
        return tuple(_sentences(text, 0, len(text), references(text), language))
    found = section_references(text)
    starts = [reference.start for reference in found]
    stretches: list[tuple[int, int]] = []
    for block in blocks(text):
        if block.kind not in ("code", "rule", "definition", "head"):
            inside = slice(bisect_left(starts, block.start), bisect_left(starts, block.end))
            lead = _LEAD.match(text, block.start, block.end)
            start = lead.end() if lead else block.start
            stretches += _sentences(text, start, block.end, found[inside], language)
    return tuple(stretches)


def free_references(markdown: str, free: Iterable[tuple[int, int]]) -> Iterator[Reference]:
    """The references in those stretches of a section that are free of code."""
    for mark in _free_marks(markdown, free):
        if mark["link"] or mark["cite"]:
            yield _reference(mark)


def _marks(text: str) -> Iterable[re.Match[str]]:
    return _MARK.finditer(text) if "[" in text else ()  # far faster, and most texts have none


def _section_marks(markdown: str) -> Iterator[re.Match[str]]:
    markdown = tamed(markdown)
    return _free_marks(markdown, layout(markdown).free)


def _free_marks(markdown: str, free: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in free:
        if markdown.find("[", start, end) >= 0:
            yield from _MARKDOWN_MARK.finditer(markdown, start, end)


def _reference(mark: re.Match[str]) -> Reference:
    kind = "link" if mark["link"] else "cite"
    words = _LINE_BREAK.sub(" ", mark["words"]).split() if mark["words"] else []
    return Reference(kind, mark[kind], " ".join(words) or None, *mark.span(), *mark.span(kind))


def _fault(text: str, mark: re.Match[str]) -> tuple[int, int, str]:
    """Where a mark that is no reference ends, and what is wrong with it."""
    start = mark.start()
    opened = _OPENED.match(text, start)
    if mark["single"] or not opened:
        return start, mark.end(), "is opened by one bracket: write [["
    wanted = "]]" if mark["odd"] == "[[" else "]"
    if not opened["close"].startswith(wanted):
        word = _FIRST_WORD.match(text, mark.end())
        return start, word.end() if word else mark.end(), f"is not closed: write {wanted}"
    return start, opened.end("inner") + len(wanted), _slip(opened["inner"], wanted == "]]")


def _slip(inner: str, is_link: bool) -> str:
    """What is wrong between the brackets."""
    id_, bar, words = inner.partition("|")
    if not id_.strip():
        return "names nothing"
    if not is_link and bar:
        return "is a citation, which takes no words"
    if not is_link and len(ids := re.findall(r"[^\s,;@]+", inner)) > 1:
        return "names more than one: write " + " ".join(f"[@{each}]" for each in ids)
    if not re.fullmatch(_ID, id_.strip()):
        return f'holds "{id_.strip()}", which is no id'
    if id_ != id_.strip():
        return "has a space beside its id"
    return "has no words after |" if not words.strip() else "has words with | or ` in them"


def _pieces(
    text: str, start: int, end: int, found: Iterable[Reference], name: Callable[[Reference], str]
) -> Iterator[tuple[str, int, int]]:
    """What is read aloud of a text, and which stretch of it each piece stands for."""
    at = start
    for reference in found:
        before = text[at : reference.start]
        # A citation goes with the space before it, but never joins two paragraphs.
        if reference.kind == "cite" and before[len(before.rstrip()) :].count("\n") < 2:
            before = before.rstrip()
        yield before, at, at + len(before)
        if reference.kind == "link":
            yield reference.words or name(reference), reference.start, reference.end
        at = reference.end
    yield text[at:end], at, end


def _sentences(
    text: str, start: int, end: int, found: Iterable[Reference], language: str
) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch, found in what is read aloud of it."""
    said: list[str] = []
    ends: list[int] = []  # for each character read aloud, where it ends in the text
    for piece, first, last in _pieces(text, start, end, found, lambda _: "Name"):
        said.append(piece)
        if last - first == len(piece):
            ends += range(first + 1, last + 1)
        else:  # the words of a link: no sentence ends before they do
            ends += [start] * (len(piece) - 1) + [last] * bool(piece)
    at = start
    for boundary in _boundaries("".join(said), language):
        stop = ends[boundary - 1]
        if stop > at:
            following = _CITATIONS.match(text, stop, end)
            stop = following.end() if following else stop
            yield at + _space(text, at, stop), stop
            at = stop
    if text[at:end].strip():
        yield at + _space(text, at, end), at + len(text[at:end].rstrip())


def _boundaries(said: str, language: str) -> Iterator[int]:
    """Where the sentences of a text end, without the space after them.

    The splitter's time grows with the square of a text's length, so it reads a piece at a time;
    only a paragraph longer than that may be cut between two words.
    """
    at, language = 0, language.partition("-")[0].lower()
    while at < len(said):
        stop = at + _PIECE
        if stop < len(said):
            space = said.rfind(" ", at, stop)
            stop = space + 1 if space > at else stop
        for found in sentencex.get_sentence_boundaries(language, said[at:stop]):
            if length := len(found["text"].rstrip()):
                yield at + found["start_index"] + length
        at = stop


def _space(text: str, start: int, end: int) -> int:
    """How much space a stretch begins with."""
    return end - start - len(text[start:end].lstrip())
