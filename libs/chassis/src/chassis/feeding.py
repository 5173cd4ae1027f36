"""The reaction table of a service in component tests: over FastStream's in-memory broker, without any server."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

from contracts.fact import Fact
from faststream.kafka import KafkaBroker

from chassis.envelopes import Envelope, envelope
from chassis.occasions import Occasion
from chassis.records import record


class Feed(Protocol):
    """Tells a fact as Kafka would. Answers whether there was a reaction; raises what the reaction raised."""

    async def __call__(
        self,
        fact: Fact,
        *,
        source: str,
        sequence: int = 1,
        ce_id: str | None = None,
        told_at: datetime | None = None,
    ) -> bool: ...


class Table(Protocol):
    """A reaction table, as far as feeding it goes."""

    def knows(self, type_: str) -> bool: ...

    def occasion(self, of: Envelope, at: datetime) -> Occasion: ...


@asynccontextmanager
async def feeding(
    broker: KafkaBroker, table: Table, wired: Mapping[str, Any], now: Callable[[], datetime]
) -> AsyncGenerator[Feed]:
    """The table's own subscribers, fed by hand."""
    from faststream.kafka import TestKafkaBroker

    async def feed(
        fact: Fact,
        *,
        source: str,
        sequence: int = 1,
        ce_id: str | None = None,
        told_at: datetime | None = None,
    ) -> bool:
        if not table.knows(fact.type):
            return False
        told = record(fact, sequence, source, told_at or now(), "test")
        headers = dict(told.headers) | ({"ce_id": ce_id} if ce_id else {})
        of = envelope((name, value.encode()) for name, value in headers.items())
        with broker.context.scopes((("occasion", table.occasion(of, now())), *wired.items())):
            await broker.publish(told.value, told.topic, key=told.key.encode(), headers=headers)
        return True

    async with TestKafkaBroker(broker, connect_only=False):
        yield feed
