"""What orders tells, in our own words; raises for a promise in a time zone that there is none of."""

from contracts.order_state import OrderV1, PromiseV1
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.zone import zone_named

from notifications.domain.correspondence import Order
from notifications.domain.message import Promise

CANCELLED = "cancelled"


def order_of(told: OrderV1) -> Order:
    """The order as told."""
    return Order(
        order_id=told.order_id,
        number=told.number,
        shop_id=told.shop_id,
        customer_id=told.customer_id,
        placed_at=told.placed_at,
        is_test=told.is_test,
        cancelled=told.stage == CANCELLED,
        promise=promise_of(told.promise) if told.promise else None,
    )


def promise_of(told: PromiseV1) -> Promise:
    """The delivery as agreed; who was told of it is not part of what was agreed."""
    zone_named(told.time_zone)
    return Promise(
        kind=told.kind,
        carrier_id=told.carrier_id,
        terms_version=told.terms_version,
        reservation_id=told.reservation_id,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        time_zone=told.time_zone,
        point_id=told.point_id,
        price=money_of(told.price),
        promised_at=told.promised_at,
    )


def money_of(told: MoneyV1) -> Money:
    """A sum as told."""
    return Money(told.minor, told.currency)
