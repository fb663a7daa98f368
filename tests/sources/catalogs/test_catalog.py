"""Catalogs: read with every line told, written canonically, merged with care."""

import io
import os
import pickle
import random
import shutil
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from leaflets.sources.catalogs.catalog import (
    Catalog,
    coverage,
    new_catalog,
    new_header,
    read_catalog,
    write_catalog,
)
from leaflets.sources.catalogs.merge import same_facts
from leaflets.sources.catalogs.merge import update as merge
from leaflets.sources.catalogs.po import Message

PATH = "locales/es/LC_MESSAGES/messages.po"
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: es\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)

CHARACTERS = st.characters(codec="utf-8")
TEXTS = st.text(CHARACTERS, max_size=30)
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20)
MESSAGES = st.builds(
    Message,
    context=TEXTS,
    text=TEXTS.filter(bool),
    translation=TEXTS,
    fuzzy=st.booleans(),
    obsolete=st.booleans(),
    flags=st.sampled_from([(), ("python-brace-format",), ("no-wrap", "c-format")]),
    comments=st.lists(TEXTS, max_size=2).map(tuple),
    translator_comments=st.lists(TEXTS, max_size=2).map(tuple),
    references=st.lists(LINES, max_size=3).map(tuple),
    previous=st.one_of(st.just(()), st.tuples(TEXTS, TEXTS.filter(bool))),
)

update = partial(merge, source_locale="en")
UNIQUE = st.lists(MESSAGES, max_size=5, unique_by=lambda one: one.key)


def read(text: str, locale: str = "es") -> tuple[Catalog, list[tuple[str, int]]]:
    """Read a text as a catalog; what was found as (code, line)."""
    catalog, found = read_catalog(text.encode(), PATH, locale)
    assert {one.location.path for one in found} <= {PATH}
    return catalog, [(one.code, one.location.line) for one in found]


def catalog_of(*messages: Message) -> Catalog:
    return replace(new_catalog("es", PATH), messages=messages)


def source_of(*messages: str | Message) -> Catalog:
    """Make a source catalog of texts."""
    made = (one if isinstance(one, Message) else Message("", one) for one in messages)
    return Catalog("", "messages.pot", tuple(made), new_header(""))


def test_the_line_is_that_of_the_translation() -> None:
    """An editor opens the msgstr, whatever stands above it."""
    text = HEADER + (
        "# note\n#. said\n#: content/a.md:12 content/b.md\n#, fuzzy, no-wrap\n"
        '#| msgctxt "c"\n#| msgid "Old"\nmsgctxt "c"\nmsgid ""\n"Hello, "\n"you"\n'
        'msgstr ""\n"Hola\\t\\"tú\\" \\\\"\n'
    )
    catalog, found = read(text)
    assert not found
    message = catalog.lookup("c", "Hello, you")
    assert message == Message(
        "c",
        "Hello, you",
        'Hola\t"tú" \\',
        fuzzy=True,
        flags=("no-wrap",),
        comments=("said",),
        translator_comments=("note",),
        references=("content/a.md", "content/b.md"),
        previous=("c", "Old"),
        line=16,
    )
    assert text.split("\n")[message.line - 1] == 'msgstr ""'
    assert catalog.lookup("", "Hello, you") is None


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('msgid "a"\nmsgstr "b\n', [("po-syntax", 7)]),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', [("po-syntax", 6)]),
        ('msgstr "c"\n', [("po-syntax", 6)]),
        ('"c"\n', [("po-syntax", 6)]),
        ("hello\n", [("po-syntax", 6)]),
        ('msgid "a"\nmsgstr "b" c\n', [("po-syntax", 7)]),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', [("po-syntax", 7)]),
        ('msgid "a"\nmsgstr "\\q"\n', [("po-syntax", 7)]),
        ('msgid "a"\nmsgstr "\\xc3\\xa9"\n', [("po-syntax", 7)]),
        ('msgid ""\nmsgstr "b"\n', [("po-syntax", 7)]),
        ('msgctxt "c"\nmsgid ""\nmsgstr "b"\n', [("po-syntax", 8)]),
        ('#~ msgid "a"\nmsgstr "b"\n', [("po-syntax", 7)]),
        ('msgid "a"\n', [("po-syntax", 6)]),
    ],
)
def test_a_broken_entry_is_told_and_left_out(
    body: str, found: list[tuple[str, int]]
) -> None:
    """The error has the line; entries before and after it are read."""
    whole = 'msgid "whole"\nmsgstr "entero"\n'
    catalog, problems = read(HEADER + body + "\n" + whole)
    assert problems == found
    assert "whole" in [one.text for one in catalog.messages]
    assert "a" not in [one.text for one in catalog.messages]
    assert dict(catalog.header)["Language"] == "es"


def test_a_garbage_file_is_told_briefly() -> None:
    """A file that is no catalog gives some errors, not one for each line."""
    _, found = read("nonsense\n\n" * 10_000)
    assert len(found) < 60


def test_a_text_translated_twice_is_told() -> None:
    """The first stays, the second is told with its line."""
    twice = 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'
    catalog, found = read(HEADER + twice)
    assert found == [("po-duplicate", 10)]
    message = catalog.lookup("", "a")
    assert message
    assert message.translation == "b"


def test_contexts_keep_texts_apart() -> None:
    """The same text with another context is another message."""
    _, found = read(
        HEADER + 'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr ""'
    )
    assert not found


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (HEADER.encode() + b'msgid "a"\nmsgstr "\xe9"\n', 7),
        (HEADER.encode("utf-16"), 1),
        (HEADER.encode() + b'msgid "a"\nmsgstr "b\0"\n', 7),
        (HEADER.replace("UTF-8", "ISO-8859-1").encode(), 2),
    ],
)
def test_another_encoding_is_told(data: bytes, line: int) -> None:
    """Bytes or header of another encoding are an error with their line."""
    _, found = read_catalog(data, PATH, "es")
    assert found[0].code == "po-encoding"
    assert found[0].location.line == line


@pytest.mark.parametrize("language", ["de", "", "es_MX"])
def test_another_language_is_told(language: str) -> None:
    """The header names the folder's language."""
    _, found = read(HEADER.replace("Language: es", f"Language: {language}"))
    assert found == [("po-language", 2)]


@pytest.mark.parametrize("language", ["zh_Hans", "zh-Hans", "zh_hans"])
def test_a_language_may_be_written_with_a_hyphen(language: str) -> None:
    """Tools write zh_Hans and zh-Hans; both are meant."""
    _, found = read(HEADER.replace("Language: es", f"Language: {language}"), "zh_Hans")
    assert not found


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """What editors on Windows write is no error."""
    text = HEADER + 'msgid "a"\nmsgstr "b"\n'
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    catalog, found = read_catalog(data, PATH, "es")
    assert not found
    assert catalog.messages == (Message("", "a", "b", line=7),)


def test_a_megabyte_of_text_is_read() -> None:
    """A hostile length is no crash; the checks tell it."""
    for filling in ("x", '\\"', "\\\\", "\\n"):
        text = HEADER + f'msgid "a"\nmsgstr "{filling * 1_000_000}"\n'
        catalog, found = read(text)
        assert not found
        assert len(catalog.messages[0].translation) == 1_000_000
        _, found = read(text[:-3])
        assert found == [("po-syntax", 7)]


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b'msgid "\n#~| "\n#, ,\n#: :1\n')
def test_any_bytes_are_read(data: bytes) -> None:
    """Whatever a catalog holds, reading it raises nothing."""
    read_catalog(data, PATH, "es")
    read_catalog(HEADER.encode() + data, PATH, "es")


LINE = st.sampled_from(
    [
        'msgid "a"',
        'msgid ""',
        'msgstr "b"',
        'msgctxt "c"',
        '"d\\n"',
        '#~ msgid "e"',
        '#~ msgstr "f"',
        '#| msgid "g"',
        "#, fuzzy",
        "#: h:1",
        "#. i",
        "# j",
        "",
        "k",
        '#~| msgid "l"',
        'msgid_plural "m"',
        "#",
        "#~",
        '"',
    ]
)


@given(st.lists(LINE, max_size=20).map("\n".join))
def test_any_order_of_lines_is_read_and_written_stably(text: str) -> None:
    """What was read is written so that writing it again changes nothing."""
    once = write_catalog(read_catalog(text.encode(), PATH, "es")[0])
    twice = write_catalog(read_catalog(once, PATH, "es")[0])
    assert once == twice


@given(UNIQUE)
def test_writing_what_was_written_changes_nothing(messages: list[Message]) -> None:
    """Write, read, write gives the same bytes; texts and translations are kept."""
    catalog = catalog_of(*messages)
    once = write_catalog(catalog)
    again, found = read_catalog(once, PATH, "es")
    assert {one.code for one in found} <= {"po-encoding"}  # NULs in comments
    assert write_catalog(again) == once
    for one in messages:
        if not one.obsolete:
            back = again.lookup(one.context, one.text)
            assert back
            assert (back.translation, back.fuzzy) == (one.translation, one.fuzzy)
            assert back.previous == one.previous


@given(UNIQUE, st.randoms(use_true_random=False))
def test_the_bytes_do_not_depend_on_order(
    messages: list[Message], chance: random.Random
) -> None:
    """Fields, references, obsolete and merged messages have one order only."""
    catalog = catalog_of(*messages)
    source = source_of(
        *(replace(one, translation="") for one in messages if not one.obsolete)
    )
    shuffled, header = list(messages), list(catalog.header)
    chance.shuffle(shuffled)
    chance.shuffle(header)
    other = Catalog(
        "es",
        PATH,
        tuple(replace(m, references=m.references[::-1]) for m in shuffled),
        tuple(header),
    )
    merged = write_catalog(update(catalog, source))
    assert merged == write_catalog(update(other, source))
    again, _ = read_catalog(merged, PATH, "es")
    assert write_catalog(update(again, source)) == merged


SAMPLE = (
    Message(
        "",
        "One {x}",
        "Uno {x}",
        flags=("python-brace-format",),
        comments=("A ¶ 1: paragraph", "{x} = 3"),
        references=("content/a.md",),
    ),
    Message(
        "menu",
        "Open",
        "Abrir",
        fuzzy=True,
        previous=("menu", "Opens"),
        translator_comments=("why: so",),
        references=("content/a b.md",),
    ),
    Message("", 'Line\nand "line"\\', "Línea\ny «línea»\\\n"),
    Message("", "长" * 120, "x " * 120),
    Message("", "Gone", "Ido", obsolete=True, fuzzy=True),
)


def test_gettext_writes_the_same_bytes() -> None:
    """`msgcat --no-wrap` changes nothing, so its users make no needless diffs."""
    tool = shutil.which("msgcat")
    if tool is None:
        assert "CI" not in os.environ, "`make test` installs gettext"
        pytest.skip("gettext is not installed")
    data = write_catalog(catalog_of(*SAMPLE))
    made = subprocess.run(
        [tool, "--no-wrap", "-"], input=data, capture_output=True, check=True
    )
    assert made.stdout == data


@pytest.mark.parametrize(
    "locale", ["es", "fr", "de", "ru", "ar", "he", "zh_Hans", "hi"]
)
def test_gettext_accepts_new_catalogs(locale: str, tmp_path: Path) -> None:
    """`msgfmt -c` says nothing of a new catalog; `msgmerge` leaves it as it is."""
    tools = [shutil.which(name) for name in ("msgfmt", "msgmerge")]
    if None in tools:
        assert "CI" not in os.environ, "`make test` installs gettext"
        pytest.skip("gettext is not installed")
    source = source_of("One {x}", "Two")
    data = write_catalog(update(new_catalog(locale, PATH), source))
    (tmp_path / "a.po").write_bytes(data)
    (tmp_path / "a.pot").write_bytes(write_catalog(source))
    checked = subprocess.run(
        [str(tools[0]), "-c", "-o", "/dev/null", str(tmp_path / "a.po")],
        capture_output=True,
        check=True,
    )
    assert checked.stderr == b""
    merged = subprocess.run(
        [str(tools[1]), "--no-wrap", "-q", "a.po", "a.pot"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert merged.stdout == data


def test_babel_reads_what_was_written() -> None:
    """Babel finds the same messages, for `pybabel` is a way to work with them."""
    data = write_catalog(catalog_of(*SAMPLE))
    theirs = read_po(io.BytesIO(data), "es", abort_invalid=True)
    for one in SAMPLE:
        if not one.obsolete:
            message = theirs.get(one.text, one.context or None)
            assert message
            assert message.string == one.translation
            assert message.fuzzy == one.fuzzy


def test_the_header_says_what_it_must() -> None:
    """A new catalog names its language, plural forms and that a machine wrote it."""
    fields = dict(new_header("ru"))
    assert fields["Language"] == "ru"
    assert fields["Plural-Forms"].startswith("nplurals=3;")
    assert fields["X-Translation-Method"] == "machine draft"
    assert "X-Translation-Method" not in dict(new_header(""))


def test_a_header_keeps_what_others_wrote() -> None:
    """Fields of editors and dates of translators are no business of the writer."""
    text = HEADER.replace(
        '"Language',
        '"X-Generator: Poedit\\n"\n"PO-Revision-Date: '
        '2026-11-23 10:00+0000\\n"\n"Language',
    )
    catalog, found = read("# By Ana\n" + text)
    assert not found
    written = write_catalog(update(catalog, source_of("a"))).decode()
    assert written.startswith("# By Ana\nmsgid")
    assert '"X-Generator: Poedit\\n"' in written
    assert '"PO-Revision-Date: 2026-11-23 10:00+0000\\n"' in written
    assert '"POT-Creation-Date: 1970-01-01 00:00+0000\\n"' in written


def test_a_catalog_travels_between_processes() -> None:
    """A catalog can be pickled and compared, its index with it."""
    catalog = catalog_of(*SAMPLE)
    back = pickle.loads(pickle.dumps(catalog))
    assert back == catalog
    assert back.lookup("menu", "Open") == SAMPLE[1]
    assert back.lookup("", "Gone") is None


def test_coverage_counts_what_is_in_use() -> None:
    """Fuzzy, empty and missing messages are no translations."""
    catalog = catalog_of(
        Message("", "a", "x"), Message("", "b", "y", fuzzy=True), Message("", "c", " ")
    )
    cover = coverage(catalog, (("", "a"), ("", "b"), ("", "c"), ("", "d"), ("", "a")))
    assert (cover.total, cover.translated, cover.fuzzy) == (4, 1, 1)


def test_a_changed_text_keeps_its_translation_as_fuzzy() -> None:
    """The former text stands beside it; the gone message is not kept twice."""
    old = Message("", "Rest when you are tired.", "Descanse.", references=("a",))
    made = update(catalog_of(old), source_of("Rest if you are tired."))
    assert made.messages == (
        Message(
            "",
            "Rest if you are tired.",
            "Descanse.",
            fuzzy=True,
            previous=("", "Rest when you are tired."),
        ),
    )


@pytest.mark.parametrize(
    ("former", "text"),
    [
        ("You should take this.", "You should not take this."),
        ("You can swim here.", "You can’t swim here."),
        ("Take this with food.", "Take this without food."),
        ("Take {a} tablets a day.", "Take {b} tablets a day."),
        ("Take 1 tablet every day.", "Take 10 tablet every day."),
        ("Wait for two hours then.", "Wait for two days then."),
        ("Wait two hours then call.", "Wait three hours then call."),
        ("Take 5 mg every day now.", "Take 5 g every day now."),
        ("This drug is safe for you.", "This drug is unsafe for you."),
        ("The rest is harmful or so.", "The rest is harmless or so."),
        ("Eat before the treatment.", "Eat after the treatment."),
        ("Call [us](https://a.org) now.", "Call [us](https://b.org) now."),
        ("You may drive a car now.", "You must drive a car now."),
        ("A risk below 5% for you.", "A risk below 5 for you."),
    ],
)
def test_a_dangerous_match_is_never_carried_over(former: str, text: str) -> None:
    """Where the meaning may have turned, the former words are only a comment."""
    assert not same_facts(former, text, "en")
    made = update(catalog_of(Message("", former, "Viejo")), source_of(text))
    message = made.lookup("", text)
    assert message
    assert (message.translation, message.fuzzy, message.previous) == ("", False, ())
    assert message.translator_comments == (
        f"Former text: {former}",
        "Former translation: Viejo",
    )
    assert [one.text for one in made.messages if one.obsolete] == [former]
    assert update(made, source_of(text)) == made


def test_notes_on_a_former_text_go_with_the_new_translation() -> None:
    """Once somebody translated the new text, the old one need not be shown."""
    old = catalog_of(Message("", "You should take this.", "Viejo"))
    source = source_of("You should not take this.")
    made = update(old, source)
    done = replace(
        made,
        messages=(
            replace(
                made.messages[0],
                translation="Nuevo",
                translator_comments=("mine", *made.messages[0].translator_comments),
            ),
        ),
    )
    assert update(done, source).messages[0].translator_comments == ("mine",)


def test_a_fuzzy_text_is_compared_with_what_was_translated() -> None:
    """Two small steps do not add up to a dangerous one."""
    first = catalog_of(Message("", "Take this pill with water.", "Viejo"))
    second = update(first, source_of("Take this pill with cold-ish water."))
    third = update(second, source_of("Do not take this pill with cold-ish water."))
    message = third.messages[0]
    assert (message.translation, message.fuzzy) == ("", False)


def test_a_gone_fuzzy_text_is_kept_as_what_was_translated() -> None:
    """It takes its former text, so that it needs none beside it."""
    fuzzy = Message("", "New.", "Viejo", fuzzy=True, previous=("c", "Old."))
    made = update(catalog_of(fuzzy), source_of("Unlike all that was"))
    assert made.messages[1] == Message("c", "Old.", "Viejo", fuzzy=True, obsolete=True)


def test_another_text_is_not_matched() -> None:
    """A new text that is unlike all others is simply untranslated."""
    made = update(catalog_of(Message("", "Rest well.", "Descanse.")), source_of("Eat."))
    assert [(one.text, one.obsolete) for one in made.messages] == [
        ("Eat.", False),
        ("Rest well.", True),
    ]
    assert not made.messages[0].translator_comments


def test_a_text_that_comes_back_gets_its_translation_again() -> None:
    """Obsolete messages are a memory of the very same texts."""
    gone = Message("", "Rest well.", "Descanse.", obsolete=True)
    made = update(catalog_of(gone), source_of("Rest well."))
    assert made.messages == (Message("", "Rest well.", "Descanse."),)


def test_comments_and_places_follow_the_source() -> None:
    """What extraction says is new each time; what translators say stays."""
    old = Message(
        "",
        "a",
        "b",
        comments=("was",),
        translator_comments=("keep",),
        references=("old.md",),
        flags=("no-wrap",),
    )
    new = Message("", "a", comments=("is",), references=("new.md",))
    (made,) = update(catalog_of(old), source_of(new)).messages
    assert made == replace(new, translation="b", translator_comments=("keep",))
