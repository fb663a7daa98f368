"""Press: a true PDF/X-4 for a print shop (door to pikepdf).

Takes what the engine wrote as `pdf/x-4`, already put on its sheets; adds what ISO
15930-7 asks for and the engine leaves out: the printing condition with its profile,
fixed identifiers, boxes, ink in place of light, and nothing that can be clicked.
"""

import hashlib
import re
import uuid
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf

from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.paper.sheet import Shop
from leaflets.pdf.write.cmyk import inked

PT = 72 / 25.4
"""Points in a millimetre."""
NEAR = 0.1
"""In pt: how much less than the shop's bleed a page may have, for rounding."""
REGISTRY = "http://www.color.org"
"""Whose names of printing conditions these are (ISO 32000-1, table 365)."""
OURS = uuid.UUID("6f0a9d6c-6a3b-5d0e-9b1b-2f6c0d3a7e51")
"""The namespace of document identifiers (RFC 9562, version 5)."""
DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)$")
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
{fields}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def to_press(
    pdf: Pdf,
    shop: Shop,
    profile: bytes,
    title: str,
    place: Location | None = None,
) -> None:
    """Make a PDF/X-4 (ISO 15930-7) of the engine's file, in place.

    Pure black and white given in RGB, and greys, become black ink alone.  All
    annotations are taken out, for preflight refuses those inside the page; the words
    of links stay tagged.  Dates are those that the engine took from the HTML, and /ID is
    the caller's.  LeafletsError at `place` where another colour is not given in ink,
    or at the profile where it is none for a CMYK press.  ValueError where a page is
    smaller than the shop's bleed or the file has no dates.
    """
    if (profile[12:20], profile[36:40]) != (b"prtrCMYK", b"acsp"):
        # ICC.1, 7.2: device class, colour space, signature.
        where = Location(f"profiles/{shop.profile}.icc")
        message = "this is no profile of a CMYK printing condition"
        hint = "profiles/README.md tells which there are"
        raise LeafletsError((error("press-profile", message, where, hint),))
    inked(pdf, place or Location("templates"))
    for number, page in enumerate(pdf.pages, 1):
        _boxes(page, number, shop.bleed)
    _unlinked(pdf)
    _intended(pdf, shop, profile)
    _described(pdf, title)


def _boxes(page: pikepdf.Page, number: int, bleed: float) -> None:
    """Nest the boxes: trim in bleed in media, and no other."""
    if "/TrimBox" not in page.obj:
        raise ValueError(f"page {number} has no TrimBox")
    left, bottom, right, top = map(float, page.mediabox)
    trim = [float(number) for number in page.obj.TrimBox]
    away = bleed * PT
    wanted = [trim[0] - away, trim[1] - away, trim[2] + away, trim[3] + away]
    inside = [
        max(round(wanted[0], 4), left),
        max(round(wanted[1], 4), bottom),
        min(round(wanted[2], 4), right),
        min(round(wanted[3], 4), top),
    ]
    if max(abs(a - b) for a, b in zip(wanted, inside, strict=True)) > NEAR:
        raise ValueError(f"page {number} has no room for a bleed of {bleed} mm")
    page.obj.BleedBox = Array(inside)
    for key in ("/CropBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]


def _unlinked(pdf: Pdf) -> None:
    """Take out all annotations, and the structure tree's ways to them and back."""
    gone = []
    for page in pdf.pages:
        for note in page.obj.get("/Annots", ()):
            if "/StructParent" in note:
                gone.append(int(note.StructParent))
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is not None:
        _untied(tree, gone)


def _untied(tree: Any, gone: list[int]) -> None:
    """Take the ways to annotations, and those back by these keys, out of a tree."""
    if "/ParentTree" in tree:
        parents = NumberTree(tree.ParentTree)
        for key in gone:
            if key in parents:
                del parents[key]
    queue = [tree]
    while queue:
        node = queue.pop()
        kids = node.get("/K")
        if kids is None:
            continue
        listed = list(kids) if isinstance(kids, Array) else [kids]
        kept = [kid for kid in listed if not _refers(kid)]
        if len(kept) < len(listed):
            node.K = Array(kept)
            if node.get("/S") == Name.Link:
                # A link without annotation is none (ISO 32000-1, 14.8.4.4.2).
                node.S = Name.Span
        queue += [kid for kid in kept if isinstance(kid, Dictionary) and "/S" in kid]


def _refers(kid: Any) -> bool:
    """Return whether an element's child is a reference to an annotation."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


def _intended(pdf: Pdf, shop: Shop, profile: bytes) -> None:
    """Name the printing condition and embed its profile (ISO 32000-1, 14.11.5)."""
    embedded = pdf.make_stream(profile)
    embedded.N = 4
    embedded.Alternate = Name.DeviceCMYK
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name("/GTS_PDFX"),
                OutputConditionIdentifier=pikepdf.String(shop.condition),
                RegistryName=pikepdf.String(REGISTRY),
                Info=pikepdf.String(f"{shop.condition}: {shop.stock}"),
                DestOutputProfile=embedded,
            )
        ]
    )


def _described(pdf: Pdf, title: str) -> None:
    """Write what the file says of itself, twice alike: docinfo and XMP."""
    info = pdf.docinfo
    info["/Title"] = pikepdf.String(title)
    info["/Trapped"] = Name("/False")
    created, changed = (_date(info, key) for key in ("/CreationDate", "/ModDate"))
    number = uuid.uuid5(OURS, f"{title}\n{_digest(pdf)}")
    alt = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    fields = [
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
        ("pdf:Trapped", "False"),
        ("xmpMM:DocumentID", f"uuid:{number}"),
        ("xmpMM:VersionID", "1"),
        ("xmpMM:RenditionClass", "default"),
        ("xmp:CreateDate", created),
        ("xmp:ModifyDate", changed),
        ("xmp:MetadataDate", changed),
        ("dc:title", alt.format(escape(title))),
    ]
    for key, name, form in (
        ("/Author", "dc:creator", "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>"),
        ("/Subject", "dc:description", alt),
        ("/Keywords", "pdf:Keywords", "{}"),
        ("/Creator", "xmp:CreatorTool", "{}"),
        ("/Producer", "pdf:Producer", "{}"),
    ):
        if key in info:
            fields.append((name, form.format(escape(str(info[key])))))
    text = "\n".join(f"<{name}>{value}</{name}>" for name, value in fields)
    packet = pdf.make_stream(PACKET.format(fields=text).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = packet


def _digest(pdf: Pdf) -> str:
    """Hash what the file holds, without what is said of it: that was random."""
    digest = hashlib.sha256()
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Type") != Name.Metadata:
            digest.update(hashlib.sha256(thing.read_raw_bytes()).digest())
    return digest.hexdigest()


def _date(info: Any, key: str) -> str:
    """Write one of the file's dates as XMP does; ValueError where there is none."""
    match = DATE.match(str(info.get(key, "")))
    if not match:
        raise ValueError(f"the file's {key} is {info.get(key)}, no full date")
    year, month, day, hour, minute, second, east, rest = match.groups()
    zone = f"{east}:{rest}" if east else "Z"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
