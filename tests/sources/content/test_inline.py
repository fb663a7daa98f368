"""Inline text: strong and links, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.content.inline import (
    LONGEST,
    Link,
    Strong,
    Text,
    links,
    parse_inline,
    plain,
    serialize,
)


def test_strong_and_links_are_read() -> None:
    """The two kinds of markup nest."""
    spans, problems = parse_inline("a **b [c](https://d.org)**")
    assert not problems
    assert spans == (
        Text("a "),
        Strong((Text("b "), Link("https://d.org", (Text("c"),)))),
    )
    assert plain(spans) == "a b c"
    assert links(spans) == ("https://d.org",)


@pytest.mark.parametrize(
    "text",
    ["*a*", "_a_", "`a`", "<b>a</b>", "<script>a()</script>", "![a](b)", "a<br>b"],
)
def test_other_markup_is_a_problem(text: str) -> None:
    """Nothing but strong and links may stand inside a text."""
    assert parse_inline(text)[1]


@pytest.mark.parametrize("text", ["2 * 3 * 4", "a_b_c", "5 < 6", "&amp;", "x & y"])
def test_ordinary_signs_are_words(text: str) -> None:
    """Signs that are no markup stay as they are."""
    spans, problems = parse_inline(text)
    assert not problems
    assert plain(spans) == text


def test_a_huge_text_is_refused() -> None:
    """A text far longer than any block is not even parsed."""
    assert parse_inline("a" * (LONGEST + 1))[1]


@given(st.text(max_size=300))
def test_written_spans_read_the_same(text: str) -> None:
    """Reading what was written gives the same words and links."""
    spans, problems = parse_inline(text)
    if not problems:
        again, more = parse_inline(serialize(spans))
        assert not more
        assert plain(again).split() == plain(spans).split()
        assert links(again) == links(spans)


@pytest.mark.parametrize(
    "text", ["**检查：**心、肺", "这是**（重要）**的", "**重要。**请看", "**«نص»**ثم"]
)
def test_stars_work_beside_any_sign(text: str) -> None:
    """Strong words may end in a sign with a letter right after, as in Chinese."""
    spans, problems = parse_inline(text)
    assert not problems
    assert sum(isinstance(one, Strong) for one in spans) == 1
    assert "*" not in plain(spans)
