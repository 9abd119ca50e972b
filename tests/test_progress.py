"""The line that says how far a long build is: on a terminal alone, and gone at the end."""

import io
import os
import pty
from collections.abc import Iterator

import pytest

from standfirst.progress import bar, progress
from standfirst.tasks import untold


class Screen(io.StringIO):
    """A terminal that remembers all that was written to it."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        """What a person sees, if the last line is all there is."""
        shown = ""
        for text in self.getvalue().split("\r"):
            shown = text + shown[len(text) :]
        return shown.rstrip()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_short_build_shows_nothing(clock: Clock) -> None:
    screen = Screen()
    with progress(screen, {}, clock) as told:
        for done in range(9):
            clock.now += 0.1
            told("render", done, 9)
    assert screen.getvalue() == ""


def test_a_long_one_says_how_far_it_is_and_leaves_nothing(clock: Clock) -> None:
    screen = Screen()
    with progress(screen, {}, clock) as told:
        clock.now = 2.0
        told("render", 1250, 5000)
        assert screen.line == "render   [######------------------] 1,250 of 5,000"
        clock.now = 3.0
        told("publish", 0, 0)
        assert screen.line == "publish"
    assert screen.line == ""


def test_it_is_written_ten_times_a_second_at_most(clock: Clock) -> None:
    """But a new stage is seen at once: it may be the one that takes long."""
    screen = Screen()
    with progress(screen, {}, clock) as told:
        for step in range(3000):
            clock.now = 2 + step / 1000
            told("check", step, 3000)
        assert 20 < screen.getvalue().count("check") <= 31
        told("render", 0, 500)
        assert screen.line.startswith("render ")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"CI": "true"}])
def test_a_terminal_that_cannot_or_is_a_log_sees_none(
    environment: dict[str, str], clock: Clock
) -> None:
    with progress(Screen(), environment, clock) as told:
        assert told is untold


def test_a_pipe_sees_none(clock: Clock) -> None:
    with progress(io.StringIO(), {}, clock) as told:
        assert told is untold


def test_it_holds_no_colour(clock: Clock) -> None:
    """So it is the same with NO_COLOR and without."""
    said = []
    for environment in ({}, {"NO_COLOR": "1"}):
        screen = Screen()
        with progress(screen, environment, clock) as told:
            clock.now += 5
            told("render", 1, 2)
        said.append(screen.getvalue())
    assert said[0] == said[1] and "\x1b" not in said[0]


def test_what_ends_the_work_finds_a_clean_line(clock: Clock) -> None:
    """A message that comes of an interrupt or a bug is not written behind the bar."""
    screen = Screen()
    with pytest.raises(KeyboardInterrupt), progress(screen, {}, clock) as told:
        clock.now = 2.0
        told("render", 1, 2)
        raise KeyboardInterrupt
    assert screen.line == ""


def test_a_worker_writes_none(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the same terminal as who started it."""
    screen = Screen()
    with progress(screen, {}, clock) as told:
        clock.now = 2.0
        monkeypatch.setattr(os, "getpid", lambda: -1)
        told("render", 1, 2)
    assert screen.getvalue() == ""


def test_a_terminal_that_has_gone_stops_no_build(clock: Clock) -> None:
    class Gone(Screen):
        def write(self, text: str) -> int:
            raise OSError

    with progress(Gone(), {}, clock) as told:
        clock.now = 2.0
        told("render", 1, 2)


@pytest.mark.parametrize("columns", [10, 20, 40, 60, 200])
@pytest.mark.parametrize("counts", [(0, 0), (0, 1), (1, 1), (7, 3), (123_456, 1_234_567)])
def test_it_fits_in_one_line(counts: tuple[int, int], columns: int) -> None:
    assert len(bar("reading all of it", *counts, columns)) <= columns
    assert bar("render", *counts, columns)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ends = pty.openpty()
    yield ends
    for end in ends:
        os.close(end)


def test_on_a_real_terminal(terminal: tuple[int, int], clock: Clock) -> None:
    """The kernel's own, which takes bytes as they come."""
    far, near = terminal
    with open(near, "w", encoding="ascii", closefd=False) as stream:
        with progress(stream, {"TERM": "xterm"}, clock) as told:
            clock.now = 2.0
            told("render", 1, 2)
        print("built site/", file=stream)
    said = ""
    while not said.endswith("\n"):  # it hands on what it has, in one piece or in several
        said += os.read(far, 4096).decode()
    assert said.startswith("render   [############------------] 1 of 2\r ")
    assert said.endswith(" \rbuilt site/\r\n")
