"""The short form: what a folded sheet holds of a leaflet, in the leaflet's own words.

Takes a document's blocks; gives those that the authors marked with `in="short"`, the
boxes that no leaflet may lack, and the headings above them.  Nothing is rewritten,
so that paragraph numbers, translations and signatures are those of the whole leaflet.
"""

from collections.abc import Iterator

from leaflets.diagnostics import Diagnostic, Subject, about, error
from leaflets.sources.content.document import Document
from leaflets.sources.content.family import Family
from leaflets.sources.content.markdown import Block, walk

ALWAYS = ("summary", "emergency", "call", "note")
"""Boxes that are in every form: the main message, when and whom to call (CDC Clear
Communication Index, items 2 and 14), and what a leaflet does not replace."""


def shorten(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give the blocks of the short form, in their order, with their headings.

    A heading stays when text that stays follows it in its section; a box stands for
    itself.
    """
    kept: list[Block] = []
    below = 0
    for block in reversed(blocks):
        if block.kind == "heading":
            if block.level < below:
                kept.append(block)
                below = block.level
        elif _stays(block):
            kept.append(block)
            if block.kind != "box":
                below = DEEPEST
    return tuple(reversed(kept))


DEEPEST = 7
"""Below every heading."""


def _stays(block: Block) -> bool:
    return block.short or (block.kind == "box" and block.name in ALWAYS)


def check_short(document: Document, family: Family) -> Iterator[Diagnostic]:
    """A short form that tells of benefits tells of every harm that the whole tells."""
    yield from about(Subject(leaflet=document.meta.id), _harms(document, family))


def _harms(document: Document, family: Family) -> Iterator[Diagnostic]:
    """Find the harms that the short form leaves out (DISCERN 10 to 12)."""
    kind = family.kind_of(document.meta.kind)
    kept = tuple(walk(shorten(document.blocks)))
    there = {id(block) for block in kept}
    tags = {tag for block in kept for tag in block.tags}
    wanted = [
        other
        for tag, others in kind.together.items()
        for other in others
        if tag in tags
    ]
    for block in walk(document.blocks):
        within = block.segment is not None and block.kind != "heading"
        harm = [tag for tag in wanted if tag in block.tags]
        boxed = any(
            block in box.children for box in document.blocks if box.name == "balance"
        )
        if within and harm and boxed and id(block) not in there:
            message = (
                f"the short form tells of benefits without this: {', '.join(harm)}"
            )
            hint = 'mark the whole box with {in="short"}, or leave the benefits out'
            yield error("short-form", message, block.location, hint)
