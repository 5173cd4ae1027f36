"""The reaction table of a service: declared and injected by FastStream, run by our own lanes (wire.md 2).

FastStream 0.7.8 never consumes here: of its internals we use that a subscriber builds its call models
(`_build_fastdepends_model`) and works one record (`process_message`), letting what the reaction raises come through.
Held by a contract test on real Kafka.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Protocol, TypeVar

from aiokafka import ConsumerRecord
from contracts.fact import Fact
from faststream import AckPolicy, Context
from faststream.kafka import KafkaBroker, KafkaMessage, TestKafkaBroker
from faststream.message import StreamMessage
from kernel.actor import service as acting
from pydantic import ValidationError

from chassis.envelopes import Envelope, Unreadable, envelope
from chassis.handling import Occasion
from chassis.records import record as recorded

R = TypeVar("R", bound=Callable[..., Awaitable[None]])
F = TypeVar("F", bound=Fact)

Raw = ConsumerRecord[Any, Any]
Wired = Mapping[str, Any]

ThisOccasion = Annotated[Occasion, Context("occasion")]
"""What a reaction asks for to get the occasion of its fact."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")


class Feed(Protocol):
    """Tells a fact as Kafka would, over FastStream's in-memory broker. Answers whether there was a reaction; raises
    what the reaction raised.
    """

    async def __call__(
        self, fact: Fact, *, source: str, sequence: int = 1, ce_id: str | None = None, at: datetime | None = None
    ) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Told:
    fact: type[Fact]
    even_if_stale: bool


class Reactions:
    """What one service does when others speak.

    `@reactions.told(OrderCreatedV1)` enters an async function whose first parameter is the fact; further parameters
    are injected by name: `occasion: ThisOccasion`, `allocating: Annotated[Allocating, Context()]`. Topic and type
    come from the fact; several versions may share a topic. `even_if_stale` lets a fact through to the decider that is
    older than one already heard of the same thing.
    """

    def __init__(self, service: str) -> None:
        self.service = service
        self._broker = KafkaBroker(logger=None, apply_types=True, serializer=None, allow_auto_create_topics=False)
        self._told: dict[str, _Told] = {}
        self._subscribers: dict[str, Any] = {}
        self._actor = acting(service)
        self._built = False

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to read, sorted."""
        return tuple(sorted(self._subscribers))

    @property
    def facts(self) -> Mapping[str, type[Fact]]:
        """What there is a reaction for, by CloudEvents type."""
        return {type_: told.fact for type_, told in self._told.items()}

    def told(self, fact: type[F], *, even_if_stale: bool = False) -> Callable[[R], R]:
        """Enter a reaction to this fact."""
        if fact.type in self._told:
            raise ValueError(f"{self.service} reacts to {fact.type} twice")
        self._told[fact.type] = _Told(fact, even_if_stale)
        subscriber = self._subscriber(fact.topic)

        def enter(reaction: R) -> R:
            subscriber(reaction, filter=_is_of(fact.type), decoder=_reads(fact))
            return reaction

        return enter

    def knows(self, type_: str) -> bool:
        """Whether there is a reaction to this type."""
        return type_ in self._told

    def occasion(self, of: Envelope, at: datetime) -> Occasion:
        """The occasion that a fact is, for this service."""
        occasion = Occasion(
            id=of.id,
            at=at,
            actor=self._actor,
            correlation_id=of.correlation_id,
            heard=(of.thing, of.sequence),
            remembered=True,
        )
        told = self._told.get(of.type)
        return replace(occasion, even_if_stale=True) if told and told.even_if_stale else occasion

    async def react(self, record: Raw, occasion: Occasion, wired: Wired) -> None:
        """Run the reaction to this record, whose type is known here; what it raises comes through."""
        if not self._built:
            self._build()
        with self._broker.context.scopes((("occasion", occasion), *wired.items())):
            await self._subscribers[record.topic].process_message(record)

    @asynccontextmanager
    async def in_memory(self, wired: Wired, now: Callable[[], datetime] | None = None) -> AsyncIterator[Feed]:
        """For component tests: `async with reactions.in_memory(wired) as feed: await feed(fact, source="orders")`."""

        async def feed(
            fact: Fact, *, source: str, sequence: int = 1, ce_id: str | None = None, at: datetime | None = None
        ) -> bool:
            if not self.knows(fact.type):
                return False
            moment = at or (now() if now else datetime.now(UTC))
            finished = recorded(fact, sequence, source, moment, "test")
            headers = dict(finished.headers) | ({"ce_id": ce_id} if ce_id else {})
            of = envelope((name, value.encode()) for name, value in headers.items())
            with self._broker.context.scopes((("occasion", self.occasion(of, moment)), *wired.items())):
                await self._broker.publish(
                    finished.value, topic=finished.topic, key=finished.key.encode(), headers=headers
                )
            return True

        async with TestKafkaBroker(self._broker, connect_only=False):
            yield feed

    def _subscriber(self, topic: str) -> Any:
        if topic not in self._subscribers:
            self._subscribers[topic] = self._broker.subscriber(
                topic, group_id=self.service, ack_policy=AckPolicy.MANUAL, parser=_parse
            )
        return self._subscribers[topic]

    def _build(self) -> None:
        for subscriber in self._subscribers.values():
            subscriber._build_fastdepends_model()
        self._built = True


async def _parse(record: Raw) -> KafkaMessage:
    """FastStream's own parser breaks on null and non-UTF-8 headers; ours reads what it can."""
    headers = {name: value.decode(errors="replace") for name, value in record.headers if value is not None}
    return KafkaMessage(
        body=record.value or b"",
        headers=headers,
        raw_message=record,
        message_id=headers.get("ce_id", ""),
        correlation_id=headers.get("ce_correlationid"),
        consumer=_NO_CONSUMER,
    )


class _NoConsumer:
    """Nothing is committed through FastStream."""

    async def commit(self) -> None: ...

    def seek(self, partition: Any, offset: int) -> None: ...


_NO_CONSUMER = _NoConsumer()


def _is_of(type_: str) -> Callable[[StreamMessage[Any]], Awaitable[bool]]:
    async def is_of(message: StreamMessage[Any]) -> bool:
        return message.headers.get("ce_type") == type_

    return is_of


def _reads(fact: type[Fact]) -> Callable[[StreamMessage[Any]], Awaitable[Fact]]:
    """pydantic on the raw bytes, its model prebuilt: half the cost of FastStream's way through Python objects."""

    async def read(message: StreamMessage[Any]) -> Fact:
        try:
            return fact.model_validate_json(message.body)
        except ValidationError as broken:
            raise Unreadable(f"body of {fact.type}: {complaints(broken)}") from None

    return read


def complaints(broken: ValidationError) -> str:
    """What is wrong and where, without any of the input."""
    found = broken.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{_place(each['loc'])}: {each['type']}" for each in found[:10])


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) if isinstance(part, int) or _PLAIN.fullmatch(part) else "?" for part in loc) or "body"
