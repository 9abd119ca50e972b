"""What each page shows: a function per view, from what the page is about to its bytes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.evidence import briefing_coverage, percent
from standfirst.link import Card, FactCard, Mention, Tie
from standfirst.markup import Reference, inline_html, markdown_html
from standfirst.model import Briefing, Entity, Fact, Kind, Section, Settings
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import (
    FactView,
    Link,
    TieView,
    badge,
    entity_link,
    fact_link,
    fact_view,
    facts_named,
    link_html,
    linked,
    tie_view,
    trust_line,
)
from standfirst.render.html import by_order, html_page, text_page
from standfirst.render.naming import as_of_words, edit_url, fact_route, name_of, plain_text
from standfirst.render.timeline import Event, timeline
from standfirst.words import Words, words

Output = bytes | Problem
FORWARD = ("planned", "expected", "possible", "unlikely")


class Citations:
    """The numbered marks of a page: each cited fact gets a number when it is first cited."""

    def __init__(self, reader: Reader, target: Callable[[str, int], str] | None = None) -> None:
        self._reader = reader
        self._target = target or (lambda id_, number: f"#e{number}")
        self.ids: dict[str, int] = {}

    def resolve(self, reference: Reference) -> str:
        """A reference as HTML: a link, a fact's figure, or a numbered mark."""
        fact = self._reader.one(Fact, "fact", reference.id)
        if fact is None:
            return link_html(reference, self._reader) if reference.kind == "link" else Markup("")
        number = self.ids.setdefault(fact.id, len(self.ids) + 1)
        target = self._target(fact.id, number)
        if reference.kind == "cite":
            title = plain_text(fact.text, self._reader)
            mark = '<sup class="cite"><a href="{}" title="{}">{}</a></sup>'
            return Markup(mark).format(target, title, number)
        name = reference.words or name_of(fact.id, self._reader)
        return Markup('<a class="figure" href="{}">{}</a>').format(target, name)

    def facts(self) -> list[FactView]:
        """The cited facts in the order of their numbers."""
        return facts_named(self.ids, self._reader)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of a page under one heading."""

    name: str | Markup
    id: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Where something is mentioned: the page, and the sentence there."""

    link: Link
    html: Markup
    flag: object = None


def _t(reader: Reader) -> Words:
    return words(reader.one(str, "language") or "en")


def home(reader: Reader) -> Output:
    briefing = reader.one(Briefing, "briefing") or Briefing()
    citations = Citations(reader)
    standfirst = Markup(inline_html(briefing.standfirst or "", citations.resolve))  # noqa: S704
    dated = _events(reader.all(FactCard, "dated"), reader)
    ahead = [event for event in dated if event.side == "ahead"]
    covered = briefing_coverage(reader)
    disputed = facts_named(dict.fromkeys(reader.all(str, "disputed")), reader)
    return html_page(
        "home.html",
        "/",
        reader,
        title=briefing.title,
        description=plain_text(briefing.standfirst, reader),
        standfirst=standfirst,
        key_points=facts_named(briefing.key_points, reader),
        kinds=[_kind_cards(kind, reader, by_weight=True) for kind in briefing.kinds],
        ahead=ahead,
        disputed=disputed,
        sections=by_order(reader.all(Card, "sections")),
        sources=reader.all(Card, "sources"),
        covered=covered,
        percent=percent(covered),
        evidence=citations.facts(),
        count=len(reader.all(FactCard, "facts")),
    )


def kind(kind_id: str, reader: Reader) -> Output:
    found = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    shown, entries = _kind_cards(found, reader)
    return html_page(
        "kind.html",
        f"/{kind_id}/",
        reader,
        title=shown.many or kind_id,
        description=shown.many,
        entries=entries,
        data=f"/api/v1/{kind_id}.json",
    )


def _kind_cards(
    kind: Kind, reader: Reader, by_weight: bool = False
) -> tuple[Kind, list[tuple[Card, str, list[TieView]]]]:
    """The entities of a kind: each with its summary in plain words and its first ties."""
    t = _t(reader)
    entries = []
    for card in reader.all(Card, "entities"):
        if card.kind != kind.id:
            continue
        entity = reader.one(Entity, "entity", card.id) or Entity(id=card.id)
        ties = [tie_view(tie, reader, t, card.id) for tie in reader.all(Tie, "ties-of", card.id)]
        entries.append((card, plain_text(entity.summary, reader), _distinct(ties)))
    if by_weight:
        entries.sort(key=lambda entry: -len(reader.all(str, "facts-of", entry[0].id)))
    return kind, entries


def _distinct(ties: Iterable[TieView]) -> list[TieView]:
    """Ties once each, however many facts carry them; denied ones left out."""
    return list({(t.says, t.from_, t.to): t for t in ties if not t.denied}.values())


def entity(entity_id: str, reader: Reader) -> Output:
    found = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    t = _t(reader)
    facts = facts_named(dict.fromkeys(reader.all(str, "facts-of", entity_id)), reader)
    here = {fact.id for fact in facts}

    def target(id_: str, number: int) -> str:
        return f"#{id_}" if id_ in here else fact_link(id_, reader).route or "#"

    citations = Citations(reader, target)
    kind_ = reader.one(Kind, "kind", found.kind) or Kind(found.kind, found.kind, found.kind)
    ties = [tie_view(tie, reader, t, entity_id) for tie in reader.all(Tie, "ties-of", entity_id)]
    return html_page(
        "entity.html",
        f"/{found.kind}/{entity_id}/",
        reader,
        title=found.name or entity_id,
        description=plain_text(found.summary, reader),
        kind=kind_,
        aliases=found.aliases,
        summary=Markup(inline_html(found.summary or "", citations.resolve)),  # noqa: S704
        figures=[fact for fact in facts if fact.figure][:4],
        trust=trust_line(facts, t),
        count=len(facts),
        groups=_groups(entity_id, facts, t),
        dense=len(facts) > 8,
        ties=[(tie, fact_view(fact, reader)) for tie in ties if (fact := _fact(tie.fact, reader))],
        events=timeline(((fact, None) for fact in facts if fact.date), reader),
        mentions=_mentions(entity_id, reader),
        sources=_sources(facts),
        edit_url=edit_url("entity", entity_id, reader),
        data=f"/api/v1/{found.kind}/{entity_id}.json",
    )


def _fact(id_: str, reader: Reader) -> Fact | None:
    return reader.one(Fact, "fact", id_)


def _groups(entity_id: str, facts: Sequence[FactView], t: Words) -> list[Group]:
    """Facts by whom else they are about; what stands alone is told first."""
    by_other: dict[Link | None, list[FactView]] = {}
    for fact in facts:
        by_other.setdefault(_other(entity_id, fact), []).append(fact)
    general = [f for o, group in by_other.items() if o is None or len(group) < 2 for f in group]
    general.sort(key=lambda fact: [f.id for f in facts].index(fact.id))
    groups = [
        Group(t("facts-with", name=other.name), f"with-{other.id}", tuple(group))
        for other, group in by_other.items()
        if other is not None and len(group) >= 2
    ]
    if not general:
        return groups
    name = t("facts-general") if groups else t("facts")
    return [Group(name, "facts", tuple(general)), *groups]


def _other(entity_id: str, fact: FactView) -> Link | None:
    """The first other entity that a fact is about, by its ties or in equal right."""
    ends = [end for tie in fact.ties for end in (tie.to, tie.from_)]
    others = (link for link in (*ends, fact.entity, *fact.about) if link.id != entity_id)
    return next(others, None)


def _mentions(entity_id: str, reader: Reader) -> list[Told]:
    """Where an entity is named, with the sentence; facts' texts before the prose."""
    told = []
    for mention in dict.fromkeys(reader.all(Mention, "mentions", entity_id)):
        match mention.sort:
            case "fact":
                fact = _fact(mention.id, reader)
                if fact:
                    link = Link(name_of(fact.entity, reader), fact_route(fact, reader))
                    shown = badge(fact.status, _t(reader))
                    told.append(Told(link, linked(fact.text, reader), shown))
                continue
            case "entity":
                link = entity_link(mention.id, reader)
            case "section":
                link = Link(mention.title, f"/sections/{mention.id}/")
            case _:
                link = Link(str(_t(reader)("overview")), "/")
        if mention.id != entity_id:
            told.append(Told(link, linked(mention.sentence, reader)))
    return told


def _sources(facts: Iterable[FactView]) -> list[tuple[Link, int, str | None]]:
    """The sources that facts quote, with how often, and their addresses."""
    counts: dict[tuple[str, str], int] = {}
    urls: dict[str, str | None] = {}
    for fact in facts:
        for quote in (*fact.quotes, *fact.also):
            key = (quote.source.id, quote.source.name)
            counts[key] = counts.get(key, 0) + 1
            urls[quote.source.id] = quote.url
    return [
        (Link(name, f"/sources/{id_}/", id_), count, urls[id_])
        for (id_, name), count in counts.items()
    ]


def section(slug: str, reader: Reader) -> Output:
    found = reader.one(Section, "section", slug) or Section(slug)
    citations = Citations(reader)
    summary = Markup(inline_html(found.summary or "", citations.resolve))  # noqa: S704
    article = markdown_html(
        found.body,
        citations.resolve,
        lambda reference: name_of(reference.id, reader),
        table_label=found.title,
    )
    cards = by_order(reader.all(Card, "sections"))
    at = next((i for i, card in enumerate(cards) if card.id == slug), 0)
    return html_page(
        "section.html",
        f"/sections/{slug}/",
        reader,
        title=found.title,
        description=plain_text(found.summary, reader),
        summary=summary,
        article=Markup(article.html),  # noqa: S704
        headings=article.headings,
        evidence=citations.facts(),
        previous=cards[at - 1] if at > 0 else None,
        following=cards[at + 1] if at + 1 < len(cards) else None,
        position=at + 1,
        total=len(cards),
        edit_url=edit_url("section", slug, reader),
    )


def _events(cards: Iterable[FactCard], reader: Reader) -> list[Event]:
    facts = facts_named((card.id for card in cards), reader)
    return timeline(((fact, fact.entity) for fact in facts), reader)


def timeline_page(reader: Reader) -> Output:
    dated = reader.all(FactCard, "dated")
    events = _events(dated, reader)
    as_of = reader.one(str, "as-of")
    sides = [
        (side, _by_year([event for event in events if event.side == side]))
        for side in ("past", "ahead")
    ]
    t = _t(reader)
    return html_page(
        "timeline.html",
        "/timeline/",
        reader,
        title=str(t("timeline")),
        description=str(t("timeline-lede", date=as_of or "")),
        sides=[(side, years) for side, years in sides if years],
        as_of=as_of_words(reader),
        undated=len(reader.all(FactCard, "facts")) - len(dated),
    )


def _by_year(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    years: dict[str, list[Event]] = {}
    for event in events:
        years.setdefault(event.year, []).append(event)
    return list(years.items())


def relations(reader: Reader) -> Output:
    t = _t(reader)
    rows = []
    for tie in reader.all(Tie, "ties"):
        fact = _fact(tie.fact, reader)
        if fact:
            rows.append((tie_view(tie, reader, t), fact_view(fact, reader)))
    return html_page(
        "relations.html",
        "/relations/",
        reader,
        title=str(t("relations")),
        description=str(t("relations-lede")),
        rows=rows,
    )


def facts(reader: Reader) -> Output:
    t = _t(reader)
    by_entity: dict[str, list[tuple[FactCard, Markup, object, str]]] = {}
    for card in reader.all(FactCard, "facts"):
        route = fact_route(Fact(id=card.id, entity=card.entity, kind=card.kind), reader)
        row = (card, linked(card.text, reader), badge(card.status, t), route)
        by_entity.setdefault(card.entity, []).append(row)
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    rank = {kind.id: index for index, kind in enumerate(kinds)}
    groups = [(entity_link(id_, reader), rows) for id_, rows in by_entity.items()]
    groups.sort(key=lambda group: (rank.get(group[1][0][0].kind, len(rank)), group[0].name))
    return html_page(
        "facts.html",
        "/facts/",
        reader,
        title=str(t("facts")),
        description=str(t("facts-lede")),
        groups=groups,
        count=sum(len(rows) for _, rows in groups),
        data="/api/v1/facts.json",
    )


def fact(fact_id: str, reader: Reader) -> Output:
    found = reader.one(Fact, "fact", fact_id) or Fact(id=fact_id)
    view = fact_view(found, reader)
    mentions = [
        mention
        for mention in dict.fromkeys(reader.all(Mention, "mentions", fact_id))
        if mention.sort in ("section", "entity", "briefing")
    ]
    settings = reader.one(Settings, "settings") or Settings()
    return html_page(
        "fact.html",
        f"/facts/{fact_id}/",
        reader,
        title=view.plain,
        description=view.plain,
        fact=view,
        told=_told(mentions, reader),
        address=settings.site_url + view.route.lstrip("/") if settings.site_url else None,
        as_of=as_of_words(reader),
        site_name=settings.site_name,
    )


def _told(mentions: Iterable[Mention], reader: Reader) -> list[Told]:
    told = []
    for mention in mentions:
        if mention.sort == "section":
            link = Link(mention.title, f"/sections/{mention.id}/")
        elif mention.sort == "entity":
            link = entity_link(mention.id, reader)
        else:
            link = Link(str(_t(reader)("overview")), "/")
        told.append(Told(link, linked(mention.sentence, reader)))
    return told


def disputes(reader: Reader) -> Output:
    t = _t(reader)
    found = facts_named(dict.fromkeys(reader.all(str, "disputed")), reader)
    pairs = [
        (view, facts_named((link.id for link in view.disputes), reader)) for view in found
    ]
    seen: set[frozenset[str]] = set()
    shown = []
    for view, others in pairs:
        ids = frozenset((view.id, *(other.id for other in others)))
        if ids not in seen:
            seen.add(ids)
            shown.append((view, others))
    return html_page(
        "disputes.html",
        "/disputes/",
        reader,
        title=str(t("disputes")),
        description=str(t("disputes-lede")),
        pairs=shown,
    )


def about(reader: Reader) -> Output:
    t = _t(reader)
    covered = briefing_coverage(reader)
    return html_page(
        "about.html",
        "/about/",
        reader,
        title=str(t("about-title")),
        description=str(t("about-title")),
        statuses=[badge(status, t) for status in _STATUSES],
        count=len(reader.all(FactCard, "facts")),
        covered=covered,
        percent=percent(covered),
    )


def not_found(reader: Reader) -> Output:
    t = _t(reader)
    return html_page(
        "404.html",
        "/404.html",
        reader,
        title=str(t("not-found")),
        description=str(t("not-found-lede")),
        sections=by_order(reader.all(Card, "sections")),
    )


def sitemap(*standing_and_reader: object) -> Output:
    """The addresses of all pages: the standing ones, and those of the records."""
    *standing, reader = standing_and_reader
    assert isinstance(reader, Reader)
    settings = reader.one(Settings, "settings") or Settings()
    routes = [str(route) for route in standing]
    routes += [f"/{kind.id}/" for kind in reader.one(tuple[Kind, ...], "kinds") or ()]
    for key in ("entities", "sections", "sources"):
        routes += [card.route for card in reader.all(Card, key)]
    if reader.one(bool, "fact-pages") is not False:
        routes += [f"/facts/{card.id}/" for card in reader.all(FactCard, "facts")]
    base = settings.site_url.rstrip("/")
    addresses = [base + route for route in dict.fromkeys(routes)]
    return text_page("sitemap.xml", "/sitemap.xml", reader, addresses=addresses)


def robots(reader: Reader) -> Output:
    settings = reader.one(Settings, "settings") or Settings()
    return text_page("robots.txt", "/robots.txt", reader, site_url=settings.site_url)


_STATUSES = (
    "stated",
    "reported",
    "opinion",
    "expected",
    "possible",
    "unlikely",
    "planned",
    "denied",
)
