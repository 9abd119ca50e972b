"""Ties → the pages that show them: the map, and the same ties as a table with quotes."""

from standfirst.link import Tie
from standfirst.lists import relation_pages
from standfirst.model import Fact
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import FactView, Link, TieView, fact_view, tie_view
from standfirst.render.html import html_page
from standfirst.render.map import relations_map
from standfirst.render.naming import interface, numbered

Output = bytes | Problem


def relations(reader: Reader, number: str = "1") -> Output:
    """The map on the first page, and on each so many ties with their stage, status and quote."""
    t = interface(reader)
    pages = relation_pages(reader)
    page = pages[int(number) - 1]
    title = str(t("relations"))
    is_first = page.number == 1
    return html_page(
        "relations.html",
        page.route,
        reader,
        title=numbered(title, page.number, reader),
        description=str(t("relations-lede")),
        map=relations_map(reader.all(Tie, "ties"), reader) if is_first else None,
        groups=_groups(page.rows, reader),
        count=sum(len(one.rows) for one in pages),
        page=page,
    )


def _groups(
    ties: tuple[Tie, ...], reader: Reader
) -> list[tuple[Link, list[tuple[TieView, FactView]]]]:
    """Ties with their facts, by the end they start from."""
    t = interface(reader)
    found = {tie.fact: reader.one(Fact, "fact", tie.fact) for tie in ties}
    facts = {id_: fact_view(fact, reader) for id_, fact in found.items() if fact}
    by_end: dict[Link, list[tuple[TieView, FactView]]] = {}
    for tie in ties:
        if tie.fact in facts:
            shown = tie_view(tie, reader, t)
            by_end.setdefault(shown.from_, []).append((shown, facts[tie.fact]))
    return list(by_end.items())
