"""The vault: personal data is encrypted at rest, field by field, with keys that can be rotated.

AES-256-GCM. Each sealed value names the key it was sealed with and is bound to the place it stands in (`about`), so it
can't be moved to another field or document. The first key of the ring seals; all of them open.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.faults import Fault

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class BadKeyRing(ValueError):
    """The ring can't be read; the text names the remedy and no key."""


class CannotOpen(Exception):
    """Tampered with, or moved from its place."""


class KeyNotHere(CannotOpen, Fault):
    """Sealed with a key that is not in this ring: somebody has to put it there, and until then whoever meets it waits."""


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """`active` is the id of the key that seals."""

    active: str
    keys: Mapping[str, AESGCM]

    @classmethod
    def of(cls, keys: Mapping[str, str]) -> "Vault":
        """A vault of keys by id, each 32 bytes in url-safe base64; the first one seals."""
        if not keys:
            raise BadKeyRing(
                "no key: give OPBLOK_VAULT_KEYS or OPBLOK_VAULT_KEYS_FILE (make one: opblok keys generate)"
            )
        return cls(next(iter(keys)), {id_: AESGCM(_bytes(id_, key)) for id_, key in keys.items()})

    @classmethod
    def parse(cls, ring: str) -> "Vault":
        """From `kid:key,kid2:key2` or one pair a line."""
        pairs = [pair.strip() for pair in ring.replace("\n", ",").split(",") if pair.strip()]
        keys: dict[str, str] = {}
        for pair in pairs:
            id_, colon, key = (each.strip() for each in pair.partition(":"))
            if not colon or not id_ or id_ in keys:
                raise BadKeyRing("a key ring is a list of id:key with different ids, parted by commas")
            keys[id_] = key
        return cls.of(keys)

    @staticmethod
    def generate_key() -> str:
        """A fresh key, as the ring wants it."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    def seal(self, value: bytes, about: str) -> dict[str, Any]:
        """Encrypt; `about` is the place it stands in."""
        nonce = os.urandom(NONCE_BYTES)
        return {
            "key": self.active,
            "box": nonce + self.keys[self.active].encrypt(nonce, value, about.encode()),
        }

    def open(self, sealed: Mapping[str, Any], about: str) -> bytes:
        """Decrypt what was sealed for this place; raise `CannotOpen`."""
        id_, box = sealed.get("key"), bytes(sealed.get("box", b""))
        key = self.keys.get(str(id_))
        if key is None:
            raise KeyNotHere(f"{about}: sealed with key {id_!r}, which is not in the ring")
        if len(box) < NONCE_BYTES + TAG_BYTES:
            raise CannotOpen(f"{about}: too short to be a sealed value")
        try:
            return key.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], about.encode())
        except InvalidTag as wrong:
            raise CannotOpen(f"{about}: tampered with, or moved from another place") from wrong

    def __repr__(self) -> str:
        return f"Vault(active={self.active!r}, keys={list(self.keys)})"


def _bytes(id_: str, key: str) -> bytes:
    try:
        raw = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise BadKeyRing(f"key {id_!r} is not url-safe base64 (make one: opblok keys generate)") from wrong
    if len(raw) != KEY_BYTES:
        raise BadKeyRing(
            f"key {id_!r} has {len(raw)} bytes and needs {KEY_BYTES} (make one: opblok keys generate)"
        )
    return raw
