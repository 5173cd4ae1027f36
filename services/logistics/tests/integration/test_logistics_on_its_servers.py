"""Terms, reservations and facts on a real MongoDB and a real Kafka."""

import json
from dataclasses import replace
from typing import Any

from chassis.layout import selection
from chassis.listing import Query
from chassis.records import Record
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from logistics.domain.promise import Wish
from logistics.domain.reservation import Stage
from logistics.entrypoints.subscribers import reactions
from logistics.testing.agreements import CDEK, MONDAY, OWN, TUESDAY, promises, wish


async def test_what_orders_tells_through_kafka_firms_and_frees(
    kept: Any, infra: Infra, story: str, orders: Any
) -> None:
    await kept.agree(OWN)
    named = replace(promises(OWN, wish(TUESDAY))[0].named, terms_version=1)
    stays, goes = f"o-{story}-1", f"o-{story}-2"
    for each in (stays, goes):
        await kept.reserving.reserve(each, each.encode().hex(), named, kept.occasion(each))
    await begin_at_the_end(infra.kafka, f"logistics-{story}", reactions.topics)

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), f"logistics-{story}", reactions, publisher, wired=kept.parts.wired),
    ):
        for each in (stays, goes):
            confirmed = orders.confirmed(each, each.encode().hex())
            await publisher(told(confirmed, 1, "orders"))
            await publisher(told(confirmed, 1, "orders"))
        await publisher(told(orders.cancelled(goes), 2, "orders"))

        async def ended() -> bool:
            found = await kept.reserved([stays, goes])
            return [each.stage for each in found] == [Stage.FIRM, Stage.FREED]

        await eventually(ended, within=30)

    day = await kept.day("own-couriers", TUESDAY)
    assert [each.order_id for each in day.booked] == [stays]


async def test_approved_terms_reach_kafka_as_they_are_told(kept: Any, infra: Infra) -> None:
    await kept.agree(CDEK)
    await eventually(lambda: kept.chassis.told)
    (record,) = kept.chassis.told
    assert isinstance(record, Record)

    async with publishing(kafka_at(infra.kafka)) as publisher:
        await publisher(record)  # acknowledged by every replica in sync

    assert (record.topic, record.key, json.loads(record.value)["points"]) == ("terms.approved", "cdek", 2)


async def test_a_replica_hears_of_new_terms_within_moments_and_reads_them_as_written(
    kept: Any, replica: Any
) -> None:
    promising = replica.parts.wired["promising"]
    wished = Wish("moscow", wish().kind, TUESDAY)
    assert (await promising.check(wished, MONDAY)).promise is None

    await kept.agree(CDEK)

    async def knows() -> bool:
        return (await promising.check(wished, MONDAY)).promise is not None

    await eventually(knows, within=5)
    terms = await replica.parts.wired["standing"].named("cdek", 1)
    assert terms.agreement == CDEK


async def test_a_reservation_is_found_by_an_index(kept: Any) -> None:
    query = Query(equal={"reservation_ids": "r-1"})

    plan = (
        await kept.chassis.database["reservations"].find(selection(query)).sort("_id", 1).limit(2).explain()
    )

    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])
    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])
