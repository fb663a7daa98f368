"""Country matters: paper and numbers follow the clinic, not the patient's language."""

from pathlib import Path

import pytest

from leaflets.build.front import analyse
from leaflets.languages.locale import is_territory
from leaflets.paper.papers import LETTER_TERRITORIES, PAPERS, office_paper
from samples import ROOT, translated

ENDS = tuple(
    f"-{one}-v" for one in ("emergency", "urgent", "crisis", "interpreter", "ms_team")
)


def at(root: Path, territory: str) -> None:
    """Say where the clinic is, and offer both papers."""
    path = root / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('papers = ["A4"]', 'papers = ["A4", "Letter"]')
    text = text.replace(
        "[tool.leaflets.clinic]",
        f'[tool.leaflets.clinic]\nterritory = "{territory}"',
        1,
    )
    path.write_text(text, encoding="utf-8")


def papers(root: Path, *asked: str) -> set[str]:
    return {one.target.paper for one in analyse(root, asked).compositions}


@pytest.mark.parametrize(
    ("territory", "paper"),
    [("US", "Letter"), ("MX", "Letter"), ("DE", "A4"), ("EG", "A4"), ("CN", "A4")],
)
def test_the_clinic_decides_the_paper(tiny: Path, territory: str, paper: str) -> None:
    """An Arabic leaflet of a clinic in Mexico is printed on Letter."""
    at(tiny, territory)
    assert papers(tiny) == {paper}
    assert analyse(tiny).blocked == {}


def test_a_clinic_without_territory_gets_both_papers(tiny: Path) -> None:
    """Nothing is guessed from the languages."""
    at(tiny, "")
    assert papers(tiny) == {"A4", "Letter"}


def test_the_other_paper_can_be_asked_for(tiny: Path) -> None:
    """A paper that is named is made, wherever the clinic is."""
    at(tiny, "US")
    assert papers(tiny, "A4") == {"A4", "Letter"}


def test_an_edition_on_one_paper_only_is_made_everywhere(tiny: Path) -> None:
    """What has no sheet of the territory's paper keeps the one it has."""
    at(tiny, "US")
    path = tiny / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["A4", "Letter"]', '["A4"]'), encoding="utf-8")
    assert papers(tiny) == {"A4"}


def test_every_paper_has_its_territories() -> None:
    """All of CLDR's Letter territories are territories, and both papers are known."""
    assert {office_paper(one) for one in ("US", "FR")} < set(PAPERS)
    assert all(is_territory(one) for one in LETTER_TERRITORIES)
    assert not any(is_territory(one) for one in ("EU", "ZZ", "us", "USA", "001", ""))


def test_no_language_brings_a_number_of_its_own() -> None:
    """Where the clinic gives none, each language says "ask your team", and no digit."""
    seen: dict[str, set[str]] = {}
    for one in analyse(ROOT).compositions:
        if (one.target.edition, one.target.paper) == ("sheet", "A4"):
            seen.setdefault(one.target.locale, set()).update(
                passage.text for passage in one.passages if passage.key.endswith(ENDS)
            )
    assert set(seen) == {"en", *translated()}
    for locale, texts in seen.items():
        (asked,) = texts
        assert asked.strip(), locale
        assert not any(char.isdigit() for char in asked), locale
    assert len({text for texts in seen.values() for text in texts}) == len(seen)
