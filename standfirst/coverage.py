"""A source's passages × what is quoted of them → how much of it the facts account for.

Reads what `evidence.py` contributed, never a seed.
"""

import functools
from collections.abc import Iterator

from standfirst.evidence import Reading, Use
from standfirst.link import Card
from standfirst.passages import Coverage, Passage, coverage
from standfirst.quotes import Stretch
from standfirst.reader import Reader, shared


@shared
def source_coverage(source_id: str, reader: Reader) -> Coverage:
    """How much of a source's passages is accounted for, and how much of its words is quoted."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    return _coverage(reading.passages, reader.all(Use, "used", source_id))


@shared
def layer_coverage(source_id: str, layer: str, reader: Reader) -> Coverage:
    """The coverage of one layer of a source."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    passages = tuple(passage for passage in reading.passages if passage.layer == layer)
    return _coverage(passages, reader.all(Use, "used", source_id))


@shared
def briefing_coverage(reader: Reader) -> Coverage:
    """The coverage of all sources together."""
    each = [source_coverage(card.id, reader) for card in reader.all(Card, "sources")]
    return Coverage(
        sum(one.passages for one in each),
        sum(one.accounted for one in each),
        sum(one.sentences for one in each),
        sum(one.used for one in each),
        sum(one.words for one in each),
        sum(one.quoted for one in each),
        tuple(state for one in each for state in one.states),
    )


def percent(covered: Coverage) -> int:
    """The share of passages accounted for, in whole per cent, rounded down; 100 of no passages."""
    return covered.accounted * 100 // covered.passages if covered.passages else 100


def coverage_report(source_id: str, reader: Reader) -> Iterator[str]:
    """A source's coverage by layer, and its open passages, as lines for a terminal."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    used = stretches_used(source_id, reader)
    rows = [
        (name, coverage([p for p in reading.passages if p.layer == name], used))
        for name in dict.fromkeys(passage.layer for passage in reading.passages)
    ]
    rows.append(("all", coverage(reading.passages, used)))
    width = max(len(name) for name, _ in rows)
    for name, one in rows:
        quoted = one.quoted * 100 // one.words if one.words else 0
        yield (
            f"  {name:<{width}}  {one.accounted} of {one.passages} passages accounted for "
            f"({percent(one)} %), {one.used} of {one.sentences} sentences used, "
            f"{quoted} % of words quoted"
        )
    for passage in open_passages(source_id, reader):
        yield f"  open, seed line {passage.line} ({passage.layer}): {passage.text}"


def open_passages(source_id: str, reader: Reader) -> list[Passage]:
    """The passages of a source that nothing accounts for."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    states = source_coverage(source_id, reader).states
    return [p for p, state in zip(reading.passages, states, strict=True) if state == "open"]


def stretches_used(source_id: str, reader: Reader) -> list[Stretch]:
    """The stretches of a source that facts and its own fields quote."""
    return [Stretch(use.start, use.end) for use in reader.all(Use, "used", source_id)]


@functools.lru_cache(maxsize=64)
def _coverage(passages: tuple[Passage, ...], uses: tuple[Use, ...]) -> Coverage:
    """The coverage of some passages; half a dozen pages ask for the same."""
    return coverage(passages, [Stretch(use.start, use.end) for use in uses])
