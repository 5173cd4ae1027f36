"""What a person sees while the stack starts and stops: a table that changes, or plain lines in a log."""

import time
from typing import Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from opblok.saying import out, table
from opblok.supervision.seen import PartSeen, Seen, State

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

    def show(self, seen: Seen) -> None:
        if seen.doing:
            self._say("", seen.doing)
        for part in seen.parts:
            if part.state is not State.WAITING:
                self._say(part.name, f"{part.state}{f' ({part.why})' if part.why else ''}")

    def close(self) -> None:
        """Nothing is held open."""

    def _say(self, name: str, what: str) -> None:
        if self._last.get(name) != what:
            self._last[name] = what
            passed = time.monotonic() - self._begun
            self._console.print(f"{passed:6.1f} s  {f'{name}: ' if name else ''}{what}", markup=False)


class Board:
    """A table that is redrawn in place."""

    def __init__(self, console: Console = out) -> None:
        self._live = Live(console=console, refresh_per_second=8, transient=True)
        self._live.start()

    def show(self, seen: Seen) -> None:
        self._live.update(drawn(seen))

    def close(self) -> None:
        self._live.stop()


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
