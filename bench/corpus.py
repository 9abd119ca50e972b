"""A number of entities and a seed number → the files of a made-up briefing that passes every check.

Same numbers, same bytes. The theme is the one in `templates/`, the quotes stand in the sources that
are made with them, and what is told touches every sort of date, status, tie and figure there is.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.sayings import SORTS, Being
from standfirst.build import Site

ROOT = Path(__file__).parents[1]
AS_OF = "2031-05-08"
KINDS = {
    "companies": ("Company", "Companies"),
    "people": ("Person", "People"),
    "places": ("Place", "Places"),
    "kites": ("Kite", "Kites"),
    "ideas": ("Idea", "Ideas"),
}
RELATIONS = {
    "in-talks-with": ("is in talks with", "is in talks with"),
    "supplies": ("supplies", "is supplied by"),
    "learns-from": ("learns from", "teaches"),
}
SOURCES = {"courier": "The Courier", "almanac": "The Almanac", "gazette": "The Gazette"}
_HEADS = "Bel Cor Dar El Fal Gar Hol Is Jor Kel Lor Mar Nor Or Pel Quil Ros Sel Tor Ul Var Wil Zan"
_MIDDLES = "a be ca di e fi go ha i lo mi na o pe ri so ta u vi we"
_TAILS = "dan fell gate holm len mar nis rad sen ton ven wick"
CHAPTER = 24
"""How many entities a section tells of."""


@dataclass
class Told:
    """A fact as it is written, and the sentences of the sources that it quotes."""

    fact: dict[str, Any]
    quotes: list[tuple[str, str]] = field(default_factory=list)


def theme() -> dict[str, bytes]:
    """The theme that readers see, by path."""
    found = sorted(path for path in (ROOT / "templates").iterdir() if path.is_file())
    return {f"templates/{path.name}": path.read_bytes() for path in found}


def built(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site of a briefing, by path; what is wrong with it is an error."""
    update = Site("engine").update(files)
    if update.problems:
        raise ValueError(update.problems[:3])
    return {path: page for path, page in update.pages.items() if isinstance(page, bytes)}


def large(entities: int = 500, facts: int = 6, seed: int = 1) -> dict[str, bytes]:
    """The files of a briefing with so many entities, and so many facts about each."""
    chance = random.Random(seed)
    beings = _beings(entities, chance)
    told = {one.id: _facts_of(at, beings, facts, chance) for at, one in enumerate(beings)}
    texts = {"mkdocs.yml": _settings(), "content/briefing.yaml": _briefing(beings)}
    for being in beings:
        texts[f"content/facts/{being.kind}/{being.id}.yaml"] = _entity(being, told[being.id])
    for name in SOURCES:
        quoted = [
            quote for facts in told.values() for one in facts for at, quote in one.quotes
            if at == name
        ]  # fmt: skip
        texts |= _source(name, quoted)
    for number, start in enumerate(range(0, entities, CHAPTER), start=1):
        of_it = beings[start : start + CHAPTER]
        texts[f"content/sections/{number:03}-chapter-{number}.md"] = _section(number, of_it, told)
    return {path: text.encode() for path, text in texts.items()} | theme()


def _beings(count: int, chance: random.Random) -> list[Being]:
    """Entities with names of their own, spread over the kinds."""
    names: dict[str, None] = {}
    while len(names) < count:
        parts = (_HEADS, _MIDDLES, _TAILS) if len(names) % 2 else (_HEADS, _MIDDLES, _MIDDLES)
        names["".join(chance.choice(part.split()) for part in parts)] = None
        if len(names) > 8_000:
            names[f"{chance.choice(_HEADS.split())}{len(names):x}".translate(_LETTERS)] = None
    kinds = list(KINDS)
    return [Being(kinds[at % len(kinds)], n.lower(), n) for at, n in enumerate(list(names)[:count])]


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _facts_of(at: int, beings: list[Being], count: int, chance: random.Random) -> list[Told]:
    me, told = beings[at], list[Told]()
    for number in range(1, count + 1):
        # Most ties lead to a neighbour, some to one of the few that everybody deals with.
        near = (at - 1, at - 2, at % 7, at // 3)
        other = beings[chance.choice(near) % len(beings)]
        if other is me:
            other = beings[(at + 1) % len(beings)]
        # Each entity begins elsewhere, so that all sorts are told however few facts there are.
        turn = at % (len(SORTS) - 1)
        sorts = (SORTS[0], *SORTS[1 + turn :], *SORTS[1 : 1 + turn])
        sort = sorts[(number - 1) % len(sorts)]
        fact, quote = sort(me, other, chance)
        source = chance.choice(list(SOURCES))
        mark = _ordinal(number)
        quote = f"{quote}, in its {mark} report on {me.name}"
        if number > len(sorts) and "value" in fact:
            fact["value"]["of"] += f", {mark} report"
        told.append(Told({"id": f"{me.id}-{number}", **fact}, [(source, quote)]))
        told[-1].fact["evidence"] = {source: quote}
    _dispute(me, told, chance)
    _repeat(me, told, chance)
    return told


def _dispute(me: Being, told: list[Told], chance: random.Random) -> None:
    """One entity in nine has a second figure for its sales, which disputes the first."""
    if not told or "value" not in told[0].fact or chance.randrange(9):
        return
    first = told[0].fact
    year, figure = first["date"], f"{chance.randint(901, 990)} million crowns"
    quote = f"Others put the sales of {me.name} in {year} at {figure}, which is not the same"
    source = chance.choice(list(SOURCES))
    fact = {
        "id": f"{me.id}-other",
        "text": f"Others put the sales of {me.name} in {year} at {figure}.",
        "status": "reported",
        "by": ["Others"],
        "date": year,
        "value": {"of": first["value"]["of"], "figure": figure},
        "disputes": [first["id"]],
        "evidence": {source: quote},
    }
    told.append(Told(fact, [(source, quote)]))


def _repeat(me: Being, told: list[Told], chance: random.Random) -> None:
    """One entity in five has a fact that is said again elsewhere."""
    if not told or chance.randrange(5):
        return
    source = next(name for name in SOURCES if name != told[0].quotes[0][0])
    quote = f"As was said of {me.name} before, its sales came to what its books say"
    told[0].quotes.append((source, quote))
    told[0].fact["also"] = [{"source": source, "quote": quote, "differs": "gives no figure"}]


_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def _ordinal(number: int) -> str:
    """A number in words without a figure in it: "first", "second", "tenth and first"."""
    words = []
    while number > 0:
        number, left = divmod(number - 1, len(_ORDINALS))
        words.append(_ORDINALS[left])
    return " and ".join(reversed(words))


def _settings() -> str:
    return _yaml(
        {
            "site_name": "Kites of the valley",
            "site_url": "https://example.org/kites/",
            "repo_url": "https://example.org/repo",
            "edit_uri": "edit/main/",
            # A picture takes longer to draw than all else of a page to render.
            "plugins": [{"standfirst": {"pictures": "false"}}],
        }
    )


def _briefing(beings: list[Being]) -> str:
    first = beings[0]
    return _yaml(
        {
            "title": "Kites of the valley",
            "standfirst": f"[[{first.id}]] sells kites [@{first.id}-1].",
            "as_of": AS_OF,
            "language": "en",
            "coverage_min": 100,
            "key_points": [f"{being.id}-1" for being in beings[:7]],
            "kinds": {id_: {"one": one, "many": many} for id_, (one, many) in KINDS.items()},
            "relations": {
                id_: {"says": says, "back": back} for id_, (says, back) in RELATIONS.items()
            },
            "compare": {"companies": {"measures": ["staff"], "relations": list(RELATIONS)}},
            "fact_pages": "true",
        }
    )


def _entity(being: Being, told: Iterable[Told]) -> str:
    """An entity's file: its name, a summary that cites its first fact, its facts."""
    lines = [f"name: {_json(being.name)}", f"aliases: {_json([f'Old {being.name}'])}"]
    facts = [one.fact for one in told]
    if facts:
        summary = f"{being.name} is one of the names of the valley [@{being.id}-1]."
        lines += [f"summary: {_json(summary)}", "facts:"]
    for fact in facts:
        first, *rest = _yaml(fact).splitlines()
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def _source(name: str, quotes: list[str]) -> dict[str, str]:
    """A source and its seed: a headline, what is quoted in paragraphs, questions, a teaser."""
    title = f"{SOURCES[name]} on the kites of the valley"
    half = len(quotes) * 4 // 5
    body, asked = quotes[:half], quotes[half:]
    lines = [title, ""]
    lines += [line for at in range(0, half, 5) for line in (_sentences(body[at : at + 5]), "")]
    lines += ["What else was asked in the valley?", ""]
    lines += [line for quote in asked for line in (_sentences([quote]), "")]
    lines += ["Subscribe to us for more of this."]
    seed = "\n".join(lines) + "\n"
    aside = [
        {"from": title, "reason": "the headline says nothing"},
        {"from": "What else was asked in the valley?", "reason": "a heading"},
        {"from": "Subscribe to us", "to_end": True, "reason": "not the article"},
    ]
    layers: list[dict[str, str]] = [{"name": "headline", "from": title}]
    told = (("body", body), ("questions", asked))
    layers += [_layer(called, of_it) for called, of_it in told if of_it]
    source = {
        "title": title,
        "seed": f"seeds/{name}.txt",
        "sha256": hashlib.sha256(seed.encode()).hexdigest(),
        "language": "en",
        "published": AS_OF,
        "publisher": SOURCES[name],
        "origin": {"publisher": SOURCES[name], "author": "A. Writer"},
        "url": f"https://example.org/{name}",
        "layers": layers,
        "set_aside": aside,
    }
    return {f"content/sources/{name}.yaml": _yaml(source), f"seeds/{name}.txt": seed}


def _layer(name: str, quotes: list[str]) -> dict[str, str]:
    """A layer from its first sentence to its last; one sentence is a line."""
    end = {"to": f"{quotes[-1]}."} if len(quotes) > 1 else {}
    return {"name": name, "from": quotes[0], **end}


def _sentences(quotes: Iterable[str]) -> str:
    return " ".join(f"{quote}." for quote in quotes)


def _section(number: int, beings: list[Being], told: Mapping[str, list[Told]]) -> str:
    """A chapter: paragraphs that cite and print facts, and a table of them."""
    known = [being for being in beings if told[being.id]]
    title = f"Chapter {_ordinal(number)}"
    parts = [_paragraph(being, told[being.id]) for being in known[: CHAPTER // 2]]
    rows = [f"| [[{being.id}]] | [[{being.id}-1]] [@{being.id}-1] |" for being in known[:6]]
    table = "\n".join(("| Who | Sales |", "|---|---|", *rows)) if rows else "Nothing is known."
    body = "\n\n".join((*parts[:6], "## In figures", table, "## And the others", *parts[6:]))
    return f"---\n{_yaml({'title': title})}---\n{body}\n"


def _paragraph(being: Being, told: list[Told]) -> str:
    cited = "".join(f"[@{one.fact['id']}]" for one in told[1:3])
    more = f" More is said of it {cited}." if cited else ""
    return f"Of [[{being.id}]] one hears much [@{being.id}-1]. It sold [[{being.id}-1]].{more}"


def _yaml(keys: Mapping[str, Any]) -> str:
    """A mapping as YAML, a line for each key."""
    return "".join(f"{key}: {_json(value)}\n" for key, value in keys.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a briefing into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def main() -> None:
    """Writes a briefing of a size into a folder, to be built there."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where to; what lies there is overwritten")
    parser.add_argument("--entities", type=int, default=500, help="how many (500)")
    parser.add_argument("--facts", type=int, default=6, help="how many about each (6)")
    parser.add_argument("--seed", type=int, default=1, help="another number, another briefing")
    asked = parser.parse_args()
    files = large(asked.entities, asked.facts, asked.seed)
    write(asked.folder, files)
    print(f"{len(files)} files in {asked.folder}/; to build: build.py --project {asked.folder}")


if __name__ == "__main__":
    main()
