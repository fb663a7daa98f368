"""Checks of the source text, each with a text that passes and one that does not."""

import pytest

from leaflets.checks.source import (
    check_clinic,
    check_facts_used,
    check_wording,
)
from leaflets.diagnostics import Location
from leaflets.sources.content.document import Document, parse
from leaflets.sources.content.evidence import Evidence, read_evidence
from leaflets.sources.content.family import Family, read_family
from leaflets.sources.material import read_material
from leaflets.sources.project import Clinic
from samples import ROOT
from tiny import FACTS, FAMILY, LEAFLET, SOURCES

KINDS = """
[kind.treatment]
tags = ["how-it-works", "benefits", "risks"]

[kind.operation]
tags = ["limits"]
[kind.operation.together]
benefits = ["death", "limits"]
"""
COMMON, _ = read_family((FAMILY + KINDS).encode())


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
    return {one.code for one in check_wording(document(text), evidence(), COMMON)}


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
        ('kind = "information"', 'kind = "operation"', "required-tag"),
        ('kind = "information"', 'kind = "informaton"', "family-unknown"),
        ('contacts="emergency"', 'contacts="emergncy"', "family-unknown"),
        ("- You cannot swallow.", "- No.\n" * 7, "long-list"),
        ("Much is known.", "It is 9 of 10.", "number-without-source"),
        ("Much is known.", "It is {nothing}.", "unknown-placeholder"),
        ("Much is known.", LONG, "long-sentence"),
        ("**Ask** your team.", "Ask. " * 60, "long-summary"),
        ("Much is known.", "It is miraculous, a Miracle.", "forbidden-claim"),
        ("Much is known.", "It is risk free.", "forbidden-claim"),
        ("review_by = 2028-01-02", "review_by = 2029-01-03", "review-date"),
        ("review_by = 2028-01-02", "review_by = 2026-01-02", "review-date"),
    ],
)
def test_each_fault_has_its_code(old: str, new: str, code: str) -> None:
    """One change to the sound leaflet, one kind of finding."""
    assert old in LEAFLET
    assert codes(LEAFLET.replace(old, new, 1)) == {code}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("- You cannot swallow.", "- No.\n" * 6, ""),
        ("- You cannot swallow.", "- No.\n" * 7, "long-list"),
        ("Much is known.", "word " * 24 + "word.", ""),
        ("Much is known.", "word " * 25 + "word.", "long-sentence"),
        ("Much is known.", "word " * 25 + "word: word.", "long-sentence"),
        ("Much is known.", "word " * 24 + "word: word.", ""),
        ("review_by = 2028-01-02", "review_by = 2029-01-02", ""),
        ("review_by = 2028-01-02", "review_by = 2029-01-03", "review-date"),
        ("review_by = 2028-01-02", "review_by = 2026-01-03", ""),
        ("review_by = 2028-01-02", "review_by = 2026-01-02", "review-date"),
    ],
)
def test_the_limits(old: str, new: str, code: str) -> None:
    """Seven items, twenty-five words, and three years are not too many."""
    assert old in LEAFLET
    assert codes(LEAFLET.replace(old, new, 1)) == ({code} if code else set())


@pytest.mark.parametrize(("words", "long"), [(60, False), (61, True)])
def test_the_limit_of_a_summary(words: int, long: bool) -> None:
    """Sixty words in all, placeholders among them."""
    # "About {people} people live with MS." has six.
    text = LEAFLET.replace("**Ask** your team.", "Ask. " * (words - 6))
    assert codes(text) == ({"long-summary"} if long else set())


def test_a_section_without_source() -> None:
    """A section that states evidence names where it comes from."""
    text = LEAFLET.replace("## How it shows", "## A\n\nWords.\n\n## How it shows")
    assert codes(text) == {"section-without-source"}


def test_an_empty_text() -> None:
    """A heading without words is told."""
    _, found = parse(LEAFLET.replace("## How it shows", "##"), "content/tiny.md")
    assert "empty-text" in {one.code for one in found}


@pytest.mark.parametrize("words", ["mirac", "risky, free", "amiracle"])
def test_words_that_only_look_forbidden_pass(words: str) -> None:
    """A claim is matched as whole words, with the endings that it allows."""
    assert codes(LEAFLET.replace("Much is known.", f"It is {words}.")) == set()


def test_a_claim_may_stand_where_it_is_warned_of() -> None:
    """Warning signs quote what bad offers say; each claim of a text is told."""
    claims = "It says risk-free, and miracle."
    text = LEAFLET.replace("Much is known.", claims)
    diagnostics = list(check_wording(document(text), evidence(), COMMON))
    assert [diagnostic.code for diagnostic in diagnostics] == ["forbidden-claim"] * 2
    assert diagnostics[0].hint == "no study shows it"
    warned = text.replace(claims, f'{{tags="warning-signs"}}\n{claims}')
    assert codes(warned) == set()


def balanced(tags: tuple[str, ...], kind: str = "operation") -> set[str]:
    """Check an operation's leaflet whose balance box holds paragraphs so tagged."""
    body = "".join(f'{{src="atlas" tags="{tag}"}}\nWords.\n\n' for tag in tags)
    every = "how-it-works benefits risks limits"
    text = LEAFLET.replace('"information"', f'"{kind}"').replace(
        "## How it shows",
        f'::: balance\n### Both\n\n{body}:::\n\n{{tags="{every}"}}\n## How it shows',
    )
    return codes(text)


def test_what_belongs_together_stands_in_one_box() -> None:
    """The balance box holds all that the kind puts together, or none of the benefit."""
    assert balanced(("benefits", "death", "limits")) == set()
    assert balanced(("death",)) == set()
    assert balanced(("benefits", "limits")) == {"benefit-without-harm"}
    assert balanced(("benefits",), kind="treatment") == set()


def test_a_number_is_given_for_a_contact_that_there_is() -> None:
    """A clinic's number that no leaflet can ask for is told at its line."""
    places = {"team": Location("p", 7), "taem": Location("p", 8)}
    right = Clinic(contacts={"team": "1"}, places=places)
    wrong = Clinic(contacts={"taem": "1"}, places=places)
    assert not list(check_clinic(right, COMMON))
    (diagnostic,) = check_clinic(wrong, COMMON)
    assert (diagnostic.code, diagnostic.location.line) == ("family-unknown", 8)
    assert 'did you mean "team"?' in diagnostic.hint
    assert not list(check_clinic(wrong, Family()))


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


FRONT = LEAFLET[: LEAFLET.index(":::")]


def unit_faults(text: str, unit: str, more: str = "") -> list[tuple[str, int, str]]:
    """Say a sentence about the fact "hours"; (path, line, message) of its unit."""
    facts = FACTS.replace('unit = "hours"', f'unit = "{unit}"') + more
    made = document(FRONT + text)
    return [
        (one.location.path, one.location.line, one.message)
        for one in check_facts_used((made,), evidence(facts))
        if one.code == "fact-unit"
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It lasts {hours} hours.", "hours"),
        ("It lasts {hours} hours.", "hour"),
        ("It lasts one hour, or {hours}.", "hours"),
        ("A {hours}-hour course.", "hours"),
        ("About {hours} in {hours} people have it.", "people"),
        ("A single person in {hours}.", "people"),
        ("For {hours} (or more) long hours.", "hours"),
        ("About **{hours}** hours.", "hours"),
        ("About {hours}% of all.", "%"),
        ("Take {hours} mg a day.", "mg"),
        ("Between the ages of {hours} and {hours}.", "ages"),
        ("It lasts {hours} hours. In {hours} of them it got worse.", "hours"),
        ("It lasts {hours} hours. {people} people live with it.", "hours"),
    ],
)
def test_a_unit_that_the_text_says_is_right(text: str, unit: str) -> None:
    """Before or after the number, singular or plural, and not in every sentence."""
    assert unit_faults(text, unit) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It lasts {hours} hours.", "days"),
        ("It lasts {hours} hours.", "hous"),
        ("It lasts {hours} hours.", "pepole"),
        ("It lasts {hours} hours. Rest for days.", "days"),
        ("In {hours} it got worse.", "people"),
        ("Take {hours} mg a day.", "mmol"),
        ("Take {hours} mg a day.", "g"),
        ("Take {hours} µg a day.", "mg"),
    ],
)
def test_a_unit_that_no_text_says_is_told_at_its_line(text: str, unit: str) -> None:
    """The place is that of the unit in facts.toml; the text is quoted beside it."""
    ((path, line, message),) = unit_faults(text, unit)
    assert (path, line) == ("f", 11)
    assert f'"{unit}" beside the fact "hours"' in message


def test_a_text_that_says_the_unit_of_another_fact_is_told() -> None:
    """One text is right, so the other one is wrong: hours are not days."""
    days = FACTS.split("\n\n")[1].replace("hours", "days").replace("24", "30")
    text = "It lasts {hours} hours and {days} days.\n\nIt lasts {hours} days."
    ((path, line, message),) = unit_faults(text, "hours", f"\n{days}")
    assert path == "content/tiny.md"
    assert line > 1
    assert message == '{hours} stands for hours, and the text says "days"'


def test_a_fact_without_unit_is_asked_for_none() -> None:
    """Years have none, and a text may leave it out everywhere."""
    facts = FACTS.replace('unit = "hours"\n', "")
    made = document(FRONT + "In {hours} it got worse.")
    assert [one.code for one in check_facts_used((made,), evidence(facts))] == [
        "unused-fact"
    ]


def test_our_own_units_are_those_of_our_texts() -> None:
    """Every unit that we write down stands beside its number."""
    material, _ = read_material(
        ROOT, skip=lambda project: [one.name for one in project.locales]
    )
    found = check_facts_used(material.documents, material.evidence)
    assert [one for one in found if one.code == "fact-unit"] == []
    assert sum(bool(one.unit) for one in material.evidence.values) > 30
