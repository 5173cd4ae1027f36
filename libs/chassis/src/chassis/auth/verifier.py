"""Whose word is believed: tokens of trusted OIDC issuers, verified with their published keys.

Keys are cached and outlive the issuer's outage, also over a restart when `kept` is given. Token times are real time.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from kernel.actor import Actor
from pymongo.asynchronous.database import AsyncDatabase

from chassis.auth.claims import ALGORITHMS, actor_of
from chassis.faults import Fault

log = structlog.get_logger(__name__)

LEEWAY = 30
FRESH_FOR = 300.0
ASK_AGAIN_AFTER = 10.0
MOST_TOKEN_CHARS = 8_192


class BadToken(Exception):
    """A token that is not believed; the text says why, and nothing of the token."""


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


@dataclass
class Issuer:
    """One issuer's keys as known here."""

    name: str
    keys: KeySet | None = None
    known_ids: frozenset[str] = frozenset()
    asked_at: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def take(self, published: Mapping[str, Any]) -> None:
        """Believe these keys from now on."""
        self.keys = KeySet.import_key_set({"keys": list(published["keys"])})
        self.known_ids = frozenset(str(each.get("kid")) for each in published["keys"])


class Verifier:
    """Turns a token into an actor, or raises `BadToken`; `NoKeys` when the issuer was never reached."""

    def __init__(
        self,
        issuers: Sequence[str],
        audience: str,
        *,
        client: httpx.AsyncClient | None = None,
        kept: KeptKeys | None = None,
        clock: Callable[[], float] = time.time,
        own_keys: Callable[[], Mapping[str, Any]] | None = None,
    ) -> None:
        """`own_keys`: an issuer verifies its own tokens by its own keys, without asking itself over HTTP."""
        self._issuers = {name.rstrip("/"): Issuer(name.rstrip("/")) for name in issuers if name}
        self._audience = audience
        self._client = client or httpx.AsyncClient(timeout=3.0, follow_redirects=False)
        self._kept = kept
        self._clock = clock
        self._own_keys = own_keys

    async def actor(self, token: str) -> Actor:
        """The actor whom the token names."""
        if len(token) > MOST_TOKEN_CHARS:
            raise BadToken("The token is too long.")
        header, claims = _unverified(token)
        issuer = self._issuers.get(str(claims.get("iss", "")).rstrip("/"))
        if issuer is None:
            raise BadToken("The token's issuer is not trusted here.")
        keys = await self._keys(issuer, str(header.get("kid", "")))
        return actor_of(self._verified(token, keys, issuer.name))

    async def warm(self) -> None:
        """Fetch the issuers' keys ahead of the first token; an issuer that is down is asked again later."""
        for issuer in self._issuers.values():
            try:
                await self._keys(issuer, "")
            except NoKeys as fault:
                log.warning("issuer's keys not known yet", issuer=issuer.name, fault=repr(fault))

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def _verified(self, token: str, keys: KeySet, issuer: str) -> Mapping[str, Any]:
        names: Any = {"essential": True, "values": [issuer, issuer + "/"]}
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=LEEWAY,
            iss=names,
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            raise BadToken(f"The token is not believed: {type(wrong).__name__}.") from wrong
        return claims

    async def _keys(self, issuer: Issuer, key_id: str) -> KeySet:
        if self._own_keys is not None:
            issuer.take(self._own_keys())
        else:
            await self._refresh(issuer, key_id)
        if issuer.keys is None:
            raise NoKeys(f"no keys of {issuer.name} are known")
        return issuer.keys

    async def _refresh(self, issuer: Issuer, key_id: str) -> None:
        async with issuer.lock:
            if issuer.keys is None and self._kept is not None:
                kept = await self._kept.load(issuer.name)
                if kept:
                    issuer.take(kept)
            age = asyncio.get_running_loop().time() - issuer.asked_at
            known = issuer.keys is not None and (not key_id or key_id in issuer.known_ids)
            if age < (FRESH_FOR if known else ASK_AGAIN_AFTER if issuer.keys else 1.0):
                return
            issuer.asked_at = asyncio.get_running_loop().time()
            await self._ask(issuer)

    async def _ask(self, issuer: Issuer) -> None:
        try:
            described = (
                await self._client.get(f"{issuer.name}/.well-known/openid-configuration")
            ).raise_for_status()
            published: Mapping[str, Any] = (
                (await self._client.get(described.json()["jwks_uri"])).raise_for_status().json()
            )
            issuer.take(published)
        except (httpx.HTTPError, ValueError, KeyError, JoseError) as fault:
            log.warning("issuer does not answer; its last keys go on", issuer=issuer.name, fault=repr(fault))
            return
        if self._kept is not None:
            await self._kept.keep(issuer.name, published)


def _unverified(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims as they say, to find the key by; nothing is believed yet."""
    import base64
    import binascii
    import json

    try:
        header, claims, _ = token.split(".")
        parts = [
            json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, claims)
        ]
    except (ValueError, binascii.Error, RecursionError) as wrong:
        raise BadToken("This is not a JWT.") from wrong
    if not all(isinstance(part, dict) for part in parts):
        raise BadToken("This is not a JWT.")
    return parts[0], parts[1]
