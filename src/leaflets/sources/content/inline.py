"""Inline text: the small part of Markdown that a message may hold.

Takes one block's text and gives spans; `**strong**` and `[links](https://…)`
are all there is.  Everything else is a problem told in plain words, so that a
translation can never add markup that the source does not know.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 20_000
"""Characters of one message; more is not parsed (untrusted input)."""

DEEPEST = 4
"""Levels of markup inside markup."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words, placeholders still in braces."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    spans: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    href: str
    spans: tuple["Span", ...]


Span = Text | Strong | Link

NOT_ALLOWED = {
    "em_open": "italics",
    "code_inline": "code",
    "image": "an image inside text",
    "hardbreak": "a forced line break",
    "html_inline": "HTML",
}

PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).disable(
    ["autolink", "entity"]
)
"""HTML is recognized in order to be refused, never passed on."""


PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")

JOINER = "\ue001"
"""A private letter that lets stars open and close beside any sign."""
STARS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


@lru_cache(maxsize=20_000)
def parse_inline(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Read inline Markdown: its spans, and what it may not hold, in plain words.

    White space is folded; the spans are those of the allowed markup, with the
    words of refused markup kept as plain text.
    """
    if len(text) > LONGEST:
        return (Text(""),), (f"text of {len(text)} characters",)
    folded = " ".join(text.replace(JOINER, "").split())
    # CommonMark does not let ** close between a sign and a letter; in Chinese,
    # where no space follows "。", that is where it stands.
    joined = STARS.sub(rf"**{JOINER}\1{JOINER}**", folded)
    tokens = PARSER.parseInline(joined)[0].children or []
    return from_tokens(tokens)


def from_tokens(tokens: list[Token]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Turn markdown-it's flat inline tokens into nested spans."""
    problems: list[str] = []
    stack: list[tuple[str, list[Span]]] = [("", [])]
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                _append(stack[-1][1], token.content)
            case "softbreak":
                _append(stack[-1][1], " ")
            case "strong_open" | "link_open":
                if len(stack) > DEEPEST:
                    problems.append("markup nested too deeply")
                stack.append((str(token.attrGet("href") or ""), []))
            case "strong_close":
                _, spans = stack.pop()
                stack[-1][1].append(Strong(tuple(spans)))
            case "link_close":
                href, spans = stack.pop()
                stack[-1][1].append(Link(href, tuple(spans)))
            case "em_close":
                pass
            case kind:
                problems.append(NOT_ALLOWED.get(kind, kind))
                if kind != "em_open":
                    _append(stack[-1][1], token.content)
    return tuple(stack[0][1]), tuple(problems)


def _append(spans: list[Span], text: str) -> None:
    """Add words, joining them to a text that stands just before."""
    text = text.replace(JOINER, "")
    if spans and isinstance(spans[-1], Text):
        spans[-1] = Text(spans[-1].text + text)
    elif text:
        spans.append(Text(text))


def plain(spans: tuple[Span, ...]) -> str:
    """Give the words without markup."""
    return "".join(
        span.text if isinstance(span, Text) else plain(span.spans) for span in spans
    )


def serialize(spans: tuple[Span, ...]) -> str:
    """Write spans as Markdown again, links with their address in place.

    Reading the result gives the same spans back.
    """
    parts = []
    for span in spans:
        match span:
            case Text(text):
                parts.append(_escape(text))
            case Strong(inner):
                parts.append(f"**{serialize(inner)}**")
            case Link(href, inner):
                parts.append(f"[{serialize(inner)}]({href})")
    return "".join(parts)


def _escape(text: str) -> str:
    """Guard the characters that Markdown would read as markup."""
    for character in "\\*[]`<":
        text = text.replace(character, "\\" + character)
    return text


def links(spans: tuple[Span, ...]) -> tuple[str, ...]:
    """List the addresses of all links, in order."""
    found: list[str] = []
    for span in spans:
        if isinstance(span, Link):
            found.append(span.href)
        if not isinstance(span, Text):
            found.extend(links(span.spans))
    return tuple(found)
