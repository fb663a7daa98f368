"""QR codes: the same modules as vectors and as rows."""

import re

from hypothesis import given
from hypothesis import strategies as st

from leaflets.pages.qr import QUIET_ZONE, draw_code, modules_of

addresses = st.text("abcdefghij0123456789./-", min_size=1, max_size=60).map(
    lambda path: f"https://e.org/{path}"
)


@given(addresses)
def test_a_code_is_a_square_with_white_around(address: str) -> None:
    """As many modules across as upright, four of white on each side (ISO/IEC 18004)."""
    rows = modules_of(address)
    size = len(rows)
    assert {len(row) for row in rows} == {size}
    assert (size - 21) % 4 == 0
    drawing = draw_code(address).decode()
    match = re.search(r'width="(\d+)" height="(\d+)"', drawing)
    assert match
    assert int(match[1]) == int(match[2]) == size + 2 * QUIET_ZONE


def test_equal_addresses_give_equal_codes() -> None:
    """And others give others."""
    assert draw_code("https://e.org/a") == draw_code("https://e.org/a")
    assert modules_of("https://e.org/a") != modules_of("https://e.org/b")
