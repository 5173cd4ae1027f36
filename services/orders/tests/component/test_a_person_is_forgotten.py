"""Crm tells that a person is erased: nothing of him stays in orders that are over, in open ones until they are (152-FZ art. 21)."""

from typing import Any

import httpx
from contracts.crm import CustomerErasedV1, CustomerOwnerChangedV1, CustomerV1
from kernel.actor import service
from orders.testing.asking import Running, running
from orders.testing.lamps import MONDAY, NAME

GONE = CustomerErasedV1(
    customer=CustomerV1(customer_id="c-maria", stage="lead"), reason="asked", by="dasha", at=MONDAY
)
CANCEL: dict[str, Any] = {"reason": "changed_mind", "offer_made": False}


async def named(orders: Running, key: str) -> str:
    order_id = await orders.place(key)
    await orders.chassis.pass_deadlines()
    return order_id


async def tell(orders: Running) -> None:
    """Twice, as Kafka may."""
    for _ in range(2):
        await orders.chassis.tell(GONE, source="crm", sequence=7, ce_id="gone")


async def test_orders_that_are_over_forget_him_and_open_ones_when_they_are(orders: Running) -> None:
    over, running_on = [await named(orders, f"k-{n}") for n in range(2)]
    await orders.do(over, "cancellation", **CANCEL)

    await tell(orders)

    first, second = [await orders.order(each) for each in (over, running_on)]
    assert (first["erased"], first["recipient"], first["phone"]) == (True, None, "***")
    assert (second["erased"], second["recipient"]["name"]) == (False, NAME)
    no = await orders.ask("GET", f"/orders/{over}/contact", service("notifications"))
    assert (no.status_code, no.json()["type"]) == (httpx.codes.CONFLICT, "/problems/person-erased")

    await orders.do(running_on, "cancellation", **CANCEL)

    assert (await orders.order(running_on))["erased"]
    store = next(each for each in orders.chassis.stores if each.name == "orders")
    for order_id in (over, running_on):
        assert store.raw(order_id)["placing"]["recipient"]["phone"] != second["recipient"]["phone"]
        entries = (await orders.ask("GET", f"/orders/{order_id}/timeline")).text
        assert entries.count("PersonForgotten") == 1


async def test_who_was_erased_while_his_order_asked_who_he_is_is_forgotten_too() -> None:
    async with running() as orders:
        order_id = await orders.place()
        await tell(orders)
        await orders.chassis.pass_deadlines()
        assert (await orders.order(order_id))["customer_id"] == "c-maria"

        await orders.do(order_id, "cancellation", **CANCEL)

        assert (await orders.order(order_id))["erased"]


async def test_an_owner_told_of_late_does_not_bring_him_back(orders: Running) -> None:
    await tell(orders)
    state = CustomerV1(customer_id="c-maria", stage="customer", owner_id="boris")
    late = CustomerOwnerChangedV1(customer=state, previous_owner_id="vera", reason="handed_over")
    await orders.chassis.tell(late, source="crm", sequence=3)

    order_id = await named(orders, "k-1")
    await orders.do(order_id, "cancellation", **CANCEL)

    assert (await orders.order(order_id))["erased"]
