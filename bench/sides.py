"""The two sides of hop and react: a service's handler, relay and lanes; and a raw loop by hand."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from chassis.clock import SystemClock
from chassis.handling import Handler
from chassis.lanes import Lanes
from chassis.mongo import MongoStore
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions, ThisOccasion
from chassis.relay import Relay
from chassis.settings import KafkaSettings
from chassis.testing.shelf import SHELF, SHELVES
from contracts.procurement import StockChangedV1
from faststream import Context
from pymongo.asynchronous.database import AsyncDatabase

from bench.sights import SEEN, SIGHTS, See, Waiting, fact_of

Database = AsyncDatabase[dict[str, Any]]


@asynccontextmanager
async def opblok_side(
    kafka: str, database: Database, group: str, seen: Waiting, *, opening: bool = True
) -> AsyncGenerator[Handler[Any, Any, Any]]:
    """Handler, relay and lanes, as a service has them."""
    settings = KafkaSettings(servers=kafka)
    publisher = KafkaPublisher(settings)
    publisher.start()
    relay = Relay(publisher)
    shelves, sights = MongoStore(database, SHELVES, None), MongoStore(database, SIGHTS, None)
    await shelves.prepare()
    await sights.prepare()
    see = Handler("reader", SEEN, sights, relay.ear(sights))
    reactions = Reactions("procurement")

    @reactions.told(StockChangedV1)
    async def take_in(
        told: StockChangedV1, occasion: ThisOccasion, handle: Annotated[Any, Context()]
    ) -> None:
        await handle(See(told.offer_id, told.quantity), occasion, opening=opening)
        seen.come(told.offer_id)

    lanes = Lanes(reactions, settings, {"handle": see}, publisher=publisher, clock=SystemClock(), group=group)
    relay.start()
    lanes.start()
    while not lanes.ready:
        await asyncio.sleep(0.05)
    try:
        yield Handler("warehouse", SHELF, shelves, relay.ear(shelves))
    finally:
        await lanes.stop(5)
        await relay.stop(5)
        await publisher.stop()


@asynccontextmanager
async def bare_side(
    kafka: str, database: Database, group: str, seen: Waiting, *, topic: str
) -> AsyncGenerator[Callable[[str], Awaitable[float]]]:
    """Insert, send, read, insert: by hand."""
    producer: Any = AIOKafkaProducer(bootstrap_servers=kafka, acks="all")
    await producer.start()
    reading = asyncio.create_task(bare_loop(kafka, database, group, seen, topic))

    async def tell(key: str) -> float:
        fact = fact_of(key)
        await database["bare_shelves"].insert_one({"_id": key, "bobbins": 1})
        saved = time.perf_counter()
        await producer.send_and_wait(topic, fact.model_dump_json().encode(), key.encode())
        return saved

    try:
        yield tell
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await producer.stop()


async def bare_loop(kafka: str, database: Database, group: str, seen: Waiting, topic: str) -> None:
    """A raw loop: one worker a partition, one write a record, commits as it goes."""
    consumer: Any = AIOKafkaConsumer(
        topic,
        bootstrap_servers=kafka,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=100,
    )
    await consumer.start()
    try:
        while True:
            batch = await consumer.getmany(timeout_ms=200, max_records=500)
            await asyncio.gather(
                *(_work(consumer, place, records, database, seen) for place, records in batch.items())
            )
    finally:
        await consumer.stop()


async def _work(
    consumer: Any, place: TopicPartition, records: list[Any], database: Database, seen: Waiting
) -> None:
    for record in records:
        told = StockChangedV1.model_validate_json(record.value)
        await database["bare_seen"].update_one(
            {"_id": told.offer_id}, {"$set": {"quantity": told.quantity}}, upsert=True
        )
        seen.come(told.offer_id)
    await consumer.commit({place: records[-1].offset + 1})
