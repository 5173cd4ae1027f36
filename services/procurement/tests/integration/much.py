"""Procurement on a real MongoDB without Kafka; run as a program it imports a large feed and tells what it took.

python much.py <mongo> <database> <feed>
"""

import asyncio
import json
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from chassis.chassis import Listing, Parts
from chassis.claims import Claims, MemoryClaims
from chassis.clock import Clock, StoppedClock
from chassis.deadlines import DeadlineWorker, OnDeadline
from chassis.documents import Documents
from chassis.handling import Decider, Handler, Occasion
from chassis.mongo import MongoStore
from chassis.peers import Peers
from chassis.records import Record
from chassis.relay import Relay
from chassis.testing.memory import ScriptedPeers
from chassis.testing.plugin import MONDAY_MORNING
from chassis.vault import Vault
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


@dataclass
class MongoChassis:
    """What `compose` is given here; what is told is counted and acknowledged at once."""

    database: AsyncDatabase[dict[str, Any]] | None
    clock: Clock = field(default_factory=lambda: StoppedClock(MONDAY_MORNING))
    service: str = "procurement"
    told: int = 0

    def __post_init__(self) -> None:
        self.vault = Vault.of({"test": Vault.generate_key()})
        self.peers: Peers = ScriptedPeers({})
        self.stores: list[MongoStore[Any]] = []
        self.relay = Relay(self.publish)

    async def publish(self, record: Record) -> None:
        del record
        self.told += 1

    def store(self, documents: Documents[S]) -> Listing[S]:
        assert self.database is not None
        made = MongoStore(self.database, documents, self.vault)
        self.stores.append(made)
        return made

    def handler(self, decider: Decider[C, S, E], store: Listing[S]) -> Handler[C, S, E]:
        outboxes = next(each for each in self.stores if each is store)
        return Handler(self.service, decider, store, self.relay.ear(outboxes))

    def claims(self, name: str) -> Claims:
        del name
        return MemoryClaims()

    def deadlines(self, store: Listing[Any], on_deadline: OnDeadline) -> DeadlineWorker:
        due = next(each for each in self.stores if each is store)
        return DeadlineWorker(self.service, due, self.clock, on_deadline)

    async def prepared(self) -> Parts:
        """Procurement, with its indexes, and its relay at work."""
        parts = compose(self, ProcurementSettings())
        for store in self.stores:
            await store.prepare()
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
        sys.stdout.write(json.dumps({**figures, "told": chassis.told}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
