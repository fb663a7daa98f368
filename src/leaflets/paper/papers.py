"""Papers: their sizes, and where in the world each lies in an office's drawer."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

OFFICE_CALIPER = 0.1
"""Thickness of a sheet of copy paper (80 g/m²) in mm."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet as it is sold; lengths in mm."""

    name: str
    width: float
    """Of the short edge."""
    height: float
    folded_in: float
    """How much narrower than the others a panel is that is folded in, so that it does
    not buckle."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm, upright."""
        return self.width, self.height


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        paper.name: paper
        for paper in (
            # ISO 216. C-folds of A4: 97 + 100 + 100 mm (European print shops).
            Paper("A4", width=210.0, height=297.0, folded_in=3.0),
            Paper("A5", width=148.0, height=210.0, folded_in=3.0),
            Paper("A6", width=105.0, height=148.0, folded_in=3.0),
            # ANSI Y14.1. C-folds: 3.625 + 3.6875 + 3.6875 in (American print shops).
            Paper("Letter", width=215.9, height=279.4, folded_in=25.4 / 16),
        )
    }
)
"""Every paper that an edition may name."""

LETTER_TERRITORIES = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
"""Territories whose office paper is Letter (CLDR 47, supplemental measurementData)."""


def office_paper(territory: str) -> str:
    """Name the office paper of a territory (ISO 3166-1); empty without a territory.

    >>> office_paper("CA"), office_paper("EG"), office_paper("")
    ('Letter', 'A4', '')
    """
    if not territory:
        return ""
    return "Letter" if territory in LETTER_TERRITORIES else "A4"
