"""A choice of the timeline → what is said of it: its title, what is in it, the ways back."""

from collections.abc import Sequence
from itertools import pairwise

from standfirst.dated import Dated, dating_of
from standfirst.model import Kind
from standfirst.reader import Reader
from standfirst.render.facts import Link
from standfirst.render.naming import interface, name_of
from standfirst.render.scale import Scale, bounds, year_number
from standfirst.render.timeline import month_words, year_words
from standfirst.timelines import TOP, Choice


def title(choice: Choice, reader: Reader) -> str:
    """What a choice of the timeline is called."""
    t = interface(reader)
    names = chosen(choice, reader)
    return str(t("timeline-of", what=", ".join(names)) if names else t("timeline"))


def lede(dated: Sequence[Dated], reader: Reader) -> str:
    """How many events there are, within which months their words put them, what has no end."""
    t = interface(reader)
    datings = [dating_of(event.date) for event in dated]
    days = [day for dating in datings for day in bounds(dating)]
    if not days:
        return str(t("timeline-empty"))
    first, last = month_words(min(days), reader), month_words(max(days), reader)
    starts = sum(dating.earliest is None for dating in datings)
    ends = sum(dating.latest is None for dating in datings)
    if len(dated) == 1 and starts + ends:
        return str(t("timeline-lede-starts" if ends else "timeline-lede-ends", month=first))
    span = t(
        "timeline-lede-within" if first == last else "timeline-lede-span",
        n=len(dated),
        month=first,
        first=first,
        last=last,
    )
    open_ = [str(t("timeline-no-start", n=starts))] if starts else []
    open_ += [str(t("timeline-no-end", n=ends))] if ends else []
    if open_:
        return str(t("timeline-lede-open", lede=span, open=t.joined(open_)))
    return str(t("timeline-lede-closed", lede=span))


def skipped(scale: Scale, reader: Reader) -> str:
    """The stretches of time that an axis leaves out, in words."""
    gaps = [
        f"{year_words(year_number(before.last) + 1, reader)}–"
        f"{year_words(year_number(after.first) - 1, reader)}"
        for before, after in pairwise(scale.parts)
    ]
    t = interface(reader)
    return str(t("timeline-skips", years=t.joined(gaps))) if gaps else ""


def crumbs(choice: Choice, period: str, reader: Reader) -> list[Link]:
    """The ways back, each choice narrower than the one before; the last is the page itself."""
    t, kind = interface(reader), _kind_words(choice.kind, reader)
    ways = [Link(str(t("timeline")), TOP)]
    ways += [Link(kind, Choice(choice.kind).route)] if choice.kind else []
    ways += [Link(name_of(choice.entity, reader), choice.route)] if choice.entity else []
    ways += [Link(str(t(choice.status)), choice.route)] if choice.status else []
    ways += [Link(period)] if period else []
    return [*ways[:-1], Link(ways[-1].name)]


def chosen(choice: Choice, reader: Reader) -> list[str]:
    """What is chosen, in words."""
    t = interface(reader)
    names = [_kind_words(choice.kind, reader)] if choice.kind and not choice.entity else []
    names += [name_of(choice.entity, reader)] if choice.entity else []
    return names + ([str(t(choice.status))] if choice.status else [])


def _kind_words(id_: str, reader: Reader) -> str:
    kind = reader.one(Kind, "kind", id_) if id_ else None
    return kind.many if kind else id_
