"""A service as a process: it listens at once, becomes ready when all it needs is there, and stops in order."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from fastapi import FastAPI

from chassis import logs, telemetry
from chassis.chassis import Chassis, Parts
from chassis.composed import ServerChassis
from chassis.http.app import build_app
from chassis.living import Service
from chassis.metrics import show_backlog
from chassis.settings import ServiceSettings, SettingsProblem, read, stop

P = TypeVar("P", bound=ServiceSettings)


def create_app(service: str, settings: Callable[[], P], compose: Callable[[Chassis, P], Parts]) -> FastAPI:
    """The ASGI application of a service: `uvicorn --factory <service>.app:create`.

    A wrong setting stops the process with a message that names it.
    """
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
    running.figures.show()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with running.running():
            yield
        await asyncio.to_thread(told.flush)

    app = build_app(
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
    app.state.prepare = running.prepare  # `chassis.process --prepare`
    return app
