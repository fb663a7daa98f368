"""Finish: what the engine does not write, and bytes that stay the same.

Takes the engine's PDF; gives the published one: title shown, printing hints,
reading direction, and identifiers that depend on the content only.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.languages.scripts import LATIN
from leaflets.pages.composition import Composition
from leaflets.pdf.write.impose import impose, mark
from leaflets.pdf.write.pdfa import to_archive
from leaflets.pdf.write.pdfx import to_press
from leaflets.pdf.write.save import saved
from leaflets.pdf.write.tounicode import mend_meanings


def finish(data: bytes, composition: Composition) -> bytes:
    """Write the finished PDF; equal input gives equal bytes on every machine."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        bleed = composition.shop.bleed if composition.shop else 0.0
        if composition.imposed:
            places = composition.places(len(pdf.pages))
            impose(pdf, places, composition.side_size, bleed=bleed)
        if composition.shop is None and composition.fold.opens_flat:
            mark(pdf, composition.folds, bleed=0.0, outside=False)
        elif composition.shop and composition.shop.marks:
            mark(pdf, composition.folds, bleed=bleed, outside=True)
        # Sheets that lie on their long edge are turned on the short one, so that
        # the back stands upright behind the front.
        edge = "Short" if composition.imposed else "Long"
        hints = Dictionary(
            # ISO 32000-1, table 150: printed at its size, on both sides.
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
        )
        if composition.shop is None:
            # PDF 1.7; a press file is 1.6 (ISO 15930-7), and no office prints it.
            hints.Duplex = Name(f"/DuplexFlip{edge}Edge")
            hints.PickTrayByPDFSize = True
        if composition.direction == "rtl":
            hints.Direction = Name("/R2L")
        pdf.Root.ViewerPreferences = hints
        mend_meanings(pdf, (*composition.families, LATIN))
        pdf.Root.Lang = pikepdf.String(composition.language)
        width, height = (length * 72 / 25.4 for length in composition.side_size)
        for page in pdf.pages:
            if "/TrimBox" not in page.obj:
                page.obj.TrimBox = Array([0, 0, round(width, 4), round(height, 4)])
        if composition.shop:
            title, place = composition.title, composition.location
            to_press(pdf, composition.shop, composition.profile, title, place)
        else:
            to_archive(pdf)
        return saved(pdf)
