"""A tagged file claims to be an archive, and holds what the claim asks for."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from instructions import PACKET
from leaflets.pdf.write.pdfa import to_archive


def archived() -> Pdf:
    """Make a file of one page with a link an archive."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    link = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    pdf.Root.Metadata = pdf.make_stream(PACKET)
    to_archive(pdf)
    return pdf


def test_it_claims_pdfa_2a() -> None:
    """Part and conformance stand in its metadata (ISO 19005-2, 6.6.4)."""
    with archived() as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")


def test_it_says_what_its_light_is() -> None:
    """The profile of sRGB is embedded, of three components."""
    with archived() as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert Name("/GTS_PDFA1") == intent.S
        assert int(intent.DestOutputProfile.N) == 3
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_its_links_are_printed() -> None:
    """An archive shows on paper what it shows on screen."""
    with archived() as pdf:
        assert [int(link.F) for link in pdf.pages[0].obj.Annots] == [4]


def test_metadata_is_readable_text() -> None:
    """It is not packed, so that any program finds it in the bytes."""
    with archived() as pdf:
        assert isinstance(pdf.Root.Metadata, pikepdf.Stream)
        assert pdf.Root.Metadata.Subtype == Name.XML
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
