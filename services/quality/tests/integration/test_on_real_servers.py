"""Quality on MongoDB and Kafka: 64 deliveries at once, from fact to fact; and a journal that somebody broke."""

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import uvicorn
from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from chassis.publishing import KafkaPublisher
from chassis.records import record
from chassis.settings import KafkaSettings
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from kernel.actor import service
from pymongo import AsyncMongoClient
from quality.adapters import documents
from quality.app import create
from quality.application.journalling import JOURNAL, Journalling
from quality.application.learning import call_id_of
from quality.domain.acts import Act
from quality.entrypoints.crm_subscribers import reactions
from quality.testing.news import created, delivered

MANY = 64


def free_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]


async def begin_at_the_end(kafka: str, group: str) -> None:
    """What other tests told is no news here."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, number) for topic in reactions.topics for number in range(3)]
    consumer.assign(places)
    await consumer.commit(await consumer.end_offsets(places))
    await consumer.stop()


@pytest.fixture
async def calls(infra: Infra, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Quality runs; the collection of its calls."""
    prefix, group = f"test_{uuid.uuid4().hex[:12]}_", f"quality-{uuid.uuid4().hex[:8]}"
    told = {
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": prefix,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_GROUP": group,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": "2",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "quality-secret",
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    await begin_at_the_end(infra.kafka, group)
    server = uvicorn.Server(uvicorn.Config(create(), port=free_port(), log_level="error"))
    task = asyncio.create_task(server.serve())
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        await eventually(lambda: server.started, within=20.0)
        yield client[f"{prefix}quality"]["calls"]
        server.should_exit = True
        await task
        await client.drop_database(f"{prefix}quality")


async def test_64_deliveries_at_once_each_told_twice_are_64_calls(calls: Any) -> None:
    publisher = KafkaPublisher(KafkaSettings(), client_id="test")
    publisher.start()
    now = datetime.now(UTC)
    ids = [uuid.uuid4().hex for _ in range(MANY)]
    facts = [
        each
        for id_ in ids
        for each in (
            record(created(id_, placed_at=now), 1, "orders", now, "test"),
            *(record(delivered(id_, now), n, "logistics", now, "test") for n in (1, 2)),
        )
    ]
    await asyncio.gather(*(publisher(each) for each in facts))

    async def all_there() -> bool:
        return await calls.count_documents({"_id": {"$in": [call_id_of(id_) for id_ in ids]}}) == MANY

    await eventually(all_there, within=60.0)
    await publisher.stop()

    assert await calls.count_documents({}) == MANY
    told = [each["what"] async for document in calls.find() for each in document["history"]]
    assert told == [["CallDue"]] * MANY


def tell_nobody(key: str, owed: Any, *, before: Any) -> None:
    """The journal tells no facts."""
    del key, owed, before


@pytest.fixture
async def journal(database: Any) -> Journalling:
    store = MongoStore(database, documents.JOURNAL, Vault.of({"test": Vault.generate_key()}))
    await store.prepare()
    return Journalling(store, Handler("quality", JOURNAL, store, tell_nobody))


async def enter(journal: Journalling, *numbers: int) -> None:
    now = datetime.now(UTC)
    why = Occasion("test", now, service("quality"))
    acts = [Act(number, "answered", "kira", now) for number in numbers]
    await asyncio.gather(*(journal.enter("quality_call", "q-1", act, why) for act in acts))


async def test_two_writers_make_one_chain_and_no_act_stands_twice(journal: Journalling) -> None:
    other = Journalling(journal.entries, journal.append)

    await asyncio.gather(enter(journal, *range(1, 17)), enter(other, *range(1, 17)))

    verdict = await journal.verified()
    assert (verdict.entries, verdict.broken_at) == (16, None)


@pytest.mark.parametrize(
    ("how", "broken_at"),
    [
        ({"$set": {"state.by": "ksenia"}}, 3),
        ({"$set": {"state.digest": "0" * 64}}, 3),
        (None, 3),
    ],
)
async def test_a_journal_that_somebody_broke_is_found_broken(
    journal: Journalling, database: Any, how: Any, broken_at: int
) -> None:
    await enter(journal, *range(1, 6))
    third = {"_id": "quality:000000000003"}

    if how is None:
        changed = (await database["journal"].delete_one(third)).deleted_count
    else:
        changed = (await database["journal"].update_one(third, how)).modified_count

    assert changed == 1
    verdict = await journal.verified()
    assert (verdict.entries, verdict.broken_at) == (2, broken_at)
