"""Ended deliveries are removed after their time; what waits is never touched."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from chassis.chassis import Loop
from chassis.clock import Clock
from pymongo.asynchronous.database import AsyncDatabase

from notifications.adapters.hook_documents import DELIVERIES

EVERY = 600.0


async def sweep(database: AsyncDatabase[dict[str, Any]], before: datetime) -> int:
    """Remove those that ended before; answer how many."""
    gone = await database[DELIVERIES.collection].delete_many({"listed.ended_at": {"$lt": before}})
    return gone.deleted_count


def sweeping(database: AsyncDatabase[dict[str, Any]], clock: Clock, keep: timedelta) -> Loop:
    """Every ten minutes."""

    async def go_on() -> None:
        while True:
            await sweep(database, clock.now() - keep)
            await asyncio.sleep(EVERY)

    return go_on
