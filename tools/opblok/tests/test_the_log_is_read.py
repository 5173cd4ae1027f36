"""Commands that look into Kafka, on a real one."""

import asyncio
import json
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from chassis.testing.infra import Infra
from opblok.cli import app
from typer.testing import CliRunner, Result

HEADERS = {"ce_type": "order.created.v1", "ce_source": "orders", "ce_sequence": "1"}
LETTER = {"dl_service": "orders", "dl_reason": "refused", "dl_topic": "order.created", "dl_partition": "0"}


@pytest.fixture(autouse=True)
def kafka(infra: Infra, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_KAFKA", infra.kafka)


def told(topic: str, key: str, headers: dict[str, str], body: bytes = b"{}") -> None:
    async def tell() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=kafka_address(), acks="all")
        await producer.start()
        try:
            packed = [(name, value.encode()) for name, value in headers.items()]
            await producer.send_and_wait(topic, body, key.encode(), headers=packed)
        finally:
            await producer.stop()

    asyncio.run(tell())


def kafka_address() -> str:
    from chassis.settings import KafkaSettings

    return KafkaSettings().servers


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_the_facts_of_one_story_are_shown_as_they_were_told() -> None:
    story, other = uuid4().hex, uuid4().hex
    for key in (story, other):
        told("order.created", key, {**HEADERS, "ce_id": key, "ce_subject": key}, b'{"lamps": 1}')

    lines = typed("facts", "tail", "--once", "--since", "10m", "--story", story, "--json").stdout.splitlines()

    (fact,) = [json.loads(line) for line in lines]
    assert (fact["topic"], fact["key"], fact["body"]) == ("order.created", story, {"lamps": 1})
    assert fact["headers"]["ce_type"] == "order.created.v1"


def test_a_fact_told_twice_counts_once() -> None:
    before = json.loads(typed("facts", "count", "--json").stdout).get("order.created", 0)
    once = uuid4().hex
    for _ in range(2):
        told("order.created", once, {**HEADERS, "ce_id": once, "ce_subject": once})

    assert json.loads(typed("facts", "count", "--json").stdout)["order.created"] == before + 1


def test_topics_that_are_as_they_should_be_are_left_alone() -> None:
    assert "All topics are as they should be." in typed("topics", "apply").output

    listed = json.loads(typed("topics", "list", "--json").stdout)
    assert listed["missing"] == []
    assert {each["partitions"] for each in listed["topics"] if each["name"] == "order.created"} == {3}


def test_a_dead_letter_is_listed_shown_and_told_again() -> None:
    key = uuid4().hex
    about = {**HEADERS, "ce_id": key, "ce_subject": key, **LETTER}
    told("dead-letters.orders", key, {**about, "dl_offset": "0", "dl_attempts": "5"}, b'{"lamps": 2}')

    listed = typed("dead-letters", "list", "orders", "--json")
    (letter,) = [each for each in json.loads(listed.stdout) if each["subject"] == key]
    assert listed.exit_code == 3
    shown = json.loads(typed("dead-letters", "show", "orders", letter["id"], "--json").stdout)
    assert (shown["reason"], shown["key"], shown["value"]) == ("refused", key, '{"lamps": 2}')

    answer = typed("dead-letters", "replay", "orders", letter["id"])

    assert answer.exit_code == 0, answer.output
    (after,) = [
        each
        for each in json.loads(typed("dead-letters", "list", "orders", "--json").stdout)
        if each["subject"] == key
    ]
    assert len(after["replayed_at"]) == 1


def test_a_letter_nobody_wrote_is_not_found() -> None:
    answer = typed("dead-letters", "show", "crm", "0-999999")

    assert answer.exit_code == 2
    assert "crm has no dead letter 0-999999" in answer.output


def test_a_silent_kafka_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_KAFKA", "127.0.0.1:9")

    answer = typed("topics", "list")

    assert answer.exit_code == 1
    assert "Kafka does not answer at 127.0.0.1:9" in answer.output
