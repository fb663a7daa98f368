"""Templates: how they are filled, and how words get into them (door to Jinja).

Words come in as a variable of each rendering, never as a global; whatever they hold,
they stay words.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from traceback import walk_tb
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.languages.locale import Locale, format_value, isolate
from leaflets.pages.html import Html, escaped, joined, trusted, unescaped
from leaflets.pages.origin import is_marked, mark, without_marks
from leaflets.pages.sandbox import FOLDER, Sandbox, counted, sandbox
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.localize import PLACEHOLDER, Localized
from leaflets.sources.content.family import Family

Templates = Mapping[str, str]
"""The text of every template by its file name."""


def render(templates: Templates, name: str, data: object) -> str:
    """Fill a template; LeafletsError at its line where that cannot be done.

    `data` is a dataclass, whose fields are the template's variables, or a mapping.
    """
    with _told(name), counted():
        text = _environment(templates).get_template(name).render(_variables(data))
        text.encode()  # half of a pair of UTF-16 is no letter
    return text


def render_page(templates: Templates, name: str, data: object) -> tuple[str, str]:
    """Fill a template and the stylesheet of the same name."""
    return render(templates, name, data), render(templates, stylesheet_of(name), data)


def stylesheet_of(name: str) -> str:
    """Name the stylesheet of a template."""
    return name.removesuffix(".html") + ".css"


def macros(templates: Templates, name: str, data: object) -> Any:
    """Make a template's macros callable, with the variables that they ask for."""
    with _told(name), counted():
        template = _environment(templates).get_template(name)
        return template.make_module(dict(_variables(data)))


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


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tell what goes wrong in a template at its line, whatever it is.

    A template is a program of the project: each exception that it can cause is its own.
    """
    try:
        yield
    except LeafletsError:
        raise
    except Exception as problem:
        message = f"the template cannot be filled: {_words(problem)}"
        first, *_, last = _places(name, problem) * 2
        hint = f"it is part of {first}" if first.path != last.path else ""
        diagnostic = error("broken-template", message, last, hint)
        raise LeafletsError((diagnostic,)) from problem


def _words(problem: Exception) -> str:
    """Say what went wrong, on one line that is not too long."""
    match problem:
        case RecursionError():
            return "it includes or calls itself without end, or is nested too deeply"
        case MemoryError():
            return "it needs more memory than there is"
        case TemplateError():
            words = str(problem.message or problem)
        case _:
            words = str(problem) or type(problem).__name__
    words = " ".join(words[:LONGEST_WORDS].split())
    return "".join(char if char.isprintable() else "\ufffd" for char in words)


LONGEST_WORDS = 300


def _places(name: str, problem: Exception) -> tuple[Location, ...]:
    """Follow templates from the outermost one to the line at which it went wrong."""
    if isinstance(problem, TemplateSyntaxError):
        # A part that is included may be the broken one.
        return (Location(FOLDER + (problem.name or name), problem.lineno),)
    places = []
    for frame, line in walk_tb(problem.__traceback__):
        path = frame.f_code.co_filename
        if path.startswith(FOLDER):
            # Jinja puts the template's own lines into most tracebacks, not into all.
            template = frame.f_globals.get("__jinja_template__")
            number = template.get_corresponding_lineno(line) if template else line
            places.append(Location(path, number))
    return tuple(places) or (Location(FOLDER + name),)


def _environment(templates: Templates) -> Sandbox:
    """Make the sandbox of some templates."""
    return _made_environment(tuple(sorted(templates.items())))


@lru_cache(maxsize=4)
def _made_environment(templates: tuple[tuple[str, str], ...]) -> Sandbox:
    return sandbox(dict(templates), FILTERS, (Translator, ScreenTranslator))


def css_string(text: str) -> Html:
    """Write words as a CSS string; whatever they hold, they stay words."""
    quoted = "".join(
        char if char.isalnum() or char in " .:,–" else f"\\{ord(char):x} "
        for char in without_marks(unescaped(text))
    )
    string = trusted('"' + quoted + '"')
    return mark(string) if is_marked(text) else string


def css_counters(text: str) -> Html:
    """Write words with marked counters (`\\x01page\\x01`) as CSS content.

    Every counter stands in an isolate, which does no harm from left to right.
    """
    parts = []
    keep = mark if is_marked(text) else trusted
    for index, part in enumerate(without_marks(unescaped(text)).split("\x01")):
        if index % 2:
            parts.append(f'"\\2066 " counter({part}) "\\2069 "')
        elif part:
            parts.append(str(keep(css_string(escaped(part)))))
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
        return _filled(words, values, mark)

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


def _filled(
    words: str, values: Mapping[str, object], keep: Callable[[Html], Html] = trusted
) -> Html:
    """Put values for the placeholders of a text; an unknown one stays empty.

    `keep` marks the words themselves; values have marks of their own, or none.
    """
    parts = PLACEHOLDER.split(words)
    return joined(
        escaped(values.get(part, "")) if index % 2 else keep(escaped(part))
        for index, part in enumerate(parts)
    )
