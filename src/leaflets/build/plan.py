"""Plan which targets are stale, and say why.

Takes the compositions with their fingerprints, the previous manifest and what is
on disk; gives a `Plan`.  Pure: nothing is read or changed, and the order of the
arguments does not matter.
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
"""Fields of a composition that are parts of the fingerprint by themselves; all other
fields together are the part "expectations"."""


@dataclass(frozen=True, slots=True)
class Job:
    """A target, its fingerprint, and why it is typeset."""

    composition: Composition
    fingerprint: Fingerprint
    reasons: tuple[str, ...]
    """Why it is stale, in words; empty for a target that is up to date."""

    @property
    def target(self) -> Target:
        """Return the target of the composition."""
        return self.composition.target


@dataclass(frozen=True, slots=True)
class Present:
    """What earlier builds left on disk."""

    outputs: tuple[tuple[str, str], ...] = ()
    """Path and SHA-256 of every listed PDF."""
    records: frozenset[str] = frozenset()
    """Digests of the fingerprints whose records can be read."""
    refused: frozenset[str] = frozenset()
    """Those of `records` in which the checks find errors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build does; every composition is in one of `run`, `keep` and `held`."""

    run: tuple[Job, ...]
    """To typeset."""
    keep: tuple[Job, ...]
    """Up to date."""
    held: tuple[Job, ...]
    """Unchanged since they were typeset and found unfit for print: nothing to do."""
    drop: tuple[Entry, ...]
    """PDFs to remove: the project no longer has their targets."""
    intact: tuple[Entry, ...]
    """Entries that the next manifest takes over from the previous one."""
    cached: tuple[Target, ...] = ()
    """Up to date, and not composed in this build."""


def fingerprint_of(
    composition: Composition,
    *,
    fonts: Mapping[str, str],
    tools: tuple[tuple[str, str], ...],
) -> Fingerprint:
    """Return the fingerprint of everything that a PDF and its record are made from.

    Every field of the composition counts, except places in the sources.  `fonts`
    maps families to digests; only those that the target may be set in count,
    because a glyph from any other is an error.  `tools` are names and versions.
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
    unseen: Collection[Target] = (),
    cached: Collection[Target] = (),
) -> Plan:
    """Sort every target by what the build does with it.

    `aside`, `unseen` and `cached` are targets of the project without a composition in
    this build.  Those in `aside` have errors or wait: their PDFs stay, as earlier ones.
    Those in `unseen` were not looked at: their entries stay as they are.  Those in
    `cached` are up to date.
    """
    pairs = sorted(wanted, key=lambda pair: pair[0].target)
    targets = [composition.target for composition, _ in pairs]
    if len(set(targets)) < len(targets):
        raise ValueError("a target is wanted twice")
    entries = {entry.target: entry for entry in previous.entries}
    outputs = dict(present.outputs)
    run, keep, held = [], [], []
    for composition, fingerprint in pairs:
        reasons = _reasons(
            fingerprint, entries.get(composition.target), outputs, present
        )
        job = Job(composition, fingerprint, reasons)
        if not reasons:
            keep.append(job)
        elif fingerprint.digest in present.refused:
            held.append(job)
        else:
            run.append(job)
    current = {job.target for job in keep}
    current.update(cached)
    known = {*targets, *aside, *unseen, *cached}
    intact = tuple(
        entry if target in unseen else replace(entry, earlier=target not in current)
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
    """Restrict a plan to the chosen targets; nothing is removed.

    Other stale PDFs stay on disk; the manifest lists them as `earlier`.
    """
    run = tuple(job for job in whole.run if job.target in chosen)
    spared = tuple(replace(entry, earlier=True) for entry in whole.drop)
    return replace(whole, run=run, drop=(), intact=(*whole.intact, *spared))


def entries_after(executed: Plan, built: Iterable[Entry]) -> tuple[Entry, ...]:
    """List the entries after a plan was executed: those built, and those kept."""
    entries = {entry.target: entry for entry in (*executed.intact, *built)}
    return tuple(entries[target] for target in sorted(entries))


def _reasons(
    fingerprint: Fingerprint,
    entry: Entry | None,
    outputs: Mapping[str, str],
    present: Present,
) -> tuple[str, ...]:
    """Say in words why a target is stale; empty when it is not."""
    if entry is None:
        return ("new",)
    if changed := fingerprint.changed_since(entry.fingerprint):
        return (f"{', '.join(changed)} changed",)
    digest = outputs.get(output_of(entry.target))
    if digest is None:
        return ("output missing",)
    if digest != entry.sha256:
        return ("output changed on disk",)
    if fingerprint.digest not in present.records:
        return ("facts missing",)
    if fingerprint.digest in present.refused:
        # It passed the checks when it was built; since then a rule was added, or a
        # waiver expired.
        return ("no longer passes the checks",)
    return ()


def _without_places(value: Any) -> Any:
    """Convert a value to nested tuples, without its places in the sources."""
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
