"""What is known of a page that was laid out and of a PDF that was written.

Plain values, so that they can be kept beside the PDF and judged again on every
build; no third-party import.  Lengths are mm from the top left of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from leaflets.paper.rectangle import Rectangle


class Facts:
    """What every kind of facts can do: go to JSON and come back."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Write the facts as dicts and lists."""
        value = _plain(self)
        assert isinstance(value, dict)
        return value

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Read what `to_json` gave; ValueError or TypeError for anything else."""
        facts = _build(cls, value)
        assert isinstance(facts, cls)
        return facts


@dataclass(frozen=True, slots=True)
class Fragment(Facts):
    """A piece of text on one line, as the typesetter placed it."""

    page: int
    """1-based."""
    key: str
    """The passage it belongs to; empty for numbers, bullets and furniture."""
    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    """Type size in pt."""
    weight: int
    families: tuple[str, ...]
    """Font families in the order in which they are tried."""
    direction: str
    """ltr or rtl: where its line begins."""
    language: str
    """BCP 47 tag that it is set in: a font may have another dash for Chinese."""
    word: float = 0.0
    """Width in mm of the first word and a space on either side: what a line needs to
    take it in."""


@dataclass(frozen=True, slots=True)
class BoxFit(Facts):
    """How much room the content of a box of fixed size takes."""

    key: str
    page: int
    height: float
    width: float
    """The widest line."""


@dataclass(frozen=True, slots=True)
class Blank(Facts):
    """A place that a clinic fills in."""

    key: str
    """Name and line, such as address-2; code for the QR code."""
    page: int
    """1-based, as laid out."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LayoutFacts(Facts):
    """What was measured after layout."""

    pages: int
    fragments: tuple[Fragment, ...] = ()
    """In the order of the document, furniture where its page begins or ends."""
    boxes: tuple[BoxFit, ...] = ()
    size: float = 0.0
    """Body type in pt that fitting chose; 0 where nothing was to be fitted."""
    step: int = 0
    """How many times the type was made smaller, and at last the white."""
    notes: tuple[int, ...] = ()
    """Pages for the reader's own notes, which fill a sheet up."""
    rooms: tuple[float, ...] = ()
    """Millimetres left below the text of each page."""
    heights: tuple[float, ...] = ()
    """Millimetres that each page has for text."""
    split: tuple[str, ...] = ()
    """Ids of blocks that stand on two pages and should stand on one."""
    blanks: tuple[Blank, ...] = ()
    """In the order of the document."""


@dataclass(frozen=True, slots=True)
class FontFacts(Facts):
    """A font of the finished file."""

    name: str
    """Without the subset's prefix."""
    embedded: bool


@dataclass(frozen=True, slots=True)
class Unseen(Facts):
    """A piece of text that is in the file and cannot be seen, or not as laid out."""

    fragment: int
    """By index in the layout."""
    why: str
    """disordered, displaced, clipped, covered, unpainted, faint or unreadable."""
    contrast: float = 0.0
    """Of the letters against what is behind them (WCAG 2.2), where that is why."""


@dataclass(frozen=True, slots=True)
class Small(Facts):
    """A piece of text whose small letters are too small."""

    fragment: int
    """By index in the layout."""
    height: float
    """Of its small letters in mm; see `shape.x_heights` for other scripts."""


@dataclass(frozen=True, slots=True)
class PageFacts(Facts):
    """A page of the finished file: one side of a sheet."""

    width: float
    height: float
    glyphs: int
    """Glyphs drawn, spaces included."""
    notdef: int
    """Glyphs drawn that stand for no character."""
    undrawn: tuple[int, ...] = ()
    """Fragments (by index in the layout) whose glyphs are not on the page."""
    unseen: tuple[Unseen, ...] = ()
    unexplained: int = 0
    """Pieces of text on the page that no fragment of the layout accounts for."""
    media: Rectangle | None = None
    """This box and the next three: from the top left of the media; none where the
    page does not say."""
    bleed: Rectangle | None = None
    trim: Rectangle | None = None
    crop: Rectangle | None = None
    thinnest: float = 0.0
    """Thickness of the thinnest line in pt; 0 where there is none."""
    spaces: tuple[str, ...] = ()
    """Colour spaces that are painted with, as ISO 32000-1 names them."""
    ink: float = 0.0
    """Most ink on one spot, in percent."""
    coloured_text: int = 0
    """How often text is painted in another ink than black, or in several."""
    images: int = 0
    ppi: float = 0.0
    """Least resolution of an image where it stands; 0 without."""
    x_height: float = 0.0
    """Height of the smallest letters on the side in mm; 0 without letters."""
    smallest: int = -1
    """The fragment that has them, by index in the layout; -1 without letters."""
    small: tuple[Small, ...] = ()
    """Those whose letters are smaller than the edition allows."""


@dataclass(frozen=True, slots=True)
class Code(Facts):
    """A QR code as a scanner sees it."""

    page: int
    """1-based."""
    text: str
    side: float
    """Of the square of modules in mm, without the quiet zone."""
    module: float
    """Of one module in mm."""
    quiet: float
    """Modules of white around it, at most `raster.LOOK`."""
    grey: bool
    """Whether a worn photocopier's grey copy still reads."""
    bitonal: bool
    """Whether its black-and-white copy still reads."""


@dataclass(frozen=True, slots=True)
class PdfFacts(Facts):
    """What was measured in the finished file."""

    pages: tuple[PageFacts, ...] = ()
    fonts: tuple[FontFacts, ...] = ()
    title: str = ""
    language: str = ""
    shows_title: bool = False
    """Whether viewers show the title, not the file's name (PDF/UA-1, 7.1)."""
    tagged: bool = False
    conformance: str = ""
    """What the file claims to be: `PDF/UA-1`."""
    direction: str = ""
    """R2L or L2R, as viewers are told."""
    duplex: str = ""
    scaling: str = ""
    alternates: int = 0
    """Figures with a text for those who do not see them."""
    figures: int = 0
    pdfx: str = ""
    """What a file for a press claims to be: `PDF/X-4`."""
    condition: str = ""
    """The printing condition that it is made for (its output intent)."""
    registry: str = ""
    """Who gave the condition its name."""
    components: int = 0
    """How many inks the condition's profile has; 0 where none is embedded."""
    codes: tuple[Code, ...] = ()
    """QR codes of all sides; looked for where the edition has an address."""


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in fields(value)
        }
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    """Look up the type of each field of a kind, once."""
    types = get_type_hints(kind)
    return {field.name: types[field.name] for field in fields(kind)}


def _build(kind: Any, value: Any) -> Any:
    """Make a value of a kind, strictly: what does not fit is an error."""
    if get_origin(kind) is UnionType:
        (inner,) = (arm for arm in get_args(kind) if arm is not NoneType)
        return None if value is None else _build(inner, value)
    if get_origin(kind) is tuple:
        (inner, _) = get_args(kind)
        if not isinstance(value, list):
            raise TypeError(f"not a list: {value!r:.40}")
        return tuple(_build(inner, item) for item in value)
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise TypeError(f"not a table: {value!r:.40}")
        hints = _hints(kind)  # type: ignore[arg-type]
        if value.keys() != hints.keys():
            raise ValueError(f"not the fields of {kind}")
        parts = {name: _build(hints[name], part) for name, part in value.items()}
        return kind(**parts)  # type: ignore[operator]
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"not a {kind}: {value!r:.40}")
    return value
