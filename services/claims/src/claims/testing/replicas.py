"""A replica of claims on a real MongoDB, and its place in Kafka."""

from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from chassis.chassis import Parts
from chassis.claims import Claims, MemoryClaims
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler
from chassis.mongo import MongoStore
from chassis.records import Record
from chassis.relay import Relay
from chassis.testing.memory import ScriptedPeers
from chassis.vault import Vault
from pymongo.asynchronous.database import AsyncDatabase

from claims.bootstrap import compose
from claims.entrypoints.subscribers import reactions
from claims.settings import ClaimsSettings
from claims.testing.troubles import MONDAY

Database = AsyncDatabase[dict[str, Any]]
VAULT = Vault.of({"test": Vault.generate_key()})
"""One for all replicas of a run."""


class MongoChassis:
    """What `compose` is given here; facts are acknowledged at once and kept in `told`."""

    service = "claims"

    def __init__(self, database: Any, clock: StoppedClock | None = None) -> None:
        self.database = database
        self.clock: Any = clock or StoppedClock(MONDAY)
        self.vault = VAULT
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


async def started(database: Database, clock: StoppedClock | None = None) -> tuple[MongoChassis, Parts]:
    """One replica, telling what it owes."""
    chassis = MongoChassis(database, clock)
    parts = compose(chassis, ClaimsSettings())
    for store in chassis.stores:
        await store.prepare()
    for step in parts.starting:
        await step()
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
