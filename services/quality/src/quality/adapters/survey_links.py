"""Links by which a customer answers the survey: `<key's id>.<call>.<signature>`, which names the call, and nobody.

Short, because it goes out by SMS: the signature is the first 128 bits of an HMAC-SHA256. The key is quality's own and may
be rotated: the first of the ring signs, all are believed. The same call always has the same link, so links are kept
nowhere; it has no hour, since a late answer counts, too (R90).
"""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from quality.application.linking import LinkUnreadable

PURPOSE = "opblok-survey"
SIGNED = 16
LEAST_BYTES = 32
TOKEN = re.compile(r"([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,120})\.([A-Za-z0-9_-]{22})")


class BadSurveyKeys(ValueError):
    """The ring can't be read; the text names the remedy and no key."""


@dataclass(frozen=True, slots=True, repr=False)
class SignedLinks:
    """`keys` by their ids, the first one signs; `address` is where customers reach this service."""

    address: str
    active: str
    keys: Mapping[str, bytes]

    @classmethod
    def parse(cls, ring: str, address: str) -> "SignedLinks":
        """From `id:key,id2:key2` or one pair a line."""
        keys: dict[str, bytes] = {}
        for pair in (each.strip() for each in ring.replace("\n", ",").split(",") if each.strip()):
            id_, _, key = (each.strip() for each in pair.partition(":"))
            if (
                not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", id_)
                or id_ in keys
                or len(key.encode()) < LEAST_BYTES
            ):
                raise BadSurveyKeys(
                    f"a ring is id:key with different short ids and keys of {LEAST_BYTES} characters or more"
                )
            keys[id_] = key.encode()
        if not keys:
            raise BadSurveyKeys("no key (make one: opblok keys generate)")
        return cls(address.rstrip("/"), next(iter(keys)), keys)

    def link(self, call_id: str) -> str | None:
        """The address at which the survey is answered."""
        return f"{self.address}/survey/{self.active}.{call_id}.{self._signature(self.active, call_id)}"

    def call_id(self, token: str) -> str:
        """What a token names."""
        parts = TOKEN.fullmatch(token)
        if parts is None or parts[1] not in self.keys:
            raise LinkUnreadable("This link is not one of ours.")
        if not hmac.compare_digest(self._signature(parts[1], parts[2]), parts[3]):
            raise LinkUnreadable("This link is not one of ours.")
        return parts[2]

    def _signature(self, key_id: str, call_id: str) -> str:
        signed = hmac.digest(self.keys[key_id], f"{PURPOSE}:{key_id}:{call_id}".encode(), "sha256")
        return base64.urlsafe_b64encode(signed[:SIGNED]).decode().rstrip("=")


class NoLinks:
    """Where no key is set: no survey can be answered by a link."""

    def link(self, call_id: str) -> str | None:
        """None can be made."""
        del call_id
        return None

    def call_id(self, token: str) -> str:
        """None can be read."""
        del token
        raise LinkUnreadable("This link is not one of ours.")
