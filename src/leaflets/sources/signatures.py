"""Reviews: who has signed which texts of a leaflet in a language.

Takes and gives `reviews/<locale>/<leaflet>.toml`.  A signature is bound to the digests
of the texts that were signed, and the texts stand beside it, so that anybody can see
what a person answered for and what has changed since.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.digest import digest_parts
from leaflets.sources.toml import Settings, read_settings

VERSION = 1
ROLES = ("translator", "reviser", "clinician", "layout")
"""ISO 17100 asks for translator and reviser, patient information for a clinician, and
a printed page for somebody who has looked at it."""
METHODS = ("human", "machine draft revised")
"""How a translation was made; a machine draft that nobody revised is signed by none."""
YEARS = 3
"""A review holds so long at the most (PIF TICK)."""
LONGEST_NAME = 120
DIGEST = re.compile(r"[0-9a-f]{32}")


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
        """Give 128 bits that stand for this text and no other."""
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
        """Give the digests alone: a text that only moved stays signed."""
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
        """Give the file that holds it."""
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
    kept = tuple(
        one
        for one in review.signatures
        if (one.role, fold_name(one.name))
        != (signature.role, fold_name(signature.name))
    )
    signatures = (*kept, signature)
    wanted = {digest for one in signatures for digest in one.digests}
    every = {**review.texts, **texts}
    return Review(
        review.locale,
        review.leaflet,
        signatures,
        {digest: text for digest, text in every.items() if digest in wanted},
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
    for one in sorted(
        review.signatures, key=lambda s: (order[s.role], s.date, fold_name(s.name))
    ):
        yield "[[signature]]"
        yield f"role = {_quoted(one.role)}"
        yield f"name = {_quoted(one.name)}"
        yield f"credentials = {_quoted(one.credentials)}"
        if one.method:
            yield f"method = {_quoted(one.method)}"
        yield f"date = {one.date.isoformat()}"
        yield f"leaflet_version = {_quoted(one.version)}"
        yield "texts = ["
        for key, digest in one.texts:
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


@lru_cache(maxsize=512)
def read_review(data: bytes, path: str) -> tuple[Review, tuple[Diagnostic, ...]]:
    """Read a review; one in which anything is wrong holds no signature.

    A text that is not what its digest says was changed by hand: nobody signed it.
    """
    _, locale, name = path.split("/")
    empty = Review(locale, name.removesuffix(".toml"), (), {})
    settings, found = read_settings(data, path, code="review-file")
    if found:
        return empty, found
    reader = _Reader(settings)
    review = reader.review(empty)
    problems = gather(reader.found)
    return (empty if problems else review), problems


class _Reader:
    """Checks one table after another; lives only in `read_review`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.found: list[Diagnostic] = []

    def problem(self, message: str, *keys: str) -> None:
        hint = "sign again with `leaflets sign`; git has the former file"
        place = self.settings.place(*keys)
        self.found.append(error("review-file", message, place, hint))

    def review(self, empty: Review) -> Review:
        values = self.settings.values
        for key in values:
            if key not in ("version", "signature", "text"):
                self.problem(f'unknown key "{key}"', key)
        if values.get("version") != VERSION:
            self.problem(f"the file is not of version {VERSION}", "version")
        tables, texts = values.get("text", {}), values.get("signature", [])
        if not isinstance(tables, Mapping) or not isinstance(texts, list):
            self.problem("signatures and texts are not where they should be")
            return empty
        known = dict(self.texts(tables))
        made = [one for table in texts if (one := self.signature(table, known))]
        return Review(empty.locale, empty.leaflet, tuple(made), known)

    def texts(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, SignedText]]:
        names = {one.name for one in fields(SignedText)}
        for digest, table in tables.items():
            facts = table.get("facts", []) if isinstance(table, Mapping) else None
            if (
                not isinstance(table, Mapping)
                or not set(table) <= names
                or not isinstance(facts, list)
                or not all(
                    isinstance(one, str)
                    for one in (*facts, *(v for k, v in table.items() if k != "facts"))
                )
            ):
                self.problem(f"the text {digest} cannot be read", "text", digest)
                continue
            text = SignedText(
                table.get("context", ""),
                table.get("source", ""),
                table.get("translation", ""),
                tuple(facts),
            )
            if text.digest != digest:
                message = "this text was changed after it was signed"
                self.problem(message, "text", digest)
            yield digest, text

    def signature(
        self, table: Any, known: Mapping[str, SignedText]
    ) -> Signature | None:
        if not isinstance(table, Mapping):
            self.problem("a signature is not a table", "signature")
            return None
        names = ("role", "name", "credentials", "method", "leaflet_version")
        values = {name: table.get(name, "") for name in names}
        texts, day = table.get("texts"), table.get("date")
        wrong = [
            *(name for name in table if name not in (*names, "texts", "date")),
            *(name for name, value in values.items() if not isinstance(value, str)),
        ]
        if wrong or not isinstance(texts, list) or type(day) is not date:
            self.problem("a signature cannot be read", "signature")
            return None
        if problem := signature_problem(
            values["role"], values["name"], values["credentials"], values["method"]
        ):
            self.problem(problem, "signature")
            return None
        pairs = [str(one).partition(" ") for one in texts]
        for digest, _, key in pairs:
            if digest not in known:
                self.problem(f"the signed text of {key} is not in the file", "text")
        return Signature(
            role=values["role"],
            name=values["name"],
            credentials=values["credentials"],
            method=values["method"],
            date=day,
            version=values["leaflet_version"],
            texts=tuple((key, digest) for digest, _, key in pairs),
            location=self.settings.place("signature"),
        )


def signature_problem(role: str, name: str, credentials: str, method: str) -> str:
    """Say what keeps these words from being a signature; nothing if they are one."""
    if role not in ROLES:
        return f'"{role}" is no role; there are {", ".join(ROLES)}'
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
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
