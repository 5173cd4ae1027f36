"""Telling Kafka: a producer that never hangs and never stays broken.

`acks=all` and no idempotent mode: with it aiokafka can hang for ever in an outage. The outbox is the buffer, readers
recognise what they were told before. Every send and the stop have a time limit; a producer that failed for long, or for
good, is replaced in the background.
"""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from typing import Protocol

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, ProducerClosed
from opentelemetry.trace import Tracer

from chassis.connections import KafkaAccess, access
from chassis.faults import BusDown
from chassis.records import Record
from chassis.spans import TRACER, sending

log = structlog.get_logger(__name__)

SEND_WITHIN = 10.0
STOP_WITHIN = 5.0
PATIENCE = 15.0
"""How long sends may fail in a row before the producer itself is replaced; seconds."""
LARGEST = 2_000_000
"""More than a topic of facts takes: dead letters carry a record and what is said about it."""
BATCH = 256_000
"""aiokafka wakes every waiting send each time a full batch leaves: with its 16 kB a burst of thousands crawls."""

RawHeaders = Sequence[tuple[str, bytes | None]]


class Sends(Protocol):
    """Puts one record into a topic; returns once Kafka has acknowledged, raises a fault when it has not."""

    async def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        headers: RawHeaders,
        *,
        partition: int | None = None,
    ) -> None: ...


class KafkaPublisher:
    """Publishes for one service. `start` returns at once, whether Kafka is there or not."""

    def __init__(
        self,
        kafka: KafkaAccess,
        *,
        client_id: str = "opblok",
        within: float = SEND_WITHIN,
        tracer: Tracer = TRACER,
    ) -> None:
        self._kafka = kafka
        self._client_id = client_id
        self._within = within
        self._tracer = tracer
        self._producer: asyncio.Future[AIOKafkaProducer] | None = None
        self._starting: asyncio.Task[None] | None = None
        self._failing_since: float | None = None

    def start(self) -> None:
        """Begin to connect, in the background, for as long as it takes. Wrong settings raise here."""
        access(self._kafka, self._client_id)
        self._producer = asyncio.get_running_loop().create_future()
        self._starting = asyncio.create_task(self._connect(self._producer))

    async def stop(self) -> None:
        """Let what is being sent finish, within the time limit."""
        if self._starting:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        ours, self._producer = self._producer, None
        if ours and ours.done():
            await _close(ours.result())
        elif ours:
            ours.set_exception(BusDown("stopped"))
            ours.exception()

    @property
    def ready(self) -> bool:
        """Whether Kafka has been reached and takes what it is told."""
        return self._producer is not None and self._producer.done() and self._failing_since is None

    async def __call__(self, record: Record) -> None:
        """Publish a saved fact."""
        headers = [(name, value.encode()) for name, value in record.headers]
        with sending(self._tracer, record):
            await self.send(record.topic, record.value, record.key.encode(), headers)

    async def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        headers: RawHeaders,
        *,
        partition: int | None = None,
    ) -> None:
        """Put a record into a topic. Raise `BusDown` when it was not acknowledged in time."""
        if self._producer is None:
            raise BusDown("not started")
        pending = self._producer
        try:
            async with asyncio.timeout(self._within):
                producer = await asyncio.shield(pending)
                await producer.send_and_wait(topic, value, key, partition=partition, headers=headers)
        except MessageSizeTooLargeError:
            raise
        except (KafkaError, OSError) as fault:  # a TimeoutError is an OSError
            self._failed(pending, fault)
            raise BusDown(f"{topic}: {type(fault).__name__}") from fault
        self._failing_since = None

    def _failed(self, pending: asyncio.Future[AIOKafkaProducer], fault: Exception) -> None:
        now = asyncio.get_running_loop().time()
        self._failing_since = self._failing_since or now
        broken = isinstance(fault, ProducerClosed) or now - self._failing_since > PATIENCE
        if broken and pending is self._producer and pending.done():
            log.warning("producer replaced", fault=type(fault).__name__)
            self._failing_since = now
            self._producer = asyncio.get_running_loop().create_future()
            self._starting = asyncio.create_task(self._replace(pending.result(), self._producer))

    async def _replace(self, broken: AIOKafkaProducer, coming: asyncio.Future[AIOKafkaProducer]) -> None:
        await _close(broken)
        await self._connect(coming)

    async def _connect(self, coming: asyncio.Future[AIOKafkaProducer]) -> None:
        tries = 0
        while True:
            producer = AIOKafkaProducer(
                **access(self._kafka, self._client_id),
                acks="all",
                linger_ms=0,
                max_batch_size=BATCH,
                max_request_size=LARGEST,
                request_timeout_ms=int(self._within * 800),
                metadata_max_age_ms=60_000,
            )
            try:
                async with asyncio.timeout(self._within):
                    await producer.start()
            except Exception as fault:  # noqa: BLE001 - whatever it was, facts wait for Kafka
                tries += 1
                if tries in (1, 10) or tries % 100 == 0:
                    log.warning("kafka not reached", tries=tries, fault=type(fault).__name__)
            else:
                coming.set_result(producer)
                return
            await _close(producer)
            await asyncio.sleep(min(5.0, 0.1 * 2 ** min(tries, 6)) * random.uniform(0.7, 1.0))  # noqa: S311


async def _close(producer: AIOKafkaProducer) -> None:
    with contextlib.suppress(Exception):
        async with asyncio.timeout(STOP_WITHIN):
            await producer.stop()
