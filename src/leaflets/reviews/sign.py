"""Sign: record that a person answers for a leaflet in a language.

Takes a leaflet in a language and who signs; gives the review with the signature, or
says why that cannot be signed.  The tool never signs by itself.
"""

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, Subject, error
from leaflets.reviews.standing import newest, texts_of, to_sign
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.signatures import (
    Review,
    Signature,
    fold_name,
    review_path,
    signature_problem,
    signed,
)

OTHER = {"translator": "reviser", "reviser": "translator"}


def sign(
    material: Material,
    document: Document,
    locale: str,
    obstacles: tuple[Diagnostic, ...],
    *,
    role: str,
    name: str,
    credentials: str,
    method: str,
) -> Review:
    """Sign all texts of a leaflet as they are now; LeafletsError where that is refused.

    `obstacles` are the errors that keep these texts from being signed.  Refused is a
    reviser who is the translator, too.
    """
    path = review_path(locale, document.meta.id)
    review = material.reviews.get(
        (locale, document.meta.id), Review(locale, document.meta.id)
    )

    def refused(why: str, hint: str = "") -> LeafletsError:
        subject = Subject(leaflet=document.meta.id, locale=locale)
        place = Location(path)
        return LeafletsError(
            (error("signature-refused", why, place, hint, subject=subject),)
        )

    if obstacles:
        raise LeafletsError(obstacles)
    if problem := signature_problem(role, name, credentials, method):
        raise refused(problem)
    if role in OTHER and locale == material.project.source_locale:
        raise refused(f"a leaflet in its source language has no {role}")
    other = newest(review, OTHER[role]) if role in OTHER else None
    if other and fold_name(other.name) == fold_name(name):
        why = "translator and reviser are two people (ISO 17100)"
        raise refused(why, f"{other.name} has signed as {other.role}")
    if material.sources.today > document.meta.review_by:
        why = f"the leaflet was to be reviewed by {document.meta.review_by}"
        raise refused(why, f"give {document.path} new dates first")
    texts = to_sign(material, texts_of(material, document, locale), role)
    signature = Signature(
        role=role,
        name=" ".join(name.split()),
        credentials=" ".join(credentials.split()),
        method=method,
        date=material.sources.today,
        version=document.meta.version,
        texts=tuple((text.key, text.signed.digest) for text in texts),
        location=Location(path),
    )
    return signed(
        review, signature, {text.signed.digest: text.signed for text in texts}
    )
