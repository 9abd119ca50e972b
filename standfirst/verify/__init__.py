"""Records → problems: the checks, and the tasks that run them.

Every check sees one record and the archive through `Reader`, yields all it finds and never stops
early. A check `check_quote_cut` gives problems of the slug `quote-cut`, and its docstring is the
rule that `check --explain quote-cut` prints.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping

from standfirst.link import Card
from standfirst.model import Briefing, Entity, Fact, Section, Source
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.verify import briefings, facts, prose, references, rules, sources

Checked = Briefing | Entity | Fact | Section | Source
Check = Callable[..., Iterable[Problem]]

TEXTS: tuple[Check, ...] = (
    references.check_dangling_reference,
    references.check_bad_reference,
    prose.check_unsourced_figure,
    prose.check_uncited_sentence,
)
CHECKS: Mapping[type[Checked], tuple[Check, ...]] = {
    Briefing: (*TEXTS, briefings.check_wrong_point),
    Entity: (
        *TEXTS,
        references.check_duplicate_id,
        briefings.check_unknown_kind,
        facts.check_conflicting_values,
    ),
    Fact: (
        *TEXTS,
        references.check_duplicate_id,
        facts.check_quote_not_found,
        facts.check_quote_ambiguous,
        facts.check_quote_cut,
        facts.check_quote_short,
        facts.check_quote_long,
        facts.check_quote_set_aside,
        facts.check_unknown_layer,
        facts.check_value_not_in_quote,
    ),
    Section: (*TEXTS, references.check_route_taken),
    Source: (
        references.check_duplicate_id,
        sources.check_missing_seed,
        sources.check_seed_changed,
        sources.check_bad_encoding,
        sources.check_quote_not_found,
        sources.check_quote_ambiguous,
        sources.check_span_not_found,
        sources.check_span_ambiguous,
        sources.check_layers_overlap,
        sources.check_unplaced_text,
        sources.check_coverage_low,
    ),
}


SORTS: Mapping[str, type[Checked]] = {kind.__name__.lower(): kind for kind in CHECKS}


def slug(check: Check) -> str:
    """The slug of the problems that a check yields."""
    return check.__name__.removeprefix("check_").replace("_", "-")


def _rules() -> dict[str, str]:
    found: dict[str, str] = dict(rules.LOADING)
    for checks_of in CHECKS.values():
        for check in checks_of:
            found.setdefault(slug(check), inspect.getdoc(check) or "")
    return dict(sorted(found.items()))


SLUGS: Mapping[str, str] = _rules()
"""Every slug a problem can have, with its rule in the author's words."""


def checks(reader: Reader) -> tuple[str, ...]:
    """The names of all checks there are, one for each record: its sort and its id."""
    names = [("briefing", "")]
    for sort, ids in (
        ("entity", [card.id for card in reader.all(Card, "entities")]),
        ("fact", reader.all(str, "fact-ids")),
        ("section", [card.id for card in reader.all(Card, "sections")]),
        ("source", [card.id for card in reader.all(Card, "sources")]),
    ):
        names += [(sort, id_) for id_ in ids]
    return tuple(dict.fromkeys(f"{sort} {id_}".strip() for sort, id_ in names))


def check(name: str, reader: Reader) -> tuple[Problem, ...]:
    """What all checks of a record's sort find wrong with it."""
    sort, _, id_ = name.partition(" ")
    if sort == "briefing" and not reader.has(sort):
        return (briefings.missing_briefing(),)
    found = reader.one(SORTS[sort], *((sort, id_) if id_ else (sort,)))
    return tuple(_found(found, reader)) if found is not None else ()


def _found(record: Checked, reader: Reader) -> Iterator[Problem]:
    due = CHECKS[type(record)]
    if isinstance(record, Fact) and not facts.has_fault(record, reader):
        due = tuple(check for check in due if check not in facts.OF_QUOTES)
    for check in due:
        yield from check(record, reader)
