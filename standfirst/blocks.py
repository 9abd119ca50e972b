"""A section's Markdown → its blocks with offsets: headings, paragraphs, list items, rows, code.

Looks at lines only, never at what a reference names; makes no HTML. Where code stands is decided
here alone: the finder of references and the renderer both ask.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_FENCE = re.compile(
    r"(?P<lead>[ \t>]*)(?P<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[\w+#.-]*)"
)
_ITEM = re.compile(r" *(?:[*+-]|\d+\.)[ \t]+")
_QUOTE = re.compile(r" {0,3}>")
_HEADING = re.compile(r"#{1,6}")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})$")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]@][^\[\]]*\]:")
_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_TICKS = re.compile("`+")
_BREAK = re.compile(r"(?<!\s)\s*\n[ \t>]*|\r?\n[ \t>]*")  # reads no white space twice
_SAYING = frozenset({"prose", "item", "quote", "row"})

# Controls, halves of surrogate pairs and non-characters, which no web page may hold; what turns the
# order of all that follows; and the two private characters that stand around a number where the
# renderer has taken something out.
OPEN, CLOSE = "\U0010fff0", "\U0010fff1"
_UNFIT = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    f"\ufdd0-\ufdef{OPEN}{CLOSE}"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (65534, 65535))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a section that belong together; no reference reaches beyond them.

    `kind`: code · heading · rule · definition · prose · item · quote · head · row (of a table).
    Blocks of one `group` are one list, one quotation, one table or one paragraph.
    """

    kind: str
    start: int
    end: int
    group: int


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch of code, and what it says without its marks."""

    start: int
    end: int
    text: str
    is_block: bool = False
    language: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a paragraph, a whole list, a block quotation or a table's body stands."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What is what in a section: its blocks, its code, and the stretches free of code."""

    blocks: tuple[Block, ...]
    codes: tuple[Code, ...]
    free: tuple[tuple[int, int], ...]


def layout(markdown: str) -> Layout:
    """The blocks of a section, what is code in it, and the stretches where references count.

    Code is fenced, indented, or between backticks; in a list it is not indented: such a line is
    the item's next paragraph.
    """
    found = blocks(markdown)
    codes: list[Code] = []
    free: list[tuple[int, int]] = []
    for block in found:
        if block.kind == "code":
            codes.append(_block_of_code(markdown, block))
            continue
        at = block.start
        for span in _code_spans(markdown, block.start, block.end):
            codes.append(span)
            free.append((at, span.start))
            at = span.end
        free.append((at, block.end))
    return Layout(found, tuple(codes), tuple(free))


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a section in order."""
    scan = _Scan(tamed(markdown))
    line = 0
    while line < len(scan.lines):
        line = scan.step(line)
    return tuple(scan.blocks)


def paragraphs(markdown: str) -> tuple[Paragraph, ...]:
    """What a section says, paragraph by paragraph: a list, a quotation and a table's body are one.

    Headings, code, rules, link definitions and the heads of tables are none.
    """
    stretches: dict[int, tuple[int, int]] = {}
    for block in blocks(markdown):
        if block.kind in _SAYING:
            first, _ = stretches.get(block.group, (block.start, block.end))
            stretches[block.group] = (first, block.end)
    return tuple(Paragraph(*stretch) for stretch in stretches.values())


def tamed(text: str) -> str:
    """A text of the same length without the characters that a page may not hold."""
    if text.isprintable():  # far faster, and most texts are
        return text
    text = re.sub("\r(?!\n)", "\n", re.sub("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]", " ", text))
    return _UNFIT.sub("\ufffd", text)


class _Scan:
    """The lines read so far: what they made, and what the next one may belong to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [line.span() for line in re.finditer(r"(?m)^.*$", text)]
        self.blocks: list[Block] = []
        self.fresh = True  # nothing stands open that the next line could continue
        self.in_list = False
        self.group = 0

    def step(self, at: int) -> int:
        """Reads the block or the line that begins here; the next line to read."""
        line = self._line(at)
        if not line.replace(">", " ").strip():
            self.fresh = True
            return at + 1
        if fence := _FENCE.match(line):
            return self._fenced(at, fence)
        indent = len(line) - len(line.lstrip(" "))
        if self.fresh and indent < 4 and not _ITEM.match(line):
            self.in_list = False
        if self.fresh and not self.in_list:
            if indent >= 4:
                return self._indented(at)
            if self._is_table(at):
                return self._table(at)
        self._read(line, *self.lines[at])
        return at + 1

    def _line(self, at: int) -> str:
        """A line as Markdown measures it: a tab is four columns, the space at its end nothing."""
        if at >= len(self.lines):
            return ""
        start, end = self.lines[at]
        return self.text[start:end].expandtabs(4).rstrip(" \r")

    def _read(self, line: str, start: int, end: int) -> None:
        last = self.blocks[-1] if self.blocks and not self.fresh else None
        if last and self._is_underlined(last, line):
            self.blocks[-1] = replace(last, kind="heading", end=end)
            self.fresh = True
            return
        kind = self._kind(line, last)
        starts_item = kind != "prose" and _ITEM.match(line.lstrip(" >"))
        if last and last.kind == kind and kind in ("prose", "item", "quote") and not starts_item:
            self.blocks[-1] = replace(last, end=start + len(self.text[start:end].rstrip()))
        else:
            self._add(kind, start, end)
        self.fresh = kind in ("heading", "rule", "definition")

    def _is_underlined(self, last: Block, line: str) -> bool:
        is_underline = last.kind == "prose" and _UNDERLINE.match(line) is not None
        return is_underline and self.text.find("\n", last.start, last.end) < 0

    def _kind(self, line: str, last: Block | None) -> str:
        if self.in_list:
            return "item"
        if _RULE.match(line):
            return "rule"
        if _QUOTE.match(line) or (last and last.kind == "quote"):
            return "quote"
        if _HEADING.match(line):
            return "heading"
        # As Python-Markdown has it, a list does not interrupt a paragraph.
        if self.fresh and _ITEM.match(line):
            return "item"
        return "definition" if _DEFINITION.match(line) else "prose"

    def _add(self, kind: str, start: int, end: int) -> None:
        """A new block without the space around it, in the last one's group if it goes on there."""
        goes_on = (kind == "item" and self.in_list) or kind == "row"
        if kind == "quote":
            said = next((block for block in reversed(self.blocks) if block.kind != "code"), None)
            goes_on = said is not None and said.kind == "quote"
        self.group += not goes_on
        self.in_list = kind == "item"
        text = self.text[start:end]
        start = end - len(text.lstrip())
        self.blocks.append(Block(kind, start, start + len(text.strip()), self.group))

    def _fenced(self, at: int, fence: re.Match[str]) -> int:
        """A fenced block of code: to the closing fence, or else to the end."""
        lead, marks = fence["lead"], fence["marks"]
        self.in_list = self.in_list and len(lead) >= 4
        close = re.compile(rf"[ >]*{marks[0]}{{{len(marks)},}}$")
        for ahead in range(at + 1, len(self.lines)):
            line = self._line(ahead)
            if ">" in lead and not line.startswith(">"):
                return self._add_code(at, ahead - 1)
            if close.match(line):
                return self._add_code(at, ahead)
        return self._add_code(at, len(self.lines) - 1)

    def _indented(self, at: int) -> int:
        last = at
        for ahead in range(at + 1, len(self.lines)):
            line = self._line(ahead)
            if line and not line.startswith("    "):
                break
            last = ahead if line else last
        return self._add_code(at, last)

    def _add_code(self, first: int, last: int) -> int:
        self.blocks.append(Block("code", self.lines[first][0], self.lines[last][1], -1))
        self.fresh = True
        return last + 1

    def _is_table(self, at: int) -> bool:
        divider = self._line(at + 1)
        return "|" in self._line(at) and "|" in divider and _DIVIDER.match(divider) is not None

    def _table(self, at: int) -> int:
        self._add("head", self.lines[at][0], self.lines[at + 1][1])
        at += 2
        self.group += 1
        while self._line(at).strip():
            self._add("row", *self.lines[at])
            at += 1
        self.fresh = True
        return at


def _block_of_code(markdown: str, block: Block) -> Code:
    text = markdown[block.start : block.end]
    fence = _FENCE.match(text.partition("\n")[0])
    if not fence:
        lines = [line.expandtabs(4)[4:].rstrip("\r") for line in text.split("\n")]
        return Code(block.start, block.end, "\n".join(lines), is_block=True)
    lead, marks = fence["lead"], fence["marks"]
    lines = [_without_lead(line, lead) for line in text.split("\n")[1:]]
    if lines and re.fullmatch(rf"[ \t>]*{marks[0]}{{{len(marks)},}}\s*", lines[-1]):
        lines.pop()
    return Code(block.start, block.end, "\n".join(lines), True, fence["language"], lead)


def _without_lead(line: str, lead: str) -> str:
    """A line of fenced code without the marks of the item or quote around the fence."""
    line = line.rstrip("\r")
    if line.startswith(lead):
        return line[len(lead) :]
    return line.lstrip(" \t>") if ">" in lead else line.lstrip(" \t")


def _code_spans(markdown: str, start: int, end: int) -> Iterator[Code]:
    """Code between runs of backticks of one length; a backslash before it makes a run literal."""
    runs = [run.span() for run in _TICKS.finditer(markdown, start, end)]
    following: list[int | None] = []
    latest: dict[int, int] = {}
    for at in range(len(runs) - 1, -1, -1):
        length = runs[at][1] - runs[at][0]
        following.append(latest.get(length))
        latest[length] = at
    following.reverse()
    at = 0
    while at < len(runs):
        close = following[at]
        if close is None or _is_escaped(markdown, runs[at][0], start):
            at += 1
            continue
        text = _BREAK.sub(" ", markdown[runs[at][1] : runs[close][0]])
        if text.strip() and text.startswith(" ") and text.endswith(" "):
            text = text[1:-1]
        yield Code(runs[at][0], runs[close][1], text)
        at = close + 1


def _is_escaped(text: str, at: int, floor: int) -> bool:
    slashes = at
    while slashes > floor and text[slashes - 1] == "\\":
        slashes -= 1
    return (at - slashes) % 2 == 1
