"""What may happen to the shipments of an order; each carries the shipment after it."""

from dataclasses import dataclass
from datetime import datetime

from orders.domain.journeys import Journey, Kept, Task


@dataclass(frozen=True, slots=True)
class ShipmentScheduled:
    journey: Journey


@dataclass(frozen=True, slots=True)
class ShipmentDispatched:
    journey: Journey


@dataclass(frozen=True, slots=True)
class ShipmentArrived:
    journey: Journey


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    journey: Journey


@dataclass(frozen=True, slots=True)
class WindowMissed:
    journey: Journey


@dataclass(frozen=True, slots=True)
class ShipmentReturned:
    journey: Journey


@dataclass(frozen=True, slots=True)
class OrderCameBack:
    """The order is back with its responsible person, who has a deadline."""

    task: Task


@dataclass(frozen=True, slots=True)
class DeliverySeenTo:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComingBackOverdue:
    """Nobody did it; it is due again by then."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class OrderCompleted:
    """The customer has what he kept. `collect_at`: when somebody asks after what he still has to pay."""

    kept: Kept
    at: datetime
    collect_at: datetime


@dataclass(frozen=True, slots=True)
class CollectingOverdue:
    """He still owes for what he kept; it is due again by then."""

    collect_at: datetime


Heard = (
    ShipmentScheduled
    | ShipmentDispatched
    | ShipmentArrived
    | DeliveryFailed
    | WindowMissed
    | ShipmentReturned
)
JourneyChange = (
    Heard | OrderCameBack | DeliverySeenTo | ComingBackOverdue | OrderCompleted | CollectingOverdue
)
