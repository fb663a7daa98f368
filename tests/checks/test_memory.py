"""What the checks said before is said again, or found anew; never lost."""

from pathlib import Path

import pytest

from leaflets.build.front import look
from leaflets.checks.memory import TEXTS, read_verdicts, write_verdicts
from leaflets.diagnostics import Location, error
from signing import catalog, change
from tiny import line_of

FOUND = {"ab": (error("unchanged", "it is", Location(""), "do"),), "cd": ()}


def test_verdicts_are_read_back(tmp_path: Path) -> None:
    """What was written is read, related places too."""
    known = dict(FOUND)
    known["ef"] = (FOUND["ab"][0].at(Location("")),)
    assert write_verdicts(tmp_path, known) is None
    assert read_verdicts(tmp_path) == known


@pytest.mark.parametrize("data", [b"", b"x", b"\n{}", b"\xff\n{}", b"{}\n[1]"])
def test_what_is_not_whole_is_forgotten(tmp_path: Path, data: bytes) -> None:
    """A cut or foreign file is no memory at all."""
    (tmp_path / TEXTS).write_bytes(data)
    assert read_verdicts(tmp_path) == {}


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    """A finding cannot be taken out of the file unnoticed."""
    write_verdicts(tmp_path, FOUND)
    data = (tmp_path / TEXTS).read_bytes()
    (tmp_path / TEXTS).write_bytes(data.replace(b'"it is"', b'"it iz"'))
    assert read_verdicts(tmp_path) == {}


def test_findings_move_with_their_line(tiny: Path) -> None:
    """The same words at another line are told there, without being checked again."""
    change(catalog(tiny), "لا تستطيع البلع.", "تستطيع البلع.")
    first = look(tiny)
    assert [one.code for one in first.diagnostics if one.severity > 0] == [
        "negation-parity"
    ]
    path = catalog(tiny)
    path.write_text("# moved\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    second = look(tiny, seen=first.verdicts)
    (found,) = [one for one in second.diagnostics if one.severity > 0]
    assert found.location.line == line_of(path, "تستطيع البلع.")
    assert second.verdicts == first.verdicts


def test_what_is_no_longer_in_use_is_forgotten(tiny: Path) -> None:
    """The memory holds the texts of today, however many there were before."""
    first = look(tiny)
    change(catalog(tiny), "لا تستطيع التنفس.", "لا يمكنك التنفس.")
    second = look(tiny, seen={**first.verdicts, "gone": ()})
    assert len(second.verdicts) == len(first.verdicts)
    assert "gone" not in second.verdicts
