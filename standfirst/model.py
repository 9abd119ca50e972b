"""The records of a briefing and their schema: what the YAML and Markdown of a project may say.

No input or output, and no places: where a record stands is not what it says.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

# A type's bounds stand beside it as pairs, in the words of pydantic's core (see `shapes`).
ID = r"[a-z0-9][a-z0-9-]{0,63}"
Id = Annotated[str, ("pattern", f"^{ID}$")]
Text = Annotated[str, ("min_length", 1)]
Number = (
    Annotated[int, ("gt", -(2**63)), ("lt", 2**63)] | Annotated[float, ("allow_inf_nan", False)]
)
"""What takes more digits than a whole number has in JSON is a float."""
Percent = (
    Annotated[int, ("ge", 0), ("le", 100)]
    | Annotated[float, ("ge", 0), ("le", 100), ("allow_inf_nan", False)]
)

Status = Literal[
    "denied", "planned", "unlikely", "possible", "expected", "opinion", "reported", "stated"
]
DateRole = Literal["event", "as-of", "target", "said"]
Bound = Literal["exactly", "about", "more-than", "less-than", "up-to", "at-least"]
Stage = Literal["in-talks", "early", "under-way", "agreed", "ongoing", "established"]

RESERVED_KINDS = (
    *("briefing", "facts", "sources", "sections", "problems", "openapi", "schema", "relations"),
    *("api", "data", "timeline", "compare", "disputes", "changes", "search", "about", "print"),
    *("pictures", "assets", "pagefind"),
)

FURTHER = ("choices", "relations", "compare", "facts", "disputes", "print", "data")
"""What is published beyond the pages of the records, the timeline and the sources: the timeline's
choices, the map, the comparisons, the ledger, what is disputed, the printed page, JSON and CSV."""

PICTURE = "picture.svg"
"""The one template that draws: what a link to a page shows."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand verbatim in a source, and which of several places is meant."""

    source: Text = ""
    quote: Text = ""
    layer: Text | None = None
    prefix: Text | None = None
    suffix: Text | None = None


@dataclass(frozen=True, slots=True)
class Also:
    """The same said again in other words: checked like evidence, no further witness."""

    source: Text = ""
    quote: Text = ""
    layer: Text | None = None
    prefix: Text | None = None
    suffix: Text | None = None
    differs: Text | None = None
    date: Text | None = None
    date_words: Text | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A measured figure: of what, as the source prints it, and how exactly it is meant."""

    of: Text = ""
    figure: Text = ""
    bound: Bound = "exactly"
    amount: Number | None = None
    min: Number | None = None
    max: Number | None = None
    unit: Text | None = None
    basis: Text | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed, directed tie between two entities; `from_` is always filled in when loaded."""

    type: Id = ""
    from_: Id = ""
    to: Id = ""
    what: Text | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of the briefing with everything it rests on."""

    id: Id = ""
    entity: str = ""
    kind: str = ""
    text: Text = ""
    status: Status = "stated"
    by: tuple[Text, ...] = ()
    about: tuple[Id, ...] = ()
    date: Text | None = None
    date_role: DateRole = "event"
    date_basis: Text | None = None
    date_words: Text | None = None
    value: Value | None = None
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Quote, ...] = ()
    also: tuple[Also, ...] = ()
    disputes: tuple[Id, ...] = ()
    doubt: Text | None = None
    condition: Text | None = None
    supersedes: Id | None = None
    resolves: Id | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Whoever or whatever has a page."""

    id: str = ""
    kind: str = ""
    name: Text = ""
    aliases: tuple[Text, ...] = ()
    summary: Text | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose text a source is, where that is not whose copy it is."""

    publisher: Text | None = None
    platform: Text | None = None
    author: Text | None = None


@dataclass(frozen=True, slots=True)
class LayerSpan:
    """A part of a source's page that weighs differently: from words to words."""

    name: Text = ""
    from_: Text = ""
    to: Text | None = None
    to_end: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A part of a source that is not the article, and why."""

    from_: Text = ""
    to: Text | None = None
    to_end: bool = False
    reason: Text = ""


@dataclass(frozen=True, slots=True)
class SourceField:
    """The seed's words behind one field of a source."""

    id: Text
    quote: Text


@dataclass(frozen=True, slots=True)
class Mark:
    """A character glued to the first word of a line: the line's kind, and the character."""

    id: Text
    character: Annotated[str, ("min_length", 1), ("max_length", 1)]


@dataclass(frozen=True, slots=True)
class Source:
    """A seed with what is known of it."""

    id: str = ""
    title: Text = ""
    seed: Text = ""
    sha256: Annotated[str, ("pattern", r"^[0-9a-f]{64}$")] = ""
    language: Text = "en"
    published: Text | None = None
    publisher: Text | None = None
    origin: Origin = Origin()
    url: Annotated[str, ("pattern", r"^https?://[^\s<>\"]+$")] | None = None
    licence: Text | None = None
    evidence: tuple[SourceField, ...] = ()
    layers: tuple[LayerSpan, ...] = ()
    marks: tuple[Mark, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the narrative, written in Markdown; `number` orders them."""

    slug: str = ""
    number: int = 0
    title: Text = ""
    summary: Text | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of entity, in the singular and the plural."""

    id: Id
    one: Text = ""
    many: Text = ""


@dataclass(frozen=True, slots=True)
class RelationType:
    """A sort of tie, in words read forwards and backwards."""

    id: Id
    says: Text = ""
    back: Text = ""
    against: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the entities of one kind are compared by."""

    id: Id
    measures: tuple[Text, ...] = ()
    relations: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole: what it is called, what it says first, and the words it is sorted by."""

    title: Text = ""
    standfirst: Text | None = None
    as_of: Text | None = None
    language: Text = "en"
    coverage_min: Percent = 100
    key_points: tuple[Id, ...] = ()
    kinds: tuple[Kind, ...] = ()
    relations: tuple[RelationType, ...] = ()
    compare: tuple[Comparison, ...] = ()
    fact_pages: bool = True


@dataclass(frozen=True, slots=True)
class Seed:
    """A source text as it was captured; `text` is `None` where it is not UTF-8."""

    path: str
    sha256: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """One file of the theme that is rendered."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the theme that is published as it is, under a name that changes with it."""

    name: str
    route: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says of the site; addresses end as written there."""

    site_name: str = "Standfirst"
    site_url: str = ""
    repo_url: str = ""
    branch: str = "main"
    edit_uri: str = ""
    site_dir: str = "site"
    search: str = "index"
    pictures: str = "true"
    leave_out: tuple[str, ...] = ()

    @property
    def published(self) -> tuple[str, ...]:
        """What of `FURTHER` is published."""
        return tuple(name for name in FURTHER if name not in self.leave_out)


Record = Briefing | Entity | Fact | Source | Section | Seed | Template | Asset | Settings


def record_name(record: Record) -> tuple[str, str]:
    """What a record is called inside the engine: its sort and its id."""
    match record:
        case Briefing() | Settings():
            return type(record).__name__.lower(), ""
        case Entity() | Fact() | Source():
            return type(record).__name__.lower(), record.id
        case Section():
            return "section", record.slug
        case Seed():
            return "seed", record.path
        case Template() | Asset():
            return type(record).__name__.lower(), record.name
