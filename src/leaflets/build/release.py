"""Restrict a build to approved leaflets, and say why the others are left out.

Takes the result of the front half; gives it without the targets that are not approved,
and with a finding for each leaflet and locale that is left out.  No option changes
this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from leaflets.build.front import Front
from leaflets.diagnostics import Diagnostic, Location, Subject, error, gather
from leaflets.pages.composition import Choice, Target
from leaflets.reviews.standing import Standing
from leaflets.sources.signatures import review_path


def only_approved(front: Front, choice: Choice) -> Front:
    """Keep the approved targets; a finding says why each other one is left out."""
    approved = {
        key
        for key, standing in front.standings.items()
        if standing.name == "approved" and not front.doubts.get(key)
    }
    editions = front.material.project.editions
    papers = {edition.name for edition in editions if edition.for_reviewers}
    compositions = tuple(
        composition
        for composition in front.compositions
        if approved.issuperset(_keys(composition.target))
        and composition.target.edition not in papers
    )
    asked = (
        *(composition.target for composition in front.compositions),
        *front.blocked,
    )
    wanted = [target for target in asked if choice.takes(target)]
    lost = {key for target in wanted for key in _keys(target)} - approved
    refusals = {key: _refusal(front, *key) for key in sorted(lost)}
    blocked: Mapping[Target, tuple[Diagnostic, ...]] = {
        **front.blocked,
        **{
            composition.target: tuple(
                refusals[key] for key in _keys(composition.target) if key in refusals
            )
            for composition in front.compositions
            if not refusals.keys().isdisjoint(_keys(composition.target))
        },
    }
    diagnostics = gather((*front.diagnostics, *refusals.values()))
    return replace(
        front, compositions=compositions, blocked=blocked, diagnostics=diagnostics
    )


def lapsed(front: Front) -> frozenset[Target]:
    """List the targets that must leave a release: a text is no longer approved."""
    return frozenset(
        target
        for target in front.blocked
        if any(front.standings[key].name != "approved" for key in _keys(target))
    )


def _keys(target: Target) -> tuple[tuple[str, str], ...]:
    """Return what must be approved: the leaflet in each locale of the target."""
    return tuple((locale, target.leaflet) for locale in target.locales)


def _open(doubts: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Name the open warnings: each must be mended or waived before a release."""
    if doubts:
        first = doubts[0]
        count = f"{len(doubts)} warnings are" if len(doubts) > 1 else "1 warning is"
        yield f"{count} open, at {first.location}: {first.message} [{first.code}]"


def _refusal(front: Front, locale: str, leaflet: str) -> Diagnostic:
    standing: Standing = front.standings[locale, leaflet]
    known = front.material.project.locale(locale)
    language = known.english_name if known else locale
    why = "; ".join(
        (*standing.reasons, *_open(front.doubts.get((locale, leaflet), ())))
    )
    lost = error(
        "not-approved",
        f'"{leaflet}" in {language} is not released: {why}',
        Location(review_path(locale, leaflet)),
        f"its standing is {standing.name}; `leaflets sign` records who answers for it",
    )
    return replace(lost, subject=Subject(leaflet=leaflet, locale=locale))
