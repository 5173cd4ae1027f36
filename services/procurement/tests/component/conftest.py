"""Buying, as the people of the shop do it: raisa buys, stepan counts what comes, vera approves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from kernel.actor import Actor, Grade, Role

RAISA = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)
STEPAN = Actor("stepan", frozenset({Role.WAREHOUSE_WORKER}))
VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
OWNER = Actor("owner", frozenset({Role.OWNER}))
BRASS = "brass-2026-03-02-1"


@dataclass
class Buying:
    """The shop, where brass has five lamps and five shades, bolt has a dozen lamps that are dearer."""

    shop: Any
    raisa: Actor = RAISA
    stepan: Actor = STEPAN
    vera: Actor = VERA
    owner: Actor = OWNER
    brass: str = BRASS

    async def order(self, order_id: str, *lines: tuple[str, int]) -> None:
        """An order is allocated, and its goods are gathered."""
        await self.shop.order(order_id, *lines)
        await self.shop.chassis.pass_deadlines()

    async def post(self, path: str, body: Any = None, *, actor: Actor = RAISA, **more: Any) -> Any:
        return await self.shop.ask(actor, "POST", path, json=body, **more)

    async def purchase(self, purchase_id: str = BRASS) -> Any:
        return await self.shop.get(f"/purchases/{purchase_id}", RAISA)

    async def did(self, step: str, purchase_id: str = BRASS, body: Any = None, **more: Any) -> Any:
        """A step that is done, and how the purchase is then."""
        answer = await self.post(f"/purchases/{purchase_id}/{step}", body, **more)
        assert answer.is_success, answer.text
        return await self.purchase(purchase_id)

    async def sent(self, purchase_id: str = BRASS) -> Any:
        """Placed and sent by raisa."""
        await self.did("placing", purchase_id)
        return await self.did("sending", purchase_id, {"how": "email"})

    async def came(self, *arrivals: Any, final: bool = False, purchase_id: str = BRASS, **more: Any) -> Any:
        """Stepan counts a delivery: (offer, good) or (offer, good, wrong)."""
        told = [
            {"offer_id": offer, "good": good, "wrong": wrong[0] if wrong else 0}
            for offer, good, *wrong in arrivals
        ]
        body = {"arrivals": told, "final": final}
        return await self.post(
            f"/purchases/{purchase_id}/receipts", body, actor=more.pop("actor", STEPAN), **more
        )

    async def passes(self, **time: float) -> None:
        self.shop.clock.forward(timedelta(**time))
        await self.shop.chassis.pass_deadlines()

    async def offer(self, offer_id: str) -> Any:
        return await self.shop.get(f"/offers/{offer_id}", RAISA)

    async def parts(self, order_id: str) -> list[tuple[str, int, str]]:
        shown = await self.shop.get(f"/allocations/{order_id}")
        return [(part["offer_id"], part["quantity"], part["grip"]) for part in shown["parts"]]

    def told(self, *kinds: Any) -> list[Any]:
        return self.shop.told(*kinds)


@pytest.fixture
async def buying(shop: Any, world: Any) -> Buying:
    """Two suppliers, on a Monday morning at ten."""
    await shop.supplier("brass", delivery_fee={"minor": 30_00}, cut_off="15:00", stale_after_hours=999)
    await shop.supplier("bolt", lead_days=1, stale_after_hours=999)
    await shop.imported("brass", world.catalogue(world.lamp("7", price="90"), world.lamp("8", price="40")))
    await shop.imported("bolt", world.catalogue(world.lamp("7", price="150", count=12)))
    return Buying(shop)
