"""A shop's rush in a real MongoDB: two owners who start at once start one; what is free words is sealed; figures are found
by indexes.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import bson
import pytest
from chassis.handling import Conflict, Handler, Occasion
from chassis.layout import selection
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.vault import Vault
from kernel.actor import Role
from orders.adapters.documents import MEMBERS, ORDERS, SHOPS
from orders.adapters.rush_documents import ERRANDS, REQUESTS, RUSHES
from orders.application.ordering import order_decider
from orders.application.rush_reckoning import Reckoning
from orders.application.rushing import RUSH, Rushing
from orders.application.working_time import Situations, Unheard
from orders.domain.rush import Policies
from orders.domain.rush_refusals import PolicyFrozen, RushRunsAlready
from orders.domain.rush_words import PolicyName
from orders.domain.words import CancelReason
from orders.testing.lamps import MACHINE, MONDAY, cancel, minutes, place
from orders.testing.people import OLGA, actor
from orders.testing.rushes import SHOP_ID, begin_shift, end, set_policies, start, unlock
from pymongo.asynchronous.database import AsyncDatabase

Database = AsyncDatabase[dict[str, Any]]
PETYA = actor("petya", Role.OWNER)


class Kept:
    """The rushes and orders of one database."""

    def __init__(self, database: Database) -> None:
        vault = Vault.of({"test": Vault.generate_key()})
        self.database = database
        self.books = MongoStore(database, RUSHES, vault)
        self.orders = MongoStore(database, ORDERS, vault)
        self.requests = MongoStore(database, REQUESTS, vault)
        self.errands = MongoStore(database, ERRANDS, vault)
        self.shops = MongoStore(database, SHOPS, vault)
        self.members = MongoStore(database, MEMBERS, vault)
        self.told: list[str] = []
        self.handle = Handler("orders", RUSH, self.books, self.hear)
        self.situations = Situations(self.shops, self.members, self.orders, Unheard())
        self.rushing = Rushing(self.handle, self.books, self.situations)
        self.reckoning = Reckoning(self.orders, self.requests, self.rushing)
        self.number = 0

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    def occasion(self, **more: Any) -> Occasion:
        self.number += 1
        return replace(Occasion(f"c-{self.number}", MONDAY, MACHINE), **more)


@pytest.fixture
async def kept(database: Database) -> Kept:
    it = Kept(database)
    for store in (it.books, it.orders, it.requests, it.errands, it.shops, it.members):
        await store.prepare()
    return it


async def test_two_owners_who_start_at_once_start_one_rush(kept: Kept) -> None:
    starts = [start(rush_id=f"{owner.id}-{n}", actor=owner) for n in range(16) for owner in (OLGA, PETYA)]

    came_of_it = await asyncio.gather(
        *(kept.handle(each, kept.occasion()) for each in starts), return_exceptions=True
    )

    done = [each for each in came_of_it if not isinstance(each, BaseException)]
    assert [each.changes[-1] for each in done] == ["RushStarted"]
    assert {type(each) for each in came_of_it if isinstance(each, BaseException)} <= {
        RushRunsAlready,
        Conflict,
    }
    assert kept.told == ["rush.started"]
    book = (await kept.books.load(SHOP_ID)).state
    assert book
    assert book.rush
    assert await kept.database["rushes"].count_documents({}) == 1


async def test_a_policy_set_while_a_rush_starts_comes_before_it_or_not_at_all(kept: Kept) -> None:
    dearer = set_policies(Policies(bonus_max_share=10))

    came_of_it = await asyncio.gather(
        *(kept.handle(each, kept.occasion()) for each in (start(), dearer)), return_exceptions=True
    )

    book = (await kept.books.load(SHOP_ID)).state
    history = [each.what[-1] for each in await kept.books.history(SHOP_ID)]
    assert book
    if isinstance(came_of_it[1], PolicyFrozen):
        assert (book.policies, history) == (Policies(), ["RushStarted"])
    else:
        assert history == ["PoliciesSet", "RushStarted"]


async def test_shifts_begun_at_once_are_each_kept(kept: Kept) -> None:
    await kept.handle(start(), kept.occasion())

    people = ("oleg", "anna", "stepan", "ivan", "fedor")
    await asyncio.gather(*(kept.handle(begin_shift(name), kept.occasion()) for name in people))
    await kept.handle(end(minutes(60)), kept.occasion())

    book = (await kept.books.load(SHOP_ID)).state
    assert book
    assert sorted(each.staff_id for each in book.past[0].attendance) == sorted(people)


async def test_the_reason_of_an_unlock_does_not_lie_readable_on_the_disk(kept: Kept) -> None:
    for command in (start(), unlock(PolicyName.HOURS), end()):
        await kept.handle(command, kept.occasion())

    raw = bson.encode(await kept.database["rushes"].find_one({"_id": SHOP_ID}) or {})

    assert b"minimum_order" in raw
    assert "поставщик".encode() not in raw
    book = (await kept.books.load(SHOP_ID)).state
    assert book
    assert book.past[0].rush.unlocks[0].reason.value == "поставщик поднял цены"


async def test_its_planned_end_is_found_when_it_passes_and_again(kept: Kept) -> None:
    await kept.handle(start(ends_by=minutes(60)), kept.occasion())
    ((key, due),) = await kept.books.due(minutes(60), 10)

    await kept.rushing.on_deadline(key, due, kept.occasion(at=minutes(60)))

    assert await kept.books.due(minutes(61), 10) == []
    assert len(await kept.books.due(MONDAY + timedelta(days=3), 10)) == 1


async def test_figures_are_counted_by_indexes(kept: Kept) -> None:
    handle = Handler("orders", order_decider(), kept.orders, kept.hear)
    for n in range(8):
        test = n == 7
        order = place(order_id=f"order-{n}", at=minutes(n), is_test=test)
        await handle(order, kept.occasion(), opening=True)
        if n % 2:
            reason = CancelReason.TEST if test else CancelReason.FOUND_CHEAPER
            await handle(replace(cancel(reason), order_id=f"order-{n}"), kept.occasion())

    days = await kept.reckoning.until(SHOP_ID, MONDAY, 2)
    flow, lost = await kept.reckoning.flow(SHOP_ID, days), await kept.reckoning.lost(SHOP_ID, days)

    assert [(each.taken, each.processed) for each in flow] == [(0, 0), (7, 0)]
    assert sum(loss.orders for loss in lost) == 3
    assert await kept.reckoning.waiting(SHOP_ID) == 4
    for when in ("taken_at", "processed_at", "lost_at"):
        plan = await explained(kept, "orders", {"shop_id": SHOP_ID}, {when: MONDAY}, when)
        assert "IXSCAN" in plan
        assert "COLLSCAN" not in plan
        assert "'SORT'" not in plan


@pytest.mark.parametrize(
    ("collection", "equal", "order"),
    [
        ("order_requests", {"order_id": "order-1"}, "asked_at"),
        ("order_requests", {"shop_id": "main"}, "asked_at"),
        ("errands", {"open": True}, "due_at"),
        ("errands", {"overdue": True}, "due_at"),
        ("errands", {"open": True, "owner_id": "olga"}, "due_at"),
        ("errands", {}, "due_at"),
    ],
)
async def test_no_list_looks_at_everything_and_sorts_it(
    kept: Kept, collection: str, equal: Mapping[str, Any], order: str
) -> None:
    plan = await explained(kept, collection, equal, {}, order)

    assert "COLLSCAN" not in plan
    assert "'SORT'" not in plan


async def explained(
    kept: Kept, collection: str, equal: Mapping[str, Any], at_least: Mapping[str, Any], order: str
) -> str:
    where = selection(Query(equal=equal, at_least=at_least))
    found = kept.database[collection].find(where).sort([(f"listed.{order}", 1), ("_id", 1)]).limit(51)
    return str((await found.explain())["queryPlanner"]["winningPlan"])
