"""Quality on MongoDB and Kafka: 64 deliveries at once, from fact to fact; and a journal that somebody broke."""

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from chassis.publishing import KafkaPublisher
from chassis.records import record
from chassis.settings import KafkaSettings
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from kernel.actor import service
from quality.adapters import documents
from quality.application.journalling import JOURNAL, Journalling
from quality.application.learning import call_id_of
from quality.domain.acts import Act
from quality.testing.news import created, delivered

MANY = 64


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
        ({"$set": {"state.at": "yesterday"}}, 3),
        ({"$unset": {"state.by": 1}}, 3),
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
