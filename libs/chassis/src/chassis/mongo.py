"""A thing in MongoDB: its state, the facts it owes, its deadlines, inbox and history, in one document and one write."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar, cast
from uuid import uuid4

from kernel.deadline import Deadline
from pymongo import ASCENDING, DESCENDING, InsertOne, UpdateOne
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError
from pymongo.read_concern import ReadConcern

from chassis.documents import Codec, Documents, Seals
from chassis.gathering import DUPLICATE, Inserts
from chassis.handling import AlreadyInUse, Conflict, Entry, Held, OutboxFull, Taken, Writing
from chassis.layout import (
    LOADED,
    MOST_OWED,
    as_changed,
    as_inserted,
    as_read,
    beyond,
    deadline_of,
    entry_of,
    record_of,
    selection,
    value_at,
)
from chassis.listing import Page, Query, cursor, read_cursor
from chassis.records import Record

S = TypeVar("S")
Document = dict[str, Any]
LEASE = timedelta(seconds=5)
OVERTAKEN_BY = 50
"""So many saves of others may follow one of ours before we look whether it was saved."""


class MongoStore(Generic[S]):
    """Keeps things of one kind. `owner` names this process in the leases of the relay."""

    def __init__(
        self,
        database: AsyncDatabase[Document],
        documents: Documents[S],
        vault: Seals | None,
        *,
        owner: str | None = None,
    ) -> None:
        self.name = documents.collection
        self.owner = owner or uuid4().hex
        self.codec = Codec(documents, vault)
        self._documents = documents
        self._collection: AsyncCollection[Document] = database[documents.collection]
        self._insert = Inserts(self._collection)

    async def prepare(self) -> None:
        """Make the indexes; those that are there already cost nothing."""
        await self._collection.create_index("outbox_at", sparse=True)
        await self._collection.create_index("next_due_at", sparse=True)
        for fields in self._documents.indexes:
            await self._collection.create_index(
                [*((f"listed.{name}", ASCENDING) for name in fields), ("_id", ASCENDING)]
            )
        for fields in self._documents.unique:
            present = {f"listed.{name}": {"$type": ["string", "number", "date"]} for name in fields}
            await self._collection.create_index(
                [(f"listed.{name}", ASCENDING) for name in fields],
                unique=True,
                partialFilterExpression=present,
            )

    async def load(self, key: str) -> Held[S]:
        found = await self._collection.find_one({"_id": key}, LOADED)
        return Held(key) if found is None else as_read(found, self.codec)

    async def load_many(self, keys: Sequence[str]) -> list[Held[S]]:
        found: dict[str, Held[S]] = {}
        async for document in self._collection.find({"_id": {"$in": list(keys)}}, LOADED):
            found[document["_id"]] = as_read(document, self.codec)
        return [found.get(key) or Held(key) for key in keys]

    async def save(self, held: Held[S], writing: Writing[S]) -> None:
        try:
            if held.version == 0:
                await self._insert(self._inserted(held, writing))
                return
            saved = await self._collection.update_one(_as_loaded(held, writing), self._changed(held, writing))
        except DuplicateKeyError as taken:
            raise self._taken(held.key, taken.details or {}) from taken
        if not saved.matched_count:
            await self._raise_why(held)
        if writing.version % 100 == 0:
            await self._fold_history(held.key)

    async def save_many(self, batch: Sequence[tuple[Held[S], Writing[S]]]) -> list[str]:
        writes: list[InsertOne[Document] | UpdateOne] = [
            InsertOne(self._inserted(held, writing))
            if held.version == 0
            else UpdateOne(_as_loaded(held, writing), self._changed(held, writing))
            for held, writing in batch
        ]
        lost: list[str] = []
        matched = inserted = 0
        try:
            done = await self._collection.bulk_write(writes, ordered=False)
            matched, inserted = done.matched_count, done.inserted_count
        except BulkWriteError as some:
            details = cast("Document", some.details)
            matched, inserted = details["nMatched"], details["nInserted"]
            for error in details["writeErrors"]:
                if error["code"] != DUPLICATE:
                    raise
                index: int = error["index"]
                lost.append(batch[index][0].key)
        if matched + inserted + len(lost) < len(batch):
            lost.extend(await self._overtaken([each for each in batch if each[0].key not in lost]))
        return lost

    async def history(self, key: str) -> list[Entry]:
        found = await self._collection.find_one({"_id": key}, {"history": 1})
        return [] if found is None else [entry_of(each) for each in found["history"]]

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]:
        """Things in the order asked, from the cursor on."""
        field = "_id" if query.order == "_id" else f"listed.{query.order}"
        way, past = (DESCENDING, "$lt") if query.descending else (ASCENDING, "$gt")
        where: Document = selection(query)
        if after is not None:
            where = {"$and": [where, beyond(field, past, *read_cursor(after))]}
        order = [("_id", way)] if field == "_id" else [(field, way), ("_id", way)]
        found = [
            d
            async for d in self._collection.find(where, {**LOADED, "listed": 1}).sort(order).limit(limit + 1)
        ]
        items = [as_read(document, self.codec) for document in found[:limit]]
        last = found[limit - 1] if len(found) > limit else None
        return Page(items, cursor(value_at(last, query.order), last["_id"]) if last else None)

    async def count(self, query: Query, *, most: int | None = None) -> int:
        """How many things fit; counting ends at `most`."""
        bound: dict[str, Any] = {} if most is None else {"limit": most}
        return await self._collection.count_documents(selection(query), **bound)

    async def versions(self, query: Query) -> dict[str, int]:
        """Of each thing that fits its version, and nothing of it is read besides."""
        found = self._collection.find(selection(query), {"version": 1})
        return {document["_id"]: document["version"] async for document in found}

    async def owed(self, key: str) -> list[Record]:
        """The facts this thing owes, oldest first: only such as a majority keeps, since a fact that is told can't be
        taken back, and the save of another process may still be lost.
        """
        durable = self._collection.with_options(read_concern=ReadConcern("majority"))
        found = await durable.find_one({"_id": key}, {"outbox": 1})
        return [] if found is None else [record_of(each) for each in found["outbox"]]

    async def unclaimed(self, now: datetime, limit: int) -> list[str]:
        """Things that owe facts and that nobody is telling just now, the longest owing first."""
        where = {"outbox_at": {"$lte": now}, "relay.until": {"$lte": now}}
        found = self._collection.find(where, {"_id": 1}).sort("outbox_at", ASCENDING).limit(limit)
        return [document["_id"] async for document in found]

    async def claim(self, key: str, now: datetime) -> bool:
        """Take the lease of a thing's outbox; False when another process was quicker."""
        taken = await self._collection.update_one(
            {"_id": key, "$or": [{"relay.until": {"$lte": now}}, {"relay.owner": self.owner}]},
            {"$set": {"relay": {"owner": self.owner, "until": now + LEASE}}},
        )
        return taken.matched_count == 1

    async def forget(self, sent: Mapping[str, Sequence[str]]) -> None:
        """Take acknowledged facts out of many outboxes at once; newer ones stay, and their age counts from now: a thing
        that is always telling is not behind.
        """
        rest, now = "$$each.id", datetime.now(UTC)
        await self._collection.bulk_write(
            [
                UpdateOne(
                    {"_id": key},
                    [
                        {
                            "$set": {
                                "outbox": {
                                    "$filter": {
                                        "input": "$outbox",
                                        "as": "each",
                                        "cond": {"$not": {"$in": [rest, list(ids)]}},
                                    }
                                }
                            }
                        },
                        {"$set": {"outbox_at": {"$cond": [{"$eq": ["$outbox", []]}, "$$REMOVE", now]}}},
                    ],
                )
                for key, ids in sent.items()
            ],
            ordered=False,
        )

    async def backlog(self) -> tuple[int, datetime | None]:
        """How many things owe facts, and since when the oldest."""
        oldest = await self._collection.find_one(
            {"outbox_at": {"$exists": True}}, {"outbox_at": 1}, sort=[("outbox_at", 1)]
        )
        many = await self._collection.count_documents({"outbox_at": {"$exists": True}}, limit=10_000)
        return many, oldest["outbox_at"] if oldest else None

    async def due(self, now: datetime, limit: int) -> list[tuple[str, Deadline]]:
        """Deadlines that have passed by `now`, the oldest things first."""
        passed: list[tuple[str, Deadline]] = []
        found = (
            self._collection.find({"next_due_at": {"$lte": now}}, {"deadlines": 1})
            .sort("next_due_at", ASCENDING)
            .limit(limit)
        )
        async for document in found:
            passed.extend(
                (document["_id"], d) for d in map(deadline_of, document["deadlines"]) if d.at <= now
            )
        return passed

    def _inserted(self, held: Held[S], writing: Writing[S]) -> Document:
        return as_inserted(held, writing, self.codec, lease=self._lease())

    def _changed(self, held: Held[S], writing: Writing[S]) -> Document:
        return as_changed(held, writing, self.codec, lease=self._lease())

    def _lease(self) -> Document:
        return {"owner": self.owner, "until": datetime.now(UTC) + LEASE}

    async def _raise_why(self, held: Held[S]) -> None:
        now = await self._collection.find_one({"_id": held.key}, {"version": 1})
        if now is not None and now["version"] == held.version:
            raise OutboxFull(f"{self.name}/{held.key} owes {MOST_OWED} facts; Kafka has to take them first")
        raise Conflict(held.key)

    async def _overtaken(self, batch: Sequence[tuple[Held[S], Writing[S]]]) -> list[str]:
        marks = {held.key: writing.mark for held, writing in batch}
        lost = set(marks)
        async for now in self._collection.find(
            {"_id": {"$in": list(marks)}}, {"history": {"$slice": -OVERTAKEN_BY}}
        ):
            saved = {(each["number"], tuple(each["told"]), each["why"]) for each in now["history"]}
            if marks[now["_id"]] in saved:
                lost.discard(now["_id"])
        return list(lost)

    def _taken(self, key: str, details: Mapping[str, Any]) -> Exception:
        pattern = cast("Mapping[str, Any]", details.get("keyPattern", {}))
        if "_id" in pattern or not pattern:
            return Taken(key)
        fields = ", ".join(name.removeprefix("listed.") for name in pattern)
        return AlreadyInUse(f"Another of {self.name} has the same {fields}.", field=fields)

    async def _fold_history(self, key: str) -> None:
        before = (datetime.now(UTC) - self._documents.history_kept).isoformat()
        await self._collection.update_one({"_id": key}, {"$pull": {"history": {"at": {"$lt": before}}}})


def _as_loaded(held: Held[Any], writing: Writing[Any]) -> Document:
    """The thing as it was when loaded, and with room for the facts it will owe."""
    where: Document = {"_id": held.key, "version": held.version}
    if writing.owing:
        where[f"outbox.{MOST_OWED - 1}"] = {"$exists": False}
    return where
