"""QR codes for print (ISO/IEC 18004), as vectors (door to segno)."""

import io
from functools import lru_cache

import segno

QUIET_ZONE = 4
"""Modules of white around the code, as the norm asks."""


def draw_code(address: str) -> bytes:
    """Draw the code of an address as SVG, level Q so that a copied copy reads."""
    stream = io.BytesIO()
    code = segno.make(address, error="q", micro=False, boost_error=False)
    code.save(stream, kind="svg", border=QUIET_ZONE, scale=1, xmldecl=False)
    return stream.getvalue()


@lru_cache(maxsize=4096)
def modules_of(address: str) -> tuple[tuple[bool, ...], ...]:
    """Compute the code of an address as rows of dark modules, without white around."""
    code = segno.make(address, error="q", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
