"""A made-up briefing → what each engine is given, and what its site must hold.

All build the same pages: home, the kinds' indexes, entities with their facts, ties both ways and
where they are named, a timeline by year, sections and sources. What Standfirst publishes beyond is
left out by its settings. Hugo gets its links written out, so it has no reference to look up.
"""

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bench.corpus import RELATIONS, SOURCES, large, write
from standfirst.model import FURTHER

Files = Mapping[str, bytes]
_MARK = re.compile(r"\[\[([a-z0-9-]+)\]\]|\[@([a-z0-9-]+)\]")
_YEAR = re.compile(r"[12][0-9]{3}")
_WAYS = {id_: {"says": says, "back": back} for id_, (says, back) in RELATIONS.items()}


def same_pages(entities: int, seed: int) -> dict[str, bytes]:
    """The briefing as Standfirst builds it here: nothing beyond what the others publish."""
    files = large(entities, 6, seed)
    plugin = {"pictures": "false", "search": "off", "leave_out": list(FURTHER)}
    settings = files["mkdocs.yml"].replace(b'{"pictures": "false"}', json.dumps(plugin).encode(), 1)
    briefing = files["content/briefing.yaml"].replace(b'fact_pages: "true"', b'fact_pages: "false"')
    return files | {"mkdocs.yml": settings, "content/briefing.yaml": briefing}


def for_hugo(files: Files) -> dict[str, bytes]:
    """The same content as Hugo's Markdown, data and layouts."""
    told = {path: _told(data) for path, data in _entities(files)}
    briefing = yaml.load(files["content/briefing.yaml"], yaml.CSafeLoader)
    routes = {Path(path).stem: route_of(path) for path in told}
    names = {Path(path).stem: one["name"] for path, one in told.items()}
    facts = {fact["id"]: Path(path).stem for path, one in told.items() for fact in one["facts"]}
    figures = {
        fact["id"]: fact["value"]["figure"]
        for one in told.values() for fact in one["facts"] if "value" in fact
    }  # fmt: skip

    def link(mark: re.Match[str]) -> str:
        id_ = mark[1] or mark[2]
        if id_ in facts:
            return f"[{figures.get(id_, '*') if mark[1] else '*'}]({routes[facts[id_]]}#{id_})"
        return f"[{names[id_]}]({routes[id_]})"

    def linked(text: str) -> str:
        return _MARK.sub(link, text)

    def named(text: str) -> list[str]:
        return sorted({mark[1] for mark in _MARK.finditer(text) if mark[1] in names})

    made = {
        f"content/{'/'.join(_parts(path))}.md": _page(
            title=one["name"],
            lede=linked(one["summary"]),
            others=one["aliases"],
            facts=[_fact(fact, linked, named, routes, names) for fact in one["facts"]],
        )
        for path, one in told.items()
    }
    for kind, words in briefing["kinds"].items():
        made[f"content/{kind}/_index.md"] = _page(title=words["many"])
    points = [{"page": routes[facts[id_]], "id": id_} for id_ in briefing["key_points"]]
    made["content/_index.md"] = _page(
        title=briefing["title"], lede=linked(briefing["standfirst"]), points=points
    )
    for path, data in files.items():
        if path.startswith("content/sections/"):
            _, front, body = data.decode().split("---\n", 2)
            number, _, slug = Path(path).stem.partition("-")
            title = yaml.load(front, yaml.CSafeLoader)["title"]
            head = _page(title=title, weight=int(number), links=named(body))
            made[f"content/sections/{slug}.md"] = head + linked(body).encode()
    for name in SOURCES:
        one = yaml.load(files[f"content/sources/{name}.yaml"], yaml.CSafeLoader)
        made[f"content/sources/{name}.md"] = _page(
            title=one["title"], publisher=one["publisher"], address=one["url"],
            day=str(one["published"]),
        )  # fmt: skip
    for year in years(files):
        route = f"/timeline/year/{year}/"
        made[f"content/timeline/{year}.md"] = _page(title=year, year=year, url=route)
    kinds = [{"id": kind, "many": words["many"]} for kind, words in briefing["kinds"].items()]
    made["data/kinds.json"] = json.dumps(kinds).encode()
    theme = Path(__file__).parent / "hugo"
    layouts = {path for path in theme.rglob("*") if path.is_file()}
    return made | {path.relative_to(theme).as_posix(): path.read_bytes() for path in layouts}


def years(files: Files) -> list[str]:
    """The years in which a fact's date begins, or ends where only that is known."""
    dates = (
        str(fact["date"])
        for _, data in _entities(files)
        for fact in _told(data)["facts"]
        if "date" in fact
    )
    return sorted({found[0] for date in dates if (found := _YEAR.search(date))})


def routes_of(files: Files) -> Iterator[str]:
    """The address of every page that each site must hold."""
    yield "/"
    for path, _ in _entities(files):
        yield route_of(path)
    yield from sorted({f"/{_parts(path)[0]}/" for path, _ in _entities(files)})
    yield from (f"/sources/{name}/" for name in SOURCES)
    for path in files:
        if path.startswith("content/sections/"):
            yield f"/sections/{Path(path).stem.partition('-')[2]}/"
    yield from (f"/timeline/year/{year}/" for year in years(files))


def words_of(files: Files, every: int = 50) -> Iterator[tuple[str, str]]:
    """Of one entity in so many: its page, and words that must stand there."""
    for at, (path, data) in enumerate(_entities(files)):
        if at % every == 0:
            one = _told(data)
            route = route_of(path)
            yield route, one["name"]
            for fact in one["facts"]:
                yield route, next(iter(fact["evidence"].values()))
                yield route, _MARK.split(fact["text"])[0].strip()


def edited(files: Files, number: int, path: str) -> bytes:
    """A file with one fact told in other words, for each number others."""
    told = rf"\g<1>{_LY[number % len(_LY)]} second"
    return _EDITED.sub(told, files[path].decode(), count=1).encode()


def told_again(number: int) -> str:
    """The words that a page shows of an edit."""
    return f"plans to open a {_LY[number % len(_LY)]} second"


_EDITED = re.compile(r'(text"?: "[^"]*?plans to open a )second')
_LY = ("lovely", "lively", "stately", "homely", "comely", "costly")


def editable(files: Files) -> str:
    """A file in the middle in which `edited` finds what to change."""
    found = [path for path, data in _entities(files) if b"plans to open a second" in data]
    return found[len(found) // 2]


def written(folder: Path, files: Files) -> None:
    """The files in a folder."""
    write(folder, files)


def route_of(path: str) -> str:
    """The address of an entity's page, by its file."""
    return "/{}/{}/".format(*_parts(path))


@functools.cache
def _told(data: bytes) -> Any:
    """What an entity's file says, read once."""
    return yaml.load(data, yaml.CSafeLoader)


def _entities(files: Files) -> Iterable[tuple[str, bytes]]:
    return (
        (path, data) for path, data in sorted(files.items()) if path.startswith("content/facts/")
    )


def _parts(path: str) -> tuple[str, str]:
    return Path(path).parent.name, Path(path).stem


def _page(**front: Any) -> bytes:
    return json.dumps(front, ensure_ascii=False).encode() + b"\n\n"


def _fact(
    fact: Mapping[str, Any],
    linked: Callable[[str], str],
    named: Callable[[str], list[str]],
    routes: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    ties = [
        tie | _WAYS[tie["type"]] | {"route": routes[tie["to"]], "name": names[tie["to"]]}
        for tie in fact.get("relations", ())
    ]
    date = str(fact.get("date", ""))
    year = _YEAR.search(date)
    return {
        "id": fact["id"],
        "text": linked(fact["text"]),
        "status": fact["status"],
        "by": fact.get("by"),
        "date": date or None,
        "year": year[0] if year else None,
        "figure": fact.get("value", {}).get("figure"),
        "condition": fact.get("condition"),
        "doubt": fact.get("doubt"),
        "note": fact.get("note"),
        "links": sorted({*named(fact["text"]), *(tie["to"] for tie in ties)}),
        "relations": ties,
        "evidence": [{"source": name, "quote": quote} for name, quote in fact["evidence"].items()],
    }
