from datetime import timedelta
from typing import Any

import pytest
from contracts.procurement import SupplyAllocatedV1, SupplyReleasedV1, SupplyShortV1


@pytest.fixture
async def stocked(shop: Any, world: Any) -> Any:
    """Two lamps of our own, five of a brass supplier, and as many as a slow supplier says."""
    await shop.supplier("brass", delivery_fee={"minor": 30_00})
    await shop.supplier("slow", lead_days=9)
    await shop.imported("brass", world.catalogue(world.lamp("7", price="90")))
    slow = world.lamp("7", price="130", count=None)
    await shop.imported(
        "slow", world.catalogue(slow, '<offer id="9"><name>Wick</name><price>5</price></offer>')
    )
    await shop.own("brass-7", 2)
    return shop


async def test_an_order_is_held_at_own_stock_first(stocked: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))

    (told,) = stocked.told(SupplyAllocatedV1)
    assert [(part.offer_id, part.quantity) for part in told.lines[0].parts] == [
        ("own:brass-7", 2),
        ("brass:7", 2),
    ]
    assert told.expected_on.isoformat() == "2026-03-05"
    shown = await stocked.get("/allocations/o-1")
    assert shown["parts"][1]["reason"] == "105.00 RUB a piece landed, 3 working days; place 1 of 2"
    assert (await stocked.get("/offers/brass:7"))["free"] == 3


async def test_an_order_heard_of_twice_is_held_once(stocked: Any) -> None:
    await stocked.order("o-1", ("brass-7", 1))
    await stocked.order("o-1", ("brass-7", 1))

    assert len(stocked.told(SupplyAllocatedV1)) == 1
    assert (await stocked.get("/offers/own:brass-7"))["held"] == 1


async def test_a_shortage_holds_nothing(stocked: Any) -> None:
    await stocked.order("o-1", ("brass-7", 3), ("no-such-lamp", 1))

    (told,) = stocked.told(SupplyShortV1)
    assert [(line.missing, line.reason) for line in told.lines] == [(0, None), (1, "nobody_offers_it")]
    assert (await stocked.get("/offers/own:brass-7"))["held"] == 0


async def test_a_cancelled_order_frees_its_supply(stocked: Any) -> None:
    await stocked.order("o-1", ("brass-7", 4))

    await stocked.cancel("o-1", ("brass-7", 4))
    await stocked.cancel("o-1", ("brass-7", 4))

    (told,) = stocked.told(SupplyReleasedV1)
    assert told.reason == "changed_mind"
    assert (await stocked.get("/offers/brass:7"))["free"] == 5
    assert (await stocked.get("/allocations/o-1"))["stage"] == "released"


async def test_an_order_cancelled_before_it_is_heard_of_never_holds_anything(stocked: Any) -> None:
    await stocked.cancel("o-1", ("brass-7", 4))
    await stocked.order("o-1", ("brass-7", 4))

    assert stocked.told(SupplyAllocatedV1) == []
    assert (await stocked.get("/offers/own:brass-7"))["held"] == 0


async def test_uncounted_stock_waits_for_the_suppliers_yes(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("slow:9", 3))

    (waiting,) = (await stocked.get("/allocations?stage=asking"))["items"]
    assert (waiting["parts"][0]["grip"], waiting["parts"][0]["answer_by"]) == (
        "asked",
        "2026-03-02T12:00:00Z",
    )
    assert stocked.told(SupplyAllocatedV1) == []
    yes = {"offer_id": "slow:9", "quantity": 3}
    for _ in range(2):
        answer = await stocked.ask(world.anna, "POST", "/allocations/o-1/confirmations", json=yes)
        assert answer.status_code == 200
    assert len(stocked.told(SupplyAllocatedV1)) == 1


async def test_a_no_looks_elsewhere_and_ends_short(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 8))
    assert (await stocked.get("/allocations?asked_supplier_id=slow"))["items"][0]["order_id"] == "o-1"

    await stocked.ask(world.anna, "POST", "/allocations/o-1/confirmations", json={"offer_id": "slow:7"})

    (told,) = stocked.told(SupplyShortV1)
    assert told.lines[0].missing == 1
    assert (await stocked.get("/offers/brass:7"))["held"] == 0
    assert (await stocked.get("/allocations/o-1"))["excluded"] == ["slow:7"]


async def test_a_yes_to_fewer_takes_the_rest_elsewhere(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 10))
    await stocked.own("brass-7", 4)

    answer = {"offer_id": "slow:7", "quantity": 1}
    await stocked.ask(world.anna, "POST", "/allocations/o-1/confirmations", json=answer)

    (told,) = stocked.told(SupplyAllocatedV1)
    held = {part.offer_id: 0 for part in told.lines[0].parts}
    for part in told.lines[0].parts:
        held[part.offer_id] += part.quantity
    assert held == {"own:brass-7": 4, "brass:7": 5, "slow:7": 1}


async def test_a_supplier_who_keeps_silent_for_four_working_hours_has_nothing(stocked: Any) -> None:
    await stocked.order("o-1", ("slow:9", 3))

    stocked.clock.forward(timedelta(hours=4, minutes=59))
    await stocked.chassis.pass_deadlines()
    assert stocked.told(SupplyShortV1) == []
    stocked.clock.forward(timedelta(minutes=1))
    await stocked.chassis.pass_deadlines()

    assert len(stocked.told(SupplyShortV1)) == 1
    assert (await stocked.get("/offers/slow:9"))["held"] == 0


async def test_an_answer_nobody_awaits_is_refused(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 1))
    body = {"offer_id": "slow:9", "quantity": 1}

    nothing = await stocked.ask(world.anna, "POST", "/allocations/o-1/confirmations", json=body)
    nobody = await stocked.ask(world.anna, "POST", "/allocations/o-9/confirmations", json=body)
    seller = await stocked.ask(world.sonya, "POST", "/allocations/o-1/confirmations", json=body)

    assert (nothing.status_code, nothing.json()["type"]) == (409, "/problems/no-answer-awaited")
    assert (nobody.status_code, seller.status_code) == (404, 403)


async def test_a_stale_offer_is_not_sold_from(stocked: Any) -> None:
    stocked.clock.forward(timedelta(hours=30))

    await stocked.order("o-1", ("brass-7", 3))

    assert len(stocked.told(SupplyShortV1)) == 1


async def test_the_story_of_a_supply_can_be_read(stocked: Any, world: Any) -> None:
    await stocked.order("o-1", ("brass-7", 1))

    story = await stocked.get("/allocations/o-1/timeline")

    assert [entry["what"] for entry in story["entries"]] == [
        ["SupplySought"], ["PartsPlanned"], ["PartsHeld", "SupplyAllocated"],
    ]  # fmt: skip
    assert (await stocked.ask(world.sonya, "GET", "/allocations/o-2/timeline")).status_code == 404
    assert (await stocked.ask(world.sonya, "GET", "/allocations/o-2")).status_code == 404
