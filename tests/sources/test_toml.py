"""TOML: values, the line of every key, and what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.toml import MOST_DOTS, read_settings

FILE = b"""a = 1

[b.c]
d = "x"
"e f".g = 2
[[term]]
source = "one"
[term.approved]
de = ["x"]
[[term]]
source = "two"
text = \"\"\"
[not.a.table]
fr = 1
\"\"\"
[term.approved]
fr = ["y"]
'q' = 1
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("a",), 1),
        (("b", "c"), 3),
        (("b", "c", "d"), 4),
        (("b", "c", "nothing"), 3),
        (("b", "c", "e f", "g"), 5),
        (("term",), 6),
        (("term", 0), 6),
        (("term", 0, "source"), 7),
        (("term", 0, "approved", "de"), 9),
        (("term", 1), 10),
        (("term", 1, "source"), 11),
        (("term", 1, "forms", 3), 10),
        (("term", 1, "approved", "fr", 0), 17),
        (("term", 1, "approved", "q"), 18),
        (("not", "a", "table"), 1),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_keys_have_lines(keys: tuple[str | int, ...], line: int) -> None:
    """A key's place is its line; an absent key's is that of its table."""
    settings, found = read_settings(FILE, "p", code="x")
    assert not found
    assert settings.place(*keys).line == line


def test_lines_count_from_where_the_data_stands() -> None:
    """Front matter begins on the second line of its file."""
    settings, _ = read_settings(b"a = 1\nb = 2", "p", code="x", first_line=2)
    assert settings.place("b").line == 3
    _, (broken,) = read_settings(b"a = 1\nb = ", "p", code="x", first_line=2)
    assert broken.location.line == 3


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a = ", 1),
        (b"[a", 1),
        (b"a = 1\na = 2", 2),
        (b"\xff\xfe", 1),
        (b"a = 1\nb = '\xe9'", 2),
        (b"]", 1),
        (b"a = " + b"9" * 5000, 1),
        (b"a = " + b"[" * 5000, 1),
        (b"a = " + b"{b = " * 5000, 1),
        (b"a = 2026-13-40", 1),
    ],
)
def test_broken_toml_is_told(data: bytes, line: int) -> None:
    """Text that is no TOML gives no values and one finding with a place."""
    settings, (broken,) = read_settings(data, "p", code="broken")
    assert not settings.values
    assert (broken.code, broken.location.line) == ("broken", line)


def test_deep_tables_are_read() -> None:
    """A name of a thousand parts is slow nowhere, and its file has a place."""
    data = b"[" + b".".join([b"a"] * (MOST_DOTS + 1)) + b"]\nb = 1\n"
    settings, found = read_settings(data, "p", code="x")
    assert not found
    assert settings.place(*["a"] * 8).line == 1


def test_a_name_of_more_parts_is_told() -> None:
    """The time to read it would grow with the square of their number."""
    data = b"c = 1\n[" + b".".join([b"a"] * (MOST_DOTS + 2)) + b"]\nb = 1\n"
    settings, (broken,) = read_settings(data, "p", code="x")
    assert not settings.values
    assert (broken.code, broken.location.line) == ("x", 2)


@given(st.binary(max_size=80))
def test_any_bytes_are_read(data: bytes) -> None:
    """Whatever the file holds, there are values or a finding."""
    settings, found = read_settings(data, "p", code="broken")
    assert {one.code for one in found} <= {"broken"}
    assert not (found and settings.values)


def test_a_line_of_many_dots_is_not_read() -> None:
    """The time for a name of many parts grows with their square."""
    data = b"a = 1\n" + b"a." * 1000 + b"b = 1"
    settings, found = read_settings(data, "x.toml", code="c", first_line=3)
    assert settings.values == {}
    assert [str(one.location) for one in found] == ["x.toml:4"]
    fine = b"a = '" + b"." * 1000 + b"'\nb = '...'"
    assert read_settings(fine, "x.toml", code="c")[1] == ()
