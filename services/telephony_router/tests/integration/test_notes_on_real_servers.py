"""What crm notes of a customer, told by a real Kafka, stands on the card of every replica, also of one that starts later."""

import uuid
from datetime import timedelta
from typing import Any

from chassis.clock import SystemClock
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from contracts.crm import CustomerErasedV1, CustomerNotedV1, CustomerOwnerChangedV1, CustomerV1
from pymongo.asynchronous.database import AsyncDatabase
from telephony_router.entrypoints.subscribers import reactions
from telephony_router.testing.asking import MARIA
from telephony_router.testing.crm import Directory

from services.telephony_router.tests.integration.test_on_real_servers import Replica, started

Database = AsyncDatabase[dict[str, Any]]


def type_of(replica: Replica, customer_id: str) -> str | None:
    memory = replica.wired("noticing").memory
    known = memory.notes.get(customer_id)
    words = known and memory.words(known)
    return words.en if words else known and known.customer_type


async def test_a_type_told_by_kafka_is_in_the_memory_of_all_and_gone_with_the_person(
    database: Database, infra: Infra
) -> None:
    crm, story = Directory(), uuid.uuid4().hex[:12]
    customer_id = f"c-{story}"
    crm.knows(customer_id, MARIA)
    crm.notes(customer_id, "unsure_open", problem="the thread tears")
    begins = SystemClock().now()  # as the lanes do
    one, other = await started(database, crm, begins), await started(database, crm, begins)
    her = CustomerV1(customer_id=customer_id, stage="customer", owner_id="anna")
    noted = [
        CustomerNotedV1(
            customer=her, shop_id="main", customer_type=code, notes=("problem",), by="anna", at=begins
        )
        for code in ("confident_open", "unsure_open")
    ]
    await begin_at_the_end(infra.kafka, f"router-{story}", reactions.topics)

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), f"router-{story}", reactions, publisher, wired=one.parts.wired),
    ):
        await publisher(told(CustomerOwnerChangedV1(customer=her, reason="sale"), 4, "crm"))
        for sequence, fact in ((3, noted[1]), (2, noted[0]), (3, noted[1])):
            await publisher(told(fact, sequence, "crm"))
        await eventually(lambda: type_of(one, customer_id) == "unsure_open", within=30)
        one.clock.forward(timedelta(hours=1))
        await one.pass_deadlines()
        await other.wired("noticing").memory.catch_up(other.clock.now())
        fresh = await started(database, crm, begins)

        for replica in (one, other, fresh):
            assert type_of(replica, customer_id) == "unsure_open"
            assert replica.wired("noticing").memory.notes.get(customer_id).kept == ("problem",)
        gone = CustomerErasedV1(customer=her, reason="asked", by="anna", at=begins)
        await publisher(told(gone, 5, "crm"))
        await eventually(lambda: type_of(one, customer_id) is None, within=30)

    lying = str([each async for each in database["notes"].find()])
    assert "unsure_open" not in lying
    assert "thread" not in lying
    for replica in (one, other, fresh):
        await replica.relay.stop()
