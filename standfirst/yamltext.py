"""YAML text → values with the line and column of every value and key.

Nothing is guessed here: every scalar stays the text it was typed as. Nothing is ever raised:
whatever is wrong with the text is a problem that says what to type. Knows nothing of facts.
"""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
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

from standfirst.problem import Path, Place, Places, Problem, Span

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
# Line breaks that only some programs take for one (U+0085, U+2028, U+2029) would shift the line
# numbers, and nobody sees the mark U+FEFF; so they are refused with the control characters.
_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BREAK = re.compile(r"\r\n?|\n")
_HASH = re.compile(r"(?<=[^ \t\r\n]) #")
_BLOCKS = ("|", ">")
_LEFT_OUT = -1

# Of a line: what stands before its value; where a text may begin and end in brackets.
_HEAD = re.compile(
    r"[ \t]*(?:- +)*"
    r"(?P<key>(?:\"[^\"]*\"[ \t]*|'[^']*'[ \t]*|[^\s\"'\[\]{},#&*!|>%@`:-][^:]*):(?:[ \t]+|$))?"
)
_FLOW_HEAD = re.compile(r"[{,][ \t]*[\w-]+:[ \t]+|[\[,][ \t]*")
_FLOW_TAIL = re.compile(r"[ \t]*[]},]")
_NO_BEGINNING = re.compile(r"\[\[?|\{\{?|[]}@`\"'%&*!|>,#]|[-?](?= )")
# A hint that would show more than this helps nobody, and trying more would take too long.
_LONGEST_LINE = 2_000
_TEXTS_TRIED = 24
_TRIES = 3

Mark: TypeAlias = tuple[int, int]
"""A line and a column, both from 0, as the parser counts."""

_COLUMN = "begin the line in the column of the lines it belongs to"
# What either parser says of a fault, our words, and the hint where quotes do not mend it.
_FAULTS = (
    (
        "escape",
        "a backslash in double quotes begins an escape, and this is none",
        "write the text in single quotes",
    ),
    (
        "quoted scalar",
        "a quotation mark is opened here and never closed",
        "close it, or write the whole text in quotes",
    ),
    (
        "while parsing a flow",
        "a bracket is opened here; its end, or a comma in it, is missing",
        "close it, or write the whole text in quotes",
    ),
    ("expected ':'", "this line has no colon after its key", "type key: value"),
    (
        "mapping values are not allowed",
        "this line and what stands above it read as one text",
        f"type key: value on each line, with a space after the colon, and {_COLUMN}",
    ),
    (
        "not allowed|expected key|block end|'-'|document start",
        "this does not fit with what stands before it",
        f"{_COLUMN}; nothing may follow a closing quotation mark or bracket",
    ),
)


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

    `key: words  # a remark` and `key: words # a remark` are remarks. A text counts as cut short
    where one space and `#` follow it, and the `#` touches the next character (`We are #1`), or
    a bracket or a quotation mark is still open (`Kites (see no. # 5)`).
    """
    reader = _Reader(text.removeprefix("\ufeff"), file, lenient, first_line)
    was_on = gc.isenabled()
    gc.disable()  # half a million small values, none of them in a cycle
    try:
        value = reader.read()
    finally:
        if was_on:
            gc.enable()
    return Document(value, Places(file, reader.values, reader.keys), tuple(reader.problems))


def raw(document_text: str, span: Span) -> str:
    """The characters of a file that a span covers, as they are written there."""
    lines = document_text.removeprefix("\ufeff").splitlines(keepends=True)
    lines = lines[span.line - 1 : span.end_line]
    if len(lines) == span.end_line - span.line + 1:
        lines[-1] = lines[-1][: span.end_column - 1]
    return "".join(lines)[span.column - 1 :]


def quoted(text: str) -> str:
    """A text of one line in quotation marks, as one types it in YAML."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


class _Unreadable(Exception):
    """Reading has ended; the problem that ended it is noted."""


class _Reader:
    """One reading of one text: what has been found so far. Marks count from 0."""

    def __init__(self, text: str, file: str, lenient: bool, first_line: int) -> None:
        self.text, self.file, self.lenient, self.first_line = text, file, lenient, first_line
        self.lines: list[str] = []
        self.cuts: frozenset[int] = frozenset()
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def read(self) -> Tree:
        value = None
        try:
            self.check_text()
            value = self.built()
        except _Unreadable:
            pass
        except (yaml.YAMLError, ValueError, OverflowError) as fault:
            _note_fault(self, fault)
        if self.problems:
            self._forget_left_out()
        return value

    def is_clean(self) -> bool:
        """Whether the text reads without any problem."""
        try:
            self.check_text()
            self.built()
        except (_Unreadable, yaml.YAMLError, ValueError, OverflowError):
            return False
        return not self.problems

    def note(self, slug: str, message: str, hint: str, start: Mark, end: Mark) -> None:
        """Note a problem; its place is kept inside the text, and shows at least one character."""
        start = self._inside(start)
        end = max(start, self._inside(end))
        line, end_line = start[0] + self.first_line, end[0] + self.first_line
        span = Span(self.file, line, start[1] + 1, end_line, end[1] + 1)
        self.problems.append(Problem(slug, message, span, hint))

    def _note_event(self, slug: str, message: str, hint: str, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        self.note(slug, message, hint, (start.line, start.column), (end.line, end.column))

    def _inside(self, mark: Mark) -> Mark:
        line, column = mark
        if line < len(self.lines):
            return line, min(column, len(self.lines[line]))
        return (len(self.lines) - 1, len(self.lines[-1])) if self.lines else (0, 0)

    def check_text(self) -> None:
        """Refuse what is too large or cannot be printed, before the parser stops at it."""
        text = self.text
        if len(text) * 4 > LARGEST and len(text.encode("utf-8", "surrogatepass")) > LARGEST:
            message = f"the file is larger than {LARGEST // 1_000_000} MB"
            self.note("too-large", message, "split it into several files", (0, 0), (0, 0))
            raise _Unreadable
        if found := _UNPRINTABLE.search(text):
            self.lines = _BREAK.split(text[: found.start()] + ".")
            line, column = len(self.lines) - 1, len(self.lines[-1]) - 1
            message = f"the character {_code(found[0])} cannot be printed"
            hint = "take it out, or type a space instead"
            self.note("bad-yaml", message, hint, (line, column), (line, column + 1))
            raise _Unreadable
        self.lines = text.splitlines()
        if not self.lenient:
            self.cuts = frozenset(found.start() for found in _HASH.finditer(text))

    def built(self) -> Tree:
        """The document's value: one loop, as a call for each event would double the time.

        `here` is the path of the value to come, `None` where a key is to come. With the key
        `None` in a mapping, the value to come is read and left out. A list or mapping without
        brackets ends with its last value, not, as for the parser, where the next one begins.
        """
        values, keys, shift, cuts = self.values, self.keys, self.first_line, self.cuts
        next_event = self._events()
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
                    self._check_properties(event)
                    text_column = None
                if style == '"' and _UNPRINTABLE.search(value):
                    keep = self._refuse_escape(event)
                place = Place(
                    line + shift, column + 1, end_line + shift, end_column + 1, text_column
                )
                if here is None:
                    key, here = value, (*path, value)
                    if here in keys or not keep or (not style and value in ("", "<<")):
                        key, here = self._odd_key(event, here, keep)
                    keys[here] = place
                    continue
                values[here] = place
                if (not style and value in _NULLS) or (style in _BLOCKS and not value.strip()):
                    keep, value = self._null(event, here), ""
                elif cuts and not style and end.index in cuts:
                    self._check_cut(event)
                if is_list:
                    if keep:
                        container.append(value)
                    here = (*path, len(container))
                else:
                    if keep and key is not None:
                        container[key] = value
                    here = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    self._check_properties(event)
                child: Any = {} if kind is MappingStartEvent else []
                after: Path | None = None
                if here is None:
                    key, here = None, self._left_out_key(event)
                    after = here
                elif is_list:
                    container.append(child)
                    after = (*path, len(container))
                elif key is not None:
                    container[key] = child
                stack.append((container, path, after, event.start_mark, event.flow_style))
                if len(stack) > DEEPEST:
                    self.note_depth((event.start_mark.line, event.start_mark.column))
                    raise _Unreadable
                container, path, is_list = child, here, kind is SequenceStartEvent
                here = (*path, 0) if is_list else None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if self.lenient and not is_list and "<<" in container:
                    _merge(container)
                closed = path
                container, path, here, start, is_flow = stack.pop()
                key, is_list = None, type(container) is list
                if is_flow or end_line < start.line:  # an alias stood last
                    end_line, end_column = event.end_mark.line, event.end_mark.column
                values[closed] = Place(
                    start.line + shift, start.column + 1, end_line + shift, end_column + 1
                )
            elif kind is AliasEvent:
                if here is None or here[:1] != (_LEFT_OUT,):
                    self._refuse_alias(event)
                end_line, end_column = event.end_mark.line, event.end_mark.column
                if here is None:
                    key, here = None, self._left_out()
                elif not is_list:
                    here = None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents == 2:
                    message = "a second document begins here"
                    self._note_event("bad-yaml", message, 'take out this line of "---"', event)
                    break
            elif kind is StreamEndEvent:
                break
        if () not in values:
            self.note("bad-yaml", "the file is empty", "type key: value", (0, 0), (0, 0))
        return root[0] if root else None

    def _events(self) -> Callable[[], Any]:
        next_event: Callable[[], Any] = _Loader(self.text).get_event
        return self._written_out(next_event).__next__ if self.lenient else next_event

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
                if first == last or start + last - first > MOST:
                    self._refuse_alias(event, is_bomb=first != last)
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
        last = min(end_line - (not end_column), len(self.lines) - 1)
        while last > line and not self.lines[last].strip(" \t"):
            last -= 1
        return last, len(self.lines[last])

    def _left_out(self) -> Path:
        """A path for a value that is read and left out; each has its own."""
        return (_LEFT_OUT, len(self.problems))

    def _forget_left_out(self) -> None:
        for places in (self.values, self.keys):
            for path in [path for path in places if path[:1] == (_LEFT_OUT,)]:
                del places[path]

    def _left_out_key(self, event: Any) -> Path:
        message = "a key is a text, not a list or a mapping"
        hint = "if it is text, write it in quotes"
        self._note_event("bad-yaml", message, hint, event)
        return self._left_out()

    def _odd_key(self, event: Any, here: Path, keep: bool) -> tuple[str | None, Path]:
        """What becomes of a key that is empty, a merge key, or there already."""
        name = event.value
        if keep and here in self.keys:
            first = self.keys[here]
            message = (
                f"{_named(name)} stands twice, in line {first.line}"
                f" and in line {event.start_mark.line + self.first_line}"
            )
            self._note_event("duplicate-key", message, "keep one of the two", event)
        elif keep and self.lenient:
            return name, here
        elif keep and name:
            message = '"<<" takes over keys from elsewhere (a merge key)'
            self._note_event("merge-key", message, "write the keys themselves here", event)
        elif keep:
            self._note_event("bad-yaml", "a key is missing before the colon", "type it", event)
        return None, self._left_out()

    def _null(self, event: Any, here: Path) -> bool:
        """Whether a value that says nothing is kept; it is a problem unless lenient."""
        if here == () and not event.value:
            self._note_event("bad-yaml", "the file is empty", "type key: value", event)
            return False
        if self.lenient or event.tag or here[:1] == (_LEFT_OUT,):
            return self.lenient
        name = _named(here[-1]) if here and isinstance(here[-1], str) else "this value"
        mark, word = event.start_mark, event.value.strip()
        before, after = self._around(mark)
        if word:
            hint = f"leave it out, or if it is text, write it in quotes: {quoted(word)}"
        elif cut := re.match(r"[ \t]*(#[^ \t#].*)", after):
            text = f"{before.lstrip()} {quoted(cut[1].rstrip())}"
            hint = f"leave it out, or if it is text, write it in quotes: {text}"
        elif event.style or before.rstrip(" \t").endswith((":", "-")):
            hint = "leave it out, or type its text"
        else:
            hint = "type key: value; a text that holds a comma must be in quotes here"
        message = f"{name} is {f'null (written {word})' if word else 'empty'}"
        key = None if word else self.keys.get(here)
        if key:
            span = Span(self.file, key.line, key.column, key.end_line, key.end_column)
            self.problems.append(Problem("null-value", message, span, hint))
        else:
            self._note_event("null-value", message, hint, event)
        return False

    def _around(self, mark: Any) -> tuple[str, str]:
        """What stands in a line before and after a mark, as far as a hint can show it."""
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        column = mark.column
        return line[max(0, column - _LONGEST_LINE) : column], line[column : column + _LONGEST_LINE]

    def _check_properties(self, event: Any) -> None:
        if self.lenient:
            return
        start = (event.start_mark.line, event.start_mark.column)
        word = re.split(r"[ \t,\[\]{}]", self._around(event.start_mark)[1], maxsplit=1)[0]
        end = (start[0], start[1] + len(word))
        mended = self._in_quotes(event)
        hint = f"if it is text, write it in quotes: {mended}" if mended else "leave it out"
        if event.anchor:
            message = f'"&{event.anchor}" names a value for use elsewhere (an anchor)'
            self.note("yaml-anchor", message, hint, start, end)
        if event.tag:
            message = f'"{word}" gives the value a type (a tag)'
            self.note("yaml-tag", message, hint, start, end)

    def _refuse_alias(self, event: Any, is_bomb: bool = False) -> None:
        message = f'"*{event.anchor}" stands for a value written elsewhere (an alias)'
        mended = self._in_quotes(event)
        hint = f"write it in quotes: {mended}" if mended else "write the value itself here"
        if is_bomb:
            message = f"with its aliases written out this gives over {MOST} values"
            hint = "write the values out where they are few, and fewer where they are many"
        elif self.lenient:
            message = f'no value that ends before this has the anchor "&{event.anchor}"'
        self._note_event("too-large" if is_bomb else "yaml-anchor", message, hint, event)

    def _refuse_escape(self, event: Any) -> bool:
        found = _UNPRINTABLE.search(event.value)
        message = f"the character {_code(found[0] if found else '')} cannot be printed"
        self._note_event("bad-yaml", message, "take it out, or type a space instead", event)
        return False

    def _check_cut(self, event: Any) -> None:
        """A text cut short by a number sign, as `read_yaml` tells it from a remark."""
        at, after = event.end_mark, self._around(event.end_mark)[1]
        touches = len(after) > 2 and after[2] not in " \t#"
        if not touches and not _is_left_open(event.value):
            return
        mended = self._in_quotes(event)
        hint = f"write it in quotes: {mended}" if mended else "write the whole text in quotes"
        hint += '\n(a remark begins with "# ")'
        start, end = (at.line, at.column + 1), (at.line, at.column + len(after.rstrip()))
        self.note("bad-yaml", 'the text ends before " #"', hint, start, end)

    def _in_quotes(self, event: Any) -> str | None:
        """The line of a block value of one line with everything from its beginning in quotes."""
        start, end = event.start_mark, event.end_mark
        before, after = self._around(start)
        head = _HEAD.match(before + after)
        if start.line != end.line or head is None or head.end() != start.column:
            return None
        if re.match(r"[ \t]*:", self._around(end)[1]):  # it is a key
            return None
        return before.lstrip() + _requoted(after.rstrip())

    def note_depth(self, mark: Mark) -> None:
        message = f"more than {DEEPEST} lists or mappings lie in one another"
        end = (mark[0], mark[1] + 1)
        self.note("too-deep", message, "write it with fewer levels", mark, end)


def _merge(mapping: dict[str, Tree]) -> None:
    """Put the keys under `<<` into their mapping, where it has none of that name."""
    merged = mapping.pop("<<")
    for source in merged if isinstance(merged, list) else [merged]:
        for key, value in source.items() if isinstance(source, dict) else ():
            mapping.setdefault(key, value)


def _is_left_open(text: str) -> bool:
    """Whether a bracket or a quotation mark in a text is not closed in it."""
    pairs = (("(", ")"), ("[", "]"), ("“", "”"))
    return text.count('"') % 2 == 1 or any(text.rfind(a) > text.rfind(b) for a, b in pairs)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _named(key: str) -> str:
    """A key as a message names it."""
    text = " ".join(key.split())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'


def _requoted(text: str) -> str:
    """A text in quotation marks; those that were meant to stand around the whole are taken off."""
    mark, inner = text[:1], text[1:-1]
    if mark not in ("'", '"'):
        return quoted(text)
    if mark not in text[1:]:
        return quoted(text[1:])
    second = re.search(rf"(?<!\w){mark}|{mark}(?!\w)", inner)
    closes = second and inner[: second.start()].strip() == inner[: second.start()].lstrip()
    return quoted(inner if text[-1] == mark and not closes else text)


def _mark(fault: Exception, name: str) -> Mark | None:
    mark = getattr(fault, name, None)
    return None if mark is None else (mark.line, mark.column)


def _note_fault(reader: _Reader, fault: Exception) -> None:
    """Note a fault of syntax, with the mended line where putting a text in quotes mends it.

    Nothing else is said of the line at fault: it would be said of half a line.
    """
    context, problem = getattr(fault, "context", ""), getattr(fault, "problem", fault)
    said = f"{context}: {problem}"
    at = _mark(fault, "problem_mark") or (0, 0)
    begun = _mark(fault, "context_mark") or at
    line = reader.lines[at[0]] if at[0] < len(reader.lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    known = next((words for words in _FAULTS if re.search(words[0], said)), None)
    if "nesting depth" in said:
        return reader.note_depth(at)
    if "\t" in indent:
        found = _Fault("a tab indents this line", "use spaces, two for each level", (at[0], 0))
    elif mend := _mend(reader, said, at, begun):
        found = replace(mend, message=known[1]) if known in _FAULTS[:2] and known else mend
    elif known:
        found = _Fault(known[1], known[2], begun if known in _FAULTS[1:4] else at)
    else:
        found = _Fault(f"this cannot be read as YAML: {problem}", "write the text in quotes", at)
    end = (found.start[0], found.start[1] + found.width)
    first = found.start[0] + reader.first_line
    reader.problems = [problem for problem in reader.problems if problem.span.line != first]
    reader.note("bad-yaml", found.message, found.hint, found.start, end)


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a document's syntax, what to type instead, and where."""

    message: str
    hint: str
    start: Mark
    width: int = 1


def _mend(reader: _Reader, said: str, at: Mark, begun: Mark) -> _Fault | None:
    """The first text near a fault that, put in quotes, lets the document be read past it."""
    places = [at]
    if re.search("flow|quoted|block scalar", said):
        places.append(begun)
    elif "mapping values" in said:
        places.append(_line_above(reader.lines, at[0]))
    tries = 0
    for number, column in places:
        line = reader.lines[number].rstrip() if number < len(reader.lines) else ""
        if len(line) > _LONGEST_LINE:
            continue
        for start, end in islice(_pieces(line, column, "flow" in said), _TEXTS_TRIED):
            new, following = _mended(reader.lines, number, start, end)
            if tries == _TRIES or not _Reader(_dedented(new), "", reader.lenient, 1).is_clean():
                continue
            tries += 1
            rest = reader.lines[number + 1 + following : at[0] + 1]
            if _parses("\n".join([*reader.lines[:number], *new, *rest])):
                return _described(line[start:end], _dedented(new), (number, start), at)
    return None


def _described(text: str, new: str, start: Mark, at: Mark) -> _Fault:
    """A fault that quotes mend, in words: of a text that stands at `start` but fails at `at`."""
    is_block = "\n" in new
    way = f"write it as a block:\n{new}" if is_block else f"write it in quotes: {new}"
    begins = _NO_BEGINNING.match(text)
    if begins and begins[0] in ("'", '"'):
        return _Fault("quotation marks must stand around the whole text", way, start, len(text))
    if begins:
        message = f"a text that begins with {begins[0]} must be in quotes"
        return _Fault(message, way, start, len(text))
    if at[0] != start[0] and is_block:
        return _Fault(_FAULTS[4][1], f"{_COLUMN}, or, if it is one text, {way}", at)
    holds = next((f' that holds "{sign}"' for sign in (": ", " #", "\t") if sign in text), "")
    message = f"a text{holds} must be in quotes"
    if at[0] == start[0] and start[1] < at[1] < start[1] + len(text):
        return _Fault(message, way, at)
    return _Fault(message, way, start, len(text))


def _pieces(line: str, column: int, in_flow: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a line around a column that may be one text, the likeliest first."""
    head = _HEAD.match(line)
    start = head.end() if head else 0
    is_whole = not in_flow or line.startswith(("[[", "{{"), start)
    if is_whole and start <= column and start < len(line):
        yield start, len(line)
    hash_at = line.find(" #", column)
    reach = hash_at if in_flow and hash_at >= 0 else column
    heads = [found.end() for found in _FLOW_HEAD.finditer(line, 0, reach)]
    tails = [found.start() for found in _FLOW_TAIL.finditer(line, reach)]
    for begin in reversed(heads):
        for end in tails:
            if begin < end:
                yield begin, end


def _mended(lines: list[str], number: int, start: int, end: int) -> tuple[list[str], int]:
    """A line with one text of it in quotes, or, where the text goes on below, as a block.

    With it, how many lines below belong to the text.
    """
    line = lines[number].rstrip()
    head = _HEAD.match(line)
    following: list[str] = []
    if head and start == head.end() and end == len(line):
        column = head.start("key") if head["key"] else line.rfind("-", 0, start)
        for below in lines[number + 1 :] if column >= 0 else ():
            if below.strip() and _indent(below) <= column:
                break
            following.append(below.rstrip())
    while following and not following[-1]:
        following.pop()
    if not following:
        return [line[:start] + _requoted(line[start:end]) + line[end:]], 0
    margin = " " * min(_indent(below) for below in following if below)
    return [line[:start] + ">-", margin + line[start:end], *following], len(following)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dedented(lines: list[str]) -> str:
    margin = _indent(lines[0])
    return "\n".join(line[margin:] for line in lines)


def _line_above(lines: list[str], number: int) -> Mark:
    """The end of the nearest line above that begins further left: the text may begin there."""
    if number < len(lines):
        for above in range(number - 1, -1, -1):
            if lines[above].strip() and _indent(lines[above]) < _indent(lines[number]):
                return above, len(lines[above])
    return len(lines), 0


def _parses(text: str) -> bool:
    next_event = _Loader(text).get_event
    try:
        while type(next_event()) is not StreamEndEvent:
            pass
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True
