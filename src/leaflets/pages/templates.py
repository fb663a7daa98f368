"""Templating: how templates are read, and how words get into them (door to Jinja).

Words come in as an argument of each rendering, never as a global; whatever they hold,
they stay words.
"""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.locale import Locale, format_value, isolate
from leaflets.pages.views import Localized
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.localize import PLACEHOLDER


def environment(templates: Mapping[str, str]) -> Environment:
    """Make the template environment: strict, escaped, without any translation.

    Words come in as an argument of each rendering, never as a global.
    """
    return _environment(tuple(sorted(templates.items())))


@lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    made = Environment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()
    made.filters["content"] = css_string
    made.filters["counters"] = css_counters
    return made


def css_string(text: str) -> Markup:
    """Write words as a CSS string; whatever they hold, they stay words."""
    plain = Markup(text).unescape()
    escaped = "".join(
        char if char.isalnum() or char in " .:,–" else f"\\{ord(char):x} "
        for char in plain
    )
    return Markup('"' + escaped + '"')


def css_counters(text: str) -> Markup:
    """Write words with marked counters (`\\x01page\\x01`) as CSS content.

    Every counter stands in an isolate, which does no harm from left to right.
    """
    parts = []
    for index, part in enumerate(Markup(text).unescape().split("\x01")):
        if index % 2:
            parts.append(f'"\\2066 " counter({part}) "\\2069 "')
        elif part:
            parts.append(str(css_string(Markup.escape(part))))
    return Markup(" ".join(parts))


class Words:
    """The templates' `_`: looks a text up and fills its placeholders.

    Called as `_("Page {page} of {pages}", page=…)`; values are escaped and
    isolated.  A gap is told, and the source stands in so that the rest of the
    page can still be checked; a target with a finding is never rendered.
    """

    def __init__(self, localized: Localized, found: list[Diagnostic]) -> None:
        self.localized = localized
        self.found = found

    def __call__(self, text: str, **values: object) -> Markup:
        words = self.localized.furniture.get(text)
        if words is None:
            message = f'"{text}" stands in a template but in no catalog'
            place = Location("templates")
            hint = "run `leaflets update`, then translate it"
            self.found.append(error("untranslated", message, place, hint))
        translated = words[0] if words else text
        parts = []
        for index, part in enumerate(PLACEHOLDER.split(translated)):
            if index % 2 and part not in values:
                message = f"{{{part}}} stands for nothing"
                place = words[1] if words else Location("templates")
                self.found.append(error("unknown-placeholder", message, place))
            parts.append(escape(values.get(part, "") if index % 2 else part))
        return Markup("").join(parts)


class Interface:
    """The `_` of pages on screen: the words of one catalog, English where it has none.

    What no catalog has is told by `leaflets check`, before any page is made.
    """

    def __init__(self, catalog: Catalog | None, locale: Locale) -> None:
        self.catalog = catalog
        self.locale = locale

    def __call__(self, text: str, **values: object) -> Markup:
        found = self.catalog.lookup("", text) if self.catalog else None
        whole = found.translation if found and not found.fuzzy else ""
        parts = []
        for index, part in enumerate(PLACEHOLDER.split(whole or text)):
            parts.append(escape(values.get(part, "") if index % 2 else part))
        return Markup("").join(parts)

    def speaks(self) -> dict[str, object]:
        """Give what every template of a page on screen is filled with."""
        locale = self.locale
        return {
            "_": self,
            "locale": locale,
            "number": lambda one: isolate(format_value(one, "number", locale), locale),
            "isolate": lambda one: isolate(str(one), locale),
        }
