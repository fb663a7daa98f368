"""Termbase: the glossary read from and written to its files, TOML and TBX.

Takes `locales/glossary.toml`, or a TBX file (ISO 30042:2019, dialect TBX-Basic in DCT
style) as tools for translators give it, and gives a glossary; and writes both.
"""

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.languages.locale import find_locale
from leaflets.sources.catalogs.glossary import Glossary, Term, form_key, words_of
from leaflets.sources.toml import HEADER, KEY, Settings, read_settings

CODE = "glossary-file"
SOURCE_LOCALE = "en"
FIELDS = ("source", "forms", "note", "keep", "approved", "forbidden")
MOST_LETTERS = 500
"""Of one text in the file: a term is a few words, a note a few sentences."""

HEAD = """\
# The terms of our leaflets: `leaflets explain glossary-term` says what they do.
# approved: words that are right in a language, the best one first.
# forbidden: words that must not stand where the term is meant.  A term without
# approved words names words that no translation may hold at all.
# keep: a name that stays in Latin letters as it is.
"""


@lru_cache(maxsize=8)
def read_glossary(data: bytes, path: str) -> tuple[Glossary, tuple[Diagnostic, ...]]:
    """Read the glossary; a term that cannot be read is told and left out."""
    try:
        settings, found = read_settings(data, path, code=CODE)
    except ValueError as problem:
        # tomllib lets through what int() says of a number of 5,000 digits.
        line = Location(path, 1)
        return Glossary(()), (error(CODE, f"not valid TOML: {problem}", line),)
    if found:
        return Glossary(()), found
    reader = _Reader(settings, tuple(_term_lines(data.decode("utf-8-sig"))))
    terms = tuple(reader.read())
    return Glossary(terms), gather(reader.found)


def _term_lines(text: str) -> Iterator[dict[tuple[str, ...], int]]:
    """Find the lines of every [[term]]: its own at (), and those of its keys."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if match := HEADER.match(line):
            name = match[1].replace(" ", "").replace('"', "")
            if name == "term" and line.lstrip().startswith("[["):
                if lines:
                    yield lines
                lines, table = {(): number}, ()
            elif lines and name.startswith("term."):
                table = tuple(name.split(".")[1:])
                lines[table] = number
        elif lines and (match := KEY.match(line)):
            lines.setdefault((*table, match[1].strip('"')), number)
    if lines:
        yield lines


class _Reader:
    """Gathers terms and findings; lives in `read_glossary`."""

    def __init__(
        self, settings: Settings, lines: tuple[dict[tuple[str, ...], int], ...]
    ) -> None:
        self.settings = settings
        self.lines = lines
        self.found: list[Diagnostic] = []
        self.seen: dict[tuple[str, ...], str] = {}

    def read(self) -> Iterator[Term]:
        """Read every term."""
        for name in self.settings.values:
            if name != "term":
                message = f'the glossary does not know "{name}"'
                place = self.settings.place(name)
                self.found.append(error(CODE, message, place, "only [[term]]"))
        tables = self.settings.values.get("term", [])
        if not isinstance(tables, list):
            message = '"term" is one table, not a list of tables'
            place = self.settings.place("term")
            self.found.append(error(CODE, message, place, "write [[term]]"))
            return
        # Lines that do not fit, as with inline tables, would lead astray.
        if len(self.lines) != len(tables):
            self.lines = ({},) * len(tables)
        for lines, table in zip(self.lines, tables, strict=True):
            before = len(self.found)
            term = self.term(table, lines)
            if term and len(self.found) == before:
                yield term

    def tell(
        self, message: str, lines: Mapping[tuple[str, ...], int], *keys: str
    ) -> None:
        """Note an error at the line of a key, or of the nearest table above it."""
        near = [
            lines[keys[:end]] for end in range(len(keys) + 1) if keys[:end] in lines
        ]
        place = Location(self.settings.path, near[-1] if near else 1)
        self.found.append(error(CODE, message, place))

    def term(self, table: Any, lines: Mapping[tuple[str, ...], int]) -> Term | None:
        """Read one term, telling all that is wrong with it."""
        if not isinstance(table, Mapping):
            self.tell("a term is not a table", lines)
            return None
        for key in table:
            if key not in FIELDS:
                self.tell(
                    f'a term has no "{key}"; it has {", ".join(FIELDS)}', lines, key
                )
        source = self.text(table.get("source", ""), lines, "source")
        forms = self.texts(table.get("forms", []), lines, "forms")
        note = self.text(table.get("note", ""), lines, "note")
        keep = table.get("keep", False)
        if not isinstance(keep, bool):
            self.tell('"keep" is neither true nor false', lines, "keep")
        if not source:
            self.tell('the term has no "source"', lines, "source")
        self.distinct((source, *forms), lines)
        approved = self.by_locale(table, lines, "approved")
        forbidden = self.by_locale(table, lines, "forbidden")
        for locale in approved.keys() & forbidden.keys():
            for word in set(approved[locale]) & set(forbidden[locale]):
                message = f'"{word}" is both approved and forbidden'
                self.tell(message, lines, "forbidden", locale)
        place = Location(self.settings.path, lines.get((), 1))
        return Term(source, forms, note, keep is True, approved, forbidden, place)

    def distinct(
        self, forms: tuple[str, ...], lines: Mapping[tuple[str, ...], int]
    ) -> None:
        """Tell an English form that stands twice: nobody knows which is meant."""
        for form in forms:
            key = form_key(form)
            if form and not has_word(form):
                self.tell(f'"{form}" has no word in it', lines, "source")
            elif key in self.seen:
                message = f'"{form}" stands twice, first as "{self.seen[key]}"'
                self.tell(message, lines, "source")
            if key:
                self.seen.setdefault(key, form)

    def by_locale(
        self, table: Mapping[str, Any], lines: Mapping[tuple[str, ...], int], key: str
    ) -> dict[str, tuple[str, ...]]:
        """Read the words of each locale."""
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.tell(f'"{key}" is not a table of locales', lines, key)
            return {}
        read = {}
        for locale, words in value.items():
            if locale == SOURCE_LOCALE or find_locale(locale) is None:
                message = f'"{locale}" is no locale to translate to'
                self.tell(message, lines, key, locale)
            elif texts := self.texts(words, lines, key, locale):
                read[locale] = texts
            else:
                self.tell(f'"{locale}" names no words', lines, key, locale)
        return read

    def texts(
        self, value: Any, lines: Mapping[tuple[str, ...], int], *keys: str
    ) -> tuple[str, ...]:
        """Read a list of texts that are not empty, each once."""
        if not isinstance(value, list):
            self.tell(f'"{keys[-1]}" is not a list of texts', lines, *keys)
            return ()
        read = tuple(self.text(one, lines, *keys) for one in value)
        if any(not has_word(one) for one in read):
            self.tell(f'"{keys[-1]}" holds a text without a word', lines, *keys)
        if len(set(read)) < len(read):
            self.tell(f'"{keys[-1]}" holds a text twice', lines, *keys)
        return read

    def text(self, value: Any, lines: Mapping[tuple[str, ...], int], *keys: str) -> str:
        """Read one text, white space folded."""
        if not isinstance(value, str):
            self.tell(f'"{keys[-1]}" is not a text', lines, *keys)
            return ""
        if problem := text_problem(text := clean(value)):
            self.tell(f'"{keys[-1]}" {problem}', lines, *keys)
        return text


def clean(text: str) -> str:
    """Fold white space and compose letters, so that one text is written one way."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_word(text: str) -> bool:
    """Tell whether a text holds a word, not signs or placeholders alone."""
    return any(word != "." for word in words_of(text))


def text_problem(text: str) -> str:
    """Say why a text cannot stand in a glossary; empty when it can."""
    if len(text) > MOST_LETTERS:
        return f"is longer than {MOST_LETTERS} letters"
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cn") for char in text):
        return "holds a control character"
    return ""


def write_glossary(glossary: Glossary) -> str:
    """Write the glossary as TOML; the same terms give the same text."""
    parts = [HEAD]
    for term in glossary.terms:
        lines = ["", "[[term]]", f"source = {_quote(term.source)}"]
        if term.forms:
            lines.append(f"forms = {_list(term.forms)}")
        if term.note:
            lines.append(f"note = {_quote(term.note)}")
        if term.keep:
            lines.append("keep = true")
        for name, words in (("approved", term.approved), ("forbidden", term.forbidden)):
            if words:
                lines.append(f"[term.{name}]")
                lines += [f"{key} = {_list(words[key])}" for key in sorted(words)]
        parts.append("\n".join(lines) + "\n")
    return "".join(parts)


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quote, texts))}]"


def _quote(text: str) -> str:
    """Write a TOML string: JSON's escapes are TOML's own."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


MOST_BYTES = 5_000_000
MOST_DEPTH = 40
CORE = "{urn:iso:std:iso:30042:ed-2}"
MIN = "{http://www.tbxinfo.net/ns/min}"
BASIC = "{http://www.tbxinfo.net/ns/basic}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KEPT = "do not translate"
"""The note of a term that is kept: TBX-Basic has no field for it."""
PREFERRED, ADMITTED, DEPRECATED, SUPERSEDED = (
    f"{one}Term-admn-sts"
    for one in ("preferred", "admitted", "deprecated", "superseded")
)
TBX_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en"
    xmlns="urn:iso:std:iso:30042:ed-2"
    xmlns:min="http://www.tbxinfo.net/ns/min"
    xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>Glossary of the leaflets</p></sourceDesc></fileDesc>
</tbxHeader>
<text><body>
"""


def write_tbx(glossary: Glossary, locales: Iterable[str]) -> bytes:
    """Write the terms of some locales as TBX."""
    chosen = sorted(set(locales))
    lines = []
    for number, term in enumerate(glossary.terms, 1):
        lines.append(f'<conceptEntry id="c{number}">')
        if term.note:
            lines.append(f"<basic:definition>{escape(term.note)}</basic:definition>")
        if term.keep:
            lines.append(f"<note>{KEPT}</note>")
        lines += _language_lines(SOURCE_LOCALE, (term.source, *term.forms), ())
        for locale in chosen:
            words = term.approved.get(locale, ()), term.forbidden.get(locale, ())
            if any(words):
                lines += _language_lines(locale, *words)
        lines.append("</conceptEntry>")
    body = "".join(f"{line}\n" for line in lines)
    return f"{TBX_HEAD}{body}</body></text>\n</tbx>\n".encode()


def _language_lines(
    locale: str, approved: tuple[str, ...], forbidden: tuple[str, ...]
) -> Iterator[str]:
    """Write one language's words; the first approved one is the preferred."""
    yield f'<langSec xml:lang="{locale.replace("_", "-")}">'
    states = [*[PREFERRED, *[ADMITTED] * len(approved)][: len(approved)]]
    states += [DEPRECATED] * len(forbidden)
    for word, state in zip((*approved, *forbidden), states, strict=True):
        status = f"<min:administrativeStatus>{state}</min:administrativeStatus>"
        yield f"<termSec><term>{escape(word)}</term>{status}</termSec>"
    yield "</langSec>"


def read_tbx(data: bytes, path: str) -> tuple[Glossary, tuple[Diagnostic, ...]]:
    """Read the terms of a TBX file; what a glossary has no place for is left out."""
    try:
        text = _safe_text(data)
        root = ET.fromstring(text)
    except (ET.ParseError, ValueError, LookupError) as problem:
        line = problem.position[0] if isinstance(problem, ET.ParseError) else 1
        found = error(CODE, f"not a TBX file: {problem}", Location(path, line))
        return Glossary(()), (found,)
    if root.tag != f"{CORE}tbx" or root.get("style") != "dct":
        message = "not a TBX file of ISO 30042:2019 in DCT style"
        return Glossary(()), (error(CODE, message, Location(path, 1)),)
    entries = list(root.iter(f"{CORE}conceptEntry"))
    numbers = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        for _ in re.findall(r"<conceptEntry\b", line)
    ]
    # A comment that holds the tag would shift all places.
    lines: list[dict[tuple[str, ...], int]] = []
    if len(numbers) == len(entries):
        lines = [{(): one} for one in numbers]
    values = {"term": [_table(one) for one in entries]}
    reader = _Reader(Settings(path, values, {}), tuple(lines))
    terms = tuple(reader.read())
    return Glossary(terms), gather(reader.found)


def _safe_text(data: bytes) -> str:
    """Refuse what could make a reader of XML work for ever or open other files."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    # One encoding, so that nothing can hide from the search below.
    text = data.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it declares a document type, which is not read")
    depth = 0
    for tag in re.finditer(r"<(/?)[A-Za-z_][^<>]*?(/?)>", text):
        depth += -1 if tag[1] else not tag[2]
        if depth > MOST_DEPTH:
            raise ValueError(f"its elements stand more than {MOST_DEPTH} deep")
    return text


def _table(entry: ET.Element) -> dict[str, Any]:
    """Give an entry as the table that TOML would hold."""
    table: dict[str, Any] = {"approved": {}, "forbidden": {}}
    table["note"] = "".join(
        next(entry.iter(f"{BASIC}definition"), ET.Element("")).itertext()
    )
    table["keep"] = any(one.text == KEPT for one in entry.findall(f"{CORE}note"))
    for section in entry.iter(f"{CORE}langSec"):
        locale = section.get(LANGUAGE, "").replace("-", "_")
        approved: list[str] = []
        forbidden: list[str] = []
        for one in section.iter(f"{CORE}termSec"):
            status = one.findtext(f".//{MIN}administrativeStatus", "").strip()
            word = clean(one.findtext(f"{CORE}term", ""))
            if status in (DEPRECATED, SUPERSEDED):
                forbidden.append(word)
            elif status == PREFERRED:
                approved.insert(0, word)
            else:
                approved.append(word)
        if locale == SOURCE_LOCALE:
            table["source"], *table["forms"] = approved or [""]
            continue
        for name, words in (("approved", approved), ("forbidden", forbidden)):
            if words:
                table[name][locale] = words
    return table
