"""Origin: a template draws signed words, and nothing of its own."""

from pathlib import Path

import pytest

from leaflets.build.front import analyse
from leaflets.diagnostics import Diagnostic
from leaflets.pages.html import trusted
from leaflets.pages.origin import (
    Number,
    drawn_strings,
    foreign_strings,
    foreign_words,
    is_marked,
    mark,
    mark_text,
    marked_texts,
    without_marks,
)
from tiny import BILINGUAL, TRIFOLD, line_of

WORDS = mark(trusted("Ask <strong>your</strong> team."))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (f"<p>{WORDS}</p>", []),
        (f"<p>{WORDS} · {WORDS} [1, 2] doi:{WORDS}</p>", []),
        (f"<p>{WORDS}</p><!-- Take 10. -->", []),
        ("<p>&nbsp;</p><p>&#8203;/</p>", []),
        ('<span class="disc">3</span>', []),
        ("<p>English</p>", []),
        ("<p>English words</p>", ["English words"]),
        ("<p>3</p>", ["3"]),
        ('<span class="disc">three</span>', ["three"]),
        ("<p>Take 10 tablets.</p>", ["Take 10 tablets."]),
        (f"<p>{WORDS} Never.</p>", ["Never."]),
        ("<p>&#84;ake</p>", ["Take"]),
        ("<p>أبدا</p>", ["أبدا"]),
        ("<p>☠</p>", ["☠"]),
        (
            "<style>p::after { content: 'x' }</style>",
            ["<style>", "p::after { content: 'x' }", "</style>"],
        ),
        (
            "<svg><text>Take</text></svg>",
            ["<svg>", "<text>", "Take", "</text>", "</svg>"],
        ),
        ('<input value="Take">', ['<input value="Take">']),
        ("<q>", ["<q>"]),
    ],
)
def test_words_of_a_template_are_found(html: str, words: list[str]) -> None:
    """Whatever is not marked and says something, in whatever element."""
    assert list(foreign_words(html, {"English"})) == words


@pytest.mark.parametrize(
    ("css", "strings"),
    [
        ('p { font-family: "Noto Sans", "Noto Sans Arabic" }', []),
        ('p::before { content: "" } p::after { content: "[" counter(step) "]" }', []),
        (
            f"@page {{ @top-left {{ content: {mark(trusted(chr(34) + 'Take' + chr(34)))} }} }}",
            [],
        ),
        ('/* content: "Take" */', []),
        ('p { content: "\\A " "   ·   " "\\2066 " }', []),
        ("ul { list-style: none } ol { list-style-type: decimal }", []),
        ("ol { counter-reset: step }", []),
        ('h1::after { content: "TAKE 10 TABLETS" }', ['"TAKE 10 TABLETS"']),
        ("h1::after { content: 'TAKE' }", ["'TAKE'"]),
        ('h1::after { content: "\\54\\41\\4b\\45" }', ['"\\54\\41\\4b\\45"']),
        ('@page { @bottom-center { content: "10" } }', ['"10"']),
        ('ul { list-style-type: "TAKE" }', ['"TAKE"', "list-style-type:"]),
        ("ol { list-style: upper-latin }", ["list-style:"]),
        ('h1 { string-set: title "TAKE" content() }', ['"TAKE"']),
        ('q { quotes: "TAKE" "TEN" }', ['"TAKE"', '"TEN"']),
        ("p::after { content: attr(data-x) }", ["attr("]),
        ("p::after { content: ATTR (data-x) }", ["ATTR ("]),
        ("p::after { content: a\\74tr(data-x) }", ["\\"]),
        ("@counter-style x { symbols: TAKE TEN }", ["@counter-style"]),
        ("p::after { content: counter(step, upper-latin) }", ["counter(step,"]),
        ("ol { counter-reset: step 9 }", ["counter-reset: step 9"]),
        ('p { --words: "TAKE" }', ['"TAKE"']),
        ('p { hyphenate-character: "TAKE" }', ['"TAKE"']),
        ('p { content: "TAKE', ['"TAKE']),
    ],
)
def test_strings_of_a_stylesheet_are_found(css: str, strings: list[str]) -> None:
    """Before and after elements, in margins, as marks, counted or escaped."""
    assert list(foreign_strings(css)) == strings


def test_marks_come_off_again() -> None:
    """What is set holds none, and what was marked can be listed."""
    page = f"<p>{WORDS}</p><b>{mark_text('x')}</b><i>{Number(3).__html__()}</i>"
    assert (
        without_marks(page) == "<p>Ask <strong>your</strong> team.</p><b>x</b><i>3</i>"
    )
    assert marked_texts(page) == ("Ask your team.", "x", "3")
    assert mark_text("") == ""
    assert mark(trusted("")) == ""
    assert drawn_strings(f'a{mark(trusted(chr(34) + "v" + chr(34)))} "w"') == ("v",)
    assert is_marked(f"{mark_text('Page')} \x01page\x01")
    assert not is_marked(f"{mark_text('Page')} of")


def add(root: Path, name: str, before: str, after: str) -> Path:
    path = root / "templates" / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return path


def told(root: Path) -> list[Diagnostic]:
    path = root / "pyproject.toml"
    if "bilingual" not in (text := path.read_text("utf-8")):
        path.write_text(text + BILINGUAL + TRIFOLD, "utf-8")
    every = analyse(root, ("all",)).diagnostics
    return [found for found in every if found.code == "unsigned-text"]


def test_no_template_of_the_project_draws_words_of_its_own(tiny: Path) -> None:
    """The sheet, the folded sheet and two languages, in three scripts."""
    assert told(tiny) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        ("sheet.html", "<main>", "<main>\n<p>Take 10 tablets.</p>", "Take 10 tablets."),
        (
            "sheet.html",
            "<main>",
            '<main>\n<p id="z" data-passage>Take 10.</p>',
            "Take 10.",
        ),
        (
            "sheet.html",
            "<main>",
            '<main>\n<p data-furniture="names">Take 10.</p>',
            "Take 10.",
        ),
        ("sheet.html", "<main>", '<main>\n<p>{{ "Take 10" }}</p>', "Take 10"),
        (
            "sheet.html",
            "<main>",
            "<main>\n{% set x %}Take 10{% endset %}{{ x }}",
            "Take 10",
        ),
        (
            "sheet.html",
            "<main>",
            '<main>\n{{ _("Figure {number}", number="ten of all") }}',
            "ten of all",
        ),
        ("sheet.html", "<main>", '<main>\n{{ isolate("ten of all") }}', "ten of all"),
        ("sheet.html", "<main>", "<main>\n<style>p { color: red }</style>", "<style>"),
        (
            "sheet.html",
            "<main>",
            '<main>\n<p>{{ "\\ufdd0Take 10\\ufdd1" }}</p>',
            "a sign that marks",
        ),
        ("blocks.html", "{{ block.html }}", "{{ block.html }} Never.", "Never."),
        (
            "facts.html",
            '{{ _("About this version") }}',
            "Take 10 tablets",
            "Take 10 tablets",
        ),
        (
            "trifold.html",
            "<main>",
            "<main>\n<p>Take 10 tablets.</p>",
            "Take 10 tablets.",
        ),
        (
            "bilingual.html",
            "<main>",
            "<main>\n<p>Take 10 tablets.</p>",
            "Take 10 tablets.",
        ),
        (
            "cells.html",
            "{% macro heading() %}",
            "{% macro heading() %}\nTake 10.",
            "Take 10.",
        ),
        ("sheet.css", "/* Title */", 'h1::after { content: "TAKE" }', '"TAKE"'),
        ("bilingual.css", "/* Boxes */", 'h1::after { content: "TAKE" }', '"TAKE"'),
        ("foot.css", "counters }};", 'counters }} "TAKE";', '"TAKE"'),
        ("text.css", 'content: "!"', "content: attr(id)", "attr("),
        ("foot.css", "version=isolate(meta.version)", 'version="ten"', '"Version ten"'),
    ],
)
def test_words_of_a_template_are_told_at_their_line(
    tiny: Path, name: str, before: str, after: str, words: str
) -> None:
    """In every edition, whatever the template calls them."""
    path = add(tiny, name, before, after)
    found = told(tiny)
    assert found
    assert any(words in one.message for one in found), found
    places = {(one.location.path, one.location.line) for one in found}
    needles = {'"Version ten"': '"ten"', "a sign that marks": "ufdd0"}
    needle = needles.get(words, words)
    assert (f"templates/{name}", line_of(path, needle)) in places
