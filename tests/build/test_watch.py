"""Watching: a saved source is on paper at once, and nothing else wakes anybody."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from desk import PDF, ZH, change
from leaflets.build.watch import changes, matches, until_interrupted
from samples import PATIENCE


@pytest.mark.parametrize(
    ("path", "wakes"),
    [
        ("locales/de/LC_MESSAGES/messages.po", True),
        ("content/treatments.md", True),
        ("content/figures/nerve.svg", True),
        ("pyproject.toml", True),
        ("locales/de/LC_MESSAGES/.messages.po.swp", False),
        ("locales/de/LC_MESSAGES/messages.po~", False),
        ("build/de/treatments.sheet.A4.pdf", False),
        ("locales/messages.pot", False),
    ],
)
def test_only_sources_wake(path: str, wakes: bool) -> None:
    """An editor's own files and the build folder are no sources."""
    assert matches(path) is wakes


def test_a_saved_source_is_told(tiny: Path) -> None:
    """The path that changed comes out, below the root."""
    stop, changed = Event(), []

    def listen() -> None:
        for paths in changes(tiny, stop):
            if paths:
                changed.append(paths)
                stop.set()

    listener = Thread(target=listen)
    listener.start()
    deadline = time.monotonic() + PATIENCE
    while not changed and time.monotonic() < deadline:
        (tiny / ZH).touch()
        time.sleep(0.2)
    stop.set()
    listener.join(timeout=PATIENCE)
    assert changed == [(ZH.as_posix(),)]


def test_an_interrupt_told_to_a_callback_only_still_ends_it() -> None:
    """Whoever catches the interrupt on the way, the event stays set."""
    before = signal.getsignal(signal.SIGINT)
    with until_interrupted() as stop:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
    assert signal.getsignal(signal.SIGINT) is before


def until(path: Path, before: bytes) -> bytes:
    """Wait until a file is there and other than before; its bytes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if path.is_file() and (data := path.read_bytes()) != before:
            return data
        time.sleep(0.05)
    raise AssertionError(f"{path.name} did not change")


def test_a_changed_word_is_set_anew_while_watching(project: Path) -> None:
    """The command builds what is named, again at each save; Ctrl-C ends it with 130."""
    pdf = project / PDF.format("zh_Hans")
    words = ["watch", "--locale", "zh_Hans", "--project", str(project)]
    with (project / "told.txt").open("w+") as told:
        watching = subprocess.Popen(
            [sys.executable, "-u", "-m", "leaflets", *words], stdout=told, stderr=told
        )
        try:
            first = until(pdf, b"")
            deadline = time.monotonic() + PATIENCE
            while "watching" not in (project / "told.txt").read_text():
                assert time.monotonic() < deadline
                time.sleep(0.05)
            change(project / ZH, "已经知道很多。", "已经知道不少。")
            until(pdf, first)
            assert not (project / PDF.format("ar")).exists()
            watching.send_signal(signal.SIGINT)
            assert watching.wait(timeout=PATIENCE) == 130
        finally:
            watching.kill()
            watching.wait()
