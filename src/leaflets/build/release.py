"""Restrict a build to approved leaflets, and say why the others wait.

Takes the result of the front half; gives it without the targets that are not approved,
and with a finding for each leaflet and locale that waits for people.  What is approved
and cannot be built is an error.  No option changes this.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from leaflets.build.front import Front
from leaflets.diagnostics import (
    Diagnostic,
    Location,
    Subject,
    error,
    gather,
    waiting,
)
from leaflets.pages.composition import Choice, Target
from leaflets.reviews.standing import DATES, lateness
from leaflets.reviews.version import CODE as VERSION
from leaflets.sources.project import PATH
from leaflets.sources.signatures import CODE as REVIEW
from leaflets.sources.signatures import review_path
from leaflets.sources.ssh import CODE as KEY
from leaflets.sources.toml import read_settings

ALWAYS = (REVIEW, VERSION, DATES, KEY)
"""Codes that a release tells whatever they are about: signatures that do not hold."""
Key = tuple[str, str]
"""A leaflet in a language: locale and leaflet."""
Obstacles = Mapping[Target, tuple[Diagnostic, ...]]


def only_approved(front: Front, choice: Choice) -> Front:
    """Keep the approved targets; a finding says why each other one is left out.

    Findings about what nobody has approved are left out with it: `leaflets check` tells
    them, and they are no fault of the release.
    """
    approved = _approved(front)
    faults = {
        diagnostic for diagnostic in front.diagnostics if diagnostic.code == VERSION
    }
    editions = front.material.project.editions
    papers = {edition.name for edition in editions if edition.for_reviewers}
    asked = (
        *(composition.target for composition in front.compositions),
        *front.blocked,
    )
    wanted = [target for target in asked if choice.takes(target)]
    keys = {key for target in wanted for key in _keys(target)}
    refusals = {
        key: refusal
        for key in sorted(keys)
        if (refusal := _refusal(front, *key, approved=key in approved))
    }
    unnamed = tuple(_unnamed(front))
    obstacles: dict[Target, tuple[Diagnostic, ...]] = {}
    for target in asked:
        why = [refusals[key] for key in _keys(target) if key in refusals]
        if approved.issuperset(_keys(target)):
            why += [*front.blocked.get(target, ()), *unnamed]
            why += [fault for fault in faults if _is_about(fault, _keys(target))]
        if why:
            obstacles[target] = gather(why)
    compositions = tuple(
        composition
        for composition in front.compositions
        if composition.target not in obstacles
        and approved.issuperset(_keys(composition.target))
        and composition.target.edition not in papers
    )
    told = (
        diagnostic
        for diagnostic in front.diagnostics
        if diagnostic.code in ALWAYS or _is_about(diagnostic, approved)
    )
    diagnostics = gather((*told, *refusals.values(), *unnamed))
    blocked = {**front.blocked, **obstacles}
    return replace(
        front, compositions=compositions, blocked=blocked, diagnostics=diagnostics
    )


def lapsed(front: Front) -> frozenset[Target]:
    """List the targets that must leave a release: a text is no longer approved."""
    approved = _approved(front)
    return frozenset(
        target for target in front.blocked if not approved.issuperset(_keys(target))
    )


def _approved(front: Front) -> frozenset[Key]:
    """List what is approved, and not out of date today."""
    return frozenset(
        key
        for key, standing in front.standings.items()
        if standing.name == "approved" and not _outdated(front, *key)
    )


def _outdated(front: Front, locale: str, leaflet: str) -> tuple[str, ...]:
    """Say why a leaflet is out of date by the clock, whatever day a build is told.

    SOURCE_DATE_EPOCH makes the bytes of a build the same again.  It does not make what
    is handed out today any younger.
    """
    (review_by,) = (
        document.meta.review_by
        for document in front.material.documents
        if document.meta.id == leaflet
    )
    held = front.standings[locale, leaflet].held
    return tuple(lateness(held, review_by, front.material.sources.clock))


def _keys(target: Target) -> tuple[Key, ...]:
    """Return what must be approved: the leaflet in each locale of the target."""
    return tuple((locale, target.leaflet) for locale in target.locales)


def _is_about(diagnostic: Diagnostic, keys: Collection[Key]) -> bool:
    """Say whether a finding is about the whole project, or about one of the leaflets.

    One about a bilingual edition is, where both of its languages are among them.
    """
    subject = diagnostic.subject
    if not subject.leaflet and not subject.locale:
        return True
    return any(
        subject.leaflet in ("", leaflet)
        and all((part, leaflet) in keys for part in subject.locale.split("+") if part)
        for _, leaflet in keys
    )


def _unnamed(front: Front) -> Iterator[Diagnostic]:
    """Find what the imprint would say is still to be named before release."""
    project = front.material.project
    data = front.material.sources.files[PATH]
    settings, _ = read_settings(data, PATH, code="project-file")
    for key, text, what in (
        ("publisher", project.publisher, "who publishes the leaflets"),
        ("funding", project.funding, "who pays for them, and what interests there are"),
    ):
        if not text.strip():
            place = settings.place("tool", "leaflets", key)
            message = f"a release names {what}, and {key} is empty"
            hint = f'write {key} = "…"; every page would say that it is to be named'
            yield error("imprint-unnamed", message, place, hint)


def _open(doubts: tuple[Diagnostic, ...]) -> str:
    """Name the open warnings: each must be mended or waived before a release."""
    first = doubts[0]
    count = f"{len(doubts)} warnings are" if len(doubts) > 1 else "1 warning is"
    return f"{count} open, at {first.location}: {first.message} [{first.code}]"


def _refusal(
    front: Front, locale: str, leaflet: str, *, approved: bool
) -> Diagnostic | None:
    """Say why a leaflet is not released in a language; None where it is.

    Without an approval it waits; with one, an open warning is in the way.
    """
    standing = front.standings[locale, leaflet]
    known = front.material.project.locale(locale)
    language = known.english_name if known else locale
    start = f'"{leaflet}" in {language} is not released: '
    place = Location(review_path(locale, leaflet))
    subject = Subject(leaflet=leaflet, locale=locale)
    doubts = front.doubts.get((locale, leaflet), ())
    if not approved:
        hint = f"its standing is {standing.name}; `leaflets sign` records who answers for it"
        if not standing.reasons:
            hint = "SOURCE_DATE_EPOCH is before today, and does not make it younger"
        reasons = standing.reasons or _outdated(front, locale, leaflet)
        why = start + "; ".join(reasons)
        return waiting("not-approved", why, place, hint, subject=subject)
    if doubts:
        hint = "it is approved: mend it, or waive it with a reason and an end"
        return error(
            "not-approved", start + _open(doubts), place, hint, subject=subject
        )
    return None
