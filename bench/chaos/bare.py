"""The bare cluster beside opblok: a plain insert, a plain send with acks=all, a plain consumer that sees it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from chassis.settings import KafkaSettings
from chassis.topic_listing import administering
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

TOPIC, PARTITIONS = "chaos-bare", 3


class Bare:
    """All settings are the libraries' own, but for acks and write concern."""

    def __init__(
        self, client: AsyncMongoClient[dict[str, Any]], producer: AIOKafkaProducer, consumer: AIOKafkaConsumer
    ) -> None:
        self._kept, self._producer, self._consumer = client["chaos_bare"]["orders"], producer, consumer
        self._seen: set[bytes] = set()

    async def __call__(self) -> None:
        """One thing kept, told and seen; tried again until it is."""
        key = uuid4().hex.encode()
        while True:
            with suppress(PyMongoError):
                await self._kept.insert_one({"_id": uuid4().hex, "what": "x" * 1000})
                break
            await asyncio.sleep(0.1)
        while True:
            with suppress(KafkaError):
                await self._producer.send_and_wait(TOPIC, b"x" * 1000, key=key)
                break
            await asyncio.sleep(0.1)
        while key not in self._seen:
            await asyncio.sleep(0.02)

    async def read(self) -> None:
        """For ever."""
        while True:
            with suppress(KafkaError):
                found = await self._consumer.getmany(timeout_ms=200)
                self._seen.update(each.key for records in found.values() for each in records if each.key)


@asynccontextmanager
async def bare(kafka: str, mongo: str) -> AsyncGenerator[Bare]:
    """On the same servers, topic included."""
    async with administering(KafkaSettings(servers=kafka)) as admin:
        for name, code, *_ in (await admin.create_topics([NewTopic(TOPIC, PARTITIONS, 3)])).topic_errors:
            if code and for_code(code) is not TopicAlreadyExistsError:
                raise for_code(code)(name)
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all")
    consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=kafka, group_id=f"bare-{uuid4().hex[:6]}")
    async with AsyncMongoClient[dict[str, Any]](mongo, w="majority", journal=True) as client:
        await producer.start()
        await consumer.start()
        side = Bare(client, producer, consumer)
        reading = asyncio.create_task(side.read())
        try:
            await asyncio.wait_for(side(), 60.0)
            yield side
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            await asyncio.gather(producer.stop(), consumer.stop(), return_exceptions=True)
