"""Passages: the texts of a finished page, read back from its HTML.

Elements marked `data-passage` hold text that must be found again on paper;
those marked `data-furniture` stand on every page.
"""

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"img", "br", "meta", "link", "hr", "col", "wbr", "input"}


@dataclass(frozen=True, slots=True)
class Found:
    """One marked element: its id and its text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """All that was marked, in the order of the HTML."""

    passages: tuple[Found, ...]
    furniture: tuple[str, ...]
    alts: tuple[str, ...]
    """Texts of images for those who do not see them."""


class _Collector(HTMLParser):
    """Gathers the text of marked elements; lives only inside `read_back`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Found] = []
        self.furniture: list[str] = []
        self.alts: list[str] = []
        self.depth = 0
        self.key = ""
        self.mark = ""
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "img" and names.get("alt"):
            self.alts.append(names["alt"] or "")
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
            return
        mark = next((m for m in ("data-passage", "data-furniture") if m in names), "")
        if mark:
            self.depth, self.mark = 1, mark
            self.key, self.parts = names.get("id") or "", []

    def handle_endtag(self, tag: str) -> None:
        if not self.depth or tag in VOID:
            return
        self.depth -= 1
        if self.depth == 0:
            text = "".join(self.parts)
            if self.mark == "data-passage":
                self.passages.append(Found(self.key, text))
            else:
                self.furniture.append(text)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.parts.append(data)


def read_back(html: str) -> ReadBack:
    """Read the marked texts of a page; an element inside a marked one is its text."""
    collector = _Collector()
    collector.feed(html)
    collector.close()
    return ReadBack(
        tuple(collector.passages), tuple(collector.furniture), tuple(collector.alts)
    )
