"""Reviews: who has signed which texts of a leaflet in a language.

Takes and gives `reviews/<locale>/<leaflet>.toml`.  A signature is bound to the digests
of the texts that were signed, and the texts stand beside it, so that anybody can see
what a person answered for and what has changed since.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date
from functools import lru_cache
from typing import Annotated, Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.digest import digest_bytes, digest_parts
from leaflets.languages.letters import strikes
from leaflets.sources.people import fold_name, name_problem
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
VERSION = 2
"""Of the file.  In version 1 the order of texts was not signed, nor who signed."""
SECTION = "section-"
"""How the keys of boxes and sections begin."""
FURNITURE = "t-"
"""How the keys of the templates' texts begin."""
PAGE = "page-"
"""How the keys of what else is printed begin."""
LAYOUT = "layout-"
"""How the keys of what shapes the page begin; of these the digest alone is kept."""
LAYOUT_CONTEXT = "§layout"
ROLES = ("translator", "reviser", "clinician", "layout")
"""ISO 17100 asks for translator and reviser, patient information for a clinician, and
a printed page for somebody who has looked at it."""
METHODS = ("human", "machine draft revised")
"""How a translation was made; a machine draft that nobody revised is signed by none."""
YEARS = 3
"""A review holds so long at the most (PIF TICK)."""
LONGEST_NAME = 120


@lru_cache(maxsize=100_000)
def _digest(parts: tuple[str, ...]) -> str:
    # Four people sign the same words, and all leaflets have furniture in common.
    return digest_parts(parts)[:32]


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
        return _digest((self.context, self.source, self.translation, *self.facts))


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose key has signed."""

    principal: str
    """The name that reviews/allowed_signers gives the key."""
    key: str
    """Digest of the public key: one key under two names is one person."""


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
    written: datetime.date
    """The day on which this version was written."""
    texts: tuple[tuple[str, str], ...]
    """Key and digest of each part, in the order of the page."""
    location: Location
    signer: Signer | None = None
    """Whose key proves it; none where there is no key."""
    broken: bool = False
    """Whether a key's signature lies beside it that does not fit."""

    @property
    def digests(self) -> frozenset[str]:
        """Return the digests alone, to ask whether a part was signed at all."""
        return frozenset(digest for _, digest in self.texts)

    @property
    def whole(self) -> str:
        """Return one digest of all parts in their order."""
        return digest_of_all(digest for _, digest in self.texts)


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


def digest_of_all(digests: Iterable[str]) -> str:
    """Digest the digests of all parts of a page, in their order."""
    return digest_parts(digests)


def statement_of(signature: Signature, locale: str, leaflet: str) -> bytes:
    """Write down all that a person states by a signature: same signature, same bytes.

    This is what a key signs, and what the record's `seal` is the digest of.
    """
    lines = {
        "leaflet": leaflet,
        "locale": locale,
        "role": signature.role,
        "name": signature.name,
        "credentials": signature.credentials,
        "method": signature.method,
        "date": signature.date.isoformat(),
        "leaflet_version": signature.version,
        "written": signature.written.isoformat(),
        "whole": signature.whole,
        "texts": digest_parts(text for pair in signature.texts for text in pair),
    }
    head = f"leaflets sign-off {VERSION}"
    body = (f"{key} = {_quoted(text)}" for key, text in lines.items())
    return "\n".join((head, *body, "")).encode("utf-8", "surrogatepass")


def seal_of(signature: Signature, locale: str, leaflet: str) -> str:
    """Return the digest of a signature's statement.

    It finds a line that was changed by hand.  Whoever knows how can make it anew: only
    a key proves who signed.
    """
    return digest_bytes(statement_of(signature, locale, leaflet))


def key_path(locale: str, leaflet: str, role: str) -> str:
    """Name the file of the key's signature under a role's statement."""
    return f"reviews/{locale}/{leaflet}.{role}.sig"


def review_path(locale: str, leaflet: str) -> str:
    """Name the file of a leaflet's signatures."""
    return f"reviews/{locale}/{leaflet}.toml"


def newest(review: Review, role: str) -> Signature | None:
    """Return the newest signature of a role."""
    signatures = [
        signature for signature in review.signatures if signature.role == role
    ]
    return max(signatures, key=lambda signature: signature.date) if signatures else None


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
        {
            digest: text
            for digest, text in known.items()
            if digest in digests and text.context != LAYOUT_CONTEXT
        },
    )


def write_review(review: Review) -> bytes:
    """Write a review: same content, same bytes."""
    return "\n".join(_lines(review)).encode("utf-8")


def _lines(review: Review) -> Iterator[str]:
    yield "# Who has signed this leaflet in this language, and for which words."
    yield "# `leaflets sign` writes this file.  The seal finds a line changed by hand; who"
    yield "# signed is proven by a key only (docs/reviewers.md)."
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
        yield f"written = {signature.written.isoformat()}"
        yield f"whole = {_quoted(signature.whole)}"
        yield f"seal = {_quoted(seal_of(signature, review.locale, review.leaflet))}"
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
    if 0 < number < VERSION:
        reject(
            "is that of an earlier leaflets, which signed neither order nor names",
            "nobody has signed all that is printed",
        )
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
    written: Day
    whole: str
    seal: str
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
        found.extend(_unsealed(file.signature, signatures, empty, settings))
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
            if digest not in texts and not key.startswith(LAYOUT):
                message = f"the signed text of {shown(key)} is not in the file"
                found.append(error(CODE, message, settings.place(*keys, "texts")))
        yield Signature(
            values.role,
            values.name,
            values.credentials,
            values.method,
            values.date,
            values.leaflet_version,
            values.written,
            tuple((key, digest) for digest, _, key in pairs),
            place,
        )


def _unsealed(
    tables: tuple[Any, ...],
    signatures: tuple[Signature, ...],
    review: Review,
    settings: Settings,
) -> Iterator[Diagnostic]:
    """Find signatures of which a line was changed after they were given."""
    seals = {
        table.get(key)
        for table in tables
        if isinstance(table, Mapping)
        for key in ("whole", "seal")
        if isinstance(table.get(key), str)
    }
    for signature in signatures:
        if signature.whole not in seals:
            message = "the texts of this signature are not those that were signed"
            yield error(CODE, message, signature.location)
        elif seal_of(signature, review.locale, review.leaflet) not in seals:
            message = "a line of this signature was changed after it was given"
            yield error(CODE, message, signature.location)


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
        if strikes(text):
            return f"the {what} holds marks that would be drawn over other words"
    if problem := name_problem(name, credentials):
        return problem
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
