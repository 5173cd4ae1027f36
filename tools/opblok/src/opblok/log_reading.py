"""Reading Kafka's topics from the side: no group, nothing committed, nobody disturbed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from chassis.connections import access
from chassis.embedded.unable import CannotStart
from chassis.settings import KafkaSettings
from chassis.topics import listing

from opblok.home import home
from opblok.saying import give_up, given
from opblok.supervision.seen import read


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it lies in the log."""

    topic: str
    partition: int
    offset: int
    at: datetime
    key: str
    headers: dict[str, str]
    value: bytes | None

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


def kafka_settings() -> KafkaSettings:
    """Those of the environment; without OPBLOK_KAFKA the Kafka of the running stack."""
    settings = given(KafkaSettings)
    seen = read(home().seen)
    if "servers" in settings.model_fields_set or seen is None or not seen.kafka:
        return settings
    return settings.model_copy(update={"servers": seen.kafka})


def asked(question: Any) -> Any:
    """Run it, with a clear word when Kafka is silent."""
    try:
        return asyncio.run(question)
    except CannotStart as unable:
        give_up(unable.what, unable.remedy)
    except (KafkaError, OSError) as silent:
        give_up(
            f"Kafka does not answer at {kafka_settings().servers} ({type(silent).__name__}).",
            "`opblok ps` shows whether it runs; OPBLOK_KAFKA names another one.",
        )


async def records(topics: Sequence[str], since: datetime | None, *, follow: bool) -> AsyncIterator[Told]:
    """From the moment on (None: from the beginning); `follow`: and for ever, else until the end as it is now."""
    consumer = AIOKafkaConsumer(**access(kafka_settings(), "opblok-tail"), enable_auto_commit=False)
    await consumer.start()
    try:
        ends = await assign(consumer, topics, since)
        while follow or await behind(consumer, ends):
            batch = await consumer.getmany(timeout_ms=500)
            for record in sorted(
                (each for part in batch.values() for each in part), key=lambda r: r.timestamp
            ):
                yield told(record)
    finally:
        await consumer.stop()


async def assign(
    consumer: AIOKafkaConsumer, topics: Sequence[str], since: datetime | None
) -> dict[TopicPartition, int]:
    """Set the consumer to where reading begins; answer where it ends now."""
    # asked of the admin interface: a consumer of no group knows only what it was assigned before
    count = {each.name: each.partitions for each in await listing(kafka_settings())}
    parts = [TopicPartition(topic, number) for topic in topics for number in range(count.get(topic, 0))]
    consumer.assign(parts)
    ends = await consumer.end_offsets(parts)
    starts = await beginnings(consumer, parts, since, ends)
    for part, offset in starts.items():
        consumer.seek(part, offset)
    return ends


async def beginnings(
    consumer: AIOKafkaConsumer,
    parts: Sequence[TopicPartition],
    since: datetime | None,
    ends: dict[TopicPartition, int],
) -> dict[TopicPartition, int]:
    if since is None:
        return dict(await consumer.beginning_offsets(parts))
    moment = int(since.timestamp() * 1000)
    found = await consumer.offsets_for_times(dict.fromkeys(parts, moment))
    return {part: where.offset if (where := found.get(part)) else ends[part] for part in parts}


async def behind(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    return any([await consumer.position(part) < end for part, end in ends.items()])


def told(record: Any) -> Told:
    headers = {name: value.decode(errors="replace") for name, value in record.headers or ()}
    at = datetime.fromtimestamp(record.timestamp / 1000, UTC)
    key = record.key.decode(errors="replace") if record.key else ""
    return Told(record.topic, record.partition, record.offset, at, key, headers, record.value)
