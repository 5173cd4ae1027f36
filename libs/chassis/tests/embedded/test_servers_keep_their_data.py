"""The embedded servers, as a user with bad luck meets them: killed, restarted, moved to another port."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from chassis.embedded.ground import free_ports
from chassis.embedded.mongo import Mongo
from chassis.embedded.running import Running
from chassis.embedded.servers import Servers
from chassis.settings import KafkaSettings
from chassis.testing import given_topics
from chassis.topics import listing
from pymongo import AsyncMongoClient

TOPIC = "order.created"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    ours = Servers.under(tmp_path_factory.mktemp("данные магазина"))
    ours.start()
    yield ours
    ours.stop()


async def told(servers: Servers, value: bytes) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=servers.kafka.address, acks="all")
    await producer.start()
    try:
        await producer.send_and_wait(TOPIC, value)
    finally:
        await producer.stop()


async def first_fact(servers: Servers) -> bytes | None:
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=servers.kafka.address, auto_offset_reset="earliest")
    await consumer.start()
    try:
        return (await consumer.getone()).value
    finally:
        await consumer.stop()


async def test_a_killed_kafka_still_has_what_it_acknowledged(servers: Servers) -> None:
    settings = KafkaSettings(servers=servers.kafka.address)
    await given_topics.persist(settings)
    await told(servers, b"a brass lamp")

    servers.kafka.kill()
    servers.kafka.start()

    assert await first_fact(servers) == b"a brass lamp"
    assert TOPIC in {each.name for each in await listing(settings)}


async def test_a_killed_mongodb_still_has_what_it_acknowledged(servers: Servers) -> None:
    async with AsyncMongoClient[dict[str, Any]](servers.mongo.address) as client:
        await client["shop"]["lamps"].insert_one({"_id": "brass"})

        servers.mongo.kill()
        servers.mongo.start()

        assert await client["shop"]["lamps"].find_one() == {"_id": "brass"}


def test_both_end_when_asked_and_come_again(servers: Servers) -> None:
    servers.stop()

    assert not servers.kafka.is_alive()
    assert not servers.mongo.is_alive()
    servers.start()
    assert servers.kafka.is_alive()


def test_mongodb_keeps_its_data_under_another_port(tmp_path: Path) -> None:
    first, second = free_ports(2)
    mongo = Mongo(tmp_path / "data", tmp_path / "mongo.log", first)
    running = Running(mongo)
    running.start()
    running.stop()

    moved = Running(replace(mongo, port=second))
    moved.start()

    assert moved.server.is_ready()
    moved.kill()
