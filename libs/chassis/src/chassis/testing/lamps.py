"""A small world for the tests of reading: brass lamps that are lit and broken, told on topics of their own."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2
from contracts.fact import Fact

from chassis import topics
from chassis.clock import SystemClock
from chassis.connections import KafkaAccess, access
from chassis.lanes import Lanes
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions
from chassis.records import Record, record
from chassis.sessions import Pace
from chassis.settings import KafkaSettings

QUICK = Pace(look_every=0.5)


class LampLitV1(Fact):
    """Not in `FACTS`: no service ever tells it."""

    topic: ClassVar[str] = "lamp.lit"
    type: ClassVar[str] = "lamp.lit.v1"
    lamp_id: str
    minutes: int = 0

    def subject(self) -> str:
        return self.lamp_id


class LampLitV2(LampLitV1):
    """Its second version, on the same topic."""

    type: ClassVar[str] = "lamp.lit.v2"
    room: str = "hall"


class LampBrokenV1(Fact):
    """Another topic of the same story."""

    topic: ClassVar[str] = "lamp.broken"
    type: ClassVar[str] = "lamp.broken.v1"
    lamp_id: str

    def subject(self) -> str:
        return self.lamp_id


@dataclass(frozen=True, slots=True)
class LampTopic:
    """A topic of this world."""

    name: str
    partitions: int = 3
    replication: int = -1
    config: Mapping[str, str] = field(default_factory=lambda: {"retention.ms": "3600000"})


TOPICS = (LampTopic("lamp.lit"), LampTopic("lamp.broken"), LampTopic("dead-letters.lamps"))
READ = ("lamp.lit", "lamp.broken")
PARTITIONS = 3


def kafka_at(servers: str) -> KafkaSettings:
    """A Kafka of tests, where a consumer that dies is missed soon."""
    return KafkaSettings(servers=servers, session_timeout=3.0)


def new_lamp() -> str:
    """An id no other test uses."""
    return f"lamp-{uuid.uuid4().hex[:12]}"


async def make_topics(kafka: KafkaAccess, within: float = 30.0) -> None:
    """Returns when they are there."""
    async with asyncio.timeout(within):
        while True:
            try:
                await topics.apply(kafka, TOPICS)
            except (KafkaError, OSError):
                await asyncio.sleep(0.2)
            else:
                return


async def new_group(kafka: KafkaAccess) -> str:
    """A consumer group that has read all there is now."""
    group = f"lamps-{uuid.uuid4().hex[:12]}"
    async with _of_group(kafka, group) as (consumer, parts):
        await consumer.commit(await consumer.end_offsets(parts))
    return group


async def committed(kafka: KafkaAccess, group: str) -> dict[TopicPartition, int]:
    """How far the group has committed."""
    async with _of_group(kafka, group) as (consumer, parts):
        return {each: await consumer.committed(each) or 0 for each in parts}


async def ends(kafka: KafkaAccess) -> dict[TopicPartition, int]:
    """Where the topics end."""
    async with _of_group(kafka, "lamps-nobody") as (consumer, parts):
        return await consumer.end_offsets(parts)


@asynccontextmanager
async def _of_group(
    kafka: KafkaAccess, group: str
) -> AsyncGenerator[tuple[AIOKafkaConsumer, list[TopicPartition]]]:
    consumer = AIOKafkaConsumer(**access(kafka, "lamps"), group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        parts = [TopicPartition(topic, each) for topic in READ for each in range(PARTITIONS)]
        consumer.assign(parts)
        yield consumer, parts
    finally:
        await consumer.stop()


def told(fact: Fact, sequence: int = 1, source: str = "lamps") -> Record:
    """A finished record of it."""
    return record(fact, sequence, source, datetime.now(UTC), "a test")


@asynccontextmanager
async def publishing(kafka: KafkaAccess) -> AsyncGenerator[KafkaPublisher]:
    """A publisher, stopped afterwards."""
    publisher = KafkaPublisher(kafka, client_id="lamps")
    publisher.start()
    try:
        yield publisher
    finally:
        await publisher.stop()


@asynccontextmanager
async def reading(
    kafka: KafkaAccess,
    group: str,
    reactions: Reactions,
    publisher: KafkaPublisher,
    *,
    wired: Mapping[str, Any] | None = None,
    pace: Pace = QUICK,
) -> AsyncGenerator[Lanes]:
    """Lanes that read for this group, stopped afterwards."""
    lanes = Lanes(
        reactions, kafka, wired or {}, publisher=publisher, clock=SystemClock(), group=group, pace=pace
    )
    lanes.start()
    try:
        yield lanes
    finally:
        await lanes.stop(within=2.0)


def lane_of(lamp: str) -> int:
    """The partition number of its story."""
    return (murmur2(lamp.encode()) & 0x7FFFFFFF) % PARTITIONS


def lamps_of_different_lanes() -> tuple[str, str, str]:
    """Three new lamps, one in each lane."""
    found: dict[int, str] = {}
    while len(found) < PARTITIONS:
        lamp = new_lamp()
        found.setdefault(lane_of(lamp), lamp)
    return found[0], found[1], found[2]


async def tell_all(publisher: KafkaPublisher, records: Iterable[Record]) -> None:
    """Publish, in this order."""
    for each in records:
        await publisher(each)
