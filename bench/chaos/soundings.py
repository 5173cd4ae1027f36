"""How long it takes from a fault until work is done again: a fresh piece of work every half second, each timed to its end."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

EVERY, AFTERWARDS = 0.5, 120.0
MOST_PENDING = 8
"""Of a side: where so much waits for the servers, more of it would only be a load of its own."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """Seconds since the fault."""

    sent: float
    done: float


@dataclass
class Recovery:
    """Of one side: `first`, when the first piece of work that was begun after the fault was done; `slowest`, how long the
    slowest of them took. `unfinished`: so many were never done.
    """

    soundings: list[Sounding] = field(default_factory=list[Sounding])
    unfinished: int = 0

    @property
    def first(self) -> float:
        return min((each.done for each in self.soundings), default=float("inf"))

    @property
    def slowest(self) -> float:
        took = max((each.done - each.sent for each in self.soundings), default=float("inf"))
        return float("inf") if self.unfinished else took


class Soundings:
    """`ways`: of doing a piece of work, by the name of the side."""

    def __init__(self, ways: Mapping[str, Callable[[], Awaitable[object]]], every: float = EVERY) -> None:
        self._ways, self._every = ways, every
        self._told = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._began = 0.0
        self._pending = dict.fromkeys(ways, 0)
        self.found = {name: Recovery() for name in ways}

    def begin(self) -> None:
        """At the moment of the fault."""
        self._began = time.monotonic()
        self._task = asyncio.create_task(self._go())

    async def end(self, within: float = AFTERWARDS) -> None:
        """No new ones; those that were begun are waited for, so long."""
        self._told.set()
        if self._task is not None:
            done, _ = await asyncio.wait([self._task], timeout=within)
            for each in done:
                each.result()  # raises what a piece of work has raised
            for name, pending in self._pending.items():
                self.found[name].unfinished = pending
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go(self) -> None:
        async with asyncio.TaskGroup() as sounding:
            while not self._told.is_set():
                for name, pending in self._pending.items():
                    if pending < MOST_PENDING:
                        sounding.create_task(self._sound(name))
                await pause(self._told, self._every)

    async def _sound(self, name: str) -> None:
        sent = time.monotonic()
        self._pending[name] += 1
        await self._ways[name]()
        self._pending[name] -= 1
        self.found[name].soundings.append(Sounding(sent - self._began, time.monotonic() - self._began))


async def pause(told: asyncio.Event, seconds: float) -> None:
    """Shorter, when told."""
    try:
        await asyncio.wait_for(told.wait(), seconds)
    except TimeoutError:
        return
