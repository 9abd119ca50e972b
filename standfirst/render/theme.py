"""A template's name and what it shows → its text, or the problem of the template.

The one place that knows Jinja. A template is read through `Reader` with everything it includes,
found without running it, so a changed macro renders the pages that use it and no others.

Jinja makes Python of a template. As it comes, that asks at each call whether the called wants its
surroundings, at each dot for an attribute or else a key, and marks as safe what is marked already.
Here it is plainer: a call is a call, a dot a dot and a macro a function, which saves more than half
of the time. Where that fails, the page is made once more, just as Jinja has it.
"""

import contextlib
import functools
from collections.abc import Callable, Mapping
from keyword import iskeyword
from types import FunctionType

import jinja2
from jinja2 import Environment, StrictUndefined, TemplateError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.parser import Parser
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import escape

from standfirst.model import Template
from standfirst.problem import Problem, Span
from standfirst.reader import Reader, shared

Texts = Mapping[str, str | None]
"""Templates by name, `None` where there is none of that name."""


class Theme:
    """The templates of a project, which have these names beside what a view gives them."""

    def __init__(self, names: Mapping[str, object]) -> None:
        self._held = _Held()
        self._quick, self._plain = _Quick(self._held, names), _Environment(self._held, names)

    def text(self, name: str, view: Mapping[str, object], reader: Reader) -> str | Problem:
        """What a template makes of a view. A template at fault is a problem at its line."""
        try:
            template = self._template(name, reader)
            if isinstance(template, Problem):
                return template
            try:
                return template.render(view)
            except (AttributeError, LookupError, TypeError):  # a key behind a dot, or a slip
                return self._plain.get_template(name).render(view)
        except TemplateError as error:
            return _problem(name, error)

    def prepare(self, name: str, reader: Reader) -> None:
        """Makes a template and all that it includes ready, so that no page has to wait for it."""
        texts = _read(name, reader)
        with contextlib.suppress(TemplateError):  # which the page that needs it tells of
            self._template(name, reader)
            for each in texts if not isinstance(texts, Problem) else ():
                self._quick.get_template(each)

    def _template(self, name: str, reader: Reader) -> jinja2.Template | Problem:
        texts = _read(name, reader)
        if isinstance(texts, Problem):
            return texts
        held = self._held.texts
        is_new = any(held.get(each, text) != text for each, text in texts.items())
        for environment in (self._quick, self._plain) if is_new else ():
            # A template keeps the macros it imported, so all are compiled anew.
            if environment.cache is not None:
                environment.cache.clear()
        held.update(texts)
        return self._quick.get_template(name)


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


_marked = str.__new__
"""Makes `Markup` of a text that is none yet, and asks it nothing."""


def _printed(value: object) -> str:
    """A value that is not marked as safe as it stands in HTML."""
    if type(value) is int or type(value) is float:
        return str(value)
    if type(value) is not str:
        return escape(value)
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&#34;").replace("'", "&#39;")


def _macro(
    environment: Environment,
    function: Callable[..., str],
    name: str,
    arguments: tuple[str, ...],
    *catching: bool,
) -> Callable[..., str]:
    """A macro as the function that it is; a call that names an argument asks for `whole`."""
    whole = Macro(environment, function, name, list(arguments), *catching)
    if any(catching[:3]):
        return whole
    # What is not given is missing, and Jinja's function puts in what the macro has for it.
    function.__defaults__ = (missing,) * len(arguments)
    function.whole = whole  # type: ignore[attr-defined]
    return function


class _Generator(CodeGenerator):
    """Makes Python of a template as it is said above."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape, Macro = environment.printed, environment.macro")
        self.writeline("marked = environment.marked")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        is_plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller)
        self.write("" if is_plain else "environment.whole(")
        self.visit(node.node, frame)
        start = self.stream.tell()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.stream.seek(start)
        given = self.stream.read()
        self.stream.seek(start)
        self.stream.truncate()
        self.write(f"{'' if is_plain else ')'}({given.removeprefix(', ')})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr) or not node.attr.isascii():
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped:  # a macro's
            self.writeline(f"return marked(Markup, concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_escaped(frame):
            self.write("(v if type(v := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_escaped(frame):
            self.write(")) is Markup else escape(v))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_escaped(frame: Frame) -> bool:
    """Whether it is known what `autoescape` says, and that it is true."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)


class _Environment(Environment):
    """Jinja, which reads each template once."""

    def __init__(self, held: _Held, names: Mapping[str, object]) -> None:
        super().__init__(
            loader=held,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.globals.update(names)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _tree(source, name)


class _Quick(_Environment):
    """Jinja, with what is said above."""

    code_generator_class = _Generator
    printed, macro, marked = staticmethod(_printed), staticmethod(_macro), staticmethod(_marked)

    @staticmethod
    def whole(called: Callable[..., object]) -> Callable[..., object]:
        """What is called with the names of arguments: of a macro, Jinja's own."""
        return getattr(called, "whole", called) if type(called) is FunctionType else called


_PLAIN = Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)


@functools.lru_cache(maxsize=64)
def _tree(text: str, name: str | None) -> nodes.Template:
    """A template as Jinja understands it: read once for its includes and for what runs."""
    return Parser(_PLAIN, text, name).parse()
