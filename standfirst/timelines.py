"""Dated facts → the timeline's pages: what can be chosen from it, and where a long one goes on.

Reads what timelines know of facts, never their words, so that an edit of words plans nothing anew.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from standfirst.dated import Dated, dating_of, in_order, year_of
from standfirst.link import Named
from standfirst.model import Settings
from standfirst.reader import Reader, shared

TOP = "/timeline/"
LONG = 60
"""So many events stand on a page; more are told year by year."""
FEW, UNDATED = 8, 60
"""So many facts without a date stand on the timeline itself, and on each page of their own."""
PERIODS = 60
"""Into so many stretches a long timeline is divided: years, or decades, or centuries, …"""
_WAYS = ("status", "year", "undated")
"""What an address has after the timeline's own where no kind stands."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the timeline is shown: all, or what is of a kind, an entity of it, a status."""

    kind: str = ""
    entity: str = ""
    status: str = ""

    @property
    def route(self) -> str:
        """Where it is shown. A kind called like one of the ways gets what no id can hold."""
        kind = self.kind + "_" * (self.kind in _WAYS)
        status = f"status/{self.status}" if self.status else ""
        return TOP + "".join(f"{part}/" for part in (kind, self.entity, status) if part)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of a long timeline: so many years from a first one, and the events in it."""

    first: int
    years: int
    count: int

    @property
    def name(self) -> str:
        """How an address and a heading call it: "2026", "1900–1999" with a plain hyphen."""
        return str(self.first) if self.years == 1 else f"{self.first}-{self.first + self.years - 1}"

    @property
    def pages(self) -> int:
        return -(-self.count // LONG)

    def route(self, choice: Choice, number: int = 1) -> str:
        """Where a part of it is."""
        further = f"{number}/" if number > 1 else ""
        return f"{choice.route}year/{self.name}/{further}"


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page: a choice's first, or a part of one of its periods."""

    route: str
    choice: Choice
    period: str = ""
    number: int = 1

    @property
    def about(self) -> tuple[str, ...]:
        """What the page shows, in words alone."""
        chosen = self.choice
        return chosen.kind, chosen.entity, chosen.status, self.period, str(self.number)


def timeline_pages(reader: Reader) -> Iterator[TimelinePage]:
    """Every page of the timeline; but for the first of all, none is without an event."""
    found = {Choice(): [], **choices(reader)}
    if not has_choices(reader):
        found = {Choice(): found[Choice()]}
    for choice, events in found.items():
        yield TimelinePage(choice.route, choice)
        for period in periods(map(_year, events)) if len(events) > LONG else ():
            for number in range(1, period.pages + 1):
                yield TimelinePage(period.route(choice, number), choice, period.name, number)


def has_choices(reader: Reader) -> bool:
    """Whether what can be chosen of the timeline has pages."""
    return "choices" in (reader.one(Settings, "settings") or Settings()).published


def undated_routes(reader: Reader) -> list[str]:
    """The pages of the facts without a date; none where the timeline has room for them."""
    count = len(reader.all(str, "undated"))
    pages = -(-count // UNDATED) if count > FEW else 0
    first = f"{TOP}undated/"
    return [first if number == 1 else f"{first}{number}/" for number in range(1, pages + 1)]


@shared
def choices(reader: Reader) -> Mapping[Choice, list[Dated]]:
    """What can be chosen, each with its events, in the order in which they come up."""
    found: dict[Choice, list[Dated]] = {}
    for event in reader.all(Dated, "dated"):
        owners = owners_of(event, reader)
        kinds = dict.fromkeys(owners.values())
        chosen = [Choice(), *(Choice(kind) for kind in kinds)]
        chosen += [replace(choice, status=event.status) for choice in chosen]
        chosen += [Choice(kind, entity) for entity, kind in owners.items()]
        for choice in chosen:
            found.setdefault(choice, []).append(event)
    return found


@shared
def counts_of(reader: Reader) -> Mapping[Choice, int]:
    """How many events each has that can be chosen."""
    return {one: len(events) for one, events in choices(reader).items()}


def owners_of(event: Dated, reader: Reader) -> dict[str, str]:
    """The entities whose event it is, in equal right, each with its kind."""
    owners = {event.entity: event.kind}
    for entity in event.about:
        named = reader.one(Named, "id", entity)
        if named and named.sort == "entity":
            owners.setdefault(entity, named.kind)
    return owners


@shared
def events_of_choice(choice: Choice, reader: Reader) -> list[Dated]:
    """The events of a choice, in the order of time."""
    if choice.entity:
        return in_order(reader.all(Dated, "dated-of", choice.entity))
    return in_order(choices(reader).get(choice, ()))


def events_of_period(choice: Choice, period: Period, reader: Reader) -> list[Dated]:
    """The events of a choice that begin in a period, in the order of time."""
    if choice != Choice():
        all_ = _by_year(choice, reader)
        return [event for year, events in all_.items() if is_in(period, year) for event in events]
    years = dict.fromkeys(reader.all(str, "years"))
    inside = (year for year in years if is_in(period, year))
    return in_order(event for year in inside for event in reader.all(Dated, "dated-in", year))


@shared
def _by_year(choice: Choice, reader: Reader) -> Mapping[str, list[Dated]]:
    """The events of a choice by the year in which they begin, in the order of time."""
    found: dict[str, list[Dated]] = {}
    for event in events_of_choice(choice, reader):
        found.setdefault(_year(event), []).append(event)
    return found


@shared
def periods_of(choice: Choice, reader: Reader) -> list[Period]:
    """The stretches into which a choice's events fall, in the order of time."""
    if choice == Choice():
        return periods(reader.all(str, "years"))
    return periods(map(_year, events_of_choice(choice, reader)))


def periods(years: Iterable[str]) -> list[Period]:
    """Years with their counts; decades, centuries and so on where there are too many."""
    counts, length = Counter(int(year) for year in years), 1
    while len(counts) > PERIODS:
        length *= 10
        wider: Counter[int] = Counter()
        for year, count in counts.items():
            wider[year - year % length] += count
        counts = wider
    return [Period(first, length, counts[first]) for first in sorted(counts)]


def is_in(period: Period, year: str) -> bool:
    """Whether a year is one of a period's."""
    return period.first <= int(year) < period.first + period.years


def _year(event: Dated) -> str:
    return year_of(dating_of(event.date))
