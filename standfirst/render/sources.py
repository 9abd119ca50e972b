"""Sources → their pages: the passages in order, what of them is quoted by which facts, coverage."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.coverage import layer_coverage, percent, source_coverage, uses_by_passage
from standfirst.evidence import Aside, Reading, Use, passage_at
from standfirst.fragments import address_at
from standfirst.link import Card, FactCard
from standfirst.model import Fact, Source
from standfirst.pagination import PASSAGES, source_pages, source_route
from standfirst.passages import Coverage, Passage
from standfirst.problem import Problem
from standfirst.quotes import Stretch
from standfirst.reader import Reader, shared
from standfirst.render.facts import DateView, Link, date_view
from standfirst.render.html import html_page
from standfirst.render.marks import MOST_WORDS, marked
from standfirst.render.naming import edit_url, fact_route, interface, plain_text

MOST_FACTS = 24
"""How many facts are named beside a passage."""
SHORT = 60
"""At most so many characters of a fact stand beside a passage: the whole is a step away."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """A fact as it stands beside a passage: its first words, and how firm it is."""

    link: Link
    status: Markup


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as shown: its words (marked where quoted), what became of it, and by which facts.

    `id` is the anchor of the list of facts, `at` the passage on its publisher's page.
    """

    id: str
    kind: str
    state: str
    said: Markup
    line: int
    html: Markup
    facts: tuple[Quoting, ...]
    more: int
    at: str | None


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer with those of its passages that stand on the page, and its own coverage."""

    name: str
    id: str
    route: str
    passages: tuple[PassageView, ...]
    covered: Coverage
    percent: int
    quoted: int


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


def source(reader: Reader, source_id: str, number: str = "1") -> bytes | Problem:
    """One source, or the further part of it that has this number: its passages in order.

    What is known of it, its coverage and what is set aside stand on the first page.
    """
    found = reader.one(Source, "source", source_id) or Source(id=source_id)
    reading = reader.one(Reading, "passages", source_id) or Reading()
    covered = source_coverage(source_id, reader)
    pages, at = source_pages(source_id, reader), int(number) - 1
    whole = found.licence == "whole"
    named = interface(reader)("source-further", name=found.title, n=number)
    return html_page(
        "source.html",
        source_route(source_id, at * PASSAGES + 1),
        reader,
        title=str(named) if at else found.title,
        description=found.title,
        source=found,
        published=_published(found, reader),
        covered=covered,
        percent=percent(covered),
        layers=_layers(found, reading, covered, at * PASSAGES, reader),
        asides=reading.asides,
        whole=whole,
        most=MOST_WORDS,
        position=at + 1,
        previous=pages[at - 1] if at else None,
        following=pages[at + 1] if at + 1 < len(pages) else None,
        edit_url=edit_url("source", source_id, reader),
    )


def _published(source: Source, reader: Reader) -> DateView | None:
    return date_view(source.published, "event", None, None, reader)


def _layers(
    source: Source, reading: Reading, covered: Coverage, skipped: int, reader: Reader
) -> list[LayerView]:
    """The layers in order of place, those of one name together, as a page shows them.

    The page begins after so many passages; the first one knows of all layers, a further one of
    those that it shows.
    """
    views = []
    for name, found in _numbers(source.id, reader).items():
        here = [number for number in found if skipped < number <= skipped + PASSAGES]
        if here or not skipped:
            states = covered.states
            shown = [_passage(source, reading, n, states[n - 1], reader) for n in here]
            views.append(_layer(source, name, found[0], shown, reader))
    return views


@shared
def _numbers(source_id: str, reader: Reader) -> Mapping[str, Sequence[int]]:
    """The numbers of each layer's passages."""
    reading = reader.one(Reading, "passages", source_id) or Reading()
    numbers: dict[str, list[int]] = {}
    for number, passage in enumerate(reading.passages, start=1):
        numbers.setdefault(passage.layer, []).append(number)
    return numbers


def _layer(
    source: Source, name: str, first: int, shown: Iterable[PassageView], reader: Reader
) -> LayerView:
    """A layer that begins with the passage of this number."""
    covered = layer_coverage(source.id, name, reader)
    anchor = "layer-" + "".join(c if c.isalnum() else "-" for c in name.lower())
    return LayerView(
        name=name,
        id=anchor,
        route=f"{source_route(source.id, first)}#{anchor}",
        passages=tuple(shown),
        covered=covered,
        percent=percent(covered),
        quoted=covered.quoted * 100 // covered.words if covered.words else 0,
    )


def _passage(
    source: Source, reading: Reading, number: int, state: str, reader: Reader
) -> PassageView:
    passage = reading.passages[number - 1]
    inside = uses_by_passage(source.id, reader).get(number, ())
    inside = sorted(inside, key=lambda use: (use.start, use.end))
    begun = dict.fromkeys(Stretch(use.start, use.end) for use in inside)
    facts = list(dict.fromkeys(use.fact for use in inside if use.fact))
    quoting = [_quoting(id_, reader) for id_ in facts[:MOST_FACTS]]
    html = Markup("")
    if state != "set-aside":
        html = marked(
            passage,
            inside,
            [quote for quote in begun if passage_at(quote.start, reading.passages) == number],
            {fact.link.id: fact.link.route or "" for fact in quoting},
            f"#p{number}",
            source.licence == "whole",
        )
    return PassageView(
        id=f"p{number}",
        kind=passage.kind,
        state=state,
        said=_said(passage, state, len(facts), bool(inside), reading.asides, reader),
        line=passage.line,
        html=html,
        facts=tuple(quoting),
        more=len(facts) - len(quoting),
        at=_address(source, reading, number, inside),
    )


def _said(
    passage: Passage,
    state: str,
    facts: int,
    is_quoted: bool,
    asides: Iterable[Aside],
    reader: Reader,
) -> Markup:
    """What became of a passage, in words."""
    t = interface(reader)
    if state == "set-aside":
        reason = next((a.reason for a in asides if a.start <= passage.start < a.end), None)
        return t("set-aside-because", reason=reason) if reason else t("set-aside")
    if facts:
        return t("quoted-by", n=facts) if state == "used" else t("quoted-in-part-by", n=facts)
    return t("quoted-by-entry") if is_quoted else t("not-quoted")


def _quoting(fact_id: str, reader: Reader) -> Quoting:
    """A fact's first words and status, from its card: what else it says is not shown."""
    card = reader.one(FactCard, "card", fact_id)
    if card is None:
        return Quoting(Link(fact_id, None, fact_id), Markup(""))
    text, t = plain_text(card.text, reader), interface(reader)
    if len(text) > SHORT:
        text = text[: SHORT - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
    route = fact_route(Fact(id=card.id, entity=card.entity, kind=card.kind), reader)
    return Quoting(Link(text, route, fact_id), t(card.status))


def _address(source: Source, reading: Reading, number: int, uses: Sequence[Use]) -> str | None:
    """The passage on its publisher's page, found there by words that may be shown here."""
    if not source.url:
        return None
    if reading.fragments:
        fragment = reading.fragments[number - 1]
    else:
        fragment = next((use.fragment for use in uses if use.fragment), "")
    return address_at(source.url, fragment) if fragment else None
