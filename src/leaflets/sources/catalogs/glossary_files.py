"""Termbase: the glossary read from and written to its files, TOML and TBX.

Takes `locales/glossary.toml`, or a TBX file (ISO 30042:2019, dialect TBX-Basic in DCT
style) as tools for translators give it, and gives a glossary; and writes both.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.languages.locale import find_locale
from leaflets.sources.catalogs.glossary import Glossary, Term, form_key, words_of
from leaflets.sources.schema import (
    NO_TABLES,
    Table,
    Texts,
    first,
    reject,
    shown,
    validate,
)
from leaflets.sources.toml import Settings, read_settings
from leaflets.sources.xml import XmlFault, read_xml

CODE = "glossary-file"
SOURCE_LOCALE = "en"
MOST_LETTERS = 500
"""Of one text in the file: a term is a few words, a note a few sentences."""

HEAD = """\
# The terms of our leaflets: `leaflets explain glossary-term` says what they do.
# approved: words that are right in a language, the best one first.
# forbidden: words that must not stand where the term is meant.  A term without
# approved words names words that no translation may hold at all.
# keep: a name that stays in Latin letters as it is.
"""


def _is_table(value: object) -> object:
    if not isinstance(value, Mapping):
        reject("is not a table of locales", 'such as {de = ["Nerv"]}')
    return value


ByLocale = Annotated[dict[str, Texts], first(_is_table), NO_TABLES]


class _TermTable(Table):
    source: str = ""
    forms: Texts = ()
    note: str = ""
    keep: bool = False
    approved: ByLocale
    forbidden: ByLocale


@lru_cache(maxsize=8)
def read_glossary(data: bytes, path: str) -> tuple[Glossary, tuple[Diagnostic, ...]]:
    """Read the glossary; a term that cannot be read is told and left out."""
    settings, unreadable = read_settings(data, path, code=CODE)
    if unreadable:
        return Glossary(()), unreadable
    return _read_terms(settings)


def _read_terms(settings: Settings) -> tuple[Glossary, tuple[Diagnostic, ...]]:
    """Read every term."""
    found: list[Diagnostic] = []
    for name in settings.values:
        if name != "term":
            message = f'the glossary does not know "{shown(name)}"'
            found.append(error(CODE, message, settings.place(name), "only [[term]]"))
    tables = settings.values.get("term", [])
    if not isinstance(tables, list):
        message = '"term" is one table, not a list of tables'
        found.append(error(CODE, message, settings.place("term"), "write [[term]]"))
        tables = []
    terms, forms = [], dict[tuple[str, ...], str]()
    for index, table in enumerate(tables):
        term, faults = _term(table, settings, index, forms)
        found.extend(faults)
        if term and not faults:
            terms.append(term)
    return Glossary(tuple(terms)), gather(found)


def _term(
    table: object, settings: Settings, index: int, forms: dict[tuple[str, ...], str]
) -> tuple[Term | None, tuple[Diagnostic, ...]]:
    """Read one term; `forms` are all English forms so far, to which its own come."""
    keys = ("term", index)
    values, faults = validate(
        _TermTable, table, settings, *keys, code=CODE, what="a term"
    )
    if values is None:
        return None, faults
    place = settings.place(*keys)
    term = Term(
        clean(values.source),
        tuple(map(clean, values.forms)),
        clean(values.note),
        values.keep,
        {locale: tuple(map(clean, words)) for locale, words in values.approved.items()},
        {
            locale: tuple(map(clean, words))
            for locale, words in values.forbidden.items()
        },
        place,
    )
    messages = (*_text_faults(term), *_form_faults(term, forms), *_word_faults(term))
    return term, (
        *faults,
        *(error(CODE, text, settings.place(*keys, *below)) for below, text in messages),
    )


Fault = tuple[tuple[str, ...], str]
"""The keys below a term, and what is wrong there."""


def _text_faults(term: Term) -> Iterator[Fault]:
    """Find texts that no term can have."""
    if not term.source:
        yield ("source",), 'the term has no "source"'
    texts: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        (("source",), (term.source,)),
        (("note",), (term.note,)),
        (("forms",), term.forms),
        *((("approved", locale), words) for locale, words in term.approved.items()),
        *((("forbidden", locale), words) for locale, words in term.forbidden.items()),
    ]
    for keys, words in texts:
        for word in words:
            if problem := text_problem(word):
                yield keys, f'"{shown(keys[-1])}" {problem}'
        if keys[0] not in ("source", "note"):
            yield from _list_faults(keys, words)


def _list_faults(keys: tuple[str, ...], words: tuple[str, ...]) -> Iterator[Fault]:
    name = shown(keys[-1])
    if not all(map(has_word, words)):
        yield keys, f'"{name}" holds a text without a word'
    if len(set(words)) < len(words):
        yield keys, f'"{name}" holds a text twice'


def _form_faults(term: Term, forms: dict[tuple[str, ...], str]) -> Iterator[Fault]:
    """Find an English form that stands twice: nobody knows which is meant."""
    for form in (term.source, *term.forms):
        key = form_key(form)
        if form and not has_word(form):
            yield ("source",), f'"{shown(form)}" has no word in it'
        elif key in forms:
            message = f'"{shown(form)}" stands twice, first as "{shown(forms[key])}"'
            yield ("source",), message
        if key:
            forms.setdefault(key, form)


def _word_faults(term: Term) -> Iterator[Fault]:
    """Find locales that there are not, without words, or with a word on both sides."""
    for name, by_locale in (("approved", term.approved), ("forbidden", term.forbidden)):
        for locale, words in by_locale.items():
            keys = (name, locale)
            if locale == SOURCE_LOCALE or find_locale(locale) is None:
                yield keys, f'"{shown(locale)}" is no locale to translate to'
            elif not words:
                yield keys, f'"{shown(locale)}" names no words'
    for locale in term.approved.keys() & term.forbidden.keys():
        for word in set(term.approved[locale]) & set(term.forbidden[locale]):
            message = f'"{shown(word)}" is both approved and forbidden'
            yield ("forbidden", locale), message


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


CORE = "{urn:iso:std:iso:30042:ed-2}"
MIN = "{http://www.tbxinfo.net/ns/min}"
BASIC = "{http://www.tbxinfo.net/ns/basic}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KEPT = "do not translate"
"""The note of a term that is kept: TBX-Basic has no field for it."""
PREFERRED, ADMITTED, DEPRECATED, SUPERSEDED = (
    f"{state}Term-admn-sts"
    for state in ("preferred", "admitted", "deprecated", "superseded")
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
    xml = read_xml(data)
    if isinstance(xml, XmlFault):
        place = Location(path, xml.line)
        return Glossary(()), (error(CODE, f"not a TBX file: {xml.reason}", place),)
    if xml.root.tag != f"{CORE}tbx" or xml.root.get("style") != "dct":
        message = "not a TBX file of ISO 30042:2019 in DCT style"
        return Glossary(()), (error(CODE, message, Location(path, 1)),)
    entries = list(xml.root.iter(f"{CORE}conceptEntry"))
    values = {"term": [_table(entry) for entry in entries]}
    places: dict[tuple[str | int, ...], int] = {
        ("term", index): xml.lines[entry] for index, entry in enumerate(entries)
    }
    return _read_terms(Settings(path, values, places))


def _table(entry: Element) -> dict[str, Any]:
    """Return an entry as the table that TOML would hold."""
    table: dict[str, Any] = {"approved": {}, "forbidden": {}}
    table["note"] = "".join(
        next(entry.iter(f"{BASIC}definition"), Element("")).itertext()
    )
    table["keep"] = any(note.text == KEPT for note in entry.findall(f"{CORE}note"))
    for section in entry.iter(f"{CORE}langSec"):
        locale = section.get(LANGUAGE, "").replace("-", "_")
        approved, forbidden = _words_of(section)
        if locale == SOURCE_LOCALE:
            table["source"], *table["forms"] = approved or [""]
            continue
        for name, words in (("approved", approved), ("forbidden", forbidden)):
            if words:
                table[name][locale] = words
    return table


def _words_of(section: Element) -> tuple[list[str], list[str]]:
    """List the approved words of a language, the preferred one first, and the others."""
    approved: list[str] = []
    forbidden: list[str] = []
    for entry in section.iter(f"{CORE}termSec"):
        status = entry.findtext(f".//{MIN}administrativeStatus", "").strip()
        word = clean(entry.findtext(f"{CORE}term", ""))
        if status in (DEPRECATED, SUPERSEDED):
            forbidden.append(word)
        elif status == PREFERRED:
            approved.insert(0, word)
        else:
            approved.append(word)
    return approved, forbidden
