"""Catalogs: all messages of one locale, read from and written to PO.

Takes the bytes of a catalog and gives its messages, each with the line of its
translation; and writes them so that the same content gives the same bytes on every
machine (docs/decisions/0005-po-layout.md).  Babel extracts and knows plural forms.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract
from babel.messages.plurals import get_plural
from babel.util import pathmatch

from leaflets.diagnostics import Diagnostic, Location, Subject, about, error
from leaflets.languages.locale import PSEUDO
from leaflets.sources.catalogs.po import Message, read_messages, write_messages

NO_DATE = "1970-01-01 00:00+0000"
"""Stands where gettext wants a date, so that no date changes by itself."""

FIELDS = (
    "Project-Id-Version",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
    "X-Translation-Method",
)
"""The header's fields in gettext's order; others follow, sorted."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All messages of one locale; without a locale, the source catalog."""

    locale: str
    """As Babel writes it: `zh_Hans`; empty for the source catalog."""
    path: str
    messages: tuple[Message, ...]
    """In the order of the leaflets; the obsolete among them anywhere."""
    header: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    """What translators wrote above the header."""
    _places: Mapping[tuple[str, str], int] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        places: dict[tuple[str, str], int] = {}
        for index, message in enumerate(self.messages):
            if not message.obsolete:
                places.setdefault(message.key, index)
        object.__setattr__(self, "_places", places)

    def lookup(self, context: str, text: str) -> Message | None:
        """Find the message of one text; an obsolete one is none."""
        index = self._places.get((context, text))
        return None if index is None else self.messages[index]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the messages in use are translated."""

    total: int
    translated: int
    fuzzy: int


def coverage(catalog: Catalog, messages: Iterable[tuple[str, str]]) -> Coverage:
    """Count what a catalog holds of the messages in use, each (context, text)."""
    found = [catalog.lookup(*key) for key in dict.fromkeys(messages)]
    filled = [one for one in found if one and one.translation.strip()]
    fuzzy = sum(one.fuzzy for one in filled)
    return Coverage(len(found), len(filled) - fuzzy, fuzzy)


@lru_cache(maxsize=256)
def read_catalog(
    data: bytes, path: str, locale: str
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """Read a catalog; what cannot be read is told and left out, never guessed.

    Whoever writes the catalog again after errors loses what was left out.
    """
    catalog, diagnostics = _read(data, path, locale)
    return catalog, tuple(about(Subject(locale=locale), diagnostics))


def _read(
    data: bytes, path: str, locale: str
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        message = "the catalog is not UTF-8 text"
        hint = "save it with the encoding UTF-8"
        found = error("po-encoding", message, Location(path, line), hint)
        return Catalog(locale, path, ()), (found,)
    messages, problems = read_messages(text, path)
    header = next((one for one in messages if not any(one.key)), None)
    if header is None or header.obsolete:
        header = None
    fields, broken = _fields(header, path)
    kept, refused = _distinct(messages, header, path)
    catalog = Catalog(
        locale, path, kept, fields, header.translator_comments if header else ()
    )
    return catalog, (
        *_nul(data, path),
        *problems,
        *broken,
        *_charset(dict(fields), header, path),
        *_language(dict(fields), header, locale, path),
        *refused,
    )


def _nul(data: bytes, path: str) -> Iterator[Diagnostic]:
    """A NUL ends a text for gettext: the rest would be lost in other tools."""
    if (place := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, place) + 1
        message = "the catalog holds a NUL byte"
        hint = "save it with the encoding UTF-8"
        yield error("po-encoding", message, Location(path, line), hint)


def _fields(
    header: Message | None, path: str
) -> tuple[tuple[tuple[str, str], ...], tuple[Diagnostic, ...]]:
    """Take the header's translation apart: one field a line."""
    fields: dict[str, str] = {}
    found = []
    for line in header.translation.split("\n") if header else ():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields[name.strip()] = value.strip()
        elif line.strip():
            place = Location(path, header.line if header else 0)
            message = f'the header holds a line without a field: "{line[:40]}"'
            found.append(error("po-syntax", message, place))
    return tuple(fields.items()), tuple(found)


def _charset(
    fields: Mapping[str, str], header: Message | None, path: str
) -> Iterator[Diagnostic]:
    """Other tools read the catalog as its header says, so that says UTF-8."""
    kind = fields.get("Content-Type", "charset=UTF-8").lower()
    if "charset=utf-8" not in kind.replace(" ", ""):
        message = f"the header says {fields['Content-Type'][:60]}, not UTF-8"
        place = Location(path, header.line if header else 0)
        hint = "Content-Type: text/plain; charset=UTF-8"
        yield error("po-encoding", message, place, hint)


def _language(
    fields: Mapping[str, str], header: Message | None, locale: str, path: str
) -> Iterator[Diagnostic]:
    """A catalog in the wrong folder would print one language as another."""
    language = fields.get("Language", "")
    if locale and language.replace("-", "_").lower() != locale.lower():
        said = f'says "{language}"' if language else "names no language"
        message = f"the header {said}, the folder {locale}"
        place = Location(path, header.line if header else 1)
        hint = f"Language: {locale}"
        yield error("po-language", message, place, hint)


def _distinct(
    messages: tuple[Message, ...], header: Message | None, path: str
) -> tuple[tuple[Message, ...], tuple[Diagnostic, ...]]:
    """Keep the first message of each text; tell of others and of empty texts."""
    first: dict[tuple[str, str], Message] = {}
    retired: dict[tuple[str, str], Message] = {}
    found = []
    for one in messages:
        place = Location(path, one.line)
        if one is header:
            continue
        if not one.text:
            found.append(error("po-syntax", "an empty msgid", place))
        elif one.obsolete:
            retired.setdefault(one.key, one)
        elif one.key in first:
            line = first[one.key].line
            message = f'"{one.text[:60]}" is translated twice, first on line {line}'
            hint = "keep one of them"
            found.append(error("po-duplicate", message, place, hint))
        else:
            first[one.key] = one
    kept = {id(one) for one in (*first.values(), *retired.values())}
    kept -= {id(one) for key, one in retired.items() if key in first}
    return tuple(one for one in messages if id(one) in kept), tuple(found)


def write_catalog(catalog: Catalog) -> bytes:
    """Write a catalog: header, messages in their order, the obsolete sorted last.

    The bytes depend on the catalog's content only, and reading and writing them
    again gives the same bytes.
    """
    fields = dict(catalog.header)
    # Python sorts by code point, which no machine's locale changes.
    names = [name for name in FIELDS if name in fields]
    names += sorted(name for name in fields if name not in FIELDS)
    header = Message(
        "",
        "",
        "".join(f"{name}: {_one_line(fields[name])}\n" for name in names),
        fuzzy=not catalog.locale,  # as gettext marks a header to be filled in
        translator_comments=catalog.comments,
    )
    active = [one for one in catalog.messages if not one.obsolete]
    retired = sorted((m for m in catalog.messages if m.obsolete), key=_by_key)
    return write_messages((header, *active, *retired)).encode("utf-8")


def _by_key(message: Message) -> tuple[str, str]:
    return message.key


def _one_line(text: str) -> str:
    return " ".join(text.split())


def new_header(locale: str) -> tuple[tuple[str, str], ...]:
    """Give the header of a new catalog; without a locale, of the source catalog.

    The plural forms are gettext's shortening of CLDR's: CLDR's own speak of
    compact numbers, which no PO file can express and `msgfmt` refuses.
    """
    values = {
        "Project-Id-Version": "leaflets",
        "POT-Creation-Date": NO_DATE,
        "PO-Revision-Date": NO_DATE,
        "Last-Translator": "nobody yet",
        "Language-Team": locale or "none",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if locale:
        values["Plural-Forms"] = str(get_plural(PSEUDO.get(locale, locale)))
        values["X-Translation-Method"] = "machine draft"
    return tuple(values.items())


def new_catalog(locale: str, path: str) -> Catalog:
    """Make a catalog without messages."""
    return Catalog(locale, path, (), new_header(locale))


class _NamedBytes(io.BytesIO):
    """A file in memory that extractors can ask for its name."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def extract_messages(
    files: Iterable[tuple[str, bytes]],
    mapping: Iterable[tuple[str, str]],
    root: str,
) -> Iterator[Message]:
    """Extract the messages of files as `pybabel extract` does, in their order.

    A file is (path, data); the mapping is that of pyproject.toml, (pattern, method);
    the root is where extractors find what lies beside a file.  A text that stands in
    several places is one message, with all references and comments.
    """
    rules = tuple(mapping)
    found: dict[tuple[str, str], Message] = {}
    for path, data in files:
        method = next((how for what, how in rules if pathmatch(what, path)), None)
        if method is None:
            continue
        stream = _NamedBytes(data, f"{root}/{path}")
        for _, text, comments, context in babel_extract(
            method, stream, DEFAULT_KEYWORDS, ("Translators:",), {"silent": "false"}
        ):
            if isinstance(text, str) and text:
                known = found.get((context or "", text), Message(context or "", text))
                found[known.key] = replace(
                    known,
                    comments=tuple(dict.fromkeys((*known.comments, *comments))),
                    references=tuple(dict.fromkeys((*known.references, path))),
                    flags=("python-brace-format",) if "{" in text else (),
                )
    yield from found.values()
