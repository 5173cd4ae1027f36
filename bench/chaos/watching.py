"""When the fact of a new order has been settled by the last of the services that hear of it."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from chassis.connections import access
from chassis.envelopes import text_of
from chassis.settings import KafkaSettings
from chassis.topic_listing import administering

from bench.chaos.field import TOPIC

log = logging.getLogger(__name__)
BETWEEN_LOOKS, WITHIN = 0.1, 5.0
READS_FOR = 5.0
"""Then by a new consumer: one of aiokafka's that met a broker's fall may read nothing more, and look alive."""


class Watch:
    """`groups`: of those who hear of new orders. It looks on while servers fall, so each of its looks begins again."""

    def __init__(self, kafka: str, groups: Sequence[str], partitions: int) -> None:
        self._kafka, self._groups = KafkaSettings(servers=kafka), groups
        self._parts = [TopicPartition(TOPIC, number) for number in range(partitions)]
        self._read_to = dict.fromkeys(self._parts, 0)
        self._lies: dict[str, tuple[TopicPartition, int]] = {}
        self._settled: dict[TopicPartition, int] = {}

    async def seen(self, order_id: str) -> None:
        """Return when all have settled it."""
        while not self._is_seen(order_id):
            await asyncio.sleep(BETWEEN_LOOKS / 2)

    @asynccontextmanager
    async def looking(self) -> AsyncGenerator[None]:
        """While it looks."""
        tasks = [asyncio.create_task(again_and_again(each)) for each in (self._read, self._ask)]
        try:
            yield
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _is_seen(self, order_id: str) -> bool:
        if order_id not in self._lies:
            return False
        part, offset = self._lies[order_id]
        return self._settled.get(part, 0) > offset

    async def _read(self) -> None:
        consumer, until = AIOKafkaConsumer(**access(self._kafka, "watch")), time.monotonic() + READS_FOR
        try:
            async with asyncio.timeout(WITHIN):
                await consumer.start()
            consumer.assign(self._parts)
            for part, offset in self._read_to.items():
                consumer.seek(part, offset)
            while time.monotonic() < until:
                for part, records in (await consumer.getmany(timeout_ms=200)).items():
                    for each in records:
                        self._lies[text_of(each.headers, "ce_subject") or ""] = (part, each.offset)
                        self._read_to[part] = each.offset + 1
        finally:
            with suppress(KafkaError, OSError):
                async with asyncio.timeout(WITHIN):
                    await consumer.stop()

    async def _ask(self) -> None:
        async with administering(self._kafka) as admin:
            while True:
                async with asyncio.timeout(WITHIN):
                    found = [
                        await admin.list_consumer_group_offsets(each, partitions=self._parts)
                        for each in self._groups
                    ]
                self._settled = {part: min(each[part].offset for each in found) for part in self._parts}
                await asyncio.sleep(BETWEEN_LOOKS)


async def again_and_again(does: Callable[[], Awaitable[None]]) -> None:
    """Whatever breaks while a server is gone."""
    while True:
        try:
            await does()
        except Exception as broken:  # noqa: BLE001 - the next look begins anew
            log.debug("looking again after %r", broken)
        await asyncio.sleep(BETWEEN_LOOKS)
