"""Every kind of file that the tool reads, changed at random and along its structure.

Whatever a file holds, its reader gives findings, and never another exception.  A few
examples of each kind run in CI; `HYPOTHESIS_PROFILE=long pytest tests/test_fuzz.py`
searches on (CONTRIBUTING.md).
"""

import json
import tempfile
import tomllib
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiny
from images import png
from leaflets.build import cache as cache_files
from leaflets.build.cache import (
    read_checked,
    read_pages,
    read_parts,
    read_texts,
    rules,
)
from leaflets.build.front import analyse
from leaflets.build.manifest import parse_manifest
from leaflets.clinics.list import read_clinics
from leaflets.clinics.logo import read_logo
from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.digest import digest_bytes, digest_parts
from leaflets.pages.templates import render
from leaflets.paper.colours import foreign
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.catalogs.extract import extract_all
from leaflets.sources.catalogs.glossary_files import read_glossary, read_tbx
from leaflets.sources.catalogs.template_messages import template_messages
from leaflets.sources.content.document import parse, parse_draft
from leaflets.sources.content.evidence import read_evidence
from leaflets.sources.content.family import read_family
from leaflets.sources.content.figures import mirror
from leaflets.sources.content.figures import parse as parse_figure
from leaflets.sources.content.names_file import read_names
from leaflets.sources.doubts import read_doubts
from leaflets.sources.fonts import read_pins
from leaflets.sources.project import read_project
from leaflets.sources.signatures import read_review
from samples import ROOT

HALF = settings(max_examples=settings.default.max_examples // 2)
"""For what is done for each of many kinds."""
FEW = settings(max_examples=settings.default.max_examples // 4)
"""For what takes longer."""
SLOW = settings(max_examples=settings.default.max_examples // 8)
"""For what takes long."""
HERE = Location("clinics.csv", 2)

# What a value can be changed into: each is the end of some type, size or range.
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    -(2**63),
    10**400,
    0.0,
    1e308,
    -1e308,
    5e-324,
    float("nan"),
    float("inf"),
    float("-inf"),
    "",
    " ",
    "a",
    "\0",
    "a\nb\r\tc",
    "\x1b[2J\x7f\x85",
    "\u202e\u2066\u200b\ufeff",
    "\u0301" * 40,
    "\U0010ffff\ue000\ufdd0",
    "{}{0}{a.b}{{%s",
    "../../etc/passwd",
    "a" * 3000,
    "[" * 300,
    "**" * 300,
    "9" * 5000,
    date(1, 1, 1),
    date(9999, 12, 31),
    datetime(1979, 5, 27, 7, 32, tzinfo=UTC),
    time(7, 32),
    [],
    [[]],
    [{}],
    [1, "a", []],
    {},
    {"": {}},
    {"a": {"b": {"c": [{}]}}},
    [[[[[[[[[[]]]]]]]]]],
    ["a"] * 300,
)
BYTES = st.one_of(
    st.sampled_from(
        [
            b"",
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xed\xa0\x80",  # half of a pair, which is no UTF-8
            b"\xc0\x80",
            b"\r",
            b"\n",
            b"\\",
            b'"',
            b"'''",
            b"<",
            b"&x;",
            b"[",
            b"{",
            b"}",
            b"nan",
            b"1e999",
            b"-9" * 500,
            b"(" * 600,
            b"<g>" * 600,
        ]
    ),
    st.binary(max_size=8),
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Put some bytes for others, some twice, or cut some off."""
    data = whole
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 4, 40, 4000))))
        kept = data[start:end] * draw(st.sampled_from((0, 0, 1, 2)))
        data = data[:start] + kept + draw(BYTES) + data[end:]
    return data


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the way to every value inside a value, itself first."""
    inside = [path]
    if isinstance(value, Mapping):
        for key, item in value.items():
            inside += places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            inside += places(item, (*path, index))
    return inside


def changed(value: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    """Change what stands at a place; the rest stays."""
    if not path:
        return change(value)
    key, *rest = path
    if isinstance(value, Mapping):
        return {**value, key: changed(value[key], tuple(rest), change)}
    return [
        changed(item, tuple(rest), change) if index == key else item
        for index, item in enumerate(value)
    ]


def without(value: Any, path: tuple[Any, ...]) -> Any:
    """Leave out what stands at a place."""
    *above, last = path

    def drop(holder: Any) -> Any:
        if isinstance(holder, Mapping):
            return {key: item for key, item in holder.items() if key != last}
        return holder[:last] + holder[last + 1 :]

    return changed(value, tuple(above), drop)


@st.composite
def restructured(draw: st.DrawFn, whole: Any) -> Any:
    """Change values of a tree: another type, nothing, twice, deeper, another key."""
    value = whole
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(places(value)))
        odd = draw(st.sampled_from(ODD))
        how = draw(st.sampled_from((*CHANGES, "drop")))
        if how == "drop":
            value = without(value, path) if path else odd
        else:
            value = changed(value, path, partial(CHANGES[how], odd))
    return value


def put(odd: Any, item: Any) -> Any:
    """Put another value in the place of one."""
    return odd


def add_key(odd: Any, item: Any) -> Any:
    """Add a key that nobody knows."""
    return {**item, str(odd): 1} if isinstance(item, Mapping) else odd


def deeper(odd: Any, item: Any) -> Any:
    """Put a value a table deeper."""
    return {"a": item}


def twice(odd: Any, item: Any) -> Any:
    """Put a list in the place of a value."""
    return [item, item]


CHANGES: Mapping[str, Callable[[Any, Any], Any]] = {
    "put": put,
    "key": add_key,
    "deeper": deeper,
    "list": twice,
}


def toml_of(value: Any) -> str:
    """Write a value as TOML writes one in a line."""
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case str():
            text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            return "".join("\\u0085" if char == "\x85" else char for char in text)
        case float():
            return str(value)
        case date() | time():
            return value.isoformat()
        case Mapping():
            pairs = (
                f"{toml_of(str(key))} = {toml_of(one)}" for key, one in value.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(toml_of, value)) + "]"
        case int() if abs(value) > 10**300:
            return "1" + "0" * 400
    return str(value)


def toml_file(value: Any) -> bytes:
    """Write a table as a TOML file, each key a line."""
    if not isinstance(value, Mapping):
        value = {"a": value}
    lines = (f"{toml_of(str(key))} = {toml_of(item)}\n" for key, item in value.items())
    return "".join(lines).encode("utf-8", "surrogatepass")


GLOSSARY = """
[[term]]
source = "relapse"
forms = ["relapses"]
note = "worse for a while"
[term.approved]
de = ["Schub"]
[term.forbidden]
de = ["Rückfall"]
[[term]]
source = "MIST"
keep = true
"""
NAMES = 'latin = ["MIST"]\n[[name]]\ntext = "type 2"\nde = ["Typ 2"]\n'
DOUBTS = '[[doubt]]\ntext = "relapse"\nnote = "Schub?"\n'
WAIVER = """
[[tool.leaflets.waiver]]
code = "unchanged"
where = "locales/ar"
reason = "it is a name"
until = 2027-01-01
"""
SHOP = """
[tool.leaflets.shop.europe]
paper = "A4"
profile = "fogra39"
condition = "FOGRA39"
bleed = 3.0
safe = 5.0
ink = 280.0
line = 0.25
ppi = 300
marks = false
caliper = 0.12
stock = "coated"
colours = "4/4"
quantity = 500
"""
FONTS = """
[[font]]
file = "a.ttf"
package = "a"
family = "A"
weight = 400
style = "normal"
scripts = ["Latn"]
licence = "OFL-1.1"
sha256 = "00"
"""
REVIEW = """
version = 1
[[signature]]
role = "translator"
name = "A. Person"
credentials = "MD"
method = "human"
date = 2026-01-02
leaflet_version = "0.1.0"
texts = ["title=00000000000000000000000000000000"]
[text.00000000000000000000000000000000]
context = ""
source = "A"
translation = "B"
facts = []
"""
CLINICS = """
[[clinic]]
id = "one"
name = "One"
phone = "+49 30 1"
url = "https://example.org/{leaflet}"
logo = "a.png"
language = "de"
territory = "DE"
locales = ["en"]
editions = ["sheet"]
"""
CSV = b"""id,name,phone,hours,url,logo,language,territory,locales
one,One,+49 30 1,9-5,https://example.org/a,a.png,de,DE,en ar
two,"Two, too",,,,,,,
"""
MAPPINGS = """
[[tool.babel.mappings]]
method = "leaflets_markdown"
pattern = "content/**.md"
"""
FRONT, BODY = tiny.LEAFLET.split("+++\n", 2)[1:]


def manifest() -> dict[str, Any]:
    """Write a manifest with one file."""
    target = {"leaflet": "a", "locale": "en", "edition": "sheet", "paper": "A4"}
    entry = {
        "target": target,
        "output": "en/a.sheet.A4.pdf",
        "sha256": "0" * 64,
        "size": 1,
        "pages": 1,
        "fingerprint": [["html", "a"]],
        "standing": "draft",
        "facts": "b",
        "earlier": False,
    }
    whole = {"version": 2, "tools": {"a": "1"}, "fonts": {"b": "2"}}
    return {**whole, "commit": "", "sbom": "", "entries": [entry]}


def tbx() -> bytes:
    """Write the glossary as TBX."""
    from leaflets.sources.catalogs.glossary_files import write_tbx

    glossary, found = read_glossary(GLOSSARY.encode(), "glossary.toml")
    assert found == ()
    return write_tbx(glossary, ["de"])


TABLES: Mapping[str, tuple[str, Callable[[bytes], object]]] = {
    "project": (tiny.PROJECT + SHOP + WAIVER, read_project),
    "mappings": (MAPPINGS, lambda data: extract_all({"pyproject.toml": data}, ROOT)),
    "facts": (tiny.FACTS, lambda data: read_evidence((data, "f"), (b"", "s"))),
    "sources": (tiny.SOURCES, lambda data: read_evidence((b"", "f"), (data, "s"))),
    "family": (tiny.FAMILY, read_family),
    "names": (NAMES, lambda data: read_names(data, "names.toml")),
    "glossary": (GLOSSARY, lambda data: read_glossary(data, "glossary.toml")),
    "doubts": (DOUBTS, lambda data: read_doubts(data, "locales/ar/doubts.toml")),
    "fonts": (FONTS, read_pins),
    "review": (REVIEW, lambda data: read_review(data, "reviews/ar/tiny.toml")),
    "clinics": (CLINICS, lambda data: read_clinics(data, "a.toml", ["en"], "en")),
}
"""Files of TOML: one that is right, and what reads it."""


def read_leaflet(data: bytes) -> None:
    """Read a leaflet as the front half does."""
    text = data.decode("utf-8", "surrogateescape")
    parse(text, "content/tiny.md")
    parse_draft(text, "content/tiny.md")


def read_figure(data: bytes) -> None:
    """Read a figure, and turn it round."""
    figure, _ = parse_figure(data, "content/figures/box.svg")
    if figure:
        mirror(figure)
        tuple(foreign(figure.drawing, figure.path))


def fill(data: bytes) -> None:
    """Fill a template, and look for its texts."""
    templates = {"a.html": data.decode("utf-8", "replace"), "b.html": "b"}
    template_messages(templates)
    values = {"a": "x", "many": [1, 2], "table": {"b": 1}, "_": lambda text: text}
    render(templates, "a.html", values)


TEMPLATE = b"""{% extends "b.html" %}{% from "b.html" import c with context %}
{% macro m(a, b=1) %}{{ a|upper }}{{ caller() if caller else b }}{% endmacro %}
{% block x %}{% for one in many if one %}{{ loop.index }}: {{ one * 2 }}{% else %}-
{% endfor %}{{ super() }}{% endblock %}{% set d = table.b ~ a %}{{ _("Page") }}{{ m(d) }}
{% call m([1, 2]|join("-")) %}{{ {"a": [1, (2, 3)]}["a"][1:] }}{% endcall %}
{{ a.split()[0] }}{{ many|map("string")|list|length }}{% include ["z", "b.html"] %}
"""
SVG_LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 12">
<defs><linearGradient id="g"><stop offset="0.5" stop-color="#c00"/></linearGradient>
<g id="u"><rect width="12" height="12" fill="url(#g)" transform="scale(0.5 1)"/></g>
</defs><use href="#u" x="1"/><circle cx="26" cy="6" r="6" stroke-dasharray="1 2"/>
<path d="M0 0L9 9C1 2 3 4 5 6a1 1 0 0 1 2 2z" style="fill: #c00; opacity: .5"/></svg>
"""


@cache
def catalog() -> bytes:
    """Write a catalog with all that one can hold."""
    lines = [
        'msgid ""',
        'msgstr "Language: ar\\nContent-Type: text/plain; charset=UTF-8\\n"',
        "",
        "# by a translator",
        "#. from the source",
        "#: content/tiny.md:3 \u2068a b.md\u2069",
        '#, fuzzy, placeholders:"{hours}"',
        '#| msgid "former\\t"',
        'msgctxt "context"',
        'msgid "You cannot {hours} **breathe**."',
        'msgstr ""',
        '"لا تستطيع\\n"',
        '"{hours}"',
        "",
        '#~ msgid "gone"',
        '#~ msgstr "\\x41\\101"',
    ]
    return "\n".join(lines).encode()


FILES: Mapping[str, tuple[bytes, Callable[[bytes], object]]] = {
    **{name: (text.encode(), read) for name, (text, read) in TABLES.items()},
    "leaflet": (tiny.LEAFLET.encode(), read_leaflet),
    "catalog": (catalog(), lambda data: read_catalog(data, "a.po", "ar")),
    "tbx": (tbx(), lambda data: read_tbx(data, "a.tbx")),
    "figure": (tiny.FIGURE.encode(), read_figure),
    "list": (CSV, lambda data: read_clinics(data, "a.csv", ["en"], "en")),
    "template": (TEMPLATE, fill),
}
"""Files of any kind: one that is right, and what reads it."""


def read_safely(read: Callable[[bytes], object], data: bytes) -> None:
    """Read a file; findings are all that a reader may raise."""
    with suppress(LeafletsError):
        read(data)


@pytest.mark.parametrize("kind", FILES)
@HALF
@given(st.data())
def test_damaged_bytes_give_findings(kind: str, data: st.DataObject) -> None:
    """Wrong encodings, cut off, doubled, put in between."""
    whole, read = FILES[kind]
    read_safely(read, data.draw(damaged(whole)))


@pytest.mark.parametrize("kind", TABLES)
@HALF
@given(st.data())
def test_tables_of_another_structure_give_findings(
    kind: str, data: st.DataObject
) -> None:
    """Every value in turn of another type, size or place."""
    text, read = TABLES[kind]
    value = data.draw(restructured(tomllib.loads(text)))
    read_safely(read, toml_file(value))


@HALF
@given(st.data())
def test_front_matter_of_another_structure_gives_findings(data: st.DataObject) -> None:
    """The same for the table at the top of a leaflet."""
    front = toml_file(data.draw(restructured(tomllib.loads(FRONT))))
    read_leaflet(b"+++\n" + front + b"+++\n" + BODY.encode())


@given(restructured(manifest()))
def test_a_manifest_of_another_structure_is_refused(value: Any) -> None:
    """It counts as absent, and everything is built again."""
    with suppress(ValueError):
        parse_manifest(json.dumps(value, default=str).encode())


@given(damaged(json.dumps(manifest()).encode()))
def test_a_damaged_manifest_is_refused(data: bytes) -> None:
    """The same for its bytes."""
    with suppress(ValueError):
        parse_manifest(data)


@cache
def folder() -> Path:
    """Make a build folder to read from."""
    return Path(tempfile.mkdtemp())


FINDING = error("c", "m", Location("a", 1), "h").to_json()
PART = {
    "key": "k",
    "targets": [{"target": ["a", "en", "s", "A4"], "diagnostics": [FINDING]}],
    "beside": ["en/a.order.pdf"],
    "diagnostics": [FINDING],
    "published": "d",
}
CACHES: Mapping[str, tuple[str, str, Any, Callable[[Path], Any]]] = {
    "texts": (cache_files.TEXTS, rules(), {"k": [FINDING]}, read_texts),
    "pages": (cache_files.PAGES, rules(), ["a b"], read_pages),
    "checked": (cache_files.CHECKED, rules(), {"": PART, "ar": PART}, read_checked),
    "parts": (cache_files.PARTS, "", {"": PART, "ar": PART}, read_parts),
}
"""Tables of the cache: file, salt, one that is right, and what reads it."""


def read_stored(kind: str, body: bytes) -> Any:
    """Store a table behind the checksum that it should have, and read it."""
    name, salt, _, read = CACHES[kind]
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    checksum = digest_parts((salt, digest_bytes(body)))
    path.write_bytes(checksum.encode() + b"\n" + body)
    return read(folder())


@pytest.mark.parametrize("kind", CACHES)
@HALF
@given(st.data())
def test_a_cache_of_another_structure_counts_as_empty(
    kind: str, data: st.DataObject
) -> None:
    """Even behind a checksum that fits."""
    whole = CACHES[kind][2]
    assert len(read_stored(kind, json.dumps(whole).encode())) == len(whole)
    value = json.dumps(data.draw(restructured(whole)), default=str).encode()
    read_stored(kind, data.draw(st.sampled_from((value, b"[" * 100_000, b"1" * 5000))))


LOGOS = {"png": png(60, 20), "svg": SVG_LOGO}


@pytest.mark.parametrize("kind", LOGOS)
@FEW
@given(st.data())
def test_a_damaged_logo_is_told(kind: str, data: st.DataObject) -> None:
    """Whatever its bytes are; one that is whole is printed."""
    assert read_logo(LOGOS[kind], HERE)[1] == ()
    logo, found = read_logo(data.draw(damaged(LOGOS[kind])), HERE)
    assert (logo is None) == bool(found)


@st.composite
def rechunked(draw: st.DrawFn, whole: bytes) -> bytes:
    """Change a chunk of a PNG, its checksum with it."""
    chunks, at = [], 8
    while at < len(whole):
        size = int.from_bytes(whole[at : at + 4])
        chunks.append((whole[at + 4 : at + 8], whole[at + 8 : at + 8 + size]))
        at += 12 + size
    names = (b"sRGB", b"gAMA", b"iCCP", b"tRNS", b"acTL", b"fcTL", b"zTXt", b"pHYs")
    index = draw(st.integers(0, len(chunks) - 1))
    name, body = chunks[index]
    if draw(st.booleans()):
        chunks[index] = (name, draw(damaged(body)))
    else:
        chunks.insert(
            index, (draw(st.sampled_from(names)), draw(st.binary(max_size=40)))
        )
    parts = [whole[:8]]
    for name, body in chunks:
        sums = zlib.crc32(name + body).to_bytes(4)
        parts.append(len(body).to_bytes(4) + name + body + sums)
    return b"".join(parts)


@FEW
@given(rechunked(LOGOS["png"]))
def test_a_png_of_other_chunks_is_told(data: bytes) -> None:
    """Checksums that fit save no broken chunk."""
    logo, found = read_logo(data, HERE)
    assert (logo is None) == bool(found)


@cache
def project() -> Path:
    """Write a project that holds a file of each kind."""
    root = Path(tempfile.mkdtemp()) / "project"
    tiny.write_project(root)
    text = tiny.PROJECT.replace(', "zh_Hans"', "") + SHOP + WAIVER
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    (root / "locales/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    (root / "locales/ar/doubts.toml").write_text(DOUBTS, encoding="utf-8")
    review = root / "reviews/ar/tiny.toml"
    review.parent.mkdir(parents=True)
    review.write_text(REVIEW, encoding="utf-8")
    return root


STRUCTURED = (
    "pyproject.toml",
    "content/facts.toml",
    "content/sources.toml",
    "content/family.toml",
    "content/names.toml",
    "locales/glossary.toml",
    "locales/ar/doubts.toml",
    "reviews/ar/tiny.toml",
)
DAMAGED = (
    "content/tiny.md",
    "content/figures/box.svg",
    "locales/ar/LC_MESSAGES/messages.po",
    "templates/sheet.html",
    "templates/text.css",
)


@SLOW
@given(st.data())
def test_what_a_file_holds_breaks_no_later_step(data: st.DataObject) -> None:
    """What a reader lets through is analysed, judged, translated and composed."""
    path = data.draw(st.sampled_from(STRUCTURED + DAMAGED))
    file = project() / path
    whole = file.read_bytes()
    if path in STRUCTURED:
        made = toml_file(data.draw(restructured(tomllib.loads(whole.decode()))))
    else:
        made = data.draw(damaged(whole))
    try:
        file.write_bytes(made)
        with suppress(LeafletsError):
            analyse(project())
    finally:
        file.write_bytes(whole)
