"""Readers and brokers are killed without goodbye; nothing is lost."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chassis.embedded.servers import Servers
from chassis.faults import BusDown
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions
from chassis.records import Record
from chassis.settings import KafkaSettings
from chassis.testing.lamps import (
    LampLitV1,
    committed,
    kafka_at,
    make_topics,
    new_group,
    new_lamp,
    publishing,
    reading,
    told,
)
from chassis.testing.waiting import eventually

READER = Path(__file__).with_name("a_reader.py")


def noting(heard: list[int]) -> Reactions:
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        heard.append(lit.minutes)

    return reactions


async def insist(publisher: KafkaPublisher, record: Record) -> None:
    """As the relay does."""
    while True:
        try:
            return await publisher(record)
        except BusDown:
            await asyncio.sleep(0.1)


async def test_a_reader_that_is_killed_leaves_the_rest_to_the_next(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps, heard = [new_lamp() for _ in range(10)], list[int]()
    before = await committed(kafka, group)
    for minute in range(100):
        facts = [LampLitV1(lamp_id=lamp, minutes=number * 100 + minute) for number, lamp in enumerate(lamps)]
        await asyncio.gather(*(publisher(told(fact)) for fact in facts))

    victim = await asyncio.create_subprocess_exec(
        sys.executable, str(READER), kafka.servers, group, stdout=asyncio.subprocess.PIPE
    )
    assert victim.stdout is not None
    seen = [await victim.stdout.readline() for _ in range(400)]
    victim.kill()
    seen += (await victim.stdout.read()).splitlines()
    await victim.wait()
    done = {int(line.split()[-1]) for line in seen if line.startswith(b"lamp-")}

    after = await committed(kafka, group)
    moved = sum(after[each] - before[each] for each in after)
    assert moved <= len(done) < 1000

    async with reading(kafka, group, noting(heard), publisher):
        await eventually(lambda: done | {*heard} == {*range(1000)}, within=20)
    assert len(heard) <= 1000 - moved


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[Servers]:
    """A Kafka of this test's own, down at first."""
    servers = Servers.under(tmp_path)
    yield servers
    servers.kafka.kill()


async def test_a_broker_that_is_late_is_waited_for(servers: Servers) -> None:
    kafka, heard, lamp = kafka_at(servers.kafka.address), list[int](), new_lamp()

    async with publishing(kafka) as publisher, reading(kafka, "lamps", noting(heard), publisher) as lanes:
        assert not lanes.ready
        assert lanes.says == "joining its group"
        servers.kafka.launch()
        await asyncio.to_thread(servers.kafka.wait_until_ready)
        await make_topics(kafka)
        await insist(publisher, told(LampLitV1(lamp_id=lamp, minutes=7)))

        await eventually(lambda: heard == [7], within=40)
        assert lanes.ready


async def test_a_broker_that_is_killed_and_comes_back_costs_nothing(servers: Servers) -> None:
    servers.kafka.launch()
    await asyncio.to_thread(servers.kafka.wait_until_ready)
    kafka, heard, lamps = kafka_at(servers.kafka.address), list[int](), [new_lamp() for _ in range(8)]
    await make_topics(kafka)
    group = await new_group(kafka)

    async with publishing(kafka) as publisher, reading(kafka, group, noting(heard), publisher):

        async def tell(number: int) -> None:
            for each in range(200):
                await insist(publisher, told(LampLitV1(lamp_id=lamps[number], minutes=number * 200 + each)))

        telling = asyncio.gather(*(tell(number) for number in range(8)))
        await eventually(lambda: len(heard) > 100, within=20)
        servers.kafka.kill()
        servers.kafka.launch()
        await asyncio.to_thread(servers.kafka.wait_until_ready)

        await asyncio.wait_for(telling, 60)
        await eventually(lambda: {*heard} == {*range(1600)}, within=60)


async def test_a_publisher_without_kafka_says_so_in_time_and_stops_in_time(servers: Servers) -> None:
    publisher = KafkaPublisher(kafka_at(servers.kafka.address), within=0.5)
    publisher.start()

    with pytest.raises(BusDown):
        await publisher(told(LampLitV1(lamp_id=new_lamp())))
    assert not publisher.ready

    async with asyncio.timeout(2):
        await publisher.stop()
    with pytest.raises(BusDown):
        await publisher(told(LampLitV1(lamp_id=new_lamp())))
