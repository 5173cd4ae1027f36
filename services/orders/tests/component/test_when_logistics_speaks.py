"""What logistics tells of a shipment, as Kafka brings it: twice, late and in any order (R50-R52)."""

from collections.abc import AsyncIterator, Sequence
from itertools import permutations
from typing import Any

import httpx
import pytest
from contracts.deliveries import DeliveryFact
from contracts.procurement import SupplyAllocatedV1, SupplyLineV1, SupplyShortV1
from orders.testing.agreed import EVENING, MORNING, ready
from orders.testing.asking import Running, running
from orders.testing.logistics import Logistics
from orders.testing.parcels import story
from orders.testing.people import ANNA, KIRA

ALL = 1_386_000 + 39_000


@pytest.fixture
async def shop() -> AsyncIterator[Running]:
    async with running(logistics=Logistics()) as it:
        yield it


async def agreed(shop: Running, key: str = "k-1") -> str:
    order_id = await ready(shop, key)
    answer = await shop.do(order_id, "delivery", **MORNING)
    assert answer.status_code == httpx.codes.OK, answer.text
    return order_id


async def tell(shop: Running, facts: Sequence[DeliveryFact], *numbers: int) -> None:
    """Told with the numbers that logistics gave them."""
    for fact, number in zip(facts, numbers or range(1, len(facts) + 1), strict=True):
        assert await shop.chassis.tell(
            fact, source="logistics", sequence=number, ce_id=f"{fact.topic}-{number}"
        )


async def tell_supply(shop: Running, order_id: str, number: int, missing: int) -> None:
    """Procurement tells how it is with the goods now."""
    line = SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2, missing=missing)
    kind = SupplyShortV1 if missing else SupplyAllocatedV1
    fact = kind(order_id=order_id, lines=(line,))
    assert await shop.chassis.tell(fact, source="procurement", sequence=number, ce_id=f"supply-{number}")


async def test_delivered_and_paid_at_the_door_it_is_completed(shop: Running) -> None:
    order_id = await agreed(shop)
    told = story(order_id, minor=ALL)
    facts = [told["scheduled"], told["left"], told["arrived"]]

    await tell(shop, facts)
    await tell(shop, facts)

    assert shop.told.count("order.completed") == 1
    completed = shop.last("order.completed").model_dump()
    assert [(each["line_no"], each["quantity"]) for each in completed["kept"]] == [(1, 2), (2, 1)]
    assert (completed["order"]["stage"], completed["order"]["payment"]["due"]["minor"]) == ("completed", 0)
    paid = shop.last("order.paid").model_dump()
    assert (paid["method"], paid["amount"]["minor"]) == ("at_door", ALL)
    order = await shop.order(order_id)
    assert (order["shipping"]["kept"], order["next_deadline"]) == (
        [{"line_no": 1, "quantity": 2}, {"line_no": 2, "quantity": 1}],
        None,
    )
    timeline = (await shop.ask("GET", f"/orders/{order_id}/timeline")).text
    for each in ("ShipmentScheduled", "ShipmentDispatched", "ShipmentArrived", "OrderCompleted"):
        assert timeline.count(each) == 1


@pytest.mark.parametrize("mixed", [*permutations(["scheduled", "left", "failed", "arrived", "back"])][::7])
async def test_told_in_any_order_it_ends_the_same(shop: Running, mixed: Sequence[str]) -> None:
    order_id = await agreed(shop)
    told = story(order_id, 1, 0, minor=687_000)
    numbers = {each: n for n, each in enumerate(told, start=1)}

    for _ in range(2):
        await tell(shop, [told[each] for each in mixed], *(numbers[each] for each in mixed))

    order = await shop.order(order_id)
    assert (order["stage"], order["shipping"]["kept"]) == ("completed", [{"line_no": 1, "quantity": 1}])
    assert (order["money"]["paid"], order["money"]["due"], order["money"]["refund_due"]) == (687_000, 0, 0)
    assert shop.told.count("order.completed") == shop.told.count("order.paid") == 1


async def test_what_was_paid_and_not_kept_is_owed_back(shop: Running) -> None:
    order_id = await ready(shop, payment="prepaid")
    await shop.do(order_id, "delivery", **MORNING)
    transfer: dict[str, Any] = {
        "method": "transfer",
        "reference": "t-1",
        "amount": ALL,
        "paid_at": "2026-03-02T07:00:00Z",
    }
    answer = await shop.do(order_id, "payments", **transfer)
    assert answer.is_success, answer.text

    await tell(shop, [story(order_id, 1, 1)["arrived"]])

    due = shop.last("order.refund_due").model_dump()
    assert (due["amount"]["minor"], due["reason"]) == (648_000, "not_kept")


async def test_what_failed_is_back_with_its_person_who_is_reminded(shop: Running) -> None:
    order_id = await agreed(shop)
    told = story(order_id)
    await tell(shop, [told["left"], told["failed"]])

    (listed,) = (await shop.ask("GET", "/orders?view=came_back")).json()["items"]
    assert listed["shipping"]["task"] == "see_to_it"
    assert listed["shipping"]["due_at"] == "2026-03-02T09:00:00Z"
    assert listed["shipping"]["shipments"][0]["failure"]["reason"] == "no_contact"
    await shop.later(hours=3)
    reminded = [f.model_dump()["what"] for f in shop.chassis.told if f.topic == "order.changed"]
    assert ("came_back_overdue",) in reminded
    refused = await shop.do(order_id, "delivery/seen-to", KIRA)
    for _ in range(2):
        done = await shop.do(order_id, "delivery/seen-to", ANNA)
        assert done.status_code == httpx.codes.OK
    assert refused.status_code == httpx.codes.FORBIDDEN
    assert (await shop.order(order_id))["shipping"]["task"] is None


async def test_what_failed_for_good_is_agreed_again_or_cancelled(shop: Running) -> None:
    order_id = await agreed(shop)
    told = story(order_id)
    await tell(shop, [told["left"], told["lost"], told["back"]])

    order = await shop.order(order_id)
    assert (order["shipping"]["task"], order["promise"]["void"]) == ("decide", "delivery_failed")
    await shop.do(order_id, "delivery/seen-to")
    assert (await shop.order(order_id))["shipping"]["task"] == "decide"
    answer = await shop.do(order_id, "delivery", **EVENING)

    assert answer.status_code == httpx.codes.OK, answer.text
    assert (await shop.order(order_id))["shipping"]["task"] is None
    assert shop.told.count("order.confirmed") == 2


async def test_lost_goods_that_are_not_to_be_had_again_owe_an_apology_and_are_agreed_when_they_are(
    shop: Running,
) -> None:
    order_id = await agreed(shop)
    told = story(order_id)
    await tell(shop, [told["left"], told["lost"]])

    await tell_supply(shop, order_id, 2, missing=2)
    refused = await shop.do(order_id, "delivery", **EVENING)
    await tell_supply(shop, order_id, 3, missing=0)
    answer = await shop.do(order_id, "delivery", **EVENING)

    assert shop.told.count("order.item_unavailable") == 1
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/supply-not-allocated")
    assert answer.status_code == httpx.codes.OK, answer.text
    order = await shop.order(order_id)
    assert (order["shipping"]["task"], order["apology_due_at"]) == (None, None)
    voided = [each.model_dump()["what"] for each in shop.chassis.told if each.topic == "order.changed"]
    assert voided.count(("promise_void",)) == 1, "what is void already is not void again"


async def test_what_has_left_is_not_changed_and_says_so(shop: Running) -> None:
    order_id = await agreed(shop)
    await tell(shop, [story(order_id)["left"]])
    asked: dict[str, Any] = {"address": "Москва, Арбат, 1"}

    answer = await shop.do(order_id, "address", **asked)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/goods-are-on-their-way")
    assert answer.json()["rule"] == "R69"


async def test_handed_over_while_it_was_cancelled_it_is_completed(shop: Running) -> None:
    order_id = await agreed(shop)
    told = story(order_id, minor=ALL)
    await tell(shop, [told["left"]])

    await shop.do(order_id, "cancellation", reason="changed_mind", offer_made=True)
    assert shop.told[-1] == "order.cancelled"
    await tell(shop, [told["arrived"]], 3)

    order = await shop.order(order_id)
    assert (order["stage"], order["money"]["due"], order["money"]["refund_due"]) == ("completed", 0, 0)
    assert (await shop.do(order_id, "cancellation", reason="test", offer_made=True)).status_code == 409


async def test_a_shipment_of_an_order_that_is_not_here_opens_nothing(shop: Running) -> None:
    await tell(shop, list(story("another").values()))

    assert shop.told == []
