"""Commands to an order over HTTP: each does it, is refused by its rule, and stays quiet when asked twice."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from kernel.actor import Actor
from orders.settings import OrdersSettings
from orders.testing.asking import Running, running
from orders.testing.people import ANNA, IVAN, KIRA, OLEG, OLGA, SITE

ASKED: Mapping[str, dict[str, Any]] = {
    "attempts": {"channel": "phone", "outcome": "no_answer", "note": "просила после шести"},
    "apology": {"channel": "email"},
    "offer": {"product_ids": ["steel-lamp"]},
    "cancellation": {"reason": "changed_mind", "offer_made": False},
    "reassignment": {"to_id": "boris", "reason": "by_hand"},
}


@pytest.mark.parametrize("what", ASKED)
async def test_it_is_done_and_asked_twice_nothing_more_happens(orders: Running, what: str) -> None:
    order_id = await orders.place()

    first = await orders.do(order_id, what, OLGA, **ASKED[what])
    many = len(orders.told)
    second = await orders.do(order_id, what, OLGA, **ASKED[what])

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["changes"]
    assert second.json()["changes"] == []
    assert len(orders.told) == many


@pytest.mark.parametrize("what", ASKED)
async def test_the_same_key_again_answers_as_the_first_time(orders: Running, what: str) -> None:
    path = f"/orders/{await orders.place()}/{what}"

    first, second = [await orders.ask("POST", path, OLGA, key="k-2", json=ASKED[what]) for _ in range(2)]

    assert first.json() == second.json()
    assert first.json()["changes"]


@pytest.mark.parametrize("what", ASKED)
async def test_an_unknown_order_is_not_there(orders: Running, what: str) -> None:
    answer = await orders.do("no-such-order", what, OLGA, **ASKED[what])

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-order")


@pytest.mark.parametrize("what", [*ASKED, "lapse"])
@pytest.mark.parametrize("somebody", [KIRA, IVAN])
async def test_what_is_not_his_duty_is_refused_and_told(orders: Running, what: str, somebody: Actor) -> None:
    order_id = await orders.place()

    answer = await orders.do(order_id, what, somebody, **ASKED.get(what, {}))

    told = orders.last("duty.refused").model_dump()
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-your-duty")
    assert (told["order_id"], told["actor_id"], told["rule"]) == (
        order_id,
        somebody.id,
        answer.json()["rule"],
    )


async def test_a_refused_attempt_told_with_a_key_is_told_once(orders: Running) -> None:
    path = f"/orders/{await orders.place()}/attempts"

    for _ in range(2):
        answer = await orders.ask("POST", path, KIRA, key="k-9", json=ASKED["attempts"])
        assert answer.status_code == 403

    assert orders.told.count("duty.refused") == 1


async def test_reaching_the_customer_stops_the_clock(orders: Running) -> None:
    order_id = await orders.place()

    await orders.do(order_id, "attempts", channel="phone", outcome="reached")
    await orders.later(hours=5)

    order = await orders.order(order_id)
    assert (order["stage"], order["next_deadline"]) == ("contacted", "promise")
    assert not {"order.contact_reminded", "order.contact_overdue"} & set(orders.told)


async def test_an_apology_is_not_spoken(orders: Running) -> None:
    answer = await orders.do(await orders.place(), "apology", channel="phone")

    assert (answer.status_code, answer.json()["rule"]) == (409, "R25")


async def test_after_a_fault_of_ours_an_offer_comes_first(orders: Running) -> None:
    order_id = await orders.place()
    sorry: dict[str, Any] = {"reason": "out_of_stock", "offer_made": False}

    refused = await orders.do(order_id, "cancellation", **sorry)
    await orders.do(order_id, "offer", product_ids=["steel-lamp"])
    done = await orders.do(order_id, "cancellation", **sorry)

    assert (refused.status_code, refused.json()["rule"], done.status_code) == (409, "R27", 200)
    assert orders.last("order.cancelled").model_dump()["offer_made"] is True


async def test_a_made_up_reason_is_malformed(orders: Running) -> None:
    answer = await orders.do(
        await orders.place(), "cancellation", reason="позвонил и передумал", offer_made=True
    )

    assert answer.status_code == 422


async def test_a_lapse_says_what_is_missing(orders: Running) -> None:
    answer = await orders.do(await orders.place(), "lapse")

    assert (answer.status_code, answer.json()["rule"]) == (409, "R21")
    assert answer.json()["missing"].startswith("3 attempts (0 made)")


async def test_an_order_lapses_when_all_was_tried(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "attempts", **ASKED["attempts"])
    await orders.later(hours=1)
    await orders.do(order_id, "attempts", **ASKED["attempts"])
    await orders.later(days=1)
    await orders.do(order_id, "attempts", channel="sms", outcome="sent")
    await orders.do(order_id, "apology")
    await orders.do(order_id, "offer", product_ids=["steel-lamp"])

    answer = await orders.do(order_id, "lapse")

    assert (answer.status_code, (await orders.order(order_id))["stage"]) == (200, "cancelled")
    assert orders.last("order.cancelled").model_dump()["lapsed"] is True


async def test_a_shop_sets_its_own_terms() -> None:
    own = OrdersSettings(remind_after=timedelta(minutes=5), lapse_attempts=1, lapse_days=1)
    async with running(settings=own) as orders:
        order_id = await orders.place()
        await orders.later(minutes=5)
        for what in ("attempts", "apology", "offer"):
            await orders.do(order_id, what, **ASKED[what])

        answer = await orders.do(order_id, "lapse")

        assert "order.contact_reminded" in orders.told
        assert answer.status_code == 200


async def test_nobody_unknown_is_given_an_order(orders: Running) -> None:
    answer = await orders.do(await orders.place(), "reassignment", OLGA, to_id="nobody")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nobody-of-that-id")


async def test_a_phone_operator_gives_no_order_away(orders: Running) -> None:
    assert (await orders.do(await orders.place(), "reassignment", OLEG, to_id="boris")).status_code == 403


@pytest.mark.parametrize("what", set(ASKED) - {"cancellation"})
async def test_a_cancelled_order_is_not_worked_on(orders: Running, what: str) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "cancellation", SITE, **ASKED["cancellation"])

    answer = await orders.do(order_id, what, OLGA, **ASKED[what])

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/order-cancelled-already")


async def test_the_timeline_says_what_when_who_and_why(orders: Running) -> None:
    order_id = await orders.place()
    await orders.later(minutes=30)
    await orders.do(order_id, "attempts", ANNA, **ASKED["attempts"])

    entries = (await orders.ask("GET", f"/orders/{order_id}/timeline")).json()["entries"]

    assert [(each["what"], each["who"]) for each in entries] == [
        (["OrderPlaced"], "site"),
        (["CustomerLinked", "OrderReassigned"], "service:orders"),
        (["ContactReminded"], "service:orders"),
        (["AttemptRecorded"], "anna"),
    ]
    assert [len(each["told"]) for each in entries] == [1, 2, 1, 1]
    assert "просила" not in str(entries)
