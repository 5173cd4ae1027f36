"""A foreign subscriber reads the facts he was given, in groups of his own, as fast as his quota lets him, and does nothing else.

On a real Kafka with its authorizer, TLS and SCRAM; the rights are given by the script that an operator calls.
"""

import time
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from chassis.connections import access
from chassis.publishing import KafkaPublisher
from chassis.records import Record, record
from contracts.catalogue import example_of, facts
from contracts.topics import dead_letters_of

from .conftest import GIVEN, RATE, Guarded

WITHIN = 20_000


def told(type_: str, service: str) -> Record:
    return record(example_of(facts()[type_]), 1, service, datetime.now(UTC), "test")


async def read(guarded: Guarded, user: str, topic: str, group: str | None, count: int = 1) -> int:
    """So many records, or whatever Kafka says instead."""
    consumer = AIOKafkaConsumer(
        topic, **access(guarded.settings(user), "stranger"), group_id=group, auto_offset_reset="earliest"
    )
    got = 0
    async with consumer:
        while got < count:
            batches = await consumer.getmany(timeout_ms=WITHIN)
            assert batches, f"nothing within {WITHIN} ms"
            got += sum(map(len, batches.values()))
        if group:
            await consumer.commit()
    return got


def own_group() -> str:
    return f"partner.reports-{uuid4()}"


async def test_he_reads_the_facts_he_was_given(guarded: Guarded, opblok: KafkaPublisher) -> None:
    await opblok(told("order.created.v1", "orders"))

    assert await read(guarded, "partner", "order.created", own_group()) >= 1


@pytest.mark.parametrize("topic", ["order.paid", dead_letters_of("orders"), "__consumer_offsets"])
async def test_he_reads_nothing_else(guarded: Guarded, opblok: KafkaPublisher, topic: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await read(guarded, "partner", topic, own_group())


@pytest.mark.parametrize("group", ["orders", "partners", "other.reports"])
async def test_he_reads_in_groups_of_his_own_alone(
    guarded: Guarded, opblok: KafkaPublisher, group: str
) -> None:
    with pytest.raises(GroupAuthorizationFailedError):
        await read(guarded, "partner", "order.created", group)


@pytest.mark.parametrize("topic", ["order.created", "order.paid", dead_letters_of("orders")])
async def test_he_writes_nowhere(guarded: Guarded, opblok: KafkaPublisher, topic: str) -> None:
    producer = AIOKafkaProducer(**access(guarded.settings("partner"), "stranger"))
    async with producer:
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(topic, b"{}")


async def test_he_is_slowed_to_his_quota_and_loses_nothing(guarded: Guarded, opblok: KafkaPublisher) -> None:
    one = told("stock.changed.v1", "procurement")
    large = replace(one, headers=(*one.headers, ("tracestate", "x" * 4_000)))
    count = 25
    for _ in range(count):
        await opblok(large)

    quick = await timed(guarded, "opblok", count)
    slow = await timed(guarded, "partner", count)

    assert slow > count * len(large.headers[-1][1]) / RATE / 2
    assert slow > quick


async def timed(guarded: Guarded, user: str, count: int) -> float:
    begun = time.monotonic()
    assert await read(guarded, user, "stock.changed", None, count) >= count
    return time.monotonic() - begun


async def test_without_a_name_or_with_a_wrong_password_nobody_comes_in(
    guarded: Guarded, opblok: KafkaPublisher
) -> None:
    guarded.password_file("partner-of-nobody")
    with pytest.raises(KafkaError):
        await read(guarded, "partner-of-nobody", "order.created", None)

    nameless = AIOKafkaConsumer("order.paid", bootstrap_servers=guarded.nameless)
    with pytest.raises(TopicAuthorizationFailedError):
        async with nameless:
            await nameless.getone()


async def test_what_is_taken_back_is_gone(guarded: Guarded, opblok: KafkaPublisher) -> None:
    """The last one: after it this subscriber is none any more."""
    await opblok(told("order.created.v1", "orders"))
    assert await read(guarded, "partner", "order.created", own_group()) >= 1

    guarded.access("remove", "partner", "partner.", *GIVEN)

    with pytest.raises(KafkaError):
        await read(guarded, "partner", "order.created", own_group())
