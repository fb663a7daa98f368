"""Renew: one round of the sentence, from the files as they are to published PDFs.

What the last round settled is told again and not looked at again: the same sources
and tools give the same findings and the same PDFs, and whatever lies in the build
folder is compared byte for byte.  A release is always looked at whole.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from leaflets.build.manifest import Entry, read_manifest, read_outputs
from leaflets.build.plan import Plan
from leaflets.build.result import BUILD, Line, Result, concerns
from leaflets.build.settled import (
    COMMON,
    NONE,
    OPEN,
    Part,
    Parts,
    keys_of,
    read_parts,
    still_settled,
    write_parts,
)
from leaflets.checks.memory import Verdicts, read_verdicts, write_verdicts
from leaflets.diagnostics import Diagnostic, gather, has_errors
from leaflets.pages.composition import Choice
from leaflets.sources.fonts import FontSet
from leaflets.sources.snapshot import read_sources

if TYPE_CHECKING:
    from leaflets.build.front import Front

Tell = Callable[[str, int, int], None]
READS = (
    "reads the project and its sources, parses each document, localizes and composes"
)


def renew(
    root: Path,
    choice: Choice,
    fonts: FontSet,
    *,
    asked: Collection[str],
    tools: tuple[tuple[str, str], ...],
    workers: int,
    tell: Tell,
    suits: "Callable[[Front], None]",
    wait: bool = False,
    release: bool = False,
    only: bool = False,
    executor: str = "",
) -> Result:
    """Bring the build folder up to date with the files.

    `asked` names what is made on request; `suits` raises where the project lacks
    what `choice` names.  With `only`, nothing that is not chosen is looked at.
    LeafletsError without a usable project or build folder.
    """
    tell(READS, 0, 0)
    folder = root / BUILD
    sources, trouble = read = read_sources(root)
    parts = NONE if release or trouble else read_parts(folder)
    asked = _known(asked, parts)
    keys = keys_of(sources, parts, asked=asked, tools=tools, fonts=fonts.families)
    manifest, _ = read_manifest(folder)
    outputs = dict(read_outputs(folder, manifest)) if parts else {}
    settled = still_settled(parts, keys, folder, manifest, outputs)
    if parts and settled == parts.keys() and _holds(parts, choice):
        return _again(parts, choice, manifest.entries)
    # Only now: a round with nothing to do does not load what composes and checks.
    from leaflets.build.front import look
    from leaflets.build.publish import build

    seen = read_verdicts(folder)
    front = look(
        root, asked, seen, settled - {COMMON}, read, choice if only else Choice()
    )
    remember(root, front, seen, partial=only or bool(front.settled))
    suits(front)
    result = build(
        root,
        front,
        fonts,
        choice=choice,
        workers=workers,
        tools=tools,
        tell=tell,
        wait=wait,
        release=release,
        executor=executor,
    )
    told = [one for name in settled - {COMMON} for one in _told(parts[name], choice)]
    if choice == Choice() and not release and not only and result.sound:
        names = {COMMON, *front.parts} | settled
        keys = keys_of(sources, names, asked=asked, tools=tools, fonts=fonts.families)
        fresh = _settle(front, result, keys, settled - {COMMON})
        kept = {name: parts[name] for name in settled - {COMMON}}
        write_parts(folder, {**kept, **fresh})
    return replace(result, diagnostics=gather((*result.diagnostics, *told)))


def remember(
    root: Path, front: "Front", seen: Verdicts, *, partial: bool = False
) -> None:
    """Keep what the checks said, for the next time; without a disk that is no loss."""
    # What was not looked at was not asked for, and is still true.
    known = {**seen, **front.verdicts} if partial else front.verdicts
    if known != seen:
        write_verdicts(root / BUILD, known)


def _known(asked: Collection[str], parts: Parts) -> tuple[str, ...]:
    """Leave out locales: they are named to choose, not to ask for more."""
    return tuple(sorted({one for one in asked if one not in parts or "+" in one}))


def _holds(parts: Parts, choice: Choice) -> bool:
    """Tell whether all that a choice names is there; else it is a mistake to tell."""
    targets = [one for part in parts.values() for one in part.targets]
    names = (
        (choice.leaflets, {one.leaflet for one in targets}),
        (choice.locales, {one.locale for one in targets}),
        (choice.editions, {one.edition for one in targets}),
        (choice.papers, {one.paper for one in targets}),
    )
    return all(there.issuperset(wanted) for wanted, there in names)


def _again(parts: Parts, choice: Choice, entries: tuple[Entry, ...]) -> Result:
    """Tell again what the last round said."""
    known = {entry.target: entry for entry in entries}
    targets = sorted(one for part in parts.values() for one in part.targets)
    lines = tuple(
        Line(
            one,
            "kept",
            known[one].pages,
            known[one].standing,
            0.0,
            f"{BUILD}/{known[one].output}",
        )
        for one in targets
        if choice.takes(one)
    )
    found = [one for part in parts.values() for one in _told(part, choice)]
    done = Plan((), (), (), (), entries, tuple(targets))
    return Result(lines, done, gather(found), 0, entries)


def _told(part: Part, choice: Choice) -> list[Diagnostic]:
    """Give what was found in a part, as far as it was asked for."""
    said = [one for one in part.diagnostics if concerns(one, choice)]
    for target, found in part.targets.items():
        if choice.takes(target):
            said.extend(found)
    return said


def _settle(
    front: "Front", result: Result, keys: dict[str, str], before: Collection[str]
) -> dict[str, Part]:
    """Sort what a whole round found into the parts in which nothing is left to do.

    Those settled `before` may have been read again for a pair, but not composed.
    """
    from leaflets.build.order_sheet import order_name

    current = {one.target: one for one in result.entries if not one.earlier}
    stuck = {target.locale for target in front.blocked}
    made: dict[str, Part] = {}
    for name, found in front.parts.items():
        pages = [one for one in front.compositions if one.target.locale == name]
        done = all(one.target in current for one in pages)
        if name in before:
            continue
        if name in stuck or not done or has_errors(found):
            # It must be remembered that there is more than what is settled.
            made[name] = OPEN
            continue
        beside = (order_name(current[one.target].output) for one in pages if one.shop)
        made[name] = Part(
            keys[name],
            {one.target: result.told.get(one.target, ()) for one in pages},
            tuple(beside),
            found,
        )
    return made
