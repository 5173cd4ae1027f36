"""The router as production runs it (deploy/k8s): a process of role `api` answers callers, one of role `worker` hears and keeps deadlines."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from telephony_router.application.taking_calls import Heard, call_of
from telephony_router.testing.asking import MARIA

from services.telephony_router.tests.integration.as_a_process import Process, knock
from services.telephony_router.tests.integration.heard_before import known_before

NOBODY = "127.0.0.1:9"
TOPICS = ("call.received", "call.routed", "call.missed", "callback.due")


@pytest.fixture
async def parts(own_database: Any) -> AsyncIterator[tuple[Process, Process]]:
    """Who answers, and reaches no Kafka; who works, not started yet."""
    await known_before(own_database)
    api, worker = Process(OPBLOK_ROLE="api", OPBLOK_KAFKA=NOBODY), Process(OPBLOK_ROLE="worker")
    async with AsyncExitStack() as ending:
        for each in (api, worker):
            ending.push_async_callback(each.end, signal.SIGKILL)
        await api.start()
        yield api, worker


async def told_of(call_id: str, kafka: str) -> list[str]:
    """The topics of the facts of this call, as they lie in Kafka."""
    consumer: Any = AIOKafkaConsumer(*TOPICS, bootstrap_servers=kafka, auto_offset_reset="earliest")
    found: list[str] = []
    async with consumer:
        try:
            async with asyncio.timeout(60.0):
                while set(found) < set(TOPICS):
                    read = await consumer.getmany(timeout_ms=500)
                    found += [
                        one.topic
                        for records in read.values()
                        for one in records
                        if call_id.encode() in one.value
                    ]
        except TimeoutError:
            pass
    return found


async def test_who_answers_needs_no_worker_and_the_worker_does_the_rest(
    own_database: Any, infra: Infra, parts: tuple[Process, Process]
) -> None:
    api, worker = parts
    call = {"call_id": "v-1", "from": MARIA}
    call_id = call_of(Heard("generic", "v-1"))
    end = {"event_id": "end", "said": "ended", "at": datetime.now(UTC).isoformat(), "code": "no_answer"}
    async with httpx.AsyncClient(base_url=api.address, timeout=30.0) as client:
        plan = (await knock(client, "calls", call)).raise_for_status().json()
        (await knock(client, "events", {**call, "events": [end]})).raise_for_status()

    assert (plan["recognition"], plan["steps"][0]["staff_id"]) == ("known", "anna")
    assert "kafka" not in (await api.health())["checks"]

    async def missed() -> bool:
        kept = await own_database["calls"].find_one({"_id": call_id})
        return kept is not None and kept["listed"]["status"] == "missed"

    await eventually(missed, within=30.0)
    assert await own_database["callbacks"].count_documents({}) == 0  # a deadline, and nobody keeps it

    await worker.start()

    async def rung_back() -> bool:
        return await own_database["callbacks"].count_documents({"listed.open": True}) == 1

    await eventually(rung_back, within=60.0)
    assert set(await told_of(call_id, infra.kafka)) == set(TOPICS)
    async with httpx.AsyncClient(base_url=worker.address, timeout=30.0) as client:
        assert (await knock(client, "calls", call)).status_code == httpx.codes.NOT_FOUND
