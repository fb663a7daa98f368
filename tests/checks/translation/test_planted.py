"""How much the checks of translations find, and how often they accuse wrongly."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    """Load the measuring tool, which is a script of its own."""
    path = HERE / "planted" / "measure.py"
    spec = importlib.util.spec_from_file_location("measure", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["measure"] = module
    spec.loader.exec_module(module)
    return module


MEASURE = tool()


@cache
def results() -> tuple:  # type: ignore[type-arg]
    return tuple(MEASURE.run(one) for one in MEASURE.cases())


def test_there_are_enough_cases() -> None:
    """At least 300 planted mistakes and 300 right pairs, in all languages."""
    planted = [one for one in results() if one.case.kind]
    assert len(planted) >= 300
    assert len(results()) - len(planted) >= 300
    assert len({one.case.locale for one in planted}) == 24
    assert {one.case.kind for one in planted} == set(MEASURE.KINDS)


@pytest.mark.parametrize("kinds", [MEASURE.SHARP, ("placeholder",)])
def test_mistakes_in_numbers_and_placeholders_are_found(kinds: tuple[str, ...]) -> None:
    """99 of 100 planted mistakes in what must not be wrong."""
    mine = [one for one in results() if one.case.kind in kinds]
    missed = [one.case for one in mine if not one.codes]
    assert len(missed) <= len(mine) // 100, missed


def test_other_mistakes_are_found() -> None:
    """95 of 100 of all that was planted: words are harder than values."""
    mine = [one for one in results() if one.case.kind]
    missed = [one.case for one in mine if not one.codes]
    assert len(missed) <= len(mine) // 20, missed


def test_right_translations_are_not_accused() -> None:
    """Fewer than one of 100 right pairs has a finding."""
    mine = [one for one in results() if not one.case.kind]
    accused = [one for one in mine if one.codes]
    assert len(accused) < len(mine) / 100, accused


def test_the_paper_tells_what_is_measured() -> None:
    """docs/checks.md holds the figures of this very state."""
    text = MEASURE.PAPER.read_text(encoding="utf-8")
    assert MEASURE.write(text, MEASURE.tables(list(results()))) == text, (
        "run `python tests/planted/measure.py`"
    )
