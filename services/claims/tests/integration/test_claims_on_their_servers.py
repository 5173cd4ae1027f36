"""Evidence in a real GridFS; facts through a real Kafka to a real MongoDB."""

import asyncio
import json
import uuid
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.chassis import Parts
from chassis.claims import Claims, MemoryClaims
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from chassis.records import Record
from chassis.relay import Relay
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.memory import ScriptedPeers
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from claims.adapters.files import GridFiles
from claims.application.claiming import claim_of
from claims.bootstrap import compose
from claims.entrypoints.subscribers import reactions
from claims.settings import ClaimsSettings
from claims.testing.people import KOSTYA
from claims.testing.troubles import CAUSE, MONDAY
from contracts.quality import QualityAlarmV1
from pymongo.asynchronous.database import AsyncDatabase

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"
Database = AsyncDatabase[dict[str, Any]]


class MongoChassis:
    """What `compose` is given here; facts are acknowledged at once and kept in `told`."""

    service = "claims"

    def __init__(self, database: Any) -> None:
        self.database = database
        self.clock: Any = StoppedClock(MONDAY)
        self.vault = Vault.of({"test": Vault.generate_key()})
        self.peers: Any = ScriptedPeers({})
        self.stores: list[MongoStore[Any]] = []
        self.told: list[Record] = []
        self.relay = Relay(self.publish)

    async def publish(self, record: Record) -> None:
        self.told.append(record)

    def store(self, documents: Any) -> Any:
        made: MongoStore[Any] = MongoStore(self.database, documents, self.vault)
        self.stores.append(made)
        return made

    def handler(self, decider: Any, store: Any) -> Any:
        return Handler(self.service, decider, store, self.relay.ear(store))

    def claims(self, name: str) -> Claims:
        del name
        return MemoryClaims()

    def deadlines(self, store: Any, on_deadline: Any) -> DeadlineWorker:
        return DeadlineWorker(self.service, store, self.clock, on_deadline)


async def started(database: Database) -> tuple[MongoChassis, Parts]:
    chassis = MongoChassis(database)
    parts = compose(chassis, ClaimsSettings())
    for store in chassis.stores:
        await store.prepare()
    chassis.relay.start()
    return chassis, parts


async def begin_at_the_end(kafka: str, group: str) -> None:
    """What other tests told is no news here."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, number) for topic in reactions.topics for number in range(3)]
    consumer.assign(places)
    await consumer.commit(await consumer.end_offsets(places))
    await consumer.stop()


async def test_a_file_comes_back_as_it_was_given_also_when_two_give_it_at_once(database: Database) -> None:
    files, content = GridFiles(database), b"\xff\xd8\xff" + bytes(range(256)) * 5000

    await asyncio.gather(files.keep("k-1/a", content), files.keep("k-1/a", content))
    await files.keep("k-1/a", content)

    assert await files.read("k-1/a") == content
    assert await files.read("k-1/b") is None


async def test_evidence_and_words_lie_in_mongodb_sealed_and_the_look_is_kept(database: Database) -> None:
    chassis, parts = await started(database)
    evidence, claiming = parts.wired["evidence"], parts.wired["claiming"]
    await claiming.open("k-1", CAUSE, KOSTYA, Occasion("o", MONDAY, KOSTYA))
    photo = b"\xff\xd8\xff" + b"lamp" * 1000
    added = await evidence.add("k-1", "лампа.jpg", photo, KOSTYA, Occasion("a", MONDAY, KOSTYA))
    proof = added.state.evidence[0]

    seen, content = await evidence.look("k-1", proof.evidence_id, KOSTYA, Occasion("l", MONDAY, KOSTYA))

    assert (seen.name, content) == ("лампа.jpg", photo)
    lying = str(await database["claims"].find_one({"_id": "k-1"}))
    assert "лампа" not in lying
    assert "не горит" not in lying
    assert (await parts.wired["claims"].history("k-1"))[-1].what == ("EvidenceSeen",)
    await chassis.relay.stop()


async def test_an_alarm_told_twice_through_kafka_opens_one_claim(database: Database, infra: Infra) -> None:
    chassis, parts = await started(database)
    story = uuid.uuid4().hex[:12]
    example = json.loads((EXAMPLES / "quality.alarm.v1.json").read_text(encoding="utf-8"))
    example["call"]["call_id"] = story
    alarm = QualityAlarmV1.model_validate(example)
    await begin_at_the_end(infra.kafka, f"claims-{story}")

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), f"claims-{story}", reactions, publisher, wired=parts.wired),
    ):
        for sequence in (1, 1, 2):
            await publisher(told(alarm, sequence, "quality"))

        async def opened() -> bool:
            held = await parts.wired["claims"].load(claim_of("quality", story))
            return held.state is not None

        await eventually(opened, within=30)
        await eventually(lambda: bool(chassis.told))

    assert [record.topic for record in chassis.told] == ["claim.opened"]
    await chassis.relay.stop()
