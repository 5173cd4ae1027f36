"""An issuer's published keys, as known here. They outlive the issuer's outage, and with `kept` our own restart too.

Nobody waits for the issuer while the key is known: old keys are looked at again in the background. A key nobody knows is
asked for once for all who want it, and not more often than every few seconds, whoever makes up key ids.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pymongo.asynchronous.database import AsyncDatabase

from chassis.faults import Fault

log = structlog.get_logger(__name__)

FRESH_FOR = 300.0
ASK_AGAIN_AFTER = 10.0
AND_WITH_NO_KEY_AFTER = 1.0


class NoKeys(Fault):
    """No key of the issuer is known yet, and it does not answer."""


class KeptKeys(Protocol):
    """Where published keys survive a restart."""

    async def load(self, issuer: str) -> Mapping[str, Any] | None: ...
    async def keep(self, issuer: str, keys: Mapping[str, Any]) -> None: ...


class MongoKeptKeys:
    """Keys kept in the service's own database."""

    def __init__(self, database: AsyncDatabase[dict[str, Any]]) -> None:
        self._collection = database["issuer_keys"]

    async def load(self, issuer: str) -> Mapping[str, Any] | None:
        found = await self._collection.find_one({"_id": issuer})
        return found["keys"] if found else None

    async def keep(self, issuer: str, keys: Mapping[str, Any]) -> None:
        await self._collection.update_one({"_id": issuer}, {"$set": {"keys": keys}}, upsert=True)


class Keys(Protocol):
    """Where a verifier has the keys of one issuer from."""

    async def by(self, key_id: str) -> KeySet:
        """The keys, among them the one of this id if the issuer has it; raise `NoKeys`."""
        ...

    async def close(self) -> None: ...


class OwnKeys:
    """An issuer verifies its own tokens without asking itself over HTTP."""

    def __init__(self, published: Callable[[], Mapping[str, Any]]) -> None:
        self._published = published
        self._taken: tuple[Mapping[str, Any], KeySet] | None = None

    async def by(self, key_id: str) -> KeySet:
        del key_id
        published = self._published()
        if self._taken is None or self._taken[0] != published:
            self._taken = published, _read(published)
        return self._taken[1]

    async def close(self) -> None: ...


class FetchedKeys:
    """Keys that the issuer publishes by OIDC discovery."""

    def __init__(
        self,
        issuer: str,
        client: httpx.AsyncClient,
        kept: KeptKeys | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer = issuer
        self._client = client
        self._kept = kept
        self._now = monotonic
        self._keys: KeySet | None = None
        self._asked_at = float("-inf")
        self._asking: asyncio.Task[None] | None = None

    async def by(self, key_id: str) -> KeySet:
        if self._keys is None:
            await self._recall()
        if not self._knows(key_id):
            await self._wait_for(self._ask_again(ASK_AGAIN_AFTER if self._keys else AND_WITH_NO_KEY_AFTER))
        else:
            self._ask_again(FRESH_FOR)
        if self._keys is None:
            raise NoKeys(f"no keys of {self._issuer} are known")
        return self._keys

    async def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    def _knows(self, key_id: str) -> bool:
        return self._keys is not None and (not key_id or any(each.kid == key_id for each in self._keys))

    def _ask_again(self, after: float) -> "asyncio.Task[None] | None":
        """Ask the issuer, unless it was asked a moment ago; the question under way, if there is one."""
        if (self._asking is None or self._asking.done()) and self._now() - self._asked_at >= after:
            self._asked_at = self._now()
            self._asking = asyncio.create_task(self._ask())
        return self._asking

    @staticmethod
    async def _wait_for(asking: "asyncio.Task[None] | None") -> None:
        if asking is not None:
            await asyncio.shield(asking)  # whoever waits may be cancelled; others wait for the same answer

    async def _recall(self) -> None:
        """Take the keys that were kept before a restart."""
        try:
            kept = await self._kept.load(self._issuer) if self._kept else None
            if kept and self._keys is None:
                self._keys = _read(kept)
        except Exception as fault:  # noqa: BLE001 - a store that is down, or kept what can't be read: ask the issuer
            log.warning("kept keys can't be had", issuer=self._issuer, fault=type(fault).__name__)

    async def _ask(self) -> None:
        try:
            published = await self._fetch()
            self._keys = _read(published)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, JoseError) as fault:
            log.warning(
                "issuer gives no keys; the last go on", issuer=self._issuer, fault=type(fault).__name__
            )
            return
        try:
            if self._kept is not None:
                await self._kept.keep(self._issuer, published)
        except Exception as fault:  # noqa: BLE001 - they are known; keeping them may fail
            log.warning("keys can't be kept", issuer=self._issuer, fault=type(fault).__name__)

    async def _fetch(self) -> Mapping[str, Any]:
        described = await self._get(f"{self._issuer}/.well-known/openid-configuration")
        if str(described["issuer"]).rstrip("/") != self._issuer:
            raise ValueError("it calls itself by another name")
        return await self._get(str(described["jwks_uri"]))

    async def _get(self, url: str) -> Mapping[str, Any]:
        return (await self._client.get(url)).raise_for_status().json()


def _read(published: Mapping[str, Any]) -> KeySet:
    return KeySet.import_key_set({"keys": list(published["keys"])})
