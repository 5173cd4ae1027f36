"""The HTTP side of every service: problems, limits, health, figures, and an OpenAPI document that tells the truth."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from prometheus_client.registry import CollectorRegistry
from starlette.types import Lifespan

from chassis.auth.verifier import Verifier
from chassis.clock import Clock
from chassis.http.health import Check, health
from chassis.http.limits import Limits
from chassis.http.problems import EVERYWHERE, ProblemOut, install
from chassis.logs import AccessLog
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
        title=f"opblok {service}", version="0.1.0", lifespan=lifespan, separate_input_output_schemas=False
    )
    install(app)
    app.state.clock = clock
    app.state.verifier = verifier
    for name, thing in wired.items():
        setattr(app.state, name, thing)
    for router in routers:
        app.include_router(router, responses=EVERYWHERE)
    app.include_router(health(service, checks, figures, shows_time=shows_time))
    app.openapi = lambda: _openapi(app)
    app.add_middleware(
        Limits,
        body=edge.max_body_bytes,
        at_once=edge.max_in_flight,
        within=edge.request_timeout,
        larger=larger_bodies,
    )
    app.add_middleware(AccessLog)
    FastAPIInstrumentor.instrument_app(
        app, excluded_urls="health/.*,metrics", exclude_spans=["receive", "send"]
    )
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        made.setdefault("components", {}).setdefault("schemas", {})["ProblemOut"] = (
            ProblemOut.model_json_schema()
        )
        _malformed_is_a_problem(made)
        app.openapi_schema = made
    return app.openapi_schema


def _malformed_is_a_problem(document: dict[str, Any]) -> None:
    """FastAPI documents its own 422 body; ours is a problem."""
    for path in document.get("paths", {}).values():
        for operation in path.values():
            responses = operation.get("responses", {})
            if "422" in responses:
                responses["422"]["content"] = {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}
                }
    for unused in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
