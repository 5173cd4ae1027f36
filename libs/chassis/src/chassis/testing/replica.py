"""A replica of a service on a real MongoDB, composed by hand, and its place in Kafka."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from pymongo.asynchronous.database import AsyncDatabase

from chassis.chassis import Listing
from chassis.claims import Claims, MemoryClaims
from chassis.clock import Clock
from chassis.deadlines import DeadlineWorker, OnDeadline
from chassis.documents import Documents
from chassis.handling import Decider, Handler
from chassis.mongo import MongoStore
from chassis.peers import Peers
from chassis.records import Record
from chassis.relay import Relay
from chassis.testing.memory import ScriptedPeers
from chassis.vault import Vault

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")
PARTITIONS = 3
"""Of each topic, in tests."""


def new_vault() -> Vault:
    """Of one key; replicas that read what others sealed share one."""
    return Vault.of({"test": Vault.generate_key()})


@dataclass
class MongoChassis:
    """What `compose` is given by integration tests. `told` keeps the records of facts, which go to Kafka by `publisher`; without
    one they are acknowledged at once.
    """

    service: str
    database: AsyncDatabase[dict[str, Any]] | None
    clock: Clock
    peers: Peers = field(default_factory=lambda: ScriptedPeers({}))
    publisher: Callable[[Record], Awaitable[None]] | None = None
    vault: Vault = field(default_factory=new_vault)

    def __post_init__(self) -> None:
        self.stores: list[MongoStore[Any]] = []
        self.told: list[Record] = []
        self.relay = Relay(self.publish)

    async def publish(self, record: Record) -> None:
        """A record is told, and acknowledged."""
        if self.publisher is not None:
            await self.publisher(record)
        self.told.append(record)

    async def prepare(self) -> None:
        """The stores of what was composed, with their indexes."""
        for store in self.stores:
            await store.prepare()

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


async def begin_at_the_end(kafka: str, group: str, topics: Iterable[str]) -> None:
    """What other tests told is no news here."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, number) for topic in topics for number in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.commit(await consumer.end_offsets(places))
    await consumer.stop()
