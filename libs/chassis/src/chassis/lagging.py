"""How far reading is behind, asked of Kafka itself: a fetcher that has died reports nothing."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

WITHIN = 5.0
NOWHERE = -1
"""The position of a partition that has none: it is not being read at all."""


@dataclass(frozen=True, slots=True)
class Lagging:
    """The ends of the partitions that are ours, and where the consumer is in each."""

    ends: Mapping[TopicPartition, int]
    at: Mapping[TopicPartition, int]

    def behind(self, paused: set[TopicPartition]) -> dict[TopicPartition, int]:
        """The positions of what has more to read and is not held back by us."""
        return {
            each: self.at[each]
            for each, end in self.ends.items()
            if each not in paused and end > self.at[each]
        }

    def by_topic(self, settled: Mapping[TopicPartition, int]) -> dict[str, int]:
        """Records not settled yet."""
        lag: dict[str, int] = {}
        for each, end in self.ends.items():
            missing = end - settled.get(each, max(0, self.at[each]))
            lag[each.topic] = lag.get(each.topic, 0) + max(0, missing)
        return lag


async def lagging(consumer: AIOKafkaConsumer) -> Lagging | None:
    """None when Kafka does not answer."""
    with contextlib.suppress(KafkaError, OSError):
        async with asyncio.timeout(WITHIN):
            ends = await consumer.end_offsets(consumer.assignment())
        at = await asyncio.gather(*(_position(consumer, each) for each in ends))
        return Lagging(ends, dict(zip(ends, at, strict=True)))
    return None


async def _position(consumer: AIOKafkaConsumer, partition: TopicPartition) -> int:
    try:
        async with asyncio.timeout(WITHIN):
            return await consumer.position(partition)
    except (KafkaError, OSError):
        return NOWHERE
