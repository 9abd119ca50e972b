"""Ids → names, routes, addresses and plain words, as pages and data print them."""

from standfirst.dates import Dating, date_label, read_date
from standfirst.link import Line, Named, entities_named, entity_route, is_id
from standfirst.markup import Reference, plain
from standfirst.model import Fact, Settings
from standfirst.pagination import fact_anchor
from standfirst.reader import Reader
from standfirst.words import Words, words


def name_of(id_: str, reader: Reader) -> str:
    """An entity's name, a fact's figure or else its text; a dangling id is its own words."""
    name = reader.one(str, "name", id_)
    if name is not None:
        return name or id_
    fact = reader.one(Fact, "fact", id_)
    if fact is None:
        return id_
    return fact.value.figure if fact.value else plain_text(fact.text, reader)


def plain_text(text: str | None, reader: Reader) -> str:
    """A text with its links replaced by words and its citations removed."""

    def words(reference: Reference) -> str:
        return reference.words or name_of(reference.id, reader)

    return plain(text, words) if text else ""


def voice_name(voice: str, reader: Reader) -> str:
    """A voice's name: an entity's, or the voice's own words."""
    return name_of(voice, reader) if is_id(voice) else voice


def entities_of(fact: Fact, reader: Reader) -> list[str]:
    """The entities of a fact: its file's, those it is about, then the rest as they appear."""
    named = dict.fromkeys((fact.entity, *entities_named(fact)))
    return [id_ for id_ in named if reader.has("name", id_)]


def fact_route(fact: Fact, reader: Reader) -> str:
    """A fact's permalink: its own page where facts have pages, else its place on its entity's."""
    if reader.one(bool, "fact-pages") is not False:
        return f"/facts/{fact.id}/"
    return fact_anchor(fact.kind, fact.entity, fact.id, reader)


def route_of(id_: str, reader: Reader) -> str | None:
    """The page of an entity, a fact or a source; `None` where nothing has the id."""
    named = reader.one(Named, "id", id_)
    if named is None:
        return None
    match named.sort:
        case "entity":
            return entity_route(named.kind, id_)
        case "source":
            return f"/sources/{id_}/"
        case _:
            fact = reader.one(Fact, "fact", id_)
            return fact_route(fact, reader) if fact else None


def edit_url(sort: str, id_: str, reader: Reader) -> str | None:
    """The address of a record's line in the repository, where the settings name one."""
    settings = reader.one(Settings, "settings") or Settings()
    line = reader.one(Line, "line", sort, id_)
    if not settings.repo_url or line is None:
        return None
    return f"{settings.repo_url}/blob/{settings.branch}/{line.file}#L{line.line}"


def date_words(dating: Dating, reader: Reader, case: str = "") -> str:
    """A date in the briefing's language, computed from its EDTF, as it stands in that case."""
    return date_label(dating, reader.one(str, "language") or "en", case)


def as_of_words(reader: Reader) -> str:
    """The briefing's own date in words; nothing where it has none."""
    read = read_date(reader.one(str, "as-of") or "")
    return date_words(read, reader, "as-of") if isinstance(read, Dating) else ""


def interface(reader: Reader) -> Words:
    """The interface's words in the briefing's language."""
    return words(reader.one(str, "language") or "en")


def numbered(title: str, number: int, reader: Reader) -> str:
    """A list's title; that of a further page says which it is."""
    return str(interface(reader)("list-page", title=title, n=number)) if number > 1 else title
