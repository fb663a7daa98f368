"""Measure the checks of translations on pairs with one planted mistake each.

`python tests/planted/measure.py` writes the tables of docs/checks.md, which says who
wrote the pairs; nothing was taken from the catalogs, which the word lists were tried
on first.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leaflets.checks.translation.catalog import check_pair
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Location, Severity
from leaflets.languages.locale import find_locale
from leaflets.sources.content.names_file import PATH, read_names

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAMES, _ = read_names((ROOT / PATH).read_bytes(), PATH)
PAPER = HERE.parent.parent / "docs" / "checks.md"
BEGIN, END = "<!-- measured -->\n", "<!-- end -->\n"

KINDS = {
    "number": "a number in digits",
    "spelled": "a number in words",
    "unit": "a unit, or numbers that swap theirs",
    "percent": "a percentage",
    "ratio": "1 in 3,000 the other way round",
    "range": "a range the other way round",
    "phone": "a telephone number",
    "placeholder": "a placeholder",
    "negation": "a negation lost or added",
    "opposite": "a word for its opposite",
    "forbidden": "a false promise",
    "markup": "stress or a link",
    "ending": "the sign at the end",
    "leftover": "a clause left in English",
}
SHARP = ("number", "spelled", "unit", "percent", "ratio", "range", "phone")
"""Kinds that are about numbers."""


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of texts and what was planted in it; nothing in a right one."""

    locale: str
    kind: str
    source: str
    translation: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the checks told of one case."""

    case: Case
    codes: tuple[str, ...]


def cases(names: tuple[str, ...] = ()) -> Iterator[Case]:
    """Read the planted pairs, each beside its right translation."""
    for path in sorted(HERE.glob("*.toml")):
        if names and path.stem not in names:
            continue
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for one in table["pair"]:
            locale = one.get("locale", path.stem)
            yield Case(locale, one["kind"], one["source"], one["bad"])
            yield Case(locale, "", one["source"], one["good"])
        for one in table.get("good", []):
            locale = one.get("locale", path.stem)
            yield Case(locale, "", one["source"], one["translation"])


def run(case: Case) -> Result:
    """Check one case; notes are no findings."""
    locale, english = find_locale(case.locale), find_locale("en")
    assert locale
    assert english
    place = Location("x.po", 1)
    pair = Pair(case.source, case.translation, locale, english, place, NAMES)
    found = {one.code for one in check_pair(pair) if one.severity > Severity.NOTE}
    return Result(case, tuple(sorted(found)))


def share(part: int, whole: int) -> str:
    """Write a part of a whole in percent."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def tables(results: list[Result]) -> str:
    """Write what was found and what was accused wrongly."""
    planted = [one for one in results if one.case.kind]
    right = [one for one in results if not one.case.kind]
    found = [one for one in planted if one.codes]
    accused = [one for one in right if one.codes]
    lines = [
        "| | cases | told of |",
        "|---|--:|--:|",
        f"| planted mistakes | {len(planted)} | {share(len(found), len(planted))} |",
        f"| right pairs | {len(right)} | {share(len(accused), len(right))} |",
        "",
        "| planted | cases | found | recall | told by |",
        "|---|--:|--:|--:|---|",
    ]
    for kind, words in KINDS.items():
        mine = [one for one in planted if one.case.kind == kind]
        told = Counter(code for one in mine for code in one.codes)
        hits = sum(bool(one.codes) for one in mine)
        names = ", ".join(f"`{code}`" for code, _ in told.most_common(2))
        lines.append(
            f"| {words} | {len(mine)} | {hits} | {share(hits, len(mine))} | {names} |"
        )
    lines += ["", "| language | planted | found | right | accused wrongly |"]
    lines += ["|---|--:|--:|--:|---|"]
    for name in sorted({one.case.locale for one in results}):
        mine = [one for one in planted if one.case.locale == name]
        fine = [one for one in right if one.case.locale == name]
        wrong = Counter(code for one in fine for code in one.codes)
        told = ", ".join(f"{count} `{code}`" for code, count in wrong.most_common())
        hits = sum(bool(one.codes) for one in mine)
        lines.append(f"| {name} | {len(mine)} | {hits} | {len(fine)} | {told or '0'} |")
    return "\n".join(lines) + "\n"


def write(paper: str, measured: str) -> str:
    """Put the tables between the marks of the paper."""
    head, _, rest = paper.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}{measured}{END}{tail}"


if __name__ == "__main__":
    every = [run(one) for one in cases(tuple(sys.argv[1:]))]
    for one in every:
        if bool(one.codes) != bool(one.case.kind):
            what = one.case.kind or f"accused: {', '.join(one.codes)}"
            print(f"{one.case.locale} {what}\n  {one.case.source}")
            print(f"  {one.case.translation}")
    if not sys.argv[1:]:
        text = PAPER.read_text(encoding="utf-8")
        PAPER.write_text(write(text, tables(every)), encoding="utf-8")
    print(tables(every))
