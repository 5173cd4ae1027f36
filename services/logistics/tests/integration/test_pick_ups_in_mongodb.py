"""A pick-up on a real MongoDB: two people scan at once, some of their requests die; each parcel leaves once, and all of them."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from typing import Any

from logistics.domain import shipment_commands as k
from logistics.domain.pick_up import PickUpStage
from logistics.testing.agreements import OWN, TODAY
from logistics.testing.people import STEPAN
from logistics.testing.pick_ups import PICK_UP
from logistics.testing.shipments import READY

MANY = 20
IDS = [f"o-{number}" for number in range(MANY)]
CODES = [f"{id_}.1" for id_ in IDS]


async def ready(kept: Any) -> None:
    """All of them are known to our own couriers, who are asked to come."""
    await kept.agree(OWN)
    shipping, at = kept.parts.wired["shipping"], kept.clock.now()
    for id_ in IDS:
        await shipping.hear(id_, READY, kept.occasion(f"fact-{id_}"))
        await shipping.ask(k.RegisterShipment(id_, f"{id_}.1", STEPAN, at), kept.occasion(f"r-{id_}", STEPAN))
    desk = kept.parts.wired["picking_up"]
    await desk.request("own-couriers", TODAY, None, STEPAN, kept.occasion("asked", STEPAN))


async def dispatched(kept: Any) -> Counter[str]:
    """How often each shipment was told to have left."""
    histories = [await kept.parts.wired["shipments"].history(id_) for id_ in IDS]
    return Counter(
        id_
        for id_, entries in zip(IDS, histories, strict=True)
        for entry in entries
        for what in entry.what
        if what == "ShipmentDispatched"
    )


async def test_what_two_people_scan_at_once_leaves_once_and_whoever_dies_is_followed(
    kept: Any, replica: Any
) -> None:
    await ready(kept)
    dice, desks = random.Random(3), [each.parts.wired["picking_up"] for each in (kept, replica)]

    def scan(number: int) -> Any:
        codes = dice.sample(CODES, 6)
        return desks[number % 2].hand_over(PICK_UP, codes, STEPAN, kept.occasion(f"scan-{number}", STEPAN))

    tasks = [asyncio.ensure_future(scan(number)) for number in range(10)]
    for task in tasks[::2]:
        await asyncio.sleep(dice.uniform(0, 0.02))
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await desks[1].hand_over(PICK_UP, CODES[:10], STEPAN, kept.occasion("last", STEPAN))
    kept.clock.forward(timedelta(minutes=1))
    for each in (*kept.parts.deadlines, *replica.parts.deadlines):
        await each.once()

    pick_up = await desks[0].known(PICK_UP)
    left = await dispatched(replica)
    assert pick_up.handing == ()
    assert sorted(each.shipment_id for each in pick_up.handed) == sorted(f"{id_}.1" for id_ in left)
    assert set(left.values()) == {1}
    assert set(CODES[:10]) <= {f"{id_}.1" for id_ in left}


async def test_of_two_replicas_that_meet_its_cut_off_one_tells_and_what_is_left_goes_with_the_next(
    kept: Any, replica: Any
) -> None:
    await ready(kept)
    kept.clock.forward(timedelta(hours=6))

    await asyncio.gather(*(each.once() for it in (kept, replica) for each in it.parts.deadlines))
    for each in (*kept.parts.deadlines, *replica.parts.deadlines):
        await each.once()

    pick_up = await kept.parts.wired["picking_up"].known(PICK_UP)
    assert (pick_up.stage, pick_up.left, pick_up.move_at) == (PickUpStage.MISSED, MANY, None)
    told = Counter(
        name for entry in await kept.parts.wired["pick_ups"].history(PICK_UP) for name in entry.what
    )
    assert told["PickUpMissed"] == 1
    waiting = replica.parts.wired["picking_up"].placing.waiting("own-couriers", TODAY + timedelta(days=1))
    assert len([each async for each in waiting]) == MANY
