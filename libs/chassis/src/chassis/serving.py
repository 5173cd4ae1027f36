"""A service as a process: it listens at once, becomes ready when all it needs is there, and stops in order."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog
from fastapi import FastAPI

from chassis import logs, telemetry
from chassis.auth.verifier import Verifier
from chassis.chassis import Chassis, Parts
from chassis.clock import MovableClock
from chassis.composed import ServerChassis
from chassis.http.app import build_app
from chassis.http.health import Check
from chassis.lanes import Lanes
from chassis.loops import for_ever
from chassis.metrics import Backlog, show_backlog
from chassis.moving_clock import follow
from chassis.settings import ServiceSettings, SettingsProblem, stop

log = structlog.get_logger(__name__)

P = TypeVar("P", bound=ServiceSettings)
LOOK_AT_BACKLOG_EVERY = 5.0
OLD_DEBT = 60.0


class Service:
    """One running service: what it is made of, and whether it is ready."""

    def __init__(self, chassis: ServerChassis, parts: Parts, verifier: Verifier) -> None:
        self.chassis = chassis
        self.parts = parts
        self.verifier = verifier
        self.backlog = Backlog()
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

    async def _get_ready(self) -> None:
        while not self._prepared.is_set():
            try:
                for store in self.chassis.stores:
                    await store.prepare()
                for step in self.parts.starting:
                    await step()
                self._prepared.set()
            except Exception as fault:  # noqa: BLE001 - MongoDB is not there yet; it will be
                log.warning("not ready yet", fault=repr(fault))
                await asyncio.sleep(0.5)
        self._tasks.append(asyncio.create_task(self.verifier.warm()))
        if self._working:
            self._start_working()

    def _start_working(self) -> None:
        for worker in self.parts.deadlines:
            worker.start()
        if self._lanes:
            self._lanes.start()
        self._tasks += [asyncio.create_task(for_ever(task)) for task in self.parts.tasks]

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self.parts.deadlines))
        if self._lanes:
            await self._lanes.stop(within=10.0)
        await self.chassis.relay.stop(within=5.0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await self.chassis.publisher.stop()
        await self.chassis.peers.close()
        await self.verifier.close()
        await self.chassis.client.close()

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


def create_app(service: str, settings: Callable[[], P], compose: Callable[[Chassis, P], Parts]) -> FastAPI:
    """The ASGI application of a service: `uvicorn --factory <service>.app:create`.

    A wrong setting stops the process with a message that names it.
    """
    from chassis.settings import read

    known = read(settings)
    edge = read(lambda: known.edge)
    logs.configure(service, edge.log_level)
    told = telemetry.set_up(service)
    try:
        chassis = read(lambda: ServerChassis(service, known))
        parts = compose(chassis, known)
    except SettingsProblem as wrong:
        stop(str(wrong))
    verifier = parts.verifier or chassis.verifier()
    running = Service(chassis, parts, verifier)
    show_backlog(service, lambda: running.backlog)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with running.running():
            yield
        await asyncio.to_thread(told.flush)

    return build_app(
        service,
        () if known.role == "worker" else parts.routers,
        lifespan=lifespan,
        clock=chassis.clock,
        verifier=verifier,
        edge=edge,
        checks=running.checks,
        figures=told.figures,
        shows_time=known.mode == "development",
        wired=parts.wired,
        larger_bodies=parts.larger_bodies,
    )
