"""Where feeds lie between their arrival and their end: in MongoDB, so that any replica can take an import up."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from gridfs.asynchronous import AsyncGridFSBucket
from gridfs.errors import FileExists, NoFile
from pymongo.asynchronous.database import AsyncDatabase

from procurement.application.ports import NotSpooled


class MongoSpool:
    """GridFS of the service's own database. The first file of an id stays: it is the one its key stands for."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._feeds = AsyncGridFSBucket(database, bucket_name="feeds")
        self._files = database["feeds.files"]

    async def keep(self, import_id: str, file: Path) -> None:
        try:
            await self._upload(import_id, file)
        except FileExists:
            if not await self._is_whole(import_id):
                await self.drop(import_id)
                await self._upload(import_id, file)

    @asynccontextmanager
    async def file(self, import_id: str) -> AsyncGenerator[Path]:
        with tempfile.TemporaryDirectory(prefix="opblok-feed-") as folder:
            path = Path(folder) / "feed"
            try:
                with path.open("wb") as into:
                    await self._feeds.download_to_stream(import_id, into)
            except NoFile as gone:
                raise NotSpooled(import_id) from gone
            yield path

    async def drop(self, import_id: str) -> None:
        try:
            await self._feeds.delete(import_id)
        except NoFile:
            return

    async def _upload(self, import_id: str, file: Path) -> None:
        with file.open("rb") as source:
            await self._feeds.upload_from_stream_with_id(import_id, "feed", source)

    async def _is_whole(self, import_id: str) -> bool:
        return await self._files.count_documents({"_id": import_id}) > 0


class FolderSpool:
    """A folder, where there is no MongoDB."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, import_id: str, file: Path) -> None:
        kept = self._folder / import_id
        if not await asyncio.to_thread(kept.exists):
            await asyncio.to_thread(shutil.copyfile, file, kept)

    @asynccontextmanager
    async def file(self, import_id: str) -> AsyncGenerator[Path]:
        kept = self._folder / import_id
        if not await asyncio.to_thread(kept.exists):
            raise NotSpooled(import_id)
        yield kept

    async def drop(self, import_id: str) -> None:
        await asyncio.to_thread((self._folder / import_id).unlink, missing_ok=True)
