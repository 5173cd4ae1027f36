"""Procurement on a real MongoDB without Kafka; run as a program it imports a large feed and tells what it took.

python much.py <mongo> <database> <feed>
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, TypeVar

from chassis.chassis import Parts
from chassis.clock import Clock, StoppedClock
from chassis.handling import Occasion
from chassis.records import Record
from chassis.testing import replica
from chassis.testing.plugin import MONDAY_MORNING
from kernel.actor import Actor, Grade, Role
from procurement.bootstrap import compose
from procurement.domain.feed_import import Stage
from procurement.domain.feed_import_commands import ReceiveFeed
from procurement.domain.feed_mapping import AcceptMapping
from procurement.domain.feed_sight import guessed
from procurement.domain.supplier import AgreeConditions, Conditions
from procurement.settings import ProcurementSettings
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
ANNA = Actor("anna", frozenset({Role.BUYER}))
SENIOR = Actor("anna", frozenset({Role.BUYER}), Grade.SENIOR)


class MongoChassis(replica.MongoChassis):
    """Procurement's. What is told is counted and not kept: a large feed tells much."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]] | None) -> None:
        super().__init__("procurement", database, StoppedClock(MONDAY_MORNING))
        self.count = 0

    async def publish(self, record: Record) -> None:
        del record
        self.count += 1

    async def prepared(self) -> Parts:
        """Procurement, with its indexes, and its relay at work."""
        parts = compose(self, ProcurementSettings())
        await self.prepare()
        self.relay.start()
        return parts


def occasion(name: str, clock: Clock) -> Occasion:
    return Occasion(name, clock.now(), ANNA)


async def received(parts: Parts, clock: Clock, supplier: str, feed: Path, import_id: str) -> None:
    """A supplier's feed is in the spool, its import open."""
    now = clock.now()
    agreed = Conditions(supplier, None, 1, MONDAY_MORNING - MONDAY_MORNING.replace(year=2025))
    command = AgreeConditions(supplier, agreed, now)
    await parts.wired["to_suppliers"](command, occasion(f"agree-{supplier}", clock))
    receive = ReceiveFeed(import_id, supplier, "anna", from_address=False, accept_stale=False, at=now)
    await parts.wired["receiving"].upload(receive, feed, occasion(import_id, clock))


async def worked_off(parts: Parts, clock: Clock, import_id: str) -> None:
    """The import is worked off; where it asks what its columns mean, Anna says yes to the guess."""
    await parts.wired["waking"].drain()
    now = (await parts.wired["imports"].load(import_id)).state
    if now.stage is Stage.MAPPING:
        yes = AcceptMapping(now.supplier_id, import_id, guessed(now.sight), now.sight, SENIOR, clock.now())
        await parts.wired["mapping"].accept(yes, occasion("yes", clock))
        await parts.wired["waking"].drain()


async def main(mongo: str, name: str, feed: Path) -> None:
    async with AsyncMongoClient[dict[str, Any]](mongo, tz_aware=True) as client:
        chassis = MongoChassis(client[name])
        parts = await chassis.prepared()
        await received(parts, chassis.clock, "brass", feed, "i-1")
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
        await worked_off(parts, chassis.clock, "i-1")
        took = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        done = (await parts.wired["imports"].load("i-1")).state
        await chassis.relay.stop(within=60)
        figures = {
            "new": done.tally.new,
            "stage": done.stage,
            "grew_mb": (after - before) / 1024,
            "took": took,
            "child_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }
        sys.stdout.write(json.dumps({**figures, "told": chassis.count}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
