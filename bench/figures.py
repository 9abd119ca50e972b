"""What was measured → medians, ratios and growth: numbers only, nothing is run here."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HUGO, LOOP, OURS, ALL = "Hugo", "plain loop", "Standfirst", "Standfirst in full"
COLD, EDIT, SAME = "cold", "one-fact edit", "nothing changed"
SORTS = (COLD, EDIT, SAME)


@dataclass(frozen=True)
class Run:
    """One process and all it started: seconds that passed, and seconds of processor time."""

    seconds: float
    work: float


@dataclass(frozen=True)
class Took:
    """What an engine took at one size, by the sort of run; peaks of memory in MB."""

    engine: str
    runs: Mapping[str, Sequence[Run]]
    peaks: Mapping[str, Sequence[float]]
    published: int
    """How many pages its site has."""
    rendered: int = 0
    """How many pages the edit rendered, of an engine that says so."""

    def seconds(self, sort: str) -> float:
        """The median of what passed."""
        return statistics.median(run.seconds for run in self.runs[sort])

    def work(self, sort: str) -> float:
        """The median of the processor time."""
        return statistics.median(run.work for run in self.runs[sort])

    def memory(self, sort: str) -> float:
        """The median of the peaks."""
        return statistics.median(self.peaks[sort])


@dataclass(frozen=True)
class Served:
    """What an engine's server took at one size, in seconds: to be ready, and to show each edit.

    There are as many edits after each start, one after another.
    """

    engine: str
    starts: Sequence[float]
    edits: Sequence[float]

    @property
    def firsts(self) -> Sequence[float]:
        """The edits that were the first after a start."""
        return self.edits[:: len(self.edits) // len(self.starts)]

    @property
    def ready(self) -> float:
        """The median from the start of the process to the first page."""
        return statistics.median(self.starts)

    @property
    def shown(self) -> float:
        """The median from the save to the page that shows it."""
        return statistics.median(self.edits)


@dataclass(frozen=True)
class Size:
    """All that was measured with one number of entities.

    `unequal` names the files in which an edited site differs from a clean build of the same
    content, `touched` what a build wrote though nothing had changed, by engine.
    """

    entities: int
    pages: int
    texts: int
    took: Mapping[str, Took]
    served: Mapping[str, Served] = field(default_factory=dict)
    compared: int = 0
    unequal: Mapping[str, Sequence[str]] = field(default_factory=dict)
    touched: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def seconds(self, engine: str, sort: str) -> float:
        """How many times Hugo's seconds an engine takes for the same sort of run."""
        return self.took[engine].seconds(sort) / self.took[HUGO].seconds(sort)

    def memory(self, engine: str, sort: str) -> float:
        """How many times Hugo's memory an engine takes for the same sort of run."""
        return self.took[engine].memory(sort) / self.took[HUGO].memory(sort)


@dataclass(frozen=True)
class Small:
    """What does not depend on a size, in seconds."""

    quotes: float
    """60,000 quotes looked up in their sources."""
    yaml: float
    """A YAML file of 100,000 lines read with positions."""
    check: float
    """`check` on the briefing of this repository."""
    help: float
    """`--help`."""


def growth(small: Size, large: Size, engine: str, sort: str) -> tuple[float, float]:
    """How many times as much an entity costs at the larger size: in seconds, in memory."""
    entities = large.entities / small.entities
    first, last = small.took[engine], large.took[engine]
    return (
        last.seconds(sort) / first.seconds(sort) / entities,
        last.memory(sort) / first.memory(sort) / entities,
    )


def edit_growth(small: Size, large: Size, engine: str) -> float:
    """How many times as much an edit costs at the larger size for each page that it renders.

    What a run costs in which nothing changed is taken off: that is reading the inputs.
    """
    first, last = (_a_page(size.took[engine]) for size in (small, large))
    return last / first


def _a_page(took: Took) -> float:
    more = max(took.work(EDIT) - took.work(SAME), 0.001)
    return more / max(took.rendered, 1)
