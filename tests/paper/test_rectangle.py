"""Rectangles and margins: edges by name, downwards as on a page, upwards as in a PDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.paper.rectangle import Margins, Rectangle

lengths = st.integers(0, 3000).map(lambda tenths: tenths / 10)


@given(lengths, lengths, lengths, lengths)
def test_a_pdf_box_is_read_from_any_two_corners(
    x1: float, y1: float, x2: float, y2: float
) -> None:
    """ISO 32000-1, 7.9.5: the corners may come in any order."""
    box = Rectangle.from_corners((x1, y1, x2, y2))
    assert box == Rectangle.from_corners((x2, y1, x1, y2))
    assert box.left <= box.right
    assert box.bottom <= box.top
    assert (box.width, box.height) == (abs(x2 - x1), abs(y2 - y1))


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (Rectangle(10, 20, 30, 50), Rectangle(7, 17, 33, 53)),
        (Rectangle(10, 50, 30, 20), Rectangle(7, 53, 33, 17)),
    ],
)
def test_growing_moves_every_edge_outwards(small: Rectangle, large: Rectangle) -> None:
    """Downwards or upwards, a rectangle grows by the same length at all edges."""
    assert small.grown(3) == large
    assert small.apart(large) == 3


@pytest.mark.parametrize("edge", range(4))
def test_what_sticks_out_is_not_held(edge: int) -> None:
    """Each edge is looked at, and the slack is kept."""
    page = Rectangle(0, 0, 210, 297)
    edges = [10.0, 10.0, 200.0, 287.0]
    assert page.holds(Rectangle(*edges))
    edges[edge] = (-0.5, -0.5, 210.5, 297.5)[edge]
    assert not page.holds(Rectangle(*edges))
    assert page.holds(Rectangle(*edges), slack=0.5)


def test_edges_are_listed_from_the_left() -> None:
    """Left, top, right and bottom, in the order of the fields."""
    assert tuple(Rectangle(1, 2, 3, 4)) == (1, 2, 3, 4)


def test_margins_leave_the_rest_of_a_page() -> None:
    """Each margin is taken from its own edge."""
    free = Margins(top=1, right=2, bottom=3, left=4).inside(100, 200)
    assert free == Rectangle(left=4, top=1, right=98, bottom=197)
    assert Margins.all_round(8) == Margins(top=8, right=8, bottom=8, left=8)
