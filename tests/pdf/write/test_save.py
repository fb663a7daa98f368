"""Equal content is saved as equal bytes."""

import io

import pikepdf
from pikepdf import Array, Pdf, String

from leaflets.pdf.write.save import saved


def written(text: bytes, *, identifier: bytes = b"") -> bytes:
    """Save a file of one page."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(text)
        if identifier:
            pdf.trailer["/ID"] = Array([String(identifier.decode())] * 2)
        return saved(pdf)


def test_equal_content_gives_equal_bytes() -> None:
    """Whatever identifier the file had before."""
    files = {
        written(b"0 0 9 9 re f", identifier=one) for one in (b"", b"one", b"other")
    }
    assert len(files) == 1
    assert files != {written(b"0 0 8 8 re f")}


def test_the_identifier_depends_on_the_content() -> None:
    """Two files that differ have identifiers that differ."""
    identifiers = set()
    for text in (b"q Q", b"q q Q Q"):
        with pikepdf.open(io.BytesIO(written(text))) as pdf:
            identifiers.add(bytes(pdf.trailer["/ID"][0]))
    assert len(identifiers) == 2
