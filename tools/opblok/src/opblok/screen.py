"""What a person sees while the stack starts and stops: a table that changes, or plain lines in a log."""

import time
from collections.abc import Iterator
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from opblok.saying import out, table
from opblok.supervision.seen import PartSeen, Seen, State

BETWEEN_LINES = 2.0
COLOUR = {
    State.READY: "green",
    State.STARTING: "yellow",
    State.NOT_READY: "yellow",
    State.PAUSING: "red",
    State.STOPPING: "yellow",
}


class Screen(Protocol):
    """Shows whatever has changed since the last call."""

    def show(self, seen: Seen) -> None: ...
    def close(self) -> None: ...


class Lines:
    """One line a change, with seconds since the beginning; for logs and pipes."""

    def __init__(self, console: Console = out) -> None:
        self._console, self._begun = console, time.monotonic()
        self._last: dict[str, str] = {}
        self._progress_at = -BETWEEN_LINES

    def show(self, seen: Seen) -> None:
        passed = time.monotonic() - self._begun
        for name, what in worth_a_line(seen):
            if self._last.get(name) != what and not self._too_soon(name, passed):
                self._last[name] = what
                self._console.print(f"{passed:6.1f} s  {f'{name}: ' if name else ''}{what}", markup=False)

    def _too_soon(self, name: str, passed: float) -> bool:
        """Progress of the whole comes many times a second; a log needs it now and then."""
        if name:
            return False
        soon = passed - self._progress_at < BETWEEN_LINES
        self._progress_at = self._progress_at if soon else passed
        return soon

    def know(self, seen: Seen) -> None:
        """What was seen otherwise needs no line."""
        self._last |= dict(worth_a_line(seen))

    def close(self) -> None:
        """Nothing is held open."""


def worth_a_line(seen: Seen) -> Iterator[tuple[str, str]]:
    """By name of the part; the whole has none."""
    if seen.doing:
        yield "", seen.doing
    for part in seen.parts:
        if part.state is not State.WAITING:
            yield part.name, f"{part.state}{f' ({part.why})' if part.why else ''}"


class Board:
    """A table that is redrawn in place."""

    def __init__(self, console: Console = out) -> None:
        self._live = Live(console=console, refresh_per_second=8, transient=True)
        self._live.start()

    def show(self, seen: Seen) -> None:
        self._live.update(drawn(seen))

    def close(self) -> None:
        self._live.stop()


class Foreground:
    """A board while all comes up, then a line for whatever happens to it."""

    def __init__(self) -> None:
        self._now: Board | Lines = Board(out) if out.is_terminal else Lines(out)

    def show(self, seen: Seen) -> None:
        self._now.show(seen)

    def settle(self, seen: Seen) -> None:
        """All is up."""
        self._now.close()
        self._now = Lines(out)
        self._now.know(seen)

    def close(self) -> None:
        self._now.close()


def drawn(seen: Seen) -> Table:
    board = table("", "part", "state", "")
    for part in seen.parts:
        board.add_row(part.name, coloured(part), part.why)
    board.caption = seen.doing or seen.phase
    board.caption_justify = "left"
    return board


def coloured(part: PartSeen) -> Text:
    return Text(str(part.state), style=COLOUR.get(part.state, "dim"))


def screen(console: Console = out) -> Screen:
    return Board(console) if console.is_terminal else Lines(console)
