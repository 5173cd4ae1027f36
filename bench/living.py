"""Whole lives of orders over all services: how many a second, the p99 of each hop, and memory at rest and under this load.

A hop is what lies between a fact and the fact that it caused, by the log's own times; beside it the raw loop's, on the same
servers in the same run.
"""

import asyncio
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from chassis.moving_clock import move_forward
from pymongo import AsyncMongoClient

from bench.killing.answered import Answered, Life
from bench.killing.evidence import Outside
from bench.killing.lives import Lives
from bench.killing.people import People
from bench.log_hops import hops, raw_hop, told
from bench.measuring import Side, drive, row
from bench.own_stack import OwnStack

SEEN_AT_LEAST = 20
"""Of a hop that was made less often no p99 is shown."""
LOOK_EVERY = 0.5


def measure(*, lives: int, in_flight: int) -> None:
    """Print them."""
    with tempfile.TemporaryDirectory(prefix="opblok-lives-", ignore_cleanup_errors=True) as folder:
        stack = OwnStack(Path(folder))
        stack.start()
        try:
            asyncio.run(measured(stack, lives, in_flight))
        finally:
            stack.stop()


async def measured(stack: OwnStack, count: int, in_flight: int) -> None:
    outside, answered = Outside(stack.seen.kafka, stack.seen.mongo), Answered()
    phones = [f"+7916{random.randrange(10**7):07d}" for _ in range(100)]
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=40)) as http:
        people = People(stack, http, answered)
        alive = Lives(people, answered, outside.mongo, uuid4().hex[:6], phones)
        await alive.prepare()
        resting = megabytes(stack)
        async with peak_of(stack) as peak:
            door = await drive("to the door", lambda _: timed(alive.live), count, in_flight)
            began = time.perf_counter()
            await the_day_after(alive, outside.mongo)
            after = time.perf_counter() - began
    raw = await raw_hop(outside, count, in_flight)
    row("whole lives", "a second", "", "")
    row(f"  from the site to the door, {in_flight} in flight", f"{door.per_second:.2f}")
    row("  with the question and the claim", f"{count / (count / door.per_second + after):.2f}")
    row("hop: from a fact to the fact it caused", "p99, ms", "times", "raw p99")
    for name, took in sorted(hops([each async for each in told(outside)]).items()):
        side = Side(name, took)
        if len(took) >= SEEN_AT_LEAST:
            row(f"  {name}", f"{side.p99 * 1000:.0f}", len(took), f"{side.p99 / raw.p99:.2f}")
    row("memory, MB", "at rest", "most", "")
    for name, most in peak.items():
        row(f"  {name}", f"{resting[name]:.0f}", f"{most:.0f}")
    assert not answered.refused, answered.refused[:3]


async def timed(does: Callable[[], Coroutine[Any, Any, None]]) -> float:
    began = time.perf_counter()
    await does()
    return time.perf_counter() - began


async def the_day_after(alive: Lives, mongo: str) -> None:
    """Time passes until everybody may be called; everybody is asked, and what is claimed is settled."""
    limit, waiting, unsettled = time.monotonic() + 300, list[Life](), list[Life]()
    while time.monotonic() < limit:
        await alive.ask()
        await alive.settle()
        waiting = [life for life in alive.answered.lives if life.delivered and life.content is None]
        unsettled = [life for life in alive.answered.lives if life.content is False and not life.decided]
        if not waiting and not unsettled:
            return
        if waiting and not await alive.may_call():
            async with AsyncMongoClient[dict[str, Any]](mongo) as client:
                await move_forward(client, timedelta(hours=1))
            await asyncio.sleep(1.0)
    calls = await alive.calls_left()
    raise TimeoutError(f"{len(waiting)} not asked, {len(unsettled)} claims not settled; {calls}")


def megabytes(stack: OwnStack) -> dict[str, float]:
    """Resident memory by part, now."""
    found = ((part.name, part.process()) for part in stack.seen.parts)
    return {name: process.memory_info().rss / 2**20 for name, process in found if process}


@asynccontextmanager
async def peak_of(stack: OwnStack) -> AsyncGenerator[dict[str, float]]:
    """The most that each part had meanwhile."""
    most: dict[str, float] = defaultdict(float)

    async def look() -> None:
        while True:
            for name, now in (await asyncio.to_thread(megabytes, stack)).items():
                most[name] = max(most[name], now)
            await asyncio.sleep(LOOK_EVERY)

    looking = asyncio.create_task(look())
    try:
        yield most
    finally:
        looking.cancel()
