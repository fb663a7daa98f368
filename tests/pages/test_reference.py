"""Reference: the page on templates is written from what is there."""

import pytest

from leaflets.pages.reference import template_reference


def test_macros_are_those_of_the_templates() -> None:
    """With their arguments, each at its file."""
    page = template_reference({"a.html": "{% macro say(word) %}{% endmacro %}"})
    assert "| `say(word)` | a.html |" in page


@pytest.mark.parametrize(
    "line",
    [
        "| `opens_flat` | `bool` | Whether it is one sheet whose panels lie open",
        "| `shop` | `Shop \\| None` | The print shop; none for an office printer. |",
        "| `standing` | `Role.STANDING` | Whether the leaflet may be handed out;",
        "| `spread_keep(box)` | Name a box that stands on one page,",
        "| `data-passage` | A text that must be found again on paper,",
        "| `counters` | Write words with marked counters",
        "| `View` | `shares` |",
        "Of Jinja's own: `abs`, `count`,",
        "Of `loop`: `depth`,",
        "at most 200,000 steps",
        "| `x-p7` | The same text in the second of two languages. |",
    ],
)
def test_the_page_tells_names_types_and_meanings(line: str) -> None:
    """Fields, properties, roles, functions, attributes, filters and ids."""
    assert line in template_reference({})


def test_a_table_has_a_cell_for_each_column() -> None:
    """A bar in a type does not part its cell."""
    columns = 0
    for line in template_reference({}).splitlines():
        bars = line.replace("\\|", "").count("|")
        columns = 0 if not bars else columns or bars
        assert bars == columns, line
