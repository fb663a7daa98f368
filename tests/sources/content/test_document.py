"""Documents: Markdown in, numbered blocks and segments out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.content.document import Document, parse
from leaflets.sources.content.markdown import walk

FRONT = """+++
id = "tiny"
order = 1
title = "A tiny leaflet"
promise = "What it is for."
kind = "information"
version = "0.1.0"
written = 2026-01-02
evidence = 2026-01-01
review_by = 2027-01-02
+++
"""


def read(body: str) -> Document:
    """Parse a body that should hold no fault."""
    document, found = parse(FRONT + body, "content/tiny.md")
    assert not found, [str(one) for one in found]
    assert document
    return document


def codes(text: str) -> list[tuple[str, int]]:
    """Parse a text and list (code, line) of what is wrong with it."""
    _, found = parse(text, "content/tiny.md")
    return [(one.code, one.location.line) for one in found]


def test_each_block_is_one_message() -> None:
    """A paragraph over several lines is one message; so is a list item."""
    document = read("One\ntwo **three**.\n\n- first\n- second\n")
    texts = [one.text for one in document.segments]
    assert texts == [
        "A tiny leaflet",
        "What it is for.",
        "One two **three**.",
        "first",
        "second",
    ]


def test_paragraph_numbers_follow_the_structure() -> None:
    """Paragraphs and lists are numbered in order, headings are not."""
    document = read(
        "## A\n\none\n\n- two\n- two too\n\n::: note\n### B\n\nthree\n:::\n"
    )
    numbers = [block.number for block in walk(document.blocks) if block.number]
    assert numbers == [1, 2, 3]


def test_comments_tell_leaflet_kind_and_number() -> None:
    """A translator reads where the message stands."""
    document = read("one\n\n- two\n")
    comments = [one.comment for one in document.segments[2:]]
    assert comments == [
        "A tiny leaflet ¶ 1: paragraph",
        "A tiny leaflet ¶ 2: list item 1",
    ]


def test_locations_are_lines_of_the_file() -> None:
    """A block's line counts the front matter."""
    document = read("\nfirst\n")
    assert document.segments[2].location.line == 13


def test_reference_links_are_expanded() -> None:
    """A message is whole in itself: no link definition elsewhere."""
    document = read("See [here][a].\n\n[a]: https://example.org/x\n")
    assert document.segments[2].text == "See [here](https://example.org/x)."


def test_attributes_stay_out_of_messages() -> None:
    """Sources and tags belong to the structure."""
    document = read('{src="a b" tags="c"}\nText.\n\n- {src="d"}\n  Item\n')
    paragraph, items = document.blocks
    assert paragraph.sources == ("a", "b")
    assert paragraph.tags == ("c",)
    assert items.children[0].sources == ("d",)
    assert [one.text for one in document.segments[2:]] == ["Text.", "Item"]


def test_tags_hold_for_a_section_but_not_for_a_box() -> None:
    """A heading's tags go down to its blocks; a box stands for itself."""
    document = read(
        '{tags="risks"}\n## A\n\none\n\n::: note\n### B\n\ntwo\n:::\n\n## C\n\nthree\n'
    )
    tags = {b.segment.text: b.tags for b in walk(document.blocks) if b.segment}
    assert tags["one"] == ("risks",)
    assert tags["two"] == tags["three"] == ()


def test_figure_has_caption_and_alt_text() -> None:
    """An image alone in its paragraph becomes a figure with two messages."""
    document = read('![What it shows](figures/a.svg "What it is")\n')
    figure = document.blocks[0]
    assert figure.segment
    assert figure.alt
    assert (figure.name, figure.segment.text, figure.alt.text) == (
        "figures/a.svg",
        "What it is",
        "What it shows",
    )


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("<div>\nx\n</div>\n", "html-block", 12),
        ("a <b>c</b>\n", "inline-markup", 12),
        ("an *emphasis*\n", "inline-markup", 12),
        ("```\ncode\n```\n", "unknown-block", 12),
        ("> quoted\n", "unknown-block", 12),
        ("::: gossip\n### A\n\nx\n:::\n", "unknown-block", 12),
        ("::: note\nno heading\n:::\n", "box-heading", 12),
        ("# Title again\n", "heading-level", 12),
        ("- a\n  - b\n", "unknown-block", 12),
        ('{src="a}\nText\n', "attributes", 12),
        ('{colour="red"}\nText\n', "attributes", 13),
        ("![](figures/a.svg)\n", "figure-text", 12),
    ],
)
def test_faults_are_told_at_their_line(body: str, code: str, line: int) -> None:
    """Each thing a leaflet may not hold has its code and its place."""
    assert (code, line) in codes(FRONT + body)


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("no front matter\n", 1),
        ("+++\nid = \n+++\n", 2),
        (FRONT.replace("order = 1", 'order = "one"'), 3),
        (FRONT.replace("+++\nid", '+++\nshoe = "size"\nid', 1), 2),
        (FRONT.replace('"tiny"', '"Tiny!"'), 2),
        (FRONT.replace('id = "tiny"', 'id = "other"'), 2),
        (FRONT.replace("written = 2026-01-02\n", ""), 1),
        (FRONT.replace("written = 2026-01-02", "written = 9999-12-31"), 8),
        (FRONT.replace("written = 2026-01-02", 'written = "2026-01-02"'), 8),
        (FRONT.replace("written = 2026-01-02", "written = 2026-01-02T10:00:00"), 8),
        (FRONT.replace("order = 1", "order = true"), 3),
        (FRONT.replace("order = 1", f"order = {'9' * 4000}"), 3),
        (FRONT.replace("order = 1", "order = " + "[" * 5000), 10),
        (FRONT.replace('version = "0.1.0"', 'version = ""'), 7),
        (FRONT.replace('kind = "information"', "kind = {}"), 6),
        (FRONT.replace('kind = "information"', 'kind = "A b"'), 6),
    ],
)
def test_broken_front_matter_is_told(front: str, line: int) -> None:
    """Front matter that cannot be used gives no document, and says where."""
    document, found = parse(front, "content/tiny.md")
    assert document is None
    assert found[0].code == "front-matter"
    assert found[0].location.line == line


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(body: str) -> None:
    """Whatever stands in the file, reading it ends, with a document or findings."""
    document, _ = parse(FRONT + body, "content/tiny.md")
    assert document
    keys = [one.key for one in document.segments]
    assert len(keys) == len(set(keys))


def test_line_ends_of_windows_are_read(tiny: Path) -> None:
    """A leaflet that an editor saved with CR LF is the same leaflet."""
    text = (tiny / "content/tiny.md").read_text(encoding="utf-8")
    plain, found = parse(text, "content/tiny.md")
    assert plain is not None
    windows, also_found = parse(text.replace("\n", "\r\n"), "content/tiny.md")
    assert (windows, also_found) == (plain, found)
