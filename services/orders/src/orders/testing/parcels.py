"""Maria's parcel, and what logistics tells of it."""

from datetime import datetime, timedelta
from typing import Any

from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFact,
    DeliveryFailedV1,
    DeliveryReturnedV1,
    DeliveryScheduledV1,
    DeliveryWindowMissedV1,
    ParcelLineV1,
    ShipmentV1,
)
from contracts.values import MoneyV1
from kernel.money import Money

from orders.domain import journey_commands as k
from orders.domain.journeys import Kept
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID

WEDNESDAY_NOON = MONDAY + timedelta(days=2, hours=2)
ALL_KEPT: Kept = ((1, 2), (2, 1))


def hears(news: k.News, shipment: str = "1", at: datetime = WEDNESDAY_NOON) -> k.HearShipment:
    """Logistics tells of a shipment."""
    return k.HearShipment(ORDER_ID, f"{ORDER_ID}.{shipment}", news, at, CLOCKS)


def left(shipment: str = "1") -> k.HearShipment:
    """It left the warehouse on Wednesday morning."""
    return hears(k.Dispatched(WEDNESDAY_NOON - timedelta(hours=3)), shipment)


def arrived(kept: Kept = ALL_KEPT, collected: Money | None = None, shipment: str = "1") -> k.HearShipment:
    """Maria has it."""
    return hears(k.Delivered(WEDNESDAY_NOON, kept, collected), shipment)


def failed(*, final: bool = False, told: int = 5, shipment: str = "1") -> k.HearShipment:
    """Nobody opened."""
    return hears(k.Failed(WEDNESDAY_NOON, "no_contact", "customer", final, told), shipment)


def came_back(shipment: str = "1") -> k.HearShipment:
    """It is at the warehouse again."""
    return hears(k.Returned(WEDNESDAY_NOON + timedelta(days=1)), shipment)


def parcel(order_id: str, *delivered: int, number: int = 1, stage: str = "in_transit") -> ShipmentV1:
    """The shipment as told: two lamps and a shade, of which so many were kept."""
    lamps, shade = delivered or (0, 0)
    return ShipmentV1(
        shipment_id=f"{order_id}.{number}",
        order_id=order_id,
        shop_id="main",
        carrier_id="own-couriers",
        terms_version=3,
        mode="own_staff",
        stage=stage,
        lines=(
            ParcelLineV1(line_no=1, product_id="brass-lamp", quantity=2, delivered=lamps),
            ParcelLineV1(line_no=2, product_id="green-shade", quantity=1, delivered=shade),
        ),
        starts_at=MONDAY,
        ends_at=MONDAY + timedelta(hours=6),
        time_zone="Europe/Moscow",
    )


def story(order_id: str, *delivered: int, minor: int | None = None) -> dict[str, DeliveryFact]:
    """Each fact that logistics may tell of it, by a word for it."""
    at, there = MONDAY + timedelta(hours=2), parcel(order_id, *(delivered or (2, 1)), stage="delivered")
    collected = MoneyV1(minor=minor, currency="RUB") if minor else None
    failing: dict[str, Any] = {"at": at, "reason": "no_contact", "source": "customer"}
    partial = there.lines[0].delivered + there.lines[1].delivered < 3  # noqa: PLR2004 - two lamps and a shade
    return {
        "scheduled": DeliveryScheduledV1(shipment=parcel(order_id, stage="registered")),
        "left": DeliveryDispatchedV1(shipment=parcel(order_id), at=at),
        "arrived": DeliveryDeliveredV1(shipment=there, at=at, partial=partial, collected=collected),
        "failed": DeliveryFailedV1(shipment=parcel(order_id), final=False, **failing),
        "lost": DeliveryFailedV1(shipment=parcel(order_id, stage="failed"), final=True, **failing),
        "missed": DeliveryWindowMissedV1(shipment=parcel(order_id), at=at),
        "back": DeliveryReturnedV1(shipment=parcel(order_id, *delivered, stage="returned"), at=at),
    }
