"""A call → what answers it, imported only then.

A build in which nothing changed loads, locates, checks and renders nothing, and does not wait for
the modules that do.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from standfirst.archive import Contribution
from standfirst.problem import Problem
from standfirst.reader import Reader

if TYPE_CHECKING:
    from standfirst.load import Loaded


def load(path: str, data: bytes) -> "Loaded":
    """The records of a file, and what is wrong with it."""
    from standfirst import load

    return load.load(path, data)


def passages(source: str, reader: Reader) -> list[Contribution]:
    """What a source's text consists of."""
    from standfirst import evidence

    return evidence.passages(source, reader)


def locate(fact: str, reader: Reader) -> list[Contribution]:
    """Where a fact's quotes stand."""
    from standfirst import evidence

    return evidence.locate(fact, reader)


def checks(reader: Reader) -> tuple[str, ...]:
    """The names of all checks."""
    from standfirst import verify

    return verify.checks(reader)


def check(name: str, reader: Reader) -> tuple[Problem, ...]:
    """What a check finds."""
    from standfirst import verify

    return verify.check(name, reader)


def without_echoes(
    problems: Iterable[Problem], is_all_read: bool
) -> tuple[tuple[Problem, ...], int]:
    """The problems in order, and how many references were not checked."""
    from standfirst.verify import echoes

    return echoes.without_echoes(problems, is_all_read)


def render(view: str, about: tuple[str, ...], reader: Reader) -> bytes | Problem:
    """A page."""
    from standfirst import render

    return render.render(view, about, reader)


def prepare(views: Iterable[str], reader: Reader) -> None:
    """Makes ready what renders these views."""
    from standfirst import render

    render.prepare(views, reader)
