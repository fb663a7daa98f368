"""Facts and references: every number once, with a source that somebody read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Severity
from leaflets.languages.locale import find_locale, format_value
from leaflets.sources.content.evidence import read_evidence
from leaflets.sources.schema import MOST
from tiny import FACTS, SOURCES


def evidence_codes(facts: str, sources: str = SOURCES) -> list[tuple[str, int]]:
    """Read facts and references; (code, line) of the errors."""
    _, found = read_evidence((facts.encode(), "f"), (sources.encode(), "s"))
    return [
        (one.code, one.location.line) for one in found if one.severity is Severity.ERROR
    ]


def test_facts_give_values_by_placeholder() -> None:
    """A ratio gives two placeholders, a range two; the unit is that of both."""
    facts = """
[some]
value = 2
of = 3
kind = "ratio"
unit = "people"
source = "atlas"
as_of = 2020-01-01

[ages]
low = 20
high = 40
kind = "range"
source = "atlas"
as_of = 2020
note = "x"

[day]
value = 2026-11-22
kind = "date"
source = "atlas"
as_of = 2020
"""
    made, found = read_evidence((facts.encode(), "f"), (SOURCES.encode(), "s"))
    assert not found
    values = {name: str(one.value) for name, one in made.by_placeholder().items()}
    assert values == {
        "some": "2",
        "some_of": "3",
        "ages_low": "20",
        "ages_high": "40",
        "day": "2026-11-22",
    }
    some = made.by_placeholder()["some_of"]
    assert some.unit
    assert (some.unit.words, some.unit.location.line) == ("people", 6)
    assert some.identity == "some_of=number:3"
    assert made.by_placeholder()["day"].form == "date"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('source = "atlas"', "", "fact-without-source", 1),
        ('source = "atlas"', 'source = "nobody"', "fact-without-source", 5),
        ('source = "atlas"', "source = 5", "facts-file", 5),
        ('kind = "compact"', 'kind = "big"', "facts-file", 3),
        ('kind = "compact"', "kind = 1", "facts-file", 3),
        ('kind = "compact"', "kind.x = 1", "facts-file", 3),
        ('kind = "compact"', 'kind = "year"', "facts-file", 4),
        ('kind = "compact"', 'kind = "range"', "facts-file", 1),
        ('kind = "compact"', 'kind = "date"', "facts-file", 2),
        ("value = 2800000", 'value = "many"', "facts-file", 2),
        ("value = 2800000", "value = true", "facts-file", 2),
        ("value = 2800000", "value = 1e308", "facts-file", 2),
        ("value = 2800000", "value = nan", "facts-file", 2),
        ("value = 2800000", f"value = {'9' * 4000}", "facts-file", 2),
        ("value = 2800000", "", "facts-file", 1),
        ("as_of = 2020-09-11", "", "facts-file", 1),
        ("as_of = 2020-09-11", "as_of = 9999-12-31", "facts-file", 6),
        ("as_of = 2020-09-11", "as_of = true", "facts-file", 6),
        ("as_of = 2020-09-11", "as_of = 2020-09-11T10:00:00", "facts-file", 6),
        ('unit = "people"', 'unti = "people"', "facts-file", 4),
        ('unit = "people"', 'unit = "people"\ncolour = "blue"', "facts-file", 5),
        ('unit = "people"', "unit = 5", "facts-file", 4),
        ('unit = "people"', 'unit = " "', "facts-file", 4),
        ("[people]", "people = 5\n[others]", "facts-file", 1),
        ("[people]", "[people", "facts-file", 1),
    ],
)
def test_faults_of_facts(old: str, new: str, code: str, line: int) -> None:
    """A number without a source, or that cannot be read, is an error at its line."""
    assert (code, line) in evidence_codes(FACTS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('read = "primary"', "", 1),
        ('read = "primary"', 'read = "primry"', 6),
        ('read = "primary"', "read = []", 6),
        ('cite = "A source for tests."', "", 1),
        ('cite = "A source for tests."', 'cite = ""', 2),
        ('doi = ""', "doi = 5", 4),
        ("date = 2020-09-11", "date = 1e3", 5),
        ('read = "primary"', 'read = "primary"\npages = "x"', 7),
        ("[atlas]", "atlas = 1\n[other]", 1),
        ("[atlas]", "[atlas", 1),
    ],
)
def test_faults_of_sources(old: str, new: str, line: int) -> None:
    """Each is told at its line; and no fact is blamed for the source that it names."""
    assert old in SOURCES
    found = evidence_codes(FACTS, SOURCES.replace(old, new))
    assert ("sources-file", line) in found
    if "[atlas" not in new:
        assert {code for code, _ in found} == {"sources-file"}


def test_a_bare_source_is_noted() -> None:
    """A source without address is hard to find again."""
    bare = SOURCES.replace("https://example.org/atlas", "")
    _, found = read_evidence((b"", "f"), (bare.encode(), "s"))
    assert {(one.code, str(one.severity)) for one in found} == {
        ("source-address", "note")
    }


def test_the_nearest_source_is_named() -> None:
    """A typing slip in a source's id is told with the right one."""
    facts = FACTS.replace('source = "atlas"', 'source = "atlsa"', 1)
    _, (fault,) = read_evidence((facts.encode(), "f"), (SOURCES.encode(), "s"))
    assert 'did you mean "atlas"?' in fault.hint


@pytest.mark.parametrize("read", ["existence", "recalled"])
def test_a_source_that_nobody_read_carries_no_number(read: str) -> None:
    """Only a source that was read, or quoted, may stand behind a number."""
    sources = SOURCES.replace('read = "primary"', f'read = "{read}"')
    assert ("weak-source", 5) in evidence_codes(FACTS, sources)


def test_a_second_hand_source_is_told() -> None:
    """A quoted source is listed for the reviewer and does not stop the press."""
    sources = SOURCES.replace("primary", "secondary")
    _, found = read_evidence((FACTS.encode(), "f"), (sources.encode(), "s"))
    assert {(one.code, str(one.severity)) for one in found} == {
        ("second-hand-source", "note")
    }


@pytest.mark.parametrize("name", ["en", "de", "ar", "hi", "ja", "zh_Hans"])
@pytest.mark.parametrize("form", ["number", "compact"])
@pytest.mark.parametrize("value", [MOST, -MOST, 1 / MOST, 0.1 + 0.2])
def test_every_number_that_is_read_can_be_written(
    name: str, form: str, value: float
) -> None:
    """The bounds of a fact are those that formatting bears."""
    facts = f'[a]\nvalue = {value!r}\nkind = "{form}"\nsource = "atlas"\nas_of = 2020\n'
    assert evidence_codes(facts) == []
    locale = find_locale(name)
    assert locale
    assert format_value(value, form, locale)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_are_read(facts: bytes, sources: bytes) -> None:
    """Nothing stops the reader."""
    evidence, _ = read_evidence((b"[a]\n" + facts, "f"), (b"[atlas]\n" + sources, "s"))
    assert {one.fact for one in evidence.values} <= {"a", *evidence.by_placeholder()}
