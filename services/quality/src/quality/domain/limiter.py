"""How often a customer is asked to recommend us: once in 12 months when he is a customer for over 1.5 years, else in 6 (R86)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quality.domain.refusals import NpsAskedLately

OLD_CUSTOMER = timedelta(days=548)
OLD_PAUSE = timedelta(days=365)
YOUNG_PAUSE = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Pestering:
    """`since` is his first order that we know of; `asked_at` when he was asked last, for which call."""

    customer_id: str
    since: datetime | None = None
    asked_at: datetime | None = None
    asked_for: str | None = None


@dataclass(frozen=True, slots=True)
class HearOrderPlaced:
    customer_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskNps:
    customer_id: str
    call_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PesteringChanged:
    now: Pestering


Limiting = HearOrderPlaced | AskNps


def may_ask(known: Pestering | None, call_id: str, at: datetime) -> bool:
    """Whether he may be asked for this call; for the same call always, since it is one question."""
    if known is None or known.asked_at is None or known.asked_for == call_id:
        return True
    old = known.since is not None and at - known.since > OLD_CUSTOMER
    return at - known.asked_at >= (OLD_PAUSE if old else YOUNG_PAUSE)


def limit(command: Limiting, known: Pestering | None) -> Sequence[PesteringChanged]:
    """Remember his first order, and when he was asked."""
    start = known or Pestering(command.customer_id)
    match command:
        case HearOrderPlaced():
            since = min(start.since or command.at, command.at)
            return [] if since == start.since else [PesteringChanged(replace(start, since=since))]
        case AskNps():
            if not may_ask(known, command.call_id, command.at):
                raise NpsAskedLately("This customer was asked not long ago.")
            if start.asked_for == command.call_id:
                return []
            asked = replace(start, asked_at=command.at, asked_for=command.call_id)
            return [PesteringChanged(asked)]


def evolve(known: Pestering | None, change: PesteringChanged) -> Pestering:
    """It is so now."""
    del known
    return change.now
