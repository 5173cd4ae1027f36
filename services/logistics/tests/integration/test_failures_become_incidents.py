"""What logistics tells of its own failed deliveries comes back to it by Kafka and is one incident each, whichever of two
replicas hears it, however often, also when one of them goes in the middle (R50-R52).
"""

import random
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from logistics.domain import shipment_commands as k
from logistics.domain.shipment_stage import ShipmentStage
from logistics.entrypoints.incident_subscribers import TABLE
from logistics.testing.agreements import OWN
from logistics.testing.people import STEPAN
from logistics.testing.shipments import NOON, READY, seen

MANY = 12
FAILED = (
    replace(seen(ShipmentStage.ATTEMPT_FAILED, 20, "no_contact"), source="customer"),
    replace(seen(ShipmentStage.ATTEMPT_FAILED, 40, "wrong_address"), source="manager"),
    replace(seen(ShipmentStage.FAILED, 60, "loss"), source="own_courier"),
)


async def fail(kept: Any, order_id: str) -> None:
    """It leaves us, and fails three times, each for another reason."""
    desk, shipment_id = kept.parts.wired["shipping"], f"{order_id}.1"
    await desk.hear(order_id, READY, kept.occasion(f"{order_id}-heard"))
    for command in (
        k.RegisterShipment(order_id, shipment_id, STEPAN, NOON),
        k.DispatchShipment(order_id, shipment_id, STEPAN, NOON),
    ):
        await desk.ask(command, kept.occasion(f"{order_id}-{type(command).__name__}", STEPAN))
    await desk.shipments(
        k.HearCarrier(order_id, shipment_id, FAILED, NOON), kept.occasion(f"{order_id}-failed")
    )


async def incidents_of(kept: Any, order_ids: list[str]) -> list[Any]:
    held = kept.chassis.database["incidents"].find({"listed.linked": {"$in": order_ids}})
    return [each async for each in held]


async def test_each_failure_is_opened_once_by_two_replicas_one_of_which_goes(
    kept: Any, replica: Any, infra: Infra, story: str
) -> None:
    await kept.agree(OWN)
    order_ids, group, dice = [f"o-{story}-{n}" for n in range(MANY)], f"logistics-{story}", random.Random(7)
    for order_id in order_ids:
        await fail(kept, order_id)

    def failures() -> list[Any]:
        return [each for each in kept.chassis.told if each.topic == "delivery.failed"]

    await eventually(lambda: len(failures()) == 3 * MANY)
    told = failures()
    await begin_at_the_end(infra.kafka, group, TABLE.topics)

    async with publishing(kafka_at(infra.kafka)) as publisher, AsyncExitStack() as readers:
        first = await readers.enter_async_context(AsyncExitStack())
        await first.enter_async_context(
            reading(kafka_at(infra.kafka), group, TABLE, publisher, wired=kept.parts.wired)
        )
        await readers.enter_async_context(
            reading(kafka_at(infra.kafka), group, TABLE, publisher, wired=replica.parts.wired)
        )
        for record in dice.sample(told, len(told)):
            await publisher(record)
        await first.aclose()
        for record in dice.sample(told, len(told)):
            await publisher(record)

        async def all_opened() -> bool:
            return len(await incidents_of(kept, order_ids)) == 3 * MANY

        await eventually(all_opened, within=60)

    found = await incidents_of(kept, order_ids)
    assert Counter(each["listed"]["kind"] for each in found) == dict.fromkeys(
        ("no_contact", "wrong_address", "loss"), MANY
    )
    for each in found:
        history = await kept.parts.wired["incidents"].history(each["_id"])
        assert [(entry.what, len(entry.told)) for entry in history] == [(("IncidentOpened",), 1)]

    def opened() -> set[str]:
        told = [each for one in (kept, replica) for each in one.chassis.told]
        return {dict(each.headers)["ce_id"] for each in told if each.topic == "incident.opened"}

    await eventually(lambda: len(opened()) == 3 * MANY)
