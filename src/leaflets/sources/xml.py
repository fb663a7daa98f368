"""XML from strangers: elements with their lines, or why not (door to defusedxml).

What could make a reader work for ever, or open other files, is refused: a document
type, entities, nesting without end.
"""

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MOST_DEPTH = 40
"""Elements within elements; what reads them later goes down by recursion."""
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class XmlFault:
    """Why an XML file is not read, and the line."""

    reason: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Xml:
    """An XML file, read."""

    root: Element
    lines: dict[Element, int]
    """The line on which each element begins."""


def read_xml(data: bytes) -> Xml | XmlFault:
    """Read XML in UTF-8."""
    if len(data) > MOST_BYTES:
        return XmlFault(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        # One encoding, whatever the file says of itself.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        return XmlFault("it is not UTF-8 text", line)
    builder = _Builder()
    parser: Any = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    builder.parser = parser.parser
    try:
        parser.feed(text.encode())
        root = parser.close()
    except DefusedXmlException:
        return XmlFault("it declares a document type, which is not read")
    except _TooDeep:
        reason = f"its elements stand more than {MOST_DEPTH} deep"
        return XmlFault(reason, parser.parser.CurrentLineNumber)
    except SyntaxError as problem:
        # A ParseError, which is a SyntaxError; defusedxml raises one of its own kind.
        return XmlFault(str(problem), parser.parser.ErrorLineNumber)
    except (ValueError, LookupError) as problem:
        return XmlFault(str(problem))
    return Xml(root, builder.lines)


class _TooDeep(Exception):
    """Raised where elements stand too deep."""


class _Builder(TreeBuilder):
    """Builds the tree, with the line of each element."""

    def __init__(self) -> None:
        super().__init__()
        self.parser: Any = None
        self.lines: dict[Element, int] = {}
        self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _TooDeep
        element = super().start(tag, attrs)
        self.lines[element] = self.parser.CurrentLineNumber
        return element

    def end(self, tag: Any, /) -> Any:
        self.depth -= 1
        return super().end(tag)
