"""A fact as Kafka will carry it: CloudEvents 1.0, binary mode, finished before it is saved."""

from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.fact import Fact
from opentelemetry import propagate
from uuid_utils import uuid7

MAX_VALUE_BYTES = 900_000
"""A little under Kafka's default `max.message.bytes`, so that the broker can never refuse a saved fact as too large."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the outbox keeps: topic, key, headers and bytes, ready to send."""

    id: str
    topic: str
    key: str
    headers: tuple[tuple[str, str], ...]
    value: bytes


class FactTooLarge(ValueError):
    """A fact that Kafka would not take; found before anything is saved."""


def record(
    fact: Fact, sequence: int, source: str, at: datetime, cause: str, *, correlation: str | None = None
) -> Record:
    """The finished record of a fact, with the trace it happened in."""
    value = fact.model_dump_json(exclude_none=False).encode()
    if len(value) > MAX_VALUE_BYTES:
        raise FactTooLarge(f"{fact.type} of {fact.subject()}: {len(value)} bytes")
    id_ = str(uuid7())
    trace: dict[str, str] = {}
    propagate.inject(trace)
    headers = {
        "ce_specversion": "1.0",
        "ce_id": id_,
        "ce_type": fact.type,
        "ce_source": source,
        "ce_subject": fact.subject(),
        "ce_time": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "ce_sequence": str(sequence),
        "ce_correlationid": correlation or fact.story(),
        "ce_causationid": cause,
        **trace,
        "content-type": "application/json",
    }
    return Record(id_, fact.topic, fact.story(), tuple(headers.items()), value)
