"""Signing keys: a new one is published before it signs, an old one until its last token has ended. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.deadline import Deadline
from kernel.personal import Personal

SIGNS_FOR = timedelta(days=30)
PUBLISHED_BEFORE = timedelta(minutes=15)
"""Longer than readers keep what they fetched."""
PUBLISHED_AFTER = timedelta(hours=1)
"""Longer than a token lasts."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`private` and `public` are JWKs as JSON; the private one lies sealed. Signs from `signs_from` on."""

    key_id: str
    private: Personal
    public: str
    signs_from: datetime


@dataclass(frozen=True, slots=True)
class Ring:
    """Newest last."""

    keys: tuple[SigningKey, ...]


@dataclass(frozen=True, slots=True)
class Rotate:
    """`fresh` joins when a key is due, or at once when `now_due`: somebody decided so."""

    fresh: SigningKey
    at: datetime
    now_due: bool = False


@dataclass(frozen=True, slots=True)
class Rotated:
    keys: tuple[SigningKey, ...]


def decide(command: Rotate, ring: Ring | None) -> Sequence[Rotated]:
    """A new key joins before the newest one gets old; keys whose last token has ended leave."""
    if ring is None:
        return [Rotated((_from(command.fresh, command.at),))]
    kept = tuple(key for key in ring.keys if not _is_over(key, ring, command.at))
    due = command.now_due or command.at >= ring.keys[-1].signs_from + SIGNS_FOR - PUBLISHED_BEFORE
    waiting = ring.keys[-1].signs_from > command.at
    if due and not waiting:
        kept = (*kept, _from(command.fresh, command.at + PUBLISHED_BEFORE))
    return [Rotated(kept)] if kept != ring.keys else []


def evolve(ring: Ring | None, change: Rotated) -> Ring:
    """The ring after the change."""
    del ring
    return Ring(change.keys)


def deadlines(ring: Ring) -> Sequence[Deadline]:
    """Looked at by a loop on real time, since tokens never use the movable clock."""
    del ring
    return ()


def signing(ring: Ring, at: datetime) -> SigningKey:
    """The key that signs at the moment: the newest whose time has come."""
    able = [key for key in ring.keys if key.signs_from <= at]
    return able[-1] if able else ring.keys[0]


def _is_over(key: SigningKey, ring: Ring, at: datetime) -> bool:
    later = [other.signs_from for other in ring.keys if other.signs_from > key.signs_from]
    return bool(later) and at > min(later) + PUBLISHED_AFTER


def _from(key: SigningKey, at: datetime) -> SigningKey:
    return SigningKey(key.key_id, key.private, key.public, at)
