"""veraPDF agrees that our files are accessible: PDF/UA-1, every rule."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from leaflets.front import look
from pages import typeset

HERE = Path(__file__).resolve().parent
EDITIONS = ("sheet", "trifold", "booklet", "large-print")
LOCALES = ("en", "ar", "he", "zh_Hans", "hi", "de")


def validate(paths: list[Path], norm: str = "PDFUA-1") -> dict[str, object]:
    """Run the validator in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(HERE / "verapdf.py"), "--profile", norm, *map(str, paths)],
        capture_output=True,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told


@pytest.fixture(scope="module")
def leaflets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Typeset the real leaflets: one for each locale and edition, in turn."""
    folder = tmp_path_factory.mktemp("verapdf")
    paths = []
    front = look(HERE.parent)
    names = [one.meta.id for one in front.material.documents]
    for number, locale in enumerate(LOCALES):
        edition = EDITIONS[number % len(EDITIONS)]
        wanted = (names[number % len(names)], locale, edition, "A4")
        one = next(
            one
            for one in front.compositions
            if (
                one.target.leaflet,
                one.target.locale,
                one.target.edition,
                one.target.paper,
            )
            == wanted
        )
        paths.append(folder / f"{locale}.pdf")
        paths[-1].write_bytes(typeset(one)[1])
    return paths


def test_every_rule_holds(leaflets: list[Path]) -> None:
    """Six leaflets in six languages and four scripts fail no rule of PDF/UA-1."""
    told = validate(leaflets)
    assert told["files"] == 6
    assert told["rules"] == 106
    assert int(str(told["checks"])) > 10_000
    assert told["failed"] == {}


def test_archives_may_keep_them(leaflets: list[Path]) -> None:
    """The same files fail no rule of PDF/A-2a: two norms in one file."""
    told = validate(leaflets, "PDFA-2A")
    assert told["rules"] == 153
    assert int(str(told["checks"])) > 10_000
    assert told["failed"] == {}


def test_an_archive_asks_for_the_meaning_of_colours(
    leaflets: list[Path], tmp_path: Path
) -> None:
    """Without its output intent a file is no PDF/A."""
    with pikepdf.open(io.BytesIO(leaflets[0].read_bytes())) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(tmp_path / "spoilt.pdf")
    failed = validate([tmp_path / "spoilt.pdf"], "PDFA-2A")["failed"]
    assert isinstance(failed, dict)
    assert len(failed) == 1


def test_the_validator_can_fail(leaflets: list[Path], tmp_path: Path) -> None:
    """A file whose title is not shown, and without alt texts, fails two rules."""
    with pikepdf.open(io.BytesIO(leaflets[0].read_bytes())) as pdf:
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
                del one["/Alt"]
        pdf.save(tmp_path / "spoilt.pdf")
    failed = validate([tmp_path / "spoilt.pdf"])["failed"]
    assert isinstance(failed, dict)
    rules = {rule.split(":")[0] for found in failed.values() for rule in found}
    assert rules == {"7.1-10", "7.3-1"}
