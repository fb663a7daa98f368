"""Decide what must be typeset again, and say why, from one and the same value.

Takes the compositions with their fingerprints, the previous manifest and what is
on disk; gives a `Plan`.  Pure: nothing is read, nothing is changed, and the
order of what is given does not matter.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from leaflets.build.manifest import RECORD_VERSION, Entry, Manifest, output_of
from leaflets.diagnostics import Location
from leaflets.digest import Fingerprint, digest_parts
from leaflets.pages.composition import Composition, Target

OWN_PARTS = {
    "html": "page",
    "stylesheet": "stylesheet",
    "assets": "assets",
    "standing": "standing",
    "date": "date",
}
"""Fields of a composition that make a part of their own; the others together are
its "expectations"."""


@dataclass(frozen=True, slots=True)
class Job:
    """One target to typeset, and why."""

    composition: Composition
    fingerprint: Fingerprint
    reasons: tuple[str, ...]
    """In words; for a target that stays as it is there are none."""

    @property
    def target(self) -> Target:
        """Name the PDF that comes of it."""
        return self.composition.target


@dataclass(frozen=True, slots=True)
class Present:
    """What earlier builds left on disk."""

    outputs: tuple[tuple[str, str], ...] = ()
    """Path and SHA-256 of every listed PDF."""
    records: frozenset[str] = frozenset()
    """Digests of the fingerprints whose facts can be read."""
    refused: frozenset[str] = frozenset()
    """Those among `records` in whose facts the checks find errors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build does: every composition is in one of the first three."""

    run: tuple[Job, ...]
    """To typeset."""
    keep: tuple[Job, ...]
    """Published as they are now."""
    held: tuple[Job, ...]
    """Typeset before, unfit for print, and unchanged since: nothing to do."""
    drop: tuple[Entry, ...]
    """PDFs of targets that the project no longer has."""
    intact: tuple[Entry, ...]
    """What the next manifest lists before anything is typeset."""
    cached: tuple[Target, ...] = ()
    """Published as they are now, and not composed again."""


def fingerprint(
    composition: Composition,
    *,
    fonts: Mapping[str, str],
    tools: tuple[tuple[str, str], ...],
) -> Fingerprint:
    """Name and digest everything that a PDF and its facts are made from.

    Every field of the composition counts but the places in the sources.  Of the
    fonts (family to digest) only those count that the target may be set in, for
    a glyph from any other is an error.
    """
    parts = dict.fromkeys((*OWN_PARTS.values(), "expectations"), "")
    for field in fields(composition):
        name = OWN_PARTS.get(field.name, "expectations")
        value = _without_places(getattr(composition, field.name))
        parts[name] = digest_parts((parts[name], field.name, repr(value)))
    families = sorted((name, fonts.get(name, "")) for name in composition.families)
    parts["fonts"] = digest_parts(text for pair in families for text in pair)
    parts["engine"] = digest_parts(text for pair in sorted(tools) for text in pair)
    parts["facts-format"] = str(RECORD_VERSION)
    return Fingerprint(tuple(parts.items()))


def plan(
    wanted: Iterable[tuple[Composition, Fingerprint]],
    *,
    previous: Manifest,
    present: Present,
    aside: Collection[Target] = (),
    cached: Collection[Target] = (),
) -> Plan:
    """Sort every target into what to do with it.

    `aside` names the targets of the project that have no composition in this
    build, for their text is broken; what was built of them before stays.  Those that are
    `cached` have none either, for nothing has changed that they are made of.
    """
    pairs = sorted(wanted, key=lambda pair: pair[0].target)
    targets = [composition.target for composition, _ in pairs]
    if len(set(targets)) < len(targets):
        raise ValueError("a target is wanted twice")
    entries = {entry.target: entry for entry in previous.entries}
    outputs = dict(present.outputs)
    run, keep, held = [], [], []
    for composition, mark in pairs:
        reasons = _reasons(mark, entries.get(composition.target), outputs, present)
        job = Job(composition, mark, reasons)
        if not reasons:
            keep.append(job)
        elif mark.digest in present.refused:
            held.append(job)
        else:
            run.append(job)
    current = {job.target for job in keep}
    current.update(cached)
    known = {*targets, *aside, *cached}
    intact = tuple(
        replace(entry, earlier=target not in current)
        for target, entry in sorted(entries.items())
        if target in known and outputs.get(entry.output) == entry.sha256
    )
    drop = tuple(
        entry for target, entry in sorted(entries.items()) if target not in known
    )
    return Plan(
        tuple(run), tuple(keep), tuple(held), drop, intact, tuple(sorted(cached))
    )


def narrow(whole: Plan, chosen: Collection[Target]) -> Plan:
    """Leave only the chosen targets to typeset; nothing is dropped.

    What else is stale stays on disk, and the manifest calls it earlier.
    """
    run = tuple(job for job in whole.run if job.target in chosen)
    spared = tuple(replace(entry, earlier=True) for entry in whole.drop)
    return replace(whole, run=run, drop=(), intact=(*whole.intact, *spared))


def settle(done: Plan, made: Iterable[Entry]) -> tuple[Entry, ...]:
    """List what is published now: what was made, and what stayed intact."""
    entries = {entry.target: entry for entry in (*done.intact, *made)}
    return tuple(entries[target] for target in sorted(entries))


def _reasons(
    mark: Fingerprint,
    entry: Entry | None,
    outputs: Mapping[str, str],
    present: Present,
) -> tuple[str, ...]:
    """Say in words why a target is stale; nothing when it is not."""
    if entry is None:
        return ("new",)
    if changed := mark.changed_since(entry.fingerprint):
        return (f"{', '.join(changed)} changed",)
    found = outputs.get(output_of(entry.target))
    if found is None:
        return ("output missing",)
    if found != entry.sha256:
        return ("output changed on disk",)
    if mark.digest not in present.records:
        return ("facts missing",)
    if mark.digest in present.refused:
        # Built when the checks of that day passed; a new rule, or a waiver that
        # ran out, now finds an error in it.
        return ("no longer passes the checks",)
    return ()


def _without_places(value: Any) -> Any:
    """Turn a value into nested tuples, leaving out where it comes from."""
    if isinstance(value, Location):
        return None
    if is_dataclass(value):
        return tuple(
            (field.name, _without_places(getattr(value, field.name)))
            for field in fields(value)
        )
    if isinstance(value, bytes):
        return digest_parts((value,))
    return tuple(map(_without_places, value)) if isinstance(value, tuple) else value
