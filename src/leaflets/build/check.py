"""Check: every finding that needs no PDF, told again where nothing has changed.

Takes a project's root and what is asked for; gives the findings of the front half.
A part (see `build.cache`) whose sources are what they were at the last check is not
analysed again.
"""

from pathlib import Path

from leaflets.build.cache import (
    COMMON,
    Part,
    Parts,
    keys_of,
    part_of,
    read_checked,
    read_texts,
    write_checked,
)
from leaflets.build.front import Front, analyse, check_choice, remember
from leaflets.build.result import concerns
from leaflets.build.session import build_folder
from leaflets.diagnostics import Diagnostic, gather
from leaflets.pages.composition import EVERYTHING, Choice
from leaflets.sources.material import Read
from leaflets.sources.snapshot import Sources, read_sources


def check_project(root: Path, choice: Choice = EVERYTHING) -> tuple[Diagnostic, ...]:
    """List the findings of the front half about what is chosen.

    LeafletsError without a usable project file; NotInProjectError where `choice` names
    what the project does not have.
    """
    read = read_sources(root)
    if choice == EVERYTHING:
        return _check_parts(root, read)
    front = _analyse(root, read, choice)
    check_choice(front, choice)
    return gather(
        diagnostic for diagnostic in front.diagnostics if concerns(diagnostic, choice)
    )


def _check_parts(root: Path, read: Read) -> tuple[Diagnostic, ...]:
    """Check each part that has changed, and tell the others again."""
    sources, unread = read
    known = {} if unread else read_checked(build_folder(root))
    keys = _keys(sources, known)
    fresh = {name: part for name, part in known.items() if part.key == keys[name]}
    if not fresh or fresh.keys() != known.keys():
        fresh.pop(COMMON, None)
        front = _analyse(root, read, EVERYTHING, frozenset(fresh))
        fresh |= _parts_of(front, fresh, sources)
        if not unread:
            write_checked(build_folder(root), fresh)
    return gather(
        diagnostic for part in fresh.values() for diagnostic in part.diagnostics
    )


def _analyse(
    root: Path, read: Read, choice: Choice, fresh: frozenset[str] = frozenset()
) -> Front:
    texts = read_texts(build_folder(root))
    front = analyse(
        root, known=texts, fresh=fresh, read=read, only=choice, for_print=False
    )
    remember(
        build_folder(root), front, texts, partial=choice != EVERYTHING or bool(fresh)
    )
    return front


def _parts_of(front: Front, fresh: Parts, sources: Sources) -> Parts:
    """Sort the findings by their parts; those about no part belong to `COMMON`."""
    findings: dict[str, list[Diagnostic]] = {name: [] for name in front.parts}
    findings[COMMON] = []
    for diagnostic in front.diagnostics:
        if (name := part_of(diagnostic)) not in fresh:
            findings[name if name in findings else COMMON].append(diagnostic)
    keys = _keys(sources, findings)
    return {
        name: Part(keys[name], {}, (), tuple(diagnostics))
        for name, diagnostics in findings.items()
    }


def _keys(
    sources: Sources, parts: Parts | dict[str, list[Diagnostic]]
) -> dict[str, str]:
    return keys_of(sources, parts, asked=(), tools=(), fonts=())
