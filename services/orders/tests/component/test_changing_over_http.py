"""An order changes at any stage, and a preview says what it costs before it is done (R30, R35, R36, R69)."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from contracts.procurement import SupplyAllocatedV1, SupplyLineV1
from orders.testing.asking import Running
from orders.testing.lamps import ADDRESS
from orders.testing.logistics import Logistics
from orders.testing.people import KIRA, SITE
from orders.testing.shortage import short_of_lamps

WICK = {"product_id": "wick", "title": "Фитиль", "quantity": 3, "unit_price": 5000}
ELSEWHERE = "Москва, Палиха, 7"


@pytest.fixture
def logistics() -> Logistics:
    return Logistics()


@pytest.fixture
async def orders(logistics: Logistics) -> AsyncIterator[Running]:
    async with short_of_lamps(logistics=logistics) as it:
        yield it


async def change(orders: Running, order_id: str, key: str, **body: Any) -> httpx.Response:
    return await orders.ask("POST", f"/orders/{order_id}/lines", key=key, json=body)


async def test_a_preview_says_what_it_would_cost_and_changes_nothing(orders: Running) -> None:
    order_id = await orders.place()
    many = len(orders.told)

    cost = (await orders.do(order_id, "lines:preview", add=[WICK])).json()

    assert (cost["goods_before"], cost["goods_after"], cost["difference"]) == (1386000, 1401000, 15000)
    assert (cost["promise"], cost["ru"]) == ("none", "Дороже на 150.00 RUB.")
    assert len(orders.told) == many
    assert (await orders.order(order_id))["total"] == 1386000


async def test_lines_change_and_procurement_hears_of_it(orders: Running) -> None:
    order_id = await orders.place()

    answer = await change(orders, order_id, "c-1", quantities=[{"line_no": 2, "quantity": 0}], add=[WICK])
    again = await change(orders, order_id, "c-1", quantities=[{"line_no": 2, "quantity": 0}], add=[WICK])

    assert answer.json() == again.json()
    told = orders.last("order.changed").model_dump()
    assert told["what"] == ("lines",)
    assert [(line["line_no"], line["product_id"]) for line in told["order"]["lines"]] == [
        (1, "brass-lamp"),
        (3, "wick"),
    ]
    assert orders.told.count("order.changed") == 1


async def test_adding_needs_a_key_so_that_nothing_is_added_twice(orders: Running) -> None:
    answer = await orders.do(await orders.place(), "lines", add=[WICK])

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"quantities": [{"line_no": 1, "quantity": 0}, {"line_no": 2, "quantity": 0}]}, "nothing-left"),
        ({"quantities": [{"line_no": 9, "quantity": 1}]}, "unknown-line"),
    ],
)
async def test_what_can_not_be_is_refused_and_the_preview_says_the_same(
    orders: Running, body: dict[str, Any], problem: str
) -> None:
    order_id = await orders.place()

    for answer in (
        await change(orders, order_id, "c-1", **body),
        await orders.do(order_id, "lines:preview", **body),
    ):
        assert answer.json()["type"] == f"/problems/{problem}"


async def test_who_may_not_is_refused_and_told_by_the_command_alone(orders: Running) -> None:
    order_id = await orders.place()

    preview = await orders.do(order_id, "bonuses:preview", KIRA, bonuses=1)
    assert (preview.status_code, "duty.refused" in orders.told) == (403, False)
    command = await orders.do(order_id, "bonuses", KIRA, bonuses=1)
    assert (command.status_code, orders.told[-1]) == (403, "duty.refused")


async def test_bonuses_pay_half_and_no_more(orders: Running) -> None:
    order_id = await orders.place()

    refused = await orders.do(order_id, "bonuses", bonuses=693001)
    cost = (await orders.do(order_id, "bonuses:preview", bonuses=693000)).json()
    await orders.do(order_id, "bonuses", SITE, bonuses=693000)

    assert (refused.json()["rule"], refused.json()["most"]) == ("R35", 693000)
    assert (cost["due"], cost["difference"]) == (693000, -693000)
    assert orders.last("order.changed").model_dump()["what"] == ("bonuses",)
    assert (await orders.order(order_id))["bonuses"] == 693000


async def test_a_gift_is_wrapped_with_a_note_for_the_packer(orders: Running) -> None:
    order_id = await orders.place()

    await orders.do(order_id, "gift-wrap", on=True, note="лента синяя")

    told = orders.last("order.changed").model_dump()
    assert (told["what"], told["order"]["gift_wrap"]) == (("gift_wrap",), True)
    order = await orders.order(order_id)
    assert (order["gift_wrap"], order["packing_note"]) == (True, "лента синяя")
    assert "лента" not in str([fact.model_dump() for fact in orders.chassis.told])


async def test_the_recipient_changes_and_no_fact_says_to_whom(orders: Running) -> None:
    order_id = await orders.place()

    await orders.do(order_id, "recipient", name="Пётр Гринёв", email="petr@example.ru")
    wrong = await orders.do(order_id, "recipient", email="nobody")

    assert wrong.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    recipient = (await orders.order(order_id))["recipient"]
    assert (recipient["name"], recipient["email"], recipient["address"]) == (
        "Пётр Гринёв",
        "petr@example.ru",
        ADDRESS,
    )
    assert "Гринёв" not in str([fact.model_dump() for fact in orders.chassis.told])


async def promised(orders: Running) -> str:
    """An order whose delivery is agreed: Wednesday, from nine to three."""
    order_id = await orders.place()
    await orders.do(order_id, "attempts", channel="phone", outcome="reached")
    wish = {"zone": "moscow", "kind": "window", "date": "2026-03-04", "from": "09:00", "to": "15:00"}
    lines = (SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2),)
    told = SupplyAllocatedV1(order_id=order_id, lines=lines)
    await orders.chassis.tell(told, source="procurement", sequence=1)
    agreed = await orders.ask("POST", f"/orders/{order_id}/delivery", key="d-1", json=wish)
    assert agreed.status_code < httpx.codes.MULTIPLE_CHOICES, agreed.text
    return order_id


async def test_before_a_promise_another_address_costs_nothing_and_nobody_is_asked(
    orders: Running, logistics: Logistics
) -> None:
    order_id = await orders.place()

    cost = (await orders.do(order_id, "address:preview", address=ELSEWHERE)).json()
    await orders.do(order_id, "address", address=ELSEWHERE)

    assert (cost["free"], cost["promise"], logistics.asked) == (True, "none", [])
    assert (await orders.order(order_id))["recipient"]["address"] == ELSEWHERE
    assert orders.last("order.changed").model_dump()["what"] == ("address",)


async def test_a_promise_that_can_be_kept_at_the_new_address_holds(orders: Running) -> None:
    order_id = await promised(orders)

    cost = (await orders.do(order_id, "address:preview", address=ELSEWHERE)).json()
    await orders.do(order_id, "address", address=ELSEWHERE)

    assert (cost["promise"], cost["free"]) == ("holds", True)
    assert (await orders.order(order_id))["stage"] == "confirmed"


async def test_a_promise_that_can_not_is_agreed_again_and_the_preview_says_so(orders: Running) -> None:
    order_id = await promised(orders)
    far: dict[str, Any] = {"address": "Тверь, Садовая, 1", "zone": "tver"}

    cost = (await orders.do(order_id, "address:preview", **far)).json()
    await orders.do(order_id, "address", **far)

    assert (cost["promise"], cost["free"]) == ("again", False)
    assert "согласовать заново" in cost["ru"]
    assert (await orders.order(order_id))["stage"] == "contacted"


async def test_while_logistics_is_down_a_preview_waits_and_the_change_is_made(
    orders: Running, logistics: Logistics
) -> None:
    order_id = await promised(orders)
    logistics.down = 9

    preview = await orders.do(order_id, "address:preview", address=ELSEWHERE)
    changed = await orders.do(order_id, "address", address=ELSEWHERE)

    assert (preview.status_code, changed.status_code) == (503, 200)
    assert (await orders.order(order_id))["stage"] == "contacted"


async def test_more_goods_than_were_promised_are_promised_anew(orders: Running) -> None:
    order_id = await promised(orders)

    cost = (await orders.do(order_id, "lines:preview", add=[WICK])).json()

    assert (cost["promise"], cost["free"]) == ("again", False)
