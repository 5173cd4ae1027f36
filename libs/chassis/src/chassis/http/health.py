"""Is it alive, is it ready, and its figures."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import generate_latest
from prometheus_client.registry import CollectorRegistry
from pydantic import BaseModel

Check = Callable[[], Awaitable[str | None]]
"""Answers None when all is well, else what is wrong in a few words."""

CHECK_WITHIN = 2.0


class AliveOut(BaseModel):
    status: Literal["alive"] = "alive"


class ReadyOut(BaseModel):
    """`checks` says for each thing this service needs what is wrong with it, or `ok`."""

    status: Literal["ready", "not ready"]
    service: str
    checks: dict[str, str]
    now: datetime | None = None


def health(
    service: str, checks: Mapping[str, Check], figures: CollectorRegistry, *, shows_time: bool
) -> APIRouter:
    """Routes for the supervisor and the operators."""
    router = APIRouter(tags=["health"])

    @router.get("/health/live")
    async def live() -> AliveOut:
        """The process answers."""
        return AliveOut()

    @router.get("/health/ready", responses={503: {"model": ReadyOut}})
    async def ready(request: Request) -> JSONResponse:
        """Everything it needs is there."""
        told = await asyncio.gather(*(_checked(check) for check in checks.values()))
        found = {name: wrong or "ok" for name, wrong in zip(checks, told, strict=True)}
        well = not any(told)
        now = request.app.state.clock.now() if shows_time else None
        body = ReadyOut(status="ready" if well else "not ready", service=service, checks=found, now=now)
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(body.model_dump(mode="json", exclude_none=True), status)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> PlainTextResponse:
        """Figures in Prometheus's text form."""
        return PlainTextResponse(
            generate_latest(figures), media_type="text/plain; version=0.0.4; charset=utf-8"
        )

    return router


async def _checked(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_WITHIN):
            return await check()
    except TimeoutError:
        return "no answer in time"
    except Exception as wrong:  # noqa: BLE001 - whatever it is, it is not ready
        return type(wrong).__name__
