"""What orders asks logistics, and what it answers: the port to it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from orders.domain.delivery import Handing, Offered, Words


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer wishes. Day and hours are the delivery city's; `on_delivery`: he pays at the door. `order_id`: whose
    own place does not stand in its way.
    """

    shop_id: str
    zone: str
    kind: Handing
    day: date | None
    begins: time | None
    ends: time | None
    point_id: str | None
    ready_on: date | None
    on_delivery: bool
    pieces: int
    customer_id: str | None = None
    order_id: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be kept, and why it is offered."""

    offered: Offered
    reason: str | None


@dataclass(frozen=True, slots=True)
class Caution:
    """Two people found the customer or a carrier difficult, for this reason, until then (R74)."""

    party: str
    party_id: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """`offered` keeps the wish; else `reason` and `words` say what stands in the way, and `options` can be kept instead.
    `cautions`: who promises is told with whom he has to do.
    """

    offered: Offered | None
    reason: str | None
    words: Words
    options: tuple[Option, ...] = ()
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Reserved:
    """A place held for the order; given back by itself at `expires_at` unless the order is confirmed."""

    reservation_id: str
    expires_at: datetime


class CapacityGone(Exception):
    """Somebody else was quicker; what can be kept instead."""

    def __init__(self, reason: str | None, options: tuple[Option, ...]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.options = options


class NotUnderstood(Exception):
    """Logistics can't read the question: a zone, point or interval that is none. Asking again changes nothing."""


class Capacity(Protocol):
    """Logistics. Both raise `PeerDown` when it does not answer."""

    async def check(self, question: Question) -> Answer:
        """Whether it can be promised; reserves nothing. Raises `NotUnderstood`."""
        ...

    async def reserve(self, order_id: str, offered: Offered, question: Question, key: str) -> Reserved:
        """Hold the place; the same key again is the same reservation. Raises `CapacityGone`."""
        ...
