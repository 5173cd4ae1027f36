"""Logistics on a real MongoDB, its facts and those of orders through a real Kafka."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
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
from chassis.testing.memory import ScriptedPeer, ScriptedPeers
from chassis.vault import Vault
from kernel.actor import Actor
from logistics.bootstrap import compose
from logistics.domain.agreement import Agreement
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.domain.day import Day, day_key
from logistics.entrypoints.incident_subscribers import TABLE
from logistics.settings import LogisticsSettings
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA, ORDERS, VERA
from pymongo.asynchronous.database import AsyncDatabase

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass
class MongoChassis:
    """What `compose` is given here. `told` keeps the records of facts, which go to Kafka by `publisher`; without one they are
    acknowledged at once.
    """

    database: AsyncDatabase[dict[str, Any]] | None
    clock: Clock = field(default_factory=lambda: StoppedClock(MONDAY))
    service: str = "logistics"
    publisher: Callable[[Record], Awaitable[None]] | None = None

    def __post_init__(self) -> None:
        self.vault = Vault.of({"test": Vault.generate_key()})
        self.peers: Peers = ScriptedPeers({})
        self.stores: list[MongoStore[Any]] = []
        self.told: list[Record] = []
        self.relay = Relay(self.publish)

    async def publish(self, record: Record) -> None:
        if self.publisher is not None:
            await self.publisher(record)
        self.told.append(record)

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


@dataclass
class Kept:
    """One replica of logistics."""

    chassis: MongoChassis
    parts: Parts

    @property
    def reserving(self) -> Any:
        return self.parts.wired["reserving"]

    @property
    def clock(self) -> Any:
        return self.chassis.clock

    def occasion(self, name: str, actor: Actor = ORDERS, **more: Any) -> Occasion:
        return Occasion(name, self.clock.now(), actor, **more)

    async def agree(self, agreement: Agreement, number: int = 1) -> None:
        """Lena writes, Vera approves."""
        agreeing, id_ = self.parts.wired["agreeing"], agreement.carrier_id
        profile = Profile(id_, Mode.OWN_STAFF, "lena")
        at = self.clock.now()
        await agreeing.describe(DescribeCarrier(id_, profile, LENA, at), self.occasion(f"d-{number}", LENA))
        await agreeing.write(agreement, LENA, self.occasion(f"w-{number}", LENA))
        approved = ApproveTerms(id_, number, 1, VERA, at)
        await agreeing.settle(approved, self.occasion(f"a-{number}", VERA))

    async def day(self, carrier_id: str, on: Any) -> Day:
        state = (await self.parts.wired["days"].load(day_key(carrier_id, on))).state
        return state or Day(carrier_id, on)

    async def reserved(self, order_ids: Sequence[str]) -> list[Any]:
        held = await self.parts.wired["reservations"].load_many(order_ids)
        return [each for one in held if one.state for each in one.state.reservations.values()]

    async def stop(self) -> None:
        await self.chassis.relay.stop()


async def started(
    database: AsyncDatabase[dict[str, Any]],
    settings: LogisticsSettings | None = None,
    peers: Mapping[str, ScriptedPeer] | None = None,
    **more: Any,
) -> Kept:
    chassis = MongoChassis(database, **more)
    chassis.peers = ScriptedPeers(peers or {})
    parts = compose(chassis, settings or LogisticsSettings())
    for store in chassis.stores:
        await store.prepare()
    chassis.relay.start()
    return Kept(chassis, parts)


@pytest.fixture
async def kept(database: AsyncDatabase[dict[str, Any]]) -> AsyncIterator[Kept]:
    it = await started(database)
    yield it
    await it.stop()


@pytest.fixture
def begin() -> Any:
    """Starts a replica, since tests import no tests."""
    return started


@pytest.fixture
async def replica(kept: Kept) -> AsyncIterator[Kept]:
    """Another process on the same database, with the same clock."""
    assert kept.chassis.database is not None
    it = await started(kept.chassis.database)
    it.chassis.clock = kept.chassis.clock
    yield it
    await it.stop()


@pytest.fixture(scope="session")
def start() -> Any:
    """The function above, since tests import no tests."""
    return started


@pytest.fixture
def story() -> str:
    """A mark no other test uses: tests share Kafka's topics."""
    return uuid.uuid4().hex[:12]


async def beginning_at_the_end(kafka: str, group: str) -> None:
    """What other tests told is no news here."""
    consumer: Any = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    places = [TopicPartition(topic, number) for topic in TABLE.topics for number in range(3)]
    consumer.assign(places)
    await consumer.commit(await consumer.end_offsets(places))
    await consumer.stop()


@pytest.fixture(scope="session")
def begin_at_the_end() -> Any:
    """The function above, since tests import no tests."""
    return beginning_at_the_end
