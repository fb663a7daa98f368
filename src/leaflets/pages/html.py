"""HTML: words written as markup, and nothing but words (door to MarkupSafe)."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from leaflets.sources.content.inline import Link, Span, Strong, Text

Html = Markup
"""Text that is markup already; everything else is escaped where it is written."""

ZERO_WIDTH = "\u200b"


def escaped(value: object) -> Html:
    """Write a value as HTML; whatever it holds, it stays words."""
    return escape(value)


def trusted(html: str) -> Html:
    """Take a page that was composed here for what it is: HTML."""
    return Markup(html)


def joined(parts: Iterable[str]) -> Html:
    """Put parts together, escaping those that are only words."""
    return Markup("").join(parts)


def element(tag: str, content: str) -> Html:
    """Write an element around its content.

    >>> element("ins", "5 < 6")
    Markup('<ins>5 &lt; 6</ins>')
    """
    return Markup(f"<{tag}>{{}}</{tag}>").format(content)


def unescaped(text: str) -> str:
    """Read words back from HTML without elements."""
    return Markup(text).unescape()


def html_of(spans: tuple[Span, ...]) -> Html:
    """Write spans as HTML; every word is escaped.

    A zero-width space before an element that follows a space shows the engine where
    a line may end (docs/decisions/0009).
    """
    parts: list[Html] = []
    for span in spans:
        gap = ZERO_WIDTH if parts and parts[-1].endswith(" ") else ""
        match span:
            case Text(text):
                parts.append(escaped(text))
            case Strong(inner):
                parts.append(Markup(gap) + element("strong", html_of(inner)))
            case Link(href, inner):
                link = Markup('{}<a href="{}">{}</a>')
                parts.append(link.format(gap, href, html_of(inner)))
    return joined(parts)
