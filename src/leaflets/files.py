"""Read, write and delete the files of a project, and lock its folders: nobody else does.

A file is named below a folder that the caller trusts; where that folder lies, behind
links or not, is its owner's affair.  Each part of the name is opened through the handle
of the folder before it, and none may be a symbolic link: what a link leads to is never
read, written or deleted.  `below` is the door to a folder that is trusted afterwards.

A file is written under another name and then renamed (rename(2) replaces atomically),
so that no reader sees half a file.  Deleted is only what a list of our own names.
"""

import errno
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    error,
    warning,
)
from leaflets.digest import digest_bytes

BUILD = "build"
"""The folder below a project's root that holds all output."""
SCRATCH = ".tmp"
LOCK = ".lock"
LISTED = ".files"
"""What the last run wrote into a folder: digests and names, as `sha256sum -c` reads."""
LINK = "symbolic-link"
"""Code of the finding."""

UNFINISHED = re.compile(r"\.?[0-9a-f]{16}\.part")
SUM = re.compile(r"([0-9a-f]{64})  (.+)")
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
INNER = FOLDER | os.O_NOFOLLOW
# Not to wait for a writer, if somebody has put a pipe there.
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
LOCKED = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

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


def below(root: Path, *names: str) -> Path:
    """Return a folder below a trusted one; LeafletsError where a link is on the way."""
    path = root
    for name in names:
        path = path / name
        if path.is_symlink():
            raise LeafletsError((linked(path.relative_to(root).as_posix()),))
    return path


def linked(name: str) -> Diagnostic:
    """Return the finding that a link stands where a file or folder should be."""
    message = f'"{name}" is a symbolic link, and none is followed'
    hint = "put the file or folder itself there; what the link leads to is untouched"
    return error(LINK, message, Location(name), hint)


def place_of(folder: Path, name: str = "") -> str:
    """Return the path of a folder of ours, or of a file in it, below the project."""
    parts = folder.parts
    if BUILD in parts:
        start = len(parts) - 1 - parts[::-1].index(BUILD)
        folder = Path(*parts[start:])
    else:
        folder = Path(folder.name)
    return (folder / name).as_posix()


def read(folder: Path, name: str, limit: int | None = None) -> bytes:
    """Read a file below a folder; OSError where it is none, or larger than `limit`.

    The errno is ELOOP where a link is on the way; `filename` then names the link.
    """
    *inner, last = _parts(name)
    with _opened(folder, inner) as handle:
        number = _open(last, FILE, handle, name)
    with os.fdopen(number, "rb") as file:
        now = os.fstat(number)
        if stat.S_ISDIR(now.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        if not stat.S_ISREG(now.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", name)
        if limit is not None and now.st_size > limit:
            raise OSError(errno.EFBIG, f"the file is larger than {limit} bytes", name)
        return file.read()


def state_of(folder: Path, name: str) -> os.stat_result | None:
    """Return what the disk says of a file below a folder; None where there is none.

    What a link leads to is not there.
    """
    try:
        *inner, last = _parts(name)
        with _opened(folder, inner) as handle:
            state = os.stat(last, dir_fd=handle, follow_symlinks=False)
    except (OSError, ValueError):
        return None
    return state if stat.S_ISREG(state.st_mode) else None


def is_file(folder: Path, name: str) -> bool:
    """Say whether a file lies below a folder, and no link on the way to it."""
    return state_of(folder, name) is not None


def find(folder: Path, pattern: str) -> Iterator[str]:
    """Yield the names below a folder that match a pattern such as `content/*.md`.

    No folder is among them, but a link in the place of a folder is, for `read` to
    refuse.  Hidden links are left out: editors mark with them what they hold open.
    """
    yield from _find(folder, "", pattern.split("/"))


def _find(folder: Path, name: str, patterns: list[str]) -> Iterator[str]:
    try:
        inside = list(_entries(folder, name))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        # Whoever reads what is found tells that this folder cannot be read.
        if name:
            yield name
        return
    for path, is_folder, is_link in inside:
        last = path.rpartition("/")[2]
        if not fnmatchcase(last, patterns[0]):
            continue
        if is_link:
            if not last.startswith("."):
                yield path
        elif is_folder and patterns[1:]:
            yield from _find(folder, path, patterns[1:])
        elif not is_folder and not patterns[1:]:
            yield path


def walk(folder: Path, name: str = "") -> Iterator[str]:
    """Yield the name of everything below a folder that is no folder itself, sorted.

    Links are among them, and nothing behind them.
    """
    try:
        inside = list(_entries(folder, name))
    except OSError:
        return
    for path, is_folder, _ in inside:
        if is_folder:
            yield from walk(folder, path)
        else:
            yield path


def _entries(folder: Path, name: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield the path of each entry of a folder: is it a folder, is it a link."""
    parts = _parts(name) if name else ()
    with _opened(folder, parts) as handle, os.scandir(handle) as rows:
        for row in sorted(rows, key=lambda row: row.name):
            path = f"{name}/{row.name}" if name else row.name
            yield path, row.is_dir(follow_symlinks=False), row.is_symlink()


def publish(data: bytes, folder: Path, name: str) -> Diagnostic | None:
    """Write a file below a folder of ours atomically.

    Returns a diagnostic where the disk refuses; the file is then unchanged.
    """
    *inner, last = _parts(name)
    try:
        with (
            _opened(folder, (SCRATCH,), make=True) as scratch,
            _opened(folder, inner, make=True) as place,
        ):
            _replace(data, scratch, place, last, name)
    except OSError as problem:
        return _refused(problem, folder, name)
    return None


def publish_changed(data: bytes, folder: Path, name: str) -> Diagnostic | None:
    """Write a file below a folder of ours, unless these very bytes stand there."""
    with suppress(OSError):
        if read(folder, name, len(data)) == data:
            return None
    return publish(data, folder, name)


def put(data: bytes, root: Path, name: str) -> None:
    """Write one file of a project atomically, and leave nothing else there.

    LeafletsError where the disk refuses; the file is then unchanged.
    """
    *inner, last = _parts(name)
    try:
        with _opened(root, inner, make=True) as place:
            _replace(data, place, place, last, name)
    except OSError as problem:
        raise LeafletsError((_refused(problem, None, name),)) from None


def remove(folder: Path, name: str) -> Diagnostic | None:
    """Delete a file below a folder, if there is one, whose name only we write."""
    *inner, last = _parts(name)
    try:
        with _opened(folder, inner) as place:
            _refuse_link(last, place, name)
            os.unlink(last, dir_fd=place)
    except FileNotFoundError:
        return None
    except OSError as problem:
        return _refused(problem, folder, name)
    return None


def withdraw(folder: Path, name: str, sha256: str) -> Diagnostic | None:
    """Remove a file if its SHA-256 is the given one, and folders that are then empty.

    Returns a warning where somebody changed the file: it then stays.
    """
    place = Location(place_of(folder, name))
    try:
        if digest_bytes(read(folder, name)) != sha256:
            message = "nothing of this name is made any more, but the file was changed"
            hint = "it stays; delete it by hand if nobody needs it"
            return warning("foreign-file", message, place, hint)
    except FileNotFoundError:
        return None
    except OSError as problem:
        return _refused(problem, folder, name)
    if refusal := remove(folder, name):
        return refusal
    *inner, _ = _parts(name)
    while inner:
        # The first folder that still holds something ends it.
        try:
            with _opened(folder, inner[:-1]) as handle:
                os.rmdir(inner.pop(), dir_fd=handle)
        except OSError:
            break
    return None


def keep_only(
    folder: Path, written: Mapping[str, str], listed: str = LISTED
) -> tuple[Diagnostic, ...]:
    """Remove what the last run wrote below a folder and this one did not.

    `written` maps the name of each file of this run to its SHA-256; it is stored as the
    list `listed` for the next one.  What no list names stays.
    """
    gone = (
        withdraw(folder, name, sha256)
        for name, sha256 in read_list(folder, listed).items()
        if name not in written
    )
    problems = [*gone, publish_changed(format_list(written), folder, listed)]
    return tuple(problem for problem in problems if problem)


def read_list(folder: Path, name: str = LISTED) -> dict[str, str]:
    """Read the digests of files by name; what is no such list counts as empty."""
    try:
        text = read(folder, name).decode()
    except (OSError, ValueError):
        return {}
    rows = {}
    for match in filter(None, map(SUM.fullmatch, text.splitlines())):
        with suppress(ValueError):
            _parts(match[2])
            rows[match[2]] = match[1]
    return rows


def format_list(digests: Mapping[str, str]) -> bytes:
    """Return the lines that `sha256sum -c` reads."""
    lines = (f"{sha256}  {name}\n" for name, sha256 in sorted(digests.items()))
    return "".join(lines).encode()


@contextmanager
def lock(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Lock a folder against other builds, and clear temporary files of a killed one.

    LeafletsError where another build has the lock, unless `wait` is set.  The kernel
    frees the lock when its process ends, so that a killed build blocks nobody.
    """
    try:
        with _opened(folder, (), make=True) as handle:
            number = _open(LOCK, LOCKED, handle, LOCK)
    except OSError as problem:
        raise LeafletsError((_refused(problem, folder, LOCK),)) from None
    with os.fdopen(number, "r+b") as file:
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise OSError(errno.EINVAL, "it is no ordinary file", LOCK)
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise LeafletsError((_occupied(folder),)) from None
        except OSError as problem:
            raise LeafletsError((_refused(problem, folder, LOCK),)) from None
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        _clear(folder)
        yield


def _clear(folder: Path) -> None:
    """Delete what a killed build left unfinished; what cannot be deleted does no harm."""
    with suppress(OSError), _opened(folder, (SCRATCH,)) as handle:
        names = os.listdir(handle)  # noqa: PTH208  a handle is no path
        for name in filter(UNFINISHED.fullmatch, names):
            with suppress(OSError):
                os.unlink(name, dir_fd=handle)


def _occupied(folder: Path) -> Diagnostic:
    holder = ""
    with suppress(OSError):
        holder = read(folder, LOCK).decode("ascii", "replace").strip()
    name = f" (process {holder})" if holder.isdecimal() else ""
    message = f"another build is running in this folder{name}"
    hint = "wait until it is done, or stop it"
    return error("build-running", message, Location(place_of(folder)), hint)


def _parts(name: str) -> tuple[str, ...]:
    """Split a name; ValueError where it leads out of its folder, or nowhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name or "\0" in name:
        raise ValueError(f"not a name below the folder: {name!r}")
    return path.parts


@contextmanager
def _opened(
    folder: Path, parts: tuple[str, ...] | list[str], *, make: bool = False
) -> Iterator[int]:
    """Open a folder below another, part by part; it is made where it is missing."""
    if make:
        folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, FOLDER)
    try:
        for index, part in enumerate(parts):
            if make and not _exists(part, handle):
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=handle)
                    os.fsync(handle)
            inner = _open(part, INNER, handle, "/".join(parts[: index + 1]))
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _open(part: str, flags: int, handle: int, name: str) -> int:
    """Open a part of a name; OSError (ELOOP) where it is a link."""
    try:
        return os.open(part, flags, 0o644, dir_fd=handle)
    except OSError as problem:
        # Of a link in the place of a folder some systems say that it is no folder.
        if problem.errno in (errno.ELOOP, errno.ENOTDIR):
            _refuse_link(part, handle, name)
        raise


def _refuse_link(part: str, handle: int, name: str) -> None:
    with suppress(FileNotFoundError):
        now = os.stat(part, dir_fd=handle, follow_symlinks=False)
        if stat.S_ISLNK(now.st_mode):
            raise OSError(errno.ELOOP, "it is a symbolic link", name)


def _exists(part: str, handle: int) -> bool:
    try:
        os.stat(part, dir_fd=handle, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _replace(data: bytes, scratch: int, place: int, last: str, name: str) -> None:
    """Write a file in one folder and rename it into another, both given as handles."""
    _refuse_link(last, place, name)
    temporary = f".{secrets.token_hex(8)}.part"
    try:
        with os.fdopen(os.open(temporary, NEW, 0o644, dir_fd=scratch), "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            # Without this a power cut can leave an empty file under the final
            # name.  It costs milliseconds while other processes render.
            os.fsync(file.fileno())
        os.rename(temporary, last, src_dir_fd=scratch, dst_dir_fd=place)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=scratch)
        raise
    # And without this it can undo the renaming.
    os.fsync(place)


def _refused(problem: OSError, folder: Path | None, name: str) -> Diagnostic:
    """Say why a file cannot be written, in a folder of ours or in the project's root."""
    if problem.errno == errno.ELOOP:
        link = str(problem.filename)
        return linked(place_of(folder, link) if folder else link)
    words = WORDS.get(problem.errno or 0, problem.strerror or str(problem))
    message = f'"{name}" cannot be written: {words}'
    hint = "what stood there before is untouched"
    place = Location(place_of(folder, name) if folder else name)
    return error("cannot-write", message, place, hint)
