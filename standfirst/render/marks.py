"""A passage × what is quoted of it → its words, each quoted stretch a link to the facts.

What one fact quotes leads to the fact, what several quote to the list of them beside the passage.
Each quote has an anchor that holds all of its words. Where two quotes cross, the anchor of the
second holds the tail of the first (class `t`), so that a sheet can mark the whole of either.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from standfirst.evidence import Use
from standfirst.passages import Passage
from standfirst.quotes import Stretch, word_count, word_starts

MOST_WORDS = 25
"""How many quoted words of a passage are shown unless the licence allows the whole."""

_CLOSE = Markup("</span>")
_STOPS = " .,;:!?\"'”’"
_STOPS_BEFORE = " \t\r\n.,;:!?)]"


def quote_anchor(start: int, end: int) -> str:
    """The id of a quoted stretch on its source's page."""
    return f"c{start}-{end}"


def marked(
    passage: Passage,
    uses: Sequence[Use],
    begun: Iterable[Stretch],
    routes: Mapping[str, str],
    together: str,
    whole: bool,
) -> Markup:
    """The passage's quoted words, marked; the rest only where the licence allows the whole.

    `uses` are those that touch the passage, `begun` the quotes that have their anchors in it.
    `routes` leads to the facts, in the order of their numbers, `together` to the list of them.
    """
    parts: list[Markup] = []
    anchors = sorted(begun, key=lambda quote: (quote.start, -quote.end))
    last = passage.start
    for run in _runs(passage, uses, whole):
        parts.append(_between(passage, last, run.start, not parts, whole))
        here = [quote for quote in anchors if quote.start < run.end]
        anchors = anchors[len(here) :]
        parts.append(Markup(f"<mark>{_run(passage, run, uses, here, routes, together)}</mark>"))
        last = run.end
    # What is quoted after the words that are shown has its place at their end.
    parts += [_span(quote) + _CLOSE for quote in anchors]
    rest = passage.text[last - passage.start :]
    if whole:
        parts.append(escape(rest))
    elif parts and rest.strip(_STOPS):
        parts.append(Markup(" …"))
    return Markup("".join(parts))


def _between(passage: Passage, start: int, end: int, first: bool, whole: bool) -> Markup:
    """What stands before a run: the words themselves, or that there are some."""
    words = passage.text[start - passage.start : end - passage.start]
    if whole:
        return escape(words)
    if words.strip():
        return Markup("… " if first else " … ")
    return Markup("" if first else " ")


def _runs(passage: Passage, uses: Iterable[Use], whole: bool) -> Iterator[Stretch]:
    """The quoted stretches inside a passage, those that touch as one, as far as they are shown."""
    left = MOST_WORDS
    for run in _joined(passage, uses):
        words = passage.text[run.start - passage.start : run.end - passage.start]
        starts = word_starts(words)
        if whole or len(starts) <= left:
            yield run
        elif left > 0:
            yield Stretch(run.start, run.start + len(words[: starts[left]].rstrip()))
        left -= len(starts)
        if left <= 0 and not whole:
            break


def _joined(passage: Passage, uses: Iterable[Use]) -> list[Stretch]:
    joined: list[Stretch] = []
    for use in sorted(uses, key=lambda use: (use.start, use.end)):
        start, end = max(use.start, passage.start), min(use.end, passage.end)
        if joined and start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Stretch(start, end))
    return joined


def _run(
    passage: Passage,
    run: Stretch,
    uses: Sequence[Use],
    anchors: Sequence[Stretch],
    routes: Mapping[str, str],
    together: str,
) -> Markup:
    """A run cut where quotes begin and end, each part a link to the facts that quote it."""
    nest = _Nest()
    edges = {edge for use in uses for edge in (use.start, use.end) if run.start < edge < run.end}
    for start, end in pairwise(sorted({run.start, run.end, *edges})):
        nest.close(start)
        opening = [quote for quote in anchors if max(quote.start, run.start) == start]
        own = opening.pop() if opening and min(opening[-1].end, run.end) == end else None
        for quote in opening:
            nest.open(quote, min(quote.end, run.end))
        cover = {use.fact for use in uses if use.start < end and start < use.end}
        facts = [fact for fact in routes if fact in cover]
        words = passage.text[start - passage.start : end - passage.start]
        nest.parts.append(_part(words, own, facts, routes, together))
    nest.close(run.end)
    return Markup("".join(nest.parts))


def _part(
    words: str,
    own: Stretch | None,
    facts: Sequence[str],
    routes: Mapping[str, str],
    together: str,
) -> Markup:
    """Some quoted words: a link, with the numbers of the facts where the passage has several."""
    if not facts or not word_count(words):
        return _span(own) + escape(words) + _CLOSE if own else escape(words)
    inner = words.lstrip(_STOPS_BEFORE).rstrip()
    before, _, after = words.partition(inner)
    numbers = [str(number) for number, fact in enumerate(routes, start=1) if fact in facts]
    marks = f"<sup>{' '.join(numbers)}</sup>" if len(routes) > 1 else ""
    id_ = f' id="{quote_anchor(own.start, own.end)}"' if own else ""
    to = routes[facts[0]] if len(facts) == 1 else together
    link = f'<a href="{escape(to)}"{id_}>{escape(inner)}{marks}</a>'
    return Markup(f"{escape(before)}{link}{escape(after)}")


def _span(quote: Stretch) -> Markup:
    return Markup(f'<span id="{quote_anchor(quote.start, quote.end)}">')


class _Nest:
    """The anchors around the words of a run: elements nest, quotes may cross."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []
        self._ends: list[int] = []

    def close(self, at: int) -> None:
        """Closes every anchor that ends here or before."""
        while self._ends and self._ends[-1] <= at:
            self._ends.pop()
            self.parts.append(_CLOSE)

    def open(self, quote: Stretch, end: int) -> None:
        """Opens a quote's anchor; those that end within it go on inside it."""
        tails = []
        while self._ends and self._ends[-1] < end:
            tails.append(self._ends.pop())
            self.parts.append(_CLOSE)
        self._ends.append(end)
        self.parts.append(_span(quote))
        for tail in reversed(tails):
            self._ends.append(tail)
            self.parts.append(Markup('<span class="t">'))
