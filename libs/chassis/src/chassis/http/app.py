"""The HTTP side of every service: problems, limits, health, figures, and an OpenAPI document that tells the truth."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from prometheus_client.registry import CollectorRegistry
from starlette.types import Lifespan

from chassis.auth.verifier import Verifier
from chassis.clock import Clock
from chassis.http.failing import Defects, install
from chassis.http.health import Check, health
from chassis.http.limits import Limits
from chassis.http.openapi import document
from chassis.http.problems import EVERYWHERE
from chassis.http.watching import Watched
from chassis.settings import EdgeSettings


def build_app(
    service: str,
    routers: Sequence[APIRouter],
    *,
    lifespan: Lifespan[FastAPI],
    clock: Clock,
    verifier: Verifier,
    edge: EdgeSettings,
    checks: Mapping[str, Check],
    figures: CollectorRegistry,
    shows_time: bool,
    wired: Mapping[str, Any],
    larger_bodies: Mapping[str, int] | None = None,
) -> FastAPI:
    """An application of these routers; `wired` is reached as `request.app.state.<name>`."""
    app = FastAPI(
        title=f"opblok {service}",
        version="0.1.0",
        lifespan=lifespan,
        separate_input_output_schemas=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # Watched does it, without the query
    )
    install(app)
    app.state.clock = clock
    app.state.verifier = verifier
    for name, thing in wired.items():
        setattr(app.state, name, thing)
    for router in routers:
        app.include_router(router, responses=EVERYWHERE)
    app.include_router(health(service, checks, figures, shows_time=shows_time))
    app.openapi = lambda: document(app)
    app.add_middleware(
        Limits,
        body=edge.max_body_bytes,
        at_once=edge.max_in_flight,
        within=edge.request_timeout,
        larger=larger_bodies,
    )
    app.add_middleware(Defects)
    app.add_middleware(Watched)
    return app
