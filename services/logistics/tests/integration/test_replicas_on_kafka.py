"""Two replicas of logistics on one Kafka and one MongoDB hear of orders and tell of deliveries; one of them goes. Each fact is
told once, in the order in which it happened, and every failure is one incident.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.clock import SystemClock
from chassis.listing import Query
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from contracts.orders import OrderPaidV1
from contracts.values import MoneyV1
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import Report
from logistics.domain.shipment_stage import ShipmentStage
from logistics.entrypoints.incident_subscribers import TABLE
from logistics.testing.agreements import OWN
from logistics.testing.people import STEPAN

MANY = 12
TOLD = ("delivery.scheduled", "delivery.dispatched", "delivery.failed", "delivery.delivered")
OPENED = "incident.opened"
PLACES = [TopicPartition(topic, number) for topic in (*TOLD, OPENED) for number in range(3)]


@pytest.fixture
async def replicas(database: Any, infra: Infra, story: str, start: Any) -> AsyncIterator[list[Any]]:
    """Both, reading as one group; `stop` of each ends it."""
    kafka, group = kafka_at(infra.kafka), f"logistics-{story}"
    stacks: list[AsyncExitStack] = []
    await begin_at_the_end(infra.kafka, group, TABLE.topics)
    found: list[Any] = []
    for _ in range(2):
        stack = AsyncExitStack()
        publisher = await stack.enter_async_context(publishing(kafka))
        replica = await start(database, clock=SystemClock(), publisher=publisher)
        stack.push_async_callback(replica.stop)
        await stack.enter_async_context(reading(kafka, group, TABLE, publisher, wired=replica.parts.wired))
        replica.ends, replica.speak = stack.aclose, publisher
        stacks.append(stack)
        found.append(replica)
    yield found
    for stack in stacks:
        await stack.aclose()


async def lying(kafka: str, mark: str) -> list[tuple[str, str, int, str]]:
    """Facts of this story in Kafka, by first appearance: topic, thing, sequence, id."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    consumer.assign(PLACES)
    ends = await consumer.end_offsets(PLACES)
    found: dict[str, tuple[str, str, int, str]] = {}
    await consumer.seek_to_beginning(*PLACES)
    while any([await consumer.position(place) < end for place, end in ends.items()]):
        for records in (await consumer.getmany(timeout_ms=500)).values():
            for each in records:
                head = {name: value.decode() for name, value in each.headers}
                if mark in each.key.decode():
                    fact = (each.topic, head["ce_subject"], int(head["ce_sequence"]), head["ce_id"])
                    found.setdefault(head["ce_id"], fact)
    await consumer.stop()
    return list(found.values())


async def lives(replicas: list[Any], order_id: str, dice: random.Random) -> None:
    """Registered, handed over, missed at the door, delivered; each step by whichever replica is asked."""
    shipment, now = f"{order_id}.1", SystemClock().now()

    def seen(stage: ShipmentStage, minutes: int) -> k.HearCarrier:
        at = now + timedelta(minutes=minutes)
        report = Report(f"{stage.value}@{minutes}", stage, at, "ivan", reason="no_contact")
        return k.HearCarrier(order_id, shipment, (report,), at)

    steps = (
        k.RegisterShipment(order_id, shipment, STEPAN, now),
        k.DispatchShipment(order_id, shipment, STEPAN, now),
        seen(ShipmentStage.ATTEMPT_FAILED, 5),
        seen(ShipmentStage.DELIVERED, 9),
    )
    for number, command in enumerate(steps):
        desk = dice.choice(replicas)
        await desk.parts.wired["shipping"].ask(command, desk.occasion(f"{shipment}/{number}", STEPAN))


async def test_each_fact_is_told_once_and_in_order_whichever_replica_is_there(
    replicas: list[Any], infra: Infra, story: str, orders: Any
) -> None:
    one, other = replicas
    await one.agree(OWN)
    dice, now = random.Random(7), SystemClock().now()
    ids = [f"o-{story}-{number}" for number in range(MANY)]
    news = [each for id_ in ids for each in of_order(orders, id_, now)] * 2
    await asyncio.gather(*(one.speak(each) for each in dice.sample(news, len(news))))
    shipments = other.parts.wired["shipments"]

    async def may_go() -> bool:
        states = [each.state for each in await shipments.load_many(ids)]
        return all(each is not None and each.known.covered and each.parcels for each in states)

    await eventually(may_go, within=60)
    await asyncio.gather(*(lives(replicas, id_, dice) for id_ in ids[: MANY // 2]))
    await one.ends()
    await asyncio.gather(*(lives([other], id_, dice) for id_ in ids[MANY // 2 :]))

    incidents = other.parts.wired["incidents"]

    async def all_told() -> bool:
        return len(await lying(infra.kafka, story)) >= MANY * (len(TOLD) + 1)

    await eventually(all_told, within=60)
    facts = await lying(infra.kafka, story)
    by_shipment = {
        f"{id_}.1": sorted((n, topic) for topic, it, n, _ in facts if it == f"{id_}.1") for id_ in ids
    }
    assert [[topic for _, topic in each] for each in by_shipment.values()] == [list(TOLD)] * MANY
    assert len([topic for topic, *_ in facts if topic == OPENED]) == MANY
    opened = [[each async for each in linked(incidents, f"{id_}.1")] for id_ in ids]
    assert [len(each) for each in opened] == [1] * MANY


def of_order(orders: Any, order_id: str, now: Any) -> list[Any]:
    """Agreed and not paid for; paid for."""
    unpaid, paid = orders.may_go(order_id, paid=False, at=now), orders.may_go(order_id, at=now)
    payment = OrderPaidV1(
        order=paid.order, payment_id="p-1", amount=MoneyV1(minor=1, currency="RUB"), method="card"
    )
    return [told(unpaid, 1, "orders"), told(payment, 2, "orders")]


async def linked(incidents: Any, shipment_id: str) -> AsyncIterator[Any]:
    for held in (await incidents.page(Query({"linked": shipment_id}), 10)).items:
        yield held.state
