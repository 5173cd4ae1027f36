"""Our prices beside what others ask, over the shop's range (R40)."""

from datetime import timedelta
from typing import Any

import pytest


@pytest.fixture
async def priced(shop: Any, world: Any) -> Any:
    """Three lamps of our own; brass and bolt have the first two, at a hundred roubles."""
    for supplier in ("brass", "bolt"):
        await shop.supplier(supplier, stale_after_hours=999)
    await shop.imported("brass", world.catalogue(world.lamp("7"), world.lamp("8"), world.lamp("9")))
    await shop.imported("bolt", world.catalogue(world.lamp("7", price="160"), world.lamp("8", price="90")))
    for product, price in (("brass-7", 150_00), ("brass-8", 95_00), ("only-ours", 10_00)):
        await shop.own(product, 1, price={"minor": price})
    return shop


async def test_products_far_off_are_listed_with_who_asks_least(priced: Any, world: Any) -> None:
    shown = await priced.get("/price-gaps", world.anna)

    (gap,) = shown["items"]
    assert (gap["product_id"], gap["percent"], gap["lowest_at"], gap["offers"]) == ("brass-7", 50, "brass", 2)
    assert [gap[each]["minor"] for each in ("ours", "lowest", "highest")] == [150_00, 100_00, 160_00]


async def test_page_by_page_all_are_found_by_another_limit(priced: Any, world: Any) -> None:
    found, cursor = list[str](), ""
    while cursor is not None:
        page = await priced.get(f"/price-gaps?at_least=1&limit=1{cursor and '&cursor=' + cursor}", world.anna)
        found += [each["product_id"] for each in page["items"]]
        cursor = page["next"]

    assert sorted(found) == ["brass-7", "brass-8"]


async def test_the_whole_range_is_a_table(priced: Any, world: Any) -> None:
    answer = await priced.ask(world.anna, "GET", "/price-gaps/table?at_least=1&language=en")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    first, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert first == "Product;Title;Our price;Lowest;At;Highest;Offers;Gap, %"
    assert sorted(rows) == [
        "brass-7;brass-7;150,00;100,00;brass;160,00;2;50",
        "brass-8;brass-8;95,00;90,00;bolt;100,00;2;5",
    ]


async def test_a_price_that_is_too_old_is_no_comparison(priced: Any, world: Any) -> None:
    await priced.supplier("brass", stale_after_hours=1)
    priced.clock.forward(timedelta(hours=2))

    shown = await priced.get("/price-gaps", world.anna)

    assert shown["items"] == []  # bolt alone asks 160 for it, and we are 6% cheaper


async def test_who_sells_does_not_see_them(priced: Any, world: Any) -> None:
    for path in ("/price-gaps", "/price-gaps/table"):
        assert (await priced.ask(world.sonya, "GET", path)).status_code == 403
