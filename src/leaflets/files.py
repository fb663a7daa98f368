"""Write files atomically, and lock the build folder: its only writer.

Takes bytes and a name below the build folder; gives a diagnostic where the disk
refuses.  A file is written beside its place and then renamed (rename(2) replaces
atomically), so that no reader sees half a file.
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
"""Errors of the disk that a user can fix, in plain words."""


def publish(data: bytes, folder: Path, name: str) -> Diagnostic | None:
    """Write a file below the build folder atomically.

    Returns a diagnostic where the disk refuses; the file is then unchanged.
    """
    path = _below(folder, name)
    scratch = folder / SCRATCH
    temporary: Path | None = None
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=scratch, delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            # Without this a power cut can leave an empty file under the final
            # name.  It costs milliseconds while other processes render.
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as problem:
        if temporary:
            with suppress(OSError):
                temporary.unlink()
        return _refused(problem, folder, name)
    return None


def put(data: bytes, folder: Path, name: str) -> None:
    """Write one file outside the build folder atomically, and leave nothing else there.

    LeafletsError where the disk refuses; the file is then unchanged.
    """
    problem = publish(data, folder, name)
    with suppress(OSError):
        (folder / SCRATCH).rmdir()
    if problem:
        raise LeafletsError((problem,))


def withdraw(folder: Path, name: str, sha256: str) -> Diagnostic | None:
    """Remove a file if its SHA-256 is the given one, and folders that are then empty.

    Returns a warning where somebody changed the file: it then stays.
    """
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
    """Lock a folder against other builds, and clear temporary files of a killed one.

    LeafletsError where another build has the lock, unless `wait` is set.  The kernel
    frees the lock when its process ends, so that a killed build blocks nobody.
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
