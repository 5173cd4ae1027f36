"""`POST /orders`: taken whoever else is down, once however often it is asked."""

from collections.abc import Mapping
from typing import Any

import pytest
from chassis.peers import PeerDown, PeerRefused
from kernel.actor import Actor
from orders.domain.numbering import number_of
from orders.testing.asking import Running, body, running
from orders.testing.people import AGENT, ANNA, IVAN, KIRA, OLEG, OLGA, SITE


async def test_the_site_places_an_order_and_hears_its_number(orders: Running) -> None:
    answer = await orders.ask("POST", "/orders", SITE, key="k-1", json=body())

    said = answer.json()
    assert answer.status_code == 201
    assert said["number"] == number_of(said["order_id"])
    assert orders.told == ["order.created"]


@pytest.mark.parametrize("somebody", [SITE, ANNA, OLEG, AGENT, OLGA])
async def test_who_sells_may_take_an_order(orders: Running, somebody: Actor) -> None:
    assert await orders.place(actor=somebody)


@pytest.mark.parametrize("somebody", [KIRA, IVAN])
async def test_who_does_not_sell_may_not(orders: Running, somebody: Actor) -> None:
    answer = await orders.ask("POST", "/orders", somebody, key="k-1", json=body())

    assert answer.status_code == 403


async def test_without_a_token_nothing_is_taken(orders: Running) -> None:
    answer = await orders.client.post("/orders", json=body(), headers={"Idempotency-Key": "k-1"})

    assert answer.status_code == 401


async def test_the_same_key_again_answers_as_the_first_time(orders: Running) -> None:
    first, second = [await orders.ask("POST", "/orders", SITE, key="k-1", json=body()) for _ in range(2)]

    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert orders.told == ["order.created"]


async def test_the_same_key_with_another_body_is_refused(orders: Running) -> None:
    await orders.place("k-1")

    answer = await orders.ask("POST", "/orders", SITE, key="k-1", json=body(is_test=True))

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/key-reused")


async def test_the_same_key_of_somebody_else_is_another_order(orders: Running) -> None:
    assert await orders.place("k-1", SITE) != await orders.place("k-1", OLEG)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": []},
        {"lines": [{"product_id": "lamp", "title": "Lamp", "quantity": 0, "unit_price": 1}]},
        {"lines": [{"product_id": "lamp", "title": "Lamp", "quantity": 1, "unit_price": -1}]},
        {"recipient": {"name": "Мария", "phone": "позвоните мне"}},
        {"recipient": {"name": "", "phone": "+79161234567"}},
        {"contact_preference": "by_pigeon"},
        {"promise": "tomorrow"},
    ],
)
async def test_what_cannot_be_read_is_malformed_and_never_quoted(
    orders: Running, wrong: Mapping[str, Any]
) -> None:
    answer = await orders.ask("POST", "/orders", SITE, key="k-1", json=body(**wrong))

    assert answer.status_code == 422
    assert not any(secret in answer.text for secret in ("позвоните", "Мария", "pigeon"))


async def test_a_key_is_needed(orders: Running) -> None:
    assert (await orders.ask("POST", "/orders", SITE, json=body())).status_code == 422


async def test_lines_in_two_currencies_are_refused(orders: Running) -> None:
    line = {"product_id": "lamp", "title": "Lamp", "quantity": 1, "unit_price": 100}
    lines = [line, {**line, "currency": "KZT"}]

    answer = await orders.ask("POST", "/orders", SITE, key="k-1", json=body(lines=lines))

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/mixed-currency-order")


async def test_the_customer_is_named_and_his_owner_answers_for_the_order(orders: Running) -> None:
    order_id = await orders.place()
    await orders.chassis.pass_deadlines()

    order = await orders.order(order_id)
    assert (order["customer_id"], order["responsible_id"]) == ("c-maria", "vera")
    assert orders.told == ["order.created", "order.changed", "order.reassigned"]
    assert orders.crm.asked[0] == (
        "/customers:resolve",
        {
            "shop_id": "main",
            "phone": "+79161234567",
            "name": "Мария Лисицына",
            "address": "Москва, Малая Бронная, 30, кв. 50",
            "contact_preference": None,
        },
    )


async def test_who_wants_no_calls_says_so_to_crm_too(orders: Running) -> None:
    await orders.place(contact_preference="no_calls")
    await orders.chassis.pass_deadlines()

    assert orders.crm.asked[0][1]["contact_preference"] == "no_calls"


async def test_an_order_is_taken_while_crm_is_down_and_named_when_it_is_back() -> None:
    down = True

    def crm(path: str, asked: Any) -> Any:
        if down:
            raise PeerDown("crm")
        return {"customer_id": "c-maria", "owner_id": None}

    async with running(crm) as orders:
        order_id = await orders.place()
        await orders.later(hours=6)
        assert (await orders.order(order_id))["customer_id"] is None
        assert "order.contact_overdue" in orders.told

        down = False
        await orders.later(minutes=20)

        assert (await orders.order(order_id))["customer_id"] == "c-maria"
        assert len(orders.crm.asked) < 60, "crm is not asked more and more"


@pytest.mark.parametrize(("status", "problem"), [(422, "crm answered 422"), (403, None), (404, None)])
async def test_only_a_no_to_the_number_itself_is_final(status: int, problem: str | None) -> None:
    def crm(path: str, asked: Any) -> Any:
        raise PeerRefused("crm", status, {})

    async with running(crm) as orders:
        order_id = await orders.place()
        await orders.later(hours=1)

        assert (await orders.order(order_id))["customer_problem"] == problem
        assert (len(orders.crm.asked) == 1) == (problem is not None)


async def test_a_card_that_says_no_calls_holds_for_the_order() -> None:
    def crm(path: str, asked: Any) -> Any:
        return {"customer_id": "c", "owner_id": None, "contact_preference": "no_calls"}

    async with running(crm) as orders:
        order_id = await orders.place()
        await orders.chassis.pass_deadlines()

        answer = await orders.do(order_id, "attempts", channel="phone", outcome="no_answer")

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/customer-wants-no-calls")
        assert answer.json()["rule"] == "R26"
