"""Version: the words that a clinician signed under a version stay its words.

Takes a leaflet's texts as they are now and its signatures; finds where other words stand
under a version that was signed, and proposes the next one.  The version is printed on
every page, and readers compare copies by it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from leaflets.diagnostics import Diagnostic, Subject, error
from leaflets.reviews.parts import (
    Shared,
    Text,
    printed_furniture,
    shared_of,
    texts_of,
)
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.signatures import (
    FURNITURE,
    LAYOUT,
    PAGE,
    Signature,
)

CODE = "version-unchanged"
MOST_NAMED = 6
"""Changed texts that a finding names."""
LAST_NUMBER = re.compile(r"[0-9]+(?=[^0-9]*\Z)")
NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def check_versions(
    material: Material, locales: Collection[str]
) -> Iterator[Diagnostic]:
    """Find each leaflet whose words changed under a version that a clinician signed.

    `locales` are those whose catalogs were read.  What changed in the source language is
    told once, as a finding about the leaflet in every language.
    """
    if not material.reviews:
        return
    source = material.project.source_locale
    shared = shared_of(material)
    for document in material.documents:
        leaflet = document.meta.id
        if found := _check(material, document, source, shared):
            yield replace(found, subject=Subject(leaflet=leaflet))
            continue
        for locale in locales:
            if locale != source and (
                found := _check(material, document, locale, shared)
            ):
                yield replace(found, subject=Subject(leaflet=leaflet, locale=locale))


def next_version(version: str) -> str:
    """Propose the version after this one.

    >>> next_version("0.1.9"), next_version("2, second print"), next_version("first")
    ('0.1.10', '3, second print', 'first.1')
    """
    raised, count = LAST_NUMBER.subn(lambda last: str(int(last[0]) + 1), version)
    return raised if count else f"{version}.1"


def is_older(version: str, other: str) -> bool:
    """Say whether a version comes before another; only numbers have an order.

    >>> is_older("0.9", "0.10"), is_older("0.10", "0.10"), is_older("b", "c")
    (True, False, False)
    """
    if not NUMBERS.fullmatch(version) or not NUMBERS.fullmatch(other):
        return False
    first, second = (
        tuple(int(number) for number in text.split(".")) for text in (version, other)
    )
    return first < second


def _check(
    material: Material, document: Document, locale: str, shared: Shared
) -> Diagnostic | None:
    """Compare one leaflet in one language with what its clinicians signed."""
    review = material.reviews.get((locale, document.meta.id))
    signatures = [
        signature
        for signature in (review.signatures if review else ())
        if signature.role == "clinician"
    ]
    version = document.meta.version
    known = material.project.locale(locale)
    language = known.english_name if known else locale
    for signature in signatures:
        if is_older(version, signature.version):
            message = (
                f"version {signature.version} was signed in {language} on"
                f" {signature.date}, and version {version} comes before it"
            )
            return _finding(document, message, signature.version)
    if all(signature.version != version for signature in signatures):
        return None
    texts = texts_of(material, document, locale, shared)
    printed = printed_furniture(material)
    for signature in signatures:
        if signature.version == version:
            changed = tuple(_changes(signature, texts, printed))
            if changed:
                named = ", ".join(changed[:MOST_NAMED])
                more = " …" if len(changed) > MOST_NAMED else ""
                message = (
                    f"version {version} was signed in {language} on {signature.date}"
                    f" with other words: {named}{more}"
                )
                return _finding(document, message, version)
    return None


def _finding(document: Document, message: str, signed: str) -> Diagnostic:
    """Tell it at the line of the version, with the version to write there."""
    hint = (
        f'write version = "{next_version(signed)}" there, and under "written" the day;'
        " signatures for texts that did not change stay"
    )
    return error(CODE, message, document.meta.version_place, hint)


def _changes(
    signature: Signature, texts: Iterable[Text], printed: Collection[str]
) -> Iterator[str]:
    """Name what is not as it was signed: texts, their order, or texts that are gone."""
    own = [text for text in texts if not text.key.startswith(FURNITURE)]
    furniture = [text for text in texts if text.key in printed]
    known = signature.digests
    labels = [
        text.label for text in (*own, *furniture) if text.signed.digest not in known
    ]
    yield from dict.fromkeys(labels)
    before = [
        digest
        for key, digest in signature.texts
        if not key.startswith((FURNITURE, PAGE, LAYOUT))
    ]
    if not labels and before != [text.signed.digest for text in own]:
        yield "texts were moved or taken out"
