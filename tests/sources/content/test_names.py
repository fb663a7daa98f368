"""Names: read strictly, and found whole in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.content.names import (
    Name,
    Names,
    places,
    without_names,
)
from leaflets.sources.content.names_file import read_names

FILE = """latin = ["Metformin"]

[[name]]
text = "type 2"
de = "Typ 2"
ru = ["тип 2", "типа 2"]

[[name]]
text = "HbA1c"
"""


def read(text: str) -> tuple[Names, list[tuple[int, str]]]:
    """Read a file of names; line and words of what is wrong in it."""
    names, found = read_names(text.encode(), "content/names.toml")
    assert {one.code for one in found} <= {"names-file"}
    return names, [(one.location.line, one.message) for one in found]


NAMES, _ = read(FILE)


def test_a_name_has_its_forms() -> None:
    """Its own text in every language, and what is listed for one."""
    assert read(FILE)[1] == []
    kind, marker = NAMES.listed
    assert kind.said("ru") == ("тип 2", "типа 2", "type 2")
    assert kind.said("fr") == ("type 2",)
    assert marker.said("de") == ("HbA1c",)
    assert kind.location.line == 3
    assert NAMES.latin == {"Metformin"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ('latins = ["a"]', [(1, 'unknown key: the file of names has no "latins"')]),
        ('latin = ["B12"]', [(1, '"B12" is not one word of letters')]),
        ('latin = ["a b"]', [(1, '"a b" is not one word of letters')]),
        ('latin = "a"', [(1, '"latin" is not a list')]),
        ("[[name]]", [(1, '"text" is missing')]),
        ("name = [1]", [(1, "a name is not a table")]),
        (
            '[[name]]\ntext = "B12"\nxx_nowhere = "B12"',
            [(3, 'unknown key: a name has no "xx_nowhere"')],
        ),
        ('[[name]]\ntext = "B12"\nde = 3', [(3, '"de" is not a text')]),
        ('[[name]]\ntext = "B12"\nde = [""]', [(3, '"de" is not a text')]),
        (
            '[[name]]\ntext = "B12"\nde = "12"',
            [(3, '"12" holds no letter, so it is no name')],
        ),
        ('[[name]]\ntext = "12"', [(2, '"12" holds no letter, so it is no name')]),
        ('[[apart]]\ntext = "type two"\nfa = "پگ\u200cاینترفرون"', []),
        ('[[apart]]\ntext = "type two"\nde = 3', [(3, '"de" is not a text')]),
        (
            '[[apart]]\ntext = "a"\n[[apart]]\ntext = "a"',
            [(4, '"a" is listed twice')],
        ),
        ('[[name]]\ntext = "type two"', [(2, '"type two" holds no digit')]),
        ('[[name]]\ntext = "a  2"', [(2, '"a  2" is not one line of text')]),
        (
            '[[name]]\ntext = "B12"\n[[name]]\ntext = "B12"',
            [(4, '"B12" is listed twice')],
        ),
        (
            '[[name]]\ntext = "a 1"\nde = "x"\n[[name]]\ntext = "a 2"\nde = "x"',
            [(6, '"x" is listed twice')],
        ),
        ("[[name", [(1, "not valid TOML: Expected ']]'")]),
    ],
)
def test_what_is_no_name_is_told_at_its_line(
    text: str, told: list[tuple[int, str]]
) -> None:
    """A broken name is left out, and all are told."""
    found = read(text)[1]
    assert [line for line, _ in found] == [line for line, _ in told]
    assert all(
        words.startswith(start)
        for (_, words), (_, start) in zip(found, told, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("People with type 2 diabetes", "", ["type 2"]),
        ("Type 2, HbA1c", "", ["Type 2", "HbA1c"]),
        ("Type 2 and Typ 2", "de", ["Type 2", "Typ 2"]),
        ("Typ 2", "", []),
        ("Typ 2", "fr", []),
        ("type 25", "", []),
        ("prototype 2", "", []),
        ("hba1c", "", []),
        ("HbA1c는 HbA1c显示", "ko", ["HbA1c", "HbA1c"]),
        ("диабет типа\u00a02", "ru", ["типа\u00a02"]),
    ],
)
def test_a_name_is_found_whole(text: str, locale: str, found: list[str]) -> None:
    """Not as a part of another number or word; a capital may begin it."""
    spans = places(NAMES, text, locale)
    assert [text[start:end] for start, end, _ in spans] == found


def test_only_the_digits_of_a_name_are_blanked() -> None:
    """What stands beside it stays."""
    assert without_names(NAMES, "type 2.5 of HbA1c 48") == "§§§§§§.5 of §§§§§ 48"
    assert without_names(Names(), "type 2") == "type 2"


def test_the_longer_of_two_names_is_meant() -> None:
    """And a sign at its end belongs to it."""
    names, told = read('[[name]]\ntext = "CD4"\n[[name]]\ntext = "CD4+"')
    assert told == []
    assert [name.text for _, _, name in places(names, "CD4+ and CD4")] == [
        "CD4+",
        "CD4",
    ]
    assert isinstance(names.listed[0], Name)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_as_names(data: bytes) -> None:
    """A broken file is told, never a crash."""
    names, found = read_names(b"[[name]]\n" + data, "x.toml")
    assert names.listed or found
