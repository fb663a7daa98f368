"""Release: only what people have approved without a doubt, and why the rest stays.

Takes the front half's result; gives it without the targets that are not approved, and
a finding for each leaflet and language that a release would lose.  No switch bends it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from leaflets.build.front import Front
from leaflets.diagnostics import Diagnostic, Location, Subject, error, gather
from leaflets.pages.composition import Choice, Target
from leaflets.reviews.standing import Standing
from leaflets.sources.signatures import review_path


def only_approved(front: Front, choice: Choice) -> Front:
    """Keep the approved targets; tell of each other one that was asked for, and why."""
    approved = {
        key
        for key, standing in front.standings.items()
        if standing.name == "approved" and not front.doubts.get(key)
    }
    editions = front.material.project.editions
    papers = {one.name for one in editions if one.for_reviewers}
    compositions = tuple(
        one
        for one in front.compositions
        if approved.issuperset(_keys(one.target)) and one.target.edition not in papers
    )
    asked = (*(one.target for one in front.compositions), *front.blocked)
    wanted = [target for target in asked if choice.takes(target)]
    lost = {key for target in wanted for key in _keys(target)} - approved
    told = {key: _told(front, *key) for key in sorted(lost)}
    blocked: Mapping[Target, tuple[Diagnostic, ...]] = {
        **front.blocked,
        **{
            one.target: tuple(told[key] for key in _keys(one.target) if key in told)
            for one in front.compositions
            if not told.keys().isdisjoint(_keys(one.target))
        },
    }
    diagnostics = gather((*front.diagnostics, *told.values()))
    return replace(
        front, compositions=compositions, blocked=blocked, diagnostics=diagnostics
    )


def lapsed(front: Front) -> frozenset[Target]:
    """List the targets that may not lie in a release: their texts are not approved."""
    return frozenset(
        target
        for target in front.blocked
        if any(front.standings[key].name != "approved" for key in _keys(target))
    )


def _keys(target: Target) -> tuple[tuple[str, str], ...]:
    """Name what must be approved: a leaflet in each of the target's languages."""
    return tuple((locale, target.leaflet) for locale in target.locales)


def _open(doubts: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Tell of warnings: what is doubtful is mended or waived before it is final."""
    if doubts:
        first = doubts[0]
        count = f"{len(doubts)} warnings are" if len(doubts) > 1 else "1 warning is"
        yield f"{count} open, at {first.location}: {first.message} [{first.code}]"


def _told(front: Front, locale: str, leaflet: str) -> Diagnostic:
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
