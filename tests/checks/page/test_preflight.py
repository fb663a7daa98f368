"""The finished file is what was laid out: every rule over facts, nothing is typeset."""

from dataclasses import replace
from typing import Any

import pytest

from laid import OFFICE_SIDE, codes_of, folded, laid, line, office, press
from leaflets.checks.page.preflight import (
    CHECKS,
    REASONS,
    accessible,
    check_pdf,
    fonts_are_ours,
    furniture_everywhere,
    no_placeholder,
    no_tofu,
    pages_are_paper,
    text_drawn,
    text_of_leaflet,
    text_seen,
)
from leaflets.diagnostics import Location
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import FontFacts, PageFacts, PdfFacts, Unseen

GOOD = PdfFacts(
    pages=(OFFICE_SIDE,),
    fonts=(FontFacts("Noto-Sans", True), FontFacts("Noto-Sans-Bold", True)),
    title="Cansancio",
    language="es",
    shows_title=True,
    tagged=True,
    conformance="PDF/UA-1",
)


def with_side(**facts: Any) -> PdfFacts:
    """Measure a file of one side with these facts."""
    return replace(GOOD, pages=(replace(OFFICE_SIDE, **facts),))


def test_every_check_says_why() -> None:
    """The docstring of a rule is its reason."""
    assert all((check.__doc__ or "").strip() for check in CHECKS)


def test_a_good_file_has_no_finding() -> None:
    """What is as it should be is not spoken of."""
    assert codes_of(check_pdf(GOOD, laid(line()), office())) == []


def test_a_text_that_is_not_drawn_is_told_at_its_text() -> None:
    """A text is told at its line, furniture at the leaflet."""
    layout = laid(line(), line("DRAFT", key=""))
    text, furniture = text_drawn(with_side(undrawn=(0, 1)), layout, office())
    assert (text.code, furniture.code) == ("text-missing-in-pdf",) * 2
    assert (text.location.line, furniture.location.line) == (3, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", False),
        ("[12]", False),
        ("•", False),
        ("!", False),
        ("Page 3 of 12", False),
        ("Borrador", False),
        ("Page three of 12", True),
        ("TAKE 10 TABLETS", True),
        ("☠", True),
    ],
)
def test_what_stands_beside_the_passages_is_said_somewhere(
    text: str, found: bool
) -> None:
    """Numbers, marks and composed texts may; a word of a stylesheet's own may not."""
    composition = replace(
        office(), furniture=("Borrador",), beside=("Page ", " of ", "Version 1")
    )
    layout = laid(line(), line(text, key=""))
    codes = codes_of(text_of_leaflet(GOOD, layout, composition))
    assert codes == ["text-unexplained"] * found
    for_reviewers = replace(composition, for_patients=False)
    assert codes_of(text_of_leaflet(GOOD, layout, for_reviewers)) == []


@pytest.mark.parametrize(("pieces", "found"), [(0, False), (1, True)])
def test_what_no_source_accounts_for_is_told(pieces: int, found: bool) -> None:
    """One piece of text is one too many."""
    codes = codes_of(text_drawn(with_side(unexplained=pieces), laid(line()), office()))
    assert codes == ["text-unexplained"] * found


@pytest.mark.parametrize("why", [*REASONS, "faint"])
def test_every_reason_has_its_code(why: str) -> None:
    """What cannot be seen is told by its reason, and faint text by its contrast."""
    facts = with_side(unseen=(Unseen(0, why, 3.2),))
    (diagnostic,) = text_seen(facts, laid(line()), office())
    code, words = REASONS.get(why, ("low-contrast", "has a contrast of 3.2 only"))
    assert diagnostic.code == code
    assert diagnostic.message == f'"Words" {words}'


@pytest.mark.parametrize(
    ("made", "on", "lacking"),
    [
        (office(furniture=("DRAFT",)), {1, 2, 3, 4, 5, 6}, []),
        (office(furniture=("DRAFT",)), {1, 2, 3, 5, 6}, [4]),
        # The panels of a side are never apart: page 1 is in front, 4 on the back.
        (folded(furniture=("DRAFT",)), {1, 4}, []),
        (folded(furniture=("DRAFT",)), {1, 5}, [2]),
    ],
)
def test_what_stands_on_every_page_is_looked_for(
    made: Composition, on: set[int], lacking: list[int]
) -> None:
    """On each page, or once on each side of a folded sheet; and not in the text."""
    heads = [line("DRAFT", key="", on=page) for page in on]
    layout = laid(*heads, line("DRAFT", on=4), pages=6)
    diagnostics = list(furniture_everywhere(GOOD, layout, made))
    assert [diagnostic.location.page for diagnostic in diagnostics] == lacking
    assert codes_of(diagnostics) == ["furniture-missing"] * len(lacking)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Noto-Sans-SemiBold", []),
        ("Noto-Sans-Semi-Bold", []),
        ("Noto-Sans-Black", ["foreign-font"]),
        ("Noto-Sans-Hebrew", ["foreign-font"]),
        ("DejaVu-Sans", ["foreign-font"]),
    ],
)
def test_fonts_are_those_of_the_locale(name: str, codes: list[str]) -> None:
    """Each family in our weights; another family that begins alike is another."""
    facts = replace(GOOD, fonts=(FontFacts(name, True),))
    assert codes_of(fonts_are_ours(facts, laid(line()), office())) == codes


def test_fonts_are_in_the_file() -> None:
    """A font that is only named looks otherwise on another machine."""
    facts = replace(GOOD, fonts=(FontFacts("Noto-Sans", False),))
    assert codes_of(fonts_are_ours(facts, laid(line()), office())) == [
        "font-not-embedded"
    ]


@pytest.mark.parametrize(("glyphs", "found"), [(0, False), (1, True)])
def test_an_empty_box_is_told(glyphs: int, found: bool) -> None:
    """One glyph that stands for no character is one too many."""
    codes = codes_of(no_tofu(with_side(notdef=glyphs), laid(line()), office()))
    assert codes == ["notdef-glyph"] * found


@pytest.mark.parametrize("side", ["width", "height"])
@pytest.mark.parametrize(("over", "found"), [(0.19, False), (0.21, True)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_page_is_as_large_as_its_paper(
    side: str, over: float, found: bool, sign: int
) -> None:
    """Two tenths of a millimetre either way, in width and in height."""
    facts = with_side(**{side: getattr(OFFICE_SIDE, side) + sign * over})
    codes = codes_of(pages_are_paper(facts, laid(line()), office()))
    assert codes == ["wrong-page-size"] * found


@pytest.mark.parametrize(("sides", "found"), [(1, True), (2, False), (3, True)])
def test_all_sides_are_in_the_file(sides: int, found: bool) -> None:
    """As many as were laid out, neither less nor more."""
    facts = replace(GOOD, pages=(OFFICE_SIDE,) * sides)
    codes = codes_of(pages_are_paper(facts, laid(line(), line(on=2)), office()))
    assert codes == ["wrong-page-count"] * found


@pytest.mark.parametrize(
    ("second", "notes", "found"),
    [(line(on=2), (), False), (line(key="", on=2), (), True), (line(), (2,), False)],
)
def test_no_page_is_empty(second: Any, notes: tuple[int, ...], found: bool) -> None:
    """A page with furniture only is empty; one for notes may be."""
    layout = laid(line(), second, pages=2, notes=notes)
    facts = replace(GOOD, pages=(OFFICE_SIDE,) * 2)
    assert codes_of(pages_are_paper(facts, layout, office())) == ["empty-page"] * found


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"title": "Cansancio ", "shows_title": True}, []),
        ({"title": "Otro"}, ["no-title"]),
        ({"shows_title": False}, ["no-title"]),
        ({"language": "en"}, ["no-language"]),
        ({"tagged": False}, ["not-tagged"]),
        ({"conformance": ""}, ["not-tagged"]),
        ({"figures": 2, "alternates": 2}, []),
        ({"figures": 2, "alternates": 1}, ["no-alt-text"]),
        ({"direction": "L2R"}, []),
        ({"direction": "R2L"}, ["wrong-direction"]),
    ],
)
def test_a_file_can_be_read_aloud(changed: dict[str, Any], codes: list[str]) -> None:
    """Each claim is looked at by itself."""
    assert (
        codes_of(accessible(replace(GOOD, **changed), laid(line()), office())) == codes
    )


@pytest.mark.parametrize(
    ("direction", "codes"),
    [("R2L", []), ("", ["wrong-direction"]), ("L2R", ["wrong-direction"])],
)
def test_pages_are_turned_from_the_right(direction: str, codes: list[str]) -> None:
    """In Arabic nothing else will do than that the viewer is told."""
    facts = replace(GOOD, direction=direction)
    made = office(direction="rtl")
    assert codes_of(accessible(facts, laid(line()), made)) == codes


@pytest.mark.parametrize(
    ("made", "claims", "codes"),
    [
        (press(), {"pdfx": "PDF/X-4", "conformance": ""}, []),
        (press(), {"pdfx": ""}, ["not-tagged"]),
        (press(), {"pdfx": "PDF/X-4", "tagged": False}, ["not-tagged"]),
        (office(), {"pdfx": "PDF/X-4", "conformance": ""}, ["not-tagged"]),
    ],
)
def test_a_press_file_claims_pdfx_and_any_other_pdfua(
    made: Composition, claims: dict[str, Any], codes: list[str]
) -> None:
    """Both are tagged; what they claim to be depends on who prints them."""
    assert codes_of(accessible(replace(GOOD, **claims), laid(line()), made)) == codes


def test_the_page_of_a_finding_is_that_of_the_file() -> None:
    """Sides are counted from 1."""
    facts = replace(GOOD, pages=(OFFICE_SIDE, replace(OFFICE_SIDE, notdef=1)))
    (diagnostic,) = no_tofu(facts, laid(line()), office())
    assert diagnostic.location == Location("content/tired.md", page=2)


def sides(made: Composition) -> list[PageFacts]:
    """Measure both sides of a folded sheet."""
    width, height = made.side_size
    return [replace(OFFICE_SIDE, width=width, height=height)] * 2


def test_a_folded_sheet_has_two_sides() -> None:
    """Six panels are two sides, which lie on their long edge."""
    made = folded("c")
    facts = replace(GOOD, pages=tuple(sides(made)))
    layout = laid(*(line(on=page) for page in range(1, 7)))
    assert codes_of(pages_are_paper(facts, layout, made)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("type {t2} diabetes", True),
        ("type {\u2066 t2 \u2069} diabetes", True),
        ("type 2 diabetes", False),
        ("a set {a, b} of two", False),
        ("{}", False),
    ],
)
@pytest.mark.parametrize("key", ["p1", ""])
def test_a_placeholder_is_never_drawn(text: str, found: bool, key: str) -> None:
    """A word alone in braces is told at its text, be it furniture."""
    diagnostics = list(no_placeholder(GOOD, laid(line(text, key=key)), office()))
    assert codes_of(diagnostics) == ["raw-placeholder"] * found
    lines = [diagnostic.location.line for diagnostic in diagnostics]
    assert lines == [3 if key else 0] * found


def test_a_placeholder_in_pieces_is_told() -> None:
    """The engine may draw a line in pieces; lines are not joined."""
    pieces = laid(line("of {t"), line("2}", at=51.0))
    lines = laid(line("of {t"), line("2}", 60.0))
    assert codes_of(no_placeholder(GOOD, pieces, office())) == ["raw-placeholder"]
    assert codes_of(no_placeholder(GOOD, lines, office())) == []


def test_the_title_of_the_file_has_its_values() -> None:
    """Viewers show it, and voices read it first."""
    raw = replace(GOOD, title="Type {t2} diabetes")
    assert codes_of(no_placeholder(raw, laid(line()), office())) == ["raw-placeholder"]
