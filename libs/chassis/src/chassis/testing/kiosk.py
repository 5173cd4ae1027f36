"""A kiosk: a small application of routes a test makes up, with all of the HTTP edge around it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI
from kernel.actor import Actor, Role
from prometheus_client.registry import CollectorRegistry

from chassis.auth.verifier import Verifier
from chassis.clock import Clock
from chassis.http.app import build_app
from chassis.http.health import Check
from chassis.settings import EdgeSettings
from chassis.testing.issuer import TestIssuer

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
OLEG = Actor("oleg", frozenset({Role.PHONE_OPERATOR}))


@dataclass
class Kiosk:
    """`async with kiosk(router) as client`."""

    clock: Clock
    issuer: TestIssuer = field(default_factory=TestIssuer)
    figures: CollectorRegistry = field(default_factory=CollectorRegistry)

    def app(
        self,
        *routers: APIRouter,
        edge: EdgeSettings | None = None,
        checks: Mapping[str, Check] | None = None,
        larger: Mapping[str, int] | None = None,
        shows_time: bool = False,
        verifier: Verifier | None = None,
        **wired: Any,
    ) -> FastAPI:
        """The application."""
        return build_app(
            "kiosk",
            routers,
            lifespan=_nothing,
            clock=self.clock,
            verifier=verifier or self.issuer.verifier(),
            edge=edge or EdgeSettings(),
            checks=checks or {},
            figures=self.figures,
            shows_time=shows_time,
            wired=wired,
            larger_bodies=larger,
        )

    @asynccontextmanager
    async def __call__(self, *routers: APIRouter, **more: Any) -> AsyncGenerator[httpx.AsyncClient]:
        """A client of the application. What the application raises, instead of answering, is raised here, too."""
        transport = httpx.ASGITransport(self.app(*routers, **more))
        async with httpx.AsyncClient(transport=transport, base_url="http://kiosk.test") as client:
            yield client

    def as_(self, actor: Actor, *, key: str | None = None) -> Mapping[str, str]:
        """Request headers of this actor."""
        return self.issuer.headers(actor, key=key)


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncGenerator[None]:
    yield
