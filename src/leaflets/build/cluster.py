"""Cluster: jobs typeset by the workers of a Dask scheduler (door to distributed).

A job is self-contained, so nothing is shared with the workers but what is sent: the
fonts once to each, by their digest, and every composition with its task.  Dask gives a
task to another worker when one dies.  A worker whose tools are not the ones here makes
nothing: its pages could differ.
"""

import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from leaflets.build.plan import Job
from leaflets.build.toolchain import toolchain
from leaflets.build.workers import Outcome, Work, run, typeset
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_parts
from leaflets.pages.composition import Composition

CONNECT = 20
"""Seconds to wait for the scheduler."""
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>
"""

Fonts = tuple[tuple[str, bytes], ...]


def execute_afar(jobs: list[Job], address: str, fonts: Path) -> Generator[Outcome]:
    """Typeset jobs on the workers of a scheduler; outcomes come as they are ready.

    LeafletsError where there is no scheduler, or distributed is not installed.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise LeafletsError((_lacking(),)) from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT, set_as_default=False
        )
    except (OSError, ValueError) as problem:
        raise LeafletsError((_unreachable(address, problem),)) from None
    with closing(client):
        sent = _read_fonts(fonts)
        mark = digest_parts(part for pair in sent for part in pair)
        client.register_plugin(_sender(sent, mark))
        tools = toolchain()
        flying = {
            client.submit(work_afar, job.composition, mark, tools, pure=False): job
            for job in jobs
        }
        ready = as_completed(list(flying), loop=client.loop)  # type: ignore[no-untyped-call]
        for future in ready:
            job = flying.pop(future)
            try:
                work = future.result()
            except Exception as problem:  # noqa: BLE001
                # Dask has tried other workers before it gives up (KilledWorker).
                work = Work(None, (_failed(job, problem),), 0.0, 0)
            yield Outcome(job, work)
            future.release()


def work_afar(
    composition: Composition, mark: str, tools: tuple[tuple[str, str], ...]
) -> Work:
    """Typeset one target, on a worker."""
    here = toolchain()
    if here != tools:
        mine, theirs = dict(here), dict(tools)
        other = sorted(
            name for name in mine | theirs if mine.get(name) != theirs.get(name)
        )
        message = f"a worker of the cluster has other tools: {', '.join(other)}"
        hint = "install the same requirements.lock and libraries on every machine"
        differs = error("worker-differs", message, composition.location, hint)
        return Work(None, (differs,), 0.0, 0)
    return run(composition, _folder(mark) / "fonts.conf", typeset)


def install(sent: Fonts, mark: str) -> None:
    """Write fonts where a worker finds them, unless they are there."""
    folder = _folder(mark)
    config = folder / "fonts.conf"
    if config.is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in sent:
        (folder / name).write_bytes(data)
    # Last of all: whoever finds it finds the fonts.
    part = folder / "fonts.conf.part"
    part.write_text(CONFIG.format(folder=folder), encoding="utf-8")
    part.replace(config)


def _sender(sent: Fonts, mark: str) -> Any:
    """Make what Dask runs once on every worker, those that come later as well."""
    from distributed import WorkerPlugin

    class FontsPlugin(WorkerPlugin):
        name = f"leaflets-fonts-{mark[:16]}"

        def setup(self, worker: Any) -> None:
            install(sent, mark)

    return FontsPlugin()


def _folder(mark: str) -> Path:
    return Path(tempfile.gettempdir()) / f"leaflets-fonts-{mark[:16]}"


def _read_fonts(config: Path) -> Fonts:
    """Read all fonts of the project."""
    folder = config.parent / "fonts"
    paths = sorted(folder.glob("*.ttf"))
    return tuple((path.name, path.read_bytes()) for path in paths)


def _lacking() -> Diagnostic:
    message = "distributed is not installed"
    hint = "pip install leaflets[cluster]"
    return error("no-cluster", message, Location("--executor"), hint)


def _unreachable(address: str, problem: Exception) -> Diagnostic:
    why = " ".join(str(problem).split())[:200]
    message = f"no scheduler answers at {address}: {why}"
    hint = "start one with `dask scheduler`, or build here without --executor"
    return error("no-cluster", message, Location("--executor"), hint)


def _failed(job: Job, problem: Exception) -> Diagnostic:
    text = " ".join(str(problem).split())[:200]
    message = f"{job.target} cannot be typeset on the cluster: {text}"
    hint = "the workers' own logs tell more"
    return error("worker-died", message, job.composition.location, hint)
