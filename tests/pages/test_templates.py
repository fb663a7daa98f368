"""Templates: filled with values, told at their line, and without words of their own."""

from dataclasses import dataclass

import pytest

from leaflets.diagnostics import Diagnostic, LeafletsError, Location
from leaflets.languages.locale import find_locale
from leaflets.pages.origin import marked_texts, without_marks
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
    [
        ("\n{% if %}", 2),
        ("{{ nothing }}", 1),
        ('\n{% include "b.html" %}', 2),
        ("\n{{ 1 / 0 }}", 2),
        ('\n{{ "a" + 1 }}', 2),
        ('{% include "a.html" %}', 1),
        ('{% extends "a.html" %}', 1),
        ("\n{{ imprint_id() }}", 2),
        ("\n{{ name|nothing }}", 2),
    ],
)
def test_a_broken_template_is_told(text: str, line: int) -> None:
    """At its line, whatever it is; an unknown name is no empty text."""
    assert broken({"a.html": text}, "a.html").location == Location(
        "templates/a.html", line
    )


def test_a_broken_part_is_told_by_its_own_name() -> None:
    """Not at the template that includes it."""
    templates = {"a.html": '{% include "b.html" %}', "b.html": "\n\n{% for %}"}
    assert broken(templates, "a.html").location == Location("templates/b.html", 3)


def test_a_slip_in_a_part_names_the_page_as_well() -> None:
    """It may be the page that did not give what the part asks for."""
    finding = broken(
        {"a.html": '\n{% include "b.html" %}', "b.html": "{{ x }}"}, "a.html"
    )
    assert (str(finding.location), finding.hint) == (
        "templates/b.html:1",
        "it is part of templates/a.html:2",
    )


def test_half_a_letter_is_no_text() -> None:
    """Nothing that cannot be written as UTF-8 goes on."""
    text = "{{ '\\ud800' }}"
    assert "surrogates not allowed" in broken({"a.html": text}, "a.html").message
    with pytest.raises(LeafletsError, match="division by zero"):
        macros({"a.html": "{{ 1 / 0 }}"}, "a.html", {})


def test_what_a_template_is_told_is_short() -> None:
    """On one line, however long the words of the exception are."""
    text = "{{ many['" + "x" * 5000 + "'] }}"
    message = broken({"a.html": text}, "a.html", {"many": {}}).message
    assert len(message) < 400
    assert (
        "\n" not in broken({"a.html": "{{ x['a\\nb'] }}"}, "a.html", {"x": {}}).message
    )


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
    page = translate("Page {page}", page="<3>")
    assert without_marks(page) == "Página &lt;3&gt;"
    assert marked_texts(page) == ("Página ",)  # the words, and not what is put in
    assert diagnostics == []


def test_gaps_in_the_words_of_a_template_are_told() -> None:
    """The source stands in for what no catalog has; a slip is told at its line."""
    translate, diagnostics = translator({"Page {page}": "Página {pagina}"})
    assert without_marks(translate("Nothing")) == "Nothing"
    assert without_marks(translate("Page {page}", page=3)) == "Página "
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
