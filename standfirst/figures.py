"""A figure as printed → amount, range, unit; a text → the numbers in it.

Reading multiplies scale words out ("40 million" is 40000000); nothing is converted, estimated or
rounded. Never raises for any text, and takes time in proportion to its length.
Not read: digits glued to letters that are no unit (H100, GPT-4, 3D), ordinals, fractions in words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import NamedTuple

from standfirst.quotes import normal

Reading = tuple[str, str]
"""An amount in plain digits, or words that have none ("million", "3.5.1"), and a known unit."""

LONGEST = 120  # the most characters a figure may have to be read


@dataclass(frozen=True, slots=True)
class Amount:
    """What a figure says: one amount, or the two ends of a range, and of what, as printed."""

    amount: int | float | None
    min: int | float | None
    max: int | float | None
    unit: str | None


class Number(NamedTuple):
    """One number of a text.

    It says `value` times `scale`; `value` is `None` where only `words` can be compared. `mark` is
    the currency before it as printed, `unit` its known unit in one spelling, `unit_at` where the
    words of its unit would begin. `besides` is another scale and unit it may have: the millions
    of "40m", the billions of the first number in "5 and 7 billion".
    """

    start: int
    end: int
    unit_at: int
    value: Decimal | None
    scale: Decimal = Decimal(1)
    words: str = ""
    mark: str = ""
    unit: str = ""
    besides: tuple[Decimal, str] | None = None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The amount and unit, the likeliest first."""
        if self.value is None:
            return ((self.words, self.unit),)
        meant = [(self.scale, self.unit), *([self.besides] if self.besides else [])]
        return tuple((_plain(self.value * scale), unit) for scale, unit in meant)


_SIGNS = "€£¥₩₹₽₺₪฿₫₴₦₱"
CURRENCIES = frozenset((*_SIGNS, "$", "A$", "C$", "HK$", "NT$", "NZ$", "S$", "R$", "yuan"))
RATIOS = frozenset(("%", "‰", "pp", "x"))
"""Units without which a number says something else altogether: 5 % is not 5."""

_SPELLINGS = """
$: us$ au$ usd dollar dollars; €: eur euro euros; £: gbp pound pounds; ¥: jpy yen; ₩: krw
yuan: cny rmb renminbi; ₹: inr rupee rupees; crown: crowns; franc: francs chf; A$:; C$:; HK$:; S$:
%: percent per_cent pct; ‰:; pp: percentage_point percentage_points; x: × fold times; NT$:; NZ$:
second: seconds sec; minute: minutes min; hour: hours; day: days; week: weeks; month: months; R$:
quarter: quarters; year: years; decade: decades; century: centuries; ms: millisecond milliseconds
nm: nanometer nanometers nanometre nanometres; μm: um micron microns; mm:; cm:; mile: miles
m: metre metres meter meters; km: kilometre kilometres kilometer kilometers; foot: feet ft
inch: inches; g: gram grams; kg: kilogram kilograms kilo kilos; tonne: tonnes; ton: tons
w: watt watts; kw: kilowatt kilowatts; mw: megawatt megawatts; gw: gigawatt gigawatts; kwh:; mwh:
gwh:; twh:; mhz:; ghz:; kb:; mb: megabyte megabytes; gb: gigabyte gigabytes; tb: terabyte terabytes
"""


def _unit_table() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for entry in re.split("[;\n]", _SPELLINGS.strip()):
        unit, _, words = entry.strip().partition(":")
        table |= {word.replace("_", " "): unit for word in (unit.lower(), *words.split())}
    return table


UNITS: Mapping[str, str] = _unit_table()
"""The known units: each spelling, in small letters, and the one by which they are compared."""

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNTS: Mapping[str, Decimal] = {
    **{word: Decimal(value) for value, word in enumerate(f"{_ONES}|{_TEENS}".split("|"), 1)},
    **{word: Decimal(value * 10) for value, word in enumerate(_TENS.split("|"), 2)},
    **{"a": Decimal(1), "an": Decimal(1), "half": Decimal("0.5")},
}
_BIGS = "dozen|hundred|thousand|million|billion|trillion"
_SCALES = dict(zip(_BIGS.split("|"), (12, 100, 10**3, 10**6, 10**9, 10**12), strict=True))
_SCALES |= {"mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12}
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
COUNT_WORDS = rf"(?:{_ONES}|{_TEENS}|{_TENS}|(?:{_BIGS})s?)"
"""The words of which numbers are made, as a regular expression."""

_END = r"(?:(?!\w)|(?=fold(?!\w)))"
_BIG = rf"(?:{_BIGS}){_END}"
_SMALL = rf"""(?:(?:{_TENS})[ -](?:{_ONES}){_END} | (?:{_TENS}|{_TEENS}|{_ONES}){_END}
    | (?:half[ -])?an?[ -](?={_BIG}))"""
_MARK = rf"""(?:(?:(?<!\w)(?:US|AU|HK|NT|NZ|[ACSR]))?\$ | [{_SIGNS}]
    | (?<!\w)(?:USD|EUR|GBP|JPY|CNY|RMB|KRW|INR|CHF)(?=\ ?\d))"""
# Every alternative begins at a place where no other number can end: no text is read twice. The
# first line, and the letters before the words, only pass over the rest of a text faster.
_NUMBER = re.compile(
    rf"""(?=[\d¼½¾.${_SIGNS}-]|(?<!\w)[a-z])
    (?P<minus>(?<![^\s(])-(?=[\d.${_SIGNS}]))?
    (?:(?P<mark>{_MARK})[ ]?(?=[\d.]|{_SMALL}))?
    (?:(?P<digits>(?<!\w)(?<!\d[.,])(?:\d+(?:[.,]\d+)*[¼½¾]?|[¼½¾])|(?<![\w.,])\.\d+)
       (?P<tail>[^\W_]*)(?P<scales>(?:[ -](?:{"|".join(_SCALES)})s?(?!\w)){{0,3}})
     | (?<!\w)(?=[abdefhmnost])(?P<words>{_SMALL}
          (?:[ -]?(?<!\w){_BIG}(?:[ ](?:(?<=hundred[ ])and[ ])?{_SMALL})?){{0,8}})
     | (?<!\w)(?P<vague>(?:(?:tens|{_BIGS})s?[ ]of[ ])?(?:{_BIGS})s?(?!\w)))""",
    re.VERBOSE | re.IGNORECASE,
)
# What no number can do without, found far faster than the number: a digit, or a word as a whole. To
# `re`, small and capital letters being one, the last three are an s and two of i.
CUE, SIGNS = r"\d¼½¾ſıİ", f"%‰×${_SIGNS}"
_CUE, _SIGN = re.compile(f"[{CUE}]"), re.compile(f"[{CUE}{SIGNS}]")
_ASCII = str.maketrans("ſıİ", "sii")
WORD = re.compile(r"\w+")
WORDS = frozenset(
    word + end
    for word in f"{_ONES}|{_TEENS}|{_TENS}|{_BIGS}".split("|")
    for end in ("", "s", "fold")
)
_AFTER = WORDS.union(_SCALES, *(spelling.split() for spelling in UNITS))
_UNIT = re.compile(
    rf"""[ -]?(?:(?:US|U\.S\.)[ ](?=dollar))? (?P<unit>[%‰×]|[${_SIGNS}](?![ ]?\d)
     |(?:per[ ]cent|percentage[ ]points?|[^\W\d_]+)(?!\w))""",
    re.VERBOSE | re.IGNORECASE,
)
_SPACE = re.compile(r"\d[ \xa0\u2009\u202f]\d")  # what the next cannot do without
_SPACED = re.compile(r"(?<!\w)(?<!\d[.,])[1-9]\d{0,2}(?:[ \xa0\u2009\u202f]\d{3})+(?!\w)")
_ASIDE = re.compile(r"(?<!\d)[—―]|[—―](?!\d)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d*\.\d+|\d+")
_QUARTERS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
_HEAD = re.compile(r"(?<![^\W_])(?!(?i:mid|pre|post|sub|top|non|under|over)-)([^\W\d_][^\W_]*)-$")
_DIGITS, _LARGEST = 15, 2**53  # what JSON numbers hold exactly, wherever they are read


def may_count(words: str) -> bool:
    """Whether what follows a number may give it a unit, a scale or a second number at all."""
    found = WORD.findall(words.lower())
    return _SIGN.search(words) is not None or not _AFTER.isdisjoint(found)


def laid_out(text: str) -> str:
    """A text, as long as before, whose grouped digits and dashes survive normalisation."""
    if _SPACE.search(text):
        text = _SPACED.sub(lambda group: re.sub(r"\s", ",", group[0]), text)
    return _ASIDE.sub(";", text) if "—" in text or "―" in text else text


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a normalised text, in order; the two of a range share scale and unit."""
    if not _CUE.search(text) and WORDS.isdisjoint(WORD.findall(text.lower())):
        return ()
    found = [number for match in _NUMBER.finditer(text) if (number := _number(match))]
    for index in reversed(range(len(found) - 1)):
        one, other = found[index], found[index + 1]
        if is_range(text, one, other):
            found[index], found[index + 1] = _as_range(one, other)
        elif text[one.end : other.start].lower() in (" and ", " or ", ", ", ", and ", ", or "):
            found[index] = _as_listed(one, other)
    return tuple(found)


def is_range(text: str, one: Number, other: Number) -> bool:
    """Are two neighbouring numbers the ends of one range ("18 to 24 months")?"""
    gap, before = text[one.end : other.start].lower(), text[max(0, one.start - 24) : one.start]
    joins = ("-", " - ", " to ", "-to-", " and " if "between" in before.lower() else "-")
    return one.value is not None and other.value is not None and gap in joins


def read_figure(figure: str) -> Amount | None:
    """The amount or range a figure states, or `None` where it cannot be read off for certain.

    The unit is given in the figure's own words: "$", "crowns", "months".
    """
    text = normal(laid_out(figure)).strip()
    found = numbers(text) if len(text) <= LONGEST and not _UNSURE.search(text) else ()
    if not 1 <= len(found) <= 2:
        return None
    one, last = found[0], found[-1]
    low, high = _exact(one), _exact(last)
    rest = _REST.sub("", text[last.unit_at :]).strip(" -+.,;:()")
    unit = f"{one.mark} {rest}".strip() or None
    if low is None or high is None or _FRACTION.match(rest):
        return None
    if len(found) == 1:
        return Amount(low, None, None, unit)
    if low > high or one.unit != last.unit or not is_range(text, one, last):
        return None
    return Amount(None, low, high, unit)


_UNSURE = re.compile(r"\b(?:minus|negative|half(?![ -]an?[ -]))\b", re.IGNORECASE)
_REST = re.compile(r" or (?:so|more|less|fewer)\b| plus$", re.IGNORECASE)
_FRACTION = re.compile(
    r"(?:half|halves|thirds?|quarters?|(?:four|fif|six|seven|eigh|nin|ten|hundred)ths?)\b",
    re.IGNORECASE,
)


def _exact(number: Number) -> int | float | None:
    """The one amount a number can mean, as JSON writes it; `None` where there are several."""
    if number.value is None or len({amount for amount, _ in number.readings}) > 1:
        return None
    value = number.value * number.scale
    if abs(value) > _LARGEST or len(value.as_tuple().digits) > _DIGITS:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _number(match: re.Match[str]) -> Number | None:
    """The number a match stands for; `None` where the digits belong to a name or an ordinal."""
    if words := (match["vague"] or "").lower().replace("s ", " ").removesuffix("s"):
        return _with_unit(match, None, Decimal(1), words)
    if match["words"]:
        return _with_unit(match, *_spelled(match["words"].translate(_ASCII).lower()))
    if not match["mark"] and _is_named(match.string, match.start()):
        return None
    if match["tail"]:
        return _with_tail(match)
    scale = Decimal(1)
    if match["scales"]:
        scales = re.findall("[a-z]+", match["scales"].translate(_ASCII).lower())
        scale = Decimal(prod(_SCALES[word.removesuffix("s")] for word in scales))
    return _with_unit(match, _counted(match), scale, match["digits"])


def _with_tail(match: re.Match[str]) -> Number | None:
    """A number whose digits are glued to letters: a scale, a unit, or none at all."""
    digits, tail, mark, count = match["digits"], match["tail"], match["mark"] or "", _counted(match)
    start, (begin, at), lower = match.start(), match.span("tail"), tail.lower()
    scale = Decimal(_SCALES.get(lower) or _LETTERS.get(lower, 1))
    scaled = _with_unit(match, count, scale, digits)
    is_money = lower in _LETTERS and scaled.unit in CURRENCIES
    is_many = tail == "K" and count is not None and count >= 10  # 4K is a picture
    if lower in _SCALES or tail in ("k", "M", "B", "T") or is_money or is_many:
        return scaled
    if tail == "s":
        return Number(start, at, at, None, words=digits + "s", mark=mark)
    if lower not in UNITS or tail == "G":
        return None
    besides = (Decimal(10**6), "") if tail == "m" else None
    return Number(start, at, begin, count, Decimal(1), digits, mark, UNITS[lower], besides)


def _with_unit(
    match: re.Match[str], count: Decimal | None, scale: Decimal, words: str = ""
) -> Number:
    """The number of a match with the known unit that follows it, or the currency before it."""
    start, mark = match.start(), match["mark"] or ""
    at = match.end("tail") if match["tail"] else match.end()
    unit = UNITS.get(mark.lower().strip(), mark.strip()) if mark else ""
    found = None if unit else _UNIT.match(match.string, at)
    word = found["unit"].lower() if found else ""
    if found is None or word not in UNITS:
        return Number(start, at, at, count, scale, words, mark, unit)
    besides = (scale, "") if word == "times" else None
    return Number(start, found.end(), at, count, scale, words, mark, UNITS[word], besides)


def _counted(match: re.Match[str]) -> Decimal | None:
    """The value of digits with their points and commas; `None` where they are no single number."""
    digits, sign = match["digits"], -1 if match["minus"] else 1
    whole = digits.rstrip("¼½¾")
    if len(whole) > 24 or (whole and not _GROUPED.fullmatch(whole)):
        return None
    return sign * (Decimal(whole.replace(",", "") or 0) + _QUARTERS.get(digits[-1], Decimal(0)))


def _spelled(words: str) -> tuple[Decimal, Decimal]:
    """The count and scale of number words: "two hundred million" is 200 times a million."""
    parts = [part for part in re.split("[ -]", words) if part != "and"]
    scale, total, current = Decimal(1), Decimal(0), Decimal(0)
    if sum(_SCALES.get(part, 0) >= 1000 for part in parts) == 1 and parts[-1] in _SCALES:
        scale = Decimal(_SCALES[parts.pop()])
    for part in parts:
        if part in _COUNTS and not (current and part in ("a", "an")):  # "half a million"
            current += _COUNTS[part]
        elif _SCALES.get(part, 1) < 1000:
            current *= _SCALES.get(part, 1)
        else:
            total, current = total + current * _SCALES[part], Decimal(0)
    return total + current, scale


def _is_named(text: str, start: int) -> bool:
    """Do digits after a hyphen belong to a name (GPT-4) and not to a word (top-10)?"""
    before = text[max(0, start - 32) : start]
    match = _HEAD.search(before) if "-" in before[-2:] else None
    return match is not None and not match[1].islower()


def _as_range(one: Number, other: Number) -> tuple[Number, Number]:
    """The ends of a range with what each lends the other: "$5 to 7 billion"."""
    unit = one.unit or other.unit
    if other.unit not in ("", unit):
        return one, other
    rises = one.value is not None and other.value is not None and one.value < other.value
    scale = other.scale if one.scale == 1 and rises else one.scale
    return one._replace(scale=scale, unit=unit), other._replace(unit=unit)


def _as_listed(one: Number, other: Number) -> Number:
    """A number of an enumeration, which may share the next one's scale and unit."""
    lent = (other.scale, other.unit) if other.unit or other.scale != 1 else other.besides
    shares = lent and one.scale == 1 and one.unit in ("", lent[1]) and not one.besides
    return one._replace(besides=lent) if shares else one


def _plain(value: Decimal) -> str:
    """A decimal in digits, without exponent and without zeros at its end."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
