"""The rules behind the problems that are found before any check runs, while a file is read."""

LOADING = {
    "bad-yaml": "A content file is YAML, in the plain part of the language: see docs/format.md.",
    "null-value": (
        "A key that has nothing to say is left out: `null`, `~` and empty values are problems."
    ),
    "duplicate-key": "A mapping has each key once.",
    "yaml-anchor": "Content has no anchors and aliases: what is written is what is meant.",
    "yaml-tag": "Content has no YAML tags: the schema says what is a number and what is a text.",
    "merge-key": "Content has no merge keys (`<<`): every record says all it says.",
    "too-deep": "Content nests at most 64 levels deep.",
    "too-large": "A content file has at most 8 MB.",
    "bad-encoding": "Every file is UTF-8, seeds included.",
    "stray-file": (
        "Every file in content/ is one that is read; a file nothing reads has a misspelt name."
    ),
    "unknown-field": "Every key is one that its record has.",
    "missing-field": (
        "Every record says what it must: an entity its name, a fact its id, text, status and "
        "evidence, a reported fact who reports it, a source its title, seed and sha256, the "
        "briefing its title and kinds."
    ),
    "missing-file": "A project has a content/briefing.yaml.",
    "wrong-type": (
        "A text stands where a text belongs, a list where a list, a mapping where a mapping."
    ),
    "bad-choice": (
        "A value that is one of a few words is one of them: status, date_role, bound, stage."
    ),
    "bad-value": "A value is of the sort its key asks for.",
    "bad-id": (
        "An id has small letters, digits and hyphens, begins with a letter or digit, and has "
        "at most 64 characters; a file that is named after an id follows the same rule."
    ),
    "bad-date": (
        "A date is EDTF: 2026, 2026-07, 2026-07-03, 2026-H2, 2026-Q3, 2026~, 2025/2026, "
        "[..2026-07-03]."
    ),
    "bad-language": (
        "`language` is a language's code (en, uk, pt-BR): that of the briefing's texts, or of the "
        "source's. The pages' own words come in it where there is a catalogue for it, else in "
        "English: see docs/languages.md."
    ),
    "bad-setting": "mkdocs.yml gives addresses whole, and a site_dir that holds nothing else.",
    "reserved-name": "A kind is not called like one of the site's own pages.",
    "bad-template": (
        "A template is Jinja, names what it includes in plain words, and asks only for what "
        "its page has."
    ),
}
