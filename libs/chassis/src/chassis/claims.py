"""Claims: one document per keyed hash of what the world identifies, so that two callers at once get one thing."""

from typing import Any, Protocol

from pymongo import ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError


class Claims(Protocol):
    """Whoever claims a key first names the thing; everybody gets that name."""

    async def claim(self, key: str, proposed: str) -> str: ...

    async def give_up(self, key: str, held_by: str, to: str | None = None) -> bool:
        """What `held_by` claimed is free again, or held by `to`; answers False and changes nothing when it was not his."""
        ...


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

    async def give_up(self, key: str, held_by: str, to: str | None = None) -> bool:
        mine = {"_id": key, "holds": held_by}
        if to is None:
            return (await self._collection.delete_one(mine)).deleted_count == 1
        return (await self._collection.update_one(mine, {"$set": {"holds": to}})).matched_count == 1


class MemoryClaims:
    """Claims for component tests."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    async def claim(self, key: str, proposed: str) -> str:
        return self._held.setdefault(key, proposed)

    async def give_up(self, key: str, held_by: str, to: str | None = None) -> bool:
        if self._held.get(key) != held_by:
            return False
        if to is None:
            del self._held[key]
        else:
            self._held[key] = to
        return True
