"""Measure single commands over the whole project, and write the times into the docs.

`make bench` runs it; by itself it is `python tests/bench/commands.py`.  A time in README
or docs stands between `<!-- bench:NAME -->` and `<!-- /bench -->`, and is written here.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ours

from leaflets.build.workers import cores

ROOT = Path(__file__).resolve().parents[2]
PORT = 8797
SIGN = (
    *("sign", "what-is-ms", "--locale", "de", "--role", "layout"),
    *("--name", "PLACEHOLDER", "--credentials", "PLACEHOLDER"),
)
MAKE = ("build", "what-is-ms", "--edition", "sheet", "--paper", "A4")
"""What `make` runs; the Makefile has it too."""
MEASURES = {
    "check": "`leaflets check`, nothing known",
    "check-again": "`leaflets check`, nothing changed",
    "check-part": "`leaflets check what-is-ms --locale de`",
    "status": "`leaflets status`",
    "sign": "`leaflets sign what-is-ms --locale de`",
    "preview": "`leaflets preview`, until it answers",
    "first-pdf": "`make` after `make setup`, until the first PDF",
    "make": "`make` after `make setup`, whole",
}
"""Names of the measures, and what each is."""
MARKED = re.compile(r"(<!-- bench:([\w-]+) -->).*?(<!-- /bench -->)", re.DOTALL)


def measure(project: Path) -> dict[str, float]:
    """Run every command once; seconds by name.  The project is a copy, nothing built."""
    return {
        "check": run(project, "check"),
        "check-again": run(project, "check"),
        "check-part": run(project, "check", "what-is-ms", "--locale", "de"),
        "status": run(project, "status"),
        "sign": run(project, *SIGN),
        "preview": until_preview_answers(project),
        "first-pdf": until_first_pdf(project),
        "make": run(project, *MAKE),
    }


def command(project: Path, *words: str) -> list[str]:
    """Name a command of leaflets for a process of its own."""
    return [sys.executable, "-m", "leaflets", *words, "--project", str(project)]


def run(project: Path, *words: str) -> float:
    """Run a command; seconds."""
    start = time.perf_counter()
    subprocess.run(command(project, *words), capture_output=True, check=True)
    return time.perf_counter() - start


def until_preview_answers(project: Path) -> float:
    """Start the proof desk; seconds until its first page is there."""
    start = time.perf_counter()
    desk = subprocess.Popen(
        command(project, "preview", "--port", str(PORT)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while desk.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/").close()
            except urllib.error.URLError:
                time.sleep(0.02)
            else:
                return time.perf_counter() - start
    finally:
        desk.terminate()
        desk.wait()
    sys.exit("the proof desk did not start")


def until_first_pdf(project: Path) -> float:
    """Build as `make` does; seconds until a file is published, then it is stopped."""
    start = time.perf_counter()
    making = subprocess.Popen(
        command(project, *MAKE),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while making.poll() is None:
            if any((project / "build").glob("*/*.pdf")):
                return time.perf_counter() - start
            time.sleep(0.02)
    finally:
        making.terminate()
        making.wait()
    sys.exit("the build made no PDF")


def fill(text: str, seconds: Mapping[str, float]) -> str:
    """Write times between their markers; those not measured stay."""

    def filled(match: re.Match[str]) -> str:
        begin, name, end = match.groups()
        return f"{begin}{shown(seconds[name])}{end}" if name in seconds else match[0]

    return MARKED.sub(filled, text)


def shown(seconds: float) -> str:
    """Write a time as the docs do: tenths below ten seconds."""
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


def table() -> str:
    """Lay the measures out for docs/benchmarks.md, with markers for the times."""
    rows = [
        f"| {what} | <!-- bench:{name} -->–<!-- /bench --> |"
        for name, what in MEASURES.items()
    ]
    return "\n".join(
        (
            "## Commands",
            "",
            f"Over the whole project, each in a process of its own, once; {cores()} cores.",
            "",
            "| command | time |",
            "|---|---:|",
            *rows,
        )
    )


def write(seconds: Mapping[str, float]) -> None:
    """Write the times into README and docs, and their table into docs/benchmarks.md."""
    report = ROOT / "docs" / "benchmarks.md"
    before = report.read_text(encoding="utf-8").partition("\n## Commands")[0]
    report.write_text(f"{before.rstrip()}\n\n{table()}\n", encoding="utf-8")
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        path.write_text(fill(text, seconds), encoding="utf-8")


def measure_copy() -> dict[str, float]:
    """Copy the whole project, nothing built, and measure there."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for entry in (*ours.INPUTS, "pyproject.toml"):
            source = ROOT / entry
            if source.is_dir():
                shutil.copytree(source, project / entry, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, project / entry)
        (project / "build").mkdir()
        shutil.copytree(ROOT / "build" / "fonts", project / "build" / "fonts")
        shutil.copy(ROOT / "build" / "fonts.conf", project / "build")
        return measure(project)


if __name__ == "__main__":
    measured = measure_copy()
    write(measured)
    print(measured)
