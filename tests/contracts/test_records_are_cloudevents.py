"""What we put on Kafka is CloudEvents 1.0 in binary mode, as the CloudEvents SDK reads and writes it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from chassis.records import Record, record
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from contracts.catalogue import example_of, example_text, facts
from contracts.envelope_schema import HEADERS
from contracts.fact import Fact
from contracts.topics import topics
from jsonschema import Draft202012Validator

AT = datetime(2026, 3, 2, 7, 12, 0, 120_000, tzinfo=UTC)
TOLD_BY = {topic.name: topic.told_by[0] for topic in topics()}

every_fact = pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.type)


def told(fact: type[Fact]) -> Record:
    return record(example_of(fact), 7, TOLD_BY[fact.topic], AT, "019cad6f-1c7e-7c02-8a55-c01d9e7b3f60")


def on_kafka(told: Record) -> KafkaMessage:
    return KafkaMessage({name: value.encode() for name, value in told.headers}, told.key, told.value)


def read(told: Record) -> BaseCloudEvent:
    return from_binary(on_kafka(told), JSONFormat())


@every_fact
def test_the_sdk_reads_what_we_tell(fact: type[Fact]) -> None:
    event = read(told(fact))

    assert event.get_specversion() == "1.0"
    assert event.get_type() == fact.type
    assert event.get_source() == TOLD_BY[fact.topic]
    assert event.get_subject() == example_of(fact).subject()
    assert event.get_time() == AT
    assert event.get_extension("sequence") == "7"
    assert event.get_data() == json.loads(example_text(fact))


@every_fact
def test_the_sdk_writes_the_headers_that_we_write(fact: type[Fact]) -> None:
    ours = told(fact)

    theirs = to_binary(read(ours), JSONFormat(), key_mapper=lambda event: event.get_extension("partitionkey"))

    assert theirs.key == ours.key
    assert headers(theirs) == headers(on_kafka(ours))
    assert json.loads(theirs.value) == json.loads(ours.value)


@every_fact
def test_our_headers_are_those_of_the_published_document(fact: type[Fact]) -> None:
    headers_alone: Any = Draft202012Validator(HEADERS | {"additionalProperties": False})

    headers_alone.validate(dict(told(fact).headers))


def test_a_fact_of_an_order_has_the_order_as_its_key() -> None:
    fact = facts()["supply.allocated.v1"]

    ours = told(fact)

    assert ours.key == json.loads(example_text(fact))["order_id"]
    assert dict(ours.headers)["ce_correlationid"] == ours.key


def headers(message: KafkaMessage) -> dict[str, Any]:
    """CloudEvents headers by name; the time as a moment, since its spelling is free; the key is not a header of ours."""
    found = {name: value.decode() for name, value in message.headers.items()}
    found.pop("ce_partitionkey", None)
    return found | {"ce_time": datetime.fromisoformat(found["ce_time"])}
