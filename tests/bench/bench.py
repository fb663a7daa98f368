"""Measure the build against a loop of the engine's own command, in one run.

Ratios hold from machine to machine, seconds do not.  The loop gets exactly the
HTML, stylesheets and drawings that the build composes, as files, and runs one
process a page after the other, as a shell script would.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from leaflets.execute import cores
from leaflets.front import look

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("content", "fonts", "locales", "templates", "pyproject.toml")
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def copy(folder: Path) -> Path:
    """Make a copy of the project with its fonts and nothing built."""
    project = folder / "project"
    project.mkdir()
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("node_modules")
            shutil.copytree(source, project / name, ignore=ignored)
        else:
            shutil.copy(source, project / name)
    (project / "build").mkdir()
    (project / "build" / "fonts").symlink_to(ROOT / "build" / "fonts")
    shutil.copy(ROOT / "build" / "fonts.conf", project / "build")
    return project


EDITION = ("--edition", "sheet")
"""The one whose pages the engine's own command sets as well: nothing is fitted in it,
and nothing imposed."""


def build(project: Path, *words: str) -> tuple[float, dict[str, object]]:
    """Run `leaflets build` in a process of its own; seconds and what it tells."""
    command = [
        sys.executable,
        "-m",
        "leaflets",
        "build",
        "--format",
        "json",
        *EDITION,
        *words,
    ]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--project", str(project)], capture_output=True, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
    return seconds, json.loads(done.stdout)


def write_pages(folder: Path) -> list[Path]:
    """Write every composition as a file that the engine's command can read."""
    pages = []
    sheets = [one for one in look(ROOT).compositions if one.target.edition == "sheet"]
    for number, one in enumerate(sheets):
        place = folder / str(number)
        for asset in one.assets:
            (place / asset.name).parent.mkdir(parents=True, exist_ok=True)
            (place / asset.name).write_bytes(asset.data)
        style = f"<style>{one.stylesheet}</style></head>"
        html = one.html.replace("</head>", style, 1).replace("asset:", "")
        place.mkdir(exist_ok=True)
        (place / "page.html").write_text(html, encoding="utf-8")
        pages.append(place / "page.html")
    return pages


def loop(pages: list[Path]) -> float:
    """Run the engine's command on one page after the other; seconds."""
    command = str(Path(sys.executable).parent / "weasyprint")
    fonts = {"FONTCONFIG_FILE": str(ROOT / "build" / "fonts.conf")}
    start = time.perf_counter()
    for page in pages:
        subprocess.run(
            [command, "--pdf-variant", "pdf/ua-1", page.name, "page.pdf"],
            cwd=page.parent,
            env={**os.environ, **fonts},
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print a table."""
    times: dict[str, list[float]] = {
        "loop": [],
        "cold": [],
        "no-op": [],
        "one word": [],
    }
    memory = 0
    pages = 0
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            project = copy(folder)
            times["loop"].append(loop(write_pages(folder / "pages")))
            seconds, told = build(project)
            times["cold"].append(seconds)
            targets = told["targets"]
            assert isinstance(targets, list)
            pages = sum(one["pages"] for one in targets)
            memory = max(memory, int(str(told["memory"])))
            times["no-op"].append(build(project)[0])
            catalog = project / "locales/de/LC_MESSAGES/messages.po"
            text = catalog.read_text(encoding="utf-8")
            catalog.write_text(
                text.replace("Kurz gesagt", "In Kürze"), encoding="utf-8"
            )
            times["one word"].append(build(project)[0])
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"{len(targets)} targets, {pages} pages, {cores()} cores, {ROUNDS} rounds")
    for name, seconds in middle.items():
        ratio = middle["loop"] / seconds
        share = seconds / middle["cold"]
        print(f"{name:10} {seconds:8.2f} s   loop/{ratio:6.1f}   {share:7.1%} of cold")
    print(f"highest memory of a worker: {memory / 1024:.0f} MB")


if __name__ == "__main__":
    main()
