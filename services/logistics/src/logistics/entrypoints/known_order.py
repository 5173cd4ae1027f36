"""An order's facts, as far as a shipment needs them."""

from contracts.order_state import OrderV1, PromiseV1
from kernel.money import Money

from logistics.domain.shipment import KnownOrder, ParcelLine, Promised


def known_order(order: OrderV1) -> KnownOrder:
    """What is known of the order; without word of its payment nothing is covered."""
    payment = order.payment
    due = Money(payment.due.minor, payment.due.currency) if payment else Money(0)
    return KnownOrder(
        shop_id=order.shop_id,
        customer_id=order.customer_id,
        lines=tuple(ParcelLine(each.line_no, each.product_id, each.quantity) for each in order.lines),
        allocated=order.supply == "allocated",
        covered=payment is not None and payment.covered,
        due=due,
        cancelled=order.stage == "cancelled",
        promised=_promised(order.promise) if order.promise else None,
    )


def _promised(promise: PromiseV1) -> Promised:
    return Promised(
        promise.carrier_id,
        promise.terms_version,
        promise.reservation_id,
        promise.starts_at,
        promise.ends_at,
        promise.time_zone,
        promise.point_id,
    )
