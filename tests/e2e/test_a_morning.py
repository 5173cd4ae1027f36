"""A morning of the shop against real processes: what people do over HTTP, and what the world hears of it in Kafka."""

from typing import Any

import pytest
from chassis.testing.waiting import eventually

from tests.e2e.shop import PATIENT, Shop

pytestmark = pytest.mark.timeout(240)

SUPPLIER = "spinner"
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog><shop><offers>
  <offer id="wheel" available="true"><name>Прялка</name><price>6480</price><currencyId>RUR</currencyId><count>9</count></offer>
  <offer id="spindle" available="true"><name>Веретено</name><price>120,50</price><currencyId>RUR</currencyId></offer>
  <offer id="shuttle" available="true"><name>Челнок</name><price>о цене договоримся</price></offer>
  <offer id="reel" available="true"><name>Мотовило</name><price>990</price><count>3</count></offer>
</offers></shop></yml_catalog>
"""
WHEEL, SPINDLE, REEL = (f"{SUPPLIER}:{code}" for code in ("wheel", "spindle", "reel"))
CANCEL = {"reason": "changed_mind", "offer_made": True}


@pytest.fixture(scope="module", autouse=True)
async def goods(shop: Shop) -> dict[str, Any]:
    """The supplier's small feed, taken in."""
    agreed = {"supplier_id": SUPPLIER, "title": "Прядильщик", "lead_days": 2, "stale_after_hours": 24 * 365}
    await shop.post("raisa", "procurement", "/suppliers", agreed)
    files = {"file": ("feed.xml", FEED.encode(), "application/xml")}
    sent = await shop.post(
        "raisa", "procurement", f"/suppliers/{SUPPLIER}/feeds", files=files, data={"accept_stale": "true"}
    )

    async def look() -> dict[str, Any]:
        found: dict[str, Any] = await shop.get("procurement", f"/imports/{sent['import_id']}")
        assert found["stage"] == "done", found
        return found

    return await eventually(look, PATIENT)


async def test_a_feed_comes_in_and_its_bad_row_is_reported(shop: Shop, goods: dict[str, Any]) -> None:
    assert (goods["good"], goods["bad"], goods["new"]) == (3, 1, 3)
    assert goods["bad_rows"][0]["line"] == 5

    heard = await shop.until_told(WHEEL, "stock.changed")
    (_, stock), *_ = await shop.told(WHEEL)
    assert heard == ["stock.changed"]
    assert (stock["availability"], stock["quantity"], stock["price"]["minor"]) == ("counted", 9, 648_000)


async def test_a_good_order_is_supplied_named_and_contacted(shop: Shop) -> None:
    order_id = await shop.order(WHEEL, 2)

    order = await shop.until(order_id, supply="allocated", stage="new")
    assert order["responsible_id"] in {"sveta", "misha"}
    assert order["next_deadline"] == "remind"
    await eventually(lambda: named(shop, order_id), PATIENT)

    await shop.post(
        "sveta", "orders", f"/orders/{order_id}/attempts", {"channel": "phone", "outcome": "reached"}
    )
    order = await shop.until(order_id, stage="contacted")
    assert order["next_deadline"] in {"promise", "attention"}

    heard = await shop.until_told(
        order_id, "order.created", "supply.allocated", "order.changed", "order.contacted"
    )
    assert heard.count("order.created") == heard.count("supply.allocated") == 1
    customer = order["customer_id"]
    assert await shop.until_told(customer, "customer.registered") == ["customer.registered"]


async def named(shop: Shop, order_id: str) -> bool:
    return (await shop.get("orders", f"/orders/{order_id}"))["customer_id"] is not None


async def test_the_same_phone_in_another_spelling_is_the_same_customer(shop: Shop) -> None:
    one, other = [await shop.order(REEL, 1, phone=spelt) for spelt in ("+7 916 703 41 96", "8(916)7034196")]

    await eventually(lambda: named(shop, one), PATIENT)
    await eventually(lambda: named(shop, other), PATIENT)

    first, second = [await shop.get("orders", f"/orders/{each}") for each in (one, other)]
    assert first["customer_id"] == second["customer_id"]
    assert first["responsible_id"] == second["responsible_id"]


async def test_a_short_order_owes_an_apology_and_an_offer(shop: Shop) -> None:
    order_id = await shop.order(WHEEL, 500, preference="no_calls")

    order = await shop.until(order_id, supply="short")
    assert order["missing"] == [WHEEL]
    assert order["apology_due_at"] is not None

    by_phone = {"channel": "phone", "outcome": "reached"}
    refused = await shop.ask("sveta", "orders", f"/orders/{order_id}/attempts", by_phone)
    assert refused.status_code == 409

    await shop.post("sveta", "orders", f"/orders/{order_id}/apology", {"channel": "email"})
    await shop.post("sveta", "orders", f"/orders/{order_id}/offer", {"product_ids": [REEL]})
    heard = await shop.until_told(order_id, "order.apology_sent", "order.substitute_offered")
    assert {"supply.short", "order.item_unavailable"} <= set(heard)
    assert "supply.allocated" not in heard


async def test_uncounted_goods_are_promised_after_the_suppliers_yes(shop: Shop) -> None:
    order_id = await shop.order(SPINDLE, 4)
    asking = await shop.allocation(order_id, "asking")
    assert (await shop.get("orders", f"/orders/{order_id}"))["supply"] == "sought"

    yes = {"offer_id": asking["parts"][0]["offer_id"], "quantity": 4}
    await shop.post("raisa", "procurement", f"/allocations/{order_id}/confirmations", yes)

    await shop.until(order_id, supply="allocated")


async def test_nobody_calls_and_the_clock_reminds_reassigns_and_alarms(shop: Shop) -> None:
    order_id = await shop.order(REEL, 1, phone="8 916 555 01 02")
    await shop.until(order_id, supply="allocated")
    await eventually(lambda: named(shop, order_id), PATIENT)
    first = (await shop.get("orders", f"/orders/{order_id}"))["responsible_id"]

    for step, what, topic in (
        ("remind", "ContactReminded", "order.contact_reminded"),
        ("reassign", "OrderReassigned", "order.reassigned"),
        ("alarm", "ContactOverdue", "order.contact_overdue"),
    ):
        await shop.come_to(order_id, step)
        await shop.until_told(order_id, topic)
        assert what in await shop.happened(order_id)

    after = await shop.get("orders", f"/orders/{order_id}")
    assert after["responsible_id"] != first
    assert after["next_deadline"] in {"promise", "attention"}
    overdue = await shop.get("orders", "/orders", view="overdue", limit=200)
    assert order_id in [each["order_id"] for each in overdue["items"]]
    alarms = [body for topic, body in await shop.told(order_id) if topic == "order.contact_overdue"]
    assert [each["alarmed_id"] for each in alarms] == ["owner"]


async def test_a_buyer_may_not_cancel_and_it_is_told_that_he_tried(shop: Shop) -> None:
    order_id = await shop.order(WHEEL, 1)

    refused = await shop.ask("raisa", "orders", f"/orders/{order_id}/cancellation", CANCEL)

    assert refused.status_code == 403
    assert refused.json()["rule"] == "R27"
    await shop.until_told(order_id, "duty.refused")
    told = [body for topic, body in await shop.told(order_id) if topic == "duty.refused"]
    assert [(each["actor_id"], each["action"], each["rule"]) for each in told] == [
        ("raisa", "cancel_order", "R27")
    ]
    assert (await shop.get("orders", f"/orders/{order_id}"))["stage"] == "new"


async def test_a_cancelled_order_frees_what_was_held_for_it(shop: Shop) -> None:
    before = await shop.get("procurement", f"/offers/{WHEEL}")
    order_id = await shop.order(WHEEL, 2)
    await shop.until(order_id, supply="allocated")
    assert (await shop.get("procurement", f"/offers/{WHEEL}"))["free"] == before["free"] - 2

    await shop.post("sveta", "orders", f"/orders/{order_id}/cancellation", CANCEL)

    await shop.allocation(order_id, "released")
    assert (await shop.get("procurement", f"/offers/{WHEEL}"))["free"] == before["free"]
    await shop.until_told(order_id, "order.cancelled", "supply.released")


async def test_the_same_key_takes_an_order_once(shop: Shop) -> None:
    line = {"product_id": REEL, "title": "Мотовило", "quantity": 1, "unit_price": 99_000}
    body = {"lines": [line], "recipient": {"name": "Кирилл", "phone": "+79165550103"}}

    first, again = [await shop.post("site", "orders", "/orders", body, key="once-1") for _ in range(2)]
    other = await shop.ask("site", "orders", "/orders", {**body, "gift_wrap": True}, key="once-1")

    assert first["order_id"] == again["order_id"]
    assert other.status_code == 409
