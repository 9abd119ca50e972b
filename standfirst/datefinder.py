"""English prose → the dates it prints, in the parts EDTF spells them with.

Knows no calendar and no clock: which days a date covers, `dates` says.
"""

import re
from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from standfirst.datewords import Point


class Mention(NamedTuple):
    """A date as a text words it: where it stands, and the EDTF parts it gives.

    `years` holds the spellings it may stand for ("1900s": `190X`, `19XX`), `parts` the months or
    codes; `soft` says that they fit only a date marked as approximate ("late 2025").
    """

    start: int
    end: int
    kind: str
    years: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    soft: bool = False

    def states(self, point: Point) -> bool:
        """Whether these words give all that the date states."""
        part = point.part.removeprefix("XX")
        day = point.day.removeprefix("XX")
        return (
            point.year in self.years
            and (not part or part in self.parts)
            and (not day or int(day) in self.days)
            and (not part or not self.soft or point.mark in ("~", "%"))
        )

    def edtf(self) -> str:
        """The likeliest date in EDTF; empty where it gives no year, or several years or days."""
        if len(self.years) != 1 or len(self.days) > 1:
            return ""
        part = self.parts[0] if self.parts else ""
        day = f"{self.days[0]:02d}" if self.days else ""
        return str(Point(self.years[0], part, day, "~" if self.soft else ""))


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_SEASONS = {
    "spring": ("21", "25", "29"),
    "summer": ("22", "26", "30"),
    "autumn": ("23", "27", "31"),
    "fall": ("23", "27", "31"),
    "winter": ("24", "28", "32"),
}
_ORDINALS = {"first": 1, "second": 2, "latter": 2, "third": 3, "fourth": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_UNITS = {"q": (32, 4), "t": (32, 4), "h": (39, 2), "s": (39, 2), "f": (36, 3)}
"""By the first letter (quarter, three months, half, six months, four months): base, count."""
_EDGES = {
    "start": ("01", "33", "40"),
    "beginning": ("01", "33", "40"),
    "early": ("33", "01", "02", "03", "37", "40"),
    "mid": ("06", "07"),
    "middle": ("06", "07"),
    "late": ("36", "10", "11", "12", "39", "41"),
    "end": ("12", "36", "41"),
    "close": ("12", "36", "41"),
}
_YEAR = r"[1-9]\d{3,}(?!\w|[.,]\d|\s?%|\sbce?\b)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:]|[.,]\d)"
_DAYS = rf"{_DAY}(?:\s?(?:[-\u2013,]|and|or|to)\s?{_DAY}){{0,5}}"
_MENTION = re.compile(
    rf"""(?<![\w$€£¥.+])(?:
    (?P<iso>\d{{4}}([-/.])(?:0[1-9]|1[0-2])(?:\2(?:0[1-9]|[12]\d|3[01]))?)(?!\d)
  | (?P<numeric>\d{{1,2}}([/.])\d{{1,2}}\4\d{{4}})(?!\d)
  | (?P<decade>[1-9]\d\d0)'?s\b
  | (?P<century>[1-9]\d{{0,2}})(?:st|nd|rd|th)[\s-]century\b
  | (?:(?P<before>{_YEAR})(?:-|\s))?(?P<code>[qh][1-4]|[1-4][qh])\b
    (?(before)|(?:[\s,'-]+(?:of\s)?(?P<after_code>{_YEAR}))?)
  | (?: (?:(?P<days>{_DAYS})\s(?:of\s)?)?
        \b(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?
          |sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?
        (?(days)|(?:\s(?P<days2>{_DAYS}))?)
      | (?P<season>spring|summer|autumn|fall|winter)\b
      | (?P<nth>{"|".join(_ORDINALS)}|last|middle)[\s-]
        (?P<unit>quarter|half|(?:six|four|three)\smonths)\b
      | (?P<edge>{"|".join(_EDGES)})\b
    )(?:(?:,?\s|-)(?:(?:of|in)\s)?(?:the\syear\s)?(?P<after>{_YEAR}))?
  | (?P<year>{_YEAR})
    )""",
    re.VERBOSE | re.ASCII,  # of small letters: to tell both cases apart takes half as long again
)
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_PLAIN = str.maketrans("\u2010\u2011\u2012\u2212\u2014\u2019\u00a0\u202f", "----\u2013'  ")
"""The en dash stays: 2010\u201312 is two years, 2010-12 a month."""
_JOIN = re.compile(r"(?:[\s,(\u2013-]|\b(?:and|or|to|until|through|in|on|from|by|the)\b)*")
_ADJACENT = re.compile(r"\w+\.?\s(?:of\s)?\d+")
_ADVERBS = ("early", "late")
_INHERITING = ("month", "share")


def mentions(text: str) -> tuple[Mention, ...]:
    """The dates a text words in English, in order.

    One without a year takes it from its neighbour where only small words stand between them:
    "between *1 January* and 3 July 2026", "in 2026, on *3 July*".
    """
    plain = text if text.isascii() else text.translate(_PLAIN)
    small = plain.lower() if plain.isascii() else plain.translate(_SMALL)
    found = [one for match in _MENTION.finditer(small) if (one := _mention(match, plain))]
    for index in reversed(range(len(found) - 1)):
        one, other = found[index : index + 2]
        if one.kind == other.kind and _is_joined(plain, one, other):
            found[index] = one._replace(years=one.years or other.years)
    for index in range(1, len(found)):
        other, one = found[index - 1 : index + 1]
        if other.kind == "year" and one.kind in _INHERITING and _is_joined(plain, other, one):
            found[index] = one._replace(years=one.years or other.years)
    return tuple(found)


def _is_joined(text: str, one: Mention, other: Mention) -> bool:
    return _JOIN.fullmatch(text, one.end, other.start) is not None


def _mention(match: re.Match[str], text: str) -> Mention | None:
    """One date as it stands, without what its neighbours say; `None` where it is no date."""
    group = {name: words for name, words in match.groupdict().items() if words}
    start, end = match.span()
    year = group.get("after") or group.get("before") or group.get("after_code") or group.get("year")
    years = (year if len(year) == 4 else f"Y{year}",) if year else ()
    if "iso" in group:
        year, *rest = re.split("[-/.]", group["iso"])
        return Mention(start, end, "month", (year,), (rest[0],), tuple(map(int, rest[1:])))
    if "numeric" in group:
        return _numeric(start, end, *re.split("[/.]", group["numeric"]))
    if "decade" in group:
        decade = group["decade"]
        both = (f"{decade[:3]}X", *([f"{decade[:2]}XX"] if decade[2] == "0" else []))
        return Mention(start, end, "year", both)
    if "century" in group:
        return Mention(start, end, "year", (f"{int(group['century']) - 1:02d}XX",))
    days = group.get("days") or group.get("days2") or ""
    if "year" in group or (not days and _is_verb(match, text)):
        return Mention(start, end, "year", years) if years else None
    if "month" in group:
        part = f"{_MONTHS.index(group['month'][:3]) // 4 + 1:02d}"
        numbers = tuple(int(day) for day in re.findall(r"\d+", days))
        return Mention(start, end, "month", years, (part,), numbers)
    if "season" in group:
        return Mention(start, end, "season", years, _SEASONS[group["season"]])
    if "edge" in group:
        return Mention(start, end, "edge", years, _EDGES[group["edge"]], soft=True)
    part = _share(group)
    return Mention(start, end, "share", years, (part,)) if part else None


def _is_verb(match: re.Match[str], text: str) -> bool:
    """Whether the word may be a verb: "it may, in 2026", "to fall in 2026", "to end in 2026"."""
    if match["month"]:
        is_small = text[slice(*match.span("month"))].islower()
        return is_small and not _ADJACENT.fullmatch(match[0])
    is_one = match["season"] or (match["edge"] and match["edge"] not in _ADVERBS)
    return bool(is_one and re.search(r"\sin\s", match[0]))


def _numeric(start: int, end: int, first: str, second: str, year: str) -> Mention:
    """07/15/2026 or 15.07.2026; which of 07/03/2026 is the month nobody can read off."""
    one, two = int(first), int(second)
    day, month = (one, two) if two <= 12 else (two, one)
    if not 1 <= month <= 12 or not 1 <= day <= 31 or (day <= 12 and day != month):
        return Mention(start, end, "year", (year,))
    return Mention(start, end, "month", (year,), (f"{month:02d}",), (day,))


def _share(group: Mapping[str, str]) -> str:
    """The code of a quarter, a half or four months; empty where there is no such share."""
    if "code" in group:
        base, count = _UNITS[group["code"].strip("1234")]
        number = int(group["code"].strip("qh"))
    else:
        base, count = _UNITS[group["unit"][0]]
        number = (_ORDINALS | {"last": count, "middle": (count + 1) // 2})[group["nth"]]
    return str(base + number) if number <= count else ""


_ASKED: Mapping[str, str] = {
    "#": "{0}",
    "about #": "{0}~",
    "around #": "{0}~",
    "circa #": "{0}~",
    "c. #": "{0}~",
    "ca. #": "{0}~",
    "possibly #": "{0}?",
    "possibly about #": "{0}%",
    "before #": "[..{0}]",
    "by #": "[..{0}]",
    "on or before #": "[..{0}]",
    "in or before #": "[..{0}]",
    "after #": "[{0}..]",
    "on or after #": "[{0}..]",
    "in or after #": "[{0}..]",
    "until #": "../{0}",
    "since #": "{0}/..",
    "between # and #": "[{0}..{1}]",
    "# to #": "{0}/{1}",
    "from # to #": "{0}/{1}",
    "#-#": "{0}/{1}",
}
_NEEDLESS = re.compile(r"(?:\b(?:the|in|on)\s|\b\w+day,?\s)+(?=#)")


def edtf_of_words(text: str) -> str:
    """What somebody who typed "July 2026" or "since 2025" may have meant; empty if unclear."""
    found = mentions(text)
    pattern, last = "", 0
    for mention in found:
        pattern += text[last : mention.start] + "#"
        last = mention.end
    asked = _NEEDLESS.sub("", (pattern + text[last:]).lower())
    asked = re.sub(r"\s?[\u2013-]\s?", "-", asked.translate(_PLAIN))
    dates = [mention.edtf() for mention in found]
    if "#" in text or asked not in _ASKED or not all(dates):
        return ""
    return _ASKED[asked].format(*dates).replace("~~", "~")
