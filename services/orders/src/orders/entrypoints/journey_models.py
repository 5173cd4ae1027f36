"""The shipments of an order as shown to people."""

from datetime import datetime

from pydantic import BaseModel, Field

from orders.domain.journeys import Journey
from orders.domain.order import Completed, Open, Order


class FailureOut(BaseModel):
    at: datetime
    reason: str
    source: str
    final: bool


class KeptOut(BaseModel):
    line_no: int
    quantity: int


class ShipmentOut(BaseModel):
    """A shipment as logistics told of it."""

    shipment_id: str
    dispatched_at: datetime | None
    delivered_at: datetime | None
    failure: FailureOut | None = Field(description="The newest; `final`: it is not tried again.")
    window_missed_at: datetime | None
    returned_at: datetime | None


class ShippingOut(BaseModel):
    """How the shipments stand. `task`: what a person has to do since one failed, `see_to_it` or `decide`, until `due_at`.
    `kept`: of a completed order, the pieces that the customer kept.
    """

    shipments: list[ShipmentOut]
    task: str | None
    due_at: datetime | None
    completed_at: datetime | None
    kept: list[KeptOut]


def shipping_out(order: Order) -> ShippingOut:
    """All of them, the first one first."""
    task = order.shipping.task if isinstance(order, Open) else None
    completed = order if isinstance(order, Completed) else None
    return ShippingOut(
        shipments=[_shipment(each) for each in order.shipping.journeys],
        task=task.trouble if task else None,
        due_at=task.due_at if task else None,
        completed_at=completed.completed_at if completed else None,
        kept=[KeptOut(line_no=n, quantity=many) for n, many in (completed.kept if completed else ())],
    )


def _shipment(journey: Journey) -> ShipmentOut:
    mishap = journey.mishap
    return ShipmentOut(
        shipment_id=journey.shipment_id,
        dispatched_at=journey.dispatched_at,
        delivered_at=journey.arrival.at if journey.arrival else None,
        failure=FailureOut(at=mishap.at, reason=mishap.reason, source=mishap.source, final=mishap.final)
        if mishap
        else None,
        window_missed_at=journey.missed_at,
        returned_at=journey.returned_at,
    )
