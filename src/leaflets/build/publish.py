"""The back half: from compositions to published PDFs.

Plans which targets are stale, typesets and preflights those, and writes the manifest.
A target with an error is not published; the others are.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from leaflets.build.cache import page_key, read_pages, write_pages
from leaflets.build.front import Front
from leaflets.build.manifest import (
    SBOM,
    Entry,
    Manifest,
    Record,
    output_of,
    prune_records,
    read_manifest,
    read_outputs,
    read_record,
    write_manifest,
    write_record,
)
from leaflets.build.options import Options, Tell
from leaflets.build.order_sheet import order_name, write_orders
from leaflets.build.plan import (
    Job,
    Plan,
    Present,
    entries_after,
    fingerprint_of,
    narrow,
    plan,
)
from leaflets.build.release import lapsed, only_approved
from leaflets.build.result import Result, TargetResult, concerns
from leaflets.build.sbom import bill_of_materials, commit_of
from leaflets.build.session import RELEASE, Session, build_folder
from leaflets.build.workers import Outcome, execute
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.checks.page.press import check_printing
from leaflets.checks.page.qr import check_codes
from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import Diagnostic, Subject, about, gather, has_errors
from leaflets.digest import Fingerprint, digest_bytes
from leaflets.files import (
    BUILD,
    is_file,
    lock,
    publish,
    publish_changed,
    remove,
    withdraw,
)
from leaflets.pages.composition import EVERYTHING, Choice, Composition, Target
from leaflets.sources.project import Waiver

MAKES = "makes pdf of what is stale, and checks it"


@dataclass(frozen=True, slots=True)
class Preflight:
    """The checks of typeset targets, with the project's waivers."""

    waivers: tuple[Waiver, ...]
    today: date

    def waived(
        self, diagnostics: Iterable[Diagnostic], target: Target
    ) -> tuple[Diagnostic, ...]:
        """Apply the waivers to the findings in a target."""
        subject = Subject(target.leaflet, target.locale, target.edition, target.paper)
        left = apply_waivers(diagnostics, self.waivers, self.today)
        return gather(about(subject, left))

    def findings(
        self, record: Record, composition: Composition
    ) -> tuple[Diagnostic, ...]:
        """Preflight one target; pure, for new and for stored records alike."""
        diagnostics = (
            *record.diagnostics,
            *check_layout(record.layout, composition),
            *check_pdf(record.pdf, record.layout, composition),
            *check_printing(record.pdf, record.layout, composition),
            *check_codes(record.pdf, record.layout, composition),
        )
        return self.waived(diagnostics, composition.target)


@dataclass(frozen=True, slots=True)
class _Folder:
    """The folder of a build, with what is needed to fill it."""

    session: Session
    options: Options
    preflight: Preflight

    @property
    def name(self) -> str:
        """Return the folder's path below the project's root."""
        return f"{BUILD}/{RELEASE}" if self.options.release else BUILD

    @property
    def path(self) -> Path:
        return build_folder(self.session.root, release=self.options.release)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is to be typeset, and the findings in what is not."""

    whole: Plan
    """The plan of all targets."""
    todo: Plan
    """The plan of those chosen."""
    findings: Mapping[Target, tuple[Diagnostic, ...]]
    """By target: the findings in its stored record."""
    clean: frozenset[str]
    """Cache keys of the stored records without a finding."""


@dataclass(frozen=True, slots=True)
class _Typeset:
    """What became of the targets that were typeset."""

    entries: tuple[Entry, ...] = ()
    results: Mapping[Target, TargetResult] = field(default_factory=dict)
    findings: Mapping[Target, tuple[Diagnostic, ...]] = field(default_factory=dict)
    clean: frozenset[str] = frozenset()
    memory: int = 0


def build(
    session: Session, front: Front, choice: Choice, options: Options, tell: Tell
) -> Result:
    """Bring the build folder up to date with the compositions of the front half.

    A release has a folder of its own, which holds approved targets only.
    LeafletsError where the folder cannot be written or another build is running.
    """
    if options.release:
        front = only_approved(front, choice)
    project, today = front.material.project, front.material.sources.today
    folder = _Folder(session, options, Preflight(project.waivers, today))
    with lock(folder.path, wait=options.wait):
        return _build(folder, front, choice, tell)


def _build(folder: _Folder, front: Front, choice: Choice, tell: Tell) -> Result:
    """Plan, typeset, preflight, and write the manifest."""
    tell("plans what is stale", 0, 0)
    previous, trouble = read_manifest(folder.path)
    planned = _plan(folder, front, previous, choice)
    typeset = _render(folder, front, planned.todo, tell)
    tell("builds the record of it all", 0, 0)
    entries = entries_after(planned.todo, typeset.entries)
    trouble = (*trouble, *_record(folder, front, planned, typeset, previous))
    chosen = {
        composition.target
        for composition in front.compositions
        if choice.takes(composition.target)
    }
    stayed = (*planned.todo.keep, *planned.todo.held)
    findings = {
        job.target: planned.findings[job.target]
        for job in stayed
        if job.target in chosen
    } | dict(typeset.findings)
    results = dict(typeset.results)
    results.update(_other_results(folder.name, planned.todo, front, choice, entries))
    diagnostics = (
        *(
            diagnostic
            for diagnostic in front.diagnostics
            if concerns(diagnostic, choice)
        ),
        *(diagnostic for page in findings.values() for diagnostic in page),
        *trouble,
    )
    return Result(
        targets=tuple(results[target] for target in sorted(results)),
        plan=planned.todo,
        diagnostics=gather(diagnostics),
        memory=typeset.memory,
        entries=entries,
        findings=findings,
        sound=not trouble,
        front=front,
        nothing=_nothing_of(front, choice),
    )


def _plan(
    folder: _Folder, front: Front, previous: Manifest, choice: Choice
) -> _Planned:
    """Plan all targets, after checking the stored records again."""
    gone = lapsed(front) if folder.options.release else frozenset()
    known = read_pages(folder.path)
    families, tools = dict(folder.session.fonts.families), folder.session.tools
    wanted = [
        (composition, fingerprint_of(composition, fonts=families, tools=tools))
        for composition in front.compositions
    ]
    findings: dict[Target, tuple[Diagnostic, ...]] = {}
    records, refused = set(), set()
    # What is known of targets that were not composed stays valid.
    clean = set(known) if front.cached or front.unseen else set()
    for composition, fingerprint in wanted:
        key = page_key(folder.path, fingerprint)
        judged = _judged(folder, composition, fingerprint) if key not in known else ()
        if judged is None:
            continue
        records.add(fingerprint.digest)
        findings[composition.target] = judged
        if has_errors(judged):
            refused.add(fingerprint.digest)
        if not judged:
            clean.add(key)
    whole = plan(
        wanted,
        previous=previous,
        present=Present(
            read_outputs(folder.path, previous), frozenset(records), frozenset(refused)
        ),
        aside=(frozenset(front.blocked) | front.unasked) - gone,
        unseen=front.unseen,
        cached=front.cached,
    )
    chosen = {
        composition.target
        for composition, _ in wanted
        if choice.takes(composition.target)
    }
    todo = whole if choice == EVERYTHING else narrow(whole, chosen)
    if folder.options.release:
        # A target that lost its approval leaves the release, whatever was asked for.
        todo = replace(todo, drop=whole.drop, intact=whole.intact)
    return _Planned(whole, todo, findings, frozenset(clean))


def _judged(
    folder: _Folder, composition: Composition, fingerprint: Fingerprint
) -> tuple[Diagnostic, ...] | None:
    """Preflight a stored record; None where there is none."""
    record = read_record(folder.path, fingerprint, composition)
    return None if record is None else folder.preflight.findings(record, composition)


def _render(folder: _Folder, front: Front, todo: Plan, tell: Tell) -> _Typeset:
    """Typeset, preflight and publish what is stale.

    On an interrupt, the manifest of what is published already is written first, so that
    it need not be built again.
    """
    entries: list[Entry] = []
    results: dict[Target, TargetResult] = {}
    findings: dict[Target, tuple[Diagnostic, ...]] = {}
    clean: set[str] = set()
    memory = 0
    tell(MAKES, 0, len(todo.run))
    try:
        with closing(_outcomes(folder, todo)) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                entry, result, diagnostics = _publish(folder, outcome)
                findings[result.target] = diagnostics
                results[result.target] = result
                memory = max(memory, outcome.work.memory)
                if entry:
                    entries.append(entry)
                    if not diagnostics:
                        clean.add(page_key(folder.path, entry.fingerprint))
                tell(MAKES, done, len(todo.run))
    except KeyboardInterrupt:
        manifest = _manifest(folder, front, entries_after(todo, entries))
        write_manifest(folder.path, manifest)
        raise
    return _Typeset(tuple(entries), results, findings, frozenset(clean), memory)


def _outcomes(folder: _Folder, todo: Plan) -> Generator[Outcome]:
    """Typeset a plan on this machine or on a cluster."""
    config = folder.session.fonts.config
    if not folder.options.executor or not todo.run:
        return execute(todo, workers=folder.options.workers, fonts=config)
    from leaflets.build.cluster import execute_afar

    return execute_afar(list(todo.run), folder.options.executor, config)


def _publish(
    folder: _Folder, outcome: Outcome
) -> tuple[Entry | None, TargetResult, tuple[Diagnostic, ...]]:
    """Preflight one outcome, and publish it where it has no error."""
    job, record = outcome.job, outcome.record
    standing = job.composition.standing
    failed = TargetResult(
        job.target, "failed", 0, standing, outcome.work.seconds, "", job.reasons
    )
    if record is None:
        waived = folder.preflight.waived(outcome.diagnostics, job.target)
        return None, failed, waived
    diagnostics = folder.preflight.findings(record, job.composition)
    diagnostics += _present(write_record(folder.path, job.fingerprint, record))
    if has_errors(diagnostics):
        return None, failed, diagnostics
    output = output_of(job.target)
    if problem := publish(outcome.data, folder.path, output):
        return None, failed, (*diagnostics, problem)
    entry = Entry(
        target=job.target,
        output=output,
        sha256=digest_bytes(outcome.data),
        size=len(outcome.data),
        pages=len(record.pdf.pages),
        fingerprint=job.fingerprint,
        standing=standing,
        facts=record.digest,
    )
    result = replace(
        failed, state="built", pages=entry.pages, output=f"{folder.name}/{output}"
    )
    return entry, result, diagnostics


def _record(
    folder: _Folder,
    front: Front,
    planned: _Planned,
    typeset: _Typeset,
    previous: Manifest,
) -> Iterator[Diagnostic]:
    """Remove what is dropped, and write order sheets, manifest, checksums and cache."""
    clean = planned.clean | typeset.clean
    if clean != read_pages(folder.path):
        yield from _present(write_pages(folder.path, clean))
    entries = entries_after(planned.todo, typeset.entries)
    for entry in planned.todo.drop:
        yield from _present(withdraw(folder.path, entry.output, entry.sha256))
        yield from _present(remove(folder.path, order_name(entry.output)))
    yield from _orders(folder, front, entries, typeset.entries)
    manifest = _manifest(folder, front, entries)
    yield from write_manifest(folder.path, manifest)
    written = typeset.entries or planned.todo.drop or manifest != previous
    # Without a composition nothing tells which records of a target are still needed.
    if written and not front.unseen:
        jobs = (*planned.whole.run, *planned.whole.keep, *planned.whole.held)
        wanted = {job.fingerprint.digest for job in jobs}
        wanted |= {entry.fingerprint.digest for entry in entries}
        prune_records(folder.path, wanted)


def _manifest(folder: _Folder, front: Front, entries: tuple[Entry, ...]) -> Manifest:
    """Return the manifest, after writing the bill of materials that it names."""
    session, sources = folder.session, front.material.sources
    bill = bill_of_materials(session.tools, session.fonts.pins, sources)
    digest = digest_bytes(bill)
    publish_changed(bill, folder.path, SBOM)
    commit = commit_of(sources.root)
    return Manifest(
        entries,
        session.tools,
        session.fonts.families,
        commit,
        digest,
        front.material.project.proof,
    )


def _orders(
    folder: _Folder,
    front: Front,
    entries: tuple[Entry, ...],
    fresh: tuple[Entry, ...],
) -> Iterator[Diagnostic]:
    """Write the order sheets of new press files, and those that are missing."""
    pages = {
        composition.target: composition
        for composition in front.compositions
        if composition.shop
    }
    lacking = [
        (pages[entry.target], entry)
        for entry in entries
        if entry.target in pages
        and (entry in fresh or not is_file(folder.path, order_name(entry.output)))
    ]
    fonts = folder.session.fonts.config
    yield from write_orders(folder.path, fonts, front.material, lacking)


def _other_results(
    name: str, todo: Plan, front: Front, choice: Choice, entries: tuple[Entry, ...]
) -> Iterator[tuple[Target, TargetResult]]:
    """Yield the results of targets not typeset now; `name` is the folder's path."""
    published = {entry.target: entry for entry in entries}

    def result(target: Target, state: str, job: Job | None = None) -> TargetResult:
        entry = published.get(target)
        standing = entry.standing if entry else ""
        return TargetResult(
            target=target,
            state=state,
            pages=entry.pages if entry else 0,
            standing=job.composition.standing if job else standing,
            seconds=0.0,
            output=f"{name}/{entry.output}" if entry and state == "kept" else "",
            reasons=job.reasons if job else (),
        )

    for state, jobs in (("kept", todo.keep), ("failed", todo.held)):
        for job in jobs:
            if choice.takes(job.target):
                yield job.target, result(job.target, state, job)
    for target in todo.cached:
        if choice.takes(target):
            yield target, result(target, "kept" if target in published else "failed")
    for target, obstacles in front.blocked.items():
        if choice.takes(target):
            state = "blocked" if has_errors(obstacles) else "waiting"
            yield target, result(target, state)


def _nothing_of(front: Front, choice: Choice) -> bool:
    """Say whether all that was asked for is blocked, whatever shard it falls into."""
    whole = replace(choice, shard=(1, 1))
    made = (*(page.target for page in front.compositions), *front.cached)
    return any(map(whole.takes, front.blocked)) and not any(map(whole.takes, made))


def _present(diagnostic: Diagnostic | None) -> tuple[Diagnostic, ...]:
    return (diagnostic,) if diagnostic else ()
