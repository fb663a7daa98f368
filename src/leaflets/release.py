"""Release: only what people have approved without a doubt, and why the rest stays.

Takes the front half's result; gives it without the targets that are not approved, and
a finding for each leaflet and language that a release would lose.  No switch bends it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from leaflets.composition import Target
from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.front import Choice, Front
from leaflets.reviews import review_path
from leaflets.standing import Standing

FOLDER = "release"
"""Below the build folder: drafts never lie beside what may be handed out."""


def only_approved(front: Front, choice: Choice) -> Front:
    """Keep the approved targets; tell of each other one that was asked for, and why."""
    approved = {
        key
        for key, standing in front.standings.items()
        if standing.name == "approved" and not front.doubts.get(key)
    }
    papers = {one.name for one in front.material.project.editions if one.on_request}
    compositions = tuple(
        one
        for one in front.compositions
        if _key(one.target) in approved and one.target.edition not in papers
    )
    asked = (*(one.target for one in front.compositions), *front.blocked)
    lost = {_key(target) for target in asked if choice.takes(target)} - approved
    told = {key: _told(front, *key) for key in sorted(lost)}
    blocked: Mapping[Target, tuple[Diagnostic, ...]] = {
        **front.blocked,
        **{
            one.target: (told[_key(one.target)],)
            for one in front.compositions
            if _key(one.target) in told
        },
    }
    found = gather((*front.diagnostics, *told.values()))
    return replace(front, compositions=compositions, blocked=blocked, diagnostics=found)


def lapsed(front: Front) -> frozenset[Target]:
    """List the targets that may not lie in a release: their texts are not approved."""
    return frozenset(
        target
        for target in front.blocked
        if front.standings[_key(target)].name != "approved"
    )


def _key(target: Target) -> tuple[str, str]:
    return target.locale, target.leaflet


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
    return error(
        "not-approved",
        f'"{leaflet}" in {language} is not released: {why}',
        Location(review_path(locale, leaflet)),
        f"its standing is {standing.name}; `leaflets sign` records who answers for it",
    )
