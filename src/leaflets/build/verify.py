"""Verify a build folder: every file in it against its lists, and against the sources.

Nothing that was stored is believed: the sources are analysed without a cache, each PDF
and order sheet is laid out again, and bytes are compared.  Nothing is written.
What cannot be computed again is told in a note.
"""

import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leaflets.build.cache import FOLDER as CACHE
from leaflets.build.front import Front
from leaflets.build.manifest import (
    DIGEST,
    MANIFEST,
    RECORDS,
    SBOM,
    SUMS,
    Entry,
    Manifest,
    files_of,
    format_manifest,
    format_sums,
    order_name,
    read_manifest,
    read_record,
)
from leaflets.build.options import Tell, silent
from leaflets.build.order_sheet import typeset_order
from leaflets.build.plan import Job, Plan, fingerprint_of
from leaflets.build.publish import Preflight
from leaflets.build.sbom import bill_of_materials, is_commit_of
from leaflets.build.session import RELEASE, Session
from leaflets.build.workers import Outcome, execute
from leaflets.diagnostics import (
    Diagnostic,
    Location,
    error,
    has_errors,
    keeps_from_print,
    note,
)
from leaflets.digest import digest_bytes
from leaflets.files import (
    LISTED,
    LOCK,
    SCRATCH,
    UNFINISHED,
    is_file,
    place_of,
    read,
    read_list,
    walk,
)
from leaflets.pages.composition import Composition
from leaflets.sources.fonts import FOLDER as FONTS
from leaflets.sources.fonts import read_pins

CODE = "not-as-listed"
UNPROVEN = "not-verified"
AGAIN = "lays out again what is listed"
SIGNATURE = ".sig"
"""End of the name of a signature, beside the file that was signed."""
REMOVE = "remove the file; `leaflets build` then makes it again from the sources"
BUILD_AGAIN = "`leaflets build` makes it again from the sources"


@dataclass(frozen=True, slots=True)
class Area:
    """A folder below a build folder whose files a list of its own names."""

    name: str
    listed: str
    """The list: digests and names."""
    hint: str
    unproven: str = ""
    """Why its files cannot be computed again; empty where they can."""


AREAS = (
    Area("site", LISTED, "`leaflets site` makes it again"),
    Area(
        "clinics",
        SUMS,
        "`leaflets clinics` makes it again from the list of clinics",
        "the list of clinics that they were made from is not kept here",
    ),
    Area("contact", LISTED, "`make proofs` makes it again", "pictures, and no leaflet"),
)
LEAVINGS = re.compile(
    r"fonts\.conf|\.fonts|fit\.svg|fonts/[^/]+\.ttf"
    r"|fontconfig/([0-9a-f-]+[^/]*\.cache-[^/]+|CACHEDIR\.TAG)"
)
"""What other commands write, and no leaflet: fonts are compared with their pins."""
ASIDE = {
    "changes": re.compile(r"[^/]+\.(html|pdf)"),
    "wheels": re.compile(r"[^/]+\.whl"),
}
"""Folders whose files have no list, by the form of their names."""


def verify_files(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Compare every file with the lists, and the lists with each other.

    Digests only: what was made is not made again.  Notes say what has no list.
    """
    manifest, problems = read_manifest(folder)
    diagnostics = list(problems)
    if manifest.tools:
        diagnostics += _of_lists(folder, manifest)
        for name, sha256 in files_of(manifest).items():
            diagnostics += _compared(folder, name, sha256, REMOVE)
    else:
        message = "there is no manifest that can be read"
        diagnostics.append(_wrong(folder, MANIFEST, message, BUILD_AGAIN))
    diagnostics += _strangers(folder, files_of(manifest))
    for area in AREAS:
        diagnostics += _of_area(folder, area)
    for name, form in ASIDE.items():
        names = (inner.removeprefix(f"{name}/") for inner in walk(folder, name))
        if any(map(form.fullmatch, names)):
            diagnostics.append(_unproven(folder, name, "no list names its files"))
    if any(walk(folder, RELEASE)):
        _, inner = verify_files(folder / RELEASE)
        diagnostics += inner
        message = "only its digests were compared: verify it by itself"
        diagnostics.append(_unproven(folder, RELEASE, message))
    return manifest, tuple(diagnostics)


def _of_lists(folder: Path, manifest: Manifest) -> Iterator[Diagnostic]:
    implied = (
        (SUMS, digest_bytes(format_sums(manifest))),
        (SBOM, manifest.sbom),
        (MANIFEST, digest_bytes(format_manifest(manifest))),
    )
    for name, digest in implied:
        if _digest(folder, name)[0] != digest:
            message = "it is not what the manifest implies"
            yield _wrong(folder, name, message, BUILD_AGAIN)


def _compared(
    folder: Path, name: str, sha256: str, hint: str, place: str = ""
) -> Iterator[Diagnostic]:
    """Compare a file with the digest that is listed for it."""
    digest, why = _digest(folder, name)
    if why:
        yield _wrong(folder, place + name, why, hint)
    elif digest != sha256:
        yield _wrong(folder, place + name, "its bytes are not those listed", hint)


def _digest(folder: Path, name: str) -> tuple[str, str]:
    """Return the SHA-256 of a file; or an empty one, and why it cannot be read."""
    try:
        return digest_bytes(read(folder, name)), ""
    except FileNotFoundError:
        return "", "it is listed, but not there"
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            return "", f'"{problem.filename}" is a symbolic link, and none is followed'
        return "", f"it cannot be read: {problem.strerror or problem}"


def _strangers(folder: Path, listed: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find every file that nothing accounts for."""
    aside = {area.name for area in AREAS} | {RELEASE}
    for name in walk(folder):
        first, _, inner = name.partition("/")
        if name in listed or (inner and first in aside) or _is_ours(name):
            continue
        if inner and first in ASIDE and ASIDE[first].fullmatch(inner):
            continue
        yield _stranger(folder, name)


def _is_ours(name: str) -> bool:
    """Say whether a file has a name that only these commands write."""
    first, _, inner = name.partition("/")
    return (
        name in (MANIFEST, SUMS, SBOM, LOCK)
        or name in (MANIFEST + SIGNATURE, SUMS + SIGNATURE)
        or (first == RECORDS and bool(DIGEST.fullmatch(inner.removesuffix(".json"))))
        or (first == CACHE and inner.endswith(".json") and "/" not in inner)
        or _is_unfinished(name)
        or bool(LEAVINGS.fullmatch(name))
    )


def _is_unfinished(name: str) -> bool:
    """Say whether a file is one that was never renamed, in the folder for those."""
    first, _, inner = name.partition("/")
    return first == SCRATCH and bool(UNFINISHED.fullmatch(inner))


def _of_area(folder: Path, area: Area) -> Iterator[Diagnostic]:
    """Compare a folder with the list of its own."""
    names = list(walk(folder, area.name))
    if not names:
        return
    place = f"{area.name}/"
    listed = read_list(folder, place + area.listed)
    for name, sha256 in listed.items():
        yield from _compared(folder, place + name, sha256, area.hint)
    for name in names:
        inner = name.removeprefix(place)
        ours = inner in (area.listed, LOCK) or _is_unfinished(inner)
        if inner not in listed and not ours:
            yield _stranger(folder, name)
    if area.unproven:
        message = f"only digests were compared: {area.unproven}"
        yield _unproven(folder, area.name, message)


def verify_sources(
    folder: Path, manifest: Manifest, front: Front, session: Session
) -> tuple[Diagnostic, ...]:
    """Compare the manifest with the current sources, tools, fonts and commit."""
    pages = {page.target: page for page in front.compositions}
    return (
        *_of_tools(folder, manifest, front, session),
        *_of_fonts(session),
        *_of_commit(folder, manifest, session),
        *(
            problem
            for entry in manifest.entries
            for problem in _of_entry(
                folder, entry, pages.get(entry.target), front, session
            )
        ),
    )


def _of_tools(
    folder: Path, manifest: Manifest, front: Front, session: Session
) -> Iterator[Diagnostic]:
    fonts, tools = session.fonts, session.tools
    if manifest.tools != tools:
        here, then = dict(tools), dict(manifest.tools)
        other = sorted(name for name in here | then if here.get(name) != then.get(name))
        message = f"other tools are here now: {', '.join(other)}"
        yield _wrong(folder, MANIFEST, message, BUILD_AGAIN)
    if manifest.fonts != fonts.families:
        yield _wrong(folder, MANIFEST, "other fonts are here now", BUILD_AGAIN)
    bill = bill_of_materials(tools, fonts.pins, front.material.sources)
    if digest_bytes(bill) != manifest.sbom:
        message = "the tools and fonts here are not those it lists"
        yield _wrong(folder, SBOM, message, BUILD_AGAIN)


def _of_fonts(session: Session) -> Iterator[Diagnostic]:
    """Compare every font with its pin: with another one all would be laid out so."""
    pins, _ = read_pins(session.fonts.pins)
    for pin in pins:
        name = f"{FONTS}/{pin.file}"
        digest, _ = _digest(session.root, name)
        if digest != pin.sha256:
            message = "it is not the font that is pinned"
            hint = "`leaflets fonts` puts the pinned one there"
            yield error(CODE, message, Location(name), hint)


def _of_commit(
    folder: Path, manifest: Manifest, session: Session
) -> Iterator[Diagnostic]:
    commit = manifest.commit
    if is_commit_of(session.root, commit):
        return
    place = f"commit {commit}" if commit else "no commit"
    message = f"it names {place}, which does not hold the sources that are here"
    yield _wrong(folder, MANIFEST, message, BUILD_AGAIN)


def _of_entry(
    folder: Path,
    entry: Entry,
    composition: Composition | None,
    front: Front,
    session: Session,
) -> Iterator[Diagnostic]:
    """Compare what a file was made from with what the sources give now."""
    target = entry.target
    ask = f"`leaflets build {target.leaflet} --locale {target.locale}"
    ask += f" --edition {target.edition} --paper {target.paper}` makes it again"
    if entry.earlier:
        message = "it is from an earlier state of the sources"
        yield _wrong(folder, entry.output, message, ask)
    elif composition is None:
        why = [
            found for found in front.blocked.get(target, ()) if keeps_from_print(found)
        ]
        message = "the sources do not give this leaflet now"
        if why:
            message += f": {why[0].location}: {why[0].message} [{why[0].code}]"
        yield _wrong(folder, entry.output, message, REMOVE)
    else:
        fingerprint = fingerprint_of(
            composition, fonts=dict(session.fonts.families), tools=session.tools
        )
        if changed := fingerprint.changed_since(entry.fingerprint):
            message = f"the sources give another one now: {', '.join(changed)}"
            yield _wrong(folder, entry.output, message, ask)
        elif entry.standing != composition.standing:
            message = f"it is listed as {entry.standing}, which it is not"
            yield _wrong(folder, entry.output, message, REMOVE)


def verify_pages(
    folder: Path,
    manifest: Manifest,
    front: Front,
    session: Session,
    *,
    workers: int,
    tell: Tell = silent,
) -> tuple[Diagnostic, ...]:
    """Lay out every listed file again, and compare bytes, records and findings."""
    entries = {entry.target: entry for entry in manifest.entries if not entry.earlier}
    families = dict(session.fonts.families)
    every = (
        Job(page, fingerprint_of(page, fonts=families, tools=session.tools), ())
        for page in front.compositions
        if page.target in entries
    )
    # What was made from something else is told already, and is another file for sure.
    jobs = tuple(
        job for job in every if job.fingerprint == entries[job.target].fingerprint
    )
    sources = front.material.sources
    preflight = Preflight(front.material.project.waivers, sources.today)
    diagnostics: list[Diagnostic] = []
    config = session.fonts.config
    outcomes = execute(Plan(jobs, (), (), (), ()), workers=workers, fonts=config)
    tell(AGAIN, 0, len(jobs))
    with closing(outcomes):
        for done, outcome in enumerate(outcomes, 1):
            entry = entries[outcome.job.target]
            diagnostics += _of_outcome(folder, entry, outcome, preflight)
            diagnostics += _of_order(folder, entry, outcome, front, config)
            tell(AGAIN, done, len(jobs))
    return tuple(diagnostics)


def _of_outcome(
    folder: Path, entry: Entry, outcome: Outcome, preflight: Preflight
) -> Iterator[Diagnostic]:
    """Compare a file with what came of laying it out again."""
    composition, record = outcome.job.composition, outcome.record
    if record is None:
        yield _wrong(folder, entry.output, "it cannot be laid out again", REMOVE)
        yield from outcome.diagnostics
        return
    sha256, size, pages = (
        digest_bytes(outcome.data),
        len(outcome.data),
        len(record.pdf.pages),
    )
    if sha256 != entry.sha256:
        message = "laid out again, it is not the file that is listed"
        yield _wrong(folder, entry.output, message, REMOVE)
    elif (size, pages) != (entry.size, entry.pages):
        message = f"it has {size} bytes and {pages} pages, and others are listed"
        yield _wrong(folder, entry.output, message, REMOVE)
    stored = read_record(folder, outcome.job.fingerprint, composition)
    if stored is None or {stored.digest, entry.facts} != {record.digest}:
        message = "what was measured in it is lost or changed"
        yield _wrong(folder, entry.output, message, REMOVE)
    findings = preflight.findings(record, composition)
    if has_errors(findings):
        yield _wrong(folder, entry.output, "it does not pass the checks", REMOVE)
        yield from filter(keeps_from_print, findings)


def _of_order(
    folder: Path, entry: Entry, outcome: Outcome, front: Front, fonts: Path
) -> Iterator[Diagnostic]:
    """Typeset the order sheet of a press file again, and compare its bytes."""
    name = order_name(entry.output)
    composition = outcome.job.composition
    if composition.shop is None:
        if entry.order:
            yield _wrong(folder, name, "an office file has no order sheet", REMOVE)
        return
    data, diagnostics = typeset_order(fonts, front.material, composition, entry)
    if not data or digest_bytes(data) != entry.order:
        message = "typeset again, it is not the order sheet that is listed"
        yield _wrong(folder, name, message, REMOVE)
    yield from diagnostics


def _stranger(folder: Path, name: str) -> Diagnostic:
    if is_file(folder, name):
        message = "nothing that was built here has this name"
    else:
        message = "it is a link or no ordinary file"
    hint = "delete it, or move it elsewhere: it is not a part of what was built"
    return _wrong(folder, name, message, hint)


def _wrong(folder: Path, name: str, message: str, hint: str) -> Diagnostic:
    return error(CODE, message, Location(place_of(folder, name)), hint)


def _unproven(folder: Path, name: str, message: str) -> Diagnostic:
    return note(UNPROVEN, message, Location(place_of(folder, name)))
