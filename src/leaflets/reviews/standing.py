"""Standing: how far people have answered for a leaflet in a language.

Takes the texts as they are now and the signatures; gives draft, revised, approved or
expired, and says in plain words what is missing.  Nothing else lifts a DRAFT line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from leaflets.diagnostics import Diagnostic, Subject, error
from leaflets.reviews.order import opened
from leaflets.reviews.parts import Shared, Text, parts_of, signed_by
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.people import fold_name
from leaflets.sources.signatures import (
    YEARS,
    Review,
    Signature,
    newest,
    years_later,
)

DATES = "signature-date"
"""The code of a signature whose day cannot be."""
MOST_NAMED = 6
"""Parts that a reason names."""
FOR_SOURCE = ("clinician", "layout")
FOR_TRANSLATION = ("translator", "reviser", "clinician", "layout")


@dataclass(frozen=True, slots=True)
class Held:
    """A signature, and the parts that it does not cover any more."""

    signature: Signature
    open: tuple[Text, ...]
    """New, changed, moved or gone since."""
    proven: bool = True
    """Whether a key proves who signed, where the project asks for that."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a leaflet in a language may be printed as."""

    name: str
    """draft, revised, approved or expired."""
    held: tuple[Held, ...]
    """The newest signature of each role."""
    reasons: tuple[str, ...]
    """Why it is not approved, in plain words; empty when it is."""

    @property
    def printed(self) -> tuple[Signature, ...]:
        """List the signatures that hold, for the imprint."""
        return tuple(
            held.signature for held in self.held if held.proven and not held.open
        )

    @property
    def open(self) -> tuple[Text, ...]:
        """List the texts that some signature does not cover any more."""
        every = {text.key: text for held in self.held for text in held.open}
        return tuple(every.values())


def standing_of(
    material: Material,
    document: Document,
    locale: str,
    shared: Shared,
    *,
    source_approved: bool,
) -> Standing:
    """Judge a leaflet's signatures against all that is printed of it.

    `source_approved` says whether the leaflet is approved in its source language: a
    translation is no better than what it was made from.
    """
    review = material.reviews.get((locale, document.meta.id), Review(locale, ""))
    is_source = locale == material.project.source_locale
    roles = FOR_SOURCE if is_source else FOR_TRANSLATION
    today = material.sources.today
    signatures = [found for role in roles if (found := newest(review, role))]
    # Without a signature there is nothing to compare.
    parts = parts_of(material, document, locale, shared) if signatures else ()
    held = tuple(
        Held(
            signature,
            opened(signature, signed_by(signature.role, parts), review.texts),
            proven=not signature.broken
            and (signature.signer is not None or not material.project.keys_wanted),
        )
        for signature in signatures
    )
    reasons = [
        *_missing(roles, held),
        *(_reopened(entry) for entry in held if entry.open),
        *_unproven(held),
        *_same_person(held),
        *_wrong_days(held, document, today),
    ]
    if not is_source and not source_approved:
        reasons.append("the leaflet is not approved in its source language")
    late = tuple(lateness(held, document.meta.review_by, today))
    if late:
        return Standing("expired", held, (*late, *reasons))
    if not reasons:
        return Standing("approved", held, ())
    whole = {entry.signature.role for entry in held if entry.proven and not entry.open}
    two = {"translator", "reviser"} <= whole and not tuple(_same_person(held))
    return Standing("revised" if two else "draft", held, tuple(reasons))


def _missing(roles: Iterable[str], held: tuple[Held, ...]) -> Iterator[str]:
    there = {entry.signature.role for entry in held}
    for role in roles:
        if role not in there:
            yield (
                "nobody has signed the layout"
                if role == "layout"
                else f"no {role} has signed"
            )


def _reopened(held: Held) -> str:
    """Name the parts that changed after a signature, each with its place."""
    places = list(dict.fromkeys(f"{text.label} ({text.place})" for text in held.open))
    named = ", ".join(places[:MOST_NAMED]) + (" …" if len(places) > MOST_NAMED else "")
    signature = held.signature
    count = len(held.open)
    words = "1 part is" if count == 1 else f"{count} parts are"
    return (
        f"{words} not as the {signature.role} signed on {signature.date}"
        f" for version {signature.version}: {named}"
    )


def same_person(first: Signature, second: Signature) -> bool:
    """Say whether two signatures are one person's: by their keys, or by their names."""
    if first.signer and second.signer:
        return (
            first.signer.principal == second.signer.principal
            or first.signer.key == second.signer.key
        )
    return fold_name(first.name) == fold_name(second.name)


def _same_person(held: tuple[Held, ...]) -> Iterator[str]:
    """Each role is another pair of eyes (of reviser and translator, ISO 17100)."""
    for first, second in combinations((entry.signature for entry in held), 2):
        if same_person(first, second):
            yield f"{first.role} and {second.role} are the same person"


def _unproven(held: tuple[Held, ...]) -> Iterator[str]:
    for entry in held:
        signature = entry.signature
        if signature.broken:
            yield f"the key beside the {signature.role}'s signature does not fit it"
        elif not entry.proven:
            yield f"no key proves who signed as {signature.role}, and the project asks for one"


def _wrong_days(held: tuple[Held, ...], document: Document, today: date) -> list[str]:
    return [
        problem
        for entry in held
        if (problem := day_problem(entry.signature, document, today))
    ]


def day_problem(signature: Signature, document: Document, today: date) -> str:
    """Say why nobody can have signed on that day; nothing if somebody can.

    A signature that is dated ahead would outlast its years.
    """
    said = f"the {signature.role} signed on {signature.date}"
    if signature.date > today:
        return f"{said}, which is to come"
    meta = document.meta
    written = signature.written
    if signature.version == meta.version:
        written = max(written, meta.written)
    if signature.date < written:
        return f"{said}, before version {signature.version} was written on {written}"
    return ""


def check_days(material: Material, locales: Iterable[str]) -> Iterator[Diagnostic]:
    """Find signatures of a day on which nobody can have signed."""
    names = frozenset(locales)
    documents = {document.meta.id: document for document in material.documents}
    for (locale, leaflet), review in material.reviews.items():
        document = documents.get(leaflet)
        for signature in review.signatures if document and locale in names else ():
            assert document is not None
            problem = day_problem(signature, document, material.sources.today)
            if problem:
                subject = Subject(leaflet=leaflet, locale=locale)
                hint = "sign again with `leaflets sign`; it takes the day of today"
                place = signature.location
                yield error(DATES, problem, place, hint, subject=subject)


def lateness(held: tuple[Held, ...], review_by: date, today: date) -> Iterator[str]:
    """Say why a leaflet is out of date on a day; nothing if it is not."""
    if today > review_by:
        yield f"it was to be reviewed by {review_by}"
    for entry in held:
        signature = entry.signature
        if signature.role == "clinician" and today > years_later(signature.date, YEARS):
            yield f"the clinician signed on {signature.date}, over {YEARS} years ago"
