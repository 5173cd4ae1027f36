"""Notifications as it runs: Kafka, MongoDB, gateways and mail over real sockets; and what a crash leaves behind."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import bson
from chassis.handling import Handler, Occasion
from chassis.layout import selection
from chassis.listing import Query
from chassis.mongo import MongoStore
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from kernel.actor import service
from notifications.adapters.documents import MESSAGES
from notifications.application.sending import MESSAGE
from notifications.domain import commands as o
from notifications.testing.answering import CONTACT
from notifications.testing.letters import EMAIL, NAME, begin, write
from notifications.testing.news import cancelled, created

Shop = Any
ShopOf = Callable[[], Any]


def new_order(shop: Shop) -> tuple[str, str]:
    """An order, and a phone, of this test alone."""
    order_id, digits = uuid.uuid4().hex, str(uuid.uuid4().int)[:7]
    phone = f"+7916{digits}"
    shop.others.contacts[order_id] = {**CONTACT, "phone": phone}
    return order_id, phone


async def test_from_a_fact_to_the_phone_the_postbox_and_the_report_of_delivery(shop_of: ShopOf) -> None:
    async with shop_of() as shop:
        order_id, phone = new_order(shop)
        fact = created(order_id=order_id, placed_at=datetime.now(UTC))

        await shop.tell(fact)
        await eventually(lambda: is_so(shop, order_id, sms="sent", email="sent"), within=30.0)
        (message,) = [each for each in (await shop.smsc.play())["messages"] if each["phone"] == phone]
        await shop.smsc.play("report", ids=[message["id"]], status=1)
        await eventually(lambda: is_so(shop, order_id, sms="delivered", email="sent"))

        assert len(await shop.smsc.shown(phone)) == 1
        (letter,) = shop.letters
        assert letter["To"] == EMAIL
        assert (await shop.smsc.play())["called"] == [{"status": 200, "answer": "OK"}]
        async for document in shop.database["messages"].find({"listed.order_id": order_id}):
            raw = bson.encode(document)
            for secret in (NAME, phone, phone[2:], EMAIL, "7916", "Лампа"):
                assert secret.encode() not in raw


async def is_so(shop: Shop, order_id: str, **states: str) -> bool:
    found = await shop.states(order_id)
    assert found == states, found
    return True


async def test_a_gateway_that_took_it_and_fell_silent_is_asked_and_the_phone_shows_it_once(
    shop_of: ShopOf,
) -> None:
    async with shop_of() as shop:
        order_id, phone = new_order(shop)
        await shop.smsc.play("moods", slow=1.5)
        await shop.tell(created(order_id=order_id, placed_at=datetime.now(UTC)))
        await eventually(lambda: shown(shop, phone), within=30.0)
        await shop.smsc.play("moods", slow=0.0)

        await eventually(lambda: is_so(shop, order_id, sms="sent", email="sent"), within=30.0)

        assert len(await shop.smsc.shown(phone)) == 1
        history = shop.database["messages"].find({"listed.order_id": order_id, "listed.channel": "sms"})
        (document,) = [each async for each in history]
        assert [each["what"] for each in document["history"]].count(["TryFailed"]) >= 1


async def shown(shop: Shop, phone: str) -> bool:
    return bool(await shop.smsc.shown(phone))


async def test_what_happened_while_it_was_down_is_written_when_it_is_back(shop_of: ShopOf) -> None:
    async with shop_of() as shop:
        order_id, phone = new_order(shop)
        gone, nobody = new_order(shop)
    async with shop_of() as shop:
        now = datetime.now(UTC)
        await shop.tell(cancelled(order_id=gone, placed_at=now), 2)
        await shop.tell(created(order_id=gone, placed_at=now), 1)
        for _ in range(2):
            await shop.tell(created(order_id=order_id, placed_at=now))

        await eventually(lambda: is_so(shop, order_id, sms="sent", email="sent"), within=30.0)

        assert len(await shop.smsc.shown(phone)) == 1
        assert await shop.smsc.shown(nobody) == []


class Kept:
    """Messages of one database, handled as the service does."""

    def __init__(self, database: Any) -> None:
        self.collection = database["messages"]
        self.told: list[str] = []
        self.store = MongoStore(database, MESSAGES, Vault.of({"test": Vault.generate_key()}))
        self.handle = Handler("notifications", MESSAGE, self.store, self.hear)

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        del key, before
        self.told += [each.topic for each in owed]

    async def do(self, command: o.Command, why: str, *, opening: bool = False) -> Any:
        occasion = Occasion(why, datetime.now(UTC), service("notifications"))
        return await self.handle(command, occasion, opening=opening)


async def test_told_64_times_at_once_it_is_one_message(database: Any) -> None:
    kept = Kept(database)
    await kept.store.prepare()

    await asyncio.gather(*(kept.do(write(), f"f-{n}", opening=True) for n in range(64)))

    assert await kept.collection.count_documents({}) == 1


async def test_what_was_being_sent_when_its_sender_died_is_found_again(database: Any) -> None:
    kept = Kept(database)
    await kept.store.prepare()
    await kept.do(write(), "f-1", opening=True)
    await kept.do(begin(), "deadline")

    due = await kept.store.due(datetime.now(UTC) + timedelta(days=3650), 10)

    assert [(key, deadline.name) for key, deadline in due] == [("m-1", "settle")]
    document = await kept.collection.find_one({"_id": "m-1"})
    assert b"+7916" not in bson.encode(document or {})


async def test_no_list_looks_at_every_message(database: Any) -> None:
    kept = Kept(database)
    await kept.store.prepare()
    asked = (
        Query(equal={"order_id": "o-1"}, order="written_at"),
        Query(equal={"order_id": "o-1", "state": "waiting"}),
        Query(equal={"state": "failed"}, order="written_at"),
        Query(equal={"gateway_id": "smsru/1"}),
        Query(order="written_at"),
    )
    for query in asked:
        order = "_id" if query.order == "_id" else f"listed.{query.order}"
        found = kept.collection.find(selection(query)).sort([(order, 1), ("_id", 1)][: 1 + (order != "_id")])
        plan = str((await found.explain())["queryPlanner"]["winningPlan"])
        assert "IXSCAN" in plan, query
        assert "COLLSCAN" not in plan, query
