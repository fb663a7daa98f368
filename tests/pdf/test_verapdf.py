"""veraPDF agrees that our files are accessible and may be archived: every rule."""

import io
from pathlib import Path

import pikepdf
import pytest

from desk import validate
from leaflets.build.front import analyse
from leaflets.pages.composition import Target
from typesetting import typeset

HERE = Path(__file__).resolve().parents[1]
EDITIONS = ("sheet", "trifold", "booklet", "large-print", "bilingual")
"""Those for office printers, which claim PDF/UA-1 and PDF/A-2a."""


def set_in_every_language(edition: str, folder: Path) -> list[Path]:
    """Typeset the real leaflets in turn, one for each locale of an edition."""
    front = analyse(HERE.parent, (edition,))
    made = [one for one in front.compositions if one.target.edition == edition]
    names = [one.meta.id for one in front.material.documents]
    locales = list(dict.fromkeys(one.target.locale for one in made))
    paths = []
    for number, locale in enumerate(locales):
        leaflet = names[(number + EDITIONS.index(edition)) % len(names)]
        paper = ("A4", "Letter")[number % 2]
        target = Target(leaflet, locale, edition, paper)
        one = next(one for one in made if one.target == target)
        paths.append(folder / f"{leaflet}.{locale}.{paper}.pdf")
        paths[-1].write_bytes(typeset(one)[1])
    assert len(paths) >= len(front.material.project.locales) - 1
    return paths


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Typeset one of the real leaflets."""
    target = Target("what-is-ms", "en", "sheet", "A4")
    made = analyse(HERE.parent).compositions
    return typeset(next(one for one in made if one.target == target))[1]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_holds_in_every_language(edition: str, tmp_path: Path) -> None:
    """No file of any language and edition fails a rule of PDF/UA-1 or PDF/A-2a."""
    paths = set_in_every_language(edition, tmp_path)
    for norm, rules in (("PDFUA-1", 106), ("PDFA-2A", 153)):
        told = validate(paths, norm)
        assert told["files"] == len(paths)
        assert told["rules"] == rules
        assert int(str(told["checks"])) > 1_000 * len(paths)
        assert told["failed"] == {}, norm


def test_an_archive_asks_for_the_meaning_of_colours(
    leaflet: bytes, tmp_path: Path
) -> None:
    """Without its output intent a file is no PDF/A."""
    with pikepdf.open(io.BytesIO(leaflet)) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(tmp_path / "spoilt.pdf")
    failed = validate([tmp_path / "spoilt.pdf"], "PDFA-2A")["failed"]
    assert isinstance(failed, dict)
    assert len(failed) == 1


def test_the_validator_can_fail(leaflet: bytes, tmp_path: Path) -> None:
    """A file whose title is not shown, and without alt texts, fails two rules."""
    with pikepdf.open(io.BytesIO(leaflet)) as pdf:
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
                del one["/Alt"]
        pdf.save(tmp_path / "spoilt.pdf")
    failed = validate([tmp_path / "spoilt.pdf"])["failed"]
    assert isinstance(failed, dict)
    rules = {rule.split(":")[0] for found in failed.values() for rule in found}
    assert rules == {"7.1-10", "7.3-1"}
