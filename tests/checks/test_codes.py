"""Every finding has a reason, and every reason a finding and its tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

from leaflets.checks.codes import CODES

HERE = Path(__file__).resolve().parents[1]
HOUSE = HERE.parent / "src" / "leaflets"


def used() -> Iterator[str]:
    """Give every text in the house that has the form of a code and is one."""
    for path in HOUSE.rglob("*.py"):
        if path.name == "codes.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("error", "warning", "note", "Diagnostic"):
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value


def test_every_finding_can_be_explained() -> None:
    """`leaflets explain` knows each code that the house gives."""
    assert set(used()) - set(CODES) == set()


def test_every_reason_belongs_to_a_finding() -> None:
    """A code that nothing gives any more leaves the list (but is never used again)."""
    text = "".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))
    gone = [code for code in CODES if text.count(f'"{code}"') < 2]
    assert gone == []


def test_every_code_is_tested() -> None:
    """Each code stands in a test, where it is found, and found absent when all is well."""
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in HERE.rglob("test_*.py")
        if path.name != "test_codes.py"
    )
    untested = [code for code in CODES if code not in tests]
    assert untested == []


def test_reasons_are_sentences() -> None:
    """A reason is told in whole sentences of plain words."""
    for code, reason in CODES.items():
        assert reason.endswith("."), code
        assert len(reason.split()) > 6, code
