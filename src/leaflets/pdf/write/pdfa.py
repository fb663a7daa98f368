"""Archive: a file that is accessible and may be kept for decades (door to pikepdf).

Takes a tagged file that claims PDF/UA-1; makes it PDF/A-2a as well (ISO 19005-2), so
that a hospital can file the very pages that it hands out.  Colours get the meaning of
sRGB, and the metadata say so in the way that archives read.
"""

from importlib.resources import files

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PROFILE = "srgb.icc"
"""sRGB2014 of the International Color Consortium, which may be copied and embedded
freely; WeasyPrint ships the same bytes for its own PDF/A files."""
END = b"</rdf:RDF>"
CLAIM = b"""<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
"""
"""ISO 19005-2, 6.6.4."""
SCHEMA = b"""<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What an archive must be told of metadata that its own norm does not know
(ISO 19005-2, 6.6.2.3.3)."""
PRINT = 4
"""Annotation flag: shown on paper (ISO 32000-1, table 165)."""


def to_archive(pdf: Pdf) -> None:
    """Make a tagged PDF/UA-1 file PDF/A-2a as well."""
    profile = pdf.make_stream(
        files("leaflets.pdf.write").joinpath(PROFILE).read_bytes()
    )
    profile.N = 3
    intent = Dictionary(
        Type=Name("/OutputIntent"),
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    packet = pdf.Root.Metadata.read_bytes()
    before, _, after = packet.rpartition(END)
    stream = pdf.make_stream(before + CLAIM + SCHEMA + END + after)
    stream.Type, stream.Subtype = Name("/Metadata"), Name("/XML")
    pdf.Root.Metadata = pdf.make_indirect(stream)
    for page in pdf.pages:
        for link in page.obj.get("/Annots", Array()):
            link.F = PRINT
