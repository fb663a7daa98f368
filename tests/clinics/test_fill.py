"""A clinic's own lines are printed into the published file, and nothing else changes."""

import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from clinic_samples import BEIJING, CAIRO, ROYAL, sheet_in
from desk import validate
from images import png
from leaflets.clinics.fill import Sheet, filled, form_of, missing_characters
from leaflets.clinics.list import ClinicText
from leaflets.clinics.logo import read_logo
from leaflets.diagnostics import Location
from leaflets.pdf.read.raster import codes_seen
from leaflets.pdf.stamp.stamp import proves


def text_of(data: bytes) -> str:
    """Read the text of all pages, as a program that copies does."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def spoken(data: bytes) -> list[str]:
    """List what the drawn lines say of themselves (/ActualText)."""
    texts = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "BDC" and isinstance(
                    step.operands[1], pikepdf.Dictionary
                ):
                    words = step.operands[1].get("/ActualText")
                    texts.extend([str(words)] if words is not None else [])
    return texts


@pytest.mark.parametrize("clinic", [ROYAL, CAIRO, BEIJING])
@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_every_line_is_in_the_file_as_given(
    sheets: tuple[Sheet, ...], clinic: ClinicText, locale: str
) -> None:
    """Any clinic's script stands on any leaflet, word for word, in its order."""
    data, diagnostics = filled(sheet_in(sheets, locale), clinic)
    assert diagnostics == ()
    assert spoken(data) == [text for _, text in clinic.lines]


def test_a_reader_copies_the_lines(sheets: tuple[Sheet, ...]) -> None:
    """Without /ActualText, too, the glyphs say what they are."""
    text = text_of(filled(sheet_in(sheets, "en"), ROYAL)[0])
    for _, words in ROYAL.lines:
        assert words in text
    chinese = text_of(filled(sheet_in(sheets, "en"), BEIJING)[0])
    assert "示例医院神经内科" in chinese


def test_the_rest_of_the_file_is_the_published_one(
    sheets: tuple[Sheet, ...],
) -> None:
    """Every stream of the leaflet is in the file, and only the panel's are new."""
    plain = replace(ROYAL, url="")
    for locale in ("ar", "en", "zh_Hans"):
        sheet = sheet_in(sheets, locale)
        data, _ = filled(sheet, plain)
        assert proves(form_of(sheet, code=False), data, 99)
    sheet = sheet_in(sheets, "en")
    after = text_of(filled(sheet, plain)[0])
    for _, words in plain.lines:
        after = after.replace(words, "")
    assert after.split() == text_of(sheet.path.read_bytes()).split()


def test_a_changed_stream_is_no_proof(sheets: tuple[Sheet, ...]) -> None:
    """One stream of the leaflet that is other than published is found out."""
    sheet = sheet_in(sheets, "en")
    data, _ = filled(sheet, replace(ROYAL, url=""))
    form = form_of(sheet, code=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pdf.pages[0].obj.Contents[1]
        stream.write(stream.read_bytes() + b" ")
        out = io.BytesIO()
        pdf.save(out)
    assert not proves(form, out.getvalue(), 99)
    assert not proves(form, data, 1)


def test_the_code_leads_where_the_clinic_says(
    sheets: tuple[Sheet, ...],
) -> None:
    """A telephone reads it from the page and from a copy; the note is gone."""
    sheet = sheet_in(sheets, "en")
    data, diagnostics = filled(sheet, ROYAL)
    assert diagnostics == ()
    codes = codes_seen(data)
    assert [one.text for one in codes] == ["https://example.org/ms/tiny"]
    assert all(one.grey and one.bitonal for one in codes)
    assert "Room for your clinic" not in text_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        figures = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/S") == pikepdf.Name.Figure
            and str(one.get("/Alt", "")) == "https://example.org/ms/tiny"
        ]
    assert len(figures) == 1


def test_equal_clinics_give_equal_bytes(sheets: tuple[Sheet, ...]) -> None:
    """The bytes depend on leaflet and clinic only."""
    sheet = sheet_in(sheets, "zh_Hans")
    first, _ = filled(sheet, BEIJING)
    form_of.cache_clear()
    second, _ = filled(sheet, BEIJING)
    assert sha256(first).digest() == sha256(second).digest()


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"name": "Hospital" * 20}, "clinic-too-long", "name"),
        ({"hours": " ".join(["Monday"] * 28)}, "clinic-too-long", "hours"),
        ({"address": "Street" * 30}, "clinic-too-long", "address"),
        ({"name": "Clinic \U0001f3e5"}, "missing-glyph", "name"),
        ({"phone": "\U0001f4de 1"}, "missing-glyph", "phone"),
    ],
)
def test_what_cannot_be_printed_is_told(
    sheets: tuple[Sheet, ...], change: dict[str, str], code: str, column: str
) -> None:
    """Nothing is broken off, made too small, or left as a box: its column is told."""
    data, diagnostics = filled(sheet_in(sheets, "en"), replace(ROYAL, **change))
    assert data == b""
    assert [(one.code, one.subject.field) for one in diagnostics] == [(code, column)]


def test_a_code_that_copies_lose_is_told(
    sheets: tuple[Sheet, ...],
) -> None:
    """A long address in a small place has modules that are too fine."""
    sheet = sheet_in(sheets, "en")
    small = tuple(
        replace(one, width=33.0, height=33.0) if one.key == "code" else one
        for one in sheet.blanks
    )
    clinic = replace(ROYAL, url=f"https://example.org/{'a' * 170}")
    data, diagnostics = filled(replace(sheet, blanks=small), clinic)
    assert data == b""
    assert [(one.code, one.subject.field) for one in diagnostics] == [
        ("clinic-code", "url")
    ]


def test_a_changed_leaflet_is_not_filled_in(
    sheets: tuple[Sheet, ...], tmp_path: Path
) -> None:
    """Only the very bytes that were published are."""
    sheet = sheet_in(sheets, "en")
    other = tmp_path / "other.pdf"
    other.write_bytes(sheet.path.read_bytes() + b"%")
    data, diagnostics = filled(replace(sheet, path=other), ROYAL)
    assert data == b""
    assert [(one.code, one.subject.field) for one in diagnostics] == [
        ("clinic-form", "")
    ]


@pytest.mark.parametrize("norm", ["PDFUA-1", "PDFA-2A"])
def test_every_rule_holds_in_what_was_filled_in(
    sheets: tuple[Sheet, ...], tmp_path: Path, norm: str
) -> None:
    """veraPDF finds as little in a handout as in the leaflet: nothing."""
    paths = []
    for sheet in sheets:
        for clinic in (ROYAL, CAIRO, BEIJING):
            paths.append(tmp_path / f"{clinic.id}.{sheet.target.locale}.pdf")
            paths[-1].write_bytes(filled(sheet, clinic)[0])
    report = validate(paths, norm)
    assert report["files"] == 9
    assert report["failed"] == {}


def test_a_press_file_is_filled_in_with_black_ink(
    sheets: tuple[Sheet, ...],
) -> None:
    """No colour of a screen comes into a file for the press."""
    sheet = replace(sheet_in(sheets, "en"), press=True)
    data, diagnostics = filled(sheet, ROYAL)
    assert diagnostics == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        steps = [
            str(step.operator)
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page.obj.Contents[-1])
        ]
    assert "k" in steps
    assert {"rg", "RG", "g", "G", "cs", "CS"}.isdisjoint(steps)


def test_each_column_says_which_characters_no_font_has(
    sheets: tuple[Sheet, ...],
) -> None:
    """Each once, and a column that can be printed says nothing."""
    clinic = replace(
        ROYAL, name="A \U0001f3e5 \U0001f3e5", hours="\U0001f550 \U0001f3e5"
    )
    assert dict(missing_characters(sheet_in(sheets, "en"), clinic)) == {
        "name": ("\U0001f3e5",),
        "hours": ("\U0001f550", "\U0001f3e5"),
    }


def test_a_logo_that_is_too_coarse_is_about_its_column(
    sheets: tuple[Sheet, ...],
) -> None:
    """The form marks the logo, and nothing that was typed."""
    logo, _ = read_logo(png(60, 30), Location("clinics.csv", 2))
    _, diagnostics = filled(sheet_in(sheets, "en"), ROYAL, logo)
    assert [(one.code, one.subject.field) for one in diagnostics] == [
        ("clinic-logo", "logo")
    ]
