"""The interface's words, and lists and counts of things, in the briefing's language.

One table per language, every table with the same keys. Knows no facts.
"""

import functools
from collections.abc import Iterable, Mapping

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from markupsafe import Markup, escape

ENGLISH: Mapping[str, str] = {
    # navigation and frame
    "skip": "Skip to the content",
    "overview": "Overview",
    "timeline": "Timeline",
    "relations": "Relations",
    "facts": "Facts",
    "disputes": "Disputed and doubtful",
    "sources": "Sources",
    "sections": "Sections",
    "about": "About",
    "documentation": "Documentation",
    "main-navigation": "Main",
    "breadcrumb": "You are here",
    "on-this-page": "On this page",
    "previous": "Previous",
    "next": "Next",
    "foot": "Every fact on this site shows the words it rests on. As of {date}.",
    "foot-undated": "Every fact on this site shows the words it rests on.",
    # status
    "denied": "Denial",
    "planned": "Planned",
    "unlikely": "Unlikely",
    "possible": "Possible",
    "expected": "Expected",
    "opinion": "Opinion",
    "reported": "Reported",
    "stated": "Stated",
    "disputed": "Disputed",
    "doubtful": "Doubtful",
    "superseded": "Superseded",
    "status-means:denied": "says that something is not so",
    "status-means:planned": "somebody’s intention, not yet done",
    "status-means:unlikely": "called unlikely",
    "status-means:possible": "may, could, might or would be so",
    "status-means:expected": "likely, or said to come",
    "status-means:opinion": "a judgement, an advice or a comparison",
    "status-means:reported": "somebody other than the source says it as fact",
    "status-means:stated": "the source says it as fact",
    "status-means:doubtful": "sits badly with the rest of the sources",
    "status-means:disputed": "another fact says otherwise",
    "status": "Status",
    "status-count:denied|one": "{n} denial",
    "status-count:denied|other": "{n} denials",
    "status-count:planned": "{n} planned",
    "status-count:unlikely": "{n} unlikely",
    "status-count:possible": "{n} possible",
    "status-count:expected": "{n} expected",
    "status-count:opinion|one": "{n} opinion",
    "status-count:opinion|other": "{n} opinions",
    "status-count:reported": "{n} reported",
    "status-count:stated": "{n} stated",
    "status-count:doubtful": "{n} doubtful",
    "status-count:disputed": "{n} disputed",
    # who says so
    "source-itself": "the source itself",
    "citing": "{outer}, citing {inner}",
    # bounds of a value
    "bound:exactly": "{figure}",
    "bound:about": "about {figure}",
    "bound:more-than": "more than {figure}",
    "bound:less-than": "less than {figure}",
    "bound:up-to": "up to {figure}",
    "bound:at-least": "at least {figure}",
    # stages of a relation
    "stage:in-talks": "in talks",
    "stage:early": "early",
    "stage:under-way": "under way",
    "stage:agreed": "agreed",
    "stage:ongoing": "ongoing",
    "stage:established": "established",
    # dates
    "role:as-of": "as of {date}",
    "role:target": "target: {date}",
    "role:said": "said {date}",
    "role:event": "{date}",
    "as-of": "As of {date}",
    "date-why": "Why this date: {basis}",
    "past": "Up to {date}",
    "ahead": "Ahead",
    "no-date": "Without a date",
    "timeline-lede": (
        "A solid mark is a date the source gives; a dashed outline spans every day its words "
        "allow; an arrow is an open end. The upright line is the briefing’s own date, {date},"
        " which tells what is past from what is ahead."
    ),
    "timeline-empty": "No fact of this briefing is dated.",
    "only-said": "only the saying is dated",
    "undated-note|one": "{n} further fact has no date in the sources; it is in the list of facts.",
    "undated-note|other": (
        "{n} further facts have no date in the sources; they are in the list of facts."
    ),
    # counts
    "count-facts|one": "{n} fact",
    "count-facts|other": "{n} facts",
    "count-quotes|one": "{n} quote",
    "count-quotes|other": "{n} quotes",
    "count-sources|one": "{n} source",
    "count-sources|other": "{n} sources",
    # home
    "key-points": "Key points",
    "who-is-who": "Who is who",
    "what-next": "What comes next",
    "in-doubt": "What is disputed or doubtful",
    "the-story": "The story in sections",
    "the-source": "Where this comes from",
    "coverage-line": (
        "{accounted} of {passages} passages accounted for ({percent} %); {used} of "
        "{sentences} sentences quoted."
    ),
    "more-ahead": "All that is ahead, on the timeline",
    # entity
    "also-called": "Also called {names}",
    "key-figures": "Key figures",
    "facts-with": "With {name}",
    "facts-general": "In general",
    "own-timeline": "Its dates",
    "mentioned-in": "Mentioned in",
    "entity-sources": "Sources of this page",
    "no-facts": "The sources say nothing of it by itself; see where it is mentioned.",
    "edit": "Edit this page’s YAML",
    "edit-fact": "Edit",
    "json": "JSON",
    "permalink": "Permalink",
    "evidence": "Evidence",
    "evidence-show|one": "The words ({n} quote)",
    "evidence-show|other": "The words ({n} quotes)",
    "also-said": "Said again",
    "differs": "differs: {what}",
    "condition": "On condition: {words}",
    "doubt": "Doubtful: {why}",
    "note": "Editor’s note: {words}",
    "disputed-by": "Another fact says otherwise:",
    "superseded-by": "Superseded by:",
    "supersedes": "Takes the place of:",
    "resolves": "Tells the outcome of:",
    "resolved-by": "Outcome:",
    "not-so": "said not to be so",
    "from": "From",
    "to": "To",
    "relation": "Relation",
    "stage": "Stage",
    "the-words": "The words",
    "no-relations": "No fact of this briefing ties two entities.",
    "relations-lede": (
        "Who is tied to whom, how far it has come, and the words that say so. A tie is only "
        "as firm as its fact."
    ),
    "facts-lede": (
        "Every fact of the briefing by what it is about, with its status and who says so. "
        "Each has a page with its evidence."
    ),
    "disputes-lede": (
        "Where the sources contradict each other, or a figure sits badly with the rest. The "
        "words stay as the sources print them."
    ),
    "no-disputes": "Nothing in this briefing is disputed or flagged as doubtful.",
    "sources-lede": (
        "What this briefing was made from, kept word for word, and how much of it the facts "
        "account for."
    ),
    "cite-this": "Cite this fact",
    "told-in": "Told in",
    "fact": "Fact",
    "subject": "About",
    # sources
    "publisher": "Copy published by",
    "origin": "Text by",
    "published": "Published",
    "address": "Address",
    "no-address": "the copy gives none",
    "sha256": "SHA-256 of the text",
    "coverage": "Coverage",
    "coverage-lede": (
        "A passage is accounted for when the quotes of facts cover at least half of its "
        "words, or when it is set aside with a reason."
    ),
    "coverage-by-layer": "Coverage by layer",
    "layer-name": "Layer",
    "passages": "Passages",
    "accounted": "Accounted for",
    "sentences": "Sentences",
    "used": "Used as evidence",
    "words-quoted": "Share of words quoted",
    "passages-lede": (
        "The passages in their order. Marked words are quoted by facts, which are named "
        "beneath. At most {n} quoted words of a passage are shown: this page is a register, "
        "not a copy of the article."
    ),
    "passages-lede-whole": (
        "The passages in their order. Marked words are quoted by facts, which are named beneath."
    ),
    "not-quoted": "(not quoted)",
    "set-aside": "Set aside",
    "set-aside-lede": (
        "Parts of the captured page that are not the article. They are shown nowhere on this site."
    ),
    "reason": "Reason",
    "words": "Words",
    "headline": "Headline",
    "abstract": "Abstract",
    "body": "Body",
    "byline": "Byline",
    "questions": "Questions and answers",
    # about, 404
    "about-title": "How to read this briefing",
    "not-found": "There is no such page",
    "not-found-lede": (
        "The address may be mistyped, or the page may have left the briefing. Begin at the "
        "overview."
    ),
}
LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH}


class Words:
    """The words of one language: call it with a key and the values that the words hold."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = LANGUAGES.get(language.split("-")[0], ENGLISH)
        self._locale = _locale(language)

    def __call__(self, key: str, **values: object) -> Markup:
        """The words under a key; `n` chooses among `key|one` and its like. Values are escaped."""
        number = values.get("n")
        pattern = self._table.get(key)
        if pattern is None and isinstance(number, int):
            form = self._locale.plural_form(number)
            pattern = self._table.get(f"{key}|{form}") or self._table[f"{key}|other"]
        if pattern is None:
            raise KeyError(key)
        return Markup(escape(pattern)).format(**values)

    def has(self, key: str) -> bool:
        """Whether there are words under a key."""
        return key in self._table

    def joined(self, items: Iterable[str]) -> Markup:
        """Several things as a list in a sentence: "a, b and c"."""
        parts = [escape(item) for item in items]
        return Markup(format_list([str(part) for part in parts], locale=self._locale))


@functools.cache
def words(language: str) -> Words:
    """The words of a language, English where it is not known."""
    return Words(language)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
