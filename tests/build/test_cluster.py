"""A real scheduler with two workers that share no file with the project."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import ZH, change, digests, link_fonts, run

DASK = "distributed.cli.dask_{}"


def free_port() -> int:
    """Find a port of the loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(folder: Path, kind: str, *words: str) -> "subprocess.Popen[bytes]":
    """Start a part of Dask in a folder of its own."""
    folder.mkdir()
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10s",
    }
    return subprocess.Popen(
        [sys.executable, "-m", DASK.format(kind), *words],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


Cluster = tuple[str, list["subprocess.Popen[bytes]"], list[Path]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Give the address, the workers and their folders."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    scheduler = start(tmp_path / "scheduler", "scheduler", *where)
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        with socket.socket() as one:
            if not one.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    words = (address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    folders = [tmp_path / f"worker{number}" for number in (1, 2)]
    workers = [start(one, "worker", *words) for one in folders]
    yield address, workers, folders
    for one in (*workers, scheduler):
        one.kill()
        one.wait()


def test_a_cluster_makes_the_bytes_of_one_machine(
    project: Path, tmp_path: Path, cluster: Cluster
) -> None:
    """Fonts and pages are sent; what comes back is what is made here."""
    address, _, folders = cluster
    local = tmp_path / "local"
    shutil.copytree(project, local, ignore=shutil.ignore_patterns("build", "fonts"))
    link_fonts(local)
    assert run(local, "build", "--workers", "1")[0] == 0
    code, output = run(project, "build", "--executor", address)
    assert code == 0, output
    assert digests(project) == digests(local)
    for name in ("manifest.json", "SHA256SUMS"):
        assert (project / "build" / name).read_bytes() == (
            local / "build" / name
        ).read_bytes()
    sent = [list(one.glob("leaflets-fonts-*/*.ttf")) for one in folders]
    assert any(len(one) > 10 for one in sent)


def test_a_killed_worker_costs_nothing_but_time(
    project: Path, cluster: Cluster
) -> None:
    """What it had in hand is made by the other one."""
    address, workers, _ = cluster
    build = subprocess.Popen(
        [
            *(sys.executable, "-m", "leaflets", "build", "--executor", address),
            *("--project", str(project)),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 180
    # In mid-run: the first page is there, the others are not.
    while not digests(project) and time.monotonic() < deadline:
        assert build.poll() is None
        time.sleep(0.02)
    workers[0].kill()
    assert build.wait(timeout=180) == 0
    assert len(digests(project)) == 3
    assert run(project, "verify")[0] == 0


def test_no_scheduler_is_told(project: Path) -> None:
    """Nothing was built, and what was built before is there."""
    assert run(project, "build", "--workers", "1")[0] == 0
    before = digests(project)
    change(project / ZH, "已经知道很多。", "已经知道不少。")
    address = f"tcp://127.0.0.1:{free_port()}"
    code, output = run(project, "build", "--executor", address)
    assert (code, "[no-cluster]" in output) == (1, True)
    assert digests(project) == before


def test_other_tools_make_nothing(
    project: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose libraries are others is named, and its pages are not taken."""
    import leaflets.build.cluster

    real = leaflets.build.cluster.toolchain()
    other = tuple((name, "0" if name == "pango" else text) for name, text in real)
    monkeypatch.setattr(leaflets.build.cluster, "toolchain", lambda: other)
    code, output = run(project, "build", "--executor", cluster[0])
    assert (code, "other tools: pango [worker-differs]" in output) == (1, True)
    assert digests(project) == {}
