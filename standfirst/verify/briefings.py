"""The briefing and its kinds → problems."""

from collections.abc import Iterator

from standfirst.model import Briefing, Entity, Kind
from standfirst.problem import Problem, Span
from standfirst.reader import Reader
from standfirst.verify.places import is_declared, places, problem

BRIEFING = "content/briefing.yaml"


def missing_briefing() -> Problem:
    """The problem of a project without a briefing."""
    hint = (
        "write one, with at least:\ntitle: …\nkinds: {companies: {one: Company, many: Companies}}"
    )
    return Problem(
        "missing-file",
        f"there is no {BRIEFING}, or nothing could be read of it",
        Span(BRIEFING),
        hint,
    )


def check_unknown_kind(entity: Entity, reader: Reader) -> Iterator[Problem]:
    """The folder of an entity's file is a kind that the briefing declares."""
    if is_declared("kind", entity.kind, reader) or not reader.all(tuple[Kind, ...], "kinds")[0]:
        return
    hint = f"add to {BRIEFING}, under kinds: {entity.kind}: {{one: …, many: …}}"
    span = Span(places(entity, reader).file)
    yield Problem("unknown-kind", f'no kind is called "{entity.kind}"', span, hint)


def check_wrong_point(briefing: Briefing, reader: Reader) -> Iterator[Problem]:
    """A key point is not superseded by a later fact."""
    for index, id_ in enumerate(briefing.key_points):
        later = reader.one(str, "superseded-by", id_)
        if later:
            message = f'the key point "{id_}" is superseded by "{later}"'
            hint = f"name the later fact: {later}"
            yield problem("wrong-point", message, briefing, ("key_points", index), reader, hint)
