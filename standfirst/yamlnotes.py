"""What YAML reads, but content may not say → problems that say what to type.

Knows a text's lines and the parser's events, and decides nothing: what is refused, and what
becomes of it, `yamltext` says. Never parses itself.
"""

import re
from typing import Any

from standfirst.problem import Path, Place, Problem, Span
from standfirst.yamlfault import HEAD, LONGEST_LINE, Mark, quoted, requoted


class Notes:
    """The problems found so far in one text. Marks count from 0, and `lines` are the text's."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.lines: list[str] = []
        self.problems: list[Problem] = []

    def note(self, slug: str, message: str, hint: str, start: Mark, end: Mark) -> None:
        """Note a problem; its place is kept inside the text."""
        start = self.inside(start)
        end = max(start, self.inside(end))
        line, end_line = start[0] + self.first_line, end[0] + self.first_line
        span = Span(self.file, line, start[1] + 1, end_line, end[1] + 1)
        self.problems.append(Problem(slug, message, span, hint))

    def note_event(self, slug: str, message: str, hint: str, event: Any) -> None:
        """Note a problem at the characters of an event."""
        self.note(slug, message, hint, *marks(event))

    def forget_line(self, number: int) -> None:
        """Drop what was noted in a line."""
        line = number + self.first_line
        self.problems = [problem for problem in self.problems if problem.span.line != line]

    def empty_file(self, start: Mark = (0, 0), end: Mark = (0, 0)) -> None:
        self.note("bad-yaml", "the file is empty", "type key: value", start, end)

    def too_large(self, most: int) -> None:
        message = f"the file is larger than {most // 1_000_000} MB"
        self.note("too-large", message, "split it into several files", (0, 0), (0, 0))

    def too_deep(self, most: int, mark: Mark) -> None:
        message = f"more than {most} lists or mappings lie in one another"
        end = (mark[0], mark[1] + 1)
        self.note("too-deep", message, "write it with fewer levels", mark, end)

    def unprintable(self, character: str, start: Mark, end: Mark) -> None:
        message = f"the character U+{ord(character):04X} cannot be printed"
        self.note("bad-yaml", message, "take it out, or type a space instead", start, end)

    def second_document(self, event: Any) -> None:
        message = "a second document begins here"
        self.note_event("bad-yaml", message, 'take out this line of "---"', event)

    def key_that_is_no_text(self, event: Any) -> None:
        message = "a key is a text, not a list or a mapping"
        self.note_event("bad-yaml", message, "if it is text, write it in quotes", event)

    def odd_key(self, event: Any, first: Place | None) -> None:
        """A key that stands there already, in `first`, or is a merge key, or empty."""
        if first:
            message = (
                f"{_named(event.value)} stands twice, in line {first.line}"
                f" and in line {event.start_mark.line + self.first_line}"
            )
            self.note_event("duplicate-key", message, "keep one of the two", event)
        elif event.value:
            message = '"<<" takes over keys from elsewhere (a merge key)'
            self.note_event("merge-key", message, "write the keys themselves here", event)
        else:
            self.note_event("bad-yaml", "a key is missing before the colon", "type it", event)

    def null(self, event: Any, path: Path, key: Place | None) -> None:
        """A value that says nothing, and its key if it has one."""
        named = _named(path[-1]) if path and isinstance(path[-1], str) else "this value"
        word = event.value.strip()
        message = f"{named} is {f'null (written {word})' if word else 'empty'}"
        hint = self._null_hint(event, word)
        if key and not word:
            span = Span(self.file, key.line, key.column, key.end_line, key.end_column)
            self.problems.append(Problem("null-value", message, span, hint))
        else:
            self.note_event("null-value", message, hint, event)

    def _null_hint(self, event: Any, word: str) -> str:
        before, after = self._around(marks(event)[0])
        if word:
            return f"leave it out, or if it is text, write it in quotes: {quoted(word)}"
        if cut := re.match(r"[ \t]*(#[^ \t#].*)", after):
            text = f"{before.lstrip()} {quoted(cut[1].rstrip())}"
            return f"leave it out, or if it is text, write it in quotes: {text}"
        if event.style or before.rstrip(" \t").endswith((":", "-")):
            return "leave it out, or type its text"
        return "type key: value; a text that holds a comma must be in quotes here"

    def anchor_and_tag(self, event: Any) -> None:
        """The anchor, the tag or both that stand before a value."""
        start = marks(event)[0]
        word = re.split(r"[ \t,\[\]{}]", self._around(start)[1], maxsplit=1)[0]
        end = (start[0], start[1] + len(word))
        mended = self._in_quotes(event)
        hint = f"if it is text, write it in quotes: {mended}" if mended else "leave it out"
        if event.anchor:
            message = f'"&{event.anchor}" names a value for use elsewhere (an anchor)'
            self.note("yaml-anchor", message, hint, start, end)
        if event.tag:
            message = f'"{word}" gives the value a type (a tag)'
            self.note("yaml-tag", message, hint, start, end)

    def alias(self, event: Any) -> None:
        message = f'"*{event.anchor}" stands for a value written elsewhere (an alias)'
        self._note_alias(message, event)

    def unknown_alias(self, event: Any) -> None:
        message = f'no value that ends before this has the anchor "&{event.anchor}"'
        self._note_alias(message, event)

    def too_many(self, most: int, event: Any) -> None:
        message = f"with its aliases written out this gives over {most} values"
        hint = "write the values out where they are few, and fewer where they are many"
        self.note_event("too-large", message, hint, event)

    def _note_alias(self, message: str, event: Any) -> None:
        mended = self._in_quotes(event)
        hint = f"write it in quotes: {mended}" if mended else "write the value itself here"
        self.note_event("yaml-anchor", message, hint, event)

    def cut(self, event: Any) -> None:
        """A text cut short by a number sign, as `read_yaml` tells it from a remark."""
        line, column = marks(event)[1]
        after = self._around((line, column))[1]
        mended = self._in_quotes(event)
        hint = f"write it in quotes: {mended}" if mended else "write the whole text in quotes"
        hint += "\n(a remark stands behind two spaces, or on a line of its own)"
        start, end = (line, column + 1), (line, column + len(after.rstrip()))
        self.note("bad-yaml", 'the text ends before " #"', hint, start, end)

    def _in_quotes(self, event: Any) -> str | None:
        """The line of a block value of one line with everything from its beginning in quotes."""
        (line, column), (end_line, end_column) = marks(event)
        before, after = self._around((line, column))
        head = HEAD.match(before + after)
        if line != end_line or head is None or head.end() != column:
            return None
        if re.match(r"[ \t]*:", self._around((end_line, end_column))[1]):  # it is a key
            return None
        return before.lstrip() + requoted(after.rstrip())

    def _around(self, mark: Mark) -> tuple[str, str]:
        """What stands in a line before and after a mark, as far as a hint can show it."""
        number, column = mark
        line = self.lines[number] if number < len(self.lines) else ""
        return line[max(0, column - LONGEST_LINE) : column], line[column : column + LONGEST_LINE]

    def inside(self, mark: Mark) -> Mark:
        """A mark, or the nearest one inside the text."""
        line, column = mark
        if line < len(self.lines):
            return line, min(column, len(self.lines[line]))
        return (len(self.lines) - 1, len(self.lines[-1])) if self.lines else (0, 0)


def marks(event: Any) -> tuple[Mark, Mark]:
    """Where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column), (end.line, end.column)


def _named(key: str) -> str:
    """A key as a message names it."""
    text = " ".join(key.split())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'
