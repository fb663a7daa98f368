"""One round of the sentence, from the files as they are to published PDFs.

What the cache says of a part is told again while nothing has changed that the part is
made from: the same sources and tools give the same findings and the same PDFs, and
whatever lies in the build folder is compared byte for byte.  A release is always
looked at whole.
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
from leaflets.build.result import Line, Result, concerns
from leaflets.build.session import BUILD, Session
from leaflets.diagnostics import Diagnostic, gather, has_errors
from leaflets.pages.composition import EVERYTHING, Choice, Target
from leaflets.sources.snapshot import Sources, read_sources

if TYPE_CHECKING:
    from leaflets.build.front import Front

READS = "reads the project's sources, checks them and composes pages"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the last whole build left."""

    parts: Parts
    fresh: frozenset[str]
    """Those in which nothing has changed."""
    manifest: Manifest

    @property
    def is_all_fresh(self) -> bool:
        return bool(self.parts) and self.fresh == self.parts.keys()

    @property
    def fresh_locales(self) -> frozenset[str]:
        """Name the fresh locales and pairs, without what all share."""
        return self.fresh - {COMMON}


def build_round(
    session: Session,
    choice: Choice = EVERYTHING,
    options: Options = Options(),  # noqa: B008  frozen
    tell: Tell = silent,
) -> Result:
    """Bring the build folder up to date with the files.

    LeafletsError without a usable project or build folder; NotInProjectError where
    `choice` names what is not there.
    """
    tell(READS, 0, 0)
    sources, trouble = read = read_sources(session.root)
    options = replace(options, asked=tuple(sorted(set(options.asked))))
    known = _known(session, sources, options, ignore=options.release or bool(trouble))
    if known.is_all_fresh and _has_all(known.parts, choice):
        return _from_cache(known.parts, choice, known.manifest.entries)
    # Only now: a round with nothing to do does not load what composes and checks.
    from leaflets.build.front import analyse, check_choice, remember
    from leaflets.build.publish import build

    texts = read_texts(session.folder)
    front = analyse(
        session.root,
        _without_locales(options.asked, known.parts),
        known=texts,
        fresh=known.fresh_locales,
        read=read,
        only=choice if options.only else EVERYTHING,
    )
    partial = options.only or bool(front.cached)
    remember(session.folder, front, texts, partial=partial)
    check_choice(front, choice)
    result = build(session, front, choice, options, tell)
    if (
        choice == EVERYTHING
        and not options.release
        and not options.only
        and result.sound
    ):
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
    """Read what the last whole build left, and compare it with what is there now."""
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
    """Leave out locales: they are named to choose, not to ask for more."""
    return tuple(sorted({name for name in asked if name not in parts or "+" in name}))


def _has_all(parts: Parts, choice: Choice) -> bool:
    """Say whether all that a choice names is there; else it is a mistake to tell."""
    targets = [target for part in parts.values() for target in part.targets]
    names = (
        (choice.leaflets, {target.leaflet for target in targets}),
        (choice.locales, {target.locale for target in targets}),
        (choice.editions, {target.edition for target in targets}),
        (choice.papers, {target.paper for target in targets}),
    )
    return all(there.issuperset(wanted) for wanted, there in names)


def _from_cache(parts: Parts, choice: Choice, entries: tuple[Entry, ...]) -> Result:
    """Tell again what the last whole build said."""
    published = {entry.target: entry for entry in entries}
    targets = sorted(target for part in parts.values() for target in part.targets)

    def line(target: Target) -> Line:
        entry = published[target]
        output = f"{BUILD}/{entry.output}"
        return Line(target, "kept", entry.pages, entry.standing, 0.0, output)

    diagnostics = [
        diagnostic for part in parts.values() for diagnostic in _findings(part, choice)
    ]
    return Result(
        lines=tuple(line(target) for target in targets if choice.takes(target)),
        plan=Plan((), (), (), (), entries, tuple(targets)),
        diagnostics=gather(diagnostics),
        memory=0,
        entries=entries,
    )


def _findings(part: Part, choice: Choice) -> list[Diagnostic]:
    """List what was found in a part, as far as it was asked for."""
    told = [
        diagnostic for diagnostic in part.diagnostics if concerns(diagnostic, choice)
    ]
    for target, diagnostics in part.targets.items():
        if choice.takes(target):
            told.extend(diagnostics)
    return told


def _keep(
    session: Session,
    sources: Sources,
    options: Options,
    known: _Known,
    front: "Front",
    result: Result,
) -> None:
    """Write down what a whole round found in each part in which nothing is left to do."""
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
    """Sum up what was found in one part; open where something is left to do."""
    from leaflets.build.order_sheet import order_name

    current = {entry.target: entry for entry in result.entries if not entry.earlier}
    pages = [page for page in front.compositions if page.target.locale == name]
    # What is about no part that there is, such as a lost locale, is told with the rest.
    others = front.parts - {name} if name == COMMON else frozenset()
    found = tuple(
        diagnostic
        for diagnostic in front.diagnostics
        if part_of(diagnostic) == name
        or (name == COMMON and part_of(diagnostic) not in others)
    )
    blocked = any(target.locale == name for target in front.blocked)
    done = all(page.target in current for page in pages)
    if blocked or not done or has_errors(found):
        # It must be remembered that there is more than what is fresh.
        return OPEN
    beside = [order_name(current[page.target].output) for page in pages if page.shop]
    return Part(
        key=keys[name],
        targets={page.target: result.findings.get(page.target, ()) for page in pages},
        beside=tuple(beside),
        diagnostics=found,
    )
