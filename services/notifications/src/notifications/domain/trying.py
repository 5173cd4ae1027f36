"""When a webhook is tried next, and which facts a pattern means. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

PATTERN = re.compile(r"\*|[a-z_]+\.(\*|[a-z_]+(\.v[0-9]{1,3})?)")
LONGEST_RETRY_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Persistence:
    """`pauses` between tries (Standard Webhooks' schedule; one more try than pauses); none begins after `within`."""

    pauses: tuple[timedelta, ...] = tuple(
        timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18000, 36000, 36000, 50400, 72000)
    )
    within: timedelta = timedelta(hours=84)
    settle: timedelta = timedelta(minutes=2)

    @property
    def most(self) -> int:
        """How many tries a round has."""
        return len(self.pauses) + 1


def next_try(
    tries: int, at: datetime, seed: str, persistence: Persistence, retry_after: timedelta | None = None
) -> datetime | None:
    """The next try after `tries` failed ones, each pause up to a fifth shorter or longer, so that those who failed
    together don't come back together. Never sooner than `Retry-After` asks, as far as a day. None: that was the last.
    """
    if tries >= persistence.most:
        return None
    lot = int.from_bytes(sha256(f"{seed}/{tries}".encode()).digest()[:4], "big") / 2**32
    pause = persistence.pauses[tries - 1] * (0.8 + 0.4 * lot)
    asked = min(retry_after, LONGEST_RETRY_AFTER) if retry_after else timedelta()
    return at + max(pause, asked)


def means(pattern: str, type_: str) -> bool:
    """`*`, `order.*`, `order.created` (every version) or `order.created.v1`."""
    if pattern == "*":
        return True
    topic, _, _ = type_.rpartition(".")
    return pattern in (type_, topic, f"{topic.partition('.')[0]}.*")


def unknown(patterns: Iterable[str], known: Iterable[str]) -> list[str]:
    """The patterns that mean nothing that is told."""
    types = list(known)
    return [
        each
        for each in patterns
        if not PATTERN.fullmatch(each) or not any(means(each, type_) for type_ in types)
    ]
