"""Expected: what a composition loads, and what must be found on paper.

Takes the texts read back from the finished HTML; ties each to the place where it can
be mended, and tells what the template left out.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.scripts import SCRIPTS
from leaflets.pages.composition import Asset, Box, Passage
from leaflets.pages.passages import Found, ReadBack
from leaflets.pages.qr import draw_code
from leaflets.pages.views import (
    ZERO_WIDTH,
    Localized,
    every,
    room,
    without_isolates,
)
from leaflets.paper.colours import in_ink
from leaflets.sources.content.figures import label_key
from leaflets.sources.content.markdown import Block
from leaflets.sources.project import Edition

SECOND = "x-"
"""What the ids of a second language's texts begin with."""


def assets_of(
    localized: Localized,
    online: str,
    drawn: frozenset[str],
    *,
    press: bool,
    second: Localized | None = None,
) -> tuple[Asset, ...]:
    """Collect the drawings that the page loads, and the QR code if there is one.

    Each language has its own, for some are mirrored.
    """

    def svg(name: str, data: bytes) -> Asset:
        return Asset(name, "image/svg+xml", in_ink(data) if press else data)

    sides = [("", localized)] + ([(SECOND, second)] if second else [])
    made = [
        svg(prefix + figure.path, figure.drawing)
        for prefix, side in sides
        for name, figure in side.figures.items()
        if name in drawn
    ]
    if online:
        made.append(svg("qr.svg", draw_code(online)))
    return tuple(sorted(made, key=lambda one: one.name))


def boxes_of(localized: Localized) -> tuple[Box, ...]:
    """List the labels, whose room is fixed."""
    made = []
    for figure in localized.figures.values():
        for label in figure.labels:
            key = label_key(figure.path, label.id)
            words = localized.words.get(key)
            place = (words and words.translation) or label.location
            if not label.under:
                height = room(figure, label)
                made.append(Box(f"g-{key}", height, label.width, place))
            made.append(Box(key, figure.height, label.width, place))
    return tuple(made)


def passages_of(
    found: tuple[Found, ...],
    localized: Localized,
    edition: Edition,
    second: Localized | None = None,
) -> Iterator[Passage]:
    """Tie the texts of the finished HTML to the places where they can be mended.

    Texts of a second language have ids that begin with `SECOND`.
    """
    sides = {"": localized} | ({SECOND: second} if second else {})
    # A paper for reviewers parts what patients must see together.
    tags = {
        block.segment.key: block.tags
        for block in every(localized.document.blocks)
        if block.segment and not edition.for_reviewers
    }
    for one in found:
        prefix = SECOND if second and one.key.startswith(SECOND) else ""
        yield _passage(one, prefix, sides[prefix], tags)


def _passage(
    one: Found, prefix: str, side: Localized, tags: Mapping[str, tuple[str, ...]]
) -> Passage:
    key = one.key.removeprefix(prefix)
    language = side.locale.tag if prefix else ""
    words = side.words.get(key)
    if words is None:
        places = {_plain(text): place for text, place in side.furniture.values()}
        start = Location(side.document.path, 1)
        place = places.get(_plain(one.text))
        return Passage(one.key, one.text, start, place, language=language)
    segment = words.segment
    return Passage(
        one.key,
        one.text,
        segment.location,
        words.translation,
        segment.paragraph,
        tags.get(segment.key, ()),
        language,
        grown=round(
            len(words.text) * side.locale.setting.letter
            - len(segment.text) * SCRIPTS["Latn"].letter,
            2,
        ),
    )


def keys_of(localized: Localized, blocks: tuple[Block, ...]) -> frozenset[str]:
    """Name the texts that an edition with these blocks holds, labels among them."""
    keys = {"title", "promise"}
    for block in every(blocks):
        keys.update(one.key for one in (block.segment, block.alt) if one)
        if block.kind == "figure" and block.name in localized.figures:
            figure = localized.figures[block.name]
            keys.update(label_key(figure.path, one.id) for one in figure.labels)
    return frozenset(keys)


def dropped(
    localized: Localized,
    read: ReadBack,
    edition: Edition,
    keys: frozenset[str],
    prefix: str = "",
) -> list[Diagnostic]:
    """Tell of words that the template left out or changed.

    `keys` name the texts that the edition holds; `prefix` is what their ids begin with.
    """
    texts = {one.key: _plain(one.text) for one in read.passages}
    alts = {_plain(one) for one in read.alts}
    found = []
    for key, words in localized.words.items():
        if key not in keys:
            continue
        wanted = _plain(words.text)
        there = texts.get(prefix + key, "").startswith(wanted) or (
            words.segment.kind == "alt text" and wanted in alts
        )
        if not there:
            message = f"the template leaves out {key}: {wanted[:60]}"
            place = Location(f"templates/{edition.template}")
            found.append(error("text-dropped-by-template", message, place))
    order = {
        prefix + one.key: place for place, one in enumerate(localized.document.segments)
    }
    set_keys = [one.key for one in read.passages if one.key in order]
    for before, after in pairwise(set_keys):
        if order[before] > order[after]:
            message = f"the template puts {before} before {after}"
            place = Location(f"templates/{edition.template}")
            hint = "warnings and steps stand in the order of the source"
            found.append(error("block-order", message, place, hint))
    return found


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """Fold white space and drop what draws nothing, to compare what is read."""
    return " ".join(without_isolates(text).replace(ZERO_WIDTH, "").split())
