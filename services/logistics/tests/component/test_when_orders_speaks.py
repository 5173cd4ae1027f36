"""A confirmed order's place is firm, a cancelled one's is free; told twice, late or out of order (R65)."""

from typing import Any

from chassis.chassis import Chassis, Parts
from contracts.orders import OrderConfirmedV1
from logistics.testing.asking import terms


async def one_place(logistics: Any) -> Any:
    """There is one place on Tuesday morning."""
    window = {"from": "09:00", "to": "15:00", "lead_days": 1, "price": {"minor": 39000}, "most": 1}
    zone = {**terms()["zones"][0], "windows": [window]}
    await logistics.agree(zones=[zone], couriers=[])
    return (await logistics.check("2026-03-03"))["promise"]


async def made(logistics: Any, promise: Any, order_id: str = "o-1", key: str = "k-1") -> str:
    answer = await logistics.reserve(promise, order_id, key)
    assert answer.status_code == 201, answer.text
    return answer.json()["reservation_id"]


async def stages(logistics: Any, order_id: str = "o-1") -> list[str]:
    return [each["stage"] for each in await logistics.reserved(order_id)]


async def is_free(logistics: Any) -> bool:
    return (await logistics.check("2026-03-03"))["possible"]


async def test_a_confirmed_place_outlasts_its_quarter_of_an_hour(logistics: Any) -> None:
    reserved = await made(logistics, await one_place(logistics))

    await logistics.confirm(reserved)
    await logistics.confirm(reserved)
    await logistics.later(minutes=60)

    assert (await stages(logistics), await is_free(logistics)) == (["firm"], False)


async def test_confirming_frees_the_orders_other_places(agreed: Any) -> None:
    one = await made(agreed, (await agreed.check("2026-03-03"))["promise"])
    other = await made(agreed, (await agreed.check("2026-03-04"))["promise"], key="k-2")

    await agreed.confirm(other)

    found = {each["reservation_id"]: each["stage"] for each in await agreed.reserved()}
    assert found == {one: "freed", other: "firm"}


async def test_another_promise_agreed_later_moves_the_firm_place(agreed: Any) -> None:
    one = await made(agreed, (await agreed.check("2026-03-03"))["promise"])
    await agreed.confirm(one, sequence=1)
    other = await made(agreed, (await agreed.check("2026-03-04"))["promise"], key="k-2")

    await agreed.confirm(other, sequence=3)
    await agreed.confirm(one, sequence=2)  # late: the newer promise holds

    found = {each["reservation_id"]: each["stage"] for each in await agreed.reserved()}
    assert found == {one: "freed", other: "firm"}


async def test_a_cancelled_order_holds_nothing(logistics: Any) -> None:
    reserved = await made(logistics, await one_place(logistics))
    await logistics.confirm(reserved)

    await logistics.cancel()
    await logistics.cancel(sequence=3)

    assert (await stages(logistics), await is_free(logistics)) == (["freed"], True)


async def test_a_cancellation_heard_before_the_confirmation_wins(logistics: Any) -> None:
    promise = await one_place(logistics)
    reserved = await made(logistics, promise)

    await logistics.cancel(sequence=5)
    await logistics.confirm(reserved, sequence=4)

    assert (await stages(logistics), await is_free(logistics)) == (["freed"], True)
    refused = await logistics.reserve(promise, key="k-2")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/order-is-cancelled")


async def test_a_cancellation_heard_before_anything_else_bars_the_order(logistics: Any) -> None:
    promise = await one_place(logistics)

    await logistics.cancel()

    assert (await logistics.reserve(promise)).json()["type"] == "/problems/order-is-cancelled"
    assert await is_free(logistics)


async def test_a_confirmation_that_comes_too_late_is_firm_all_the_same(logistics: Any) -> None:
    promise = await one_place(logistics)
    late = await made(logistics, promise)
    await logistics.later(minutes=15)
    await made(logistics, promise, "o-2", "k-2")

    await logistics.confirm(late)

    (found,) = await logistics.reserved()
    assert (found["stage"], found["late"], found["over"]) == ("firm", True, True)
    capacity = await logistics.read("/capacity?carrier_id=own-couriers&from=2026-03-03&to=2026-03-03")
    zone = capacity["days"][0]["zones"][0]
    assert (zone["booked"], zone["held"], zone["over"], zone["windows"][0]["left"]) == (1, 1, 1, 0)


async def test_a_late_one_that_still_finds_room_is_late_and_not_over(logistics: Any) -> None:
    late = await made(logistics, await one_place(logistics))
    await logistics.later(minutes=15)

    await logistics.confirm(late)

    (found,) = await logistics.reserved()
    assert (found["stage"], found["late"], found["over"]) == ("firm", True, False)


async def test_a_change_of_terms_does_not_touch_what_was_promised(logistics: Any) -> None:
    reserved = await made(logistics, await one_place(logistics))
    await logistics.confirm(reserved)

    await logistics.agree(zones=[{**terms()["zones"][1]}], couriers=[])
    await logistics.later(minutes=60)

    (found,) = await logistics.reserved()
    assert (found["stage"], found["promise"]["terms_version"]) == ("firm", 1)
    assert (await logistics.read("/carriers/own-couriers/terms/1"))["stage"] == "approved"


async def test_a_confirmation_of_what_was_never_reserved_here_is_survived(
    logistics: Any, orders: Any
) -> None:
    await logistics.confirm("f" * 32)
    told = OrderConfirmedV1(order=orders.order("o-9"), by="anna")

    assert await logistics.chassis.tell(told, source="orders")
    assert (await logistics.reserved(), await logistics.reserved("o-9")) == ([], [])


def test_every_part_is_wired() -> None:
    """`compose` is what production runs; the names that reactions ask for are there."""
    from chassis.testing.memory import MemoryChassis
    from logistics.bootstrap import compose
    from logistics.settings import LogisticsSettings

    chassis: Chassis = MemoryChassis("logistics")
    parts: Parts = compose(chassis, LogisticsSettings())
    assert parts.reactions is not None
    parts.reactions.check(parts.wired)
