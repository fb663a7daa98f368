"""Planted losses: text that is in the file, and that nobody could read."""

import io
import re
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from instructions import form, group, page_of
from leaflets.pages.composition import Composition
from leaflets.pdf.read.colour import Light
from leaflets.pdf.read.drawn_text import MM, Area, Piece, contains, drawn
from typesetting import LOREM, TEXTS, codes, findings, page, typeset

PHONE = "\u2066+49 30 1234-567 8901 2345 6789\u2069"
WORD = "المرضى "


def boxed(style: str) -> Composition:
    """Compose a passage inside an element with a style."""
    body = f'<div style="{style}"><p id="p1" data-passage>{LOREM}</p></div>'
    return page(text=LOREM, body=body)


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("height: 10mm; overflow: hidden", "text-unseen"),
        ("white-space: nowrap; overflow: hidden", "text-unseen"),
        ("transform: translateX(-500mm)", "text-unseen"),
        ("transform: scale(.2)", "text-unseen"),
        ("color: transparent", "text-unseen"),
        ("color: white", "low-contrast"),
        ("color: #aaa", "low-contrast"),
        ("color: rgba(0, 0, 0, .3)", "low-contrast"),
        ("opacity: .3", "low-contrast"),
        ("color: white; background: rgba(0, 0, 0, .2)", "low-contrast"),
        ("visibility: hidden", "text-missing-in-pdf"),
        ("opacity: 0", "text-unseen"),
        ("line-clamp: 2", "text-lost"),
        ("position: absolute; left: -500mm", "outside-margins"),
    ],
)
def test_text_that_nobody_sees_is_told(style: str, code: str) -> None:
    """Whatever a stylesheet does to hide a text, it is an error at that text."""
    one = next(one for one in findings(boxed(style)) if one.code == code)
    assert one.location.path == "locales/x.po"


@pytest.mark.parametrize(
    "style",
    [
        "height: 60mm; overflow: hidden; border-radius: 2mm; background: #eee",
        "color: white; background: #123",
        "text-decoration: underline; border: 1mm solid black",
        "columns: 2",
    ],
)
def test_text_that_is_seen_is_sound(style: str) -> None:
    """Grounds, borders, lines and columns hide nothing."""
    assert codes(boxed(style)) == []


def test_covered_text_is_told() -> None:
    """An area that is painted later covers what stands there."""
    cover = "position: absolute; top: 0; width: 100%; height: 90mm; background: white"
    body = f'<p id="p1" data-passage>{LOREM}</p><div style="{cover}"></div>'
    assert codes(page(text=LOREM, body=body)) == ["text-unseen"]


def test_text_over_text_is_told() -> None:
    """Two texts at one place cannot be read."""
    body = (
        f'<p id="p1" data-passage>{LOREM}</p>'
        '<p style="position: absolute; top: 0">Words that fill the line</p>'
    )
    assert codes(page(text=LOREM, body=body)) == ["text-overlap"]


def swapped(data: bytes) -> bytes:
    """Exchange two neighbouring glyphs in the longest piece of text."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.parse_content_stream(pdf.pages[0])

        def strings(index: int) -> list[bytes]:
            shown = stream[index].operands[0]
            return [bytes(one) for one in shown if isinstance(one, pikepdf.String)]

        places = [i for i, one in enumerate(stream) if str(one.operator) == "TJ"]
        best = max(places, key=lambda index: len(b"".join(strings(index))))
        codes_ = b"".join(strings(best))
        glyphs = [codes_[at : at + 2] for at in range(0, len(codes_), 2)]
        space = max(set(glyphs), key=glyphs.count)
        index = next(
            at
            for at, (one, two) in enumerate(pairwise(glyphs))
            if one != two and space not in (one, two) and at > 2
        )
        glyphs[index : index + 2] = glyphs[index + 1], glyphs[index]
        shown = pikepdf.Array([pikepdf.String(b"".join(glyphs))])
        stream[best] = ([shown], pikepdf.Operator("TJ"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TEXTS)
def test_two_glyphs_exchanged_in_the_file_are_found(name: str) -> None:
    """The same letters in another order are another text, in every script."""
    made = page(name)
    _, data = typeset(made)
    assert codes(made, swapped(data)) == ["text-order"]


def shrunk(data: bytes) -> bytes:
    """Draw all text at half its size, where it was."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.parse_content_stream(pdf.pages[0])
        for index, one in enumerate(stream):
            if str(one.operator) == "Tf":
                font, size = one.operands
                stream[index] = ([font, float(size) / 2], pikepdf.Operator("Tf"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_text_smaller_than_it_was_laid_out_is_found() -> None:
    """The size on paper is that of the layout, whose sizes are checked."""
    made = page()
    _, data = typeset(made)
    assert codes(made, shrunk(data)) == ["text-unseen"]


def test_a_bracket_by_itself_is_mirrored() -> None:
    """A sign between isolates runs with its line, and is drawn as its partner."""
    for name, word in (("ar", WORD), ("he", "שעות ")):
        assert (
            codes(page(name, f"{word}(\u2066MS\u2069) \u206624\u2069 < {word}")) == []
        )
        assert codes(page(name, f"{word}(\u2066MS\u2069)")) == []


def misread(data: bytes) -> bytes:
    """Let every glyph mean the letter x."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in pdf.pages[0].resources.Font.values():
            found = font.ToUnicode.read_bytes()
            lines = re.sub(rb"(?m)^<(\w+)> ?<\w+>$", rb"<\1> <0078>", found)
            assert lines != found
            font.ToUnicode = pdf.make_stream(lines)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in ("ar", "hi")])
def test_letters_that_would_be_read_aloud_as_others_are_found(name: str) -> None:
    """What the file says of its glyphs is compared where it can be."""
    made = page(name)
    _, data = typeset(made)
    assert codes(made, misread(data)) == ["text-unreadable"]


@pytest.mark.parametrize("name", ["ar", "hi"])
def test_joined_scripts_cannot_be_read_back(name: str) -> None:
    """WRONG: the engine's map from glyphs to letters is lossy, so nobody is told."""
    made = page(name)
    _, data = typeset(made)
    found = [one.location.path for one in findings(made, misread(data))]
    assert set(found) == {"content/a.md"}, "only the Latin DRAFT line is told"


def test_a_phone_number_parted_in_a_line_from_the_right_is_told() -> None:
    """An isolate that is broken over two lines loses its order on the second."""
    made = page("ar", WORD * 6 + PHONE + " " + WORD, css="#p1 { width: 60mm }")
    assert codes(made) == ["order-scrambled"]
    assert codes(page("ar", WORD * 6 + PHONE + " " + WORD)) == []


def test_a_name_parted_by_strong_words_is_told() -> None:
    """An isolate that holds an element is ordered piece by piece from the right."""
    text = f"{WORD}\u2066abc def ghi\u2069 {WORD}"
    body = f'<p id="p1" data-passage>{text.replace("def", "<b>def</b>")}</p>'
    assert codes(page("ar", text=text, body=body)) == ["order-scrambled"]
    assert codes(page("ar", text=text)) == []


def test_a_word_broken_at_a_soft_hyphen_is_whole() -> None:
    """The hyphen that the engine writes at the end of a line is no change."""
    text = "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft " * 9
    assert codes(page("de", text)) == []


# --- Instructions ----------------------------------------------------------------

FONT = Dictionary(BaseFont=Name("/AAAAAA+Noto-Sans"))


def pieces(stream: str, **resources: Any) -> tuple[list[Piece], list[Area]]:
    """List texts and areas of a page of 100 mm that consists of these instructions."""
    size = (100 / MM, 100 / MM)
    scaled = f"{1 / MM} 0 0 {1 / MM} 0 0 cm {stream}"
    with page_of(scaled, size, Font={"F": FONT}, **resources) as sheet:
        return drawn(sheet, ("Noto Sans",))


def only(stream: str, **resources: Any) -> Piece:
    """Give the only piece of text that is drawn."""
    ((piece,), _) = pieces(stream, **resources)
    return piece


LETTER = "BT /F 4 Tf 1 0 0 1 20 30 Tm <0024> Tj ET"


def test_a_piece_is_measured_from_the_top_left() -> None:
    """Left and baseline in mm, type in pt."""
    piece = only(LETTER)
    assert (piece.left, piece.baseline) == (20.0, 70.0)
    assert piece.size == pytest.approx(4 / MM, abs=0.01)
    assert piece.glyphs == (("Noto Sans", 0x24),)


def test_lengths_begin_at_the_trim() -> None:
    """What is printed beyond the trim is no part of its place."""
    with page_of(LETTER, (100, 100), Font={"F": FONT}) as sheet:
        sheet.trimbox = Array([10, 10, 90, 90])
        ((piece,), _) = drawn(sheet, ("Noto Sans",))
    assert piece.left == pytest.approx(10 * MM, abs=0.01)
    assert piece.baseline == pytest.approx(60 * MM, abs=0.01)


@pytest.mark.parametrize(
    ("before", "colour", "alpha"),
    [
        ("", (0, 0, 0), 1.0),
        ("1 0 0 rg", (1, 0, 0), 1.0),
        ("0 0 0 0.5 k", (0.5, 0.5, 0.5), 1.0),
        ("/half gs", (0, 0, 0), 0.5),
        ("/none gs", None, 0.0),
        ("3 Tr", None, 1.0),
        ("7 Tr", None, 1.0),
        ("1 Tr", (0, 0, 0), 1.0),
    ],
)
def test_a_piece_is_painted_or_not(
    before: str, colour: Light | None, alpha: float
) -> None:
    """Its colour, how much it covers, and none where nobody sees it."""
    states = {"half": Dictionary(ca=0.5), "none": Dictionary(ca=0)}
    piece = only(f"{before} {LETTER}", ExtGState=states)
    assert (piece.colour, piece.alpha) == (colour, alpha)


@pytest.mark.parametrize(
    ("outer", "inner", "alpha"),
    [("", "", 1.0), ("/half gs", "", 0.5), ("/half gs", "/half gs", 0.25)],
)
def test_text_in_groups_is_found(outer: str, inner: str, alpha: float) -> None:
    """A translucent group in another leaves a quarter of half and half."""
    states = {"half": Dictionary(ca=0.5)}
    within = {
        "ExtGState": states,
        "Font": {"F": FONT},
        "XObject": {"In": group(LETTER)},
    }
    forms = {"Out": group(f"{inner} /In Do", Resources=within)}
    drawing = f"{outer} /Out Do"
    assert only(drawing, ExtGState=states, XObject=forms).alpha == alpha


def test_text_in_a_form_is_cut_at_its_box() -> None:
    """A form that is put aside moves its text, and cuts it off."""
    small = form(LETTER, BBox=Array([0, 0, 25, 40]))
    piece = only("1 0 0 1 5 0 cm /Form Do", XObject={"Form": small})
    assert piece.left == 25.0
    assert tuple(piece.clip) == pytest.approx((5, 60, 30, 100), abs=1e-6)


def test_texts_and_areas_are_in_their_order() -> None:
    """What is painted later has a higher number, in a form as well."""
    forms = {"Form": form("0 0 9 9 re f")}
    texts, areas = pieces(f"0 0 5 5 re f {LETTER} /Form Do", XObject=forms)
    assert areas[0].order < texts[0].order < areas[1].order


def test_lines_are_no_areas() -> None:
    """What is stroked covers nothing, and a clip paints nothing."""
    _, areas = pieces("0 0 9 9 re S 0 0 5 5 re W n")
    assert areas == []


@pytest.mark.parametrize(
    ("point", "inside"),
    [((15, 85), True), ((5, 85), False), ((25, 85), False), ((15, 95), False)],
)
def test_an_area_is_painted_within_its_outline_and_clip(
    point: tuple[float, float], inside: bool
) -> None:
    """A square of 10 to 30 mm that is clipped at 20 mm."""
    _, (area,) = pieces("0 0 20 90 re W n 10 10 20 20 re f")
    assert contains(area, point) is inside


def test_glyphs_say_what_the_file_says() -> None:
    """What is copied or read aloud is what stands in /ToUnicode."""
    meanings = "1 beginbfchar\n<0024> <00410301>\n<0025> <D83DDE00>\nendbfchar"
    things = {"Font": {"F": FONT}, "XObject": {"Meanings": (meanings, {})}}
    with page_of(LETTER.replace("<0024>", "<00240025>"), **things) as sheet:
        sheet.Resources.Font.F.ToUnicode = sheet.Resources.XObject.Meanings
        ((piece,), _) = drawn(sheet, ("Noto Sans",))
    assert piece.text == "A\u0301😀"
