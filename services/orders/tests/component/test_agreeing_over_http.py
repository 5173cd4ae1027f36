"""Agreeing a delivery over HTTP: checked, reserved, and only then confirmed; refused with options; told in plain words."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from kernel.actor import Actor
from orders.testing.agreed import EVENING, MORNING, NOON, allocated, ready
from orders.testing.asking import Running, running
from orders.testing.logistics import Logistics
from orders.testing.people import ANNA, IVAN, KIRA, NINA, OLGA, SITE


@pytest.fixture
def logistics() -> Logistics:
    return Logistics()


@pytest.fixture
async def shop(logistics: Logistics) -> AsyncIterator[Running]:
    async with running(logistics=logistics) as it:
        yield it


async def test_what_can_be_kept_is_reserved_and_only_then_confirmed(
    shop: Running, logistics: Logistics
) -> None:
    order_id = await ready(shop)

    answer = await shop.do(order_id, "delivery", **MORNING)

    assert answer.status_code == 200, answer.text
    assert answer.json()["promise"]["words"] == {
        "ru": "4 марта, в любой момент с 09:00 до 15:00",
        "en": "4 March, at any moment from 09:00 to 15:00",
    }
    assert [path for path, _ in logistics.asked] == ["/promises:check", "/reservations"]
    asked = logistics.asked[0][1]
    assert (asked["pieces"], asked["payment"], asked["ready_on"]) == (3, "on_delivery", "2026-03-03")
    told = shop.last("order.confirmed").model_dump()
    assert (told["by"], told["order"]["stage"], told["order"]["promise"]["reservation_id"]) == (
        "anna",
        "confirmed",
        "res-1",
    )
    order = await shop.order(order_id)
    assert (order["stage"], order["promise"]["terms_version"]) == ("confirmed", 3)


async def test_a_check_reserves_nothing_and_changes_nothing(shop: Running, logistics: Logistics) -> None:
    order_id = await ready(shop)
    many = len(shop.told)

    yes, no = [await shop.do(order_id, "delivery:check", **wish) for wish in (MORNING, NOON)]

    assert (yes.json()["possible"], no.json()["possible"]) == (True, False)
    assert [each["starts_at"] for each in no.json()["options"]] == [
        "2026-03-04T06:00:00Z",
        "2026-03-04T15:00:00Z",
    ]
    assert (logistics.reserved, len(shop.told)) == ({}, many)


async def test_who_promises_is_warned_of_a_difficult_customer(shop: Running, logistics: Logistics) -> None:
    order_id = await ready(shop)
    hard = {"party": "customer", "party_id": "c-maria", "reason": "abuse", "until": "2026-06-01T00:00:00Z"}
    logistics.warnings = [hard]

    checked = await shop.do(order_id, "delivery:check", **MORNING)
    path = f"/orders/{order_id}/delivery"
    agreed, again = [await shop.ask("POST", path, key="once", json=MORNING) for _ in range(2)]

    assert (await shop.order(order_id))["customer_id"] == logistics.asked[0][1]["customer_id"]
    assert checked.json()["warnings"] == agreed.json()["warnings"] == [hard]
    assert (again.status_code, again.json()["warnings"]) == (200, [])


async def test_outside_the_terms_it_is_refused_with_what_can_be_kept(shop: Running) -> None:
    order_id = await ready(shop)

    answer = await shop.do(order_id, "delivery", **NOON)

    no = answer.json()
    assert (answer.status_code, no["type"], no["rule"]) == (409, "/problems/promise-outside-terms", "R65")
    assert (no["reason"], len(no["options"])) == ("no_such_window", 2)
    assert no["options"][0]["words"]["ru"] == "4 марта, в любой момент с 09:00 до 15:00"
    assert "order.confirmed" not in shop.told


async def test_a_place_that_was_taken_meanwhile_is_refused_with_what_can_be_kept(
    shop: Running, logistics: Logistics
) -> None:
    order_id = await ready(shop)
    logistics.room = 0

    answer = await shop.do(order_id, "delivery", **MORNING)

    assert (answer.status_code, answer.json()["reason"]) == (409, "full_window")
    assert [each["starts_at"] for each in answer.json()["options"]] == ["2026-03-04T15:00:00Z"]


@pytest.mark.parametrize("what", ["delivery", "delivery:check"])
async def test_while_logistics_is_down_nothing_changes_and_one_hears_so(
    shop: Running, logistics: Logistics, what: str
) -> None:
    order_id = await ready(shop)
    before, logistics.down = await shop.order(order_id), 1

    answer = await shop.do(order_id, what, **MORNING)

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/logistics-down")
    assert "Nothing was promised" in answer.json()["detail"]
    assert answer.headers["Retry-After"]
    assert (await shop.order(order_id), logistics.reserved) == (before, {})


async def test_a_try_whose_answer_was_lost_reserves_once(shop: Running, logistics: Logistics) -> None:
    order_id = await ready(shop)
    logistics.loses = "/reservations"

    lost = await shop.do(order_id, "delivery", **MORNING)
    again = await shop.do(order_id, "delivery", **MORNING)

    assert (lost.status_code, again.status_code) == (503, 200)
    assert (len(logistics.reserved), len(set(logistics.keys)), logistics.room) == (1, 1, 9)


async def test_agreed_twice_it_is_agreed_once_and_another_wish_replaces_it(
    shop: Running, logistics: Logistics
) -> None:
    order_id = await ready(shop)

    first, second, third = [
        await shop.do(order_id, "delivery", **each) for each in (MORNING, MORNING, EVENING)
    ]

    assert [each.json()["changes"] for each in (first, second, third)] == [
        ["DeliveryAgreed"],
        [],
        ["DeliveryAgreed"],
    ]
    assert shop.told.count("order.confirmed") == 2
    assert len(logistics.reserved) == 2
    back = await shop.do(order_id, "delivery", **MORNING)
    assert (back.status_code, len(logistics.reserved)) == (200, 3)  # the first place was given back


async def test_the_same_key_again_answers_as_the_first_time(shop: Running, logistics: Logistics) -> None:
    path = f"/orders/{await ready(shop)}/delivery"

    first = await shop.ask("POST", path, key="k-9", json=MORNING)
    logistics.down = 9
    second = await shop.ask("POST", path, key="k-9", json=MORNING)
    other = await shop.ask("POST", path, key="k-9", json=EVENING)

    assert (first.status_code, second.json()["changes"]) == (200, first.json()["changes"])
    assert (other.status_code, other.json()["type"]) == (409, "/problems/key-reused")


@pytest.mark.parametrize(
    ("contacted", "held", "code"),
    [(False, True, "customer-not-contacted"), (True, False, "supply-not-allocated")],
)
async def test_before_its_time_logistics_is_not_even_asked(
    shop: Running, logistics: Logistics, contacted: bool, held: bool, code: str
) -> None:
    order_id = await shop.place()
    if contacted:
        await shop.do(order_id, "attempts", channel="phone", outcome="reached")
    if held:
        await allocated(shop, order_id)

    answer = await shop.do(order_id, "delivery", **MORNING)

    assert (answer.status_code, answer.json()["type"], logistics.asked) == (409, f"/problems/{code}", [])


@pytest.mark.parametrize(("somebody", "status"), [(ANNA, 409), (NINA, 200), (OLGA, 200)])
async def test_a_higher_duty_may_promise_before_the_goods_are_held(
    shop: Running, somebody: Actor, status: int
) -> None:
    order_id = await shop.place()
    await shop.do(order_id, "attempts", channel="phone", outcome="reached")

    answer = await shop.do(order_id, "delivery", somebody, **MORNING, waiver="supplier_phoned")

    assert answer.status_code == status
    if status == 200:
        assert answer.json()["promise"]["waived_by"] == somebody.id


@pytest.mark.parametrize("somebody", [KIRA, IVAN])
@pytest.mark.parametrize("what", ["delivery", "delivery:check", "delivery/told"])
async def test_what_is_not_his_duty_is_refused_and_told_once(
    shop: Running, somebody: Actor, what: str
) -> None:
    path = f"/orders/{await ready(shop)}/{what}"
    asked = {"channel": "sms"} if what == "delivery/told" else MORNING

    answers = [await shop.ask("POST", path, somebody, key="k-7", json=asked) for _ in range(2)]

    assert {each.status_code for each in answers} == {403}
    assert shop.told.count("duty.refused") == 1
    assert shop.last("duty.refused").model_dump()["action"] == "agree_delivery"


async def test_the_customer_chooses_on_the_site_and_knows_it(shop: Running) -> None:
    order_id = await shop.place()
    await allocated(shop, order_id)

    answer = await shop.do(order_id, "delivery", SITE, **MORNING)

    assert answer.json()["changes"] == ["DeliveryAgreed", "PromiseTold", "OrderContacted"]
    assert (await shop.order(order_id))["promise"]["told_by"] == "site"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"zone": "atlantis"}, 409),
        ({"to": "08:00"}, 422),
        ({"from": "09:00+03:00"}, 422),
        ({"kind": "drone"}, 422),
    ],
)
async def test_an_unknown_zone_is_refused_and_a_crooked_wish_is_malformed(
    shop: Running, wrong: dict[str, Any], status: int
) -> None:
    wish: dict[str, Any] = {**MORNING, **wrong}

    answer = await shop.do(await ready(shop), "delivery", **wish)

    assert answer.status_code == status
    assert answer.json()["type"] in ("/problems/not-for-logistics", "/problems/malformed")


async def test_a_place_that_expired_meanwhile_is_reserved_anew(shop: Running, logistics: Logistics) -> None:
    order_id = await ready(shop)
    logistics.loses = "/reservations"
    await shop.do(order_id, "delivery", **MORNING)
    (held,) = logistics.reserved.values()
    held["expires_at"] = "2026-03-02T06:00:00Z"

    answer = await shop.do(order_id, "delivery", **MORNING)

    assert (answer.status_code, len(logistics.reserved)) == (200, 2)
    assert answer.json()["promise"]["reservation_id"] == "res-2"
