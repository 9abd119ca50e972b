"""Ties → the pages that show them: the map, and the same ties as a table with quotes."""

from standfirst.link import Tie
from standfirst.model import Fact
from standfirst.pagination import relation_pages
from standfirst.problem import Problem
from standfirst.reader import Reader
from standfirst.render.facts import FactView, Link, TieView, fact_view, tie_view
from standfirst.render.html import html_page
from standfirst.render.map import relations_map
from standfirst.render.naming import interface

Output = bytes | Problem


def relations(reader: Reader, number: str = "1") -> Output:
    """The map on the first page, and on each so many ties with their stage, status and quote."""
    t = interface(reader)
    pages = relation_pages(reader)
    at = min(int(number), len(pages)) - 1
    title = t("relations-further", n=at + 1) if at else t("relations")
    return html_page(
        "relations.html",
        pages[at].route,
        reader,
        title=str(title),
        description=str(t("relations-lede")),
        map=None if at else relations_map(reader.all(Tie, "ties"), reader),
        groups=_groups(pages[at].ties, reader),
        count=sum(len(page.ties) for page in pages),
        position=at + 1,
        total=len(pages),
        previous=pages[at - 1].route if at else None,
        following=pages[at + 1].route if at + 1 < len(pages) else None,
    )


def _groups(
    ties: tuple[Tie, ...], reader: Reader
) -> list[tuple[Link, list[tuple[TieView, FactView]]]]:
    """Ties with their facts, by the end they start from."""
    t = interface(reader)
    by_end: dict[Link, list[tuple[TieView, FactView]]] = {}
    for tie in ties:
        fact = reader.one(Fact, "fact", tie.fact)
        if fact:
            shown = tie_view(tie, reader, t)
            by_end.setdefault(shown.from_, []).append((shown, fact_view(fact, reader)))
    return list(by_end.items())
