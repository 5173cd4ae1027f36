"""Topics as contracts want them, on a broker that may just have come up."""

import asyncio

from aiokafka.errors import KafkaError
from chassis.embedded.unable import CannotStart
from chassis.settings import KafkaSettings
from chassis.topics import Applied, apply
from contracts.topics import Mode, topics

TRIES = 40
PAUSE = 0.5


async def make_topics(
    kafka: KafkaSettings, mode: Mode = "development", partitions: int | None = None, *, widen: bool = False
) -> Applied:
    """Make or alter what differs. A broker that listens may still be busy with its first elections: then again."""
    for left in reversed(range(TRIES)):
        try:
            return await apply(kafka, topics(mode), partitions, widen=widen)
        except (KafkaError, OSError) as refused:
            if not left:
                raise CannotStart(
                    f"the topics could not be made on {kafka.servers}: {type(refused).__name__}: {refused}",
                    "look at `opblok logs kafka`, or at the Kafka of OPBLOK_KAFKA and its security settings.",
                ) from refused
            await asyncio.sleep(PAUSE)
    raise AssertionError
