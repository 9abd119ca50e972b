"""A template's name and what it shows → its text, or the problem of the template.

The one place that knows Jinja. A template is read through `Reader` with everything it includes,
found without running it, so a changed macro renders the pages that use it and no others.

Jinja makes Python of a template. As it comes, that asks at each call whether the called wants its
surroundings, and marks as safe what is marked already. Here it does not, which saves a third.
"""

import contextlib
import functools
from collections.abc import Mapping

import jinja2
from jinja2 import Environment, StrictUndefined, TemplateError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.parser import Parser
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from standfirst.model import Template
from standfirst.problem import Problem, Span
from standfirst.reader import Reader, shared

Texts = Mapping[str, str | None]
"""Templates by name, `None` where there is none of that name."""


class Theme:
    """The templates of a project, which have these names beside what a view gives them."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self._held = _Held()
        self._environment = _Environment(
            loader=self._held,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals.update(names)

    def text(self, name: str, view: Mapping[str, object], reader: Reader) -> str | Problem:
        """What a template makes of a view. A template at fault is a problem at its line."""
        try:
            template = self._template(name, reader)
            return template if isinstance(template, Problem) else template.render(view)
        except TemplateError as error:
            return _problem(name, error)

    def prepare(self, name: str, reader: Reader) -> None:
        """Makes a template and all that it includes ready, so that no page has to wait for it."""
        texts = _read(name, reader)
        with contextlib.suppress(TemplateError):  # which the page that needs it tells of
            self._template(name, reader)
            for each in texts if not isinstance(texts, Problem) else ():
                self._environment.get_template(each)

    def _template(self, name: str, reader: Reader) -> jinja2.Template | Problem:
        texts = _read(name, reader)
        if isinstance(texts, Problem):
            return texts
        held = self._held.texts
        is_new = any(held.get(each, text) != text for each, text in texts.items())
        if is_new and self._environment.cache is not None:
            # A template keeps the macros it imported, so all are compiled anew.
            self._environment.cache.clear()
        held.update(texts)
        return self._environment.get_template(name)


@shared
def _read(template: str, reader: Reader) -> Texts | Problem:
    """A template and all that it includes, extends or imports."""
    texts: dict[str, str | None] = {}
    open_ = [template]
    while open_:
        name = open_.pop()
        if name in texts:
            continue
        read = reader.one(Template, "template", name)
        texts[name] = read.text if read else None
        try:
            open_ += _included(read.text, name) if read else ()
        except TemplateError as error:
            return _problem(template, error)
    return texts


def _included(text: str, name: str) -> list[str]:
    """The names a template includes, which must be written out in it."""
    included = []
    for found in meta.find_referenced_templates(_tree(text, name)):
        if found is None:
            message = "a template's name is computed, and must be written out"
            raise jinja2.TemplateSyntaxError(message, 1, name)
        included.append(found)
    return included


def _problem(template: str, error: TemplateError) -> Problem:
    """A template's fault, at its line where Jinja knows it."""
    name = getattr(error, "name", None) or template
    line = getattr(error, "lineno", None) or _line_of(error, name)
    message = str(error.message or error).split("\n")[0]
    if isinstance(error, jinja2.TemplateNotFound):
        message = f'there is no template "{error.name}"'
        name, line = template, 1
    span = Span(f"templates/{name}", line, 1, line, 1)
    return Problem("bad-template", message, span, "see docs/templates.md for what each page has")


def _line_of(error: TemplateError, name: str) -> int:
    """The template's line that was being rendered when an error rose."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Held(jinja2.BaseLoader):
    """The templates as they were last read."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, None, None]:
        text = self.texts.get(template)
        if text is None:
            raise jinja2.TemplateNotFound(template)
        return text, None, None


class _Macro(Macro):
    """A macro that is called with what it names, in its order, as nearly all are."""

    def __call__(self, *given: object, **named: object) -> str:
        left = self._argument_count - len(given)
        if named or left < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*given, **named)
        return _marked(Markup, self._func(*given, *(missing,) * left))


_marked = str.__new__
"""Makes `Markup` of a text that is none yet, and asks it nothing."""


def _printed(value: object) -> str:
    """A value as it stands in HTML."""
    return value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    """Makes Python of a template, in which a call is a call, and what is safe is printed so."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.printed")
        self.writeline("Macro = environment.macro")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        start = self.stream.tell()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.stream.seek(start)
        given = self.stream.read()
        self.stream.seek(start)
        self.stream.truncate()
        self.write(f"({given.removeprefix(', ')})")


class _Environment(Environment):
    """Jinja, with what is said above."""

    code_generator_class = _Generator
    printed = staticmethod(_printed)
    macro = _Macro

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _tree(source, name)


_PLAIN = Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)


@functools.lru_cache(maxsize=64)
def _tree(text: str, name: str | None) -> nodes.Template:
    """A template as Jinja understands it: read once for its includes and for what runs."""
    return Parser(_PLAIN, text, name).parse()
