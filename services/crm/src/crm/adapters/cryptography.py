"""The cryptography of the issuer: argon2id for secrets, ES256 for tokens. By argon2-cffi and joserfc."""

import json
from collections.abc import Mapping
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from joserfc import jwt
from joserfc.jwk import ECKey

ALGORITHM = "ES256"


class Argon2Digests:
    """argon2id with the library's own current parameters; a digest made with older ones counts as old."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def make(self, secret: str) -> str:
        return self._hasher.hash(secret)

    def fits(self, digest: str, secret: str) -> bool:
        try:
            return self._hasher.verify(digest, secret)
        except (VerificationError, InvalidHashError):
            return False

    def is_old(self, digest: str) -> bool:
        return self._hasher.check_needs_rehash(digest)


class JoseKeys:
    """Elliptic keys on P-256."""

    def generate(self, key_id: str) -> tuple[str, str]:
        parameters: Any = {"kid": key_id, "use": "sig", "alg": ALGORITHM}
        key = ECKey.generate_key("P-256", parameters=parameters)
        return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))

    def sign(self, claims: Mapping[str, Any], key_id: str, private: str) -> str:
        key = ECKey.import_key(json.loads(private))
        return jwt.encode({"alg": ALGORITHM, "kid": key_id}, dict(claims), key, algorithms=[ALGORITHM])
