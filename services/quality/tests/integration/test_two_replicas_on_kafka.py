"""Two replicas of quality as processes on one Kafka; one is killed under load: no call is doubled, none is lost (R82)."""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.publishing import KafkaPublisher
from chassis.records import record
from chassis.settings import KafkaSettings
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from quality.application.learning import call_id_of
from quality.testing.news import created, delivered

MANY = 48
TOPIC = "quality.call_due"


@pytest.fixture
async def due(infra: Infra) -> AsyncIterator[Any]:
    """Reads what is told from now on."""
    reader: Any = AIOKafkaConsumer(bootstrap_servers=infra.kafka, enable_auto_commit=False)
    await reader.start()
    reader.assign([TopicPartition(TOPIC, number) for number in range(3)])
    await reader.seek_to_end()
    for place in reader.assignment():
        await reader.position(place)
    yield reader
    await reader.stop()


async def tell(publisher: KafkaPublisher, ids: list[str]) -> None:
    """Each order, and its delivery twice."""
    now = datetime.now(UTC)
    facts = [
        each
        for id_ in ids
        for each in (
            record(created(id_, placed_at=now), 1, "orders", now, "test"),
            *(record(delivered(id_, now), n, "logistics", now, "test") for n in (1, 2)),
        )
    ]
    await asyncio.gather(*(publisher(each) for each in facts))


async def test_one_of_two_is_killed_and_each_order_has_one_call_told_once(
    surroundings: Any, replicas: Any, due: Any
) -> None:
    publisher = KafkaPublisher(KafkaSettings(), client_id="test")
    publisher.start()
    ids = [uuid.uuid4().hex for _ in range(MANY)]
    calls = surroundings["calls"]

    await tell(publisher, ids[: MANY // 2])
    await replicas.kill()
    await tell(publisher, ids[MANY // 2 :])
    await replicas.start()
    await eventually(lambda: there(calls, ids), within=90.0)
    await publisher.stop()

    wanted = {call_id_of(id_) for id_ in ids}
    assert {document["_id"] async for document in calls.find()} == wanted
    told = Counter[str]()
    seen = set[bytes]()
    while set(told) != wanted:
        found = await due.getone()
        headers = dict(found.headers)
        if headers["ce_id"] not in seen:
            told[headers["ce_subject"].decode()] += 1
        seen.add(headers["ce_id"])
    assert set(told.values()) == {1}


async def there(calls: Any, ids: list[str]) -> bool:
    return await calls.count_documents({"_id": {"$in": [call_id_of(id_) for id_ in ids]}}) == len(ids)
