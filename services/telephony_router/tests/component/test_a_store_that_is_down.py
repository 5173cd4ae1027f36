"""The caller never waits more than a moment for the store: the plan goes out, the record follows."""

import asyncio
import time
from typing import Any

from chassis.handling import Held, Writing
from chassis.testing.waiting import eventually
from pydantic import SecretStr
from telephony_router.testing.asking import running
from telephony_router.testing.provider import SECRET, event, knock, ring, say


class Fragile:
    """A store of calls that can be slow or down."""

    def __init__(self, store: Any) -> None:
        self.store, self.down, self.pause = store, False, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def load(self, key: str) -> Held[Any]:
        await self._there()
        return await self.store.load(key)

    async def save(self, held: Held[Any], writing: Writing[Any]) -> None:
        await self._there()
        await self.store.save(held, writing)

    async def _there(self) -> None:
        await asyncio.sleep(self.pause)
        if self.down:
            raise ConnectionError


async def test_the_plan_goes_out_and_the_record_follows_once() -> None:
    async with running(webhook_secret=SecretStr(SECRET), router_journal_within=0.1) as it:
        journal = it.wired("taking").journal
        fragile = Fragile(journal.handle.store)
        object.__setattr__(journal.handle, "store", fragile)
        await ring(it, "first")
        it.chassis.told.clear()
        fragile.down = True

        began = time.monotonic()
        plan = await ring(it)
        assert time.monotonic() - began < 1.0
        assert plan["steps"][0]["staff_id"] == "anna"
        assert await ring(it) == plan
        assert (await say(it, event(it, "answered", 2, leg=1)))["saved"] is False
        assert it.chassis.told == []

        fragile.down = False
        await eventually(lambda: not journal.waiting)

        (call,) = (await it.read("/calls?status=talking"))["items"]
        assert (call["status"], call["staff_id"]) == ("talking", "anna")
        told = sorted(type(fact).__name__ for fact in it.chassis.told)
        assert told == ["CallAnsweredV1", "CallReceivedV1", "CallRoutedV1"]


async def test_a_slow_store_does_not_hold_up_the_answer() -> None:
    async with running(webhook_secret=SecretStr(SECRET), router_journal_within=0.05) as it:
        journal = it.wired("taking").journal
        fragile = Fragile(journal.handle.store)
        object.__setattr__(journal.handle, "store", fragile)
        await ring(it, "first")
        fragile.pause = 2.0

        began = time.monotonic()
        await ring(it)

        assert time.monotonic() - began < 1.0
        await eventually(lambda: not journal.waiting)
        assert len((await it.read("/calls"))["items"]) == 2


async def test_what_finds_no_room_to_wait_is_not_said_to_be_taken() -> None:
    async with running(webhook_secret=SecretStr(SECRET)) as it:
        it.wired("taking").journal.most = 0

        plan = await ring(it)
        answer = await knock(it, "generic/events", {"call_id": "v-1", "events": [event(it, "ended", 2)]})

        assert plan["steps"]
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
