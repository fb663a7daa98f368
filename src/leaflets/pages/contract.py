"""The contract between templates and code: every name that one writes and the other
reads.

Ids, attributes, classes and roles stand here and nowhere else.  Templates get the
functions as globals (`GLOBALS`), checks and measurements call the same ones;
docs/templates.md is written from the tables.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from leaflets.sources.content.keys import LABEL, PROMISE, TITLE

PASSAGE = "data-passage"
FURNITURE = "data-furniture"
BLANK = "data-blank"
KEEP = "data-keep"

ATTRIBUTES: Mapping[str, str] = MappingProxyType(
    {
        PASSAGE: "A text that must be found again on paper, whole and in order; "
        "its `id` is its key.",
        FURNITURE: "A text that stands on every page; its value is its role.",
        BLANK: "A place that a clinic writes on or prints in; its value names it.",
        KEEP: "What stands on one page: all elements of the same value do, or on two "
        "that face each other where the value is made by `spread_keep`.",
    }
)


class Role(StrEnum):
    """What a text is for that stands on every page."""

    STANDING = "standing"
    """Whether the leaflet may be handed out; in a box above the names."""
    NAMES = "names"
    """Title and language in one."""
    OWN_TITLE = "own-title"
    """The title in the leaflet's language."""
    ENGLISH_TITLE = "english-title"
    """The title in English, beside another."""
    LANGUAGE = "language"
    """The language's own name and its English one."""
    REPORT = "report"
    """The title of a paper that no patient sees."""


STANDING_TEMPLATE = "standing.html"
"""The only template with texts of the role `standing`: it is filled alone, to measure
how high their box may grow."""
CELLS_TEMPLATE = "cells.html"
"""Macros that set one text of one language in its column."""

ASSET = "asset:"
"""How the address of a drawing or code begins; nothing else can be loaded."""
CODE_ASSET = "qr.svg"
"""The code of the online copy."""

RUNNING_HEAD = "running-head"
CLINIC_PLACE = "clinic-place"
ONLINE_PLACE = "online"
NOTES = "notes"
DRAWING = "drawing"
BACK = "back"
SPREAD_START = "spread-start"

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        RUNNING_HEAD: "Holds all furniture; cut off where a leaflet is shown on screen.",
        CLINIC_PLACE: "The clinic's panel, last in its page; paper only.",
        ONLINE_PLACE: "The code of the online copy, a div without another; paper only.",
        NOTES: "A page for the reader's own notes, or a reviewer's; paper only.",
        DRAWING: "A drawing with its labels; its places in mm become parts on screen.",
        BACK: "What stands on the back of a folded sheet, behind pages for notes.",
        SPREAD_START: "Where a new page begins if what follows would not stand on two "
        "that face each other.",
    }
)


SECOND = "x-"
"""How the ids of a second language's texts begin."""


def second(key: str) -> str:
    """Name the second language's text beside a first one's."""
    return SECOND + key


def is_second(key: str) -> bool:
    """Ask whether a text is of the second language."""
    return key.startswith(SECOND)


def first(key: str) -> str:
    """Name a text without regard to its language."""
    return key.removeprefix(SECOND)


HEADING = "h"


def is_heading(key: str) -> bool:
    """Ask whether a text is a heading, of the leaflet or of the template.

    >>> is_heading("h3"), is_heading("x-h-sources"), is_heading("p1")
    (True, True, False)
    """
    return first(key).startswith(HEADING)


def is_display(key: str) -> bool:
    """Ask whether a text is large and short: a heading, the title or the promise."""
    return is_heading(key) or first(key) in (TITLE, PROMISE)


def section_id(name: str) -> str:
    """Name a heading that the template brings."""
    return f"{HEADING}-{name}"


IMPRINT = "i-"


def imprint_id(name: str) -> str:
    """Name a line of the imprint."""
    return IMPRINT + name


CODE_NOTE = imprint_id("code")
"""The text in the place that is kept free for a code."""
CLINIC = "clinic-"


def clinic_id(name: str) -> str:
    """Name the label of a line of the clinic's panel."""
    return CLINIC + name


def is_for_paper(key: str) -> bool:
    """Ask whether a text has no meaning on screen: a clinic's lines, room for a code."""
    return key.startswith((CLINIC, CODE_NOTE)) or NOTES in key.split("-")


CODE_BLANK = "code"
"""The blank of the QR code."""


def blank(name: str, line: int) -> str:
    """Name a line to write on.

    >>> blank("address", 2)
    'address-2'
    """
    return f"{name}-{line}"


def group_id(label: str) -> str:
    """Name the box that a label shares with those under it."""
    return f"g-{label}"


def number_id(caption: str) -> str:
    """Name a figure's number, before its caption."""
    return f"{caption}-n"


def label_id(cell: str) -> str:
    """Name the heading of a column, where it stands again beside a cell.

    >>> label_id("p7r3c2")
    'p7r3c2-k'
    """
    return f"{cell}-k"


def sources_id(block: str) -> str:
    """Name the numbers of the sources below a table.

    >>> sources_id("p7")
    'p7-s'
    """
    return f"{block}-s"


def contact_id(box: str, name: str) -> str:
    """Name whom a telephone number of a box calls."""
    return f"{box}-{name}"


def contact_value_id(box: str, name: str) -> str:
    """Name the number itself."""
    return f"{contact_id(box, name)}-v"


def reference_id(number: int) -> str:
    """Name a reference of the list of sources."""
    return f"r{number}"


PROOF_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "where": "w",
        "place": "i",
        "source": "s",
        "repeated": "r",
        "changed": "c",
    }
)
"""What a proof tells of a text, and how the id of that begins."""


def proof_id(part: str, key: str) -> str:
    """Name what a proof tells of a text: one of `PROOF_PARTS`.

    >>> proof_id("source", "p7")
    's-p7'
    """
    return f"{PROOF_PARTS[part]}-{key}"


def remark_id(number: int, key: str) -> str:
    """Name a remark of the authors on a text, in a proof."""
    return f"n{number}-{key}"


def notes_id(number: int) -> str:
    """Name a page for notes."""
    return f"{NOTES}-{number}"


def is_notes(element: str) -> bool:
    """Ask whether an element is a page for notes, by its id."""
    return element.startswith(f"{NOTES}-")


DRAWING_KEEP = "-f"
SPREAD_KEEP = "spread-"


def drawing_keep(caption: str) -> str:
    """Name a drawing that stands on one page."""
    return caption + DRAWING_KEEP


def spread_keep(box: str) -> str:
    """Name a box that stands on one page, or on two that face each other."""
    return SPREAD_KEEP + box


def is_spread(keep: str) -> bool:
    """Ask whether what is kept together may stand on two facing pages."""
    return keep.startswith(SPREAD_KEEP)


def kept_key(keep: str) -> str:
    """Name the block that is kept together.

    >>> kept_key(drawing_keep("f1c")), kept_key(spread_keep("b9"))
    ('f1c', 'b9')
    """
    return keep.removesuffix(DRAWING_KEEP).removeprefix(SPREAD_KEEP)


GLOBALS: Mapping[str, Callable[..., object] | type[Role]] = MappingProxyType(
    {
        "Role": Role,
        **{
            function.__name__: function
            for function in (
                blank,
                clinic_id,
                contact_id,
                contact_value_id,
                drawing_keep,
                imprint_id,
                notes_id,
                number_id,
                proof_id,
                reference_id,
                remark_id,
                section_id,
                sources_id,
                spread_keep,
            )
        },
    }
)
"""What every template may call by name."""

JINJA_FILTERS = (
    "abs",
    "count",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "sort",
    "string",
    "striptags",
    "trim",
    "unique",
    "upper",
)
"""Jinja's own filters that templates may use; no other is there."""

JINJA_TESTS = (
    "==",
    "boolean",
    "defined",
    "divisibleby",
    "eq",
    "equalto",
    "even",
    "false",
    "ge",
    "gt",
    "in",
    "iterable",
    "le",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sequence",
    "string",
    "true",
    "undefined",
)
"""Jinja's own tests that templates may use; no other is there."""

METHODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Mapping": ("get", "items", "keys", "values"),
        "View": ("shares",),
        "str": ("endswith", "lower", "removeprefix", "split", "startswith", "strip"),
    }
)
"""What a template may call on a value, by the value's type; nothing else."""

LOOP = (
    "depth",
    "first",
    "index",
    "index0",
    "last",
    "length",
    "nextitem",
    "previtem",
    "revindex",
    "revindex0",
)
"""What a template may ask of `loop`."""

MOST_STEPS = 200_000
"""Passes of loops and calls of one filling."""
PART_STEPS = 20
"""What a part that is included counts for."""
MOST_LETTERS = 20_000_000
"""Letters written and items put together, of one filling."""

IDS: Mapping[str, str] = MappingProxyType(
    {
        TITLE: "The title.",
        PROMISE: "The line below the title.",
        "series": "Which leaflet of the family it is.",
        "short-note": "That this is the short form.",
        "sources-note": "What the numbers in brackets lead to.",
        "h3": "A heading of the text.",
        "p7": "A paragraph, by the number beside it; also the list that has the number.",
        "p7i2": "An item of a list or step.",
        "b12": "A box that has no number of its own, by its line in the source.",
        "f1c": "The caption of a figure.",
        "f1a": "What a figure shows, for those who do not see it; in a proof.",
        number_id("f1c"): "The figure's number.",
        f"{LABEL}nerve-axon": "A label of a drawing: its file, and its own id.",
        group_id(
            f"{LABEL}nerve-axon"
        ): "The box of a label and those under it; no text.",
        contact_id("b12", "urgent"): "Whom a telephone number of a box calls.",
        contact_value_id("b12", "urgent"): "The number, or a line that asks for it.",
        section_id("sources"): "A heading that the template brings.",
        reference_id(4): "A reference of the list of sources.",
        imprint_id("version"): "A line of the imprint.",
        clinic_id("phone"): "The label of a line of the clinic's panel.",
        notes_id(2): "A page for notes; no text.",
        second("p7"): "The same text in the second of two languages.",
        proof_id("where", "p7"): "In a proof: the number or the kind of a text.",
        proof_id("place", "p7"): "In a proof: its id and its line.",
        proof_id("source", "p7"): "In a proof: the source beside it.",
        proof_id("repeated", f"{LABEL}nerve-axon"): "In a proof: words that stand in "
        "their drawing as well.",
        proof_id("changed", "p7"): "In a proof: that it changed since it was signed.",
        remark_id(
            1, "p7"
        ): "In a proof: a remark of the authors, or a number's source.",
    }
)
"""An example of every id of a leaflet's page, and what it names."""
