"""Every passed deadline reaches its service, and one that fails keeps no other waiting."""

import asyncio
from datetime import timedelta

from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Count, Put, Shelf, occasion
from kernel.deadline import Deadline


async def shelves(*names: str) -> MemoryStore[Shelf]:
    store = MemoryStore(SHELVES)
    handle = Handler("warehouse", SHELF, store, lambda *_, **__: None)
    for name in names:
        await handle(Put(name, 1, MONDAY), occasion(name), opening=True)
    return store


async def test_a_deadline_is_handed_over_when_its_time_has_come_and_not_before() -> None:
    store, clock = await shelves("s-1"), StoppedClock(MONDAY)
    handle = Handler("warehouse", SHELF, store, lambda *_, **__: None)
    late: list[float] = []

    async def count(key: str, deadline: Deadline, why: Occasion) -> None:
        await handle.fire(deadline, Count(key, deadline.at), why)

    worker = DeadlineWorker("warehouse", store, clock, count, lateness=late.append)

    assert await worker.once() == 0
    clock.forward(timedelta(days=1, seconds=2))
    assert await worker.once() == 1
    assert await worker.once() == 0
    assert late == [2.0]
    put, counted = await store.history("s-1")
    assert put.what == ("BobbinsPut",)
    assert (counted.what, counted.who) == (("ShelfCounted",), "service:warehouse")
    assert counted.why.startswith("deadline/shelves/s-1/count/")


async def test_one_that_fails_is_tried_again_later_and_the_others_are_not_kept_waiting() -> None:
    store, clock = await shelves("broken", "s-1", "s-2"), StoppedClock(MONDAY + timedelta(days=2))
    handle = Handler("warehouse", SHELF, store, lambda *_, **__: None)
    tries: list[str] = []

    async def count(key: str, deadline: Deadline, why: Occasion) -> None:
        tries.append(key)
        if key == "broken" and tries.count("broken") < 3:
            raise ConnectionError("crm is away")
        await handle.fire(deadline, Count(key, deadline.at), why)

    worker = DeadlineWorker("warehouse", store, clock, count)
    async with asyncio.timeout(10):
        while await store.due(clock.now(), 10):
            await worker.once()
            await asyncio.sleep(0.02)

    assert sorted(tries) == ["broken", "broken", "broken", "s-1", "s-2"]


async def test_one_that_its_service_leaves_due_does_not_spin() -> None:
    store, clock = await shelves("s-1"), StoppedClock(MONDAY + timedelta(days=2))
    tries: list[str] = []

    async def forgetful(key: str, deadline: Deadline, why: Occasion) -> None:
        del deadline, why
        tries.append(key)

    worker = DeadlineWorker("warehouse", store, clock, forgetful)
    for _ in range(50):
        await worker.once()

    assert tries == ["s-1"]
