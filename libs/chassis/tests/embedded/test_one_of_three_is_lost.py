"""Three brokers and three members: the one that leads is killed in the midst of it, and nothing acknowledged is gone."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import NewTopic
from chassis.embedded.cluster import Cluster
from chassis.settings import KafkaSettings
from chassis.topic_listing import administering
from pymongo import AsyncMongoClient

TOPIC = "lamps"
WRITTEN = 200
KILLED_AT = 100


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    ours = Cluster.under(tmp_path_factory.mktemp("cluster"))
    try:
        ours.start()
        yield ours
    finally:
        ours.kill()


async def replicas(cluster: Cluster) -> tuple[int, int]:
    """The leader of the only partition, and how many replicas it has; the topic is made when it is not there."""
    async with administering(KafkaSettings(servers=cluster.kafka)) as admin:
        await admin.create_topics([NewTopic(TOPIC, 1, 3)])
        for _ in range(100):
            (found,) = await admin.describe_topics([TOPIC])
            if found["partitions"] and len(found["partitions"][0]["isr"]) == 3:
                return found["partitions"][0]["leader"], len(found["partitions"][0]["replicas"])
            await asyncio.sleep(0.1)
    raise TimeoutError(TOPIC)


async def read(cluster: Cluster) -> set[bytes | None]:
    consumer = AIOKafkaConsumer(bootstrap_servers=cluster.kafka)
    await consumer.start()
    try:
        part, found = TopicPartition(TOPIC, 0), set[bytes | None]()
        consumer.assign([part])
        await consumer.seek_to_beginning(part)
        end = (await consumer.end_offsets([part]))[part]
        while await consumer.position(part) < end:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found.update(each.value for each in records)
        return found
    finally:
        await consumer.stop()


@pytest.mark.timeout(300)
async def test_a_killed_leader_loses_no_record_that_was_acknowledged(cluster: Cluster) -> None:
    leader, count = await replicas(cluster)
    producer = AIOKafkaProducer(bootstrap_servers=cluster.kafka, acks="all", request_timeout_ms=60_000)
    await producer.start()

    for number in range(WRITTEN):
        if number == KILLED_AT:
            cluster.nodes[leader].kill()
        await producer.send_and_wait(TOPIC, str(number).encode())
    await producer.stop()

    assert count == 3
    assert await read(cluster) == {str(number).encode() for number in range(WRITTEN)}


@pytest.mark.timeout(300)
async def test_a_killed_primary_loses_no_write_that_a_majority_has(cluster: Cluster) -> None:
    async with AsyncMongoClient[dict[str, Any]](cluster.mongo) as client:
        lamps = client["shop"]["lamps"]
        primary = str((await client.admin.command("hello"))["me"])

        for number in range(WRITTEN):
            if number == KILLED_AT:
                cluster.members[int(primary.rsplit(":", 1)[1])].kill()
            await lamps.insert_one({"_id": number})

        assert await lamps.count_documents({}) == WRITTEN
        assert (await client.admin.command("hello"))["me"] != primary
