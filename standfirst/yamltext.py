"""YAML text → values with the line and column of every value and key.

Nothing is guessed here: every scalar stays the text it was typed as. Nothing is ever raised:
whatever is wrong with the text is a problem that says what to type. Knows nothing of facts.
"""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from standfirst.problem import Path, Place, Places, Problem, placed
from standfirst.yamlfault import Mark, mark_of, syntax_fault
from standfirst.yamlnotes import Notes, marks

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
"""What a document says; `None` only where it could not be read at all, or says nothing."""

LARGEST = 8_000_000
"""How many bytes one document may have in UTF-8."""

DEEPEST = 64
"""How many lists and mappings may lie in one another."""

MOST = 100_000
"""How many values a lenient document may have once its aliases are written out."""

# Written in C where PyYAML has it. Its twin in Python reads the same, but refuses most tabs, and
# ends a file without a final line break one line earlier.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
# Refused with the controls: line breaks that only some programs take for one (they would shift line
# numbers), U+FEFF, which nobody sees, and what turns the order of letters: "12" would be read "21".
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
_BREAK = re.compile(r"\r\n?|\n")
_HASH = re.compile(r"(?<=[^ \t\r\n]) #")
_BLOCKS = ("|", ">")
_FAULTS = (yaml.YAMLError, ValueError, OverflowError)
_LEFT_OUT = -1


@dataclass(frozen=True)
class Document:
    """One text as read: its value, where everything in it stands, and what must be mended."""

    value: Tree
    places: Places
    problems: tuple[Problem, ...]


def read_yaml(text: str, file: str, lenient: bool = False, first_line: int = 1) -> Document:
    """The values of a YAML text, for any text at all; what is wrong with it is in `problems`.

    The value is `None` after a fault of syntax, after a character that cannot be printed, and
    where a limit is passed. A single value that cannot be used (`null`, an alias, the second of
    two equal keys) is left out. A byte order mark at the start counts as no character.
    `first_line` is the line of the file in which the text begins. `lenient`, for `mkdocs.yml`,
    ignores tags, writes out aliases and merge keys, and reads null as "".

    A text counts as cut short where exactly one space and `#` follow it (`We are #1`). A remark
    stands behind two spaces or more, or on a line of its own.
    """
    reader = _Reader(text.removeprefix("\ufeff"), file, lenient, first_line)
    was_on = gc.isenabled()
    gc.disable()  # half a million small values, none of them in a cycle
    try:
        value = reader.read()
    finally:
        if was_on:
            gc.enable()
    return Document(value, Places(file, reader.values, reader.keys), tuple(reader.notes.problems))


class _Unreadable(Exception):
    """Reading has ended; the problem that ended it is noted."""


class _Reader:
    """One reading of one text: what has been found so far."""

    def __init__(self, text: str, file: str, lenient: bool, first_line: int) -> None:
        self.text, self.lenient, self.first_line = text, lenient, first_line
        self.notes = Notes(file, first_line)
        self.cuts: frozenset[int] = frozenset()
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}

    def read(self) -> Tree:
        value = None
        try:
            self.check_text()
            value = self.built()
        except _Unreadable:
            pass
        except _FAULTS as error:
            self._note_fault(error)
        if self.notes.problems:
            self._forget_left_out()
        return value

    def is_clean(self) -> bool:
        """Whether the text reads without any problem."""
        try:
            self.check_text()
            self.built()
        except (_Unreadable, *_FAULTS):
            return False
        return not self.notes.problems

    def _note_fault(self, error: Exception) -> None:
        """Note a fault of syntax, and nothing else of its line: it would be said of half a line."""
        if "nesting depth" in str(getattr(error, "problem", "")):
            return self.notes.too_deep(DEEPEST, mark_of(error) or (0, 0))

        def is_clean(text: str) -> bool:
            return _Reader(text, "", self.lenient, 1).is_clean()

        fault = syntax_fault(error, self.notes.lines, is_clean, _is_parsed)
        self.notes.forget_line(fault.start[0])
        end = (fault.start[0], fault.start[1] + fault.width)
        self.notes.note("bad-yaml", fault.message, fault.hint, fault.start, end)

    def check_text(self) -> None:
        """Refuse what is too large or cannot be printed, before the parser stops at it."""
        text, notes = self.text, self.notes
        if len(text) * 4 > LARGEST and len(text.encode("utf-8", "surrogatepass")) > LARGEST:
            notes.too_large(LARGEST)
            raise _Unreadable
        if found := _UNPRINTABLE.search(text):
            notes.lines = _BREAK.split(text[: found.end()])
            line, end = len(notes.lines) - 1, len(notes.lines[-1])
            notes.unprintable(found[0], (line, end - 1), (line, end))
            raise _Unreadable
        notes.lines = text.splitlines()
        if not self.lenient and " #" in text:
            self.cuts = frozenset(found.start() for found in _HASH.finditer(text))

    def built(self) -> Tree:
        """The document's value: one loop, as a call for each event would double the time.

        `here` is the path of the value to come, `None` where a key is to come. With the key
        `None` in a mapping, the value to come is read and left out. A list or mapping without
        brackets ends with its last value, not, as for the parser, where the next one begins.
        """
        values, keys, shift, cuts = self.values, self.keys, self.first_line, self.cuts
        notes, lenient, is_escaped = self.notes, self.lenient, "\\" in self.text
        next_event: Callable[[], Any] = _Loader(self.text).get_event
        if lenient:
            next_event = self._written_out(next_event).__next__
        stack: list[tuple[Any, Path, Path | None, Any, bool]] = []
        root: list[Tree] = []
        container: Any = root
        path: Path = ()
        here: Path | None = ()
        key: str | None = None
        is_list, documents, end_line, end_column = True, 0, 0, 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                start, end = event.start_mark, event.end_mark
                value, style = event.value, event.style
                line, column, end_line, end_column = start.line, start.column, end.line, end.column
                text_column, keep = None, True
                if not style:
                    text_column = column + 1 if line == end_line else None
                elif style in "|>":
                    end_line, end_column = self._block_end(line, end_line, end_column)
                elif line == end_line and end_column - column - 2 == len(value):
                    text_column = column + 2
                if event.anchor or event.tag:
                    text_column = None
                    if not lenient:
                        notes.anchor_and_tag(event)
                if style == '"' and is_escaped and (odd := _UNPRINTABLE.search(value)):
                    keep = False
                    notes.unprintable(odd[0], *marks(event))
                place = placed(
                    (line + shift, column + 1, end_line + shift, end_column + 1, text_column)
                )
                if here is None:
                    key, here = value, (*path, value)
                    if here in keys or not keep or (not style and value in ("", "<<")):
                        key, here = self._odd_key(event, here, keep)
                    keys[here] = place
                    continue
                values[here] = place
                if (not style and value in _NULLS) or (style in _BLOCKS and not value.strip()):
                    keep, value = self._is_null_kept(event, here), ""
                elif cuts and not style and end.index in cuts:
                    notes.cut(event)
                if is_list:
                    if keep:
                        container.append(value)
                    here = (*path, len(container))
                else:
                    if keep and key is not None:
                        container[key] = value
                    here = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if (event.anchor or event.tag) and not lenient:
                    notes.anchor_and_tag(event)
                child: Any = {} if kind is MappingStartEvent else []
                after: Path | None = None
                if here is None:
                    notes.key_that_is_no_text(event)
                    key, here = None, self._left_out()
                    after = here
                elif is_list:
                    container.append(child)
                    after = (*path, len(container))
                elif key is not None:
                    container[key] = child
                stack.append((container, path, after, event.start_mark, event.flow_style))
                if len(stack) > DEEPEST:
                    notes.too_deep(DEEPEST, marks(event)[0])
                    raise _Unreadable
                container, path, is_list = child, here, kind is SequenceStartEvent
                here = (*path, 0) if is_list else None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if lenient and not is_list and "<<" in container:
                    _merge(container)
                closed = path
                container, path, here, start, is_flow = stack.pop()
                key, is_list = None, type(container) is list
                if is_flow or end_line < start.line:  # an alias stood last
                    end_line, end_column = event.end_mark.line, event.end_mark.column
                if end_line >= len(notes.lines):  # a key without a value stood last
                    end_line, end_column = notes.inside((end_line, end_column))
                values[closed] = placed(
                    (start.line + shift, start.column + 1, end_line + shift, end_column + 1, None)
                )
            elif kind is AliasEvent:
                if here is None or here[:1] != (_LEFT_OUT,):
                    notes.alias(event)
                end_line, end_column = event.end_mark.line, event.end_mark.column
                if here is None:
                    key, here = None, self._left_out()
                elif not is_list:
                    here = None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents == 2:
                    notes.second_document(event)
                    break
            elif kind is StreamEndEvent:
                break
        if () not in values:
            notes.empty_file()
        return root[0] if root else None

    def _written_out(self, next_event: Callable[[], Any]) -> Iterator[Any]:
        """The events, each alias replaced by the events of what it stands for.

        So these go through the same builder as all others, and under the same limits.
        """
        log: list[Any] = []
        known: dict[str, tuple[int, int]] = {}
        opened: list[tuple[str | None, int]] = []
        while True:
            event = next_event()
            kind, start = type(event), len(log)
            if kind is AliasEvent:
                first, last = known.get(event.anchor, (0, 0))
                if first == last:
                    self.notes.unknown_alias(event)
                    raise _Unreadable
                if start + last - first > MOST:
                    self.notes.too_many(MOST, event)
                    raise _Unreadable
                log += log[first:last]
                yield from log[start:]
                continue
            log.append(event)
            yield event
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                opened.append((event.anchor, start))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                anchor, start = opened.pop()
                if anchor:
                    known[anchor] = (start, len(log))
            elif kind is ScalarEvent and event.anchor:
                known[event.anchor] = (start, len(log))

    def _block_end(self, line: int, end_line: int, end_column: int) -> Mark:
        """The end of a block scalar's last line that is not blank."""
        lines = self.notes.lines
        last = min(end_line - (not end_column), len(lines) - 1)
        while last > line and not lines[last].strip(" \t"):
            last -= 1
        return last, len(lines[last])

    def _left_out(self) -> Path:
        """A path for a value that is read and left out; each has its own."""
        return (_LEFT_OUT, len(self.notes.problems))

    def _forget_left_out(self) -> None:
        for places in (self.values, self.keys):
            for path in [path for path in places if path[:1] == (_LEFT_OUT,)]:
                del places[path]

    def _odd_key(self, event: Any, here: Path, keep: bool) -> tuple[str | None, Path]:
        """What becomes of a key that is empty, a merge key, or there already."""
        if keep and self.lenient and here not in self.keys:
            return event.value, here
        if keep:
            self.notes.odd_key(event, self.keys.get(here))
        return None, self._left_out()

    def _is_null_kept(self, event: Any, here: Path) -> bool:
        """Whether a value that says nothing is kept; it is a problem unless lenient."""
        if here == () and not event.value:
            self.notes.empty_file(*marks(event))
            return False
        if not (self.lenient or event.tag or here[:1] == (_LEFT_OUT,)):
            self.notes.null(event, here, self.keys.get(here))
        return self.lenient


def _merge(mapping: dict[str, Tree]) -> None:
    """Put the keys under `<<` into their mapping, where it has none of that name."""
    merged = mapping.pop("<<")
    for source in merged if isinstance(merged, list) else [merged]:
        for key, value in source.items() if isinstance(source, dict) else ():
            mapping.setdefault(key, value)


def _is_parsed(text: str) -> bool:
    try:
        for _ in yaml.parse(text, _Loader):
            pass
    except _FAULTS:
        return False
    return True
