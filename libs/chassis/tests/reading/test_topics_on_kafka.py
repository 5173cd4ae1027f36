"""Topics become what contracts says, and never less than they are."""

import uuid
from collections.abc import AsyncIterator

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from chassis.connections import access
from chassis.settings import KafkaSettings
from chassis.testing.lamps import LampTopic
from chassis.testing.waiting import eventually
from chassis.topics import Applied, Listed, apply, listing


@pytest.fixture
async def name(kafka: KafkaSettings) -> AsyncIterator[str]:
    """A topic of this test, gone afterwards."""
    name = f"lamp.tested-{uuid.uuid4().hex[:8]}"
    yield name
    admin = AIOKafkaAdminClient(**access(kafka, "lamps"))
    await admin.start()
    await admin.delete_topics([name])
    await admin.close()


async def as_listed(kafka: KafkaSettings, name: str) -> Listed:
    found = [each for each in await listing(kafka) if each.name == name]
    assert found
    return found[0]


async def test_a_missing_topic_is_made_once(kafka: KafkaSettings, name: str) -> None:
    wanted = [LampTopic(name, 2, -1, {"retention.ms": "600000"})]

    assert await apply(kafka, wanted) == Applied(made=(name,))
    await eventually(lambda: as_listed(kafka, name))
    assert await apply(kafka, wanted) == Applied()
    assert await as_listed(kafka, name) == Listed(name, 2, 1, {"retention.ms": "600000"})


async def test_partitions_are_added_only_on_demand_and_never_taken_away(
    kafka: KafkaSettings, name: str
) -> None:
    await apply(kafka, [LampTopic(name, 1)])
    await eventually(lambda: as_listed(kafka, name))

    assert await apply(kafka, [LampTopic(name, 3)]) == Applied(too_few=(name,))
    assert await apply(kafka, [LampTopic(name, 3)], widen=True) == Applied(widened=(name,))

    async def wide() -> bool:
        return (await as_listed(kafka, name)).partitions == 3

    await eventually(wide)
    assert await apply(kafka, [LampTopic(name, 1)]) == Applied(too_many=(name,))
    assert (await as_listed(kafka, name)).partitions == 3


async def test_what_others_set_on_a_topic_stays(kafka: KafkaSettings, name: str) -> None:
    await apply(kafka, [LampTopic(name, 1, -1, {"retention.ms": "600000"})])
    await eventually(lambda: as_listed(kafka, name))

    applied = await apply(kafka, [LampTopic(name, 1, -1, {"cleanup.policy": "compact"})])

    async def altered() -> bool:
        config = (await as_listed(kafka, name)).config
        return config == {"retention.ms": "600000", "cleanup.policy": "compact"}

    assert applied.altered == (name,)
    await eventually(altered)


async def test_one_number_of_partitions_for_all(kafka: KafkaSettings, name: str) -> None:
    assert (await apply(kafka, [LampTopic(name, 1)], partitions=4)).changed == [name]

    await eventually(lambda: as_listed(kafka, name))
    assert (await as_listed(kafka, name)).partitions == 4
