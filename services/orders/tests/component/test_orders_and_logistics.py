"""Orders and the real logistics, both in memory: what one asks the other understands, and what is told reaches it."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import logistics.testing.asking as carriers
import pytest
from chassis.peers import PeerRefused
from logistics.testing.people import ORDERS as AS_ORDERS
from orders.testing.agreed import ready
from orders.testing.asking import Running, running

MORNING: dict[str, Any] = {
    "zone": "moscow",
    "kind": "window",
    "date": "2026-03-05",
    "from": "09:00",
    "to": "15:00",
}
EXACT: dict[str, Any] = {**MORNING, "from": "12:00", "to": "12:00"}


@dataclass
class AsPeer:
    """Logistics, asked over HTTP as orders asks it."""

    logistics: carriers.Running

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        return self._read(await self.logistics.ask("GET", path, AS_ORDERS, params=params))

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        del repeatable
        return self._read(await self.logistics.ask("POST", path, AS_ORDERS, key=key, json=body))

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_client_error:
            raise PeerRefused("logistics", answer.status_code, answer.json())
        assert answer.is_success, answer.text
        return answer.json()


@dataclass
class Both:
    """Both services; what orders tells is handed on to logistics."""

    shop: Running
    logistics: carriers.Running
    handed: int = 0

    async def hand_on(self) -> None:
        for record in self.shop.chassis.records[self.handed :]:
            headers = dict(record.headers)
            fact = self.shop.chassis.told[self.handed]
            self.handed += 1
            sequence = int(headers["ce_sequence"])
            await self.logistics.chassis.tell(
                fact, source="orders", sequence=sequence, ce_id=headers["ce_id"]
            )

    async def reserved(self, order_id: str) -> list[str]:
        return [each["stage"] for each in await self.logistics.reserved(order_id)]


@asynccontextmanager
async def both() -> AsyncGenerator[Both]:
    async with carriers.running(carriers.Running) as logistics:
        await logistics.agree("own-couriers")
        async with running(logistics=AsPeer(logistics)) as shop:
            yield Both(shop, logistics)


@pytest.fixture
async def world() -> AsyncIterator[Both]:
    async with both() as it:
        yield it


async def test_what_is_agreed_is_reserved_and_firm_once_it_is_told(world: Both) -> None:
    order_id = await ready(world.shop)

    answer = await world.shop.do(order_id, "delivery", **MORNING)
    before = await world.reserved(order_id)
    await world.hand_on()

    assert answer.status_code == 200, answer.text
    assert "любой момент" in answer.json()["promise"]["words"]["ru"]
    assert (before, await world.reserved(order_id)) == (["held"], ["firm"])


async def test_agreeing_anew_gives_the_earlier_place_back_and_cancelling_the_last(world: Both) -> None:
    order_id = await ready(world.shop)
    await world.shop.do(order_id, "delivery", **MORNING)
    await world.hand_on()
    other: dict[str, Any] = {**MORNING, "date": "2026-03-06"}

    answer = await world.shop.do(order_id, "delivery", **other)
    await world.hand_on()
    agreed = await world.reserved(order_id)
    await world.shop.do(order_id, "cancellation", reason="changed_mind", offer_made=False)
    await world.hand_on()

    assert answer.status_code == 200, answer.text
    assert (agreed, await world.reserved(order_id)) == (["freed", "firm"], ["freed", "freed"])


async def test_outside_the_terms_the_options_are_those_that_can_be_agreed(world: Both) -> None:
    order_id = await ready(world.shop)

    no = await world.shop.do(order_id, "delivery", **EXACT)

    assert (no.status_code, no.json()["type"]) == (409, "/problems/promise-outside-terms")
    assert no.json()["options"]
    assert all(
        "в любой момент" in each["words"]["ru"] for each in no.json()["options"] if each["kind"] == "window"
    )


async def test_a_zone_that_nobody_serves_is_refused(world: Both) -> None:
    order_id = await ready(world.shop)
    nowhere: dict[str, Any] = {**MORNING, "zone": "atlantis"}

    answer = await world.shop.do(order_id, "delivery:check", **nowhere)

    assert (answer.json()["possible"], answer.json()["reason"]) == (False, "no_such_zone")
