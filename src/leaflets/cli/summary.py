"""Summary of a build: how many languages of each leaflet and edition are published.

Takes what became of each target; gives rows of text for a table.
"""

from collections import Counter
from collections.abc import Iterable

from leaflets.build.result import TargetResult

SHORT = 20
"""Targets up to which a build lists each of them without being asked."""
COLUMNS = {
    "built": "published now",
    "kept": "up to date",
    "waiting": "waiting",
}
"""Columns of the summary by the state of a target; any other is kept from print."""
HELD = "kept from print"
HEADS = ("edition", "leaflet", "paper", "languages", *COLUMNS.values(), HELD)


def summarize(targets: Iterable[TargetResult]) -> list[tuple[str, ...]]:
    """Count the states of all languages, a row for each edition, leaflet and paper.

    The cells are those of `HEADS`; a zero is an empty cell.
    """
    rows: dict[tuple[str, str, str], Counter[str]] = {}
    for row in targets:
        target = row.target
        counts = rows.setdefault(
            (target.edition, target.leaflet, target.paper), Counter()
        )
        counts[COLUMNS.get(row.state, HELD)] += 1
    return [
        (
            *key,
            str(counts.total()),
            *(str(counts[name] or "") for name in (*COLUMNS.values(), HELD)),
        )
        for key, counts in sorted(rows.items())
    ]


def held_back(targets: Iterable[TargetResult]) -> tuple[TargetResult, ...]:
    """List the targets that are kept from print: what needs attention."""
    return tuple(row for row in targets if row.state not in COLUMNS)
