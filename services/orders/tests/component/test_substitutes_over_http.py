"""What there is instead, ranked; offering it; the customer's answer as a person heard it; and what was learned of it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from contracts.procurement import (
    ItemSaleClosedV1,
    ItemSaleReopenedV1,
    SupplyAllocatedV1,
    SupplyLineV1,
    SupplyShortV1,
)
from orders.testing.asking import Running, running
from orders.testing.people import IVAN, KIRA, SITE
from orders.testing.shortage import COPPER, STEEL, gone, offered, short_of_lamps


@pytest.fixture
async def orders() -> AsyncIterator[Running]:
    async with short_of_lamps() as it:
        yield it


async def ranked(orders: Running, order_id: str, line_no: int = 1) -> list[dict[str, Any]]:
    answer = await orders.ask("GET", f"/orders/{order_id}/substitutes?line_no={line_no}")
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()["items"]


async def test_substitutes_are_ranked_with_the_reasons(orders: Running) -> None:
    first, second = await ranked(orders, await gone(orders))

    assert [(each["rank"], each["product_id"]) for each in (first, second)] == [
        (1, "steel-lamp"),
        (2, "copper-lamp"),
    ]
    assert first["difference"] == -100000
    assert {each["code"] for each in first["reasons"]} == {
        "same_category",
        "attributes",
        "price",
        "counted",
        "margin",
    }
    assert all(each["ru"] and each["en"] for each in first["reasons"])


async def test_what_is_closed_for_sale_is_neither_shown_nor_offered_until_it_is_open_again(
    orders: Running,
) -> None:
    order_id = await gone(orders)
    closed = ItemSaleClosedV1(product_id="steel-lamp", by="raisa", reason="few_left")
    await orders.chassis.tell(closed, source="procurement", sequence=1)

    assert [each["product_id"] for each in await ranked(orders, order_id)] == ["copper-lamp"]
    refused = await orders.do(order_id, "offer", line_no=1, substitutes=[STEEL])
    assert (refused.status_code, refused.json()["rule"]) == (409, "R46")
    reopened = ItemSaleReopenedV1(product_id="steel-lamp", by="raisa")
    await orders.chassis.tell(reopened, source="procurement", sequence=2)
    await orders.chassis.tell(closed, source="procurement", sequence=1)
    assert len(await ranked(orders, order_id)) == 2


async def test_while_procurement_is_down_the_answer_says_so() -> None:
    async with running() as orders:
        order_id = await gone(orders)

        answer = await orders.ask("GET", f"/orders/{order_id}/substitutes?line_no=1")

    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert "Procurement" in answer.json()["detail"]
    assert answer.headers["retry-after"]


async def test_a_line_that_is_not_there_has_no_substitutes(orders: Running) -> None:
    order_id = await gone(orders)

    answer = await orders.ask("GET", f"/orders/{order_id}/substitutes?line_no=9")

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-line")


async def test_an_offer_in_the_old_words_is_still_noted(orders: Running) -> None:
    order_id = await gone(orders)

    answer = await orders.do(order_id, "offer", product_ids=["steel-lamp"])

    assert answer.json()["changes"] == ["SubstituteOffered"]
    assert orders.last("order.substitute_offered").model_dump()["product_ids"] == ("steel-lamp",)


@pytest.mark.parametrize(
    "vague",
    [{}, {"line_no": 1}, {"substitutes": [STEEL]}, {"line_no": 1, "substitutes": [STEEL], "product_ids": ["x"]},
     {"line_no": 1, "substitutes": [STEEL, STEEL]}],
)  # fmt: skip
async def test_an_offer_says_what_instead_of_what(orders: Running, vague: dict[str, Any]) -> None:
    answer = await orders.do(await gone(orders), "offer", **vague)

    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY


async def test_a_real_offer_is_told_and_listed_with_its_link(orders: Running) -> None:
    order_id = await gone(orders)

    path = await offered(orders, order_id, STEEL, COPPER)

    told = orders.last("order.substitute_offered").model_dump()
    assert (told["product_ids"], told["by"]) == (("steel-lamp", "copper-lamp"), "anna")
    assert told["expires_at"].isoformat() == "2026-03-05T07:00:00+00:00"
    assert path.startswith("/answers/")
    again = await orders.do(order_id, "offer", line_no=1, substitutes=[STEEL, COPPER])
    assert again.json()["changes"] == []


async def test_a_person_writes_down_the_answer_and_the_channel(orders: Running) -> None:
    order_id = await gone(orders)
    await offered(orders, order_id)

    answer = await orders.do(order_id, "answer", offer_no=1, answer="yes", channel="phone")

    assert answer.json()["changes"] == ["SubstituteAccepted"]
    offer = (await orders.ask("GET", f"/orders/{order_id}/offers")).json()["items"][0]
    assert (offer["answer"]["by"], offer["answer"]["channel"], offer["open"]) == ("anna", "phone", False)
    again = await orders.do(order_id, "answer", offer_no=1, answer="no", channel="phone")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/offer-answered-already")


@pytest.mark.parametrize("somebody", [KIRA, IVAN, SITE])
async def test_who_does_not_work_orders_answers_nothing_and_it_is_told(
    orders: Running, somebody: Any
) -> None:
    order_id = await gone(orders)
    await offered(orders, order_id)

    answer = await orders.do(order_id, "answer", somebody, offer_no=1, answer="yes", channel="phone")

    assert answer.status_code == httpx.codes.FORBIDDEN
    assert orders.told[-1] == "duty.refused"


async def test_what_customers_said_ranks_the_next_offer_and_counts_once(orders: Running) -> None:
    for n in range(3):
        order_id = await gone(orders, key=f"k-{n}")
        await offered(orders, order_id, STEEL)
        await orders.do(order_id, "answer", offer_no=1, answer="no", channel="phone")
        await orders.chassis.pass_deadlines()
        await orders.chassis.pass_deadlines()

    steel = next(
        each
        for each in await ranked(orders, await gone(orders, key="k-9"))
        if each["product_id"] == "steel-lamp"
    )

    past = next(each for each in steel["reasons"] if each["code"] == "past")
    assert past["about"] == {"accepted": 0, "asked": 3}


async def test_news_of_the_lines_before_says_nothing_of_the_lines_now(orders: Running) -> None:
    order_id = await gone(orders)
    await offered(orders, order_id)
    await orders.do(order_id, "answer", offer_no=1, answer="yes", channel="phone")
    before = [
        SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2, missing=2),
        SupplyLineV1(line_no=2, product_id="green-shade", wanted=1),
    ]
    now = [
        SupplyLineV1(line_no=3, product_id="steel-lamp", wanted=2),
        SupplyLineV1(line_no=2, product_id="green-shade", wanted=1),
    ]

    await orders.chassis.tell(
        SupplyShortV1(order_id=order_id, lines=tuple(before)), source="procurement", sequence=2
    )
    assert (await orders.order(order_id))["supply"] == "sought"
    allocated = SupplyAllocatedV1(order_id=order_id, lines=tuple(now))
    await orders.chassis.tell(allocated, source="procurement", sequence=3)

    order = await orders.order(order_id)
    assert (order["supply"], order["missing"]) == ("allocated", [])
