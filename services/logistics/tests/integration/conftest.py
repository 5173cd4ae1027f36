"""Logistics on a real MongoDB, its facts and those of orders through a real Kafka."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from chassis.chassis import Parts
from chassis.clock import Clock, StoppedClock
from chassis.handling import Occasion
from chassis.records import Record
from chassis.testing.memory import ScriptedPeer, ScriptedPeers
from chassis.testing.replica import MongoChassis
from kernel.actor import Actor
from logistics.bootstrap import compose
from logistics.domain.agreement import Agreement
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.domain.day import Day, day_key
from logistics.settings import LogisticsSettings
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA, ORDERS, VERA
from pymongo.asynchronous.database import AsyncDatabase

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


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
    clock: Clock | None = None,
    publisher: Callable[[Record], Awaitable[None]] | None = None,
) -> Kept:
    chassis = MongoChassis(
        "logistics", database, clock or StoppedClock(MONDAY), ScriptedPeers(peers or {}), publisher
    )
    parts = compose(chassis, settings or LogisticsSettings())
    await chassis.prepare()
    chassis.relay.start()
    return Kept(chassis, parts)


@pytest.fixture
async def kept(database: AsyncDatabase[dict[str, Any]]) -> AsyncIterator[Kept]:
    it = await started(database)
    yield it
    await it.stop()


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
