"""Signing tokens: the ring of keys, what is published of it, and a signed token. Real time, never the movable clock."""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import structlog
from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Store
from kernel.actor import Actor, service
from kernel.personal import Personal
from uuid_utils.compat import uuid7

from crm.application.deciders import RING
from crm.domain.keyring import Ring, Rotate, Rotated, SigningKey, signing

log = structlog.get_logger(__name__)

TOKEN_LASTS = 600
"""Seconds."""
LOOK_AGAIN_AFTER = 15.0
"""Seconds: another process may have rotated the keys."""


class Keys(Protocol):
    """The cryptography, at arm's length."""

    def generate(self, key_id: str) -> tuple[str, str]:
        """A fresh private and public JWK, as JSON."""
        ...

    def sign(self, claims: Mapping[str, Any], key_id: str, private: str) -> str:
        """A JWT."""
        ...


class Signer:
    """Holds the ring in memory, as last looked at."""

    def __init__(
        self,
        handle: Handler[Rotate, Ring, Rotated],
        rings: Store[Ring],
        keys: Keys,
        clock: Clock,
        *,
        issuer: str,
        audience: str,
    ) -> None:
        self._handle = handle
        self._rings = rings
        self._keys = keys
        self._clock = clock
        self.issuer = issuer
        self._audience = audience
        self._ring = Ring(())
        self._looked_at = float("-inf")

    async def look(self) -> None:
        """See what the ring is now; rotate when it is time. The first look makes the first key."""
        self._ring = (await self._rings.load(RING)).state or Ring(())
        await self._rotate(service("crm"), now_due=False)

    async def fresh(self) -> None:
        """The ring as any process may have left it; with the store down, as it was."""
        if self._ring.keys and time.monotonic() - self._looked_at < LOOK_AGAIN_AFTER:
            return
        self._looked_at = time.monotonic()
        try:
            self._ring = (await self._rings.load(RING)).state or self._ring
        except Exception as fault:  # noqa: BLE001 - tokens are signed and believed by the keys known so far
            log.warning("signing keys not looked at", fault=type(fault).__name__)

    async def rotate(self, actor: Actor) -> str:
        """A person decided that a new key is due; it is published now and signs in a quarter of an hour."""
        await self._rotate(actor, now_due=True)
        return self._ring.keys[-1].key_id

    def published(self) -> dict[str, Any]:
        """The public keys, as a JWKS."""
        return {"keys": [json.loads(key.public) for key in self._ring.keys]}

    def token(self, actor: Actor) -> str:
        """A token that names this actor, for ten minutes."""
        at = self._clock.now()
        key = signing(self._ring, at)
        now = int(at.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self._audience,
            "sub": actor.id,
            "iat": now,
            "nbf": now,
            "exp": now + TOKEN_LASTS,
            "jti": str(uuid7()),
            "roles": sorted(actor.roles),
            "grade": str(actor.grade),
            "shop_id": actor.shop_id,
        }
        return self._keys.sign(claims, key.key_id, key.private.value)

    async def _rotate(self, actor: Actor, *, now_due: bool) -> None:
        at = self._clock.now()
        fresh = self._fresh(at)
        done = await self._handle(Rotate(fresh, at, now_due), Occasion(f"rotation:{fresh.key_id}", at, actor))
        self._ring = done.state or self._ring

    def _fresh(self, at: datetime) -> SigningKey:
        key_id = f"{at:%Y%m%d}-{uuid7().hex[-8:]}"
        private, public = self._keys.generate(key_id)
        return SigningKey(key_id, Personal(private), public, at)
