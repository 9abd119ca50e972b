"""Fact × source → where its quotes stand; seed × source → its passages.

The only functions whose results are contributions, and the only readers of a seed's text: pages,
checks and coverage read what is contributed here. Both run between link and verify.
"""

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from standfirst.archive import Contribution
from standfirst.fragments import REACH, text_fragment
from standfirst.model import Also, LayerSpan, Quote, Seed, SetAside, Source
from standfirst.nearest import closest
from standfirst.passages import (
    Layer,
    Passage,
    find_span,
    split_passages,
    unplaced,
)
from standfirst.quotes import Prepared, Stretch, find_quote, prepare
from standfirst.reader import Reader


@dataclass(frozen=True, slots=True)
class Located:
    """Where one quote stands in its source.

    `start` and `end` are offsets in the seed (-1 where it was not found), `words` the source's own
    words there. `nearby` is the word-by-word difference to the closest passage of a quote that was
    not found ("elsewhere": found, but not in its layer or between its prefix and suffix), `count`
    the number of places of an ambiguous one, `whole` the words of a cut one with
    those that it cuts. `field` names what quotes it: "evidence" or "also", with the `index` of the
    entry there. `passage` is the number of the passage it begins in, `fragment` what leads to it
    on the publisher's page, where there is one.
    """

    field: str
    index: int
    source: str
    quote: str
    verdict: str
    start: int = -1
    end: int = -1
    line: int = 0
    layer: str | None = None
    words: str = ""
    nearby: str = ""
    count: int = 0
    whole: str = ""
    passage: int = 0
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A stretch of a source that a fact quotes; `fact` is empty for a field of the source."""

    fact: str
    start: int
    end: int
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a span or a field of a source: which field, at which index or name."""

    slug: str
    field: str
    index: int | str
    detail: str = ""
    part: str = "from"


@dataclass(frozen=True, slots=True)
class Aside:
    """A part of a source that is set aside: where, and why; its text is shown nowhere."""

    start: int
    end: int
    reason: str
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A source read: its layers, its passages in order, what is set aside, and what is wrong.

    `fragments` lead to each passage on the publisher's page; there are none where there is no
    such page, or where only what is quoted of a passage may be shown.
    """

    layers: tuple[Layer, ...] = ()
    passages: tuple[Passage, ...] = ()
    asides: tuple[Aside, ...] = ()
    marked: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    fragments: tuple[str, ...] = ()


def passages(source_id: str, reader: Reader) -> list[Contribution]:
    """Contributes a source's `Reading`, and what its own fields use of the seed."""
    source = reader.one(Source, "source", source_id)
    seed = reader.one(Seed, "seed", source.seed) if source else None
    if source is None or seed is None or seed.text is None:
        return []
    if seed.sha256 != source.sha256:
        return []  # another text: `seed-changed` says so, and nothing else can be said of it
    text = seed.text
    layers, faults = _layers(source, text)
    asides, more = _asides(source, text)
    faults += more + _overlaps(layers)
    stretches = [Stretch(aside.start, aside.end) for aside in asides]
    marks = {mark.id: mark.character for mark in source.marks}
    read = split_passages(text, layers, marks, stretches, source.language)
    if not faults:  # a span that was not found leaves text unplaced: one mistake, one problem
        faults = [
            Fault("unplaced-text", "layers", "", text[gap.start : gap.end])
            for gap in unplaced(text, layers, stretches)
        ]
    uses, more = _own_uses(source, _prepared(text, read.marked))
    faults += more
    reading = Reading(tuple(layers), read.passages, tuple(asides), read.marked, tuple(faults))
    if source.url and source.licence == "whole":
        fragments = (
            _fragment(source, text, Stretch(p.start, p.end), reading) for p in read.passages
        )
        reading = replace(reading, fragments=tuple(fragments))
    return [
        (("passages", source_id), reading),
        (("passage-count", source_id), len(read.passages)),
        *((("used", source_id), use) for use in uses),
    ]


def locate(fact_id: str, reader: Reader) -> list[Contribution]:
    """Contributes where each quote of a fact stands, and what the fact uses of each source."""
    quotes = reader.one(tuple[Quote, ...], "quotes", fact_id)
    if quotes is None:
        return []
    found = [_located("evidence", i, entry, reader) for i, entry in enumerate(quotes)]
    also = reader.one(tuple[Also, ...], "also", fact_id) or ()
    found += [_located("also", i, entry, reader) for i, entry in enumerate(also)]
    uses = dict.fromkeys(
        (located.source, Use(fact_id, located.start, located.end, located.fragment))
        for located in found
        if located.verdict in ("found", "normalised")
    )
    return [
        (("evidence", fact_id), tuple(found)),
        (("quote-count",), len(found)),
        *((("used", source), use) for source, use in uses),
    ]


def passage_at(offset: int, passages: Sequence[Passage]) -> int:
    """The number of the passage that an offset of the seed lies in or before, counted from 1."""
    return bisect.bisect_right(passages, offset, key=lambda passage: passage.end) + 1


def is_located(fact_id: str, reader: Reader) -> bool:
    """Whether all evidence of a fact stands in its sources: only then can it bear anything out."""
    found = reader.one(tuple[Located, ...], "evidence", fact_id) or ()
    verdicts = (one.verdict for one in found if one.field == "evidence")
    return all(verdict in ("found", "normalised") for verdict in verdicts)


@functools.lru_cache(maxsize=64)
def _prepared(text: str, marked: tuple[int, ...]) -> Prepared:
    """A seed made ready for searching; the same for the same text, so it may be kept."""
    return prepare(text, marked)


@functools.lru_cache(maxsize=64)
def _line_starts(text: str) -> Sequence[int]:
    return [0, *(line_break.end() for line_break in re.finditer("\n", text))]


def _located(field: str, index: int, entry: Quote | Also, reader: Reader) -> Located:
    source = reader.one(Source, "source", entry.source)
    seed = reader.one(Seed, "seed", source.seed) if source else None
    is_read = seed is not None and source is not None and seed.sha256 == source.sha256
    if seed is None or seed.text is None or not is_read or not entry.quote:
        # A dangling source or another seed is its own problem; this quote was not looked for.
        return Located(field, index, entry.source, entry.quote, "unread")
    reading = reader.one(Reading, "passages", entry.source) or Reading()
    text, prepared = seed.text, _prepared(seed.text, reading.marked)
    within = None
    if entry.layer is not None:
        within = [Stretch(x.start, x.end) for x in reading.layers if x.name == entry.layer]
        if not within:  # a layer that was not found in the seed is its own problem
            is_named = source is not None and entry.layer in {x.name for x in source.layers}
            verdict = "unread" if is_named else "no-layer"
            return Located(field, index, entry.source, entry.quote, verdict)
    found = find_quote(entry.quote, prepared, within, entry.prefix or "", entry.suffix or "")
    if found.verdict == "not-found" and find_quote(entry.quote, prepared).verdict != "not-found":
        return Located(field, index, entry.source, entry.quote, "elsewhere")
    if found.verdict == "not-found":
        near = closest(entry.quote, prepared)
        nearby = near.difference if near else ""
        line = _line(text, near.start) if near else 0
        return Located(
            field, index, entry.source, entry.quote, "not-found", line=line, nearby=nearby
        )
    layer = next((x.name for x in reading.layers if x.start <= found.start < x.end), None)
    if _is_set_aside(found.start, found.end, reading):
        return Located(field, index, entry.source, entry.quote, "set-aside")
    return Located(
        field,
        index,
        entry.source,
        entry.quote,
        found.verdict,
        found.start,
        found.end,
        _line(text, found.start),
        layer,
        text[found.start : found.end],
        count=len(found.places),
        whole=_whole(found.start, found.end, prepared) if found.verdict == "cut" else "",
        passage=passage_at(found.start, reading.passages),
        fragment=_fragment(source, text, Stretch(found.start, found.end), reading),
    )


def _fragment(source: Source | None, text: str, place: Stretch, reading: Reading) -> str:
    """What leads to a stretch of a source on its publisher's page; nothing without an address."""
    if source is None or not source.url or _is_set_aside(place.start, place.end, reading):
        return ""
    away = [Stretch(aside.start, aside.end) for aside in reading.asides]
    first = bisect.bisect_left(reading.marked, place.start - REACH)
    last = bisect.bisect_right(reading.marked, place.end + REACH, first)
    away += [Stretch(at, at + 1) for at in reading.marked[first:last]]
    return text_fragment(_prepared(text, reading.marked), place, away)


def _whole(start: int, end: int, seed: Prepared) -> str:
    """The words of a stretch of the seed, with the whole of those at its edges."""
    first, last = bisect.bisect_left(seed.offsets, start), bisect.bisect_left(seed.offsets, end)
    while seed.is_cut(first, first):
        first -= 1
    while seed.is_cut(last, last):
        last += 1
    whole = seed.stretch(first, last)
    return " ".join(seed.raw[whole.start : whole.end].split())


def _line(text: str, offset: int) -> int:
    return bisect.bisect_right(_line_starts(text), offset)


def _is_set_aside(start: int, end: int, reading: Reading) -> bool:
    return any(aside.start < end and start < aside.end for aside in reading.asides)


def _layers(source: Source, text: str) -> tuple[list[Layer], list[Fault]]:
    """The layers in order of place; a source that names none is one layer, its body."""
    if not source.layers:
        return [Layer("body", 0, len(text))], []
    layers, faults = [], []
    for index, span in enumerate(source.layers):
        found = _stretch(text, span, "layers", index)
        if isinstance(found, Fault):
            faults.append(found)
        elif found:
            layers.append(Layer(span.name, found.start, found.end))
    return sorted(layers, key=lambda layer: layer.start), faults


def _asides(source: Source, text: str) -> tuple[list[Aside], list[Fault]]:
    asides, faults = [], []
    for index, span in enumerate(source.set_aside):
        found = _stretch(text, span, "set_aside", index)
        if isinstance(found, Fault):
            faults.append(found)
        elif found:
            words = len(text[found.start : found.end].split())
            asides.append(Aside(found.start, found.end, span.reason, words))
    return sorted(asides, key=lambda aside: aside.start), faults


def _stretch(
    text: str, span: LayerSpan | SetAside, field: str, index: int
) -> Stretch | Fault | None:
    """Where a span stands; nothing where it does not say from where (its own problem)."""
    if not span.from_:
        return None
    found = find_span(text, span.from_, span.to, span.to_end)
    if isinstance(found, Stretch):
        return found
    return Fault(found.slug, field, index, found.words, found.end)


def _overlaps(layers: Sequence[Layer]) -> list[Fault]:
    return [
        Fault("layers-overlap", "layers", "", f'"{first.name}" and "{second.name}"')
        for first, second in pairwise(layers)
        if second.start < first.end
    ]


def _own_uses(source: Source, prepared: Prepared) -> tuple[list[Use], list[Fault]]:
    """What the source's own fields quote of the seed; they too must stand there."""
    uses, faults = [], []
    for entry in source.evidence:
        found = find_quote(entry.quote, prepared)
        if found.verdict in ("found", "normalised", "cut"):
            uses.append(Use("", found.start, found.end))
        else:
            near = closest(entry.quote, prepared)
            slug = "quote-ambiguous" if found.verdict == "ambiguous" else "quote-not-found"
            faults.append(Fault(slug, "evidence", entry.id, near.difference if near else ""))
    return uses, faults
