"""Doubts: read or told, and nothing on paper depends on them."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from leaflets.build.front import analyse
from leaflets.cli.main import main
from leaflets.sources.doubts import read_doubts

DOUBT = '[[doubt]]\nsource = "relapse"\nused = "brote"\nwhy = "Or recaída."\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DOUBT, []),
        ("", []),
        (
            DOUBT.replace("why", "reason"),
            [(1, '"why" is missing'), (4, 'a doubt has no "reason"')],
        ),
        (DOUBT.replace('"brote"', "3"), [(3, '"used" is not a text')]),
        (DOUBT.replace('"brote"', '"a\\nb"'), [(3, "is not one line of text")]),
        (DOUBT.replace('"brote"', '" "'), [(3, "is not one line of text")]),
        ("note = 1\n" + DOUBT, [(1, "the file holds more than doubts")]),
        ('\ndoubt = "x"\n', [(2, "the file holds more than doubts")]),
        ("doubt = [1]\n", [(1, "a doubt is not a table")]),
        ("[[doubt", [(1, "not valid TOML")]),
    ],
)
def test_doubts_are_read_or_told(text: str, told: list[tuple[int, str]]) -> None:
    """What is not whole is told as a warning at its line."""
    doubts, found = read_doubts(text.encode(), "locales/es/doubts.toml")
    assert [one.location.line for one in found] == [line for line, _ in told]
    for one, (_, words) in zip(found, told, strict=True):
        assert words in one.message
    assert {one.code for one in found} <= {"doubts-file"}
    assert {str(one.severity) for one in found} <= {"warning"}
    assert bool(doubts) == (text == DOUBT)


def test_a_broken_doubt_hides_no_sound_one() -> None:
    """Tables of one name have lines of their own."""
    text = DOUBT + "\n" + DOUBT.replace("why", "reason") + DOUBT
    doubts, found = read_doubts(text.encode(), "x.toml")
    assert [one.location.line for one in found] == [6, 9]
    assert [one.location.line for one in doubts] == [1, 10]


@given(st.binary(max_size=80))
def test_any_bytes_are_read_as_doubts(data: bytes) -> None:
    """A broken file is told, never a crash."""
    doubts, found = read_doubts(b"[[doubt]]\n" + data, "x.toml")
    assert doubts or found


def test_a_broken_file_of_doubts_stops_no_build(tiny: Path) -> None:
    """It is a warning of `leaflets check`, and the leaflets can be printed."""
    path = tiny / "locales" / "ar" / "doubts.toml"
    path.write_text("doubt = 1\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--project", str(tiny)])
    assert "locales/ar/doubts.toml:1: warning: the file holds more" in result.output
    assert analyse(tiny).blocked == {}
