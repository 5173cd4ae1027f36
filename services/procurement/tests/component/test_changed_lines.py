"""Orders tells that the customer wants other lines: told twice, out of order and after the end (R30)."""

from typing import Any

import pytest
from contracts.fact import Fact
from contracts.orders import OrderChangedV1
from contracts.procurement import SupplyAllocatedV1, SupplyReleasedV1, SupplyShortV1


@pytest.fixture
async def stocked(shop: Any, world: Any) -> Any:
    """Five lamps and nine shades of a brass supplier."""
    await shop.supplier("brass")
    shade = '<offer id="9"><name>Shade</name><price>50</price><count>9</count></offer>'
    await shop.imported("brass", world.catalogue(world.lamp("7", price="90"), shade))
    return shop


async def change(
    stocked: Any, world: Any, sequence: int, *lines: tuple[str, int], what: str = "lines"
) -> None:
    told: Fact = OrderChangedV1(order=world.placed("o-1", list(lines)), what=(what,))
    assert await stocked.chassis.tell(told, source="orders", sequence=sequence)


async def free_of(stocked: Any, offer_id: str) -> int:
    return (await stocked.get(f"/offers/{offer_id}"))["free"]


async def test_supply_follows_the_lines_of_the_order(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))

    await change(stocked, world, 2, ("brass-7", 2), ("brass:9", 1))

    told = stocked.told(SupplyAllocatedV1)
    assert [[(line.product_id, line.wanted) for line in each.lines] for each in told] == [
        [("brass-7", 4)],
        [("brass-7", 2), ("brass:9", 1)],
    ]
    assert (await free_of(stocked, "brass:7"), await free_of(stocked, "brass:9")) == (3, 8)


async def test_told_twice_it_is_followed_once(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))

    for _ in range(2):
        await change(stocked, world, 2, ("brass-7", 1))

    assert len(stocked.told(SupplyAllocatedV1)) == 2
    assert await free_of(stocked, "brass:7") == 4


async def test_older_lines_that_come_late_are_passed_over(stocked: Any, world: Any) -> None:
    await change(stocked, world, 5, ("brass-7", 1))
    await change(stocked, world, 3, ("brass-7", 5))
    await stocked.order("o-1", ("brass-7", 4))

    assert await free_of(stocked, "brass:7") == 4
    assert len(stocked.told(SupplyAllocatedV1)) == 1


async def test_lines_that_went_and_came_back_outlast_the_late_news_between(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))
    await change(stocked, world, 5, ("brass-7", 4))
    await change(stocked, world, 3, ("brass-7", 1))

    assert await free_of(stocked, "brass:7") == 1


async def test_after_the_end_nothing_is_sought(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 9))
    await stocked.cancel("o-1", ("brass-7", 9), sequence=9)
    await change(stocked, world, 4, ("brass-7", 1))

    assert [type(each) for each in stocked.told(SupplyAllocatedV1, SupplyShortV1, SupplyReleasedV1)] == [
        SupplyShortV1
    ]
    assert await free_of(stocked, "brass:7") == 5


async def test_other_changes_of_an_order_move_no_goods(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))

    await change(stocked, world, 2, ("brass-7", 1), what="attempt")

    assert await free_of(stocked, "brass:7") == 1
