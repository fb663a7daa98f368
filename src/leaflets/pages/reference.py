"""Reference: docs/templates.md, written from the contract and the values themselves.

Takes the templates' text; gives Markdown.  `.ci/templates.py` writes the file, and a
test tells when it is not up to date.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator
from textwrap import dedent

from leaflets.pages.bilingual import Group, Pair
from leaflets.pages.contract import (
    ATTRIBUTES,
    CLASSES,
    GLOBALS,
    IDS,
    JINJA_FILTERS,
    JINJA_TESTS,
    LOOP,
    METHODS,
    MOST_LETTERS,
    MOST_STEPS,
    PART_STEPS,
    Role,
)
from leaflets.pages.margins import Frame
from leaflets.pages.page_data import Column, LanguageData, PageData
from leaflets.pages.proof_rows import Row
from leaflets.pages.templates import FILTERS, Templates, macros_of
from leaflets.pages.views import FigureView, LabelView, View
from leaflets.paper.fold import Fold
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Shop

PATH = "docs/templates.md"
VALUES = (View, FigureView, LabelView, Frame, Margins, Fold, Shop, Row, Group, Pair)
"""What stands in the variables, and is asked by attribute."""
HEAD = """# Templates

A leaflet is set by `templates/<name>.html` and `templates/<name>.css`, which an edition
names in pyproject.toml. Templates are Jinja; they decide where a text stands, never what
it says. A name that is not defined is an error, and everything is escaped.

A template draws no words of its own: they come from the variables below or as `_("…")`, and in
a stylesheet as `_("…")|content`. Numbers are those of the variables and counters that begin at 0.
Anything else is `unsigned-text` in what patients read; a sign such as "·" may stand between words.

This page is written by `python .ci/templates.py` from `pages/contract.py`, where the names
are that code reads, and from `pages/page_data.py`, the value that templates are filled with.
"""
FIXED = """`standing.html` holds every text of the role `standing`: it is filled alone with each
standing, to measure how high its box may grow. `cells.html` holds the macros of one
language in its column. Pages on screen (`web-*.html`, `desk-*.html`) are filled with
mappings, and with `_`, `locale`, `number` and `isolate` of their language.
"""

SANDBOX = """## What a template can reach

A template comes with its project, and so from whoever proposed a change to it: it is data,
and runs no code. It reads fields and properties of the values below and the keys of
mappings, and calls the functions that it is given, its own macros, and these methods.
Names that begin with `_`, classes, `format`, `safe`, `namespace`, `range`, powers, and
whatever else Jinja or Python have are not there: to ask for them is an error at its line,
as is everything else that goes wrong while a template is filled.
"""


def template_reference(templates: Templates) -> str:
    """Write the page as Markdown."""
    parts = [HEAD, FIXED, *_limits(), *_variables(), *_names(), *_functions()]
    return "\n".join([*parts, *_macros(templates)])


def _variables() -> Iterator[str]:
    yield "## Variables of a leaflet's page\n"
    yield "One language, or the first of two:\n"
    yield _table(("name", "type", "what it is"), _fields(LanguageData))
    yield "The page:\n"
    yield _table(("name", "type", "what it is"), _fields(PageData))
    yield "### What stands in them\n"
    for kind in (Column, *VALUES):
        yield f"**{kind.__name__}.** {_summary(kind)}\n"
        yield _table(("name", "type", "what it is"), _fields(kind))


def _names() -> Iterator[str]:
    yield "## Attributes that code reads\n"
    yield _table(("attribute", "what it says"), ATTRIBUTES.items())
    yield "## Roles of furniture\n"
    yield _table(("role", "in a template", "what it is for"), _roles())
    yield "## Ids\n"
    yield _table(("example", "what it names"), IDS.items())
    yield "## Classes that code reads\n"
    yield _table(("class", "what it means"), CLASSES.items())


def _functions() -> Iterator[str]:
    yield "## Functions\n"
    yield "They make the names above; in every template, without an import.\n"
    rows = (
        (f"{name}({', '.join(inspect.signature(function).parameters)})", _doc(function))
        for name, function in GLOBALS.items()
        if inspect.isfunction(function)
    )
    yield _table(("function", "what it does"), rows)
    yield "## Filters\n"
    yield f"Of Jinja's own: {_listed(JINJA_FILTERS)}.\n\nBesides them:\n"
    filters = ((name, _doc(function)) for name, function in FILTERS.items())
    yield _table(("filter", "what it does"), filters)
    yield f"## Tests\n\nOf Jinja's own: {_listed(JINJA_TESTS)}.\n"


def _limits() -> Iterator[str]:
    yield SANDBOX
    yield _table(
        ("type", "methods"), ((kind, _listed(names)) for kind, names in METHODS.items())
    )
    yield f"Of `loop`: {_listed(LOOP)}.\n"
    yield (
        f"One filling has at most {MOST_STEPS:,} steps: each pass of a loop, each call and "
        f"each filter is one,\neach part that is included {PART_STEPS}. It puts at most "
        f"{MOST_LETTERS:,} letters together, and each text\nis counted again whenever it "
        "becomes part of another.\n"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _macros(templates: Templates) -> Iterator[str]:
    yield "## Macros\n"
    rows = (
        (f"{macro.name}({', '.join(macro.arguments)})", macro.template)
        for macro in macros_of(templates)
    )
    yield _table(("macro", "template"), rows)


def _roles() -> Iterator[tuple[str, str, str]]:
    documented = {name: text for name, _, text in _members(Role)}
    for role in Role:
        yield role.value, f"Role.{role.name}", documented.get(role.name, "")


def _fields(kind: type) -> Iterator[tuple[str, str, str]]:
    """List name, type and meaning of every field and property of a class."""
    yield from _members(kind)


def _members(kind: type) -> Iterator[tuple[str, str, str]]:
    (body,) = ast.parse(dedent(inspect.getsource(kind))).body
    assert isinstance(body, ast.ClassDef)
    for member, after in zip(body.body, [*body.body[1:], None], strict=True):
        match member:
            case ast.AnnAssign(target=ast.Name(name), annotation=annotation):
                yield name, ast.unparse(annotation), _text(after)
            case ast.Assign(targets=[ast.Name(name)]):
                yield name, "", _text(after)
            case ast.FunctionDef(name=name, returns=ast.expr() as returns):
                if any(_is_property(decorator) for decorator in member.decorator_list):
                    text = ast.get_docstring(member) or ""
                    yield name, ast.unparse(returns), _first(text)


def _is_property(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "property"


def _text(node: ast.stmt | None) -> str:
    """Read the text that stands below a field."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
    return ""


def _summary(kind: type) -> str:
    return _first(inspect.getdoc(kind) or "")


def _doc(function: object) -> str:
    return _first(inspect.getdoc(function) or "")


def _first(text: str) -> str:
    """Take the first paragraph of a docstring, in one line."""
    return " ".join(text.partition("\n\n")[0].split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a table; names and types as code, the last column as words."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for *codes, words in rows:
        cells = [f"`{code}`".replace("|", "\\|") if code else "" for code in codes]
        lines.append(f"| {' | '.join((*cells, words))} |")
    return "\n".join(lines) + "\n"
