"""Page data: what templates are filled with is all that they ask for, and no more."""

import re
from dataclasses import fields
from pathlib import Path

from composing import BILINGUAL, PANELS, PROOF, SHEET, composed, material_of
from leaflets.pages.contract import GLOBALS
from leaflets.pages.page_data import LanguageData, PageData
from samples import ROOT

LEAFLETS = ("sheet", "trifold", "bilingual", "proof")
NAMES = {field.name for field in fields(PageData)}


def test_a_page_says_all_that_a_language_says() -> None:
    """The fields of one language are fields of the page."""
    assert {field.name for field in fields(LanguageData)} < NAMES


def test_no_variable_has_the_name_of_a_function() -> None:
    """What a template calls is not hidden by what it is given."""
    assert NAMES.isdisjoint(GLOBALS)


def test_every_variable_is_used_by_a_template() -> None:
    """A field that no template reads is not carried along."""
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").iterdir()
        if not path.name.startswith(("web-", "desk-", "order.", "changes."))
    )
    unread = {name for name in NAMES if not re.search(rf"\b{name}\b", text)}
    assert unread == set()


def test_a_template_may_ask_for_every_variable(tiny: Path) -> None:
    """Whatever the edition, all fields are there."""
    for name in LEAFLETS:
        path = tiny / "templates" / f"{name}.html"
        asked = "".join(f"<!-- {{{{ {name} is defined }}}} -->" for name in NAMES)
        text = path.read_text(encoding="utf-8").replace("<body>", f"<body>{asked}", 1)
        path.write_text(text, encoding="utf-8")
    material = material_of(tiny)
    for locale, edition in (
        ("en", SHEET),
        ("ar", PANELS),
        ("en", PROOF),
        ("ar+en", BILINGUAL),
    ):
        composition, _ = composed(material, locale, edition)
        assert composition.html.count("<!-- True -->") == len(NAMES)
