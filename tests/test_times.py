"""A time in README or docs is measured, or the reason why not is listed."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))

from commands import MARKED, MEASURES, fill, shown

TIME = re.compile(
    r"\b(?:\d[\d.,]*|a|an|half a|one|two|three|ten|within|in|few|some|hundred)"
    r"[ -](?:ms|s|min|milliseconds?|seconds?|minutes?)\b(?! of two)",
    re.IGNORECASE,
)
#: Sentences with a time that is no promise of speed, and why not.
EXCEPTIONS = {
    "- Same inputs and tools, same bytes. A second build has nothing to do, and says so.": "an ordinal",
    "| `reviser` | a second linguist, never the same person (ISO 17100) | translations |": "an ordinal",
}
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    # What is measured, and the limits that a desk holds to.
    if path.name not in ("benchmarks.md", "serve.md")
)


def claims(text: str) -> list[str]:
    """List the lines that claim a time outside the markers."""
    return [
        line
        for line in MARKED.sub("", text).splitlines()
        if TIME.search(line) and line.strip() not in EXCEPTIONS
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_claims_a_time_that_is_not_measured(path: Path) -> None:
    """Seconds and minutes stand between markers that `make bench` fills."""
    text = path.read_text(encoding="utf-8")
    assert claims(text) == []
    assert {match[2] for match in MARKED.finditer(text)} <= MEASURES.keys()


@pytest.mark.parametrize(
    ("line", "is_claim"),
    [
        ("It checks all in a second.", True),
        ("PDFs are there within seconds;", True),
        ("A build takes 25 minutes.", True),
        ("It takes <!-- bench:check -->47 s<!-- /bench -->.", False),
        ("the second of two languages", False),
        ("`leaflets sign` records 3 signatures", False),
    ],
)
def test_a_claim_is_seen(line: str, is_claim: bool) -> None:
    """The search finds the sentences that stood in the docs before."""
    assert bool(claims(line)) == is_claim


def test_times_are_filled_in_between_the_markers() -> None:
    """What was not measured stays, and so does all other text."""
    text = "a <!-- bench:check -->1 s<!-- /bench --> b <!-- bench:sign -->2 s<!-- /bench -->"
    filled = fill(text, {"check": 46.8})
    assert filled == text.replace("1 s", "47 s")
    assert [shown(9.94), shown(9.96), shown(0.25)] == ["9.9 s", "10.0 s", "0.2 s"]
