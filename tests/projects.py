"""Small projects for tests: a briefing as data that can be edited, and its files as bytes.

The theme of these projects prints all that a page is given, in a fixed order and without markup,
so two pages with the same bytes were given the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standfirst.build import Site
from standfirst.update import Update

ROOT = Path(__file__).parents[1]
THEME = ROOT / "templates"
BRIEFING = "content/briefing.yaml"

_PAGE = """{% extends "base.html" %}
{% import "parts.html" as parts %}
{% block main %}
{{ parts.given(self._TemplateReference__context.parent) }}
{% endblock %}
"""
_BASE = """<title>{{ title }}</title>
{{ frame }}
{{ asset("style.css") }}
{% block main %}{% endblock %}
"""
_ICONS = "{% macro icon() %}*{% endmacro %}\n"
_PARTS = """{% import "icons.html" as icons %}
{% macro given(names) %}
{{ icons.icon() }}
{% for name, value in names|dictsort if value is not callable and name != "frame" %}
{{ name }}: {{ value }}
{% endfor %}
{% endmacro %}
"""


def plain_theme() -> dict[str, str]:
    """The theme by name: a page for each of the real ones, which prints what it is given."""
    pages = {path.name: _PAGE for path in THEME.glob("*.html")}
    others = {path.name: path.read_text() for path in THEME.glob("*.[xt][mx][lt]")}
    own = {"base.html": _BASE, "parts.html": _PARTS, "icons.html": _ICONS, "style.css": "p {}\n"}
    return {**pages, **others, **own}


def readers_theme() -> dict[str, str]:
    """The theme by name as readers see it, pictures left out."""
    files = (path for path in THEME.iterdir() if path.is_file())
    return {path.name: path.read_text() for path in files if path.name != "picture.svg"}


@dataclass
class Project:
    """A briefing that can be edited: change any field, then ask for `files()`.

    `entities`, `sources` and `sections` are by path, without folder and suffix; `before` is what
    precedes the keys of a file (blank lines, comments), `broken` what follows them.
    """

    briefing: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    seeds: dict[str, str] = field(default_factory=dict)
    sections: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    theme: dict[str, str] = field(default_factory=plain_theme)
    before: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def files(self) -> dict[str, bytes]:
        """Every file of the project by its path."""
        texts = {"mkdocs.yml": yaml(self.settings), BRIEFING: yaml(self.briefing)}
        for name, entity in self.entities.items():
            texts[entity_file(name)] = yaml(entity) + yaml_facts(self.facts.get(name, []))
        for name, source in self.sources.items():
            texts[f"content/sources/{name}.yaml"] = yaml(source)
        for name, (front, body) in self.sections.items():
            texts[f"content/sections/{name}.md"] = f"---\n{yaml(front)}---\n{body}"
        for path, before in self.before.items():
            if path in texts and not path.endswith(".md"):
                texts[path] = before + texts[path]
        for path, after in self.broken.items():
            if path in texts:
                texts[path] += after
        texts |= {f"templates/{name}": text for name, text in self.theme.items()}
        return {path: text.encode() for path, text in (texts | self.seeds).items()}

    def lock(self, name: str) -> None:
        """Writes into a source the hash of its seed as it now is."""
        seed = self.seeds[self.sources[name]["seed"]]
        self.sources[name]["sha256"] = hashlib.sha256(seed.encode()).hexdigest()

    def fact(self, id_: str) -> dict[str, Any]:
        return next(fact for facts in self.facts.values() for fact in facts if fact["id"] == id_)


def entity_file(name: str) -> str:
    """The path of an entity's file; the name is its kind and id: "companies/acme"."""
    return f"content/facts/{name}.yaml"


def yaml(keys: Mapping[str, Any]) -> str:
    """A mapping as YAML, a line for each key; empty values are left out."""
    return "".join(f"{key}: {_json(value)}\n" for key, value in keys.items() if _is_said(value))


def yaml_facts(facts: Iterable[Mapping[str, Any]]) -> str:
    """The facts of an entity as YAML, a line for each key of each fact."""
    lines = []
    for fact in facts:
        first, *rest = yaml(fact).splitlines()
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(("facts:", *lines, "")) if lines else ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_said(value: object) -> bool:
    return value not in (None, "", [], {})


def clean(files: Mapping[str, bytes]) -> tuple[Site, Update]:
    """A site built from nothing."""
    site = Site("engine")
    return site, site.update(files)


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """What makes the one set of files the other: changed and new ones, `None` where one is gone."""
    changed: dict[str, bytes | None] = {
        path: data for path, data in after.items() if before.get(path) != data
    }
    return changed | dict.fromkeys(before.keys() - after.keys())


def kites(small: bool = False) -> Project:
    """A briefing with a little of everything: six entities of two kinds, fifteen facts, two
    sources, three sections and a page for each fact; or half of it, without those pages."""
    project = Project(
        settings={
            "site_name": "Kites",
            "site_url": "https://example.org/kites/",
            "repo_url": "https://example.org/repo",
            "edit_uri": "edit/main/",
            "plugins": [{"standfirst": {"pictures": False}}],
        },
        briefing={
            "title": "Kites over Borea",
            "standfirst": "[[acme]] sells kites [@acme-1]. [[borea]] buys them [@borea-1].",
            "as_of": "2031-05-08",
            "language": "en",
            "coverage_min": 0,
            "key_points": ["acme-1", "borea-2"],
            "kinds": {
                "companies": {"one": "Company", "many": "Companies"},
                "ideas": {"one": "Idea", "many": "Ideas"},
            },
            "relations": {
                "sells-to": {"says": "sells to", "back": "buys from"},
                "follows": {"says": "follows", "back": "is followed by"},
            },
            "fact_pages": "false" if small else "true",
        },
    )
    for name, count in (_HALF if small else _ALL).items():
        kind, _, id_ = name.partition("/")
        words = {"summary": f"A house of kites [@{id_}-1]."} if kind == "companies" else {}
        project.entities[name] = {"name": id_.title(), "aliases": [f"Old {id_}"], **words}
        project.facts[name] = [_fact(id_, number) for number in range(1, count + 1)]
    _tie(project)
    if not small:
        _tie_more(project)
    for source in ("almanac", "courier"):
        project.seeds[f"seeds/{source}.txt"] = _seed(source, project)
        project.sources[source] = {
            "title": f"The {source.title()}",
            "seed": f"seeds/{source}.txt",
            "language": "en",
            "published": "2031-05-08",
            "publisher": f"{source.title()} & Sons",
        }
        project.lock(source)
    project.sources["courier"] |= {
        "licence": "whole",
        "layers": [
            {"name": "headline", "from": "Kites of the courier"},
            {"name": "body", "from": "Chapter one", "to": "end of the courier."},
        ],
        "set_aside": [{"from": "Subscribe", "to_end": True, "reason": "not the article"}],
    }
    sections = {"houses": ("acme", "borea")} if small else _SECTIONS
    for number, (slug, ids) in enumerate(sections.items(), start=1):
        body = "".join(f"Of [[{id_}]] one hears [@{id_}-1].\n\n" for id_ in ids)
        body += f"The price was [[{ids[0]}-1]].\n"
        project.sections[f"{number:02}-{slug}"] = ({"title": slug.title()}, body)
    return project


_HALF = {"companies/acme": 4, "companies/borea": 3, "ideas/wind": 2}
_ALL = {**_HALF, "companies/cirrus": 3, "ideas/silk": 2, "ideas/string": 1}
_SECTIONS = {"houses": ("acme", "borea"), "stuffs": ("silk",), "weather": ("wind", "cirrus")}


def sentence(id_: str, number: int, year: int = 2030) -> str:
    """The sentence of a seed on which a fact of `kites` rests."""
    told = f"{number + 3} million kites flew"
    return f"Of {id_.upper()} number {number} it was said in {year} that {told}."


def _fact(id_: str, number: int) -> dict[str, Any]:
    quote = sentence(id_, number)
    return {
        "id": f"{id_}-{number}",
        "text": f"Of {id_} it is said that {number + 3} million kites flew.",
        "status": "stated",
        "date": "2030",
        "value": {"of": f"kites {number}", "figure": f"{number + 3} million"},
        "evidence": {"courier" if number % 2 else "almanac": quote},
    }


def _tie(project: Project) -> None:
    """Lets facts name one another and other entities, in every way there is."""
    fact = project.fact
    fact("acme-1")["text"] = "[[acme]] sold 4 million kites to [[borea]]."
    fact("acme-1")["relations"] = [{"type": "sells-to", "to": "borea", "what": "kites"}]
    fact("acme-1")["about"] = ["borea"]
    fact("acme-2").update({"status": "reported", "by": ["borea", "Acme managers"]})
    fact("acme-3").update({"disputes": ["acme-4"], "doubt": "The figures of [[wind]] differ."})
    fact("acme-4").update({"supersedes": "borea-3", "status": "denied"})
    fact("borea-1").update({"condition": "if [[wind]] blows", "date": "2030~"})
    fact("borea-2").update({"date": "2035", "date_basis": "a forecast", "status": "planned"})
    fact("borea-2")["also"] = [
        {"source": "courier", "quote": sentence("borea", 2), "differs": "a word"}
    ]


def _tie_more(project: Project) -> None:
    fact = project.fact
    fact("acme-1")["relations"][0]["what"] = "silk"
    fact("acme-2")["by"] = ["cirrus", "Acme managers"]
    fact("acme-4")["relations"] = [{"type": "follows", "to": "cirrus", "stage": "early"}]
    fact("silk-1").update({"resolves": "borea-2", "note": "An editor's remark."})


def _seed(source: str, project: Project) -> str:
    """A seed that holds the sentence of every fact, and some that no fact quotes."""
    facts = [fact["id"].rpartition("-") for facts in project.facts.values() for fact in facts]
    told = [sentence(id_, int(number)) for id_, _, number in facts]
    lines = [f"Kites of the {source}", "", "Chapter one tells of kites.", " ".join(told[:8]), ""]
    lines += [
        " ".join(told[8:]),
        "",
        f"This is the end of the {source}.",
        "",
        "Subscribe to us now",
    ]
    return "\n".join(lines) + "\n"


def written(project: Project, folder: Path) -> Path:
    """A project on disk, in the theme that ships with the engine."""
    for path, data in project.files().items():
        if not path.startswith("templates/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return folder


def replace(path: Path, words: str, others: str) -> None:
    """Changes words of a file in place."""
    text = path.read_text()
    assert words in text
    path.write_text(text.replace(words, others))
