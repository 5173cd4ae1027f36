"""Many things that are opened at once go into MongoDB together: the more there is to do, the less each costs."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, cast

from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import BulkWriteError, DuplicateKeyError

from chassis.blame import is_fault

DUPLICATE = 11000
AT_ONCE = 4
"""So many inserts of one at a time are under way; what comes meanwhile waits for the first of them and goes together."""
MOST = 200

Document = dict[str, Any]
Waiting = tuple[Document, asyncio.Future[None]]


class Inserts:
    """The inserts of one collection: each is acknowledged by the majority's journal before it returns, alone or with others."""

    def __init__(self, collection: AsyncCollection[Document], *, at_once: int = AT_ONCE) -> None:
        self._collection = collection
        self._at_once = at_once
        self._under_way = 0
        self._waiting: deque[Waiting] = deque()
        self._together: set[asyncio.Task[None]] = set()

    async def __call__(self, document: Document) -> None:
        """Raise `DuplicateKeyError` when it is there, and what MongoDB's driver raises."""
        if self._under_way >= self._at_once:
            done = asyncio.get_running_loop().create_future()
            self._waiting.append((document, done))
            await done
            return
        self._under_way += 1
        try:
            await self._collection.insert_one(document)
        finally:
            self._next()

    def _next(self) -> None:
        """One is done: whoever waits goes now, all together."""
        batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        if not batch:
            self._under_way -= 1
            return
        task = asyncio.create_task(self._insert(batch))
        self._together.add(task)
        task.add_done_callback(self._together.discard)

    async def _insert(self, batch: Sequence[Waiting]) -> None:
        try:
            raised = await self._raised([document for document, _ in batch])
            for n, (_, done) in enumerate(batch):
                if not done.done():
                    done.set_exception(raised[n]) if n in raised else done.set_result(None)
        except asyncio.CancelledError:
            for _, done in batch:
                done.cancel()
            raise
        finally:
            self._next()

    async def _raised(self, documents: Sequence[Document]) -> Mapping[int, Exception]:
        """What each of them is told that was not inserted."""
        try:
            await self._collection.insert_many(documents, ordered=False)
        except BulkWriteError as some:
            details = cast("Document", some.details)
            if details["writeConcernErrors"]:  # none of them is known to be durable
                return dict.fromkeys(range(len(documents)), some)
            return {each["index"]: _why(each, some) for each in details["writeErrors"]}
        except Exception as fault:  # noqa: BLE001 - each of those who wait is told
            if is_fault(fault):
                return dict.fromkeys(range(len(documents)), fault)
            return await self._one_by_one(documents)
        return {}

    async def _one_by_one(self, documents: Sequence[Document]) -> Mapping[int, Exception]:
        """One that MongoDB takes from nobody keeps no other out."""
        raised: dict[int, Exception] = {}
        for n, document in enumerate(documents):
            try:
                await self._collection.insert_one(document)
            except Exception as fault:  # noqa: BLE001 - who waits for it is told
                raised[n] = fault
        return raised


def _why(error: Mapping[str, Any], some: BulkWriteError) -> Exception:
    if error["code"] == DUPLICATE:
        return DuplicateKeyError(error["errmsg"], error["code"], error)
    return some
