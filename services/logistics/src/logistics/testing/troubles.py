"""What goes wrong in tests: facts of deliveries, of staff, and the requests that people make of incidents."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from contracts.crm import DayHoursV1, ShopChangedV1, StaffChangedV1
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryFailedV1,
    DeliveryScheduledV1,
    DeliveryWindowMissedV1,
    ParcelLineV1,
    PickupMissedCutoffV1,
    ShipmentV1,
)
from contracts.quality import QualityAlarmV1, QualityAnsweredV1, QualityCallV1

from logistics.testing.agreements import MONDAY

BEGINS, ENDS = MONDAY + timedelta(hours=2), MONDAY + timedelta(hours=5)
"""The promised window: Monday from noon to three, Moscow time."""


def shipment(shipment_id: str = "s-1", attempt: int = 1, **more: Any) -> ShipmentV1:
    """A shipment as logistics tells of it."""
    known: dict[str, Any] = {
        "shipment_id": shipment_id,
        "order_id": f"o-{shipment_id}",
        "shop_id": "main",
        "carrier_id": "cdek",
        "terms_version": 1,
        "mode": "courier_service",
        "stage": "registered",
        "lines": (ParcelLineV1(line_no=1, product_id="brass-lamp", quantity=1),),
        "starts_at": BEGINS,
        "ends_at": ENDS,
        "time_zone": "Europe/Moscow",
        "attempt": attempt,
    }
    return ShipmentV1(**{**known, **more})


def scheduled(shipment_id: str = "s-1") -> DeliveryScheduledV1:
    return DeliveryScheduledV1(shipment=shipment(shipment_id))


def delivered(shipment_id: str = "s-1", at: datetime = ENDS) -> DeliveryDeliveredV1:
    return DeliveryDeliveredV1(shipment=shipment(shipment_id), at=at)


def window_missed(shipment_id: str = "s-1", **more: Any) -> DeliveryWindowMissedV1:
    return DeliveryWindowMissedV1(shipment=shipment(shipment_id, **more), at=ENDS + timedelta(minutes=30))


def failed(reason: str, source: str = "courier_service", shipment_id: str = "s-1") -> DeliveryFailedV1:
    return DeliveryFailedV1(
        shipment=shipment(shipment_id), at=BEGINS, reason=reason, source=source, final=False
    )


def missed_cutoff() -> PickupMissedCutoffV1:
    return PickupMissedCutoffV1(
        pickup_id="p-1",
        carrier_id="cdek",
        day=MONDAY.date(),
        starts_at=BEGINS,
        ends_at=ENDS,
        shipments=2,
        cutoff_at=MONDAY - timedelta(minutes=30),
    )


def call(call_id: str = "q-1") -> QualityCallV1:
    return QualityCallV1(call_id=call_id, order_id="o-s-1", shop_id="main", carrier_id="cdek", due_at=MONDAY)


def answered(call_id: str = "q-1") -> QualityAnsweredV1:
    return QualityAnsweredV1(call=call(call_id), in_order=True, content=True, by="kira")


def complained(call_id: str = "q-1") -> QualityAlarmV1:
    return QualityAlarmV1(call=call(call_id), reasons=("courier_manners",))


def member(staff_id: str, *roles: str, **more: Any) -> StaffChangedV1:
    """Somebody of the staff, as crm tells."""
    known: dict[str, Any] = {"shop_id": "main", "grade": "regular", "active": True}
    return StaffChangedV1(staff_id=staff_id, roles=roles, **{**known, **more})


def shop(owner_id: str = "olga") -> ShopChangedV1:
    """The shop, Monday to Friday from ten to six."""
    hours = tuple(DayHoursV1(weekday=n, opens=time(10), closes=time(18)) for n in range(1, 6))
    return ShopChangedV1(shop_id="main", time_zone="Europe/Moscow", hours=hours, owner_id=owner_id)


def money(lost: int = 0, recovered: int = 0, payer: str = "carrier") -> dict[str, Any]:
    """The money side, as asked for."""
    sums = {"at_stake": lost, "lost": lost, "recovered": recovered}
    return {"payer": payer, **{name: {"minor": minor} for name, minor in sums.items()}}


def closing(**more: Any) -> Mapping[str, Any]:
    """A closing, as asked for."""
    usual = {
        "cause": "carrier_overloaded",
        "measure": "earlier_pickup",
        "customer_kept": True,
        "source": "courier_service",
        "deviation": "settled_sooner",
    }
    return {**usual, **more}
