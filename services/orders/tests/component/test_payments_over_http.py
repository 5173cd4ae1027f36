"""Payments as the shop records them, and refunds that two people decide, over HTTP."""

from typing import Any

import pytest
from kernel.actor import Actor
from orders.settings import OrdersSettings
from orders.testing.asking import Running, running
from orders.testing.people import ANNA, BORIS, IVAN, KIRA, NINA, OLGA

ALL = 1_386_000
PAYMENT: dict[str, Any] = {"amount": ALL, "method": "transfer", "reference": "t-1"}
BY_HAND: dict[str, Any] = {"method": "transfer", "reference": "out-1"}


async def money(shop: Running, order_id: str) -> dict[str, Any]:
    return (await shop.order(order_id))["money"]


async def owed(shop: Running) -> str:
    """Maria paid all of it, and Boris cancelled."""
    order_id = await shop.place()
    await shop.do(order_id, "payments", **PAYMENT)
    await shop.do(order_id, "cancellation", BORIS, reason="changed_mind", offer_made=False)
    return order_id


async def test_a_payment_told_twice_counts_once_and_is_told(orders: Running) -> None:
    order_id = await orders.place()

    first, second = [await orders.do(order_id, "payments", **PAYMENT) for _ in range(2)]

    assert (first.json()["changes"], second.json()["changes"]) == (["PaymentRecorded"], [])
    now = await money(orders, order_id)
    assert (now["paid"], now["due"], len(now["payments"])) == (ALL, 0, 1)
    told = orders.last("order.paid").model_dump()
    assert (told["method"], told["amount"]["minor"], told["order"]["payment"]["due"]["minor"]) == (
        "transfer",
        ALL,
        0,
    )


async def test_the_same_reference_with_another_sum_is_refused(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "payments", **PAYMENT)

    other: dict[str, Any] = {**PAYMENT, "amount": 1}
    answer = await orders.do(order_id, "payments", **other)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/reference-used")


@pytest.mark.parametrize(
    "wrong",
    [
        {**PAYMENT, "amount": 0},
        {**PAYMENT, "method": "acquirer"},
        {**PAYMENT, "pan": "4300000000000777"},
        {"amount": 1, "method": "cash"},
    ],
)
async def test_what_is_no_payment_is_malformed(orders: Running, wrong: dict[str, Any]) -> None:
    assert (await orders.do(await orders.place(), "payments", **wrong)).status_code == 422


@pytest.mark.parametrize("somebody", [KIRA, IVAN])
@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("payments", PAYMENT),
        ("payment-terms", {"terms": "prepaid"}),
        ("goodwill", {"amount": 1}),
        ("refunds/r-1/approval", {}),
        ("refunds/r-1/refusal", {}),
        ("refunds/r-1/payout", BY_HAND),
        ("payments/p-1/receipt", {"number": "1"}),
        ("payments/p-1/return", {"amount": 1, "reference": "c-1"}),
        ("refunds/r-1/receipt", {"number": "1"}),
    ],
)
async def test_money_is_not_everybodys_duty(
    orders: Running, somebody: Actor, what: str, asked: dict[str, Any]
) -> None:
    order_id = await orders.place() if what == "payment-terms" else await owed(orders)

    answer = await orders.do(order_id, what, somebody, key="k-7", **asked)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-your-duty")
    assert orders.last("duty.refused").model_dump()["actor_id"] == somebody.id


async def test_a_prepaid_order_is_shipped_when_it_is_paid(orders: Running) -> None:
    order_id = await orders.place(payment="prepaid")
    before = (await money(orders, order_id))["covered"]

    await orders.do(order_id, "payments", **PAYMENT)

    assert (before, (await money(orders, order_id))["covered"]) == (False, True)


async def test_payment_terms_change_and_are_told(orders: Running) -> None:
    order_id = await orders.place()

    await orders.do(order_id, "payment-terms", terms="prepaid")

    assert orders.last("order.changed").model_dump()["what"] == ("payment_terms",)
    assert (await money(orders, order_id))["terms"] == "prepaid"


async def test_cancelling_makes_a_refund_due_by_the_law_and_it_is_listed(orders: Running) -> None:
    order_id = await owed(orders)

    told = orders.last("order.refund_due").model_dump(mode="json")
    assert (told["amount"]["minor"], told["reason"], told["due_on"], told["needs_approval"]) == (
        ALL,
        "cancelled",
        "2026-03-12",
        True,
    )
    (refund,) = (await money(orders, order_id))["refunds"]
    assert (refund["article"], refund["law"]) == ("26.1 p. 4", "500-FZ")
    for view in ("refunds", "to_approve"):
        items = (await orders.ask("GET", f"/orders?view={view}")).json()["items"]
        assert [(each["order_id"], each["next_deadline"]) for each in items] == [(order_id, "refund")]


async def test_above_the_limit_a_second_person_decides_and_it_is_paid_once(orders: Running) -> None:
    order_id = await owed(orders)

    early = await orders.do(order_id, "refunds/r-1/payout", **BY_HAND)
    yes = await orders.do(order_id, "refunds/r-1/approval", NINA)
    paid = await orders.do(order_id, "refunds/r-1/payout", **BY_HAND)
    again = await orders.do(order_id, "refunds/r-1/payout", **BY_HAND)
    another: dict[str, Any] = {**BY_HAND, "reference": "out-2"}
    other = await orders.do(order_id, "refunds/r-1/payout", **another)

    assert (early.status_code, early.json()["type"], early.json()["rule"]) == (
        409,
        "/problems/needs-approval",
        "R80",
    )
    assert (yes.json()["changes"], paid.json()["changes"]) == (["RefundApproved"], ["RefundPaid"])
    assert (again.json()["changes"], other.json()["type"]) == ([], "/problems/not-owed-any-more")
    told = orders.last("order.refunded").model_dump()
    assert (told["by"], told["approved_by"]) == ("anna", "nina")
    assert orders.told.count("order.refunded") == 1
    now = await money(orders, order_id)
    assert (now["refunded"], now["refund_due"]) == (ALL, 0)


async def test_nobody_approves_what_he_asked_for_and_the_attempt_is_told(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "payments", **PAYMENT)
    await orders.do(order_id, "cancellation", NINA, reason="changed_mind", offer_made=False)

    himself = await orders.do(order_id, "refunds/r-1/approval", NINA)
    another = await orders.do(order_id, "refunds/r-1/approval", OLGA)
    payer = await orders.do(order_id, "refunds/r-1/payout", OLGA, **BY_HAND)

    assert (himself.status_code, himself.json()["type"]) == (403, "/problems/approves-himself")
    assert (another.status_code, payer.status_code, payer.json()["type"]) == (
        200,
        403,
        "/problems/approves-himself",
    )
    assert orders.told.count("duty.refused") == 2


async def test_a_shop_sets_its_own_limit() -> None:
    async with running(settings=OrdersSettings(refund_limit=ALL)) as shop:
        order_id = await owed(shop)

        assert (await shop.do(order_id, "refunds/r-1/payout", **BY_HAND)).status_code == 200


async def test_a_refund_that_nobody_pays_is_told_again_and_again(orders: Running) -> None:
    order_id = await owed(orders)

    await orders.later(days=12)

    what = [each.model_dump()["what"][0] for each in orders.chassis.told if each.topic == "order.changed"]
    assert (what.count("refund_near"), what.count("refund_overdue")) == (3, 2)
    overdue = (await orders.ask("GET", "/orders?view=overdue")).json()["items"]
    assert order_id in [each["order_id"] for each in overdue]


async def test_receipts_are_kept_by_number_and_link_alone(orders: Running) -> None:
    order_id = await owed(orders)
    slip: dict[str, Any] = {"number": "0001", "link": "https://ofd.test/1"}

    await orders.do(order_id, "payments/p-1/receipt", **slip)
    await orders.do(order_id, "refunds/r-1/receipt", **slip)

    now = await money(orders, order_id)
    assert (now["payments"][0]["receipt"], now["refunds"][0]["receipt"]) == (slip, slip)


async def test_goodwill_becomes_a_refund_once_however_often_it_is_clicked(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "payments", **PAYMENT)

    first, second = [await orders.do(order_id, "goodwill", key="k-9", amount=50_000) for _ in range(2)]

    assert first.json()["changes"] == second.json()["changes"] == ["GoodwillGranted", "RefundDue"]
    assert (await money(orders, order_id))["refund_due"] == 50_000
    assert (await orders.do(order_id, "goodwill", amount=50_000)).status_code == 422
    assert orders.last("order.refund_due").model_dump()["reason"] == "goodwill"


@pytest.mark.parametrize("asked", [{"method": "acquirer", "reference": "x"}, {"method": "cash"}])
async def test_a_payout_by_hand_has_a_reference_and_no_other(orders: Running, asked: dict[str, Any]) -> None:
    assert (await orders.do(await owed(orders), "refunds/r-1/payout", **asked)).status_code == 422


async def test_without_an_acquirer_there_are_no_links_and_no_webhook(orders: Running) -> None:
    order_id = await orders.place()

    link = await orders.ask("POST", f"/orders/{order_id}/payment-links", ANNA, key="k-5", json={})
    hook = await orders.client.post("/webhooks/tbank/guess", json={"Status": "CONFIRMED"})

    assert (link.status_code, link.json()["type"], hook.status_code) == (409, "/problems/no-acquirer", 404)


async def test_goodwill_is_refused_and_what_the_law_demands_is_not(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "payments", **PAYMENT)
    await orders.do(order_id, "goodwill", key="k-9", amount=50_000)

    first, second = [await orders.do(order_id, "refunds/r-1/refusal", NINA) for _ in range(2)]
    law = await orders.do(await owed_anew(orders), "refunds/r-1/refusal", NINA)

    assert (first.json()["changes"], second.json()["changes"]) == (["GoodwillGranted", "RefundReduced"], [])
    assert (law.status_code, law.json()["type"]) == (409, "/problems/owed-by-law")


async def owed_anew(shop: Running) -> str:
    order_id = await shop.place("k-2")
    await shop.do(order_id, "payments", **PAYMENT)
    await shop.do(order_id, "cancellation", BORIS, reason="changed_mind", offer_made=False)
    return order_id
