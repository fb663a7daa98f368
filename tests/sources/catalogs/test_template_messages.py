"""The texts that templates ask for: found as `pybabel` finds them."""

import pytest

from leaflets.sources.catalogs.template_messages import template_messages
from samples import ROOT

DEEP = "{{ " + "(" * 9000 + ")" * 9000 + " }}"


def test_each_text_has_its_first_place() -> None:
    """Templates are read in the order of their names; a text counts once."""
    found = template_messages(
        {"b.html": "{{ _('Page') }}", "a.css": '\n"{{ _("Page") }}" {{ _("Draft") }}'}
    )
    assert [(text, str(place)) for text, place in found] == [
        ("Page", "templates/a.css:2"),
        ("Draft", "templates/a.css:2"),
    ]


@pytest.mark.parametrize(
    "source", ["", "plain", "{{ _('') }}", "{{ name }}", "{% if", DEEP]
)
def test_no_text_is_no_message(source: str) -> None:
    """An empty text, a template without texts, and a broken one give none."""
    assert template_messages({"a.html": source}) == ()


def test_our_templates_ask_for_their_furniture() -> None:
    """What stands on every page is among the messages, with a real place."""
    folder = ROOT / "templates"
    sources = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir()}
    found = dict(template_messages(sources))
    assert "Where this comes from" in found
    for text, place in found.items():
        lines = sources[place.path.removeprefix("templates/")].splitlines()
        assert text.split()[0] in " ".join(lines[place.line - 1 : place.line + 4])
