"""Starter: the files of a new project, and of a new leaflet in it.

Takes what somebody says of their family of leaflets; gives the files to write, by path.
The example leaflet and its translations come from the stock's starter, drafts that say
so on every page.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from leaflets.sources.catalogs.catalog import new_catalog, read_catalog, write_catalog
from leaflets.sources.catalogs.extract import extract_all
from leaflets.sources.catalogs.merge import update as merge
from leaflets.sources.catalogs.stock_words import fill, stock_words, words_of
from leaflets.sources.content.family import PATH as FAMILY
from leaflets.sources.content.family import Family, read_family
from leaflets.sources.project import PATH
from leaflets.sources.signatures import years_later
from leaflets.sources.stock import starter_files, stock_files

HIDDEN = {
    "gitignore": ".gitignore",
    "github/workflows/leaflets.yml": ".github/workflows/leaflets.yml",
}
YEARS = 2
"""Until a new leaflet is looked at again; PIF TICK asks for three at the most."""
KNOWN_NAME = re.compile(r'^name = ".*"$', re.MULTILINE)
KNOWN_TITLE = re.compile(r'^title = ".*"$', re.MULTILINE)
CONTACTS = re.compile(r"\[contact\.team\]\nlabel = \"Your team\"\n")
DATES = re.compile(r"^(written|evidence) = \d{4}-\d\d-\d\d$", re.MULTILINE)
REVIEW = re.compile(r"^review_by = \d{4}-\d\d-\d\d$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody says of a new project."""

    name: str
    """Of the family, in the source language; empty for the starter's own."""
    title: str
    """Heads the pages on screen; empty for the starter's own."""
    source: str
    locales: tuple[str, ...]
    """The source among them."""
    papers: tuple[str, ...]
    contacts: Mapping[str, str] = field(default_factory=dict)
    """More contacts: label by name."""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name and title by locale, as far as they are given."""


def new_project(beginning: Beginning, today: date) -> Iterator[tuple[str, bytes]]:
    """Write the files of a project, catalogs included: (path, bytes), sorted."""
    files = dict(_content(beginning, today))
    files[PATH] = _project_file(beginning).encode()
    messages = extract_all({**stock_files(), **files}, Path())
    files["locales/messages.pot"] = write_catalog(messages)
    family, _ = read_family(files[FAMILY])
    for name in beginning.locales:
        if name == beginning.source:
            continue
        path = f"locales/{name}/LC_MESSAGES/messages.po"
        catalog = merge(new_catalog(name, path), messages, beginning.source)
        words = {
            **stock_words(name),
            **_starter_words(name),
            **_said(beginning, family, name),
        }
        files[path] = write_catalog(fill(catalog, words))
    yield from sorted(files.items())


def new_leaflet(family: Family, name: str, order: int, today: date) -> str:
    """Write the Markdown of a new leaflet with every box that its kind asks for."""
    kind, asked = next(iter(family.kinds.items()))
    title = name.replace("-", " ").capitalize()
    contacts = " ".join(contact.id for contact in family.contacts[:1])
    boxes = [box for box in asked.boxes if box != "summary"]
    body = "\n".join(
        f"::: {box}{f' {{contacts={json.dumps(contacts)}}}' if box == 'call' else ''}\n"
        f"### {box.capitalize()}\n\nWrite this box.\n:::\n"
        for box in boxes
    )
    front = "\n".join(
        [
            f'id = "{name}"',
            f"order = {order}",
            f'title = "{title}"',
            'promise = "What this leaflet tells."',
            f'kind = "{kind}"',
            'version = "0.1.0"',
            f"written = {today}",
            f"evidence = {today}",
            f"review_by = {years_later(today, YEARS)}",
        ]
    )
    summary = "::: summary\n### In short\n\nWrite the main message.\n:::\n"
    section = "## A section\n\nWrite it, and above it its source.\n"
    return f"+++\n{front}\n+++\n\n{summary}\n{section}\n{body}"


def _content(beginning: Beginning, today: date) -> Iterator[tuple[str, bytes]]:
    """Copy the starter's files, in the words of the new family."""
    for path, data in starter_files().items():
        if path.startswith("locales/"):
            continue
        text = data.decode("utf-8")
        if path == FAMILY:
            text = _family(text, beginning)
        elif path.endswith(".md") and path.startswith("content/"):
            text = DATES.sub(rf"\1 = {today}", text)
            text = REVIEW.sub(f"review_by = {years_later(today, YEARS)}", text)
        elif path == "README.md":
            text = text.replace("FAMILY", beginning.title or "Health leaflets", 1)
        elif path == "requirements.txt":
            text = text.replace("VERSION", version("leaflets"))
        # A file that git or a forge would obey here has another name in the starter.
        yield HIDDEN.get(path, path), text.encode()


def _family(text: str, beginning: Beginning) -> str:
    if beginning.name:
        text = KNOWN_NAME.sub(lambda _: f"name = {_quoted(beginning.name)}", text, 1)
    if beginning.title:
        text = KNOWN_TITLE.sub(lambda _: f"title = {_quoted(beginning.title)}", text, 1)
    more = "".join(
        f"\n[contact.{name}]\nlabel = {_quoted(label)}\n"
        for name, label in beginning.contacts.items()
    )
    return CONTACTS.sub(lambda match: match[0] + more, text, 1)


def _quoted(text: str) -> str:
    """Write a TOML string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _starter_words(locale: str) -> dict[tuple[str, str], str]:
    """Read what the starter's leaflet says in a language; nothing where it cannot."""
    path = f"locales/{locale}.po"
    data = starter_files().get(path)
    if data is None:
        return {}
    catalog, _ = read_catalog(data, path, locale)
    return words_of(catalog)


def _said(
    beginning: Beginning, family: Family, locale: str
) -> dict[tuple[str, str], str]:
    """List what was said of the family in a language."""
    name, title = beginning.words.get(locale, ("", ""))
    said = {("", family.name): name, ("", family.title): title}
    return {key: words for key, words in said.items() if words}


def _project_file(beginning: Beginning) -> str:
    """Write the project file: what is printed, on which paper, for whom."""
    locales = ", ".join(f'"{name}"' for name in beginning.locales)
    papers = ", ".join(f'"{paper}"' for paper in beginning.papers)
    return PROJECT.format(source=beginning.source, locales=locales, papers=papers)


PROJECT = """\
# What is printed, for whom and on which paper. docs/project.md of leaflets tells every
# key; a file put at templates/NAME takes the place of the template of that name.

[tool.leaflets]
source = "{source}"
locales = [{locales}]
publisher = ""  # who answers for the leaflets: a release needs it
funding = ""    # who paid, and whose interests there are: a release needs it

[tool.leaflets.edition.sheet]
template = "sheet.html"
papers = [{papers}]
size = 12      # pt
least = 11     # pt, where there would be too many pages
smallest = 10  # pt
pages = 12
margin = 8     # mm

# One sheet folded twice, from an office printer: what is marked with in="short".
[tool.leaflets.edition.trifold]
template = "trifold.html"
papers = [{papers}]
size = 13      # pt at the most
least = 10.5   # pt at the least
smallest = 10  # pt
pages = 6      # panels
margin = 7     # mm
fold = "z"
text = "short"
keyed = true

# For those who see little: set anew, not enlarged.
[tool.leaflets.edition.large-print]
template = "sheet.html"
papers = [{papers}]
size = 18      # pt
least = 16     # pt, where a box would not stand on one page
smallest = 16  # pt
pages = 40
margin = 8     # mm
keyed = true
contrast = 7.0

# Two languages side by side: leaflets build --edition bilingual --locale ar+en
[tool.leaflets.edition.bilingual]
template = "bilingual.html"
papers = [{papers}]
size = 12      # pt
least = 11     # pt
smallest = 10  # pt
pages = 40
margin = 8     # mm
keyed = true
beside = ["{source}"]
on_request = true

# What a reviewer prints and marks: leaflets build --edition proof
[tool.leaflets.edition.proof]
template = "proof.html"
papers = [{papers}]
size = 11      # pt
smallest = 9   # pt
pages = 60
margin = 8     # mm
on_request = true

# What a clinic knows; what is left out prints a line to write on.
[tool.leaflets.clinic]
name = ""
territory = ""  # ISO 3166-1, such as "DE"; empty: all papers
online = ""     # address of the online copy for the QR code

# Telephone numbers, by the contacts of content/family.toml.
[tool.leaflets.clinic.contacts]
"""
