"""Timelines for tests: any number of dated facts, linked but not checked, and the pages of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from standfirst.archive import Archive, given
from standfirst.link import Named, contributions
from standfirst.load import load
from standfirst.model import Asset, Briefing, Entity, Fact, Kind, Record
from standfirst.problem import Places
from standfirst.reader import Reader
from standfirst.render import render
from standfirst.timelines import TimelinePage, timeline_pages
from tests.projects import THEME

STATUSES = ("stated", "reported", "planned", "possible")
KINDS = (Kind("companies", "Company", "Companies"), Kind("ideas", "Idea", "Ideas"))


@dataclass(frozen=True)
class Chronicle:
    """A briefing of which the timeline can be asked."""

    archive: Archive

    def reader(self) -> Reader:
        return Reader(self.archive)

    def pages(self) -> list[TimelinePage]:
        return list(timeline_pages(self.reader()))

    def html(self, page: TimelinePage) -> str:
        """A page as it is published."""
        return self.view("timeline", *page.about)

    def at(self, route: str) -> str:
        """The page at a route."""
        return next(self.html(page) for page in self.pages() if page.route == route)

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """The files of the theme that pages ask for: where they are, and what is in them."""
        for named in self.reader().all(Named, "assets"):
            asset = self.reader().one(Asset, "asset", named.id)
            if asset:
                yield asset.route, asset.data

    def view(self, name: str, *about: str) -> str:
        found = render(name, about, self.reader())
        assert isinstance(found, bytes), found
        return found.decode()


def chronicle(facts: Iterable[Fact], as_of: str | None = "2031-05-08") -> Chronicle:
    """A briefing that has these facts, in the theme that readers see."""
    facts = list(facts)
    archive = Archive()
    owners = dict.fromkeys((fact.kind, fact.entity) for fact in facts)
    entities = [Entity(id=id_, kind=kind, name=id_.title()) for kind, id_ in owners]
    briefing = Briefing(title="Kites", as_of=as_of, kinds=KINDS)
    for number, record in enumerate((briefing, *entities, *facts)):
        archive.replace(f"{number:06}", given(_pairs(record)))
    for path in sorted(THEME.iterdir()):
        for record, places in load(f"templates/{path.name}", path.read_bytes()).records:
            archive.replace(path.name, given(contributions(record, places)))
    return Chronicle(archive)


def _pairs(record: Record) -> Sequence[tuple[tuple[str, ...], object]]:
    return list(contributions(record, Places("content/briefing.yaml")))


def fact(id_: str, date_: str | None, **fields: object) -> Fact:
    """A fact of Acme."""
    told = {"entity": "acme", "kind": "companies", "text": f"The text of {id_}.", "date": date_}
    return Fact(id=id_, **told | fields)  # type: ignore[arg-type]


def many(count: int, entities: int = 40) -> Iterator[Fact]:
    """So many facts over twelve years, a sixth of them in one: days, months, halves, open ends."""
    for n in range(count):
        day = date(2025, 1, 1) + timedelta(days=n * 4380 // count if n % 6 else 2000 + n % 300)
        month = day.isoformat()[:7]
        forms = (day.isoformat(), month, f"{day.year}-H2", f"[..{month}]", f"{day.isoformat()}/..")
        kind = KINDS[n % 2].id
        yield fact(
            f"f-{n}",
            forms[n % 5] if n % 3 else day.isoformat(),
            entity=f"e-{n % entities}",
            kind=kind if entities % 2 == 0 else "companies",
            status=STATUSES[n % 4],
            date_role="said" if n % 7 == 0 else "event",
        )


def events_on(html: str) -> list[str]:
    """The ids of the events that a page lists."""
    return re.findall(r'<li id="t-([a-z0-9-]+)">', html)
