"""Facts of shipments and pick-ups, published by logistics. The story of a shipment is its order."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id, LineNo, MoneyV1, Quantity


class ParcelLineV1(Value):
    """What of a line of the order is in the shipment; `delivered` counts pieces the customer kept."""

    line_no: LineNo
    product_id: Id
    quantity: Quantity
    delivered: Count = 0


class ShipmentV1(Value):
    """A shipment as far as others may know it. The window is the promised one, UTC; `time_zone` that of the delivery city.

    `attempt` counts attempts at the door; `carrier_ref` is the carrier's own number.
    """

    shipment_id: Id
    order_id: Id
    shop_id: Id
    customer_id: Id | None = None
    carrier_id: Id
    terms_version: Count
    mode: Literal["own_staff", "rented_courier", "courier_service", "pickup_point", "post"] | Code
    stage: (
        Literal[
            "registered",
            "picked_up",
            "in_transit",
            "at_delivery_hub",
            "ready_for_pickup",
            "out_for_delivery",
            "attempt_failed",
            "delivered",
            "failed",
            "returning",
            "returned",
            "cancelled",
        ]
        | Code
    )
    lines: tuple[ParcelLineV1, ...]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    time_zone: str
    point_id: Id | None = None
    carrier_ref: Id | None = None
    attempt: Count = 0


class DeliveryFact(Fact):
    shipment: ShipmentV1

    def subject(self) -> str:
        return self.shipment.shipment_id

    def story(self) -> str:
        return self.shipment.order_id


@published
class DeliveryScheduledV1(DeliveryFact):
    """The shipment is registered with its carrier for the promised window (R60, R65)."""

    topic: ClassVar[str] = "delivery.scheduled"
    type: ClassVar[str] = "delivery.scheduled.v1"


@published
class DeliveryDispatchedV1(DeliveryFact):
    """The goods left our warehouse."""

    topic: ClassVar[str] = "delivery.dispatched"
    type: ClassVar[str] = "delivery.dispatched.v1"
    at: AwareDatetime


@published
class DeliveryDeliveredV1(DeliveryFact):
    """The customer has the goods, all of them or some (`shipment.lines`); the day after somebody asks him (R83)."""

    topic: ClassVar[str] = "delivery.delivered"
    type: ClassVar[str] = "delivery.delivered.v1"
    at: AwareDatetime
    partial: bool = False
    collected: MoneyV1 | None = None


@published
class DeliveryFailedV1(DeliveryFact):
    """The delivery did not come about. `final`: this shipment is not tried again (R50-R52)."""

    topic: ClassVar[str] = "delivery.failed"
    type: ClassVar[str] = "delivery.failed.v1"
    at: AwareDatetime
    reason: (
        Literal[
            "wrong_address",
            "no_contact",
            "refusal",
            "refused_quality",
            "damage",
            "loss",
            "delay",
            "no_pickup",
        ]
        | Code
    )
    source: Literal["manager", "warehouse", "own_courier", "courier_service", "customer"] | Code
    final: bool


@published
class DeliveryWindowMissedV1(DeliveryFact):
    """The promised window and its grace passed, and the goods are not there (R57, R66)."""

    topic: ClassVar[str] = "delivery.window_missed"
    type: ClassVar[str] = "delivery.window_missed.v1"
    at: AwareDatetime


@published
class DeliveryReturnedV1(DeliveryFact):
    """What the customer did not keep is back at our warehouse."""

    topic: ClassVar[str] = "delivery.returned"
    type: ClassVar[str] = "delivery.returned.v1"
    at: AwareDatetime


@published
class DeliveryHandledV1(DeliveryFact):
    """Somebody of ours did something about the shipment for the first time: registered it, gave it away, reported of it or
    took it back. By it quality knows who touched the order and may not check it (R9, R10). Told once for each of them.
    """

    topic: ClassVar[str] = "delivery.handled"
    type: ClassVar[str] = "delivery.handled.v1"
    by: Id
    at: AwareDatetime


class PickupFact(Fact):
    """A request that the carrier fetch shipments from us; `day` and the window are of the warehouse's zone (R61, R62)."""

    pickup_id: Id
    carrier_id: Id
    day: date
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    shipments: Count

    def subject(self) -> str:
        return self.pickup_id


@published
class PickupRequestedV1(PickupFact):
    """The request was placed before the carrier's cut-off (R61)."""

    topic: ClassVar[str] = "pickup.requested"
    type: ClassVar[str] = "pickup.requested.v1"
    by: Id


@published
class PickupCutoffNearV1(PickupFact):
    """Shipments wait for it, and nobody has asked the carrier for it yet (R61). `minutes` of 60 and 20 before the cut-off: the
    nearest that is not over.
    """

    topic: ClassVar[str] = "pickup.cutoff_near"
    type: ClassVar[str] = "pickup.cutoff_near.v1"
    cutoff_at: AwareDatetime
    minutes: Count
    responsible_id: Id | None = None


@published
class PickupMissedCutoffV1(PickupFact):
    """The cut-off passed without a request; it moves to the next pick-up (R61, R63)."""

    topic: ClassVar[str] = "pickup.missed_cutoff"
    type: ClassVar[str] = "pickup.missed_cutoff.v1"
    cutoff_at: AwareDatetime
