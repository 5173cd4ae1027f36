"""Committing what is settled: explicitly, partition by partition, never backwards."""

import asyncio

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from chassis.blame import kind
from chassis.positions import Positions

log = structlog.get_logger(__name__)


class Commits:
    """One after the other: an older commit must not arrive after a newer. One that fails is made again later."""

    def __init__(self, consumer: AIOKafkaConsumer, within: float) -> None:
        self.positions = Positions()
        self._consumer = consumer
        self._within = within
        self._one = asyncio.Lock()

    async def make(self) -> None:
        """Commit all that is settled by now."""
        async with self._one:
            taken = self.positions.take()
            if not taken:
                return
            try:
                async with asyncio.timeout(self._within):
                    await self._consumer.commit(taken)
            except BaseException as fault:
                self.positions.give_back(taken)
                if not isinstance(fault, KafkaError | OSError):
                    raise
                log.warning("not committed", partitions=len(taken), fault=kind(fault))
