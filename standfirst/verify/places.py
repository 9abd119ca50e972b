"""A record → where it stands. Read only when a check has found a fault.

Where a record stands has a key of its own, so that moving a line runs no check.
"""

from standfirst.model import Record, record_name
from standfirst.problem import Path, Places, Problem, Span
from standfirst.reader import Reader


def places(record: Record, reader: Reader) -> Places:
    """Where the record's values stand in its file."""
    return reader.one(Places, "places", *record_name(record)) or Places("content/briefing.yaml")


def problem(
    slug: str, message: str, record: Record, path: Path, reader: Reader, hint: str = ""
) -> Problem:
    """A problem at one of the record's values."""
    return Problem(slug, message, places(record, reader).value(path), hint)


def at_word(
    slug: str,
    message: str,
    record: Record,
    path: Path,
    text: str,
    start: int,
    end: int,
    reader: Reader,
    hint: str = "",
) -> Problem:
    """A problem at some characters of one of the record's texts."""
    return Problem(slug, message, places(record, reader).word(path, text, start, end), hint)


def shown(span: Span) -> str:
    """A place inside a message."""
    return f"{span.file}:{span.line}"
