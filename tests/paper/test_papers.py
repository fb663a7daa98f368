"""Papers: sizes of the norms, and the drawer of each territory."""

import pytest

from leaflets.paper.papers import (
    LETTER_TERRITORIES,
    OFFICE_CALIPER,
    PAPERS,
    Paper,
    office_paper,
)


def test_papers_are_found_by_their_names() -> None:
    """The table's keys are the names."""
    assert all(paper.name == name for name, paper in PAPERS.items())


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.name)
def test_papers_stand_upright(paper: Paper) -> None:
    """Sizes are those of a sheet on its short edge, in mm."""
    assert 100 < paper.width < paper.height < 300
    assert paper.size == (paper.width, paper.height)
    assert 0 < paper.folded_in < 4


def test_each_paper_of_iso_216_is_half_the_next() -> None:
    """A5 is half of A4 and A6 of A5, down to the millimetre that the norm drops."""
    for larger, smaller in (("A4", "A5"), ("A5", "A6")):
        assert PAPERS[smaller].height == PAPERS[larger].width
        assert PAPERS[smaller].width == PAPERS[larger].height // 2


def test_offices_have_a_paper_of_the_table() -> None:
    """Every territory's paper is known, and none is guessed without one."""
    assert {office_paper(territory) for territory in LETTER_TERRITORIES} == {"Letter"}
    assert office_paper("DE") in PAPERS
    assert office_paper("") == ""


def test_papers_are_those_of_the_standards() -> None:
    """ISO 216; ANSI Y14.1 (8.5 × 11 in), of which a sixteenth of an inch folds in."""
    assert PAPERS["A4"].size == (210, 297)
    assert PAPERS["A5"].size == (148, 210)
    assert PAPERS["A6"].size == (105, 148)
    assert PAPERS["Letter"].size == pytest.approx((8.5 * 25.4, 11 * 25.4))
    assert PAPERS["Letter"].folded_in == pytest.approx(25.4 / 16)
    assert {PAPERS[name].folded_in for name in ("A4", "A5", "A6")} == {3}


def test_copy_paper_is_a_tenth_of_a_millimetre_thick() -> None:
    """80 g/m² at 1.25 cm³/g, as office papers have."""
    assert pytest.approx(80e-3 * 1.25) == OFFICE_CALIPER
