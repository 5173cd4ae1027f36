"""Crm, Kafka and Bitrix24 are down, and then MongoDB is cut off: every caller is answered, and nothing of it is lost."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from chassis.testing.waiting import eventually
from pymongo.uri_parser import parse_uri
from telephony_router.testing.asking import MARIA

from services.telephony_router.tests.integration.a_gate import Gate
from services.telephony_router.tests.integration.as_a_process import Process, knock
from services.telephony_router.tests.integration.heard_before import known_before

NOBODY = "127.0.0.1:9"
CALLS = 20
WITHIN = 0.15
"""So long an answer waits for the store, seconds: what the router promises."""
SLACK = 1.5
"""This machine may be busy; a driver that waits for a store that is cut off waits 30 s."""


def behind(mongo: str) -> tuple[str, int]:
    """Where MongoDB listens."""
    ((host, port),) = parse_uri(mongo)["nodelist"]
    return host, port or 27017


@pytest.fixture
async def gate(own_database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gate]:
    """Before MongoDB; there is no Kafka and no crm at all."""
    await known_before(own_database)
    async with Gate(*behind(os.environ["OPBLOK_MONGO"])).standing() as gate:
        monkeypatch.setenv(
            "OPBLOK_MONGO", f"mongodb://127.0.0.1:{gate.port}/?directConnection=true&w=majority&journal=true"
        )
        monkeypatch.setenv("OPBLOK_KAFKA", NOBODY)
        monkeypatch.setenv("OPBLOK_CRM_URL", f"http://{NOBODY}")
        monkeypatch.setenv("OPBLOK_TOKEN_URL", f"http://{NOBODY}/oauth/token")
        monkeypatch.setenv("OPBLOK_ROUTER_PORTAL", "true")
        yield gate


@pytest.fixture
async def router(gate: Gate) -> AsyncIterator[Process]:
    """It runs without Kafka and crm."""
    del gate
    process = Process()
    try:
        await process.start(lambda told: told["checks"]["start"] == "ok")
        yield process
    finally:
        await process.end(signal.SIGKILL)


async def test_calls_go_to_their_owner_whatever_is_down(
    own_database: Any, gate: Gate, router: Process
) -> None:
    async with httpx.AsyncClient(base_url=router.address, timeout=30.0) as client:
        plan = await _ring(client, 0)
        assert (plan["recognition"], plan["steps"][0]["staff_id"]) == ("known", "anna")
        assert plan["steps"][0]["dial"] == {"way": "extension", "address": "101"}
        assert plan["steps"][-1]["kind"] == "callback"
        told = await router.health()
        assert told["checks"]["kafka"] != "ok"

        gate.close()
        began = time.monotonic()
        plans = await asyncio.gather(*(_ring(client, number) for number in range(1, CALLS)))
        took = time.monotonic() - began

        assert all(each["steps"][0]["staff_id"] == "anna" for each in plans)
        assert took < WITHIN + SLACK
        assert await own_database["calls"].count_documents({}) == 1

        gate.open()

        async def written_down() -> bool:
            return await own_database["calls"].count_documents({}) == CALLS

        await eventually(written_down, within=60.0)


async def _ring(client: httpx.AsyncClient, number: int) -> Any:
    answer = await knock(client, "calls", {"call_id": f"v-{number}", "from": MARIA})
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()
