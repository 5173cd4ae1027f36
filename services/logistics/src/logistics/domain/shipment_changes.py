"""What may happen to the shipments of an order."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.refused_duty import DutyRefused

from logistics.domain.shipment import KnownOrder, Parcel, ParcelLine, Plan, Promised, Report, ShipmentStep


@dataclass(frozen=True, slots=True)
class OrderHeard:
    order_id: str
    known: KnownOrder


@dataclass(frozen=True, slots=True)
class ShipmentPlanned:
    """A shipment for the promise as it is now."""

    parcel: Parcel


@dataclass(frozen=True, slots=True)
class ShipmentReplanned:
    """Another promise or other goods, and nothing had been done yet; on its way only the window moves."""

    shipment_id: str
    promised: Promised
    plan: Plan
    lines: tuple[ParcelLine, ...]


@dataclass(frozen=True, slots=True)
class PickUpChosen:
    """The pick-up that it was to leave by is over, or was never known."""

    shipment_id: str
    pick_up_on: date
    register_at: datetime | None


@dataclass(frozen=True, slots=True)
class RegistrationAsked:
    shipment_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentRegistered:
    shipment_id: str
    ref: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RegistrationRefused:
    """By the carrier; a person looks at it and asks again."""

    shipment_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShipmentWithdrawn:
    """Cancelled with the carrier, or called back; `step` is what he has to be told, if anything."""

    shipment_id: str
    at: datetime
    step: ShipmentStep | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CallBackAsked:
    """It was withdrawn when it seemed to have arrived, and did not: the carrier is to give it back after all."""

    shipment_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CarrierStepDone:
    shipment_id: str


@dataclass(frozen=True, slots=True)
class CarrierStepPutOff:
    shipment_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ReportsHeard:
    """New ones, and those that the carrier took back, by key."""

    shipment_id: str
    reports: tuple[Report, ...]
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShipmentHandled:
    """Somebody had it in hand for the first time: he registered it, gave it away, reported of it or took it back (R9)."""

    shipment_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentDispatched:
    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentDelivered:
    shipment_id: str
    report: Report


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """`final`: it is not tried again."""

    shipment_id: str
    report: Report
    final: bool


@dataclass(frozen=True, slots=True)
class ShipmentReturned:
    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WindowMissed:
    shipment_id: str
    at: datetime


Told = ShipmentDispatched | ShipmentDelivered | DeliveryFailed | ShipmentReturned
Stepped = RegistrationAsked | ShipmentRegistered | RegistrationRefused | ShipmentWithdrawn | CallBackAsked
Owing = CarrierStepDone | CarrierStepPutOff
Change = (
    OrderHeard
    | ShipmentPlanned
    | ShipmentReplanned
    | PickUpChosen
    | Stepped
    | Owing
    | ReportsHeard
    | ShipmentHandled
    | Told
    | WindowMissed
    | DutyRefused
)
