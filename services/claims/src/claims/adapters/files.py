"""Where the contents of evidence lie: GridFS, and memory for tests without a MongoDB."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from gridfs.asynchronous import AsyncGridFSBucket
from gridfs.errors import NoFile
from pymongo.asynchronous.database import AsyncDatabase

Document = dict[str, Any]
STAMP = "%Y%m%dT%H%M%SZ"


class GridFiles:
    """Kept by the name of our id (the customer's name for it is sealed in the claim): an upload that was cut off hides nothing,
    and of two made at once either is the content. `_id` begins with when it was begun, so that the chunks of one that died
    tell their age by themselves.
    """

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._bucket = AsyncGridFSBucket(database, bucket_name="evidence")
        self._files = database["evidence.files"]
        self._chunks = database["evidence.chunks"]

    async def prepare(self) -> None:
        """The index that the sweep reads by."""
        await self._files.create_index(
            "metadata.kept_at", partialFilterExpression={"metadata.named": False}, name="to_sweep"
        )

    async def keep(self, file_id: str, content: bytes, at: datetime) -> None:
        again = await self._files.update_many({"filename": file_id}, {"$set": {"metadata.kept_at": at}})
        if not again.matched_count:
            key = f"{at.astimezone(UTC):{STAMP}}-{uuid4().hex}"
            about = {"kept_at": at, "named": False}
            await self._bucket.upload_from_stream_with_id(key, file_id, content, metadata=about)

    async def read(self, file_id: str) -> bytes | None:
        try:
            stream = await self._bucket.open_download_stream_by_name(file_id)
            return await stream.read()
        except NoFile:
            return None

    async def named(self, file_id: str) -> None:
        await self._files.update_many({"filename": file_id}, {"$set": {"metadata.named": True}})

    async def remove(self, claim_id: str) -> None:
        async for found in self._files.find({"filename": {"$regex": f"^{re.escape(claim_id)}/"}}, {"_id": 1}):
            await self._delete(found["_id"])

    async def unnamed(self, before: datetime) -> AsyncIterator[str]:
        where = {"metadata.named": False, "metadata.kept_at": {"$lt": before}}
        async for found in self._files.find(where, {"filename": 1}):
            yield found["filename"]

    async def drop(self, file_id: str, before: datetime) -> bool:
        where = {"filename": file_id, "metadata.named": False, "metadata.kept_at": {"$lt": before}}
        dropped = False
        while found := await self._files.find_one_and_delete(where, {"_id": 1}):
            await self._chunks.delete_many({"files_id": found["_id"]})
            dropped = True
        return dropped

    async def drop_torn(self, before: datetime) -> int:
        """Chunks come before their file: those of an old upload without one belong to nothing."""
        old = {"files_id": {"$type": "string", "$lt": f"{before.astimezone(UTC):{STAMP}}"}, "n": 0}
        whose = {"from": "evidence.files", "localField": "files_id", "foreignField": "_id", "as": "file"}
        steps: list[Document] = [{"$match": old}, {"$lookup": whose}, {"$match": {"file": []}}]
        torn = [each["files_id"] async for each in await self._chunks.aggregate(steps)]
        for each in torn:
            await self._chunks.delete_many({"files_id": each})
        return len(torn)

    async def _delete(self, key: str) -> None:
        try:
            await self._bucket.delete(key)
        except NoFile:
            return


class MemoryFiles:
    """The same in memory."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self._kept_at: dict[str, datetime] = {}
        self._named: set[str] = set()

    async def prepare(self) -> None:
        """Nothing is to be made ready."""

    async def keep(self, file_id: str, content: bytes, at: datetime) -> None:
        self.contents.setdefault(file_id, content)
        self._kept_at[file_id] = at

    async def read(self, file_id: str) -> bytes | None:
        return self.contents.get(file_id)

    async def named(self, file_id: str) -> None:
        self._named.add(file_id)

    def forget_what_is_named(self) -> None:
        """As if each process had died right after its claim named the file."""
        self._named.clear()

    async def remove(self, claim_id: str) -> None:
        for each in [each for each in self.contents if each.startswith(f"{claim_id}/")]:
            del self.contents[each]

    async def unnamed(self, before: datetime) -> AsyncIterator[str]:
        for each in list(self.contents):
            if each not in self._named and self._kept_at[each] < before:
                yield each

    async def drop(self, file_id: str, before: datetime) -> bool:
        if self._kept_at[file_id] >= before:
            return False
        return self.contents.pop(file_id, None) is not None

    async def drop_torn(self, before: datetime) -> int:
        del before
        return 0
