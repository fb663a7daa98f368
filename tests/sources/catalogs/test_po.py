"""Round trips: other tools save a catalog and change nothing but what was edited."""

import difflib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from translate.storage.pypo import pofile

from leaflets.sources.catalogs.catalog import (
    Catalog,
    new_catalog,
    read_catalog,
    write_catalog,
)
from leaflets.sources.catalogs.merge import update as merge
from leaflets.sources.catalogs.po import Message, read_messages
from samples import translated

update = partial(merge, source_locale="en")

ROOT = Path(__file__).parents[3]
LOCALES = translated()
WIDTH = 65535
"""Weblate's "Only wrap lines at newlines"; docs/weblate.md tells to set it."""
NEW = "First {x}\nsecond «line» " + "长 שלום \u2068a\u2069 " * 20
"""A translation that any other wrapping would break."""

CRAFTED = {
    "contexts": (Message("menu", "Open", "Abrir"), Message("", "Open", "Abierto")),
    "fuzzy": (
        Message("c", "New", "Viejo", fuzzy=True, previous=("c", "Old")),
        Message(
            "",
            "New {x}",
            "V {x}",
            fuzzy=True,
            previous=("", "Old\n{x}"),
            flags=("python-brace-format",),
        ),
    ),
    "lines": (
        Message("", "Line\nand line\n", "Línea\ny línea\n"),
        Message("a\nb", "\none", "\nuno\n\n."),
    ),
    "retired": (
        Message("", "Here", "Aquí"),
        Message("", "Gone", "Ido", obsolete=True, translator_comments=("mine",)),
        Message("m", "Gone\nfar", "Lejos", obsolete=True, fuzzy=True),
    ),
    "places": (
        Message("", "a", "b", references=("content/a b.md",)),
        Message("", "c", "d", references=("content/é/长.md",)),
    ),
    "comments": (
        Message(
            "",
            "Take this.",
            "",
            comments=("A ¶ 1: paragraph", "", "{x} = 3, 5"),
            translator_comments=("Former text: Take 5 mg", "", ": #, ~ msgid"),
        ),
    ),
    "long": (Message("", "word " * 60 + ".", "palabra " * 60 + "."),),
    "scripts": (
        Message("", "{x} a", "\u2067שלום\u2069 \u2066{x}\u2069 \u200fא\u200e"),
        Message("", "b", "长" * 200),
        Message("", "c", "दवा\u200d \u00a0\u202f\u2028e\u0301😀"),
    ),
    "escapes": (Message("", 'a "b" \\n \t', 'x \\ "y"\t\\'),),
    "formats": (Message("", "{a} {b}", "{b} {a}", flags=("python-brace-format",)),),
}


@cache
def real(locale: str) -> tuple[bytes, Catalog]:
    """Read a catalog of the project."""
    path = f"locales/{locale}/LC_MESSAGES/messages.po"
    data = (ROOT / path).read_bytes()
    catalog, found = read_catalog(data, path, locale)
    assert not found
    return data, catalog


@cache
def crafted(name: str) -> tuple[bytes, Catalog]:
    """Write a catalog of messages that are hard to write."""
    path = "locales/es/LC_MESSAGES/messages.po"
    data = write_catalog(replace(new_catalog("es", path), messages=CRAFTED[name]))
    catalog, found = read_catalog(data, path, "es")
    assert not found
    return data, catalog


Source = Callable[[str], tuple[bytes, Catalog]]
EVERY = [pytest.param(real, one, id=one) for one in LOCALES]
EVERY += [pytest.param(crafted, one, id=one) for one in CRAFTED]


def toolkit(
    data: bytes, context: str = "", text: str = "", made: str = "", fuzzy: bool = False
) -> bytes:
    """Open and save as Weblate does; with a text, translate that one."""
    store = pofile()
    store.wrapper.width = WIDTH
    store.parse(data)
    for unit in store.units:
        if text and (unit.getcontext(), str(unit.source)) == (context, text):
            unit.target = made
            unit.markfuzzy(fuzzy)
            if not fuzzy:
                unit.prev_msgid, unit.prev_msgctxt = [], []
            return bytes(store)
    assert not text
    return bytes(store)


def gettext(
    tool: str, data: bytes, *arguments: str, where: Path | None = None
) -> bytes:
    """Give what a gettext tool makes of a catalog; it must not say a word."""
    found = shutil.which(tool)
    if found is None:
        assert "CI" not in os.environ, "`make test` installs gettext"
        pytest.skip("gettext is not installed")
    run = subprocess.run(
        [found, *arguments], input=data, capture_output=True, cwd=where, check=True
    )
    assert not run.stderr
    return run.stdout


def changed(before: bytes, after: bytes) -> set[int]:
    """Give the lines of the former text that an edit touched, 0-based."""
    old, new = before.split(b"\n"), after.split(b"\n")
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return {
        line
        for kind, first, last, _, _ in blocks
        if kind != "equal"
        for line in range(first, max(last, first + 1))
    }


def entry(data: bytes, line: int) -> range:
    """Give the lines of the entry around a line, 0-based."""
    lines = data.split(b"\n")
    first = last = line
    while lines[first - 1]:
        first -= 1
    while lines[last]:
        last += 1
    return range(first, last + 1)


def some(catalog: Catalog) -> list[Message]:
    """Pick messages to edit: first, last, and one of each kind that there is."""
    active = [one for one in catalog.messages if not one.obsolete]
    kinds = {
        (bool(m.context), m.fuzzy, m.flags, len(m.references) > 1): m for m in active
    }
    return list({m.key: m for m in (active[0], active[-1], *kinds.values())}.values())


@pytest.mark.parametrize(("source", "name"), EVERY)
def test_the_toolkit_changes_nothing(source: Source, name: str) -> None:
    """Weblate writes with translate-toolkit: saving alone gives the same bytes."""
    data, _ = source(name)
    assert toolkit(data) == data


@pytest.mark.parametrize(("source", "name"), EVERY)
def test_the_toolkit_changes_one_entry(source: Source, name: str) -> None:
    """A translation made there is written as we would; all else stays."""
    data, catalog = source(name)
    for message in some(catalog):
        made = toolkit(data, message.context, message.text, NEW)
        assert changed(data, made) <= set(entry(data, message.line - 1))
        wanted = replace(message, translation=NEW, fuzzy=False, previous=())
        messages = tuple(wanted if m is message else m for m in catalog.messages)
        assert made == write_catalog(replace(catalog, messages=messages))


@pytest.mark.parametrize(("source", "name"), EVERY)
def test_the_toolkit_marks_as_we_do(source: Source, name: str) -> None:
    """ "Needs editing" is a fuzzy mark, at the place where we write it."""
    data, catalog = source(name)
    for message in some(catalog):
        made = toolkit(data, message.context, message.text, NEW, fuzzy=True)
        wanted = replace(message, translation=NEW, fuzzy=True)
        messages = tuple(wanted if m is message else m for m in catalog.messages)
        assert made == write_catalog(replace(catalog, messages=messages))


@pytest.mark.parametrize(("source", "name"), EVERY)
def test_gettext_changes_nothing(source: Source, name: str) -> None:
    """`msgcat` and so Poedit: the same bytes."""
    data, catalog = source(name)
    made = gettext("msgcat", data, "--no-wrap", "-")
    assert made == data
    again, found = read_catalog(made, catalog.path, catalog.locale)
    assert not found
    assert write_catalog(again) == data


@pytest.mark.parametrize(("source", "name"), EVERY)
def test_gettext_finds_no_fault(source: Source, name: str) -> None:
    """`msgfmt -c` checks header, placeholders and line ends, and is silent."""
    data, _ = source(name)
    gettext("msgfmt", data, "-c", "-o", os.devnull, "-")


@pytest.mark.parametrize("locale", LOCALES)
def test_msgmerge_agrees_with_an_update(locale: str, tmp_path: Path) -> None:
    """With the source it was updated from, a catalog is what `msgmerge` makes."""
    _, catalog = real(locale)
    source = Catalog(
        "",
        "locales/messages.pot",
        tuple(
            replace(m, translation="", fuzzy=False, previous=(), translator_comments=())
            for m in catalog.messages
            if not m.obsolete
        ),
        catalog.header,
    )
    data = write_catalog(update(catalog, source))
    (tmp_path / "a.po").write_bytes(data)
    (tmp_path / "a.pot").write_bytes(write_catalog(source))
    made = gettext("msgmerge", b"", "--no-wrap", "-q", "a.po", "a.pot", where=tmp_path)
    assert made == data


WEBLATE = "font-family:noto_sans, font-size:16, max-size:192:4, read-only"


def test_flags_of_weblate_are_lost_in_gettext_only() -> None:
    """The toolkit keeps what gettext does not know, in our order; `fuzzy` stays."""
    flags = tuple(WEBLATE.split(", "))
    catalog = replace(
        crafted("formats")[1],
        messages=(Message("", "a", "b", fuzzy=True, flags=flags),),
    )
    data = write_catalog(catalog)
    assert f"#, fuzzy, {WEBLATE}\n".encode() in data
    assert toolkit(data) == data
    edited = toolkit(data, "", "a", "c")
    assert f"\n#, {WEBLATE}\n".encode() in edited
    made = gettext("msgcat", data, "--no-wrap", "-")
    assert made == data.replace(f", {WEBLATE}".encode(), b"")


def test_weblate_writes_the_header_where_we_would() -> None:
    """Fields that Weblate changes or adds stay where it puts them."""
    data, catalog = real("es")
    store = pofile()
    store.wrapper.width = WIDTH
    store.parse(data)
    store.updateheader(
        add=True,
        last_translator="Ana <a@example.org>",
        plural_forms="nplurals=2; plural=n != 1;",
        language="es",
        PO_Revision_Date="2026-11-23 10:00+0000",
        language_team="Spanish <https://example.org/>",
        report_msgid_bugs_to="b@example.org",
        x_generator="Weblate 5.14.3",
    )
    made = bytes(store)
    head = data.index(b"\n\n")
    assert made.endswith(data[head:])
    again, found = read_catalog(made, catalog.path, "es")
    assert not found
    assert write_catalog(again) == made


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("#, c-format, fuzzy", ("c-format",)),
        ('#, placeholders:"a, b", x', ('placeholders:"a, b"', "x")),
        ('#, a"b, c"d', ('a"b, c"d',)),
        ('#, a", b\\", c', ('a"', 'b\\"', "c")),
        ('#, "a\\", b", c', ('"a\\", b"', "c")),
        ('#, "", a,, b', ('""', "a", "b")),
        ("#, " + "\\" * 5, ("\\" * 5,)),
    ],
)
def test_flags_are_parted_at_commas(line: str, flags: tuple[str, ...]) -> None:
    """But for those between quotation marks; marks that are not closed are signs."""
    text = f'{line}\nmsgid "a"\nmsgstr "b"\n'
    (message,), found = read_messages(text, "x.po")
    assert (message.flags, found) == (flags, ())


@pytest.mark.parametrize("part", ['\\"', "\\", '"', '"a,', '""', "a,"])
def test_a_long_line_of_flags_is_read(part: str) -> None:
    """Each letter is looked at once: of 200,000 the square would take minutes."""
    text = f'#, {part * 100_000}\nmsgid "a"\nmsgstr "b"\n'
    (message,), found = read_messages(text, "x.po")
    assert (message.text, found) == ("a", ())
