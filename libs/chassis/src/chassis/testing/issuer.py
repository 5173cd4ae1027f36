"""An issuer of tokens for tests: its own keys, and a verifier that believes them."""

import time
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey
from kernel.actor import Actor

from chassis.auth.verifier import Verifier

ISSUER = "http://issuer.test"
AUDIENCE = "opblok"


class TestIssuer:
    """Signs for whomever a test likes."""

    __test__ = False

    def __init__(self, name: str = ISSUER, key_id: str = "test-1") -> None:
        self.name = name
        self.key_id = key_id
        self._key = ECKey.generate_key("P-256", parameters={"kid": key_id, "use": "sig", "alg": "ES256"})

    @property
    def jwks(self) -> dict[str, Any]:
        """The published keys."""
        return {"keys": [self._key.as_dict(private=False)]}

    def token(self, actor: Actor, *, ttl: int = 600, **claims: Any) -> str:
        """A token that names this actor. A claim given as None is left out."""
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": self.name,
            "sub": actor.id,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + ttl,
            "roles": sorted(actor.roles),
            "grade": str(actor.grade),
            "shop_id": actor.shop_id,
            **claims,
        }
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": self.key_id}, said, self._key, algorithms=["ES256"])

    def headers(self, actor: Actor, *, key: str | None = None) -> Mapping[str, str]:
        """Request headers with this actor's token, and an idempotency key where one is given."""
        bearer = {"Authorization": f"Bearer {self.token(actor)}"}
        return {**bearer, "Idempotency-Key": key} if key else bearer

    def verifier(self) -> Verifier:
        """Believes this issuer, without asking anybody."""
        return Verifier([self.name], AUDIENCE, own_keys=lambda: self.jwks)
