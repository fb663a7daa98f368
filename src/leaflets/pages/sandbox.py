"""Sandbox: what a template can reach and how much it can do (door to Jinja).

A template comes with a project, and so from whoever proposed a change to it: it is data,
and not a program.  It reads the fields of the values that it is given, and calls what
`pages.contract` lists.  Whatever else Jinja or Python have to offer is not there, and
what it may do is counted, so that no template works or grows without end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import EnumMeta
from functools import cache, partial, wraps
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflets.pages.contract import (
    GLOBALS,
    JINJA_FILTERS,
    JINJA_TESTS,
    LOOP,
    METHODS,
    MOST_LETTERS,
    MOST_STEPS,
    PART_STEPS,
)
from leaflets.pages.views import View

FOLDER = "templates/"
"""Where the files of all templates stand."""
LONGEST_NUMBER = 10**18
"""More is no measure of anything on paper, and could grow without end."""
DIGITS = 15
"""Of a number behind its point, at most."""
TEXT_FILTERS = {"join", "lower", "replace", "string", "striptags", "trim", "upper"}
"""Filters that write what they are given as a text."""
CALLED = (
    BlockReference,
    BuiltinMethodType,
    FunctionType,
    LoopContext,
    Macro,
    MethodType,
    Undefined,  # which tells what is not defined
    partial,
)
"""What can be called where it can be reached: functions that are given as data, methods
of `METHODS`, and what a template declares itself."""
MANY: Mapping[str, type] = {"Mapping": Mapping, "View": View, "str": str}
"""The types of `METHODS`."""
DATE = ("day", "month", "year")


class TemplateLimitError(Exception):
    """Raised where a template does more than a page can need."""


def _too_many() -> TemplateLimitError:
    return TemplateLimitError(f"more than {MOST_LETTERS:,} letters")


@dataclass(slots=True)
class _Spent:
    """What one filling has done so far."""

    steps: int = 0
    letters: int = 0


_SPENT: ContextVar[_Spent | None] = ContextVar("spent", default=None)


@contextmanager
def counted() -> Iterator[None]:
    """Count what templates do from here on; TemplateLimitError where it is too much."""
    token = _SPENT.set(_Spent())
    try:
        yield
    finally:
        _SPENT.reset(token)


def _step(count: int = 1) -> None:
    """Count passes of a loop, calls, or parts that are included."""
    if spent := _SPENT.get():
        spent.steps += count
        if spent.steps > MOST_STEPS:
            message = f"more than {MOST_STEPS:,} passes of loops and calls"
            raise TemplateLimitError(message)


def _grow(size: int) -> None:
    """Count letters of a text, or items of a list, before or after it is made."""
    spent = _SPENT.get() or _Spent()
    spent.letters += size
    if spent.letters > MOST_LETTERS:
        raise _too_many()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing but what the contract lists; every step is counted."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    callables: tuple[type, ...] = CALLED

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow fields of data, and the methods of the contract."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, type):
            return isinstance(obj, EnumMeta) and attr in obj.__members__
        if isinstance(obj, LoopContext):
            return attr in LOOP
        if isinstance(obj, TemplateModule):
            return attr in vars(obj)
        if isinstance(obj, date):
            return attr in DATE
        if attr in _data_of(obj.__class__):
            return True
        return any(
            isinstance(obj, MANY[name]) and attr in methods
            for name, methods in METHODS.items()
        )

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow functions that are given as data, and macros; never a class."""
        return isinstance(obj, self.callables) and super().is_safe_callable(obj)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to the other methods: it is not in the contract."""

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called; count it."""
        _step()
        if isinstance(obj, LoopContext) and args:
            args = (_passes(args[0]), *args[1:])
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon, as long as the result stays small enough to print."""
        if operator == "**" or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"{operator} is not there for templates")
        if operator == "*":
            _grow(_times(left, right))
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and abs(result) > LONGEST_NUMBER:
            raise TemplateLimitError("a number is too large")
        if operator == "+" and isinstance(result, str | list | tuple):
            _grow(len(result))
        return result

    def concat(self, parts: Iterable[str]) -> str:
        """Put the parts of a page, macro or block together; count their letters."""
        # A page has ten thousand parts: they are counted here, without a call for each.
        spent = _SPENT.get() or _Spent()
        kept = []
        for part in parts:
            spent.letters += len(part)
            if spent.letters > MOST_LETTERS:
                raise _too_many()
            kept.append(part)
        return "".join(kept)

    def _load_template(self, name: str, *variables: Any) -> Template:
        """Load a template, or a part that another includes; count it."""
        _step(PART_STEPS)
        return super()._load_template(name, *variables)

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        """Parse a template, and let its loops and texts be counted."""
        try:
            tree = super()._parse(source, name, filename)
            _count_in(tree, name, filename)
        except RecursionError:
            raise _too_deep(name, filename) from None
        return tree

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """Compile a template; TemplateSyntaxError where Python cannot."""
        name, filename = (*args, None, None)[:2]
        try:
            return super().compile(source, *args, **kwargs)
        except (SyntaxError, RecursionError, MemoryError, OverflowError):
            raise _too_deep(
                kwargs.get("name", name), kwargs.get("filename", filename)
            ) from None


def _too_deep(name: str | None, filename: str | None) -> TemplateSyntaxError:
    message = "it is nested too deeply to be read"
    return TemplateSyntaxError(message, 0, name, filename)


def sandbox(
    templates: Mapping[str, str],
    filters: Mapping[str, Callable[..., Any]],
    callables: tuple[type, ...],
) -> Sandbox:
    """Make the environment of some templates: strict, escaped, without translation.

    `filters` come beside Jinja's own; `callables` are types whose values may be called.
    """
    environment = Sandbox(
        loader=FunctionLoader(lambda name: _source(templates, name)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_written,
    )
    environment.callables = (*CALLED, *callables)
    environment.globals = dict(GLOBALS)
    own = {name: environment.filters[name] for name in JINJA_FILTERS}
    environment.filters = {
        name: _bounded(name, function) for name, function in {**own, **filters}.items()
    }
    environment.filters |= {PASSES: _passes, WRITTEN: _written}
    environment.tests = {name: environment.tests[name] for name in JINJA_TESTS}
    return environment


def _source(
    templates: Mapping[str, str], name: str
) -> tuple[str, str, Callable[[], bool]] | None:
    """Find a template's text, the path that its findings name, and whether it holds."""
    text = templates.get(name)
    return None if text is None else (text, FOLDER + name, lambda: True)


@cache
def _data_of(kind: type[Any]) -> frozenset[str]:
    """Name the fields and properties of a dataclass; nothing is one of another class."""
    if not is_dataclass(kind):
        return frozenset()
    properties = {
        name
        for base in kind.__mro__
        for name, value in vars(base).items()
        if isinstance(value, property)
    }
    return frozenset(properties.union(field.name for field in fields(kind)))


PASSES, WRITTEN = " passes", " written"
"""Filters that no template can name: they stand round what is counted."""


def _count_in(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Let loops count their passes, and texts that are put together their letters."""
    for node in list(tree.find_all((nodes.For, nodes.Concat, _UNESCAPED))):
        if isinstance(node, nodes.For):
            node.iter = _around(node.iter, PASSES)
        elif isinstance(node, nodes.Concat):
            node.nodes = [_around(part, WRITTEN) for part in node.nodes]
        else:
            message = "everything is escaped; `autoescape` is not there for templates"
            raise TemplateSyntaxError(message, node.lineno, name, filename)


_UNESCAPED = nodes.ScopedEvalContextModifier


def _around(node: Any, name: str) -> nodes.Filter:
    """Put a filter round an expression."""
    around = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    around.set_environment(node.environment)
    return around


def _passes(values: Any) -> Any:
    """Count the passes of a loop: before the first where they are known."""
    if hasattr(values, "__len__"):
        _step(len(values))
        return values
    return _each(values)


def _each(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        _step()
        yield value


def _written(value: Any) -> Any:
    """Let a text or number be written, and nothing else."""
    if isinstance(value, str):
        _grow(len(value))
    elif isinstance(value, Undefined):
        return str(value)  # which tells what is not defined
    elif not (value is None or isinstance(value, bool | int | float | date)):
        kind = type(value).__name__
        raise SecurityError(f"a value of the kind {kind} is no text")
    return value


def _times(left: Any, right: Any) -> int:
    """Reckon how long a text or list is when it is repeated; 0 for numbers."""
    for many, count in ((left, right), (right, left)):
        if isinstance(many, str | list | tuple) and isinstance(count, int):
            return len(many) * max(count, 0)
    return 0


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter take texts where it writes some, and count what it gives."""

    @wraps(function)
    def bounded(*values: Any, **options: Any) -> Any:
        _step()
        if name == "join":
            values = _listed(values)
        elif name in TEXT_FILTERS:
            for value in values:
                if not isinstance(value, Context | nodes.EvalContext | Sandbox):
                    _written(value)
        if name == "replace":
            _grow(_replaced(*(value for value in values if isinstance(value, str))))
        if name == "round":
            _rounded(*values, **options)
        result = function(*values, **options)
        if isinstance(result, str | list | tuple):
            _grow(len(result))
        return result

    return bounded


def _listed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Take the items that `join` writes, each a text or number, and count them."""
    head, items, *rest = values
    kept = [_written(item) for item in items]
    separator = rest[0] if rest else ""
    _grow(len(kept) * len(str(_written(separator))))
    return head, kept, *rest


def _rounded(_: Any, precision: Any = 0, method: Any = "") -> None:
    """Refuse a number of digits that takes long to reckon with."""
    if not -DIGITS <= precision <= DIGITS:
        raise TemplateLimitError(f"more than {DIGITS} digits")


def _replaced(text: str = "", old: str = "", new: str = "") -> int:
    """Reckon how long a text can be after `replace`."""
    return len(text) + (text.count(old) if old else len(text) + 1) * len(new)
