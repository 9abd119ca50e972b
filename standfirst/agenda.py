"""What is known → what there is to do: sources to read, quotes to locate, checks, pages.

Reads ids wherever it can, so that an edit of words leaves every list as it was.
"""

from collections.abc import Callable, Mapping

import msgspec

from standfirst import later, plan
from standfirst.coverage import briefing_coverage
from standfirst.ledger import Ledger
from standfirst.link import Card
from standfirst.plan import Page
from standfirst.reader import Reader
from standfirst.store import Damaged, as_written
from standfirst.update import Counts


def _sources(reader: Reader) -> tuple[str, ...]:
    return tuple(card.id for card in reader.all(Card, "sources"))


def _facts(reader: Reader) -> tuple[str, ...]:
    return reader.all(str, "fact-ids")


def _counts(reader: Reader) -> Counts:
    """How much there is, told again only when it changes."""
    quotes = sum(reader.all(int, "quote-count"))
    return Counts(len(reader.all(str, "fact-ids")), quotes, briefing_coverage(reader))


_LISTS: Mapping[str, tuple[Callable[[Reader], object], object]] = {
    "sources": (_sources, tuple[str, ...]),
    "facts": (_facts, tuple[str, ...]),
    "checks": (later.checks, tuple[str, ...]),
    "pages": (plan.pages, tuple[Page, ...]),
    "counts": (_counts, Counts),
}
LISTS = tuple(_LISTS)
"""What there is to do, each list a task of its own, so that most edits list nothing anew."""


def listed(name: str, reader: Reader) -> object:
    """One of the lists."""
    return _LISTS[name][0](reader)


def lists_of(past: Ledger) -> Mapping[str, object]:
    """The lists as an earlier process had them."""
    found = {}
    for name, (_, sort) in _LISTS.items():
        done = past.done(("list", name))
        if done is None:
            raise Damaged
        found[name] = as_written(msgspec.msgpack.Decoder(sort).decode, done.kept)
    return found
