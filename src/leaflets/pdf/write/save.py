"""Save: a file's bytes, the same for the same content (door to pikepdf)."""

import io

import pikepdf
from pikepdf import Pdf


def saved(pdf: Pdf) -> bytes:
    """Write a file; equal content gives equal bytes on every machine."""
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
