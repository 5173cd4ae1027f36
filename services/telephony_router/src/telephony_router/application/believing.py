"""Whether a webhook is from whom it says: signed over its raw bytes, fresh, and not seen before."""

import base64
import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from chassis.metrics import meter
from kernel.signature import PREFIX, signed_with

WEBHOOKS = meter.create_counter(
    "opblok.router.webhooks", description="What came from providers, by what became of it."
)
FRESH = timedelta(minutes=5)
MOST_SEEN = 100_000
LARGEST = 64 * 1024
LONGEST_TIME = 30
ANY_ZONE = timedelta(hours=15)
"""Clocks of two places on earth differ by no more than 14 hours."""


class NotBelieved(Exception):
    """`why` is counted and never told to whoever knocked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Signed:
    """Signed by us both: hex HMAC-SHA256 of `<time stamp>.<raw body>`, the time stamp in seconds, fractions allowed.

    `secrets`: the newest first, an older one while providers change over. What was seen is kept as long as it is fresh, by this
    replica; a repetition that meets another one changes nothing either, since a call's events are known by their ids.
    """

    secrets: Sequence[str]
    seen: OrderedDict[str, datetime] = field(default_factory=OrderedDict[str, datetime])

    def check(self, raw: bytes, stamp: str, signature: str, now: datetime) -> None:
        """Raise `NotBelieved`; in constant time as far as the secret goes."""
        given = signature.strip().lower().removeprefix(PREFIX)
        if not any(
            _same(given, signed_with(secret, stamp, raw).removeprefix(PREFIX)) for secret in self.secrets
        ):
            raise NotBelieved("forged")
        if not _fresh(stamp, now):
            raise NotBelieved("late")
        self._forget_old(now)
        if given in self.seen:
            raise NotBelieved("replayed")
        self.seen[given] = now

    def _forget_old(self, now: datetime) -> None:
        while self.seen and (len(self.seen) > MOST_SEEN or next(iter(self.seen.values())) < now - 2 * FRESH):
            self.seen.popitem(last=False)


def zadarma_signature(secret: str, text: str) -> str:
    """Zadarma and Novofon 1.0: base64 of the hex text of HMAC-SHA1, since PHP's hash_hmac gives hex (telephony-market.md 1.2)."""
    hex_ = hmac.new(secret.encode(), text.encode(), hashlib.sha1).hexdigest()
    return base64.b64encode(hex_.encode()).decode()


@dataclass(slots=True)
class ZadarmaSigned:
    """Signed by Zadarma or Novofon 1.0 over few of the fields, and the id of the call is none of them: a signature is good for the call
    that it came with first, so that who saw one makes no other call of it. A repetition changes nothing, as its events are known.
    """

    secrets: Sequence[str]
    calls: OrderedDict[str, str] = field(default_factory=OrderedDict[str, str])

    def check(self, text: str, signature: str, call_id: str) -> None:
        """Raise `NotBelieved`."""
        given = signature.strip()
        if not self.secrets:
            raise NotBelieved("unset")
        if not any(_same(given, zadarma_signature(each, text)) for each in self.secrets):
            raise NotBelieved("forged")
        if self.calls.setdefault(given, call_id) != call_id:
            raise NotBelieved("replayed")
        while len(self.calls) > MOST_SEEN:
            self.calls.popitem(last=False)

    @staticmethod
    def check_fresh(call_start: str, now: datetime) -> None:
        """A call that begins began today, in whatever zone the account has its clock."""
        try:
            began = datetime.strptime(call_start, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            raise NotBelieved("malformed") from None
        if abs(now - began) > ANY_ZONE:
            raise NotBelieved("late")


def check_token(secrets: Sequence[str], given: str) -> None:
    """A shared token, where a provider can sign nothing (Kamailio's http_client)."""
    if not any(_same(given, each) for each in secrets):
        raise NotBelieved("forged")


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(), ours.encode())


def _fresh(stamp: str, now: datetime) -> bool:
    try:
        return len(stamp) <= LONGEST_TIME and abs(now.timestamp() - float(stamp)) <= FRESH.total_seconds()
    except ValueError:
        return False
