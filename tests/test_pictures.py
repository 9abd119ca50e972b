"""What a link to a page shows: its picture, whatever the texts in it, and the words of its head."""

import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from standfirst.build import Site
from standfirst.ledger import digest
from standfirst.letters import FACES, WIDTHS
from standfirst.model import Settings, Template
from standfirst.project import engine_digest, read_project
from standfirst.render.html import text_page
from standfirst.render.lettering import fit, settable, width
from standfirst.render.pictures import Picture
from standfirst.update import Update
from standfirst.words import locale_name
from tests.pages import read_page
from tests.projects import THEME, Project, changes, clean, kites, readers_theme

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "standfirst" / "fonts"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def pictured(small: bool = False) -> Project:
    """A small briefing in the theme that readers see, its pictures with it."""
    project = kites(small)
    project.settings.pop("plugins")
    project.theme = {**readers_theme(), "picture.svg": (THEME / "picture.svg").read_text()}
    return project


@pytest.fixture(scope="module")
def site() -> tuple[Site, Update]:
    built, update = clean(pictured().files())
    assert not update.problems
    return built, update


def pictures(update: Update) -> dict[str, bytes]:
    return {path: bytes(page) for path, page in update.pages.items() if path.endswith(".png")}  # type: ignore[arg-type]


def size(png: bytes) -> tuple[int, int]:
    """The width and height that a PNG's head tells, its parts being sound."""
    assert png.startswith(SIGNATURE) and png[12:16] == b"IHDR"
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        (check,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(png[at + 4 : at + 8 + length])
        at += 12 + length
    return struct.unpack(">II", png[16:24])


def head(update: Update, path: str) -> dict[str, str]:
    """What a page's head tells those who show a link to it."""
    page = update.pages[path]
    assert isinstance(page, bytes)
    found = (known for tag, known in read_page(page).head if tag == "meta")
    return {one.get("property") or one.get("name", ""): one.get("content", "") for one in found}


def test_every_picture_has_the_size_that_is_asked_for(site: tuple[Site, Update]) -> None:
    found = pictures(site[1])
    assert size(found.pop("apple-touch-icon.png")) == (180, 180)
    assert {size(png) for png in found.values()} == {(1200, 630)}
    assert len(set(found.values())) == len(found)


def test_each_page_that_is_shared_for_itself_has_its_picture(site: tuple[Site, Update]) -> None:
    paths = {path for path in site[1].pages if path.startswith("pictures")}
    for route in ("", "/companies", "/companies/acme", "/facts/acme-1", "/sections/houses"):
        assert f"pictures{route}.png" in paths
    assert {"pictures/timeline.png", "pictures/relations.png", "pictures/sources.png"} <= paths


def test_every_page_names_a_picture_that_is_there(site: tuple[Site, Update]) -> None:
    """By a whole address, for it is read elsewhere; the page for missing addresses names none."""
    update = site[1]
    for path in update.pages:
        if path.endswith(".html") and path != "404.html":
            told = head(update, path)
            address = told["og:image"]
            assert address.startswith("https://example.org/kites/pictures")
            assert address.removeprefix("https://example.org/kites/") in update.pages, path
            assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
            assert told["twitter:card"] == "summary_large_image"
            assert told["og:url"] == f"https://example.org/kites/{path.removesuffix('index.html')}"
    assert "og:image" not in head(update, "404.html")


def test_a_page_without_a_picture_of_its_own_has_that_of_the_page_above(
    site: tuple[Site, Update],
) -> None:
    source = head(site[1], "sources/courier/index.html")["og:image"]
    about = head(site[1], "about/index.html")["og:image"]
    assert source == "https://example.org/kites/pictures/sources.png"
    assert about == "https://example.org/kites/pictures.png"


def test_the_head_tells_what_the_page_is(site: tuple[Site, Update]) -> None:
    told = head(site[1], "facts/acme-1/index.html")
    assert told["og:title"] == "Acme sold 4 million kites to Borea."
    assert (told["og:type"], told["og:locale"], told["og:site_name"]) == (
        *("article", "en_US"),
        "Kites",
    )
    assert head(site[1], "index.html")["og:type"] == "website"


@pytest.mark.parametrize(
    ("language", "name"), [("en", "en_US"), ("en-GB", "en_GB"), ("uk", "uk_UA"), ("xx-?", "en_US")]
)
def test_a_locale_has_its_country(language: str, name: str) -> None:
    assert locale_name(language) == name


def test_faces_and_the_drawing_are_not_published(site: tuple[Site, Update]) -> None:
    for path, page in site[1].pages.items():
        assert not re.search(r"\.(ttf|otf|woff2?)$|picture[^/]*\.svg$", path)
        assert bytes(page)[:4] not in (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"wOF2")  # type: ignore[arg-type]


def test_the_table_of_widths_was_made_from_these_faces() -> None:
    for family, weight, file, mark in FACES.values():
        data = (FONTS / file).read_bytes()
        assert digest(data) == mark and len(data) < 150_000
        assert "Source" not in family and weight in (400, 700)
    licence = (FONTS / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Reserved Font Name" in licence
    assert {path.name for path in FONTS.iterdir()} == {"OFL.txt", *(f[2] for f in FACES.values())}


def test_all_faces_have_the_same_letters_each_once() -> None:
    held = {face: "".join(letters.values()) for face, letters in WIDTHS.items()}
    assert set(held) == set(FACES)
    assert len({frozenset(letters) for letters in held.values()}) == 1
    assert all(len(letters) == len(set(letters)) for letters in held.values())
    assert set("azAZ09 “”’–…€₴×ąžşėïІїєґЖяΩλ") <= set(held["sans"])


DRAW = """
import sys
from pathlib import Path
from standfirst.build import Site
from standfirst.ledger import digest
from standfirst.project import read_project
pages = Site("engine").update(read_project(Path(sys.argv[1]))).pages
for path in sorted(path for path in pages if path.endswith(".png")):
    print(path, digest(pages[path]))
"""


def test_the_same_bytes_in_another_process_and_folder(tmp_path: Path) -> None:
    """No face of the machine takes part: there, it finds no home and no system's folders."""
    project = pictured(small=True)
    for path, data in project.files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    here = pictures(clean(project.files())[1])
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    there = [line for line in done.stdout.splitlines() if line]
    assert there == sorted(f"{path} {digest(png)}" for path, png in here.items())


def test_an_edit_draws_the_pictures_that_show_it() -> None:
    """Exactly those: one that is drawn has other bytes; and the site is a clean build's."""
    project = pictured()
    files = project.files()
    site, update = clean(files)
    for edit, expected in EDITS:
        before = pictures(update)
        project.fact("borea-3").update(edit)
        update = site.update(changes(files, project.files()))
        files = project.files()
        drawn = {route.lstrip("/") for route in update.rendered if route.endswith(".png")}
        assert drawn == expected
        assert {path for path, png in pictures(update).items() if png != before[path]} == drawn
    assert update.pages == clean(files)[1].pages


FACT, ENTITY = "pictures/facts/borea-3.png", "pictures/companies/borea.png"
EDITS: list[tuple[dict[str, object], set[str]]] = [
    ({"text": "Of borea it is said that 6 million kites rose."}, {FACT}),
    ({"status": "planned"}, {FACT, ENTITY}),
    ({"date": "2033", "date_basis": "a forecast"}, {FACT, "pictures/timeline.png"}),
]


def test_without_pictures_there_are_none_and_no_page_names_one() -> None:
    project = pictured(small=True)
    project.settings["plugins"] = [{"standfirst": {"pictures": False}}]
    update = clean(project.files())[1]
    assert set(pictures(update)) == {"apple-touch-icon.png"}
    assert "og:image" not in head(update, "index.html")
    assert head(update, "index.html")["og:title"] == "Kites over Borea"


def test_where_few_are_wanted_a_fact_shows_the_picture_of_its_entity() -> None:
    project = pictured()
    project.settings["plugins"] = [{"standfirst": {"pictures": "few"}}]
    update = clean(project.files())[1]
    assert not [path for path in pictures(update) if path.startswith("pictures/facts/")]
    address = head(update, "facts/acme-1/index.html")["og:image"]
    assert address == "https://example.org/kites/pictures/companies/acme.png"
    assert "pictures/companies/acme.png" in update.pages


def test_a_theme_that_draws_none_has_none() -> None:
    project = pictured(small=True)
    del project.theme["picture.svg"]
    update = clean(project.files())[1]
    assert set(pictures(update)) == {"apple-touch-icon.png"}
    assert "og:image" not in head(update, "index.html")


def test_a_site_that_does_not_know_its_address_names_no_picture() -> None:
    project = pictured(small=True)
    del project.settings["site_url"]
    told = head(clean(project.files())[1], "index.html")
    assert not {"og:image", "og:url", "twitter:card"} & told.keys()


@pytest.mark.parametrize("drawing", ["no drawing", "<svg", "{{ nothing }}", "{% for %}"])
def test_a_drawing_at_fault_is_a_problem_of_its_theme(drawing: str) -> None:
    project = pictured(small=True)
    project.theme["picture.svg"] = drawing
    problems = clean(project.files())[1].problems
    assert {(one.slug, one.span.file) for one in problems} == {
        ("bad-template", "templates/picture.svg")
    }


HOSTILE = {
    "long name": "Borea " * 20,
    "long word": "W" * 200,
    "markup": '</text><script>alert(1)</script><image href="file:///etc/hosts"/>&#0;&amp;',
    "control": "A\0B\x07C\x1b[31m\ufffe\uffff\x0b\u2028D",
    "right to left": "\u202eevil\u202c \u200f txt.exe",
    "half a pair": "a \ud800 b",
    "blanks": " \t\n\u00a0\u3000 ",
    "emoji": "Kites 🪁 fly 🇺🇦 high",
    "stacked": "e" + "\u0301" * 500,
    "braces": "{{ 7 * 7 }} {% raw %}",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_words_and_no_more(words: str, site: tuple[Site, Update]) -> None:
    """The drawing stays XML with the parts that the theme drew, each line in its room."""
    text = settable(words)
    shown = Picture(title=text, crumb=text, says=text, meta=text, quote=text, quoted=text)
    reader = site[0].reader()
    svg = text_page("picture.svg", "", reader, picture=shown, site_name=text, fit=fit, width=width)
    assert isinstance(svg, bytes)
    drawn = ElementTree.fromstring(svg.decode())
    tags = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert tags <= {"svg", "rect", "path", "text", "tspan", "circle"}
    assert "49" not in "".join(drawn.itertext())
    for face in FACES:
        for line in fit(text, face, 1000, [(64, 2), (40, 3)]).lines:
            assert width(line, face, 40) <= 1000


def test_a_briefing_of_hostile_names_is_drawn() -> None:
    project = pictured(small=True)
    project.settings["site_name"] = HOSTILE["markup"]
    project.briefing["title"] = HOSTILE["long word"]
    project.entities["companies/borea"]["name"] = "Borea " * 19
    project.entities["companies/acme"]["name"] = "أكمي للطائرات"
    update = clean(project.files())[1]
    assert not update.problems
    assert {size(png) for png in pictures(update).values()} == {(1200, 630), (180, 180)}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kites over Borea", "Kites over Borea"),
        ("  Kites\n over\u00a0Borea ", "Kites over Borea"),
        ("Zażółć, Їжак, Ωμέγα, 5 ₴ × 3", "Zażółć, Їжак, Ωμέγα, 5 ₴ × 3"),
        ("Cafe\u0301", "Café"),
        ("Kites 🪁 fly", "Kites fly"),
        ("\u202eKites\u202c", "Kites"),
        ("Samsung (삼성)", ""),
        ("أكمي", ""),
        ("風箏", ""),
        ("٣ kites", ""),
        (None, ""),
    ],
)
def test_a_text_with_letters_that_the_faces_lack_is_left_out(text: str | None, kept: str) -> None:
    """A sign that is no letter goes alone; what is shown says what the text says, or nothing."""
    assert settable(text) == kept


def test_a_text_is_set_in_the_first_size_that_has_room() -> None:
    words = "Acme and Borea are in talks about a second factory"
    large = fit(words, "serif-bold", 1056, [(64, 2), (40, 3)])
    assert large.size == 64 and len(large.lines) == 2 and " ".join(large.lines) == words
    small = fit(words, "serif-bold", 500, [(64, 2), (40, 3)])
    assert small.size == 40 and " ".join(small.lines) == words


def test_a_text_that_is_too_long_is_cut_after_a_word() -> None:
    set_ = fit("Acme and Borea are in talks, " * 9, "serif", 400, [(30, 2)])
    assert len(set_.lines) == 2
    assert re.fullmatch(r"Acme and Borea are in.*\w…", " ".join(set_.lines))


def test_a_word_wider_than_a_line_goes_on_in_the_next() -> None:
    set_ = fit("W" * 30, "sans", 200, [(30, 99)])
    assert "".join(set_.lines) == "W" * 30
    assert all(width(line, "sans", 30) <= 200 for line in set_.lines)


def test_an_empty_text_takes_no_line() -> None:
    assert fit("", "serif", 100, [(30, 2)]).lines == ()


def test_the_real_briefing_has_a_picture_for_what_is_shared() -> None:
    """Planned without being drawn: which pictures there are is known before any is."""
    built = Site(engine_digest())
    assert not built.check(read_project(ROOT)).problems
    reader = built.reader()
    settings = reader.one(Settings, "settings")
    assert settings and settings.pictures == "true"
    assert reader.one(Template, "template", "picture.svg") and reader.has("pictured")
