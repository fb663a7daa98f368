"""Rewrite: a page's instructions made fit for another page (door to pikepdf).

Takes a page and the side of a sheet that it is drawn on; gives instructions whose
marked content is numbered anew and whose resources the side has.
"""

from copy import copy
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

NAMED = {
    "Tf": "/Font",
    "gs": "/ExtGState",
    "Do": "/XObject",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
    "DP": "/Properties",
}
"""What the names are of that operators take (ISO 32000-1, table 33 and 7.8.3)."""
OPENS = {"q": "Q", "BMC": "EMC", "BDC": "EMC"}
"""What closes what an operator opens."""
Step = tuple[Any, Any]
"""Operands and operator."""


def rewritten(
    pdf: Pdf, page: pikepdf.Page, side: Any, *, x: float, y: float, first: int
) -> tuple[bytes, int]:
    """Rewrite what a page draws for a side; tell the next free identifier.

    `x` and `y` are how far it is moved, in pt; `first` is added to its marked-content
    identifiers.  The page's resources are handed to the side, under other names where
    the side has others of these names.  Every q gets its Q, every BDC its EMC, and
    none more, so that nothing is left open for the next page.
    """
    resources: Any = page.resources
    for name, value in resources.get("/ColorSpace", Dictionary()).items():
        # Default colour spaces are at work without being named.
        if name.startswith("/Default"):
            _given(side.Resources, "/ColorSpace", name, value)
    known: dict[tuple[str, str], Name] = {}
    steps: list[Step] = []
    opened = {"Q": 0, "EMC": 0}
    free = first
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), list(step.operands)
        kind = NAMED.get(operator, "")
        at = 0 if operator == "Tf" else -1
        if kind and operands and isinstance(operands[at], Name):
            name = str(operands[at])
            if (kind, name) not in known and name in resources.get(kind, ()):
                value = resources[kind][name]
                value, free = _adapted(pdf, kind, value, (x, y), first, free)
                known[kind, name] = _given(side.Resources, kind, name, value)
            operands[at] = known.get((kind, name), operands[at])
        elif kind == "/Properties":
            operands[at], free = _numbered(operands[at], first, free)
        if operator in OPENS:
            opened[OPENS[operator]] += 1
        elif operator in opened:
            if not opened[operator]:
                continue
            opened[operator] -= 1
        steps.append((operands, step.operator))
    for operator in ("EMC", "Q"):
        steps += [([], Operator(operator))] * opened[operator]
    return pikepdf.unparse_content_stream(steps), free


def _given(resources: Any, kind: str, name: str, value: Any) -> Name:
    """Enter a resource under its name, or under a new one if that is taken."""
    if kind not in resources:
        resources[kind] = Dictionary()
    named = resources[kind]
    wanted, number = name, 1
    while wanted in named and not _same(named[wanted], value):
        number += 1
        wanted = f"{name}-{number}"
    named[wanted] = value
    return Name(wanted)


def _same(resource: Any, other: Any) -> bool:
    """Return whether two resources are one object, or small and alike."""
    if resource.is_indirect or other.is_indirect:
        return bool(resource.objgen == other.objgen)
    return bool(resource == other)


def _adapted(
    pdf: Pdf, kind: str, value: Any, by: tuple[float, float], first: int, free: int
) -> tuple[Any, int]:
    """Copy a resource that depends on its page; return any other as it is."""
    if kind == "/Properties":
        return _numbered(value, first, free)
    if kind == "/XObject":
        return _form(pdf, value, first, free)
    if kind == "/Pattern":
        # ISO 32000-1, 8.7.3.1: patterns hang on the page; cm does not move them.
        moved = pdf.make_indirect(copy(value))
        a, b, c, d, e, f = map(float, value.get("/Matrix", (1, 0, 0, 1, 0, 0)))
        moved.Matrix = Array([a, b, c, d, round(e + by[0], 4), round(f + by[1], 4)])
        return moved, free
    return value, free


def _numbered(properties: Any, first: int, free: int) -> tuple[Any, int]:
    """Renumber a property list, if it has an identifier."""
    if "/MCID" not in properties:
        return properties, free
    number = int(properties.MCID) + first
    properties = Dictionary(copy(properties))
    properties.MCID = number
    return properties, max(free, number + 1)


def _form(pdf: Pdf, form: Any, first: int, free: int) -> tuple[Any, int]:
    """Renumber what a form marks as its page's content.

    The engine draws what is translucent in forms and counts their identifiers with
    those of the page.  Images, and forms without any, are given back as they are.
    """
    if form.get("/Subtype") != Name.Form:
        return form, free
    steps: list[Step] = []
    changed = False
    for step in pikepdf.parse_content_stream(form):
        operands = list(step.operands)
        if str(step.operator) == "BDC" and "/MCID" in operands[1]:
            operands[1], free = _numbered(operands[1], first, free)
            changed = True
        steps.append((operands, step.operator))
    inner = {}
    within = form.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for name, value in within.items():
        inner[name], free = _form(pdf, value, first, free)
        changed = changed or inner[name].objgen != value.objgen
    if not changed:
        return form, free
    renumbered = pdf.make_stream(pikepdf.unparse_content_stream(steps))
    for key, value in form.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            renumbered[key] = value
    if inner:
        renumbered.Resources = copy(form.Resources)
        renumbered.Resources.XObject = Dictionary(inner)
    return renumbered, free
