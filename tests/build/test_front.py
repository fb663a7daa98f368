"""The five stages, each from value to value, and the one filter over subjects."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk import change
from leaflets.build.cache import read_texts
from leaflets.build.front import (
    Scope,
    analyse,
    analyse_with_cache,
    blocks,
    check_choice,
    check_sources,
    concerns_target,
    doubts_of,
    judge,
    subjects_of,
    translate,
    waived,
)
from leaflets.build.options import NotInProjectError
from leaflets.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    Subject,
    error,
    note,
    warning,
)
from leaflets.pages.composition import Choice, Target
from leaflets.sources.material import read_material
from leaflets.sources.project import Waiver
from signing import catalog
from tiny import line_of

TARGET = Target("tiny", "ar", "sheet", "A4")
PAIR = Target("tiny", "ar+en", "bilingual", "A4")
PLACE = Location("locales/ar/LC_MESSAGES/messages.po", 9)


def finding(subject: Subject, place: Location = PLACE) -> Diagnostic:
    """Make an error about something."""
    return replace(error("c", "m", place), subject=subject)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (Subject(), True),
        (Subject(leaflet="tiny"), True),
        (Subject(leaflet="other"), False),
        (Subject(locale="ar"), True),
        (Subject(locale="en"), False),
        (Subject(locale="ar+en"), False),
        (Subject("tiny", "ar", "sheet", "A4"), True),
        (Subject(edition="booklet"), False),
        (Subject(paper="Letter"), False),
    ],
)
def test_a_finding_concerns_what_it_is_about(subject: Subject, expected: bool) -> None:
    """An open field stands for all there are."""
    assert concerns_target(finding(subject), TARGET) is expected
    assert blocks(finding(subject), TARGET) is expected


@pytest.mark.parametrize("locale", ["", "ar", "en", "ar+en"])
def test_both_languages_of_a_pair_count(locale: str) -> None:
    """A bilingual page is as good as the worse of its two columns."""
    assert blocks(finding(Subject(locale=locale)), PAIR)
    assert not blocks(finding(Subject(locale="fr")), PAIR)


@pytest.mark.parametrize("path", ["reviews/ar/tiny.toml", "locales/glossary.toml"])
def test_files_that_no_page_is_made_of_block_none(path: str) -> None:
    """A broken signature is told and holds for nothing; the draft is still a draft."""
    assert not blocks(finding(Subject(), Location(path)), TARGET)


def test_what_reading_finds_is_about_its_file(tiny: Path) -> None:
    """A leaflet's Markdown, a catalog, a review, a figure: each names its subject."""
    material, _ = read_material(tiny)
    subjects = {
        "content/tiny.md": Subject(leaflet="tiny"),
        "content/lost.md": Subject(leaflet="lost"),
        "content/figures/nerve.svg": Subject(leaflet="tiny"),
        "content/facts.toml": Subject(),
        "locales/ar/LC_MESSAGES/messages.po": Subject(locale="ar"),
        "locales/glossary.toml": Subject(),
        "reviews/ar/tiny.toml": Subject(locale="ar", leaflet="tiny"),
        "pyproject.toml": Subject(),
    }
    shown = f"content/{next(iter(material.figures))}"
    subjects[shown] = subjects.pop("content/figures/nerve.svg")
    diagnostics = [error("c", "m", Location(path)) for path in subjects]
    subject_of = {
        diagnostic.location.path: diagnostic.subject
        for diagnostic in subjects_of(material, diagnostics)
    }
    assert subject_of == subjects


def test_a_message_is_about_the_leaflets_that_use_it(tiny: Path) -> None:
    """Furniture is about all of them, a paragraph about its own."""
    change(catalog(tiny), "لا تستطيع البلع.", "تستطيع البلع.")
    material, _ = read_material(tiny)
    diagnostics, verdicts = check_sources(material, Scope(), {})
    (lost,) = [
        diagnostic for diagnostic in diagnostics if diagnostic.code == "negation-parity"
    ]
    assert lost.subject == Subject(leaflet="tiny", locale="ar")
    assert any(
        lost.message == diagnostic.message
        for said in verdicts.values()
        for diagnostic in said
    )


def test_a_gap_keeps_its_language_only(tiny: Path) -> None:
    """Every gap is told, about leaflet and locale; other languages are whole."""
    line = line_of(catalog(tiny), "لا تستطيع البلع.")
    change(catalog(tiny), "لا تستطيع البلع.", "")
    material, _ = read_material(tiny)
    translations = translate(material, Scope(), judge(material))
    assert translations["ar", "tiny"].localized is None
    (gap,) = translations["ar", "tiny"].gaps
    assert gap.subject == Subject(leaflet="tiny", locale="ar")
    assert abs(gap.location.line - line) <= 1
    assert translations["zh_Hans", "tiny"].localized is not None
    front = analyse(tiny)
    assert list(front.blocked) == [TARGET]
    assert {page.target.locale for page in front.compositions} == {"en", "zh_Hans"}


def test_a_waiver_that_has_ended_is_told_for_what_it_waived(tiny: Path) -> None:
    """It is an error about that language, and about no other."""
    material, _ = read_material(tiny)
    today = material.sources.today
    waiver = Waiver("c", "locales/ar", "known", today, Location("pyproject.toml", 3))
    doubt = replace(warning("c", "m", PLACE), subject=Subject(locale="ar"))
    held = replace(material, project=replace(material.project, waivers=(waiver,)))
    assert [diagnostic.severity for diagnostic in waived(held, [doubt])] == [
        Severity.NOTE
    ]
    past = replace(waiver, until=today.replace(year=today.year - 1))
    ended = replace(material, project=replace(material.project, waivers=(past,)))
    diagnostics = waived(ended, [doubt])
    assert [diagnostic.code for diagnostic in diagnostics] == ["c", "waiver-expired"]
    assert {diagnostic.subject for diagnostic in diagnostics} == {Subject(locale="ar")}


def test_doubts_are_warnings_about_a_leaflet_in_a_locale() -> None:
    """Notes and errors are none, nor is what concerns everything or another."""
    own = replace(warning("w", "m", PLACE), subject=Subject("tiny", "ar"))
    source = replace(warning("s", "m", PLACE), subject=Subject(leaflet="tiny"))
    others = [
        replace(warning("w", "m", PLACE), subject=Subject("tiny", "en")),
        replace(warning("w", "m", PLACE), subject=Subject("other")),
        replace(note("n", "m", PLACE), subject=Subject("tiny", "ar")),
        finding(Subject("tiny", "ar")),
        warning("w", "m", PLACE),
    ]
    assert set(doubts_of([own, source, *others], "ar", "tiny")) == {own, source}


def test_fresh_parts_are_not_composed(tiny: Path) -> None:
    """They are listed as cached, and their catalogs are not read."""
    front = analyse(tiny, fresh=["ar"])
    assert front.cached == {TARGET}
    assert "ar" not in front.material.catalogs
    assert "ar" not in front.parts


def test_what_is_not_asked_for_is_not_looked_at(tiny: Path) -> None:
    """A choice of one language leaves the others alone."""
    front = analyse(tiny, only=Choice(locales=("ar",)))
    assert {page.target.locale for page in front.compositions} == {"ar"}
    assert {target.locale for target in front.unseen} == {"en", "zh_Hans"}
    assert not front.unasked
    assert "zh_Hans" not in front.material.catalogs


@pytest.mark.parametrize(
    "choice",
    [
        Choice(leaflets=("none",)),
        Choice(locales=("xx",)),
        Choice(editions=("none",)),
        Choice(papers=("A3",)),
    ],
)
def test_a_name_that_is_not_there_is_told(tiny: Path, choice: Choice) -> None:
    """With all the names that are."""
    front = analyse(tiny)
    with pytest.raises(NotInProjectError, match="there is"):
        check_choice(front, choice)
    check_choice(front, Choice(("tiny",), ("ar",), ("sheet",), ("A4",)))


def test_a_partial_look_forgets_nothing(tiny: Path) -> None:
    """What was not asked for is still known afterwards."""
    analyse_with_cache(tiny)
    whole = read_texts(tiny / "build")
    assert whole
    analyse_with_cache(tiny, only=Choice(locales=("ar",)))
    assert read_texts(tiny / "build") == whole
