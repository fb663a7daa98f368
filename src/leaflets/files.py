"""Files appear whole or not at all: the only writer of the build folder.

Takes bytes and a name below the build folder; gives a finding where the disk
refuses.  A reader never meets half a file, and an old file stays as it was until
the new one is complete (rename(2) replaces atomically).
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    error,
    warning,
)
from leaflets.digest import digest_bytes

SCRATCH = ".tmp"
LOCK = ".lock"

WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "this account may not write there",
    errno.EPERM: "this account may not write there",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.EEXIST: "a file stands where a folder should be",
    errno.EISDIR: "a folder stands where the file should be",
    errno.EFBIG: "the file is larger than this account may write",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.EIO: "the disk reports a fault",
}
"""What an author can do something about, in plain words."""


def publish(data: bytes, folder: Path, name: str) -> Diagnostic | None:
    """Write a file below the build folder, whole or not at all.

    After a finding the file of that name is what it was before.
    """
    path = _below(folder, name)
    scratch = folder / SCRATCH
    made: Path | None = None
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=scratch, delete=False) as file:
            made = Path(file.name)
            file.write(data)
            file.flush()
            # Without this a power cut can leave an empty file under the good
            # name.  It costs milliseconds while other processes render.
            os.fsync(file.fileno())
        made.chmod(0o644)
        made.replace(path)
    except OSError as problem:
        if made:
            with suppress(OSError):
                made.unlink()
        return _refused(problem, folder, name)
    return None


def put(data: bytes, folder: Path, name: str) -> None:
    """Write one file outside the build folder and leave nothing else there.

    LeafletsError where the disk refuses; what stood there is then as it was.
    """
    problem = publish(data, folder, name)
    with suppress(OSError):
        (folder / SCRATCH).rmdir()
    if problem:
        raise LeafletsError((problem,))


def withdraw(folder: Path, name: str, sha256: str) -> Diagnostic | None:
    """Remove a file that was built here; leave one that somebody changed."""
    path = _below(folder, name)
    try:
        if digest_bytes(path.read_bytes()) != sha256:
            message = "no leaflet has this name any more, but the file was changed"
            hint = "it stays; delete it by hand if nobody needs it"
            return warning("foreign-file", message, _place(folder, name), hint)
        path.unlink()
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    except FileNotFoundError:
        return None
    except OSError as problem:
        return _refused(problem, folder, name)
    return None


@contextmanager
def lock(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Keep every other build out of a folder, and clear what a dead one left.

    The kernel frees the lock with the process, so a killed build blocks nobody.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+", encoding="ascii")
    except OSError as problem:
        raise LeafletsError((_refused(problem, folder, LOCK),)) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise LeafletsError((_occupied(folder),)) from None
        except OSError as problem:
            raise LeafletsError((_refused(problem, folder, LOCK),)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        shutil.rmtree(folder / SCRATCH, ignore_errors=True)
        yield


def _occupied(folder: Path) -> Diagnostic:
    holder = ""
    with suppress(OSError):
        holder = (folder / LOCK).read_text("ascii", errors="replace").strip()
    name = f" (process {holder})" if holder.isdecimal() else ""
    message = f"another build is running in this folder{name}"
    hint = "wait until it is done, or stop it"
    return error("build-running", message, Location(folder.name), hint)


def _below(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or not parts.name:
        raise ValueError(f"not a name below the build folder: {name!r}")
    return folder / parts


def _place(folder: Path, name: str) -> Location:
    return Location(f"{folder.name}/{name}")


def _refused(problem: OSError, folder: Path, name: str) -> Diagnostic:
    words = WORDS.get(problem.errno or 0, problem.strerror or str(problem))
    message = f'"{name}" cannot be written: {words}'
    hint = "what stood there before is untouched"
    return error("cannot-write", message, _place(folder, name), hint)
