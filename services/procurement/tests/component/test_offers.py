from typing import Any

from contracts.procurement import StockChangedV1


async def test_own_stock_is_counted_and_told(shop: Any) -> None:
    answer = await shop.own("lamp", 4)

    assert answer.json()["changes"] == ["OfferListed"]
    (told,) = shop.told(StockChangedV1)
    assert (told.offer_id, told.availability, told.quantity) == ("own:lamp", "counted", 4)
    assert (await shop.own("lamp", 4)).json()["changes"] == []
    assert (await shop.get("/offers/own:lamp/timeline"))["entries"][0]["what"] == ["OfferListed"]


async def test_own_stock_takes_title_and_price_from_a_supplier(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(world.lamp("7")))

    answer = await shop.ask(world.anna, "PUT", "/own-stock/brass-7", json={"quantity": 2})
    nobody = await shop.ask(world.anna, "PUT", "/own-stock/wick", json={"quantity": 2})

    assert answer.status_code == 200
    assert (await shop.get("/offers/own:brass-7"))["title"] == "Lamp 7"
    assert (nobody.status_code, nobody.json()["type"]) == (409, "/problems/goods-nobody-lists")


async def test_availability_shows_own_stock_first_with_the_age_of_each_word(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.supplier("slow")
    await shop.imported("brass", world.catalogue(world.lamp("7", price="90")))
    await shop.imported("slow", world.catalogue(world.lamp("7", price="80", count=None)))
    await shop.own("brass-7", 1)

    there = await shop.get("/availability?product_id=brass-7")

    assert [offer["offer_id"] for offer in there["offers"]] == ["own:brass-7", "slow:7", "brass:7"]
    assert (there["free"], there["uncounted"]) == (6, True)
    assert there["offers"][1]["age_seconds"] == 3600


async def test_offers_are_listed_page_by_page(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(*(world.lamp(str(n), count=n % 2) for n in range(5))))

    first = await shop.get("/offers?supplier_id=brass&limit=3")
    second = await shop.get(f"/offers?supplier_id=brass&limit=3&cursor={first['next']}")

    assert [len(first["items"]), len(second["items"]), second["next"]] == [3, 2, None]
    assert len((await shop.get("/offers?supplier_id=brass&available=true"))["items"]) == 2


async def test_what_goods_cost_us_is_told_to_buyers_alone(shop: Any, world: Any) -> None:
    await shop.own("lamp", 1, purchase_price={"minor": 70_00})

    assert (await shop.get("/offers/own:lamp", world.anna))["purchase_price"]["minor"] == 70_00
    assert (await shop.get("/offers/own:lamp", world.sonya))["purchase_price"] is None


async def test_an_unknown_offer_is_not_found_and_a_seller_counts_nothing(shop: Any, world: Any) -> None:
    assert (await shop.ask(world.sonya, "GET", "/offers/own:wick")).status_code == 404
    assert (await shop.ask(world.sonya, "GET", "/offers/own:wick/timeline")).status_code == 404
    assert (await shop.ask(world.sonya, "PUT", "/own-stock/lamp", json={"quantity": 1})).status_code == 403
