"""Sales stops: closed with a reason until a day, and what comes of orders meanwhile (R46)."""

from datetime import timedelta
from typing import Any

from contracts.crm import DutyRefusedV1
from contracts.order_state import OrderV1
from contracts.orders import OrderCreatedV1
from contracts.procurement import (
    ItemSaleClosedV1,
    ItemSaleReopenedV1,
    SupplyAllocatedV1,
    SupplyShortV1,
)

STOP = {"product_id": "lamp", "reason": "few_left", "reopens_on": "2026-03-04"}


async def closed(shop: Any, world: Any, **more: Any) -> Any:
    """Anna closes the sale of lamps."""
    return await shop.ask(world.anna, "POST", "/sales-stops", json={**STOP, **more.pop("body", {})}, **more)


async def ordered(shop: Any, world: Any, order_id: str, minutes: int, product: str = "lamp") -> None:
    """An order placed so many minutes from now is heard of."""
    order: OrderV1 = world.placed(order_id, [(product, 1)], shop.clock.now() + timedelta(minutes=minutes))
    await shop.chassis.tell(OrderCreatedV1(order=order), source="orders")


async def test_a_sale_is_closed_told_and_listed(shop: Any, world: Any) -> None:
    await shop.own("lamp", 4)

    answer = await closed(shop, world, key="once")

    assert answer.json()["changes"] == ["SaleClosed"]
    assert (await closed(shop, world, key="once")).json() == answer.json()
    assert (await closed(shop, world)).json()["changes"] == []
    (told,) = shop.told(ItemSaleClosedV1)
    assert (told.product_id, told.reason, str(told.reopens_on), told.by) == (
        "lamp",
        "few_left",
        "2026-03-04",
        "anna",
    )
    assert [each["product_id"] for each in (await shop.get("/sales-stops?reason=few_left"))["items"]] == [
        "lamp"
    ]
    assert (await shop.get("/products/lamp"))["sale_closed"] is True


async def test_it_reopens_by_itself_when_its_day_begins(shop: Any, world: Any) -> None:
    await shop.own("lamp", 4)
    await closed(shop, world)

    shop.clock.forward(timedelta(hours=37))
    await shop.chassis.pass_deadlines()
    assert shop.told(ItemSaleReopenedV1) == []
    shop.clock.forward(timedelta(hours=1))
    await shop.chassis.pass_deadlines()
    await shop.chassis.pass_deadlines()

    (told,) = shop.told(ItemSaleReopenedV1)
    assert told.by == "service:procurement"
    assert (await shop.get("/sales-stops/lamp"))["closed"] is False
    assert [each["what"] for each in (await shop.get("/sales-stops/lamp/timeline"))["entries"]] == [
        ["SaleClosed"],
        ["SaleReopened"],
    ]


async def test_a_person_reopens_it_before_and_a_later_day_moves_it(shop: Any, world: Any) -> None:
    await shop.own("lamp", 4)
    await closed(shop, world)
    await closed(shop, world, body={"reopens_on": "2026-03-30"})
    shop.clock.forward(timedelta(days=3))
    await shop.chassis.pass_deadlines()
    assert shop.told(ItemSaleReopenedV1) == []

    answer = await shop.ask(world.anna, "DELETE", "/sales-stops/lamp")

    assert answer.json()["changes"] == ["SaleReopened"]
    assert (await shop.ask(world.anna, "DELETE", "/sales-stops/lamp")).json()["changes"] == []


async def test_a_day_gone_by_unknown_goods_and_a_seller_are_refused(shop: Any, world: Any) -> None:
    await shop.own("lamp", 4)

    for day in ("2026-03-02", "2028-01-01"):
        answer = await closed(shop, world, body={"reopens_on": day})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/reopens-too-late")
    assert (await closed(shop, world, body={"product_id": "wick"})).status_code == 404
    no = await shop.ask(world.sonya, "POST", "/sales-stops", json=STOP)
    assert (no.status_code, no.json()["rule"]) == (403, "R46")
    (told,) = shop.told(DutyRefusedV1)
    assert (told.thing, told.thing_id, told.actor_id) == ("sale", "lamp", "sonya")


async def test_an_order_placed_in_time_is_supplied_and_one_that_came_anyway_is_short(
    shop: Any, world: Any
) -> None:
    await shop.own("lamp", 4)
    await closed(shop, world)

    await ordered(shop, world, "before", -5)
    await ordered(shop, world, "in-the-basket", 29)
    await ordered(shop, world, "too-late", 31)

    assert [told.order_id for told in shop.told(SupplyAllocatedV1)] == ["before", "in-the-basket"]
    (short,) = shop.told(SupplyShortV1)
    assert (short.order_id, short.lines[0].missing, short.lines[0].reason) == ("too-late", 1, "sale_closed")


async def test_proposals_by_each_criterion(shop: Any, world: Any) -> None:
    await shop.supplier("far", lead_days=30)
    await shop.imported("far", world.catalogue(world.lamp("1", count=9)))
    await shop.own("thin", 9, purchase_price={"minor": 95_00})
    await shop.own("fat", 9, purchase_price={"minor": 50_00})
    await shop.own("last", 2)

    found = {
        criterion: (await shop.get(f"/sales-stops/proposals?criterion={criterion}", world.anna))["items"]
        for criterion in ("low_margin", "few_left", "hard_to_procure", "many_claims")
    }

    assert [(each["product_id"], each["reasons"]) for each in found["low_margin"]] == [
        ("thin", ["low_margin"])
    ]
    assert found["low_margin"][0]["figures"]["margin"] == 5
    assert [each["product_id"] for each in found["few_left"]] == ["last"]
    assert [each["product_id"] for each in found["hard_to_procure"]] == ["brass-1"]
    assert found["many_claims"] == []
    assert (await shop.ask(world.sonya, "GET", "/sales-stops/proposals")).status_code == 403
