"""What is reserved for an order: its places in carriers' days, and how far each is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor

from logistics.domain.promise import Promise


class Stage(StrEnum):
    """`sought` until the carrier's day has answered; then `held` until its end or the order's confirmation; `firm` for a
    confirmed order. The others hold nothing.
    """

    SOUGHT = "sought"
    HELD = "held"
    FIRM = "firm"
    GONE = "gone"
    EXPIRED = "expired"
    FREED = "freed"


ENDED = frozenset({Stage.GONE, Stage.EXPIRED, Stage.FREED})


class Step(StrEnum):
    """What the carrier's day still has to be told."""

    BOOK = "book"
    FIRM = "firm"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Reservation:
    """`owes` is the step that the carrier's day has not answered yet, to be taken again after `due_at`; each new step is
    a round further. `refused`: which limit was reached. `late`: confirmed after it had been given up.
    """

    reservation_id: str
    promise: Promise
    stage: Stage
    made_at: datetime
    expires_at: datetime
    round: int = 1
    owes: Step | None = Step.BOOK
    due_at: datetime | None = None
    refused: str | None = None
    courier_id: str | None = None
    late: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """All that is reserved for one order. `confirmed_id` is the reservation that the order's confirmed promise names."""

    order_id: str
    reservations: Mapping[str, Reservation] = field(default_factory=dict[str, Reservation])
    confirmed_id: str | None = None
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Keep this promise's place for the order until `expires_at`. `barred`: why it can't be kept whatever room there is."""

    order_id: str
    reservation_id: str
    promise: Promise
    expires_at: datetime
    actor: Actor
    at: datetime
    barred: str | None = None


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What the carrier's day said to a step of this round."""

    order_id: str
    reservation_id: str
    round: int
    has_place: bool
    at: datetime
    refused: str | None = None
    courier_id: str | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmDelivery:
    """Orders told that the customer agreed to the promise of this reservation."""

    order_id: str
    reservation_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelDelivery:
    """Orders told that the order is cancelled."""

    order_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    order_id: str
    name: str
    at: datetime


Command = Reserve | NoteAnswer | ConfirmDelivery | CancelDelivery | DeadlinePassed
