"""Orders in a real MongoDB: asked by many at once they are placed once, sealed at rest, and listed by indexes."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import bson
import pytest
from chassis.following import Hear
from chassis.handling import Handler, Occasion, Outcome
from chassis.layout import selection
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.vault import Vault
from kernel.calendar import Hours, WorkingCalendar
from kernel.personal import Personal
from kernel.shop import Shop
from orders.adapters.documents import MEMBERS, ORDERS, SHOPS
from orders.application import following
from orders.application.ordering import ORDER, Ordering
from orders.application.working_time import Situations, Unheard
from orders.domain.commands import Command
from orders.domain.numbering import number_of
from orders.domain.order import Cancelled, Order
from orders.domain.refusals import OrderCancelledAlready
from orders.domain.words import AttemptOutcome, CancelReason
from orders.entrypoints.queries import View, wanted
from orders.testing.lamps import (
    ADDRESS,
    MACHINE,
    MONDAY,
    NAME,
    PHONE,
    attempt,
    cancel,
    link,
    minutes,
    passed,
    place,
)
from orders.testing.people import ANNA, member
from pymongo.asynchronous.database import AsyncDatabase

Database = AsyncDatabase[dict[str, Any]]


class Kept:
    """Orders of one database."""

    def __init__(self, database: Database) -> None:
        vault = Vault.of({"test": Vault.generate_key()})
        self.collection = database["orders"]
        self.orders = MongoStore(database, ORDERS, vault)
        self.shops = MongoStore(database, SHOPS, vault)
        self.members = MongoStore(database, MEMBERS, vault)
        self.told: list[str] = []
        self.handle = Handler("orders", ORDER, self.orders, self.hear)
        self.situations = Situations(self.shops, self.members, self.orders, Unheard())
        self.number = 0

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    def occasion(self, **more: Any) -> Occasion:
        self.number += 1
        return replace(Occasion(f"c-{self.number}", MONDAY, MACHINE), **more)

    async def do(self, *commands: Command) -> Outcome[Order]:
        return [await self.handle(each, self.occasion()) for each in commands][-1]

    @property
    def ordering(self) -> Ordering:
        return Ordering(self.handle, self.orders, self.situations, naming=_nobody)


_nobody: Any = None


@pytest.fixture
async def kept(database: Database) -> Kept:
    it = Kept(database)
    for store in (it.orders, it.shops, it.members):
        await store.prepare()
    return it


async def test_an_order_asked_for_64_times_at_once_is_placed_once(kept: Kept) -> None:
    asked = kept.occasion(id="command:the-same", remembered=True, fingerprint="f")

    outcomes = await asyncio.gather(*(kept.ordering.place(place(), asked) for _ in range(64)))

    assert {(each.version, each.changes) for each in outcomes} == {(1, ("OrderPlaced",))}
    assert {each.state and each.state.placing.number for each in outcomes} == {number_of("order-1")}
    assert (await kept.collection.count_documents({}), kept.told) == (1, ["order.created"])


async def test_many_orders_at_once_are_each_placed_once_and_spread_over_the_people(kept: Kept) -> None:
    for name in ("anna", "boris", "vera"):
        hear = Handler("orders", following.MEMBERS, kept.members, kept.hear)
        await hear(Hear(name, member(name)), kept.occasion())
    team = (await kept.situations.of("main")).team

    await asyncio.gather(
        *(kept.ordering.place(place(order_id=f"order-{n}", team=team), kept.occasion()) for n in range(60))
    )

    given = Counter([each["listed"]["responsible_id"] async for each in kept.collection.find()])
    assert (sum(given.values()), set(given)) == (60, {"anna", "boris", "vera"})


async def test_two_orders_that_come_to_the_same_number_get_two(kept: Kept) -> None:
    await kept.collection.insert_one({"_id": "another", "listed": {"number": number_of("order-1")}})

    placed = await kept.ordering.place(place(), kept.occasion())

    assert placed.state
    assert placed.state.placing.number == number_of("order-1", 1)


async def test_nothing_personal_lies_readable_on_the_disk(kept: Kept) -> None:
    await kept.do(place(), attempt(), link("vera"), cancel())

    document = await kept.collection.find_one({"_id": "order-1"})
    raw = bson.encode(document or {})

    assert b"brass-lamp" in raw
    for secret in (NAME, "Мария", PHONE, PHONE[2:], ADDRESS, "Бронная", "домофон", "после шести"):
        assert secret.encode() not in raw


async def test_whoever_comes_second_of_two_at_once_decides_again(kept: Kept) -> None:
    await kept.do(place())

    tried = [kept.do(attempt(minutes(2 * n))) for n in range(4)]
    came_of_it = await asyncio.gather(*tried, kept.do(cancel()), kept.do(cancel()), return_exceptions=True)

    held = await kept.orders.load("order-1")
    refused = [each for each in came_of_it if isinstance(each, OrderCancelledAlready)]
    assert isinstance(held.state, Cancelled)
    assert len(held.state.attempts) + len(refused) == len(tried)
    assert kept.told.count("order.cancelled") == 1


async def test_deadlines_that_have_passed_are_found_until_they_are_handled(kept: Kept) -> None:
    await kept.do(place(), link())
    (due,) = [each for _, each in await kept.orders.due(minutes(30), 10)]

    await kept.handle.fire(due, passed("remind", minutes(30)), kept.occasion())

    assert due.name == "remind"
    assert await kept.orders.due(minutes(119), 10) == []


async def test_a_shop_comes_back_with_its_hours_and_days(kept: Kept) -> None:
    days = {MONDAY.date(): None, MONDAY.date() + timedelta(days=1): Hours(time(9), time(12))}
    told = Shop(
        "main", "Asia/Omsk", {1: Hours(time(10), time(18), (time(13), time(14)))}, days, owner_id="olga"
    )
    hear = Handler("orders", following.SHOPS, kept.shops, kept.hear)

    await hear(Hear("main", told), kept.occasion())

    assert (await kept.shops.load("main")).state == told
    situation = await kept.situations.of("main")
    assert situation.clocks.calendar == WorkingCalendar("Asia/Omsk", told.week, days)
    assert situation.team.last_resort == "olga"


async def many(kept: Kept) -> None:
    """Orders of every kind; enough that looking at all of them is no bargain."""
    for n in range(40):
        command = place(order_id=f"order-{n}", at=minutes(n), external_number=f"M-{n}")
        await kept.handle(command, kept.occasion(), opening=True)
        if n % 3 == 0:
            reached = replace(attempt(minutes(n), AttemptOutcome.REACHED), order_id=f"order-{n}")
            await kept.handle(replace(reached, note=Personal("да")), kept.occasion())
        if n % 5 == 0:
            await kept.handle(
                replace(link(), order_id=f"order-{n}", customer_id=f"c-{n % 10}"), kept.occasion()
            )
        if n % 7 == 0:
            await kept.handle(
                replace(cancel(CancelReason.FOUND_CHEAPER), order_id=f"order-{n}"), kept.occasion()
            )


ASKED: tuple[Mapping[str, Any], ...] = (
    *({"view": view} for view in View),
    *({"view": view, "responsible": "anna"} for view in View),
    {"number": number_of("order-4").lower()},
    {"external_number": "M-4"},
    {"customer_id": "c-5"},
    {"customer_id": "c-5", "view": View.UNCONTACTED},
)


async def test_no_list_looks_at_every_order(kept: Kept) -> None:
    await many(kept)
    queries = [await wanted(ANNA, **asked) for asked in ASKED]
    followed = Query(equal={"customer_id": "c-5", "is_open": True})
    for query in (*queries, followed, Query(equal={"is_open": True, "responsible_id": "anna"})):
        plan = await explained(kept, query)

        assert "COLLSCAN" not in plan, query
        assert "IXSCAN" in plan, query


@pytest.mark.parametrize(
    "asked", [{"view": view} for view in View] + [{"customer_id": "c-5"}, {"external_number": "M-4"}]
)
async def test_no_long_list_is_sorted_in_memory(kept: Kept, asked: Mapping[str, Any]) -> None:
    await many(kept)

    assert "'SORT'" not in await explained(kept, await wanted(ANNA, **asked))


async def explained(kept: Kept, query: Query) -> str:
    order = [(f"listed.{query.order}" if query.order != "_id" else "_id", 1), ("_id", 1)][
        : 1 + (query.order != "_id")
    ]
    plan = await kept.collection.find(selection(query)).sort(order).limit(51).explain()
    return str(plan["queryPlanner"]["winningPlan"])
