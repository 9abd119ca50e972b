"""A fact → what a page shows of it: its words with links, who says it, its date, its quotes."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from standfirst.dates import Dating, read_date
from standfirst.evidence import Located
from standfirst.fragments import address_at
from standfirst.link import Tie, is_id
from standfirst.markup import Reference, inline_html
from standfirst.model import Fact, RelationType, Source
from standfirst.pagination import source_route
from standfirst.reader import Reader, shared
from standfirst.render.marks import quote_anchor
from standfirst.render.naming import (
    date_words,
    edit_url,
    fact_route,
    interface,
    name_of,
    plain_text,
    route_of,
)
from standfirst.words import Words

TONES = {
    "stated": "firm",
    "reported": "told",
    "opinion": "view",
    "planned": "soft",
    "expected": "soft",
    "possible": "soft",
    "unlikely": "soft",
    "denied": "gone",
}
"""How each status is drawn; the word and the border say the same without colour."""
_OF_THE_ORIGIN = ("headline", "body", "byline")

_GONE = "\0"  # stands for a citation that is not shown: nothing that an author can type
_BEFORE_GONE = re.compile(rf"(?:(?<!\s)\s+)?{_GONE}")


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads, if anywhere."""

    name: str
    route: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A status as it is shown: its word, what it means, how it is drawn."""

    word: Markup
    means: Markup
    tone: str


@dataclass(frozen=True, slots=True)
class DateView:
    """A date as it is shown: words, machine-readable, and what its words allow."""

    words: Markup
    label: str
    machine: str | None
    role: str
    basis: str | None
    dating: Dating


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with the source it stands in, and the place there; `at` is that place at `url`."""

    words: str
    source: Link
    publisher: str
    published: str | None
    url: str | None
    language: str
    line: int
    layer: str | None
    differs: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class TieView:
    """A relation as one reads it from one end."""

    id: str
    says: str
    from_: Link
    to: Link
    what: Link | None
    stage: Markup | None
    stage_id: str | None
    denied: bool
    fact: str


@dataclass(frozen=True, slots=True)
class FactView:
    """Everything a page may show of a fact."""

    id: str
    html: Markup
    plain: str
    status: Badge
    flags: tuple[Badge, ...]
    voices: Markup | None
    date: DateView | None
    figure: Markup | None
    measure: str | None
    entity: Link
    about: tuple[Link, ...]
    quotes: tuple[QuoteView, ...]
    also: tuple[QuoteView, ...]
    condition: str | None
    doubt: str | None
    note: str | None
    disputes: tuple[Link, ...]
    superseded_by: tuple[Link, ...]
    supersedes: Link | None
    resolves: Link | None
    resolved_by: tuple[Link, ...]
    route: str
    edit_url: str | None
    ties: tuple[TieView, ...]


def fact_view(fact: Fact, reader: Reader, is_own: bool = False) -> FactView:
    """What a page shows of one fact. Where the page is its own, that is the line to edit, too."""
    located = reader.one(tuple[Located, ...], "evidence", fact.id) or ()
    t = interface(reader)
    date = date_view(fact.date, fact.date_role, fact.date_words, fact.date_basis, reader)
    quotes = [quote_view(one, None, reader) for one in located if one.field == "evidence"]
    opponents = dict.fromkeys((*fact.disputes, *reader.all(str, "disputed-by", fact.id)))
    later = reader.all(str, "superseded-by", fact.id)
    return FactView(
        id=fact.id,
        html=linked(fact.text, reader),
        plain=plain_text(fact.text, reader),
        status=badge(fact.status, t),
        flags=flags(bool(opponents), bool(fact.doubt), bool(later), t),
        voices=voices(fact.by, reader),
        date=date,
        figure=t(f"bound:{fact.value.bound}", figure=fact.value.figure) if fact.value else None,
        measure=fact.value.of if fact.value else None,
        entity=entity_link(fact.entity, reader),
        about=tuple(entity_link(id_, reader) for id_ in fact.about),
        quotes=tuple(quotes),
        also=tuple(
            quote_view(one, fact.also[one.index].differs, reader)
            for one in located
            if one.field == "also"
        ),
        condition=plain_text(fact.condition, reader) or None,
        doubt=plain_text(fact.doubt, reader) or None,
        note=plain_text(fact.note, reader) or None,
        disputes=fact_links(opponents, reader),
        superseded_by=fact_links(later, reader),
        supersedes=fact_link(fact.supersedes, reader) if fact.supersedes else None,
        resolves=fact_link(fact.resolves, reader) if fact.resolves else None,
        resolved_by=fact_links(reader.all(str, "resolved-by", fact.id), reader),
        route=fact_route(fact, reader),
        edit_url=edit_url("fact", fact.id, reader) if is_own else None,
        ties=tuple(
            tie_view(Tie(fact.id, x.type, x.from_, x.to, x.what, x.stage, fact.status), reader, t)
            for x in fact.relations
        ),
    )


def facts_named(ids: Iterable[str], reader: Reader) -> list[FactView]:
    """The facts that these ids name; an id of nothing is passed over."""
    return [view for id_ in ids if (view := _view_of(id_, reader))]


@shared
def _view_of(fact_id: str, reader: Reader) -> FactView | None:
    fact = reader.one(Fact, "fact", fact_id)
    return fact_view(fact, reader) if fact else None


def linked(text: str | None, reader: Reader) -> Markup:
    """A text of the content as HTML: its links lead somewhere, everything else is as typed."""

    def resolve(reference: Reference) -> str:
        return _GONE if reference.kind == "cite" else link_html(reference, reader)

    html = inline_html(text, resolve) if text else ""
    return Markup(_BEFORE_GONE.sub("", html) if _GONE in html else html)


def link_html(reference: Reference, reader: Reader) -> Markup:
    """A link of the content; one that dangles is its own words."""
    name = reference.words or name_of(reference.id, reader)
    route = route_of(reference.id, reader)
    return linking(route, name) if route else escape(name)


@shared
def entity_link(id_: str, reader: Reader) -> Link:
    """An entity's name, leading to its page."""
    return Link(name_of(id_, reader), route_of(id_, reader), id_)


@shared
def fact_link(id_: str, reader: Reader) -> Link:
    """A fact's text, leading to its permalink."""
    fact = reader.one(Fact, "fact", id_)
    if fact is None:
        return Link(id_)
    return Link(plain_text(fact.text, reader), fact_route(fact, reader), id_)


def fact_links(ids: Iterable[str], reader: Reader) -> tuple[Link, ...]:
    """Several facts' texts, each leading to its permalink."""
    return tuple(fact_link(id_, reader) for id_ in ids)


@functools.lru_cache(maxsize=1024)
def badge(status: str, t: Words) -> Badge:
    """How a status is shown."""
    return Badge(t(status), t(f"status-means:{status}"), TONES[status])


def date_view(
    date: str | None, role: str, own_words: str | None, basis: str | None, reader: Reader
) -> DateView | None:
    """How a date is shown; the source's own words for it come before computed ones."""
    dating = read_date(date) if date else None
    if not isinstance(dating, Dating):
        return None
    t = interface(reader)
    label = own_words or date_words(dating, reader)
    shown = own_words or date_words(dating, reader, role)
    return DateView(
        words=t(f"{'own' if own_words else 'role'}:{role}", date=shown),
        label=label,
        machine=_machine(dating),
        role=role,
        basis=basis,
        dating=dating,
    )


def quote_view(located: Located, differs: str | None, reader: Reader) -> QuoteView:
    """How a located quote is shown: the source's own words, and where they stand."""
    source = reader.one(Source, "source", located.source) or Source(id=located.source)
    origin = source.origin
    # The origin wrote the article; an abstract or questions set around it are the copy's.
    writers = (origin.publisher, source.publisher)
    if located.layer not in _OF_THE_ORIGIN:
        writers = (source.publisher, origin.publisher)
    publisher = writers[0] or writers[1] or source.title
    route = source_route(source.id, located.passage)
    anchor = quote_anchor(located.start, located.end)
    return QuoteView(
        words=" ".join((located.words or located.quote).split()),
        source=Link(source.title, f"{route}#{anchor}" if located.start >= 0 else None, source.id),
        publisher=publisher,
        published=_published(source.published, reader),
        url=source.url,
        language=source.language,
        line=located.line,
        layer=located.layer,
        differs=differs,
        at=address_at(source.url, located.fragment) if source.url else None,
    )


@shared
def _published(date: str | None, reader: Reader) -> str | None:
    """When a source was published, in words."""
    view = date_view(date, "event", None, None, reader)
    return view.label if view else None


def tie_view(tie: Tie, reader: Reader, t: Words, seen_from: str = "") -> TieView:
    """A relation in words; read backwards when seen from its far end."""
    type_ = reader.one(RelationType, "relation-type", tie.type)
    back = seen_from == tie.to and tie.to != tie.from_
    says = (type_.back if back else type_.says) if type_ else tie.type.replace("-", " ")
    ends = (tie.to, tie.from_) if back else (tie.from_, tie.to)
    stage = t(f"stage:{tie.stage}") if tie.stage else None
    what = None
    if tie.what:
        known = is_id(tie.what) and reader.has("name", tie.what)
        what = entity_link(tie.what, reader) if known else Link(tie.what)
    return TieView(
        id=tie.type,
        says=says,
        from_=entity_link(ends[0], reader),
        to=entity_link(ends[1], reader),
        what=what,
        stage=stage if stage and stage not in says else None,
        stage_id=tie.stage,
        denied=tie.denied,
        fact=tie.fact,
    )


@functools.lru_cache(maxsize=1024)
def flags(disputed: bool, doubtful: bool, superseded: bool, t: Words) -> tuple[Badge, ...]:
    """What else is to be known of a fact's firmness."""
    shown = []
    if disputed:
        shown.append(Badge(t("disputed"), t("status-means:disputed"), "doubt"))
    if doubtful:
        shown.append(Badge(t("doubtful"), t("status-means:doubtful"), "doubt"))
    if superseded:
        shown.append(Badge(t("superseded"), t("status-means:superseded"), "gone struck"))
    return tuple(shown)


def voices(by: Sequence[str], reader: Reader) -> Markup | None:
    """The chain of voices from the outermost in: "The Courier, citing Acme managers"."""
    if not by:
        return None
    t = interface(reader)
    shown = [_voice(voice, reader) for voice in by]
    chain = shown[-1]
    for outer in reversed(shown[:-1]):
        chain = t("citing", outer=outer, inner=chain)
    return chain


def _voice(voice: str, reader: Reader) -> Markup:
    link = entity_link(voice, reader) if is_id(voice) else Link(voice)
    return escape(link.name) if link.route is None else linking(link.route, link.name)


def linking(route: str, name: str) -> Markup:
    """A name that leads somewhere, as HTML."""
    return Markup(f'<a href="{escape(route)}">{escape(name)}</a>')


def _machine(dating: Dating) -> str | None:
    """The date for a `time` element, which knows days, months and years only."""
    if dating.precision in ("day", "month", "year") and not dating.approximate:
        return dating.edtf.rstrip("~?%")
    return None
