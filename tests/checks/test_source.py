"""Checks of the source text, each with a text that passes and one that does not."""

from datetime import date

import pytest

from leaflets.checks.source import (
    STEM_CELL_TAGS,
    TREATMENT_TAGS,
    check_facts_used,
    check_wording,
)
from leaflets.sources.content.document import Document, parse
from leaflets.sources.content.evidence import Evidence, read_evidence
from leaflets.sources.snapshot import read_sources
from tiny import FACTS, LEAFLET, SOURCES


def evidence(facts: str = FACTS, sources: str = SOURCES) -> Evidence:
    """Read facts and sources."""
    return read_evidence((facts.encode(), "f"), (sources.encode(), "s"))[0]


def document(text: str = LEAFLET) -> Document:
    """Read a leaflet that can be read."""
    made, found = parse(text, "content/tiny.md")
    assert not found, [str(one) for one in found]
    assert made
    return made


def codes(text: str) -> set[str]:
    """List the codes that the checks give for a leaflet."""
    return {one.code for one in check_wording(document(text), evidence())}


def test_a_sound_leaflet_passes() -> None:
    """The tiny leaflet holds all that a leaflet must, and nothing it must not."""
    assert codes(LEAFLET) == set()


LONG = "This is a sentence that goes on and on with many more words than any tired "
LONG += "reader would like to read at the end of a long and tiring day."


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("::: known", "::: warning", "required-block"),
        ("::: summary", "::: warning", "required-block"),
        ('kind = "information"', 'kind = "treatment"', "required-tag"),
        ('kind = "information"', 'kind = "stem-cell"', "required-tag"),
        ("- You cannot swallow.", "- No.\n" * 7, "long-list"),
        ("Much is known.", "It is 9 of 10.", "number-without-source"),
        ("Much is known.", "It is {nothing}.", "unknown-placeholder"),
        ("Much is known.", LONG, "long-sentence"),
        ("**Ask** your team.", "Ask. " * 60, "long-summary"),
        ("Much is known.", "It can cure MS.", "forbidden-claim"),
        ("Much is known.", "ACE inhibitors help.", "forbidden-claim"),
        ("review_by = 2028-01-02", "review_by = 2029-01-03", "review-date"),
        ("review_by = 2028-01-02", "review_by = 2026-01-02", "review-date"),
    ],
)
def test_each_fault_has_its_code(old: str, new: str, code: str) -> None:
    """One change to the sound leaflet, one kind of finding."""
    assert old in LEAFLET
    assert codes(LEAFLET.replace(old, new, 1)) == {code}


def test_a_section_without_source() -> None:
    """A section that states evidence names where it comes from."""
    text = LEAFLET.replace("## How it shows", "## A\n\nWords.\n\n## How it shows")
    assert codes(text) == {"section-without-source"}


def test_an_empty_text() -> None:
    """A heading without words is told."""
    _, found = parse(LEAFLET.replace("## How it shows", "##"), "content/tiny.md")
    assert "empty-text" in {one.code for one in found}


def balanced(tags: tuple[str, ...]) -> set[str]:
    """Check a stem-cell leaflet whose balance box holds paragraphs with these tags."""
    body = "".join(f'{{src="atlas" tags="{tag}"}}\nWords.\n\n' for tag in tags)
    every = " ".join((*TREATMENT_TAGS, *STEM_CELL_TAGS))
    text = LEAFLET.replace('"information"', '"stem-cell"').replace(
        "## How it shows",
        f'::: balance\n### Both\n\n{body}:::\n\n{{tags="{every}"}}\n## How it shows',
    )
    return codes(text)


def test_benefit_stands_with_death_fertility_and_limits() -> None:
    """The balance box holds all four, or none of the benefit."""
    assert balanced(("benefits", "death", "fertility", "limits")) == set()
    assert balanced(("death",)) == set()
    assert balanced(("benefits", "death", "limits")) == {"benefit-without-harm"}


def test_facts_and_sources_are_used() -> None:
    """What no leaflet uses is told, for nobody will keep it up."""
    made = document()
    assert list(check_facts_used((made,), evidence())) == []
    more = evidence(
        FACTS + FACTS.replace("[people]", "[p]").replace("[hours]", "[h]"),
        SOURCES + SOURCES.replace("[atlas]", "[other]"),
    )
    found = [one.code for one in check_facts_used((made,), more)]
    assert sorted(found) == ["unused-fact", "unused-fact", "unused-source"]


def test_faults_of_sources() -> None:
    """A source says how it was read, and where it can be found."""
    bad = SOURCES.replace('read = "primary"', "")
    _, found = read_evidence((b"", "f"), (bad.encode(), "s"))
    assert "sources-file" in {one.code for one in found}
    bare = SOURCES.replace("https://example.org/atlas", "")
    _, found = read_evidence((b"", "f"), (bare.encode(), "s"))
    assert {one.code for one in found} == {"source-address"}


def test_the_date_is_an_input(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """SOURCE_DATE_EPOCH sets the build's date; nonsense in it is told."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    sources, found = read_sources(tmp_path)
    assert (sources.today, found) == (date(1970, 1, 2), ())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    _, found = read_sources(tmp_path)
    assert [one.code for one in found] == ["source-date"]
