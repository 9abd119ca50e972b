"""Records → the published JSON: no union types, absent is `null` or `[]`, keys in a fixed order."""

from collections.abc import Mapping

import orjson

from standfirst.coverage import briefing_coverage, source_coverage, uses_by_passage
from standfirst.dates import Dating, read_date
from standfirst.evidence import Located, Reading
from standfirst.figures import read_figure
from standfirst.link import Card, Mention, Tie, is_id
from standfirst.model import Briefing, Entity, Fact, Kind, Source, Value
from standfirst.passages import Coverage
from standfirst.reader import Reader, kept
from standfirst.render.naming import (
    date_words,
    edit_url,
    entities_of,
    fact_route,
    plain_text,
    voice_name,
)

Json = Mapping[str, object]


def as_bytes(value: Json) -> bytes:
    """JSON as published: UTF-8, keys as given, one newline at the end."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def briefing_json(reader: Reader) -> bytes:
    """The briefing, what it is sorted by, and how much it holds."""
    briefing = reader.one(Briefing, "briefing") or Briefing()
    return as_bytes(
        {
            "title": briefing.title,
            "standfirst": plain_text(briefing.standfirst, reader) or None,
            "as_of": briefing.as_of,
            "language": briefing.language,
            "key_points": briefing.key_points,
            "kinds": [_kind(kind, reader) for kind in briefing.kinds],
            "relations": [
                {"id": type_.id, "says": type_.says, "back": type_.back}
                for type_ in briefing.relations
            ],
            "sections": [
                {"id": card.id, "title": card.name, "route": card.route}
                for card in sorted(reader.all(Card, "sections"), key=lambda card: card.order)
            ],
            "counts": {
                "facts": len(reader.all(str, "fact-ids")),
                "entities": len(reader.all(Card, "entities")),
                "sources": len(reader.all(Card, "sources")),
                "sections": len(reader.all(Card, "sections")),
            },
            "coverage": _coverage(briefing_coverage(reader)),
        }
    )


def kind_json(reader: Reader, kind: str) -> bytes:
    """The entities of one kind."""
    cards = [card for card in reader.all(Card, "entities") if card.kind == kind]
    entities = [reader.one(Entity, "entity", card.id) for card in cards]
    return as_bytes(
        {"kind": kind, "entities": [_entity(entity, reader) for entity in entities if entity]}
    )


def entity_json(reader: Reader, entity_id: str) -> bytes:
    """One entity with its facts in full, its mentions and its ties."""
    entity = reader.one(Entity, "entity", entity_id) or Entity(id=entity_id)
    facts = [reader.one(Fact, "fact", id_) for id_ in reader.all(str, "facts-of", entity_id)]
    return as_bytes(
        {
            **_entity(entity, reader),
            "facts": [fact_data(fact, reader) for fact in facts if fact],
            "mentioned_in": [
                _mention(m, reader) for m in reader.all(Mention, "mentions", entity_id)
            ],
            "relations": [
                {"fact": tie.fact, **_tie(tie)} for tie in reader.all(Tie, "ties-of", entity_id)
            ],
        }
    )


def facts_json(reader: Reader) -> bytes:
    """Every fact, its evidence located."""
    told = [_own_facts(card.id, reader) for card in reader.all(Card, "entities")]
    return b'{"facts":[%s]}\n' % b",".join(filter(None, told))


@kept
def _own_facts(entity_id: str, reader: Reader) -> bytes:
    """An entity's own facts, one after the other."""
    facts = [reader.one(Fact, "fact", id_) for id_ in reader.all(str, "own-facts", entity_id)]
    return b",".join(orjson.dumps(fact_data(fact, reader)) for fact in facts if fact)


def sources_json(reader: Reader) -> bytes:
    """Every source with its passages and coverage."""
    sources = [reader.one(Source, "source", card.id) for card in reader.all(Card, "sources")]
    return as_bytes({"sources": [_source(source, reader) for source in sources if source]})


def problems_json(reader: Reader) -> bytes:
    """Always empty: with a problem nothing is published."""
    return as_bytes({"problems": []})


def fact_data(fact: Fact, reader: Reader) -> Json:
    """A fact with everything known of it, its evidence located."""
    located = reader.one(tuple[Located, ...], "evidence", fact.id) or ()
    opponents = reader.all(str, "disputed-by", fact.id)
    ties = [
        Tie(fact.id, t.type, t.from_, t.to, t.what, t.stage, fact.status) for t in fact.relations
    ]
    return {
        "id": fact.id,
        "entity": fact.entity,
        "text": plain_text(fact.text, reader),
        "status": fact.status,
        "by": [
            {"id": voice if is_id(voice) else None, "name": voice_name(voice, reader)}
            for voice in fact.by
        ],
        "entities": entities_of(fact, reader),
        "about": fact.about,
        "date": _date(fact.date, fact.date_role, fact.date_basis, fact.date_words, reader),
        "value": _value(fact.value),
        "relations": [_tie(tie) for tie in ties],
        "evidence": [_located(one) for one in located if one.field == "evidence"],
        "also": [
            {
                **_located(one),
                "differs": fact.also[one.index].differs,
                "date": _date(
                    fact.also[one.index].date,
                    fact.date_role,
                    None,
                    fact.also[one.index].date_words,
                    reader,
                ),
            }
            for one in located
            if one.field == "also"
        ],
        "doubt": plain_text(fact.doubt, reader) or None,
        "condition": plain_text(fact.condition, reader) or None,
        "note": plain_text(fact.note, reader) or None,
        "disputes": list(dict.fromkeys((*fact.disputes, *opponents))),
        "supersedes": fact.supersedes,
        "resolves": fact.resolves,
        "route": fact_route(fact, reader),
        "edit_url": edit_url("fact", fact.id, reader),
    }


def _kind(kind: Kind, reader: Reader) -> Json:
    count = sum(card.kind == kind.id for card in reader.all(Card, "entities"))
    route = f"/{kind.id}/"
    return {"id": kind.id, "one": kind.one, "many": kind.many, "route": route, "count": count}


def _entity(entity: Entity, reader: Reader) -> Json:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name or entity.id,
        "aliases": entity.aliases,
        "summary": plain_text(entity.summary, reader) or None,
        "route": f"/{entity.kind}/{entity.id}/",
        "counts": {
            "facts": len(reader.all(str, "facts-of", entity.id)),
            "mentions": len(reader.all(Mention, "mentions", entity.id)),
            "relations": len(reader.all(Tie, "ties-of", entity.id)),
        },
    }


def _mention(mention: Mention, reader: Reader) -> Json:
    route, title, sentence = "/", mention.title, mention.sentence
    match mention.sort:
        case "fact":
            fact = reader.one(Fact, "fact", mention.id) or Fact(id=mention.id)
            route, sentence = fact_route(fact, reader), fact.text
            title = voice_name(fact.entity, reader)
        case "entity":
            named = reader.one(Entity, "entity", mention.id) or Entity(id=mention.id)
            route, title = f"/{named.kind}/{named.id}/", named.name
        case "section":
            route = f"/sections/{mention.id}/"
        case _:
            title = reader.one(Briefing, "briefing").title  # type: ignore[union-attr]
    return {
        "sort": mention.sort,
        "id": mention.id or None,
        "title": title,
        "sentence": plain_text(sentence, reader),
        "route": route,
    }


def _tie(tie: Tie) -> Json:
    return {
        "type": tie.type,
        "from": tie.from_,
        "to": tie.to,
        "what": tie.what,
        "stage": tie.stage,
        "denied": tie.denied,
    }


def _located(one: Located) -> Json:
    return {
        "source": one.source,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "line": one.line,
        "layer": one.layer,
        "verdict": one.verdict,
    }


def _date(
    date: str | None, role: str, basis: str | None, words: str | None, reader: Reader
) -> Json | None:
    dating = read_date(date) if date else None
    if not isinstance(dating, Dating):
        return None
    return {
        "edtf": dating.edtf,
        "earliest": dating.earliest,
        "latest": dating.latest,
        "label": date_words(dating, reader),
        "role": role,
        "basis": basis,
        "words": words,
    }


def _value(value: Value | None) -> Json | None:
    if value is None:
        return None
    read = read_figure(value.figure)
    return {
        "of": value.of,
        "figure": value.figure,
        "amount": value.amount if value.amount is not None else read and read.amount,
        "min": value.min if value.min is not None else read and read.min,
        "max": value.max if value.max is not None else read and read.max,
        "unit": value.unit if value.unit is not None else read and read.unit,
        "bound": value.bound,
    }


def _coverage(covered: Coverage) -> Json:
    return {
        "passages": covered.passages,
        "accounted": covered.accounted,
        "sentences": covered.sentences,
        "used": covered.used,
        "words": covered.words,
        "quoted": covered.quoted,
    }


def _source(source: Source, reader: Reader) -> Json:
    reading = reader.one(Reading, "passages", source.id) or Reading()
    uses = uses_by_passage(source.id, reader)
    covered = source_coverage(source.id, reader)
    origin = source.origin
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "origin": {
            "publisher": origin.publisher,
            "platform": origin.platform,
            "author": origin.author,
        },
        "published": source.published,
        "url": source.url,
        "language": source.language,
        "sha256": source.sha256,
        "coverage": _coverage(covered),
        "passages": [
            {
                "start": passage.start,
                "end": passage.end,
                "layer": passage.layer,
                "state": state,
                "facts": [*dict.fromkeys(use.fact for use in uses.get(number, ()) if use.fact)],
                "text": passage.text
                if source.licence == "whole" and state != "set-aside"
                else None,
            }
            for number, (passage, state) in enumerate(
                zip(reading.passages, covered.states, strict=True), start=1
            )
        ],
    }
