"""What others tell, in our own words; raises for a time zone that there is none of."""

from datetime import datetime

from contracts.crm import StaffChangedV1
from contracts.deliveries import DeliveryDeliveredV1
from contracts.order_state import OrderV1
from contracts.procurement import SupplyAllocatedV1
from kernel.zone import zone_named

from quality.application.learning import circumstances
from quality.domain.people import Member
from quality.domain.story import Delivery, News, Supply

OWN_STOCK = "own"
"""What procurement calls our own shelf among suppliers."""
MACHINES = ("service:", "system")


def order_news(told: OrderV1, sequence: int, *people: str | None) -> News:
    """An order as told, and who touched it."""
    promise = told.promise
    hands = (told.responsible_id, *people, promise.promised_by if promise else None)
    return News(
        order_id=told.order_id,
        touched=staff_among(*hands),
        order_sequence=sequence,
        customer_id=told.customer_id,
        responsible_id=told.responsible_id,
        no_calls=told.contact_preference == "no_calls",
        is_test=told.is_test,
        placed_at=told.placed_at,
        ordered_by=told.channel,
    )


def staff_among(*ids: str | None) -> tuple[str, ...]:
    """Who of these is a person of ours."""
    return tuple(each for each in ids if each and not each.startswith(MACHINES) and each != "customer")


def delivery_news(told: DeliveryDeliveredV1, heard_at: datetime) -> News:
    """A delivery as told."""
    shipment = told.shipment
    zone_named(shipment.time_zone)
    tags = circumstances(told.at, shipment.ends_at, partial=told.partial)
    delivery = Delivery(
        shipment.shop_id,
        shipment.customer_id,
        shipment.carrier_id,
        shipment.time_zone,
        told.at,
        heard_at,
        tags,
        "pickup" if shipment.point_id or shipment.mode == "pickup_point" else "delivery",
    )
    return News(shipment.order_id, delivery=delivery)


def supply_news(told: SupplyAllocatedV1, sequence: int) -> News:
    """Whose goods the order is made of; our own stock is nobody's to measure."""
    found = {part.supplier_id for line in told.lines for part in line.parts if part.supplier_id != OWN_STOCK}
    return News(told.order_id, supply=Supply(sequence, tuple(sorted(found))))


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told."""
    away = told.absence
    return Member(
        told.staff_id,
        told.shop_id,
        tuple(told.roles),
        told.reports_to,
        told.active,
        absent_since=away.since if away else None,
        absent_until=away.until if away else None,
    )
