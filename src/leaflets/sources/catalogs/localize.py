"""Localize: the words of one document or figure in one locale.

The structure always comes from the source, the words from the catalog: a
translation fills a segment and can do nothing else.  What cannot be printed
(untranslated, fuzzy, unreadable) is a gap, never a silent fall-back.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from leaflets.diagnostics import Diagnostic, Location, Subject, about, error, waiting
from leaflets.languages.line_rules import keep_together
from leaflets.languages.locale import (
    MOST_WHOLE,
    NO_BREAK,
    RTL_LETTER,
    WHOLE,
    Locale,
    format_value,
    isolate,
    isolate_foreign,
)
from leaflets.sources.content.document import Document
from leaflets.sources.content.evidence import Value
from leaflets.sources.content.figures import Figure
from leaflets.sources.content.inline import (
    Link,
    Span,
    Strong,
    Text,
    links,
    parse_inline,
    plain,
)
from leaflets.sources.content.markdown import Segment
from leaflets.sources.content.names import NO_NAMES, Names, places
from leaflets.sources.signatures import Signature

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
UNKNOWN = "…"
"""What stands for a fact that nobody knows, where no finding can keep it from view."""


@dataclass(frozen=True, slots=True)
class Words:
    """One segment in one locale, ready to set."""

    segment: Segment
    spans: tuple[Span, ...]
    translation: Location | None
    """Where the translation stands; none in the source locale."""

    @property
    def text(self) -> str:
        """Give the words without markup."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Localized:
    """Everything of one leaflet in one locale, without a gap."""

    document: Document
    locale: Locale
    words: Mapping[str, Words]
    """By segment key; figure labels by `label_key`."""
    figures: Mapping[str, Figure]
    """By path as the document names it, mirrored if need be."""
    furniture: Mapping[str, tuple[str, Location]]
    """Template messages: source text to words and the place of the translation."""
    standing: str
    """draft, revised, approved or expired."""
    source_title: str
    """The title in the source language, as `source_text` writes it."""
    signatures: tuple[Signature, ...] = ()
    """Those that hold, for the imprint."""
    changed: frozenset[str] = frozenset()
    """Keys of texts that are new or changed since somebody signed."""


class Translated(Protocol):
    """What is needed of a catalog's message."""

    @property
    def translation(self) -> str:
        """Give the msgstr."""

    @property
    def fuzzy(self) -> bool:
        """Tell whether the match was guessed."""

    @property
    def line(self) -> int:
        """Give the line of the msgstr."""


class Lookup(Protocol):
    """What is needed of a catalog."""

    @property
    def locale(self) -> str:
        """Name the catalog's locale."""

    @property
    def path(self) -> str:
        """Give the catalog's path."""

    def lookup(self, context: str, text: str) -> Translated | None:
        """Find the message of one segment."""


def localize(
    segment: Segment,
    catalog: Lookup | None,
    locale: Locale,
    values: Mapping[str, Value],
    names: Names = NO_NAMES,
) -> tuple[Words | None, tuple[Diagnostic, ...]]:
    """Put one segment into a locale; nothing, and why, where that cannot be.

    Without a catalog the source's own words are set.  `names` are kept whole.
    """
    text, place = segment.text, None
    if catalog is not None:
        if gap := gap_of(segment.context, segment.text, catalog):
            return None, (gap,)
        message = catalog.lookup(segment.context, segment.text)
        assert message is not None  # or it were a gap
        text, place = message.translation, Location(catalog.path, message.line)
    spans, problems = parse_inline(text)
    where = place or segment.location
    found = [
        error("inline-markup", f"the text holds {problem}", where)
        for problem in problems
    ]
    # The checks tell this too; here it cannot be waived into a page.
    known = links(parse_inline(segment.text)[0])
    for address in links(spans):
        if address not in known:
            what = f'a link to "{address[:60]}", which the source does not have'
            found.append(error("foreign-link", what, where))
    fill = partial(
        _fill_text,
        locale=locale,
        values=values,
        names=names,
        place=where,
        found=found,
    )
    made = tuple(_filled(span, fill) for span in spans)
    if found:
        return None, tuple(about(Subject(locale=locale.name), found))
    return Words(segment, made, place), ()


def gap_of(context: str, text: str, catalog: Lookup) -> Diagnostic | None:
    """Tell why a text has no words that may be printed; nothing if it has."""
    message = catalog.lookup(context, text)
    subject = Subject(locale=catalog.locale)
    start = text if len(text) <= 60 else text[:57] + "…"
    if message is None:
        hint = "run `leaflets update`, then translate the new message"
        place = Location(catalog.path)
        return waiting(
            "untranslated", f'"{start}" is missing', place, hint, subject=subject
        )
    place = Location(catalog.path, message.line)
    if message.fuzzy:
        hint = "check it against the source and clear the fuzzy mark"
        return waiting(
            "fuzzy", f'"{start}" is marked fuzzy', place, hint, subject=subject
        )
    if not message.translation.strip():
        return waiting(
            "untranslated", f'"{start}" is not translated', place, subject=subject
        )
    return None


def source_text(segment: Segment, locale: Locale, values: Mapping[str, Value]) -> str:
    """Write a text of the source for where it is named beside other texts: words alone.

    `locale` is the source's; what `source_spans` says of values holds here.
    """
    return plain(source_spans(segment.text, locale, values))


def source_spans(
    text: str, locale: Locale, values: Mapping[str, Value]
) -> tuple[Span, ...]:
    """Put the values into a text of the source, as its language writes them.

    It stands beside a translation or in a list, so no rules of lines are applied.  A
    fact that nobody knows is an ellipsis: the checks tell of it at its place.
    """
    spans, _ = parse_inline(text)
    return tuple(
        _filled(span, partial(with_values, locale=locale, values=values))
        for span in spans
    )


def with_values(text: str, locale: Locale, values: Mapping[str, Value]) -> str:
    """Put the values into plain words; an ellipsis where there is none."""

    def value(match: re.Match[str]) -> str:
        known = values.get(match[1])
        return format_value(known.value, known.form, locale) if known else UNKNOWN

    return PLACEHOLDER.sub(value, text)


def _filled(span: Span, fill: Callable[[str], str]) -> Span:
    """Put the values into all words of one span."""
    match span:
        case Strong(inner):
            return Strong(tuple(_filled(part, fill) for part in inner))
        case Link(href, inner):
            return Link(href, tuple(_filled(part, fill) for part in inner))
        case Text(text):
            return Text(fill(text))


def _fill_text(
    text: str,
    locale: Locale,
    values: Mapping[str, Value],
    names: Names,
    place: Location,
    found: list[Diagnostic],
) -> str:
    """Put values for placeholders; an unknown one is a finding, never a crash."""

    def value(match: re.Match[str]) -> str:
        known = values.get(match[1])
        if known is None:
            hint = "placeholders are copied from the source just as they stand"
            message = f"{match[0]} stands for nothing"
            found.append(error("unknown-placeholder", message, place, hint))
            return match[0]
        return isolate(format_value(known.value, known.form, locale), locale)

    filled = PLACEHOLDER.sub(value, text)
    if ("{" in filled or "}" in filled) and not found:
        message = "a brace that belongs to no placeholder"
        found.append(error("unknown-placeholder", message, place))
    return keep_together(_isolated(filled, names, locale), locale)


def _isolated(text: str, names: Names, locale: Locale) -> str:
    """Isolate what runs the other way, and keep each name whole and on one line.

    A name in Latin letters is one sign while that is done: "CD4+" is parted neither
    from its sign nor from the Latin word beside it.
    """
    kept: list[str] = []
    parts, last = [], 0
    for start, end, _ in places(names, text, locale.name):
        name = text[start:end].replace(" ", NO_BREAK)
        sign = name
        if not RTL_LETTER.search(name) and len(kept) < MOST_WHOLE:
            sign = chr(WHOLE + len(kept))
            kept.append(name)
        parts += [text[last:start], sign]
        last = end
    isolated = isolate_foreign("".join((*parts, text[last:])), locale)
    for index, name in enumerate(kept):
        isolated = isolated.replace(chr(WHOLE + index), name)
    return isolated
