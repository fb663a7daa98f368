"""The picture at the top of README: first pages of one leaflet in several scripts.

Reads what `make` has built, build/LOCALE/what-is-ms.sheet.A4.pdf; writes
docs/leaflets.png.  `make picture` runs it.
"""

import io
from pathlib import Path

from PIL import Image

from leaflets.files import put, read
from leaflets.pdf.read.raster import page_image

ROOT = Path(__file__).resolve().parent.parent
PATH = "docs/leaflets.png"
NAME = "what-is-ms.sheet.A4.pdf"
LOCALES = ("en", "ar", "hi", "zh_Hans", "ja", "ru", "ko", "de")
PPI = 46
GAP = 14
"""Pixels between pages, and around all of them."""
COLUMNS = 4
GROUND = "#c9d3d4"
COLOURS = 96
"""Of the picture: it is flat, and is loaded with README each time."""


def main() -> None:
    """Draw the picture."""
    pages = [
        page_image(read(ROOT, f"build/{locale}/{NAME}"), 1, PPI) for locale in LOCALES
    ]
    width, height = pages[0].size
    rows = -(-len(pages) // COLUMNS)
    size = (COLUMNS * (width + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, GROUND)
    for index, page in enumerate(pages):
        row, column = divmod(index, COLUMNS)
        place = (GAP + column * (width + GAP), GAP + row * (height + GAP))
        sheet.paste(page.convert("RGB"), place)
    data = io.BytesIO()
    sheet.quantize(COLOURS).save(data, "PNG", optimize=True)
    put(data.getvalue(), ROOT, PATH)
    print(f"{PATH}: {data.tell() / 1000:.0f} kB")


if __name__ == "__main__":
    main()
