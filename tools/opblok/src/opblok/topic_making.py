"""Topics as contracts want them, on a broker that may just have come up."""

import asyncio

from aiokafka.errors import KafkaError
from chassis.settings import KafkaSettings
from chassis.topics import Applied, apply
from contracts.topics import Mode, topics

TRIES = 40
PAUSE = 0.5


async def make_topics(
    kafka: KafkaSettings, mode: Mode = "development", partitions: int | None = None
) -> Applied:
    """Make or alter what differs. A broker that listens may still be busy with its first elections: then again."""
    for left in reversed(range(TRIES)):
        try:
            return await apply(kafka, topics(mode), partitions)
        except (KafkaError, OSError):
            if not left:
                raise
            await asyncio.sleep(PAUSE)
    raise AssertionError
