"""Templates: how they are filled, and how words get into them (door to Jinja).

Words come in as a variable of each rendering, never as a global; whatever they hold,
they stay words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.languages.locale import Locale, format_value, isolate
from leaflets.pages.contract import GLOBALS
from leaflets.pages.html import Html, escaped, joined, trusted, unescaped
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.localize import PLACEHOLDER, Localized
from leaflets.sources.content.family import Family

Templates = Mapping[str, str]
"""The text of every template by its file name."""


def render(templates: Templates, name: str, data: object) -> str:
    """Fill a template; LeafletsError at its line where that cannot be done.

    `data` is a dataclass, whose fields are the template's variables, or a mapping.
    """
    try:
        return _environment(templates).get_template(name).render(_variables(data))
    except TemplateError as problem:
        raise LeafletsError((_broken(name, problem),)) from problem


def render_page(templates: Templates, name: str, data: object) -> tuple[str, str]:
    """Fill a template and the stylesheet of the same name."""
    return render(templates, name, data), render(templates, stylesheet_of(name), data)


def stylesheet_of(name: str) -> str:
    """Name the stylesheet of a template."""
    return name.removesuffix(".html") + ".css"


def macros(templates: Templates, name: str, data: object) -> Any:
    """Make a template's macros callable, with the variables that they ask for."""
    try:
        return (
            _environment(templates)
            .get_template(name)
            .make_module(dict(_variables(data)))
        )
    except TemplateError as problem:
        raise LeafletsError((_broken(name, problem),)) from problem


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro as a template declares it."""

    template: str
    name: str
    arguments: tuple[str, ...]


def macros_of(templates: Templates) -> Iterator[Macro]:
    """List the macros of all templates, for their documentation."""
    environment = _environment(templates)
    for name, text in sorted(templates.items()):
        for macro in environment.parse(text).find_all(nodes.Macro):
            names = tuple(argument.name for argument in macro.args)
            yield Macro(name, macro.name, names)


def _variables(data: object) -> Mapping[str, object]:
    """Turn a dataclass into a template's variables."""
    if isinstance(data, Mapping):
        return data
    assert is_dataclass(data)
    return {field.name: getattr(data, field.name) for field in fields(data)}


def _broken(name: str, problem: TemplateError) -> Diagnostic:
    # A part that is included may be the broken one.
    place = Location(f"templates/{name}")
    if isinstance(problem, TemplateSyntaxError):
        place = Location(f"templates/{problem.name or name}", problem.lineno)
    return error("broken-template", f"the template cannot be filled: {problem}", place)


def _environment(templates: Templates) -> Environment:
    """Make the environment of some templates: strict, escaped, without translation."""
    return _made_environment(tuple(sorted(templates.items())))


@lru_cache(maxsize=4)
def _made_environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    environment = Environment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.globals.update(GLOBALS)
    environment.filters.update(FILTERS)
    return environment


def css_string(text: str) -> Html:
    """Write words as a CSS string; whatever they hold, they stay words."""
    quoted = "".join(
        char if char.isalnum() or char in " .:,–" else f"\\{ord(char):x} "
        for char in unescaped(text)
    )
    return trusted('"' + quoted + '"')


def css_counters(text: str) -> Html:
    """Write words with marked counters (`\\x01page\\x01`) as CSS content.

    Every counter stands in an isolate, which does no harm from left to right.
    """
    parts = []
    for index, part in enumerate(unescaped(text).split("\x01")):
        if index % 2:
            parts.append(f'"\\2066 " counter({part}) "\\2069 "')
        elif part:
            parts.append(str(css_string(escaped(part))))
    return trusted(" ".join(parts))


FILTERS: Mapping[str, Callable[[str], Html]] = {
    "content": css_string,
    "counters": css_counters,
}
"""What templates may pipe words through, besides Jinja's own filters."""


class Translator:
    """The templates' `_`: looks a text up and fills its placeholders.

    Called as `_("Page {page} of {pages}", page=…)`; values are escaped and
    isolated.  A gap is told, and the source stands in so that the rest of the
    page can still be checked; a target with a finding is never rendered.
    """

    def __init__(self, localized: Localized, diagnostics: list[Diagnostic]) -> None:
        self.localized = localized
        self.diagnostics = diagnostics

    def __call__(self, text: str, **values: object) -> Html:
        """Translate a text of a template."""
        words, place = self.localized.furniture.get(text, (text, None))
        if place is None:
            message = f'"{text}" stands in a template but in no catalog'
            hint = "run `leaflets update`, then translate it"
            self._tell("untranslated", message, None, hint)
        for name in PLACEHOLDER.findall(words):
            if name not in values:
                self._tell(
                    "unknown-placeholder", f"{{{name}}} stands for nothing", place
                )
        return _filled(words, values)

    def _tell(
        self, code: str, message: str, place: Location | None, hint: str = ""
    ) -> None:
        where = place or Location("templates")
        self.diagnostics.append(error(code, message, where, hint))


class ScreenTranslator:
    """The `_` of pages on screen: the words of one catalog, English where it has none.

    What no catalog has is told by `leaflets check`, before any page is made.
    """

    def __init__(self, catalog: Catalog | None, locale: Locale, family: Family) -> None:
        self.catalog = catalog
        self.locale = locale
        self.family = family

    def __call__(self, text: str, **values: object) -> Html:
        """Translate a text of a template."""
        message = self.catalog.lookup("", text) if self.catalog else None
        words = message.translation if message and not message.fuzzy else ""
        return _filled(words or text, values)

    def variables(self) -> dict[str, object]:
        """Name what every template of a page on screen is filled with."""
        locale = self.locale
        return {
            "_": self,
            "locale": locale,
            "family": self.family,
            "number": lambda value: isolate(
                format_value(value, "number", locale), locale
            ),
            "isolate": lambda value: isolate(str(value), locale),
        }


def _filled(words: str, values: Mapping[str, object]) -> Html:
    """Put values for the placeholders of a text; an unknown one stays empty."""
    parts = PLACEHOLDER.split(words)
    return joined(
        escaped(values.get(part, "") if index % 2 else part)
        for index, part in enumerate(parts)
    )
