"""Markdown → why it would exhaust Python-Markdown, if it would.

Python-Markdown recurses for every quote and list within another, and looks for a bracket's end
anew from every bracket; a stranger's text could use up the stack or hours. Measures, cuts nothing.
"""

import re

TOO_DEEP = "is nested too deeply to be read"

_LONGEST = 1_000_000
_DEEPEST = 20
_MOST_WORK = 4_000_000  # about a second and a half

_LEAD = re.compile(r"(?m)^[ \t]*(?:(?:>|(?:[*+-]|\d+\.)(?=[ \t]))[ \t]*)*")
_MARK = re.compile(r">|[*+-]|\d+\.")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t>]*\n")
_BRACKET = re.compile(r"\[|\](?:\(<?)?|[()]")
_INLINE = re.compile(r"[\\*_<&]|\[|  \n")
_HEADLIKE = re.compile(r"(?m)^ {0,3}(?:#|[-=*_]{2}|\[[^\]\n]*\]:)")


def exhaustion(text: str, source: str) -> str:
    """Why a section is too long, too deep or too much work, or nothing.

    `source` is what Markdown gets of the text: its references and code have been taken out.
    """
    if len(text) > _LONGEST:
        return "is longer than a million characters"
    if any(_depth(source, lead) > _DEEPEST for lead in _LEAD.finditer(source)):
        return TOO_DEEP
    work = 0
    for stretch in _BLANK.split(source):
        deepest, steps = _work(stretch)
        work += steps
        if deepest > _DEEPEST:
            return TOO_DEEP
        if work > _MOST_WORK:
            return "leaves too many brackets open, or has too many lines without a blank one"
    return ""


def _depth(source: str, lead: re.Match[str]) -> int:
    """How deeply the marks and the space before a line nest it."""
    columns = lead[0].expandtabs(4)
    marks = len(_MARK.findall(columns))
    depth = marks + max(0, columns.count(" ") - marks) // 4
    is_rule = depth > _DEEPEST and _RULE.match(source, lead.start()) is not None
    return 0 if is_rule else depth


def _work(stretch: str) -> tuple[int, int]:
    """How deeply brackets nest between two blank lines; how many steps Markdown takes for them."""
    length = len(stretch)
    work = sum((length - line.start()) // 8 for line in _HEADLIKE.finditer(stretch))
    work += sum(1 for _ in _INLINE.finditer(stretch)) * length // 700  # each copies the paragraph
    brackets: list[int] = []
    addresses: list[int] = []
    deepest = 0
    for bracket in _BRACKET.finditer(stretch):
        mark, at = bracket[0], bracket.start()
        if mark == "[":
            brackets.append(at)
        elif mark == "(":
            addresses.append(at)
        elif mark == ")":
            work += at - addresses.pop() if addresses else 0
        else:
            deepest = max(deepest, len(brackets))
            work += at - brackets.pop() if brackets else 0
            if mark != "]":
                addresses.append(at)
                work += (length - at) * (mark == "](<")
    return deepest, work + sum(length - at for at in brackets + addresses)
