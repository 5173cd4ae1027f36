"""A word is kept over five services: an apology with its offer, a promise within the carrier's terms, money given back."""

from typing import Any

import pytest
from chassis.testing.waiting import eventually

from tests.e2e.promising import LATHE, SPINDLE, a_day, agree, as_wish, can_be_kept, contacted, wish
from tests.e2e.shop import PATIENT, Shop

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module", autouse=True)
async def agreed(shop: Shop) -> None:
    await agree(shop)


async def test_a_promise_outside_the_terms_is_refused_with_what_can_be_kept_and_then_agreed(
    shop: Shop,
) -> None:
    order_id = await contacted(shop, LATHE, 1)
    at_eight = wish(await a_day(shop)) | {"from": "08:00", "to": "08:30"}

    refused = await shop.ask("sveta", "orders", f"/orders/{order_id}/delivery", at_eight)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/promise-outside-terms")

    option = refused.json()["options"][0]
    await shop.post("sveta", "orders", f"/orders/{order_id}/delivery", as_wish(option))

    order = await shop.until(order_id, stage="confirmed")
    assert "в любой момент" in order["promise"]["words"]["ru"]
    facts = dict(await told_until(shop, order_id, "order.confirmed", "message.sent"))
    promise = facts["order.confirmed"]["order"]["promise"]
    assert (promise["carrier_id"], promise["promised_by"]) == ("own-couriers", "sveta")
    held = await shop.get("logistics", f"/reservations/{promise['reservation_id']}")
    assert held["order_id"] == order_id


async def test_a_cancelled_order_gives_its_place_with_the_courier_back(shop: Shop) -> None:
    order_id = await contacted(shop, LATHE, 1)
    checked = await shop.post(
        "sveta", "orders", f"/orders/{order_id}/delivery:check", wish(await a_day(shop))
    )
    await shop.post("sveta", "orders", f"/orders/{order_id}/delivery", as_wish(can_be_kept(checked)))
    promise = (await shop.until(order_id, stage="confirmed"))["promise"]
    path = f"/reservations/{promise['reservation_id']}"
    await eventually(lambda: stands(shop, path, "firm"), PATIENT)

    cancel = {"reason": "changed_mind", "offer_made": True}
    await shop.post("sveta", "orders", f"/orders/{order_id}/cancellation", cancel)

    await eventually(lambda: stands(shop, path, "freed"), PATIENT)


async def test_missing_goods_are_replaced_by_the_customers_own_yes_on_a_signed_link(shop: Shop) -> None:
    order_id = await shop.order(SPINDLE, 50, preference="no_calls", phone="8 916 555 07 07")
    await shop.until(order_id, supply="short")
    substitute = {"product_id": LATHE, "title": "Станок настольный", "unit_price": 700_000}
    offered = {"line_no": 1, "substitutes": [substitute]}
    await shop.post("sveta", "orders", f"/orders/{order_id}/offer", offered)
    (offer,) = (await shop.get("orders", f"/orders/{order_id}/offers"))["items"]
    await shop.until_told(order_id, "message.sent", "order.apology_sent")

    page = await shop.http.get(offer["link"], headers={"Accept-Language": "ru"})
    taken = await shop.http.post(offer["link"], json={"answer": "yes", "product_id": LATHE})
    again = await shop.http.post(offer["link"], json={"answer": "yes", "product_id": LATHE})
    other = await shop.http.post(offer["link"], json={"answer": "no"})

    assert page.is_success
    assert "Станок настольный" in page.text
    assert (taken.status_code, again.status_code, other.status_code) == (200, 200, 409)
    order = await shop.until(order_id, supply="allocated")
    assert [line["product_id"] for line in order["lines"]] == [LATHE]


async def test_a_refund_above_the_limit_needs_a_second_person(shop: Shop) -> None:
    order_id = await contacted(shop, LATHE, 2)
    path = f"/orders/{order_id}"
    await shop.post("sveta", "orders", f"{path}/payment-terms", {"terms": "prepaid"})
    paid = {"method": "transfer", "amount": 2 * 648_000, "reference": f"bank-{order_id[:8]}"}
    for _ in range(2):  # told twice, it is the same money
        await shop.post("sveta", "orders", f"{path}/payments", paid)
    await shop.post("sveta", "orders", f"{path}/cancellation", {"reason": "changed_mind", "offer_made": True})
    (refund,) = (await shop.until(order_id, stage="cancelled"))["money"]["refunds"]
    assert (refund["amount"], refund["needs_approval"]) == (2 * 648_000, True)
    back = f"{path}/refunds/{refund['refund_id']}"
    payout = {"method": "transfer", "reference": f"back-{order_id[:8]}"}

    early = await shop.ask("sveta", "orders", f"{back}/payout", payout)
    own = await shop.ask("sveta", "orders", f"{back}/approval")
    await shop.post("vera", "orders", f"{back}/approval")
    await shop.post("sveta", "orders", f"{back}/payout", payout)

    assert (early.status_code, own.status_code) == (409, 403)
    facts = await told_until(
        shop, order_id, "order.paid", "order.refund_due", "order.refunded", "duty.refused"
    )
    assert [topic for topic, _ in facts].count("order.paid") == 1
    last = dict(facts)["order.refunded"]
    assert (last["by"], last["approved_by"]) == ("sveta", "vera")
    assert last["order"]["payment"]["refund_due"]["minor"] == 0


async def stands(shop: Shop, path: str, stage: str) -> bool:
    return bool((await shop.get("logistics", path))["stage"] == stage)


async def told_until(shop: Shop, order_id: str, *wanted: str) -> list[tuple[str, dict[str, Any]]]:
    await shop.until_told(order_id, *wanted)
    return await shop.told(order_id)
