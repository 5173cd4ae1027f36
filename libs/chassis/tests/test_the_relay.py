"""What is owed is told: in order for one thing, at once when all is well, and after a crash by the sweep."""

import asyncio
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.handling import Handler
from chassis.memory import MemoryStore
from chassis.records import Record
from chassis.relay import Relay
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Put, Shelf, Take, occasion, tell_nobody
from chassis.testing.waiting import eventually


class Kafka:
    """A broker that takes records down, and is sometimes away."""

    def __init__(self, *, fails: float = 0.0) -> None:
        self.fails = fails
        self.away = False
        self.taken: list[Record] = []

    async def __call__(self, record: Record) -> None:
        await asyncio.sleep(0)
        if self.away or random.random() < self.fails:
            raise TimeoutError("no acknowledgement")
        self.taken.append(record)

    def sequences(self) -> dict[str, list[int]]:
        told: dict[str, list[int]] = defaultdict(list)
        for each in self.taken:
            headers = dict(each.headers)
            told[headers["ce_subject"]].append(int(headers["ce_sequence"]))
        return told


async def quiet(store: MemoryStore[Shelf], within: float = 10.0) -> None:
    async def nothing_owed() -> bool:
        return not (await store.backlog())[0]

    await eventually(nothing_owed, within=within)


async def test_what_is_saved_is_told_at_once_and_then_no_longer_owed() -> None:
    store, kafka = MemoryStore(SHELVES), Kafka()
    relay = Relay(kafka)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))
    relay.start()

    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await quiet(store, within=2)
    await relay.stop()

    assert kafka.sequences() == {"s-1": [1]}
    assert await store.owed("s-1") == []


async def test_one_things_facts_are_told_in_order_while_kafka_fails_every_third_time() -> None:
    random.seed(1)
    store, kafka = MemoryStore(SHELVES), Kafka(fails=0.3)
    relay = Relay(kafka, workers=4)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))
    relay.start()

    for n in range(5):
        await handle(Put(f"s-{n}", 10, MONDAY), occasion(f"put-{n}"), opening=True)
        for m in range(6):
            await handle(Take(f"s-{n}", 1, f"o-{m}"), occasion(f"take-{n}-{m}"))
    await quiet(store, within=30)
    await relay.stop()

    assert kafka.sequences() == {f"s-{n}": [1, 2, 3, 4, 5, 6, 7] for n in range(5)}


async def test_facts_left_by_a_crash_are_told_by_the_sweep_before_newer_ones() -> None:
    store, kafka = MemoryStore(SHELVES), Kafka()
    crashed = Handler("warehouse", SHELF, store, tell_nobody)
    await crashed(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await crashed(Put("s-2", 10, MONDAY), occasion("put"), opening=True)
    relay = Relay(kafka)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))

    await handle(Take("s-1", 1, "o-1"), occasion("take"))
    await relay.sweep()
    relay.start()
    await quiet(store)
    await relay.stop()

    assert kafka.sequences() == {"s-1": [1, 2], "s-2": [1]}


async def test_while_kafka_is_away_nothing_is_lost_and_a_stop_keeps_what_is_owed() -> None:
    store, kafka = MemoryStore(SHELVES), Kafka()
    kafka.away = True
    relay = Relay(kafka)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))
    relay.start()

    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await relay.stop(within=0.2)

    assert kafka.taken == []
    assert len(await store.owed("s-1")) == 1
    assert (await relay.backlog())[0] == 1


async def test_a_thing_that_kafka_refuses_does_not_hold_up_the_others() -> None:
    store, told = MemoryStore(SHELVES), list[str]()

    async def picky(record: Record) -> None:
        if record.key == "s-0":
            raise PermissionError("not authorised")
        told.append(record.key)

    relay = Relay(picky, workers=1)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))
    relay.start()

    for n in range(20):
        await handle(Put(f"s-{n}", 10, MONDAY), occasion(f"put-{n}"), opening=True)
    await eventually(lambda: len(told) == 19, within=5)
    await relay.stop(within=0.1)

    assert sorted(told) == sorted(f"s-{n}" for n in range(1, 20))


async def test_facts_that_cannot_be_forgotten_yet_are_forgotten_later() -> None:
    class Stumbling(MemoryStore[Shelf]):
        stumbles = 3

        async def forget(self, sent: Any) -> None:
            if self.stumbles:
                self.stumbles -= 1
                raise ConnectionError("the store is away")
            await super().forget(sent)

    store, kafka = Stumbling(SHELVES), Kafka()
    relay = Relay(kafka)
    handle = Handler("warehouse", SHELF, store, relay.ear(store))
    relay.start()

    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await quiet(store)
    await relay.stop()

    assert kafka.sequences() == {"s-1": [1]}


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_the_timing_nothing_is_lost_and_first_appearances_are_in_order(seed: int) -> None:
    random.seed(seed)
    store, kafka = MemoryStore(SHELVES), Kafka(fails=0.2)
    relays = [Relay(kafka, workers=3) for _ in range(2)]
    handles = [Handler("warehouse", SHELF, store, relay.ear(store)) for relay in relays]
    for relay in relays:
        relay.start()

    async def customer(n: int) -> None:
        for m in range(8):
            await asyncio.sleep(random.random() * 0.02)
            await random.choice(handles)(Put(f"s-{n % 4}", 1, MONDAY), occasion(f"{n}-{m}"))

    await asyncio.gather(*(customer(n) for n in range(12)))
    await quiet(store, within=30)
    await asyncio.gather(*(relay.stop() for relay in relays))

    for told in kafka.sequences().values():
        first = list(dict.fromkeys(told))
        assert first == list(range(1, 25))


async def test_the_oldest_debt_is_known() -> None:
    store = MemoryStore(SHELVES)
    relay = Relay(Kafka())
    handle = Handler("warehouse", SHELF, store, relay.ear(store))

    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    many, age = await relay.backlog()
    assert many == 1
    assert 0 <= age < 5
    assert await store.unclaimed(datetime.now(UTC) - timedelta(seconds=10), 5) == []
