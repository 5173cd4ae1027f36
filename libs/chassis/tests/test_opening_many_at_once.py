"""Things that are opened at once go into MongoDB together, and each is answered for itself."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from chassis.gathering import Inserts
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import AutoReconnect, DocumentTooLarge, DuplicateKeyError

Document = dict[str, Any]
MANY = 300


class Listened:
    """A collection whose inserts are counted, and which may be down."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self.batches: list[int] = []
        self.down = False

    async def insert_one(self, document: Document) -> None:
        self.batches.append(1)
        await self._collection.insert_one(document)

    async def insert_many(self, documents: Sequence[Document], *, ordered: bool) -> None:
        self.batches.append(len(documents))
        if self.down:
            raise AutoReconnect("down")
        await self._collection.insert_many(documents, ordered=ordered)


@pytest.fixture
def listened(database: AsyncDatabase[Document]) -> Any:
    return Listened(database["bobbins"])


async def outcomes(insert: Any, documents: Sequence[Document]) -> list[BaseException | None]:
    return await asyncio.gather(*(insert(each) for each in documents), return_exceptions=True)


async def test_a_crowd_goes_together(database: AsyncDatabase[Document], listened: Any) -> None:
    insert = Inserts(listened, at_once=4)

    found = await outcomes(insert, [{"_id": n} for n in range(MANY)])

    assert found == [None] * MANY
    assert await database["bobbins"].count_documents({}) == MANY
    assert sum(listened.batches) == MANY
    assert len(listened.batches) < 20


async def test_who_comes_alone_goes_alone(listened: Any) -> None:
    insert = Inserts(listened)

    for n in range(3):
        await insert({"_id": n})

    assert listened.batches == [1, 1, 1]


async def test_one_that_is_there_already_keeps_no_other_out(
    database: AsyncDatabase[Document], listened: Any
) -> None:
    await database["bobbins"].create_index("name", unique=True, sparse=True)
    await database["bobbins"].insert_many([{"_id": 7}, {"_id": "red", "name": "red"}])
    insert = Inserts(listened, at_once=1)

    found = await outcomes(insert, [*({"_id": n} for n in range(10)), {"_id": "other", "name": "red"}])

    assert [n for n, each in enumerate(found) if each] == [7, 10]
    same, named = found[7], found[10]
    assert isinstance(same, DuplicateKeyError)
    assert (same.details or {})["keyPattern"] == {"_id": 1}
    assert isinstance(named, DuplicateKeyError)
    assert (named.details or {})["keyPattern"] == {"name": 1}
    assert await database["bobbins"].count_documents({}) == 11


async def test_one_that_no_store_takes_keeps_no_other_out(
    database: AsyncDatabase[Document], listened: Any
) -> None:
    insert = Inserts(listened, at_once=1)
    large = {"_id": 2, "text": "x" * (17 * 2**20)}

    found = await outcomes(insert, [{"_id": 0}, {"_id": 1}, large, {"_id": 3}])

    assert [type(each) for each in found] == [type(None), type(None), DocumentTooLarge, type(None)]
    assert await database["bobbins"].count_documents({}) == 3


async def test_all_are_told_when_the_store_is_down_and_later_ones_go_in(listened: Any) -> None:
    insert = Inserts(listened, at_once=1)
    listened.down = True

    found = await outcomes(insert, [{"_id": n} for n in range(5)])
    listened.down = False
    later = await outcomes(insert, [{"_id": n} for n in range(10, 15)])

    assert [isinstance(each, AutoReconnect) for each in found] == [False, True, True, True, True]
    assert later == [None] * 5


async def test_who_gives_up_waiting_keeps_no_other_out(
    database: AsyncDatabase[Document], listened: Any
) -> None:
    insert = Inserts(listened, at_once=1)
    tasks = [asyncio.create_task(insert({"_id": n})) for n in range(5)]
    await asyncio.sleep(0)

    tasks[2].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert await database["bobbins"].count_documents({"_id": {"$in": [0, 1, 3, 4]}}) == 4
