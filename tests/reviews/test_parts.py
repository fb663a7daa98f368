"""Parts: whatever a reader could notice on a page was signed, and opens again.

Each change is made to the files of an approved project, in memory; nothing is laid out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.front import judge
from leaflets.reviews.parts import drawn_templates
from leaflets.reviews.sign import sign
from leaflets.sources.material import Material, read_material
from leaflets.sources.signatures import ROLES, write_review
from leaflets.sources.snapshot import Sources, read_sources
from signing import NAMES
from tiny import (
    BILINGUAL,
    LEAFLET,
    PROJECT,
    TRIFOLD,
    WORDS,
    furniture,
    write_catalog,
    write_project,
)

TODAY = date(2026, 1, 3)
EDITIONS = (
    TRIFOLD
    + BILINGUAL
    + """
[tool.leaflets.edition.sheet-press]
template = "sheet.html"
papers = ["A4"]
size = 12
smallest = 10
pages = 12
margin = 8
shops = ["shop"]
on_request = true

[tool.leaflets.edition.proof]
template = "proof.html"
papers = ["A4"]
size = 11
smallest = 9
pages = 60
margin = 8
on_request = true

[tool.leaflets.shop.shop]
paper = "A4"
profile = "fogra39"
condition = "FOGRA39"
bleed = 3.0
safe = 5.0
ink = 300.0
line = 0.25
ppi = 300
marks = true
caliper = 0.1
stock = "paper"
colours = "4/4"
quantity = 100

[[tool.leaflets.waiver]]
code = "torn-line"
where = "content/tiny.md"
reason = "a test"
until = 2027-01-01
"""
)
CLINIC = """[tool.leaflets.clinic]
name = "PLACEHOLDER clinic"
online = "https://example.org/{locale}/{leaflet}"
"""
CONTACTS = """team = "+00 30 1234-567"
emergency = "000"
urgent = "00 11"
"""
MORE = """## What to do

1. Sit down.
2. Drink some water.

| Sign | Meaning |
|------|---------|
| Red  | Stop.   |
| Blue | Go on.  |

::: warning {tags="warning-signs"}
### A warning

Never stop at once.
:::

"""
ARABIC = {
    "What to do": "ماذا تفعل",
    "Sit down.": "اجلس.",
    "Drink some water.": "اشرب بعض الماء.",
    "Sign": "علامة",
    "Meaning": "معنى",
    "Red": "أحمر",
    "Stop.": "توقف.",
    "Blue": "أزرق",
    "Go on.": "استمر.",
    "A warning": "تحذير",
    "Never stop at once.": "لا تتوقف فجأة أبدا.",
}
HARMLESS = "harmless: "
OPEN = "re-opened"

Edit = Callable[[dict[str, bytes]], None]


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved project, as its files."""

    root: Path
    files: dict[str, bytes]

    def standings(self, edit: Edit, today: date = TODAY) -> dict[str, str]:
        """Judge every language after a change of the files."""
        files = dict(self.files)
        edit(files)
        sources = Sources(self.root, dict(sorted(files.items())), today)
        material, _ = read_material(self.root, (sources, ()))
        return {
            locale: standing.name
            for (locale, leaflet), standing in judge(material).items()
            if leaflet == "tiny"
        }


def sign_all(material: Material) -> Material:
    """Sign in English and Arabic, as placeholders."""
    (document,) = material.documents
    for locale in ("en", "ar"):
        for role in ROLES if locale != "en" else ("clinician", "layout"):
            review = sign(
                material,
                document,
                locale,
                (),
                role=role,
                name=NAMES[role],
                credentials="test only",
                method="human" if role == "translator" else "",
            )
            reviews = {**material.reviews, (locale, "tiny"): review}
            material = replace(material, reviews=reviews)
    return material


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Approved:
    """Make a project with all that a page can hold, and sign it."""
    root = tmp_path_factory.mktemp("signed") / "project"
    write_project(root)
    project = PROJECT.replace('publisher = ""', 'publisher = "PLACEHOLDER publisher"')
    project = project.replace('funding = ""', 'funding = "PLACEHOLDER funding"')
    project = project.replace("[tool.leaflets.clinic]\n", EDITIONS + CLINIC)
    project = project.replace('team = "+00 30 1234-567"\n', CONTACTS)
    (root / "pyproject.toml").write_text(project, "utf-8")
    leaflet = LEAFLET.replace("::: known", MORE + "::: known")
    (root / "content" / "tiny.md").write_text(leaflet, "utf-8")
    write_catalog(root, "ar", WORDS["ar"] | ARABIC | furniture("ar"))
    sources, _ = read_sources(root)
    material, found = read_material(root, (replace(sources, today=TODAY), ()))
    assert not found
    files = dict(sources.files)
    for review in sign_all(material).reviews.values():
        files[review.path] = write_review(review)
    signed = Approved(root, files)
    assert signed.standings(lambda files: None)["en"] == "approved"
    assert signed.standings(lambda files: None)["ar"] == "approved"
    return signed


def put(path: str, before: str, after: str) -> Edit:
    """Change one text of a file, once."""

    def edit(files: dict[str, bytes]) -> None:
        text = files[path].decode()
        assert before in text, (path, before)
        files[path] = text.replace(before, after, 1).encode()

    return edit


def swap(path: str, first: str, second: str) -> Edit:
    """Exchange two texts of a file."""

    def edit(files: dict[str, bytes]) -> None:
        text = files[path].decode()
        assert first in text, (path, first)
        assert second in text, (path, second)
        text = text.replace(first, "\0", 1).replace(second, first, 1)
        files[path] = text.replace("\0", second, 1).encode()

    return edit


def add(path: str, text: str) -> Edit:
    """Add to the end of a file."""

    def edit(files: dict[str, bytes]) -> None:
        files[path] = files[path] + text.encode()

    return edit


def both(*edits: Edit) -> Edit:
    """Make several changes."""

    def edit(files: dict[str, bytes]) -> None:
        for each in edits:
            each(files)

    return edit


DOC = "content/tiny.md"
FACTS_FILE, SOURCE_FILE = "content/facts.toml", "content/sources.toml"
BOX = "content/figures/box.svg"
FAMILY = "content/family.toml"
SETTINGS = "pyproject.toml"
PO = "locales/ar/LC_MESSAGES/messages.po"
EN, AR = "reviews/en/tiny.toml", "reviews/ar/tiny.toml"
WAIVER = """
[[tool.leaflets.waiver]]
code = "low-contrast"
where = "{}"
reason = "a test"
until = 2027-01-01
"""

CHANGES: dict[str, tuple[str, Edit, str]] = {
    # What is changed: the language to look at, the change, and what is expected.
    "a word of the source": ("en", put(DOC, "Much is known", "Little is known"), OPEN),
    "a negation": ("en", put(DOC, "does not replace", "does replace"), OPEN),
    "the title": ("en", put(DOC, "A tiny leaflet", "A tiny paper"), OPEN),
    "the promise": ("en", put(DOC, "What a test needs.", "All of it."), OPEN),
    "a heading": ("en", put(DOC, "When to call", "When not to call"), OPEN),
    "headings exchanged": (
        "en",
        swap(DOC, "### What is known", "### What is not known"),
        OPEN,
    ),
    "headings exchanged, translated": (
        "ar",
        swap(DOC, "### What is known", "### What is not known"),
        OPEN,
    ),
    "translations exchanged": (
        "ar",
        swap(PO, "يُعرف الكثير.", "والأكثر ليس معروفًا."),
        OPEN,
    ),
    "boxes known and unknown exchanged": (
        "en",
        swap(DOC, "::: known", "::: unknown"),
        OPEN,
    ),
    "texts of two boxes exchanged": (
        "en",
        swap(DOC, "Much is known.", "More is not known."),
        OPEN,
    ),
    "an emergency sign deleted": ("en", put(DOC, "- You cannot swallow.\n", ""), OPEN),
    "an emergency sign deleted, translated": (
        "ar",
        put(DOC, "- You cannot swallow.\n", ""),
        OPEN,
    ),
    "an emergency sign moved to the questions": (
        "en",
        both(
            put(DOC, "- You cannot swallow.\n", ""),
            put(DOC, "- What can I do?", "- What can I do?\n- You cannot swallow."),
        ),
        OPEN,
    ),
    "two items of a list exchanged": (
        "en",
        swap(DOC, "You cannot breathe.", "You cannot swallow."),
        OPEN,
    ),
    "two steps exchanged": ("ar", swap(DOC, "Sit down.", "Drink some water."), OPEN),
    "steps made a list": (
        "en",
        put(DOC, "1. Sit down.\n2. Drink", "- Sit down.\n- Drink"),
        OPEN,
    ),
    "two cells exchanged": ("en", swap(DOC, "Stop.   ", "Go on.  "), OPEN),
    "columns exchanged": ("en", swap(DOC, "Sign", "Meaning"), OPEN),
    "a column aligned otherwise": (
        "en",
        put(DOC, "|------|---------|", "|------|--------:|"),
        OPEN,
    ),
    "a row deleted": ("en", put(DOC, "| Blue | Go on.  |\n", ""), OPEN),
    "a paragraph deleted": ("en", put(DOC, "Never stop at once.\n", ""), OPEN),
    "a box deleted": (
        "en",
        put(DOC, MORE[MORE.index("::: warning") :].rstrip("\n"), ""),
        OPEN,
    ),
    "a section deleted": (
        "ar",
        put(DOC, MORE[: MORE.index("::: warning")], ""),
        OPEN,
    ),
    "two boxes exchanged": (
        "en",
        swap(
            DOC,
            "::: known\n### What is known\n\nMuch is known.\n:::",
            "::: unknown\n### What is not known\n\nMore is not known.\n:::",
        ),
        OPEN,
    ),
    "a box moved to the end": (
        "en",
        both(
            put(DOC, MORE[MORE.index("::: warning") :], ""),
            add(DOC, "\n" + MORE[MORE.index("::: warning") :]),
        ),
        OPEN,
    ),
    "a text replaced by another signed one": (
        "en",
        put(DOC, "Never stop at once.", "Much is known."),
        OPEN,
    ),
    "a text stands twice": (
        "en",
        put(DOC, "Much is known.", "Much is known.\n\nMuch is known."),
        OPEN,
    ),
    "a paragraph put in": (
        "en",
        put(DOC, "Much is known.", "So.\n\nMuch is known."),
        OPEN,
    ),
    "a list item put in": (
        "en",
        put(DOC, "- You cannot b", "- Oh.\n- You cannot b"),
        OPEN,
    ),
    "a paragraph moved to another box": (
        "en",
        both(
            put(DOC, "Never stop at once.\n", "Much is known.\n"),
            put(DOC, "known\n\nMuch is known.", "known\n\nNever stop at once."),
        ),
        OPEN,
    ),
    "a paragraph made a heading": (
        "en",
        put(DOC, "Never stop at once.", "### Never stop at once."),
        OPEN,
    ),
    "a heading of another level": (
        "en",
        put(DOC, "## What to do", "### What to do"),
        OPEN,
    ),
    "emphasis added": ("en", put(DOC, "Much is known.", "**Much** is known."), OPEN),
    "emphasis in a translation": (
        "ar",
        put(PO, "يُعرف الكثير.", "يُعرف **الكثير**."),
        OPEN,
    ),
    "a box of another kind": ("en", put(DOC, "::: warning", "::: note"), OPEN),
    "an emergency box made a note": ("ar", put(DOC, "::: emergency", "::: note"), OPEN),
    "emergency calls the team": (
        "en",
        put(DOC, 'contacts="emergency"', 'contacts="team"'),
        OPEN,
    ),
    "emergency calls the team, translated": (
        "ar",
        put(DOC, 'contacts="emergency"', 'contacts="team"'),
        OPEN,
    ),
    "contacts exchanged": ("en", put(DOC, '"team urgent"', '"urgent team"'), OPEN),
    "a contact taken out": ("en", put(DOC, '"team urgent"', '"team"'), OPEN),
    "a contact added": (
        "en",
        put(DOC, '"team urgent"', '"team urgent emergency"'),
        OPEN,
    ),
    "tags of a box": ("en", put(DOC, ' {tags="warning-signs"}', ""), OPEN),
    "put into the short form": (
        "en",
        put(DOC, "Never stop at once.", '{in="short"}\nNever stop at once.'),
        OPEN,
    ),
    "the emergency number": ("en", put(SETTINGS, '"000"', '"666"'), OPEN),
    "the emergency number, translated": ("ar", put(SETTINGS, '"000"', '"666"'), OPEN),
    "the team's number": ("en", put(SETTINGS, "+00 30", "+00 31"), OPEN),
    "a number taken out": ("en", put(SETTINGS, 'urgent = "00 11"\n', ""), OPEN),
    "numbers exchanged": ("en", swap(SETTINGS, '"000"', '"00 11"'), OPEN),
    "the label of a contact": ("en", put(FAMILY, "Your team", "Your shop"), OPEN),
    "the label of a contact, translated": ("ar", put(PO, "رقم الطوارئ", "رقم"), OPEN),
    "labels of contacts exchanged": (
        "en",
        swap(FAMILY, '"Your team"', '"Emergency number"'),
        OPEN,
    ),
    "the family's name": ("en", put(FAMILY, "Tiny leaflets", "Big leaflets"), OPEN),
    "the address of the code": (
        "en",
        put(SETTINGS, "example.org", "evil.example"),
        OPEN,
    ),
    "the clinic's name": ("en", put(SETTINGS, "PLACEHOLDER clinic", "Another"), OPEN),
    "the publisher": ("en", put(SETTINGS, "PLACEHOLDER publisher", "Another"), OPEN),
    "the funding": ("ar", put(SETTINGS, "PLACEHOLDER funding", "Another"), OPEN),
    "the value of a fact": ("en", put(FACTS_FILE, "value = 24", "value = 48"), OPEN),
    "the value of a fact, translated": (
        "ar",
        put(FACTS_FILE, "value = 24", "value = 48"),
        OPEN,
    ),
    "the unit of a fact": (
        "en",
        put(FACTS_FILE, 'unit = "hours"', 'unit = "days"'),
        OPEN,
    ),
    "the day of a fact": (
        "en",
        put(FACTS_FILE, "as_of = 2020-09-11", "as_of = 2010-09-11"),
        OPEN,
    ),
    "the kind of a fact": ("en", put(FACTS_FILE, '"compact"', '"number"'), OPEN),
    "what a source is cited as": (
        "en",
        put(SOURCE_FILE, "A source for tests.", "Another source."),
        OPEN,
    ),
    "the address of a source": (
        "ar",
        put(SOURCE_FILE, "https://example.org/atlas", "https://evil.example"),
        OPEN,
    ),
    "the DOI of a source": ("en", put(SOURCE_FILE, 'doi = ""', 'doi = "10.1/x"'), OPEN),
    "the date of a source": ("en", put(SOURCE_FILE, "2020-09-11", "1920-09-11"), OPEN),
    "how a source was read": ("en", put(SOURCE_FILE, '"primary"', '"secondary"'), OPEN),
    "a citation taken out": (
        "en",
        put(DOC, '{src="atlas"}\nA relapse', "A relapse"),
        OPEN,
    ),
    "a citation added": (
        "en",
        put(DOC, "Never stop at", '{src="atlas"}\nNever stop at'),
        OPEN,
    ),
    "a drawing": ("en", put(BOX, 'x="1" y="1"', 'x="9" y="1"'), OPEN),
    "a colour of a drawing": ("ar", put(BOX, "#dcebed", "#ffffff"), OPEN),
    "a label of a drawing": ("en", put(BOX, "A box to look at", "A box"), OPEN),
    "where a label stands": ("en", put(BOX, 'x="3" y="3"', 'x="30" y="3"'), OPEN),
    "a label, translated": ("ar", put(PO, "مربع للنظر إليه", "مربع"), OPEN),
    "a caption": ("en", put(DOC, '"What a figure needs"', '"What it is"'), OPEN),
    "alternative text": ("en", put(DOC, "![A box and a line]", "![A box]"), OPEN),
    "a figure deleted": (
        "en",
        put(DOC, '![A box and a line](figures/box.svg "What a figure needs")\n', ""),
        OPEN,
    ),
    "the version": ("en", put(DOC, 'version = "0.1.0"', 'version = "0.1.1"'), OPEN),
    "the version, translated": (
        "ar",
        put(DOC, 'version = "0.1.0"', 'version = "9"'),
        OPEN,
    ),
    "the day it was written": (
        "en",
        put(DOC, "written = 2026-01-02", "written = 2026-01-03"),
        OPEN,
    ),
    "the day of the evidence": (
        "en",
        put(DOC, "evidence = 2026-01-01", "evidence = 2025-12-01"),
        OPEN,
    ),
    "the day of the next review": ("ar", put(DOC, "2028-01-02", "2028-12-30"), OPEN),
    "a word of a translation": (
        "ar",
        put(PO, "لا تستطيع البلع.", "لا يمكنك البلع."),
        OPEN,
    ),
    "a translation made fuzzy": (
        "ar",
        put(PO, 'msgid "You cannot swallow."', '#, fuzzy\nmsgid "You cannot swallow."'),
        OPEN,
    ),
    "a translation emptied": ("ar", put(PO, '"لا تستطيع البلع."', '""'), OPEN),
    "a space in a translation": (
        "ar",
        put(PO, "لا تستطيع البلع", "لا  تستطيع البلع"),
        OPEN,
    ),
    "page furniture, translated": (
        "ar",
        put(
            PO,
            'msgid "Where this comes from"\nmsgstr "',
            'msgid "Where this comes from"\nmsgstr "!',
        ),
        OPEN,
    ),
    "page furniture": (
        "en",
        put("templates/sheet.html", "Where this comes from", "Who says so"),
        OPEN,
    ),
    "a text in the sheet": (
        "en",
        put("templates/sheet.html", "<main>", "<main><p>Take 10 tablets.</p>"),
        OPEN,
    ),
    "a text in the sheet's style": (
        "en",
        add("templates/sheet.css", 'h1::after { content: "TAKE 10 TABLETS" }'),
        OPEN,
    ),
    "a text of two languages": (
        "ar",
        put("templates/bilingual.html", "<main>", "<main><p>Take 10 tablets.</p>"),
        OPEN,
    ),
    "a text in the style of two languages": (
        "ar",
        add("templates/bilingual.css", 'h1::after { content: "TAKE 10 TABLETS" }'),
        OPEN,
    ),
    "a text in a cell of two languages": (
        "ar",
        put(
            "templates/cells.html",
            "{% macro ",
            "{% macro more() %}10{% endmacro %}{% macro ",
        ),
        OPEN,
    ),
    "the template of the folded sheet": (
        "en",
        put("templates/trifold.html", "<main>", "<main><p>Take 10 tablets.</p>"),
        OPEN,
    ),
    "the template of the clinic's lines": (
        "en",
        add("templates/clinic.html", "<!-- -->"),
        OPEN,
    ),
    "the template of the standing": (
        "en",
        put("templates/standing.html", 'standing in ("draft", "revised")', "false"),
        OPEN,
    ),
    "the template of the imprint": ("en", add("templates/facts.html", "<p></p>"), OPEN),
    "a style that all editions share": (
        "ar",
        put("templates/text.css", ".number {", ".number { display: none;"),
        OPEN,
    ),
    "the page of a leaflet on screen": (
        "en",
        put("templates/web-leaflet.html", "{{ text }}", "{{ text }}<p>Take 10.</p>"),
        OPEN,
    ),
    "a template that names another by a variable": (
        "en",
        put(
            "templates/sheet.html",
            '{% include "notes.html" %}',
            '{% include "notes" ~ ".html" %}',
        ),
        OPEN,
    ),
    "the size of an edition": ("en", put(SETTINGS, "size = 12", "size = 13"), OPEN),
    "the margin of an edition on request": (
        "ar",
        put(
            SETTINGS,
            "margin = 8\nkeyed = true\nbeside",
            "margin = 9\nkeyed = true\nbeside",
        ),
        OPEN,
    ),
    "an edition added": (
        "en",
        put(
            SETTINGS,
            "[tool.leaflets.edition.proof]",
            '[tool.leaflets.edition.large]\ntemplate = "sheet.html"\npapers = ["A4"]\n'
            "size = 18\nsmallest = 16\npages = 40\nmargin = 8\n\n"
            "[tool.leaflets.edition.proof]",
        ),
        OPEN,
    ),
    "an edition deleted": (
        "en",
        put(
            SETTINGS,
            EDITIONS[
                EDITIONS.index("[tool.leaflets.edition.bil") : EDITIONS.index(
                    "[tool.leaflets.edition.sheet-press"
                )
            ],
            "",
        ),
        OPEN,
    ),
    "a print shop": ("en", put(SETTINGS, "bleed = 3.0", "bleed = 4.0"), OPEN),
    "a waiver of the leaflet": (
        "en",
        add(SETTINGS, WAIVER.format("content/tiny.md")),
        OPEN,
    ),
    "a waiver of all leaflets": ("ar", add(SETTINGS, WAIVER.format("content/")), OPEN),
    "a waiver of the language": (
        "ar",
        add(SETTINGS, WAIVER.format("locales/ar/")),
        OPEN,
    ),
    "the end of a waiver": (
        "en",
        put(SETTINGS, "until = 2027-01-01", "until = 2029-01-01"),
        OPEN,
    ),
    "a waiver taken out": (
        "en",
        put(SETTINGS, EDITIONS[EDITIONS.index("[[tool.leaflets.waiver]]") :], ""),
        OPEN,
    ),
    "the name in a signature": (
        "en",
        put(EN, NAMES["clinician"], "Placeholder Other"),
        OPEN,
    ),
    "the credentials in a signature": ("en", put(EN, "test only", "Professor"), OPEN),
    "the method in a signature": (
        "ar",
        put(AR, '"human"', '"machine draft revised"'),
        OPEN,
    ),
    "the date in a signature": (
        "en",
        put(EN, "date = 2026-01-03", "date = 2025-12-31"),
        OPEN,
    ),
    "a date to come": ("en", put(EN, "date = 2026-01-03", "date = 2099-01-01"), OPEN),
    "the version in a signature": ("en", put(EN, '"0.1.0"', '"0.0.9"'), OPEN),
    "a name that is a full stop": ("en", put(EN, NAMES["clinician"], "."), OPEN),
    "a name that nobody sees": ("en", put(EN, NAMES["clinician"], "\u3164"), OPEN),
    "the reviser under the translator's name": (
        "ar",
        put(AR, NAMES["reviser"], NAMES["translator"] + "."),
        OPEN,
    ),
    "the reviser with a Cyrillic letter": (
        "ar",
        put(AR, NAMES["reviser"], NAMES["translator"].replace("a", "\u0430", 1)),
        OPEN,
    ),
    "a text in the record": ("en", put(EN, "Much is known.", "All is known."), OPEN),
    "two digests in the record exchanged": ("en", swap(EN, " p5", " p6"), OPEN),
    "a record of an earlier form": ("en", put(EN, "version = 2", "version = 1"), OPEN),
    "the record of another language": (
        "ar",
        lambda files: files.update({AR: files[EN]}),
        OPEN,
    ),
    # Harmless: nothing of it reaches a reader of the leaflet.
    "a note to the authors": (
        "en",
        put(DOC, "Never stop at", '{review="A note."}\nNever stop at'),
        HARMLESS + "only proofs print it",
    ),
    "a blank line in the source": (
        "en",
        put(DOC, "## How it shows\n", "## How it shows\n\n\n"),
        HARMLESS + "Markdown folds it",
    ),
    "a comment in the settings": (
        "en",
        add(SETTINGS, "\n# a comment\n"),
        HARMLESS + "no value changed",
    ),
    "a comment in a catalog": (
        "ar",
        put(PO, 'msgid "You cannot swallow."', '# a note\nmsgid "You cannot swallow."'),
        HARMLESS + "no text changed",
    ),
    "the template of the proof": (
        "en",
        add("templates/proof.css", ".row { color: black }"),
        HARMLESS + "no patient sees it",
    ),
    "the edition of the proof": (
        "en",
        put(SETTINGS, "pages = 60", "pages = 70"),
        HARMLESS + "no patient sees it",
    ),
    "a page on screen that is no leaflet": (
        "en",
        add("templates/web-status.html", "{# a comment #}"),
        HARMLESS + "it shows no leaflet",
    ),
    "a fact that the leaflet does not name": (
        "en",
        add(
            FACTS_FILE,
            '\n[days]\nvalue = 3\nkind = "number"\nsource = "atlas"\nas_of = 2020\n',
        ),
        HARMLESS + "no text rests on it",
    ),
    "a source that the leaflet does not name": (
        "en",
        add(
            SOURCE_FILE,
            '\n[other]\ncite = "Other."\nurl = "https://example.org"\nread = "primary"\n',
        ),
        HARMLESS + "it is not printed here",
    ),
    "a waiver of another leaflet": (
        "en",
        add(SETTINGS, WAIVER.format("content/other.md")),
        HARMLESS + "it speaks of no finding of this one",
    ),
    "a waiver of another language": (
        "en",
        add(SETTINGS, WAIVER.format("locales/ar/LC_MESSAGES/messages.po:9")),
        HARMLESS + "it speaks of no finding of this one",
    ),
    "the place of the leaflet in its series": (
        "en",
        put(DOC, "order = 1", "order = 2"),
        HARMLESS + "it is counted, as pages are",
    ),
    "another language's translation": (
        "en",
        put(PO, "لا تستطيع البلع.", "لا يمكنك البلع."),
        HARMLESS + "this language is as it was",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_reader_could_notice_is_open_again(
    what: str, approved: Approved
) -> None:
    """After each change the leaflet is approved no more, or it is said why it stays."""
    locale, edit, expected = CHANGES[what]
    name = approved.standings(edit)[locale]
    if expected == OPEN:
        assert name != "approved"
    else:
        assert expected.startswith(HARMLESS)
        assert name == "approved"


def test_there_are_enough_changes_of_every_kind() -> None:
    """At least as many as were once tried by hand, most of them to be noticed."""
    opened = [what for what, (_, _, expected) in CHANGES.items() if expected == OPEN]
    assert len(opened) >= 86
    assert len(CHANGES) - len(opened) >= 10


@pytest.mark.parametrize(
    ("statement", "is_drawn"),
    [
        ('{%+ include "extra.html" %}', True),
        ('{%- from "extra.html" import one, two with context -%}', True),
        ('{% include "notes.html" if short else "extra.html" %}', True),
        ('{% include "ex" ~ "tra.html" %}', True),
        ('{% include "extra\\x2ehtml" %}', True),
        ('{% set text = "See your nurse" %}{{ _(text) }}', True),
        ('{% set ask = _ %}{{ ask("See your nurse") }}', True),
        ('{{ _("See your " ~ "nurse") }}', True),
        ('{{ _("See your nurse", name="extra.html") }}', False),
        ('{# include "extra.html" #}', False),
    ],
)
def test_what_a_template_may_use_is_drawn(
    tiny: Path, statement: str, is_drawn: bool
) -> None:
    """A file or text that is named by an expression may be any of them."""
    (tiny / "templates" / "extra.html").write_text("", encoding="utf-8")
    sheet = tiny / "templates" / "sheet.html"
    sheet.write_text(sheet.read_text("utf-8") + statement, encoding="utf-8")
    material, _ = read_material(tiny)

    assert ("extra.html" in drawn_templates(material)) == is_drawn
