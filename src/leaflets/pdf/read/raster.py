"""Picture: pages as a scanner and a photocopier see them.

Door to pypdfium2, Pillow and zxing-cpp.  Takes finished bytes; gives images, and
the QR codes that can be read from them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import dist
from threading import RLock
from typing import NamedTuple

import pypdfium2
import zxingcpp
from PIL import (
    Image,
    ImageDraw,
    ImageFile,
    ImageFilter,
    ImageOps,
    UnidentifiedImageError,
)
from PIL.Image import Resampling

from leaflets.pdf.facts import Code


class Box(NamedTuple):
    """Pixels from the top left of a picture, as Pillow counts them."""

    left: int
    top: int
    right: int
    bottom: int


def page_png(data: bytes, page: int, ppi: int) -> bytes:
    """Draw a page (1-based) as PNG."""
    out = BytesIO()
    page_image(data, page, ppi).save(out, "PNG", compress_level=3)
    return out.getvalue()


def page_count(data: bytes) -> int:
    """Count the pages of a PDF."""
    with _open(data) as document:
        return len(document)


def thumbnail(data: bytes, ppi: int) -> tuple[bytes, int, int]:
    """Draw page 1 small, as WebP; its width and height in pixels beside it."""
    image = page_image(data, 1, ppi)
    out = BytesIO()
    image.save(out, "WEBP", quality=60)
    return out.getvalue(), image.width, image.height


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture on white, row after row from the top."""

    width: int
    height: int
    colour: bytes
    """Three bytes a pixel: red, green and blue."""
    grey: bytes
    """One byte a pixel."""


PPI = 300
"""Of the images that codes are looked for in, and that copies are made of: what an
office scanner is set to."""
INCH = 25.4
LOOK = 8
"""Modules around a code that are looked at: twice the quiet zone of the norm
(ISO/IEC 18004: 4 modules)."""
SLACK = 2
"""Pixels next to a code that may still belong to it: its corners are told in whole
pixels, and its edges are blurred over one more."""
WHITE = 200
"""Grey value, of 255, that a pixel of the quiet zone has at least.  A darker ground
comes out of a copier as dots."""

SHRINK = 0.96
"""Size of a copy: office machines that copy borderless make it so, to keep the
edges."""
SPREAD = 0.125 * PPI / INCH
"""Standard deviation of the blur, in pixels; on paper it is 0.125 mm.  Half of the
contrast is left of 1.5 line pairs per mm (0.187 / 0.125), a third of what a sound
machine resolves.  A module of 0.5 mm makes 1 line pair per mm."""
DARKEST, LIGHTEST = 70, 225
"""Grey values of a copy's black and white, of 255: weak toner on a grey ground."""
MIDDLE = 128
"""Grey value from which on a black-and-white copy is white."""


def page_image(data: bytes, page: int, ppi: int) -> Image.Image:
    """Draw a page (1-based) of a PDF in RGB, its crop box on white.

    IndexError where there is no such page.
    """
    with _open(data) as document:
        if not 1 <= page <= len(document):
            raise IndexError(f"there is no page {page}")
        return _drawn(document, page, ppi, grey=False)


def pixels_of(data: bytes, most: int) -> Pixels:
    """Read a PNG of at most so many pixels a side, what is clear in it made white.

    ValueError where it is none, is broken, or is larger.
    """
    size = [int.from_bytes(data[at : at + 4]) for at in (16, 20)]
    if max(size) > most:
        raise ValueError(f"it is larger than {most} pixels a side")
    try:
        with _whole(), Image.open(BytesIO(data), formats=("PNG",)) as image:
            image.verify()
        with _whole(), Image.open(BytesIO(data), formats=("PNG",)) as image:
            if max(image.size) > most:
                raise ValueError(f"it is larger than {most} pixels a side")
            image.load()
            return _pixels(image.convert("RGBA"))
    except UnidentifiedImageError:
        raise ValueError("it cannot be read as PNG: its head is broken") from None
    except Exception as problem:
        # Pillow raises what comes: IndexError for a chunk that is too short.
        raise ValueError(f"it cannot be read as PNG: {problem}") from problem


@contextmanager
def _whole() -> Iterator[None]:
    """Have Pillow refuse a picture that is cut off.

    The typesetter has it accept such pictures in the whole process, and what is said of
    one would otherwise depend on what was done before.
    """
    with ALONE:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def pixels_of_page(data: bytes, ppi: int) -> Pixels:
    """Draw the first page of a PDF, as `page_image` does."""
    return _pixels(page_image(data, 1, ppi).convert("RGBA"))


def _pixels(image: Image.Image) -> Pixels:
    """Put a picture on white."""
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    flat = ground.convert("RGB")
    grey = flat.convert("L")
    return Pixels(*image.size, flat.tobytes(), grey.tobytes())


def greyscale_copy(image: Image.Image) -> Image.Image:
    """Copy a page of 300 ppi as a worn office machine does, in shades of grey.

    The copy is smaller, blurred and pale by the numbers above; equal images give
    equal copies.
    """
    grey = image.convert("L")
    size = (round(grey.width * SHRINK), round(grey.height * SHRINK))
    small = grey.resize(size, Resampling.BICUBIC)
    blurred = small.filter(ImageFilter.GaussianBlur(SPREAD))
    steps = [DARKEST + value * (LIGHTEST - DARKEST) // 255 for value in range(256)]
    return blurred.point(steps)


def bitonal_copy(image: Image.Image) -> Image.Image:
    """Copy a page of 300 ppi as `greyscale_copy` does, then in black and white only."""
    return _in_two(greyscale_copy(image))


def _in_two(grey: Image.Image) -> Image.Image:
    """Turn shades into black and white."""
    return grey.point([255 if value >= MIDDLE else 0 for value in range(256)])


def codes_seen(data: bytes) -> tuple[Code, ...]:
    """Read the QR codes of all pages, at 300 ppi, page by page from the top.

    Lengths are accurate to a pixel: 0.09 mm.
    """
    with _open(data) as document:
        return tuple(
            code
            for page in range(1, len(document) + 1)
            for code in _on(_drawn(document, page, PPI, grey=True), page)
        )


@lru_cache(maxsize=4096)
def code_reads(rows: tuple[tuple[bool, ...], ...], module: float, text: str) -> bool:
    """Return whether a code of this module in mm leads there, from worn copies as well."""
    dot = module * PPI / INCH
    side = len(rows) + 2 * LOOK
    image = Image.new("L", (round(side * dot),) * 2, 255)
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(rows, LOOK):
        for x, dark in enumerate(row, LOOK):
            if dark:
                ends = (round((x + 1) * dot) - 1, round((y + 1) * dot) - 1)
                draw.rectangle((round(x * dot), round(y * dot), *ends), fill=0)
    grey = greyscale_copy(image)
    copies = (image, grey, _in_two(grey))
    return all(_reads(copy, text) for copy in copies)


ALONE = RLock()
"""PDFium is not made for several threads at once, nor are Pillow's settings."""


@contextmanager
def _open(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file for one thread at a time."""
    with ALONE:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _drawn(
    document: pypdfium2.PdfDocument, page: int, ppi: int, *, grey: bool
) -> Image.Image:
    """Draw a page of an open file."""
    bitmap = document[page - 1].render(scale=ppi / 72, grayscale=grey)
    image: Image.Image = bitmap.to_pil()
    return image.convert("L" if grey else "RGB")


def _on(grey: Image.Image, page: int) -> Iterator[Code]:
    """Read and measure the codes of one page."""
    for code in sorted(_read(grey), key=_box):
        corners = _corners(code)
        side = sum(dist(corners[at - 1], corners[at]) for at in range(4)) / 4
        module = side / _modules(code)
        box = _box(code)
        around = grey.crop(_grown(box, round(LOOK * module)))
        yield Code(
            page,
            code.text,
            round(side * INCH / PPI, 2),
            round(module * INCH / PPI, 3),
            _quiet(grey, box, module),
            _reads(greyscale_copy(around), code.text),
            _reads(bitonal_copy(around), code.text),
        )


def _read(grey: Image.Image) -> list[zxingcpp.Barcode]:
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return zxingcpp.read_barcodes(grey, formats=wanted)


def _reads(copy: Image.Image, text: str) -> bool:
    """Return whether a copy leads to the same place."""
    return text in [code.text for code in _read(copy)]


def _modules(code: zxingcpp.Barcode) -> int:
    """Count the modules along a side: 21 in version 1, 4 more in each (ISO/IEC 18004)."""
    extra = code.extra
    assert isinstance(extra, dict)
    return 17 + 4 * int(extra["Version"])


def _corners(code: zxingcpp.Barcode) -> tuple[tuple[int, int], ...]:
    """List the corners of the square of modules in pixels, one after the other."""
    at = code.position
    four = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    return tuple((corner.x, corner.y) for corner in four)


def _box(code: zxingcpp.Barcode) -> Box:
    xs, ys = zip(*_corners(code), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _grown(box: Box, by: int) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _quiet(grey: Image.Image, box: Box, module: float) -> float:
    """Measure the white around a code, in modules; the edge of the page ends it."""
    most = round(LOOK * module)
    steps = [255 if value < WHITE else 0 for value in range(256)]
    dark = ImageOps.expand(grey.point(steps), most, 255)
    moved = Box(*(edge + most for edge in box))
    dark.paste(0, _grown(moved, SLACK))
    for by in range(SLACK + 1, most + 1):
        if dark.crop(_grown(moved, by)).getbbox():
            return round((by - 1) / module, 1)
    return float(LOOK)
