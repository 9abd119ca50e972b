"""A source, its seed and its parts → problems."""

import difflib
from collections.abc import Iterator

from standfirst.coverage import open_passages, percent, source_coverage
from standfirst.evidence import Fault, Reading
from standfirst.model import Seed, Source
from standfirst.problem import Path, Problem
from standfirst.reader import Reader
from standfirst.verify.places import problem


def check_missing_seed(source: Source, reader: Reader) -> Iterator[Problem]:
    """A source's `seed` is a file in seeds/."""
    if not source.seed or reader.has("seed", source.seed):
        return
    known = reader.all(str, "seeds")
    close = difflib.get_close_matches(source.seed, known, n=1, cutoff=0.3)
    hint = "put the text there, as it was captured"
    if close:
        hint = f'did you mean "{close[0]}"?'
    elif not source.seed.startswith("seeds/"):
        hint = "a seed lies in seeds/: write seed: seeds/…"
    yield problem("missing-seed", f"there is no {source.seed}", source, ("seed",), reader, hint)


def check_seed_changed(source: Source, reader: Reader) -> Iterator[Problem]:
    """The seed's sha256 is the one in its source's file: a changed seed is another source text, and
    every quote has to be looked at again."""
    seed = reader.one(Seed, "seed", source.seed)
    if seed is None or not source.sha256 or seed.sha256 == source.sha256:
        return
    message = f"{seed.path} is not the text that this sha256 was taken of; no quote was looked up"
    hint = (
        f"restore it, such as by: git checkout -- {seed.path}\n"
        f"or, if the new text is meant, write: sha256: {seed.sha256}"
    )
    yield problem("seed-changed", message, source, ("sha256",), reader, hint)


def check_bad_encoding(source: Source, reader: Reader) -> Iterator[Problem]:
    """Every file is UTF-8, seeds included."""
    seed = reader.one(Seed, "seed", source.seed)
    if seed is not None and seed.text is None:
        message = f"{seed.path} is not UTF-8"
        yield problem("bad-encoding", message, source, ("seed",), reader, "save it as UTF-8")


def check_quote_not_found(source: Source, reader: Reader) -> Iterator[Problem]:
    """The words behind a source's own fields stand in its seed."""
    for fault in _faults("quote-not-found", source, reader):
        message = "the seed does not have these words"
        message += f"; closest: {fault.detail}" if fault.detail else ""
        hint = "quote the seed's own words"
        yield problem(fault.slug, message, source, (fault.field, fault.index), reader, hint)


def check_quote_ambiguous(source: Source, reader: Reader) -> Iterator[Problem]:
    """The words behind a source's own fields stand in its seed once."""
    for fault in _faults("quote-ambiguous", source, reader):
        message = "these words stand more than once in the seed"
        hint = "quote more words around them"
        yield problem(fault.slug, message, source, (fault.field, fault.index), reader, hint)


def check_span_not_found(source: Source, reader: Reader) -> Iterator[Problem]:
    """The words that begin and end a layer or a part set aside stand verbatim in the seed, `to`
    after `from`."""
    for fault in _faults("span-not-found", source, reader):
        after = ", after those of `from`" if fault.part == "to" else ""
        message = f"the seed does not have these words{after}"
        hint = "copy them from the seed, letter by letter"
        yield problem(fault.slug, message, source, _span_path(fault), reader, hint)


def check_span_ambiguous(source: Source, reader: Reader) -> Iterator[Problem]:
    """The words that begin a layer or a part set aside stand in the seed once."""
    for fault in _faults("span-ambiguous", source, reader):
        message = "these words stand more than once in the seed"
        hint = "begin with more words"
        yield problem(fault.slug, message, source, _span_path(fault), reader, hint)


def check_layers_overlap(source: Source, reader: Reader) -> Iterator[Problem]:
    """No character of a seed lies in two layers."""
    for fault in _faults("layers-overlap", source, reader):
        message = f"the layers {fault.detail} overlap"
        yield problem(fault.slug, message, source, ("layers",), reader, "end the first earlier")


def check_unplaced_text(source: Source, reader: Reader) -> Iterator[Problem]:
    """Every character of a seed that is not white space lies in a layer or is set aside."""
    for fault in _faults("unplaced-text", source, reader):
        words = " ".join(fault.detail.split())
        shown = words if len(words) <= 60 else words[:60].rstrip() + " …"
        message = f'"{shown}" lies in no layer and is not set aside'
        hint = 'put it in a layer, or add under set_aside: {from: "…", reason: …}'
        yield problem(fault.slug, message, source, ("layers",), reader, hint)


def check_coverage_low(source: Source, reader: Reader) -> Iterator[Problem]:
    """The share of a source's passages that are accounted for is at least `coverage_min`, 100 if
    the briefing does not say. A passage is accounted for when located quotes cover at least half
    of its words, or it is set aside. Coverage is judged once nothing else is wrong with facts and
    sources."""
    least = reader.one(float, "coverage-min")
    if least is None or not reader.has("passages", source.id):
        return
    covered = source_coverage(source.id, reader)
    if not covered.passages or covered.accounted * 100 >= least * covered.passages:
        return
    open_ = open_passages(source.id, reader)
    numbers = list(dict.fromkeys(str(passage.line) for passage in open_))
    lines = ", ".join(numbers[:8])
    more = ", …" if len(numbers) > 8 else ""
    message = (
        f"coverage is {percent(covered)} %, below {least:g} %: of {covered.passages} passages "
        f"{len(open_)} {'is' if len(open_) == 1 else 'are'} open (seed line {lines}{more})"
    )
    hint = "quote them in facts or set them aside; to list them: python build.py coverage"
    yield problem("coverage-low", message, source, ("seed",), reader, hint)


def _faults(slug: str, source: Source, reader: Reader) -> Iterator[Fault]:
    reading = reader.one(Reading, "passages", source.id)
    return (fault for fault in reading.faults if fault.slug == slug) if reading else iter(())


def _span_path(fault: Fault) -> Path:
    return (fault.field, fault.index, fault.part)
