"""References and Markdown: text in, offsets and HTML out; and what strangers' texts cannot do."""

import html
import inspect
import itertools
import re
import sys
import threading
from collections.abc import Callable
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.markup import (
    Article,
    Heading,
    Reference,
    fault,
    inline_html,
    malformed,
    markdown_html,
    paragraphs,
    plain,
    references,
    section_references,
    sentences,
)


def resolve(reference: Reference) -> str:
    if reference.kind == "cite":
        return f'<sup><a href="#{reference.id}">1</a></sup>'
    words = html.escape((reference.words or name(reference)).upper())
    return f'<a href="../{reference.id}/">{words}</a>'


def name(reference: Reference) -> str:
    return reference.id.title()


def quiet(reference: Reference) -> str:
    """A resolver whose HTML holds nothing of the text."""
    return f"<b>{reference.kind}</b>"


def noting(asked: list[Reference]) -> Callable[[Reference], str]:
    """A resolver that notes what it is asked for."""

    def resolver(reference: Reference) -> str:
        asked.append(reference)
        return "<b>!</b>"

    return resolver


def rendered(text: str) -> Article:
    return markdown_html(text, resolve, name)


def stretches(text: str, found: tuple[Reference, ...]) -> list[str]:
    return [text[each.start : each.end] for each in found]


# References


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("[[acme]]", [("link", "acme", None)]),
        ("[[borea|its neighbour]]", [("link", "borea", "its neighbour")]),
        ("[[borea| its\n  neighbour ]]", [("link", "borea", "its neighbour")]),
        ("[@a-1][@b]", [("cite", "a-1", None), ("cite", "b", None)]),
        ("[[[acme]]]", [("link", "acme", None)]),
        ("[[1]]", [("link", "1", None)]),
        ("[[" + "a" * 64 + "]]", [("link", "a" * 64, None)]),
        ("[[" + "a" * 65 + "]]", []),
        ("[[acme]]'s and [[acme]](so)", [("link", "acme", None)] * 2),
        ("[[-a]] [[a_b]] [[Á]] [@A] [a] @a [[a|]] [[a|b|c]] [[a|`b`]]", []),
    ],
)
def test_references_of_a_plain_text(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """A plain text has the three forms of reference and no others."""
    assert [(each.kind, each.id, each.words) for each in references(text)] == expected


def test_offsets_point_at_the_reference_and_at_its_id() -> None:
    """start and end hold the brackets, id_start and id_end the id, in characters."""
    text = "Žluť 😀 [[borea|its neighbour]] x [@a]"
    link, cite = references(text)
    assert text[link.start : link.end] == "[[borea|its neighbour]]"
    assert text[link.id_start : link.id_end] == "borea"
    assert text[cite.start : cite.end] == "[@a]"
    assert text[cite.id_start : cite.id_end] == "a"


@pytest.mark.parametrize(
    "code",
    [
        "`[[x]]`",
        "``a ` [[x]]``",
        "`two\nlines [[x]]`",
        "```\n[[x]]\n```",
        "```py\n[[x]]\n\n[[x]]\n````\n",
        "~~~\n```\n[[x]]\n~~~",
        "    [[x]]",
        "\t[[x]]\n\n\t[@x]",
        "- item\n\n    ```\n    [[x]]\n    ```\n",
        "> ```\n> [[x]]\n>\n> [[x]]\n> ```\n",
        "| a | b |\n|---|---|\n| `[[x|y]]` | `[@x]` |",
    ],
)
def test_code_holds_no_references(code: str) -> None:
    """What is in code is found by nobody and is shown letter by letter."""
    text = f"[[acme]]\n\n{code}\n\n[@a]"
    assert stretches(text, section_references(text)) == ["[[acme]]", "[@a]"]
    assert malformed(f"{code}\n\n[[", markdown=True) == (
        (len(code) + 2, len(code) + 4, "is not closed: write ]]"),
    )
    shown = rendered(text).html
    assert "<code" in shown
    assert shown.count("ACME") == 1
    assert "[@x]" in shown or "[[x" in shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`[[a]]", ["[[a]]"]),
        ("\\`[[a]]`", ["[[a]]"]),
        ("a `b` [[c]] `d`", ["[[c]]"]),
        ("- a `\n- [[b]] `", ["[[b]]"]),
        ("- a\n\n    [[b]]", ["[[b]]"]),
        ("a\n    [[b]]", ["[[b]]"]),
        ("\\[[a]] \\\\[[b]]", ["[[b]]"]),
        ("# [[a]]\n[[b]]\n---\n> [[c]]", ["[[a]]", "[[b]]", "[[c]]"]),
        ("[[a|x\n\ny]]", []),
        ("[x]: http://e.org '[[a]]'", ["[[a]]"]),
        ("```\n[[a]]", []),
        ("```a`b\n[[a]]", ["[[a]]"]),
        ("a\r```\r[[a]]\r```\r[[b]]", ["[[b]]"]),
    ],
)
def test_references_of_a_section(text: str, expected: list[str]) -> None:
    """Everything outside code is searched; a reference does not leave its paragraph or item."""
    assert stretches(text, section_references(text)) == expected


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("an [[acme] x", "[[acme]", "is not closed: write ]]"),
        ("an [[acme x", "[[acme", "is not closed: write ]]"),
        ("an [@acme x", "[@acme", "is not closed: write ]"),
        ("[[", "[[", "is not closed: write ]]"),
        ("[[ ]]", "[[ ]]", "names nothing"),
        ("[[|x]]", "[[|x]]", "names nothing"),
        ("[@ ]", "[@ ]", "names nothing"),
        ("[[Acme Kites]]", "[[Acme Kites]]", 'holds "Acme Kites", which is no id'),
        ("[[A|x\ny]]", "[[A|x\ny]]", 'holds "A", which is no id'),
        ("[@Acme]", "[@Acme]", 'holds "Acme", which is no id'),
        ("[[ acme ]]", "[[ acme ]]", "has a space beside its id"),
        ("[[a|]]", "[[a|]]", "has no words after |"),
        ("[[a|b|c]]", "[[a|b|c]]", "has words with | or ` in them"),
        ("[@a; @b]", "[@a; @b]", "names more than one: write [@a] [@b]"),
        ("[@a|b]", "[@a|b]", "is a citation, which takes no words"),
        ("an [acme]] x", "[acme]]", "is opened by one bracket: write [["),
    ],
)
def test_what_only_looks_like_a_reference(text: str, word: str, why: str) -> None:
    """A slip in a reference is pointed at and named, in a plain text and in a section."""
    for markdown in (False, True):
        ((start, end, said),) = malformed(text, markdown)
        assert (text[start:end], said) == (word, why)


@pytest.mark.parametrize("text", ["[[a]]", "[he said [so]]", "[[[a]]]", "[a] (b) c]] @x a[0]"])
def test_brackets_that_are_none_of_ours(text: str) -> None:
    """Brackets that cannot be meant as a reference are left alone."""
    assert malformed(text) == malformed(text, markdown=True) == ()


@pytest.mark.parametrize("text", ["\\[[So]]", "[[PDF] Report](u)", "[see [1]](u)", "[![a](b)](c)"])
def test_brackets_of_markdown(text: str) -> None:
    """Links whose words hold brackets, and brackets after a backslash, are Markdown's."""
    assert malformed(text, markdown=True) == ()
    assert section_references(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[acme]] and [[borea|its neighbour]] talk [@a] [@b].", "Acme and its neighbour talk."),
        ("A factory. [@a] Next", "A factory. Next"),
        ("[@a] [@b] Next", "Next"),
        ("One.\n\n[@a] Two", "One.\n\n Two"),
        (" as it is <b> ", " as it is <b> "),
        ("[@a]", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    """Links become words; citations go, with the space before them."""
    assert plain(text, name) == expected


def test_plain_leaves_a_sections_code_alone() -> None:
    """With markdown, what stands in code stays."""
    assert plain("`[[a]]` [[a]]", name, markdown=True) == "`[[a]]` A"
    assert plain("`[[a]]` [[a]]", name) == "`A` A"


# Sentences and paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A factory [@a]. Next one.", ["A factory [@a].", "Next one."]),
        ("A factory. [@a] Next one.", ["A factory. [@a]", "Next one."]),
        ("A factory.[@a] Next one.", ["A factory.[@a]", "Next one."]),
        ("A factory. [@a]\n[@b] Next. [@c]", ["A factory. [@a]\n[@b]", "Next. [@c]"]),
        ("A factory.\n\n[@a] Next.", ["A factory.", "[@a] Next."]),
        ("[@a] First. Next", ["[@a] First.", "Next"]),
        ("[[acme|Acme Co. Ltd. Is]] is. Next", ["[[acme|Acme Co. Ltd. Is]] is.", "Next"]),
        ("Made by [[acme]]. Next.", ["Made by [[acme]].", "Next."]),
        ("It rose 3.5 % [@a]. So?", ["It rose 3.5 % [@a].", "So?"]),
        ("今天好。[@a]明天好。", ["今天好。[@a]", "明天好。"]),
        ("  ", []),
        ("[@a]", ["[@a]"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """A citation belongs to the sentence it stands in or follows."""
    assert [text[start:end] for start, end in sentences(text, "en")] == expected


SECTION = """\
# Head one

Talks go on [@a]. More to
come. [@b]

- first [[a|long
  words]]. Then [@c]
- second

    and on

> said
> so.
>
> yes

| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 [@d] |

```
code. code
```

Set
---

***

[x]: http://e.org

    more code

1. one
2. two

end"""


def test_sentences_of_a_section() -> None:
    """No sentence of a section reaches beyond its paragraph, heading, item or row."""
    assert [SECTION[start:end] for start, end in sentences(SECTION, "en", markdown=True)] == [
        "Head one",
        "Talks go on [@a].",
        "More to\ncome. [@b]",
        "first [[a|long\n  words]].",
        "Then [@c]",
        "second",
        "and on",
        "said\n> so.",
        "yes",
        "1 | 2 |",
        "3 | 4 [@d] |",
        "Set\n---",
        "one",
        "two",
        "end",
    ]


def test_paragraphs() -> None:
    """A list, a quotation and a table's body are one each; headings, code and rules are none."""
    assert [SECTION[each.start : each.end] for each in paragraphs(SECTION)] == [
        "Talks go on [@a]. More to\ncome. [@b]",
        "- first [[a|long\n  words]]. Then [@c]\n- second\n\n    and on",
        "> said\n> so.\n>\n> yes",
        "| 1 | 2 |\n| 3 | 4 [@d] |",
        "1. one\n2. two",
        "end",
    ]


# HTML


def test_inline_html_escapes_everything_but_the_resolvers() -> None:
    """A plain text has no Markdown and no HTML of its own."""
    text = '*a* <b> & [[acme]] "q" [@f] [[Bad]] `[[c]]`\x00\ud800'
    assert inline_html(text, resolve) == (
        '*a* &lt;b&gt; &amp; <a href="../acme/">ACME</a> "q" <sup><a href="#f">1</a></sup>'
        ' [[Bad]] `<a href="../c/">C</a>`\ufffd\ufffd'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (
            "*[[a]]* **b [@f]**",
            '<p><em><a href="../a/">A</a></em> <strong>b <sup><a href="#f">1</a>'
            "</sup></strong></p>",
        ),
        ("[[a|w<b>]]", '<p><a href="../a/">W&lt;B&gt;</a></p>'),
        (
            "<script>x</script> &copy; &lt;b&gt;",
            "<p>&lt;script&gt;x&lt;/script&gt; © &lt;b&gt;</p>",
        ),
        (
            "<div onclick='x'>\n\n*a*\n</div>",
            "<p>&lt;div onclick='x'&gt;</p>\n<p><em>a</em>\n&lt;/div&gt;</p>",
        ),
        (
            "[see [[b]] [@f] x](http://e.org)",
            '<p><a href="http://e.org">see B x</a> <sup><a href="#f">1</a></sup></p>',
        ),
        (
            '[x](http://e.org "t [[b|"<]] [@f]")',
            '<p><a href="http://e.org" title="t &quot;&lt;">x</a></p>',
        ),
        ("[x]([[a|javascript:alert(1)]])", "<p>x</p>"),
        ("[x](javascript:alert) [y](data:a) [z](../a/)", '<p>x y <a href="../a/">z</a></p>'),
        ("[[[x]] y](javascript:alert)", '<p><a href="../x/">X</a> y</p>'),
        (
            "<javascript:alert(1)> <http://e.org>",
            '<p>&lt;javascript:alert(1)&gt; <a href="http://e.org">http://e.org</a></p>',
        ),
        ("![an [[a]]](pics/a.png)", '<p><img alt="an A" src="pics/a.png"></p>'),
        ("![an [[a]] &<](https://e.org/a.png)", "<p>an A &amp;&lt;</p>"),
        (
            "![a](//e.org/a.png)![b](/[@x]/e.org)![c](&#47;&#47;e.org/)![d](\\\\e.org)![e]( //e)"
            "![f](data:x)",
            "<p>abcdef</p>",
        ),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        (
            "```py\n<[[a]]>\n```",
            '<pre tabindex="0"><code class="language-py">&lt;[[a]]&gt;</code></pre>',
        ),
        (
            "- a\n\n    ```\n    b\n     c\n    ```",
            '<ul>\n<li>\n<p>a</p>\n<pre tabindex="0"><code>b\n c</code></pre>\n</li>\n</ul>',
        ),
        (
            "> ```\n> a\n>\n> b\n> ```\n> c",
            '<blockquote>\n<pre tabindex="0"><code>a\n\nb</code></pre>\n<p>c</p>\n</blockquote>',
        ),
        (
            "1. a\n\n    b\n\n3. c",
            "<ol>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ol>",
        ),
        (
            "\U0010fff00\U0010fff1 [@f] \x02wzxhzdk:0\x03",
            '<p>\ufffd0\ufffd <sup><a href="#f">1</a></sup> \ufffdwzxhzdk:0\ufffd</p>',
        ),
    ],
)
def test_markdown_html(text: str, expected: str) -> None:
    """Markdown with references, without raw HTML, script, or requests to other sites."""
    assert rendered(text).html == expected


def test_tables() -> None:
    """A table holds references with words, scrolls by itself, and is named by its heads."""
    table = "| [[a|W]] | b |\n|:--|--:|\n| [[x|y]] [@f] | `c|d` |"
    assert rendered(table).html == (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="W, b"><table>\n'
        '<thead>\n<tr>\n<th class="align-left"><a href="../a/">W</a></th>\n'
        '<th class="align-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td class="align-left"><a href="../x/">Y</a> <sup><a href="#f">1</a></sup></td>\n'
        '<td class="align-right"><code>c|d</code></td>\n</tr>\n</tbody>\n</table></div>'
    )
    bare = markdown_html("| | |\n|-|-|\n| 1 | 2 |", resolve, name, table_label="Sales & more").html
    assert bare.startswith(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Sales &amp; more"><table>'
    )


def test_headings() -> None:
    """Headings have ids in any script, each once, and plain words; a page's h1 is its title."""
    text = (
        "# Talks with [[acme]] [@f]\n\n## A & `b<c`\n\n## A & b c\n\n### a b c\n\n#### a-b-c-1\n\n"
        '## [x](u "t") *é*\n\n## हिन्दी 中文\n\n## !!!\n'
    )
    article = markdown_html(text, resolve, name, prefix="s-")
    assert article.headings == (
        Heading(2, "s-talks-with-acme", "Talks with Acme"),
        Heading(2, "s-a-b-c", "A & b<c"),
        Heading(2, "s-a-b-c-1", "A & b c"),
        Heading(3, "s-a-b-c-2", "a b c"),
        Heading(4, "s-a-b-c-1-1", "a-b-c-1"),
        Heading(2, "s-x-é", "x é"),
        Heading(2, "s-हिन्दी-中文", "हिन्दी 中文"),
        Heading(2, "s-part", "!!!"),
    )
    assert re.findall(r'<h(\d) id="([^"]*)">', article.html) == [
        (str(each.level), each.id) for each in article.headings
    ]


def test_the_resolver_is_asked_once_for_each_reference_that_is_shown_in_reading_order() -> None:
    """So that the renderer can number citations as it is asked."""
    asked: list[Reference] = []
    text = (
        "# h [@a]\n\nx [@b] ![z [@no]](p.png)\n\n"
        "| [@c] |\n|--|\n| [@d] |\n\n[l [@e]](u) [@f] `[@no]`"
    )
    markdown_html(text, noting(asked), name)
    assert [each.id for each in asked] == list("abcdef")


def test_nothing_is_kept_between_sections() -> None:
    """A link definition of one section is unknown in the next."""
    assert "<a" in rendered("[x]\n\n[x]: http://e.org").html
    assert rendered("[x]").html == "<p>[x]</p>"


def test_threads_do_not_meet() -> None:
    """Sections may be rendered in several threads at once."""
    texts = [f"# h{number}\n\n[[a{number}]] [x]\n\n[x]: u{number}\n" * 20 for number in range(8)]
    expected = [rendered(text) for text in texts]
    got: dict[int, list[Article]] = {}

    def work(number: int) -> None:
        got[number] = [rendered(texts[number]) for _ in range(5)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {number: [expected[number]] * 5 for number in range(8)}


# What would exhaust Markdown


DEEP = [
    "> " * 21 + "x",
    ">" * 100_000,
    "- " * 21 + "x",
    "1. > - " * 300 + "x",
    "\n\n".join("    " * depth + "- x" for depth in range(40)),
    "[" * 30 + "]" * 30 + "(u)",
]


@pytest.mark.parametrize("text", DEEP)
def test_deep_nesting_is_shown_as_typed(text: str) -> None:
    """What is nested beyond twenty levels is shown letter by letter, and `fault` says why."""
    assert fault(text) == "is nested too deeply to be read"
    article = rendered(text + " <b>")
    assert article.fault == fault(text)
    assert article.html.startswith('<pre tabindex="0">') and article.html.endswith(
        " &lt;b&gt;</pre>"
    )
    assert article.headings == ()


@pytest.mark.parametrize(
    "text",
    [
        "> " * 16 + "x",
        "- " * 20 + "x",
        "\n\n".join("    " * depth + "- x" for depth in range(19)),
        "- " * 100,
        "*" * 1000,
        "*a **b " * 1000,
        "[a](b) " * 1000,
        "word " * 20_000,
    ],
)
def test_what_is_read(text: str) -> None:
    """Nesting up to the limit, rules, and long paragraphs are Markdown as any other."""
    assert fault(text) == rendered(text).fault == ""


def test_a_caller_deep_in_the_stack_gets_the_text_as_typed() -> None:
    """Even where Python's stack is nearly used up nothing is raised, nor is a later one touched."""
    text = "One.\n\n- two\n\n    three\n\nFour."
    before = rendered(text)

    def down(levels: int) -> Article:
        return rendered("- " * 20 + "[[a]]") if levels == 0 else down(levels - 1)

    free = sys.getrecursionlimit() - len(inspect.stack())
    faults = [down(free - left).fault for left in range(40, 200, 10)]
    assert set(faults) == {"", "is nested too deeply to be read"}
    assert rendered(text) == before


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "[a](",
        "[a][",
        "[a](<",
        "[[",
        "[[a|",
        "[@",
        "[[a]]",
        "[acme]] ",
        "`",
        "`a ``",
        "\\",
        "_*",
        "*a **b ",
        "```a\n",
        "~~~~\n",
        "# a\n",
        "a\n===\n",
        "---\n",
        "> a\n\n",
        "- a\n",
        "<a ",
        "a\n\n",
        "a|b\n-|-\n",
        "[x]: \n",
        "\r",
        "&",
        "(a. ",
        '"a. ',
        "a  \n",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """Every finder and the renderer come to an end on texts that took minutes without limits."""
    text = (piece * (30_000 // len(piece) + 1))[:30_000]
    references(text), section_references(text), malformed(text), malformed(text, markdown=True)
    plain(text, name), inline_html(text, resolve), paragraphs(text)
    sentences(text, "en"), sentences(text, "en", markdown=True), rendered(text)


def test_a_megabyte() -> None:
    """A long section is rendered; one beyond a million characters is shown as typed."""
    paragraph = "[[acme]] has a *second* factory [@a], says [them](http://e.org).\n\n"
    text = paragraph * (990_000 // len(paragraph))
    article = rendered(text)
    assert article.fault == ""
    assert article.html.count("ACME") == len(section_references(text)) / 2 == text.count("[@a]")
    assert rendered(text + paragraph * 300).fault == "is longer than a million characters"


# Properties

ID = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
PIECE = st.one_of(
    st.sampled_from(
        [
            "[[a]]",
            "[[b|w x]]",
            "[@c]",
            "[[",
            "]]",
            "[@",
            "[",
            "]",
            "(",
            ")",
            "|",
            "`",
            "``",
            "```",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "> ",
            "- ",
            "1. ",
            "# ",
            "## ",
            "---",
            "===",
            "*",
            "**",
            "_",
            "\\",
            "<",
            ">",
            "<script>",
            "</p>",
            "<a href='",
            '"',
            "&",
            "&lt;",
            "&#x2f;",
            "](u)",
            "](javascript:x)",
            "![a](//e.org/x)",
            "![a](b 'c')",
            "[x]: ",
            "\n| a | b |\n|---|--:|\n| c | d |\n",
            "<http://a>",
            "\U0010fff0",
            "\U0010fff1",
            "0",
            "\x02",
            "\x03",
            "\x00",
            "\r",
            "\x0c",
            "\ud800",
            "\ufffe",
            "\u2028",
            "\xa0",
            "~~~",
            "http://e.org",
            " ",
            "a",
            "word. ",
            "onerror=x",
            "[^1]",
            ":",
            "'",
        ]
    ),
    st.text(max_size=4),
)
TEXT = st.lists(PIECE, max_size=40).map("".join)
PAGE = (
    "<!doctype html><html lang=en><head><title>t</title></head><body><main>{}</main></body></html>"
)
SAFE = {"href", "src", "alt", "title", "id", "class", "start", "role", "tabindex", "aria-label"}


def parsed(shown: str) -> list[Element]:
    """Every element of a part of a page; raises where the page is not well-formed HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return list(parser.parse(PAGE.format(shown)).find("body/main").iter())


@given(TEXT)
@settings(max_examples=1500, deadline=None)
def test_any_text_becomes_sound_html(text: str) -> None:
    """Whatever the text: well-formed HTML, no script, no handler, no request to another site."""
    article = markdown_html(text, quiet, name)
    elements = parsed(article.html) + parsed(f"<p>{inline_html(text, quiet)}</p>")
    for element in elements:
        assert element.tag not in ("script", "style", "iframe", "object", "link", "svg", "base")
        assert set(element.attrib) <= SAFE
        assert not re.match(r"\s*(?!https?:|mailto:)[a-z]+:", element.get("href", ""), re.I)
        assert not re.match(r"\s*([a-z]+:|[/\\]\s*[/\\])", element.get("src", ""), re.I)
    assert not re.search("[\U0010fff0\U0010fff1\x02\x03]", article.html)
    ids = [element.get("id") for element in elements if element.get("id")]
    assert ids == [heading.id for heading in article.headings]
    assert len(set(ids)) == len(ids)
    article.html.encode()


@given(TEXT)
@settings(max_examples=1000, deadline=None)
def test_offsets_are_those_of_the_text(text: str) -> None:
    """Every reference, slip, sentence and paragraph is the stretch of text it says."""
    for found in (references(text), section_references(text)):
        for each in found:
            said = text[each.start : each.end]
            wanted = r"\[\[%s(\|[^|]+)?\]\]" if each.kind == "link" else r"\[@%s\]"
            assert re.fullmatch(wanted % each.id, said)
            assert text[each.id_start : each.id_end] == each.id
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for markdown in (False, True):
        assert all(0 <= start < end <= len(text) for start, end, _ in malformed(text, markdown))
        places = sentences(text, "en", markdown)
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in places)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
        plain(text, name, markdown)
    assert all(text[each.start : each.end].strip() for each in paragraphs(text))


@given(TEXT)
@settings(max_examples=500, deadline=None)
def test_what_the_renderer_shows_the_finder_finds(text: str) -> None:
    """The resolver is asked only for references that the checks have seen, each at most once."""
    asked: list[Reference] = []
    markdown_html(text, noting(asked), name)
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(section_references(text))


@given(
    st.lists(st.tuples(st.sampled_from(["", "a ", "*b* ", "é. "]), ID, st.booleans()), max_size=8)
)
def test_references_put_in_are_found(parts: list[tuple[str, str, bool]]) -> None:
    """Every reference outside code is found, at its place, in either sort of text."""
    text, expected = "", []
    for before, id_, is_link in parts:
        text += before
        mark = f"[[{id_}|w]]" if is_link else f"[@{id_}]"
        expected.append((len(text), len(text) + len(mark), id_))
        text += mark + " "
    for found in (references(text), section_references(text)):
        assert [(each.start, each.end, each.id) for each in found] == expected
