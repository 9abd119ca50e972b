"""A record as read → problems where it lacks what it must say, or where a date in it is none.

Looks at one record and where it stands: never at a file, never at a second record.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from standfirst import misfits, typed
from standfirst.catalogues import CATALOGUES, FALLBACK
from standfirst.dates import DateFault, read_date
from standfirst.model import ID, Briefing
from standfirst.problem import Path, Places, Problem, Span
from standfirst.words import is_language, meant_language

R = TypeVar("R")
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Briefing": ("title", "kinds"),
    "Kind": ("one", "many"),
    "RelationType": ("says", "back"),
    "Entity": ("name",),
    "Fact": ("id", "text", "status", "evidence"),
    "Value": ("of", "figure"),
    "Relation": ("type", "to"),
    "Also": ("source", "quote"),
    "Quote": ("quote",),
    "Source": ("title", "seed", "sha256"),
    "LayerSpan": ("name", "from"),
    "SetAside": ("from", "reason"),
    "Section": ("title",),
}
"""What each record must say, by the keys as they are written."""
_ID = re.compile(ID)


def missing(record: object, places: Places, path: Path = ()) -> list[Problem]:
    """One problem that names every field that must be there and is not, or none.

    A field that was dropped as wrong has a problem of its own, and so has a misspelt key.
    """
    fields = [
        field
        for field in REQUIRED[type(record).__name__]
        if not _is_said(record, field, places, path)
        and not misfits.is_misspelt(type(record), field, places, path)
    ]
    return [misfits.missing_fields(misfits.spoken(record), fields, places, path)] if fields else []


def all_missing(records: Sequence[object], places: Places, field: str) -> list[Problem]:
    """The problems of records that stand in a list under one key."""
    each = (missing(one, places, (field, index)) for index, one in enumerate(records))
    return [problem for problems in each for problem in problems]


def bad_ids(path: str, id_: str) -> list[Problem]:
    """A problem where a file is not named after an id."""
    if _ID.fullmatch(id_):
        return []
    hint = "rename the file: small letters, digits and hyphens, at most 64"
    return [Problem("bad-id", f'"{id_}" is no id', Span(path), hint)]


def dated(record: R, field: str, places: Places, path: Path = ()) -> tuple[R, list[Problem]]:
    """The record, without a date that EDTF cannot read, and the problem it is."""
    date = getattr(record, field)
    read = read_date(date) if date is not None else None
    if not isinstance(read, DateFault):
        return record, []
    problem = Problem("bad-date", read.message, places.value((*path, field)), read.hint)
    return typed.with_fields(record, **{field: None}), [problem]


def spoken(record: R, places: Places) -> tuple[R, list[Problem]]:
    """The record, without a `language` that is none, and the problem it is."""
    tag = str(typed.field_of(record, "language"))
    if is_language(tag):
        return record, []
    meant = meant_language(tag)
    hint = f'did you mean "{meant}"?' if meant else "write its code, such as en, uk or pt-BR"
    if isinstance(record, Briefing):
        hint += f" (the pages' own words are there in {' and '.join(CATALOGUES)})"
    problem = Problem("bad-language", f'"{tag}" is no language', places.value(("language",)), hint)
    return typed.with_fields(record, language=FALLBACK), [problem]


def _is_said(record: object, field: str, places: Places, path: Path) -> bool:
    """Whether the file has the field, be it right or wrong.

    A status is there only when it is written: its default would be the firmest of all.
    """
    if field != "status" and typed.field_of(record, field):
        return True
    return typed.is_written(places, path, field)
