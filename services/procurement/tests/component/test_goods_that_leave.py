"""Goods leave with a shipment and come back, as Kafka tells of it: stock follows, each piece once (R28)."""

from itertools import permutations
from typing import Any

import pytest
from contracts.deliveries import DeliveryFact
from contracts.order_state import OrderV1
from contracts.orders import OrderChangedV1
from contracts.procurement import StockChangedV1, SupplyAllocatedV1, SupplyReleasedV1, SupplyShortV1
from procurement.testing.shipments import delivered, dispatched, failed, returned


async def tell(shop: Any, fact: DeliveryFact, sequence: int) -> None:
    name = f"{fact.topic}-{sequence}"
    assert await shop.chassis.tell(fact, source="logistics", sequence=sequence, ce_id=name)


async def own(shop: Any) -> tuple[int, int]:
    """How many lamps of our own are held, and how many are free."""
    shown = await shop.get("/offers/own:lamp")
    return shown["held"], shown["free"]


@pytest.fixture
async def stocked(shop: Any) -> Any:
    await shop.own("lamp", 5)
    return shop


@pytest.fixture
async def gone(stocked: Any) -> Any:
    """Three of five lamps are on their way to the customer."""
    await stocked.order("o-1", ("lamp", 3))
    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 3, 0)), 1)
    return stocked


async def test_what_left_is_out_of_stock_once(stocked: Any) -> None:
    await stocked.order("o-1", ("lamp", 3))
    told = len(stocked.told(StockChangedV1))

    for _ in range(2):
        await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 3, 0)), 1)

    assert await own(stocked) == (0, 2)
    assert len(stocked.told(StockChangedV1)) == told, "as many are free as before"
    shown = await stocked.get("/allocations/o-1")
    assert (shown["stage"], shown["parts"]) == ("allocated", [])
    assert shown["sent"] == [{"shipment_id": "o-1.1", "line_no": 1, "left": 3, "gone": 3, "put_back": 0}]
    assert len(stocked.told(SupplyAllocatedV1)) == 1
    story = await stocked.get("/allocations/o-1/timeline")
    assert [each["what"] for each in story["entries"]][-3:] == [
        ["GoodsLeft"],
        ["SendingBegan"],
        ["PartsFreed"],
    ]


async def test_what_was_not_kept_is_free_again(gone: Any) -> None:
    for _ in range(2):
        await tell(gone, returned("o-1", gone.clock.now(), ("lamp", 3, 1)), 2)

    assert await own(gone) == (0, 4)
    assert (await gone.get("/allocations/o-1"))["sent"][0]["put_back"] == 2


async def test_only_sound_pieces_are_put_back(gone: Any) -> None:
    await gone.cancel("o-1", ("lamp", 3))

    await tell(gone, returned("o-1", gone.clock.now(), ("lamp", 1, 0)), 2)

    assert await own(gone) == (0, 3)


async def test_what_came_back_whole_is_held_for_its_order_to_be_sent_again(gone: Any) -> None:
    await tell(gone, returned("o-1", gone.clock.now(), ("lamp", 3, 0)), 2)

    assert await own(gone) == (3, 2)
    assert len(gone.told(SupplyAllocatedV1)) == 2
    await tell(gone, dispatched("o-1", gone.clock.now(), ("lamp", 3, 0), number=2), 3)
    assert await own(gone) == (0, 2)


@pytest.mark.parametrize("reason", ["loss", "damage"])
@pytest.mark.parametrize("failed_first", [True, False])
async def test_what_is_lost_or_damaged_stays_away_whatever_comes_back(
    gone: Any, reason: str, *, failed_first: bool
) -> None:
    at = gone.clock.now()
    news = [(failed("o-1", at, reason, ("lamp", 3, 0)), 2), (returned("o-1", at, ("lamp", 3, 0)), 3)]

    for fact, sequence in news if failed_first else [*reversed(news)]:
        await tell(gone, fact, sequence)

    assert await own(gone) == (0, 2)
    assert len(gone.told(SupplyShortV1)) == 1, "three more lamps are not to be had"


async def test_the_order_of_lost_goods_is_supplied_anew(gone: Any) -> None:
    await gone.own("lamp", 6)

    await tell(gone, failed("o-1", gone.clock.now(), "loss", ("lamp", 3, 0)), 2)

    assert await own(gone) == (3, 3)
    assert len(gone.told(SupplyAllocatedV1)) == 2


@pytest.mark.parametrize(("reason", "final"), [("refusal", True), ("damage", False)])
async def test_a_failure_that_harms_no_goods_changes_nothing(gone: Any, reason: str, *, final: bool) -> None:
    await tell(gone, failed("o-1", gone.clock.now(), reason, ("lamp", 3, 0), final=final), 2)

    assert await own(gone) == (0, 2)
    assert len(gone.told(SupplyAllocatedV1)) == 1


async def test_who_keeps_fewer_than_he_wanted_has_nothing_held_besides(stocked: Any) -> None:
    await stocked.order("o-1", ("lamp", 3))
    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 2, 0)), 1)
    assert await own(stocked) == (1, 2)

    await tell(stocked, delivered("o-1", stocked.clock.now(), ("lamp", 2, 2)), 2)

    assert await own(stocked) == (0, 3)


async def test_at_the_door_nothing_kept_is_no_end(gone: Any) -> None:
    await tell(gone, delivered("o-1", gone.clock.now(), ("lamp", 3, 0)), 2)
    await tell(gone, returned("o-1", gone.clock.now(), ("lamp", 3, 0)), 3)

    assert await own(gone) == (3, 2)


@pytest.mark.parametrize("mixed", [*permutations(["new", "left", "back"])])
async def test_told_in_any_order_the_count_is_right(stocked: Any, mixed: tuple[str, ...]) -> None:
    for _ in range(2):
        for each in mixed:
            match each:
                case "new":
                    await stocked.order("o-1", ("lamp", 3))
                case "left":
                    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 3, 0)), 1)
                case _:
                    await tell(stocked, returned("o-1", stocked.clock.now(), ("lamp", 3, 2)), 2)

    assert await own(stocked) == (0, 3)


async def test_a_shipment_heard_of_first_leaves_the_orders_moment_and_lines_to_the_order(
    stocked: Any, world: Any
) -> None:
    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 1, 0)), 1)
    order: OrderV1 = world.placed("o-1", [("lamp", 1)])
    told = OrderChangedV1(order=order, what=("lines",))

    assert await stocked.chassis.tell(told, source="orders", sequence=2)

    assert (await stocked.parts.wired["allocations"].load("o-1")).state.placed_at == order.placed_at
    assert await own(stocked) == (0, 4)


@pytest.mark.parametrize("first", ["cancelled", "left"])
async def test_cancelled_on_its_way_the_count_is_right_before_and_after_it_is_back(
    stocked: Any, first: str
) -> None:
    await stocked.order("o-1", ("lamp", 3))
    if first == "cancelled":
        await stocked.cancel("o-1", ("lamp", 3))
    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 3, 0)), 1)
    await stocked.cancel("o-1", ("lamp", 3))
    assert await own(stocked) == (0, 2)

    await tell(stocked, returned("o-1", stocked.clock.now(), ("lamp", 3, 0)), 2)

    assert await own(stocked) == (0, 5)
    assert len(stocked.told(SupplyReleasedV1)) == 1


async def test_a_cancelled_order_whose_shipment_was_heard_of_first_is_told_to_hold_nothing(
    stocked: Any,
) -> None:
    await tell(stocked, dispatched("o-1", stocked.clock.now(), ("lamp", 3, 0)), 1)

    await stocked.cancel("o-1", ("lamp", 3))

    (freed,) = stocked.told(SupplyReleasedV1)
    assert [(each.line_no, each.wanted) for each in freed.lines] == [(1, 3)]


async def test_bought_goods_that_left_before_they_were_counted_in_leave_when_they_are(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()
    await tell(buying.shop, dispatched("o-1", buying.shop.clock.now(), ("brass-7", 2, 0)), 1)
    assert [each[2] for each in await buying.parts("o-1")] == ["bought"]

    await buying.came(("brass:7", 3))

    assert await buying.parts("o-1") == []
    offer = await buying.offer("own:brass-7")
    assert (offer["held"], offer["free"]) == (0, 1)
    assert (await buying.shop.get("/allocations/o-1"))["sent"][0]["gone"] == 2


async def test_so_do_those_of_an_order_that_was_cancelled_meanwhile(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()
    await tell(buying.shop, dispatched("o-1", buying.shop.clock.now(), ("brass-7", 2, 0)), 1)
    await buying.shop.cancel("o-1", ("brass-7", 2))

    await buying.came(("brass:7", 3))

    offer = await buying.offer("own:brass-7")
    assert (offer["held"], offer["free"]) == (0, 1)
