"""Extract: the texts of leaflets, figures and templates as the source catalog.

`markdown`, `family` and `figure` are extractors as Babel wants them, named in pyproject.toml,
so that plain `pybabel extract` and `leaflets extract` find the same messages.  Babel's
side of the bargain: (line, function, text or (context, text), comments).
"""

import io
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error, gather
from leaflets.files import read
from leaflets.languages.locale import NO_BREAK, Locale, find_locale, format_value
from leaflets.sources.catalogs.catalog import Catalog, extract_messages, new_header
from leaflets.sources.catalogs.po import Message
from leaflets.sources.content.document import Document, parse
from leaflets.sources.content.evidence import read_evidence
from leaflets.sources.content.family import read_family
from leaflets.sources.content.figures import groups, room_of
from leaflets.sources.content.figures import parse as parse_figure
from leaflets.sources.content.markdown import Segment
from leaflets.sources.schema import shown

BOM = b"\xef\xbb\xbf"
SOURCE_CATALOG = "locales/messages.pot"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
PROJECT_FILE = "pyproject.toml"
UNTOLD = "en"
"""What a text is taken for where no project file says what it is written in."""

Extracted = tuple[int, str | None, str | tuple[str, str], list[str]]
"""What Babel takes from an extractor."""


def markdown(
    fileobj: io.IOBase,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """List the texts of one leaflet, with comments for the translator.

    A comment says where the text stands, and the value behind each placeholder.
    A broken leaflet gives what can be read of it; `leaflets check` tells the rest.
    """
    name = str(getattr(fileobj, "name", ""))
    document, _ = _parsed(fileobj.read(), name)
    if document is None:
        return  # broken, or Markdown that is no leaflet
    values = _values(Path(name).parent / "facts.toml", _source_near(Path(name)))
    for segment in document.segments:
        yield from _message(segment, values)


def figure(
    fileobj: io.IOBase,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """List the labels of one figure; digits of the drawing are not translated."""
    name = str(getattr(fileobj, "name", ""))
    drawing, _ = parse_figure(fileobj.read(), name)
    short = "/".join(PurePosixPath(name.replace("\\", "/")).parts[-2:])
    if drawing is None:
        return
    source = _source_near(Path(name))
    for group in groups(drawing):
        lines, letters = room_of(group, source)
        share = f", shared by {len(group)} labels" if len(group) > 1 else ""
        room = f"room for about {lines} lines of {letters} letters{share}"
        for label in group:
            if label.text.strip():
                comment = f"label in {short}: {room}"
                yield label.location.line, None, label.text, [comment]


def family(
    fileobj: io.IOBase,
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """List what all leaflets have in common: the family's name, title and contacts."""
    common, _ = read_family(fileobj.read())
    comments = {
        common.name: "the family of leaflets, above the title of each",
        common.title: "heading of the family's pages on screen",
    }
    for text, place in common.texts:
        comment = comments.get(text, "whom to call, before the telephone number")
        yield place.line, None, text, [comment]


def _parsed(data: bytes, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Parse a leaflet; none, and why, where that cannot be."""
    try:
        return parse(data.decode("utf-8"), path)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        message = "the file is not UTF-8 text"
        return None, (error("encoding", message, Location(path, line)),)


def _message(segment: Segment, values: Mapping[str, str]) -> Iterator[Extracted]:
    """List one segment; never the empty one, which gettext takes for the header."""
    if not segment.text.strip():
        return
    comments = [segment.comment] if segment.comment else []
    for name in dict.fromkeys(PLACEHOLDER.findall(segment.text)):
        if name in values:
            comments.append(f"{{{name}}} = {values[name]}")
    line = segment.location.line
    if segment.context:
        yield line, "pgettext", (segment.context, segment.text), comments
    else:
        yield line, None, segment.text, comments


def source_locale_of(files: Mapping[str, bytes]) -> str:
    """Return what a project's texts are written in, as its file says."""
    return _source_locale(files.get(PROJECT_FILE, b"")).name


@lru_cache(maxsize=8)
def _source_locale(data: bytes) -> Locale:
    """Return the source's locale, as a project file says; else what is usual."""
    try:
        name = tomllib.loads(data.decode("utf-8"))["tool"]["leaflets"]["source"]
    except (ValueError, LookupError, TypeError):
        name = UNTOLD
    locale = find_locale(str(name)) or find_locale(UNTOLD)
    assert locale is not None  # CLDR always has it
    return locale


def _source_near(path: Path) -> Locale:
    """Return the locale of the project that a file belongs to."""
    for folder in path.absolute().parents:
        try:
            return _source_locale(read(folder, PROJECT_FILE))
        except (OSError, ValueError):
            continue
    return _source_locale(b"")


def _values(path: Path, source: Locale) -> dict[str, str]:
    """Read the values of placeholders, as the source writes them; none if unreadable.

    They are a help for translators only, so what is wrong with them is told
    elsewhere and stops nothing here.
    """
    try:
        data = read(path.parent, path.name)
    except (OSError, ValueError):
        return {}
    evidence, _ = read_evidence((data, path.name), (b"", ""))
    return {
        value.placeholder: format_value(value.value, value.form, source).replace(
            NO_BREAK, " "
        )
        for value in evidence.values
    }


def extract_all(files: Mapping[str, bytes], root: Path) -> Catalog:
    """Make the source catalog of a project's files, by path below its root.

    Leaflets come in the family's order, then figures, then templates, so that a
    message keeps its place when another file changes.  LeafletsError where a file
    cannot be read, for its messages would otherwise be taken for gone.
    """
    mapping = _mapping(files.get(PROJECT_FILE, b""))
    ordered = _ordered(files)
    try:
        messages = tuple(extract_messages(ordered, mapping, root.as_posix()))
    except Exception as problem:
        # Extractors are others' code and may raise anything: Jinja its own errors.
        name = str(getattr(problem, "filename", "") or "templates")
        place = Location(name, int(getattr(problem, "lineno", 0) or 0))
        message = f"texts cannot be extracted: {problem}"
        raise LeafletsError((error("broken-template", message, place),)) from problem
    if _wants_flags(files.get(PROJECT_FILE, b"")):
        limits = dict(_limits(files))
        messages = tuple(_flagged(one, limits) for one in messages)
    return Catalog("", SOURCE_CATALOG, messages, new_header(""))


def _wants_flags(data: bytes) -> bool:
    """Return whether the project's catalogs are for Weblate (docs/weblate.md)."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
        return table["tool"]["leaflets"].get("weblate") is True
    except (ValueError, LookupError, AttributeError):
        return False


def _limits(files: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the room of each label as Weblate's flags: pixels at 96 dpi, and lines.

    https://docs.weblate.org/en/latest/admin/checks.html#maximum-size-of-translation
    """
    source = _source_locale(files.get(PROJECT_FILE, b""))
    for path, data in files.items():
        drawing, _ = parse_figure(data, path) if path.endswith(".svg") else (None, ())
        if drawing is None:
            continue
        for group in groups(drawing):
            lines, _ = room_of(group, source)
            for label in group:
                pixels = int(label.width / 25.4 * 96)
                size = round(label.size / 25.4 * 96)
                flags = [f"font-size:{size}", f"max-size:{pixels}:{lines}"]
                flags += ["font-weight:bold"] if label.bold else []
                yield label.text, tuple(flags)


def _flagged(message: Message, limits: Mapping[str, tuple[str, ...]]) -> Message:
    """Add the flags of one message: its placeholders, and the room of a label."""
    names = dict.fromkeys(PLACEHOLDER.findall(message.text))
    flags = [*message.flags]
    if names:
        flags.append("placeholders:" + ":".join(f"{{{one}}}" for one in names))
    only_label = all(one.endswith(".svg") for one in message.references)
    if only_label and not message.context:
        flags += limits.get(message.text, ())
    return replace(message, flags=tuple(sorted(flags)))


def _ordered(files: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Sort leaflets by their order and other files after them; refuse broken ones."""
    places = {}
    found: list[Diagnostic] = []
    for path, data in files.items():
        place = (2, 0, path)
        if path.startswith("content/") and data.lstrip(BOM).startswith(b"+++"):
            document, problems = _parsed(data, path)
            if document is None:
                found.extend(problems)
            place = (0, document.meta.order if document else 0, path)
        elif path.endswith(".svg"):
            drawing, problems = parse_figure(data, path)
            if drawing is None:
                found.extend(problems)
            place = (1, 0, path)
        places[path] = place
    if found:
        raise LeafletsError(gather(found))
    return [(path, files[path]) for path in sorted(places, key=lambda one: places[one])]


MAPPING = (
    ("content/**.md", "leaflets_markdown"),
    ("content/family.toml", "leaflets_family"),
    ("content/figures/**.svg", "leaflets_figure"),
    ("templates/**.html", "jinja2"),
    ("templates/**.css", "jinja2"),
)
"""What texts are extracted from, and how, where the project file does not say it."""


def _mapping(data: bytes) -> list[tuple[str, str]]:
    """Read the project file's mapping from path patterns to extractors."""
    try:
        tool = tomllib.loads(data.decode("utf-8"))["tool"]
        if "mappings" not in tool.get("babel", {}):
            return list(MAPPING)
        tables = tool["babel"]["mappings"]
        mapping = [(str(table["pattern"]), str(table["method"])) for table in tables]
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        message = "the project file does not say what texts are extracted from"
        hint = "[[tool.babel.mappings]] with pattern and method; docs/project.md"
        raise _unmapped(message, hint) from problem
    for pattern, method in mapping:
        # Babel would import and call whatever function a method names.
        if method not in METHODS:
            hint = f"known: {', '.join(METHODS)}"
            raise _unmapped(f'no texts are extracted by "{shown(method)}"', hint)
        if len(pattern) > LONGEST_PATTERN or pattern.count("**") > MOST_FOLDERS:
            hint = "such as content/**.md"
            raise _unmapped(f'"{shown(pattern)}" is no pattern of paths', hint)
    return mapping


def _unmapped(message: str, hint: str) -> LeafletsError:
    diagnostic = error("project-file", message, Location(PROJECT_FILE), hint)
    return LeafletsError((diagnostic,))


METHODS = (*dict.fromkeys(method for _, method in MAPPING), "ignore")
"""The extractors of a mapping; `ignore` is Babel's own."""
LONGEST_PATTERN = 200
"""Letters of a pattern."""
MOST_FOLDERS = 2
"""Of a pattern's `**`: each more takes the search for it many times as long."""
