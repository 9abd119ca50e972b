"""The parts of a date ↔ words.

One way with a table of patterns per language, the other way in English only.
Knows no calendar and no clock: which days a date covers, `dates` says.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names


@dataclass(frozen=True, slots=True)
class Point:
    """One date as EDTF spells it: `201X`, `2026` `07` `03`, `2026` `41`, and its mark `~ ? %`.

    `part` is a month, `XX`, or a code from 21 to 41; `day` is a day of the month or `XX`.
    """

    year: str
    part: str = ""
    day: str = ""
    mark: str = ""

    def __str__(self) -> str:
        return "-".join(filter(None, (self.year, self.part, self.day))) + self.mark


ENGLISH: Mapping[str, str] = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "year": "{year}",
    "before-christ": "{year} BC",
    "decade": "{year}s",
    "century": "{ordinal} century",
    "ordinal-one": "{number}st",
    "ordinal-two": "{number}nd",
    "ordinal-few": "{number}rd",
    "ordinal-other": "{number}th",
    "some-day": "a day in {date}",
    "some-month": "a month in {date}",
    "21": "spring {year}",
    "22": "summer {year}",
    "23": "autumn {year}",
    "24": "winter {year}",
    "25": "spring {year} (northern hemisphere)",
    "26": "summer {year} (northern hemisphere)",
    "27": "autumn {year} (northern hemisphere)",
    "28": "winter {year} (northern hemisphere)",
    "29": "spring {year} (southern hemisphere)",
    "30": "summer {year} (southern hemisphere)",
    "31": "autumn {year} (southern hemisphere)",
    "32": "winter {year} (southern hemisphere)",
    "33": "first quarter of {year}",
    "34": "second quarter of {year}",
    "35": "third quarter of {year}",
    "36": "fourth quarter of {year}",
    "37": "first four months of {year}",
    "38": "middle four months of {year}",
    "39": "last four months of {year}",
    "40": "first half of {year}",
    "41": "second half of {year}",
    "article": "the {date}",  # where a half, quarter, decade or century stands inside a phrase
    "~": "about {date}",
    "?": "possibly {date}",
    "%": "possibly about {date}",
    "shared-year": "{day} {month}",  # a first day whose year the second names
    "shared-month": "{day}",
    "month-shared-year": "{month}",
    "interval": "{start} to {end}",
    "since": "{start} to an unknown date",
    "until": "an unknown date to {end}",
    "since-open": "since {start}",
    "until-open": "until {end}",
    "set": "between {start} and {end}",
    "from-day": "on or after {start}",
    "from": "in or after {start}",
    "to-day": "before {end}",
    "to": "in or before {end}",
}
"""The English patterns; another language's table has the same keys.

In the month patterns `{month}` is the name as it stands alone, in the day patterns as it stands
beside a day. Every pattern of a date may use all of `{day}`, `{month}` and `{year}`. Of the
ordinals a language needs the forms it tells apart (CLDR's), and `ordinal-other`.
"""


def point_label(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A single date in words: "3 July 2026", "about the second half of 2026"."""
    bare = _bare(point, language, patterns)
    return patterns[point.mark].format(date=_inside(point, bare, patterns)) if point.mark else bare


def stretch_label(
    form: str, start: Point | str, end: Point | str, language: str, patterns: Mapping[str, str]
) -> str:
    """An `interval` or a `set` in words; an end is a date, `..` (open) or empty (unknown)."""
    if isinstance(start, Point) and isinstance(end, Point):
        if start == end:
            return point_label(start, language, patterns)
        first = _shared(start, end, language, patterns) or _phrase(start, language, patterns)
        return patterns[form].format(start=first, end=_phrase(end, language, patterns))
    point, other, side = (start, end, 0) if isinstance(start, Point) else (end, start, 1)
    if not isinstance(point, Point):
        return f"{start}/{end}"
    if form == "set":
        key = ("from", "to")[side] + ("-day" if point.day.isdigit() else "")
    else:
        key = ("since", "until")[side] + ("-open" if other == ".." else "")
    words = _phrase(point, language, patterns)
    return patterns[key].format(start=words, end=words)


def _phrase(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A date's words as they stand inside a longer phrase."""
    words = point_label(point, language, patterns)
    return words if point.mark else _inside(point, words, patterns)


def _inside(point: Point, words: str, patterns: Mapping[str, str]) -> str:
    needs_article = point.part >= "33" and point.part != "XX"
    if needs_article or ("X" in point.year and not point.year.startswith("-")):
        return patterns["article"].format(date=words)
    return words


def _bare(point: Point, language: str, patterns: Mapping[str, str]) -> str:
    """A date's words without its mark."""
    if point.day == "XX" or point.part == "XX":
        whole = Point(point.year, point.part if point.part != "XX" else "")
        key = "some-day" if point.day else "some-month"
        return patterns[key].format(date=_inside(whole, _bare(whole, language, patterns), patterns))
    year = _year_words(point.year, language, patterns)
    if point.part >= "21":
        return patterns[point.part].format(year=year)
    if point.part:
        return _pattern("day" if point.day else "month", point, year, language, patterns)
    return year


def _pattern(key: str, point: Point, year: str, language: str, patterns: Mapping[str, str]) -> str:
    month = _months(language, bool(point.day))[int(point.part) - 1]
    return patterns[key].format(day=point.day.lstrip("0"), month=month, year=year)


def _shared(start: Point, end: Point, language: str, patterns: Mapping[str, str]) -> str:
    """The first date without the month and year that the second names; empty if none is shared."""
    plain = not (start.mark or end.mark or "X" in f"{start}{end}") and start.year == end.year
    if not plain or not all("01" <= point.part <= "12" for point in (start, end)):
        return ""
    if bool(start.day) != bool(end.day):
        return ""
    key = "shared-year" if start.day else "month-shared-year"
    if start.day and start.part == end.part:
        key = "shared-month"
    return _pattern(key, start, _year_words(start.year, language, patterns), language, patterns)


def _year_words(year: str, language: str, patterns: Mapping[str, str]) -> str:
    """A year, decade or century: "2016", "45 BC", "2010s", "20th century"."""
    digits = year.removeprefix("Y")
    if digits.startswith("-") or int(digits.replace("X", "9")) == 0:
        first, last = (1 + int(digits.lstrip("-").replace("X", x)) for x in "90")
        words = [patterns["before-christ"].format(year=n) for n in (first, last)]
        return (
            words[0] if first == last else patterns["interval"].format(start=words[0], end=words[1])
        )
    if digits.endswith("XX"):
        number = int(digits[:2]) + 1
        form = f"ordinal-{_locale(language).ordinal_form(number)}"
        ordinal = patterns.get(form, patterns["ordinal-other"])
        return patterns["century"].format(ordinal=ordinal.format(number=number), number=number)
    key = "decade" if "X" in digits else "year"
    return patterns[key].format(year=int(digits.replace("X", "0")))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """The language's locale; English where the language is not known."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")


@lru_cache(maxsize=64)
def _months(language: str, beside_day: bool) -> tuple[str, ...]:
    names = get_month_names(
        "wide", context="format" if beside_day else "stand-alone", locale=_locale(language)
    )
    return tuple(names[month] for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Mention:
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
_YEAR = r"[1-9]\d{3,}(?!\w|[.,]\d|\s?%|\sBCE?\b)"
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
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
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
    plain = text.translate(_PLAIN)
    found = list(_found(plain))
    for index in reversed(range(len(found) - 1)):
        one, other = found[index : index + 2]
        if one.kind == other.kind and _is_joined(plain, one, other):
            found[index] = replace(one, years=one.years or other.years)
    for index in range(1, len(found)):
        other, one = found[index - 1 : index + 1]
        if other.kind == "year" and one.kind in _INHERITING and _is_joined(plain, other, one):
            found[index] = replace(one, years=one.years or other.years)
    return tuple(found)


def _is_joined(text: str, one: Mention, other: Mention) -> bool:
    return _JOIN.fullmatch(text, one.end, other.start) is not None


def _found(text: str) -> Iterator[Mention]:
    """Each date as it stands, without what its neighbours say."""
    for match in _MENTION.finditer(text):
        mention = _mention(match)
        if mention is not None:
            yield mention


def _mention(match: re.Match[str]) -> Mention | None:
    group = {name: words.lower() for name, words in match.groupdict().items() if words}
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
    if "year" in group or (not days and _is_verb(match)):
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


def _is_verb(match: re.Match[str]) -> bool:
    """Whether the word may be a verb: "it may, in 2026", "to fall in 2026", "to end in 2026"."""
    if match["month"]:
        return match["month"].islower() and not _ADJACENT.fullmatch(match[0])
    is_loose = bool(re.search(r"\sin\s", match[0], re.IGNORECASE))
    return is_loose and bool(match["season"] or (match["edge"] or "late").lower() not in _ADVERBS)


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
        number = {"last": count, "middle": (count + 1) // 2}.get(
            group["nth"], _ORDINALS.get(group["nth"], 0)
        )
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
