"""The customer knows exactly when his order comes, or somebody sees that he does not (R31)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from contracts.notifications import MessageSentV1
from orders.testing.agreed import EVENING, MORNING, ready
from orders.testing.asking import Running, running
from orders.testing.lamps import MONDAY
from orders.testing.logistics import Logistics
from orders.testing.people import IVAN


@pytest.fixture
async def shop() -> AsyncIterator[Running]:
    async with running(logistics=Logistics()) as it:
        yield it


async def test_orders_without_a_promise_are_listed_until_the_customer_knows(shop: Running) -> None:
    order_id = await ready(shop)

    async def listed() -> list[str]:
        items = (await shop.ask("GET", "/orders?view=without_promise")).json()["items"]
        return [each["order_id"] for each in items]

    before = await listed()
    await shop.do(order_id, "delivery", **MORNING)
    untold = await listed()
    told = await shop.do(order_id, "delivery/told", channel="phone")

    assert (before, untold, await listed()) == ([order_id], [order_id], [])
    assert told.json()["changes"] == ["PromiseTold"]
    assert (await shop.do(order_id, "delivery/told", channel="phone")).json()["changes"] == []


def sent(order_id: str, cause_id: str | None, n: int) -> MessageSentV1:
    return MessageSentV1(
        message_id=f"m-{n}", order_id=order_id, channel="sms", template="delivery_agreed", language="ru",
        cause_id=cause_id, gateway="smsc", sent_at=MONDAY,
    )  # fmt: skip


async def test_a_message_about_the_promise_that_holds_marks_it_told(shop: Running) -> None:
    order_id = await ready(shop)
    await shop.do(order_id, "delivery", **MORNING)
    await shop.do(order_id, "delivery", **EVENING)
    causes = [dict(each.headers)["ce_id"] for each in shop.chassis.records if each.topic == "order.confirmed"]

    await shop.chassis.tell(sent(order_id, causes[0], 1), source="notifications")
    old = (await shop.order(order_id))["promise"]["told_by"]
    await shop.chassis.tell(sent(order_id, causes[1], 2), source="notifications")

    assert (old, (await shop.order(order_id))["promise"]["told_by"]) == (None, "sms")
    assert shop.last("order.changed").model_dump()["what"] == ("promise_told",)


async def test_a_day_that_ends_without_a_promise_shows_among_the_overdue(shop: Running) -> None:
    order_id = await ready(shop)

    await shop.later(hours=9)

    overdue = (await shop.ask("GET", "/orders?view=overdue")).json()["items"]
    assert [each["order_id"] for each in overdue] == [order_id]
    assert ("promise_overdue",) in [
        f.model_dump()["what"] for f in shop.chassis.told if f.topic == "order.changed"
    ]


async def test_with_whom_it_may_be_left_is_for_who_needs_it(shop: Running) -> None:
    order_id = await ready(shop)
    leaving: dict[str, Any] = {
        "alternative_recipient": "бабушка Клавдия",
        "payment_left_with": "консьерж Пётр",
    }

    await shop.do(order_id, "delivery", **MORNING, **leaving)

    assert (await shop.order(order_id))["leaving"] == leaving
    assert (await shop.order(order_id, IVAN))["leaving"] is None
    assert "Клавдия" not in str([each.value for each in shop.chassis.records])
