"""Every passed deadline reaches its service, and one that fails keeps no other waiting."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from chassis.clock import StoppedClock
from chassis.deadlines import PAGE, DeadlineWorker
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Count, Put, Shelf, occasion, tell_nobody
from chassis.testing.waiting import eventually
from kernel.deadline import Deadline


def nothing_due(shelf: Shelf) -> list[Deadline]:
    del shelf
    return []


async def shelves(*names: str) -> MemoryStore[Shelf]:
    store = MemoryStore(SHELVES)
    handle = Handler("warehouse", SHELF, store, tell_nobody)
    for name in names:
        await handle(Put(name, 1, MONDAY), occasion(name), opening=True)
    return store


async def test_a_deadline_is_handed_over_when_its_time_has_come_and_not_before() -> None:
    store, clock = await shelves("s-1"), StoppedClock(MONDAY)
    handle = Handler("warehouse", SHELF, store, tell_nobody)
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
    handle = Handler("warehouse", SHELF, store, tell_nobody)
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


async def test_however_many_fail_the_next_one_still_gets_its_turn() -> None:
    names = [f"broken-{n:03}" for n in range(2 * PAGE + 50)]
    store, clock = await shelves(*names), StoppedClock(MONDAY + timedelta(days=2))
    handle = Handler("warehouse", SHELF, store, tell_nobody)
    await handle(Put("healthy", 1, MONDAY + timedelta(hours=5)), occasion("healthy"), opening=True)

    async def count(key: str, deadline: Deadline, why: Occasion) -> None:
        if key.startswith("broken"):
            raise ConnectionError("crm is away")
        await handle.fire(deadline, Count(key, deadline.at), why)

    worker = DeadlineWorker("warehouse", store, clock, count)
    for _ in range(4):
        await worker.once()

    assert len(await store.history("healthy")) == 2


async def test_one_that_hangs_keeps_no_other_waiting() -> None:
    store, clock = await shelves("hanging"), StoppedClock(MONDAY + timedelta(days=2))
    handle = Handler("warehouse", SHELF, store, tell_nobody)
    hangs = asyncio.Event()

    async def count(key: str, deadline: Deadline, why: Occasion) -> None:
        if key == "hanging":
            hangs.set()
            await asyncio.Event().wait()
        await handle.fire(deadline, Count(key, deadline.at), why)

    worker = DeadlineWorker("warehouse", store, clock, count)
    worker.start()
    await asyncio.wait_for(hangs.wait(), 2)
    await handle(Put("s-1", 1, MONDAY), occasion("s-1"), opening=True)

    async def counted() -> bool:
        return len(await store.history("s-1")) == 2

    await eventually(counted, within=5)
    await asyncio.wait_for(worker.stop(), 2)


async def test_what_the_rules_do_not_derive_any_more_does_not_come_back_for_ever() -> None:
    store, clock = await shelves("s-1"), StoppedClock(MONDAY + timedelta(days=2))
    newer = replace(SHELF, deadlines=nothing_due)
    handle = Handler("warehouse", newer, store, tell_nobody)

    async def count(key: str, deadline: Deadline, why: Occasion) -> None:
        await handle.fire(deadline, Count(key, deadline.at), why)

    await DeadlineWorker("warehouse", store, clock, count).once()

    assert await store.due(clock.now(), 10) == []
    assert len(await store.history("s-1")) == 1
