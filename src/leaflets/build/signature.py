"""Signatures on the lists of a build folder, checked with OpenSSH's own program.

A project names who may sign in `reviews/allowed_signers`, and anybody can check without us:

    ssh-keygen -Y sign -n leaflets -f KEY build/release/manifest.json
    ssh-keygen -Y verify -n leaflets -f reviews/allowed_signers -I NAME \\
        -s build/release/manifest.json.sig <build/release/manifest.json
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from leaflets.build.manifest import MANIFEST, SUMS
from leaflets.diagnostics import Diagnostic, Location, error, note
from leaflets.files import place_of, read
from leaflets.sources.ssh import ALLOWED, PROGRAM, verified

CODE = "list-signature"


def check_signatures(root: Path, folder: Path) -> tuple[Diagnostic, ...]:
    """Say of each list whether it is signed, and whether its signature is good.

    A bad one is an error; what cannot be checked is told in a note.
    """
    return tuple(_check(root, folder))


def _check(root: Path, folder: Path) -> Iterator[Diagnostic]:
    signed = False
    for name in (MANIFEST, SUMS):
        place = Location(place_of(folder, f"{name}.sig"))
        try:
            signature = read(folder, f"{name}.sig")
        except FileNotFoundError:
            continue
        except OSError as problem:
            yield _bad(place, f"it cannot be read: {problem.strerror}")
            signed = True
            continue
        signed = True
        try:
            signers = read(root, ALLOWED)
        except FileNotFoundError:
            message = f"it cannot be checked: the project has no {ALLOWED}"
            yield note(CODE, message, place)
            continue
        except OSError as problem:
            yield _bad(place, f"{ALLOWED} cannot be read: {problem.strerror}")
            continue
        try:
            yield _judge(place, read(folder, name), signature, signers)
        except (OSError, subprocess.SubprocessError) as problem:
            message = f"it cannot be checked: {PROGRAM} does not run here: {problem}"
            yield note(CODE, message, place)
    if not signed:
        yield note(CODE, "it is not signed", Location(place_of(folder, MANIFEST)))


def _judge(
    place: Location, data: bytes, signature: bytes, signers: bytes
) -> Diagnostic:
    """Check one signature; OSError or SubprocessError where ssh-keygen does not run."""
    name, good = verified(data, signature, signers)
    if not name:
        return _bad(place, f"nobody in {ALLOWED} has the key that it was made with")
    if not good:
        return _bad(place, f"it is not a signature of {name} on this file")
    return note(CODE, f"it is a good signature of {name}", place)


def _bad(place: Location, message: str) -> Diagnostic:
    hint = "do not trust the folder; whoever signs it makes the signature again"
    return error(CODE, message, place, hint)
