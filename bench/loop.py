"""A briefing's folder → the same pages as one would write them in an afternoon.

YAML, Jinja2 and Markdown. Checks nothing and remembers nothing: what `bench.speed` measures
Standfirst against.
"""

import re
import sys
from pathlib import Path
from typing import Any

import markdown
import yaml
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

_MARK = re.compile(r"\[\[([a-z0-9-]+)\]\]|\[@([a-z0-9-]+)\]")
_YEAR = re.compile(r"[12][0-9]{3}")


def read(path: Path) -> Any:
    """What a YAML file says."""
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def main(project: Path, site: Path) -> None:
    """Reads everything, then writes every page."""
    content = project / "content"
    briefing = read(content / "briefing.yaml")
    entities, facts, named, years, quoted = [], {}, {}, {}, {}
    routes, names, summaries = {}, {}, {}
    for path in sorted((content / "facts").glob("*/*.yaml")):
        one = read(path) | {"id": path.stem, "kind": path.parent.name}
        entities.append(one)
        routes[one["id"]], names[one["id"]] = f"/{one['kind']}/{one['id']}/", one["name"]
        summaries[one["id"]] = one["summary"]
        for fact in one["facts"]:
            fact["of"] = one["id"]
            fact["date"] = str(fact["date"]) if "date" in fact else ""
            facts[fact["id"]] = fact
            for id_ in {mark[1] for mark in _MARK.finditer(fact["text"])}:
                named.setdefault(id_, []).append((one["id"], fact))
            for tie in fact.get("relations", ()):
                if tie["to"] not in fact["text"]:
                    named.setdefault(tie["to"], []).append((one["id"], fact))
            if year := _YEAR.search(fact["date"]):
                years.setdefault(year[0], []).append(fact)
            for source, quote in fact["evidence"].items():
                quoted.setdefault(source, []).append((quote, fact))

    def link(mark: re.Match[str]) -> str:
        id_ = mark[1] or mark[2]
        if id_ in facts:
            fact = facts[id_]
            words = fact["value"]["figure"] if mark[1] and "value" in fact else "*"
            return Markup('<a href="{}#{}">{}</a>').format(routes[fact["of"]], id_, words)
        return Markup('<a href="{}">{}</a>').format(routes[id_], names[id_])

    def linked(text: str) -> Markup:
        return Markup(_MARK.sub(link, str(escape(text))))

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "theme"), autoescape=True
    )
    environment.globals |= {
        "site": briefing["title"], "kinds": briefing["kinds"], "relations": briefing["relations"],
        "routes": routes, "names": names, "summaries": summaries, "linked": linked,
    }  # fmt: skip
    listing, page = environment.get_template("list.html"), environment.get_template("entity.html")

    def write(route: str, text: str) -> None:
        path = site / route.lstrip("/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def listed(route: str, title: str, **view: Any) -> None:
        view = {"html": "", "facts": (), "ids": (), "quotes": ()} | view
        write(route, listing.render(route=route, title=title, **view))

    for path in sorted((content / "sections").glob("*.md")):
        _, front, body = path.read_text().split("---\n", 2)
        id_, title = path.stem.partition("-")[2], yaml.load(front, yaml.CSafeLoader)["title"]
        routes[id_], names[id_] = f"/sections/{id_}/", title
        for entity in {mark[1] for mark in _MARK.finditer(body) if mark[1] not in facts}:
            named.setdefault(entity, []).append((id_, {}))
        html = markdown.markdown(_MARK.sub(link, body), extensions=["tables"])
        listed(routes[id_], title, html=Markup(html))
    for one in entities:
        route, told = routes[one["id"]], named.get(one["id"], ())
        write(route, page.render(route=route, title=one["name"], one=one, named=told))
    for kind, words in briefing["kinds"].items():
        ids = sorted(one["id"] for one in entities if one["kind"] == kind)
        listed(f"/{kind}/", words["many"], ids=ids)
    for year, events in years.items():
        events.sort(key=lambda fact: fact["date"])
        listed(f"/timeline/year/{year}/", year, facts=events)
    for path in sorted((content / "sources").glob("*.yaml")):
        listed(f"/sources/{path.stem}/", read(path)["title"], quotes=quoted.get(path.stem, ()))
    points = [facts[id_] for id_ in briefing["key_points"]]
    listed("/", briefing["title"], html=linked(briefing["standfirst"]), facts=points)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
