"""A page and the archive → what a link to it shows: a picture drawn from the theme's `picture.svg`.

Drawn with the engine's own faces and no others, so that a picture is the same on every machine.
The faces are files of the engine: what draws reads them, and the engine's digest holds theirs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import resvg_py

from standfirst.dates import DateFault, Dating, read_date
from standfirst.evidence import Located
from standfirst.letters import FACES
from standfirst.link import Card
from standfirst.model import PICTURE, Asset, Briefing, Entity, Fact, Kind, Section, Settings
from standfirst.pictured import HEIGHT, WIDTH
from standfirst.problem import Problem, Span
from standfirst.reader import Reader
from standfirst.render.facts import TONES, Badge, badge, date_view, flags, quote_view, voices
from standfirst.render.html import text_page
from standfirst.render.lettering import fit, settable, width
from standfirst.render.naming import as_of_words, interface, name_of, plain_text

Output = bytes | Problem
_FONTS = [str(Path(__file__).parent.parent / "fonts" / file) for _, _, file, _ in FACES.values()]
ROWS, NARROWEST = 9, 14
"""How many rows of dates there is room for, and how wide a date is at least."""
TOUCH_SIZE = 180


@dataclass(frozen=True, slots=True)
class Mark:
    """A date in a row that is 1000 wide: where its days begin and how far they go."""

    row: int
    start: int
    width: int
    known: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows, each text such that the faces can set it; what is empty is left out."""

    title: str
    crumb: str = ""
    says: str = ""
    badges: tuple[Badge, ...] = ()
    meta: str = ""
    quote: str = ""
    quoted: str = ""
    foot: str = ""
    marks: tuple[Mark, ...] = ()
    years: tuple[tuple[int, str], ...] = ()


def picture(reader: Reader, view: str, about: str) -> Output:
    """The picture of a page by its view and the id it is about, as the bytes of a PNG."""
    shown = _VIEWS[view](reader, about)
    settings = reader.one(Settings, "settings") or Settings()
    svg = text_page(
        PICTURE,
        "",
        reader,
        picture=shown,
        site_name=settable(settings.site_name),
        fit=fit,
        width=width,
    )
    return _drawn(svg) if isinstance(svg, bytes) else svg


def touch_icon(reader: Reader) -> Output:
    """The theme's icon as phones want it: a PNG without transparent corners."""
    icon = reader.one(Asset, "asset", "icon.svg")
    svg = icon.data if icon else b""
    return _drawn(svg, "icon.svg", TOUCH_SIZE, TOUCH_SIZE, background="#ffffff")


def _drawn(
    svg: bytes,
    template: str = PICTURE,
    wide: int = WIDTH,
    high: int = HEIGHT,
    background: str | None = None,
) -> Output:
    """An SVG as a PNG of this size; a theme's drawing that is none is a problem."""
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg.decode("utf-8", "replace"),
            width=wide,
            height=high,
            background=background,
            skip_system_fonts=True,
            font_files=_FONTS,
        )
    except ValueError as error:
        message = f"this cannot be drawn: {error}"
        hint = "see docs/templates.md for what a picture has"
        return Problem("bad-template", message, Span(f"templates/{template}"), hint)


def _home(reader: Reader, _: str) -> Picture:
    t = interface(reader)
    briefing = reader.one(Briefing, "briefing") or Briefing()
    counts = [t("count-facts", n=len(reader.all(str, "fact-ids")))]
    counts += [t("count-sources", n=len(reader.all(Card, "sources")))]
    return Picture(
        title=settable(briefing.title),
        says=settable(plain_text(briefing.standfirst, reader)),
        foot=_row((*counts, _as_of(reader))),
    )


def _kind(reader: Reader, kind_id: str) -> Picture:
    kind = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    cards = [card for card in reader.all(Card, "entities") if card.kind == kind_id]
    return Picture(
        title=settable(kind.many),
        says=", ".join(filter(None, (settable(card.name) for card in cards))),
        foot=_row((_as_of(reader),)),
    )


def _entity(reader: Reader, entity_id: str) -> Picture:
    t = interface(reader)
    entity = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    kind = reader.one(Kind, "kind", entity.kind) or Kind(entity.kind, entity.kind, entity.kind)
    statuses = reader.all(str, "statuses-of", entity_id)
    counted = [(status, statuses.count(status)) for status in TONES if status in statuses]
    return Picture(
        crumb=settable(kind.one),
        title=settable(entity.name or entity_id),
        says=settable(plain_text(entity.summary, reader)),
        foot=_row(
            (
                t("count-facts", n=len(statuses)),
                *(t(f"status-count:{status}", n=count) for status, count in counted),
            )
        ),
    )


def _section(reader: Reader, slug: str) -> Picture:
    section = reader.one(Section, "section", slug) or Section(slug)
    return Picture(
        title=settable(section.title),
        says=settable(plain_text(section.summary, reader)),
        foot=_row((_as_of(reader),)),
    )


def _fact(reader: Reader, fact_id: str) -> Picture:
    t = interface(reader)
    fact = reader.one(Fact, "fact", fact_id) or Fact(id=fact_id)
    disputed = bool(fact.disputes or reader.all(str, "disputed-by", fact_id))
    superseded = bool(reader.all(str, "superseded-by", fact_id))
    badges = (badge(fact.status, t), *flags(disputed, bool(fact.doubt), superseded, t))
    said = voices(fact.by, reader)
    when = date_view(fact.date, fact.date_role, fact.date_words, None, reader)
    words, publisher = _quote(fact_id, reader)
    return Picture(
        crumb=settable(name_of(fact.entity, reader)),
        title=settable(plain_text(fact.text, reader)),
        badges=badges,
        meta=_row((said.striptags() if said else "", when.words if when else "")),
        quote=words,
        quoted=publisher,
    )


def _quote(fact_id: str, reader: Reader) -> tuple[str, str]:
    """The first words on which a fact rests, and whose they are."""
    for located in reader.one(tuple[Located, ...], "evidence", fact_id) or ():
        quote = quote_view(located, None, reader)
        if words := settable(quote.words):
            return words, settable(quote.publisher)
    return "", ""


def _timeline(reader: Reader, _: str) -> Picture:
    t = interface(reader)
    dates = reader.all(str, "dates")
    spans = [span for edtf in dates if (span := _days(read_date(edtf)))]
    first, last = min(spans, default=(1, 1))[0], max((high for _, high in spans), default=1)
    counted = t("count-facts", n=len(dates))
    return Picture(
        title=str(t("timeline")),
        foot=_row((counted, _as_of(reader))),
        marks=_marks(spans, first, last),
        years=_years(first, last) if spans else (),
    )


def _marks(spans: Iterable[tuple[int, int]], first: int, last: int) -> tuple[Mark, ...]:
    """The spans of days, each in the first row that has room for it; further rows are left out."""
    whole = last - first + 1
    ends = [-1] * ROWS
    marks = []
    for low, high in sorted(spans):
        start, end = (low - first) * 1000 // whole, (high + 1 - first) * 1000 // whole
        end = max(end, start + NARROWEST)
        row = next((row for row, taken in enumerate(ends) if taken < start), None)
        if row is not None:
            ends[row] = end
            marks.append(Mark(row, start, end - start, low == high))
    return tuple(marks)


def _years(first: int, last: int) -> tuple[tuple[int, str], ...]:
    """Some of the years that begin between two days, and where."""
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    begun = [(date(year, 1, 1).toordinal() - first, str(year)) for year in years]
    return tuple(
        (at * 1000 // (last - first + 1), year) for at, year in begun[:: len(begun) // 8 + 1]
    )


def _days(dating: Dating | DateFault) -> tuple[int, int] | None:
    """The first and last day of a date as numbers, where a calendar has both."""
    if not isinstance(dating, Dating):
        return None
    try:
        low, high = (date.fromisoformat(iso or "") for iso in (dating.earliest, dating.latest))
    except ValueError:
        return None
    return low.toordinal(), high.toordinal()


def _listed(key: str) -> Callable[[Reader, str], Picture]:
    """The picture of a page that every briefing has."""

    def listed(reader: Reader, _: str) -> Picture:
        t = interface(reader)
        return Picture(str(t(key)), says=str(t(f"{key}-lede")), foot=_row((_as_of(reader),)))

    return listed


def _as_of(reader: Reader) -> str:
    words = as_of_words(reader)
    return str(interface(reader)("as-of", date=words)) if words else ""


def _row(parts: Iterable[str]) -> str:
    """What there is to say in one line, with a dot between."""
    return " · ".join(filter(None, (settable(str(part)) for part in parts)))


_VIEWS: Mapping[str, Callable[[Reader, str], Picture]] = {
    "home": _home,
    "kind": _kind,
    "entity": _entity,
    "section": _section,
    "fact": _fact,
    "timeline": _timeline,
    "relations": _listed("relations"),
    "facts": _listed("facts"),
    "disputes": _listed("disputes"),
    "sources": _listed("sources"),
}
