"""Sources → their pages: the passages in order, what of them is quoted by which facts, coverage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from standfirst.coverage import percent, source_coverage
from standfirst.evidence import Aside, Reading, Use
from standfirst.link import Card
from standfirst.model import Source
from standfirst.passages import Coverage, Passage, coverage
from standfirst.problem import Problem
from standfirst.quotes import Stretch, word_starts
from standfirst.reader import Reader
from standfirst.render.facts import DateView, Link, date_view, fact_link
from standfirst.render.html import html_page
from standfirst.render.naming import edit_url, interface

MOST_WORDS = 25
"""How many quoted words of a passage are shown unless the licence allows the whole."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as shown: its words (marked where quoted), the facts that quote it."""

    id: str
    kind: str
    state: str
    line: int
    html: Markup
    anchors: tuple[int, ...]
    facts: tuple[Link, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer with its passages and its own coverage."""

    name: str
    id: str
    passages: tuple[PassageView, ...]
    covered: Coverage
    percent: int


def sources(reader: Reader) -> bytes | Problem:
    """All sources, with how much of each the facts account for."""
    t = interface(reader)
    rows = []
    for card in reader.all(Card, "sources"):
        source = reader.one(Source, "source", card.id) or Source(id=card.id)
        covered = source_coverage(card.id, reader)
        count = len(reader.all(str, "from-source", card.id))
        rows.append((card, source, _published(source, reader), covered, percent(covered), count))
    return html_page(
        "sources.html",
        "/sources/",
        reader,
        title=str(t("sources")),
        description=str(t("sources-lede")),
        rows=rows,
        data="/api/v1/sources.json",
    )


def source(reader: Reader, source_id: str) -> bytes | Problem:
    """One source: what is known of it, its passages in order, what is set aside."""
    found = reader.one(Source, "source", source_id) or Source(id=source_id)
    reading = reader.one(Reading, "passages", source_id) or Reading()
    uses = reader.all(Use, "used", source_id)
    covered = source_coverage(source_id, reader)
    whole = found.licence == "whole"
    return html_page(
        "source.html",
        f"/sources/{source_id}/",
        reader,
        title=found.title,
        description=found.title,
        source=found,
        published=_published(found, reader),
        covered=covered,
        percent=percent(covered),
        layers=_layers(reading, uses, covered, whole, reader),
        asides=reading.asides,
        whole=whole,
        most=MOST_WORDS,
        edit_url=edit_url("source", source_id, reader),
    )


def _published(source: Source, reader: Reader) -> DateView | None:
    return date_view(source.published, "event", None, None, reader)


def _layers(
    reading: Reading, uses: Sequence[Use], covered: Coverage, whole: bool, reader: Reader
) -> list[LayerView]:
    """The layers in order of place, those of one name together."""
    stretches = [Stretch(use.start, use.end) for use in uses]
    by_name: dict[str, list[tuple[int, Passage, str]]] = {}
    for number, (passage, state) in enumerate(
        zip(reading.passages, covered.states, strict=True), start=1
    ):
        by_name.setdefault(passage.layer, []).append((number, passage, state))
    views = []
    for name, found in by_name.items():
        passages = [passage for _, passage, _ in found]
        of_layer = coverage(passages, stretches)
        shown = tuple(
            _passage(number, passage, state, uses, reading.asides, whole, reader)
            for number, passage, state in found
        )
        anchor = "layer-" + "".join(c if c.isalnum() else "-" for c in name.lower())
        views.append(LayerView(name, anchor, shown, of_layer, percent(of_layer)))
    return views


def _passage(
    number: int,
    passage: Passage,
    state: str,
    uses: Sequence[Use],
    asides: Iterable[Aside],
    whole: bool,
    reader: Reader,
) -> PassageView:
    inside = [use for use in uses if use.start < passage.end and passage.start < use.end]
    facts = dict.fromkeys(use.fact for use in inside if use.fact)
    begins = {use.start for use in inside if passage.start <= use.start}
    reason = None
    if state == "set-aside":
        reason = next((a.reason for a in asides if a.start <= passage.start < a.end), None)
    return PassageView(
        id=f"p{number}",
        kind=passage.kind,
        state=state,
        line=passage.line,
        html=Markup("") if state == "set-aside" else _marked(passage, inside, whole),
        anchors=tuple(sorted(begins)),
        facts=tuple(fact_link(id_, reader) for id_ in facts),
        reason=reason,
    )


def _marked(passage: Passage, uses: Iterable[Use], whole: bool) -> Markup:
    """The passage's quoted words marked; the rest only where the licence allows the whole."""
    parts: list[Markup] = []
    left, last = MOST_WORDS, passage.start
    for start, end in _joined(passage, uses):
        between = passage.text[last - passage.start : start - passage.start]
        if whole:
            parts.append(escape(between))
        elif between.strip():
            parts.append(Markup(" … ") if parts else Markup("… "))
        elif parts:
            parts.append(Markup(" "))
        text = passage.text[start - passage.start : end - passage.start]
        shown = text if whole else _first_words(text, left)
        left -= len(word_starts(shown))
        if shown:
            parts.append(Markup("<mark>{}</mark>").format(shown.strip()))
        last = end
        if left <= 0 and not whole:
            break
    rest = passage.text[last - passage.start :]
    if whole:
        parts.append(escape(rest))
    elif parts and (rest.strip(" .,;:!?\"'”’") or left <= 0):
        parts.append(Markup(" …"))
    return Markup("").join(parts)


def _joined(passage: Passage, uses: Iterable[Use]) -> list[tuple[int, int]]:
    """The quoted stretches inside a passage, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for use in sorted(uses, key=lambda use: (use.start, use.end)):
        start, end = max(use.start, passage.start), min(use.end, passage.end)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _first_words(text: str, count: int) -> str:
    starts = word_starts(text)
    return text if len(starts) <= count else text[: starts[count]].rstrip()
