"""Hop and react: from a save to the reaction's save, and how fast a backlog is worked; against a raw aiokafka loop with
the same model and one majority-journaled write a record, the same number of partitions.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from chassis.clock import SystemClock
from chassis.documents import Documents
from chassis.handling import Decider, Handler, Occasion
from chassis.lanes import Lanes
from chassis.mongo import MongoStore
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions, ThisOccasion
from chassis.relay import Relay
from chassis.settings import KafkaSettings
from chassis.testing.shelf import ANNA, SHELF, SHELVES, Put
from contracts.procurement import StockChangedV1
from faststream import Context
from pydantic import TypeAdapter
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from bench.measuring import compare, in_turns, row

PARTITIONS = 3
Database = AsyncDatabase[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Seen:
    offer_id: str
    quantity: int | None


@dataclass(frozen=True, slots=True)
class See:
    offer_id: str
    quantity: int | None


def _seen(command: See, known: Seen | None) -> list[Seen]:
    now = Seen(command.offer_id, command.quantity)
    return [] if now == known else [now]


def _nothing(*_: object) -> tuple[()]:
    return ()


SEEN: Decider[See, Seen, Seen] = Decider(lambda c: c.offer_id, _seen, lambda _, now: now, _nothing, _nothing)
SIGHTS: Documents[Seen] = Documents(
    collection="seen", states=TypeAdapter(Seen), schema=1, listed=lambda _: {}
)


class Waiting:
    """Who waits for a thing to be seen."""

    def __init__(self) -> None:
        self.for_: dict[str, asyncio.Future[float]] = {}
        self.count = 0

    def of(self, key: str) -> "asyncio.Future[float]":
        return self.for_.setdefault(key, asyncio.get_running_loop().create_future())

    def come(self, key: str) -> None:
        self.count += 1
        if key in self.for_ and not self.for_[key].done():
            self.for_[key].set_result(time.perf_counter())


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
    kafka: str, database: Database, group: str, seen: Waiting
) -> AsyncGenerator[Callable[[str], Awaitable[None]]]:
    """Insert, send, read, insert: by hand."""
    producer: Any = AIOKafkaProducer(bootstrap_servers=kafka, acks="all")
    await producer.start()
    reading = asyncio.create_task(bare_loop(kafka, database, group, seen))

    async def tell(key: str) -> None:
        fact = fact_of(key)
        await database["bare_shelves"].insert_one({"_id": key, "bobbins": 1})
        await producer.send_and_wait("stock.changed", fact.model_dump_json().encode(), key.encode())

    try:
        yield tell
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await producer.stop()


async def bare_loop(kafka: str, database: Database, group: str, seen: Waiting) -> None:
    """A raw loop: one worker a partition, one write a record, commits as it goes."""
    consumer: Any = AIOKafkaConsumer(
        "stock.changed",
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


def fact_of(key: str) -> StockChangedV1:
    """A fact like those of the shelf."""
    from chassis.testing.shelf import announce, evolve

    change = SHELF.decide(Put(key, 1, datetime.now(UTC)), None)
    assert isinstance(change, list)
    first: Any = change[0]
    told = announce(first, evolve(None, first))[0]
    assert isinstance(told, StockChangedV1)
    return told


async def measure(kafka: str, mongo: str, *, count: int, backlog: int) -> None:
    """Print hop and react."""
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
        mongo, w="majority", journal=True, tz_aware=True
    )
    database = client[f"bench_hop_{uuid4().hex[:8]}"]
    ours_seen, bare_seen = Waiting(), Waiting()
    run = uuid4().hex[:8]
    async with (
        opblok_side(kafka, database, f"hop-ours-{run}", ours_seen) as handle,
        bare_side(kafka, database, f"hop-bare-{run}", bare_seen) as tell,
    ):

        async def our_hop(_: int) -> float:
            key = uuid4().hex
            await handle(Put(key, 1, datetime.now(UTC)), Occasion(key, datetime.now(UTC), ANNA), opening=True)
            saved = time.perf_counter()
            return await ours_seen.of(key) - saved

        async def bare_hop(_: int) -> float:
            key = uuid4().hex
            future = bare_seen.of(key)
            fact = asyncio.ensure_future(tell(key))
            began = time.perf_counter()
            await fact
            return await future - began

        row("hop: save to the reaction's save", "opblok", "raw loop", "ratio")
        for in_flight in (1, 16, 64):
            a, b = await in_turns([("opblok", our_hop), ("raw", bare_hop)], count, in_flight)
            compare(f"  {in_flight} in flight", a, b)
    await _react(kafka, database, backlog)
    await client.drop_database(database.name)
    await client.close()


async def _react(kafka: str, database: Database, backlog: int) -> None:
    """A backlog of records that nobody has read, worked by each side in turn."""
    producer: Any = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", linger_ms=5)
    await producer.start()
    run = uuid4().hex[:8]
    await _fill(producer, backlog, run)
    await producer.stop()
    rates: dict[str, list[float]] = {"opens": [], "loads": [], "raw": []}
    for turn in range(3):
        for side, seen in rates.items():
            fresh = database.client[f"{database.name}_{side}_{turn}"]
            seen.append(await _worked(side, kafka, fresh, f"react-{side}-{run}-{turn}", backlog))
            await database.client.drop_database(fresh.name)
    opens, loads, raw = (statistics.median(rates[side]) for side in ("opens", "loads", "raw"))
    row("react: a backlog of records", "opblok", "raw loop", "ratio")
    row(f"  {backlog} records, each opens a thing", f"{opens:.0f}/s", f"{raw:.0f}/s", f"{opens / raw:.2f}")
    row(f"  {backlog} records, each loads and saves", f"{loads:.0f}/s", f"{raw:.0f}/s", f"{loads / raw:.2f}")


async def _worked(side: str, kafka: str, database: Database, group: str, backlog: int) -> float:
    """Records a second, from the first one seen to the last; joining the group is not counted."""
    seen = Waiting()
    opened: Any = (
        bare_side(kafka, database, group, seen)
        if side == "raw"
        else opblok_side(kafka, database, group, seen, opening=side == "opens")
    )
    async with opened:
        while not seen.count:
            await asyncio.sleep(0.002)
        began, first = time.perf_counter(), seen.count
        while seen.count < backlog:
            await asyncio.sleep(0.01)
        return (seen.count - first) / (time.perf_counter() - began)


async def _fill(producer: Any, backlog: int, run: str) -> None:
    from chassis.records import record

    sends: list[Any] = []
    for n in range(backlog):
        made = record(fact_of(f"{run}-{n}"), 1, "warehouse", datetime.now(UTC), "bench")
        headers = [(name, value.encode()) for name, value in made.headers]
        sends.append(await producer.send(made.topic, made.value, made.key.encode(), headers=headers))
    await asyncio.gather(*sends)
