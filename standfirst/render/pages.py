"""What is known of the briefing → its own pages: a function per view."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.coverage import briefing_coverage, percent
from standfirst.link import Card, FactCard
from standfirst.markup import markdown_html, section_references
from standfirst.model import Comparison, Fact, Kind, Section, Settings
from standfirst.pagination import entity_pages, fact_anchor, mentions_of, source_pages
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import (
    Badge,
    DateView,
    FactView,
    badge,
    date_view,
    entity_link,
    fact_view,
    facts_named,
    flags,
    linked,
    voices,
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
from standfirst.render.prose import Citations, named, told_in
from standfirst.timelines import timeline_pages, undated_routes

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
        article=citations.once(article.html),
        onpage=[(heading.id, heading.text) for heading in article.headings if heading.level == 2],
        chapters=cards,
        evidence=citations.facts(),
        named=named(section_references(found.body), reader),
        previous=cards[at - 1] if at > 0 else None,
        following=cards[at + 1] if at + 1 < len(cards) else None,
        position=at + 1,
        total=len(cards),
        edit_url=edit_url("section", slug, reader),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A fact in the ledger: what its card tells."""

    id: str
    html: Markup
    status: Badge
    flags: tuple[Badge, ...]
    voices: Markup | None
    date: DateView | None
    route: str


def facts(reader: Reader) -> Output:
    """The ledger: every fact by what it is about."""
    t = interface(reader)
    by_entity: dict[str, list[FactCard]] = {}
    for card in reader.all(FactCard, "facts"):
        by_entity.setdefault(card.entity, []).append(card)
    kinds = reader.one(tuple[Kind, ...], "kinds") or ()
    rank = {kind.id: index for index, kind in enumerate(kinds)}
    groups = [(entity_link(id_, reader), cards) for id_, cards in by_entity.items()]
    groups.sort(key=lambda group: (rank.get(group[1][0].kind, len(rank)), group[0].name))
    flagged = [reader.one(Fact, "fact", id_) for id_ in reader.all(str, "disputed")]
    disputed = {id_ for x in flagged if x and x.disputes for id_ in (x.id, *x.disputes)}
    doubted = {x.id for x in flagged if x and x.doubt}
    return html_page(
        "facts.html",
        "/facts/",
        reader,
        title=str(t("facts")),
        description=str(t("facts-lede")),
        groups=[
            (entity, [_row(card, disputed, doubted, reader) for card in cards])
            for entity, cards in groups
        ],
        count=sum(len(cards) for _, cards in groups),
        data="/api/v1/facts.json",
    )


def _row(card: FactCard, disputed: Set[str], doubted: Set[str], reader: Reader) -> Row:
    t = interface(reader)
    return Row(
        id=card.id,
        html=linked(card.text, reader),
        status=badge(card.status, t),
        flags=flags(card.id in disputed, card.id in doubted, False, t),
        voices=voices(card.by, reader),
        date=date_view(card.date, card.date_role, card.date_words, None, reader),
        route=fact_route(Fact(id=card.id, entity=card.entity, kind=card.kind), reader),
    )


def fact(reader: Reader, fact_id: str) -> Output:
    """One fact with its evidence, to be linked to and cited."""
    found = reader.one(Fact, "fact", fact_id) or Fact(id=fact_id)
    view = fact_view(found, reader, is_own=True)
    mentions = [
        mention
        for mention in mentions_of(fact_id, reader)
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
        kind=found.kind,
        status=found.status,
        anchor=fact_anchor(found.kind, found.entity, fact_id, reader),
        told=told_in(mentions, reader),
        address=settings.site_url + view.route.lstrip("/") if settings.site_url else None,
        as_of=as_of_words(reader),
        site_name=settings.site_name,
    )


def disputes(reader: Reader) -> Output:
    """Contradictions, both sides beside each other, and what is doubtful by itself."""
    t = interface(reader)
    found = facts_named(dict.fromkeys(reader.all(str, "disputed")), reader)
    return html_page(
        "disputes.html",
        "/disputes/",
        reader,
        title=str(t("disputes")),
        description=str(t("disputes-lede")),
        disputed=_sides(found, reader),
        doubted=[fact for fact in found if fact.doubt and not fact.disputes],
    )


def _sides(found: Iterable[FactView], reader: Reader) -> list[list[FactView]]:
    """The facts that contradict each other, by quarrel: what is joined by a dispute is one.

    Both sides stand beside each other, so neither repeats what the other says.
    """
    quarrels: list[dict[str, None]] = []
    for fact in found:
        if fact.disputes:
            ids = dict.fromkeys((fact.id, *(link.id for link in fact.disputes)))
            joined = [quarrel for quarrel in quarrels if quarrel.keys() & ids.keys()]
            quarrels = [quarrel for quarrel in quarrels if quarrel not in joined]
            quarrels.append({id_: None for each in (*joined, ids) for id_ in each})
    return [
        [replace(fact, disputes=()) for fact in facts_named(quarrel, reader)]
        for quarrel in quarrels
    ]


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
        statuses=[*(badge(status, t) for status in _STATUSES), *flags(True, True, True, t)],
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
    comparisons = reader.one(tuple[Comparison, ...], "comparisons") or ()
    routes += [f"/compare/{comparison.id}/" for comparison in comparisons]
    for card in reader.all(Card, "entities"):
        routes += [page.route for page in entity_pages(card.kind, card.id, reader)]
    routes += [page.route for page in timeline_pages(reader)]
    routes += undated_routes(reader)
    routes += [card.route for card in reader.all(Card, "sections")]
    for card in reader.all(Card, "sources"):
        routes += source_pages(card.id, reader)
    if reader.one(bool, "fact-pages") is not False:
        routes += [f"/facts/{id_}/" for id_ in reader.all(str, "fact-ids")]
    base = settings.site_url.rstrip("/")
    addresses = [base + route for route in dict.fromkeys(routes)]
    return text_page("sitemap.xml", "/sitemap.xml", reader, addresses=addresses)


def robots(reader: Reader) -> Output:
    """What crawlers may read: everything."""
    settings = reader.one(Settings, "settings") or Settings()
    return text_page("robots.txt", "/robots.txt", reader, site_url=settings.site_url)
