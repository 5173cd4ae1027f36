"""The service in memory, asked over HTTP; and the lifelike example of what is agreed with two carriers."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis
from contracts.fact import Fact
from kernel.actor import Actor

from logistics.bootstrap import compose
from logistics.settings import LogisticsSettings
from logistics.testing.agreements import MONDAY
from logistics.testing.people import ANNA, LENA, ORDERS, VERA

EXAMPLES = Path(__file__).parents[3] / "examples" / "carriers.json"


def example(carrier_id: str) -> dict[str, Any]:
    """One carrier of the example file."""
    carriers = json.loads(EXAMPLES.read_text(encoding="utf-8"))["carriers"]
    return next(each for each in carriers if each["carrier_id"] == carrier_id)


def terms(carrier_id: str = "own-couriers", **more: Any) -> dict[str, Any]:
    """What is agreed with him, otherwise."""
    return {**example(carrier_id)["terms"], **more}


@dataclass
class Running:
    """Logistics, running."""

    chassis: MemoryChassis
    clock: StoppedClock
    client: httpx.AsyncClient
    heard: int = 0

    async def ask(
        self, method: str, path: str, actor: Actor = ANNA, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=self.chassis.as_(actor, key=key), **more)

    async def read(self, path: str, actor: Actor = ANNA) -> Any:
        """What is answered to a question."""
        answer = await self.ask("GET", path, actor)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def agree(self, carrier_id: str = "own-couriers", **more: Any) -> int:
        """Lena writes the example's terms, Vera approves them; the version."""
        profile = example(carrier_id)["profile"]
        assert (await self.ask("PUT", f"/carriers/{carrier_id}", LENA, json=profile)).is_success
        body = terms(carrier_id, **more)
        written = await self.ask("PUT", f"/carriers/{carrier_id}/terms", LENA, json=body)
        assert written.is_success, written.text
        version, revision = written.json()["version"], written.json()["revision"]
        path = f"/carriers/{carrier_id}/terms/{version}/approval"
        approved = await self.ask("POST", path, VERA, json={"revision": revision})
        assert approved.is_success, approved.text
        return version

    async def check(
        self,
        day: str | None = "2026-03-03",
        actor: Actor = ANNA,
        *,
        begins: str | None = None,
        ends: str | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> Any:
        """Whether something can be promised in Moscow."""
        hours = {"from": begins, "to": ends}
        wish = {"shop_id": "main", "zone": "moscow", "kind": "window", "date": day, **hours, **(more or {})}
        answer = await self.ask("POST", "/promises:check", actor, json=wish)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def reserve(
        self, promise: Any, order_id: str = "o-1", key: str = "k-1", actor: Actor = ORDERS, **more: Any
    ) -> httpx.Response:
        """Orders reserves a promise as the check gave it."""
        names = ("kind", "carrier_id", "terms_version", "zone", "starts_at", "ends_at", "point_id")
        body = {"order_id": order_id, **{name: promise[name] for name in names}, **more}
        return await self.ask("POST", "/reservations", actor, key=key, json=body)

    async def reserved(self, order_id: str = "o-1") -> list[Any]:
        """What is reserved for an order."""
        return (await self.read(f"/reservations?order_id={order_id}"))["items"]

    async def later(self, minutes: float) -> None:
        """Time goes by, and what is due by then is handed over."""
        self.clock.forward(timedelta(minutes=minutes))
        await self.chassis.pass_deadlines()

    async def hear_itself(self) -> None:
        """What it told since, it hears as Kafka would bring it: twice."""
        news, self.heard = self.chassis.told[self.heard :], len(self.chassis.told)
        for number, fact in enumerate(news, self.heard - len(news) + 1):
            for _ in range(2):
                await self.chassis.tell(fact, source="logistics", sequence=number)

    def told(self, kind: type[Fact]) -> list[Any]:
        """Facts of this kind told so far."""
        return [fact for fact in self.chassis.told if isinstance(fact, kind)]


R = TypeVar("R", bound=Running)


@asynccontextmanager
async def running(of: type[R], settings: LogisticsSettings | None = None) -> AsyncGenerator[R]:
    """Logistics in memory, on a Monday morning."""
    clock = StoppedClock(MONDAY)
    chassis = MemoryChassis("logistics", clock=clock)
    async with chassis.running(compose, settings or LogisticsSettings()) as client:
        yield of(chassis, clock, client)
