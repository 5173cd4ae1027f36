"""How far a shipment can be, and what that means."""

from enum import StrEnum


class ShipmentStage(StrEnum):
    """How far it is. `planned`: not registered with the carrier yet."""

    PLANNED = "planned"
    REGISTERED = "registered"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    AT_DELIVERY_HUB = "at_delivery_hub"
    READY_FOR_PICKUP = "ready_for_pickup"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPT_FAILED = "attempt_failed"
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNING = "returning"
    RETURNED = "returned"
    CANCELLED = "cancelled"


ORDER = {stage: place for place, stage in enumerate(ShipmentStage)}
FIRST = frozenset({ShipmentStage.PLANNED, ShipmentStage.REGISTERED, ShipmentStage.PICKED_UP})
"""Whatever else is seen of a shipment comes after these."""
STILL_HERE = frozenset({ShipmentStage.PLANNED, ShipmentStage.REGISTERED, ShipmentStage.CANCELLED})
"""The goods have not left our warehouse."""
ARRIVED = frozenset({ShipmentStage.DELIVERED, ShipmentStage.RETURNED})
"""It stays where it is."""
ENDED = frozenset(
    {
        ShipmentStage.FAILED,
        ShipmentStage.RETURNING,
        ShipmentStage.RETURNED,
        ShipmentStage.CANCELLED,
    }
)
"""Not tried again: another delivery may be agreed."""
