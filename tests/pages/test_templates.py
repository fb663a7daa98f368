"""Templates: filled with values, told at their line, and without words of their own."""

from dataclasses import dataclass

import pytest

from leaflets.diagnostics import Diagnostic, LeafletsError, Location
from leaflets.languages.locale import find_locale
from leaflets.pages.templates import (
    Macro,
    ScreenTranslator,
    Translator,
    css_counters,
    css_string,
    macros,
    macros_of,
    render,
    render_page,
    stylesheet_of,
)
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.localize import Localized
from leaflets.sources.catalogs.po import Message
from leaflets.sources.content.family import Family


@dataclass(frozen=True, slots=True)
class Data:
    """Two variables."""

    name: str
    count: int = 2


def broken(templates: dict[str, str], name: str, data: object = None) -> Diagnostic:
    """Fill a template that cannot be filled."""
    with pytest.raises(LeafletsError) as caught:
        render(templates, name, data or {})
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "broken-template"
    return diagnostic


def test_the_fields_of_a_value_are_variables() -> None:
    """A dataclass fills a template, as a mapping does."""
    templates = {"a.html": "{{ name }}: {{ count }}"}
    assert render(templates, "a.html", Data("x")) == "x: 2"
    assert render(templates, "a.html", {"name": "x", "count": 2}) == "x: 2"


def test_a_page_has_a_stylesheet_of_its_name() -> None:
    """Both are filled with the same variables."""
    templates = {"a.html": "<p>{{ name }}", "a.css": "p { order: {{ count }} }"}
    assert render_page(templates, "a.html", Data("x")) == ("<p>x", "p { order: 2 }")
    assert stylesheet_of("a.html.html") == "a.html.css"


def test_values_are_escaped() -> None:
    """A value is never markup."""
    assert render({"a.html": "{{ name }}"}, "a.html", Data("<b>")) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "line"),
    [("\n{% if %}", 2), ("{{ nothing }}", 0), ('{% include "b.html" %}', 0)],
)
def test_a_broken_template_is_told(text: str, line: int) -> None:
    """At its line, where Jinja knows it; an unknown name is no empty text."""
    assert broken({"a.html": text}, "a.html").location == Location(
        "templates/a.html", line
    )


def test_a_broken_part_is_told_by_its_own_name() -> None:
    """Not at the template that includes it."""
    templates = {"a.html": '{% include "b.html" %}', "b.html": "\n\n{% for %}"}
    assert broken(templates, "a.html").location == Location("templates/b.html", 3)


def test_macros_can_be_called_and_are_listed() -> None:
    """With the variables that they are made for."""
    templates = {
        "a.html": "{% macro say(word, twice=false) %}{{ name }} {{ word }}{% endmacro %}"
    }
    assert str(macros(templates, "a.html", Data("x")).say("y")) == "x y"
    assert list(macros_of(templates)) == [Macro("a.html", "say", ("word", "twice"))]
    with pytest.raises(LeafletsError):
        macros({"a.html": "{% macro %}"}, "a.html", {})


def test_nothing_but_the_contract_is_global() -> None:
    """No template reaches what it was not given."""
    assert "undefined" in broken({"a.html": "{{ range(3) }}"}, "a.html").message
    assert render({"a.html": '{{ imprint_id("x") }}'}, "a.html", {}) == "i-x"


def test_words_stay_words_in_a_stylesheet() -> None:
    """No text ends its CSS string."""
    assert css_string('a"; } b') == '"a\\22 \\3b  \\7d  b"'
    assert css_string("&amp;") == '"\\26 "'
    assert css_counters("Page \x01page\x01") == (
        '"Page " "\\2066 " counter(page) "\\2069 "'
    )


def translator(furniture: dict[str, str]) -> tuple[Translator, list[Diagnostic]]:
    """Translate by a table."""
    place = Location("locales/es/x.po", 9)
    words = {text: (translation, place) for text, translation in furniture.items()}
    localized = Localized(
        document=None,  # type: ignore[arg-type]
        locale=None,  # type: ignore[arg-type]
        words={},
        figures={},
        furniture=words,
        standing="draft",
        source_title="",
    )
    diagnostics: list[Diagnostic] = []
    return Translator(localized, diagnostics), diagnostics


def test_a_template_is_translated() -> None:
    """Placeholders are filled, and their values escaped."""
    translate, diagnostics = translator({"Page {page}": "Página {page}"})
    assert translate("Page {page}", page="<3>") == "Página &lt;3&gt;"
    assert diagnostics == []


def test_gaps_in_the_words_of_a_template_are_told() -> None:
    """The source stands in for what no catalog has; a slip is told at its line."""
    translate, diagnostics = translator({"Page {page}": "Página {pagina}"})
    assert translate("Nothing") == "Nothing"
    assert translate("Page {page}", page=3) == "Página "
    assert [(one.code, str(one.location)) for one in diagnostics] == [
        ("untranslated", "templates"),
        ("unknown-placeholder", "locales/es/x.po:9"),
    ]


def test_a_page_on_screen_speaks_its_catalog() -> None:
    """English stands where it has nothing, or something that nobody checked."""
    locale = find_locale("es")
    assert locale
    messages = (
        Message("", "Yes", "Sí"),
        Message("", "No", "No!", fuzzy=True),
    )
    catalog = Catalog("es", "locales/es/x.po", messages)
    say = ScreenTranslator(catalog, locale, Family())
    assert [str(say(text)) for text in ("Yes", "No", "Else")] == ["Sí", "No", "Else"]
    assert str(ScreenTranslator(None, locale, Family())("Of {n}", n="&")) == "Of &amp;"
    assert {"_", "locale", "family", "number", "isolate"} == set(say.variables())
