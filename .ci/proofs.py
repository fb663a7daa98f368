"""Contact sheets: small pictures of what was built, to see it all at a glance.

Reads `build/manifest.json`; writes `build/contact/EDITION.PAPER.png` with every side
of every leaflet in three scripts, and `build/contact/LEAFLET.LOCALE.png` with the
first side of every edition.  Prints the paths.  Run from the project's root after a
build: `.venv/bin/python .ci/proofs.py`.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from leaflets.build.manifest import Entry, read_manifest
from leaflets.digest import digest_bytes
from leaflets.files import below, is_file, keep_only, publish, read
from leaflets.pdf.read.raster import page_image

BUILD = Path(__file__).resolve().parent.parent / "build"
FONT = BUILD / "fonts" / "NotoSans_400Regular.ttf"
LOCALES = ("en", "ar", "zh_Hans")
"""Lines from the left, lines from the right, and a script without letters."""
PPI = 50
GAP = 12
"""Pixels between pictures, and around all of them."""
TYPE = 13
"""Of captions, in pixels."""
GROUND, EDGE, INK = "#c8c8c8", "#707070", "#202020"
WIDEST = 2400
"""Pixels after which a row goes on in a new line."""


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures that stand side by side under a caption each."""

    captions: tuple[str, ...]
    pictures: tuple[Image.Image, ...]


def main() -> None:
    """Make all contact sheets."""
    manifest, _ = read_manifest(BUILD)
    there = [one for one in manifest.entries if is_file(BUILD, one.output)]
    entries = sorted(there, key=lambda one: one.target)
    if not entries:
        raise SystemExit("nothing has been built")
    folder = below(BUILD.parent, "build", "contact")
    written: dict[str, str] = {}
    shown = [one for one in entries if one.target.locale in LOCALES]
    for name, group in grouped(shown, of_edition):
        group.sort(key=lambda one: (one.target.leaflet, place(one.target.locale)))
        written[f"{name}.png"] = save(folder, f"{name}.png", map(all_sides, group))
    for name, group in grouped(entries, of_leaflet):
        written[f"{name}.png"] = save(folder, f"{name}.png", [first_sides(group)])
    for problem in keep_only(folder, written):
        print(problem)


def of_edition(entry: Entry) -> str:
    return f"{entry.target.edition}.{entry.target.paper}"


def of_leaflet(entry: Entry) -> str:
    return f"{entry.target.leaflet}.{entry.target.locale}"


def place(locale: str) -> int:
    return LOCALES.index(locale)


def grouped(
    entries: Iterable[Entry], name: Callable[[Entry], str]
) -> Iterator[tuple[str, list[Entry]]]:
    """Group files by name, in the order of the names."""
    groups = defaultdict(list)
    for one in entries:
        groups[name(one)].append(one)
    yield from sorted(groups.items())


def all_sides(entry: Entry) -> Row:
    """Draw all sides of a file."""
    data = read(BUILD, entry.output)
    numbers = range(1, entry.pages + 1)
    what = f"{entry.target.leaflet} {entry.target.locale}"
    return Row(
        tuple(f"{what} {one}/{entry.pages}" for one in numbers),
        tuple(page_image(data, one, PPI) for one in numbers),
    )


def first_sides(entries: Iterable[Entry]) -> Row:
    """Draw the first side of each file."""
    made = list(entries)
    return Row(
        tuple(f"{of_edition(one)} 1/{one.pages}" for one in made),
        tuple(page_image(read(BUILD, one.output), 1, PPI) for one in made),
    )


def save(folder: Path, name: str, rows: Iterable[Row]) -> str:
    """Set rows below one another, write the sheet and print its path; its SHA-256."""
    lines = [line for row in rows for line in broken(row)]
    font = ImageFont.truetype(FONT, TYPE)
    caption = TYPE * 3 // 2
    width = max(wide(one.pictures) for one in lines)
    height = GAP + sum(caption + high(one.pictures) + GAP for one in lines)
    sheet = Image.new("RGB", (width, height), GROUND)
    pen = ImageDraw.Draw(sheet)
    top = GAP
    for line in lines:
        left = GAP
        for text, picture in zip(line.captions, line.pictures, strict=True):
            pen.text((left, top), fitting(text, picture.width, font), INK, font)
            at = (left, top + caption)
            # The edge is drawn around the page, so that nothing of it is hidden.
            pen.rectangle(
                (
                    at[0] - 1,
                    at[1] - 1,
                    at[0] + picture.width,
                    at[1] + picture.height,
                ),
                outline=EDGE,
            )
            sheet.paste(picture, at)
            left += picture.width + GAP
        top += caption + high(line.pictures) + GAP
    # Leaflets have few colours; 128 of them make a third of the file.
    data = io.BytesIO()
    sheet.quantize(128, dither=Image.Dither.NONE).save(data, "PNG")
    if problem := publish(data.getvalue(), folder, name):
        raise SystemExit(str(problem))
    print(f"build/contact/{name}")
    return digest_bytes(data.getvalue())


def fitting(text: str, width: int, font: ImageFont.FreeTypeFont) -> str:
    """Shorten a caption until it is no wider than its picture."""
    shown = text
    while shown and font.getlength(shown) > width:
        text = text[:-1]
        shown = f"{text}…"
    return shown


def broken(row: Row) -> Iterator[Row]:
    """Break a row into lines that are not too wide."""
    start = 0
    for end in range(1, len(row.pictures) + 1):
        last = end == len(row.pictures)
        if last or wide(row.pictures[start : end + 1]) > WIDEST:
            yield Row(row.captions[start:end], row.pictures[start:end])
            start = end


def wide(pictures: tuple[Image.Image, ...]) -> int:
    return GAP + sum(one.width + GAP for one in pictures)


def high(pictures: tuple[Image.Image, ...]) -> int:
    return max(one.height for one in pictures)


if __name__ == "__main__":
    main()
