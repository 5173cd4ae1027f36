"""Shipments on a real MongoDB: told at once by two processes, some of which die, the story is the same and told once."""

import asyncio
import random
from collections import Counter
from typing import Any

from chassis.handling import Conflict
from logistics.domain import shipment_commands as k
from logistics.domain.shipment_stage import ShipmentStage
from logistics.testing.people import STEPAN
from logistics.testing.shipments import NOON, READY, SHIPMENT, dispatch, register, seen

S = ShipmentStage
STORY = (
    seen(S.OUT_FOR_DELIVERY, 10),
    seen(S.ATTEMPT_FAILED, 20, "no_contact"),
    seen(S.OUT_FOR_DELIVERY, 30),
    seen(S.ATTEMPT_FAILED, 40, "no_contact"),
    seen(S.DELIVERED, 50),
)


async def shipping_of(kept: Any) -> Any:
    return (await kept.parts.wired["shipments"].load("o-1")).state


async def test_two_processes_that_hear_of_a_confirmed_order_at_once_open_one_shipment(
    kept: Any, replica: Any
) -> None:
    desks = [each.parts.wired["shipping"] for each in (kept, replica)]
    heard = [
        kept.occasion(f"fact-{n % 3}", heard=("orders/o-1", 1 + n % 3), remembered=True) for n in range(12)
    ]

    came = await asyncio.gather(
        *(desks[n % 2].hear("o-1", READY, each) for n, each in enumerate(heard)), return_exceptions=True
    )

    assert all(each is None or isinstance(each, Conflict) for each in came), came
    shipping = await shipping_of(kept)
    assert [each.shipment_id for each in shipping.parcels] == [SHIPMENT]


async def test_reports_at_once_of_writers_that_die_end_as_if_told_one_by_one(kept: Any, replica: Any) -> None:
    desks, dice = [each.parts.wired["shipping"] for each in (kept, replica)], random.Random(5)
    await desks[0].hear("o-1", READY, kept.occasion("fact"))
    for name, command in (("r", register(STEPAN)), ("d", dispatch(STEPAN))):
        await desks[0].ask(command, kept.occasion(name, STEPAN))

    def tell(n: int) -> Any:
        report = STORY[n % len(STORY)]
        told = k.HearCarrier("o-1", SHIPMENT, (report,), NOON)
        return desks[n % 2].shipments(told, kept.occasion(f"s-{n}", remembered=True))

    tasks = [asyncio.ensure_future(tell(n)) for n in dice.sample(range(20), 20)]
    for task in tasks[::3]:
        await asyncio.sleep(dice.uniform(0, 0.01))
        task.cancel()
    came = await asyncio.gather(*tasks, return_exceptions=True)
    for each in came:
        if isinstance(each, Exception) and not isinstance(each, Conflict):
            raise each
    for n in range(20):
        await tell(n)

    parcel = (await shipping_of(replica)).current
    assert parcel.reports[1:] == STORY
    assert (parcel.stage, parcel.attempts) == (S.DELIVERED, 2)
    history = await kept.parts.wired["shipments"].history("o-1")
    what = Counter(name for entry in history for name in entry.what)
    assert (what["ShipmentDispatched"], what["DeliveryFailed"], what["ShipmentDelivered"]) == (1, 2, 1)
