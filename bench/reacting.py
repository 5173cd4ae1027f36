"""React: how fast a backlog is worked, against the raw loop; the same model, writes and number of partitions."""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from bench.measuring import row
from bench.sides import Database, bare_side, opblok_side
from bench.sights import Waiting, fact_of


async def measure_backlog(kafka: str, database: Database, backlog: int) -> None:
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
        bare_side(kafka, database, group, seen, topic="stock.changed")
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
