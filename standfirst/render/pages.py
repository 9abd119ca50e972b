"""What is known of the briefing → its own pages: a function per view."""

from collections.abc import Iterable

from markupsafe import Markup

from standfirst.evidence import briefing_coverage, percent
from standfirst.link import Card, FactCard, Mention, Tie
from standfirst.markup import markdown_html
from standfirst.model import Briefing, Fact, Kind, Section, Settings
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.entities import kind_cards
from standfirst.render.facts import (
    Badge,
    badge,
    entity_link,
    fact_view,
    facts_named,
    linked,
    tie_view,
)
from standfirst.render.html import by_order, html_page, text_page
from standfirst.render.naming import (
    as_of_words,
    edit_url,
    fact_route,
    interface,
    name_of,
    plain_text,
)
from standfirst.render.prose import Citations, told_in
from standfirst.render.timeline import Event, timeline

Output = bytes | Problem
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
"""The statuses in the order a reader meets them, the firmest first."""


def home(reader: Reader) -> Output:
    """What one must know in half a minute, and the ways on from there."""
    briefing = reader.one(Briefing, "briefing") or Briefing()
    citations = Citations(reader)
    standfirst = citations.html(briefing.standfirst)
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
        kinds=[kind_cards(kind, reader, by_weight=True) for kind in briefing.kinds],
        ahead=ahead,
        disputed=disputed,
        sections=by_order(reader.all(Card, "sections")),
        sources=reader.all(Card, "sources"),
        covered=covered,
        percent=percent(covered),
        evidence=citations.facts(),
        count=len(reader.all(str, "fact-ids")),
    )


def section(reader: Reader, slug: str) -> Output:
    """One chapter of the narrative, with its numbered evidence."""
    found = reader.one(Section, "section", slug) or Section(slug)
    citations = Citations(reader)
    summary = citations.html(found.summary)
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
        article=Markup(article.html),
        headings=article.headings,
        evidence=citations.facts(),
        previous=cards[at - 1] if at > 0 else None,
        following=cards[at + 1] if at + 1 < len(cards) else None,
        position=at + 1,
        total=len(cards),
        edit_url=edit_url("section", slug, reader),
    )


def timeline_page(reader: Reader) -> Output:
    """All dated facts, what is past apart from what is ahead."""
    dated = reader.all(FactCard, "dated")
    events = _events(dated, reader)
    as_of = reader.one(str, "as-of")
    sides = [
        (side, _by_year([event for event in events if event.side == side]))
        for side in ("past", "ahead")
    ]
    t = interface(reader)
    return html_page(
        "timeline.html",
        "/timeline/",
        reader,
        title=str(t("timeline")),
        description=str(t("timeline-lede", date=as_of or "")),
        sides=[(side, years) for side, years in sides if years],
        as_of=as_of_words(reader),
        undated=len(reader.all(str, "fact-ids")) - len(dated),
    )


def _events(cards: Iterable[FactCard], reader: Reader) -> list[Event]:
    facts = facts_named((card.id for card in cards), reader)
    return timeline(((fact, fact.entity) for fact in facts), reader)


def _by_year(events: Iterable[Event]) -> list[tuple[str, list[Event]]]:
    years: dict[str, list[Event]] = {}
    for event in events:
        years.setdefault(event.year, []).append(event)
    return list(years.items())


def relations(reader: Reader) -> Output:
    """All ties as a table, each with its stage, status and quote."""
    t = interface(reader)
    rows = []
    for tie in reader.all(Tie, "ties"):
        fact = reader.one(Fact, "fact", tie.fact)
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
    """The ledger: every fact by what it is about."""
    t = interface(reader)
    by_entity: dict[str, list[tuple[FactCard, Markup, Badge, str]]] = {}
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


def fact(reader: Reader, fact_id: str) -> Output:
    """One fact with its evidence, to be linked to and cited."""
    found = reader.one(Fact, "fact", fact_id) or Fact(id=fact_id)
    view = fact_view(found, reader)
    mentions = [
        mention
        for mention in reader.all(Mention, "mentions", fact_id)
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
        told=told_in(mentions, reader),
        address=settings.site_url + view.route.lstrip("/") if settings.site_url else None,
        as_of=as_of_words(reader),
        site_name=settings.site_name,
    )


def disputes(reader: Reader) -> Output:
    """Contradictions and doubtful figures, both sides' quotes side by side."""
    t = interface(reader)
    found = facts_named(dict.fromkeys(reader.all(str, "disputed")), reader)
    pairs = [(view, facts_named((link.id for link in view.disputes), reader)) for view in found]
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
    """How to read the briefing."""
    t = interface(reader)
    covered = briefing_coverage(reader)
    return html_page(
        "about.html",
        "/about/",
        reader,
        title=str(t("about-title")),
        description=str(t("about-title")),
        statuses=[badge(status, t) for status in _STATUSES],
        count=len(reader.all(str, "fact-ids")),
        covered=covered,
        percent=percent(covered),
    )


def not_found(reader: Reader) -> Output:
    """What a host serves for an address that is none."""
    t = interface(reader)
    return html_page(
        "404.html",
        "/404.html",
        reader,
        title=str(t("not-found")),
        description=str(t("not-found-lede")),
        sections=by_order(reader.all(Card, "sections")),
    )


def sitemap(reader: Reader, *standing: str) -> Output:
    """The addresses of all pages: the standing ones, and those of the records."""
    settings = reader.one(Settings, "settings") or Settings()
    routes = [*standing]
    routes += [f"/{kind.id}/" for kind in reader.one(tuple[Kind, ...], "kinds") or ()]
    for key in ("entities", "sections", "sources"):
        routes += [card.route for card in reader.all(Card, key)]
    if reader.one(bool, "fact-pages") is not False:
        routes += [f"/facts/{id_}/" for id_ in reader.all(str, "fact-ids")]
    base = settings.site_url.rstrip("/")
    addresses = [base + route for route in dict.fromkeys(routes)]
    return text_page("sitemap.xml", "/sitemap.xml", reader, addresses=addresses)


def robots(reader: Reader) -> Output:
    """What crawlers may read: everything."""
    settings = reader.one(Settings, "settings") or Settings()
    return text_page("robots.txt", "/robots.txt", reader, site_url=settings.site_url)
