"""A source's passages × what is quoted of them → how much of it the facts account for.

Reads what `evidence.py` contributed, never a seed; how much is covered is contributed, too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from standfirst.archive import Contribution
from standfirst.evidence import Reading, Use, passage_at
from standfirst.link import Card
from standfirst.passages import Coverage, Passage, State, coverage
from standfirst.quotes import Stretch
from standfirst.reader import Reader, shared


def cover(source_id: str, reader: Reader) -> list[Contribution]:
    """Contributes how much of a source, and of each of its layers, the facts account for."""
    reading = reader.one(Reading, "passages", source_id)
    if reading is None:
        return []
    used = stretches_used(source_id, reader)
    layers: dict[str, list[Passage]] = {}
    for passage in reading.passages:
        layers.setdefault(passage.layer, []).append(passage)
    each = {name: coverage(inside, used) for name, inside in layers.items()}
    states = {name: iter(one.states) for name, one in each.items()}
    in_order = tuple(next(states[passage.layer]) for passage in reading.passages)
    return [
        (("coverage", source_id), _together(each.values(), in_order)),
        *((("coverage", source_id, name), one) for name, one in each.items()),
    ]


def source_coverage(source_id: str, reader: Reader) -> Coverage:
    """How much of a source's passages is accounted for, and how much of its words is quoted."""
    return reader.one(Coverage, "coverage", source_id) or _NONE


def layer_coverage(source_id: str, layer: str, reader: Reader) -> Coverage:
    """The coverage of one layer of a source."""
    return reader.one(Coverage, "coverage", source_id, layer) or _NONE


@shared
def uses_by_passage(source_id: str, reader: Reader) -> Mapping[int, Sequence[Use]]:
    """What is quoted of each passage of a source, by the passage's number."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    passages, found = reading.passages, dict[int, list[Use]]()
    for use in reader.all(Use, "used", source_id):
        number = passage_at(use.start, passages)
        while number <= len(passages) and passages[number - 1].start < use.end:
            found.setdefault(number, []).append(use)
            number += 1
    return found


@shared
def briefing_coverage(reader: Reader) -> Coverage:
    """The coverage of all sources together."""
    each = [source_coverage(card.id, reader) for card in reader.all(Card, "sources")]
    return _together(each, tuple(state for one in each for state in one.states))


def percent(covered: Coverage) -> int:
    """The share of passages accounted for, in whole per cent, rounded down; 100 of no passages."""
    return covered.accounted * 100 // covered.passages if covered.passages else 100


def coverage_report(source_id: str, reader: Reader) -> Iterator[str]:
    """A source's coverage by layer, and its open passages, as lines for a terminal."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    names = dict.fromkeys(passage.layer for passage in reading.passages)
    rows = [(name, layer_coverage(source_id, name, reader)) for name in names]
    rows.append(("all", source_coverage(source_id, reader)))
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


def _together(each: Collection[Coverage], states: tuple[State, ...]) -> Coverage:
    return Coverage(
        sum(one.passages for one in each),
        sum(one.accounted for one in each),
        sum(one.sentences for one in each),
        sum(one.used for one in each),
        sum(one.words for one in each),
        sum(one.quoted for one in each),
        states,
    )


_NONE = coverage((), ())
"""The coverage of what could not be read."""
