"""What one update of a site came to: words for those who tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from standfirst.model import Settings
from standfirst.passages import Coverage
from standfirst.problem import Problem


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a briefing holds: facts, located quotes, and what of its sources they cover."""

    facts: int
    quotes: int
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Update:
    """What one update came to. With problems there are no pages: nothing may be published.

    `pages` holds every page's path with its bytes, or with the digest of the bytes that an earlier
    process wrote; `rendered` and `checked` name what ran now, `changed` the files that were not as
    they had been. `unchecked` counts the references that were not checked because an `unreadable`
    file may hold what they name. `settings` and `language` are those of the project.
    """

    problems: tuple[Problem, ...]
    counts: Counts
    pages: Mapping[str, bytes | str] = field(default_factory=dict)
    rendered: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchecked: int = 0
    unreadable: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    language: str | None = None
