"""An order's money in a real MongoDB: told by many at once it counts once, and a payment finds its order by an index."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from chassis.handling import Handler, Occasion
from chassis.layout import selection
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.vault import Vault
from kernel.deadline import Deadline
from kernel.personal import Personal
from orders.adapters.documents import ORDERS
from orders.adapters.tbank import TBank, Terminal
from orders.application.collecting import Collecting
from orders.application.ordering import ORDER
from orders.domain.commands import Command
from orders.domain.delivery import Leaving
from orders.domain.order import Order
from orders.domain.owing import balance
from orders.domain.words import Supply
from orders.testing.lamps import MACHINE, MONDAY, ORDER_ID, cancel, place, reach, supply
from orders.testing.people import BORIS
from orders.testing.promises import agree
from orders.testing.purse import ALL, approve, ask_link, let_bank_pay, pay
from pymongo.asynchronous.database import AsyncDatabase

from tests.fakes.tbank.app import Weather, application
from tests.fakes.tbank.bank import Bank

Database = AsyncDatabase[dict[str, Any]]


@dataclass
class Kept:
    """Orders of one database, and their bank."""

    orders: MongoStore[Order]
    handle: Handler[Command, Order, Any]
    bank: Bank
    collecting: Collecting
    told: list[str]
    number: int = 0

    def occasion(self, **more: Any) -> Occasion:
        self.number += 1
        return replace(Occasion(f"c-{self.number}", MONDAY, MACHINE), **more)

    async def do(self, *commands: Command) -> None:
        for each in commands:
            await self.handle(each, self.occasion())

    async def order(self) -> Order:
        found = (await self.orders.load(ORDER_ID)).state
        assert found
        return found


@pytest.fixture
async def kept(database: Database) -> Kept:
    told: list[str] = []

    def hear(key: str, owed: Any, *, before: Any) -> None:
        told.extend(record.topic for record in owed)

    orders = MongoStore(database, ORDERS, Vault.of({"test": Vault.generate_key()}))
    await orders.prepare()
    bank = Bank()
    site = httpx.ASGITransport(application(bank, Weather(), posts=False))
    terminal = Terminal(bank.terminal, bank.password, "http://bank.test/v2", "http://shop.test/hook")
    handle = Handler("orders", ORDER, orders, hear)
    it = Kept(orders, handle, bank, Collecting(handle, orders, TBank(terminal, site)), told)
    await it.do(place())
    return it


async def paid_by_link(kept: Kept) -> list[Mapping[str, Any]]:
    """Maria paid; the notices of it wait."""
    await kept.collecting.open_link(ask_link(), kept.occasion())
    kept.bank.becomes(max(kept.bank.payments), "AUTHORIZED", "CONFIRMED")
    return [body for _, body in kept.bank.waiting]


async def test_notices_that_come_all_at_once_count_once(kept: Kept) -> None:
    notices = await paid_by_link(kept)

    await asyncio.gather(*(kept.collecting.hear(body, kept.occasion()) for body in notices * 6))

    order = await kept.order()
    assert ([each.amount for each in order.money.payments], balance(order).due.minor) == ([ALL], 0)
    assert kept.told.count("order.paid") == 1


async def test_the_same_payment_told_by_many_people_at_once_counts_once(kept: Kept) -> None:
    await asyncio.gather(*(kept.handle(pay(), kept.occasion()) for _ in range(12)))

    assert len((await kept.order()).money.payments) == 1


async def test_a_refund_that_several_workers_pay_at_once_is_paid_once(kept: Kept) -> None:
    for body in await paid_by_link(kept):
        await kept.collecting.hear(body, kept.occasion())
    await kept.do(cancel(actor=BORIS), approve(), let_bank_pay())
    due = Deadline("payout:r-1", MONDAY)

    await asyncio.gather(*(kept.collecting.pay_out(ORDER_ID, due, kept.occasion()) for _ in range(6)))

    assert kept.bank.payments[max(kept.bank.payments)].given_back == [ALL.minor]
    assert (balance(await kept.order()).refunded, kept.told.count("order.refunded")) == (ALL, 1)


async def test_what_is_said_of_a_person_lies_sealed(kept: Kept, database: Database) -> None:
    leaving = Leaving(Personal("бабушка Клавдия"), Personal("консьерж Пётр"))
    await kept.do(reach(), supply(Supply.ALLOCATED), agree(leaving=leaving))

    lying = str(await database["orders"].find_one())
    assert [each for each in ("Клавдия", "консьерж") if each in lying] == []
    assert (await kept.order()).delivery.leaving == leaving


@pytest.mark.parametrize(
    ("equal", "order"),
    [
        ({"payment_links": "link-1"}, "_id"),
        ({"refund_owed": True}, "due_at"),
        ({"refund_to_approve": True}, "due_at"),
        ({"without_promise": True}, "placed_at"),
    ],
)
async def test_money_is_found_by_an_index(
    kept: Kept, database: Database, equal: dict[str, Any], order: str
) -> None:
    sort = "_id" if order == "_id" else f"listed.{order}"
    plan = await database["orders"].find(selection(Query(equal=equal, order=order))).sort(sort).explain()

    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])
    assert "SORT" not in str(plan["queryPlanner"]["winningPlan"]).replace("SORT_MERGE", "") or order == "_id"
