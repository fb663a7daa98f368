"""Unread: Markdown that a leaflet cannot hold is told, with what to write instead."""

import pytest

from leaflets.sources.content.document import parse, parse_draft
from leaflets.sources.content.markdown import read_blocks, walk
from leaflets.sources.content.unread import left_over, unread


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("This is ~~not~~ true.", "struck-out text"),
        ("Call the nurse[^note].", "a footnote"),
        ("[ ] ask", "a task list"),
        ("[x] ask", "a task list"),
        ("See <https://example.org/x>.", "a bare address"),
        ("Salt&nbsp;and water", "an HTML entity"),
        ("• one item", "a bullet that is typed as a sign"),
        ("##More", "a heading without a space"),
        (": alone", "a definition without its term"),
        ("| A | B |\n|---|", "a table that cannot be read"),
        ("A | B\n---|---|---", "a table that cannot be read"),
        ("![A](my box.svg)", "an image that cannot be read"),
    ],
)
def test_markup_that_nothing_reads_is_told(text: str, told: str) -> None:
    """What would be printed as signs."""
    ((message, hint),) = unread(text)
    assert message.startswith(told)
    assert hint


@pytest.mark.parametrize(
    "text",
    [
        "Salt & water",
        "a ~ b",
        "[words](https://example.org)",
        "# 3",
        "Two: one",
        "a | b",
    ],
)
def test_plain_words_are_read(text: str) -> None:
    """Signs that mark nothing may stand."""
    assert list(unread(text)) == []


def test_stars_that_mark_nothing_are_told() -> None:
    """Two of them among the words; one is a sign."""
    assert [message for message, _ in left_over("This is ** very ** true")] == [
        '"**" that marks nothing'
    ]
    assert list(left_over("2 * 3")) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("> said", "a leaflet holds no quotation"),
        ("```\ncode\n```", "a leaflet holds no code"),
        ("    code", "a leaflet holds no code"),
        ("words\n\n***", "a leaflet holds no ruled line"),
        ("<div>x</div>", "HTML has no place in a leaflet"),
        ("- a\n  - b", "a list item holds one paragraph and nothing else"),
        (
            "2028. Something",
            "a list that begins at 2028: its numbers are printed from 1",
        ),
        ("[a]: https://example.org", 'no words lead to the address of "[a]"'),
        ("a ![x](y.svg) b", "a text holds an image inside text"),
        ("A\n: - b", "a definition holds one paragraph and nothing else"),
    ],
)
def test_a_block_that_has_no_place_is_told(body: str, told: str) -> None:
    """Once, with what to write in its place."""
    _, found = read_blocks(body, "content/a.md", "A", 1)
    assert [one.message for one in found] == [told]
    assert found[0].hint


TABLE = "| A | B |\n|---|--:|\n| a | b |\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (TABLE, []),
        (TABLE + "| x \\| y | z |\n", []),
        (TABLE + "| a |\n", [(4, "a row of 1 cells in a table of 2 columns")]),
        (TABLE + "| a | b | c |\n", [(4, "a row of 3 cells in a table of 2 columns")]),
        ("| A |\n|---|\n| a |\n", [(1, "a table of 1 columns and 1 rows")]),
        ("| A | B |\n|---|---|\n", [(1, "a table of 2 columns and 0 rows")]),
        ("|A|B|C|D|E|\n|-|-|-|-|-|\n|a|b|c|d|e|\n", []),
        (
            "|A|B|C|D|E|F|\n|-|-|-|-|-|-|\n|a|b|c|d|e|f|\n",
            [(1, "a table of 6 columns and 1 rows")],
        ),
        (
            TABLE + "| a |  |\n",
            [(4, "an empty table cell, row 2, column 2")],
        ),
    ],
)
def test_a_table_has_a_cell_for_every_heading(
    body: str, told: list[tuple[int, str]]
) -> None:
    """A row that has not is told at its line; two columns and five are the ends."""
    _, found = read_blocks(body, "content/a.md", "A", 1)
    assert [(one.location.line, one.message) for one in found] == told
    assert {one.code for one in found} <= {"table-shape", "empty-text"}


def test_each_cell_is_a_text_of_its_own() -> None:
    """With its place in the comment, and no signs of the table in it."""
    body = '{src="a" in="short"}\n' + TABLE + "| x \\| **y** | z |\n"
    (table,), found = read_blocks(body, "content/a.md", "A", 11)
    assert found == ()
    assert (table.kind, table.number, table.sources, table.short) == (
        "table",
        1,
        ("a",),
        True,
    )
    cells = [one for one in walk((table,)) if one.segment]
    assert [(one.segment.key, one.segment.text) for one in cells if one.segment] == [
        ("p1r1c1", "A"),
        ("p1r1c2", "B"),
        ("p1r2c1", "a"),
        ("p1r2c2", "b"),
        ("p1r3c1", "x | **y**"),
        ("p1r3c2", "z"),
    ]
    assert [one.name for one in cells] == ["start", "end"] * 3
    assert [one.location.line for one in cells] == [12, 12, 14, 14, 15, 15]
    assert cells[-1].segment
    assert cells[-1].segment.comment == "A ¶ 1: table cell, row 2, column 2"


def test_each_term_and_definition_is_a_text_of_its_own() -> None:
    """A term may have several definitions."""
    (terms,), found = read_blocks("A\n: a\n\nB\n: b\n: c\n", "content/a.md", "T", 1)
    assert found == ()
    texts = [one.segment for one in walk((terms,)) if one.segment]
    assert [(one.key, one.text) for one in texts] == [
        ("p1t1", "A"),
        ("p1t1d1", "a"),
        ("p1t2", "B"),
        ("p1t2d1", "b"),
        ("p1t2d2", "c"),
    ]


def test_a_file_without_front_matter_is_told_as_a_whole() -> None:
    """What is wrong in its text is told in the same run, and its words are there."""
    text = "## Title\n\n> said\n\nIt is 5.\n"
    document, found = parse(text, "content/a.md")
    assert document is None
    assert [(one.location.line, one.code) for one in found] == [
        (1, "front-matter"),
        (3, "unknown-block"),
    ]
    draft = parse_draft(text, "content/a.md")
    assert [one.text for one in draft.segments] == ["", "", "Title", "It is 5."]


def test_a_broken_front_matter_keeps_its_title() -> None:
    """So that it is checked as well."""
    text = '+++\ntitle = "Type 5"\nnothing = 1\n+++\n\nIt is 5.\n'
    document, found = parse(text, "content/a.md")
    assert document is None
    assert "front-matter" in {one.code for one in found}
    draft = parse_draft(text, "content/a.md")
    assert (draft.title.text, draft.title.location.line) == ("Type 5", 2)
    assert (draft.promise.text, draft.meta.id) == ("", "a")
