"""A fact's quotes, value and date → problems; facts of one entity against each other."""

from collections.abc import Callable, Iterator

from standfirst.dates import DateFault, Dating, is_within, read_date, readable_in
from standfirst.evidence import Located, is_located
from standfirst.inenglish import in_english
from standfirst.link import Measure
from standfirst.model import Also, Entity, Fact, Quote, Source
from standfirst.problem import Path, Problem
from standfirst.quotes import is_long, is_short, normal, stands_in, word_count
from standfirst.reader import Reader
from standfirst.verify.places import places, problem, shown


def check_quote_not_found(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote stands word for word in its source, after one published normalisation of both:
    line ends, runs of white space, curly and straight quotation marks, dashes, no-break spaces,
    soft hyphens and Unicode's composed form (NFC)."""
    for located, path in _with_verdict("not-found", fact, reader):
        message = f'"{located.source}" does not have these words'
        hint = "quote the source's own words"
        if located.nearby:
            message += f"; closest, at line {located.line} of its seed: {located.nearby}"
            hint = "[-…-] is not in the source, {+…+} is: quote the source's own words"
        yield problem("quote-not-found", message, fact, path, reader, hint)
    for located, path in _with_verdict("elsewhere", fact, reader):
        entry = _entries(fact, located.field)[located.index]
        asked = [name for name in ("layer", "prefix", "suffix") if getattr(entry, name)]
        message = f'"{located.source}" has these words, but not with this {" and ".join(asked)}'
        hint = f"copy what stands around them from the seed, or leave out {' and '.join(asked)}"
        yield problem("quote-not-found", message, fact, path, reader, hint)


def check_quote_ambiguous(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote stands in its source once, or says which place it means by `layer`, `prefix` or
    `suffix`."""
    for located, path in _with_verdict("ambiguous", fact, reader):
        message = f'these words stand {located.count} times in "{located.source}"'
        hint = "quote more words, or say which: {quote: …, layer: …} or {quote: …, prefix: …}"
        yield problem("quote-ambiguous", message, fact, path, reader, hint)


def check_quote_cut(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote neither begins nor ends inside a word or a number."""
    for located, path in _with_verdict("cut", fact, reader):
        message = f'the quote begins or ends inside a word or number of "{located.source}"'
        hint = "quote whole words" + (f": {located.whole}" if located.whole else "")
        yield problem("quote-cut", message, fact, path, reader, hint)


def check_quote_set_aside(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote does not come from a part of the source that is set aside."""
    for located, path in _with_verdict("set-aside", fact, reader):
        message = f'these words stand in a part of "{located.source}" that is set aside'
        hint = "quote the article, or change set_aside in the source's file"
        yield problem("quote-set-aside", message, fact, path, reader, hint)


def check_unknown_layer(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote's `layer` is one of its source's layers."""
    for located, path in _with_verdict("no-layer", fact, reader):
        entry = _entries(fact, located.field)[located.index]
        message = f'"{located.source}" has no layer "{entry.layer}"'
        source = reader.one(Source, "source", located.source)
        names = [layer.name for layer in source.layers] if source else []
        hint = f"its layers are {', '.join(names)}" if names else "it has no layers: leave it out"
        yield problem("unknown-layer", message, fact, (*path[:-1], "layer"), reader, hint)


def check_quote_short(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote has at least three words, or a figure."""
    why, hint = "too few to show what it says", "quote at least three words"
    yield from _sized("quote-short", is_short, why, hint, fact, reader)


def check_quote_long(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """A quote has at most 60 words; what needs more is several quotes."""
    why, hint = "and may have 60", "quote less, or make it a list of shorter quotes"
    yield from _sized("quote-long", _is_long, why, hint, fact, reader)


def check_value_not_in_quote(fact: Fact, reader: Reader) -> Iterator[Problem]:
    """`value.figure` and `date_words` stand, as they are, in a quote of the fact. The date can be
    read off a quote; where it cannot, `date_basis` says why it is this date."""
    for index, also in enumerate(fact.also):
        if also.date_words and also.quote and not _stands(also.date_words, [also.quote]):
            at, where = ("also", index, "date_words"), "does not stand in the quote beside it"
            yield _not_in_quote(also.date_words, where, fact, at, reader)
    if not has_quotes(fact):
        return
    quotes = [entry.quote for entry in fact.evidence]
    if not is_located(fact.id, reader):
        return  # the quote is at fault, and one mistake is one problem
    if fact.value and fact.value.figure and not _stands(fact.value.figure, quotes):
        where = "stands in no quote of this fact"
        yield _not_in_quote(fact.value.figure, where, fact, ("value", "figure"), reader)
    if fact.date_words and not _stands(fact.date_words, quotes):
        where = "stands in no quote of this fact"
        yield _not_in_quote(fact.date_words, where, fact, ("date_words",), reader)
    dating = read_date(fact.date) if fact.date else None
    if isinstance(dating, Dating) and not fact.date_basis and not _readable(dating, fact, reader):
        message = f"the date {fact.date} cannot be read off the fact's quotes"
        hint = 'quote the words that date it, or say why: date_basis: "…"'
        yield problem("value-not-in-quote", message, fact, ("date",), reader, hint)


def check_conflicting_values(entity: Entity, reader: Reader) -> Iterator[Problem]:
    """Two facts of one entity that give one measure different figures for the same time (each
    dated as an event, as of or as a target, one date within the other) are linked by `disputes`
    or `supersedes`."""
    measures = reader.all(Measure, "measures", entity.id)
    for index, other in enumerate(measures):
        # The first conflict is enough to tell: the rest come up when it is linked.
        one = next((one for one in measures[:index] if _conflict(one, other)), None)
        if one is None:
            continue
        first, second = (reader.one(Fact, "fact", measure.fact) for measure in (one, other))
        if first is None or second is None:
            continue
        there = places(first, reader).value(("value", "figure"))
        message = (
            f'{other.of} is "{other.figure}" here and "{one.figure}" in {one.fact} ({shown(there)})'
        )
        hint = f"say that they disagree: disputes: [{one.fact}], or which holds: supersedes: …"
        yield problem("conflicting-values", message, second, ("value", "figure"), reader, hint)


def _with_verdict(verdict: str, fact: Fact, reader: Reader) -> Iterator[tuple[Located, Path]]:
    """The quotes of a fact that came to a verdict, and where in the file each is written."""
    for located in reader.one(tuple[Located, ...], "evidence", fact.id) or ():
        if located.verdict == verdict:
            yield located, entry_path(fact, located.field, located.index)


OF_QUOTES = frozenset(
    (
        check_quote_not_found,
        check_quote_ambiguous,
        check_quote_cut,
        check_quote_set_aside,
        check_unknown_layer,
    )
)
"""The checks that look for quotes at fault alone."""


def has_fault(fact: Fact, reader: Reader) -> bool:
    """Whether a quote of a fact was looked for and not found as it should be."""
    found = reader.one(tuple[Located, ...], "evidence", fact.id) or ()
    return any(one.verdict not in ("found", "normalised", "unread") for one in found)


def has_quotes(fact: Fact) -> bool:
    """Whether a fact has evidence, all of it words; what is missing is its own problem."""
    return bool(fact.evidence) and all(entry.quote for entry in fact.evidence)


def entry_path(fact: Fact, field: str, index: int) -> Path:
    """Where an entry of `evidence` or `also` is written: evidence is listed by source."""
    if field == "also":
        return ("also", index, "quote")
    source = fact.evidence[index].source
    among = [i for i, quote in enumerate(fact.evidence) if quote.source == source]
    return ("evidence", source, among.index(index), "quote")


def _entries(fact: Fact, field: str) -> tuple[Quote | Also, ...]:
    return fact.evidence if field == "evidence" else fact.also


def _sized(
    slug: str, is_wrong: Callable[[str], bool], why: str, hint: str, fact: Fact, reader: Reader
) -> Iterator[Problem]:
    for field in ("evidence", "also"):
        for index, entry in enumerate(_entries(fact, field)):
            if entry.quote and is_wrong(entry.quote):
                count = word_count(entry.quote)
                message = f"the quote has {count} word{'' if count == 1 else 's'}, {why}"
                path = entry_path(fact, field, index)
                yield problem(slug, message, fact, path, reader, hint)


def _is_long(quote: str) -> bool:
    # In ASCII a word ends at white space: told of most quotes without counting.
    return not (quote.isascii() and len(quote) <= 120) and is_long(quote)


def _stands(words: str, quotes: list[str]) -> bool:
    return any(stands_in(words, quote) for quote in quotes)


def _readable(dating: Dating, fact: Fact, reader: Reader) -> bool:
    """Whether a quote prints the date, in the language of its source."""
    for entry in fact.evidence:
        language = reader.one(str, "source-language", entry.source) or "en"
        if readable_in(dating, " ".join(in_english(entry.quote, language).text.split())):
            return True
    return False


def _not_in_quote(words: str, where: str, fact: Fact, path: Path, reader: Reader) -> Problem:
    message = f'"{words}" {where}'
    hint = "write it as the source prints it, and quote the words that hold it"
    return problem("value-not-in-quote", message, fact, path, reader, hint)


def _conflict(one: Measure, other: Measure) -> bool:
    if one.of.casefold() != other.of.casefold() or normal(one.figure) == normal(other.figure):
        return False
    if one.fact in other.linked or other.fact in one.linked:
        return False
    if "said" in (one.date_role, other.date_role) or not (one.date and other.date):
        return False
    first, second = read_date(one.date), read_date(other.date)
    if isinstance(first, DateFault) or isinstance(second, DateFault):
        return False
    return is_within(first, second) or is_within(second, first)
