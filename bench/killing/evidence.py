"""What can be seen from outside: the log in Kafka, the histories and debts in MongoDB, how far each group has read."""

import asyncio
import importlib.util
import json
from collections.abc import AsyncGenerator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.connections import access
from chassis.envelopes import text_of
from chassis.letters import letters
from chassis.settings import KafkaSettings
from chassis.topic_listing import listing
from contracts.topics import services, topics
from opblok.stack.settings import SERVICES
from pymongo import AsyncMongoClient

from bench.killing.oracle import Logged, Saved

Document = dict[str, Any]
IS_THING: Document = {"outbox": {"$exists": True}, "version": {"$exists": True}}


@dataclass(frozen=True, slots=True)
class Outside:
    """Where a stack's Kafka and MongoDB are, and the services that run there."""

    kafka: str
    mongo: str
    prefix: str = "opblok_"
    services: tuple[str, ...] = SERVICES

    @property
    def settings(self) -> KafkaSettings:
        return KafkaSettings(servers=self.kafka)

    async def facts(self, since: dict[TopicPartition, int] | None = None) -> list[Logged]:
        """All facts in the log, from these offsets on. One that a dead letter's replay told again is no new one."""
        names = [each.name for each in topics() if not each.is_dead_letters]
        return [logged(record) async for record in self.records(names, since or {})]

    async def records(self, names: Iterable[str], since: dict[TopicPartition, int]) -> AsyncGenerator[Any]:
        """Every record of these topics, to the end as it is now."""
        async with self._consumer(None) as consumer:
            parts = await self._partitions(names)
            consumer.assign(parts)
            ends, begins = await consumer.end_offsets(parts), await consumer.beginning_offsets(parts)
            for part in parts:
                consumer.seek(part, max(begins[part], since.get(part, 0)))
            while [part for part in parts if await consumer.position(part) < ends[part]]:
                for batch in (await consumer.getmany(timeout_ms=300)).values():
                    for record in batch:
                        yield record

    async def ends(self) -> dict[TopicPartition, int]:
        """Where the topics of facts end now."""
        async with self._consumer(None) as consumer:
            parts = await self._partitions(each.name for each in topics() if not each.is_dead_letters)
            return dict(await consumer.end_offsets(parts))

    async def lag(self) -> int:
        """Records that the services have not settled yet."""
        ends, total = await self.ends(), 0
        for service in self.services:
            async with self._consumer(service) as consumer:
                found = await asyncio.gather(*(consumer.committed(part) for part in ends))
            reads = heard_by(service)
            total += sum(
                end - (at or 0)
                for (part, end), at in zip(ends.items(), found, strict=True)
                if part.topic in reads
            )
        return total

    async def dead(self) -> list[str]:
        """Dead letters that nobody replayed."""
        found = [letter for service in services() for letter in await letters(self.settings, service)]
        return [
            f"{each.service} {each.id}: {each.reason} {each.error}" for each in found if not each.replayed_at
        ]

    async def histories(self) -> list[Saved]:
        """What each thing of each service says it told."""
        return [
            Saved(service, f"{name}/{found['_id']}", entry["number"], tuple(entry["told"]))
            async for service, name, found in self.things({"history": 1})
            for entry in found["history"]
        ]

    async def debts(self) -> int:
        """Things that owe facts."""
        return len([0 async for _ in self.things({"_id": 1}, {"outbox.0": {"$exists": True}})])

    async def due(self, at: datetime, late: timedelta = timedelta()) -> list[str]:
        """Things with a deadline that was due so long before `at`."""
        where = {"next_due_at": {"$lte": at - late}}
        return [
            f"{service} {name}/{found['_id']} due {found['next_due_at']}: {json.dumps(found['deadlines'])}"
            async for service, name, found in self.things({"next_due_at": 1, "deadlines": 1}, where)
        ]

    async def things(
        self, fields: Document, where: Document | None = None
    ) -> AsyncGenerator[tuple[str, str, Document]]:
        """Every document of every service that holds a thing: service, collection, document."""
        async with AsyncMongoClient[Document](
            self.mongo, tz_aware=True, serverSelectionTimeoutMS=20_000
        ) as client:
            for service in self.services:
                database = client[f"{self.prefix}{service}"]
                for name in sorted(await database.list_collection_names()):
                    async for found in database[name].find({**IS_THING, **(where or {})}, fields):
                        yield service, name, found

    async def _partitions(self, names: Iterable[str]) -> list[TopicPartition]:
        count = {each.name: each.partitions for each in await listing(self.settings)}
        return [TopicPartition(name, number) for name in names for number in range(count[name])]

    @asynccontextmanager
    async def _consumer(self, group: str | None) -> AsyncGenerator[AIOKafkaConsumer]:
        consumer = AIOKafkaConsumer(
            **access(self.settings, "onlooker"),
            group_id=group,
            enable_auto_commit=False,
            fetch_max_wait_ms=50,
        )
        await consumer.start()
        try:
            yield consumer
        finally:
            await consumer.stop()


def heard_by(service: str) -> Collection[str]:
    """The topics that a service has reactions for."""
    name = f"{service}.entrypoints.subscribers"
    if importlib.util.find_spec(name) is None:
        return ()
    topics_heard: Collection[str] = importlib.import_module(name).reactions.topics
    return topics_heard


def logged(record: Any) -> Logged:
    def said(name: str) -> str:
        return text_of(record.headers, name) or ""

    thing = f"{said('ce_source')}/{said('ce_subject')}"
    return Logged(
        record.topic, record.partition, record.offset, said("ce_id"), thing, int(said("ce_sequence") or 0)
    )
