"""Which products go together is data; what is offered beside an order, and taken, is counted and reported (R30)."""

from collections.abc import AsyncIterator

import httpx
import pytest
from contracts.procurement import ItemSaleClosedV1
from orders.testing.asking import Running, running
from orders.testing.people import ANNA, OLGA

WICK = {"product_id": "brass-lamp", "accessory_id": "wick", "title": "Фитиль"}
PAIR = {"product_id": "brass-lamp", "accessory_id": "wick"}


@pytest.fixture
async def orders() -> AsyncIterator[Running]:
    async with running() as it:
        answer = await it.ask("PUT", "/product-links", OLGA, json=WICK)
        assert answer.status_code == httpx.codes.OK, answer.text
        yield it


async def beside(orders: Running, order_id: str) -> list[tuple[str, bool]]:
    items = (await orders.ask("GET", f"/orders/{order_id}/accessories")).json()["items"]
    return [(each["accessory_id"], each["offered"]) for each in items]


async def test_links_are_kept_listed_and_taken_away(orders: Running) -> None:
    listed = (await orders.ask("GET", "/product-links")).json()["items"]
    assert [each["accessory_id"] for each in listed[0]["items"]] == ["wick"]

    query = "/product-links?product_id=brass-lamp&accessory_id=wick"
    for _ in range(2):
        assert (await orders.ask("DELETE", query, OLGA)).status_code == httpx.codes.NO_CONTENT

    assert (await orders.ask("GET", "/product-links")).json()["items"] == []
    unknown = await orders.ask("DELETE", "/product-links?product_id=x&accessory_id=y", OLGA)
    assert unknown.status_code == httpx.codes.NOT_FOUND


async def test_who_may_not_link_products_is_refused_and_told(orders: Running) -> None:
    answer = await orders.ask("PUT", "/product-links", ANNA, json={**WICK, "product_id": "shade"})

    assert (answer.status_code, orders.told[-1]) == (httpx.codes.FORBIDDEN, "duty.refused")
    assert orders.last("duty.refused").model_dump()["thing"] == "product_links"


async def test_what_goes_with_an_order_is_shown_unless_it_has_it_or_it_is_not_sold(orders: Running) -> None:
    order_id = await orders.place()
    assert await beside(orders, order_id) == [("wick", False)]

    closed = ItemSaleClosedV1(product_id="wick", by="raisa", reason="by_hand")
    await orders.chassis.tell(closed, source="procurement")

    assert await beside(orders, order_id) == []


async def test_offered_and_taken_it_stands_in_the_report(orders: Running) -> None:
    another, order_id = await orders.place("k-1"), await orders.place("k-2")
    for each in (another, order_id, order_id):
        await orders.do(each, "accessories", pairs=[PAIR])
    assert await beside(orders, order_id) == [("wick", True)]
    line = {"product_id": "wick", "title": "Фитиль", "quantity": 3, "unit_price": 5000}
    await orders.ask("POST", f"/orders/{order_id}/lines", key="c-1", json={"add": [line]})
    assert await beside(orders, order_id) == []

    await orders.chassis.pass_deadlines()

    (row,) = (await orders.ask("GET", "/reports/accessories?month=2026-03")).json()["items"]
    assert (row["offered"], row["accepted"], row["share"], row["sold"]) == (2, 1, 0.5, 15000)
    assert (await orders.ask("GET", "/reports/accessories?month=2026-02")).json()["items"] == []


async def test_only_what_is_linked_is_offered(orders: Running) -> None:
    order_id = await orders.place()

    answer = await orders.do(order_id, "accessories", pairs=[{**PAIR, "accessory_id": "tea"}])

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-an-accessory")
