"""Files for print shops: PDF/X-4 in ink, with boxes and profile, the same each time."""

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from math import dist
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from leaflets.diagnostics import LeafletsError, Location
from leaflets.pages.composition import Asset
from leaflets.pdf.engine.render import render, use_fonts
from leaflets.pdf.write.cmyk import colour_spaces
from leaflets.pdf.write.pdfx import to_press
from leaflets.pdf.write.save import saved
from typesetting import ROOT, SHOP, page

PROFILES = {"fogra39": "FOGRA39", "fogra29": "FOGRA29", "tr006": "CGATS TR 006"}
PROFILE = ROOT / "profiles" / "fogra39.icc"
PT = 72 / 25.4
CSS = """
@page { bleed: 3mm; background: device-cmyk(0.1 0 0.05 0) }
html { color: device-cmyk(0 0 0 1) }
h1 { border-bottom: 1pt solid device-cmyk(0.95 0.45 0.4 0.3); bookmark-level: 1 }
.box { background: device-cmyk(0.15 0.05 0.05 0); opacity: 0.5 }
a { color: inherit }
"""
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90">
<path fill="device-cmyk(0.95 0.45 0.4 0.3)" d="M0 0h9v9"/></svg>"""
BODY = """<h1>Words</h1><p id="p1" data-passage>Words
<a href="https://example.org/">that lead away</a>, <a href="#p2">and on</a>.</p>
<div class="box"><p id="p2">In a box</p></div><img src="asset:a.svg" alt="A">"""


@cache
def written(css: str = "", body: str = BODY, svg: bytes = SVG) -> bytes:
    """Set a page as the engine writes it for a press."""
    use_fonts(ROOT / "build" / "fonts.conf")
    made = page(body=body, css=CSS + css)
    dates = "".join(
        f'<meta name="dcterms.{one}" content="2026-01-02T03:04:05Z">'
        for one in ("created", "modified")
    )
    html = made.html.replace("<title>", f"{dates}<title>")
    assets = (Asset("a.svg", "image/svg+xml", svg),)
    return render(replace(made, html=html, assets=assets, shop=SHOP)).data


def opened(**changes: Any) -> pikepdf.Pdf:
    """Open what the engine wrote."""
    return pikepdf.open(io.BytesIO(written(**changes)))


def pressed(**changes: Any) -> bytes:
    """Make a file for the press."""
    pdf = opened(**changes)
    to_press(pdf, SHOP, PROFILE.read_bytes(), "A title & more")
    return saved(pdf)


@pytest.fixture
def made() -> pikepdf.Pdf:
    """Read a file for the press again."""
    return pikepdf.open(io.BytesIO(pressed()))


def operators(stream: Any) -> list[str]:
    """List a stream's instructions, operands first."""
    return [
        " ".join([*map(str, one.operands), str(one.operator)])
        for one in pikepdf.parse_content_stream(stream)
    ]


# The printing condition


def test_the_file_names_one_printing_condition(made: pikepdf.Pdf) -> None:
    """There is one output intent, with the name that the registry gives."""
    (intent,) = made.Root.OutputIntents
    assert Name("/GTS_PDFX") == intent.S
    assert str(intent.OutputConditionIdentifier) == "FOGRA39"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert "135 g/m²" in str(intent.Info)


def test_the_profile_is_embedded_whole(made: pikepdf.Pdf) -> None:
    """The destination profile is the shop's, four inks, compressed."""
    profile = made.Root.OutputIntents[0].DestOutputProfile
    assert profile.read_bytes() == PROFILE.read_bytes()
    assert profile.N == 4
    assert profile.Filter == Name.FlateDecode


def test_a_profile_of_a_screen_is_refused() -> None:
    """A profile that is not of a CMYK press is told at its file."""
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pytest.raises(LeafletsError) as caught:
        to_press(opened(), SHOP, screen, "A")
    (one,) = caught.value.diagnostics
    assert (one.code, one.location.path) == ("press-profile", "profiles/fogra39.icc")


@pytest.mark.parametrize("name", PROFILES)
def test_our_profiles_are_of_presses(name: str) -> None:
    """Each profile is a CMYK output profile whose description names its condition."""
    about = ImageCms.getOpenProfile(str(ROOT / "profiles" / f"{name}.icc")).profile
    assert about.device_class == "prtr"
    assert about.xcolor_space.strip() == "CMYK"
    assert about.profile_description.startswith(PROFILES[name])


@pytest.mark.parametrize("name", ["fogra39", "tr006"])
def test_our_profiles_know_their_inks(name: str) -> None:
    """Solid inks on coated paper are the colours that ISO 12647-2 asks for.

    Cyan, magenta, yellow and black, measured on white, within a difference of 5.
    So a profile made from the wrong measurements, or with inks exchanged, is found.
    """
    ours = ImageCms.getOpenProfile(str(ROOT / "profiles" / f"{name}.icc"))
    lab = ImageCms.createProfile("LAB", 5000)
    solids = bytes(255 * (ink == one) for one in range(4) for ink in range(4))
    inks = Image.frombytes("CMYK", (4, 1), solids)
    absolute = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    look = ImageCms.profileToProfile(
        inks, ours, lab, renderingIntent=absolute, outputMode="LAB"
    )
    assert look is not None
    wanted = [(55, -37, -50), (48, 74, -3), (89, -5, 93), (16, 0, 0)]
    for at, want in enumerate(wanted):
        light, a, b = look.getpixel((at, 0))
        # Eight bits: lightness to 255, the others from 128.
        found = (light / 2.55, a - 128, b - 128)
        assert dist(found, want) < 5


@pytest.mark.parametrize("name", PROFILES)
def test_our_profiles_are_the_recorded_ones(name: str) -> None:
    """README.md gives the checksum of each profile."""
    data = (ROOT / "profiles" / f"{name}.icc").read_bytes()
    assert sha256(data).hexdigest() in (ROOT / "profiles" / "README.md").read_text()


@pytest.mark.parametrize("name", PROFILES)
def test_no_colour_gets_more_ink_than_shops_allow(name: str) -> None:
    """Every colour of a screen becomes at most 280 percent of ink (and rounding)."""
    steps = range(0, 256, 17)
    colours = bytes(
        one for r in steps for g in steps for b in steps for one in (r, g, b)
    )
    image = Image.frombytes("RGB", (16, 256), colours)
    ours = ImageCms.getOpenProfile(str(ROOT / "profiles" / f"{name}.icc"))
    screen = ImageCms.createProfile("sRGB")
    for intent in (
        ImageCms.Intent.PERCEPTUAL,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    ):
        inks = ImageCms.profileToProfile(
            image, screen, ours, renderingIntent=intent, outputMode="CMYK"
        )
        assert inks is not None
        data = inks.tobytes()
        most = max(sum(data[at : at + 4]) for at in range(0, len(data), 4))
        assert most / 255 * 100 <= 284


# What the file says of itself


def xmp(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Read the metadata with pikepdf's own reader."""
    with pdf.open_metadata(False, False) as metadata:
        return {key: str(value) for key, value in metadata.items()}


def test_the_file_says_that_it_is_pdf_x_4(made: pikepdf.Pdf) -> None:
    """The conformance stands in the metadata, and older keys stand nowhere."""
    told = xmp(made)
    assert told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
    assert "{http://ns.adobe.com/pdfx/1.3/}GTS_PDFXVersion" not in told
    assert "/GTS_PDFXVersion" not in made.docinfo
    assert made.pdf_version == "1.6"


def test_dates_and_title_are_told_alike(made: pikepdf.Pdf) -> None:
    """Docinfo and metadata give the composition's dates, title and trapping."""
    told = xmp(made)
    ns = "{http://ns.adobe.com/xap/1.0/}"
    for key in ("CreateDate", "ModifyDate", "MetadataDate"):
        assert told[ns + key] == "2026-01-02T03:04:05Z"
    assert str(made.docinfo["/CreationDate"]) == "D:20260102030405Z"
    assert str(made.docinfo["/ModDate"]) == "D:20260102030405Z"
    assert told["{http://purl.org/dc/elements/1.1/}title"] == "A title & more"
    assert str(made.docinfo["/Title"]) == "A title & more"
    assert told["{http://ns.adobe.com/pdf/1.3/}Trapped"] == "False"
    assert made.docinfo["/Trapped"] == Name("/False")


def test_metadata_can_be_read_without_the_file(made: pikepdf.Pdf) -> None:
    """The metadata stands in plain text, as scanners of files look for it."""
    assert "/Filter" not in made.Root.Metadata
    assert b"pdfxid:GTS_PDFXVersion>PDF/X-4<" in pressed()


def test_identifiers_depend_on_the_content() -> None:
    """Another word or title is another document; the same are the same."""

    def identifier(body: str, title: str) -> str:
        pdf = opened(body=body)
        to_press(pdf, SHOP, PROFILE.read_bytes(), title)
        return xmp(pdf)["{http://ns.adobe.com/xap/1.0/mm/}DocumentID"]

    first = identifier(BODY, "A")
    assert re.fullmatch(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{21}", first)
    assert first == identifier(BODY, "A")
    assert len({first, identifier(BODY, "B"), identifier("<p>C</p>", "A")}) == 3


def test_a_file_without_dates_is_refused() -> None:
    """No date is made up: without one there is no file."""
    pdf = opened()
    del pdf.docinfo["/ModDate"]
    with pytest.raises(ValueError, match="/ModDate"):
        to_press(pdf, SHOP, PROFILE.read_bytes(), "A")


def test_two_processes_write_equal_bytes() -> None:
    """Neither process, hash seed nor clock leaves a trace."""
    code = "import test_pdfx as t; print(t.sha256(t.pressed()).hexdigest())"
    folders = os.pathsep.join(
        [str(Path(__file__).parent), str(ROOT / "tests"), str(ROOT / "src")]
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": folders},
            cwd=Path(ROOT),
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert sums == {sha256(pressed()).hexdigest()}


# Boxes


def test_boxes_are_nested(made: pikepdf.Pdf) -> None:
    """The trim is A4, the bleed 3 mm more on each side and inside the media."""
    (only,) = made.pages
    media, bleed, trim = (
        [float(one) for one in only.obj[key]]
        for key in ("/MediaBox", "/BleedBox", "/TrimBox")
    )
    assert trim[2] - trim[0] == pytest.approx(210 * PT, abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(297 * PT, abs=0.01)
    for at, sign in enumerate((-1, -1, 1, 1)):
        assert bleed[at] - trim[at] == pytest.approx(sign * 3 * PT, abs=0.01)
        assert sign * (media[at] - bleed[at]) >= 0
    assert not {"/CropBox", "/ArtBox"} & set(only.obj.keys())


def test_a_page_without_bleed_is_refused() -> None:
    """A shop that wants more bleed than the page has does not get it cut short."""
    shop = replace(SHOP, bleed=5.0)
    with pytest.raises(ValueError, match="no room for a bleed of 5"):
        to_press(opened(), shop, PROFILE.read_bytes(), "A")


def test_room_for_marks_stays() -> None:
    """A media box that is larger, for marks, is kept; a crop box is not."""
    pdf = opened()
    whole = [-40, -40, 650, 900]
    pdf.pages[0].obj.MediaBox = Array(whole)
    pdf.pages[0].obj.CropBox = Array(whole)
    to_press(pdf, SHOP, PROFILE.read_bytes(), "A")
    assert [float(one) for one in pdf.pages[0].obj.MediaBox] == whole
    assert float(pdf.pages[0].obj.BleedBox[0]) == pytest.approx(-3 * PT, abs=0.01)
    assert "/CropBox" not in pdf.pages[0].obj


# Ink


def test_everything_is_painted_in_ink(made: pikepdf.Pdf) -> None:
    """Text, boxes, translucent ones and drawings use CMYK and nothing else."""
    assert colour_spaces(made) == {"DeviceCMYK"}


def test_unused_colour_spaces_are_taken_out(made: pikepdf.Pdf) -> None:
    """The engine offers two others to every page; a shop would ask what for."""
    before = opened()
    assert len(before.pages[0].resources.ColorSpace.keys()) == 2
    assert not made.pages[0].resources.ColorSpace.keys()


def test_light_is_seen_before_it_is_ink() -> None:
    """What the engine writes by itself, before `to_press`, has RGB in it."""
    assert "DeviceRGB" in colour_spaces(opened(css="html { color: black }"))


def test_text_is_printed_in_black_alone() -> None:
    """Each piece of text is drawn with 0 0 0 1, also where CSS says only black."""
    for css in ("", "html { color: black }"):
        pdf = pikepdf.open(io.BytesIO(pressed(css=css)))
        colour, seen = "", set()
        for one in operators(pdf.pages[0]):
            if one.endswith((" k", " scn")):
                colour = " ".join(f"{float(part):g}" for part in one.split()[:-1])
            elif one.endswith(" TJ"):
                seen.add(colour)
        assert seen == {"0 0 0 1"}


@given(grey=st.decimals(0, 1, places=3))
def test_grey_becomes_so_much_black(grey: Any) -> None:
    """Grey, black and white become black ink, as dark as they were; nothing else."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    body = f"{grey} g {grey} G 0 0 0 rg 1 1 1 RG 0.1 0.2 0.3 0.4 k 0 0 9 9 re f"
    pdf.pages[0].obj.Contents = pdf.make_stream(body.encode())
    with pikepdf.open(io.BytesIO(pressed_of(pdf))) as read:
        found = [one.split() for one in operators(read.pages[0])][2:]
    assert [one[-1] for one in found] == ["k", "K", "k", "K", "k", "re", "f"]
    black = [[float(part) for part in one[:-1]] for one in found[:5]]
    assert black[0] == black[1] == [0, 0, 0, pytest.approx(1 - float(grey))]
    assert black[2:] == [[0, 0, 0, 1], [0, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]]


def pressed_of(pdf: pikepdf.Pdf) -> bytes:
    """Make a file for the press of pages that no engine wrote."""
    for one in pdf.pages:
        one.obj.TrimBox = Array([0, 0, 100, 100])
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = pikepdf.String("D:20260102030405+01'00")
    shop = replace(SHOP, bleed=0.0)
    to_press(pdf, shop, PROFILE.read_bytes(), "A", Location("templates/a.css"))
    return saved(pdf)


def test_a_page_begins_in_black(made: pikepdf.Pdf) -> None:
    """What is painted before any colour is set is not grey but black ink."""
    assert operators(made.pages[0])[:2] == ["0 0 0 1 k", "0 0 0 1 K"]


RED = """<</ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 9 9] /Function
<</FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [1 1 1] /N 1>>>>"""
LAB = "<</ColorSpace <</L [/Lab <</WhitePoint [1 1 1]>>]>>>>"
LIGHTS = {
    "page": ("1 0 0 rg 0 0 9 9 re f", "<<>>"),
    "stroke": ("0.5 0.5 0.5 RG 0 0 m 9 9 l S", "<<>>"),
    "named": ("/DeviceRGB cs 1 0 0 sc", "<<>>"),
    "lab": ("/L cs 50 0 0 sc", LAB),
    "inline": ("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", "<<>>"),
    "shading": ("/S sh", f"<</Shading <</S {RED}>>>>"),
    "gradient": (
        "/Pattern cs /P scn",
        f"<</Pattern <</P <</PatternType 2 /Shading {RED}>>>>>>",
    ),
    "form": ("/F Do", "<</XObject <<>>>>"),
    "image": ("/I Do", "<</XObject <<>>>>"),
    "annotation": ("", "<<>>"),
}


@pytest.mark.parametrize("name", LIGHTS)
def test_light_is_refused_wherever_it_stands(name: str) -> None:
    """Colour that is no ink is told with its page, whatever it is painted with."""
    body, named = LIGHTS[name]
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    only = pdf.pages[0].obj
    only.Resources = pikepdf.Object.parse(named.encode())
    only.Contents = pdf.make_stream(body.encode())
    form = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Subtype=Name.Form)
    match name:
        case "form":
            only.Resources.XObject.F = form
        case "image":
            image = pdf.make_stream(b"abc", Subtype=Name.Image, Width=1, Height=1)
            image.ColorSpace = Name.DeviceRGB
            only.Resources.XObject.I = image
        case "annotation":
            note = Dictionary(Subtype=Name.Square, AP=Dictionary(N=form))
            only.Annots = Array([pdf.make_indirect(note)])
    with pytest.raises(LeafletsError) as caught:
        pressed_of(pdf)
    (one,) = caught.value.diagnostics
    assert (one.code, one.location.path) == ("rgb-in-press", "templates/a.css")
    assert "page 1" in one.message


def test_our_own_light_is_refused() -> None:
    """A drawing in RGB, set by the engine, is told as what it is."""
    svg = SVG.replace(b"device-cmyk(0.95 0.45 0.4 0.3)", b"#0b5563")
    with pytest.raises(LeafletsError, match="DeviceRGB"):
        pressed(svg=svg)


def test_translucent_things_are_mixed_in_ink(made: pikepdf.Pdf) -> None:
    """The engine's groups for half-transparent boxes name CMYK."""
    forms = made.pages[0].resources.XObject.values()
    groups = [form.Group.CS for form in forms if "/Group" in form]
    assert groups
    assert set(groups) == {Name.DeviceCMYK}


def test_a_page_is_mixed_in_ink() -> None:
    """A page whose transparency was to be mixed in light gets it mixed in ink."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 9 9 re f")
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.pages[0].obj.Group = group
    assert colour_spaces(pdf) == {"DeviceRGB"}
    pressed_of(pdf)
    assert Name.DeviceCMYK == pdf.pages[0].obj.Group.CS


def test_nothing_overprints() -> None:
    """Overprint that something set is taken out."""
    pdf = opened()
    states = pdf.pages[0].resources.ExtGState
    states["/X"] = Dictionary(OP=True, op=True, OPM=1, ca=1)
    to_press(pdf, SHOP, PROFILE.read_bytes(), "A")
    assert set(pdf.pages[0].resources.ExtGState["/X"].keys()) == {"/ca"}


# Links and tags


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """List all elements of the structure tree."""
    found, queue = [], [pdf.Root.StructTreeRoot]
    while queue:
        node = queue.pop()
        found.append(node)
        kids = node.get("/K", [])
        queue += [
            one
            for one in (kids if isinstance(kids, Array) else [kids])
            if isinstance(one, Dictionary) and one.get("/Type") != Name.MCR
        ]
    return found


def test_links_are_taken_out_whole(made: pikepdf.Pdf) -> None:
    """No annotation is left, nor anything in the tags that leads to one or back."""
    before = opened()
    assert len(before.pages[0].obj.Annots) == 2
    assert any(one.get("/Type") == Name.OBJR for one in elements(before))
    assert "/Annots" not in made.pages[0].obj
    assert not [one for one in elements(made) if one.get("/Type") == Name.OBJR]
    assert not [one for one in elements(made) if one.get("/S") == Name.Link]
    parents = pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree)
    assert [key for key, _ in parents.items()] == [0]


def test_tags_stay(made: pikepdf.Pdf) -> None:
    """The file is tagged, with all marked content in the tree and back."""
    assert made.Root.MarkInfo.Marked
    marked = [
        int(one.operands[1].MCID)
        for one in pikepdf.parse_content_stream(made.pages[0])
        if str(one.operator) == "BDC" and "/MCID" in one.operands[1]
    ]
    parents = pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree)[0]
    assert len(marked) > 3
    assert all(parents[one] is not None for one in marked)
    kinds = {str(one.get("/S")) for one in elements(made)}
    assert {"/H1", "/P", "/Span", "/Figure"} <= kinds
