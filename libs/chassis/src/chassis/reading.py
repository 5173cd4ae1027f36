"""How FastStream is to read a record: tolerant of headers, strict about bodies."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import ConsumerRecord
from contracts.fact import Fact
from faststream.kafka.message import KafkaMessage
from faststream.message import StreamMessage
from pydantic import ValidationError

from chassis.envelopes import Unreadable

Raw = ConsumerRecord[bytes, bytes]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,40}")


class _NoConsumer:
    """Nothing is committed through FastStream."""

    async def commit(self) -> None: ...

    def seek(self, partition: Any, offset: int) -> None: ...


_NO_CONSUMER = _NoConsumer()


async def parse(record: Raw) -> KafkaMessage:
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


def is_of(type_: str) -> Callable[[StreamMessage[Any]], Awaitable[bool]]:
    """A filter: records of this CloudEvents type."""

    async def matches(message: StreamMessage[Any]) -> bool:
        return message.headers.get("ce_type") == type_

    return matches


def reads(fact: type[Fact]) -> Callable[[StreamMessage[Any]], Awaitable[Fact]]:
    """A decoder: validated on the raw bytes, the model prebuilt; half the cost of the way through Python objects."""

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
    # A key of a mapping is input, too: shown only when it looks like the name of a field.
    return (
        ".".join(str(part) if isinstance(part, int) or _PLAIN.fullmatch(part) else "?" for part in loc)
        or "body"
    )
