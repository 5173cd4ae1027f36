"""Two replicas of claims on one Kafka and one MongoDB: one of them leaves midway; nothing is doubled, nothing lost."""

import asyncio
import json
import uuid
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from chassis.chassis import Parts
from chassis.clock import StoppedClock
from chassis.handling import Occasion
from chassis.records import Record
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import MongoChassis, begin_at_the_end
from chassis.testing.waiting import eventually
from claims.application.claiming import claim_of
from claims.entrypoints.subscribers import reactions
from claims.testing.people import KOSTYA
from claims.testing.replicas import Database, started
from claims.testing.troubles import CAUSE, MONDAY
from contracts.crm import CustomerErasedV1, CustomerV1
from contracts.deliveries import DeliveryFailedV1
from contracts.quality import QualityAlarmV1

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"
MANY = 24


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


def alarm(story: str) -> QualityAlarmV1:
    fact = example("quality.alarm.v1.json")
    fact["call"] |= {"call_id": story, "order_id": story, "customer_id": f"of-{story}"}
    return QualityAlarmV1.model_validate(fact)


def refused(story: str) -> DeliveryFailedV1:
    fact = example("delivery.failed.v1.json") | {"reason": "refused_quality"}
    fact["shipment"] |= {"shipment_id": story, "order_id": story, "customer_id": f"of-{story}"}
    return DeliveryFailedV1.model_validate(fact)


def erased(story: str) -> CustomerErasedV1:
    customer = CustomerV1(customer_id=f"of-{story}", stage="customer")
    return CustomerErasedV1(customer=customer, reason="asked", by="dasha", at=MONDAY)


def told_by(*replicas: MongoChassis) -> list[str]:
    """The topics of the facts told, each fact once."""
    records: dict[str, Record] = {each.id: each for replica in replicas for each in replica.told}
    return [each.topic for each in records.values()]


async def test_a_replica_that_leaves_midway_costs_no_claim_and_doubles_none(
    database: Database, infra: Infra
) -> None:
    (one, mine), (other, others) = await started(database), await started(database)
    group, stories = f"claims-{uuid.uuid4().hex[:12]}", [uuid.uuid4().hex[:12] for _ in range(MANY)]
    await begin_at_the_end(infra.kafka, group, reactions.topics)
    kafka = kafka_at(infra.kafka)

    async with publishing(kafka) as publisher, AsyncExitStack() as stays, AsyncExitStack() as leaves:
        await stays.enter_async_context(reading(kafka, group, reactions, publisher, wired=mine.wired))
        await leaves.enter_async_context(reading(kafka, group, reactions, publisher, wired=others.wired))
        for number, story in enumerate(stories):
            for sequence in (1, 1, 2):
                await publisher(told(alarm(story), sequence, "quality"))
                await publisher(told(refused(story), sequence, "logistics"))
            if number == MANY // 2:
                await leaves.aclose()

        async def all_there() -> bool:
            return await database["claims"].count_documents({}) == 2 * MANY

        await eventually(all_there, within=60)
        for story in stories[:4]:
            await publisher(told(erased(story), 1, "crm"))

        async def forgotten() -> bool:
            return await database["claims"].count_documents({"state.erased_at": {"$ne": None}}) == 2 * 4

        await eventually(forgotten, within=60)
        await eventually(lambda: len(told_by(one, other)) >= 2 * MANY, within=30)

    assert told_by(one, other) == ["claim.opened"] * 2 * MANY
    held = await mine.wired["claims"].load(claim_of("quality", stories[-1]))
    assert held.state.keeper.staff_id == "owner"
    for replica in (one, other):
        await replica.relay.stop()


async def test_a_deadline_that_both_replicas_see_passes_once(database: Database) -> None:
    clock = StoppedClock(MONDAY)
    replicas = [await started(database, clock) for _ in range(2)]
    mine = replicas[0][1]
    await mine.wired["claiming"].open("k-1", CAUSE, KOSTYA, Occasion("o", MONDAY, KOSTYA))
    clock.forward(timedelta(hours=3))

    await asyncio.gather(*(_pass(parts) for _, parts in replicas for _ in range(3)))

    entries = await mine.wired["claims"].history("k-1")
    assert [each.what for each in entries] == [("ClaimOpened",), ("LeftAlone",)]
    for chassis, _ in replicas:
        await chassis.relay.stop()


async def _pass(parts: Parts) -> None:
    for worker in parts.deadlines:
        await worker.once()
