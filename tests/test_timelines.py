"""The timeline: which pages there are, what can be chosen, how it is drawn; one event and 5,000."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from standfirst.dates import Dating, read_date
from standfirst.render.labels import LETTER, NARROW, WIDE
from standfirst.render.scale import WIDTH, day_number, scale_of, year_number
from standfirst.render.timeline import events_ahead, place_of
from standfirst.render.timelines import NEAR
from standfirst.timelines import FEW, LONG, PERIODS, UNDATED, Choice, periods, undated_routes
from tests.projects import clean, kites
from tests.timelines import chronicle, events_on, fact, many

SOME = (
    fact("one", "2031-05-06", about=("wind",)),
    fact("two", "2031-H2", status="planned", date_role="target"),
    fact("three", "2030", entity="wind", kind="ideas"),
    fact("four", None),
)
"""Three dated facts of two kinds and statuses, the first of both an entity and another."""


def routes(*facts: object) -> list[str]:
    return [page.route for page in chronicle(facts).pages()]  # type: ignore[arg-type]


def elements(html: str) -> int:
    return len(re.findall(r"<[a-z]", html))


def test_there_is_a_page_for_each_choice_that_has_an_event_and_for_no_other() -> None:
    assert sorted(routes(*SOME)) == [
        "/timeline/",
        "/timeline/companies/",
        "/timeline/companies/acme/",
        "/timeline/companies/status/planned/",
        "/timeline/companies/status/stated/",
        "/timeline/ideas/",
        "/timeline/ideas/status/stated/",
        "/timeline/ideas/wind/",
        "/timeline/status/planned/",
        "/timeline/status/stated/",
    ]


def test_each_page_lists_the_events_of_its_choice_and_none_is_empty() -> None:
    """A fact about an entity is one of its events, and of its kind's, as its own are."""
    told = chronicle(SOME)
    shown = {page.route: events_on(told.html(page)) for page in told.pages()}
    assert all(shown.values())
    assert shown["/timeline/"] == ["three", "one", "two"]
    assert shown["/timeline/companies/"] == ["one", "two"]
    assert shown["/timeline/ideas/"] == shown["/timeline/ideas/wind/"] == ["three", "one"]
    assert shown["/timeline/status/planned/"] == ["two"]
    assert shown["/timeline/ideas/status/stated/"] == ["three", "one"]


def picks_on(html: str) -> dict[str, str]:
    """What can be chosen on a page: where it leads from the timeline's top → its count."""
    bar = html[html.index('<nav class="filters"') : html.index("</nav>", html.index('"filters"'))]
    return dict(re.findall(r'<li><a href="([^"]*)"[^>]*>[^<]*</a> (\d+)', bar))


def test_counts_are_of_what_a_choice_leads_to() -> None:
    """Beside a chosen kind the statuses count its own; what leads to nothing is not there."""
    told = chronicle(SOME)
    assert picks_on(told.at("/timeline/")) == {
        "./": "3",
        "companies/": "2",
        "ideas/": "2",
        "status/stated/": "2",
        "status/planned/": "1",
        "companies/acme/": "2",
        "ideas/wind/": "2",
    }
    beside = picks_on(told.at("/timeline/ideas/status/stated/"))
    assert beside == {
        "../../../status/stated/": "2",
        "./": "2",
        "../../../companies/status/stated/": "1",
        "../../": "2",
    }
    for page in told.pages():
        if not page.choice.entity:
            html = told.html(page)
            assert html.count('aria-current="true"') >= 2 or page.choice == Choice()


def test_what_is_chosen_is_said_by_title_and_mark() -> None:
    html = chronicle(SOME).at("/timeline/companies/status/planned/")
    assert "<h1>Timeline: Companies, Planned</h1>" in html
    assert re.findall(r'aria-current="true">([^<]*)', html[html.index("<main") :]) == [
        "Companies",
        "Planned",
    ]


@pytest.mark.parametrize("name", ["status", "year", "undated"])
def test_a_kind_or_entity_may_be_called_like_a_way(name: str) -> None:
    """No two pages have one address, whatever kinds and entities are called."""
    facts = [fact(f"e-{n}", f"20{n:02}", entity=name, kind=name) for n in range(LONG + 1)]
    facts += [fact("x", "2031", entity="planned", kind="status", status="planned")]
    facts += [fact("y", "2031", entity="2031", kind="year"), fact("z", "2031", entity=name)]
    found = routes(*facts)
    assert len(found) == len(set(found))
    assert f"/timeline/{name}_/{name}/" in found
    told = chronicle(facts)
    assert events_on(told.at("/timeline/status/planned/")) == ["x"]


def test_a_route_is_planned_once_and_published() -> None:
    _, update = clean(kites().files())
    assert not update.problems
    assert {
        "timeline/index.html",
        "timeline/companies/status/planned/index.html",
        "timeline/ideas/silk/index.html",
    } <= update.pages.keys()
    sitemap = update.pages["sitemap.xml"]
    assert isinstance(sitemap, bytes)
    assert b"<loc>https://example.org/kites/timeline/ideas/silk/</loc>" in sitemap


@pytest.fixture(scope="module")
def long() -> dict[str, str]:
    """The pages of a timeline of 5,000 events, but for single entities and statuses of kinds."""
    told = chronicle(many(5000))
    return {
        page.route: told.html(page)
        for page in told.pages()
        if page.choice in (Choice(), Choice("companies"), Choice("companies", "e-2"))
    }


@pytest.mark.parametrize(
    ("top", "count"), [("", 5000), ("companies/", 2500), ("companies/e-2/", 125)]
)
def test_each_of_5000_events_stands_on_one_page_of_its_year(
    long: dict[str, str], top: str, count: int
) -> None:
    """And each page is short, whatever the year; the first has the years and the nearest events."""
    parts = {to: html for to, html in long.items() if to.startswith(f"/timeline/{top}year/")}
    told = [events_on(html) for html in parts.values()]
    assert all(0 < len(ids) <= LONG for ids in told)
    assert Counter(id_ for ids in told for id_ in ids).most_common(1)[0][1] == 1
    assert sum(map(len, told)) == count
    first = long[f"/timeline/{top}"]
    years = re.findall(r'<li><a href="year/(\d+)/">\1</a> (\d+)</li>', first)
    assert sum(int(n) for _, n in years) == count
    assert 20 <= len(events_on(first)) <= 40


def test_every_page_of_5000_events_is_short(long: dict[str, str]) -> None:
    assert max(map(elements, long.values())) < 1500


def test_every_page_has_a_title_of_its_own(long: dict[str, str]) -> None:
    titles = Counter(html[html.index("<title>") : html.index("</title>")] for html in long.values())
    assert titles.most_common(1)[0][1] == 1


def test_one_goes_through_all_years_from_page_to_page(long: dict[str, str]) -> None:
    route, seen = "/timeline/year/2025/", ["/timeline/year/2025/"]
    while following := re.search(r'rel="next" href="([^"]*)"', long[route]):
        base = route.strip("/").split("/")
        for step in following[1].strip("/").split("/"):
            base = base[:-1] if step == ".." else [*base, step]
        route = "/" + "/".join(base) + "/"
        seen.append(route)
    assert seen == [to for to in long if to.startswith("/timeline/year/")]


def test_the_nearest_events_are_those_that_are_over_and_those_to_come(
    long: dict[str, str],
) -> None:
    """The open beginnings of what may end in years are not what happened last."""
    first = long["/timeline/"]
    past = first[first.index('<h2 id="past"') : first.index('<h2 id="ahead"')]
    days = re.findall(r'<time datetime="([\d-]+)"', past)
    assert len(events_on(past)) == NEAR
    assert days and max(days) <= "2031-05-08" and min(days) >= "2031"


def test_too_many_years_are_told_by_decade_or_century() -> None:
    years = [str(year) for year in range(1000, 3000)]
    found = periods(years)
    assert len(found) <= PERIODS
    assert sum(one.count for one in found) == len(years)
    assert found[0].name == "1000-1099"
    assert [one.name for one in periods(["2030", "-0044"])] == ["-44", "2030"]


def sides(*facts: object, as_of: str | None = "2031-05-08") -> dict[str, list[str]]:
    html = chronicle(facts, as_of).at("/timeline/")  # type: ignore[arg-type]
    parts = re.split(r'<h2 id="(past|ahead)">', html)[1:]
    return {parts[n]: events_on(parts[n + 1]) for n in range(0, len(parts), 2)}


def test_past_and_ahead_are_told_by_the_briefings_date_alone() -> None:
    facts = [
        fact("that-day", "2031-05-08"),
        fact("day-after", "2031-05-09"),
        fact("year-stated", "2031"),
        fact("year-planned", "2031", status="planned"),
        fact("year-target", "2031", date_role="target"),
        fact("done-plan", "2030", status="planned"),
        fact("open", "2031-01/..", status="expected"),
    ]
    assert sides(*facts) == {
        "past": ["done-plan", "year-stated", "that-day"],
        "ahead": ["year-planned", "year-target", "open", "day-after"],
    }
    assert sides(*facts, as_of="2040")["ahead"] == ["open"]
    assert list(sides(*facts, as_of=None)) == ["past"]


def test_one_event_and_none() -> None:
    html = chronicle([fact("one", "2031-05-06")]).at("/timeline/")
    assert events_on(html) == ["one"]
    assert "1 dated fact; the days that its words allow lie in May 2031." in html
    assert 'class="filters"' not in html
    html = chronicle([fact("one", "[..2031-05-06]")]).at("/timeline/")
    assert "1 dated fact; its beginning is not known, its end lies in May 2031." in html
    html = chronicle([]).at("/timeline/")
    assert "No fact of this briefing is dated." in html
    assert "<svg" not in html and "<h2" not in html
    assert routes() == ["/timeline/"]


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, UNDATED + 1])
def test_facts_without_a_date_are_a_part_of_their_own(count: int) -> None:
    """A few stand on the timeline, more on pages of their own; each on one."""
    told = chronicle([*SOME[:2], *(fact(f"u-{n}", None) for n in range(count))])
    html = told.at("/timeline/")
    pages = undated_routes(told.reader())
    assert len(pages) == (0 if count <= FEW else -(-count // UNDATED))
    lists = [told.view("undated", str(n)) for n in range(1, len(pages) + 1)] or [html]
    found = [id_ for page in lists for id_ in re.findall(r'facts/(u-\d+)/"', page)]
    assert found == [f"u-{n}" for n in range(count)]
    assert ('href="undated/"' in html) == bool(pages)


def test_the_doubt_of_a_date_is_told_in_words() -> None:
    facts = [
        fact("a", "[..2031-07-03]", date_words="lately"),
        fact("b", "2026-H2"),
        fact("c", "2031-05-06", date_role="said"),
        fact("d", "2031-05-06~"),
        fact("e", "2030-07"),
    ]
    html = chronicle(facts).at("/timeline/")
    dates = [
        " ".join(re.sub("<[^>]*>", " ", found).split())
        for found in re.findall(r'<p class="on">(.*?)</p>', html)
    ]
    assert sorted(dates) == sorted(
        [
            "lately before 3 July 2031",
            "second half of 2026",
            "said 6 May 2031",
            "about 6 May 2031",
            "July 2030",
        ]
    )
    assert re.findall(r'<time datetime="([^"]*)"', html) == ["2030-07", "2031-05-06"]


def dating(text: str) -> Dating:
    read = read_date(text)
    assert isinstance(read, Dating)
    return read


def test_days_count_on_before_and_after_a_calendar() -> None:
    assert day_number("0001-01-01") == 1
    assert day_number("2031-05-08") - day_number("2031-05-07") == 1
    assert day_number("0000-01-01") == -365
    assert day_number("-0001-12-31") == -366
    for year in (-170000002, -44, 0, 1, 1900, 2000, 2031, 170000002):
        assert year_number(day_number(f"{year}-12-31")) == year


def test_a_far_date_is_cut_off_and_takes_no_room_from_the_others() -> None:
    near = [dating(f"2030-{month:02}-01") for month in range(1, 13)]
    plain = scale_of(near, None)
    assert not plain.cuts
    scale = scale_of([*near, dating("1950-06-01"), dating("2090-06-01")], None)
    assert len(scale.cuts) == 2
    first, last = (place_of(one, scale).start for one in (near[0], near[-1]))
    assert last - first > WIDTH // 2
    days = ("1950-06-01", "2030-01-01", "2090-06-01")
    starts = [place_of(dating(day), scale).start for day in days]
    assert starts == sorted(starts)


def test_even_years_and_two_events_are_not_cut() -> None:
    years = [dating(str(year)) for year in range(1990, 2027)]
    assert not scale_of(years, None).cuts
    assert not scale_of([dating("1990-05-06"), dating("2030-05-06")], None).cuts


def test_a_cut_is_told_in_words_and_marked() -> None:
    facts = [fact("old", "1950"), *(fact(f"n-{n}", f"2031-0{n}-01") for n in range(1, 6))]
    html = chronicle(facts).at("/timeline/")
    assert "The axis leaves out 1952–2029, where nothing lies" in html
    assert html.count('class="cut"') == 1 + len(facts)


MARK = re.compile(r'<a href="#t-([a-z0-9-]+)" tabindex="-1">')


def test_each_mark_of_the_picture_leads_to_its_event() -> None:
    told = chronicle(many(LONG))
    checked = 0
    for page in told.pages():
        html = told.html(page)
        marks = MARK.findall(html)
        assert not marks or sorted(marks) == sorted(events_on(html))
        checked += len(marks)
    assert checked > LONG


def test_words_under_the_picture_keep_apart_at_any_width() -> None:
    """As wide as letters may be, on the narrowest picture without those for wide ones."""
    tick = re.compile(r'<g( class="minor")?>.*?<text x="([\d.]+)%"[^>]*>([^<]*)</text>')
    sets = [
        [
            fact(f"n-{n}", f"{year}-0{1 + n % 9}-11")
            for n, year in enumerate(range(2031 - span, 2031))
        ]
        for span in (1, 2, 3, 7, 20, 33, 58)
    ]
    for facts in [*sets, [fact("a", "2031-02-14")], [fact("a", "0800"), *sets[1]]]:
        html = chronicle(facts).at("/timeline/")
        ticks = [(bool(minor), float(at), words) for minor, at, words in tick.findall(html)]
        assert ticks
        for width, shown in ((NARROW, [t for t in ticks if not t[0]]), (WIDE, ticks)):
            spans = [(int(at * width / 100), len(words) * LETTER + 5) for _, at, words in shown]
            for (start, long_), (following, _) in pairwise(spans):
                assert start + long_ <= following, (facts[0], width, shown)
            assert all(start + long_ <= width for start, long_ in spans)


def test_an_entity_with_more_events_than_fit_is_not_listed_in_full() -> None:
    facts = [fact(f"f-{n}", "2030", entity=f"e-{n}") for n in range(500)]
    html = chronicle(facts).at("/timeline/companies/")
    assert len(re.findall(r'href="e-\d+/"', html)) == 60
    assert ">440 more</a>" in html
    assert elements(html) < 1500


def test_an_entitys_timeline_says_its_name_apart_from_the_kinds() -> None:
    html = chronicle(SOME).at("/timeline/ideas/wind/")
    bar = html[html.index('<nav class="filters"') :]
    groups = re.findall(r"<p>([^<]*)</p>\s*<ul>(.*?)</ul>", bar, re.DOTALL)
    found = {name: re.findall(r">([^<]+)</a>", picks) for name, picks in groups}
    assert found == {"Kind": ["All", "Ideas"], "By name": ["Wind"]}
    assert re.findall(r'aria-current="true">([^<]*)', bar) == ["Wind"]


@pytest.mark.parametrize(
    ("route", "ways"),
    [
        ("/timeline/ideas/", ["Timeline", "Ideas"]),
        ("/timeline/ideas/wind/", ["Timeline", "Ideas", "Wind"]),
        ("/timeline/status/planned/", ["Timeline", "Planned"]),
        ("/timeline/companies/status/planned/", ["Timeline", "Companies", "Planned"]),
    ],
)
def test_each_choice_shows_the_ways_back(route: str, ways: list[str]) -> None:
    html = chronicle(SOME).at(route)
    crumbs = html[html.index('class="crumbs"') : html.index("<h1")]
    *back, here = re.findall(r"<(a|span)[^>]*>([^<]*)</", crumbs)
    assert [name for _, name in (*back, here)] == ways
    assert here[0] == "span" and all(tag == "a" for tag, _ in back)
    assert 'class="crumbs"' not in chronicle(SOME).at("/timeline/")


def test_the_lede_tells_months_within_which_days_lie_and_how_many_have_no_end() -> None:
    facts = [fact("a", "2030-12~"), fact("b", "2031-H2"), fact("c", "[..2031-05-06]")]
    opened = "3 dated facts; the days that their words allow lie between December 2030 and December"
    assert f"{opened} 2031, but 1 has no known beginning." in chronicle(facts).at("/timeline/")
    facts += [fact("d", "2031-05/.."), fact("e", "2031-06/..")]
    found = chronicle(facts).at("/timeline/")
    assert "but 1 has no known beginning and 2 have no known end." in found
    html = chronicle([fact("e", "2031-06/..")]).at("/timeline/")
    assert "1 dated fact; it begins in June 2031 and has no known end." in html


@pytest.mark.parametrize("date", [None, "2031-05-06"])
def test_a_fact_is_not_told_without_its_condition(date: str | None) -> None:
    html = chronicle([*SOME, fact("hung", date, condition="if the wind holds")]).at("/timeline/")
    assert html.count("On condition: ") == html.count("if the wind holds") == 1


def test_an_axis_is_as_long_as_what_is_shown_on_it() -> None:
    """Far dates on other pages take no room from the few that stand on this one."""
    told = chronicle([fact("old", "1990"), fact("soon", "2031-06"), fact("late", "2032-06")])
    soon = events_ahead(1, told.reader())[0]
    assert (soon.first, soon.last) == ("April 2031", "July 2031")
    assert soon.place.width > WIDTH // 4


def test_a_name_in_the_picture_is_cut_and_says_who_else_on_an_entitys_own_timeline() -> None:
    long_name = "the-makers-of-kites-of-borea"
    facts = [fact("a", "2031-05-06", about=("wind",)), fact("b", "2031-05-06", entity=long_name)]
    facts += [fact("c", "2031-03", entity="wind", kind="ideas")]
    told = chronicle(facts)

    def names(route: str) -> list[str]:
        return sorted(
            re.findall(r'<text class="minor"[^>]*>([A-Z][^<]*[a-z…])</text>', told.at(route))
        )

    assert names("/timeline/") == ["Acme", "The-Makers-Of-Kites…", "Wind"]
    assert names("/timeline/companies/acme/") == ["Wind"]
    assert names("/timeline/ideas/wind/") == ["Acme"]
