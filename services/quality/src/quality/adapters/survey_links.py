"""Links by which a customer answers the survey: a JWS (HS256) that names the call, and nobody.

The key is quality's own and may be rotated: the first of the ring signs, all are believed. The same call always has the
same link, so links are kept nowhere; it has no hour, since a late answer counts, too (R90).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from quality.application.linking import LinkUnreadable

ALGORITHM = "HS256"
AUDIENCE = "opblok-survey"
LEAST_BYTES = 32
LONGEST = 1000


class BadSurveyKeys(ValueError):
    """The ring can't be read; the text names the remedy and no key."""


@dataclass(frozen=True, slots=True, repr=False)
class SignedLinks:
    """`keys` by their ids, the first one signs; `address` is where customers reach this service."""

    address: str
    active: str
    keys: Mapping[str, OctKey]

    @classmethod
    def parse(cls, ring: str, address: str) -> "SignedLinks":
        """From `id:key,id2:key2` or one pair a line."""
        keys: dict[str, OctKey] = {}
        for pair in (each.strip() for each in ring.replace("\n", ",").split(",") if each.strip()):
            id_, _, key = (each.strip() for each in pair.partition(":"))
            if not id_ or id_ in keys or len(key.encode()) < LEAST_BYTES:
                raise BadSurveyKeys(
                    f"a ring is id:key with different ids and keys of {LEAST_BYTES} characters or more"
                )
            keys[id_] = OctKey.import_key(key, {"kid": id_})
        if not keys:
            raise BadSurveyKeys("no key (make one: opblok keys generate)")
        return cls(address.rstrip("/"), next(iter(keys)), keys)

    def link(self, call_id: str) -> str | None:
        """The address at which the survey is answered."""
        claims = {"aud": AUDIENCE, "call": call_id}
        token = jwt.encode({"alg": ALGORITHM, "kid": self.active}, claims, self.keys[self.active])
        return f"{self.address}/survey/{token}"

    def call_id(self, token: str) -> str:
        """What a token names."""
        if len(token) > LONGEST:
            raise LinkUnreadable("This link is not one of ours.")
        try:
            claims = jwt.decode(token, KeySet(list(self.keys.values())), algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as wrong:
            raise LinkUnreadable("This link is not one of ours.") from wrong
        call_id = claims.get("call")
        if claims.get("aud") != AUDIENCE or not isinstance(call_id, str):
            raise LinkUnreadable("This link is not one of ours.")
        return call_id


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
