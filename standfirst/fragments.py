"""A stretch of a seed → the part of an address that leads a browser to those very words.

The form is WICG's text fragment, `text=[prefix-,]start[,end][,-suffix]`. A start or end stands
within one line of the seed, for no browser looks for one across blocks. What is set aside and the
marks of lines are nobody's words: they break a line, and no fragment holds them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from standfirst.quotes import UNSPACED, Prepared, Stretch, normal

WHOLE = 8
"""A quote of so many words is looked for whole; of a longer one its first and last words."""
FEW = 4
"""So many first and last words are taken where they tell the place."""
CONTEXT = 5
"""At most so many words before or after are added where they do not."""
LONGEST = 1_500
"""No fragment is longer: some servers refuse long addresses."""

# In a script without spaces a run of letters up to its stop is taken for a word: where words end
# in it, each browser decides for itself.
_WORD = re.compile(rf"[{UNSPACED}]+[^\s\w]*|[^\s{UNSPACED}]+")
_BREAK = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_BLANK = re.compile(r"[ \t\n\f\r]+")
_TYPED = re.compile(r"[^A-Za-z0-9._~ ]")
REACH = 400
"""No further from a stretch than this is anything looked at."""

Word = re.Match[str]
"""A word where it stands in the seed."""


def address_at(url: str, fragment: str) -> str:
    """The address with a text fragment; an anchor that it has already stays."""
    if not fragment:
        return url
    if ":~:" in url:
        return f"{url}&text={fragment}"
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def text_fragment(seed: Prepared, place: Stretch, away: Sequence[Stretch]) -> str:
    """What follows `text=`: what a browser finds first on a page with the seed's text.

    `away` are the stretches that are not the article's words. Empty where there are no words, or
    none short enough for an address.
    """
    lines = list(_lines(seed.raw, place, away))
    if not lines:
        return ""
    first = _words(seed.raw, lines[0])
    last = _words(seed.raw, lines[-1]) if len(lines) > 1 else first
    if len(lines) == 1 and len(first) <= WHOLE:
        begin, end = Stretch(first[0].start(), first[-1].end()), None
        is_first = is_told = _is_first(seed, begin, 0)
    else:
        room = len(first) - FEW if len(lines) == 1 else len(first)
        begin, is_first = _begin(seed, first[: max(room, 1)])
        end, is_told = _end(seed, [word for word in last if word.start() >= begin.end], begin.end)
        is_told = is_told if end else is_first
    parts = [_encoded(seed.raw, part) for part in (begin, end) if part]
    before = None if is_first else _before(seed, begin, away)
    after = None if is_told or (before and not end) else _after(seed, begin, end, away)
    if before:
        parts.insert(0, _encoded(seed.raw, before) + "-")
    if after:
        parts.append("-" + _encoded(seed.raw, after))
    fragment = ",".join(parts)
    return fragment if len(fragment) <= LONGEST else ""


def _begin(seed: Prepared, words: Sequence[Word]) -> tuple[Stretch, bool]:
    """The fewest first words that stand nowhere before, or as many as a whole quote may have.

    And whether they stand nowhere before.
    """
    for count in range(FEW, WHOLE + 1):
        begin = Stretch(words[0].start(), words[:count][-1].end())
        is_first = _is_first(seed, begin, 0)
        if is_first or count >= len(words):
            break
    return begin, is_first


def _end(seed: Prepared, words: Sequence[Word], after: int) -> tuple[Stretch | None, bool]:
    """The fewest last words that do not stand between the first ones and their own place.

    And whether they do not stand there.
    """
    end, is_first = None, False
    for count in range(FEW, WHOLE + 1) if words else ():
        end = Stretch(words[-count:][0].start(), words[-1].end())
        is_first = _is_first(seed, end, after)
        if is_first or count >= len(words):
            break
    return end, is_first


def _before(seed: Prepared, begin: Stretch, away: Sequence[Stretch]) -> Stretch | None:
    """The words before that tell this beginning from an earlier one, where there are such."""
    reach = Stretch(max(0, begin.start - REACH), begin.start)
    lines = list(_lines(seed.raw, reach, away))
    if not lines or any(lines[-1].end <= part.start < begin.start for part in away):
        return None
    words, at = _words(seed.raw, lines[-1]), lines[-1].end
    if reach.start and lines[-1].start == reach.start:
        words = words[1:]  # perhaps a cut one
    for count in range(1, CONTEXT + 1):
        known = words[-count:]
        if known and _is_first(seed, Stretch(known[0].start(), begin.end), 0):
            return Stretch(known[0].start(), at)
    return None


def _after(
    seed: Prepared, begin: Stretch, end: Stretch | None, away: Sequence[Stretch]
) -> Stretch | None:
    """The words after that tell this end from one before it, where there are such."""
    last, since = end or begin, begin.end if end else 0
    lines = list(_lines(seed.raw, Stretch(last.end, min(len(seed.raw), last.end + REACH)), away))
    if not lines or any(last.end <= part.start < lines[0].start for part in away):
        return None
    words = _words(seed.raw, lines[0], CONTEXT)
    for count in range(1, len(words) + 1):
        if _is_first(seed, Stretch(last.start, words[count - 1].end()), since):
            return Stretch(lines[0].start, words[count - 1].end())
    return None


def _is_first(seed: Prepared, part: Stretch, since: int) -> bool:
    """Do these words stand nowhere in the seed after `since` and before their own place?"""
    words = normal(seed.raw[part.start : part.end]).strip(" ").lower()
    first, last = bisect_left(seed.offsets, since), bisect_left(seed.offsets, part.start)
    return not seed.stands_between(words, first, last)


def _lines(text: str, within: Stretch, away: Iterable[Stretch]) -> Iterator[Stretch]:
    """The parts of a stretch that print, each within a line and free of what is away."""
    breaks = [Stretch(*found.span()) for found in _BREAK.finditer(text, within.start, within.end)]
    breaks += [part for part in away if part.start < within.end and within.start < part.end]
    breaks.sort()
    edges = [Stretch(within.start, within.start), *breaks, Stretch(within.end, within.end)]
    at = within.start
    for before, following in pairwise(edges):
        at = max(at, before.end)
        line = text[at : following.start]
        if printed := line.strip():
            start = at + len(line) - len(line.lstrip())
            yield Stretch(start, start + len(printed))


def _words(text: str, line: Stretch, most: int | None = None) -> list[Word]:
    """The words of a line, or the first few of them."""
    return list(islice(_WORD.finditer(text, line.start, line.end), most))


def _encoded(text: str, part: Stretch) -> str:
    """The seed's own characters, those percent-encoded that an address or the form would read."""
    words = _BLANK.sub(" ", text[part.start : part.end])
    typed = _TYPED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), words)
    return typed.replace(" ", "%20")
