"""One build, from the source files to published PDFs, with the cache of the last.

A part (see `build.cache`) is not analysed again while all that it is made from is
unchanged: the same sources and tools give the same findings and PDFs, and the digests
of all published PDFs are compared.  A release never uses the cached parts, and is
analysed whole; any other build analyses what it is asked for.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leaflets.build.cache import (
    COMMON,
    NO_PARTS,
    OPEN,
    Part,
    Parts,
    digest_pdfs,
    fresh_parts,
    keys_of,
    part_of,
    read_parts,
    read_texts,
    write_parts,
)
from leaflets.build.manifest import Entry, Manifest, read_manifest, read_outputs
from leaflets.build.options import Options, Tell, silent
from leaflets.build.plan import Plan
from leaflets.build.result import Result, TargetResult, concerns
from leaflets.build.session import Session
from leaflets.diagnostics import Diagnostic, gather, has_errors
from leaflets.files import BUILD
from leaflets.pages.composition import EVERYTHING, Choice, Target
from leaflets.sources.snapshot import Sources, read_sources

if TYPE_CHECKING:
    from leaflets.build.front import Front

READS = "reads the project's sources, checks them and composes pages"


@dataclass(frozen=True, slots=True)
class _Known:
    """The cached parts of the last whole build, and its manifest."""

    parts: Parts
    fresh: frozenset[str]
    """The parts in which nothing has changed."""
    manifest: Manifest

    @property
    def is_all_fresh(self) -> bool:
        return bool(self.parts) and self.fresh == self.parts.keys()

    @property
    def fresh_locales(self) -> frozenset[str]:
        """Return the fresh locales and pairs of locales, without `COMMON`."""
        return self.fresh - {COMMON}


def build_round(
    session: Session,
    choice: Choice = EVERYTHING,
    options: Options = Options(),  # noqa: B008  frozen
    tell: Tell = silent,
) -> Result:
    """Bring the build folder up to date with the source files.

    LeafletsError without a usable project or build folder; NotInProjectError where
    `choice` names what the project does not have.
    """
    tell(READS, 0, 0)
    sources, trouble = read = read_sources(session.root)
    options = replace(options, asked=tuple(sorted(set(options.asked))))
    known = _known(session, sources, options, ignore=options.release or bool(trouble))
    if known.is_all_fresh and _has_all(known.parts, choice):
        return _from_cache(known.parts, choice, known.manifest.entries)
    # Imported late: a build with nothing to do does not load the composer and checks.
    from leaflets.build.front import analyse, check_choice, remember
    from leaflets.build.publish import build

    texts = read_texts(session.folder)
    front = analyse(
        session.root,
        _without_locales(options.asked, known.parts),
        known=texts,
        fresh=known.fresh_locales,
        read=read,
        only=EVERYTHING if options.release else choice,
    )
    partial = bool(front.unseen or front.cached)
    remember(session.folder, front, texts, partial=partial)
    check_choice(front, choice)
    result = build(session, front, choice, options, tell)
    if choice == EVERYTHING and not options.release and result.sound:
        _keep(session, sources, options, known, front, result)
    again = [
        diagnostic
        for name in known.fresh_locales
        for diagnostic in _findings(known.parts[name], choice)
    ]
    return replace(result, diagnostics=gather((*result.diagnostics, *again)))


def _known(
    session: Session, sources: Sources, options: Options, *, ignore: bool
) -> _Known:
    """Read the cached parts, and compare them with the current files."""
    parts = NO_PARTS if ignore else read_parts(session.folder)
    manifest, _ = read_manifest(session.folder)
    if not parts:
        return _Known(parts, frozenset(), manifest)
    keys = _keys(session, sources, parts, _without_locales(options.asked, parts))
    outputs = dict(read_outputs(session.folder, manifest))
    fresh = fresh_parts(parts, keys, session.folder, manifest, outputs)
    return _Known(parts, fresh, manifest)


def _keys(
    session: Session, sources: Sources, parts: Iterable[str], asked: Collection[str]
) -> dict[str, str]:
    return keys_of(
        sources, parts, asked=asked, tools=session.tools, fonts=session.fonts.families
    )


def _without_locales(asked: Collection[str], parts: Parts) -> tuple[str, ...]:
    """Leave out the locales: naming one restricts a build, and adds nothing to it."""
    return tuple(sorted({name for name in asked if name not in parts or "+" in name}))


def _has_all(parts: Parts, choice: Choice) -> bool:
    """Say whether the cached parts have all that a choice names."""
    targets = [target for part in parts.values() for target in part.targets]
    names = (
        (choice.leaflets, {target.leaflet for target in targets}),
        (choice.locales, {target.locale for target in targets}),
        (choice.editions, {target.edition for target in targets}),
        (choice.papers, {target.paper for target in targets}),
    )
    return all(there.issuperset(wanted) for wanted, there in names)


def _from_cache(parts: Parts, choice: Choice, entries: tuple[Entry, ...]) -> Result:
    """Return the result of the last whole build again."""
    published = {entry.target: entry for entry in entries}
    targets = sorted(target for part in parts.values() for target in part.targets)

    def result(target: Target) -> TargetResult:
        entry = published[target]
        output = f"{BUILD}/{entry.output}"
        return TargetResult(target, "kept", entry.pages, entry.standing, 0.0, output)

    diagnostics = [
        diagnostic for part in parts.values() for diagnostic in _findings(part, choice)
    ]
    return Result(
        targets=tuple(result(target) for target in targets if choice.takes(target)),
        plan=Plan((), (), (), (), entries, tuple(targets)),
        diagnostics=gather(diagnostics),
        memory=0,
        entries=entries,
    )


def _findings(part: Part, choice: Choice) -> list[Diagnostic]:
    """List the findings in a part that are about what was asked for."""
    findings = [
        diagnostic for diagnostic in part.diagnostics if concerns(diagnostic, choice)
    ]
    for target, diagnostics in part.targets.items():
        if choice.takes(target):
            findings.extend(diagnostics)
    return findings


def _keep(
    session: Session,
    sources: Sources,
    options: Options,
    known: _Known,
    front: "Front",
    result: Result,
) -> None:
    """Store the findings of a whole build, for each part that is up to date."""
    names = {COMMON, *front.parts} | known.fresh
    asked = _without_locales(options.asked, known.parts)
    keys = _keys(session, sources, names, asked)
    kept = {name: known.parts[name] for name in known.fresh_locales}
    fresh = {
        name: _part(name, front, result, keys)
        for name in {COMMON, *front.parts} - known.fresh_locales
    }
    write_parts(session.folder, {**kept, **fresh})


def _part(name: str, front: "Front", result: Result, keys: dict[str, str]) -> Part:
    """Collect the findings in one part; `OPEN` where it is not up to date."""
    from leaflets.build.order_sheet import order_name

    current = {entry.target: entry for entry in result.entries if not entry.earlier}
    pages = [page for page in front.compositions if page.target.locale == name]
    # Findings about no existing part, such as a removed locale, belong to COMMON.
    others = front.parts - {name} if name == COMMON else frozenset()
    diagnostics = tuple(
        diagnostic
        for diagnostic in front.diagnostics
        if part_of(diagnostic) == name
        or (name == COMMON and part_of(diagnostic) not in others)
    )
    blocked = any(target.locale == name for target in front.blocked)
    complete = all(page.target in current for page in pages)
    if blocked or not complete or has_errors(diagnostics):
        # Stored all the same, so that the next build knows that the part exists.
        return OPEN
    beside = [order_name(current[page.target].output) for page in pages if page.shop]
    return Part(
        key=keys[name],
        targets={page.target: result.findings.get(page.target, ()) for page in pages},
        beside=tuple(beside),
        diagnostics=diagnostics,
        pdfs=digest_pdfs(
            (page.target for page in pages),
            {target: entry.sha256 for target, entry in current.items()},
        ),
    )
