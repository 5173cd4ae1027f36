"""The bank pays refunds back: never twice, whatever the weather, and what it does by itself is noted."""

from collections.abc import AsyncIterator

import pytest
from orders.testing.people import BORIS, NINA

from services.orders.tests.component.bank_of_the_shop import ALL, Shop, opened


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as it:
        yield it


async def refunding(shop: Shop) -> str:
    """Paid by link, cancelled, approved, and the bank is to pay it back."""
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    await shop.hears()
    await shop.do(order_id, "cancellation", BORIS, reason="changed_mind", offer_made=False)
    await shop.do(order_id, "refunds/r-1/approval", NINA)
    await shop.do(order_id, "refunds/r-1/payout", method="acquirer")
    return order_id


async def test_the_bank_pays_a_refund_back_once_through_the_payment_it_came_by(shop: Shop) -> None:
    order_id = await refunding(shop)

    await shop.chassis.pass_deadlines()
    await shop.hears()

    now = await shop.money(order_id)
    assert (now["refunded"], now["refund_due"], [each["stage"] for each in now["refunds"]]) == (
        ALL,
        0,
        ["paid"],
    )
    assert shop.bank.payments[shop.payment_id].given_back == [ALL]
    assert shop.told.count("order.refunded") == 1


@pytest.mark.parametrize("weather", [{"down": True}, {"forgetful": True}])
async def test_in_an_outage_it_is_tried_again_and_never_paid_twice(
    shop: Shop, weather: dict[str, bool]
) -> None:
    order_id = await refunding(shop)
    for name, value in weather.items():
        setattr(shop.weather, name, value)
    await shop.chassis.pass_deadlines()
    stuck = await shop.money(order_id)
    for name in weather:
        setattr(shop.weather, name, False)

    await shop.later(minutes=10)
    await shop.hears()

    assert (stuck["refund_due"], stuck["refunds"][0]["stage"]) == (ALL, "leaving")
    assert shop.bank.payments[shop.payment_id].given_back == [ALL]
    assert ((await shop.money(order_id))["refunded"], shop.told.count("order.refunded")) == (ALL, 1)


async def test_when_the_bank_would_not_a_person_pays_it_another_way(shop: Shop) -> None:
    shop.bank.broke = True
    order_id = await refunding(shop)

    await shop.chassis.pass_deadlines()

    (refund,) = (await shop.money(order_id))["refunds"]
    assert (refund["stage"], refund["failed"]) == ("due", "bank_3002")
    assert shop.last("order.changed").model_dump()["what"] == ("payout_failed",)
    assert (await shop.do(order_id, "refunds/r-1/payout", method="cash", reference="ko-7")).status_code == 200


async def test_given_back_in_the_banks_own_cabinet_is_noted(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    await shop.hears()
    shop.bank.give_back(shop.payment_id, ALL)
    await shop.hears()

    now = await shop.money(order_id)
    assert (now["paid"], now["refunded"], now["due"], now["refunds"][0]["reason"]) == (
        ALL,
        ALL,
        ALL,
        "at_bank",
    )


async def test_of_a_part_given_back_there_a_person_says_how_much(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    await shop.hears()
    shop.bank.give_back(shop.payment_id, 50_000)
    await shop.hears()
    doubted = (await shop.money(order_id))["check_at"]

    answer = await shop.do(order_id, "payments/p-1/return", amount=50_000, reference="cab-1")

    now = await shop.money(order_id)
    assert (doubted is not None, answer.status_code, now["check_at"], now["refunded"]) == (
        True,
        200,
        None,
        50_000,
    )
