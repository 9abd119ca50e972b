"""What is known of the briefing → its own pages: a function per view."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.coverage import briefing_coverage, percent
from standfirst.link import Card, FactCard
from standfirst.lists import STATUSES, compared, dispute_pages, ledger_pages, list_routes
from standfirst.markup import markdown_html, section_references
from standfirst.model import Fact, Kind, Section, Settings
from standfirst.pagination import entity_pages, fact_anchor, mentions_of, source_pages
from standfirst.problem import Problem
from standfirst.reader import Reader, shared
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
    numbered,
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
    entity: str
    html: Markup
    status: Badge
    flags: tuple[Badge, ...]
    voices: Markup | None
    date: DateView | None
    condition: str | None
    route: str


def facts(reader: Reader, shelf: str = "", name: str = "", number: str = "1") -> Output:
    """The ledger: facts by what they are about; all, or those of a kind or with a status."""
    t = interface(reader)
    pages = ledger_pages(shelf, name, reader)
    page = pages[int(number) - 1]
    kinds = {kind.id: kind.many for kind in reader.one(tuple[Kind, ...], "kinds") or ()}
    here = (shelf, name)
    words = str(t(name)) if shelf == "status" else kinds.get(name, name)
    title = str(t("facts-that", what=words) if shelf else t("facts"))
    by_entity: dict[str, list[Row]] = {}
    for id_ in page.rows:
        if row := _row(id_, reader):
            by_entity.setdefault(row.entity, []).append(row)
    return html_page(
        "facts.html",
        page.route,
        reader,
        title=numbered(title, page.number, reader),
        description=str(t("facts-lede")),
        groups=[(entity_link(id_, reader), rows) for id_, rows in by_entity.items()],
        count=sum(len(one.rows) for one in pages),
        kinds=[(f"/facts/of/{id_}/", many, here == ("of", id_)) for id_, many in kinds.items()],
        statuses=[(f"/facts/status/{id_}/", t(id_), here == ("status", id_)) for id_ in STATUSES],
        is_all=not shelf,
        page=page,
        data="/api/v1/facts.json",
    )


@shared
def _row(id_: str, reader: Reader) -> Row | None:
    """A fact as all lists of the ledger show it."""
    card = reader.one(FactCard, "card", id_)
    if card is None:
        return None
    t = interface(reader)
    flagged = reader.one(Fact, "fact", card.id) if card.flagged else None
    disputed = bool(flagged and flagged.disputes) or reader.has("disputed-by", card.id)
    doubted = bool(flagged and flagged.doubt)
    return Row(
        id=card.id,
        entity=card.entity,
        html=linked(card.text, reader),
        status=badge(card.status, t),
        flags=flags(disputed, doubted, False, t),
        voices=voices(card.by, reader),
        date=date_view(card.date, card.date_role, card.date_words, None, reader),
        condition=plain_text(card.condition, reader) or None,
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


def disputes(reader: Reader, number: str = "1") -> Output:
    """Contradictions, both sides beside each other, and what is doubtful by itself."""
    t = interface(reader)
    page = dispute_pages(reader)[int(number) - 1]
    return html_page(
        "disputes.html",
        page.route,
        reader,
        title=numbered(str(t("disputes")), page.number, reader),
        description=str(t("disputes-lede")),
        disputed=[_quarrel(ids, reader) for ids in page.rows if len(ids) > 1],
        doubted=facts_named((ids[0] for ids in page.rows if len(ids) == 1), reader),
        page=page,
    )


def _quarrel(ids: Sequence[str], reader: Reader) -> list[FactView]:
    """Facts that contradict each other: what stands beside a fact is not told below it again."""
    return [
        replace(fact, disputes=tuple(link for link in fact.disputes if link.id not in ids))
        for fact in facts_named(ids, reader)
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
    routes += list_routes(reader)
    routes += [f"/compare/{comparison.id}/" for comparison in compared(reader)]
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
