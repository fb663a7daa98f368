"""A PDF page that consists of the instructions of a test."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

Stream = tuple[str, dict[str, Any]]
"""Instructions, and the entries of the stream's dictionary."""
PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""/></rdf:RDF></x:xmpmeta>"""
"""Metadata that says nothing."""


@contextmanager
def pdf_of(
    stream: str, size: tuple[float, float] = (100, 100), **resources: Mapping[str, Any]
) -> Iterator[Pdf]:
    """Open a file of one page, so many pt wide and high.

    `resources` are the things that its instructions name, kind by kind.
    """
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(stream.encode("latin-1"))
        page.Resources = _resources(pdf, resources)
        yield pdf


@contextmanager
def page_of(
    stream: str, size: tuple[float, float] = (100, 100), **resources: Mapping[str, Any]
) -> Iterator[pikepdf.Page]:
    """Open the page of such a file."""
    with pdf_of(stream, size, **resources) as pdf:
        yield pdf.pages[0]


def form(stream: str, **entries: Any) -> Stream:
    """Describe a form; its box is 100 pt wide and high unless `entries` say more."""
    box = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 100, 100])}
    return stream, {**box, **entries}


def group(stream: str, **entries: Any) -> Stream:
    """Describe a form that is a transparency group."""
    return form(stream, Group=Dictionary(S=Name.Transparency), **entries)


def saved(pdf: Pdf) -> bytes:
    """Write a file."""
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def _resources(pdf: Pdf, kinds: Mapping[str, Mapping[str, Any]]) -> Dictionary:
    return Dictionary(
        {
            f"/{kind}": Dictionary(
                {f"/{name}": _entered(pdf, thing) for name, thing in things.items()}
            )
            for kind, things in kinds.items()
        }
    )


def _entered(pdf: Pdf, thing: Any) -> Any:
    """Make a stream of what is described as one."""
    if not isinstance(thing, tuple):
        return thing
    instructions, entries = thing
    stream = pdf.make_stream(instructions.encode("latin-1"))
    for key, value in entries.items():
        stream[f"/{key}"] = _resources(pdf, value) if key == "Resources" else value
    return stream
