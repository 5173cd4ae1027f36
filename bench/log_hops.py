"""Hops as the log shows them, and the raw loop's beside them."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from chassis.envelopes import text_of
from contracts.topics import topics
from pymongo import AsyncMongoClient

from bench.killing.evidence import Outside
from bench.measuring import Side, drive
from bench.sides import bare_side
from bench.sights import Waiting

RAW = "bench.raw"


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in the log: when it came, in seconds, and what caused it."""

    topic: str
    at: float
    cause: str


async def told(outside: Outside) -> AsyncGenerator[tuple[str, Told]]:
    """Every fact of the log by its id; the first telling counts."""
    names = [each.name for each in topics() if not each.is_dead_letters]
    async for record in outside.records(names, {}):
        cause = text_of(record.headers, "ce_causationid") or ""
        yield text_of(record.headers, "ce_id") or "", Told(record.topic, record.timestamp / 1000, cause)


def hops(facts: Iterable[tuple[str, Told]]) -> dict[str, list[float]]:
    """Seconds by hop: a fact that another one caused, at once, not by a deadline."""
    first: dict[str, Told] = {}
    for ce_id, fact in facts:
        first.setdefault(ce_id, fact)
    took: dict[str, list[float]] = defaultdict(list)
    for fact in first.values():
        cause = first.get(fact.cause.partition("/")[0])
        if cause is not None:
            took[f"{cause.topic} > {fact.topic}"].append(max(0.0, fact.at - cause.at))
    return took


async def raw_hop(outside: Outside, count: int, in_flight: int) -> Side:
    """The same way by hand, with one insert on each end, while the services run and rest."""
    admin = AIOKafkaAdminClient(bootstrap_servers=outside.kafka)
    await admin.start()
    await admin.create_topics([NewTopic(RAW, 3, 1)])
    await admin.close()
    seen, run = Waiting(), uuid4().hex[:8]
    async with AsyncMongoClient[dict[str, Any]](
        outside.mongo, w="majority", journal=True, tz_aware=True
    ) as client:
        database = client[f"bench_raw_{run}"]
        async with bare_side(outside.kafka, database, f"raw-{run}", seen, topic=RAW) as tell:

            async def hop(_: int) -> float:
                key = uuid4().hex
                future = seen.of(key)
                saved = await tell(key)
                return await future - saved

            await drive("warm", hop, count, in_flight)
            return await drive("raw", hop, count, in_flight)
