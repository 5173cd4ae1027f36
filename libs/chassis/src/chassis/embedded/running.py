"""An embedded server under the caller's hand: start, wait, stop, kill. For tests, benches and simple uses."""

import signal
import subprocess
import time
from collections.abc import Callable
from typing import Protocol

from chassis.embedded.program import Program, last_lines, spawn
from chassis.embedded.unable import CannotStart

BETWEEN_LOOKS = 0.05


class Server(Protocol):
    """What a server must say about itself to be run by anybody."""

    @property
    def name(self) -> str: ...

    @property
    def address(self) -> str:
        """What its clients are given."""
        ...

    def prepare(self) -> None:
        """All that comes before each start; raises `CannotStart`."""
        ...

    def program(self) -> Program: ...

    def is_ready(self) -> bool:
        """One look, a second at most. Finishes the first set-up when the server has just come up."""
        ...


class Running:
    """A server as a child of this process; it dies with it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, within: float = 60.0) -> None:
        """Launch and wait until it serves."""
        self.launch()
        self.wait_until_ready(within)

    def launch(self) -> None:
        """Only begin to start: call it from the main thread (see `spawn`)."""
        if not self.is_alive():
            self.server.prepare()
            self._process = spawn(self.server.program(), if_parent_dies=signal.SIGKILL)

    def wait_until_ready(self, within: float = 60.0) -> None:
        try:
            wait_for(self.server.is_ready, self.server.name, within, given_up=lambda: not self.is_alive())
        except TimeoutError as late:
            raise self._did_not_come_up(within) from late

    def stop(self) -> None:
        """Ask it to end, and make it end when it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(self.server.program().stop_within)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _did_not_come_up(self, within: float) -> CannotStart:
        log = self.server.program().log
        how = f"did not answer within {within:.0f} s" if self.is_alive() else "ended while starting"
        self.kill()
        return CannotStart(f"{self.server.name} {how}. Its last words:\n{last_lines(log)}", f"read {log}.")


def wait_for(
    look: Callable[[], bool], what: str, within: float, *, given_up: Callable[[], bool] = lambda: False
) -> None:
    """Until `look` is true; a `TimeoutError` when that takes too long or there is nothing to wait for."""
    limit = time.monotonic() + within
    while not look():
        if given_up() or time.monotonic() > limit:
            raise TimeoutError(f"{what} did not answer within {within:.0f} s")
        time.sleep(BETWEEN_LOOKS)
