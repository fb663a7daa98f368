"""A clinic's logo is printed beside its name, or it is told why not."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageFile

from desk import ROOT, run, validate
from images import png
from leaflets.build.limited import Limits, Stopped, Worker, open_workers
from leaflets.clinics import logo as module
from leaflets.clinics.fill import Sheet, filled, form_of
from leaflets.clinics.list import ClinicText, read_clinics
from leaflets.clinics.logo import COLUMN, logo_file, read_logo, read_logo_apart
from leaflets.diagnostics import Location
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.read.raster import Pixels, page_image
from leaflets.pdf.stamp.logo import extent
from leaflets.pdf.stamp.stamp import proves
from samples import PATIENCE

HERE = Location("clinics.csv", 2)
SHAPES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 12">{}'
    '<rect width="12" height="12" fill="#c00"/><circle cx="26" cy="6" r="6"/></svg>'
)
DOCTYPE = f"<!DOCTYPE svg []>{SHAPES.format('')}"
REPEATED = SHAPES.format('<linearGradient id="g" spreadMethod="repeat"/>')


def fan(levels: int) -> str:
    """Draw shapes that draw ten others each."""
    parts = ['<g id="u0"/>']
    for level in range(levels):
        uses = f'<use href="#u{level}"/>' * 10
        parts.append(f'<g id="u{level + 1}">{uses}</g>')
    return "".join(parts)


NAMED = ClinicText(id="one", name="Example Hospital", logo="logo.svg")


def pixels(data: bytes) -> Pixels:
    """Read a logo that is right."""
    logo, diagnostics = read_logo(data, HERE)
    assert diagnostics == ()
    assert logo is not None
    return logo


@pytest.fixture(scope="module", autouse=True)
def _fonts() -> None:
    """Choose the fonts before anything is drawn in this process."""
    use_fonts(ROOT / "build" / "fonts.conf")


def test_what_is_clear_is_white() -> None:
    """Alpha is flattened, so that no viewer and no press has to."""
    made = pixels(png(4, 2))
    assert made.colour[:3] == bytes((204, 0, 0))
    assert made.colour[-3:] == b"\xff\xff\xff"
    assert len(made.grey) == 8


def test_an_svg_is_drawn_sharp() -> None:
    """At 600 pixels an inch across 50 mm, whatever its own units."""
    made = pixels(SHAPES.format("").encode())
    assert (made.width, made.height) == (1182, 355)
    assert made.colour[:3] == bytes((204, 0, 0))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GIF89a", "neither PNG nor SVG"),
        (b"\x89PNG\r\n\x1a\nbroken", "cannot be read as PNG"),
        (png()[:400], "cannot be read as PNG"),
        (png(900, 10), "one side is more than"),
        (png(ink="#eeeeee"), "nothing in it would be seen"),
        (png(4001, 1000), "larger than 4000 pixels"),
        (b"\x89PNG" + bytes(2_000_001), "more than 2,000,000 bytes"),
        (b"<svg/>", "neither PNG nor SVG"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SHAPES.encode(), "document type"),
        (DOCTYPE.encode("utf-16"), "not UTF-8 text"),
        (SHAPES.format(" " * 300_000).encode(), "more than 300,000 bytes"),
        (SHAPES.format(f"<style>{' ' * 20_001}</style>").encode(), "stylesheet"),
        (SHAPES.format("<g/>" * 4_998).encode(), "more than 5,000 shapes"),
        (SHAPES.format("<g>" * 40 + "</g>" * 40).encode(), "more than 40 deep"),
        (SHAPES.format(fan(7)).encode(), "more than 5,000 shapes"),
        (SHAPES.format('<g id="a"><use href="#a"/></g>').encode(), "draws itself"),
        (SHAPES.format('<g id="a" clip-path="url(#a)"/>').encode(), "draws itself"),
        (SHAPES.format('<path d="M0 0---1"/>').encode(), "signs without numbers"),
        (SHAPES.format("<pattern/>").encode(), "a pattern"),
        (SHAPES.format("<mask/>").encode(), "a mask"),
        (SHAPES.format("<marker/>").encode(), "a marker"),
        (SHAPES.format("<filter/>").encode(), "a filter"),
        (REPEATED.encode(), "gradient is repeated"),
        (SHAPES.format("<text>Hospital</text>").encode(), "turn the letters"),
        (SHAPES.format("<script>alert(1)</script>").encode(), "a program"),
        (SHAPES.format('<image href="file:///etc/passwd"/>').encode(), "picture"),
        (SHAPES.format('<use href="https://example.org/a.svg#b"/>').encode(), "asks"),
        (SHAPES.format("<style>@import 'x.css'</style>").encode(), "asks"),
        (SHAPES.format('<g fill="url(http://example.org)"/>').encode(), "asks"),
        (SHAPES.format('<g onclick="a()"/>').encode(), "asks"),
        (SHAPES.replace("0 0 40 12", "0 0 0 12").encode(), "no size"),
        (SHAPES.replace("viewBox", "view").encode(), "no viewBox"),
        (SHAPES.replace("0 0 40 12", "0 0 900 12").encode(), "one side"),
    ],
)
def test_what_cannot_be_printed_is_told(data: bytes, words: str) -> None:
    """With the place in the list; nothing is opened and nothing fetched."""
    made, found = read_logo(data, HERE)
    assert made is None
    assert [(one.code, one.location, one.subject) for one in found] == [
        ("clinic-logo", HERE, COLUMN)
    ]
    assert words in found[0].message


@pytest.mark.parametrize(
    "inside",
    [
        fan(2),
        "<g/>" * 4_997,
        "<g>" * 39 + "</g>" * 39,
        f"<style>{' ' * 20_000}</style>",
        '<linearGradient id="g" spreadMethod="pad"/><g fill="url(#g)"/>',
    ],
)
def test_shapes_up_to_the_limit_are_drawn(inside: str) -> None:
    """One that is not too much stands against nothing."""
    assert pixels(SHAPES.format(inside).encode()).width == 1182


@pytest.mark.parametrize("truncated", [True, False])
def test_a_picture_is_judged_whatever_was_done_before(
    truncated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The typesetter has Pillow accept what is cut off, in the whole process."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", truncated)
    whole = png()
    start = whole.index(b"IDAT")
    length = int.from_bytes(whole[start - 4 : start])
    short = whole[: start + 4 + length // 2]
    for data in (short, whole[:100], whole[:29] + b"\0\0\0\0sRGB" + whole[37:]):
        assert "cannot be read as PNG" in read_logo(data, HERE)[1][0].message
    assert read_logo(whole, HERE)[1] == ()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is truncated


def test_only_files_beside_the_list_are_read(tmp_path: Path) -> None:
    """A link out of the folder is no way out of it either."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "other.png").write_bytes(png())
    (home / "link.png").symlink_to(tmp_path / "other.png")
    (home / "own.png").write_bytes(png())
    assert logo_file("own.png", home, HERE)[1] == ()
    for path in ("link.png", "none.png"):
        _, diagnostics = logo_file(path, home, HERE)
        assert [(one.code, one.subject) for one in diagnostics] == [
            ("clinic-logo", COLUMN)
        ]
    row = b"id,name,logo\na,One,../other.png\nb,Two,own.png\n"
    clinics, found = read_clinics(row, "clinics.csv", (), "en")
    assert [one.id for one in clinics] == ["b"]
    assert [str(one.location) for one in found] == ["clinics.csv:2"]


@pytest.mark.parametrize("data", [png(), SHAPES.format("").encode()])
def test_it_stands_beside_the_name(sheets: tuple[Sheet, ...], data: bytes) -> None:
    """Red is seen at the far end of the name's line, and nothing else changed."""
    logo = pixels(data)
    for sheet in sheets:
        made, found = filled(sheet, NAMED, logo)
        assert found == ()
        form = form_of(sheet, code=False)
        assert proves(form, made, 6)
        room = form.room
        wide, high = extent(logo, room)
        left = room.left + (room.width - wide if room.at_right else 0)
        dot = 100 / 25.4
        image = page_image(made, room.page + 1, 100)
        x, y = left + wide * 0.1, room.top + room.height / 2
        colour = image.getpixel((round(x * dot), round(y * dot)))
        assert isinstance(colour, tuple)
        assert colour[0] > 180
        assert colour[1] < 30
        assert sheet.right_to_left is (left < 105)
        assert max(wide, high) >= 8


def test_a_small_picture_is_told(sheets: tuple[Sheet, ...]) -> None:
    """A picture from a web page is too coarse to print."""
    data, found = filled(sheets[0], NAMED, pixels(png(60, 30)))
    assert (data, [one.code for one in found]) == (b"", ["clinic-logo"])
    assert "200 pixels an inch" in found[0].hint


def test_a_name_keeps_clear_of_it(sheets: tuple[Sheet, ...]) -> None:
    """A name that would run into the logo is told, in millimetres."""
    long = replace(
        NAMED,
        name="Example Hospital for Neurology, Neurosurgery and Rehabilitation, Town",
    )
    assert filled(sheets[0], long)[1] == ()
    found = filled(sheets[0], long, pixels(png()))[1]
    assert [one.code for one in found] == ["clinic-too-long"]


def test_the_press_has_it_in_black_ink(sheets: tuple[Sheet, ...]) -> None:
    """No colour reaches a file for the press."""
    made, found = filled(replace(sheets[0], press=True), NAMED, pixels(png()))
    assert found == ()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pictures = [
            one
            for page in pdf.pages
            for one in page.obj.Resources.get("/XObject", {}).values()
        ]
    assert pikepdf.Name.DeviceGray in [one.get("/ColorSpace") for one in pictures]
    assert pikepdf.Name.DeviceRGB not in [one.get("/ColorSpace") for one in pictures]


def test_every_rule_holds_with_it(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A-2a, as veraPDF reads them."""
    paths = []
    for sheet in sheets:
        paths.append(tmp_path / f"{sheet.target.locale}.pdf")
        paths[-1].write_bytes(filled(sheet, NAMED, pixels(png()))[0])
    assert validate(paths)["failed"] == {}
    assert validate(paths, "PDFA-2A")["failed"] == {}


def test_the_command_prints_it(sheets: tuple[Sheet, ...], tmp_path: Path) -> None:
    """A list with a logo beside it; one that cannot be read stops its clinic only."""
    root = sheets[0].path.parents[2]
    (tmp_path / "red.png").write_bytes(png())
    (tmp_path / "bad.svg").write_bytes(b"none")
    # Pillow raises an IndexError for it where it accepts what is cut off.
    (tmp_path / "cut.png").write_bytes(png()[:33] + b"\0\0\0\0sRGB" + png()[33:])
    table = tmp_path / "clinics.csv"
    rows = ("id,name,logo", "cut,Three,cut.png", "bad,Two,bad.svg", "good,One,red.png")
    table.write_text("\n".join(rows))
    code, output = run(root, "clinics", str(table), "--workers", "1")
    assert code == 1
    assert "clinics.csv:2: error: the logo cannot be printed" in output
    assert "clinics.csv:3: error: the logo cannot be printed" in output
    assert list((root / "build/clinics/good").rglob("*.pdf"))
    assert not (root / "build/clinics/bad").exists()
    assert not (root / "build/clinics/cut").exists()
    assert (root / "build/clinics/SHA256SUMS").is_file()


def test_a_logo_that_takes_too_long_is_told_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What no counting foresees is ended with its process."""
    path = "M0 0" + "A1 2 30 1 1 3 4" * 19_000
    slow = SHAPES.format(f'<path d="{path}"/>').encode()
    monkeypatch.setattr(module, "LOGO_LIMITS", Limits(seconds=PATIENCE, cpu=1))
    with open_workers(1, memory=module.LOGO_MEMORY) as (worker,):
        assert read_logo_apart(worker, png(), HERE)[1] == ()
        made, (finding,) = read_logo_apart(worker, slow, HERE)
        assert made is None
        assert (finding.code, finding.subject) == ("clinic-logo", COLUMN)
        assert "seconds to draw" in finding.message
        assert read_logo_apart(worker, png(), HERE)[1] == ()


@pytest.mark.parametrize("reason", ["memory", "died", "crash"])
def test_whatever_ends_the_reader_is_a_finding(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """About the logo, in words."""
    monkeypatch.setattr(module, "run_limited", lambda *_: Stopped(reason, "KeyError"))
    made, (finding,) = read_logo_apart(Worker(), png(), HERE)
    assert made is None
    assert (finding.code, finding.location) == ("clinic-logo", HERE)


def test_the_largest_picture_fits_the_memory_of_a_reader() -> None:
    """The limit is for what no logo takes."""
    with open_workers(1, memory=module.LOGO_MEMORY) as (worker,):
        made, found = read_logo_apart(worker, png(4000, 4000), HERE)
    assert found == ()
    assert made
    assert (made.width, made.height) == (4000, 4000)
