"""Two replicas on one MongoDB hear all that logistics tells, each in an order of its own and twice: once completed, once paid."""

import asyncio
import random
from dataclasses import replace
from typing import Any

import pytest
from chassis.handling import Handler, Occasion
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.vault import Vault
from kernel.money import Money
from orders.adapters.documents import ORDERS
from orders.application.ordering import ORDER
from orders.domain.commands import Command
from orders.domain.order import Completed, Open, Order
from orders.domain.owing import balance
from orders.domain.words import Supply
from orders.testing.lamps import MACHINE, MONDAY, ORDER_ID, place, reach, supply
from orders.testing.parcels import arrived, came_back, failed, left
from orders.testing.promises import agree
from pymongo.asynchronous.database import AsyncDatabase

KEPT = ((1, 1),)
COLLECTED = Money(648_000 + 39_000)
STORY: tuple[Command, ...] = (
    left(),
    failed(told=3),
    failed(told=4),
    arrived(KEPT, COLLECTED),
    came_back(),
)
LOST: tuple[Command, ...] = (left(), failed(told=3), failed(final=True, told=4), came_back())


class Replicas:
    """Two processes of orders on one database, as far as the order's story goes."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        vault = Vault.of({"test": Vault.generate_key()})
        self.told: list[str] = []
        self.stores = [MongoStore(database, ORDERS, vault) for _ in range(2)]
        self.handlers = [Handler("orders", ORDER, store, self.hear, attempts=40) for store in self.stores]

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        del key, before
        self.told.extend(record.topic for record in owed)

    async def promised(self) -> None:
        await self.stores[0].prepare()
        for n, command in enumerate((place(), reach(), supply(Supply.ALLOCATED), agree())):
            await self.handlers[0](command, Occasion(f"c-{n}", MONDAY, MACHINE), opening=n == 0)

    async def hears(self, story: tuple[Command, ...], dice: random.Random) -> None:
        """Each replica hears all of it twice, shuffled, at the same time."""

        async def listen(handle: Handler[Command, Order, Any]) -> None:
            heard = [*enumerate(story), *enumerate(story)]
            dice.shuffle(heard)
            for n, command in heard:
                why = Occasion(f"f-{n}", MONDAY, MACHINE, remembered=True, even_if_stale=True)
                thing = (f"logistics/{ORDER_ID}.1", n + 1)
                await handle(command, replace(why, heard=thing))

        await asyncio.gather(*(listen(each) for each in self.handlers))

    async def order(self) -> Order:
        found = (await self.stores[1].load(ORDER_ID)).state
        assert found
        return found


@pytest.mark.parametrize("seed", range(4))
async def test_two_replicas_complete_it_once(database: AsyncDatabase[dict[str, Any]], seed: int) -> None:
    replicas = Replicas(database)
    await replicas.promised()

    await replicas.hears(STORY, random.Random(seed))

    order = await replicas.order()
    assert isinstance(order, Completed)
    assert (order.kept, balance(order).paid, balance(order).due.minor) == (KEPT, COLLECTED, 0)
    assert replicas.told.count("order.completed") == replicas.told.count("order.paid") == 1
    assert "order.refund_due" not in replicas.told


@pytest.mark.parametrize("seed", range(4))
async def test_two_replicas_bring_it_back_once(database: AsyncDatabase[dict[str, Any]], seed: int) -> None:
    replicas = Replicas(database)
    await replicas.promised()

    await replicas.hears(LOST, random.Random(seed))

    order = await replicas.order()
    assert isinstance(order, Open)
    assert order.shipping.task
    assert (order.shipping.task.trouble, order.delivery.void) == ("decide", "delivery_failed")
    listed = await replicas.stores[0].page(Query(equal={"came_back": True}, order="placed_at"), 10)
    assert [each.key for each in listed.items] == [ORDER_ID]
