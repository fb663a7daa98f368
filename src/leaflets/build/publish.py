"""The sentence in code: from a project's folder to published PDFs.

The front half is always whole; what it composed is planned, rendered,
preflighted and recorded here.  A target is published only when nothing that was
found keeps it from print; other targets go on.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

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
from leaflets.build.order_sheet import order_name, write_orders
from leaflets.build.plan import Job, Plan, Present, fingerprint, narrow, plan, settle
from leaflets.build.release import FOLDER, lapsed, only_approved
from leaflets.build.result import BUILD, Line, Result, concerns
from leaflets.build.sbom import bill_of_materials, commit_of
from leaflets.build.workers import Outcome, execute
from leaflets.checks.memory import PAGES, Verdicts, read_verdicts, write_verdicts
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.checks.page.press import check_printing
from leaflets.checks.page.qr import check_codes
from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import (
    Diagnostic,
    gather,
    has_errors,
)
from leaflets.digest import Fingerprint, digest_bytes
from leaflets.files import lock, publish, withdraw
from leaflets.pages.composition import Choice, Composition, Target
from leaflets.sources.fonts import FontSet
from leaflets.sources.project import Waiver

Tell = Callable[[str, int, int], None]
"""Called with a step of the sentence, what is done of it, and all there is."""


@dataclass(frozen=True, slots=True)
class _Judge:
    """What the checks need beside the facts."""

    waivers: tuple[Waiver, ...]
    today: date

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
        return gather(apply_waivers(found, self.waivers, self.today))


def build(
    root: Path,
    front: Front,
    fonts: FontSet,
    *,
    choice: Choice,
    workers: int,
    tools: tuple[tuple[str, str], ...],
    tell: Tell,
    wait: bool = False,
    release: bool = False,
    executor: str = "",
) -> Result:
    """Bring the build folder up to date with what the front half composed.

    A release has a folder of its own, which holds approved targets and nothing else.
    LeafletsError where the folder cannot be used at all.
    """
    name = f"{BUILD}/{FOLDER}" if release else BUILD
    desk = _Desk(name, root / name, fonts, tools, workers, executor)
    if release:
        front = only_approved(front, choice)
    with lock(desk.folder, wait=wait):
        return _build(desk, front, choice, tell, lapsed(front) if release else None)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a build works and with what."""

    name: str
    """The folder below the project's root."""
    folder: Path
    fonts: FontSet
    tools: tuple[tuple[str, str], ...]
    workers: int
    executor: str
    """Address of a scheduler; empty for processes of this machine."""


def _build(
    desk: _Desk,
    front: Front,
    choice: Choice,
    tell: Tell,
    gone: frozenset[Target] | None,
) -> Result:
    """Build; `gone` are targets that a release may not hold any more."""
    folder = desk.folder
    judge = _Judge(front.material.project.waivers, front.material.sources.today)
    tell("plans which targets are stale", 0, 0)
    previous, found_before = read_manifest(folder)
    aside = frozenset(front.blocked) | front.unasked
    known = read_verdicts(folder, PAGES)
    whole, findings, clean = _plan(
        desk, front, previous, judge, aside - (gone or set()), known
    )
    chosen = {one.target for one in front.compositions if choice.takes(one.target)}
    todo = whole if choice == Choice() else narrow(whole, chosen)
    told = {
        job.target: findings[job.target]
        for job in (*todo.keep, *todo.held)
        if job.target in chosen
    }
    if gone is not None:
        # What is not approved leaves a release, whatever was asked for.
        todo = replace(todo, drop=whole.drop, intact=whole.intact)
    found = [*found_before]
    lines: dict[Target, Line] = {}
    made: list[Entry] = []
    memory = done = 0
    tell("renders those to PDF, preflights them", 0, len(todo.run))
    try:
        with closing(_outcomes(desk, todo)) as outcomes:
            for outcome in outcomes:
                entry, line, problems = _settle(desk, outcome, judge)
                told[line.target] = problems
                lines[line.target] = line
                memory = max(memory, outcome.work.memory)
                if entry:
                    made.append(entry)
                    if not problems:
                        clean[_stored(folder, entry.fingerprint)] = ()
                done += 1
                tell("renders those to PDF, preflights them", done, len(todo.run))
    except KeyboardInterrupt:
        # What is published already is recorded, so that it need not be made again.
        entries = settle(todo, made)
        write_manifest(folder, _manifest(desk, front, entries))
        raise
    tell("records a manifest", 0, 0)
    if clean != known:
        write_verdicts(folder, clean, PAGES)
    entries = settle(todo, made)
    for entry in todo.drop:
        found.extend(_some(withdraw(folder, entry.output, entry.sha256)))
        (folder / order_name(entry.output)).unlink(missing_ok=True)
    found.extend(_orders(desk, front, entries, made))
    manifest = _manifest(desk, front, entries)
    complete = (folder / SUMS).is_file()
    if made or todo.drop or manifest != previous or not complete:
        found.extend(write_manifest(folder, manifest))
        jobs = (*whole.run, *whole.keep, *whole.held)
        wanted = {job.fingerprint.digest for job in jobs}
        wanted |= {entry.fingerprint.digest for entry in entries}
        prune_records(folder, wanted)
    lines.update(_lines_of_rest(todo, front, choice, chosen, entries, desk.name))
    order = sorted(lines)
    every = (
        *(one for one in front.diagnostics if concerns(one, choice)),
        *(one for said in told.values() for one in said),
        *found,
    )
    return Result(
        tuple(lines[one] for one in order),
        todo,
        gather(every),
        memory,
        entries,
        told,
        sound=not found,
    )


def _outcomes(desk: _Desk, todo: Plan) -> Generator[Outcome]:
    """Typeset a plan, here or on a cluster."""
    if not desk.executor or not todo.run:
        return execute(todo, workers=desk.workers, fonts=desk.fonts.config)
    from leaflets.build.cluster import execute_afar

    return execute_afar(list(todo.run), desk.executor, desk.fonts.config)


def _manifest(desk: _Desk, front: Front, entries: tuple[Entry, ...]) -> Manifest:
    """Make the record, and write the bill of materials that it names."""
    sources = front.material.sources
    bill = bill_of_materials(desk.tools, desk.fonts.pins, sources)
    mark = digest_bytes(bill)
    path = desk.folder / SBOM
    if not path.is_file() or digest_bytes(path.read_bytes()) != mark:
        publish(bill, desk.folder, SBOM)
    commit = commit_of(sources.root)
    return Manifest(entries, desk.tools, desk.fonts.families, commit, mark)


def _orders(
    desk: _Desk, front: Front, entries: tuple[Entry, ...], made: list[Entry]
) -> Iterator[Diagnostic]:
    """Write the order sheets of press files that are new, and those that are gone."""
    pages = {one.target: one for one in front.compositions if one.shop}
    lacking = [
        (pages[entry.target], entry)
        for entry in entries
        if entry.target in pages
        and (entry in made or not (desk.folder / order_name(entry.output)).is_file())
    ]
    yield from write_orders(desk.folder, desk.fonts.config, front.material, lacking)


def _plan(
    desk: _Desk,
    front: Front,
    previous: Manifest,
    judge: _Judge,
    aside: frozenset[Target],
    known: Verdicts,
) -> tuple[Plan, Mapping[Target, tuple[Diagnostic, ...]], dict[str, tuple[()]]]:
    """Plan all targets, judging again what was measured in earlier builds."""
    families = dict(desk.fonts.families)
    pairs: list[tuple[Composition, Fingerprint]] = []
    findings: dict[Target, tuple[Diagnostic, ...]] = {}
    records, refused = set(), set()
    # Of what was not looked at, all that is known stays known.
    clean: dict[str, tuple[()]] = dict.fromkeys(known, ()) if front.settled else {}
    for composition in front.compositions:
        mark = fingerprint(composition, fonts=families, tools=desk.tools)
        pairs.append((composition, mark))
        stored = _stored(desk.folder, mark)
        if stored in known:
            records.add(mark.digest)
            findings[composition.target] = clean[stored] = ()
            continue
        record = read_record(desk.folder, mark, composition)
        if record is None:
            continue
        records.add(mark.digest)
        findings[composition.target] = judge.findings(record, composition)
        if has_errors(findings[composition.target]):
            refused.add(mark.digest)
        if not findings[composition.target]:
            clean[stored] = ()
    present = Present(
        read_outputs(desk.folder, previous), frozenset(records), frozenset(refused)
    )
    whole = plan(
        pairs,
        previous=previous,
        present=present,
        aside=aside,
        settled=front.settled,
    )
    return whole, findings, clean


def _stored(folder: Path, mark: Fingerprint) -> str:
    """Name the facts of a target as they lie in the build folder."""
    return f"{mark.digest} {record_digest(folder, mark)}"


def _settle(
    desk: _Desk, outcome: Outcome, judge: _Judge
) -> tuple[Entry | None, Line, tuple[Diagnostic, ...]]:
    """Preflight one outcome, and publish it if nothing keeps it from print."""
    job, record, folder = outcome.job, outcome.record, desk.folder
    target, seconds = job.target, outcome.work.seconds
    standing = job.composition.standing
    failed = Line(target, "failed", 0, standing, seconds, "", job.reasons)
    if record is None:
        found = gather(apply_waivers(outcome.diagnostics, judge.waivers, judge.today))
        return None, failed, found
    found = judge.findings(record, job.composition)
    found += _some(write_record(folder, job.fingerprint, record))
    if has_errors(found):
        return None, failed, found
    output = output_of(target)
    problem = publish(outcome.data, folder, output)
    if problem:
        return None, failed, (*found, problem)
    pages = len(record.pdf.pages)
    entry = Entry(
        target,
        output,
        digest_bytes(outcome.data),
        len(outcome.data),
        pages,
        job.fingerprint,
        standing,
        record.digest,
    )
    path = f"{desk.name}/{output}"
    return (
        entry,
        Line(target, "built", pages, standing, seconds, path, job.reasons),
        found,
    )


def _lines_of_rest(
    todo: Plan,
    front: Front,
    choice: Choice,
    chosen: set[Target],
    entries: tuple[Entry, ...],
    name: str,
) -> Iterator[tuple[Target, Line]]:
    """Tell what became of targets that were not rendered now."""
    known = {entry.target: entry for entry in entries}

    def line(target: Target, state: str, job: Job | None = None) -> Line:
        entry = known.get(target)
        standing = entry.standing if entry else ""
        if job:
            standing = job.composition.standing
        return Line(
            target,
            state,
            entry.pages if entry else 0,
            standing,
            0.0,
            f"{name}/{entry.output}" if entry and state == "kept" else "",
            job.reasons if job else (),
        )

    for job in todo.keep:
        if job.target in chosen:
            yield job.target, line(job.target, "kept", job)
    for target in todo.settled:
        if choice.takes(target):
            yield target, line(target, "kept" if target in known else "failed")
    for job in todo.held:
        if job.target in chosen:
            yield job.target, line(job.target, "failed", job)
    for target in front.blocked:
        if choice.takes(target):
            yield target, line(target, "blocked")


def _some(found: Diagnostic | None) -> tuple[Diagnostic, ...]:
    return (found,) if found else ()
