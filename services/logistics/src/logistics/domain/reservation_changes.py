"""What may happen to an order's reservations."""

from dataclasses import dataclass
from datetime import datetime

from kernel.refused_duty import DutyRefused

from logistics.domain.reservation import Reservation


@dataclass(frozen=True, slots=True)
class ReservationSought:
    order_id: str
    reservation: Reservation


@dataclass(frozen=True, slots=True)
class ReservationHeld:
    order_id: str
    reservation_id: str
    courier_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReservationGone:
    order_id: str
    reservation_id: str
    refused: str | None


@dataclass(frozen=True, slots=True)
class ReservationExpired:
    order_id: str
    reservation_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ReservationFreed:
    """Another promise was agreed, or the order is cancelled."""

    order_id: str
    reservation_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ReservationFirmed:
    """The order is confirmed. `late`: it had been given up before; it counts all the same (R65)."""

    order_id: str
    reservation_id: str
    due_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class StepDone:
    """The carrier's day has answered a step after the first."""

    order_id: str
    reservation_id: str
    courier_id: str | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class StepPutOff:
    """Nobody finished the step; it is due again by then."""

    order_id: str
    reservation_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryConfirmed:
    """Kept even when it says what was known, so that how new the news is, is known."""

    order_id: str
    reservation_id: str


@dataclass(frozen=True, slots=True)
class DeliveryCancelled:
    order_id: str
    at: datetime


Change = (
    ReservationSought
    | ReservationHeld
    | ReservationGone
    | ReservationExpired
    | ReservationFreed
    | ReservationFirmed
    | StepDone
    | StepPutOff
    | DeliveryConfirmed
    | DeliveryCancelled
    | DutyRefused
)
