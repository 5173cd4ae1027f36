"""What logistics tells of a shipment, as it is put together in tests."""

from datetime import datetime

from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFailedV1,
    DeliveryReturnedV1,
    ParcelLineV1,
    ShipmentV1,
)

Piece = tuple[str, int, int]
"""A product, how many pieces of it are in the shipment, and how many of these the customer kept."""


def dispatched(order_id: str, at: datetime, *pieces: Piece, number: int = 1) -> DeliveryDispatchedV1:
    return DeliveryDispatchedV1(shipment=_shipment(order_id, at, pieces, number), at=at)


def delivered(order_id: str, at: datetime, *pieces: Piece) -> DeliveryDeliveredV1:
    return DeliveryDeliveredV1(shipment=_shipment(order_id, at, pieces, 1), at=at)


def failed(order_id: str, at: datetime, reason: str, *pieces: Piece, final: bool = True) -> DeliveryFailedV1:
    shipment = _shipment(order_id, at, pieces, 1)
    return DeliveryFailedV1(shipment=shipment, at=at, reason=reason, source="courier_service", final=final)


def returned(order_id: str, at: datetime, *pieces: Piece) -> DeliveryReturnedV1:
    return DeliveryReturnedV1(shipment=_shipment(order_id, at, pieces, 1), at=at)


def _shipment(order_id: str, at: datetime, pieces: tuple[Piece, ...], number: int) -> ShipmentV1:
    lines = tuple(
        ParcelLineV1(line_no=n, product_id=product, quantity=quantity, delivered=kept)
        for n, (product, quantity, kept) in enumerate(pieces, start=1)
    )
    return ShipmentV1(
        shipment_id=f"{order_id}.{number}",
        order_id=order_id,
        shop_id="main",
        carrier_id="own-couriers",
        terms_version=1,
        mode="own_staff",
        stage="in_transit",
        lines=lines,
        starts_at=at,
        ends_at=at,
        time_zone="Europe/Moscow",
    )
