"""The back half: from compositions to published PDFs.

Plans which targets are stale, renders those, preflights them, and records a manifest.
A target is published only when nothing that was found keeps it from print; other
targets go on.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from leaflets.build.cache import read_pages, write_pages
from leaflets.build.front import Front
from leaflets.build.manifest import (
    SBOM,
    SUMS,
    Entry,
    Manifest,
    Record,
    output_of,
    prune_records,
    read_manifest,
    read_outputs,
    read_record,
    record_digest,
    write_manifest,
    write_record,
)
from leaflets.build.options import Options, Tell
from leaflets.build.order_sheet import order_name, write_orders
from leaflets.build.plan import Job, Plan, Present, fingerprint, narrow, plan, settle
from leaflets.build.release import lapsed, only_approved
from leaflets.build.result import Line, Result, concerns
from leaflets.build.sbom import bill_of_materials, commit_of
from leaflets.build.session import BUILD, RELEASE, Session
from leaflets.build.workers import Outcome, execute
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.checks.page.press import check_printing
from leaflets.checks.page.qr import check_codes
from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import Diagnostic, Subject, about, gather, has_errors
from leaflets.digest import Fingerprint, digest_bytes
from leaflets.files import lock, publish, withdraw
from leaflets.pages.composition import EVERYTHING, Choice, Composition, Target
from leaflets.sources.project import Waiver

MAKES = "makes pdf of what is stale, and checks it"


@dataclass(frozen=True, slots=True)
class Preflight:
    """The checks of finished pages, and what they need beside the facts."""

    waivers: tuple[Waiver, ...]
    today: date

    def waived(
        self, diagnostics: Iterable[Diagnostic], target: Target
    ) -> tuple[Diagnostic, ...]:
        """Apply the waivers to what was found in a target."""
        subject = Subject(target.leaflet, target.locale, target.edition, target.paper)
        left = apply_waivers(diagnostics, self.waivers, self.today)
        return gather(about(subject, left))

    def findings(
        self, record: Record, composition: Composition
    ) -> tuple[Diagnostic, ...]:
        """Preflight one target: pure, over fresh and stored facts alike."""
        found = (
            *record.diagnostics,
            *check_layout(record.layout, composition),
            *check_pdf(record.pdf, record.layout, composition),
            *check_printing(record.pdf, record.layout, composition),
            *check_codes(record.pdf, record.layout, composition),
        )
        return self.waived(found, composition.target)


@dataclass(frozen=True, slots=True)
class _Folder:
    """Where a build puts its files, and what it knows of them."""

    session: Session
    options: Options
    preflight: Preflight

    @property
    def name(self) -> str:
        """Name the folder below the project's root."""
        return f"{BUILD}/{RELEASE}" if self.options.release else BUILD

    @property
    def path(self) -> Path:
        return self.session.root / self.name


@dataclass(frozen=True, slots=True)
class _Planned:
    """What is to be done, and what is known of what stays."""

    whole: Plan
    """Of all targets."""
    todo: Plan
    """Of those chosen."""
    findings: Mapping[Target, tuple[Diagnostic, ...]]
    """In each measured page."""
    clean: frozenset[str]
    """Measured pages in which nothing was found, by the keys of the cache."""


@dataclass(frozen=True, slots=True)
class _Typeset:
    """What became of the targets that were rendered."""

    entries: tuple[Entry, ...] = ()
    lines: Mapping[Target, Line] = field(default_factory=dict)
    findings: Mapping[Target, tuple[Diagnostic, ...]] = field(default_factory=dict)
    clean: frozenset[str] = frozenset()
    memory: int = 0


def build(
    session: Session, front: Front, choice: Choice, options: Options, tell: Tell
) -> Result:
    """Bring the build folder up to date with what the front half composed.

    A release has a folder of its own, which holds approved targets and nothing else.
    LeafletsError where the folder cannot be used at all.
    """
    if options.release:
        front = only_approved(front, choice)
    project, today = front.material.project, front.material.sources.today
    folder = _Folder(session, options, Preflight(project.waivers, today))
    with lock(folder.path, wait=options.wait):
        return _build(folder, front, choice, tell)


def _build(folder: _Folder, front: Front, choice: Choice, tell: Tell) -> Result:
    """Plan, render, preflight and record."""
    tell("plans what is stale", 0, 0)
    previous, trouble = read_manifest(folder.path)
    planned = _plan(folder, front, previous, choice)
    typeset = _render(folder, front, planned.todo, tell)
    tell("builds the record of it all", 0, 0)
    entries = settle(planned.todo, typeset.entries)
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
    lines = dict(typeset.lines)
    lines.update(_other_lines(folder.name, planned.todo, front, choice, entries))
    every = (
        *(one for one in front.diagnostics if concerns(one, choice)),
        *(one for page in findings.values() for one in page),
        *trouble,
    )
    return Result(
        lines=tuple(lines[target] for target in sorted(lines)),
        plan=planned.todo,
        diagnostics=gather(every),
        memory=typeset.memory,
        entries=entries,
        findings=findings,
        sound=not trouble,
        front=front,
    )


def _plan(
    folder: _Folder, front: Front, previous: Manifest, choice: Choice
) -> _Planned:
    """Plan all targets, judging again what was measured in earlier builds."""
    gone = lapsed(front) if folder.options.release else frozenset()
    known = read_pages(folder.path)
    families, tools = dict(folder.session.fonts.families), folder.session.tools
    marks = [
        (composition, fingerprint(composition, fonts=families, tools=tools))
        for composition in front.compositions
    ]
    findings: dict[Target, tuple[Diagnostic, ...]] = {}
    records, refused = set(), set()
    # Of what was not composed, all that is known stays known.
    clean = set(known) if front.cached else set()
    for composition, mark in marks:
        key = _page_key(folder.path, mark)
        judged = _judged(folder, composition, mark) if key not in known else ()
        if judged is None:
            continue
        records.add(mark.digest)
        findings[composition.target] = judged
        if has_errors(judged):
            refused.add(mark.digest)
        if not judged:
            clean.add(key)
    whole = plan(
        marks,
        previous=previous,
        present=Present(
            read_outputs(folder.path, previous), frozenset(records), frozenset(refused)
        ),
        aside=(frozenset(front.blocked) | front.unasked) - gone,
        cached=front.cached,
    )
    chosen = {
        composition.target
        for composition, _ in marks
        if choice.takes(composition.target)
    }
    todo = whole if choice == EVERYTHING else narrow(whole, chosen)
    if folder.options.release:
        # What is not approved leaves a release, whatever was asked for.
        todo = replace(todo, drop=whole.drop, intact=whole.intact)
    return _Planned(whole, todo, findings, frozenset(clean))


def _judged(
    folder: _Folder, composition: Composition, mark: Fingerprint
) -> tuple[Diagnostic, ...] | None:
    """Preflight the facts that an earlier build measured; None where there are none."""
    record = read_record(folder.path, mark, composition)
    return None if record is None else folder.preflight.findings(record, composition)


def _page_key(folder: Path, mark: Fingerprint) -> str:
    """Name a target's facts as they lie in the build folder."""
    return f"{mark.digest} {record_digest(folder, mark)}"


def _render(folder: _Folder, front: Front, todo: Plan, tell: Tell) -> _Typeset:
    """Typeset, preflight and publish what is stale.

    When it is interrupted, what is published already is recorded first, so that it need
    not be made again.
    """
    entries: list[Entry] = []
    lines: dict[Target, Line] = {}
    findings: dict[Target, tuple[Diagnostic, ...]] = {}
    clean: set[str] = set()
    memory = 0
    tell(MAKES, 0, len(todo.run))
    try:
        with closing(_outcomes(folder, todo)) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                entry, line, diagnostics = _publish(folder, outcome)
                findings[line.target] = diagnostics
                lines[line.target] = line
                memory = max(memory, outcome.work.memory)
                if entry:
                    entries.append(entry)
                    if not diagnostics:
                        clean.add(_page_key(folder.path, entry.fingerprint))
                tell(MAKES, done, len(todo.run))
    except KeyboardInterrupt:
        manifest = _manifest(folder, front, settle(todo, entries))
        write_manifest(folder.path, manifest)
        raise
    return _Typeset(tuple(entries), lines, findings, frozenset(clean), memory)


def _outcomes(folder: _Folder, todo: Plan) -> Generator[Outcome]:
    """Typeset a plan, here or on a cluster."""
    config = folder.session.fonts.config
    if not folder.options.executor or not todo.run:
        return execute(todo, workers=folder.options.workers, fonts=config)
    from leaflets.build.cluster import execute_afar

    return execute_afar(list(todo.run), folder.options.executor, config)


def _publish(
    folder: _Folder, outcome: Outcome
) -> tuple[Entry | None, Line, tuple[Diagnostic, ...]]:
    """Preflight one outcome, and publish it if nothing keeps it from print."""
    job, record = outcome.job, outcome.record
    standing = job.composition.standing
    failed = Line(
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
    line = replace(
        failed, state="built", pages=entry.pages, output=f"{folder.name}/{output}"
    )
    return entry, line, diagnostics


def _record(
    folder: _Folder,
    front: Front,
    planned: _Planned,
    typeset: _Typeset,
    previous: Manifest,
) -> Iterator[Diagnostic]:
    """Withdraw what is gone, and write order sheets, manifest, sums and cache."""
    clean = planned.clean | typeset.clean
    if clean != read_pages(folder.path):
        write_pages(folder.path, clean)
    entries = settle(planned.todo, typeset.entries)
    for entry in planned.todo.drop:
        yield from _present(withdraw(folder.path, entry.output, entry.sha256))
        (folder.path / order_name(entry.output)).unlink(missing_ok=True)
    yield from _orders(folder, front, entries, typeset.entries)
    manifest = _manifest(folder, front, entries)
    complete = (folder.path / SUMS).is_file()
    if typeset.entries or planned.todo.drop or manifest != previous or not complete:
        yield from write_manifest(folder.path, manifest)
        jobs = (*planned.whole.run, *planned.whole.keep, *planned.whole.held)
        wanted = {job.fingerprint.digest for job in jobs}
        wanted |= {entry.fingerprint.digest for entry in entries}
        prune_records(folder.path, wanted)


def _manifest(folder: _Folder, front: Front, entries: tuple[Entry, ...]) -> Manifest:
    """Make the record, and write the bill of materials that it names."""
    session, sources = folder.session, front.material.sources
    bill = bill_of_materials(session.tools, session.fonts.pins, sources)
    mark = digest_bytes(bill)
    path = folder.path / SBOM
    if not path.is_file() or digest_bytes(path.read_bytes()) != mark:
        publish(bill, folder.path, SBOM)
    commit = commit_of(sources.root)
    return Manifest(entries, session.tools, session.fonts.families, commit, mark)


def _orders(
    folder: _Folder,
    front: Front,
    entries: tuple[Entry, ...],
    fresh: tuple[Entry, ...],
) -> Iterator[Diagnostic]:
    """Write the order sheets of press files that are new, and those that are gone."""
    pages = {
        composition.target: composition
        for composition in front.compositions
        if composition.shop
    }
    lacking = [
        (pages[entry.target], entry)
        for entry in entries
        if entry.target in pages
        and (entry in fresh or not (folder.path / order_name(entry.output)).is_file())
    ]
    fonts = folder.session.fonts.config
    yield from write_orders(folder.path, fonts, front.material, lacking)


def _other_lines(
    name: str, todo: Plan, front: Front, choice: Choice, entries: tuple[Entry, ...]
) -> Iterator[tuple[Target, Line]]:
    """Say what became of targets that were not rendered now; `name` is the folder's."""
    published = {entry.target: entry for entry in entries}

    def line(target: Target, state: str, job: Job | None = None) -> Line:
        entry = published.get(target)
        standing = entry.standing if entry else ""
        return Line(
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
                yield job.target, line(job.target, state, job)
    for target in todo.cached:
        if choice.takes(target):
            yield target, line(target, "kept" if target in published else "failed")
    for target in front.blocked:
        if choice.takes(target):
            yield target, line(target, "blocked")


def _present(diagnostic: Diagnostic | None) -> tuple[Diagnostic, ...]:
    return (diagnostic,) if diagnostic else ()
