"""How the servers stand: who leads, who is in sync, who is the primary, whether a group has members."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka.errors import KafkaError
from chassis.settings import KafkaSettings
from chassis.topic_listing import administering
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

IS_MEMBER = {1, 2}
"""Of a replica set: the primary, a secondary."""
BETWEEN_LOOKS = 0.2


class NeverWhole(Exception):
    """A cluster that did not become whole again in time."""


async def leader_of(kafka: str, topic: str) -> int:
    """The number of the broker that leads most partitions of a topic."""
    async with administering(KafkaSettings(servers=kafka)) as admin:
        (found,) = await admin.describe_topics([topic])
    return Counter(int(each["leader"]) for each in found["partitions"]).most_common(1)[0][0]


async def brokers_whole(kafka: str) -> bool:
    """Every replica of every partition, Kafka's own included, is in sync."""
    try:
        async with administering(KafkaSettings(servers=kafka)) as admin:
            found = await admin.describe_topics()
    except (KafkaError, OSError):
        return False
    return all(set(p["isr"]) == set(p["replicas"]) for topic in found for p in topic["partitions"])


async def primary_of(mongo: str) -> int:
    """The port of the primary."""
    async with AsyncMongoClient[dict[str, Any]](mongo, serverSelectionTimeoutMS=20_000) as client:
        hello = await client.admin.command("hello")
    return int(str(hello["me"]).rsplit(":", 1)[1])


async def members_whole(mongo: str) -> bool:
    """There is a primary, and all others follow it."""
    try:
        async with AsyncMongoClient[dict[str, Any]](mongo, serverSelectionTimeoutMS=2_000) as client:
            status = await client.admin.command("replSetGetStatus")
    except PyMongoError:
        return False
    return all(each["state"] in IS_MEMBER for each in status["members"])


async def members_of(kafka: str, group: str) -> int:
    """How many consumers Kafka counts as members of a group."""
    async with administering(KafkaSettings(servers=kafka)) as admin:
        (answer,) = await admin.describe_consumer_groups([group])
    (described,) = answer.to_object()["groups"]
    return len(described["members"])


async def until_true(look: Callable[[], Awaitable[bool]], what: str, within: float = 120.0) -> None:
    """Return once it is so."""
    limit = time.monotonic() + within
    while not await look():
        if time.monotonic() > limit:
            raise NeverWhole(what)
        await asyncio.sleep(BETWEEN_LOOKS)
