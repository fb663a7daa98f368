"""Blocks: the structure of a document, from Markdown (door to markdown-it).

Takes the body of a source and gives numbered blocks, in which every translatable
text is one `Segment`.  What a leaflet cannot hold is told and left out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.sources.content.family import BOXES
from leaflets.sources.content.inline import from_tokens, plain, serialize
from leaflets.sources.content.keys import (
    cell_key,
    definition_key,
    figure_key,
    heading_key,
    item_key,
    paragraph_key,
    term_key,
)
from leaflets.sources.content.unread import (
    BLOCKS,
    INLINE,
    OTHER,
    TEXT_ONLY,
    left_over,
    unread,
)

MOST_COLUMNS = 5
"""More are not read on paper of this size, in type of this size."""
SIDES = {"left": "start", "center": "center", "right": "end"}
ATTRIBUTES = ("src", "tags", "review", "ctx", "contacts", "in")


@dataclass(frozen=True, slots=True)
class Segment:
    """One text to translate, as it stands in the source."""

    key: str
    """Unique in its document, and the element's id in the composition."""
    kind: str
    """title, promise, heading, paragraph, list item, table heading, table cell, term,
    definition, caption or alt text."""
    text: str
    """The msgid: folded white space, inline Markdown, placeholders in braces."""
    context: str
    """The msgctxt; mostly empty."""
    comment: str
    """For the translator: leaflet, paragraph number, kind of block."""
    location: Location
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's structure; which never comes from a translation."""

    kind: str
    """heading, paragraph, list, steps, item, table, row, cell, terms, term, definition,
    box or figure."""
    location: Location
    segment: Segment | None = None
    alt: Segment | None = None
    """A figure's text for those who do not see it."""
    number: int = 0
    """Paragraph number in the margin; 0 for blocks without."""
    level: int = 0
    """Of a heading: 2 or 3."""
    name: str = ""
    """The box's kind, or the figure's path below content/; of a row "head" or nothing,
    of a cell where its text stands: start, center or end."""
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    review: str = ""
    contacts: tuple[str, ...] = ()
    short: bool = False
    """Whether the short form for folded sheets holds it too."""
    children: tuple["Block", ...] = ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give all blocks in reading order, parents before children."""
    for block in blocks:
        yield block
        yield from walk(block.children)


def _parser() -> MarkdownIt:
    """Make the Markdown reader: CommonMark, tables, terms, attribute lines, boxes."""
    parser = MarkdownIt("commonmark", {"html": True}).disable(["autolink", "entity"])
    parser.enable("table").use(deflist_plugin).use(attrs_block_plugin)
    return parser.use(container_plugin, "box", validate=_opens_box)


def _opens_box(params: str, *_: object) -> bool:
    """Take any fence for a box, so that an unknown kind can be told."""
    return bool(params.strip())


PARSER = _parser()


def read_blocks(
    body: str, path: str, title: str, first_line: int
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """Read a document's body, which begins on a line of its file."""
    reader = _Reader(path, title, first_line, tuple(body.split("\n")))
    aside: dict[str, Any] = {}
    tokens = PARSER.parse(body, aside)
    tree = SyntaxTreeNode(tokens)
    blocks = _tag_sections(tuple(reader.blocks(tree.children)))
    led_to = {
        child.attrs.get("href")
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    }
    reader.addresses(aside.get("references", {}), led_to)
    return blocks, tuple(reader.found)


class _Reader:
    """Walks one syntax tree and counts; lives only inside `read_blocks`."""

    def __init__(
        self, path: str, title: str, first_line: int, lines: tuple[str, ...]
    ) -> None:
        self.path = path
        self.lines = lines
        self.title = title
        self.first_line = first_line
        self.found: list[Diagnostic] = []
        self.paragraphs = self.headings = self.figures = 0

    def place(self, node: SyntaxTreeNode) -> Location:
        line = node.map[0] if node.map else 0
        return Location(self.path, line + self.first_line)

    def problem(self, code: str, message: str, node: SyntaxTreeNode, hint: str) -> None:
        self.found.append(error(code, message, self.place(node), hint))

    def blocks(self, nodes: list[SyntaxTreeNode], box: str = "") -> Iterator[Block]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield from self.heading(node, box)
                case "paragraph":
                    yield from self.paragraph(node, box)
                case "bullet_list" | "ordered_list":
                    yield from self.list(node, box)
                case "table":
                    yield from self.table(node, box)
                case "dl":
                    yield from self.terms(node, box)
                case "container_box":
                    yield from self.box(node, box)
                case "html_block":
                    self.problem(
                        "html-block",
                        "HTML has no place in a leaflet",
                        node,
                        "write it in Markdown; layout lives in templates/",
                    )
                case kind:
                    what, hint = BLOCKS.get(kind, OTHER)
                    self.problem(
                        "unknown-block", f"a leaflet holds no {what}", node, hint
                    )

    def addresses(
        self, references: Mapping[str, Mapping[str, Any]], led_to: Collection[object]
    ) -> None:
        """Tell of addresses that no words lead to: they would be lost in silence."""
        for name, reference in references.items():
            if reference.get("href") in led_to:
                continue
            first, _ = reference.get("map") or (0, 0)
            place = Location(self.path, first + self.first_line)
            message = f'no words lead to the address of "[{name.lower()}]"'
            hint = "write [words](https://…)"
            self.found.append(error("unknown-block", message, place, hint))

    def heading(self, node: SyntaxTreeNode, box: str) -> Iterator[Block]:
        level = int(node.tag[1:])
        if level not in (2, 3) or (box and level != 3):
            self.problem(
                "heading-level",
                f"a heading of level {level} has no place here",
                node,
                "sections have ##, parts and boxes ###; the title is front matter",
            )
            return
        self.headings += 1
        kind = f"heading of the {box} box" if box else "heading"
        segment = self.segment(heading_key(self.headings), kind, node, node.children[0])
        yield self.attributed(
            node, Block("heading", self.place(node), segment, level=level)
        )

    def paragraph(self, node: SyntaxTreeNode, box: str) -> Iterator[Block]:
        inline = node.children[0]
        images = [one for one in inline.children if one.type == "image"]
        if images and len(inline.children) == 1:
            yield self.figure(node, images[0])
            return
        text = inline.content
        if text.startswith(":::"):
            self.problem(
                "unknown-block",
                "a box that is not closed, or without a kind",
                node,
                "write `::: summary`, and `:::` alone at its end",
            )
            return
        if re.match(r"\{[^{}]*[=#.][^{}]*\}?\s*$", text.split("\n")[0]):
            self.problem(
                "attributes",
                f"attributes that cannot be read: {text.split(chr(10))[0]}",
                node,
                'write {src="a b" tags="c"} on the line before the block',
            )
            return
        self.paragraphs += 1
        number = self.paragraphs
        kind = f"paragraph in the {box} box" if box else "paragraph"
        segment = self.segment(paragraph_key(number), kind, node, inline, number)
        yield self.attributed(
            node, Block("paragraph", self.place(node), segment, number=number)
        )

    def list(self, node: SyntaxTreeNode, box: str) -> Iterator[Block]:
        self.paragraphs += 1
        number = self.paragraphs
        items = []
        if "start" in node.attrs:
            start = node.attrs["start"]
            hint = f'begin with 1., or write words before the number: "In {start} …"'
            message = f"a list that begins at {start}: its numbers are printed from 1"
            self.problem("unknown-block", message, node, hint)
        for index, item in enumerate(node.children, 1):
            inner = [one for one in item.children if one.type == "paragraph"]
            if len(inner) != 1 or len(item.children) != 1:
                self.problem(
                    "unknown-block",
                    "a list item holds one paragraph and nothing else",
                    item,
                    "write a list inside a list as two lists, or as terms and "
                    "definitions",
                )
                continue
            kind = f"list item {index}" + (f" in the {box} box" if box else "")
            segment = self.segment(
                item_key(number, index), kind, inner[0], inner[0].children[0], number
            )
            made = Block("item", self.place(item), segment)
            items.append(self.attributed(inner[0], made))
        kind = "steps" if node.type == "ordered_list" else "list"
        made = Block(kind, self.place(node), number=number, children=tuple(items))
        yield self.attributed(node, made)

    def table(self, node: SyntaxTreeNode, box: str) -> Iterator[Block]:
        self.paragraphs += 1
        number = self.paragraphs
        head, *body = [row for group in node.children for row in group.children]
        columns = len(head.children)
        sides = tuple(_side(cell) for cell in head.children)
        if not 1 < columns <= MOST_COLUMNS or not body:
            self.problem(
                "table-shape",
                f"a table of {columns} columns and {len(body)} rows",
                node,
                f"a table has two to {MOST_COLUMNS} columns, headings and a row; one "
                "column is a list",
            )
        rows: list[Block] = []
        for index, row in enumerate((head, *body), 1):
            cells = self.cells(row, (number, index), sides, box)
            name = "" if rows else "head"
            block = Block("row", self.place(row), name=name, children=cells)
            rows.append(block)
        block = Block("table", self.place(node), number=number, children=tuple(rows))
        yield self.attributed(node, block)

    def cells(
        self,
        row: SyntaxTreeNode,
        where: tuple[int, int],
        sides: tuple[str, ...],
        box: str,
    ) -> tuple[Block, ...]:
        """Read a row; `where` is the number of its table, and its own."""
        number, index = where
        written = _written(self.lines[row.map[0]]) if row.map else len(sides)
        if written != len(sides):
            self.problem(
                "table-shape",
                f"a row of {written} cells in a table of {len(sides)} columns",
                row,
                "write as many cells as there are headings; a | of the text is \\|",
            )
        cells = []
        for column, (cell, side) in enumerate(zip(row.children, sides, strict=True), 1):
            kind = f"table cell, row {index - 1}, column {column}"
            if index == 1:
                kind = f"table heading, column {column}"
            kind += f" in the {box} box" if box else ""
            key = cell_key(number, index, column)
            if column > written:
                continue
            inline = cell.children[0]
            segment = self.segment(key, kind, row, inline, number)
            cells.append(Block("cell", self.place(row), segment, name=side))
        return tuple(cells)

    def terms(self, node: SyntaxTreeNode, box: str) -> Iterator[Block]:
        self.paragraphs += 1
        number = self.paragraphs
        inside = f" in the {box} box" if box else ""
        terms: list[Block] = []
        for part in node.children:
            if part.type == "dt":
                place = len(terms) + 1
                segment = self.segment(
                    term_key(number, place),
                    f"term {place}{inside}",
                    part,
                    part.children[0],
                    number,
                )
                terms.append(Block("term", self.place(part), segment))
                continue
            texts = [child for child in part.children if child.type == "paragraph"]
            if len(texts) != 1 or len(part.children) != 1:
                self.problem(
                    "unknown-block",
                    "a definition holds one paragraph and nothing else",
                    part,
                    "write : before each paragraph, and lists as blocks of their own",
                )
                continue
            term = terms[-1]
            which = len(term.children) + 1
            segment = self.segment(
                definition_key(number, len(terms), which),
                f"definition of term {len(terms)}{inside}",
                part,
                texts[0].children[0],
                number,
            )
            block = Block("definition", self.place(part), segment)
            terms[-1] = replace(term, children=(*term.children, block))
        block = Block("terms", self.place(node), number=number, children=tuple(terms))
        yield self.attributed(node, block)

    def figure(self, node: SyntaxTreeNode, image: SyntaxTreeNode) -> Block:
        self.figures += 1
        place = self.place(node)
        path = str(image.attrs.get("src", ""))
        texts = {
            "caption": str(image.attrs.get("title", "")),
            "alt text": image.content,
        }
        made = {}
        for kind, text in texts.items():
            if not text.strip():
                self.problem(
                    "figure-text",
                    f"the figure {path} has no {kind}",
                    node,
                    '![What the drawing shows](figures/name.svg "Caption")',
                )
            comment = f"{self.title}, figure {self.figures}: {kind} of {path}"
            made[kind] = Segment(
                figure_key(self.figures, kind),
                kind,
                " ".join(text.split()),
                "",
                comment,
                place,
            )
        return self.attributed(
            node,
            Block(
                "figure",
                place,
                made["caption"],
                made["alt text"],
                number=self.figures,
                name=path,
            ),
        )

    def box(self, node: SyntaxTreeNode, outer: str) -> Iterator[Block]:
        name, _, rest = node.info.strip().partition(" ")
        if name not in BOXES or outer:
            why = (
                f"the box {name} stands in another box"
                if outer
                else (f'there is no box called "{name}"')
            )
            self.problem("unknown-block", why, node, f"boxes: {', '.join(BOXES)}")
            return
        attributes: dict[str, str] = {}
        if rest.strip():
            match = re.fullmatch(r'\{((?:\s*\w+="[^"]*")*)\s*\}', rest.strip())
            if not match:
                self.problem(
                    "attributes",
                    f"attributes that cannot be read: {rest.strip()}",
                    node,
                    '::: call {contacts="team urgent"}',
                )
            else:
                attributes = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        children = tuple(self.blocks(node.children, name))
        if not children or children[0].kind != "heading":
            self.problem(
                "box-heading",
                f"the {name} box does not begin with a heading",
                node,
                "write a ### heading as its first line",
            )
        made = Block("box", self.place(node), name=name, children=children)
        yield self.attributed(node, made, attributes)

    def segment(
        self,
        key: str,
        kind: str,
        node: SyntaxTreeNode,
        inline: SyntaxTreeNode,
        number: int = 0,
    ) -> Segment:
        tokens = inline.to_tokens()[0].children or []
        spans, problems = from_tokens(tokens)
        for problem in dict.fromkeys(problems):
            hint = INLINE.get(problem, TEXT_ONLY)
            self.problem("inline-markup", f"a text holds {problem}", node, hint)
        found = [*unread(inline.content), *left_over(plain(spans))]
        for what, hint in found if not problems else ():
            self.problem("inline-markup", f"a text holds {what}", node, hint)
        text = " ".join(serialize(spans).split())
        if not plain(spans).strip():
            self.problem("empty-text", f"an empty {kind}", node, "write it or drop it")
        where = f"{self.title} ¶ {number}" if number else self.title
        context = str(node.attrs.get("ctx", ""))
        return Segment(
            key, kind, text, context, f"{where}: {kind}", self.place(node), number
        )

    def attributed(
        self,
        node: SyntaxTreeNode,
        block: Block,
        more: dict[str, str] | None = None,
    ) -> Block:
        """Add what the attribute line before the block says."""
        values = {key: str(value) for key, value in node.attrs.items()}
        values = {k: v for k, v in values.items() if k not in ("start",)} | (more or {})
        for key in values:
            if key not in ATTRIBUTES:
                self.problem(
                    "attributes",
                    f'unknown attribute "{key}"',
                    node,
                    f"known: {', '.join(ATTRIBUTES)}",
                )
        contacts = tuple(values.get("contacts", "").split())
        if values.get("in", "short") != "short":
            self.problem(
                "attributes",
                f'unknown form "{values["in"]}"',
                node,
                'write {in="short"} where the folded sheet holds this block too',
            )
        return replace(
            block,
            short="in" in values,
            sources=tuple(values.get("src", "").split()),
            tags=tuple(values.get("tags", "").split()),
            review=values.get("review", ""),
            contacts=contacts,
        )


def _side(cell: SyntaxTreeNode) -> str:
    """Read where the text of a column stands: marks of alignment are left or right."""
    style = str(cell.attrs.get("style", ""))
    return SIDES.get(style.removeprefix("text-align:"), "start")


def _written(line: str) -> int:
    """Count the cells that a line of a table has."""
    bare = line.strip().removeprefix("|")
    bare = re.sub(r"(?<!\\)\|$", "", bare)
    return len(re.findall(r"(?<!\\)\|", bare)) + 1


def _tag_sections(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give each block the tags of the headings or the box that it stands under.

    A box speaks for itself: it takes no tags from the section around it.
    """
    made = []
    above: dict[int, tuple[str, ...]] = {}
    for block in blocks:
        if block.kind == "heading":
            above = {
                level: tags for level, tags in above.items() if level < block.level
            }
            above[block.level] = block.tags
        inherited = tuple(tag for tags in above.values() for tag in tags)
        made.append(_tagged(block, () if block.kind == "box" else inherited))
    return tuple(made)


def _tagged(block: Block, inherited: tuple[str, ...]) -> Block:
    """Add inherited tags to a block and all it holds."""
    tags = tuple(dict.fromkeys((*inherited, *block.tags)))
    children = tuple(_tagged(child, tags) for child in block.children)
    return replace(block, tags=tags, children=children)
