"""Many orders at once for the last places of a carrier's day, on a real MongoDB, with processes dying at any await."""

import asyncio
import random
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.handling import Conflict
from logistics.domain.agreement import DailyLimit
from logistics.domain.reservation import Stage
from logistics.testing.agreements import IVAN, MORNING, PETR, TUESDAY, own, own_zone, promises, wish

ORDERS = 64
ONE = own_zone(frames=(replace(MORNING, most=1),))
TEN = own_zone(limit=DailyLimit(10))


def named(agreement: Any) -> Any:
    """The promise of Tuesday morning by version 1."""
    return replace(promises(agreement, wish(TUESDAY, "09:00", "15:00"))[0].named, terms_version=1)


async def all_at_once(
    steps: list[Coroutine[Any, Any, Any]], dice: random.Random, deaths: float = 0.0
) -> list[Any]:
    """Run them all; some die at a moment of their own. What came of each."""
    tasks = [asyncio.ensure_future(step) for step in steps]

    async def strike(task: asyncio.Future[Any]) -> None:
        await asyncio.sleep(dice.uniform(0, 1.0))
        task.cancel()

    strikes = [strike(task) for task in tasks if dice.random() < deaths]
    results = await asyncio.gather(*tasks, *strikes, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Conflict):
            raise result
    return results[: len(tasks)]


async def settled(kept: Any, *, minutes: float = 1) -> None:
    """Deadlines finish what was left."""
    for _ in range(6):
        kept.clock.forward(timedelta(minutes=minutes / 6))
        while await kept.parts.deadlines[0].once():
            continue


async def test_64_orders_for_the_last_place(kept: Any, replica: Any) -> None:
    await kept.agree(ONE)
    promise, dice = named(ONE), random.Random(3)

    def reserve(n: int) -> Any:
        process = (kept, replica)[n % 2]
        occasion = process.occasion(f"k-{n}", remembered=True, fingerprint=f"{n}")
        return process.reserving.reserve(f"o-{n}", f"{n:032x}", promise, occasion)

    came = await all_at_once([reserve(n) for n in range(ORDERS)], dice)
    again = await all_at_once([reserve(n) for n in range(ORDERS)], dice)

    winners = [each for each in came if each.stage is Stage.HELD]
    assert len(winners) == 1
    assert [each.stage for each in again] == [each.stage for each in came]
    day = await kept.day("own-couriers", TUESDAY)
    assert [name for name, each in day.bookings.items() if each.slot] == [winners[0].reservation_id]


async def test_64_orders_for_ten_places_while_half_of_them_die(kept: Any, replica: Any) -> None:
    await kept.agree(TEN)
    promise, dice = named(TEN), random.Random(7)
    orders = [f"o-{n}" for n in range(ORDERS)]

    def reserve(n: int) -> Any:
        process = (kept, replica)[n % 2]
        occasion = process.occasion(f"k-{n}", remembered=True, fingerprint=f"{n}")
        return process.reserving.reserve(f"o-{n}", f"{n:032x}", promise, occasion)

    await all_at_once([reserve(n) for n in range(ORDERS)], dice, deaths=0.5)
    await all_at_once(
        [reserve(n) for n in range(ORDERS)], dice
    )  # asked again, as by a caller that heard nothing
    await settled(kept)

    found = await kept.reserved(orders)
    held = {each.reservation_id for each in found if each.stage is Stage.HELD}
    day = await kept.day("own-couriers", TUESDAY)
    assert {each.stage for each in found} <= {Stage.HELD, Stage.GONE}
    assert (len(held), len(found)) == (10, ORDERS)
    assert {name for name, each in day.bookings.items() if each.slot} == held


async def test_confirmations_and_cancellations_at_once_leave_each_place_to_its_order(
    kept: Any, replica: Any
) -> None:
    couriers = own(
        couriers=(replace(IVAN, stops=6, minutes_per_stop=30), replace(PETR, stops=6, minutes_per_stop=30))
    )
    await kept.agree(couriers)
    promise, dice = named(couriers), random.Random(11)
    orders = [f"o-{n}" for n in range(30)]
    given_up = set(dice.sample(orders, 12))

    def reserve(order: str) -> Any:
        return kept.reserving.reserve(order, order.encode().hex(), promise, kept.occasion(f"k-{order}"))

    def told(order: str) -> list[Any]:
        heard = {"remembered": True}
        confirmed = replica.occasion(f"f-{order}", heard=(f"orders/{order}", 1), **heard)
        cancelled = replica.occasion(f"c-{order}", heard=(f"orders/{order}", 2), **heard)
        steps = [replica.reserving.confirm(order, order.encode().hex(), confirmed)]
        return [*steps, *([kept.reserving.cancel(order, cancelled)] if order in given_up else [])]

    await all_at_once([reserve(order) for order in orders], dice, deaths=0.3)
    steps = [step for order in orders for step in told(order)]
    dice.shuffle(steps)
    await all_at_once(steps, dice, deaths=0.3)
    await all_at_once([step for order in orders for step in told(order)], dice)  # told again, as by Kafka
    await settled(kept, minutes=20)

    found = await kept.reserved(orders)
    firm = {each.reservation_id for each in found if each.stage is Stage.FIRM}
    day = await kept.day("own-couriers", TUESDAY)
    assert all(each.owes is None for each in found)
    assert {name for name, each in day.bookings.items() if each.slot} == firm
    assert not firm & {order.encode().hex() for order in given_up}
    within = [each for each in day.booked if not each.over]
    assert all(sum(each.courier_id == courier for each in within) <= 6 for courier in ("ivan", "petr"))
