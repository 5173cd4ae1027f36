"""Many orders, and many people buying and counting for them at once, on a real MongoDB, with processes dying at any await."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from chassis.handling import Conflict
from chassis.listing import Query
from kernel.actor import Actor, Grade, Role
from kernel.refusal import Refusal
from procurement.domain.allocation import ENDS, Grip, Stage, Want
from procurement.domain.purchase import Arrival, How, Purchase
from procurement.domain.purchase import Stage as At
from procurement.domain.purchase_commands import ReceiveGoods
from procurement.testing.interrupting import stocked

RAISA = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)
ORDERS = 64
NAMES = [f"o-{n}" for n in range(ORDERS)]


async def all_at_once(steps: list[Any], dice: random.Random, deaths: float) -> None:
    """Run them all; some die at a moment of their own."""
    tasks = [asyncio.ensure_future(step) for step in steps]

    async def strike(task: asyncio.Future[Any]) -> None:
        await asyncio.sleep(dice.uniform(0, 0.6))
        task.cancel()

    strikes = [strike(task) for task in tasks if dice.random() < deaths]
    for result in await asyncio.gather(*tasks, *strikes, return_exceptions=True):
        if isinstance(result, Exception) and not isinstance(result, Conflict | Refusal):
            raise result


class Day:
    """A buying day on MongoDB."""

    def __init__(self, parts: Any, chassis: Any, much: ModuleType) -> None:
        self.parts, self.chassis, self.much, self.number = parts, chassis, much, 0

    def occasion(self) -> Any:
        self.number += 1
        return self.much.occasion(f"c-{self.number}", self.chassis.clock)

    async def settles(self) -> None:
        for _ in range(6):
            self.chassis.clock.forward(timedelta(seconds=11))
            while sum([await worker.once() for worker in self.parts.deadlines]):
                continue

    async def states(self, name: str) -> list[Any]:
        return [held.state for held in (await self.parts.wired[name].page(Query(), 200)).items]

    async def orders(self, dice: random.Random) -> None:
        allocating = self.parts.wired["allocating"]
        seeks = [allocating.seek(name, [Want(1, "lamp", 1)], self.occasion()) for name in NAMES]
        await all_at_once(seeks, dice, 0.0)
        await self.settles()

    async def bought(self, dice: random.Random, given_up: list[str]) -> None:
        """Four buyers place the same draft while orders are cancelled; half of them die."""
        purchasing, allocating = self.parts.wired["purchasing"], self.parts.wired["allocating"]
        (draft,) = await self.states("purchases")
        places = [purchasing.place(draft.purchase_id, RAISA, self.occasion()) for _ in range(4)]
        cancels = [allocating.release(name, (), "changed_mind", self.occasion()) for name in given_up]
        await all_at_once([*places, *cancels], dice, 0.5)
        await all_at_once(
            [allocating.release(name, (), "changed_mind", self.occasion()) for name in given_up], dice, 0.0
        )
        await self.settles()

    async def sent(self) -> Purchase:
        """The purchase that was placed, sent; placed now if all the buyers died too early."""
        purchasing = self.parts.wired["purchasing"]
        name = (await self.states("purchases"))[0].purchase_id
        if (await purchasing.known(name)).stage is At.DRAFT:
            await purchasing.place(name, RAISA, self.occasion())
        return (await purchasing.mark_sent(name, How.EMAIL, RAISA, self.occasion())).state

    async def counted(self, now: Purchase, good: int, receipt: str, dice: random.Random) -> None:
        """Four processes are told of the same delivery; half of them die."""
        line, at = now.lines[0].offer_id, self.chassis.clock.now()
        command = ReceiveGoods(now.purchase_id, receipt, (Arrival(line, good),), False, RAISA, at)
        delivering = self.parts.wired["delivering"]
        await all_at_once([delivering.receive(command, self.occasion()) for _ in range(4)], dice, 0.5)
        await self.settles()
        await delivering.receive(command, self.occasion())


@pytest.mark.parametrize("seed", [7, 8, 9])
async def test_64_orders_are_bought_for_and_brought_in_once(
    database: Any, much: ModuleType, seed: int
) -> None:
    chassis, dice = much.MongoChassis(database), random.Random(seed)
    parts = await chassis.prepared()
    day = Day(parts, chassis, much)
    await stocked(parts.wired, {"brass:lamp": ORDERS, "own:lamp": 3}, {"brass": 1}, day.occasion)
    given_up = dice.sample(NAMES, 12)

    await day.orders(dice)
    await day.bought(dice, given_up)
    now = await day.sent()
    await day.counted(now, 20, "monday", dice)
    await day.counted(now, now.lines[0].quantity - 20 + 2, "tuesday", dice)

    (done,) = [each for each in await day.states("purchases") if each.sent]
    (line,) = done.lines
    assert (done.stage, line.good, line.over, len(done.receipts)) == (At.RECEIVED, line.quantity, 2, 2)
    offers = {offer.offer_id: offer for offer in await day.states("offers")}
    ends = await day.states("allocations")
    assert {each.stage for each in ends} <= ENDS
    standing = [each for each in ends if each.stage is Stage.ALLOCATED]
    assert {each.order_id for each in standing} == set(NAMES) - set(given_up)
    planned = Counter({(each.order_id, part.offer_id): part.quantity for each in ends for part in each.parts})
    held = Counter(
        {
            (who, offer.offer_id): hold.quantity
            for offer in offers.values()
            for who, hold in offer.holds.items()
        }
    )
    assert +held == +planned
    assert all(part.grip is Grip.HELD for each in ends for part in each.parts)
    own = offers["own:lamp"].terms.availability.quantity
    assert own == 3 + line.quantity + 2
    assert offers["own:lamp"].held <= own
    await chassis.relay.stop()


async def test_lists_of_purchases_use_their_indexes(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    purchases, allocations = database["purchases"], database["allocations"]

    async def stages(collection: Any, asked: Any, by: str) -> str:
        found = await collection.find(asked).sort(by, 1).limit(50).explain()
        return str(found["queryPlanner"]["winningPlan"])

    assert "COLLSCAN" not in await stages(purchases, {"listed.day": "2026-03-02"}, "listed.supplier_id")
    assert "COLLSCAN" not in await stages(purchases, {"listed.late": True}, "listed.opened_at")
    assert "COLLSCAN" not in await stages(purchases, {"listed.order_ids": "o-1"}, "listed.opened_at")
    assert "COLLSCAN" not in await stages(allocations, {"listed.to_buy": "brass"}, "_id")
    assert parts.wired["purchases"].name == "purchases"
    await chassis.relay.stop()
