"""All problems of a run → those a person must mend, without what only follows from another.

Looks at problems alone: never at a record. One mistake is one problem.
"""

from collections.abc import Iterable

from standfirst.problem import Problem, in_order
from standfirst.verify.briefings import BRIEFING

_EVIDENCE = ("content/facts/", "content/sources/")


def without_echoes(
    problems: Iterable[Problem], is_all_read: bool
) -> tuple[tuple[Problem, ...], int]:
    """The problems in order, and how many references were not checked.

    A file of which nothing could be read may hold what a reference names. Coverage is judged once
    nothing is wrong with facts and sources: a quote at fault covers nothing. A briefing that could
    not be read is not missing too.
    """
    found = in_order(problems)
    unchecked = 0
    if not is_all_read:
        kept = _without("dangling-reference", found)
        unchecked, found = len(found) - len(kept), kept
    settled = _without("coverage-low", found)
    if not is_all_read or any(one.span.file.startswith(_EVIDENCE) for one in settled):
        found = settled
    others = _without("missing-file", found)
    if any(one.span.file == BRIEFING for one in others):
        found = others
    return found, unchecked


def _without(slug: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.slug != slug)
