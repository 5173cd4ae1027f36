"""An order's facts, as far as incidents weigh it (R55, R69)."""

from datetime import datetime

from contracts.order_state import OrderV1
from contracts.values import MoneyV1
from kernel.money import Money

from logistics.domain.order_worth import HearWorth, Sums

ADDRESS = "address"


def worth_of(order: OrderV1, at: datetime, what: tuple[str, ...] = ()) -> HearWorth:
    """What the order is worth; `what` is different now, as heard at this moment."""
    paid = order.payment
    refund = _money(paid.refund_due) + _money(paid.refunded) if paid else Money(0, order.total.currency)
    delivery = _money(order.promise.price) if order.promise else Money(0, order.total.currency)
    sums = Sums(_money(order.total), delivery, refund)
    return HearWorth(order.order_id, sums, at if ADDRESS in what else None)


def _money(told: MoneyV1) -> Money:
    return Money(told.minor, told.currency)
