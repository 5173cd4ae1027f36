"""Claims: one document per keyed hash of what the world identifies, so that two callers at once get one thing."""

from typing import Any, Protocol

from pymongo import ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError


class Claims(Protocol):
    """Whoever claims a key first names the thing; everybody gets that name."""

    async def claim(self, key: str, proposed: str) -> str: ...


class MongoClaims:
    """Claims kept in one collection of the service's database."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]], name: str) -> None:
        self._collection = database[name]

    async def claim(self, key: str, proposed: str) -> str:
        try:
            won = await self._collection.find_one_and_update(
                {"_id": key},
                {"$setOnInsert": {"holds": proposed}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        except DuplicateKeyError:
            won = await self._collection.find_one({"_id": key})
        assert won is not None
        return won["holds"]


class MemoryClaims:
    """Claims for component tests."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    async def claim(self, key: str, proposed: str) -> str:
        return self._held.setdefault(key, proposed)
