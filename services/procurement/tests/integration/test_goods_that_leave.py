"""On a real MongoDB, and through a real Kafka, replicas hear that goods left and came back, each in an order of its own and
twice: every piece counts once.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import pytest
from chassis.handling import Conflict
from chassis.listing import Query
from chassis.records import Record
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from contracts.orders import OrderCancelledV1, OrderCreatedV1
from kernel.money import Money
from procurement.application.stocking import Count
from procurement.domain.allocation import ENDS, Want
from procurement.domain.sending_parts import GoodsCameBack, GoodsLeft, Parcel
from procurement.entrypoints.from_logistics import reactions
from procurement.testing.shipments import delivered, dispatched, failed, returned

ORDERS = 12
PIECES = 30


@pytest.fixture
async def replicas(database: Any, much: ModuleType) -> AsyncIterator[list[Any]]:
    """Two of them, with thirty lamps of our own."""
    chassis = [much.MongoChassis(database) for _ in range(2)]
    wired = [(await each.prepared()).wired for each in chassis]
    clock = chassis[0].clock
    count = Count("lamp", PIECES, "lamp", Money(100_00))
    await wired[0]["stocking"].count(count, clock.now(), much.occasion("count", clock))
    yield wired
    for each in chassis:
        await each.relay.stop()


async def lamp(wired: Any) -> Any:
    """Our own lamps."""
    (found,) = [each.state for each in (await wired["offers"].page(Query(), 10)).items]
    return found


async def allocations(wired: Any) -> list[Any]:
    return [each.state for each in (await wired["allocations"].page(Query(), 200)).items]


async def hear(parts: Any, much: ModuleType, name: str, what: str) -> None:
    """One replica hears one fact of an order of two lamps, one of which is kept."""
    why = much.occasion(f"{name}-{what}", parts["sending"].clock)
    match what:
        case "new":
            await parts["allocating"].seek(name, [Want(1, "lamp", 2)], why)
        case "left":
            left = GoodsLeft(f"{name}.1", (Parcel(1, "lamp", 2),), why.at)
            await parts["sending"].hear(name, left, why)
        case "back":
            back = GoodsCameBack(f"{name}.1", (Parcel(1, "lamp", 1),), kept=True, at=why.at)
            await parts["sending"].hear_back(name, back, why)
        case _:
            await parts["allocating"].release(name, (), "changed_mind", why)


@pytest.mark.parametrize("seed", range(3))
async def test_two_replicas_take_out_and_put_back_once(
    replicas: list[Any], much: ModuleType, seed: int
) -> None:
    dice = random.Random(seed)

    async def listen(parts: Any) -> None:
        facts = [
            (f"o-{n}", what) for n in range(ORDERS) for what in ("new", "left", "back") for _ in range(2)
        ]
        facts += [(f"o-{n}", "cancelled") for n in range(0, ORDERS, 3)]
        dice.shuffle(facts)
        while facts:
            try:
                await hear(parts, much, *facts[0])
            except Conflict:  # then a reaction is tried again
                await asyncio.sleep(dice.uniform(0, 0.02))
            else:
                del facts[0]

    await asyncio.gather(*(listen(each) for each in replicas))

    assert {each.stage for each in await allocations(replicas[0])} <= ENDS
    left = await lamp(replicas[0])
    assert (left.held, left.free) == (0, PIECES - ORDERS)


def lives(world: Any, story: str, clock: Any) -> list[Record]:
    """Of four orders of two lamps each: kept, kept in part, lost, refused; and one that is cancelled on its way and comes back."""
    kept, part, lost, refused, dropped = (f"o-{story}-{n}" for n in range(5))
    orders = {each: world.placed(each, [("lamp", 2)]) for each in (kept, part, lost, refused, dropped)}
    at, two = clock.now(), ("lamp", 2, 0)
    cancelled = OrderCancelledV1(
        order=orders[dropped], reason="changed_mind", lapsed=False, offer_made=True, by="sonya"
    )
    return [
        *(told(OrderCreatedV1(order=order), 1, "orders") for order in orders.values()),
        *(told(dispatched(order, at, two), 1, "logistics") for order in orders),
        told(cancelled, 2, "orders"),
        told(delivered(kept, at, ("lamp", 2, 2)), 2, "logistics"),
        told(delivered(part, at, ("lamp", 2, 1)), 2, "logistics"),
        told(returned(part, at, ("lamp", 2, 1)), 3, "logistics"),
        told(failed(lost, at, "loss", two), 2, "logistics"),
        told(failed(refused, at, "refusal", two), 2, "logistics"),
        told(returned(refused, at, two), 3, "logistics"),
        told(returned(dropped, at, two), 2, "logistics"),
    ]


@pytest.mark.parametrize("seed", range(2))
async def test_what_logistics_tells_through_kafka_is_what_stock_says(
    replicas: list[Any], infra: Infra, world: Any, seed: int
) -> None:
    story, clock = f"leaves-{random.randrange(10**9)}", replicas[0]["sending"].clock
    await begin_at_the_end(infra.kafka, story, reactions.topics)
    records = lives(world, story, clock) * 2
    random.Random(seed).shuffle(records)

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), story, reactions, publisher, wired=replicas[0]),
        reading(kafka_at(infra.kafka), story, reactions, publisher, wired=replicas[1]),
    ):
        for each in records:
            await publisher(each)

        async def settled() -> bool:
            """Gone for good: two kept, one kept, two lost; held: two to be sent instead of the lost, two to be sent again."""
            now, found = await lamp(replicas[0]), await allocations(replicas[0])
            return (now.held, now.free) == (4, PIECES - 5 - 4) and {each.stage for each in found} <= ENDS

        await eventually(settled, within=30)

    assert len(await allocations(replicas[0])) == 5
