"""Where the contents of evidence lie: GridFS, and memory for tests without a MongoDB."""

from typing import Any

from gridfs.asynchronous import AsyncGridFSBucket
from gridfs.errors import NoFile
from pymongo.asynchronous.database import AsyncDatabase


class GridFiles:
    """Kept by the name of our id (the customer's name for it is sealed in the claim): an upload that was cut off hides nothing, and of two
    made at once either is the content.
    """

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._bucket = AsyncGridFSBucket(database, bucket_name="evidence")

    async def keep(self, file_id: str, content: bytes) -> None:
        if await self.read(file_id) is None:
            await self._bucket.upload_from_stream(file_id, content)

    async def read(self, file_id: str) -> bytes | None:
        try:
            stream = await self._bucket.open_download_stream_by_name(file_id)
            return await stream.read()
        except NoFile:
            return None


class MemoryFiles:
    """The same in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def keep(self, file_id: str, content: bytes) -> None:
        self._kept.setdefault(file_id, content)

    async def read(self, file_id: str) -> bytes | None:
        return self._kept.get(file_id)
