"""Places in texts → problems, and problems → the text an author reads.

Knows files, lines and columns; knows nothing of facts or sources.
Lines and columns count from 1, in characters; the end column is the one after the last character.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in a document: keys and list indexes from the top."""

# What ends a line; `str.splitlines` would also break at a form feed, U+0085 and U+2028.
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of one file, from a line and column up to, and without, another."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Place(NamedTuple):
    """Where one value stands in its file.

    `text_column` is the column of the value's own first character (after an opening quotation
    mark) when the value stands in the file letter by letter; else `None`.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text_column: int | None = None


placed: Callable[[tuple[int | None, ...]], Place] = partial(tuple.__new__, Place)
"""What makes a place of its five numbers, thrice as fast as its class: a file has thousands."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values and the keys of one document, or of one record in it, stand."""

    file: str
    values: Mapping[Path, Place] = field(default_factory=dict)
    keys: Mapping[Path, Place] = field(default_factory=dict)
    prefix: Path = ()

    def under(self, prefix: Path) -> "Places":
        """The same places, seen from a value inside the document."""
        return Places(self.file, self.values, self.keys, self.prefix + prefix)

    def value(self, path: Path = ()) -> Span:
        """Where a value stands, or the nearest value around it."""
        return self._span(self._value(path))

    @property
    def line(self) -> int:
        """The line on which the document or record begins."""
        return self._value(()).line

    def key(self, path: Path) -> Span:
        """Where the key of a value stands, or the value itself where it has no key."""
        return self._span(self.keys.get(self._known(path)) or self._value(path))

    def holds(self, path: Path) -> bool:
        """Whether anything was written inside a list or mapping, be it right or wrong."""
        whole = self.prefix + path
        return any(len(one) > len(whole) and one[: len(whole)] == whole for one in self.values)

    def word(self, path: Path, text: str, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of a value's text stand.

        The value's first character where the text is not in the file letter by letter.
        """
        place = self._value(path)
        if place.text_column is None:
            return self._span(place)
        line, column = _advance(place.line, place.text_column, text, 0, start)
        end_line, end_column = _advance(line, column, text, start, end)
        return Span(self.file, line, column, end_line, end_column)

    def _known(self, path: Path) -> Path:
        """The path as the document spells it: a list of one may be written without its list."""
        known = self.prefix
        for step in path:
            if (further := (*known, step)) in self.values:
                known = further
            elif step != 0:
                break
        return known

    def _value(self, path: Path) -> Place:
        return self.values.get(self._known(path)) or Place(1, 1, 1, 1)

    def _span(self, place: Place) -> Span:
        return Span(self.file, place.line, place.column, place.end_line, place.end_column)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person must mend: what is wrong, where, and what to type instead."""

    slug: str
    message: str
    span: Span
    hint: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str, str, int, int]:
        """The order problems are listed in: file, line, column, slug; then whatever differs."""
        at = self.span
        rest = (self.slug, self.message, self.hint, at.end_line, at.end_column)
        return (at.file, at.line, at.column, *rest)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line, column and slug."""
    return tuple(sorted(set(problems), key=lambda problem: problem.order))


def compiler_text(problem: Problem, source: str | None) -> str:
    """A problem as a compiler prints an error: place, message, the line, a caret, the hint.

    `source` is the file's text, or `None` where there is none to show.
    """
    span = problem.span
    place = f"{span.file}:{span.line}:{span.column}"
    parts = [_printable(f"{place}: {problem.slug}: {problem.message}")]
    lines = _lines(source) if source is not None else []
    if 0 < span.line <= len(lines) and lines[span.line - 1].strip():
        parts += _excerpt(lines[span.line - 1], span)
    if problem.hint:
        first, *rest = problem.hint.split("\n")
        parts += [f"   hint: {first}", *(f"         {line}" for line in rest)]
    return "\n".join(parts)


def github_text(problem: Problem) -> str:
    """A problem as a workflow command that GitHub shows beside the line."""
    span = problem.span
    message = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    places = (
        f"file={_escaped(span.file, ':,')},line={span.line},col={span.column},"
        f"endLine={span.end_line},endColumn={span.end_column},title={_escaped(problem.slug, ':,')}"
    )
    return f"::error {places}::{_escaped(message)}"


def as_data(problem: Problem) -> dict[str, str | int]:
    """A problem as published in JSON."""
    span = problem.span
    return {
        "slug": problem.slug,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": problem.message,
        "hint": problem.hint,
    }


_WIDEST = 140


def _excerpt(line: str, span: Span) -> list[str]:
    """The line at fault and a caret under the words; a very long line is cut around them."""
    first = span.column - 1
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, first - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = _printable(line[cut : cut + _WIDEST])
    width = max(1, min(last - cut, len(shown)) - (first - cut))
    number = str(span.line)
    return [
        f"{number} | {shown}".rstrip(),
        f"{' ' * len(number)} | {' ' * (first - cut)}{'^' * width}",
    ]


def _printable(text: str) -> str:
    """Text of one line without what would steer a terminal or break the line: blanks instead."""
    return "".join(c if c.isprintable() else " " for c in text)


def _escaped(text: str, more: str = "") -> str:
    """Text with the characters that end a workflow command's field written as %XX."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def _advance(line: int, column: int, text: str, start: int, end: int) -> tuple[int, int]:
    """The line and column reached from one place by reading `text[start:end]`."""
    starts = _line_starts(text)
    first, last = bisect_right(starts, start), bisect_right(starts, end)
    if first == last:
        return line, column + end - start
    return line + last - first, end - starts[last - 1] + 1


@lru_cache(maxsize=8)
def _line_starts(text: str) -> Sequence[int]:
    """Where the lines of a text begin, but for the first; a text may have many problems."""
    return [found.end() for found in _BREAK.finditer(text)]


@lru_cache(maxsize=8)
def _lines(source: str) -> Sequence[str]:
    return _BREAK.split(source)
