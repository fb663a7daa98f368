"""Files that ended a command with a traceback: each is told, at its file and line.

Through the command line, as whoever wrote the file would see it.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from leaflets.cli.main import main
from leaflets.clinics.list import read_clinics
from tiny import line_of

PROJECT = "pyproject.toml"
FACTS = "content/facts.toml"
LEAFLET = "content/tiny.md"
FIGURE = "content/figures/box.svg"
CATALOG = "locales/ar/LC_MESSAGES/messages.po"
SHEET = "templates/sheet.html"


def check(root: Path) -> tuple[int, str]:
    """Run `leaflets check` on a project; its exit code and all that it says."""
    result = CliRunner().invoke(main, ["check", "--project", str(root)])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (PROJECT, "source =", "waiver = 5\nsource =", '"waiver" is not a list'),
        (PROJECT, "source =", "shop = 5\nsource =", '"shop" is not a table'),
        (PROJECT, "source =", "shop = [1]\nsource =", '"shop" is not a table'),
        (PROJECT, "source =", 'shop.x = "a"\nsource =', "is not a table"),
        (PROJECT, '["A4"]', "[[]]", 'an item of "papers" is not a text'),
        (PROJECT, '["A4"]', "[{}]", 'an item of "papers" is not a text'),
        (PROJECT, "size = 12", "size = 0", '"size" should be more than 0'),
        (PROJECT, "smallest = 10", "smallest = inf", '"smallest" is not a finite'),
        (PROJECT, "smallest = 10", "smallest = nan", '"smallest" is not a finite'),
        (PROJECT, "pages = 4", f"pages = 1{'0' * 5000}", "not valid TOML"),
        (FACTS, 'kind = "compact"', "kind = []", "has no known kind"),
        (FACTS, 'kind = "compact"', "kind.x = 1", "has no known kind"),
        (FACTS, "value = 2800000", "value = 1e308", "is not a number that can"),
        (FACTS, "value = 2800000", f"value = {'9' * 400}", "is not a number that can"),
        (FACTS, "value = 2800000", f"value = -{'9' * 400}", "is not a number that can"),
        (LEAFLET, "written = 2026-01-02", "written = 9999-12-31", '"written" should'),
        (FIGURE, "<rect", f"{'<g>' * 5000}<rect", "more than 40 deep"),
        (FIGURE, 'data-width="56"', 'data-width="nan"', "a text without id"),
        (FIGURE, 'data-width="56"', 'data-width="inf"', "a text without id"),
        (FIGURE, 'font-size="4.23"', 'font-size="0"', "a text without id"),
        (FIGURE, 'font-size="4.23"', 'font-size="nan"', "a text without id"),
        (SHEET, "{% from", "{{ 1/0 }}{% from", "division by zero"),
        (SHEET, "{% from", '{{ "a"+1 }}{% from', "can only concatenate"),
        (SHEET, "{% from", '{% include "sheet.html" %}{% from', "without end"),
        (SHEET, "{% from", "{{ _.__init__ }}{% from", "is unsafe"),
        ("templates/foot.css", "", "{{ _.__init__.__globals__ }}", "is unsafe"),
    ],
)
def test_a_bad_file_is_told_at_its_line(
    tiny: Path, path: str, old: str, new: str, words: str
) -> None:
    """Exit code 1, the file, the line and what is wrong; no traceback."""
    file = tiny / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, output = check(tiny)
    assert code == 1, output
    assert "Traceback" not in output
    line = line_of(file, new.splitlines()[0][:60])
    told = [
        one
        for one in output.splitlines()
        if re.match(rf"{re.escape(path)}:(\d+)(:\d+)?: error: ", one) and words in one
    ]
    assert told, output
    if path.endswith(".toml") and old != "pages = 4":
        assert told[0].startswith(f"{path}:{line}"), told


def test_an_edition_that_is_no_table_is_told(tiny: Path) -> None:
    """With the project's other tables renamed, as the file cannot hold both."""
    file = tiny / PROJECT
    text = file.read_text(encoding="utf-8").replace("leaflets.edition.", "other.")
    file.write_text(text.replace("source =", "edition = 5\nsource ="), encoding="utf-8")
    code, output = check(tiny)
    assert code == 1
    assert 'pyproject.toml:2: error: "edition" is not a table' in output


@pytest.mark.parametrize("value", ["[]", "{}", "5", "inf", "1979-05-27"])
def test_a_clinic_without_a_name_for_its_folder_is_told(value: str) -> None:
    """At its table; the others are read."""
    data = f'[[clinic]]\nname = "b"\nid = {value}\n[[clinic]]\nname = "c"\nid = "c"'
    clinics, found = read_clinics(data.encode(), "clinics.toml", ["en"], "en")
    assert [one.id for one in clinics] == ["c"]
    assert [str(one.location) for one in found] == ["clinics.toml:1"]
    assert found[0].message == '"id" is not a text'


def test_a_line_of_backslashes_stops_no_check(tiny: Path) -> None:
    """Flags are read letter by letter, each once."""
    file = tiny / CATALOG
    text = file.read_text(encoding="utf-8")
    flags = "#, " + '\\"' * 100_000
    file.write_text(f"{text}\n{flags}\n" + 'msgid "a"\nmsgstr "b"\n', encoding="utf-8")
    code, output = check(tiny)
    assert code in (0, 1)
    assert "Traceback" not in output
