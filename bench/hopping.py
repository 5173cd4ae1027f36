"""Hop: from a save to the reaction's save, against a raw aiokafka loop with the same model and one majority-journaled
write a record, the same number of partitions.
"""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chassis.handling import Occasion
from chassis.testing.shelf import ANNA, Put
from pymongo import AsyncMongoClient

from bench.measuring import compare, in_turns, row
from bench.reacting import measure_backlog
from bench.sides import bare_side, opblok_side
from bench.sights import Waiting


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
        bare_side(kafka, database, f"hop-bare-{run}", bare_seen, topic="stock.stale") as tell,
    ):

        async def our_hop(_: int) -> float:
            key = uuid4().hex
            await handle(Put(key, 1, datetime.now(UTC)), Occasion(key, datetime.now(UTC), ANNA), opening=True)
            saved = time.perf_counter()
            return await ours_seen.of(key) - saved

        async def bare_hop(_: int) -> float:
            key = uuid4().hex
            future = bare_seen.of(key)
            saved = await tell(key)
            return await future - saved

        row("hop: save to the reaction's save", "opblok", "raw loop", "ratio")
        for in_flight in (1, 16, 64):
            a, b = await in_turns([("opblok", our_hop), ("raw", bare_hop)], count, in_flight)
            compare(f"  {in_flight} in flight", a, b)
    await measure_backlog(kafka, database, backlog)
    await client.drop_database(database.name)
    await client.close()
