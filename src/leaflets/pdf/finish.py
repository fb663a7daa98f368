"""Finish: what the engine does not write, and bytes that stay the same.

Takes the engine's PDF; gives the published one: title shown, printing hints,
reading direction, and identifiers that depend on the content only.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.composition import Composition


def finish(data: bytes, composition: Composition) -> bytes:
    """Write the finished PDF; equal input gives equal bytes on every machine."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        hints = Dictionary(
            # ISO 32000-1, table 150: printed at its size, both sides, turned on
            # the long edge as a book is.
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name("/DuplexFlipLongEdge"),
            PickTrayByPDFSize=True,
        )
        if composition.direction == "rtl":
            hints.Direction = Name("/R2L")
        pdf.Root.ViewerPreferences = hints
        pdf.Root.Lang = pikepdf.String(composition.language)
        width, height = (length * 72 / 25.4 for length in composition.page_size)
        for page in pdf.pages:
            if "/TrimBox" not in page.obj:
                page.obj.TrimBox = Array([0, 0, round(width, 4), round(height, 4)])
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        stream = io.BytesIO()
        pdf.save(
            stream,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            fix_metadata_version=False,
        )
    return stream.getvalue()
