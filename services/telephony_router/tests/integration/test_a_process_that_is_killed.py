"""The router as a process: SIGKILL in the middle of many simultaneous calls. None is lost; who was missed is rung back."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from chassis.testing.waiting import eventually
from telephony_router.application.taking_calls import Heard, call_of

from services.telephony_router.tests.integration.as_a_process import Process, knock


class Scenarios:
    """Sessions at a provider: each asks once, and repeats its report, signed anew, until it is taken."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.planned = 0
        self.killed = asyncio.Event()

    async def one(self, number: int) -> None:
        """Every second of them talked, the others were not answered. They end after the crash."""
        call = {
            "call_id": f"v-{number}",
            "from": f"+7916123{number:04}",
            "started_at": datetime.now(UTC).isoformat(),
        }
        with suppress(httpx.TransportError):  # unanswered, it takes its emergency route
            answer = await knock(self.client, "calls", call)
            self.planned += answer.is_success
        await self.killed.wait()
        end = {"event_id": "end", "said": "ended", "at": datetime.now(UTC).isoformat()}
        talked = {"talked_seconds": 30} if number % 2 else {"code": "no_answer"}
        report = {**call, "events": [{**end, **talked}]}
        await eventually(lambda: self._taken(report), within=120.0)

    async def _taken(self, report: Any) -> bool:
        try:
            return (await knock(self.client, "events", report)).is_success
        except httpx.TransportError:
            return False


@pytest.fixture
async def router(own_database: Any) -> AsyncIterator[Process]:
    """It runs; whatever comes of the test, it is ended."""
    del own_database
    process = Process()
    try:
        await process.start()
        yield process
    finally:
        await process.end(signal.SIGTERM)


async def test_killed_among_many_calls_it_loses_none(
    own_database: Any, router: Process, killed_calls: int
) -> None:
    limits = httpx.Limits(max_connections=killed_calls)
    async with httpx.AsyncClient(base_url=router.address, timeout=30.0, limits=limits) as client:
        they = Scenarios(client)
        calls = [asyncio.create_task(they.one(number)) for number in range(killed_calls)]
        await eventually(lambda: they.planned >= killed_calls // 4, within=60.0)
        await router.end(signal.SIGKILL)
        they.killed.set()
        await router.start()
        await asyncio.gather(*calls)

    async def rung_back() -> bool:
        open_ = await own_database["callbacks"].count_documents({"listed.open": True})
        return open_ == (killed_calls + 1) // 2

    await eventually(rung_back, within=90.0)
    kept = {each["_id"]: each["listed"]["status"] async for each in own_database["calls"].find()}
    assert kept == {
        call_of(Heard("generic", f"v-{number}")): "finished" if number % 2 else "missed"
        for number in range(killed_calls)
    }
