"""A seed's text → spans, passages, and how far quotes cover them.

Every character of a layer that prints and is no mark lies in exactly one passage: nothing is
lost, nothing counted twice. Nothing here opens a file, knows a fact, or raises for what a text
holds. Offsets count characters of the seed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Literal

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

from standfirst.quotes import UNSEEN, WORD, Stretch, word_count, word_starts

Kind = Literal["heading", "sentence", "question", "answer"]
State = Literal["used", "open", "set-aside"]

_MARKED_KINDS: Mapping[str, Kind] = {"question": "question", "answer": "answer"}
_LONGEST_HEADING = 20
_LONGEST_PART = 4_000
_ends = attrgetter("start", "end")  # as the order of stretches is, and faster

_INKED = re.compile(rf"[^\s{UNSEEN}](?:.*[^\s{UNSEEN}])?", re.DOTALL)
_ENDED = re.compile(
    r"[.!?:;\u2026\u037e\u0589\u061b\u061f\u06d4\u0964\u0965\u104b\u1362\u17d4\u203c-\u203d"
    r"\u2047-\u2049\u3002\uff01\uff0e\uff1a\uff1b\uff1f\uff61]"
    r"[\s\"'\u2018-\u201f\xab\xbb\u2039\u203a)\]}*_\u300d\u300f\u3009\u300b\uff09]*\Z"
)
# White space beyond ASCII makes sentencex stop with a fault, lone surrogates cannot be encoded.
_RISKY = re.compile(r"[\s\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SpanFault:
    """Why a span is not in a text: the problem's slug, which end is at fault, and its words."""

    slug: Literal["span-not-found", "span-ambiguous"]
    end: Literal["from", "to"]
    words: str


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a source that weighs differently, such as its abstract."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, heading, question or answer; `line` counts from 1."""

    start: int
    end: int
    layer: str
    kind: Kind
    text: str
    line: int
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of a source in their order, and the offsets of its marked characters."""

    passages: tuple[Passage, ...]
    marked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far quotes cover passages.

    `accounted` counts the passages that are used or set aside; `sentences` the passages that are
    neither headings nor set aside, and `used` those of them that are used; `words` and `quoted`
    the words of passages not set aside, and those of them that stand in a quote. `states` holds
    a state for each passage, in their order.
    """

    passages: int
    accounted: int
    sentences: int
    used: int
    words: int
    quoted: int
    states: tuple[State, ...]


def find_span(
    text: str, from_words: str, to_words: str | None = None, to_end: bool = False
) -> Stretch | SpanFault:
    """The stretch from the first character of `from_words` to the last of `to_words`, verbatim.

    `from_words` stand once in the text, `to_words` after them. Without `to_words` the stretch ends
    with its line, or with the text if `to_end`.
    """
    start = text.find(from_words) if from_words else -1
    if start < 0:
        return SpanFault("span-not-found", "from", from_words)
    if text.find(from_words, start + 1) >= 0:
        return SpanFault("span-ambiguous", "from", from_words)
    after = start + len(from_words)
    if to_end:
        return Stretch(start, len(text))
    if to_words is None:
        return Stretch(start, _line_end(text, after))
    end = text.find(to_words, after) if to_words else -1
    if end < 0:
        return SpanFault("span-not-found", "to", to_words)
    return Stretch(start, end + len(to_words))


def split_passages(
    text: str,
    layers: Sequence[Layer],
    marks: Mapping[str, str],
    set_aside: Sequence[Stretch],
    language: str,
) -> Reading:
    """The passages of the layers, sentence by sentence.

    A mark named like a layer is glued to that layer's lines. Any other is a kind of line: such
    marks hold in a layer all of whose lines begin with one of them and a capital letter or digit,
    and in which each occurs. Where a stretch is set aside, passages are cut at its ends.
    """
    aside = _joined(set_aside)
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    passages: list[Passage] = []
    marked: list[int] = []
    for layer in sorted(layers, key=lambda layer: (layer.start, layer.end)):
        lines = _lines(text, layer)
        names = _marks_of(text, layer, lines, marks, layers, aside)
        for line, name in zip(lines, names, strict=True):
            unmarked = Stretch(min(line.start + len(marks.get(name, "")), line.end), line.end)
            marked += range(line.start, unmarked.start)
            number = bisect_right(line_starts, line.start)
            kind, sentences = _reading(text, unmarked, _MARKED_KINDS.get(name), language)
            passages += (
                Passage(start, end, layer.name, kind, text[start:end], number, is_aside)
                for sentence in sentences
                for start, end, is_aside in _parts(text, sentence, aside)
            )
    return Reading(tuple(passages), tuple(marked))


def unplaced(
    text: str, layers: Sequence[Layer], set_aside: Sequence[Stretch]
) -> tuple[Stretch, ...]:
    """What prints and lies neither in a layer nor in a stretch set aside."""
    taken = _joined([*(Stretch(layer.start, layer.end) for layer in layers), *set_aside])
    starts = [0, *(part.end for part in taken)]
    ends = [*(part.start for part in taken), len(text)]
    gaps = (_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True))
    return tuple(gap for gap in gaps if gap)


def state_of(passage: Passage, used: Iterable[Stretch]) -> State:
    """Set aside, used where quotes cover at least half of a passage's words, else open."""
    return coverage([passage], used).states[0]


def coverage(passages: Sequence[Passage], used: Iterable[Stretch]) -> Coverage:
    """How far the stretches where quotes were found cover passages, of a source or of a layer."""
    edges = [at for part in _joined(used) for at in (part.start, part.end)]
    counts = [_counts(passage, edges) for passage in passages]
    states = tuple(_state(*both) for both in zip(passages, counts, strict=True))
    of_sentences = [
        state
        for passage, state in zip(passages, states, strict=True)
        if passage.kind != "heading" and state != "set-aside"
    ]
    return Coverage(
        passages=len(states),
        accounted=len(states) - states.count("open"),
        sentences=len(of_sentences),
        used=of_sentences.count("used"),
        words=sum(words for words, _ in counts),
        quoted=sum(quoted for _, quoted in counts),
        states=states,
    )


def _counts(passage: Passage, edges: Sequence[int]) -> tuple[int, int]:
    """The words of a passage, and those that stand in a quote; none of one that is set aside.

    What lies after an odd number of the quotes' edges lies in a quote.
    """
    if passage.set_aside:
        return 0, 0
    first = bisect_right(edges, passage.start)
    last = bisect_right(edges, passage.end, first)
    if first == last:
        words = word_count(passage.text)
        return words, words * (first % 2)
    words_at = [passage.start + at for at in word_starts(passage.text)]
    quoted = sum(bisect_right(edges, at, first, last) % 2 for at in words_at)
    return len(words_at), quoted


def _state(passage: Passage, counts: tuple[int, int]) -> State:
    words, quoted = counts
    if passage.set_aside:
        return "set-aside"
    return "used" if quoted and quoted * 2 >= words else "open"


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches in order, those that overlap or touch as one, empty ones left out."""
    joined: list[Stretch] = []
    for part in sorted((part for part in stretches if part.start < part.end), key=_ends):
        if joined and part.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return joined


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    """A stretch without what does not print at its ends, `None` where nothing prints."""
    match = _INKED.search(text, start, end) if start < end else None
    return Stretch(*match.span()) if match else None


def _lines(text: str, layer: Layer) -> list[Stretch]:
    """The lines of a layer on which something prints."""
    ends = [match.end() for match in re.finditer("\n", text[layer.start : layer.end])]
    bounds = [layer.start, *(layer.start + end for end in ends), min(layer.end, len(text))]
    lines = (_trimmed(text, *both) for both in pairwise(bounds))
    return [line for line in lines if line]


def _marks_of(
    text: str,
    layer: Layer,
    lines: Sequence[Stretch],
    marks: Mapping[str, str],
    layers: Sequence[Layer],
    aside: Sequence[Stretch],
) -> list[str]:
    """The name of the mark that each line of a layer begins with, or nothing."""
    names = {part.name for part in layers}
    kinds = [name for name, mark in marks.items() if mark and name not in names]
    kinds.sort(key=lambda name: -len(marks[name]))
    found = [
        next((name for name in kinds if _is_glued(text, line.start, marks[name])), "")
        for line in lines
    ]
    is_aside = [any(_lies_in(line, part) for part in aside) for line in lines]
    begun = {name for name, away in zip(found, is_aside, strict=True) if not away}
    if begun != {*kinds}:
        is_aside = [True] * len(lines)
    own = marks.get(layer.name, "")
    return [
        layer.name if own and text.startswith(own, line.start) else "" if away else name
        for line, name, away in zip(lines, found, is_aside, strict=True)
    ]


def _is_glued(text: str, at: int, mark: str) -> bool:
    """Does a mark stand here, and a capital letter or digit directly after it?"""
    following = text[at + len(mark) : at + len(mark) + 1]
    return text.startswith(mark, at) and following.isalnum() and not following.islower()


def _reading(
    text: str, line: Stretch, kind: Kind | None, language: str
) -> tuple[Kind, list[Stretch]]:
    """What kind of line it is, and its sentences.

    A line without end punctuation is a heading, and whole, unless it is a long run of sentences
    cut off before its end.
    """
    sentences, words = _sentences(text, line, language), text[line.start : line.end]
    if kind:
        return kind, sentences
    if _ENDED.search(words) or (len(sentences) > 1 and word_count(words) > _LONGEST_HEADING):
        return "sentence", sentences
    return "heading", [line]


def _sentences(text: str, line: Stretch, language: str) -> list[Stretch]:
    """A line cut where sentences end; a piece without a word stays with the one before it."""
    sentences: list[Stretch] = []
    start = line.start
    for end in _sentence_ends(text, line, language.partition("-")[0].lower()):
        if sentences and not WORD.search(text, start, end):
            sentences[-1] = Stretch(sentences[-1].start, end)
        else:
            sentences.append(Stretch(start, end))
        start = end
    return sentences


def _sentence_ends(text: str, line: Stretch, language: str) -> Iterator[int]:
    """Where the sentences of a line end, the last one with the line.

    For a text of little but quotation marks sentencex takes time that grows with the square of
    its length, so a very long line is read in parts, each from the beginning of a sentence.
    """
    at = line.start
    while at < line.end:
        last = min(at + _LONGEST_PART, line.end)
        found = get_sentence_boundaries(language, _RISKY.sub(" ", text[at:last]))
        ends = [*(at + int(sentence["end_index"]) for sentence in found[:-1]), last]
        if last < line.end and len(ends) > 1:
            ends.pop()
        yield from ends
        at = ends[-1]


def _parts(
    text: str, sentence: Stretch, aside: Sequence[Stretch]
) -> Iterator[tuple[int, int, bool]]:
    """A sentence cut where stretches set aside begin and end, and whether each part is set aside.

    A part without a word has nothing to account for: it counts as set aside.
    """
    cuts = {at for part in aside for at in (part.start, part.end)}
    inner = {at for at in cuts if sentence.start < at < sentence.end}
    bounds = sorted({sentence.start, sentence.end, *inner})
    trimmed = (_trimmed(text, start, end) for start, end in pairwise(bounds))
    parts = [(part, _is_aside(text, part, aside)) for part in trimmed if part]
    for is_aside, group in groupby(parts, key=lambda both: both[1]):
        run = [part for part, _ in group]
        if is_aside:
            run = [Stretch(run[0].start, run[-1].end)]
        yield from ((part.start, part.end, is_aside) for part in run)


def _is_aside(text: str, part: Stretch, aside: Sequence[Stretch]) -> bool:
    is_bare = not WORD.search(text, part.start, part.end)
    return is_bare or any(_lies_in(part, other) for other in aside)


def _lies_in(part: Stretch, whole: Stretch) -> bool:
    return whole.start <= part.start and part.end <= whole.end
