"""Sign: record that a person answers for a leaflet in a language.

Takes a leaflet in a language and who signs; gives the review with the signature, or
says why that cannot be signed.  The tool never signs by itself.
"""

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, Subject, error
from leaflets.reviews.parts import parts_of, shared_of, signed_by
from leaflets.reviews.standing import same_person
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.signatures import (
    ROLES,
    Review,
    Signature,
    newest,
    review_path,
    signature_problem,
    signed,
)

LINGUISTS = ("translator", "reviser")


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
    """Sign all that a role answers for, as it is now; LeafletsError where that is refused.

    `obstacles` are the errors that keep these texts from being signed.  Refused is
    whoever has signed in another role, too.
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
    if role in LINGUISTS and locale == material.project.source_locale:
        raise refused(f"a leaflet in its source language has no {role}")
    today, meta = material.sources.today, document.meta
    if today > meta.review_by:
        why = f"the leaflet was to be reviewed by {meta.review_by}"
        raise refused(why, f"give {document.path} new dates first")
    if today < meta.written:
        why = f"today is {today}, and the leaflet was written on {meta.written}"
        raise refused(why, "nobody has read what is written later")
    parts = parts_of(material, document, locale, shared_of(material))
    texts = signed_by(role, parts)
    signature = Signature(
        role=role,
        name=" ".join(name.split()),
        credentials=" ".join(credentials.split()),
        method=method,
        date=today,
        version=meta.version,
        written=meta.written,
        texts=tuple((text.key, text.signed.digest) for text in texts),
        location=Location(path),
    )
    for other in filter(None, (newest(review, name) for name in ROLES if name != role)):
        if same_person(signature, other):
            why = f"{role} and {other.role} are two people"
            why += " (ISO 17100)" if {role, other.role} == set(LINGUISTS) else ""
            raise refused(why, f"{other.name} has signed as {other.role}")
    return signed(
        review, signature, {text.signed.digest: text.signed for text in texts}
    )
