"""One at a time, over all processes of crm: a lease in one document, given up at the end or over by itself."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

from chassis.clock import Clock
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

LEASE = timedelta(seconds=10)
"""Far longer than a turn takes; who died in his turn keeps others waiting no longer."""
LOOK_EVERY = 0.05


class MongoTurns:
    """`clock` is real time: leases never use the movable one."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]], clock: Clock) -> None:
        self._collection = database["turns"]
        self._clock = clock
        self._here = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, of: str) -> AsyncGenerator[None]:
        async with self._here:
            mine = uuid4().hex
            await self._wait(of, mine)
            try:
                yield
            finally:
                await self._collection.delete_one({"_id": of, "holder": mine})

    async def _wait(self, of: str, mine: str) -> None:
        while not await self._taken(of, mine):  # noqa: ASYNC110 - the other is another process
            await asyncio.sleep(LOOK_EVERY * random.uniform(0.5, 1.5))  # noqa: S311

    async def _taken(self, of: str, mine: str) -> bool:
        now = self._clock.now()
        try:
            await self._collection.update_one(
                {"_id": of, "until": {"$lt": now}},
                {"$set": {"holder": mine, "until": now + LEASE}},
                upsert=True,
            )
        except DuplicateKeyError:
            return False  # another has it, and his lease is not over
        return True


class MemoryTurns:
    """One at a time in one process, for component tests."""

    def __init__(self) -> None:
        self._here = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, of: str) -> AsyncGenerator[None]:
        del of
        async with self._here:
            yield
