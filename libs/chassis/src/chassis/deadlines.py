"""The deadline worker: hands each passed deadline to its service, until it has been dealt with.

Several replicas may hand over the same one at once; the version check makes that harmless.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import structlog
from kernel.actor import service
from kernel.deadline import Deadline

from chassis.clock import Clock
from chassis.handling import Occasion

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.25
AT_ONCE = 64
PAGE = 200
LONGEST_PAUSE = 30.0

OnDeadline = Callable[[str, Deadline, Occasion], Awaitable[object]]


class Due(Protocol):
    """Where deadlines are kept; a store is."""

    name: str

    async def due(self, now: datetime, limit: int) -> list[tuple[str, Deadline]]: ...


class DeadlineWorker:
    """Watches one kind of thing. One that fails, or is still due after it was handled, is tried again later, with
    pauses growing to 30 s, and keeps no other waiting. `lateness` is told how late each was, in seconds.
    """

    def __init__(
        self,
        source: str,
        due: Due,
        clock: Clock,
        on_deadline: OnDeadline,
        *,
        lateness: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._source = source
        self._due = due
        self._clock = clock
        self._on_deadline = on_deadline
        self._lateness = lateness
        self._tries: dict[tuple[str, Deadline], tuple[int, float]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin watching in the background."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End watching; what is due stays due."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def once(self) -> int:
        """Hand over all that is due now and not being paused; answer how many were handed over."""
        due = await self._due.due(self._clock.now(), PAGE)
        self._drop_settled(set(due))
        loop = asyncio.get_running_loop()
        ripe: dict[str, list[Deadline]] = {}
        for key, deadline in due:
            if self._tries.get((key, deadline), (0, 0.0))[1] <= loop.time():
                ripe.setdefault(key, []).append(deadline)
        keys = random.sample(list(ripe), len(ripe))
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._hand_over_all(key, ripe[key], gate) for key in keys))
        return sum(map(len, ripe.values()))

    async def _hand_over_all(self, key: str, due: list[Deadline], gate: asyncio.Semaphore) -> None:
        """A thing's deadlines one after the other, in the order of their moments."""
        async with gate:
            for deadline in sorted(due, key=lambda each: each.at):
                await self._hand_over(key, deadline)

    async def _hand_over(self, key: str, deadline: Deadline) -> None:
        tries = self._tries.get((key, deadline), (0, 0.0))[0] + 1
        pause = min(LONGEST_PAUSE, LOOK_EVERY * 2 ** min(tries, 8)) * random.uniform(0.7, 1.0)  # noqa: S311
        self._tries[key, deadline] = (tries, asyncio.get_running_loop().time() + pause)
        now = self._clock.now()
        id_ = f"deadline/{self._due.name}/{key}/{deadline.name}/{deadline.at.isoformat()}"
        try:
            await self._on_deadline(key, deadline, Occasion(id_, now, service(self._source)))
            self._lateness((now - deadline.at).total_seconds())
        except Exception as fault:  # noqa: BLE001 - it stays due and is tried again
            log.warning(
                "deadline not handled", thing=key, deadline=deadline.name, tries=tries, fault=repr(fault)
            )

    def _drop_settled(self, due: set[tuple[str, Deadline]]) -> None:
        if len(due) < PAGE:
            self._tries = {each: tried for each, tried in self._tries.items() if each in due}

    async def _watch(self) -> None:
        while True:
            try:
                await self.once()
            except Exception as fault:  # noqa: BLE001 - the store is down; it will be back
                log.warning("deadlines not read", kind=self._due.name, fault=repr(fault))
            await asyncio.sleep(LOOK_EVERY * random.uniform(0.7, 1.3))  # noqa: S311
