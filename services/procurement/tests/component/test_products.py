"""Product cards and what might do instead (R25, R30)."""

from datetime import timedelta
from typing import Any

from kernel.actor import service


async def stocked(shop: Any, world: Any) -> None:
    """Two suppliers, one of them dear; a shade that is nothing like a lamp."""
    await shop.supplier("brass", lead_days=2)
    await shop.supplier("slow", lead_days=9)
    await shop.imported(
        "brass", world.catalogue(*(world.lamp(n, price=p) for n, p in (("7", "100"), ("8", "130"))))
    )
    await shop.imported(
        "slow", world.catalogue(world.lamp("7", price="99", count=None), world.lamp("9", price="900"))
    )
    await shop.own("shade", 3, title="Абажур тканевый", purchase_price={"minor": 40_00})


async def test_a_card_speaks_of_the_offer_that_would_be_taken(shop: Any, world: Any) -> None:
    await stocked(shop, world)

    card = await shop.get("/products/brass-7")

    assert (card["title"], card["price"]["minor"], card["lead_days"]) == ("Lamp 7", 100_00, 2)
    assert (card["availability"], card["quantity"], card["sale_closed"]) == ("counted", 5, False)


async def test_own_stock_comes_first_and_its_cost_is_for_buyers_and_services(shop: Any, world: Any) -> None:
    await stocked(shop, world)

    for actor, cost in ((world.anna, 40_00), (service("orders"), 40_00), (world.sonya, None)):
        card = await shop.get("/products/shade", actor)
        assert (card["cost"] and card["cost"]["minor"], card["lead_days"]) == (cost, 0)


async def test_alternatives_are_the_nearest_in_price_of_those_that_are_alike(shop: Any, world: Any) -> None:
    await stocked(shop, world)

    found = await shop.get("/products/brass-7/alternatives?limit=5", world.anna)

    assert found["of"]["product_id"] == "brass-7"
    assert [each["product_id"] for each in found["items"]] == ["brass-8", "brass-9"]
    assert len((await shop.get("/products/brass-7/alternatives?limit=1"))["items"]) == 1


async def test_old_stock_is_shown_as_unknown(shop: Any, world: Any) -> None:
    await stocked(shop, world)

    shop.clock.forward(timedelta(hours=25))

    card = await shop.get("/products/brass-7")
    assert (card["availability"], card["quantity"]) == ("unknown", None)
    found = await shop.get("/products/brass-7/alternatives")
    assert {each["availability"] for each in found["items"]} == {"unknown"}


async def test_what_is_gone_is_no_alternative_and_what_is_closed_comes_last(shop: Any, world: Any) -> None:
    await stocked(shop, world)
    await shop.order("o-1", ("brass-9", 5))
    stop = {"product_id": "brass-8", "reopens_on": "2026-03-20"}
    assert (await shop.ask(world.anna, "POST", "/sales-stops", json=stop)).status_code == 200
    await shop.own("lamp-of-ours", 1, title="Lamp of ours", price={"minor": 5000_00})

    found = await shop.get("/products/brass-7/alternatives")

    assert [(each["product_id"], each["sale_closed"]) for each in found["items"]] == [
        ("lamp-of-ours", False),
        ("brass-8", True),
    ]


async def test_goods_that_nobody_offers_are_not_found(shop: Any, world: Any) -> None:
    for path in ("/products/wick", "/products/wick/alternatives"):
        answer = await shop.ask(world.sonya, "GET", path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-product")
