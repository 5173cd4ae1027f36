"""Offers and counts in a real MongoDB: answered by many at once there is one answer, and what was said counts once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import bson
import pytest
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler, Occasion
from chassis.layout import selection
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.vault import Vault
from kernel.deadline import Deadline
from kernel.personal import Personal
from orders.adapters.documents import ORDERS
from orders.adapters.goods_documents import PAIRS, PRODUCT_LINKS
from orders.application.ordering import ORDER
from orders.application.tallying import PAIRS as COUNTS
from orders.application.tallying import Tallying, past_of
from orders.domain.commands import Command
from orders.domain.goods import Wrap
from orders.domain.goods_commands import SetWrap
from orders.domain.goods_refusals import OfferAnsweredAlready
from orders.domain.offers import Said
from orders.domain.order import Order
from orders.domain.pairs import Counted, Pair
from orders.domain.ranking import Past
from orders.domain.words import Channel
from orders.testing.lamps import MACHINE, MONDAY, ORDER_ID, place
from orders.testing.people import ANNA
from orders.testing.substitutes import COPPER, GONE, STEEL, answer, change, make, move, suggest, wick
from pymongo.asynchronous.database import AsyncDatabase

Database = AsyncDatabase[dict[str, Any]]


@dataclass
class Kept:
    """Orders and counts of one database."""

    database: Database
    orders: MongoStore[Order]
    pairs: MongoStore[Pair]
    handle: Handler[Command, Order, Any]
    told: list[str]
    number: int = 0

    def occasion(self) -> Occasion:
        self.number += 1
        return Occasion(f"c-{self.number}", MONDAY, MACHINE)

    async def do(self, *commands: Command) -> None:
        for each in commands:
            await self.handle(each, self.occasion())

    async def order(self) -> Order:
        found = (await self.orders.load(ORDER_ID)).state
        assert found
        return found

    @property
    def tallying(self) -> Tallying:
        count: Handler[Any, Pair, Counted] = Handler("orders", COUNTS, self.pairs, self.handle.tell)
        return Tallying(self.handle, self.orders, count)


@pytest.fixture
async def kept(database: Database) -> Kept:
    told: list[str] = []

    def hear(key: str, owed: Any, *, before: Any) -> None:
        told.extend(record.topic for record in owed)

    vault = Vault.of({"test": Vault.generate_key()})
    orders, pairs = MongoStore(database, ORDERS, vault), MongoStore(database, PAIRS, vault)
    for store in (orders, pairs, MongoStore(database, PRODUCT_LINKS, vault)):
        await store.prepare()
    it = Kept(database, orders, pairs, Handler("orders", ORDER, orders, hear, attempts=40), told)
    await it.do(place())
    return it


async def test_link_and_people_answering_at_once_give_one_answer(kept: Kept) -> None:
    await kept.do(GONE, make(STEEL, COPPER))
    said: list[Command] = [
        answer(product_id="steel-lamp", channel=None),
        answer(product_id="copper-lamp"),
        answer(Said.NO, channel=Channel.MESSENGER),
    ]

    came = await asyncio.gather(
        *(kept.handle(each, kept.occasion()) for each in said * 6), return_exceptions=True
    )

    order = await kept.order()
    assert {type(each) for each in came if isinstance(each, Exception)} == {OfferAnsweredAlready}
    assert sum(not isinstance(each, BaseException) and bool(each.changes) for each in came) == 1
    assert order.goods.offers[0].answer
    assert len(order.lines) == 2


async def test_what_customers_say_is_counted_once_whoever_counts_and_dies(kept: Kept) -> None:
    await kept.do(GONE, make(STEEL), answer(), suggest(("green-shade", "wick")), change(add=(wick(),)))
    due = next(each for _, each in await kept.orders.due(MONDAY, 10) if each.name.startswith("tally:"))

    await asyncio.gather(*(counts(kept, due) for _ in range(4)), return_exceptions=True)
    clock = StoppedClock(MONDAY)
    await DeadlineWorker("orders", kept.orders, clock, only_tallies(kept)).once()

    assert await past_of(kept.pairs, "brass-lamp") == {"steel-lamp": Past(1, 0)}
    rows = [each.state for each in (await kept.pairs.page(Query(), 50)).items if each.state]
    assert {(each.other_id, each.offered, each.accepted) for each in rows} == {
        ("steel-lamp", 1, 1),
        ("wick", 1, 1),
    }
    assert (await kept.order()).goods.tallies == ()


async def counts(kept: Kept, due: Deadline) -> None:
    await kept.tallying(ORDER_ID, due, kept.occasion())


def only_tallies(kept: Kept) -> Callable[..., Any]:
    async def take(order_id: str, due: Deadline, why: Occasion) -> None:
        if due.name.startswith("tally:"):
            await kept.tallying(order_id, due, why)

    return take


async def test_nothing_personal_of_a_change_lies_readable_on_the_disk(kept: Kept) -> None:
    await kept.do(move(), SetWrap(ORDER_ID, Wrap(True, Personal("лента синяя")), ANNA, MONDAY))

    raw = bson.encode(await kept.database["orders"].find_one({"_id": ORDER_ID}) or {})

    for secret in ("Палиха", "лента"):
        assert secret.encode() not in raw


@pytest.mark.parametrize(
    "query",
    [
        Query(equal={"kind": "substitute", "product_id": "brass-lamp"}, order="month", descending=True),
        Query(equal={"kind": "accessory"}, order="month", descending=True),
        Query(equal={"kind": "accessory", "month": "2026-03"}, order="month", descending=True),
    ],
)
async def test_no_report_looks_at_every_count(kept: Kept, query: Query) -> None:
    await kept.do(GONE, make(STEEL), answer())
    (due,) = [each for _, each in await kept.orders.due(MONDAY, 10) if each.name.startswith("tally:")]
    await counts(kept, due)

    sort = [(f"listed.{query.order}", -1), ("_id", -1)]
    plan = await kept.database["pairs"].find(selection(query)).sort(sort).limit(51).explain()

    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])
