"""Entities → their index and their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.link import Card, Mention, Tie
from standfirst.model import Entity, Fact, Kind
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import (
    FactView,
    Link,
    TieView,
    fact_link,
    fact_view,
    facts_named,
    tie_view,
    trust_line,
)
from standfirst.render.html import html_page
from standfirst.render.naming import edit_url, interface, plain_text
from standfirst.render.prose import Citations, told_in
from standfirst.render.timeline import timeline
from standfirst.words import Words

Output = bytes | Problem


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of a page under one heading."""

    name: str | Markup
    id: str
    facts: tuple[FactView, ...]


def kind(reader: Reader, kind_id: str) -> Output:
    """All entities of a kind, each with its one-sentence answer."""
    found = reader.one(Kind, "kind", kind_id) or Kind(kind_id, kind_id, kind_id)
    shown, entries = kind_cards(found, reader)
    return html_page(
        "kind.html",
        f"/{kind_id}/",
        reader,
        title=shown.many or kind_id,
        description=shown.many,
        entries=entries,
        data=f"/api/v1/{kind_id}.json",
    )


def kind_cards(
    kind: Kind, reader: Reader, by_weight: bool = False
) -> tuple[Kind, list[tuple[Card, str, list[TieView]]]]:
    """The entities of a kind: each with its summary in plain words and its first ties."""
    t = interface(reader)
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


def entity(reader: Reader, entity_id: str) -> Output:
    """Everything the briefing has of one entity."""
    found = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    t = interface(reader)
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
        id=entity_id,
        kind=kind_,
        aliases=found.aliases,
        summary=citations.html(found.summary),
        figures=[fact for fact in facts if fact.figure][:4],
        trust=trust_line(facts, t),
        count=len(facts),
        groups=_groups(entity_id, facts, t),
        dense=len(facts) > 8,
        ties=[
            (tie, fact_view(fact, reader))
            for tie in ties
            if (fact := reader.one(Fact, "fact", tie.fact))
        ],
        events=timeline(((fact, None) for fact in facts), reader),
        mentions=told_in(_elsewhere(entity_id, reader), reader),
        sources=_sources(facts),
        edit_url=edit_url("entity", entity_id, reader),
        data=f"/api/v1/{found.kind}/{entity_id}.json",
    )


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


def _elsewhere(entity_id: str, reader: Reader) -> list[Mention]:
    """Where an entity is named, its own summary left out."""
    mentions = reader.all(Mention, "mentions", entity_id)
    return [m for m in mentions if (m.sort, m.id) != ("entity", entity_id)]


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
