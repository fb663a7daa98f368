"""A clinic's own lines are printed into the published file, and nothing else changes."""

import io
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import link_fonts, run, validate
from leaflets.build.front import look
from leaflets.build.toolchain import toolchain
from leaflets.clinics.fill import Sheet, filled, form_of
from leaflets.clinics.handouts import sheets_of
from leaflets.clinics.list import ClinicText, read_clinics
from leaflets.pdf.read.raster import codes_seen
from leaflets.pdf.stamp.stamp import proves
from leaflets.sources.fonts import fonts_of
from tiny import write_project

HEAD = "id,name,phone,hours,address,interpreter,url,language,territory,locales\n"
ROYAL = ClinicText(
    "royal",
    "Royal Example Hospital",
    "+44 20 0000 0000",
    "Mon–Fri 9:00–17:00",
    "1 Example Street, Example Town",
    "Ask at the desk",
    "https://example.org/ms/{leaflet}",
)
CAIRO = ClinicText(
    "cairo", "مستشفى المثال", "+20 2 0000 0000", address="١ شارع المثال", language="ar"
)
BEIJING = ClinicText(
    "beijing",
    "示例医院神经内科",
    "+86 10 0000 0000",
    hours="周一至周五",
    language="zh-Hans",
)


@pytest.fixture(scope="module")
def sheets(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[tuple[Sheet, ...], Path]:
    """Build the tiny project once; its published files."""

    root = tmp_path_factory.mktemp("clinics") / "project"
    write_project(root)
    link_fonts(root)
    assert run(root, "build", "--workers", "1")[0] == 0
    fonts, _ = fonts_of(root)
    return sheets_of(root / "build", look(root), fonts, toolchain()), root


def sheet_in(sheets: tuple[tuple[Sheet, ...], Path], locale: str) -> Sheet:
    """Pick the file of a language."""
    return next(one for one in sheets[0] if one.target.locale == locale)


def text_of(data: bytes) -> str:
    """Read the text of all pages, as a program that copies does."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def told(data: bytes) -> list[str]:
    """List what the drawn lines say of themselves (/ActualText)."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "BDC" and isinstance(
                    step.operands[1], pikepdf.Dictionary
                ):
                    words = step.operands[1].get("/ActualText")
                    found.extend([str(words)] if words is not None else [])
    return found


@pytest.mark.parametrize("clinic", [ROYAL, CAIRO, BEIJING])
@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_every_line_is_in_the_file_as_given(
    sheets: tuple[tuple[Sheet, ...], Path], clinic: ClinicText, locale: str
) -> None:
    """Any clinic's script stands on any leaflet, word for word, in its order."""
    data, found = filled(sheet_in(sheets, locale), clinic)
    assert found == ()
    assert told(data) == [text for _, text in clinic.lines]


def test_a_reader_copies_the_lines(sheets: tuple[tuple[Sheet, ...], Path]) -> None:
    """Without /ActualText, too, the glyphs say what they are."""
    text = text_of(filled(sheet_in(sheets, "en"), ROYAL)[0])
    for _, words in ROYAL.lines:
        assert words in text
    chinese = text_of(filled(sheet_in(sheets, "en"), BEIJING)[0])
    assert "示例医院神经内科" in chinese


def test_the_rest_of_the_file_is_the_published_one(
    sheets: tuple[tuple[Sheet, ...], Path],
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


def test_a_changed_stream_is_no_proof(sheets: tuple[tuple[Sheet, ...], Path]) -> None:
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
    sheets: tuple[tuple[Sheet, ...], Path],
) -> None:
    """A telephone reads it from the page and from a copy; the note is gone."""
    sheet = sheet_in(sheets, "en")
    data, found = filled(sheet, ROYAL)
    assert found == ()
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


def test_equal_clinics_give_equal_bytes(sheets: tuple[tuple[Sheet, ...], Path]) -> None:
    """The bytes depend on leaflet and clinic only."""
    sheet = sheet_in(sheets, "zh_Hans")
    first, _ = filled(sheet, BEIJING)
    form_of.cache_clear()
    second, _ = filled(sheet, BEIJING)
    assert sha256(first).digest() == sha256(second).digest()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "Hospital" * 20}, "clinic-too-long"),
        ({"hours": " ".join(["Monday"] * 28)}, "clinic-too-long"),
        ({"name": "Clinic \U0001f3e5"}, "missing-glyph"),
    ],
)
def test_what_cannot_be_printed_is_told(
    sheets: tuple[tuple[Sheet, ...], Path], change: dict[str, str], code: str
) -> None:
    """Nothing is broken off, made too small, or left as a box: it is told."""
    data, found = filled(sheet_in(sheets, "en"), replace(ROYAL, **change))
    assert data == b""
    assert [one.code for one in found] == [code]


def test_a_code_that_copies_lose_is_told(
    sheets: tuple[tuple[Sheet, ...], Path],
) -> None:
    """A long address in a small place has modules that are too fine."""
    sheet = sheet_in(sheets, "en")
    small = tuple(
        replace(one, width=33.0, height=33.0) if one.key == "code" else one
        for one in sheet.blanks
    )
    clinic = replace(ROYAL, url=f"https://example.org/{'a' * 170}")
    data, found = filled(replace(sheet, blanks=small), clinic)
    assert (data, [one.code for one in found]) == (b"", ["clinic-code"])


def test_a_changed_leaflet_is_not_filled_in(
    sheets: tuple[tuple[Sheet, ...], Path], tmp_path: Path
) -> None:
    """Only the very bytes that were published are."""
    sheet = sheet_in(sheets, "en")
    other = tmp_path / "other.pdf"
    other.write_bytes(sheet.path.read_bytes() + b"%")
    data, found = filled(replace(sheet, path=other), ROYAL)
    assert (data, [one.code for one in found]) == (b"", ["clinic-form"])


@pytest.mark.parametrize("norm", ["PDFUA-1", "PDFA-2A"])
def test_every_rule_holds_in_what_was_filled_in(
    sheets: tuple[tuple[Sheet, ...], Path], tmp_path: Path, norm: str
) -> None:
    """veraPDF finds as little in a handout as in the leaflet: nothing."""
    paths = []
    for sheet in sheets[0]:
        for clinic in (ROYAL, CAIRO, BEIJING):
            paths.append(tmp_path / f"{clinic.id}.{sheet.target.locale}.pdf")
            paths[-1].write_bytes(filled(sheet, clinic)[0])
    told = validate(paths, norm)
    assert told["files"] == 9
    assert told["failed"] == {}


def test_a_press_file_is_filled_in_with_black_ink(
    sheets: tuple[tuple[Sheet, ...], Path],
) -> None:
    """No colour of a screen comes into a file for the press."""
    sheet = replace(sheet_in(sheets, "en"), press=True)
    data, found = filled(sheet, ROYAL)
    assert found == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        steps = [
            str(step.operator)
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page.obj.Contents[-1])
        ]
    assert "k" in steps
    assert {"rg", "RG", "g", "G", "cs", "CS"}.isdisjoint(steps)


LOCALES = ("en", "ar", "zh_Hans")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,Name,,,,,,,,", '"id" is not made of'),
        ("a,,,,,,,,,", "the clinic has no name"),
        ("a,Name,call us,,,,,,,", "is no telephone number"),
        ("a,Name,,,,,http://example.org,,,", "no address that begins with https"),
        ("a,Name,,,,,javascript:alert(1),,,", "no address that begins with https"),
        ("a,Name,,,,,,english!,,", "is no language tag"),
        ("a,Name,,,,,,,XX,", "no territory is called"),
        ("a,Name,,,,,,,,xx", 'the project has no language "xx"'),
        ("a,Na\u202eme,,,,,,,,", "holds U+202E"),
        ("a,Na\u0000me,,,,,,,,", "holds U+0000"),
        (f"a,{'n' * 201},,,,,,,,", "more than 200 characters"),
        ("a,Name", "there are 2 fields, and 10 columns"),
        ("../a,Name,,,,,,,,", '"id" is not made of'),
    ],
)
def test_a_bad_row_is_told_at_its_line(row: str, words: str) -> None:
    """The row is left out, and the others are read."""
    data = f"{HEAD}good,Good,,,,,,,,\n{row}\n".encode()
    clinics, found = read_clinics(data, "clinics.csv", LOCALES)
    assert [one.id for one in clinics] == ["good"]
    assert [(str(one.location), one.code) for one in found] == [
        ("clinics.csv:3", "clinic-file")
    ]
    assert words in found[0].message


def test_the_same_clinic_twice_is_told() -> None:
    """Its files would take each other's place."""
    data = f"{HEAD}a,One,,,,,,,,\na,Two,,,,,,,,\n".encode()
    clinics, found = read_clinics(data, "clinics.csv", LOCALES)
    assert [one.name for one in clinics] == ["One"]
    assert "another clinic" in found[0].message


def test_toml_says_the_same_as_csv() -> None:
    """Tables and rows give equal clinics."""
    table = b'[[clinic]]\nid = "a"\nname = "One"\nlocales = ["ar", "en"]\n'
    row = b"id,name,locales\na,One,ar en\n"
    one, none = read_clinics(table, "clinics.toml", LOCALES)
    two, nothing = read_clinics(row, "clinics.csv", LOCALES)
    assert none == nothing == ()
    assert replace(one[0], location=two[0].location) == two[0]


def test_a_bad_table_is_told_at_its_line() -> None:
    """The line is that of the table's head."""
    data = b'[[clinic]]\nid = "a"\nname = "One"\n\n[[clinic]]\nid = "b"\nfax = "1"\n'
    clinics, found = read_clinics(data, "clinics.toml", LOCALES)
    assert [one.id for one in clinics] == ["a"]
    assert {str(one.location) for one in found} == {"clinics.toml:5"}


@given(st.binary(max_size=300), st.sampled_from(["c.csv", "c.toml"]))
def test_no_list_makes_a_traceback(data: bytes, path: str) -> None:
    """Whatever is given is read or told."""
    read_clinics(HEAD.encode() + data, path, LOCALES)
    read_clinics(data, path, LOCALES)


def test_the_command_prints_every_clinic(
    sheets: tuple[tuple[Sheet, ...], Path], tmp_path: Path
) -> None:
    """Each clinic has its folder, its languages, and a list of digests."""
    root = sheets[1]
    path = tmp_path / "clinics.csv"
    path.write_text(
        f"{HEAD}royal,Royal,1,,,,,en,GB,en ar\ncairo,مستشفى,2,,,,,ar,,\n"
        "third,Third,3,,,,,en,,zh_Hans\n",
        encoding="utf-8",
    )
    code, output = run(root, "clinics", str(path), "--format", "json", "--workers", "2")
    assert code == 0, output
    files = {one["path"]: one["sha256"] for one in json.loads(output)["files"]}
    assert sorted(files) == [
        "cairo/ar/tiny.sheet.A4.pdf",
        "cairo/en/tiny.sheet.A4.pdf",
        "cairo/zh_Hans/tiny.sheet.A4.pdf",
        "royal/ar/tiny.sheet.A4.pdf",
        "royal/en/tiny.sheet.A4.pdf",
        "third/zh_Hans/tiny.sheet.A4.pdf",
    ]
    folder = root / "build/clinics"
    listed = (folder / "SHA256SUMS").read_text().splitlines()
    assert listed == sorted(
        (f"{digest}  {name}" for name, digest in files.items()),
        key=lambda line: line.split()[1],
    )
    for name, digest in files.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest
    assert run(root, "verify", "--files-only")[0] == 0


def test_nothing_built_is_told(project: Path, tmp_path: Path) -> None:
    """Leaflets are built before clinics are printed into them."""
    path = tmp_path / "clinics.csv"
    path.write_text("id,name\na,One\n")
    code, output = run(project, "clinics", str(path))
    assert (code, "[clinic-form]" in output) == (1, True)
