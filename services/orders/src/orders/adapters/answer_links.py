"""Links by which a customer answers an offer: a JWS (HS256) that names the order, the offer and its hour, and nobody.

The key is orders' own and may be rotated: the first of the ring signs, all of them are believed, and each link names its
key. The same offer always has the same link, so links are kept nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from orders.application.answering import LinkExpired, LinkUnreadable, Named
from orders.domain.offers import Offer

ALGORITHM = "HS256"
AUDIENCE = "opblok-answer"
LEAST_BYTES = 32
LONGEST = 1000


class BadLinkKeys(ValueError):
    """The ring can't be read; the text names the remedy and no key."""


@dataclass(frozen=True, slots=True, repr=False)
class AnswerLinks:
    """`keys` by their ids, the first one signs; `address` is where customers reach this service."""

    address: str
    active: str
    keys: Mapping[str, OctKey]

    @classmethod
    def parse(cls, ring: str, address: str) -> "AnswerLinks":
        """From `id:key,id2:key2` or one pair a line."""
        keys: dict[str, OctKey] = {}
        for pair in (each.strip() for each in ring.replace("\n", ",").split(",") if each.strip()):
            id_, _, key = (each.strip() for each in pair.partition(":"))
            if not id_ or id_ in keys or len(key.encode()) < LEAST_BYTES:
                raise BadLinkKeys(
                    f"a ring is id:key with different ids and keys of {LEAST_BYTES} characters or more, parted by"
                    " commas (make one: opblok keys generate)"
                )
            keys[id_] = OctKey.import_key(key, {"kid": id_})
        if not keys:
            raise BadLinkKeys("no key (make one: opblok keys generate)")
        return cls(address.rstrip("/"), next(iter(keys)), keys)

    def token(self, order_id: str, offer: Offer) -> str | None:
        """The offer's token, always the same."""
        claims = {
            "aud": AUDIENCE,
            "order": order_id,
            "offer": offer.offer_no,
            "exp": int(offer.expires_at.timestamp()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self.active}, claims, self.keys[self.active])

    def link(self, order_id: str, offer: Offer) -> str | None:
        """The address at which the offer is answered."""
        return f"{self.address}/answers/{self.token(order_id, offer)}"

    def __call__(self, token: str, at: datetime) -> Named:
        """What a token names; its hour is judged by the clock that is given, as everything is."""
        claims = self._claims(token)
        order_id, offer_no, until = claims.get("order"), claims.get("offer"), claims.get("exp")
        if claims.get("aud") != AUDIENCE or not isinstance(order_id, str):
            raise LinkUnreadable("This link is not one of ours.")
        if not isinstance(offer_no, int) or not isinstance(until, int):
            raise LinkUnreadable("This link is not one of ours.")
        if at.timestamp() >= until:
            raise LinkExpired("This link has passed its hour.")
        return Named(order_id, offer_no)

    def _claims(self, token: str) -> Mapping[str, object]:
        if len(token) > LONGEST:
            raise LinkUnreadable("This link is not one of ours.")
        try:
            read = jwt.decode(token, KeySet(list(self.keys.values())), algorithms=[ALGORITHM])
        except (JoseError, ValueError) as wrong:
            raise LinkUnreadable("This link is not one of ours.") from wrong
        return cast("Mapping[str, object]", read.claims)


class NoLinks:
    """Where no key is set: offers go out without a link, and are answered by a person."""

    def token(self, order_id: str, offer: Offer) -> str | None:
        """None can be made."""
        del order_id, offer
        return None

    def link(self, order_id: str, offer: Offer) -> str | None:
        """None can be made."""
        del order_id, offer
        return None

    def __call__(self, token: str, at: datetime) -> Named:
        """None can be read."""
        del token, at
        raise LinkUnreadable("This link is not one of ours.")
