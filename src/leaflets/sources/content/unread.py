"""Unread: Markdown that a leaflet cannot hold, and what to write in its place.

Takes the raw text of a paragraph, item or cell; gives what would be printed as signs
although its author meant it as markup.
"""

import re
from collections.abc import Iterator

BLOCKS = {
    "blockquote": ("quotation", "write a paragraph, or a box: ::: note"),
    "fence": ("code", "write it as a paragraph, without ``` around it"),
    "code_block": ("code", "begin its line at the margin, not four spaces further in"),
    "hr": ("ruled line", "begin a section with a heading: ## Heading"),
}
"""Blocks of CommonMark by their name in the parser: what they are, and what instead."""
OTHER = ("block of this kind", "see the list of blocks in docs/content.md")
INLINE = {
    "italics": "take the stars or underscores away, or write **strong**",
    "code": "take the ` signs away",
    "an image inside text": "write the image alone, with an empty line on either side",
    "a forced line break": "write one paragraph, or a list: - item",
    "HTML": "take it out; only **strong** and [links](https://…) stand inside text",
}
"""What instead of markup that no text may hold, as `from_tokens` names it."""
TEXT_ONLY = "only **strong** and [links](https://…) stand inside text"

PATTERNS = (
    (r"~~(?=\S).*?~~", "struck-out text", "leave the words out"),
    (
        r"\[\^[^\]\s]+\]",
        "a footnote",
        'say it in the text; sources go into {src="…"} before the block',
    ),
    (r"^\[[ xX]?\]\s", "a task list", "write a plain list: - item"),
    (r"<(?:https?|mailto):[^>\s]*>", "a bare address", "[words](https://…)"),
    (
        r"&(?:[A-Za-z]\w{1,30}|#x?[0-9A-Fa-f]{1,8});",
        "an HTML entity",
        "write the character itself",
    ),
    (r"^[•‣◦▪●○·]\s", "a bullet that is typed as a sign", "write a list: - item"),
    (r"^#{1,6}[^#\s]", "a heading without a space", "write ## Heading"),
    (
        r"^:\s",
        "a definition without its term",
        "write the term on the line above, and an empty line above that",
    ),
    (
        r"^\|.*\||^:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+$",
        "a table that cannot be read",
        "write | A | B |, then |---|---| with as many columns, then its rows",
    ),
    (
        r"!\[",
        "an image that cannot be read",
        '![What it shows](figures/name.svg "Caption"), without spaces in the path',
    ),
)
READERS = tuple(
    (re.compile(pattern, re.MULTILINE), what, hint) for pattern, what, hint in PATTERNS
)
STARS = re.compile(r"\*\*|__")


def unread(text: str) -> Iterator[tuple[str, str]]:
    """List the markup in a raw text that nothing reads: what it is, and what instead."""
    for pattern, what, hint in READERS:
        if match := pattern.search(text):
            yield f'{what}: "{match[0][:40]}"', hint


def left_over(words: str) -> Iterator[tuple[str, str]]:
    """Find markup that was not taken for any: it stands among the words."""
    if match := STARS.search(words):
        hint = "write **strong** without spaces inside the stars"
        yield f'"{match[0]}" that marks nothing', hint
