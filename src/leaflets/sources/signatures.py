"""Reviews: who has signed which texts of a leaflet in a language.

Takes and gives `reviews/<locale>/<leaflet>.toml`.  A signature is bound to the digests
of the texts that were signed, and the texts stand beside it, so that anybody can see
what a person answered for and what has changed since.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date
from functools import lru_cache
from typing import Annotated, Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.digest import digest_parts
from leaflets.sources.schema import (
    Day,
    Items,
    Table,
    Tables,
    Texts,
    checked,
    reject,
    shown,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

CODE = "review-file"
HINT = "sign again with `leaflets sign`; git has the former file"
VERSION = 1
ROLES = ("translator", "reviser", "clinician", "layout")
"""ISO 17100 asks for translator and reviser, patient information for a clinician, and
a printed page for somebody who has looked at it."""
METHODS = ("human", "machine draft revised")
"""How a translation was made; a machine draft that nobody revised is signed by none."""
YEARS = 3
"""A review holds so long at the most (PIF TICK)."""
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SignedText:
    """One text as a person signed it: nothing of this may change unseen."""

    context: str
    source: str
    translation: str
    """Empty in the source language."""
    facts: tuple[str, ...] = ()
    """Values and sources that it rests on."""

    @property
    def digest(self) -> str:
        """Return 128 bits that stand for this text and no other."""
        parts = (self.context, self.source, self.translation, *self.facts)
        return digest_parts(parts)[:32]


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's word for a leaflet in a language."""

    role: str
    name: str
    credentials: str
    method: str
    """Of a translator; empty for the other roles."""
    date: date
    version: str
    """Of the leaflet."""
    texts: tuple[tuple[str, str], ...]
    """Key and digest of each text, in reading order."""
    location: Location

    @property
    def digests(self) -> frozenset[str]:
        """Return the digests alone: a text that only moved stays signed."""
        return frozenset(digest for _, digest in self.texts)


@dataclass(frozen=True, slots=True)
class Review:
    """All signatures of one leaflet in one language."""

    locale: str
    leaflet: str
    signatures: tuple[Signature, ...] = ()
    texts: Mapping[str, SignedText] = field(default_factory=dict)
    """By digest."""

    @property
    def path(self) -> str:
        """Return the path of the file that holds it."""
        return review_path(self.locale, self.leaflet)


def review_path(locale: str, leaflet: str) -> str:
    """Name the file of a leaflet's signatures."""
    return f"reviews/{locale}/{leaflet}.toml"


def signed(
    review: Review, signature: Signature, texts: Mapping[str, SignedText]
) -> Review:
    """Add a signature; an earlier one of the same person in the same role goes.

    `texts` are those signed, by digest.  Texts that nobody signed any more go too.
    """
    person = signature.role, fold_name(signature.name)
    kept = tuple(
        earlier
        for earlier in review.signatures
        if (earlier.role, fold_name(earlier.name)) != person
    )
    signatures = (*kept, signature)
    digests = {digest for signature in signatures for digest in signature.digests}
    known = {**review.texts, **texts}
    return Review(
        review.locale,
        review.leaflet,
        signatures,
        {digest: text for digest, text in known.items() if digest in digests},
    )


def fold_name(name: str) -> str:
    """Write a name so that the same person is found again."""
    return " ".join(name.split()).casefold()


def write_review(review: Review) -> bytes:
    """Write a review: same content, same bytes."""
    return "\n".join(_lines(review)).encode("utf-8")


def _lines(review: Review) -> Iterator[str]:
    yield "# Who has signed this leaflet in this language, and for which words."
    yield "# `leaflets sign` writes this file; a line changed by hand ends what it says."
    yield f"version = {VERSION}"
    yield ""
    order = {role: place for place, role in enumerate(ROLES)}
    for signature in sorted(
        review.signatures, key=lambda s: (order[s.role], s.date, fold_name(s.name))
    ):
        yield "[[signature]]"
        yield f"role = {_quoted(signature.role)}"
        yield f"name = {_quoted(signature.name)}"
        yield f"credentials = {_quoted(signature.credentials)}"
        if signature.method:
            yield f"method = {_quoted(signature.method)}"
        yield f"date = {signature.date.isoformat()}"
        yield f"leaflet_version = {_quoted(signature.version)}"
        yield "texts = ["
        for key, digest in signature.texts:
            yield f"  {_quoted(f'{digest} {key}')},"
        yield "]"
        yield ""
    for digest, text in sorted(review.texts.items()):
        yield f"[text.{digest}]"
        if text.context:
            yield f"context = {_quoted(text.context)}"
        yield f"source = {_quoted(text.source)}"
        yield f"translation = {_quoted(text.translation)}"
        if text.facts:
            yield f"facts = [{', '.join(map(_quoted, text.facts))}]"
        yield ""


def _quoted(text: str) -> str:
    """Write a TOML string on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _is_version(number: int) -> int:
    if number != VERSION:
        reject(f"is not {VERSION}", "a newer leaflets has written this file")
    return number


class _ReviewFile(Table):
    version: Annotated[int, checked(_is_version)]
    signature: Items = ()
    text: Tables


class _SignedTextTable(Table):
    context: str = ""
    source: str = ""
    translation: str = ""
    facts: Texts = ()


class _SignatureTable(Table):
    role: str = ""
    name: str = ""
    credentials: str = ""
    method: str = ""
    leaflet_version: str = ""
    date: Day
    texts: Texts


@lru_cache(maxsize=512)
def read_review(data: bytes, path: str) -> tuple[Review, tuple[Diagnostic, ...]]:
    """Read a review; one in which anything is wrong holds no signature.

    A text that is not what its digest says was changed by hand: nobody signed it.
    """
    _, locale, name = path.split("/")
    empty = Review(locale, name.removesuffix(".toml"), (), {})
    settings, unreadable = read_settings(data, path, code=CODE)
    if unreadable:
        return empty, unreadable
    file, faults = validate(
        _ReviewFile, settings.values, settings, code=CODE, what="a review"
    )
    found = list(faults)
    signatures: tuple[Signature, ...] = ()
    texts: dict[str, SignedText] = {}
    if file:
        texts = dict(_signed_texts(file.text, settings, found))
        signatures = tuple(_signatures(file.signature, texts, settings, found))
    if found:
        return empty, gather(_with_hint(diagnostic) for diagnostic in found)
    return replace(empty, signatures=signatures, texts=texts), ()


def _with_hint(diagnostic: Diagnostic) -> Diagnostic:
    """Say what helps whatever is wrong: nobody mends a signature by hand."""
    hints = filter(None, (diagnostic.hint, HINT))
    return replace(diagnostic, hint="; ".join(hints))


def _signed_texts(
    tables: Mapping[str, Any], settings: Settings, found: list[Diagnostic]
) -> Iterator[tuple[str, SignedText]]:
    """Read the texts by digest; one that is broken is known all the same."""
    for digest, table in tables.items():
        keys = ("text", digest)
        what = f"the text {shown(digest)}"
        values, faults = validate(
            _SignedTextTable, table, settings, *keys, code=CODE, what=what
        )
        found.extend(faults)
        text = SignedText(**dict(values)) if values else SignedText("", "", "")
        if values and text.digest != digest:
            message = "this text was changed after it was signed"
            found.append(error(CODE, message, settings.place(*keys)))
        yield digest, text


def _signatures(
    tables: tuple[Any, ...],
    texts: Mapping[str, SignedText],
    settings: Settings,
    found: list[Diagnostic],
) -> Iterator[Signature]:
    for index, table in enumerate(tables):
        keys = ("signature", index)
        values, faults = validate(
            _SignatureTable, table, settings, *keys, code=CODE, what="a signature"
        )
        found.extend(faults)
        if values is None:
            continue
        place = settings.place(*keys)
        if problem := signature_problem(
            values.role, values.name, values.credentials, values.method
        ):
            found.append(error(CODE, problem, place))
            continue
        pairs = [text.partition(" ") for text in values.texts]
        for digest, _, key in pairs:
            if digest not in texts:
                message = f"the signed text of {shown(key)} is not in the file"
                found.append(error(CODE, message, settings.place(*keys, "texts")))
        yield Signature(
            values.role,
            values.name,
            values.credentials,
            values.method,
            values.date,
            values.leaflet_version,
            tuple((key, digest) for digest, _, key in pairs),
            place,
        )


def signature_problem(role: str, name: str, credentials: str, method: str) -> str:
    """Say what keeps these words from being a signature; nothing if they are one."""
    if role not in ROLES:
        return f'"{shown(role)}" is no role; there are {", ".join(ROLES)}'
    for what, text in (("name", name), ("credentials", credentials)):
        if not text.strip():
            return (
                f"a signature needs a {what}: the standards ask who, and by what right"
            )
        if len(text) > LONGEST_NAME or not text.isprintable():
            return f"the {what} is not one line of at most {LONGEST_NAME} characters"
    if role == "translator" and method not in METHODS:
        return f"a translator says how: {' or '.join(METHODS)}"
    if role != "translator" and method:
        return "only a translator states a method"
    return ""


def years_later(day: date, years: int) -> date:
    """Add years; 29 February becomes 28.

    >>> years_later(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
