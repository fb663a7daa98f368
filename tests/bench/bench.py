"""Measure the build against other ways to make the same pages, in one run.

Ratios hold from machine to machine, seconds do not: each round measures every way once,
one after the other, and the table gives medians of the rounds' ratios.  Writes
docs/benchmarks.md and its picture.  ROUNDS and LOCALES say how much is measured.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import commands
import ours
import rivals
from table import write_report

ROUNDS = int(os.environ.get("ROUNDS", "5"))
LOCALES = tuple(os.environ.get("LOCALES", "en,ar,zh_Hans").split(","))
GROWTH = tuple(
    int(one) for one in os.environ.get("GROWTH", "5,25,100").split(",") if one
)


def one_round(folder: Path) -> dict[str, float]:
    """Measure every way once; seconds by name."""
    project = ours.copy(folder, LOCALES)
    pages = rivals.write_pages(project, folder / "pages")
    seconds = {"loop of the engine's command": rivals.engine_loop(pages)}
    seconds["one warm engine process"] = rivals.engine_warm(pages)
    seconds["Typst, one process each"] = rivals.typst_each(pages)
    seconds["Typst, one process"] = rivals.typst_warm(pages)
    if rivals.CHROMIUM:
        seconds["headless Chromium, one process each"] = rivals.chromium(pages)
    seconds["cold"], told = ours.build(project)
    ours.STATE.update(told)
    seconds["nothing changed"] = ours.build(project)[0]
    ours.change_word(project, 1)
    seconds["one word changed"] = ours.build(project)[0]
    ours.change_template(project)
    seconds["a template changed"] = ours.build(project)[0]
    seconds["a language added"] = ours.add_language(project)
    seconds["one word, watching"] = ours.watch_one(project)
    return seconds


def main() -> None:
    """Measure, print and write the report."""
    rounds = []
    for number in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory() as name:
            rounds.append(one_round(Path(name)))
        shown = ", ".join(f"{key} {value:.2f}" for key, value in rounds[-1].items())
        print(f"round {number}: {shown}", flush=True)
    grown = []
    for count in GROWTH:
        with tempfile.TemporaryDirectory() as name:
            grown.append(ours.grow(Path(name), count))
        print(f"{count} languages: {grown[-1]}", flush=True)
    middle = {
        name: statistics.median(one[name] for one in rounds) for name in rounds[0]
    }
    print(write_report(rounds, middle, grown, ours.STATE))
    commands.write(commands.measure_copy())


if __name__ == "__main__":
    main()
