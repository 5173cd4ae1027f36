"""What came of a purchase: whole, in part, over or wrong (R28, R42, R44)."""

from typing import Any

from contracts.procurement import PurchaseReceivedV1, SupplyAllocatedV1, SupplyShortV1
from contracts.supplier_cases import SupplierCaseOpenedV1


async def test_what_came_for_an_order_lies_in_our_warehouse_in_its_name(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()
    assert (await buying.offer("brass:7"))["free"] == 3

    for _ in range(2):
        assert (await buying.came(("brass:7", 2), key="monday")).status_code == 201

    (told,) = buying.told(PurchaseReceivedV1)
    assert (told.complete, told.lines[0].received, told.by) == (True, 2, "stepan")
    assert await buying.parts("o-1") == [("own:brass-7", 2, "held")]
    own = await buying.offer("own:brass-7")
    assert (own["held"], own["free"], own["purchase_price"]["minor"]) == (2, 0, 90_00)
    assert (await buying.offer("brass:7"))["free"] == 3
    assert buying.told(SupplyAllocatedV1)[-1].lines[0].parts[0].offer_id == "own:brass-7"
    assert (await buying.purchase())["stage"] == "received"


async def test_a_part_of_it_serves_the_oldest_order_and_the_rest_is_awaited(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.order("o-2", ("brass-7", 2))
    await buying.sent()

    await buying.came(("brass:7", 3))

    assert await buying.parts("o-1") == [("own:brass-7", 2, "held")]
    assert await buying.parts("o-2") == [("brass:7", 1, "bought"), ("own:brass-7", 1, "held")]
    shown = await buying.purchase()
    assert (shown["stage"], shown["lines"][0]["good"], shown["lines"][0]["outstanding"]) == ("sent", 3, 1)
    assert not buying.told(PurchaseReceivedV1)[0].complete
    await buying.came(("brass:7", 1))
    assert await buying.parts("o-2") == [("own:brass-7", 1, "held")] * 2
    assert (await buying.offer("own:brass-7"))["held"] == 4


async def test_pieces_beyond_what_was_ordered_become_free_own_stock(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()

    await buying.came(("brass:7", 5))

    own = await buying.offer("own:brass-7")
    assert (own["held"], own["free"]) == (2, 3)
    assert (await buying.purchase())["lines"][0]["over"] == 3


async def test_wrong_pieces_open_a_case_and_the_orders_are_sought_anew(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()

    await buying.came(("brass:7", 1, 1))

    (case,) = buying.told(SupplierCaseOpenedV1)
    assert (case.kind, case.purchase_id, case.at_stake.minor) == ("mix_up", buying.brass, 90_00)
    assert await buying.parts("o-1") == [("own:brass-7", 1, "held"), ("bolt:7", 1, "held")]
    assert (await buying.offer("brass:7"))["free"] == 3
    assert (await buying.purchase())["stage"] == "received"


async def test_what_will_not_come_and_is_nowhere_else_makes_the_order_short(buying: Any) -> None:
    await buying.order("o-1", ("brass-8", 2), ("brass-7", 1))
    await buying.sent()

    await buying.came(("brass:7", 1), ("brass:8", 1), final=True)

    (short,) = buying.told(SupplyShortV1)
    assert [(line.product_id, line.missing) for line in short.lines] == [("brass-8", 1), ("brass-7", 0)]
    assert [case.kind for case in buying.told(SupplierCaseOpenedV1)] == ["shortage"]
    assert [(await buying.offer(f"own:{each}"))["free"] for each in ("brass-7", "brass-8")] == [1, 1]
    assert (await buying.purchase())["lines"][1]["cancelled"] == 1


async def test_what_was_bought_for_a_cancelled_order_becomes_free_own_stock(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()

    await buying.shop.cancel("o-1", ("brass-7", 2))
    on_its_way = await buying.offer("brass:7")
    await buying.came(("brass:7", 2))

    assert (on_its_way["held"], on_its_way["free"]) == (2, 3)
    assert ((await buying.offer("own:brass-7"))["free"], (await buying.offer("brass:7"))["free"]) == (2, 3)
    assert await buying.parts("o-1") == []


async def test_nobody_else_gets_pieces_between_their_coming_and_their_order(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 5))
    await buying.sent()

    await buying.came(("brass:7", 4))
    await buying.order("o-2", ("brass-7", 1))

    assert await buying.parts("o-2") == [("bolt:7", 1, "held")]


async def test_goods_for_our_own_stock_come_in_free(buying: Any) -> None:
    await buying.post("/purchases", {"supplier_id": "brass"})
    wished = {"own_stock": [{"offer_id": "brass:8", "quantity": 2}]}
    await buying.shop.ask(buying.raisa, "PUT", f"/purchases/{buying.brass}/own-stock", json=wished)
    await buying.sent()

    await buying.came(("brass:8", 1))
    half = await buying.offer("brass:8")
    await buying.came(final=True)

    assert (half["held"], (await buying.offer("brass:8"))["held"]) == (1, 0)
    assert (await buying.offer("own:brass-8"))["free"] == 1


async def test_what_was_not_ordered_is_refused(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    unsent = await buying.came(("brass:7", 1))
    await buying.sent()

    strange = await buying.came(("brass:8", 1))
    wrong = await buying.came(("brass:7", 1, 2))
    seller = await buying.came(("brass:7", 1), actor=buying.vera)

    kinds = [each.json()["type"].removeprefix("/problems/") for each in (unsent, strange, wrong)]
    assert kinds == ["nothing-awaited", "not-on-the-purchase", "more-wrong-than-awaited"]
    assert seller.status_code == 403


async def test_goods_that_are_late_are_told_of_once_and_open_a_case(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()

    await buying.passes(days=3, hours=13)
    early = (await buying.purchase())["late"]
    await buying.passes(hours=11)

    assert (early, (await buying.purchase())["late"]) == (False, True)
    assert [case.kind for case in buying.told(SupplierCaseOpenedV1)] == ["delay"]
    late = await buying.shop.get("/purchases?late=true", buying.raisa)
    assert [each["purchase_id"] for each in late["items"]] == [buying.brass]
    assert (await buying.came(("brass:7", 2))).is_success
    assert (await buying.shop.get("/purchases?late=true"))["items"] == []


async def test_lines_changed_after_they_were_bought_leave_the_surplus_to_our_own_stock(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 3))
    await buying.sent()
    allocating = buying.shop.parts.wired["allocating"]
    await allocating.follow("o-1", [_want("brass-7", 1)], _occasion(buying))

    await buying.came(("brass:7", 3))

    assert await buying.parts("o-1") == [("own:brass-7", 1, "held")]
    assert (await buying.offer("own:brass-7"))["free"] == 2


def _want(product_id: str, quantity: int) -> Any:
    from procurement.domain.allocation import Want

    return Want(1, product_id, quantity)


def _occasion(buying: Any) -> Any:
    from chassis.handling import Occasion

    return Occasion("changed", buying.shop.clock.now(), buying.raisa)


async def test_the_story_of_a_purchase_can_be_read(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()
    await buying.came(("brass:7", 2))

    story = await buying.shop.get(f"/purchases/{buying.brass}/timeline")

    assert [entry["what"] for entry in story["entries"]] == [
        ["PurchaseOpened"], ["PurchasePlaced"], ["PurchaseFixed"], ["PurchaseSent"], ["GoodsReceived"],
        ["DeliveryTakenIn"],
    ]  # fmt: skip
