"""Fragments are grouped into lines, and every line has a place where it is mended."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from laid import laid, line, office, passage
from leaflets.checks.page.legibility import line_pitch
from leaflets.checks.page.lines import (
    at_page,
    by_key,
    lines_of,
    normal,
    on_page,
    place_of,
    quoted,
    run_checks,
)
from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.pages.composition import Composition, subject_of
from leaflets.pdf.facts import LayoutFacts, PdfFacts


def texts(*baselines: float) -> list[str]:
    """Lay out letters at these baselines; list the lines that they make."""
    fragments = [
        line(letter, baseline)
        for letter, baseline in zip("abcde", baselines, strict=False)
    ]
    return [
        "".join(fragment.text for fragment in group) for group in lines_of(fragments)
    ]


def test_what_shares_a_baseline_is_a_line() -> None:
    """Fonts of two scripts stand a little higher or lower on one line."""
    assert texts(50, 51, 49, 50) == ["abcd"]
    assert texts(50, 51.01, 56) == ["a", "b", "c"]
    assert texts() == []


def test_a_line_is_known_by_its_first_piece() -> None:
    """Lines nearly on one another do not run together, each near the one before."""
    assert texts(50, 50.8, 51.6, 52.4, 53.2) == ["ab", "cd", "e"]


def test_lines_nearly_on_one_another_are_told() -> None:
    """With lines 0.8 mm apart, every second one begins a line that is too close."""
    fragments = [line("Words", 50 + 0.8 * number) for number in range(4)]
    diagnostics = list(line_pitch(PdfFacts(), laid(*fragments), office("Words " * 4)))
    assert [diagnostic.code for diagnostic in diagnostics] == ["line-pitch"]


def test_lines_of_two_pages_are_two() -> None:
    """At the same height on another page a new line begins."""
    assert len(list(lines_of([line(), line(on=2), line(on=2)]))) == 2


def test_fragments_are_sorted_by_passage() -> None:
    """What belongs to no passage has an empty key; the order is kept."""
    first, number, second = line("a"), line("7", key=""), line("b")
    assert by_key(laid(first, number, second)) == {"p1": [first, second], "": [number]}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a b\u00a0c\n", "abc"),
        ("\u2066MS\u2069\u200e\u00ad\u200b", "MS"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_texts_are_compared_by_what_is_seen(text: str, seen: str) -> None:
    """White space and steering signs leave no mark; accents are composed."""
    assert normal(text) == seen


def test_a_text_is_mended_in_its_translation() -> None:
    """The place is the translation's, with the page; furniture's is the leaflet's."""
    text = passage(translation=Location("locales/x.po", 7, 3))
    assert on_page(text, 4) == Location("locales/x.po", 7, 3, 4)
    made = office(text)
    passages = {"p1": text}
    assert place_of(line(on=2), passages, made) == Location("locales/x.po", 7, 3, 2)
    assert place_of(line(key="", on=2), passages, made) == replace(
        made.location, line=0, page=2
    )


def test_quotes_are_short() -> None:
    """Forty characters are enough to find a text."""
    assert quoted(line(f" {'x' * 50} ")) == "x" * 40


def test_what_checks_find_is_about_their_target() -> None:
    """In the order of the checks, at the page that each names."""
    composition = office()

    def check(
        pdf: PdfFacts, layout: LayoutFacts, page: Composition
    ) -> Iterator[Diagnostic]:
        yield error("c", "it is wrong", at_page(page, layout.pages))

    findings = list(run_checks((check, check), PdfFacts(), LayoutFacts(3), composition))
    assert {finding.location.page for finding in findings} == {3}
    assert {finding.location.path for finding in findings} == {
        composition.location.path
    }
    assert [finding.subject for finding in findings] == [
        subject_of(composition.target)
    ] * 2
