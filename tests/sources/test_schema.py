"""Schemas: what is expected is told in plain words, at the line of each key."""

from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.schema import (
    Day,
    DayOrYear,
    Items,
    Line,
    Number,
    Table,
    Tables,
    Text,
    Texts,
    above,
    between,
    nearest,
    one_of,
    shown,
    validate,
)
from leaflets.sources.toml import read_settings


class Shoe(Table):
    """One of every kind of key."""

    name: Text = "x"
    line: Line = ""
    size: Annotated[float, above(0, 50)] = 1.0
    pairs: Annotated[int, between(0, 9)] = 0
    left: bool = False
    made: Day = date(2026, 1, 1)
    sold: DayOrYear = 2026
    price: Number = 1
    colours: Texts = ()
    laces: Items = ()
    parts: Tables
    kind: Annotated[str, one_of(("boot", "clog"), "kind")] = "boot"


def told(text: str) -> list[tuple[int, str, str]]:
    """Validate a text; (line, message, hint) of what is wrong."""
    settings, broken = read_settings(text.encode(), "shoes.toml", code="x")
    assert not broken
    _, found = validate(Shoe, settings.values, settings, code="shoe", what="a shoe")
    assert {one.code for one in found} <= {"shoe"}
    return [(one.location.line, one.message, one.hint) for one in found]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = " "', '"name" is empty'),
        ("name = 1", '"name" is not a text'),
        ('line = "a\\nb"', '"line" is not one line of text'),
        ("size = 0", '"size" should be more than 0'),
        ("size = 51", '"size" should not be more than 50'),
        ("size = nan", '"size" is not a finite number'),
        ("size = inf", '"size" is not a finite number'),
        ("size = true", '"size" is not a number'),
        ('size = "1"', '"size" is not a number'),
        (f"size = {'9' * 4000}", '"size" is not a number'),
        ("pairs = 1.0", '"pairs" is not a whole number'),
        ("pairs = true", '"pairs" is not a whole number'),
        ("pairs = -1", '"pairs" should not be less than 0'),
        (f"pairs = {'9' * 4000}", '"pairs" should not be more than 9'),
        ("left = 1", '"left" is neither true nor false'),
        ('made = "2026-01-01"', '"made" is not a date'),
        ("made = 2026-01-01T10:00:00", '"made" is not a date'),
        ("made = 9999-12-31", '"made" should not be more than 2199-12-31'),
        ("made = 0001-01-01", '"made" should not be less than 1900-01-01'),
        ("sold = 20260", '"sold" is not a date or year between 1900 and 2199'),
        ("sold = 1899-12-31", '"sold" is not a date or year between 1900 and 2199'),
        ("price = true", '"price" is not a number'),
        ("price = 1e308", '"price" is not a number that can be printed'),
        ("price = nan", '"price" is not a number that can be printed'),
        ("price = -inf", '"price" is not a number that can be printed'),
        ('price = "1"', '"price" is not a number'),
        ('colours = "red"', '"colours" is not a list'),
        ('colours = ["red", 1]', 'an item of "colours" is not a text'),
        ("laces = 5", '"laces" is not a list'),
        ("parts = 5", '"parts" is not a table'),
        ('kind = "boat"', '"boat" is no kind'),
        ("kind = {a = 1}", '"kind" is not a text'),
        ('colour = "red"', 'unknown key: a shoe has no "colour"'),
    ],
)
def test_each_fault_is_told_in_plain_words(text: str, message: str) -> None:
    """One fault is one finding, at the line of its key."""
    assert [(line, words) for line, words, _ in told(f"\n{text}\n")] == [(2, message)]


def test_all_faults_are_told_in_one_run() -> None:
    """A slip hides no other one; a key that is missing is told at its table."""
    found = told('size = 0\npairs = "x"\nprize = 1\nleft = 1\n')
    assert [line for line, _, _ in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("prise = 1", 'did you mean "price"? known: name, line, size, pairs'),
        ("q = 1", "known: name, line"),
        ('kind = "boat"', 'did you mean "boot"? known: boot, clog'),
        ('size = "1"', "without quotation marks"),
        ('made = "2026-01-01"', "without quotation marks: 2026-11-22"),
    ],
)
def test_hints_name_the_right_key_and_form(text: str, hint: str) -> None:
    """The nearest key comes first, then all there are."""
    ((_, _, said),) = told(text)
    assert hint in said


def test_a_sound_table_is_given() -> None:
    """Numbers may be written without a point; lists are tuples."""
    text = b'size = 12\ncolours = ["red"]\nsold = 2020\n[parts.sole]\n'
    settings, _ = read_settings(text, "p", code="x")
    shoe, found = validate(Shoe, settings.values, settings, code="x", what="a shoe")
    assert not found
    assert shoe
    assert (shoe.size, shoe.colours, shoe.sold) == (12.0, ("red",), 2020)
    assert shoe.parts == {"sole": {}}


def test_keys_too_many_leave_the_others() -> None:
    """A typing slip in a key that may be left out makes no other key missing."""
    settings, _ = read_settings(b'name = "a"\nnmae = 1\n', "p", code="x")
    shoe, found = validate(Shoe, settings.values, settings, code="x", what="a shoe")
    assert [one.location.line for one in found] == [2]
    assert shoe
    assert shoe.name == "a"


@pytest.mark.parametrize("table", [1, "x", [], None, date(2026, 1, 1)])
def test_what_is_no_table_is_told(table: object) -> None:
    """A number where a table should be is told at the table's place."""
    settings, _ = read_settings(b"\n[[shoe]]\n", "p", code="x")
    shoe, (fault,) = validate(Shoe, table, settings, "shoe", 0, code="x", what="a shoe")
    assert shoe is None
    assert (fault.message, fault.location.line) == ("a shoe is not a table", 2)


def test_deep_nesting_is_no_crash() -> None:
    """Values within values without end are one fault."""
    deep: Any = 1
    for _ in range(100_000):
        deep = {"a": deep}
    settings, _ = read_settings(b"", "p", code="x")
    for key in ("name", "sold", "price", "colours", "unknown"):
        _, found = validate(Shoe, {key: deep}, settings, code="x", what="a shoe")
        assert len(found) == 1, key


def test_what_is_told_again_is_short_and_harmless() -> None:
    """A key of a million letters, or one that a terminal obeys, is shortened."""
    ((_, message, _),) = told(f'"\\u001b[2J{"x" * 1000}" = 1')
    assert len(message) < 120
    assert message.isprintable()
    assert shown("ordinary") == "ordinary"


def test_many_names_are_not_all_listed() -> None:
    """Of fifty sources only the nearest is named."""
    names = tuple(f"source-{number}" for number in range(50))
    assert nearest("source-1x", names).startswith('did you mean "source-1')
    assert "known" not in nearest("source-1x", names)
    assert nearest("q", names) == ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(Shoe.model_fields)) | st.text(), VALUES))
def test_any_values_are_read_or_told(values: dict[str, Any]) -> None:
    """Whatever stands in a file, it is a table or a finding."""
    settings, _ = read_settings(b"", "p", code="x")
    shoe, found = validate(Shoe, values, settings, code="x", what="a shoe")
    assert shoe or found
    assert all(one.message.isprintable() for one in found)
