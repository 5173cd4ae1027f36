"""What goes wrong in a shop's computers, and what people notice of it: nothing is lost, and all of it comes right."""

import json
import os
import subprocess
import sys
from typing import Any

import httpx
import pytest
from chassis.testing.waiting import eventually
from pymongo import AsyncMongoClient

from bench.own_stack import OwnStack
from tests.e2e.shop import PATIENT, Shop

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module", autouse=True)
async def shelf(shop: Shop) -> str:
    """Goods of our own, counted."""
    counted = {"quantity": 50, "title": "Напёрсток", "price": {"minor": 9_900}}
    await shop.post("raisa", "procurement", "/own-stock/thimble", counted, method="PUT")
    return "thimble"


async def test_an_order_is_taken_while_crm_is_down_and_its_customer_named_later(
    shop: Shop, stack: OwnStack, shelf: str
) -> None:
    await shop.order(shelf, 1)  # everybody has his token
    await shop.get("orders", "/orders")
    stack.kill("crm")

    order_id = await shop.order(shelf, 1, phone="+7 916 555 02 01")
    order = await shop.get("orders", f"/orders/{order_id}")
    with pytest.raises(httpx.TransportError):
        await shop.http.get(f"{stack.url('crm')}/health/live")

    assert order["customer_id"] is None
    assert order["responsible_id"]
    named = await eventually(lambda: named_order(shop, order_id), PATIENT)
    assert "CustomerLinked" in await shop.happened(order_id)
    await shop.until_told(named["customer_id"], "customer.registered")


async def named_order(shop: Shop, order_id: str) -> dict[str, Any]:
    found: dict[str, Any] = await shop.get("orders", f"/orders/{order_id}")
    assert found["customer_id"]
    return found


async def test_a_dead_letter_is_told_again_once_its_cause_is_mended(shop: Shop, stack: OwnStack) -> None:
    await shop.post(
        "raisa", "procurement", "/suppliers", {"supplier_id": "vague", "title": "Неясный", "lead_days": 1}
    )
    row = '<offer id="yarn" available="true"><name>Пряжа</name><price>100</price></offer>'
    feed = f"<yml_catalog><shop><offers>{row}</offers></shop></yml_catalog>".encode()
    await shop.post(
        "raisa",
        "procurement",
        "/suppliers/vague/feeds",
        files={"file": ("feed.xml", feed, "application/xml")},
        data={"accept_stale": "true"},
    )
    await eventually(lambda: sold(shop, "vague:yarn"), PATIENT)
    order_id = await shop.order("vague:yarn", 1)
    asking = await shop.allocation(order_id, "asking")
    await eventually(lambda: named_order(shop, order_id), PATIENT)  # else that save would mend it again

    # given: orders can't read this order any more, since somebody's script spoilt its document
    kind = await spoilt(shop, order_id, "nobody knows this kind")
    yes = {"offer_id": asking["parts"][0]["offer_id"], "quantity": 1}
    await shop.post("raisa", "procurement", f"/allocations/{order_id}/confirmations", yes)
    await eventually(lambda: "supply.allocated.v1" in buried(stack).values(), PATIENT)

    # when: the document is mended, and all that was set aside meanwhile is replayed
    await spoilt(shop, order_id, kind)
    for letter in buried(stack):
        assert opblok(stack, "dead-letters", "replay", "orders", letter).returncode == 0

    # then: the order knows of its supply, and nobody need look after the letter
    await shop.until(order_id, supply="allocated")
    await eventually(lambda: not buried(stack), PATIENT)


async def sold(shop: Shop, offer_id: str) -> bool:
    return (await shop.who("owner").ask("GET", "procurement", f"/offers/{offer_id}")).is_success


async def spoilt(shop: Shop, order_id: str, kind: str) -> str:
    """Write into the order's document behind the service's back; answers what stood there."""
    async with AsyncMongoClient[dict[str, Any]](shop.outside.mongo) as client:
        kept = client[f"{shop.outside.prefix}orders"]["orders"]
        before = await kept.find_one_and_update({"_id": order_id}, {"$set": {"state.kind": kind}})
    assert before is not None
    return str(before["state"]["kind"])


def buried(stack: OwnStack) -> dict[str, str]:
    """Letters that nobody replayed: id, and the type of what it holds."""
    listed = json.loads(opblok(stack, "dead-letters", "list", "orders", "--json").stdout)
    return {each["id"]: each["type"] for each in listed if not each["replayed_at"]}


def opblok(stack: OwnStack, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command line, as somebody at this stack types it."""
    return subprocess.run(
        (sys.executable, "-m", "opblok", *arguments),
        env={**os.environ, **stack.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )


async def test_everything_is_there_after_a_restart_of_everything(
    shop: Shop, stack: OwnStack, shelf: str
) -> None:
    order_id = await shop.order(shelf, 1, phone="+7 916 555 02 02")
    await shop.until(order_id, supply="allocated")
    before = await eventually(lambda: named_order(shop, order_id), PATIENT)
    timeline = await shop.get("orders", f"/orders/{order_id}/timeline")
    told, clock = len(await shop.outside.facts()), await shop.now("orders")

    stack.stop()
    stack.start()

    assert await shop.get("orders", f"/orders/{order_id}") == before
    entries = (await shop.get("orders", f"/orders/{order_id}/timeline"))["entries"]
    assert entries[: len(timeline["entries"])] == timeline["entries"]
    assert len(await shop.outside.facts()) >= told
    assert await shop.now("orders") > clock
    later = await shop.order(shelf, 1, phone="+7 916 555 02 02")
    await shop.until(later, supply="allocated")
    assert (await eventually(lambda: named_order(shop, later), PATIENT))["customer_id"] == before[
        "customer_id"
    ]
