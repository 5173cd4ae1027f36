"""No phone, name or address of a customer, and no note on him, is in a topic, a log, a span or a figure, nor readable in the database.

The last of the stories: all that the others said of customers is looked for in all that they left behind.
"""

import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewTopic
from bson import json_util
from chassis.testing.waiting import eventually
from chassis.topic_listing import administering, listing
from opblok.stack.settings import SERVICES

from bench.killing.evidence import Outside
from bench.own_stack import OwnStack
from tests.e2e.collector import Collector
from tests.e2e.searching import escaped, hits, spellings
from tests.e2e.shop import ADDRESS, E164, NAME, NOTE, PATIENT, PHONE, Shop

pytestmark = pytest.mark.timeout(180)


async def in_topics(outside: Outside) -> AsyncIterator[tuple[str, str]]:
    """Every record of every topic, dead letters and all: key, headers and value."""
    names = [each.name for each in await listing(outside.settings)]
    async for record in outside.records(names, {}):
        parts = [record.key or b"", record.value or b"", *(value or b"" for _, value in record.headers)]
        text = "\n".join(part.decode(errors="replace") for part in parts)
        yield f"{record.topic}/{record.partition}/{record.offset}", text


def in_logs(stack: OwnStack) -> Iterable[tuple[str, str]]:
    """Every line that a process of the stack wrote, older files too."""
    for log in (*stack.home.logs.iterdir(), stack.folder / "supervisor.log"):
        yield log.name, log.read_text(errors="replace")


async def in_database(outside: Outside) -> AsyncIterator[tuple[str, str]]:
    """Every document of every service, as it lies there."""
    async for service, name, found in outside.things({}):
        yield f"{service}.{name} {found['_id']}", json_util.dumps(found, ensure_ascii=False)


@pytest.fixture
def sought(personal: set[str]) -> re.Pattern[str]:
    return spellings(personal)


@pytest.fixture(autouse=True)
async def something_was_said(shop: Shop) -> str:
    """So that this may be run alone, too."""
    order_id = await shop.order("nobody-has-it", 1)
    await shop.until(order_id, supply="short")
    found = await shop.post("owner", "crm", "/customers:resolve", {"phone": PHONE})
    whose = found["customer_id"]
    await shop.post("owner", "crm", f"/customers/{whose}/notes", {"situation": NOTE})
    read = await shop.post("owner", "crm", f"/customers/{whose}/notes:read", {"reason": "to check"})
    assert [each["text"] for each in read["notes"]] == [NOTE]
    return order_id


async def test_no_topic_holds_anything_personal(outside: Outside, sought: re.Pattern[str]) -> None:
    texts = [each async for each in in_topics(outside)]

    assert len(texts) > 10
    assert hits(texts, sought) == []


async def test_no_log_holds_anything_personal(stack: OwnStack, sought: re.Pattern[str]) -> None:
    texts = list(in_logs(stack))

    assert {f"{service}.log" for service in SERVICES} <= {name for name, _ in texts}
    assert hits(texts, sought) == []


async def test_no_span_and_no_figure_holds_anything_personal(
    collector: Collector, sought: re.Pattern[str]
) -> None:
    services = set(SERVICES)
    await eventually(lambda: services <= {service for service, _ in collector.spans()}, PATIENT)
    await eventually(lambda: services <= {service for service, _ in collector.figures()}, PATIENT)

    assert hits(collector.texts(), sought) == []


def test_the_search_finds_a_planted_span(collector: Collector) -> None:
    planted = Collector()
    request = collector.traces[0].__class__()
    request.CopyFrom(collector.traces[0])
    attributes = request.resource_spans[0].scope_spans[0].spans[0].attributes
    attributes.add(key="who").value.string_value = f"asked by {NAME}"
    planted.take("/v1/traces", request.SerializeToString())

    assert len(hits(planted.texts(), spellings({NAME}))) == 1


async def test_one_trace_leads_from_the_order_to_its_supply(
    collector: Collector, something_was_said: str
) -> None:
    def look() -> bool:
        by_trace: dict[bytes, set[str]] = {}
        for service, span in collector.spans():
            by_trace.setdefault(span.trace_id, set()).add(service)
            for link in span.links:
                by_trace.setdefault(link.trace_id, set()).add(service)
        return any({"orders", "procurement"} <= services for services in by_trace.values())

    assert await eventually(look, PATIENT)


async def test_the_database_holds_nothing_personal_in_the_clear(
    outside: Outside, sought: re.Pattern[str]
) -> None:
    texts = [each async for each in in_database(outside)]

    assert any(place.startswith("crm.customers") for place, _ in texts)
    assert hits(texts, sought) == []


@pytest.mark.parametrize(
    "planted",
    [
        PHONE,
        E164,
        "79167034196",
        "9167034196",
        "+7-916-703-41-96",
        "варвара",
        NAME,
        ADDRESS,
        escaped("Ткачей"),
    ],
)
def test_the_search_finds_what_is_planted(planted: str, tmp_path: Path) -> None:
    sought = spellings({E164, NAME, ADDRESS})

    assert hits([("a log", f'{{"event": "asked", "by": "{planted}"}}')], sought)
    assert not hits([("a log", f'{{"event": "asked", "by": "{uuid4()}", "phone": "+7916***4196"}}')], sought)


@pytest.mark.parametrize("where", ["value", "key", "header"])
async def test_the_search_finds_a_planted_record(outside: Outside, where: str) -> None:
    topic, said = f"planted-{uuid4().hex[:8]}", f"позвоните {NAME}".encode()
    record: dict[str, Any] = {"value": b"{}", "key": b"k", "headers": []}
    record |= {"headers": [("note", said)]} if where == "header" else {where: said}
    producer = AIOKafkaProducer(bootstrap_servers=outside.kafka)
    async with administering(outside.settings) as admin:
        await admin.create_topics([NewTopic(topic, 1, 1)])
        await producer.start()
        try:
            await producer.send_and_wait(topic, **record)
            texts = [each async for each in in_topics(outside)]
        finally:
            await producer.stop()
            await admin.delete_topics([topic])

    found = hits(texts, spellings({NAME}))

    assert [each.split("/")[0] for each in found] == [topic]
