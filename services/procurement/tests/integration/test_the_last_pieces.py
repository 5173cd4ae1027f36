"""Many orders at once for the last pieces, on a real MongoDB, with processes dying at any await."""

import asyncio
import random
from datetime import timedelta
from types import ModuleType
from typing import Any

from chassis.handling import Conflict
from chassis.listing import Query
from kernel.money import Money
from procurement.application.stocking import Count
from procurement.domain.allocation import ENDS, Allocation, Stage, Want
from procurement.domain.offer import Offer

ORDERS = 64
PIECES = 10


async def counted(parts: Any, chassis: Any, much: ModuleType, *products: str) -> None:
    for product in products:
        count = Count(product, PIECES, product, Money(100_00))
        await parts.wired["stocking"].count(count, chassis.clock.now(), much.occasion(product, chassis.clock))


async def all_at_once(steps: list[Any], dice: random.Random, deaths: float) -> None:
    """Run them all; some die at a moment of their own."""
    tasks = [asyncio.ensure_future(step) for step in steps]

    async def strike(task: asyncio.Future[Any]) -> None:
        await asyncio.sleep(dice.uniform(0, 1.5))
        task.cancel()

    strikes = [strike(task) for task in tasks if dice.random() < deaths]
    results = await asyncio.gather(*tasks, *strikes, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Conflict):
            raise result


async def settled(parts: Any, chassis: Any) -> list[Allocation]:
    """After the deadlines have finished what was left."""
    for _ in range(20):
        chassis.clock.forward(timedelta(seconds=11))
        while await parts.deadlines[2].once():
            continue
    page = await parts.wired["allocations"].page(Query(), 200)
    return [held.state for held in page.items]


async def offers(parts: Any) -> list[Offer]:
    return [held.state for held in (await parts.wired["offers"].page(Query(), 10)).items]


async def test_64_orders_for_the_last_10_pieces(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await counted(parts, chassis, much, "lamp")
    allocating = parts.wired["allocating"]
    names = [f"o-{n}" for n in range(ORDERS)]

    def seek(order: str) -> Any:
        return allocating.seek(order, [Want(1, "lamp", 1)], much.occasion(order, chassis.clock))

    await all_at_once([seek(order) for order in names], random.Random(7), deaths=0.5)
    await all_at_once(
        [seek(order) for order in names], random.Random(8), deaths=0.0
    )  # told again, as by Kafka

    ends = await settled(parts, chassis)
    assert len(ends) == ORDERS
    assert {each.stage for each in ends} <= ENDS
    winners = {each.order_id for each in ends if each.stage is Stage.ALLOCATED}
    (lamp,) = await offers(parts)
    assert {order for order, hold in lamp.holds.items() if hold.quantity} == winners
    assert (len(winners), lamp.held, lamp.free) == (PIECES, PIECES, 0)
    await chassis.relay.stop()


async def test_orders_of_several_goods_with_deaths_and_cancellations(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await counted(parts, chassis, much, "lamp", "shade", "wick")
    allocating, dice = parts.wired["allocating"], random.Random(11)
    carts = {
        f"o-{n}": [
            Want(line, product, dice.randint(1, 2))
            for line, product in enumerate(dice.sample(["lamp", "shade", "wick"], 2), start=1)
        ]
        for n in range(40)
    }
    given_up = dice.sample(sorted(carts), 12)

    def seek(order: str) -> Any:
        return allocating.seek(order, carts[order], much.occasion(order, chassis.clock))

    def release(order: str) -> Any:
        return allocating.release(
            order, carts[order], "changed_mind", much.occasion(f"{order}-no", chassis.clock)
        )

    await all_at_once([*map(seek, carts), *map(release, given_up)], dice, deaths=0.4)
    await all_at_once([*map(release, given_up), *map(seek, carts)], dice, deaths=0.0)

    ends = await settled(parts, chassis)
    planned = {
        (each.order_id, offer_id): each.total_at(offer_id)
        for each in ends
        for offer_id in {part.offer_id for part in each.parts}
    }
    held = {
        (order, offer.offer_id): hold.quantity
        for offer in await offers(parts)
        for order, hold in offer.holds.items()
        if hold.quantity
    }
    assert {each.stage for each in ends} <= ENDS
    assert all(each.stage in {Stage.RELEASED, Stage.SHORT} for each in ends if each.order_id in given_up)
    assert held == planned
    assert all(offer.held <= PIECES for offer in await offers(parts))
    await chassis.relay.stop()
