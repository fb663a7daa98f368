"""The report: a table of ratios, a picture, and what is not equal between the ways."""

import statistics
from pathlib import Path
from typing import Any

from leaflets.build.workers import cores

DOCS = Path(__file__).resolve().parents[2] / "docs"
OURS = (
    "cold",
    "nothing changed",
    "one word changed",
    "a template changed",
    "a language added",
    "one word, watching",
)
UNEQUAL = """
## What is not equal

- The build also finds every fault of texts, catalogs and pages, finishes each PDF (PDF/UA
  and PDF/A in one), reads it back glyph by glyph and proves that no word was lost.  No
  other way does any of this.
- The engine's command and the warm process set the same HTML with the same stylesheet, and
  write PDF/UA-1; nothing is checked.
- Typst sets the same texts in the same fonts with headings, paragraphs, pictures and page
  numbers, but not the same design: no boxes, no margins with numbers, no tables of
  contacts.  It checks nothing.
- Chromium prints the same HTML; its PDF has no running heads of ours and is neither PDF/UA
  nor PDF/A.
- pandoc with XeLaTeX is measured where it is installed; here it was not.
"""


def write_report(
    rounds: list[dict[str, float]],
    middle: dict[str, float],
    grown: list[dict[str, float]],
    state: dict[str, Any],
) -> str:
    """Write docs/benchmarks.md and its picture; give the table."""
    cold = middle["cold"]
    lines = [
        "| way | seconds | of our cold build |",
        "|---|---:|---:|",
    ]
    for name, seconds in middle.items():
        ratio = statistics.median(one[name] / one["cold"] for one in rounds)
        mark = "**" if name in OURS else ""
        lines.append(f"| {mark}{name}{mark} | {seconds:.2f} | {ratio:.2f} |")
    table = "\n".join(lines)
    more = [
        "| languages | files | cold, s | nothing changed, s | memory of a worker, MB |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {one['languages']} | {one['files']} | {one['cold']:.1f} |"
            f" {one['again']:.2f} | {one['memory']:.0f} |"
            for one in grown
        ),
    ]
    text = "\n".join(
        (
            "# Benchmarks",
            "",
            "Written by `make bench`: do not edit by hand.",
            (
                f"{state['targets']} files, {state['pages']} pages, {cores()} cores, medians"
                f" of {len(rounds)} rounds; every round measures every way once."
            ),
            "Ratios hold from machine to machine; seconds do not.",
            "",
            "![Seconds of each way](benchmarks.svg)",
            "",
            table,
            "",
            f"The highest memory of a worker was {state['memory'] / 1024:.0f} MB.",
            *(
                (
                    "",
                    "## Growth",
                    "",
                    (
                        "One leaflet in ever more languages (copies of catalogs beyond 25),"
                        " measured once."
                    ),
                    "",
                    *more,
                )
                if grown
                else ()
            ),
            UNEQUAL,
        )
    )
    (DOCS / "benchmarks.md").write_text(text.rstrip() + "\n", encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(picture(middle, cold), encoding="utf-8")
    return table


def picture(middle: dict[str, float], cold: float) -> str:
    """Draw a bar for each way; ours are dark."""
    longest = max(middle.values())
    rows = []
    for index, (name, seconds) in enumerate(middle.items()):
        y, wide = 10 + 26 * index, max(seconds / longest * 380, 1)
        colour = "#0b5563" if name in OURS else "#9fc5ca"
        rows.append(
            f'<text x="262" y="{y + 14}" text-anchor="end">{name}</text>'
            f'<rect x="270" y="{y}" width="{wide:.1f}" height="18" fill="{colour}"/>'
            f'<text x="{276 + wide:.1f}" y="{y + 14}">{seconds:.2f} s'
            f" ({seconds / cold:.2f})</text>"
        )
    height = 20 + 26 * len(middle)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}"'
        ' font-family="sans-serif" font-size="13" fill="#1d2b33">\n'
        + "\n".join(rows)
        + "\n</svg>\n"
    )
