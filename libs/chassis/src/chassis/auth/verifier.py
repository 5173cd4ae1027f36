"""Whose word is believed: tokens of trusted OIDC issuers, verified with their published keys. Token times are real time."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from kernel.actor import Actor

from chassis.auth.claims import ALGORITHMS, BadToken, actor_of, unverified
from chassis.auth.issuer_keys import FetchedKeys, KeptKeys, Keys, MongoKeptKeys, NoKeys, OwnKeys

__all__ = ["BadToken", "KeptKeys", "MongoKeptKeys", "NoKeys", "Verifier"]

log = structlog.get_logger(__name__)

LEEWAY = 30
BELIEVED_FOR = 60
MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Believed:
    """A token that was verified a moment ago with these keys: a signature costs more than the rest of a request."""

    actor: Actor
    keys: KeySet
    until: float


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
        monotonic: Callable[[], float] = time.monotonic,
        own_keys: Callable[[], Mapping[str, Any]] | None = None,
    ) -> None:
        """`own_keys`: we are the first issuer ourselves."""
        names = [name.strip().rstrip("/") for name in issuers if name.strip()]
        self._issuers: dict[str, Keys] = {}
        self._client = client
        if own_keys is not None:
            self._issuers[names.pop(0)] = OwnKeys(own_keys)
        if names:
            self._client = client or httpx.AsyncClient(timeout=3.0, follow_redirects=False)
            fetched = {name: FetchedKeys(name, self._client, kept, monotonic=monotonic) for name in names}
            self._issuers |= fetched
        self._audience = audience
        self._clock = clock
        self._believed: dict[str, Believed] = {}

    async def actor(self, token: str) -> Actor:
        """The actor whom the token names."""
        issuer, key_id = unverified(token)
        known = self._issuers.get(issuer)
        if known is None:
            raise BadToken("The token's issuer is not trusted here.")
        keys, now = await known.by(key_id), self._clock()
        before = self._believed.get(token)
        if before is not None and before.keys is keys and now < before.until:
            return before.actor
        return self._believe(token, self._verified(token, keys, issuer), keys, now)

    async def warm(self) -> None:
        """Fetch the issuers' keys ahead of the first token; an issuer that is down is asked again later."""
        for name, keys in self._issuers.items():
            try:
                await keys.by("")
            except NoKeys:
                log.warning("issuer's keys not known yet", issuer=name)

    async def close(self) -> None:
        """Give the connections back."""
        for keys in self._issuers.values():
            await keys.close()
        if self._client is not None:
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

    def _believe(self, token: str, claims: Mapping[str, Any], keys: KeySet, now: float) -> Actor:
        actor = actor_of(claims)
        if len(self._believed) >= MOST_REMEMBERED:
            self._believed.clear()
        self._believed[token] = Believed(actor, keys, min(float(claims["exp"]), now + BELIEVED_FOR))
        return actor
