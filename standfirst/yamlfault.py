"""A YAML fault → the problem, with the mended line.

Knows lines, and what either parser says of them; what can be read, it asks. Never parses itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

Mark: TypeAlias = tuple[int, int]
"""A line and a column, both from 0, as the parser counts."""

LONGEST_LINE = 2_000
"""A hint that would show more of a line helps nobody, and trying more would take too long."""

# What stands in a line before its value.
HEAD = re.compile(
    r"[ \t]*(?:- +)*"
    r"(?P<key>(?:\"[^\"]*\"[ \t]*|'[^']*'[ \t]*|[^\s\"'\[\]{},#&*!|>%@`:-][^:]*):(?:[ \t]+|$))?"
)
# Where a text may begin and end in brackets.
_FLOW_HEAD = re.compile(r"[{,][ \t]*[\w-]+:[ \t]+|[\[,][ \t]*")
_FLOW_TAIL = re.compile(r"[ \t]*[]},]")
_NO_BEGINNING = re.compile(r"\[\[?|\{\{?|[]}@`\"'%&*!|>,#]|[-?](?= )")
_TEXTS_TRIED = 24
_TRIES = 3

_COLUMN = "begin the line in the column of the lines it belongs to"
_ONE_TEXT = "this line and what stands above it read as one text"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a document's syntax, what to type instead, and where."""

    message: str
    hint: str
    start: Mark
    width: int = 1


@dataclass(frozen=True)
class _Known:
    """What a parser says of a fault, our words, and the hint where quotes do not mend it."""

    said: str
    message: str
    hint: str
    points_at_start: bool = False
    keeps_message: bool = False  # where quotes do mend it


_FAULTS = (
    _Known(
        "escape",
        "a backslash in double quotes begins an escape, and this is none",
        "write the text in single quotes",
        keeps_message=True,
    ),
    _Known(
        "quoted scalar",
        "a quotation mark is opened here and never closed",
        "close it, or write the whole text in quotes",
        points_at_start=True,
        keeps_message=True,
    ),
    _Known(
        "while parsing a flow",
        "a bracket is opened here; its end, or a comma in it, is missing",
        "close it, or write the whole text in quotes",
        points_at_start=True,
    ),
    _Known(
        "expected ':'",
        "this line has no colon after its key",
        "type key: value",
        points_at_start=True,
    ),
    _Known(
        "mapping values are not allowed",
        _ONE_TEXT,
        f"type key: value on each line, with a space after the colon, and {_COLUMN}",
    ),
    _Known(
        "not allowed|expected key|block end|'-'|document start",
        "this does not fit with what stands before it",
        f"{_COLUMN}; nothing may follow a closing quotation mark or bracket",
    ),
)


def syntax_fault(
    error: Exception,
    lines: list[str],
    is_clean: Callable[[str], bool],
    is_parsed: Callable[[str], bool],
) -> Fault:
    """What a parser's error says, with the mended line where putting a text in quotes mends it.

    `is_clean` tells whether a few lines read without a problem, `is_parsed` whether a document's
    first lines can be parsed.
    """
    problem = getattr(error, "problem", error)
    said = f"{getattr(error, 'context', '')}: {problem}"
    at = mark_of(error) or (0, 0)
    begun = mark_of(error, "context_mark") or at
    line = lines[at[0]] if at[0] < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Fault("a tab indents this line", "use spaces, two for each level", (at[0], 0))
    known = next((known for known in _FAULTS if re.search(known.said, said)), None)
    if mend := _mend(lines, said, at, begun, is_clean, is_parsed):
        return replace(mend, message=known.message) if known and known.keeps_message else mend
    if known:
        return Fault(known.message, known.hint, begun if known.points_at_start else at)
    return Fault(f"this cannot be read as YAML: {problem}", "write the text in quotes", at)


def mark_of(error: Exception, name: str = "problem_mark") -> Mark | None:
    """Where a parser's error points."""
    mark = getattr(error, name, None)
    return None if mark is None else (mark.line, mark.column)


def quoted(text: str) -> str:
    """A text of one line in quotation marks, as one types it in YAML."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def requoted(text: str) -> str:
    """A text in quotation marks; those that were meant to stand around the whole are taken off."""
    mark, inner = text[:1], text[1:-1]
    if mark not in ("'", '"'):
        return quoted(text)
    if mark not in text[1:]:
        return quoted(text[1:])
    second = re.search(rf"(?<!\w){mark}|{mark}(?!\w)", inner)
    closes = second and inner[: second.start()].strip() == inner[: second.start()].lstrip()
    return quoted(inner if text[-1] == mark and not closes else text)


def _mend(
    lines: list[str],
    said: str,
    at: Mark,
    begun: Mark,
    is_clean: Callable[[str], bool],
    is_parsed: Callable[[str], bool],
) -> Fault | None:
    """The first text near a fault that, put in quotes, lets the document be read past it."""
    places = [at]
    if re.search("flow|quoted|block scalar", said):
        places.append(begun)
    elif "mapping values" in said:
        places.append(_line_above(lines, at[0]))
    tries = 0
    for number, column in places:
        line = lines[number].rstrip() if number < len(lines) else ""
        if len(line) > LONGEST_LINE:
            continue
        for start, end in islice(_pieces(line, column, "flow" in said), _TEXTS_TRIED):
            new, following = _mended(lines, number, start, end)
            if not is_clean(_dedented(new)):
                continue
            rest = lines[number + 1 + following : at[0] + 1]
            if is_parsed("\n".join([*lines[:number], *new, *rest])):
                return _described(line[start:end], _dedented(new), (number, start), at)
            tries += 1
            if tries == _TRIES:
                return None
    return None


def _described(text: str, new: str, start: Mark, at: Mark) -> Fault:
    """A fault that quotes mend, in words: of a text that stands at `start` but fails at `at`."""
    is_block = "\n" in new
    way = f"write it as a block:\n{new}" if is_block else f"write it in quotes: {new}"
    begins = _NO_BEGINNING.match(text)
    if begins and begins[0] in ("'", '"'):
        return Fault("quotation marks must stand around the whole text", way, start, len(text))
    if begins:
        message = f"a text that begins with {begins[0]} must be in quotes"
        return Fault(message, way, start, len(text))
    if at[0] != start[0] and is_block:
        return Fault(_ONE_TEXT, f"{_COLUMN}, or, if it is one text, {way}", at)
    holds = next((f' that holds "{sign}"' for sign in (": ", " #", "\t") if sign in text), "")
    message = f"a text{holds} must be in quotes"
    if at[0] == start[0] and start[1] < at[1] < start[1] + len(text):
        return Fault(message, way, at)
    return Fault(message, way, start, len(text))


def _pieces(line: str, column: int, in_flow: bool) -> Iterator[tuple[int, int]]:
    """The stretches of a line around a column that may be one text, the likeliest first."""
    head = HEAD.match(line)
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
    following = _lines_below(lines, number, start) if end == len(line) else []
    if not following:
        return [line[:start] + requoted(line[start:end]) + line[end:]], 0
    margin = " " * min(_indent(below) for below in following if below)
    return [line[:start] + ">-", margin + line[start:end], *following], len(following)


def _lines_below(lines: list[str], number: int, start: int) -> list[str]:
    """The lines indented deeper than the key or hyphen whose value begins in a line at `start`."""
    line = lines[number].rstrip()
    head = HEAD.match(line)
    if head is None or head.end() != start:
        return []
    column = head.start("key") if head["key"] else line.rfind("-", 0, start)
    following: list[str] = []
    for below in lines[number + 1 :] if column >= 0 else ():
        if below.strip() and _indent(below) <= column:
            break
        following.append(below.rstrip())
    while following and not following[-1]:
        following.pop()
    return following


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
