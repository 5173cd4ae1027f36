"""What is done to Kafka's brokers and MongoDB's members."""

import asyncio
import resource
from contextlib import suppress

from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewTopic
from aiokafka.errors import KafkaError
from chassis.embedded.running import Running
from chassis.settings import KafkaSettings
from chassis.topic_listing import administering

from bench.chaos.field import Field, Struck
from bench.chaos.standing import primary_of, until_true

LOST_FOR = 60.0
FILLER, QUOTA, PIECE = "chaos-filler", 24 * 2**20, 900_000
"""More than the 10 MB that Kafka sets aside for an index, less than a minute of filling."""
SAYS_SO = "all log dirs in"


async def leader(field: Field, struck: Struck) -> None:
    """SIGKILL of the broker that leads most partitions of new orders."""
    await killed(field, struck, await field.leader())


async def primary(field: Field, struck: Struck) -> None:
    """SIGKILL of MongoDB's primary."""
    await killed(field, struck, await field.primary())


async def both(field: Field, struck: Struck) -> None:
    """SIGKILL of the leading broker and of the primary at the same moment."""
    await killed(field, struck, await field.leader(), await field.primary())


async def away(field: Field, struck: Struck) -> None:
    """The leading broker is lost (SIGKILL) for a minute."""
    await killed(field, struck, await field.leader(), hold=LOST_FOR)


async def rolling_brokers(field: Field, struck: Struck) -> None:
    """All brokers are restarted (SIGTERM), one after another, each when the one before is in sync."""
    struck()
    for each in field.cluster.nodes.values():
        await restarted(field, each)


async def rolling_members(field: Field, struck: Struck) -> None:
    """All members of the replica set are restarted (SIGTERM), one after another, the primary last."""
    struck()
    last = await primary_of(field.cluster.mongo)
    for each in sorted(field.cluster.members, key=lambda port: port == last):
        await restarted(field, field.cluster.members[each])


async def disk(field: Field, struck: Struck) -> None:
    """The leading broker may write no file beyond 24 MB (RLIMIT_FSIZE); a topic is filled until its log dir fails for good."""
    broker = await field.leader()
    assert broker.pid is not None
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, (QUOTA, QUOTA))
    async with administering(KafkaSettings(servers=field.cluster.kafka)) as admin:
        await admin.create_topics([NewTopic(FILLER, 1, 3)])
    filling = asyncio.create_task(fill(field.cluster.kafka))
    try:
        await until_true(lambda: is_dead(broker), f"{broker.server.name} lived on with a full disk", 90.0)
    finally:
        filling.cancel()
    struck()
    field.say(f"{broker.server.name} ended by itself: {last_words(broker)}")
    await asyncio.sleep(field.hold)
    async with administering(KafkaSettings(servers=field.cluster.kafka)) as admin:
        await admin.delete_topics([FILLER])
    await field.back(broker)


async def killed(field: Field, struck: Struck, *servers: Running, hold: float | None = None) -> None:
    """Gone at once, and back after a while."""
    for each in servers:
        each.kill()
    struck()
    field.say(f"{' and '.join(each.server.name for each in servers)} killed")
    await asyncio.sleep(hold or field.hold)
    await field.back(*servers)


async def restarted(field: Field, server: Running) -> None:
    """In order: it says good-bye, and comes again."""
    await asyncio.to_thread(server.stop)
    await field.back(server)


async def is_dead(server: Running) -> bool:
    return not server.is_alive()


async def fill(kafka: str) -> None:
    """Records until told to stop, whoever takes them."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", max_request_size=2 * PIECE)
    await producer.start()
    try:
        while True:
            with suppress(KafkaError, TimeoutError):
                async with asyncio.timeout(2.0):
                    await producer.send_and_wait(FILLER, bytes(PIECE))
    finally:
        with suppress(KafkaError, TimeoutError):
            async with asyncio.timeout(2.0):
                await producer.stop()


def last_words(server: Running) -> str:
    """What the broker says of its log dir."""
    log = server.server.program().log.read_text(errors="replace")
    return next((line[:200] for line in reversed(log.splitlines()) if SAYS_SO in line), "it says nothing")
