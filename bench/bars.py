"""What was measured of a page → which bars it breaks, and what to do about each.

A bar is a limit that every page of a sort keeps; `TIMES` are bars for what a clock says, which are
told and never held, since a busy machine breaks them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.measure import Measured
from bench.served import packed

Count = int | float | Sequence[str]

LEDGERS = ("timeline", "relations", "compare", "facts", "sources", "disputes", "search", "print")
"""The pages that hold something of the whole briefing."""


def sort_of(route: str) -> str:
    """What sort of page an address is: "home", "entity", "timeline", "source" and so on."""
    parts = route.strip("/").split("/")
    if parts == [""]:
        return "home"
    if parts[0] in ("facts", "sources", "sections"):
        is_list = len(parts) == 1 or (parts[0] == "facts" and len(parts) > 2)
        return parts[0] if is_list else parts[0].removesuffix("s")
    if parts[0] in (*LEDGERS, "about", "changes"):
        return parts[0]
    return {1: "kind", 2: "entity"}.get(len(parts), "further")


@dataclass(frozen=True)
class Bar:
    """A limit: the name a table gives it, what it counts, the most that is allowed of it.

    `most` is by sort of page, "" for all others; an absent sort has no such limit.
    """

    name: str
    count: Callable[[Measured], Count]
    most: Mapping[str, float]
    advice: str


BARS = (
    Bar("bytes in all", lambda m: m.total,
        {"entity": 10_000, "further": 10_000, "timeline": 12_000},
        "shorten the page, or send what is long to pages of its own"),
    Bar("html bytes", lambda m: m.html, {"print": 400_000, "": 30_000},
        "send what is long to further pages"),
    Bar("css bytes", lambda m: m.css, {"entity": 4_000, "print": 7_000, "": 6_000},
        "take out rules that no page uses; what one sort of pages needs goes into its own sheet"),
    Bar("script bytes", lambda m: m.js, {"": 3_000}, "do it without script, or with less"),
    Bar("fonts", lambda m: m.fonts, {"": 0}, "use the fonts that a reader has"),
    Bar("requests", lambda m: m.requests, {"": 4}, "join files, or ask when a reader asks"),
    Bar("third parties", lambda m: m.thirds, {"": 0}, "serve it from the site, or leave it out"),
    Bar("elements", lambda m: m.elements, {"print": 40_000, "": 1_500},
        "send what is long to further pages"),
    Bar("axe, light", lambda m: m.axe_light, {"": 0}, "see the rule at dequeuniversity.com/rules"),
    Bar("axe, dark", lambda m: m.axe_dark, {"": 0}, "mend the colours of the dark scheme"),
    Bar("axe, 360 px", lambda m: m.axe_phone, {"": 0}, "see what the phone's rules change"),
    Bar("sideways at 360 px", lambda m: m.wide_360, {"": 0},
        "let the words break, or the table scroll in a box of its own"),
    Bar("sideways at 320 px", lambda m: m.wide_320, {"": 0},
        "let the words break, or the table scroll in a box of its own"),
    Bar("text too narrow on a phone", lambda m: m.narrow, {"": 0},
        "let columns begin at 60rem; see @media (min-width)"),
    Bar("type under 13 px", lambda m: m.small_type, {"": 0}, "raise its font-size"),
    Bar("targets too small", lambda m: m.small_targets, {"": 0},
        "give navigation links 44 px on a phone, those of head and foot 24"),
    Bar("head on a phone, px", lambda m: m.head, {"": 190}, "shorten the site's name or the ways"),
    Bar("words lost without script", lambda m: m.lost, {"": 0}, "write them into the page"),
    Bar("dead controls", lambda m: m.dead, {"": 0}, "let script make them, or give them a form"),
    Bar("Tab stops before the content", lambda m: m.stops, {"": 10}, "move ways into the foot"),
    Bar("focus not seen", lambda m: m.unseen, {"": 0}, "leave :focus-visible its outline"),
    Bar("faults in print", lambda m: m.unprinted, {"": 0}, "see @media print in style.css"),
    Bar("HTML errors", lambda m: m.invalid, {"": 0}, "mend the template"),
    Bar("faults of the head", lambda m: m.head_faults, {"": 0}, "see base.html"),
    Bar("complaints in the console", lambda m: m.complaints, {"": 0}, "mend what it names"),
    Bar("layout shift", lambda m: m.shift, {"": 0}, "give what comes late its place beforehand"),
)  # fmt: skip

TIMES = {"paint": 1.0, "beside a bare page": 0.3, "longest task": 100.0, "first result": 1.0}
"""Seconds, and milliseconds of the longest task."""
INDEX_BYTES, INDEX_WORDS = 10_000, 7_500
"""So many bytes may a search ask for, for so many words of a briefing."""


@dataclass(frozen=True)
class Fault:
    """A bar that a page breaks: how much there is, how much there may be, and of what."""

    route: str
    bar: Bar
    found: float
    most: float
    what: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = "".join(f"\n    {each}" for each in self.what[:5])
        return f"{self.route}: {self.bar.name} {self.found:g}, bar {self.most:g}{told}"


def faults(measured: Measured, sort: str = "") -> Iterator[Fault]:
    """The bars that a page breaks, by its sort or that of its address."""
    sort = sort or sort_of(measured.route)
    for bar in BARS:
        most = bar.most.get(sort, bar.most.get(""))
        found = bar.count(measured)
        what = () if isinstance(found, int | float) else tuple(found)
        number = found if isinstance(found, int | float) else len(found)
        if most is not None and number > most:
            yield Fault(measured.route, bar, number, most, what)


def chosen(files: Mapping[str, bytes]) -> list[str]:
    """The pages of a site that are worth measuring: the heaviest of each sort, and of each kind's
    entities up to three kinds."""
    routes = [path.removesuffix("index.html") for path in files if path.endswith("/index.html")]
    routes += [""] * ("index.html" in files)
    heaviest: dict[str, str] = {}
    for route in sorted(routes, key=lambda route: -len(packed(files[f"{route}index.html"]))):
        sort = sort_of(f"/{route}")
        kind = route.partition("/")[0] if sort == "entity" else ""
        heaviest.setdefault(f"{sort} {kind}".strip(), f"/{route}")
    entities = [name for name in heaviest if name.startswith("entity ")]
    for name in entities[3:]:
        del heaviest[name]
    return sorted(heaviest.values(), key=_rank)


_FIRST = ("home", "entity", "further", "kind", "timeline", "relations", "compare", "facts", "fact")


def _rank(route: str) -> tuple[int, str]:
    sort = sort_of(route)
    return (_FIRST.index(sort) if sort in _FIRST else len(_FIRST), route)


def words_of(files: Mapping[str, bytes]) -> int:
    """How many words the entities' and the sections' pages of a site hold between them."""
    pages = (
        data.decode()
        for path, data in files.items()
        if path.endswith("/index.html")
        and sort_of("/" + path.removesuffix("index.html")) in ("entity", "section")
    )
    mains = (page[page.index("<main") : page.index("</main>")] for page in pages)
    return sum(len(re.findall(r"\w+", re.sub("<[^>]*>", " ", main))) for main in mains)
