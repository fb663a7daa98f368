"""What is typed at the print desk is printed, or the field to mend is named."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desk import change
from images import png
from leaflets.clinics.fill import Sheet
from leaflets.clinics.list import FORM, ClinicText
from leaflets.clinics.logo import COLUMN
from leaflets.diagnostics import Diagnostic, Subject, error
from leaflets.pages.composition import Target
from leaflets.pdf.read.raster import Pixels, pixels_of
from leaflets.web import order as module
from leaflets.web.order import (
    HERE,
    UNBUILT,
    Order,
    Printout,
    Problem,
    Shelf,
    build_for,
    clinic_of,
    fulfil,
    problems_in,
    problems_of,
    target_of,
)
from orders import ORDER

GLYPH = "\U0001f3e5"
"""A hospital, which none of our fonts has."""


def typed(**fields: str) -> Order:
    """Fill the form in; a name is always there."""
    return replace(ORDER, fields=tuple(({"name": "Example"} | fields).items()))


@pytest.mark.parametrize("name", FORM)
def test_each_field_that_cannot_be_printed_is_named(name: str) -> None:
    """Before anything is made; a wrong address has words of its own."""
    code = "clinic-code" if name == "url" else "field"
    assert problems_in(typed(**{name: "a\u202eb"})) == (Problem(code, name),)


def test_several_wrong_fields_are_named_in_the_order_of_the_form() -> None:
    """And each once."""
    problems = problems_in(typed(phone="call us", name="\u202e", url="ftp://a"))
    assert [problem.field for problem in problems] == ["name", "phone", "url"]


def test_what_is_right_has_no_problem() -> None:
    """Every field at once."""
    order = typed(
        phone="+20 2 0000 0000",
        hours="9–17",
        address="1 Example Street",
        interpreter="Ask",
        url="https://example.org/{leaflet}",
    )
    assert set(dict(order.fields)) == set(FORM)
    assert problems_in(order) == ()


@pytest.mark.parametrize(
    ("second", "beside", "target"),
    [
        ("", "bilingual", Target("tiny", "en", "sheet", "A4")),
        ("en", "bilingual", Target("tiny", "en", "sheet", "A4")),
        ("ar", "bilingual", Target("tiny", "en+ar", "bilingual", "A4")),
        ("ar", "", Target("tiny", "en+ar", "sheet", "A4")),
    ],
)
def test_an_order_names_its_target(second: str, beside: str, target: Target) -> None:
    """Two languages have an edition of their own; one beside itself is one."""
    assert target_of(replace(ORDER, second=second), beside) == target


def test_a_clinic_is_what_was_typed() -> None:
    """White space is one space; the letters are those of the reader's language."""
    clinic = clinic_of(replace(typed(hours=" 9  to\t17 "), first="pt_BR"))
    assert (clinic.hours, clinic.language) == ("9 to 17", "pt-BR")


@pytest.fixture(scope="module")
def sheet(root: Path) -> Sheet:
    """Find the file of the English sheet."""
    return module.sheet_for(Shelf(root), Target("tiny", "en", "sheet", "A4"), 0)[0]


@pytest.mark.parametrize("name", [name for name in FORM if name != "url"])
@pytest.mark.parametrize("code", ["clinic-too-long", "missing-glyph"])
def test_the_wording_of_a_finding_does_not_matter(
    sheet: Sheet, name: str, code: str
) -> None:
    """The field is what the finding is about, whatever language it speaks."""
    clinic = clinic_of(typed(**{name: f"{GLYPH}x{GLYPH}"}))
    diagnostic = error(code, "zu lang: \"xyz\" 'q'", HERE, subject=Subject(field=name))
    characters = GLYPH if code == "missing-glyph" else ""
    problems = problems_of((diagnostic, diagnostic), sheet, clinic)
    assert problems == (Problem(code, name, characters),)


Filled = Callable[
    [Sheet, ClinicText, Pixels | None], tuple[bytes, tuple[Diagnostic, ...]]
]


@pytest.fixture
def reworded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say everything that is found while filling in otherwise."""
    filled: Filled = module.filled

    def other(
        sheet: Sheet, clinic: ClinicText, logo: Pixels | None
    ) -> tuple[bytes, tuple[Diagnostic, ...]]:
        data, diagnostics = filled(sheet, clinic, logo)
        return data, tuple(
            replace(one, message="nie mieści się") for one in diagnostics
        )

    monkeypatch.setattr(module, "filled", other)


TOO_LONG = {
    "name": "Hospital" * 20,
    "phone": "+" + "0" * 190,
    "hours": "Monday" * 30,
    "address": "Street" * 30,
    "interpreter": "Ask" * 60,
}


@pytest.mark.usefixtures("reworded")
@pytest.mark.parametrize("name", TOO_LONG)
def test_a_field_that_is_too_long_is_named(root: Path, name: str) -> None:
    """Each line of the panel, on the published file."""
    printout = fulfil(Shelf(root), typed(**{name: TOO_LONG[name]}))
    assert printout == Printout(problems=(Problem("clinic-too-long", name),))


@pytest.mark.usefixtures("reworded")
@pytest.mark.parametrize("name", ["name", "hours", "address", "interpreter"])
def test_a_field_with_letters_that_no_font_has_is_named(root: Path, name: str) -> None:
    """With these letters, and no others."""
    printout = fulfil(Shelf(root), typed(**{name: f"Clinic {GLYPH}"}))
    assert printout.problems == (Problem("missing-glyph", name, GLYPH),)


@pytest.mark.usefixtures("reworded")
def test_a_logo_that_is_too_coarse_for_its_place_is_named(root: Path) -> None:
    """It was read elsewhere (`web.counter`)."""
    printout = fulfil(Shelf(root), ORDER, pixels_of(png(60, 30), 100))
    assert printout.problems == (Problem("clinic-logo", COLUMN.field),)


def test_a_printout_has_its_pages_as_pictures(root: Path) -> None:
    """Where they are wanted, and the edge to flip it at."""
    printout = fulfil(Shelf(root), replace(ORDER, show=True))
    assert printout.problems == ()
    assert printout.data.startswith(b"%PDF")
    assert printout.flip == "long"
    assert printout.images
    assert all(image.startswith(b"\x89PNG") for image in printout.images)
    assert fulfil(Shelf(root), ORDER).images == ()


def test_what_is_not_there_is_told_by_its_code(root: Path) -> None:
    """No field is to blame for it; a build may help."""
    assert Problem("clinic-form") == UNBUILT
    for order in (replace(ORDER, edition="none"), replace(ORDER, paper="Letter")):
        assert fulfil(Shelf(root), order) == Printout(problems=(UNBUILT,))


def test_what_is_not_built_is_built_apart(project: Path) -> None:
    """And is printed then; what was typed has no part in it."""
    place = Shelf(project)
    assert fulfil(place, ORDER).problems == (UNBUILT,)
    assert build_for(place, target_of(ORDER, "")) == ()
    assert fulfil(place, ORDER).data.startswith(b"%PDF")


def test_of_a_release_only_what_is_approved_is_printed(root: Path) -> None:
    """A draft is neither printed nor built there, and a draft that lies beside is not taken."""
    place = Shelf(root, release=True)
    assert place.folder == root / "build/release"
    assert fulfil(place, ORDER) == Printout(problems=(Problem("not-approved"),))
    build_for(place, target_of(ORDER, ""))
    assert not list(place.folder.rglob("*.pdf"))


def test_a_build_that_cannot_be_made_names_the_reason(project: Path) -> None:
    """Its code, for the page to show."""
    change(project / "content/tiny.md", "A relapse lasts", "{nothing} A relapse lasts")
    (blocked,) = build_for(Shelf(project), target_of(ORDER, ""))
    assert blocked.code == "unknown-placeholder"
    (project / "pyproject.toml").write_text("[tool", encoding="utf-8")
    assert build_for(Shelf(project), target_of(ORDER, "")) == (Problem("project-file"),)
