"""The published data of the real briefing: what it says of quotes is so, in the contract's form."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standfirst.build import Site
from standfirst.evidence import Reading
from standfirst.link import Card
from standfirst.model import Seed, Source
from standfirst.quotes import normal
from standfirst.reader import Reader
from standfirst.update import Update
from tests.pages import briefing_files

ROOT = Path(__file__).parents[1]
FACT = (
    "id entity text status by entities about date value relations evidence also doubt condition "
    "note disputes supersedes resolves route edit_url"
)
LOCATED = "source quote start end line layer verdict"
ENTITY = "id kind name aliases summary route counts"
SOURCE = "id title publisher origin published url language sha256 coverage passages"
KEYS = {
    "by": "id name",
    "date": "edtf earliest latest label role basis words",
    "value": "of figure amount min max unit bound",
    "relations": "type from to what stage denied",
    "evidence": LOCATED,
    "also": f"{LOCATED} differs date",
}


@pytest.fixture(scope="module")
def built() -> tuple[Reader, Update]:
    site = Site("engine")
    update = site.update(briefing_files())
    assert not update.problems
    return site.reader(), update


@pytest.fixture(scope="module")
def data(built: tuple[Reader, Update]) -> dict[str, Any]:
    """Every published JSON file by its path under the data's folder."""
    pages = built[1].pages
    folder = "api/v1/"
    return {
        path.removeprefix(folder): json.loads(pages[path])
        for path in pages
        if path.startswith(folder)
    }


@pytest.fixture(scope="module")
def seeds(built: tuple[Reader, Update]) -> dict[str, str]:
    """The text of each source's seed."""
    reader = built[0]
    found = {}
    for card in reader.all(Card, "sources"):
        source = reader.one(Source, "source", card.id)
        seed = reader.one(Seed, "seed", source.seed) if source else None
        assert seed is not None and seed.text is not None
        found[card.id] = seed.text
    return found


def quotes(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for fact in data["facts.json"]["facts"]:
        yield from (*fact["evidence"], *fact["also"])


def test_every_quote_stands_where_it_is_said_to_stand(
    data: dict[str, Any], seeds: dict[str, str]
) -> None:
    assert len(list(quotes(data))) > 100
    for quote in quotes(data):
        seed = seeds[quote["source"]]
        words = seed[quote["start"] : quote["end"]]
        assert quote["verdict"] in ("found", "normalised")
        assert normal(words).strip() == normal(quote["quote"]).strip()
        assert (words == quote["quote"]) == (quote["verdict"] == "found")
        assert quote["line"] == seed.count("\n", 0, quote["start"]) + 1


def test_every_fact_rests_on_evidence(data: dict[str, Any]) -> None:
    assert all(fact["evidence"] for fact in data["facts.json"]["facts"])


def test_facts_have_the_contracts_keys_in_its_order(data: dict[str, Any]) -> None:
    for fact in data["facts.json"]["facts"]:
        assert " ".join(fact) == FACT
        for name, keys in KEYS.items():
            found = fact[name] if isinstance(fact[name], list) else [fact[name]]
            assert all(" ".join(one) == keys for one in found if one is not None)


def test_entities_sources_and_the_briefing_have_the_contracts_keys(data: dict[str, Any]) -> None:
    briefing = data["briefing.json"]
    for kind in briefing["kinds"]:
        listed = data[f"{kind['id']}.json"]
        assert " ".join(listed) == "kind entities"
        for entity in listed["entities"]:
            assert " ".join(entity) == ENTITY
            whole = data[f"{kind['id']}/{entity['id']}.json"]
            assert " ".join(whole) == f"{ENTITY} facts mentioned_in relations"
            assert {key: whole[key] for key in entity} == entity
    for source in data["sources.json"]["sources"]:
        assert " ".join(source) == SOURCE
        assert " ".join(source["coverage"]) == "passages accounted sentences used words quoted"


def test_an_entitys_facts_are_those_of_the_ledger(data: dict[str, Any]) -> None:
    facts = {fact["id"]: fact for fact in data["facts.json"]["facts"]}
    for path, entity in data.items():
        for fact in entity.get("facts", []) if "/" in path else []:
            assert fact == facts[fact["id"]]
            assert entity["id"] in (fact["entity"], *fact["about"])


def test_lists_hold_what_they_say(data: dict[str, Any]) -> None:
    assert data["problems.json"] == {"problems": []}
    assert list(data["facts.json"]) == ["facts"]
    assert list(data["sources.json"]) == ["sources"]
    counts = data["briefing.json"]["counts"]
    assert counts["facts"] == len(data["facts.json"]["facts"])
    assert counts["sources"] == len(data["sources.json"]["sources"])


def test_what_is_absent_is_null_or_an_empty_list(data: dict[str, Any]) -> None:
    """Never an empty text, and never an empty object."""

    def values(value: Any) -> Iterator[Any]:
        yield value
        inner = value.values() if isinstance(value, dict) else value
        for one in inner if isinstance(value, dict | list) else ():
            yield from values(one)

    assert not [path for path, file in data.items() if any(v in ("", {}) for v in values(file))]


def test_data_files_are_utf8_with_one_newline_at_the_end(built: tuple[Reader, Update]) -> None:
    for path, page in built[1].pages.items():
        if path.endswith(".json"):
            text = bytes(page).decode("utf-8")  # type: ignore[arg-type]
            assert text.endswith("}\n") and not text.endswith("\n\n")
            assert "\\u" not in text


def test_routes_and_edit_links_lead_somewhere(
    built: tuple[Reader, Update], data: dict[str, Any]
) -> None:
    pages = built[1].pages
    for fact in data["facts.json"]["facts"]:
        assert fact["route"].lstrip("/") + "index.html" in pages
        path, _, line = fact["edit_url"].partition("/blob/main/")[2].partition("#L")
        shown = (ROOT / path).read_text().splitlines()[int(line) - 1]
        assert re.search(rf"\bid: {re.escape(fact['id'])}$", shown)


# What is not the article, and what the licence does not allow


def set_aside(reader: Reader, seeds: dict[str, str]) -> Iterator[str]:
    for source, text in seeds.items():
        reading = reader.one(Reading, "passages", source)
        assert reading is not None
        for aside in reading.asides:
            yield text[aside.start : aside.end]


def runs(text: str, length: int = 4) -> set[str]:
    """Every run of so many words, in small letters and without signs."""
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def shown(page: bytes) -> str:
    """What a page's text says, without its markup."""
    return re.sub(r"<[^>]*>", " ", page.decode())


def test_no_words_of_a_part_set_aside_are_published(
    built: tuple[Reader, Update], seeds: dict[str, str]
) -> None:
    """No run of four words that stand only in parts set aside is on any page or in any data.

    A list of the briefing's own names, such as "Acme, Borea and Cirrus are", is nobody's text.
    """
    reader, update = built
    names = {word for card in reader.all(Card, "entities") for word in card.name.casefold().split()}
    aside = set().union(*(runs(part) for part in set_aside(reader, seeds)))
    told = set().union(*(runs(text) for text in kept(reader, seeds)))
    forbidden = {run for run in aside - told if len(set(run.split()) - names) > 2}
    assert len(forbidden) > 100
    for path, page in update.pages.items():
        if path.endswith((".html", ".json", ".xml", ".txt")):
            assert isinstance(page, bytes)
            assert not (runs(shown(page)) & forbidden), path


def kept(reader: Reader, seeds: dict[str, str]) -> Iterator[str]:
    """The passages of each source that are not set aside, and what its own file says."""
    for source in seeds:
        reading, record = (
            reader.one(Reading, "passages", source),
            reader.one(Source, "source", source),
        )
        assert reading is not None and record is not None
        yield from (passage.text for passage in reading.passages if not passage.set_aside)
        yield from (aside.reason for aside in reading.asides)
        yield record.title


def test_no_letters_of_another_script_are_published(
    built: tuple[Reader, Update], seeds: dict[str, str]
) -> None:
    """The page's own frame was in another language than the article: nothing of it is left."""
    assert any(re.search("[А-я]", text) for text in seeds.values())
    for path, page in built[1].pages.items():
        assert isinstance(page, bytes)
        assert not path.endswith((".html", ".json")) or not re.search("[А-я]", page.decode()), path


def test_passages_have_no_text_without_a_licence(
    data: dict[str, Any], built: tuple[Reader, Update]
) -> None:
    for source in data["sources.json"]["sources"]:
        record = built[0].one(Source, "source", source["id"])
        assert record is not None and record.licence != "whole"
        assert all(passage.get("text") is None for passage in source["passages"])
        states = [passage["state"] for passage in source["passages"]]
        assert source["coverage"]["passages"] == len(states)
        assert source["coverage"]["accounted"] == len(states) - states.count("open")
        assert {id_ for passage in source["passages"] for id_ in passage["facts"]} <= {
            fact["id"] for fact in data["facts.json"]["facts"]
        }
