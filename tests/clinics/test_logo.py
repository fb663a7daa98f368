"""A clinic's logo is printed beside its name, or it is told why not."""

import io
import zlib
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
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SHAPES.encode(), "DOCTYPE"),
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
    table = tmp_path / "clinics.csv"
    table.write_text("id,name,logo\ngood,One,red.png\nbad,Two,bad.svg\n")
    code, output = run(root, "clinics", str(table), "--workers", "1")
    assert code == 1
    assert "clinics.csv:3" in output
    assert "clinic-logo" in output
    assert list((root / "build/clinics/good").rglob("*.pdf"))
    assert not (root / "build/clinics/bad").exists()


def fan(depth: int, by: int) -> bytes:
    """Draw a square as often as `by` to the power of `depth`."""
    rings = "".join(
        f'<g id="u{number}">{f"""<use href="#u{number - 1}"/>""" * by}</g>'
        for number in range(1, depth + 1)
    )
    square = '<g id="u0"><rect width="9" height="9"/></g>'
    return SHAPES.format(
        f'<defs>{square}{rings}</defs><use href="#u{depth}"/>'
    ).encode()


GRADIENT = (
    '<{kind}Gradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="0.000001"'
    ' spreadMethod="{spread}"><stop offset="0"/><stop offset="1" stop-color="#fff"/>'
    '</{kind}Gradient><rect width="9" height="9" fill="url(#g)"/>'
)
ITSELF = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
NESTED = "".join(
    f'<mask id="m{n}">{f"""<rect mask="url(#m{n - 1})"/>""" * 10}</mask>'
    for n in range(1, 7)
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (fan(7, 10), "draws more than 5,000 shapes"),
        (fan(10, 10), "draws more than 5,000 shapes"),
        (SHAPES.format("<g/>" * 5001).encode(), "draws more than 5,000 shapes"),
        (SHAPES.format(NESTED).encode(), "draws more than 5,000 shapes"),
        (SHAPES.format(ITSELF).encode(), "draws itself"),
        (
            SHAPES.format('<use href="#a"/><g id="a"><use href="#a"/></g>').encode(),
            "it",
        ),
        (
            SHAPES.format(GRADIENT.format(kind="linear", spread="repeat")).encode(),
            "rep",
        ),
        (
            SHAPES.format(GRADIENT.format(kind="radial", spread="reflect")).encode(),
            "rep",
        ),
        (SHAPES.format('<pattern id="p"/>').encode(), "pattern"),
        (SHAPES.format('<marker id="p"/>').encode(), "marker"),
        (
            SHAPES.format("<style>g{mask:url(#m)}</style><mask id='m'/>").encode(),
            "more than colours",
        ),
        (SHAPES.format("").encode("utf-16"), "neither PNG nor SVG"),
        (SHAPES.format(f"<style>{'g{fill:red}' * 501}</style>").encode(), "too long"),
        (
            SHAPES.format(f"<style>g{',g' * 500}{{fill:red}}</style>").encode(),
            "too long",
        ),
        (SHAPES.format(f"<style>{'g{fill:red}' * 500}</style>").encode(), ""),
        (SHAPES.format(f"<!--{'x' * 400_000}-->").encode(), "more than 400,000 bytes"),
        (SHAPES.format(f"<!--{'x' * 399_000}-->").encode(), ""),
        (SHAPES.format("<g>" * 60 + "</g>" * 60).encode(), "deep"),
        (b'<?xml version="1.0" encoding="cp037"?>' + SHAPES.format("").encode(), ""),
    ],
)
def test_what_would_be_drawn_without_end_is_refused_before(
    data: bytes, words: str
) -> None:
    """By counting; what is drawn once less is drawn."""
    found = read_logo(data, HERE)[1]
    assert words in "".join(diagnostic.message for diagnostic in found)
    assert bool(words) is bool(found)


@pytest.mark.parametrize(
    "shapes",
    [
        "<g/>" * 900,
        '<use href="#a"/>' * 9 + '<g id="a"><rect width="1" height="1"/></g>',
        GRADIENT.format(kind="linear", spread="pad"),
        "<style>.a{fill:url(#g)}</style><linearGradient id='g'/>",
    ],
)
def test_what_is_drawn_in_the_end_is_a_logo(shapes: str) -> None:
    """Shapes that are used again, gradients that end, colours by a style sheet."""
    assert read_logo(SHAPES.format(shapes).encode(), HERE)[1] == ()


def chunk(kind: bytes, data: bytes) -> bytes:
    """Write a part of a PNG, with its checksum."""
    crc = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + crc


@pytest.mark.parametrize(
    "part",
    [
        chunk(b"sRGB", b""),
        chunk(b"pHYs", b"\x00"),
        chunk(b"cHRM", b"\x00" * 3),
        chunk(b"iCCP", b"x"),
        chunk(b"gAMA", b""),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_broken_picture_is_told_whatever_went_before(
    part: bytes, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The typesetter makes Pillow lenient; a logo is judged alike all the same."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    whole = png()
    head = len(b"\x89PNG\r\n\x1a\n") + 25
    results = [
        read_logo(whole[:head] + part + whole[head:], HERE),
        read_logo(whole[:-30], HERE),
    ]
    assert [bool(diagnostics) for _, diagnostics in results] == [True, True]
    assert lenient is ImageFile.LOAD_TRUNCATED_IMAGES
    assert read_logo(whole, HERE)[1] == ()


def test_a_logo_that_takes_too_long_is_told_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What no counting foresees is ended with its process."""
    path = "M0 0" + "A1 2 30 1 1 3 4" * 26_000
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
