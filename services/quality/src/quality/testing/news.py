"""What others tell in the small world: Maria ordered brass lamps from Anna, own couriers brought them."""

from datetime import UTC, datetime
from typing import Any

from contracts.claims import ClaimOpenedV1, ClaimV1
from contracts.crm import CustomerErasedV1, CustomerV1, StaffChangedV1
from contracts.deliveries import DeliveryDeliveredV1, ParcelLineV1, ShipmentV1
from contracts.order_state import LineV1, OrderV1
from contracts.orders import OrderContactedV1, OrderCreatedV1
from contracts.procurement import SupplyAllocatedV1, SupplyLineV1, SupplyPartV1
from contracts.values import MoneyV1
from kernel.actor import Actor, Grade, Role

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Ten in the morning in Moscow."""
MOSCOW = "Europe/Moscow"
PRICE = MoneyV1(minor=648000, currency="RUB")


def person(id_: str, *roles: Role) -> Actor:
    """A member of the staff."""
    return Actor(id_, frozenset(roles), Grade.REGULAR, "main")


KIRA = person("kira", Role.QUALITY_CONTROLLER)
KSENIA = person("ksenia", Role.QUALITY_CONTROLLER)
OWNER = person("owner", Role.OWNER)
ANNA = person("anna", Role.SALES_MANAGER)
VERA = person("vera", Role.SERVICE_OWNER)


def order(order_id: str = "o-1", **more: Any) -> OrderV1:
    """Two brass lamps."""
    usual: dict[str, Any] = {
        "order_id": order_id,
        "number": "1042",
        "shop_id": "main",
        "channel": "site",
        "stage": "new",
        "supply": "sought",
        "contact_preference": "any",
        "customer_id": "c-maria",
        "responsible_id": "anna",
        "lines": (LineV1(line_no=1, product_id="brass-lamp", quantity=2, unit_price=PRICE),),
        "total": PRICE,
        "placed_at": MONDAY,
    }
    return OrderV1(**{**usual, **more})


def created(order_id: str = "o-1", **more: Any) -> OrderCreatedV1:
    """It is taken."""
    return OrderCreatedV1(order=order(order_id, **more))


def contacted(order_id: str = "o-1", by: str = "anna", **more: Any) -> OrderContactedV1:
    """She was reached."""
    return OrderContactedV1(order=order(order_id, stage="contacted", **more), by=by, channel="phone")


def delivered(
    order_id: str = "o-1",
    at: datetime = MONDAY,
    *,
    zone: str = MOSCOW,
    partial: bool = False,
    customer_id: str | None = "c-maria",
    point_id: str | None = None,
) -> DeliveryDeliveredV1:
    """She has her lamps."""
    shipment = ShipmentV1(
        shipment_id=f"s-{order_id}",
        order_id=order_id,
        shop_id="main",
        customer_id=customer_id,
        carrier_id="own-couriers",
        terms_version=3,
        mode="own_staff",
        stage="delivered",
        lines=(ParcelLineV1(line_no=1, product_id="brass-lamp", quantity=2, delivered=1 if partial else 2),),
        starts_at=at,
        ends_at=at,
        time_zone=zone,
        point_id=point_id,
    )
    return DeliveryDeliveredV1(shipment=shipment, at=at, partial=partial)


def claimed(order_id: str = "o-1") -> ClaimOpenedV1:
    """She is not content after all."""
    return ClaimOpenedV1(
        claim=ClaimV1(
            claim_id=f"k-{order_id}",
            order_id=order_id,
            shop_id="main",
            kind="goods",
            origin="person",
            stage="complaint",
            demand="refund",
            owner_id="kostya",
            law_version="zpp_2026_02",
            at_stake=PRICE,
        )
    )


def joined(staff_id: str, *roles: Role, reports_to: str | None = "owner") -> StaffChangedV1:
    """A member of the staff, as crm tells."""
    return StaffChangedV1(
        staff_id=staff_id,
        shop_id="main",
        roles=tuple(each.value for each in roles),
        grade="regular",
        reports_to=reports_to,
        active=True,
        presence="at_work",
    )


def erased(customer_id: str = "c-maria") -> CustomerErasedV1:
    """She does not want to be known any more."""
    customer = CustomerV1(customer_id=customer_id, owner_id="anna", stage="customer")
    return CustomerErasedV1(customer=customer, reason="asked", by="owner", at=MONDAY)


def allocated(order_id: str, *suppliers: str) -> SupplyAllocatedV1:
    """Her lamps are held there."""
    parts = tuple(SupplyPartV1(offer_id=f"{each}-lamp", supplier_id=each, quantity=1) for each in suppliers)
    line = SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=len(suppliers), parts=parts)
    return SupplyAllocatedV1(order_id=order_id, lines=(line,))
