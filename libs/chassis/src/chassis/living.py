"""One running service, from its first preparation to its last flush: what it is made of, and whether it is ready."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import structlog

from chassis.auth.verifier import Verifier
from chassis.blame import reason
from chassis.chassis import Parts
from chassis.clock import MovableClock
from chassis.composed import ServerChassis
from chassis.figures import Shown, of_deadlines
from chassis.http.health import Check
from chassis.lanes import Lanes
from chassis.loops import for_ever
from chassis.metrics import Backlog
from chassis.moving_clock import follow

log = structlog.get_logger(__name__)

LOOK_AT_BACKLOG_EVERY = 5.0
OLD_DEBT = 60.0


class Service:
    """One running service: what it is made of, and whether it is ready."""

    def __init__(self, chassis: ServerChassis, parts: Parts, verifier: Verifier) -> None:
        self.chassis = chassis
        self.parts = parts
        self.verifier = verifier
        self.backlog = Backlog()
        self.figures = Shown(chassis.service, (*of_deadlines(parts.deadlines), *parts.figures))
        self._prepared = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._working = chassis.settings.role != "api"
        self._lanes = self._make_lanes()

    @property
    def checks(self) -> Mapping[str, Check]:
        """What must be well for the service to be ready."""
        found: dict[str, Check] = {"mongo": self._mongo, "start": self._started, "outbox": self._debts}
        return {**found, "kafka": self._consuming} if self._lanes else found

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """From the first preparation to the last flush."""
        self.chassis.publisher.start()
        self.chassis.relay.start()
        self._tasks.append(asyncio.create_task(self._get_ready()))
        self._tasks.append(asyncio.create_task(for_ever(self._watch_backlog)))
        if isinstance(self.chassis.clock, MovableClock):
            clock = self.chassis.clock
            self._tasks.append(asyncio.create_task(for_ever(lambda: follow(self.chassis.client, clock))))
        try:
            yield
        finally:
            await self._stop()

    async def prepare(self) -> None:
        """Make the indexes of its things; those that are there already cost nothing."""
        for store in self.chassis.stores:
            await store.prepare()

    async def _get_ready(self) -> None:
        while not self._prepared.is_set():
            try:
                await self.prepare()
                for step in self.parts.starting:
                    await step()
                self._prepared.set()
            except Exception as fault:  # noqa: BLE001 - MongoDB is not there yet; it will be
                log.warning("not ready yet", fault=reason(fault))
                await asyncio.sleep(0.5)
        self._tasks.append(asyncio.create_task(self.verifier.warm()))
        self._tasks += [asyncio.create_task(for_ever(task)) for task in self.parts.everywhere]
        if self._working:
            self._start_working()

    def _start_working(self) -> None:
        for worker in self.parts.deadlines:
            worker.start()
        if self._lanes:
            self._lanes.start()
        self._tasks += [
            asyncio.create_task(for_ever(task)) for task in (*self.parts.tasks, self.figures.keep_looking)
        ]

    async def _stop(self) -> None:
        """From the first to the last; what fails to stop keeps no other from stopping."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(
            *self._tasks, *(each.stop() for each in self.parts.deadlines), return_exceptions=True
        )
        chassis, lanes = self.chassis, self._lanes
        async with contextlib.AsyncExitStack() as others:
            for stop_ in (
                chassis.client.close,
                self.verifier.close,
                chassis.peers.close,
                self._stop_publishing,
            ):
                others.push_async_callback(stop_)
            others.push_async_callback(chassis.relay.stop, within=5.0)
            if lanes:
                others.push_async_callback(lanes.stop, within=10.0)

    async def _stop_publishing(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await self.chassis.publisher.stop()

    def _make_lanes(self) -> Lanes | None:
        reactions = self.parts.reactions
        if not self._working or reactions is None or not reactions.topics:
            return None
        reactions.check(self.parts.wired)
        return Lanes(
            reactions,
            self.chassis.settings.kafka,
            self.parts.wired,
            publisher=self.chassis.publisher,
            clock=self.chassis.clock,
            group=self.chassis.settings.kafka.group,
        )

    async def _mongo(self) -> str | None:
        await self.chassis.client.admin.command("ping")
        return None

    async def _started(self) -> str | None:
        return None if self._prepared.is_set() else "preparing"

    async def _debts(self) -> str | None:
        return (
            None if self.backlog.age < OLD_DEBT else f"the oldest fact is owed for {self.backlog.age:.0f} s"
        )

    async def _consuming(self) -> str | None:
        return None if self._lanes is None or self._lanes.ready else self._lanes.says

    async def _watch_backlog(self) -> None:
        while True:
            self.backlog.things, self.backlog.age = await self.chassis.relay.backlog()
            await asyncio.sleep(LOOK_AT_BACKLOG_EVERY)
