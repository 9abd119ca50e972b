"""What is known of the briefing → its first page: the answer in half a minute, and the ways on."""

from collections.abc import Sequence

from standfirst.coverage import briefing_coverage, percent
from standfirst.link import Card, FactCard
from standfirst.markup import sentences
from standfirst.model import Briefing, Entity, Kind
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import fact_link, facts_named
from standfirst.render.html import by_order, html_page
from standfirst.render.naming import plain_text
from standfirst.render.prose import Citations
from standfirst.render.timeline import events_of

CAST = 6
"""How many entities are introduced with a sentence; the others by name."""


def home(reader: Reader) -> bytes | Problem:
    """What one must know in half a minute, and the ways on from there."""
    briefing = reader.one(Briefing, "briefing") or Briefing()
    key_points = facts_named(briefing.key_points, reader)
    here = {fact.id for fact in key_points}

    def target(id_: str, number: int) -> str:
        return f"#{id_}" if id_ in here else fact_link(id_, reader).route or "#"

    citations = Citations(reader, target)
    events = events_of(reader.all(FactCard, "dated"), reader)
    covered = briefing_coverage(reader)
    cards = reader.all(Card, "entities")
    cast = _cast(briefing.kinds, cards, reader)
    return html_page(
        "home.html",
        "/",
        reader,
        title=briefing.title,
        description=plain_text(briefing.standfirst, reader),
        standfirst=citations.html(briefing.standfirst),
        key_points=key_points,
        cast=[(card, _first_sentence(card.id, briefing.language, reader)) for card in cast],
        others=_others(briefing.kinds, cards, cast),
        ahead=[event for event in events if event.side == "ahead"],
        disputed=facts_named(dict.fromkeys(reader.all(str, "disputed")), reader),
        sections=by_order(reader.all(Card, "sections")),
        sources=reader.all(Card, "sources"),
        covered=covered,
        percent=percent(covered),
        count=len(reader.all(str, "fact-ids")),
    )


def _cast(kinds: Sequence[Kind], cards: Sequence[Card], reader: Reader) -> list[Card]:
    """The entities of the first kind of which most is said."""
    first = [card for card in cards if kinds and card.kind == kinds[0].id]
    first.sort(key=lambda card: -len(reader.all(str, "facts-of", card.id)))
    return first[:CAST]


def _first_sentence(entity_id: str, language: str, reader: Reader) -> str:
    """Who somebody is, in one sentence without marks."""
    entity = reader.one(Entity, "entity", entity_id)
    summary = entity.summary if entity else None
    for start, end in sentences(summary or "", language):
        return plain_text((summary or "")[start:end], reader)
    return ""


def _others(
    kinds: Sequence[Kind], cards: Sequence[Card], cast: Sequence[Card]
) -> list[tuple[Kind, list[Card]]]:
    """Everybody else, by kind."""
    named = {card.id for card in cast}
    by_kind = [
        (kind, [card for card in cards if card.kind == kind.id and card.id not in named])
        for kind in kinds
    ]
    return [(kind, others) for kind, others in by_kind if others]
