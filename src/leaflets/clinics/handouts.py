"""Handouts: published leaflets with each clinic's panel filled in, for many clinics."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from leaflets.build.front import Front
from leaflets.build.limited import Limits, Stopped, Worker, open_workers, run_limited
from leaflets.build.manifest import SUMS, read_manifest, read_record
from leaflets.build.plan import fingerprint_of
from leaflets.build.workers import use_fonts
from leaflets.clinics.fill import Sheet, filled
from leaflets.clinics.list import ClinicText
from leaflets.clinics.logo import LOGO_MEMORY, logo_file, read_logo_apart
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.files import format_list, is_file, publish, read, read_list
from leaflets.pages.composition import Target
from leaflets.paper.papers import office_paper
from leaflets.pdf.read.raster import Pixels
from leaflets.sources.fonts import FontSet

FILL = Limits(seconds=60, cpu=30)
"""For filling in one file, and once more for beginning; it takes less than a second."""


@dataclass(frozen=True, slots=True)
class Handout:
    """What was made for a clinic of one file."""

    clinic: str
    target: Target
    output: str
    sha256: str
    """Empty where nothing was made."""
    diagnostics: tuple[Diagnostic, ...]


def hand_out(
    sheet: Sheet, clinic: ClinicText, folder: Path, logo: Pixels | None = None
) -> Handout:
    """Fill a clinic's panel in and publish the file, or return what stops it."""
    output = output_of(clinic, sheet)
    data, diagnostics = filled(sheet, clinic, logo)
    if data and (problem := publish(data, folder, output)):
        diagnostics += (problem,)
    sha256 = digest_bytes(data) if data and not diagnostics else ""
    return Handout(clinic.id, sheet.target, output, sha256, diagnostics)


def output_of(clinic: ClinicText, sheet: Sheet) -> str:
    """Name the file of a clinic's handout, below the folder of all."""
    return f"{clinic.id}/{sheet.target}.pdf"


def no_forms(folder: Path) -> LeafletsError:
    """Say that there is nothing to fill in."""
    message = "no published leaflet is asked for here"
    hint = "run `leaflets build` first; languages, editions and paper must be built"
    return LeafletsError((error("clinic-form", message, Location(folder.name), hint),))


def sheets_of(
    folder: Path, front: Front, fonts: FontSet, tools: tuple[tuple[str, str], ...]
) -> tuple[Sheet, ...]:
    """List the published files that are as the sources are, and have a panel."""
    manifest, _ = read_manifest(folder)
    families = dict(fonts.families)
    sheets = []
    for composition in front.compositions:
        entry = manifest.entry(composition.target)
        mark = fingerprint_of(composition, fonts=families, tools=tools)
        if entry is None or entry.earlier or entry.fingerprint != mark:
            continue
        record = read_record(folder, mark, composition)
        if record is None or not record.layout.blanks:
            continue
        sheets.append(
            Sheet(
                target=composition.target,
                path=folder / entry.output,
                sha256=entry.sha256,
                blanks=record.layout.blanks,
                panels=composition.places(record.layout.pages),
                families=composition.families,
                smallest=composition.minimum_size,
                right_to_left=composition.right_to_left,
                press=composition.shop is not None,
            )
        )
    return tuple(sheets)


def wanted(sheets: tuple[Sheet, ...], clinic: ClinicText) -> Iterator[Sheet]:
    """Choose the files that a clinic hands out: its languages, editions and paper.

    An edition that is not made on the paper of its offices comes on those it has.
    """
    paper = office_paper(clinic.territory)
    on_it = {sheet.target.edition for sheet in sheets if sheet.target.paper == paper}
    for sheet in sheets:
        target = sheet.target
        if clinic.locales and target.locale not in clinic.locales:
            continue
        if clinic.editions and target.edition not in clinic.editions:
            continue
        if target.edition in on_it and target.paper != paper:
            continue
        yield sheet


def hand_out_all(
    clinic: ClinicText,
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    logo: Pixels | None = None,
) -> tuple[Handout, ...]:
    """Fill in all that one clinic hands out; a job for a worker."""
    use_fonts(fonts)
    return tuple(
        hand_out(sheet, clinic, folder, logo) for sheet in wanted(sheets, clinic)
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """Two processes that serve one clinic at a time.

    The one that reads logos, which are not trusted, has nothing that is worth keeping.
    """

    reader: Worker
    filler: Worker


def hand_out_apart(
    seat: Seat,
    clinic: ClinicText,
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    home: Path,
) -> tuple[Handout, ...]:
    """Fill in all that one clinic hands out, in processes with limits.

    `home` is the folder of the list, below which its logo lies.  What cannot be read, or
    ends its process, is a finding of this clinic.
    """
    own = tuple(wanted(sheets, clinic))
    logo: Pixels | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    if clinic.logo:
        data, diagnostics = logo_file(clinic.logo, home, clinic.location)
        if not diagnostics:
            logo, diagnostics = read_logo_apart(seat.reader, data, clinic.location)
    if diagnostics:
        return _none(clinic, own, diagnostics)
    limits = Limits(FILL.seconds * (1 + len(own)), FILL.cpu * (1 + len(own)))
    arguments = (clinic, own, folder, fonts, logo)
    handouts = run_limited(seat.filler, limits, hand_out_all, *arguments)
    if isinstance(handouts, Stopped) and handouts.reason == "died":
        # Whoever killed it, most often for want of memory, may not do so twice.
        handouts = run_limited(seat.filler, limits, hand_out_all, *arguments)
    if isinstance(handouts, Stopped):
        return _none(clinic, own, (_stopped(clinic, handouts),))
    return handouts


def _none(
    clinic: ClinicText, own: Iterable[Sheet], diagnostics: tuple[Diagnostic, ...]
) -> tuple[Handout, ...]:
    """Say of each file why it was not made, so that none seems to be there."""
    return tuple(
        Handout(clinic.id, sheet.target, output_of(clinic, sheet), "", diagnostics)
        for sheet in own
    )


def _stopped(clinic: ClinicText, stopped: Stopped) -> Diagnostic:
    """Report that a clinic's files ended their process."""
    if stopped.reason == "time":
        message = f'the files of "{clinic.id}" took too long and were given up'
        return error("too-slow", message, clinic.location)
    why = " ".join(filter(None, (stopped.reason, stopped.detail)))
    message = (
        f'the files of "{clinic.id}" cannot be made: the process broke off ({why})'
    )
    return error("worker-died", message, clinic.location)


def hand_out_many(
    clinics: Iterable[ClinicText],
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    home: Path,
    *,
    workers: int,
) -> Iterator[Handout]:
    """Fill in what every clinic hands out, as they are ready.

    `home` is the folder of the list, below which its logos lie.
    """
    todo = list(clinics)
    plain = not any(clinic.logo for clinic in todo)
    if plain and (workers <= 1 or len(todo) <= 2):
        for clinic in todo:
            yield from hand_out_all(clinic, sheets, folder, fonts)
        return
    count = max(1, min(workers, len(todo)))
    free: SimpleQueue[Seat] = SimpleQueue()

    def serve(clinic: ClinicText) -> tuple[Handout, ...]:
        seat = free.get()
        try:
            return hand_out_apart(seat, clinic, sheets, folder, fonts, home)
        finally:
            free.put(seat)

    with ThreadPoolExecutor(count) as threads, ExitStack() as stack:
        # On the way out: what waits is dropped, then processes are ended, then threads.
        readers = stack.enter_context(open_workers(count, memory=LOGO_MEMORY))
        fillers = stack.enter_context(open_workers(count))
        stack.callback(threads.shutdown, wait=False, cancel_futures=True)
        for reader, filler in zip(readers, fillers, strict=True):
            free.put(Seat(reader, filler))
        futures = [threads.submit(serve, clinic) for clinic in todo]
        for future in as_completed(futures):
            yield from future.result()


def write_list(folder: Path, handouts: Iterable[Handout]) -> Diagnostic | None:
    """Write the digests of all that is handed out, for `sha256sum -c`.

    What an earlier run made for other clinics stays on the list while it is unchanged.
    """
    listed = {
        name: sha256
        for name, sha256 in read_list(folder, SUMS).items()
        if is_file(folder, name) and digest_bytes(read(folder, name)) == sha256
    }
    listed |= {done.output: done.sha256 for done in handouts if done.sha256}
    return publish(format_list(listed), folder, SUMS)
