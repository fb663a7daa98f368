"""Handouts: published leaflets with each clinic's panel filled in, for many clinics."""

from collections.abc import Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path

from leaflets.build.front import Front
from leaflets.build.manifest import SUMS, read_manifest, read_record
from leaflets.build.plan import fingerprint
from leaflets.build.workers import open_pool, use_fonts
from leaflets.clinics.fill import Sheet, filled
from leaflets.clinics.list import ClinicText
from leaflets.clinics.logo import logo_of
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.files import publish
from leaflets.pages.composition import Target
from leaflets.paper.papers import office_paper
from leaflets.pdf.read.raster import Pixels
from leaflets.sources.fonts import FontSet


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
    """Fill a clinic's panel in and publish the file; what stops it is told."""
    output = f"{clinic.id}/{sheet.target}.pdf"
    data, found = filled(sheet, clinic, logo)
    if data:
        problem = publish(data, folder, output)
        found += (problem,) if problem else ()
    sha256 = digest_bytes(data) if data and not found else ""
    return Handout(clinic.id, sheet.target, output, sha256, found)


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
    made = []
    for one in front.compositions:
        entry = manifest.entry(one.target)
        mark = fingerprint(one, fonts=families, tools=tools)
        if entry is None or entry.earlier or entry.fingerprint != mark:
            continue
        record = read_record(folder, mark, one)
        if record is None or not record.layout.blanks:
            continue
        made.append(
            Sheet(
                one.target,
                folder / entry.output,
                entry.sha256,
                record.layout.blanks,
                one.places(record.layout.pages),
                one.families,
                one.minimum_size,
                one.right_to_left,
                one.shop is not None,
            )
        )
    return tuple(made)


def wanted(sheets: tuple[Sheet, ...], clinic: ClinicText) -> Iterator[Sheet]:
    """Give the files that a clinic hands out: its languages, editions and paper."""
    paper = office_paper(clinic.territory)
    papers = {one.target.paper for one in sheets}
    for one in sheets:
        target = one.target
        if clinic.locales and target.locale not in clinic.locales:
            continue
        if clinic.editions and target.edition not in clinic.editions:
            continue
        if paper in papers and target.paper != paper:
            continue
        yield one


def hand_out_all(
    clinic: ClinicText,
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    home: Path,
) -> tuple[Handout, ...]:
    """Fill in all that one clinic hands out; a job for a worker."""
    use_fonts(fonts)
    logo: Pixels | None = None
    found: tuple[Diagnostic, ...] = ()
    if clinic.logo:
        logo, found = logo_of(clinic.logo, home, clinic.location)
    if found:
        return tuple(
            Handout(clinic.id, one.target, f"{clinic.id}/{one.target}.pdf", "", found)
            for one in wanted(sheets, clinic)
        )
    return tuple(hand_out(one, clinic, folder, logo) for one in wanted(sheets, clinic))


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
    if workers <= 1 or len(todo) <= 2:
        for one in todo:
            yield from hand_out_all(one, sheets, folder, fonts, home)
        return
    with open_pool(workers) as pool:
        flying = [
            pool.submit(hand_out_some, tuple(some), sheets, folder, fonts, home)
            for some in batched(todo, BATCH)
        ]
        for future in as_completed(flying):
            yield from future.result()


def hand_out_some(
    clinics: tuple[ClinicText, ...],
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    home: Path,
) -> tuple[Handout, ...]:
    """Fill in what several clinics hand out."""
    return tuple(
        made
        for one in clinics
        for made in hand_out_all(one, sheets, folder, fonts, home)
    )


def batched(todo: list[ClinicText], size: int) -> Iterator[list[ClinicText]]:
    """Part a list; enough at a time that sending it costs little."""
    for start in range(0, len(todo), size):
        yield todo[start : start + size]


BATCH = 10


def write_list(folder: Path, made: Iterable[Handout]) -> Diagnostic | None:
    """Write the digests of all that is handed out, for `sha256sum -c`."""
    lines = sorted(f"{one.sha256}  {one.output}\n" for one in made if one.sha256)
    lines.sort(key=lambda one: one.partition("  ")[2])
    return publish("".join(lines).encode(), folder, SUMS)
