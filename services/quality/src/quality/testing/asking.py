"""Quality in memory: orders is scripted."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.fact import Fact
from kernel.actor import Actor, Role
from pydantic import SecretStr

from quality.application.learning import call_id_of
from quality.bootstrap import compose
from quality.settings import QualitySettings
from quality.testing.news import KIRA, MONDAY, OWNER, created, delivered, joined

PHONE, NAME = "+79161234567", "Мария Петрова"
CONTACT: dict[str, Any] = {"number": "1042", "name": NAME, "phone": PHONE, "language": "ru"}
SETTINGS = QualitySettings(survey_key=SecretStr("k1:" + "a" * 43), survey_url="https://lamps.example")
FINE: dict[str, Any] = {"in_order": True, "content": True}


@dataclass
class Running:
    """Quality, running."""

    chassis: MemoryChassis
    clock: StoppedClock
    orders: ScriptedPeer
    client: httpx.AsyncClient

    async def ask(
        self, method: str, path: str, actor: Actor = KIRA, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=self.chassis.as_(actor, key=key), **more)

    async def tell(
        self,
        fact: Fact,
        source: str = "orders",
        sequence: int = 1,
        ce_id: str | None = None,
        told_at: datetime | None = None,
    ) -> None:
        """Another service tells."""
        await self.chassis.tell(fact, source=source, sequence=sequence, ce_id=ce_id, told_at=told_at)

    async def staff(self) -> None:
        """Who works there: two controllers who answer to the owner, and Anna, who sells."""
        for sequence, (id_, role) in enumerate(
            (
                ("owner", Role.OWNER),
                ("kira", Role.QUALITY_CONTROLLER),
                ("ksenia", Role.QUALITY_CONTROLLER),
                ("anna", Role.SALES_MANAGER),
            ),
            1,
        ):
            above = None if id_ == "owner" else "owner"
            await self.tell(joined(id_, role, reports_to=above), "crm", sequence)

    async def deliver(self, order_id: str = "o-1", at: datetime = MONDAY, **order: Any) -> str:
        """An order is taken and brought; its call's id."""
        await self.tell(created(order_id, **order))
        customer = order.get("customer_id", "c-maria")
        await self.tell(delivered(order_id, at, customer_id=customer), "logistics")
        return call_id_of(order_id)

    async def later(self, **span: float) -> None:
        """Time goes by in hours, and what is due by then is handed over."""
        until = self.clock.now() + timedelta(**span)
        await self.chassis.pass_deadlines()
        while self.clock.now() < until:
            self.clock.forward(min(timedelta(hours=1), until - self.clock.now()))
            await self.chassis.pass_deadlines()

    async def call(self, call_id: str) -> dict[str, Any]:
        """A call as the owner sees it."""
        answer = await self.ask("GET", f"/calls/{call_id}", OWNER)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def answer(self, call_id: str, actor: Actor = KIRA, **said: Any) -> httpx.Response:
        """A controller calls and writes down what was said."""
        opened = await self.ask("POST", f"/calls/{call_id}/opening", actor)
        assert opened.status_code == httpx.codes.OK, opened.text
        return await self.ask("POST", f"/calls/{call_id}/answers", actor, json={**FINE, **said})

    def lying(self, call_id: str) -> str:
        """A call as it would lie on the disk."""
        calls = next(each for each in self.chassis.stores if each.name == "calls")
        return str(calls.raw(call_id))

    def told(self, topic: str) -> list[dict[str, Any]]:
        """Bodies of the facts told of this topic."""
        return [fact.model_dump() for fact in self.chassis.told if fact.topic == topic]


@asynccontextmanager
async def running(settings: QualitySettings = SETTINGS) -> AsyncGenerator[Running]:
    """Quality in memory, on a Monday morning."""
    clock = StoppedClock(MONDAY)
    peer = ScriptedPeer(lambda _, __: dict(CONTACT))
    chassis = MemoryChassis("quality", clock=clock, peers={"orders": peer})
    async with chassis.running(compose, settings) as client:
        it = Running(chassis, clock, peer, client)
        await it.staff()
        yield it
