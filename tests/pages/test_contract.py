"""The contract: templates write no name that it does not hold, code reads no other."""

import re
from functools import cache
from pathlib import Path

import pytest

from leaflets.build.front import analyse
from leaflets.pages import contract
from leaflets.pages.composition import Choice, Composition
from leaflets.pages.contract import (
    ATTRIBUTES,
    CLASSES,
    IDS,
    PROOF_PARTS,
    Role,
    drawing_keep,
    first,
    is_display,
    is_for_paper,
    is_heading,
    is_notes,
    is_second,
    is_spread,
    kept_key,
    notes_id,
    second,
    spread_keep,
)
from leaflets.pages.expected import read_back
from leaflets.pages.reference import PATH, template_reference
from samples import ROOT

TEMPLATES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").iterdir())
}
SAID_ON_PAPER = ("order.html", "changes.html")
"""Papers that are no leaflet's: their ids only name their passages."""


@cache
def compositions() -> tuple[Composition, ...]:
    """Compose every edition of one leaflet, alone and in two languages."""
    only = Choice(leaflets=("stem-cells",), locales=("en", "ar"))
    return analyse(ROOT, ("all",), only=only).compositions


def pattern_of(example: str) -> str:
    """Let the numbers and names of an example be any."""
    pattern = re.escape(example)
    for name in ("nerve\\-axon", "urgent", "sources", "version", "phone"):
        pattern = pattern.replace(name, r"[\w-]+")
    return re.sub(r"(?<=[a-z-])\d+", r"\\d+", pattern)


OF_PROOFS = re.compile(rf"^(?:{'|'.join(PROOF_PARTS.values())}|n\d+)-(?=.)")
"""How the ids of a proof begin, before the key of the text that they are about."""
PATTERNS = [re.compile(pattern_of(example)) for example in IDS]


@pytest.mark.parametrize("example", [key for key in IDS if not is_second(key)])
def test_examples_are_ids_of_their_own(example: str) -> None:
    """Each example is matched by its own pattern."""
    assert re.fullmatch(pattern_of(example), example)


def test_every_id_is_in_the_contract() -> None:
    """No template makes an id that docs/templates.md does not tell."""
    editions = {one.target.edition for one in compositions()}
    assert {"sheet", "trifold", "booklet", "bilingual", "proof"} <= editions
    for composition in compositions():
        ids = re.findall(r'\bid="([^"]*)"', composition.html)
        assert len(ids) > 20
        if not composition.for_patients:
            ids = [OF_PROOFS.sub("", key) for key in ids]
        unknown = [
            key
            for key in ids
            if not any(pattern.fullmatch(first(key)) for pattern in PATTERNS)
        ]
        assert unknown == [], str(composition.target)


def test_every_attribute_is_in_the_contract() -> None:
    """Templates of pages on paper write no data- attribute that nobody reads."""
    written = {
        name
        for file, text in TEMPLATES.items()
        if not file.startswith(("web-", "desk-"))
        for name in re.findall(r"\bdata-[a-z-]+", text)
    }
    assert written == set(ATTRIBUTES)


def test_furniture_has_a_role() -> None:
    """What stands on every page says what it is for."""
    for composition in compositions():
        furniture = read_back(composition.html).furniture
        assert furniture
        assert {one.role for one in furniture} <= set(Role), str(composition.target)
        roles = [one.role for one in furniture]
        if composition.standing != "approved" and composition.for_patients:
            assert Role.STANDING in roles


def test_every_class_is_written_by_a_template() -> None:
    """A class that code reads is in a template."""
    text = "".join(TEMPLATES.values())
    for name in CLASSES:
        assert re.search(rf'class="[^"]*\b{name}\b', text), name


def test_every_function_is_called_by_a_template() -> None:
    """What templates may call, they do."""
    text = "".join(TEMPLATES.values())
    for name in contract.GLOBALS:
        assert re.search(rf"\b{name}\b", text), name


def test_no_template_writes_a_name_by_hand() -> None:
    """Ids that code reads are made by functions, so that they change in one place."""
    by_hand = re.compile(
        r'(?:id|data-keep|data-blank)="(?:\{\{[^}]*\}\})?'
        r"(?:i-|h-|x-|r\{|clinic-|notes-|spread-|name-|line-)"
    )
    for file, text in TEMPLATES.items():
        if file not in SAID_ON_PAPER:
            assert not by_hand.search(text), file


def test_the_page_on_templates_is_up_to_date() -> None:
    """`python .ci/templates.py` writes it anew."""
    assert (ROOT / PATH).read_text(encoding="utf-8") == template_reference(TEMPLATES)


def test_the_page_on_templates_tells_every_name() -> None:
    """Variables, attributes, roles, ids, functions, filters and macros are listed."""
    page = template_reference(TEMPLATES)
    names = (
        *ATTRIBUTES,
        *IDS,
        *CLASSES,
        *Role,
        "head_room",
        "fold",
        "counters",
        "keyed(",
    )
    for name in names:
        assert f"`{name}" in page, name


@pytest.mark.parametrize(
    ("key", "heading", "display"),
    [
        ("h3", True, True),
        ("h-sources", True, True),
        ("x-h3", True, True),
        ("title", False, True),
        ("x-promise", False, True),
        ("p7", False, False),
        ("f1c", False, False),
        ("i-version", False, False),
    ],
)
def test_headings_are_known_by_their_ids(
    key: str, heading: bool, display: bool
) -> None:
    """In both languages, whether the leaflet or the template brings them."""
    assert (is_heading(key), is_display(key)) == (heading, display)


def test_a_text_is_found_beside_its_other_language() -> None:
    """Both names lead to each other."""
    assert first(second("p7")) == first("p7") == "p7"
    assert is_second(second("p7"))
    assert not is_second("p7")


@pytest.mark.parametrize(
    ("key", "paper"),
    [
        ("clinic-name", True),
        ("i-code", True),
        ("notes-1", True),
        ("sources-note", False),
    ],
)
def test_what_is_for_paper_only(key: str, paper: bool) -> None:
    """A clinic's lines and pages for notes have no place on screen."""
    assert is_for_paper(key) == paper


def test_what_is_kept_together_leads_back_to_its_block() -> None:
    """A finding is told at the block, whatever name the template made of it."""
    for key in ("b12", "f1c"):
        assert kept_key(drawing_keep(key)) == kept_key(spread_keep(key)) == key
    assert is_spread(spread_keep("b12"))
    assert not is_spread(drawing_keep("f1c"))
    assert is_notes(notes_id(2))
    assert not is_notes("sources-note")


def test_only_the_contract_holds_the_names() -> None:
    """No other module of the engine writes an attribute's name by hand."""
    names = re.compile("|".join(map(re.escape, ATTRIBUTES)) + "|spread-start")
    rooms = ("checks", "pages", "pdf", "web", "build", "reviews")
    written = {
        path.name
        for room in rooms
        for path in Path(ROOT, "src/leaflets", room).rglob("*.py")
        if any(
            names.search(line.partition("#")[0])
            for line in path.read_text().splitlines()
            if '"' in line.partition("#")[0] and "`" not in line
        )
    }
    assert written == {"contract.py"}
