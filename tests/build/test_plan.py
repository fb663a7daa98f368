"""The plan runs what is stale, all of it and nothing else, and says why."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leaflets.build.manifest import Manifest, output_of
from leaflets.build.plan import (
    Plan,
    Present,
    entries_after,
    fingerprint_of,
    narrow,
    plan,
)
from leaflets.diagnostics import Location
from leaflets.pages.composition import Composition, Passage, Step, Target
from leaflets.paper.fold import FOLDS, Fold
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Shop
from samples import FONTS, TOOLS, composition, entry, target

names = some.builds(
    target, some.sampled_from(["tired", "blood", "spasm"]), some.sampled_from("abcd")
)
projects = some.lists(names, unique=True, max_size=8).map(
    lambda targets: [composition(name, f"<p>{name}</p>") for name in targets]
)
NOTHING = Manifest(), Present()


def planned(
    pages: list[Composition],
    before: tuple[Manifest, Present] = NOTHING,
    *,
    fonts: dict[str, str] = FONTS,
    aside: tuple[Target, ...] = (),
    unseen: tuple[Target, ...] = (),
) -> Plan:
    """Plan some compositions over what was there before."""
    pairs = [(page, fingerprint_of(page, fonts=fonts, tools=TOOLS)) for page in pages]
    manifest, present = before
    return plan(pairs, previous=manifest, present=present, aside=aside, unseen=unseen)


def executed(done: Plan) -> tuple[Manifest, Present]:
    """Return what a build leaves on disk when every job succeeds."""
    built = [entry(job, job.composition.html.encode()) for job in done.run]
    entries = entries_after(done, built)
    outputs = tuple((entry.output, entry.sha256) for entry in entries)
    digests = frozenset(entry.fingerprint.digest for entry in entries)
    return Manifest(entries), Present(outputs, digests)


def reasons(done: Plan) -> dict[Target, tuple[str, ...]]:
    """Return the reasons by target."""
    return {job.target: job.reasons for job in done.run}


@given(projects)
def test_a_first_build_runs_everything(pages: list[Composition]) -> None:
    """In an empty folder every target is new."""
    assert reasons(planned(pages)) == {page.target: ("new",) for page in pages}


@given(projects)
def test_a_second_build_has_nothing_to_do(pages: list[Composition]) -> None:
    """After a plan is executed, the next one is empty and keeps all."""
    again = planned(pages, executed(planned(pages)))

    assert again.run == again.held == again.drop == ()
    assert {job.target for job in again.keep} == {page.target for page in pages}
    assert not any(entry.earlier for entry in again.intact)


@given(projects, some.randoms())
def test_order_does_not_matter(pages: list[Composition], chance: object) -> None:
    """The plan is the same for the same things in another order."""
    manifest, present = executed(planned(pages[::2]))
    before = planned(pages, (manifest, present))
    mixed = list(pages)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    turned = Manifest(manifest.entries[::-1])
    after = planned(mixed, (turned, replace(present, outputs=present.outputs[::-1])))

    assert after == before


@given(projects, some.data())
def test_a_changed_page_runs_alone(
    pages: list[Composition], data: some.DataObject
) -> None:
    """Exactly the targets whose page changed run, and the rest is kept."""
    before = executed(planned(pages))
    flags = {page.target: data.draw(some.booleans()) for page in pages}
    changed = {name for name, flag in flags.items() if flag}
    after = [
        replace(page, html="<p>…</p>") if page.target in changed else page
        for page in pages
    ]
    done = planned(after, before)

    assert reasons(done) == dict.fromkeys(changed, ("page changed",))
    assert {entry.target for entry in done.intact if entry.earlier} == changed


@given(some.lists(names, unique=True, min_size=1), some.sampled_from(list(FONTS)))
def test_a_changed_font_runs_what_is_set_in_it(
    targets: list[Target], family: str
) -> None:
    """A new font file reruns the targets of its family, and no other."""
    families = {name: "Noto Sans Arabic" for name in targets if name.locale < "c"}
    pages = [
        replace(composition(name), families=(families.get(name, "Noto Sans"),))
        for name in targets
    ]
    done = planned(pages, executed(planned(pages)), fonts=FONTS | {family: "new"})

    expected = {page.target for page in pages if family in page.families}
    assert reasons(done) == dict.fromkeys(expected, ("fonts changed",))


def _other(value: object) -> object:
    match value:
        case str():
            return f"{value}x"
        case int() | float():
            return value + 1
        case Target():
            return replace(value, paper="Letter")
        case Shop():
            return replace(value, ink=240.0)
        case bytes():
            return value + b"!"
        case None:
            return Step(9.0, "p { margin: 0 }")
        case Fold():
            return FOLDS["z"] if value != FOLDS["z"] else FOLDS["c"]
        case Margins():
            return replace(value, top=value.top + 1)
        case ():
            return (("benefits", ("risks",)),)
        case tuple():
            return value[1:]
    raise AssertionError(f"no other value for {value!r}")


@pytest.mark.parametrize(
    "name", [field.name for field in fields(Composition) if field.name != "location"]
)
def test_every_field_is_in_the_fingerprint(name: str) -> None:
    """No field of a composition can change behind the planner's back."""
    page = composition()
    other = replace(page, **{name: _other(getattr(page, name))})
    before = fingerprint_of(page, fonts=FONTS, tools=TOOLS)

    assert fingerprint_of(other, fonts=FONTS, tools=TOOLS) != before


@pytest.mark.parametrize(
    "name", [field.name for field in fields(Passage) if field.type is not Location]
)
def test_every_field_of_a_passage_but_its_place_counts(name: str) -> None:
    """What must be found on paper is a part of the fingerprint."""
    page = composition()
    passage = replace(page.passages[0], tags=("death",))
    page = replace(page, passages=(passage,))
    if name == "translation":
        other = replace(passage, translation=Location("locales/es.po", 4))
        moved = replace(passage, translation=Location("locales/es.po", 5))
        pair = replace(page, passages=(other,)), replace(page, passages=(moved,))
        fingerprints = [
            fingerprint_of(passage, fonts=FONTS, tools=TOOLS) for passage in pair
        ]
        assert fingerprints[0] == fingerprints[1]
        return
    other = replace(passage, **{name: _other(getattr(passage, name))})
    fingerprints = [
        fingerprint_of(changed, fonts=FONTS, tools=TOOLS)
        for changed in (page, replace(page, passages=(other,)))
    ]

    assert fingerprints[1].changed_since(fingerprints[0]) == ("expectations",)


def test_moving_down_a_line_changes_nothing() -> None:
    """Places in the sources are not a part of the page."""
    page = composition()
    moved = replace(page, location=replace(page.location, line=40))

    assert planned([moved], executed(planned([page]))).run == ()


def test_several_changes_are_told_together() -> None:
    """The reason names every part that changed, in a fixed order."""
    page = composition()
    before = executed(planned([page]))
    other = replace(page, html="…", stylesheet="…", assets=(), date="2027")
    done = planned([other], before, fonts={"Noto Sans": "new"})

    ((why,),) = reasons(done).values()
    assert why == "page, stylesheet, assets, date, fonts changed"


def test_new_tools_run_everything() -> None:
    """Another Pango may break lines elsewhere."""
    page = composition()
    fingerprint = fingerprint_of(page, fonts=FONTS, tools=(("pango", "1.56"), TOOLS[1]))
    manifest, present = executed(planned([page]))
    done = plan([(page, fingerprint)], previous=manifest, present=present)

    assert reasons(done) == {page.target: ("engine changed",)}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"outputs": ()}, "output missing"),
        ({"outputs": (("es/tired.sheet.A4.pdf", "00"),)}, "output changed on disk"),
        ({"records": frozenset()}, "facts missing"),
    ],
)
def test_what_is_lost_is_made_again(change: dict[str, object], why: str) -> None:
    """A missing or tampered PDF, or lost facts, run the target again."""
    page = composition()
    manifest, present = executed(planned([page]))
    done = planned([page], (manifest, replace(present, **change)))

    assert reasons(done) == {page.target: (why,)}


def test_a_tampered_pdf_is_not_listed() -> None:
    """What is on disk and is not ours is never in the manifest."""
    page = composition()
    manifest, present = executed(planned([page]))
    outputs = ((output_of(page.target), "00"),)
    done = planned([page], (manifest, replace(present, outputs=outputs)))

    assert entries_after(done, ()) == ()


def test_an_unfit_target_is_not_tried_again() -> None:
    """Facts with errors hold a target back until something changes."""
    page = composition()
    digest = fingerprint_of(page, fonts=FONTS, tools=TOOLS).digest
    digests = frozenset((digest,))
    done = planned([page], (Manifest(), Present((), digests, refused=digests)))

    assert [job.target for job in done.held] == [page.target]
    assert done.run == done.keep == ()
    waived = planned([page], (Manifest(), Present((), digests)))
    assert reasons(waived) == {page.target: ("new",)}


def test_an_earlier_pdf_outlives_a_failure() -> None:
    """The last good PDF stays, is called earlier, and is current when restored."""
    page = composition()
    before = executed(planned([page]))
    broken = replace(page, html="<p>too long</p>")
    failed = entries_after(planned([broken], before), ())

    assert [(entry.earlier, entry.fingerprint) for entry in failed] == [
        (True, before[0].entries[0].fingerprint)
    ]
    restored = planned([page], (Manifest(failed), before[1]))
    assert restored.run == ()
    assert entries_after(restored, ()) == before[0].entries


def test_a_pdf_that_fails_a_new_rule_is_earlier() -> None:
    """A rule made after the build takes the PDF out of the release."""
    page = composition()
    manifest, present = executed(planned([page]))
    strict = planned([page], (manifest, replace(present, refused=present.records)))

    assert [job.reasons for job in strict.held] == [("no longer passes the checks",)]
    assert [entry.earlier for entry in strict.intact] == [True]


def test_a_target_that_is_gone_is_dropped() -> None:
    """A PDF whose target left the project leaves with it."""
    pages = [composition(target(locale=name)) for name in ("es", "fr")]
    before = executed(planned(pages))
    done = planned(pages[:1], before)

    assert [entry.target for entry in done.drop] == [pages[1].target]
    assert [entry.target for entry in entries_after(done, ())] == [pages[0].target]


def test_a_target_set_aside_is_not_dropped() -> None:
    """A catalog that cannot be read costs no leaflet its last PDF."""
    pages = [composition(target(locale=name)) for name in ("es", "fr")]
    before = executed(planned(pages))
    done = planned(pages[:1], before, aside=(pages[1].target,))

    assert done.drop == ()
    assert [entry.earlier for entry in entries_after(done, ())] == [False, True]


@pytest.mark.parametrize("earlier", [True, False])
def test_what_was_not_looked_at_stays_listed_as_it_is(earlier: bool) -> None:
    """Of a target outside the choice nothing new is known."""
    pages = [composition(target(locale=name)) for name in ("es", "fr")]
    manifest, present = executed(planned(pages))
    listed = tuple(replace(entry, earlier=earlier) for entry in manifest.entries)
    before = replace(manifest, entries=listed), present
    done = planned(pages[:1], before, unseen=(pages[1].target,))

    assert done.drop == ()
    assert [entry.earlier for entry in entries_after(done, ())] == [False, earlier]


def test_a_narrowed_plan_touches_nothing_else() -> None:
    """Building one locale neither runs, drops nor forgets another."""
    pages = [composition(target(locale=name)) for name in ("es", "fr", "he")]
    before = executed(planned(pages))
    stale = [replace(page, html="<p>…</p>") for page in pages[:2]]
    done = narrow(planned(stale, before), {pages[0].target})

    assert [job.target for job in done.run] == [pages[0].target]
    assert done.drop == ()
    listed = entries_after(done, [entry(job, b"x") for job in done.run])
    assert [entry.earlier for entry in listed] == [False, True, True]


def test_a_target_twice_is_a_fault_of_the_program() -> None:
    """Two compositions for one file cannot both be right."""
    with pytest.raises(ValueError, match="twice"):
        planned([composition(), composition()])
