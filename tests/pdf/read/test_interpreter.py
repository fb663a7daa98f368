"""One walk through a page's instructions, and through all that they draw by name."""

import pytest
from pikepdf import Array, Dictionary, Name, String

from instructions import form, group, page_of
from leaflets.pdf.read.interpreter import (
    Group,
    Image,
    Shading,
    Shape,
    Step,
    Text,
    around,
    common,
    interpreted,
    moved,
    times,
)

HALF = Dictionary(ca=0.5, CA=0.25)


def steps(stream: str, **resources: object) -> tuple[Step, ...]:
    """List what a page of 100 pt paints by these instructions."""
    with page_of(stream, **resources) as page:
        return interpreted(page)


def shape(stream: str, **resources: object) -> Shape:
    """Give the only thing that is painted, a shape."""
    (step,) = steps(stream, **resources)
    assert isinstance(step, Shape)
    return step


def text(stream: str, **resources: object) -> Text:
    """Give the only thing that is painted, a text."""
    (step,) = steps(stream, **resources)
    assert isinstance(step, Text)
    return step


# --- Graphics state --------------------------------------------------------------


def test_what_is_saved_comes_back() -> None:
    """Q gives back what q saved; one Q too many gives back nothing."""
    first, second = steps("Q 2 w q 3 w 0 0 m 9 9 l S Q 0 0 m 9 9 l S")
    assert isinstance(first, Shape)
    assert isinstance(second, Shape)
    assert (first.state.width, second.state.width) == (3.0, 2.0)


def test_matrices_are_applied_one_within_the_other() -> None:
    """What is said last is applied first (ISO 32000-1, 8.3.4)."""
    painted = shape("2 0 0 2 10 0 cm 1 0 0 1 5 5 cm 0 0 1 1 re f")
    assert painted.parts[0].frame == (20.0, 10.0, 22.0, 12.0)


@pytest.mark.parametrize(
    ("stream", "clip"),
    [
        ("0 0 9 9 re f", (0, 0, 100, 100)),
        ("10 20 30 40 re W n 0 0 9 9 re f", (10, 20, 40, 60)),
        ("10 20 30 40 re W* n 0 0 20 30 re W n 0 0 9 9 re f", (10, 20, 20, 30)),
        ("q 10 20 30 40 re W n Q 0 0 9 9 re f", (0, 0, 100, 100)),
        # A clip begins after the path that makes it is painted.
        ("10 20 30 40 re W f", (0, 0, 100, 100)),
    ],
)
def test_clips_narrow_what_is_painted(
    stream: str, clip: tuple[float, float, float, float]
) -> None:
    """Each clip leaves what it shares with those before."""
    assert shape(stream).state.clip == clip


def test_an_empty_clip_leaves_nothing() -> None:
    """A clip without a path is nowhere, and all that follows is clipped away."""
    assert shape("W n 0 0 9 9 re f").state.clip == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("given", "alphas", "blended"),
    [
        ({"ca": 0.5}, (0.5, 1.0), False),
        ({"CA": 0.5}, (1.0, 0.5), False),
        ({"BM": Name.Multiply}, (1.0, 1.0), True),
        ({"BM": Name.Normal}, (1.0, 1.0), False),
        ({"op": True}, (1.0, 1.0), True),
        ({"OP": True}, (1.0, 1.0), True),
        ({"op": False}, (1.0, 1.0), False),
        ({"SMask": Dictionary(S=Name.Luminosity)}, (1.0, 1.0), True),
        ({"SMask": Name("/None")}, (1.0, 1.0), False),
    ],
)
def test_what_shines_through_is_known(
    given: dict[str, object], alphas: tuple[float, float], blended: bool
) -> None:
    """Alpha of fills and strokes; blend modes, overprint and soft masks."""
    states = {"gs": Dictionary({f"/{key}": value for key, value in given.items()})}
    state = shape("/gs gs 0 0 9 9 re f", ExtGState=states).state
    assert (state.fill_alpha, state.stroke_alpha) == alphas
    assert state.blended is blended


# --- Paths -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "points"),
    [
        ("1 2 m 3 4 l S", ((1, 2), (3, 4))),
        ("1 2 m 3 4 5 6 7 8 c S", ((1, 2), (3, 4), (5, 6), (7, 8))),
        ("1 2 m 3 4 5 6 v S", ((1, 2), (3, 4), (5, 6))),
        ("1 2 m 3 4 5 6 y S", ((1, 2), (3, 4), (5, 6))),
        ("1 2 3 4 re f", ((1, 2), (4, 2), (4, 6), (1, 6))),
    ],
)
def test_paths_are_polygons(stream: str, points: tuple[tuple[int, int], ...]) -> None:
    """A curve is taken as the lines between its control points."""
    (part,) = shape(stream).parts
    assert part.points == points


def test_a_single_point_is_no_path() -> None:
    """A pen that is set down and lifted leaves nothing."""
    assert steps("1 2 m S 5 5 m 6 6 m f") == ()


def test_a_path_has_parts() -> None:
    """A frame is one rectangle within another; the shorter side of each is known."""
    parts = shape("0 0 9 3 re 1 1 m 2 2 l 5 5 1 4 re f*").parts
    assert [part.short for part in parts] == [3.0, 0.0, 1.0]


def test_a_path_is_painted_once() -> None:
    """What is begun after a shape is another one."""
    _, second = steps("0 0 9 9 re f 1 1 m 2 2 l S")
    assert isinstance(second, Shape)
    assert len(second.parts) == 1


# --- Text ------------------------------------------------------------------------


def test_text_is_what_stands_between_two_instructions() -> None:
    """BT to ET is one text; what is shown in it are its runs."""
    first, second = steps("BT (ab) Tj [(c) -20 (d)] TJ ET BT (e) Tj ET BT ET")
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert [run.codes for run in first.runs] == [b"ab", b"cd"]
    assert [run.codes for run in second.runs] == [b"e"]


def test_text_begins_where_its_matrix_puts_it() -> None:
    """Tm sets the place, Td moves it, and BT forgets it."""
    shown = text("2 0 0 2 0 0 cm BT 1 0 0 1 5 7 Tm (a) Tj 1 2 Td (b) Tj ET")
    assert [run.matrix[4:] for run in shown.runs] == [(10, 14), (12, 18)]
    _, second = steps("BT 1 0 0 1 5 7 Tm (a) Tj ET BT (b) Tj ET")
    assert isinstance(second, Text)
    assert second.runs[0].matrix[4:] == (0, 0)


def test_text_that_never_ends_is_text() -> None:
    """A file that forgets ET shows what it shows."""
    assert len(text("BT (a) Tj").runs) == 1


def test_type_is_part_of_the_state() -> None:
    """Font, size and rendering mode stay beyond ET."""
    font = Dictionary(BaseFont=Name("/Noto-Sans"))
    shown = text("BT /F 12 Tf ET BT 3 Tr (a) Tj ET", Font={"F": font})
    state = shown.runs[0].state
    assert (str(state.font.BaseFont), state.size, state.mode) == ("/Noto-Sans", 12, 3)


@pytest.mark.parametrize(
    ("stream", "mcid"),
    [
        ("BT (a) Tj ET", -1),
        ("/P <</MCID 4>> BDC BT (a) Tj ET EMC", 4),
        ("/P <</MCID 4>> BDC EMC BT (a) Tj ET", -1),
        ("/P <</MCID 4>> BDC /Span BMC BT (a) Tj ET EMC EMC", 4),
        ("/P <</MCID 4>> BDC /Span <</MCID 5>> BDC BT (a) Tj ET EMC EMC", 5),
        ("/P /named BDC BT (a) Tj ET EMC", 7),
        ("/Artifact BMC BT (a) Tj ET EMC", -1),
        ("EMC BT (a) Tj ET", -1),
        ("/P <</MCID 4>> BDC /Form Do EMC", 4),
    ],
)
def test_text_knows_its_marked_content(stream: str, mcid: int) -> None:
    """The innermost that has an identifier, and what a form is drawn in."""
    named = {"named": Dictionary(MCID=7)}
    forms = {"Form": form("BT (a) Tj ET")}
    assert text(stream, Properties=named, XObject=forms).mcid == mcid


# --- What is drawn by name -------------------------------------------------------


def test_forms_are_drawn_where_they_are_put() -> None:
    """With their own matrix, within their box, and in the colour of their place."""
    forms = {
        "Out": form(
            "/In Do",
            Resources={
                "XObject": {
                    "In": form(
                        "0 0 90 90 re f",
                        Matrix=Array([0.5, 0, 0, 0.5, 0, 0]),
                        BBox=Array([0, 0, 60, 40]),
                    )
                }
            },
        )
    }
    painted = shape("1 0 0 rg 1 0 0 1 10 0 cm /Out Do", XObject=forms)
    assert painted.parts[0].frame == (10, 0, 55, 45)
    assert painted.state.clip == (10, 0, 40, 20)
    assert painted.state.fill.light == (1, 0, 0)


def test_a_form_leaves_the_state_as_it_was() -> None:
    """What a form sets ends with it (ISO 32000-1, 8.10.1)."""
    forms = {"Form": form("9 w 1 0 0 1 50 50 cm 0 0 1 1 re f")}
    _, after = steps("2 w /Form Do 0 0 m 9 9 l S", XObject=forms)
    assert isinstance(after, Shape)
    assert (after.state.width, after.state.matrix[4]) == (2.0, 0.0)


def test_a_form_without_resources_has_its_page_s() -> None:
    """Old writers leave them out (ISO 32000-1, table 95)."""
    forms = {"Form": form("/half gs 0 0 9 9 re f")}
    painted = shape("/Form Do", XObject=forms, ExtGState={"half": HALF})
    assert painted.state.fill_alpha == 0.5


def test_a_group_is_opaque_within_and_laid_on_as_one() -> None:
    """Its parts begin opaque; how it is laid on stands at the group."""
    (step,) = steps(
        "/half gs /Group Do",
        XObject={"Group": group("0 0 9 9 re f")},
        ExtGState={"half": HALF},
    )
    assert isinstance(step, Group)
    (part,) = step.steps
    assert isinstance(part, Shape)
    assert (step.state.fill_alpha, part.state.fill_alpha) == (0.5, 1.0)


TILE = (
    "0 0 9 9 re f",
    {
        "PatternType": 1,
        "BBox": Array([0, 0, 9, 9]),
        "XStep": 9,
        "YStep": 9,
        "Matrix": Array([1, 0, 0, 1, 4, 0]),
    },
)


@pytest.mark.parametrize(
    ("stream", "fills", "strokes"),
    [
        ("/Pattern cs /Tile scn 0 0 30 30 re f", 1, 0),
        ("/Pattern CS /Tile SCN 0 0 30 30 re S", 0, 1),
        ("/Pattern cs /Tile scn 0 0 30 30 re S", 0, 0),
        ("/none gs /Pattern cs /Tile scn 0 0 30 30 re f", 0, 0),
    ],
)
def test_tiles_are_drawn_where_they_are_seen(
    stream: str, fills: int, strokes: int
) -> None:
    """A pattern that is set and not painted with draws nothing."""
    painted = shape(
        stream, Pattern={"Tile": TILE}, ExtGState={"none": Dictionary(ca=0)}
    )
    assert (len(painted.fill_tiles), len(painted.stroke_tiles)) == (fills, strokes)


def test_a_tile_hangs_on_its_page() -> None:
    """What moves the drawing does not move the pattern (ISO 32000-1, 8.7.3.1)."""
    painted = shape(
        "3 0 0 3 0 0 cm /Pattern cs /Tile scn 0 0 9 9 re f", Pattern={"Tile": TILE}
    )
    (tile,) = painted.fill_tiles
    assert isinstance(tile, Shape)
    assert tile.parts[0].frame == (4, 0, 13, 9)


@pytest.mark.parametrize(("mode", "tiles"), [(0, 1), (1, 0), (3, 0), (6, 1), (7, 0)])
def test_letters_are_filled_with_tiles(mode: int, tiles: int) -> None:
    """As long as they are filled at all (ISO 32000-1, table 106)."""
    shown = text(
        f"/Pattern cs /Tile scn BT {mode} Tr (a) Tj ET", Pattern={"Tile": TILE}
    )
    assert len(shown.runs[0].tiles) == tiles


@pytest.mark.parametrize("name", ["/Lost Do", "/Lost gs", "/Lost sh"])
def test_a_name_that_means_nothing_paints_nothing(name: str) -> None:
    """A file that names what it has not is no reason to stop."""
    painted = [step for step in steps(name) if not isinstance(step, Shading)]
    assert painted == []


def test_images_are_known_by_their_pixels() -> None:
    """An image, a stencil in the colour of its place, and one within the stream."""
    entries = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 4, "Height": 2}
    things = {
        "Photo": ("", {**entries, "ColorSpace": Name.DeviceGray}),
        "Mask": ("", {**entries, "ImageMask": True}),
    }
    inline = "BI /W 3 /H 3 /BPC 8 /CS /RGB ID abcdefghi EI"
    images = steps(f"0 0 0 1 k /Photo Do /Mask Do {inline}", XObject=things)
    measured = [
        (image.width, image.height, image.paint.spaces)
        for image in images
        if isinstance(image, Image)
    ]
    assert measured[:2] == [(4, 2, ("DeviceGray",)), (4, 2, ("DeviceCMYK",))]
    assert measured[2][:2] == (3, 3)


def test_strings_in_other_operators_are_text_too() -> None:
    """' and " show a string as Tj does (ISO 32000-1, table 109)."""
    shown = text("BT (a) ' 1 2 (b) \" ET")
    assert [run.codes for run in shown.runs] == [bytes(String("a")), b"b"]


# --- Geometry --------------------------------------------------------------------


def test_matrices_are_multiplied_in_order() -> None:
    """First the one, then the other."""
    move, grow = (1, 0, 0, 1, 5, 0), (2, 0, 0, 2, 0, 0)
    assert moved(times(move, grow), 1, 1) == (12, 2)
    assert moved(times(grow, move), 1, 1) == (7, 2)


def test_frames_share_what_both_have() -> None:
    """Frames that do not meet share less than nothing."""
    assert common((0, 0, 5, 5), (2, 3, 9, 9)) == (2, 3, 5, 5)
    left, _, right, _ = common((0, 0, 1, 1), (2, 0, 3, 1))
    assert right < left
    assert around(()) == (0, 0, 0, 0)
