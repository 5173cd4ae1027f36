"""One part kept alive: started, watched, started again after a growing pause, and stopped when told."""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import Callable

import psutil
from chassis.embedded.program import last_lines, spawn
from chassis.embedded.unable import CannotStart

from opblok.supervision.part import Part
from opblok.supervision.pauses import Pauses
from opblok.supervision.seen import PartSeen, State

BETWEEN_LOOKS = 0.1
BETWEEN_CHECK_UPS = 5.0
DEATHS_BEFORE_GIVING_UP = 3
GONE_BY_SIGKILL = 5.0


class Child:
    """`keep` runs until `stop`. `changed` is called whenever what `seen` says has changed."""

    def __init__(self, part: Part, changed: Callable[[], None], pauses: Pauses | None = None) -> None:
        self.part, self._changed, self._pauses = part, changed, pauses or Pauses()
        self.state, self.why, self.restarts = State.WAITING, "", 0
        self._process: subprocess.Popen[bytes] | None = None
        self._born: float | None = None
        self._told_to_stop = asyncio.Event()
        self._was_ready = False

    def seen(self) -> PartSeen:
        log = str(self.part.program.log)
        pid = self._process.pid if self._process else None
        return PartSeen(
            self.part.name, self.state, self.part.address, log, pid, self._born, self.restarts, self.why
        )

    async def keep(self) -> None:
        while not self._told_to_stop.is_set():
            lived = await self._live()
            if not self._told_to_stop.is_set():
                self.restarts += 1
                pause = self._pauses.after(lived)
                self._turn(State.PAUSING, f"{self.why}; again in {pause:.0f} s")
                await self._rest(pause)
        self._turn(State.STOPPED)

    async def come_up(self) -> None:
        """Return when it has been ready once; raise `CannotStart` when that is not going to happen."""
        limit = time.monotonic() + self.part.ready_within
        while not self._was_ready:
            if time.monotonic() > limit or self.restarts >= DEATHS_BEFORE_GIVING_UP:
                log = self.part.program.log
                what = self.why or f"not ready after {self.part.ready_within:.0f} s"
                raise CannotStart(
                    f"{self.part.name} does not come up: {what}\n{last_lines(log)}", f"read {log}."
                )
            await asyncio.sleep(BETWEEN_LOOKS)

    async def stop(self) -> None:
        """Ask it to end; make it end when it takes too long."""
        self._told_to_stop.set()
        if self._process is None or self._process.poll() is not None:
            return
        self._turn(State.STOPPING)
        self._process.terminate()
        if not await self._gone_within(self.part.program.stop_within):
            self.kill()
            await self._gone_within(GONE_BY_SIGKILL)

    def kill(self) -> None:
        """At once."""
        self._told_to_stop.set()
        if self._process is not None:
            self._process.kill()

    async def _live(self) -> float:
        """One life of the process; how long it was."""
        try:
            await asyncio.to_thread(self.part.prepare)
        except CannotStart as unable:
            self.why = unable.what
            return 0.0
        if self._told_to_stop.is_set():
            return 0.0
        begun = time.monotonic()
        self._process = self._launched()
        watching = asyncio.create_task(self._watch())
        try:
            await self._ended(self._process)
        finally:
            watching.cancel()
        self.why = how_it_ended(self._process.returncode)
        self._process, self._born = None, None
        return time.monotonic() - begun

    def _launched(self) -> subprocess.Popen[bytes]:
        process = spawn(self.part.program)
        with contextlib.suppress(psutil.Error):
            self._born = psutil.Process(process.pid).create_time()
        self._process = process
        self._turn(State.STARTING)
        return process

    async def _watch(self) -> None:
        """Readiness, often until it is there, then now and then."""
        while True:
            if await asyncio.to_thread(self.part.is_ready):
                self._was_ready = True
                self._turn(State.READY)
            elif self.state is State.READY:
                self._turn(State.NOT_READY)
            await asyncio.sleep(BETWEEN_CHECK_UPS if self.state is State.READY else BETWEEN_LOOKS)

    async def _ended(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:  # noqa: ASYNC110 (the end of a process sets no event)
            await asyncio.sleep(BETWEEN_LOOKS)

    async def _gone_within(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        while self._process is not None and self._process.poll() is None:
            if time.monotonic() > limit:
                return False
            await asyncio.sleep(BETWEEN_LOOKS / 2)
        return True

    async def _rest(self, pause: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._told_to_stop.wait(), pause)

    def _turn(self, state: State, why: str = "") -> None:
        if (state, why) != (self.state, self.why) and not self._contradicts(state):
            self.state, self.why = state, why
            self._changed()

    def _contradicts(self, state: State) -> bool:
        """A look at readiness that answers late must not hide that the part is being stopped."""
        return self._told_to_stop.is_set() and state not in {State.STOPPING, State.STOPPED}


def how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    with contextlib.suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
