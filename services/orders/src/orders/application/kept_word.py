"""The promise and the money of an order, as far as others may know them: fields of `PromiseV1` and `PaymentV1`."""

from typing import Any

from kernel.money import Money

from orders.domain.order import Order
from orders.domain.owing import balance, may_be_shipped


def promise_fields(order: Order) -> dict[str, Any] | None:
    """The promise that holds; with whom goods may be left stays here (R67)."""
    promise = order.delivery.holds
    if promise is None:
        return None
    offered = promise.offered
    return {
        "kind": offered.kind,
        "carrier_id": offered.carrier_id,
        "terms_version": offered.terms_version,
        "reservation_id": promise.reservation_id,
        "starts_at": offered.starts_at,
        "ends_at": offered.ends_at,
        "time_zone": offered.time_zone,
        "point_id": offered.point_id,
        "price": sum_fields(offered.price),
        "promised_by": promise.promised_by,
        "promised_at": promise.promised_at,
        "told_by": promise.told_by,
    }


def payment_fields(order: Order) -> dict[str, Any]:
    """How far it is paid, and whether money stands in the way of shipping it."""
    now = balance(order)
    return {
        "terms": order.money.terms,
        "total": sum_fields(now.total),
        "bonuses": sum_fields(now.bonuses),
        "paid": sum_fields(now.paid),
        "refunded": sum_fields(now.refunded),
        "due": sum_fields(now.due),
        "refund_due": sum_fields(now.refund_due),
        "covered": may_be_shipped(order),
    }


def sum_fields(money: Money) -> dict[str, Any]:
    """A sum in minor units."""
    return {"minor": money.minor, "currency": money.currency}
