"""A clinic's lines and code are drawn into a file, and nothing in it changes."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from instructions import PACKET, saved
from leaflets.paper.sheet import Panel
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.facts import Blank
from leaflets.pdf.fonts.lines import set_line
from leaflets.pdf.read.drawn_text import drawn
from leaflets.pdf.stamp.stamp import (
    QUIET,
    Code,
    Form,
    Mark,
    prepare,
    proves,
    stamp,
)
from typesetting import ROOT

PT = 72 / 25.4
FAMILIES = ("Noto Sans",)
NAME = Blank("name-1", 1, 20.0, 100.0, 100.0, 8.0)
NOTE = Blank("code", 1, 150.0, 100.0, 40.0, 40.0)
PANEL = Panel(1, 1, 0.0, 0.0, 210.0, 297.0)
ROWS = ((True, False, True), (False, True, False), (True, True, True))


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """Use the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")


def leaflet() -> bytes:
    """Write a page with a heading, a blank, and a note where the code will be."""
    note = f"1 0 0 1 {155 * PT} {(297 - 120) * PT} Tm <0024> Tj"
    stream = (
        "/H1 <</MCID 0>> BDC BT /F 12 Tf 1 0 0 1 20 20 Tm <0024> Tj ET EMC "
        "/P <</MCID 1>> BDC EMC "
        f"/P <</MCID 2>> BDC BT /F 8 Tf {note} ET EMC"
    )
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(210 * PT, 297 * PT))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(stream.encode())
        font = Dictionary(Type=Name.Font, BaseFont=Name("/AAAAAA+Noto-Sans"))
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        page.trimbox = page.mediabox
        page.obj.StructParents = 0
        pdf.Root.StructTreeRoot = pdf.make_indirect(tree(pdf))
        pdf.Root.Metadata = pdf.make_stream(PACKET)
        return saved(pdf)


def tree(pdf: Pdf) -> Dictionary:
    """Tag the three pieces of content: a heading and two paragraphs."""
    whole = pdf.make_indirect(Dictionary(S=Name.Document))
    elements = [
        pdf.make_indirect(Dictionary(S=kind, P=whole, K=number))
        for number, kind in enumerate((Name.H1, Name.Span, Name.Span))
    ]
    for element in elements[1:]:
        above = pdf.make_indirect(Dictionary(S=Name.P, P=whole, K=Array([element])))
        element.P = above
    whole.K = Array([elements[0], elements[1].P, elements[2].P])
    numbers = Array([0, pdf.make_indirect(Array(elements))])
    return Dictionary(K=whole, ParentTree=pdf.make_indirect(Dictionary(Nums=numbers)))


def prepared(*blanks: Blank, **changes: Any) -> Form:
    """Find the blanks of the leaflet."""
    asked = {"press": False, "code": True, "right_to_left": False, **changes}
    return prepare(leaflet(), blanks or (NAME, NOTE), (PANEL,), FAMILIES, **asked)


def mark(form: Form, text: str = "Clinic", **changes: Any) -> Mark:
    """Set a line for the first blank."""
    line = set_line(text, FAMILIES, 400, "en", "ltr")
    made = Mark(form.places[0], line, 12.0, 400, "en", at_right=False)
    return replace(made, **changes)


def test_each_blank_has_its_content() -> None:
    """The empty paragraph is the name's, the note is the code's."""
    form = prepared()
    assert [(place.key, place.mcid) for place in form.places] == [
        ("name-1", 1),
        ("code", 2),
    ]
    assert form.free == (3,)
    assert (form.room.left, form.room.at_right) == (84.0, True)


def test_the_note_is_taken_out() -> None:
    """What kept the code's place free is no text of the form."""
    with pikepdf.open(io.BytesIO(prepared().data)) as pdf:
        texts, _ = drawn(pdf.pages[0], FAMILIES)
    assert [text.mcid for text in texts] == [0]


def test_without_a_code_the_note_stays() -> None:
    """A clinic that gives no address gets no place for a code."""
    form = prepared(code=False)
    assert [place.key for place in form.places] == ["name-1"]


@pytest.mark.parametrize(
    ("blanks", "words"),
    [
        ((NAME, replace(NAME, key="line-1"), NOTE), "nothing marks the place"),
        ((NOTE,), "more empty paragraphs"),
        ((NAME, replace(NOTE, top=200.0)), "nothing marks the place of code"),
    ],
)
def test_a_blank_that_is_not_there_is_told(
    blanks: tuple[Blank, ...], words: str
) -> None:
    """Nothing is drawn where nothing waits for it."""
    with pytest.raises(ValueError, match=words):
        prepared(*blanks)


def test_a_line_is_drawn_in_its_blank() -> None:
    """At its left end, a third of its type above the rule; its words can be copied."""
    form = prepared()
    data = stamp(form, [mark(form)], None)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts, _ = drawn(pdf.pages[0], FAMILIES)
        (line,) = [text for text in texts if text.mcid == 3]
        element = pdf.Root.StructTreeRoot.ParentTree.Nums[1][3]
        assert str(element.Lang) == "en"
    assert line.left == 20.0
    assert line.baseline == pytest.approx(108.0 - 12 * 0.34 / PT, abs=0.02)
    assert line.text == "Clinic"


def test_a_line_may_stand_at_the_right_end() -> None:
    """Where lines run from the right."""
    form = prepared()
    line = mark(form, at_right=True)
    data = stamp(form, [line], None)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts, _ = drawn(pdf.pages[0], FAMILIES)
    (drawing,) = [text for text in texts if text.mcid == 3]
    width = line.line.width * 12 / PT
    assert drawing.left == pytest.approx(120.0 - width, abs=0.02)


@pytest.mark.parametrize(("press", "ink"), [(False, b" rg"), (True, b"0 0 0 1 k")])
def test_the_press_gets_ink(press: bool, ink: bytes) -> None:
    """An office printer gets the colour of all text."""
    form = prepared(press=press)
    data = stamp(form, [mark(form)], Code(form.places[1], ROWS, "https://a.example"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawing = pdf.pages[0].obj.Contents[-1].read_bytes()
    assert ink in drawing
    assert (b" k" in drawing) is press


def test_a_code_is_a_figure_with_its_address() -> None:
    """Its modules fill its place but for the white around them."""
    form = prepared()
    code = Code(form.places[1], ROWS, "https://a.example")
    assert code.module == pytest.approx(40.0 / (3 + 2 * QUIET))
    data = stamp(form, [], code)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        element = pdf.Root.StructTreeRoot.ParentTree.Nums[1][2]
        assert Name.Figure == element.S
        assert str(element.Alt) == "https://a.example"
        _, areas = drawn(pdf.pages[0], FAMILIES)
    _, squares = areas
    xs = [x for polygon in squares.polygons for x, _ in polygon]
    ys = [y for polygon in squares.polygons for _, y in polygon]
    assert len(squares.polygons) == 4
    assert max(xs) - min(xs) == pytest.approx(3 * code.module, abs=0.01)
    assert (min(xs) + max(xs)) / 2 == pytest.approx(170.0, abs=0.01)
    assert (min(ys) + max(ys)) / 2 == pytest.approx(120.0, abs=0.01)


def test_nothing_that_was_there_changes() -> None:
    """Every stream of the form is in what is stamped, and so many more."""
    form = prepared()
    data = stamp(form, [mark(form)], None)
    assert proves(form, data, more=9)
    assert not proves(form, data, more=0)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Contents[1].write(b"0 0 9 9 re f")
        assert not proves(form, saved(pdf), more=9)


def test_equal_lines_give_equal_bytes() -> None:
    """Stamped twice, a file is the same."""
    form = prepared()
    assert stamp(form, [mark(form)], None) == stamp(form, [mark(form)], None)
