"""The interface's words: every key that is asked for is there, and none is there for nobody."""

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

from standfirst import model
from standfirst.catalogues import CATALOGUES
from standfirst.words import Words, attributes, direction, is_language, meant_language, words

TOP = Path(__file__).parent.parent
COMPUTED = {
    "bound": get_args(model.Bound),
    "stage": get_args(model.Stage),
    "role": get_args(model.DateRole),
    "own": get_args(model.DateRole),
}
"""Keys put together from a word of the model, by their first part."""
PUT_TOGETHER = {
    "timeline-nearest-": ("past", "ahead"),
    "timeline-": ("known", "span", "open", "said", "soft"),
}
"""Keys that a template puts together, by their first part."""


def asked_for() -> set[str]:
    """The keys that templates and views name."""
    paths = [*(TOP / "templates").glob("*.*"), *(TOP / "standfirst" / "render").glob("*.py")]
    text = "\n".join(path.read_text() for path in paths)
    keys = set(re.findall(r"""\b(?:t|interface\(reader\))\(\s*"([a-z0-9-]+)\"""", text))
    keys |= set(re.findall(r"""\bt\([^()]*? else "([a-z0-9-]+)\"""", text))
    keys |= {f"{first}:{rest}" for first, rests in COMPUTED.items() for rest in rests}
    for status in get_args(model.Status):
        keys |= {status, f"status-means:{status}", f"status-count:{status}"}
    for flag in ("disputed", "doubtful", "superseded"):
        keys |= {flag, f"status-means:{flag}", f"status-count:{flag}"}
    for first, rests in PUT_TOGETHER.items():
        assert first in keys, first
        keys = keys - {first} | {first + rest for rest in rests}
    remarks = set(re.findall(r'\("([a-z-]+)", fact\.', text)) - {"fact"}
    ways = re.findall(r"for name in \(([^)]*)\)", text)
    return keys | set(remarks) | {w for way in ways for w in re.findall(r'"([a-z-]+)"', way)}


def known(language: str) -> set[str]:
    """The keys of a language, those of plural forms by their common part."""
    return {key.split("|")[0] for key in CATALOGUES[language].words}


def test_every_key_that_is_asked_for_is_there() -> None:
    """A missing one would be an error while rendering."""
    assert asked_for() - known("en") == set()


def test_no_key_is_there_for_nobody() -> None:
    """Words that no page prints would be translated for nothing."""
    layers = {"headline", "abstract", "body", "byline", "questions"}
    assert known("en") - asked_for() - layers == set()


LANGUAGES = sorted(set(CATALOGUES) - {"en"})
"""The languages that are translated from English."""
VALUES = re.compile(r"\{(\w*)\}")


def test_english_and_ukrainian_are_shipped() -> None:
    assert {"en", "uk"} <= set(CATALOGUES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_lacks_no_key(language: str) -> None:
    """What is missing is read in English until somebody adds these lines to the catalogue."""
    english = CATALOGUES["en"].words
    lacking = [key for key in english if key.split("|")[0] not in known(language)]
    lines = "\n".join(f'    "{key}": "{english[key]}",' for key in lacking)
    assert not lacking, f"to be translated in catalogues/{language}.py:\n{lines}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_no_key_of_its_own(language: str) -> None:
    """A key that English does not have is asked for by nobody."""
    assert known(language) - known("en") == set()
    plain = {key for key in CATALOGUES[language].dates if "|" not in key}
    ordinals = {key for key in CATALOGUES["en"].dates if key.startswith("ordinal-")}
    english = {key for key in CATALOGUES["en"].dates if "|" not in key} - ordinals
    assert plain - ordinals == english
    assert "ordinal-other" in plain


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_count_has_a_form_for_every_number(language: str) -> None:
    """Those that babel tells apart in the language, each of them and no other; or one for all."""
    forms: dict[str, set[str]] = {}
    for key in CATALOGUES[language].words:
        stem, _, form = key.partition("|")
        forms.setdefault(stem, set()).add(form)
    wanted = {*Locale(language).plural_form.tags, "other"}
    assert {stem: found for stem, found in forms.items() if found not in ({""}, wanted)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_holds_the_values_of_the_original(language: str) -> None:
    """The same names in braces; of a count, those of all its forms or fewer."""
    english: dict[str, set[str]] = {}
    for key, said in CATALOGUES["en"].words.items():
        english.setdefault(key.split("|")[0], set()).update(VALUES.findall(said))
    for key, said in CATALOGUES[language].words.items():
        stem, is_form, _ = key.partition("|")
        found, wanted = set(VALUES.findall(said)), english.get(stem, set())
        assert found <= wanted if is_form else found == wanted, key


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_typeset(language: str) -> None:
    """Curly apostrophes and quotation marks, no space too many; Ukrainian has its own marks."""
    catalogue = CATALOGUES[language]
    for key, said in (*catalogue.words.items(), *catalogue.dates.items()):
        assert said == said.strip() and "  " not in said, key
        assert not set(said) & set("'\"`"), key
        assert language != "uk" or not set(said) & set("“”ыэъёЫЭЪЁ"), key


def test_counts_and_values_are_put_in() -> None:
    """`n` chooses the form, and values are escaped."""
    t = words("en")
    assert t("count-facts", n=1) == "1 fact"
    assert t("count-facts", n=1234) == "1,234 facts"
    assert t("bound:about", figure="<b>") == "about &lt;b&gt;"
    assert t.joined(["a", "b", "c<"]) == "a, b, and c&lt;"
    assert t.percent(99) == "99%"


def test_ukrainian_counts_in_its_own_forms() -> None:
    t = words("uk")
    counted = [t("count-facts", n=n) for n in (1, 2, 5, 11, 21, 22, 1234)]
    assert counted == [
        "1 факт", "2 факти", "5 фактів", "11 фактів", "21 факт", "22 факти", "1\N{NBSP}234 факти",
    ]  # fmt: skip
    assert t("status-count:stated", n=5) == "5 тверджень"
    assert t.joined(["а", "б", "в"]) == "а, б і в"


def test_a_word_that_a_language_lacks_is_read_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its count is English, too."""
    words_ = {k: v for k, v in CATALOGUES["uk"].words.items() if not k.startswith("count-facts")}
    lacking = Words("uk")
    monkeypatch.setattr(lacking, "_table", replace(CATALOGUES["uk"], words=words_))
    assert lacking("count-facts", n=21) == "21 facts"
    assert lacking("facts") == "Факти"
    with pytest.raises(KeyError):
        lacking("no-such-key")


def test_a_language_without_a_catalogue_is_spoken_to_in_english() -> None:
    """And the words say so, where they stand among others."""
    assert words("he")("facts") == "Facts"
    assert words("he").attributes == ' lang="en" dir="ltr"'
    assert words("fr").attributes == ' lang="en"'
    assert words("uk-UA")("facts") == "Факти"
    assert words("uk-UA").attributes == words("en").attributes == ""


def test_a_language_has_its_direction() -> None:
    assert [direction(x) for x in ("en", "uk", "he", "ar-EG", "az-Arab", "la", "xx")] == [
        "ltr", "ltr", "rtl", "rtl", "rtl", "ltr", "ltr",
    ]  # fmt: skip
    assert attributes("en", "he") == ' lang="en" dir="ltr"'
    assert attributes("en", "uk") == ' lang="en"'


def test_a_name_that_runs_the_other_way_keeps_the_words_around_it_in_order() -> None:
    """It is isolated by signs, which stand in an attribute as well; others are left alone."""
    assert words("en")("entity-further", name="שלום", n=2) == "\u2068שלום\u2069, page 2"
    assert words("en")("entity-further", name="Привіт", n=2) == "Привіт, page 2"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ua", "uk"), ("Ukrainian", "uk"), ("pt_BR", "pt-BR"), ("xx", ""), ("", ""), ("e" * 99, "")],
)
def test_a_language_that_is_none_may_have_meant_one(typed: str, meant: str) -> None:
    assert not is_language(typed)
    assert meant_language(typed) == meant


def test_every_template_is_used() -> None:
    """A template that no view renders and no template includes is dead."""
    code = "\n".join(path.read_text() for path in (TOP / "standfirst").rglob("*.py"))
    names = {path.name for path in (TOP / "templates").iterdir()}
    texts = [path for path in (TOP / "templates").iterdir() if path.suffix in (".html", ".xml")]
    included = "\n".join(path.read_text() for path in texts)
    assert {name for name in names if f'"{name}"' not in code + included} == set()
