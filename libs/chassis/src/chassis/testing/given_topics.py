"""The topics of a test run: those of contracts, with three partitions each."""

import asyncio
import time

from aiokafka.errors import KafkaError
from contracts.topics import topics

from chassis.settings import KafkaSettings
from chassis.topics import apply

WITHIN = 60.0


def make(kafka: str) -> None:
    """Returns when they are there: so it is also the proof that the broker serves."""
    asyncio.run(persist(KafkaSettings(servers=kafka)))


async def persist(kafka: KafkaSettings) -> None:
    """Try until the broker takes it."""
    limit = time.monotonic() + WITHIN
    while True:
        try:
            await apply(kafka, topics("development"))
        except (KafkaError, OSError):
            if time.monotonic() > limit:
                raise
            await asyncio.sleep(0.2)
        else:
            return
