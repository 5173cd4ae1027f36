"""The topics of a test run, with three partitions each."""

import asyncio
import importlib
import time

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError
from contracts.fact import FACTS

SERVICES = ("crm", "procurement", "orders")
PARTITIONS = 3
WITHIN = 60.0


def make(kafka: str) -> None:
    """Returns when they are there: so it is also the proof that the broker serves."""
    asyncio.run(_persist(kafka))


async def _persist(kafka: str) -> None:
    limit = time.monotonic() + WITHIN
    while True:
        try:
            return await _make(kafka)
        except (KafkaError, OSError):
            if time.monotonic() > limit:
                raise
            await asyncio.sleep(0.2)


async def _make(kafka: str) -> None:
    for service in SERVICES:
        importlib.import_module(f"contracts.{service}")  # enters its facts into FACTS
    wanted = {fact.topic for fact in FACTS.values()}
    wanted |= {f"dead-letters.{service}" for service in SERVICES}
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        missing = sorted(wanted - set(await admin.list_topics()))
        await admin.create_topics([NewTopic(name, PARTITIONS, 1) for name in missing])
    finally:
        await admin.close()
