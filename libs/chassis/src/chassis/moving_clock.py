"""The development clock, shared by all services through one document, so that a day can pass in a second (wire.md 5)."""

import asyncio
from datetime import timedelta
from typing import Any

from pymongo import AsyncMongoClient

from chassis.clock import MovableClock

DATABASE = "opblok_clock"
LOOK_EVERY = 0.5


async def read_ahead(client: AsyncMongoClient[dict[str, Any]]) -> timedelta:
    """How far the development clock is ahead of the machine's."""
    found = await client[DATABASE]["clock"].find_one({"_id": "clock"})
    return timedelta(seconds=found["ahead_seconds"]) if found else timedelta()


async def move_forward(client: AsyncMongoClient[dict[str, Any]], by: timedelta) -> timedelta:
    """Move it; answer how far it is ahead now. Time never goes back."""
    if by < timedelta():
        raise ValueError("Time goes forward only.")
    await client[DATABASE]["clock"].update_one(
        {"_id": "clock"}, {"$inc": {"ahead_seconds": by.total_seconds()}}, upsert=True
    )
    return await read_ahead(client)


async def follow(client: AsyncMongoClient[dict[str, Any]], clock: MovableClock) -> None:
    """Keep a service's clock at the shared one."""
    while True:
        clock.ahead = await read_ahead(client)
        await asyncio.sleep(LOOK_EVERY)
