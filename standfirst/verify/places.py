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


def is_declared(sort: str, id_: str, reader: Reader) -> bool:
    """Whether the briefing has this kind or relation type, be what it says of it right or wrong.

    Nothing is known of it where there is no briefing: that is its own problem.
    """
    if reader.has(sort, id_) or not reader.has("briefing"):
        return True
    key = {"kind": "kinds", "relation-type": "relations"}[sort]
    at = reader.one(Places, "places", "briefing", "")
    return at is not None and (key, id_) in at.keys


def shown(span: Span) -> str:
    """A place inside a message."""
    return f"{span.file}:{span.line}"
