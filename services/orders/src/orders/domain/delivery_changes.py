"""What may happen to the delivery of an order."""

from dataclasses import dataclass
from datetime import datetime

from orders.domain.delivery import Leaving, Promise
from orders.domain.words import Channel


@dataclass(frozen=True, slots=True)
class DeliveryAgreed:
    """The promise replaces an earlier one."""

    promise: Promise
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class LeavingChanged:
    """The promise stays; with whom the goods may be left is different now (R67)."""

    leaving: Leaving


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """`by` is who told: a person, or this service when it heard that a message went out."""

    by: str
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class PromiseVoided:
    """What it was built from is different now; it has to be agreed anew."""

    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class PromiseOverdue:
    """The customer still does not know when his order comes; it is due again by then (R31)."""

    at: datetime
    due_at: datetime


DeliveryChange = DeliveryAgreed | LeavingChanged | PromiseTold | PromiseVoided | PromiseOverdue
