"""Killed, starved or torn: no half file under a final name, and the next build ends well.

Every kill is a SIGKILL to the whole group of processes at a random moment of a build.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from desk import ZH, digests, run
from leaflets.build.cache import PAGES, PARTS
from leaflets.build.manifest import RECORDS, read_manifest
from leaflets.files import publish

KILLS = 200
"""Of bare publishing, where a kill is cheap; of whole builds a tenth."""

WRITER = """
import sys
from pathlib import Path
from leaflets.files import publish
folder = Path(sys.argv[1])
print("ready", flush=True)
for number in range(10**6):
    for name in ("a.pdf", "b.pdf"):
        publish(f"{name} {number} ".encode() * 20_000, folder, name)
"""


def start(*words: str, stdout: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    """Start a process with a group of its own."""
    return subprocess.Popen(
        [sys.executable, *words],
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a whole group at once, as the machine's end would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def test_two_hundred_kills_leave_whole_files(tmp_path: Path) -> None:
    """Whatever stands under a final name is one of the things that were written."""
    chance = random.Random(6)
    seen = 0
    for _ in range(KILLS):
        writer = start("-c", WRITER, str(tmp_path), stdout=subprocess.PIPE)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.02))
        kill(writer)
        for name in ("a.pdf", "b.pdf"):
            path = tmp_path / name
            if path.exists():
                data = path.read_bytes()
                word = b" ".join((*data.split(b" ")[:2], b""))
                assert data == word * 20_000
                seen += 1
    assert seen > KILLS


def sound(project: Path) -> None:
    """Every published file is whole: what the manifest lists, or a complete PDF."""
    for path in (project / "build").glob("*/*.pdf"):
        data = path.read_bytes()
        assert data.startswith(b"%PDF-1.7"), path
        assert data.rstrip().endswith(b"%%EOF"), path
    path = project / "build" / "manifest.json"
    if path.exists():
        json.loads(path.read_bytes())


#: Seconds: a busy machine builds for minutes, and the test need not wait for that.
LATEST_KILL = 4.0


def test_builds_killed_at_random_moments_lose_nothing(project: Path) -> None:
    """After each kill all files are whole, and in the end a build completes."""
    chance = random.Random(4)
    words = ("-m", "leaflets", "build", "--workers", "2", "--project", str(project))
    begun = time.perf_counter()
    whole = start(*words)
    assert whole.wait() == 0
    length = time.perf_counter() - begun
    reference = digests(project)
    for number in range(KILLS // 10):
        if number % 3 == 0:
            old, new = ("很多", "不少") if number % 2 == 0 else ("不少", "很多")
            text = (project / ZH).read_text(encoding="utf-8")
            (project / ZH).write_text(text.replace(old, new), encoding="utf-8")
            (project / "build" / "manifest.json").unlink(missing_ok=True)
        build = start(*words)
        time.sleep(chance.uniform(0.2, min(length, LATEST_KILL)))
        kill(build)
        sound(project)
    text = (project / ZH).read_text(encoding="utf-8")
    (project / ZH).write_text(text.replace("不少", "很多"), encoding="utf-8")
    assert start(*words).wait() == 0
    assert digests(project) == reference
    assert run(project, "verify")[0] == 0
    assert not list((project / "build" / ".tmp").glob("*"))


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    """A file that does not fit leaves the old one, and tells so."""
    assert publish(b"old", tmp_path, "a.pdf") is None
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        diagnostic = publish(b"new" * 1000, tmp_path, "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert diagnostic
    assert diagnostic.code == "cannot-write"
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert not list((tmp_path / ".tmp").glob("*"))


@pytest.mark.parametrize("harm", ["cut", "other", "empty"])
def test_a_damaged_cache_entry_is_made_again(project: Path, harm: str) -> None:
    """Facts that are not whole count as none; the PDF comes out the same."""
    assert run(project, "build", "--workers", "1")[0] == 0
    before = digests(project)
    (project / "build" / PARTS).unlink()
    for path in (project / "build" / RECORDS).glob("*.json"):
        data = path.read_bytes()
        damaged = {"cut": data[:-40], "other": data.replace(b"1", b"2"), "empty": b""}
        path.write_bytes(damaged[harm])
    (project / "build" / PAGES).unlink(missing_ok=True)
    code, output = run(project, "build", "--workers", "1")
    assert (code, "3 to do" in output) == (0, True), output
    assert digests(project) == before


def test_two_builds_at_once_do_not_mix(project: Path) -> None:
    """One builds; the other says so, or waits; the files are those of one build."""
    words = ("-m", "leaflets", "build", "--workers", "1", "--project", str(project))
    first, two, three = start(*words), start(*words), start(*words, "--wait")
    # Whoever does not wait gives way, to each other or to the third.
    assert {first.wait(), two.wait()} <= {0, 1}
    assert three.wait() == 0
    manifest, _ = read_manifest(project / "build")
    for entry in manifest.entries:
        data = (project / "build" / entry.output).read_bytes()
        assert sha256(data).hexdigest() == entry.sha256
    assert len(manifest.entries) == 3
