"""Files appear whole or not at all, and a refusal is told in plain words."""

import errno
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaflets.diagnostics import LeafletsError, Severity
from leaflets.digest import digest_bytes
from leaflets.files import LOCK, SCRATCH, lock, publish, withdraw
from samples import hold

NAME = "es/tired.sheet.A4.pdf"


def scratch(folder: Path) -> list[Path]:
    """List what is left of unfinished files."""
    return list((folder / SCRATCH).iterdir())


def test_a_file_is_published_whole(tmp_path: Path) -> None:
    """The bytes stand under their name, readable by all, and nothing else is left."""
    assert publish(b"%PDF", tmp_path, NAME) is None

    assert (tmp_path / NAME).read_bytes() == b"%PDF"
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o644
    assert scratch(tmp_path) == []


def test_a_newer_file_replaces_the_older(tmp_path: Path) -> None:
    """Publishing twice leaves the second file; a reader of the first keeps it."""
    publish(b"old", tmp_path, NAME)
    with (tmp_path / NAME).open("rb") as reader:
        publish(b"new", tmp_path, NAME)

        assert reader.read() == b"old"
    assert (tmp_path / NAME).read_bytes() == b"new"


@pytest.mark.parametrize("name", ["../x.pdf", "/x.pdf", "es/../../x.pdf", ""])
def test_a_name_stays_below_the_folder(tmp_path: Path, name: str) -> None:
    """A name that leads out of the build folder is a fault of the program."""
    with pytest.raises(ValueError, match="below the build folder"):
        publish(b"x", tmp_path, name)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "can only be read"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "may not write"),
        (errno.ELOOP, os.strerror(errno.ELOOP)),
    ],
)
@pytest.mark.parametrize("step", ["mkdir", "chmod", "replace"])
def test_a_refusal_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
    step: str,
) -> None:
    """Whatever the disk refuses, the old file stays and nothing is left over."""
    publish(b"old", tmp_path, NAME)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, step, refuse)
    diagnostic = publish(b"new", tmp_path, NAME)
    monkeypatch.undo()

    assert diagnostic is not None
    assert diagnostic.code == "cannot-write"
    assert diagnostic.severity is Severity.ERROR
    assert words in diagnostic.message
    assert diagnostic.location.path == f"{tmp_path.name}/{NAME}"
    assert (tmp_path / NAME).read_bytes() == b"old"
    assert scratch(tmp_path) == []


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    """A real refusal in the middle of the file (RLIMIT_FSIZE) loses nothing."""
    publish(b"old", tmp_path, NAME)
    with largest_file(1000):
        diagnostic = publish(bytes(100_000), tmp_path, NAME)

    assert diagnostic is not None
    assert "larger than this account may write" in diagnostic.message
    assert (tmp_path / NAME).read_bytes() == b"old"
    assert scratch(tmp_path) == []


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Have the kernel refuse files above a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(
    subprocess.run(
        ["unshare", "-m", "true"], check=False, capture_output=True
    ).returncode
    != 0,
    reason="mounting is not allowed here",
)
@pytest.mark.parametrize(
    ("options", "words"),
    [("size=64k", "the disk is full"), ("ro", "can only be read")],
)
def test_a_real_disk_refuses(tmp_path: Path, options: str, words: str) -> None:
    """On a full or read-only file system the finding says so."""
    program = (
        "import sys; from pathlib import Path; from leaflets.files import publish;"
        "print(publish(bytes(200_000), Path(sys.argv[1]), 'es/tired.pdf'))"
    )
    script = 'mount -t tmpfs -o "$1" none "$2" && "$3" -c "$4" "$2"'
    command = ["unshare", "-m", "sh", "-c", script, "sh", options]
    command += [str(tmp_path), sys.executable, program]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert f"{words} [cannot-write]" in done.stdout, done.stderr


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    """A file named as the locale's folder is named in the finding, and stays."""
    (tmp_path / "es").write_text("notes")
    diagnostic = publish(b"new", tmp_path, NAME)

    assert diagnostic is not None
    assert "a file stands where a folder should be" in diagnostic.message
    assert (tmp_path / "es").read_text() == "notes"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    """A folder under the name of the PDF is named in the finding, and stays."""
    (tmp_path / NAME).mkdir(parents=True)
    diagnostic = publish(b"new", tmp_path, NAME)

    assert diagnostic is not None
    assert "a folder stands where the file should be" in diagnostic.message
    assert scratch(tmp_path) == []


def test_what_was_built_here_can_be_withdrawn(tmp_path: Path) -> None:
    """A withdrawn file is gone, with the folder that it leaves empty."""
    publish(b"old", tmp_path, NAME)

    assert withdraw(tmp_path, NAME, digest_bytes(b"old")) is None
    assert not (tmp_path / "es").exists()
    assert withdraw(tmp_path, NAME, digest_bytes(b"old")) is None


def test_what_somebody_changed_is_not_withdrawn(tmp_path: Path) -> None:
    """A file that is not the one built here stays, and is told of."""
    publish(b"signed by hand", tmp_path, NAME)
    diagnostic = withdraw(tmp_path, NAME, digest_bytes(b"old"))

    assert diagnostic is not None
    assert diagnostic.code == "foreign-file"
    assert (tmp_path / NAME).exists()


def test_two_builds_do_not_mix(tmp_path: Path) -> None:
    """The second build in a folder is told who holds it."""
    with lock(tmp_path), pytest.raises(LeafletsError) as caught, lock(tmp_path):
        pass  # never reached

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "build-running"
    assert f"process {os.getpid()}" in diagnostic.message


def test_a_free_folder_is_cleared(tmp_path: Path) -> None:
    """The next build after a killed one gets the lock and an empty scratch folder."""
    (tmp_path / SCRATCH).mkdir()
    (tmp_path / SCRATCH / "half").write_bytes(b"%PD")
    with lock(tmp_path):
        assert not (tmp_path / SCRATCH).exists()
    with lock(tmp_path):
        pass


def test_a_waiting_build_gets_its_turn(tmp_path: Path) -> None:
    """With `wait` the second build begins when the first has died."""
    program = (
        "import sys, time; from pathlib import Path; from leaflets.files import lock;"
        "c = lock(Path(sys.argv[1])); c.__enter__(); print('held', flush=True);"
        "time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        waiting = multiprocessing.get_context("spawn").Process(
            target=hold, args=(tmp_path,)
        )
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        first.kill()
        waiting.join(120)
        assert waiting.exitcode == 0


def test_a_folder_that_cannot_be_locked_is_told(tmp_path: Path) -> None:
    """A file in place of the build folder stops the build with one finding."""
    (tmp_path / "build").write_text("")
    with pytest.raises(LeafletsError) as caught, lock(tmp_path / "build"):
        pass  # never reached

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "cannot-write"
    assert diagnostic.location.path == f"build/{LOCK}"
