"""The interface's words in English."""

from collections.abc import Mapping

DATES: Mapping[str, str] = {
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
    "year": "{year}",
    "before-christ": "{year} BC",
    "decade": "{year}s",
    "decade|inside": "the {year}s",
    "century": "{ordinal} century",
    "century|inside": "the {ordinal} century",
    "ordinal-one": "{number}st",
    "ordinal-two": "{number}nd",
    "ordinal-few": "{number}rd",
    "ordinal-other": "{number}th",
    "some-day": "a day in {inside}",
    "some-month": "a month in {inside}",
    "21": "spring {year}",
    "22": "summer {year}",
    "23": "autumn {year}",
    "24": "winter {year}",
    "25": "spring {year} (northern hemisphere)",
    "26": "summer {year} (northern hemisphere)",
    "27": "autumn {year} (northern hemisphere)",
    "28": "winter {year} (northern hemisphere)",
    "29": "spring {year} (southern hemisphere)",
    "30": "summer {year} (southern hemisphere)",
    "31": "autumn {year} (southern hemisphere)",
    "32": "winter {year} (southern hemisphere)",
    "33": "first quarter of {year}",
    "33|inside": "the first quarter of {year}",
    "34": "second quarter of {year}",
    "34|inside": "the second quarter of {year}",
    "35": "third quarter of {year}",
    "35|inside": "the third quarter of {year}",
    "36": "fourth quarter of {year}",
    "36|inside": "the fourth quarter of {year}",
    "37": "first four months of {year}",
    "37|inside": "the first four months of {year}",
    "38": "middle four months of {year}",
    "38|inside": "the middle four months of {year}",
    "39": "last four months of {year}",
    "39|inside": "the last four months of {year}",
    "40": "first half of {year}",
    "40|inside": "the first half of {year}",
    "41": "second half of {year}",
    "41|inside": "the second half of {year}",
    "~": "about {inside}",
    "?": "possibly {inside}",
    "%": "possibly about {inside}",
    "shared-years": "{year}",  # a first year; the second one follows
    "shared-year": "{day} {month}",  # a first day whose year the second names
    "shared-month": "{day}",
    "month-shared-year": "{month}",
    "interval": "{start} to {end}",
    "since": "{start} to an unknown date",
    "until": "an unknown date to {end}",
    "since-open": "since {start}",
    "until-open": "until {end}",
    "set": "between {start} and {end}",
    "from-day": "on or after {start}",
    "from": "in or after {start}",
    "to-day": "before {end}",
    "to": "in or before {end}",
}
"""The patterns of dates; another language has the same keys, and forms for its own cases."""

WORDS: Mapping[str, str] = {
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
    "status-means:opinion": "a judgement, advice or a comparison",
    "status-means:reported": "somebody other than the source says it as fact",
    "status-means:stated": "the source says it as fact",
    "status-means:doubtful": "sits badly with the rest of the sources",
    "status-means:disputed": "another fact says otherwise",
    "status-means:superseded": "a later fact takes its place",
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
    "status-count:superseded": "{n} superseded",
    # who says so
    "source-line": "{source}, line\u00a0{line}",
    "who-says": "Who says so",
    "citing": "{outer}, citing {inner}",
    "in-quotes": "“{words}”",
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
    "own:as-of": "as of {date}",  # a date in the source's own words
    "own:target": "target: {date}",
    "own:said": "said {date}",
    "own:event": "{date}",
    "as-of": "As of {date}",
    "date-why": "Why this date: {words}",
    "past": "Up to {date}",
    "dated": "Dated",
    "ahead": "Ahead",
    "timeline-empty": "No fact of this briefing is dated.",
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
    "no-date-given": "No date is given for",
    "in-doubt": "What is disputed or doubtful",
    "others-of": "Other {many}",
    "names-left": "{n} more",
    "the-story": "The story in sections",
    "part-of": "{n} of {total}",
    "the-source": "Where this comes from",
    "coverage-line": (
        "{accounted} of {passages} passages accounted for ({percent}); {used} of "
        "{sentences} sentences quoted."
    ),
    "more-ahead": "The whole timeline",
    "why-doubted": "Why, with the words of both sides",
    "accounted-short": "{percent} of the passages accounted for",
    # entity
    "also-called": "Also called {names}",
    "facts-further": "More about {name}",
    "entity-further": "{name}, page {n}",
    "entity-pages": "Pages of this entity",
    "facts-left|one": "{n} further fact",
    "facts-left|other": "{n} further facts",
    "dates-drawn": "As a timeline of its own",
    "dates-left|one": "{n} further date",
    "dates-left|other": "{n} further dates",
    "own-timeline": "Dates",
    "mentioned-in": "Mentioned in",
    "according-to": "According to {name}",
    "elsewhere": "Elsewhere",
    "told-again": "The facts above are told again in",
    "entity-sources": "Sources of this page",
    "no-facts": "No fact is about it alone; see where it is mentioned.",
    "edit": "Edit this page",
    "edit-fact": "Edit",
    "json": "JSON",
    "permalink": "Permalink",
    "evidence": "Evidence",
    "also-said": "Also said:",
    "differs": "differs: {what}",
    "condition": "On condition: {words}",
    "doubt": "Why it is doubtful: {words}",
    "note": "Editor’s note: {words}",
    "disputed-by": "Another fact says otherwise:",
    "superseded-by": "Superseded by:",
    "supersedes": "Takes the place of:",
    "resolves": "Tells the outcome of:",
    "resolved-by": "Outcome:",
    "not-so": "said not to be so",
    "relations-caption|one": "{n} tie between two entities",
    "relations-caption|other": "{n} ties, by the one they start from",
    "from": "From",
    "to": "To",
    "relation": "Relation",
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
    "one-against-another": "One against the other",
    "doubtful-alone": "Doubtful figures",
    "no-disputes": "Nothing in this briefing is disputed or flagged as doubtful.",
    "sources-lede": (
        "What this briefing was made from, kept word for word, and how much of it the facts "
        "account for."
    ),
    "cite-this": "To cite this",
    "told-in": "Where this is told",
    "fact-file": "This fact",
    "figure": "Figure",
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
        "Marked words are quoted by the facts named beside them and lead to these; numbers are "
        "lines of the source. At most {n} quoted words of a passage are shown: this is a "
        "register, not a copy of the article."
    ),
    "passages-lede-whole": (
        "Marked words are quoted by the facts named beside them and lead to these; numbers are "
        "lines of the source."
    ),
    "set-aside": "Set aside",
    "set-aside-lede": (
        "Parts of the captured page that are not the article. They are shown nowhere on this site."
    ),
    "set-aside-caption": "What is set aside, and why",
    "reason": "Reason",
    "words": "Words",
    "headline": "Headline",
    "abstract": "Abstract",
    "body": "Body",
    "byline": "Byline",
    "questions": "Questions and answers",
    # about, 404
    "about-title": "How to read this briefing",
    "about-lede": (
        "A briefing is made of facts. Each rests on words that stand in a source, and a program "
        "has looked for those words before this page was published."
    ),
    "about-checked": "What has been checked",
    "about-checked-quotes": (
        "Every quote was found in the stored text of its source, letter by letter but for white "
        "space, quotation marks and dashes."
    ),
    "about-checked-figures": (
        "Every figure, date and quotation in a fact stands in its own quotes, and every sentence "
        "of a summary cites a fact."
    ),
    "about-checked-so": "So a fact on this site means: the source has these words.",
    "about-checked-but": "Whether the source is right is for the reader to judge.",
    "about-status": "How firm the words are",
    "about-voices": (
        "Beside a fact stand the voices its source names, from the outermost in: “The Courier, "
        "citing Acme managers” means that the source says that The Courier says that the managers "
        "said it. Where nobody is named, the source says it itself."
    ),
    "about-lines": (
        "“Line 23” counts the lines of the stored text of a source. Where a copy carries a text of "
        "somebody else, the words of the text are credited to whoever wrote it, and what the copy "
        "sets around it, such as an abstract or questions, to the copy."
    ),
    "about-dates": "Dates and their doubt",
    "about-dates-words": (
        "A date is what the words allow and no more. “Second half of 2026” stays a half-year and "
        "is drawn as a dashed span; a single known day is a solid mark; an open end is an arrow. "
        "“Said” marks a day on which something was said, not on which it happens."
    ),
    "about-data": "Data",
    "about-data-words": (
        "All of this is published as data too: these files, and one for each kind and each entity."
    ),
    "not-found": "There is no such page",
    "not-found-lede": (
        "The address may be mistyped, or the page may have left the briefing. Begin at the "
        "overview."
    ),
    # compare
    "compare-kind": "{many} side by side",
    "compare-lede": (
        "What the sources say of each, column by column. The small numbers lead to the words "
        "that carry a cell; “not in the sources” means that they do not say."
    ),
    "compare-caption": "What is said stands with its evidence.",
    "compare-silent": "The sources give nothing in these columns on",
    "not-in-sources": "not in the sources",
    "lacks": "Not in the sources: {columns}",
    "csv": "CSV",
    # the map of relations
    "map-label": "Map of who is tied to whom; the table below has the same ties in words",
    "map-whole|one": "The {n} entity that is tied to another.",
    "map-whole|other": "The {n} entities that are tied to another.",
    "map-part": (
        "The {shown} most tied of {n} entities, and {lines} of {pairs} lines; all ties are in "
        "the table."
    ),
    "map-lines": "Lines: how far it has come",
    "map-no-stage": "no stage told",
    "map-soft": "planned, expected, possible or an opinion",
    "map-against": "against each other",
    "map-denied": "denied: said not to be so",
    "map-arrow": "from the one that acts to the other; no arrow: both ways",
    "map-names": "Names: what they are",
    "map-tie": "{one} {says} {other} ({marks})",
    "map-tie-denied": "Not so, it is said: {one} {says} {other} ({marks})",
    "map-more|one": "and {n} more tie",
    "map-more|other": "and {n} more ties",
    "near-more|one": "and {n} more",
    "near-more|other": "and {n} more",
    # search
    "search": "Search",
    "search-further": "Search: names, page {n}",
    "search-lede": (
        "Entities, facts, the quotes they rest on, and the sections of the story. Every word "
        "typed must be found; beginnings of words are enough."
    ),
    "search-count": "Results: {n}",
    "search-none": "Nothing found",
    "search-also": "with the words",
    "search-failed": (
        "The search could not be loaded: it needs a web server, and does not work in a page opened "
        "from disk."
    ),
    "search-narrow": "Narrow the results",
    "search-more": "More results",
    "search-without-script": (
        "Searching needs a script. Without one, the names of everything stand below, from A to Z."
    ),
    "names": "Everything from A to Z",
    "letters": "Letters",
    "section": "Section",
    "source": "Source",
    # a source's passages, previews
    "quoted-by|one": "Quoted by {n} fact",
    "quoted-by|other": "Quoted by {n} facts",
    "quoted-in-part-by|one": "Quoted in part by {n} fact",
    "quoted-in-part-by|other": "Quoted in part by {n} facts",
    "quoted-by-entry": "Quoted for what is known of the source",
    "not-quoted": "Not quoted",
    "set-aside-because": "Set aside: {reason}",
    "facts-more|one": "and {n} more",
    "facts-more|other": "and {n} more",
    "layer-line": "{accounted} of {passages} passages accounted for, {quoted} of words quoted",
    "at-publisher": "at the publisher",
    "source-further": "{name}, page {n}",
    "source-pages": "Pages of this source",
    "named-here": "Named here",
    "back-to-mark": "Back to the text",
    # print
    "print-title": "The whole briefing",
    "print-part": "The whole briefing: {name}",
    "print-whole": "Print or save the whole briefing",
    "print-lede": (
        "The whole briefing on one page: {facts}, numbered through to the end, where each number "
        "has its quotes and where they stand."
    ),
    "print-lede-cited": (
        "The narrative of a long briefing, and the facts it cites; all {facts} are printed kind by "
        "kind."
    ),
    "print-parts": "The facts, kind by kind",
    "contents": "Contents",
    "notes": "Notes",
    "notes-lede": "The words that each fact rests on, and where they stand.",
    "key-figures": "Key figures:",
    "note-back": "Back to the text, place {n}",
    "see-note": "see note {n}",
    # timeline
    "timeline-of": "Timeline: {what}",
    "timeline-lede-span|one": (
        "{n} dated fact; the days that its words allow lie between {first} and {last}"
    ),
    "timeline-lede-span|other": (
        "{n} dated facts; the days that their words allow lie between {first} and {last}"
    ),
    "timeline-lede-within|one": "{n} dated fact; the days that its words allow lie in {month}",
    "timeline-lede-within|other": "{n} dated facts; the days that their words allow lie in {month}",
    "timeline-lede-closed": "{lede}.",
    "timeline-lede-open": "{lede}, but {open}.",
    "timeline-no-start|one": "{n} has no known beginning",
    "timeline-no-start|other": "{n} have no known beginning",
    "timeline-no-end|one": "{n} has no known end",
    "timeline-no-end|other": "{n} have no known end",
    "timeline-lede-starts": "1 dated fact; it begins in {month} and has no known end.",
    "timeline-lede-ends": "1 dated fact; its beginning is not known, its end lies in {month}.",
    "timeline-lede-period|one": "{n} dated fact that begins in {period}.",
    "timeline-lede-period|other": "{n} dated facts that begin in {period}.",
    "timeline-parts": "Parts of the timeline",
    "timeline-pages": "Before and after",
    "timeline-filters": "Show only",
    "timeline-nearest-past": "The last {n} up to {date}",
    "timeline-nearest-ahead": "The next {n}",
    "timeline-by-year": "By year",
    "timeline-bars": (
        "A bar is as high as it has events, each counted where it begins; a hollow bar lies ahead."
    ),
    "timeline-bars-skip": "Time without events is left out where a double stroke stands.",
    "timeline-skips": "The axis leaves out {years}, where nothing lies; a double stroke marks it.",
    "timeline-known": "a known day",
    "timeline-span": "every day the words allow",
    "timeline-open": "an open end",
    "timeline-said": "only the saying is dated",
    "timeline-soft": "a plan or a forecast",
    "timeline-now": "as of {date}",
    "entity": "By name",
    "all": "All",
    "undated": "Without a date",
    "undated-lede|one": "{n} fact has no date in the sources.",
    "undated-lede|other": "{n} facts have no date in the sources.",
    "undated-all": "All of them",
    # lists
    "kind": "Kind",
    "facts-that": "Facts: {what}",
    "list-page": "{title}, page {n}",
    "list-pages": "Pages of this list",
    "no-such-facts": "No fact of this briefing is in this list.",
}
