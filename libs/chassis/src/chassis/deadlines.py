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
from opentelemetry.trace import StatusCode, Tracer

from chassis.blame import kind, reason
from chassis.clock import Clock
from chassis.handling import Occasion
from chassis.spans import TRACER, passing

log = structlog.get_logger(__name__)

LOOK_EVERY = 0.25
AT_ONCE = 64
PAGE = 200
MOST_WAITING = 10_000
"""So many that wait for their next try are looked past to find the others."""
WITHIN = 120.0
"""A service that hangs over a deadline has failed, too; seconds."""
LONGEST_PAUSE = 30.0

OnDeadline = Callable[[str, Deadline, Occasion], Awaitable[object]]


class Due(Protocol):
    """Where deadlines are kept; a store is."""

    name: str

    async def due(self, now: datetime, limit: int) -> list[tuple[str, Deadline]]: ...


class DeadlineWorker:
    """Watches one kind of thing. One that fails, hangs, or is still due after it was handled, is tried again later, with
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
        tracer: Tracer = TRACER,
    ) -> None:
        self._source = source
        self._due = due
        self._clock = clock
        self._on_deadline = on_deadline
        self._lateness = lateness
        self._tracer = tracer
        self._tries: dict[tuple[str, Deadline], tuple[int, float]] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None

    @property
    def thing(self) -> str:
        """What kind of thing it watches."""
        return self._due.name

    async def behind(self) -> float:
        """For how long the oldest passed deadline has not been dealt with; seconds, 0 when none waits."""
        now = self._clock.now()
        passed = await self._due.due(now, 1)
        return max((now - deadline.at).total_seconds() for _, deadline in passed) if passed else 0.0

    def start(self) -> None:
        """Begin watching in the background."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End watching; what is due stays due."""
        tasks = [*([self._task] if self._task else []), *self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def once(self) -> int:
        """Hand over all that is due now and not being paused; answer how many, when they are dealt with."""
        begun = await self._begin()
        await asyncio.gather(*(task for _, task in begun))
        return sum(many for many, _ in begun)

    async def _begin(self) -> list[tuple[int, asyncio.Task[None]]]:
        """Begin with each thing that is due and not being dealt with; a thing's deadlines go one after the other."""
        ripe: dict[str, list[Deadline]] = {}
        if len(self._running) >= PAGE:
            return []  # enough is being dealt with
        for key, deadline in await self._passed():
            if (
                key not in self._running
                and self._next_try(key, deadline) <= asyncio.get_running_loop().time()
            ):
                ripe.setdefault(key, []).append(deadline)
        begun: list[tuple[int, asyncio.Task[None]]] = []
        for key in random.sample(list(ripe), len(ripe)):
            task = asyncio.create_task(self._hand_over_all(key, ripe[key]))
            self._running[key] = task
            task.add_done_callback(lambda _, key=key: self._running.pop(key, None))
            begun.append((len(ripe[key]), task))
        return begun

    async def _passed(self) -> list[tuple[str, Deadline]]:
        """A page of those due, beyond those that wait for their next try."""
        now = asyncio.get_running_loop().time()
        waiting = sum(next_try > now for _, next_try in self._tries.values()) + len(self._running)
        due = await self._due.due(self._clock.now(), PAGE + min(waiting, MOST_WAITING))
        seen = set(due)
        settled_before = now - 2 * LONGEST_PAUSE
        self._tries = {
            each: tried for each, tried in self._tries.items() if each in seen or tried[1] > settled_before
        }
        return due

    def _next_try(self, key: str, deadline: Deadline) -> float:
        return self._tries.get((key, deadline), (0, 0.0))[1]

    async def _hand_over_all(self, key: str, due: list[Deadline]) -> None:
        """In the order of their moments."""
        async with self._gate:
            for deadline in sorted(due, key=lambda each: each.at):
                await self._hand_over(key, deadline)

    async def _hand_over(self, key: str, deadline: Deadline) -> None:
        tries = self._tries.get((key, deadline), (0, 0.0))[0] + 1
        now = self._clock.now()
        id_ = f"deadline/{self._due.name}/{key}/{deadline.name}/{deadline.at.isoformat()}"
        try:
            await self._handed(key, deadline, Occasion(id_, now, service(self._source)))
            self._lateness((now - deadline.at).total_seconds())
        except Exception as fault:  # noqa: BLE001 - it stays due and is tried again
            log.warning(
                "deadline not handled", thing=key, deadline=deadline.name, tries=tries, fault=reason(fault)
            )
        finally:
            pause = min(LONGEST_PAUSE, LOOK_EVERY * 2 ** min(tries, 8)) * random.uniform(0.7, 1.0)  # noqa: S311
            self._tries[key, deadline] = (tries, asyncio.get_running_loop().time() + pause)

    async def _handed(self, key: str, deadline: Deadline, occasion: Occasion) -> None:
        with passing(self._tracer, self._due.name, deadline) as span:
            try:
                async with asyncio.timeout(WITHIN):
                    await self._on_deadline(key, deadline, occasion)
            except Exception as fault:
                span.set_status(StatusCode.ERROR, kind(fault))
                raise

    async def _watch(self) -> None:
        while True:
            try:
                await self._begin()
            except Exception as fault:  # noqa: BLE001 - the store is down; it will be back
                log.warning("deadlines not read", kind=self._due.name, fault=reason(fault))
            await asyncio.sleep(LOOK_EVERY * random.uniform(0.7, 1.3))  # noqa: S311
