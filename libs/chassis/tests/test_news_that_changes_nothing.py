"""A fact that changes nothing is heard all the same: else an older one that comes late would pass for news (wire.md 2)."""

from collections.abc import Sequence
from typing import Any

import pytest
from chassis.handling import Handler
from chassis.memory import MemoryStore
from chassis.mongo import MongoStore
from chassis.records import Record
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Put, Shelf, Take, fact, occasion, shelf_of
from pymongo.asynchronous.database import AsyncDatabase

Store = MongoStore[Shelf] | MemoryStore[Shelf]


@pytest.fixture
async def mongo_store(database: AsyncDatabase[dict[str, Any]]) -> Store:
    made = MongoStore(database, SHELVES, None)
    await made.prepare()
    return made


@pytest.fixture
def memory_store() -> Store:
    return MemoryStore(SHELVES, None)


@pytest.fixture(params=["memory", "mongo"])
def store(request: pytest.FixtureRequest) -> Store:
    return request.getfixturevalue(f"{request.param}_store")


async def test_a_newer_fact_that_changes_nothing_leaves_older_ones_behind(store: Store) -> None:
    told: list[Record] = []

    def tell(key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
        del key, before
        told.extend(owed)

    handle = Handler("warehouse", SHELF, store, tell)
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await handle(Take("s-1", 3, "o-1"), fact(4))
    before = len(told)

    nothing = await handle(Take("s-1", 3, "o-1"), fact(6))
    passed_over = await handle(Take("s-1", 3, "o-2"), fact(5))

    assert (nothing.changes, passed_over.repeated) == ((), True)
    held = await store.load("s-1")
    assert (shelf_of(held).bobbins, held.heard) == (7, {"orders/o-1": 6})
    assert [entry.what for entry in await store.history("s-1")][-1] == ("BobbinsTaken",)
    assert len(told) == before
