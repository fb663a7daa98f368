"""The short form: an author's choice, with what no leaflet may lack."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Location
from leaflets.sources.content.document import Document, parse
from leaflets.sources.content.family import read_family
from leaflets.sources.content.markdown import Block, walk
from leaflets.sources.content.short_form import ALWAYS, check_short, shorten
from tiny import FAMILY, LEAFLET

ROOT = Path(__file__).resolve().parents[3]
HARMS = ("risks", "death", "fertility", "limits")
TOGETHER = f"[kind.information.together]\nbenefits = {[*HARMS]}\n\n[[claim]]"
COMMON, _ = read_family(FAMILY.replace("[[claim]]", TOGETHER).encode())
OURS, _ = read_family((ROOT / "content" / "family.toml").read_bytes())
LEAFLETS = sorted((ROOT / "content").glob("[a-z]*.md"))

BALANCE = """::: balance{mark}
### Benefits and harms

{{tags="benefits"}}
It can help.

{{tags="risks death"}}
It can harm.

{{tags="limits fertility"}}
It does not help everyone.
:::

::: known"""

PLACE = Location("content/a.md", 1)
HEADING = st.sampled_from((2, 3)).map(
    lambda level: Block("heading", PLACE, level=level)
)
PARAGRAPH = st.booleans().map(lambda short: Block("paragraph", PLACE, short=short))
BOX = st.tuples(
    st.sampled_from((*ALWAYS, "known", "unknown", "questions", "balance", "warning")),
    st.booleans(),
).map(
    lambda made: Block(
        "box",
        PLACE,
        name=made[0],
        short=made[1],
        children=(Block("heading", PLACE, level=3), Block("paragraph", PLACE)),
    )
)
BLOCKS = st.lists(HEADING | PARAGRAPH | PARAGRAPH | BOX, max_size=24).map(tuple)


def document(text: str = LEAFLET) -> Document:
    """Read a leaflet that can be read."""
    made, found = parse(text, "content/tiny.md")
    assert not found, [str(one) for one in found]
    assert made
    return made


def places(blocks: tuple[Block, ...], kept: tuple[Block, ...]) -> list[int]:
    """Give where the kept blocks stand in the whole, each block once.

    By identity, for two blocks of a random document may be equal.
    """
    where = {id(one): place for place, one in enumerate(blocks)}
    return [where[id(one)] for one in kept]


@given(BLOCKS)
def test_what_is_kept_keeps_its_order(blocks: tuple[Block, ...]) -> None:
    """The short form is a part of the whole, in its order; nothing stands twice."""
    blocks = distinct(blocks)
    found = places(blocks, shorten(blocks))
    assert found == sorted(set(found))


@given(BLOCKS)
def test_what_is_marked_or_owed_is_kept(blocks: tuple[Block, ...]) -> None:
    """All that authors marked and no leaflet may lack is kept, and only that."""
    blocks = distinct(blocks)
    owed = [
        place
        for place, one in enumerate(blocks)
        if one.kind != "heading"
        and (one.short or (one.kind == "box" and one.name in ALWAYS))
    ]
    kept = shorten(blocks)
    bodies = [one for one in kept if one.kind != "heading"]
    assert places(blocks, tuple(bodies)) == owed


@given(BLOCKS)
def test_no_heading_is_kept_without_text(blocks: tuple[Block, ...]) -> None:
    """Under each heading stands a block that is no box, before its section ends."""
    kept = shorten(distinct(blocks))
    for place, heading in enumerate(kept):
        if heading.kind != "heading":
            continue
        under = []
        for one in kept[place + 1 :]:
            if one.kind == "heading" and one.level <= heading.level:
                break
            under.append(one.kind)
        assert "paragraph" in under


@given(BLOCKS)
def test_each_kept_text_has_the_headings_of_the_whole(
    blocks: tuple[Block, ...],
) -> None:
    """A text stands under the same headings in both forms; boxes have their own."""
    blocks = distinct(blocks)
    whole, short = above(blocks), above(shorten(blocks))
    for one, headings in short.items():
        assert headings == whole[one]


@given(BLOCKS)
def test_shortening_twice_changes_nothing(blocks: tuple[Block, ...]) -> None:
    """The short form of a short form is itself: nothing in it is left out later."""
    once = shorten(distinct(blocks))
    assert places(once, shorten(once)) == list(range(len(once)))


def distinct(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make every block its own object, as a reader of documents does."""
    return tuple(
        Block(
            one.kind,
            Location("content/a.md", line),
            level=one.level,
            name=one.name,
            short=one.short,
            children=one.children,
        )
        for line, one in enumerate(blocks, 1)
    )


def above(blocks: tuple[Block, ...]) -> dict[int, list[int]]:
    """Give the lines of the headings above each paragraph, by its own line."""
    found = {}
    over: dict[int, int] = {}
    for one in blocks:
        if one.kind == "heading":
            over = {level: line for level, line in over.items() if level < one.level}
            over[one.level] = one.location.line
        elif one.kind == "paragraph":
            found[one.location.line] = [over[level] for level in sorted(over)]
    return found


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_our_short_forms_hold_what_each_must(path: Path) -> None:
    """Main message, emergencies, whom to call and the note stand in each leaflet."""
    made, _ = parse(path.read_text(encoding="utf-8"), f"content/{path.name}")
    assert made
    kept = shorten(made.blocks)
    assert {one.name for one in kept if one.kind == "box"} >= set(ALWAYS)
    assert 0 < len(tuple(walk(kept))) < len(tuple(walk(made.blocks)))
    assert [str(one) for one in check_short(made, OURS)] == []


def test_a_leaflet_without_marks_keeps_its_boxes_alone() -> None:
    """Without any mark, the boxes that no leaflet may lack are the short form."""
    kept = shorten(document().blocks)
    assert [one.name or one.kind for one in kept] == list(ALWAYS)


def told(mark: str, text: str | None = None) -> list[str]:
    """Check a leaflet whose balance box has a mark; give codes and hints."""
    whole = LEAFLET.replace("::: known", (text or BALANCE).format(mark=mark))
    return [one.code for one in check_short(document(whole), COMMON)]


def test_benefits_with_their_harms_are_sound() -> None:
    """A whole box of benefits and harms is no finding; nor is leaving it out."""
    assert "short-form" not in told(' {in="short"}')
    assert "short-form" not in told("")


def test_benefits_without_their_harms_are_told() -> None:
    """A benefit that alone is in the short form is told at each harm left out."""
    part = BALANCE.replace("::: balance{mark}", "::: balance").replace(
        '{{tags="benefits"}}\nIt can help.', "It is known."
    )
    part = part.replace("::: known", '{{in="short" tags="benefits"}}\nIt helps.\n\n')
    whole = LEAFLET.replace("::: known", part.format() + "::: known")
    found = list(check_short(document(whole), COMMON))
    assert [one.code for one in found] == ["short-form"] * 2
    lines = whole.splitlines()
    assert [lines[one.location.line - 1] for one in found] == [
        "It can harm.",
        "It does not help everyone.",
    ]
    harms = [one.message.rpartition(": ")[2] for one in found]
    assert harms == ["risks, death", "fertility, limits"]
    assert {tag for one in harms for tag in one.split(", ")} == set(HARMS)


def test_a_benefit_marked_within_a_box_keeps_no_harm_away() -> None:
    """A mark inside a box does not take a benefit out of its box: boxes are whole."""
    part = BALANCE.replace('tags="benefits"', 'in="short" tags="benefits"')
    assert told("", part) == []
    whole = LEAFLET.replace("::: known", part.format(mark=""))
    kept = walk(shorten(document(whole).blocks))
    assert "It can help." not in [one.segment.text for one in kept if one.segment]


def test_another_form_is_told() -> None:
    """`in` knows one form; another word is told as attributes, at its line."""
    text = LEAFLET.replace(
        '{src="atlas"}\nA relapse', '{in="other" src="atlas"}\nA rel'
    )
    assert text != LEAFLET
    _, found = parse(text, "content/tiny.md")
    (one,) = found
    assert one.code == "attributes"
    assert '"other"' in one.message
    assert 'in="short"' in one.hint
