"""Files appear whole or not at all, and a refusal is told in plain words."""

import errno
import multiprocessing
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaflets.diagnostics import LeafletsError, Severity
from leaflets.digest import digest_bytes
from leaflets.files import (
    LISTED,
    LOCK,
    SCRATCH,
    below,
    find,
    is_file,
    keep_only,
    lock,
    publish,
    publish_changed,
    put,
    read,
    read_list,
    remove,
    state_of,
    walk,
    withdraw,
)
from samples import hold

NAME = "es/tired.sheet.A4.pdf"


def scratch(folder: Path) -> list[Path]:
    """List what is left of unfinished files."""
    return list((folder / SCRATCH).glob("*"))


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
    with pytest.raises(ValueError, match="not a name below the folder"):
        publish(b"x", tmp_path, name)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "can only be read"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "may not write"),
        (errno.EBUSY, os.strerror(errno.EBUSY)),
    ],
)
@pytest.mark.parametrize("step", ["mkdir", "fchmod", "rename"])
def test_a_refusal_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
    step: str,
) -> None:
    """Whatever the disk refuses, the old file stays and nothing is left over."""
    publish(b"old", tmp_path, NAME)
    (tmp_path / SCRATCH).rmdir()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, refuse)
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
    """The next build after a killed one gets the lock and no half file; what is not ours stays."""
    (tmp_path / SCRATCH).mkdir()
    (tmp_path / SCRATCH / f".{16 * 'a'}.part").write_bytes(b"%PD")
    (tmp_path / SCRATCH / "photo.jpg").write_bytes(b"of somebody")
    with lock(tmp_path):
        assert [path.name for path in scratch(tmp_path)] == ["photo.jpg"]
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


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Give a folder of somebody else's, with files that nobody may touch."""
    folder = tmp_path / "away"
    (folder / "sub").mkdir(parents=True)
    for name in ("diary.txt", "x.json", "sub/photo.jpg"):
        (folder / name).write_text("keep me")
    return folder


@pytest.fixture
def house(tmp_path: Path, away: Path) -> Iterator[Path]:
    """Give a folder with links to the other; afterwards all is there as it was."""
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "in").symlink_to(away)
    (folder / "file").symlink_to(away / "diary.txt")
    (folder / LOCK).symlink_to(away / "diary.txt")
    yield folder
    kept = {path.name: path.read_text() for path in away.rglob("*.*")}
    assert kept == dict.fromkeys(("diary.txt", "x.json", "photo.jpg"), "keep me")
    assert (folder / "in").is_symlink()
    assert (folder / "file").is_symlink()


@pytest.mark.parametrize("name", ["in/diary.txt", "in/new.txt", "in/sub/x", "file"])
def test_no_link_is_written_through(house: Path, name: str) -> None:
    """Neither in the place of the file nor of a folder; the finding names the link."""
    link = name.partition("/")[0]
    for diagnostic in (publish(b"new", house, name), publish_changed(b"", house, name)):
        assert diagnostic is not None
        assert diagnostic.code == "symbolic-link"
        assert diagnostic.location.path == f"house/{link}"
        assert diagnostic.hint
    with pytest.raises(LeafletsError) as caught:
        put(b"new", house, name)
    assert caught.value.diagnostics[0].location.path == link


@pytest.mark.parametrize("name", ["in/diary.txt", "in/sub/photo.jpg", "file"])
def test_no_link_is_read_or_deleted_through(house: Path, name: str) -> None:
    """Not even when the bytes behind it are those that we once wrote."""
    with pytest.raises(OSError, match="symbolic link") as caught:
        read(house, name)
    assert caught.value.errno == errno.ELOOP
    assert not is_file(house, name)
    assert state_of(house, name) is None
    for diagnostic in (
        withdraw(house, name, digest_bytes(b"keep me")),
        remove(house, name),
    ):
        assert diagnostic is not None
        assert diagnostic.code == "symbolic-link"


def test_no_link_is_locked(house: Path) -> None:
    """The file that it leads to is neither truncated nor written."""
    with pytest.raises(LeafletsError) as caught, lock(house):
        pass  # never reached
    assert caught.value.diagnostics[0].location.path == f"house/{LOCK}"


def test_a_linked_scratch_folder_is_refused(house: Path, away: Path) -> None:
    """Nothing is cleared in it, and nothing written."""
    (house / SCRATCH).symlink_to(away)
    (house / LOCK).unlink()
    with lock(house):
        diagnostic = publish(b"x", house, "x")
    assert diagnostic is not None
    assert diagnostic.location.path == f"house/{SCRATCH}"


def test_a_folder_is_trusted_after_a_look_at_its_way(house: Path) -> None:
    """A link on the way is refused at its place; where the root lies does not matter."""
    with pytest.raises(LeafletsError) as caught:
        below(house, "in", "sub")
    assert caught.value.diagnostics[0].location.path == "in"
    root = house.parent / "root"
    root.symlink_to(house)
    assert below(root, "build", "site") == root / "build" / "site"
    assert publish(b"x", below(root, "build"), "a/b") is None
    put(b"y", root, "a/b")
    assert read(root, "build/a/b") + read(root, "a/b") == b"xy"


def test_what_is_found_is_no_folder_and_may_be_a_link(house: Path, away: Path) -> None:
    """Links are told of, once, and nothing behind them; editors' own are passed over."""
    put(b"", house, "texts/a.md")
    put(b"", house, "texts/b.txt")
    put(b"", house, "texts/deep/c.md")
    (house / "texts" / "d.md").symlink_to(away / "diary.txt")
    (house / "texts" / ".#a.md").symlink_to("nowhere")
    assert list(find(house, "texts/*.md")) == ["texts/a.md", "texts/d.md"]
    assert list(find(house, "*/*.md")) == ["file", "in", "texts/a.md", "texts/d.md"]
    assert list(find(house, "none/*.md")) == []
    assert list(walk(house)) == [
        LOCK,
        "file",
        "in",
        "texts/.#a.md",
        "texts/a.md",
        "texts/b.txt",
        "texts/d.md",
        "texts/deep/c.md",
    ]


def test_only_what_a_list_names_is_removed(tmp_path: Path) -> None:
    """Files of the last run go, with their folder; a stranger's and a changed one stay."""
    written = {}
    for name in ("a/old.html", "a/changed.html", "kept.html"):
        publish(name.encode(), tmp_path, name)
        written[name] = digest_bytes(name.encode())
    assert keep_only(tmp_path, written) == ()
    (tmp_path / "diary.txt").write_text("mine")
    (tmp_path / "a" / "changed.html").write_text("by hand")

    problems = keep_only(tmp_path, {"kept.html": written["kept.html"]})

    assert [problem.code for problem in problems] == ["foreign-file"]
    assert list(walk(tmp_path)) == [
        LISTED,
        "a/changed.html",
        "diary.txt",
        "kept.html",
    ]
    assert read_list(tmp_path) == {"kept.html": written["kept.html"]}


def test_a_forged_list_leads_nowhere(tmp_path: Path) -> None:
    """A name that leads out of the folder is no name."""
    (tmp_path / "out").write_text("mine")
    folder = tmp_path / "in"
    digest = digest_bytes(b"mine")
    publish(f"{digest}  ../out\n{digest}  /out\nnonsense\n".encode(), folder, LISTED)
    assert read_list(folder) == {}
    assert keep_only(folder, {}) == ()
    assert (tmp_path / "out").read_text() == "mine"


def test_neither_pipe_nor_folder_nor_giant_is_read(tmp_path: Path) -> None:
    """Nobody waits for a writer; a limit holds on both of its sides."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"1234")
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match=r"ordinary file|Is a directory"):
            read(tmp_path, name)
        assert not is_file(tmp_path, name)
    assert read(tmp_path, "file", 4) == b"1234"
    with pytest.raises(OSError, match="larger than 3 bytes"):
        read(tmp_path, "file", 3)


def test_a_renamed_file_outlives_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the renaming its folder is written out, too."""
    steps: list[str] = []
    real_sync, real_rename = os.fsync, os.rename

    def sync(number: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        real_sync(number)

    def rename(*names: str, **handles: int) -> None:
        steps.append("rename")
        real_rename(*names, **handles)

    publish(b"old", tmp_path, NAME)
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "rename", rename)
    publish(b"new", tmp_path, NAME)
    assert steps == ["file", "rename", "folder"]


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    """What stands there already keeps its place on the disk."""
    publish(b"same", tmp_path, NAME)
    before = (tmp_path / NAME).stat().st_ino
    publish_changed(b"same", tmp_path, NAME)
    assert (tmp_path / NAME).stat().st_ino == before
    publish_changed(b"other", tmp_path, NAME)
    assert (tmp_path / NAME).read_bytes() == b"other"
