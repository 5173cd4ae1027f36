"""What may be asked of the shipments of an order."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.actor import Actor

from logistics.domain.shipment import KnownOrder, Plan, Report


@dataclass(frozen=True, slots=True)
class HearOrder:
    """Orders told how the order is now; `plan` is how its promise would be kept."""

    order_id: str
    known: KnownOrder
    plan: Plan
    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterShipment:
    """Register it with its carrier."""

    order_id: str
    shipment_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteCarrier:
    """What the carrier answered to a step: `ref` is his number, `refused` why he did not."""

    order_id: str
    shipment_id: str
    step: str
    at: datetime
    ref: str | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class DispatchShipment:
    """The carrier has it: the goods leave our warehouse."""

    order_id: str
    shipment_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class HandShipmentOver:
    """It was scanned at a pick-up, where it has been seen whose duty that is."""

    order_id: str
    shipment_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChoosePickUp:
    """It is to leave by another pick-up, and to be registered then, by itself or not."""

    order_id: str
    shipment_id: str
    pick_up_on: date
    register_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportShipment:
    """What somebody saw. `his_own`: the courier drives for this carrier."""

    order_id: str
    shipment_id: str
    report: Report
    actor: Actor
    at: datetime
    his_own: bool


@dataclass(frozen=True, slots=True)
class HearCarrier:
    """The carrier's whole list of statuses, read from him; `deleted` are those that he took back."""

    order_id: str
    shipment_id: str
    reports: tuple[Report, ...]
    at: datetime
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecallShipment:
    """Take it back wherever it is."""

    order_id: str
    shipment_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentDeadlinePassed:
    order_id: str
    name: str
    at: datetime


OfOne = (
    RegisterShipment
    | NoteCarrier
    | DispatchShipment
    | HandShipmentOver
    | ChoosePickUp
    | ReportShipment
    | HearCarrier
    | RecallShipment
)
"""Of one shipment of the order."""
Command = HearOrder | OfOne | ShipmentDeadlinePassed
