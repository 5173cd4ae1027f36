"""A small service over ASGI, and an issuer that believes nobody else."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest
from chassis.auth.verifier import Verifier
from chassis.clock import StoppedClock
from chassis.http.app import build_app
from chassis.http.health import Check
from chassis.settings import EdgeSettings
from chassis.testing.issuer import TestIssuer
from fastapi import APIRouter, FastAPI
from kernel.actor import Actor, Role
from prometheus_client.registry import CollectorRegistry

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
OLEG = Actor("oleg", frozenset({Role.PHONE_OPERATOR}))

Kiosk = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def issuer() -> TestIssuer:
    return TestIssuer()


@pytest.fixture
def anna(issuer: TestIssuer) -> Mapping[str, str]:
    """Request headers of a sales manager."""
    return issuer.headers(ANNA)


@pytest.fixture
def oleg(issuer: TestIssuer) -> Mapping[str, str]:
    """Request headers of a phone operator."""
    return issuer.headers(OLEG)


@pytest.fixture
def made(issuer: TestIssuer, clock: StoppedClock) -> Callable[..., FastAPI]:
    """Makes an application of routes."""

    def make(
        *routers: APIRouter,
        edge: EdgeSettings | None = None,
        checks: Mapping[str, Check] | None = None,
        larger: Mapping[str, int] | None = None,
        shows_time: bool = False,
        verifier: Verifier | None = None,
        **wired: Any,
    ) -> FastAPI:
        return build_app(
            "kiosk",
            routers,
            lifespan=_nothing,
            clock=clock,
            verifier=verifier or issuer.verifier(),
            edge=edge or EdgeSettings(),
            checks=checks or {},
            figures=CollectorRegistry(),
            shows_time=shows_time,
            wired=wired,
            larger_bodies=larger,
        )

    return make


@pytest.fixture
def kiosk(made: Callable[..., FastAPI]) -> Kiosk:
    """A client of an application of routes. What the application raises is raised here, too."""

    @asynccontextmanager
    async def open_(*routers: APIRouter, **more: Any) -> AsyncGenerator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(made(*routers, **more))
        async with httpx.AsyncClient(transport=transport, base_url="http://kiosk.test") as client:
            yield client

    return open_


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield
