"""The cryptography of the issuer: argon2id for secrets, ES256 for tokens. By argon2-cffi and joserfc."""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from joserfc import jwt
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
AT_ONCE = 2
"""Each digest takes its memory and a processor; who asks for many waits, and nobody else does."""


class Argon2Digests:
    """argon2id; a digest made with other parameters than today's counts as old."""

    def __init__(self, *, memory_kib: int, passes: int, lanes: int = 1) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")

    def of_nobody(self) -> str:
        """A digest that fits nothing anybody can type."""
        return self._hasher.hash("\x00nobody")

    async def make(self, secret: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, secret)

    async def fits(self, digest: str, secret: str) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._fits, digest, secret)

    def is_old(self, digest: str) -> bool:
        return self._hasher.check_needs_rehash(digest)

    def _fits(self, digest: str, secret: str) -> bool:
        try:
            return self._hasher.verify(digest, secret)
        except (VerificationError, InvalidHashError):
            return False


class JoseKeys:
    """Elliptic keys on P-256."""

    def generate(self, key_id: str) -> tuple[str, str]:
        parameters: Any = {"kid": key_id, "use": "sig", "alg": ALGORITHM}
        key = ECKey.generate_key("P-256", parameters=parameters)
        return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))

    def sign(self, claims: Mapping[str, Any], key_id: str, private: str) -> str:
        key = ECKey.import_key(json.loads(private))
        return jwt.encode({"alg": ALGORITHM, "kid": key_id}, dict(claims), key, algorithms=[ALGORITHM])
