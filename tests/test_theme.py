"""Templates of a project: what Jinja allows in them comes out as Jinja has it, and quickly."""

import pytest

from standfirst import render
from standfirst.problem import Problem
from tests.projects import clean, kites

MACRO = (
    "{% macro link(to, name='here', mark=true) %}"
    "<a href=\"{{ to }}\">{{ name }}</a>{{ '!' if mark }}{% endmacro %}"
    "{% macro all() %}{{ varargs|join('-') }}{{ kwargs|length }}{% endmacro %}"
    "{% macro around() %}<b>{{ caller('<') }}</b>{% endmacro %}"
)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("{{ link('x') }}", '<a href="x">here</a>!'),
        ("{{ link('<', '&') }}", '<a href="&lt;">&amp;</a>!'),
        ("{{ link('x', mark=false) }}", '<a href="x">here</a>'),
        ("{{ link(name='y', to='x') }}", '<a href="x">y</a>!'),
        ("{{ link(name=link('y'), to='x') }}", '<a href="x"><a href="y">here</a>!</a>!'),
        ("{{ link(*['x', 'y'], **{'mark': false}) }}", '<a href="x">y</a>'),
        ("{% for n in [1, 2] %}{{ link(n, loop.last) }}{% endfor %}", None),
        ("{{ all(1, 2, a=3) }}", "1-21"),
        ("{% call(said) around() %}{{ said }}{% endcall %}", "<b>&lt;</b>"),
        ("{{ link('<')|upper }}", '<A HREF="&LT;">HERE</A>!'),
        ("{{ {'k': 'v'}.k }}{{ ['a', 'b'][1] }}{{ 'word'[1:3] }}{{ {'k': 'v'}['k'] }}", "vborv"),
        ("{{ {'k': 1}.no|default('none') }}{{ ['a'][7]|default('none') }}", "nonenone"),
        ("{% autoescape false %}{{ '<' }}{{ link('<')|length }}{% endautoescape %}<", "<24<"),
        ("{% set one = link('x') %}{{ one ~ '<' }}", '<a href="x">here</a>!&lt;'),
        ("{{ 1 / 4 }}{{ -2 }}{{ none }}{{ true }}", "0.25-2NoneTrue"),
        ("{{ range(3)|join }}{{ 'a'.upper() }}{{ dict(class='k').class }}", "012Ak"),
    ],
)
def test_macros_are_called_in_all_ways_that_jinja_has(call: str, shown: str | None) -> None:
    project = kites()
    project.theme["about.html"] = MACRO + call
    _, update = clean(project.files())
    expected = shown or '<a href="1">False</a>!<a href="2">True</a>!'
    assert update.pages["about/index.html"] == expected.encode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("{{ title.nothing }}", "object' has no attribute 'nothing'"),
        ("{{ {'k': 1}.no }}", "has no attribute 'no'"),
        ("{{ [1][5] }}", "has no element 5"),
        ("{{ nobody.name }}", "'nobody' is undefined"),
        ("{{ link() ~ '!' }}", "parameter 'to' was not provided"),
    ],
)
def test_what_is_not_there_is_told_in_the_words_of_jinja(asked: str, told: str) -> None:
    project = kites()
    project.theme["about.html"] = MACRO + "\n\n" + asked
    site, _ = clean(project.files())
    about = next(page for page in site.planned if page.view == "about")
    problem = render.render(about.view, about.about, site.reader())
    assert isinstance(problem, Problem)
    assert told in problem.message
    assert problem.span.line == 3 or "parameter" in told


def test_templates_made_ready_change_no_page_and_hide_no_fault() -> None:
    """What is wrong with a template is told by the page that needs it."""
    project = kites()
    project.theme["about.html"] = "{% if %}"
    project.theme["facts.html"] = '{% include "nowhere.html" %}'
    site, update = clean(kites().files())
    pages = dict(update.pages)
    render.prepare((page.view for page in site.planned), site.reader())
    for page in site.planned:
        assert render.render(page.view, page.about, site.reader()) == pages[page.path]
    site, _ = clean(project.files())
    render.prepare(("about", "facts", "nothing"), site.reader())
    about, facts = (
        next(page for page in site.planned if page.view == view) for view in ("about", "facts")
    )
    for page in (about, facts):
        assert isinstance(render.render(page.view, page.about, site.reader()), Problem)
