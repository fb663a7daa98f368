"""Lines of a log, by a clock that the test moves."""

from itertools import pairwise

import pytest

from leaflets.cli.progress import format_progress, format_seconds, lines_of_progress


def logged(total: int, seconds_a_file: float) -> list[tuple[float, str]]:
    """Log a step whose files take the same time; each line with its moment."""
    now = 0.0
    lines: list[tuple[float, str]] = []
    tell = lines_of_progress(lambda line: lines.append((now, line)), lambda: now)
    for done in range(total + 1):
        now = done * seconds_a_file
        tell("makes pdf", done, total)
    return lines


def test_a_step_is_told_at_once_and_only_once() -> None:
    """Also where nothing is counted, and where it is over before a line is due."""
    assert logged(9, 1.0) == [(0.0, "leaflets makes pdf")]
    assert logged(0, 1.0) == [(0.0, "leaflets makes pdf")]


def test_a_line_comes_every_ten_seconds() -> None:
    """With what is done, the time so far, and an estimate of the rest."""
    lines = logged(200, 1.0)
    assert lines[1] == (10.0, "10 of 200 files, 10 s, about 3 min 10 s left")
    assert lines[-1] == (200.0, "200 of 200 files, 3 min 20 s")
    moments = [moment for moment, _ in lines]
    assert {b - a for a, b in pairwise(moments)} == {10.0}


@pytest.mark.parametrize(("seconds_a_file", "apart"), [(4.0, 32.0), (30.0, 60.0)])
def test_a_long_build_says_less_often(seconds_a_file: float, apart: float) -> None:
    """A line for each part of a hundred, yet one each minute."""
    moments = [moment for moment, _ in logged(800, seconds_a_file)]
    assert {b - a for a, b in pairwise(moments)} == {apart}


def test_the_next_step_begins_anew() -> None:
    """Its time is its own."""
    now = 0.0
    lines: list[str] = []
    tell = lines_of_progress(lines.append, lambda: now)
    tell("reads", 0, 0)
    now = 50.0
    tell("makes pdf", 0, 2)
    now = 61.0
    tell("makes pdf", 1, 2)
    assert lines == [
        "leaflets reads",
        "leaflets makes pdf",
        "1 of 2 files, 11 s, about 11 s left",
    ]


def test_lines_hold_no_control_characters() -> None:
    """A log is read as text."""
    assert all(line.isprintable() for _, line in logged(500, 3.0))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (59.4, "59 s"),
        (60.0, "1 min 0 s"),
        (3599.4, "59 min 59 s"),
        (3600.0, "1 h 0 min"),
    ],
)
def test_a_duration_has_two_units(seconds: float, text: str) -> None:
    """Seconds below a minute, minutes below an hour."""
    assert format_seconds(seconds) == text


def test_what_is_done_has_nothing_left() -> None:
    """The last line gives no estimate."""
    assert "left" in format_progress(1, 2, 1.0)
    assert "left" not in format_progress(2, 2, 1.0)
