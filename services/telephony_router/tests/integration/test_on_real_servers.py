"""Two replicas of the router on a real MongoDB, told by a real Kafka; one of them is killed in the middle of calls."""

import asyncio
import uuid
from datetime import datetime, timedelta
from typing import Any

from chassis.chassis import Parts
from chassis.clock import StoppedClock, SystemClock
from chassis.handling import Occasion
from chassis.listing import Query
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.memory import ScriptedPeer, ScriptedPeers
from chassis.testing.replica import MongoChassis, begin_at_the_end, new_vault
from chassis.testing.waiting import eventually
from contracts.crm import CustomerOwnerChangedV1, CustomerV1, StaffChangedV1
from pymongo.asynchronous.database import AsyncDatabase
from telephony_router.application.taking_calls import Heard, call_of
from telephony_router.bootstrap import compose
from telephony_router.domain.call import Event, Said
from telephony_router.domain.plan import Plan
from telephony_router.entrypoints.from_facts import person_of
from telephony_router.entrypoints.subscribers import reactions
from telephony_router.testing.asking import MARIA, settings_of
from telephony_router.testing.crm import Directory
from telephony_router.testing.people import SVETA
from telephony_router.testing.world import MONDAY

Database = AsyncDatabase[dict[str, Any]]
VAULT = new_vault()


class Replica(MongoChassis):
    """One process of the router, composed."""

    parts: Parts
    clock: Any

    def wired(self, name: str) -> Any:
        return self.parts.wired[name]

    async def pass_deadlines(self) -> None:
        while sum([await worker.once() for worker in self.parts.deadlines]):
            pass


async def started(database: Database, crm: Directory, at: datetime = MONDAY) -> Replica:
    peers = ScriptedPeers({"crm": ScriptedPeer(crm)})
    replica = Replica("telephony_router", database, StoppedClock(at), peers, vault=VAULT)
    replica.parts = compose(replica, settings_of())
    await replica.prepare()
    for step in replica.parts.starting:
        await step()
    replica.relay.start()
    return replica


def plan_of(replica: Replica, phone: str = MARIA) -> Plan:
    callers, at = replica.wired("callers"), replica.clock.now()
    caller, line = callers.caller(phone), callers.line(None)
    return replica.wired("situating").plan(callers.call(caller, line), caller.hash, "main", at)


def anna(staff_id: str) -> StaffChangedV1:
    return StaffChangedV1(
        staff_id=staff_id, shop_id="main", roles=("sales_manager",), grade="regular", active=True
    )


async def test_a_fact_that_one_replica_hears_the_other_routes_by(database: Database, infra: Infra) -> None:
    crm, story = Directory(), uuid.uuid4().hex[:12]
    name, customer_id = f"anna-{story}", f"c-{story}"
    crm.rings(name, extension="101")
    crm.knows(customer_id, MARIA, owner_id=name)
    soon = SystemClock().now() + timedelta(hours=1)  # the lanes read the real clock
    one, other = await started(database, crm, soon), await started(database, crm, soon)
    customer = CustomerV1(customer_id=customer_id, stage="customer", owner_id=name)
    await begin_at_the_end(infra.kafka, f"router-{story}", reactions.topics)

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), f"router-{story}", reactions, publisher, wired=one.parts.wired),
    ):
        for sequence in (1, 1, 2):
            await publisher(told(anna(name), sequence, "crm"))
            await publisher(told(CustomerOwnerChangedV1(customer=customer, reason="sale"), sequence, "crm"))
        cards, people = one.wired("memory").cards, one.wired("memory").people
        await eventually(lambda: customer_id in cards.items and name in people.items, within=30)
    await one.pass_deadlines()

    await other.wired("memory").catch_up(other.clock.now())

    fresh = await started(database, crm, soon)
    for replica in (one, other, fresh):
        assert (plan_of(replica).customer_id, plan_of(replica).owner_id) == (customer_id, name)
        assert replica.wired("memory").people.items[name].numbers.extension == "101"
    assert plan_of(one) == plan_of(other) == plan_of(fresh)
    for replica in (one, other, fresh):
        await replica.relay.stop()


async def test_two_replicas_asked_about_one_call_give_one_plan_and_one_record(database: Database) -> None:
    one, other = await started(database, Directory()), await started(database, Directory())
    await one.wired("knowing").person(_seller("anna"), _occasion(one, "a"))
    heard = Heard("generic", "v-1", MARIA)

    first, second = await asyncio.gather(
        *(replica.wired("taking").receive(heard, MONDAY) for replica in (one, other))
    )

    assert first.plan == second.plan
    await eventually(lambda: len(one.told) + len(other.told) == 2)
    topics = sorted(record.topic for record in (*one.told, *other.told))
    assert topics == ["call.received", "call.routed"]
    for replica in (one, other):
        await replica.relay.stop()


async def test_who_dies_among_two_hundred_calls_loses_none_of_them(database: Database) -> None:
    one, other = await started(database, Directory()), await started(database, Directory())
    calls = [Heard("generic", f"v-{number}", f"+7916123{number:04}") for number in range(200)]
    taking = one.wired("taking")
    rung = [asyncio.create_task(taking.receive(heard, MONDAY)) for heard in calls]
    await asyncio.sleep(0.2)
    for task in (*rung, *taking.journal.waiting):
        task.cancel()
    await asyncio.gather(*rung, return_exceptions=True)
    await one.relay.stop()

    other.clock.forward(timedelta(minutes=1))
    end = Event("end", Said.ENDED, other.clock.now(), code="no_answer")
    for heard in calls:
        await other.wired("taking").report(heard, [end], other.clock.now())
    await eventually(lambda: not other.wired("taking").journal.waiting, within=30)
    await other.pass_deadlines()

    kept = await other.wired("calls").load_many([call_of(heard) for heard in calls])
    assert all(held.state and "missed" in held.state.told for held in kept)
    assert await other.wired("callbacks").count(_open()) == len(calls)
    await other.relay.stop()


async def test_numbers_lie_sealed(database: Database) -> None:
    crm = Directory()
    crm.rings("anna", extension="101", mobile="+79035550100")
    replica = await started(database, crm)
    await replica.wired("knowing").person(_seller("anna"), _occasion(replica, "a"))
    await replica.pass_deadlines()
    await replica.wired("taking").receive(Heard("generic", "v-1", MARIA), MONDAY)

    lying = str([d async for d in database["calls"].find()]) + str(
        [d async for d in database["people"].find()]
    )

    assert MARIA not in lying
    assert "+79035550100" not in lying
    assert "sealed" in lying
    await replica.relay.stop()


def _seller(name: str) -> Any:
    return person_of(anna(name))


def _occasion(replica: Replica, name: str) -> Any:
    return Occasion(name, replica.clock.now(), SVETA)


def _open() -> Any:
    return Query(equal={"open": True})
