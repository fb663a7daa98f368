"""HTML: words stay words, markup is only what a text may hold."""

from hypothesis import given
from hypothesis import strategies as st

from leaflets.pages.html import (
    ZERO_WIDTH,
    element,
    escaped,
    html_of,
    joined,
    trusted,
    unescaped,
)
from leaflets.sources.content.inline import Link, Strong, Text, parse_inline


@given(st.text())
def test_words_stay_words(text: str) -> None:
    """Whatever a text holds, no element comes of it, and it can be read back."""
    html = html_of((Text(text),))
    assert "<" not in html
    assert unescaped(html) == text


def test_strong_words_and_links_are_elements() -> None:
    """The only markup that a text may hold."""
    spans = (
        Strong((Text("a < b"),)),
        Text("c"),
        Link("https://e.org/?a&b", (Text("d"),)),
    )
    assert html_of(spans) == (
        '<strong>a &lt; b</strong>c<a href="https://e.org/?a&amp;b">d</a>'
    )


def test_an_address_cannot_end_its_attribute() -> None:
    """A quotation mark in a link stays in it."""
    assert html_of((Link('"><b>', ()),)) == '<a href="&#34;&gt;&lt;b&gt;"></a>'


def test_a_line_may_end_before_strong_words() -> None:
    """The engine is shown the place with a zero-width space, after a space only."""
    spans, _ = parse_inline("Ask **your** team, **now**.")
    assert html_of(spans) == (
        f"Ask {ZERO_WIDTH}<strong>your</strong> team, {ZERO_WIDTH}<strong>now</strong>."
    )
    assert ZERO_WIDTH not in html_of((Text("a"), Strong((Text("b"),))))


def test_parts_are_escaped_once() -> None:
    """What is markup already stays as it is; the rest is words."""
    assert joined(["a & b", escaped("<"), trusted("<br>")]) == "a &amp; b&lt;<br>"
    assert element("del", "<") == "<del>&lt;</del>"
    assert element("del", element("mark", "1")) == "<del><mark>1</mark></del>"
