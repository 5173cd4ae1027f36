"""The service in memory, asked over HTTP."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.fact import Fact
from kernel.actor import Actor

from orders.bootstrap import compose
from orders.settings import OrdersSettings
from orders.testing.lamps import ADDRESS, MONDAY, NAME
from orders.testing.people import ANNA, SITE

BODY: dict[str, Any] = {
    "lines": [
        {"product_id": "brass-lamp", "title": "Лампа латунная", "quantity": 2, "unit_price": 648000},
        {"product_id": "green-shade", "title": "Абажур зелёный", "quantity": 1, "unit_price": 90000},
    ],
    "recipient": {"name": NAME, "phone": "8 (916) 123-45-67", "address": ADDRESS, "comment": "код 1946"},
}
NAMED = {"customer_id": "c-maria", "owner_id": "vera", "contact_preference": "any", "registered": True}


def names_everybody(path: str, body: Any) -> Any:
    """Crm on a good day."""
    del path, body
    return NAMED


def body(**more: Any) -> dict[str, Any]:
    """Maria's order, otherwise."""
    return {**BODY, **more}


@dataclass
class Running:
    """Orders, running; `crm` is what it asks."""

    chassis: MemoryChassis
    clock: StoppedClock
    crm: ScriptedPeer
    client: httpx.AsyncClient

    async def ask(
        self, method: str, path: str, actor: Actor = ANNA, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=self.chassis.as_(actor, key=key), **more)

    async def place(self, key: str = "k-1", actor: Actor = SITE, **more: Any) -> str:
        """An order is taken; its id."""
        answer = await self.ask("POST", "/orders", actor, key=key, json=body(**more))
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return answer.json()["order_id"]

    async def order(self, order_id: str, actor: Actor = ANNA) -> dict[str, Any]:
        """One order, as this actor sees it."""
        answer = await self.ask("GET", f"/orders/{order_id}", actor)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def do(
        self, order_id: str, what: str, actor: Actor = ANNA, *, key: str | None = None, **json: Any
    ) -> httpx.Response:
        """A command to an order."""
        return await self.ask("POST", f"/orders/{order_id}/{what}", actor, key=key, json=json)

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due by then is handed over step by step."""
        until = self.clock.now() + timedelta(**span)
        while self.clock.now() < until:
            self.clock.forward(min(timedelta(minutes=10), until - self.clock.now()))
            await self.chassis.pass_deadlines()

    @property
    def told(self) -> list[str]:
        """Topics of the facts told, in order."""
        return [fact.topic for fact in self.chassis.told]

    def last(self, topic: str) -> Fact:
        """The last fact told of this topic."""
        return next(fact for fact in reversed(self.chassis.told) if fact.topic == topic)


@asynccontextmanager
async def running(
    crm: Callable[[str, Any], Any] = names_everybody,
    settings: OrdersSettings | None = None,
    **others: Any,
) -> AsyncGenerator[Running]:
    """Orders in memory, on a Monday morning; of the other services those that are given are up."""
    clock, peer = StoppedClock(MONDAY), ScriptedPeer(crm)
    chassis = MemoryChassis("orders", clock=clock, peers={"crm": peer, **others})
    async with chassis.running(compose, settings or OrdersSettings()) as client:
        yield Running(chassis, clock, peer, client)
