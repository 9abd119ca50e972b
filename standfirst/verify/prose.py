"""Prose → problems where it says a figure its evidence does not have, or rests on nothing.

A fact's own text is prose over the fact's own quotes; summaries, the standfirst and sections are
prose over the facts they cite in the same sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from standfirst.dates import Dating, read_date
from standfirst.evidence import is_located
from standfirst.inenglish import in_english
from standfirst.markup import (
    Reference,
    paragraphs,
    references,
    section_references,
    sentences,
    within,
)
from standfirst.model import Briefing, Entity, Fact, Record, Section
from standfirst.problem import Path, Problem
from standfirst.prose import Support, claims, may_claim, unsourced
from standfirst.reader import Reader
from standfirst.verify.facts import has_quotes
from standfirst.verify.places import at_word


def check_unsourced_figure(record: Record, reader: Reader) -> Iterator[Problem]:
    """A figure, a date or a quotation in prose stands in its evidence: in a fact's text, in one of
    its own quotes, its figure, date or date basis; in a summary, the standfirst or a section, in a
    fact cited in the same sentence."""
    language = _language(reader)
    for path, text, pieces in _prose(record, language):
        found = _references(path, text)
        clean = _blanked(text, found)
        for start, end in pieces:
            said = in_english(clean[start:end], language)
            if not may_claim(said.text):
                continue
            inside = within(found, start, end)
            names = _names(record, inside, reader)
            stated = claims(said.text, names)
            if not stated or _is_open(record, inside, reader):
                continue
            facts = _facts(record, inside, reader)
            lacking = unsourced(stated, _support(facts, reader), names)
            if lacking and not all(is_located(fact.id, reader) for fact in facts):
                continue  # a quote is at fault, and one mistake is one problem
            for claim in lacking:
                first, last = (start + said.offsets[at] for at in (claim.start, claim.end))
                yield _unsourced(record, path, text, first, last, reader)


def check_uncited_sentence(record: Record, reader: Reader) -> Iterator[Problem]:
    """Every sentence of a summary and of the standfirst, and every paragraph of a section, cites at
    least one fact."""
    if isinstance(record, Fact):
        return
    for path, text, pieces in _prose(record, _language(reader)):
        found = _references(path, text)
        units = [(p.start, p.end) for p in paragraphs(text)] if path == ("body",) else pieces
        for start, end in units:
            inside = within(found, start, end)
            if any(r.kind == "cite" or _is_fact_or_nothing(r.id, reader) for r in inside):
                continue
            what = "paragraph" if path == ("body",) else "sentence"
            hint = "cite the fact it rests on: [@fact-id]"
            line_end = text.find("\n", start)
            shown_end = end if line_end < 0 else min(end, line_end)
            message = f"this {what} cites no fact"
            yield at_word(
                "uncited-sentence", message, record, path, text, start, shown_end, reader, hint
            )


def _language(reader: Reader) -> str:
    return reader.one(str, "language") or "en"


def _prose(record: Record, language: str) -> Iterator[tuple[Path, str, Sequence[tuple[int, int]]]]:
    """The texts of a record that are prose, each with its sentences (a fact's text is one)."""
    match record:
        case Fact():
            yield ("text",), record.text, [(0, len(record.text))]
        case Briefing() if record.standfirst:
            pieces = sentences(record.standfirst, language)
            yield ("standfirst",), record.standfirst, pieces
        case Entity() if record.summary:
            yield ("summary",), record.summary, sentences(record.summary, language)
        case Section():
            if record.summary:
                yield ("summary",), record.summary, sentences(record.summary, language)
            yield ("body",), record.body, _section_sentences(record.body, language)


def _section_sentences(body: str, language: str) -> list[tuple[int, int]]:
    """The sentences of a section's paragraphs, and what stands outside of them as it is."""
    pieces = []
    for paragraph in paragraphs(body):
        text = body[paragraph.start : paragraph.end]
        pieces += [(paragraph.start + s, paragraph.start + e) for s, e in sentences(text, language)]
    return pieces


def _is_open(record: Record, inside: Iterable[Reference], reader: Reader) -> bool:
    """Whether what prose rests on is not known, because a reference dangles or a quote is missing.

    That is its own problem.
    """
    if isinstance(record, Fact):
        return not has_quotes(record)
    return any(not reader.has("id", reference.id) for reference in inside)


def _is_fact_or_nothing(id_: str, reader: Reader) -> bool:
    return reader.has("fact", id_) or not reader.has("id", id_)


def _references(path: Path, text: str) -> tuple[Reference, ...]:
    return section_references(text) if path == ("body",) else references(text)


def _blanked(text: str, found: Sequence[Reference]) -> str:
    """The text with equally many blanks for references; the words of a link stay, being prose."""
    if not found:
        return text
    parts, last = [], 0
    for one in found:
        parts += [text[last : one.start], " " * (one.end - one.start)]
        if one.words:
            before = one.id_end + 1 - one.start
            parts[-1] = " " * before + text[one.id_end + 1 : one.end - 2] + "  "
        last = one.end
    return "".join((*parts, text[last:]))


def _facts(record: Record, inside: Iterable[Reference], reader: Reader) -> list[Fact]:
    """The facts that a piece of prose rests on."""
    if isinstance(record, Fact):
        return [record]
    ids = dict.fromkeys(reference.id for reference in inside)
    return [fact for id_ in ids if (fact := reader.one(Fact, "fact", id_))]


def _support(facts: Iterable[Fact], reader: Reader) -> Support:
    """What these facts bear, each quote read in its source's language."""
    facts = list(facts)
    own = _language(reader)
    quotes = [quote for fact in facts for quote in fact.evidence]
    ids = sorted({quote.source for quote in quotes})
    spoken = {id_: reader.one(str, "source-language", id_) or "en" for id_ in ids}
    datings = [d for f in facts if f.date and isinstance(d := read_date(f.date), Dating)]
    return Support(
        quotes=tuple(in_english(quote.quote, spoken[quote.source]).text for quote in quotes),
        figures=tuple(_figure(fact, spoken) for fact in facts if fact.value),
        dates=tuple((dating.earliest, dating.latest) for dating in datings),
        edtf=tuple(dating.edtf for dating in datings),
        basis=tuple(in_english(x.date_basis, own).text for x in facts if x.date_basis),
    )


def _figure(fact: Fact, spoken: Mapping[str, str]) -> str:
    """A fact's figure, in the language of the source that it is quoted from."""
    figure = fact.value.figure if fact.value else ""
    language = next((spoken[quote.source] for quote in fact.evidence), "en")
    return in_english(figure, language).text


def _names(record: Record, inside: Iterable[Reference], reader: Reader) -> tuple[str, ...]:
    """Names that the prose may hold, digits and all: those of the entities it is about."""
    ids = [reference.id for reference in inside]
    match record:
        case Fact():
            ids += [record.entity, *record.about, *record.by]
        case Entity():
            ids.append(record.id)
    entities = [e for id_ in dict.fromkeys(ids) if (e := reader.one(Entity, "entity", id_))]
    return tuple(name for entity in entities for name in (entity.name, *entity.aliases))


def _unsourced(
    record: Record, path: Path, text: str, start: int, end: int, reader: Reader
) -> Problem:
    if isinstance(record, Fact):
        where = "in no quote of this fact"
        hint = "write what the quote says, or quote the words that say it"
    else:
        where = "in no fact cited in this sentence"
        hint = "cite the fact that says it, or write [[fact-id]] to print its figure"
    message = f'"{" ".join(text[start:end].split())}" stands {where}'
    return at_word("unsourced-figure", message, record, path, text, start, end, reader, hint)
